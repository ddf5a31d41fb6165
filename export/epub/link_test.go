package epub

import (
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestLinksLeftOut looks for links that an EPUB does not carry: their text stands, and each is told of once.
func TestLinksLeftOut(t *testing.T) {
	link := func(text, url string) document.Inline {
		return &document.Link{URL: url, Content: []document.Inline{&document.Text{Value: text}}}
	}
	a := &document.Article{Path: "a.md", Slug: "a", Language: "en", Title: []document.Inline{&document.Text{Value: "Links"}},
		Body: []document.Block{&document.Paragraph{Content: []document.Inline{
			link("kept", "irc://example.org/a"), link("resolved", "doi:10.1000/xyz"), link("left", "magnet:?xt=urn:x"),
			link("scripted", "javascript:alert(1)"), link("broken", "https://"), link("nowhere", "")}}}}
	e, problems := write(t, "links", &document.Issue{Language: "en", Single: true, Articles: []*document.Article{a}}, Options{})
	var codes []string
	for _, p := range problems {
		if strings.HasSuffix(p.Code, "-link") || strings.HasPrefix(p.Code, "link-") {
			codes = append(codes, p.Code)
		}
	}
	slices.Sort(codes)
	if want := []string{"broken-link", "link-left-out", "unsafe-link"}; !slices.Equal(codes, want) {
		t.Errorf("problems %q, want %q", codes, want)
	}
	x := e.file("xhtml/a.xhtml")
	for _, want := range []string{`<a href="irc://example.org/a">kept</a>`, `<a href="https://doi.org/10.1000/xyz">resolved</a>`, `</a>leftscriptedbrokennowhere`} {
		if !strings.Contains(x, want) {
			t.Errorf("%s is missing", want)
		}
	}
}
