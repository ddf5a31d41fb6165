package layouts

import (
	"fmt"
	"html/template"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxItems bounds how many items a list or map may have that a template makes.
const maxItems = 100_000

// text gives a value as a text, as a template writes it.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case template.HTML:
		return string(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format("2006-01-02 15:04:05 -0700 MST")
	case fmt.Stringer:
		return v.String()
	}
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.String {
		return rv.String()
	}
	return fmt.Sprint(v)
}

// integer gives a number, or a text that is one, as a whole number.
func integer(v any) (int, bool) {
	f, ok := number(v)
	if !ok || math.IsNaN(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int(f), true
}

// number gives a number, or a text that is one.
func number(v any) (float64, bool) {
	rv := reflect.ValueOf(v)
	switch {
	case v == nil:
		return 0, true // Hugo counts what is missing as nothing
	case rv.CanInt():
		return float64(rv.Int()), true
	case rv.CanUint():
		return float64(rv.Uint()), true
	case rv.CanFloat():
		return rv.Float(), true
	case rv.Kind() == reflect.Bool:
		if rv.Bool() {
			return 1, true
		}
		return 0, true
	case rv.Kind() == reflect.String:
		f, err := strconv.ParseFloat(strings.TrimSpace(rv.String()), 64)
		return f, err == nil
	}
	return 0, false
}

// isNumber reports whether a value is a number, not a text of one.
func isNumber(v any) bool {
	rv := reflect.ValueOf(v)
	return v != nil && (rv.CanInt() || rv.CanUint() || rv.CanFloat())
}

// isWhole reports whether a value is a whole number, not a text of one.
func isWhole(v any) bool {
	rv := reflect.ValueOf(v)
	return v != nil && (rv.CanInt() || rv.CanUint())
}

// items gives the items of a list, or the values of a map in the order of its keys.
func items(v any) ([]any, bool) {
	switch v := v.(type) {
	case nil:
		return nil, false
	case []any:
		return v, true
	case map[string]any:
		var out []any
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out = append(out, v[k])
		}
		return out, true
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Slice && rv.Kind() != reflect.Array {
		return nil, false
	}
	out := make([]any, rv.Len())
	for i := range out {
		out[i] = rv.Index(i).Interface()
	}
	return out, true
}

// listOf gives the items of a list; a map is none.
func listOf(v any) ([]any, bool) {
	if _, isMap := v.(map[string]any); isMap {
		return nil, false
	}
	return items(v)
}

// truth reports whether a value counts as true: not empty, not zero.
func truth(v any) bool {
	if t, ok := v.(time.Time); ok {
		return !t.IsZero()
	}
	ok, _ := template.IsTrue(v)
	return ok
}

// size measures a value in bytes of text and in items, up to a limit. A list that holds one list many times is measured as it
// would be written.
func size(v any, limit int) int {
	switch v := v.(type) {
	case nil, bool, int, float64, *Page, *Site, *Resource, *Shortcode, *Scratch, *File, *Link, *Heading, *BlockQuote, *CodeBlock, *Passthrough, *Table, Language, Generator, time.Time:
		return 1
	case string:
		return 1 + len(v)
	}
	rv := reflect.ValueOf(v)
	n := 1
	switch rv.Kind() {
	case reflect.String:
		return 1 + rv.Len()
	case reflect.Slice, reflect.Array:
		for i := 0; i < rv.Len() && n <= limit; i++ {
			n += size(rv.Index(i).Interface(), limit-n)
		}
	case reflect.Map:
		for it := rv.MapRange(); it.Next() && n <= limit; {
			n += 1 + size(it.Key().Interface(), limit-n)
			n += size(it.Value().Interface(), limit-n)
		}
	}
	return n
}

// equal compares as Hugo does: numbers by their value, but 1 is not 1.0; texts whatever kind of text they are.
func equal(a, b any) bool {
	if isNumber(a) && isNumber(b) {
		if isWhole(a) != isWhole(b) {
			return false
		}
		x, _ := number(a)
		y, _ := number(b)
		return x == y
	}
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	if a != nil && b != nil && x.Kind() == reflect.String && y.Kind() == reflect.String {
		return x.String() == y.String()
	}
	return reflect.DeepEqual(a, b)
}

// compare orders two values: as numbers when both can be, times by their time, else as texts.
func compare(a, b any) int {
	if x, ok := a.(time.Time); ok {
		if y, ok := b.(time.Time); ok {
			return x.Compare(y)
		}
	}
	if isNumber(a) || isNumber(b) {
		x, okA := number(a)
		y, okB := number(b)
		if okA && okB {
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		}
	}
	return strings.Compare(text(a), text(b))
}

// field gives what a value has under a name: of a map, or of a struct of ours.
func field(v any, path string) any {
	for _, key := range strings.Split(strings.TrimPrefix(path, "."), ".") {
		switch m := v.(type) {
		case map[string]any:
			found, ok := m[key]
			if !ok {
				found = m[strings.ToLower(key)]
			}
			v = found
			continue
		}
		v = member(v, key)
	}
	return v
}

// member gives a field of a struct of ours, or what a method of it gives.
func member(v any, key string) any {
	rv := reflect.ValueOf(v)
	if !rv.IsValid() || rv.Kind() == reflect.Pointer && rv.IsNil() {
		return nil
	}
	if m := rv.MethodByName(key); m.IsValid() {
		if t := m.Type(); t.NumIn() == 0 && t.NumOut() == 1 {
			return m.Call(nil)[0].Interface()
		}
		return nil
	}
	rv = reflect.Indirect(rv)
	if rv.Kind() != reflect.Struct {
		return nil
	}
	f := rv.FieldByName(key)
	if !f.IsValid() || !f.CanInterface() || f.Kind() == reflect.Func {
		return nil
	}
	return f.Interface()
}
