package flow

import (
	"slices"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// TestAddresses: an address in running text is set by its own rules, and everything around it as prose.
func TestAddresses(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"See https://a.example/b-c, or www.d.example.", []string{"https://a.example/b-c", "www.d.example"}},
		{"(http://a.example)", []string{"http://a.example"}},
		{"“ftp://x.y” and www.", []string{"ftp://x.y", "www."}},
		{"://", []string{"://"}},
		{"www.www.www.", []string{"www.www.www"}},
		{"no address: at all", nil},
	} {
		c := newCompositor(&document.Issue{Language: "en"}, style.Book(), typeset.New(fonts.Default()))
		st := inlineState{ts: c.textStyle(&c.style.Text, "en"), node: c.node(nil, P)}
		var spans []layout.Span
		c.text(&spans, st, &document.Text{Value: tt.in})
		var got []string
		all := ""
		for _, s := range spans {
			all += s.Text
			if s.Style.Break == "url" {
				got = append(got, s.Text)
			}
		}
		if !slices.Equal(got, tt.want) || all != tt.in {
			t.Errorf("%q: addresses %q in %q, want %q", tt.in, got, all, tt.want)
		}
	}
}
