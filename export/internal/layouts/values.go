package layouts

import (
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
)

// A Shortcode is a call of one: the dot of its template.
type Shortcode struct {
	Name     string
	Ordinal  int // which of the page's or of its parent's calls it is, from 0
	Position Position
	Inner    template.HTML // what stands between the tags, calls in it already run
	Page     *Page
	Parent   *Shortcode // the call in whose tags this one stands; nil when in none

	Args  []any          // given by place
	Named map[string]any // given by name
	store Scratch
}

// A Position is where in a file something stands.
type Position struct {
	Filename                         string // from the site's folder
	LineNumber, ColumnNumber, Offset int
}

func (p Position) String() string {
	return fmt.Sprintf("%q", fmt.Sprintf("%s:%d:%d", p.Filename, p.LineNumber, p.ColumnNumber))
}

func (s *Shortcode) String() string { return "Shortcode(" + s.Name + ")" }

// Get gives an argument by its place or name; "" when it was not given.
func (s *Shortcode) Get(key any) (any, error) {
	if s == nil {
		return "", nil
	}
	if name, ok := key.(string); ok {
		if v, ok := s.Named[name]; ok {
			return v, nil
		}
		for _, k := range slices.Sorted(maps.Keys(s.Named)) {
			if strings.EqualFold(k, name) {
				return s.Named[k], nil
			}
		}
		return "", nil
	}
	n, ok := integer(key)
	if !ok {
		return nil, fail("Get takes a name or a number, not %v", key)
	}
	if n >= 0 && n < len(s.Args) {
		return s.Args[n], nil
	}
	return "", nil
}

// Params gives all arguments: a map when they have names, else a list.
func (s *Shortcode) Params() any {
	switch {
	case s == nil:
		return nil
	case s.IsNamedParams():
		return lowered(s.Named)
	}
	return slices.Clone(s.Args)
}

// IsNamedParams reports whether the arguments have names.
func (s *Shortcode) IsNamedParams() bool { return s != nil && len(s.Named) > 0 }

// InnerDeindent gives Inner without the blanks that begin all of its lines.
func (s *Shortcode) InnerDeindent() template.HTML {
	lines := strings.Split(string(s.Inner), "\n")
	least := -1
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if n := len(l) - len(strings.TrimLeft(l, " \t")); least < 0 || n < least {
			least = n
		}
	}
	for i, l := range lines {
		lines[i] = l[min(max(least, 0), len(l)):]
	}
	return template.HTML(strings.Join(lines, "\n"))
}

// Site gives the site.
func (s *Shortcode) Site() *Site { return s.Page.Site }

// Ref and RelRef give the address of a page, by a path or by a dict with one.
func (s *Shortcode) Ref(to any) (string, error) { return s.Page.Ref(to) }

// RelRef gives an address without the host.
func (s *Shortcode) RelRef(to any) (string, error) { return s.Page.RelRef(to) }

// Scratch and Store hold what a template keeps for the calls in its tags and for later ones.
func (s *Shortcode) Scratch() (*Scratch, error) {
	if s == nil {
		return nil, fail("it stands between no other's tags")
	}
	return &s.store, nil
}

// Store is Scratch by its newer name.
func (s *Shortcode) Store() (*Scratch, error) { return s.Scratch() }

func lowered(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out[strings.ToLower(k)] = m[k]
	}
	return out
}

// maxKept bounds the items of a list to which a Scratch adds, since each addition copies it.
const maxKept = 2000

// A Scratch is a place where templates keep values.
type Scratch struct{ values map[string]any }

// Set keeps a value.
func (s *Scratch) Set(key string, v any) string {
	if s.values == nil {
		s.values = map[string]any{}
	}
	if len(s.values) < 10_000 {
		s.values[key] = v
	}
	return ""
}

// Get gives a value; nil when there is none.
func (s *Scratch) Get(key string) any { return s.values[key] }

// Values gives all of them.
func (s *Scratch) Values() map[string]any { return s.values }

// Delete forgets a value.
func (s *Scratch) Delete(key string) string { delete(s.values, key); return "" }

// Add adds to a number, a text or a list.
func (s *Scratch) Add(key string, v any) (string, error) {
	have := s.values[key]
	if have == nil {
		return s.Set(key, v), nil
	}
	if l, ok := listOf(have); ok {
		more, isList := listOf(v)
		if !isList {
			more = []any{v}
		}
		if len(l)+len(more) > maxKept {
			return "", errLarge
		}
		return s.Set(key, append(slices.Clone(l), more...)), nil
	}
	if a, ok := have.(string); ok {
		b := text(v)
		if len(a)+len(b) > maxKept*32 {
			return "", errLarge
		}
		return s.Set(key, a+b), nil
	}
	sum, err := calculate("add", []any{have, v})
	if err != nil {
		return "", err
	}
	return s.Set(key, sum), nil
}

// SetInMap keeps a value in a map of values.
func (s *Scratch) SetInMap(key, inner string, v any) string {
	m, _ := s.values[key].(map[string]any)
	if m == nil {
		m = map[string]any{}
	}
	if len(m) < maxItems {
		m[inner] = v
	}
	return s.Set(key, m)
}

// DeleteInMap forgets a value in a map of values.
func (s *Scratch) DeleteInMap(key, inner string) string {
	if m, ok := s.values[key].(map[string]any); ok {
		delete(m, inner)
	}
	return ""
}

// GetSortedMapValues gives the values of such a map in the order of their keys.
func (s *Scratch) GetSortedMapValues(key string) []any {
	m, _ := s.values[key].(map[string]any)
	var out []any
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}
