package hugo

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// A value is a piece of front matter or configuration, in whichever notation it was written.
type value struct {
	kind   valueKind
	text   string // of a scalar
	quoted bool   // the scalar is a string because it says so
	at     int    // offset in the source of the notation
	items  []*value
	fields []field
	src    *source.Source // when it is read apart from its source: what a section's page hands down
}

type valueKind int

const (
	null valueKind = iota
	scalar
	list
	table
)

// A field is an entry of a table.
type field struct {
	key string
	at  int
	val *value
}

// get finds a field; Hugo ignores the case of keys.
func (v *value) get(path ...string) *value {
	for _, key := range path {
		if v == nil || v.kind != table {
			return nil
		}
		var found *value
		for _, f := range v.fields {
			if strings.EqualFold(f.key, key) {
				found = f.val
			}
		}
		v = found
	}
	return v
}

// str gives a scalar's text, or "" for anything else.
func (v *value) str() string {
	if v == nil || v.kind != scalar {
		return ""
	}
	return v.text
}

// isTrue reports whether a value says yes.
func (v *value) isTrue() bool { return v.str() == "true" }

// wantsMath reports whether a table of parameters loads what sets mathematics between dollars.
func (v *value) wantsMath() bool {
	return v.get("math").isTrue() || v.get("mathjax").isTrue() || v.get("katex").isTrue()
}

// json writes the value as compact JSON, fields in their order in the source.
func (v *value) json() string {
	var b strings.Builder
	v.writeJSON(&b)
	return b.String()
}

func (v *value) writeJSON(b *strings.Builder) {
	quote := func(s string) {
		q, _ := json.Marshal(s)
		b.Write(q)
	}
	switch v.kind {
	case null:
		b.WriteString("null")
	case scalar:
		if !v.quoted && json.Valid([]byte(v.text)) {
			b.WriteString(v.text)
		} else {
			quote(v.text)
		}
	case list:
		b.WriteByte('[')
		for i, it := range v.items {
			if i > 0 {
				b.WriteByte(',')
			}
			it.writeJSON(b)
		}
		b.WriteByte(']')
	case table:
		b.WriteByte('{')
		for i, f := range v.fields {
			if i > 0 {
				b.WriteByte(',')
			}
			quote(f.key)
			b.WriteByte(':')
			f.val.writeJSON(b)
		}
		b.WriteByte('}')
	}
}

// texts gives a value as a list of texts.
func (v *value) texts() []string {
	if v == nil {
		return nil
	}
	if v.kind == scalar {
		return []string{v.text}
	}
	var out []string
	for _, it := range v.items {
		out = append(out, it.text)
	}
	return out
}

// isTexts reports whether a value is one text or a list of texts.
func (v *value) isTexts() bool {
	return v.kind == scalar || v.kind == list && !slices.ContainsFunc(v.items, func(it *value) bool { return it.kind != scalar })
}

// empty reports whether a value says nothing: "", null, a list of such.
func (v *value) empty() bool {
	switch v.kind {
	case null:
		return true
	case scalar:
		return strings.TrimSpace(v.text) == ""
	case list:
		return !slices.ContainsFunc(v.items, func(it *value) bool { return !it.empty() })
	}
	return len(v.fields) == 0
}

// textOf gives a scalar's text as a source, each character at its place: quotation marks are skipped, escapes undone,
// folded lines joined.
func (v *value) textOf(s *source.Source) *source.Source {
	if v.src != nil {
		s = v.src
	}
	return s.Scalar(v.text, v.at, v.quoted)
}

// pos gives the place of a value that knows its source.
func (v *value) pos() document.Pos {
	if v == nil || v.src == nil {
		return document.Pos{}
	}
	return v.src.Pos(v.at)
}

// remember makes values know their source, since they are read far from it.
func remember(v *value, src *source.Source) {
	v.src = src
	for _, it := range v.items {
		remember(it, src)
	}
	for _, f := range v.fields {
		remember(f.val, src)
	}
}
