package fonts

import (
	"strings"
	"testing"
)

func TestSelect(t *testing.T) {
	fam := &Family{Name: "F"}
	for _, w := range []int{300, 400, 600, 700} {
		fam.Faces = append(fam.Faces, &Face{weight: w}, &Face{weight: w, italic: w != 600})
	}
	for _, c := range []struct {
		weight int
		italic bool
		want   int
	}{
		{400, false, 400}, {500, false, 400}, {600, false, 600}, {650, false, 700}, {900, false, 700}, {100, false, 300}, {350, false, 300},
		{600, true, 700}, {400, true, 400},
	} {
		got := fam.Select(c.weight, c.italic)
		if got.weight != c.want || got.italic != c.italic {
			t.Errorf("%d italic %v gives %d italic %v", c.weight, c.italic, got.weight, got.italic)
		}
	}
	if (&Family{}).Select(400, false) != nil {
		t.Error("a family without faces has one")
	}
}

func TestSet(t *testing.T) {
	s := Default()
	if s != Default() {
		t.Error("two default sets")
	}
	for role, want := range map[string]string{"": "Libertinus Serif", "text": "Libertinus Serif", "display": "Libertinus Serif Display",
		"sans": "Source Sans 3", "mono": "Source Code Pro", "source sans 3": "Source Sans 3"} {
		if got := s.Family(role); got == nil || got.Name != want {
			t.Errorf("%q is %v, want %s", role, got, want)
		}
	}
	if f := s.Select("no such family", 700, true); f.Name() != "LibertinusSerif-BoldItalic" {
		t.Errorf("an unknown family gives %s", f)
	}

	own := &Family{Name: "libertinus serif", Faces: []*Face{{name: "Own", weight: 400}}}
	other := &Family{Name: "Garamont", Faces: []*Face{{name: "Garamont", weight: 400}}}
	n := s.With(own, other)
	if n.Text != own || n.Fallback[0] != own || s.Text == own {
		t.Error("a family of the same name does not take the place of the house's, or does in the old set too")
	}
	n, err := n.Use("display", "garamont")
	if err != nil || n.Display != other {
		t.Errorf("Use: %v, %v", n, err)
	}
	if _, err := s.Use("text", "Garamont"); err == nil || !strings.Contains(err.Error(), "Source Sans 3") {
		t.Errorf("Use of an unknown family: %v", err)
	}
	if _, err := s.Use("kicker", "sans"); err == nil {
		t.Error("Use of an unknown role passes")
	}
}
