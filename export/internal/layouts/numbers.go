package layouts

import (
	"math"
	"strconv"
	"strings"
)

var mathFunctions = map[string]function{
	"Add": arithmetic("add"), "Sub": arithmetic("sub"), "Mul": arithmetic("mul"), "Div": arithmetic("div"),
	"Max": arithmetic("max"), "Min": arithmetic("min"), "Mod": {2, 2, true, mod},
	"ModBool": {2, 2, true, func(r *Runner, a []any) (any, error) {
		n, err := mod(r, a)
		return n == 0, err
	}},
	"Pow":   ofTwo(math.Pow),
	"Abs":   ofOne(math.Abs),
	"Ceil":  ofOne(math.Ceil),
	"Floor": ofOne(math.Floor),
	"Round": ofOne(math.Round),
	"Sqrt":  ofOne(math.Sqrt),
	"Log":   ofOne(math.Log),
	"Sin":   ofOne(math.Sin), "Cos": ofOne(math.Cos), "Tan": ofOne(math.Tan),
	"Asin": ofOne(math.Asin), "Acos": ofOne(math.Acos), "Atan": ofOne(math.Atan), "Atan2": ofTwo(math.Atan2),
	"ToDegrees": ofOne(func(x float64) float64 { return x * 180 / math.Pi }),
	"ToRadians": ofOne(func(x float64) float64 { return x * math.Pi / 180 }),
	"MaxInt64":  {0, 0, true, func(*Runner, []any) (any, error) { return math.MaxInt64, nil }},
	"Sum":       {1, -1, false, func(_ *Runner, a []any) (any, error) { return calculate("add", flat(a)) }},
	"Product":   {1, -1, false, func(_ *Runner, a []any) (any, error) { return calculate("mul", flat(a)) }},
	"Pi":        {0, 0, true, func(*Runner, []any) (any, error) { return math.Pi, nil }},
	"Rand":      {0, 0, true, func(r *Runner, _ []any) (any, error) { return float64(r.lot()>>11) / (1 << 53), nil }},
	"Counter":   {0, 0, true, func(r *Runner, _ []any) (any, error) { r.counter++; return r.counter, nil }},
}

func ofOne(f func(float64) float64) function {
	return function{1, 1, true, func(_ *Runner, a []any) (any, error) {
		n, ok := number(a[0])
		if !ok {
			return nil, fail("%s is no number", shortOf(a[0]))
		}
		return f(n), nil
	}}
}

func ofTwo(f func(x, y float64) float64) function {
	return function{2, 2, true, func(_ *Runner, a []any) (any, error) {
		x, okX := number(a[0])
		y, okY := number(a[1])
		if !okX || !okY {
			return nil, fail("numbers are wanted")
		}
		return f(x, y), nil
	}}
}

func arithmetic(op string) function {
	return function{1, -1, false, func(_ *Runner, a []any) (any, error) {
		if op == "max" || op == "min" {
			a = flat(a)
		}
		return calculate(op, a)
	}}
}

// flat opens lists among numbers.
func flat(a []any) (out []any) {
	for _, v := range a {
		if l, ok := items(v); ok {
			out = append(out, l...)
			continue
		}
		out = append(out, v)
	}
	return out
}

// calculate goes through numbers. Of whole numbers the outcome is whole, as in Hugo: also of a division. Texts are joined
// by add.
func calculate(op string, a []any) (any, error) {
	if len(a) == 0 {
		return nil, fail("%s: no numbers", op)
	}
	whole := true
	var x float64
	for i, v := range a {
		if s, ok := a[0].(string); ok && op == "add" && len(a) == 2 {
			return s + text(a[1]), nil
		}
		y, ok := number(v)
		if !ok {
			return nil, fail("%s: %s is no number", op, shortOf(v))
		}
		whole = whole && isWhole(v)
		if i == 0 {
			x = y
			continue
		}
		switch op {
		case "add":
			x += y
		case "sub":
			x -= y
		case "mul":
			x *= y
		case "max":
			x = max(x, y)
		case "min":
			x = min(x, y)
		case "div":
			if y == 0 {
				return nil, fail("div: by zero")
			}
			if x /= y; whole {
				x = math.Trunc(x)
			}
		}
	}
	if whole && math.Abs(x) < 1<<53 {
		return int(x), nil
	}
	return x, nil
}

