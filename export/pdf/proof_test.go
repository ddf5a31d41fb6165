package pdf

import (
	"bytes"
	"errors"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/layout"
)

// TestProofread takes words away from pages and puts them there twice: such pages are not written, and the error names the
// paragraph.
func TestProofread(t *testing.T) {
	lines := func(e *Edition, visit func(a *layout.Area, i int, l *layout.Line) bool) {
		for _, p := range e.Pages {
			for k := range p.Areas {
				for i, it := range p.Areas[k].Items {
					if l, ok := it.(*layout.Line); ok && visit(&p.Areas[k], i, l) {
						return
					}
				}
			}
		}
	}
	sourced := func(l *layout.Line) *layout.Run {
		for i := range l.Runs {
			if r := &l.Runs[i]; r.Source != 0 && !r.Artifact && len(r.Text) > 8 {
				return r
			}
		}
		return nil
	}
	for name, spoil := range map[string]func(*Edition){
		"nothing": func(*Edition) {},
		"a letter": func(e *Edition) {
			lines(e, func(_ *layout.Area, _ int, l *layout.Line) bool {
				r := sourced(l)
				if r != nil {
					r.Text = "Zz" + r.Text[2:]
				}
				return r != nil
			})
		},
		"a line": func(e *Edition) {
			lines(e, func(a *layout.Area, i int, l *layout.Line) bool {
				if sourced(l) == nil {
					return false
				}
				a.Items = append(a.Items[:i:i], a.Items[i+1:]...)
				return true
			})
		},
		"twice": func(e *Edition) {
			lines(e, func(a *layout.Area, i int, l *layout.Line) bool {
				if sourced(l) == nil {
					return false
				}
				a.Items = append(a.Items, l)
				return true
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := paginate(t, zooIssue(), Options{})
			spoil(e)
			var b bytes.Buffer
			_, err := e.Write(t.Context(), &b)
			p, ok := errors.AsType[document.Problem](err)
			if name == "nothing" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !ok || p.Code != "words-differ" || b.Len() > 0 {
				t.Errorf("%d bytes and %v", b.Len(), err)
			}
		})
	}
}
