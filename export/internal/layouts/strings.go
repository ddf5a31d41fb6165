package layouts

import (
	"html/template"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

var stringFunctions = map[string]function{
	"ToUpper":   textToText(strings.ToUpper),
	"ToLower":   textToText(strings.ToLower),
	"TrimSpace": textToText(strings.TrimSpace),
	"Chomp": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		return keepHTML(a[0], strings.TrimRight(text(a[0]), "\r\n")), nil
	}},
	"Title":            textToText(titled),
	"FirstUpper":       textToText(firstUpper),
	"Trim":             {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.Trim(text(a[0]), text(a[1])), nil }},
	"TrimLeft":         {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.TrimLeft(text(a[1]), text(a[0])), nil }},
	"TrimRight":        {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.TrimRight(text(a[1]), text(a[0])), nil }},
	"TrimPrefix":       {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.TrimPrefix(text(a[1]), text(a[0])), nil }},
	"TrimSuffix":       {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.TrimSuffix(text(a[1]), text(a[0])), nil }},
	"HasPrefix":        {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.HasPrefix(text(a[0]), text(a[1])), nil }},
	"HasSuffix":        {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.HasSuffix(text(a[0]), text(a[1])), nil }},
	"Contains":         {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.Contains(text(a[0]), text(a[1])), nil }},
	"ContainsAny":      {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.ContainsAny(text(a[0]), text(a[1])), nil }},
	"ContainsNonSpace": {1, 1, false, func(_ *Runner, a []any) (any, error) { return strings.TrimSpace(text(a[0])) != "", nil }},
	"Count":            {2, 2, false, func(_ *Runner, a []any) (any, error) { return strings.Count(text(a[1]), text(a[0])), nil }},
	"CountRunes": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		return len([]rune(strings.Join(strings.Fields(plainOf(text(a[0]))), ""))), nil
	}},
	"CountWords":     {1, 1, false, func(_ *Runner, a []any) (any, error) { return len(strings.Fields(plainOf(text(a[0])))), nil }},
	"RuneCount":      {1, 1, false, func(_ *Runner, a []any) (any, error) { return utf8.RuneCountInString(text(a[0])), nil }},
	"Repeat":         {2, 2, false, repeat},
	"Replace":        {3, 4, false, replace},
	"ReplaceRE":      {3, 4, false, replaceRE},
	"FindRE":         {2, 3, false, findRE},
	"FindRESubmatch": {2, 3, false, findRESubmatch},
	"Split":          {2, 2, false, split},
	"Substr":         {2, 3, false, substr},
	"SliceString":    {1, 3, false, sliceString},
	"Truncate":       {2, 3, false, truncate},
	"Diff":           {0, -1, true, func(*Runner, []any) (any, error) { return nil, fail("strings.Diff is not done here") }},
}

func repeat(_ *Runner, a []any) (any, error) {
	n, ok := integer(a[0])
	s := text(a[1])
	if !ok || n < 0 {
		return nil, fail("strings.Repeat takes a number and a text")
	}
	if len(s)*min(n, maxText) > maxText || n > maxText {
		return nil, errLarge
	}
	return strings.Repeat(s, n), nil
}

func replace(_ *Runner, a []any) (any, error) {
	s, old, with, limit := text(a[0]), text(a[1]), text(a[2]), -1
	if len(a) == 4 {
		limit, _ = integer(a[3])
	}
	n := strings.Count(s, old)
	if limit >= 0 {
		n = min(n, limit)
	}
	if n > 0 && len(s)+n*len(with) > maxText {
		return nil, errLarge
	}
	return strings.Replace(s, old, with, limit), nil
}

// pattern reads a regular expression.
func pattern(v any) (*regexp.Regexp, error) {
	s := text(v)
	if len(s) > 1000 {
		return nil, errLarge
	}
	re, err := regexp.Compile(s)
	if err != nil {
		return nil, fail("%v", err)
	}
	return re, nil
}

func replaceRE(_ *Runner, a []any) (any, error) {
	re, err := pattern(a[0])
	if err != nil {
		return nil, err
	}
	with, s, limit := text(a[1]), text(a[2]), -1
	if len(a) == 4 {
		limit, _ = integer(a[3])
	}
	var b strings.Builder
	kept := 0
	for _, m := range re.FindAllStringSubmatchIndex(s, limit) {
		b.WriteString(s[kept:m[0]])
		b.Write(re.ExpandString(nil, with, s, m))
		if kept = m[1]; b.Len() > maxText {
			return nil, errLarge
		}
	}
	b.WriteString(s[kept:])
	return b.String(), nil
}

func findRE(_ *Runner, a []any) (any, error) {
	re, err := pattern(a[0])
	if err != nil {
		return nil, err
	}
	limit := -1
	if len(a) == 3 {
		limit, _ = integer(a[2])
	}
	out := []any{}
	for _, s := range re.FindAllString(text(a[1]), limit) {
		out = append(out, s)
	}
	return out, nil
}

func findRESubmatch(_ *Runner, a []any) (any, error) {
	re, err := pattern(a[0])
	if err != nil {
		return nil, err
	}
	limit := -1
	if len(a) == 3 {
		limit, _ = integer(a[2])
	}
	out := []any{}
	for _, m := range re.FindAllStringSubmatch(text(a[1]), limit) {
		groups := []any{}
		for _, s := range m {
			groups = append(groups, s)
		}
		out = append(out, groups)
	}
	return out, nil
}

