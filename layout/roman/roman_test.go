package roman

import "testing"

// TestBothWays: every number that can be written is read back, and each has one form only.
func TestBothWays(t *testing.T) {
	seen := map[string]bool{}
	for n := 1; n < 4000; n++ {
		s := Write(n)
		if Read(s) != n || seen[s] {
			t.Fatalf("%d is written %q, which is read as %d", n, s, Read(s))
		}
		seen[s] = true
	}
	for n, want := range map[int]string{1999: "mcmxcix", 2026: "mmxxvi", 0: "0", -3: "-3", 4000: "4000"} {
		if got := Write(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for _, s := range []string{"", "viiii", "iix", "IX", "mmmm", "x1", "vv", "ixi"} {
		if n := Read(s); n != 0 {
			t.Errorf("%q is read as %d", s, n)
		}
	}
}
