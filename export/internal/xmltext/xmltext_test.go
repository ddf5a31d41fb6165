package xmltext

import (
	"encoding/xml"
	"strings"
	"testing"
)

// TestEscape: what is escaped can stand as text and between double quotes, and is read back as it was, but for what XML
// cannot hold.
func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		`a & b < c > "d"`: `a & b < c > "d"`, "tab\tand\nline": "tab\tand\nline", "re\rturn": "re\rturn", "nul\x00": "nul\uFFFD", "del\x7f": "del\uFFFD",
		"\uFFFE\uFFFF": "\uFFFD\uFFFD", "bad\xffbyte": "bad\uFFFDbyte", "c1\u0080": "c1\uFFFD", "nel\u0085": "nel\u0085", "é😀": "é😀",
	} {
		var got struct {
			Attr string `xml:"a,attr"`
			Text string `xml:",chardata"`
		}
		escaped := Escape(in)
		if err := xml.Unmarshal([]byte(`<x a="`+strings.ReplaceAll(strings.ReplaceAll(escaped, "\n", "&#10;"), "\t", "&#9;")+`">`+escaped+`</x>`), &got); err != nil {
			t.Errorf("%q: %v", in, err)
		} else if got.Text != want || got.Attr != want {
			t.Errorf("%q is read back as %q and %q", in, got.Text, got.Attr)
		}
	}
}

func TestElement(t *testing.T) {
	if got, want := Element(`title lang="de"`, "a & b"), `<title lang="de">a &amp; b</title>`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
