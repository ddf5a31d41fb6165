package hugo

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
	"github.com/twinpress/twinpress/export/internal/source"
	"go.yaml.in/yaml/v3"
)

// A notation is how front matter or a configuration is written.
type notation int

const (
	asYAML notation = iota
	asTOML
	asJSON
)

// A syntaxError says at which byte of its source a notation goes wrong.
type syntaxError struct {
	at  int
	msg string
}

func (e *syntaxError) Error() string { return e.msg }

// parseValue reads a whole source in the notation. The error is a *syntaxError.
func parseValue(text []byte, n notation) (*value, error) {
	switch n {
	case asTOML:
		return parseTOML(text)
	case asJSON:
		// JSON is read as YAML's flow style, which YAML 1.2 § 1.3 makes a superset of JSON but for tabs.
		text = bytes.ReplaceAll(text, []byte("\t"), []byte(" "))
	}
	v, _, err := parseYAML(text)
	return v, err
}

// misread says where in its file a configuration goes wrong.
func misread(src *source.Source, err error) error {
	if se, ok := errors.AsType[*syntaxError](err); ok {
		return problem("bad-config", src.Pos(se.at), se.msg, "")
	}
	return err
}

// parseYAML also gives the library's own tree, for those who decode a part of it themselves.
func parseYAML(text []byte) (*value, *yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, nil, yamlError(text, err)
	}
	if len(doc.Content) == 0 {
		return &value{kind: table}, &doc, nil
	}
	w := yamlWalk{text: text, lines: []int{0}, left: 100_000}
	for i, c := range text {
		if c == '\n' {
			w.lines = append(w.lines, i+1)
		}
	}
	v := w.value(doc.Content[0], 0)
	if w.left < 0 {
		return nil, nil, &syntaxError{0, "too many values (aliases that repeat each other?)"}
	}
	if v.kind == null {
		v = &value{kind: table}
	}
	return v, doc.Content[0], nil
}

type yamlWalk struct {
	text  []byte
	lines []int
	left  int // values that may still come: guards against aliases that multiply
}

// offset turns the library's line and column (in characters, from 1) into a byte offset.
func (w *yamlWalk) offset(line, column int) int {
	if line < 1 || line > len(w.lines) {
		return 0
	}
	at := w.lines[line-1]
	for ; column > 1 && at < len(w.text) && w.text[at] != '\n'; column-- {
		_, n := utf8.DecodeRune(w.text[at:])
		at += n
	}
	return at
}

func (w *yamlWalk) value(n *yaml.Node, depth int) *value {
	if w.left--; w.left < 0 || depth > 100 {
		w.left = -1
		return &value{}
	}
	v := &value{at: w.offset(n.Line, n.Column)}
	switch n.Kind {
	case yaml.AliasNode:
		return w.value(n.Alias, depth+1)
	case yaml.SequenceNode:
		v.kind = list
		for _, c := range n.Content {
			v.items = append(v.items, w.value(c, depth+1))
		}
	case yaml.MappingNode:
		v.kind = table
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, val := n.Content[i], w.value(n.Content[i+1], depth+1)
			if k.Tag == "!!merge" && val.kind == table {
				v.fields = append(val.fields, v.fields...)
				continue
			}
			v.fields = append(v.fields, field{k.Value, w.offset(k.Line, k.Column), val})
		}
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return v
		}
		v.kind, v.text = scalar, n.Value
		v.quoted = n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	}
	return v
}

func yamlError(text []byte, err error) error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	at := 0
	if m := regexp.MustCompile(`^(?:unmarshal errors:\n\s*)?line (\d+): `).FindStringSubmatch(msg); m != nil {
		msg = msg[len(m[0]):]
		line, _ := strconv.Atoi(m[1])
		for ; line > 1 && at < len(text); line-- {
			_, at = source.CutLine(text, at)
		}
	}
	return &syntaxError{at, msg}
}

// parseTOML reads TOML 1.0. Tables are built as they come; a key given twice keeps its last value.
func parseTOML(text []byte) (v *value, err error) {
	root := &value{kind: table}
	here := root
	var p unstable.Parser
	p.Reset(text)
	offset := func(b []byte) int {
		if len(b) == 0 {
			return 0
		}
		return int(p.Range(b).Offset)
	}
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.KeyValue:
			if err := tomlSet(here, e, offset); err != nil {
				return nil, err
			}
		case unstable.Table, unstable.ArrayTable:
			if here, err = tomlTable(root, e); err != nil {
				return nil, err
			}
		}
	}
	if err := p.Error(); err != nil {
		at := len(text)
		var pe *unstable.ParserError
		if errors.As(err, &pe) && len(pe.Highlight) > 0 {
			at = offset(pe.Highlight)
		}
		return nil, &syntaxError{at, err.Error()}
	}
	return root, nil
}

// tomlTable gives the table that a header opens, [a.b] or [[a.b]], making what is not there yet.
func tomlTable(root *value, header *unstable.Node) (*value, error) {
	here := root
	for it := header.Key(); it.Next(); {
		key := string(it.Node().Data)
		at := int(it.Node().Raw.Offset)
		another := header.Kind == unstable.ArrayTable && it.IsLast()
		next := here.last(key)
		if next == nil {
			next = &value{kind: table, at: at}
			if another {
				next.kind = list
			}
			here.fields = append(here.fields, field{key, at, next})
		}
		if next.kind == list {
			if another || len(next.items) == 0 {
				next.items = append(next.items, &value{kind: table, at: at})
			}
			next = next.items[len(next.items)-1]
		}
		if next.kind != table {
			return nil, &syntaxError{at, key + " is a value, not a table"}
		}
		here = next
	}
	return here, nil
}

// last gives the value that a key was given last, in exactly this spelling.
func (v *value) last(key string) *value {
	for _, f := range slices.Backward(v.fields) {
		if f.key == key {
			return f.val
		}
	}
	return nil
}

func tomlSet(t *value, e *unstable.Node, offset func([]byte) int) error {
	for it := e.Key(); it.Next(); {
		k := it.Node()
		at := int(k.Raw.Offset)
		if it.IsLast() {
			v, err := tomlValue(e.Value(), at, offset)
			if err != nil {
				return err
			}
			t.fields = append(t.fields, field{string(k.Data), at, v})
			return nil
		}
		next := t.get(string(k.Data))
		if next == nil {
			next = &value{kind: table, at: at}
			t.fields = append(t.fields, field{string(k.Data), at, next})
		}
		if next.kind != table {
			return &syntaxError{at, fmt.Sprintf("%s is a value, not a table", k.Data)}
		}
		t = next
	}
	return nil
}

func tomlValue(n *unstable.Node, at int, offset func([]byte) int) (*value, error) {
	v := &value{at: at}
	switch n.Kind {
	case unstable.Array:
		v.kind = list
		for it := n.Children(); it.Next(); {
			item, err := tomlValue(it.Node(), at, offset)
			if err != nil {
				return nil, err
			}
			v.items = append(v.items, item)
		}
	case unstable.InlineTable:
		v.kind = table
		for it := n.Children(); it.Next(); {
			if err := tomlSet(v, it.Node(), offset); err != nil {
				return nil, err
			}
		}
	case unstable.String:
		v.kind, v.text, v.quoted, v.at = scalar, string(n.Data), true, int(n.Raw.Offset)
	default:
		v.kind, v.text, v.at = scalar, string(n.Data), offset(n.Data)
	}
	return v, nil
}
