package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"
)

var seeds = []string{
	`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"><path d="M0 0h5v5z" fill="url(#g)"/><linearGradient id="g"><stop/></linearGradient></svg>`,
	`<svg viewBox="0 0 1 1"><g id="a"><use href="#a"/><use href="#a"/></g><text x="1 2">ab<tspan dy="1em">c</tspan></text></svg>`,
	`<!DOCTYPE svg [<!ENTITY ns "x">]><svg xmlns:i="&ns;" i:private="1" onload="x()"><script>1</script><style>@import "x"; a{fill:url(http://x)}</style><image href="data:image/png;base64,AAAA"/></svg>`,
	`<svg width="1e9" height="-1" transform="matrix(1 2"><marker id="m" orient="auto"/><path marker-end="url(#m)" stroke="#f00" stroke-dasharray="1,0" d="M0 0A1 1 0 1 1 2 2T3 3S1 1 2"/><clipPath id="c"/><rect clip-path="url(#c)" width="1" height="1" rx="9"/></svg>`,
}

// box is a lettering of which every letter is a square.
func box(text, _ string, _ int, _ bool) *Outline {
	o := &Outline{}
	for range text {
		o.MoveTo(o.Advance, 0)
		o.LineTo(o.Advance+1, 1)
		o.Close()
		o.Advance++
	}
	return o
}

// FuzzRead: any bytes are refused, or become a drawing of some size whose operations are bounded.
func FuzzRead(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		Size(data)
		d, err := Read(data, Options{Lettering: box, Picture: func([]byte) (any, int, int, error) { return nil, 1, 1, nil }})
		if err != nil {
			return
		}
		if !(d.Width > 0 && d.Height > 0) {
			t.Errorf("a drawing of %g by %g", d.Width, d.Height)
		}
		if n := count(d.Ops); n > maxWork {
			t.Errorf("%d operations", n)
		}
	})
}

func count(ops []Op) int {
	n := len(ops)
	for _, op := range ops {
		if g, ok := op.(Group); ok {
			n += count(g.Ops)
		}
	}
	return n
}

// FuzzClean: what is not refused is well-formed, and cleaning it again changes nothing.
func FuzzClean(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		once, _, err := Clean(data)
		if err != nil {
			return
		}
		for d := xml.NewDecoder(bytes.NewReader(once)); ; {
			if _, err := d.RawToken(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("cleaned to what is not well-formed: %v\n%s", err, once)
			}
		}
		twice, _, err := Clean(once)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("cleaned again, it is %q (%v), not %q", twice, err, once)
		}
	})
}