func mod(_ *Runner, a []any) (any, error) {
	x, okX := integer(a[0])
	y, okY := integer(a[1])
	if !okX || !okY || y == 0 {
		return nil, fail("mod takes two whole numbers, the second not zero")
	}
	return x % y, nil
}

var compareFunctions = map[string]function{
	"Eq": comparison(func(a, b any) bool { return equal(a, b) }, false),
	"Ne": comparison(func(a, b any) bool { return !equal(a, b) }, true),
	"Lt": comparison(func(a, b any) bool { return compare(a, b) < 0 }, true),
	"Le": comparison(func(a, b any) bool { return compare(a, b) <= 0 }, true),
	"Gt": comparison(func(a, b any) bool { return compare(a, b) > 0 }, true),
	"Ge": comparison(func(a, b any) bool { return compare(a, b) >= 0 }, true),
	"Conditional": {3, 3, true, func(_ *Runner, a []any) (any, error) {
		if truth(a[0]) {
			return a[1], nil
		}
		return a[2], nil
	}},
	"Default": {1, 2, true, func(_ *Runner, a []any) (any, error) {
		if len(a) < 2 || a[1] == nil {
			return a[0], nil
		}
		if _, isBool := a[1].(bool); isBool || truth(a[1]) {
			return a[1], nil
		}
		return a[0], nil
	}},
}

// comparison compares the first with any, or all, of the others.
func comparison(holds func(a, b any) bool, all bool) function {
	return function{2, -1, false, func(_ *Runner, a []any) (any, error) {
		for _, b := range a[1:] {
			if holds(a[0], b) != all {
				return !all, nil
			}
		}
		return all, nil
	}}
}

var castFunctions = map[string]function{
	"ToString": {1, 1, false, func(_ *Runner, a []any) (any, error) { return text(a[0]), nil }},
	"ToInt":    {1, 1, true, toInt},
	"ToFloat":  ofOne(func(f float64) float64 { return f }),
}

// toInt reads a whole number as Go's literals are: 0x10, 010.
func toInt(_ *Runner, a []any) (any, error) {
	if s := strings.TrimSpace(text(a[0])); s == "" {
		return 0, nil
	} else if n, err := strconv.ParseInt(s, 0, 64); err == nil {
		return int(n), nil
	}
	n, ok := integer(a[0])
	if !ok {
		return nil, fail("%s is no number", shortOf(a[0]))
	}
	return n, nil
}

var reflectFunctions = map[string]function{
	"IsPage":                     {1, 1, true, func(_ *Runner, a []any) (any, error) { p, ok := a[0].(*Page); return ok && p != nil, nil }},
	"IsSite":                     {1, 1, true, func(_ *Runner, a []any) (any, error) { _, ok := a[0].(*Site); return ok, nil }},
	"IsResource":                 {1, 1, true, func(_ *Runner, a []any) (any, error) { p, ok := a[0].(*Resource); return ok && p != nil, nil }},
	"IsImageResourceProcessable": {1, 1, true, isPicture},
	"IsImageResourceWithMeta":    {1, 1, true, isPicture},
	"IsImageResource":            {1, 1, true, isPicture},
	"IsMap":                      {1, 1, true, func(_ *Runner, a []any) (any, error) { _, ok := a[0].(map[string]any); return ok, nil }},
	"IsSlice": {1, 1, true, func(_ *Runner, a []any) (any, error) {
		_, isMap := a[0].(map[string]any)
		_, ok := items(a[0])
		return ok && !isMap, nil
	}},
}

func isPicture(_ *Runner, a []any) (any, error) {
	r, ok := a[0].(*Resource)
	return ok && r != nil && r.ResourceType == "image", nil
}
