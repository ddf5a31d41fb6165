package style

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/twinpress/twinpress/export/document"
	"go.yaml.in/yaml/v3"
)

// Decode reads the value of "style:" in twinpress.yaml: the name of one of the house's styles, or a mapping whose key
// "base" names one and whose other keys change its values. A nil node gives the default. Every fault is a Problem of
// severity Error with file, line and column; the style is usable all the same, without the faulty values.
func Decode(node *yaml.Node, file string) (*Style, []document.Problem) {
	d := styleDecoder{file: file}
	if node == nil || node.Kind == 0 {
		return House(""), nil
	}
	if node.Kind == yaml.DocumentNode && len(node.Content) == 1 {
		node = node.Content[0]
	}
	for node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	switch node.Kind {
	case yaml.ScalarNode:
		return d.base(node), d.problems
	case yaml.MappingNode:
		s := House("")
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == "base" {
				s = d.base(node.Content[i+1])
			}
		}
		d.mapping(node, reflect.ValueOf(s).Elem(), "style", "base")
		d.size(node, s)
		return s, d.problems
	}
	d.fault(node, "style-value", "style must be a name or a mapping", "write style: book, or style: {base: book, …}")
	return House(""), d.problems
}

// renamed tells what keys that there once were are called now.
var renamed = map[string]string{
	"style.title-block.picture": "style.lead-picture (none, column, across or page)",
}

type styleDecoder struct {
	file     string
	problems []document.Problem
}

func (d *styleDecoder) fault(n *yaml.Node, code, message, hint string) {
	d.problems = append(d.problems, document.Problem{
		Code: code, Severity: document.Error, Message: message, Hint: hint,
		Pos: document.Pos{File: d.file, Line: n.Line, Column: n.Column},
	})
}

// base finds the house style that a scalar names.
func (d *styleDecoder) base(n *yaml.Node) *Style {
	if n.Kind != yaml.ScalarNode {
		d.fault(n, "style-value", "the name of a style was expected", "known: "+strings.Join(Names(), ", "))
		return House("")
	}
	if s := House(n.Value); s != nil {
		return s
	}
	d.fault(n, "style-value", fmt.Sprintf("unknown style %q", n.Value), suggest(n.Value, Names()))
	return House("")
}

// size gives page.size its effect, before an explicit width or height.
func (d *styleDecoder) size(root *yaml.Node, s *Style) {
	page := child(root, "page")
	size := child(page, "size")
	if size == nil {
		return
	}
	w, h, err := ParsePaper(size.Value)
	if err != nil {
		d.fault(size, "style-value", err.Error(), "")
		return
	}
	if child(page, "width") == nil {
		s.Page.Width = w
	}
	if child(page, "height") == nil {
		s.Page.Height = h
	}
}

// child is the value of a key of a mapping; nil when there is none.
func child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// mapping sets the fields of a struct from a mapping; keys in also are allowed, and left alone.
func (d *styleDecoder) mapping(n *yaml.Node, v reflect.Value, path string, also ...string) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		d.fault(n, "style-value", fmt.Sprintf("%s must be a mapping of keys to values", path), "")
		return
	}
	fields := map[string]reflect.Value{}
	tags := map[string]reflect.StructTag{}
	keys := slices.Clone(also)
	Fields(v, func(key string, f reflect.Value, tag reflect.StructTag) {
		fields[key], tags[key] = f, tag
		keys = append(keys, key)
	})
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, val := n.Content[i], n.Content[i+1]
		if seen[k.Value] {
			d.fault(k, "style-key", fmt.Sprintf("%s.%s is given twice", path, k.Value), "")
			continue
		}
		seen[k.Value] = true
		f, ok := fields[k.Value]
		switch {
		case ok:
			d.value(val, f, tags[k.Value], path+"."+k.Value)
		case !slices.Contains(also, k.Value):
			hint := suggest(k.Value, keys)
			if now, ok := renamed[path+"."+k.Value]; ok {
				hint = "it is called " + now + " now"
			}
			d.fault(k, "style-key", fmt.Sprintf("unknown key %q in %s", k.Value, path), hint)
		}
	}
}

