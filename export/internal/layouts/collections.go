package layouts

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

var collectionFunctions = map[string]function{
	"Dictionary": {0, -1, true, dictionary},
	"Slice":      {0, -1, true, func(_ *Runner, a []any) (any, error) { return slices.Clone(a), nil }},
	"Index":      {2, -1, true, index},
	"IsSet":      {2, 2, true, isSet},
	"First": {2, 2, true, func(_ *Runner, a []any) (any, error) {
		return part(a[1], a[0], func(l []any, n int) []any { return l[:min(n, len(l))] })
	}},
	"Last": {2, 2, true, func(_ *Runner, a []any) (any, error) {
		return part(a[1], a[0], func(l []any, n int) []any { return l[max(len(l)-n, 0):] })
	}},
	"After": {2, 2, true, func(_ *Runner, a []any) (any, error) {
		return part(a[1], a[0], func(l []any, n int) []any { return l[min(n, len(l)):] })
	}},
	"Append":  {2, -1, true, appended},
	"Apply":   {2, -1, true, apply},
	"In":      {2, 2, false, in},
	"Delimit": {2, 3, false, delimit},
	"Seq":     {1, 3, true, seq},
	"Merge":   {1, -1, false, merged},
	"Reverse": {1, 1, true, func(_ *Runner, a []any) (any, error) {
		l, _ := items(a[0])
		l = slices.Clone(l)
		slices.Reverse(l)
		return l, nil
	}},
	"Sort":       {1, 3, false, sorted},
	"Where":      {3, 4, false, where},
	"Uniq":       {1, 1, false, func(_ *Runner, a []any) (any, error) { return unique(a[0]) }},
	"Union":      {2, 2, false, union},
	"Intersect":  {2, 2, false, func(_ *Runner, a []any) (any, error) { return kept(a[0], a[1], true) }},
	"SymDiff":    {2, 2, false, symmetricDifference},
	"Complement": {2, -1, false, complement},
	"D":          {3, 3, true, func(*Runner, []any) (any, error) { return nil, fail("collections.D is not done here") }},
	"Querify":    {0, -1, false, querify},
	"KeyVals":    {1, -1, true, func(_ *Runner, a []any) (any, error) { return KeyValues{a[0], a[1:]}, nil }},
	"Group":      {2, 2, true, func(_ *Runner, a []any) (any, error) { return map[string]any{"Key": a[0], "Pages": a[1]}, nil }},
	"NewScratch": {0, 0, true, func(*Runner, []any) (any, error) { return &Scratch{}, nil }},
	"Shuffle":    {1, 1, false, shuffled},
}

// shuffled mixes a list: always alike, since the same site gives the same edition.
func shuffled(r *Runner, a []any) (any, error) {
	l, _ := items(a[0])
	l = slices.Clone(l)
	for i := len(l) - 1; i > 0; i-- {
		k := int(r.lot() % uint64(i+1))
		l[i], l[k] = l[k], l[i]
	}
	return l, nil
}

