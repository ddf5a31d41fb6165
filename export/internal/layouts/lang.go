package layouts

import (
	"strconv"
	"strings"
)

var langFunctions = map[string]function{
	"Translate": {1, 3, false, func(r *Runner, a []any) (any, error) {
		s, err := r.translate(text(a[0]), arg(a, 1))
		return s, err
	}},
	"HasTranslation":     {1, 1, false, func(r *Runner, a []any) (any, error) { return r.host.Translate(text(a[0]), -1) != "", nil }},
	"Merge":              {2, 2, false, func(_ *Runner, a []any) (any, error) { return a[1], nil }}, // an edition is in one language
	"FormatNumber":       {2, 3, false, func(r *Runner, a []any) (any, error) { return r.number(a, "") }},
	"FormatPercent":      {2, 3, false, func(r *Runner, a []any) (any, error) { return r.number(a, "%") }},
	"FormatCurrency":     {3, 4, false, func(r *Runner, a []any) (any, error) { return r.number([]any{a[0], a[2]}, text(a[1])) }},
	"FormatAccounting":   {3, 4, false, func(r *Runner, a []any) (any, error) { return r.number([]any{a[0], a[2]}, text(a[1])) }},
	"FormatNumberCustom": {2, 4, false, numberCustom},
}

func arg(a []any, i int) any {
	if i < len(a) {
		return a[i]
	}
	return nil
}

// translate gives the site's words for a key. They may be a template, whose dot is the second argument, or the number by which
// the words were chosen.
func (r *Runner) translate(key string, dot any) (string, error) {
	n := -1
	switch d := dot.(type) {
	case map[string]any:
		if k, ok := integer(lowered(d)["count"]); ok && d != nil && lowered(d)["count"] != nil {
			n = k
		}
	case nil:
	default:
		if k, ok := integer(dot); ok {
			n, dot = k, map[string]any{"Count": dot}
		}
	}
	words := r.host.Translate(key, n)
	if !strings.Contains(words, "{{") {
		return words, nil
	}
	name := "i18n:" + key + ":" + strconv.Itoa(min(max(n, -1), 2))
	c := r.compiled[name]
	if c == nil || c.text != words {
		c = &compiled{text: words}
		c.t, c.err = r.parse(key, words)
		r.compiled[name] = c
	}
	if r.depth++; r.depth > maxDepth {
		return "", errSteps
	}
	defer func() { r.depth-- }()
	return r.execute(name, dot)
}

// number writes a number in the way of the page's language. What is measured may be "%" or a currency.
func (r *Runner) number(a []any, unit string) (any, error) {
	d, okD := integer(a[0])
	f, ok := number(a[1])
	if !ok || !okD || d < 0 || d > 20 {
		return nil, fail("numbers are wanted")
	}
	return r.host.FormatNumber(f, d, unit), nil
}

// numberCustom writes a number with so many digits behind the point; its signs for minus, point and thousands may follow in one
// text, between blanks or what the fourth argument names.
func numberCustom(_ *Runner, a []any) (any, error) {
	d, okD := integer(a[0])
	f, ok := number(a[1])
	if !ok || !okD || d < 0 || d > 20 {
		return nil, fail("numbers are wanted")
	}
	signs := []string{"-", ".", ","}
	if len(a) > 2 {
		between := " "
		if len(a) > 3 {
			between = text(a[3])
		}
		if given := strings.Split(text(a[2]), between); len(given) == 3 {
			signs = given
		}
	}
	s := strconv.FormatFloat(f, 'f', d, 64)
	whole, rest, _ := strings.Cut(s, ".")
	minus := ""
	if strings.HasPrefix(whole, "-") {
		minus, whole = signs[0], whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + signs[2] + whole[i:]
	}
	if rest != "" {
		rest = signs[1] + rest
	}
	return minus + whole + rest, nil
}