func split(_ *Runner, a []any) (any, error) {
	out := []any{}
	for _, s := range strings.Split(text(a[0]), text(a[1])) {
		out = append(out, s)
	}
	return out, nil
}

// substr cuts characters out; a start or length below zero counts from the end.
func substr(_ *Runner, a []any) (any, error) {
	s := []rune(text(a[0]))
	from, ok := integer(a[1])
	if !ok {
		return nil, fail("substr takes a text and a number")
	}
	if from < 0 {
		from = max(len(s)+from, 0)
	}
	from = min(from, len(s))
	to := len(s)
	if len(a) == 3 {
		n, _ := integer(a[2])
		if n < 0 {
			to = max(len(s)+n, from)
		} else {
			to = min(from+n, len(s))
		}
	}
	return string(s[from:to]), nil
}

func sliceString(_ *Runner, a []any) (any, error) {
	s := []rune(text(a[0]))
	from, to := 0, len(s)
	if len(a) > 1 {
		from, _ = integer(a[1])
	}
	if len(a) > 2 {
		to, _ = integer(a[2])
	}
	if from < 0 || to > len(s) || from > to {
		return nil, fail("slicestr: out of range")
	}
	return string(s[from:to]), nil
}

// truncate cuts a text at a word's end, and puts an ellipsis there.
func truncate(_ *Runner, a []any) (any, error) {
	n, ok := integer(a[0])
	if !ok {
		return nil, fail("truncate takes a number and a text")
	}
	ellipsis := " …"
	if len(a) == 3 {
		ellipsis = text(a[1])
	}
	v := a[len(a)-1]
	s := text(v)
	if _, ok := v.(template.HTML); ok {
		return template.HTML(truncateHTML(s, n, ellipsis)), nil
	}
	r := []rune(s)
	if len(r) <= n || n < 0 {
		return s, nil
	}
	cut := n
	for cut > 0 && !unicode.IsSpace(r[cut]) {
		cut--
	}
	if cut == 0 {
		cut = n
	}
	return strings.TrimRightFunc(string(r[:cut]), unicode.IsSpace) + ellipsis, nil
}

// truncateHTML cuts HTML at a word's end, and closes what is open there.
func truncateHTML(s string, n int, ellipsis string) string {
	var open []string
	seen, cut, openThere := 0, -1, 0
	end, openAtEnd := 0, 0 // of the last word
	for i := 0; i < len(s); {
		if loc := tags().FindStringIndex(s[i:]); s[i] == '<' && loc != nil && loc[0] == 0 {
			tag := s[i : i+loc[1]]
			name := strings.ToLower(strings.TrimLeft(strings.FieldsFunc(tag, func(c rune) bool { return c == '<' || c == '>' || c == ' ' || c == '/' })[0], "!"))
			switch {
			case strings.HasPrefix(tag, "</"):
				if k := slices.Index(open, name); k >= 0 {
					open = open[:k]
				}
			case !strings.HasSuffix(tag, "/>") && name != "br" && name != "img" && name != "hr" && !strings.HasPrefix(tag, "<!"):
				open = append(open, name)
			}
			i += loc[1]
			continue
		}
		c, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(c) && seen > 0 {
			cut, openThere = end, openAtEnd
		}
		if seen++; seen > n {
			if cut < 0 {
				cut, openThere = i, len(open)
			}
			out := s[:cut] + ellipsis
			for _, name := range slices.Backward(open[:min(openThere, len(open))]) {
				out += "</" + name + ">"
			}
			return out
		}
		if !unicode.IsSpace(c) {
			end, openAtEnd = i+size, len(open)
		}
		i += size
	}
	return s
}

func firstUpper(s string) string {
	c, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(c)) + s[n:]
}

// smallWords stay in lower case in a title (AP Stylebook, which is Hugo's default).
var smallWords = map[string]bool{"a": true, "an": true, "and": true, "as": true, "at": true, "but": true, "by": true, "for": true,
	"in": true, "nor": true, "of": true, "on": true, "or": true, "so": true, "the": true, "to": true, "up": true, "yet": true, "v": true}

func titled(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if i > 0 && i < len(words)-1 && smallWords[w] && !strings.HasSuffix(words[i-1], ":") {
			continue
		}
		parts := strings.Split(w, "-")
		for k := range parts {
			parts[k] = firstUpper(parts[k])
		}
		words[i] = strings.Join(parts, "-")
	}
	return strings.Join(words, " ")
}

var tags = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)<!--.*?-->|</?[a-zA-Z][^>]*>`) })

// plainOf takes the tags out of HTML.
func plainOf(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	return tags().ReplaceAllString(s, "")
}

var (
	lineEnds  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)<br\s*/?>|</p\s*>`) })
	manyLines = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\n[\s]*\n`) })
)

// plainLines takes the tags out of HTML as Hugo's plainify does: paragraphs and broken lines end lines.
func plainLines(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	return manyLines().ReplaceAllString(plainOf(lineEnds().ReplaceAllString(s, "\n")), "\n")
}
