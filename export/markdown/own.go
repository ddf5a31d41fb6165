package markdown

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
)

// A Shortcode is a shortcode of the caller's own: it gives the Markdown, with HTML in it if need be, that stands in the place
// of a call. When it gives an error, what the call says in words is kept, and the error is reported at its place.
type Shortcode func(Call) (string, error)

// A Call is where a text uses a shortcode.
type Call struct {
	Name  string            // in lower case
	Args  []string          // arguments given by place
	Named map[string]string // arguments given by name, as written
	Inner string            // what stands between the opening and the closing tag, as written; "" for a tag that stands alone
	Pos   document.Pos      // of the call
}

// ownDepth bounds how deep shortcodes may give shortcodes.
const ownDepth = 8

// own gives the tree of what the caller's own shortcode puts in the place of a call; nil when there is no such shortcode or
// it failed. read is parse for blocks, parseLine for what stands in a line.
func (r *Reader) own(e *elem, read func(*source.Source) *elem) *elem {
	in := e.insert
	give := r.md.set.Shortcodes[in.Name]
	if give == nil || in.Kind != shortcode.Tag && in.Kind != shortcode.Open {
		return nil
	}
	text, err := "", errors.New("it gives itself, without end")
	if r.depth < ownDepth {
		text, err = give(callOf(in, e))
	}
	if err != nil {
		r.problem("bad-shortcode", e.pos(), fmt.Sprintf("shortcode %s: %v", strconv.Quote(in.Name), err), "")
		return nil
	}
	r.depth++
	defer func() { r.depth-- }()
	root := read(r.setAside(r.textSource(text, e)))
	r.attributes(root)
	return root
}

// callOf tells a call in the terms of the API.
func callOf(in *shortcode.Insert, e *elem) Call {
	c := Call{Name: in.Name, Named: map[string]string{}, Pos: e.pos()}
	for _, p := range in.Params {
		if p.Key == "" {
			c.Args = append(c.Args, p.Val)
		} else {
			c.Named[p.Key] = p.Val
		}
	}
	if shut := in.Partner; in.Kind == shortcode.Open && shut != nil && shut.Src == in.Src {
		if from := in.At + len(in.Raw); from <= shut.At {
			c.Inner = string(in.Src.Text[from:shut.At])
		}
	}
	return c
}