// Fields tells each key of a style's struct, in the order of its declaration.
func Fields(v reflect.Value, tell func(key string, f reflect.Value, tag reflect.StructTag)) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		switch key := tag.Get("key"); key {
		case "-", "":
		case ",inline":
			Fields(v.Field(i), tell)
		default:
			tell(key, v.Field(i), tag)
		}
	}
}

// value sets one field from a node.
func (d *styleDecoder) value(n *yaml.Node, f reflect.Value, tag reflect.StructTag, path string) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if _, ok := f.Interface().(Measure); !ok && f.Kind() == reflect.Struct {
		d.mapping(n, f, path)
		return
	}
	if n.Kind != yaml.ScalarNode {
		d.fault(n, "style-value", fmt.Sprintf("%s must be a single value", path), "")
		return
	}
	s := n.Value
	switch f.Interface().(type) {
	case Measure:
		m, err := ParseMeasure(s)
		if err != nil {
			d.fault(n, "style-value", path+": "+err.Error(), "")
			return
		}
		f.Set(reflect.ValueOf(m))
		return
	case Color:
		c, err := parseColor(s)
		if err != nil {
			d.fault(n, "style-value", path+": "+err.Error(), "write for instance \"#7a0012\", in quotation marks")
			return
		}
		f.Set(reflect.ValueOf(c))
		return
	}
	switch f.Kind() {
	case reflect.Bool:
		switch strings.ToLower(s) {
		case "true", "yes", "on":
			f.SetBool(true)
		case "false", "no", "off":
			f.SetBool(false)
		default:
			d.fault(n, "style-value", fmt.Sprintf("%s: %q is neither true nor false", path, s), "")
		}
	case reflect.Int:
		x, err := strconv.Atoi(s)
		lo, _ := strconv.Atoi(tag.Get("min"))
		hi, _ := strconv.Atoi(tag.Get("max"))
		if err != nil || x < lo || x > hi {
			d.fault(n, "style-value", fmt.Sprintf("%s: %q is not a whole number from %d to %d", path, s, lo, hi), "")
			return
		}
		f.SetInt(int64(x))
	case reflect.String:
		if choice := strings.Fields(tag.Get("enum")); len(choice) > 0 && !slices.Contains(choice, s) {
			// YAML reads yes and no as they stand when the field is text.
			d.fault(n, "style-value", fmt.Sprintf("%s: %q is not one of %s", path, s, strings.Join(choice, ", ")), suggest(s, choice))
			return
		}
		f.SetString(s)
	}
}

func parseColor(s string) (Color, error) {
	hex, ok := strings.CutPrefix(s, "#")
	if ok && len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	x, err := strconv.ParseUint(hex, 16, 32)
	if !ok || len(hex) != 6 || err != nil {
		return 0, fmt.Errorf("%q is not a colour", s)
	}
	return Color(x), nil
}

// suggest gives the hint for a word that is none of the known ones: the nearest, if one is near, else all of them.
func suggest(word string, known []string) string {
	best, distance := "", 3
	for _, k := range known {
		if n := levenshtein.Distance(strings.ToLower(word), k, nil); n < distance || best == "" && n <= distance {
			best, distance = k, n
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	return "known: " + strings.Join(known, ", ")
}

// Write writes the values of a style as they may stand under "style:" in twinpress.yaml, so that a publisher can see
// what there is to change. Decode of what it writes gives the style again.
func Write(w io.Writer, s *Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "base: %s\n", s.Name)
	writeFields(&b, reflect.ValueOf(s).Elem(), "")
	_, err := io.WriteString(w, b.String())
	return err
}

func writeFields(b *strings.Builder, v reflect.Value, indent string) {
	Fields(v, func(key string, f reflect.Value, _ reflect.StructTag) {
		if f.IsZero() || key == "size" && v.Type() == reflect.TypeFor[PageStyle]() {
			return // as in the body, or none; width and height say the size
		}
		fmt.Fprintf(b, "%s%s:", indent, key)
		switch x := f.Interface().(type) {
		case Measure:
			fmt.Fprintf(b, " %s\n", x)
		case Color:
			fmt.Fprintf(b, " \"#%06x\"\n", uint32(x))
		case string:
			fmt.Fprintf(b, " %q\n", x)
		case bool, int:
			fmt.Fprintf(b, " %v\n", x)
		default:
			b.WriteByte('\n')
			writeFields(b, f, indent+"  ")
		}
	})
}