// lot gives the next of a row of numbers that are any, but the same for a page each time (SplitMix64: Steele, Lea and Flood 2014).
func (r *Runner) lot() uint64 {
	r.drawn++
	h := fnv.New64a()
	h.Write([]byte(r.host.Page().Path))
	x := h.Sum64() + r.drawn*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// apply gives what a function makes of each item of a list, which stands for "." among the function's arguments.
func apply(r *Runner, a []any) (any, error) {
	l, _ := items(a[0])
	f, ok := r.funcs[strings.ReplaceAll(text(a[1]), ".", "__")].(func(...any) (any, error))
	if !ok {
		return nil, fail("apply: no function %q", shortOf(a[1]))
	}
	out := []any{}
	for _, it := range l {
		args := slices.Clone(a[2:])
		for i := range args {
			if args[i] == "." {
				args[i] = it
			}
		}
		v, err := f(args...)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// index gives what a list or map has at keys, one within the other; nil when it has nothing there.
func index(_ *Runner, a []any) (any, error) {
	v := a[0]
	keys := a[1:]
	if len(keys) == 1 {
		if l, ok := keys[0].([]any); ok {
			keys = l
		}
	}
	for _, k := range keys {
		rv := reflect.ValueOf(v)
		switch {
		case v == nil:
			return nil, nil
		case rv.Kind() == reflect.Map:
			m, ok := v.(map[string]any)
			if !ok {
				return nil, fail("index: not such a map")
			}
			found, ok := m[text(k)]
			if !ok {
				found = m[strings.ToLower(text(k))]
			}
			v = found
		case rv.Kind() == reflect.Slice || rv.Kind() == reflect.Array || rv.Kind() == reflect.String:
			n, ok := integer(k)
			if !ok || n < 0 || n >= rv.Len() {
				return nil, nil
			}
			v = rv.Index(n).Interface()
		default:
			return nil, fail("index: %s has no items", shortOf(v))
		}
	}
	return v, nil
}

func shortOf(v any) string {
	if size(v, 200) > 100 {
		return "a value"
	}
	return text(v)
}

func isSet(_ *Runner, a []any) (any, error) {
	switch v := a[0].(type) {
	case map[string]any:
		_, ok := v[text(a[1])]
		return ok, nil
	case nil:
		return false, nil
	}
	n, ok := integer(a[1])
	rv := reflect.ValueOf(a[0])
	return ok && (rv.Kind() == reflect.Slice || rv.Kind() == reflect.Array) && n >= 0 && n < rv.Len(), nil
}

func part(list, n any, cut func([]any, int) []any) (any, error) {
	l, ok := items(list)
	if s, isText := list.(string); isText { // of a text, the bytes
		count, _ := integer(n)
		for i := range len(s) {
			l = append(l, s[i:i+1])
		}
		return joined(cut(l, max(count, 0))), nil
	}
	count, isNumber := integer(n)
	if !isNumber || count < 0 || !ok && list != nil {
		return nil, fail("a part of a list takes a number and a list")
	}
	return cut(l, count), nil
}

// appended puts items, or all those of one list, behind a list.
func appended(r *Runner, a []any) (any, error) {
	list, _ := items(a[len(a)-1])
	more := a[:len(a)-1]
	if len(more) == 1 {
		if l, ok := more[0].([]any); ok {
			if len(list) == 0 || !isList(list[0]) {
				more = l
			}
		}
	}
	if len(list)+len(more) > maxItems {
		return nil, errLarge
	}
	if err := r.spend((len(list) + len(more)) / 16); err != nil {
		return nil, err
	}
	return append(slices.Clone(list), more...), nil
}

func isList(v any) bool { _, ok := v.([]any); return ok }

func in(_ *Runner, a []any) (any, error) {
	if s, ok := a[0].(string); ok {
		return strings.Contains(s, text(a[1])), nil
	}
	if h, ok := a[0].(template.HTML); ok {
		return strings.Contains(string(h), text(a[1])), nil
	}
	l, _ := items(a[0])
	return slices.ContainsFunc(l, func(v any) bool { return sameKey(v, a[1]) }), nil
}

// sameKey is equal, but 1 is 1.0.
func sameKey(a, b any) bool {
	if isNumber(a) && isNumber(b) {
		x, _ := number(a)
		y, _ := number(b)
		return x == y
	}
	return equal(a, b)
}

func delimit(_ *Runner, a []any) (any, error) {
	l, ok := items(a[0])
	if !ok && a[0] != nil {
		return nil, fail("delimit takes a list")
	}
	between, last := text(a[1]), text(a[1])
	if len(a) == 3 {
		last = text(a[2])
	}
	var b strings.Builder
	for i, v := range l {
		switch {
		case i == 0:
		case i == len(l)-1:
			b.WriteString(last)
		default:
			b.WriteString(between)
		}
		b.WriteString(text(v))
		if b.Len() > maxText {
			return nil, errLarge
		}
	}
	return b.String(), nil
}

func seq(r *Runner, a []any) (any, error) {
	var n [3]int
	for i, v := range a {
		k, ok := integer(v)
		if !ok {
			return nil, fail("seq takes numbers")
		}
		n[i] = k
	}
	from, step, to := 1, 1, n[0]
	switch len(a) {
	case 1:
		if to < 0 {
			from, step = -1, -1
		}
	case 2:
		if from, to = n[0], n[1]; from > to {
			step = -1
		}
	case 3:
		from, step, to = n[0], n[1], n[2]
	}
	if step == 0 || (to-from)/step < 0 {
		return []any{}, nil
	}
	count := (to-from)/step + 1
	if count > 2000 { // Hugo's limit
		return nil, fail("seq: more than 2000 numbers")
	}
	if err := r.spend(count / 16); err != nil {
		return nil, err
	}
	out := make([]any, count)
	for i := range out {
		out[i] = from + i*step
	}
	return out, nil
}

// KeyValues are a key and its values.
type KeyValues struct {
	Key    any
	Values []any
}

func (k KeyValues) String() string { return text(k.Key) + ": " + fmt.Sprint(k.Values) }

// complement gives the items of the last list that are in none of the others.
func complement(_ *Runner, a []any) (any, error) {
	var others []any
	for _, list := range a[:len(a)-1] {
		l, _ := items(list)
		others = append(others, l...)
	}
	return kept(a[len(a)-1], others, false)
}

// symmetricDifference gives the items that only one of two lists has, those of the second first, as Hugo does.
func symmetricDifference(_ *Runner, a []any) (any, error) {
	second, err := kept(a[1], a[0], false)
	if err != nil {
		return nil, err
	}
	first, err := kept(a[0], a[1], false)
	if err != nil {
		return nil, err
	}
	return append(second.([]any), first.([]any)...), nil
}

// merged puts maps together; of a key that several have, the last counts.
func merged(_ *Runner, a []any) (any, error) {
	out := map[string]any{}
	for _, v := range a {
		m, ok := v.(map[string]any)
		if !ok && v != nil {
			return nil, fail("merge takes maps")
		}
		mergeInto(out, m, 0)
	}
	return out, nil
}

func mergeInto(out, m map[string]any, depth int) {
	for _, k := range sortedKeys(m) {
		v := m[k]
		for have := range out { // of keys that differ in case alone, the last is the one
			if have != k && strings.EqualFold(have, k) {
				delete(out, have)
				break
			}
		}
		inner, ok := v.(map[string]any)
		have, both := out[k].(map[string]any)
		if ok && both && depth < 20 {
			have = maps.Clone(have)
			mergeInto(have, inner, depth+1)
			v = have
		}
		out[k] = v
	}
}

func sorted(r *Runner, a []any) (any, error) {
	l, ok := items(a[0])
	if !ok && a[0] != nil {
		return nil, fail("sort takes a list")
	}
	key, down := "", false
	if len(a) > 1 {
		key = text(a[1])
	}
	if len(a) > 2 {
		down = strings.EqualFold(text(a[2]), "desc")
	}
	if err := r.spend(1 + len(l)/8); err != nil {
		return nil, err
	}
	if _, isMap := a[0].(map[string]any); isMap && key == "" {
		if down {
			slices.Reverse(l)
		}
		return l, nil // of a map, the values by their keys
	}
	by := func(v any) any {
		if key == "" || key == "value" {
			return v
		}
		return field(v, key)
	}
	l = slices.Clone(l)
	slices.SortStableFunc(l, func(x, y any) int {
		if down {
			x, y = y, x
		}
		return compare(by(x), by(y))
	})
	return l, nil
}

// where gives the items of a list whose field compares so to a value.
func where(r *Runner, a []any) (any, error) {
	l, ok := items(a[0])
	if !ok && a[0] != nil {
		return nil, fail("where takes a list")
	}
	op, match := "=", a[len(a)-1]
	if len(a) == 4 {
		op = text(a[2])
	}
	if err := r.spend(1 + len(l)/8); err != nil {
		return nil, err
	}
	if m, isMap := a[0].(map[string]any); isMap { // of lists: what is left of each
		out := map[string]any{}
		for _, k := range sortedKeys(m) {
			if !isList(m[k]) {
				continue
			}
			rest, err := where(r, append([]any{m[k]}, a[1:]...))
			if err != nil {
				return nil, err
			}
			if l := rest.([]any); len(l) > 0 {
				out[k] = l
			}
		}
		return out, nil
	}
	out := []any{}
	for _, v := range l {
		ok, err := matches(field(v, text(a[1])), op, match)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, v)
		}
	}
	return out, nil
}

func matches(have any, op string, match any) (bool, error) {
	switch op {
	case "=", "==", "eq":
		return equal(have, match), nil
	case "!=", "<>", "ne":
		return !equal(have, match), nil
	case ">", "gt":
		return compare(have, match) > 0, nil
	case ">=", "ge":
		return compare(have, match) >= 0, nil
	case "<", "lt":
		return compare(have, match) < 0, nil
	case "<=", "le":
		return compare(have, match) <= 0, nil
	case "in", "not in":
		l, _ := items(match)
		found := slices.ContainsFunc(l, func(v any) bool { return equal(v, have) })
		if s, ok := match.(string); ok {
			found = strings.Contains(s, text(have))
		}
		return found == (op == "in"), nil
	case "intersect":
		l, err := kept(have, match, true)
		some, _ := l.([]any)
		return len(some) > 0, err
	case "like":
		re, err := pattern(match)
		return err == nil && re.MatchString(text(have)), err
	}
	return false, fail("where: no operator %q", op)
}

// known remembers values, so that a list is gone through once.
type known map[string]bool

func keyOf(v any) string {
	if isNumber(v) {
		f, _ := number(v)
		return fmt.Sprint("n", f)
	}
	if _, ok := v.(*Page); ok {
		return fmt.Sprintf("%p", v)
	}
	return "s" + text(v)
}

func unique(list any) (any, error) {
	l, _ := items(list)
	seen, out := known{}, []any{}
	for _, v := range l {
		if k := keyOf(v); !seen[k] {
			seen[k] = true
			out = append(out, v)
		}
	}
	return out, nil
}

func union(_ *Runner, a []any) (any, error) {
	x, _ := items(a[0])
	y, _ := items(a[1])
	return unique(append(slices.Clone(x), y...))
}

// kept gives the items of a list that are, or are not, in the other.
func kept(list, other any, inside bool) (any, error) {
	x, _ := items(list)
	y, _ := items(other)
	seen, out := known{}, []any{}
	for _, v := range y {
		seen[keyOf(v)] = true
	}
	for _, v := range x {
		if seen[keyOf(v)] == inside {
			out = append(out, v)
		}
	}
	return out, nil
}

func querify(_ *Runner, a []any) (any, error) {
	if len(a) == 1 {
		if m, ok := a[0].(map[string]any); ok {
			a = nil
			for _, k := range sortedKeys(m) {
				a = append(a, k, m[k])
			}
		} else if l, ok := a[0].([]any); ok {
			a = l
		}
	}
	if len(a)%2 != 0 {
		return nil, fail("querify takes keys and values in turn")
	}
	q := url.Values{}
	for i := 0; i < len(a); i += 2 {
		q.Add(text(a[i]), text(a[i+1]))
	}
	return q.Encode(), nil
}
