package export

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestBuildID reads of this test's own executable what the Go tool reads of it, and of others what stands where their text begins.
func TestBuildID(t *testing.T) {
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command("go", "tool", "buildid", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := buildID(f); got == "" || got != strings.TrimSpace(string(want)) {
		t.Errorf("%q, want %q", got, want)
	}
	for text, want := range map[string]string{"": "", "MZ and nothing else": "", "\xcf\xfa\xed\xfe ... \xff Go build ID: \"a/b/c/d\"\n \xff...": "a/b/c/d", "MZ\xff Go build ID: \"a/b": ""} {
		if got := buildID(strings.NewReader(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
