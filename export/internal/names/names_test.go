package names

import (
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestFileAs: a name is filed under its family's only where that is certain.
func TestFileAs(t *testing.T) {
	for in, want := range map[string]string{"Jason Dawsey": "Dawsey, Jason", "C. L. R. James": "James, C. L. R.", "Dawsey, Jason": "Dawsey, Jason", "Ana Müller-Ő": "Müller-Ő, Ana",
		// Particles, two family names, suffixes, bodies, single names, other scripts: nobody but who bears them knows.
		"Jan van der Berg": "", "Gabriel García Márquez": "", "Martin L. King, Jr.": "", "Ada Lane PhD": "", "The Print Workers": "", "Lead & Rule": "", "Type Society Ltd": "",
		"Plato": "", "毛澤東": "", "": "", "Ursula K. Le Guin": "",
		"Le Corbusier": "", "Ibn Khaldun": "", "Van Gogh": "", "Pope Francis": "", "Mao Zedong": "", "Kim Novak": "", "Editorial Board": "", "Ben Case": "Case, Ben", "Martin King": "King, Martin", "Jackie Chen": "Chen, Jackie"} {
		if got := FileAs(document.Person{Name: in}, "en"); got != want {
			t.Errorf("%q is filed as %q, want %q", in, got, want)
		}
	}
	if got := FileAs(document.Person{Name: "Nagy Anna"}, "hu"); got != "" {
		t.Errorf("a Hungarian name is filed as %q", got)
	}
}

// TestSplit: what a reference manager asks for, where it is certain; and bodies are known by their words.
func TestSplit(t *testing.T) {
	if family, given, ok := Split(document.Person{Name: "C. L. R. James"}, "en"); !ok || family != "James" || given != "C. L. R." {
		t.Errorf("%q, %q, %v", family, given, ok)
	}
	if _, _, ok := Split(document.Person{Name: "Plato", FileAs: "Plato"}, "en"); ok {
		t.Error("one name was parted")
	}
	for name, want := range map[string]bool{"The Platypus Historians Group": true, "Simon Press": true, "Ada Lane": false, "Vincent van Gogh": false} {
		if got := Corporate(name); got != want {
			t.Errorf("%q: corporate %v", name, got)
		}
	}
}

// TestSortedBy: a list of people is sorted by the family's name even where a catalogue would not be told it.
func TestSortedBy(t *testing.T) {
	if got := sortedBy(document.Person{Name: "Jan van der Berg"}); got != "van der Berg, Jan" {
		t.Errorf("sorted by %q", got)
	}
	if got := sortedBy(document.Person{Name: "Mao Zedong"}); got != "Mao Zedong" {
		t.Errorf("sorted by %q", got)
	}
}
