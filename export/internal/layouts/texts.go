package layouts

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

var safeFunctions = map[string]function{
	"HTML":     {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.HTML(text(a[0])), nil }},
	"HTMLAttr": {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.HTMLAttr(text(a[0])), nil }},
	"URL":      {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.URL(text(a[0])), nil }},
	"CSS":      {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.CSS(text(a[0])), nil }},
	"JS":       {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.JS(text(a[0])), nil }},
	"JSStr":    {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.JSStr(text(a[0])), nil }},
}

var transformFunctions = map[string]function{
	"Markdownify": {1, 1, false, func(r *Runner, a []any) (any, error) {
		s := text(a[0])
		if err := r.spend(len(s) / 8); err != nil {
			return nil, err
		}
		return template.HTML(r.host.Render(s, false)), nil
	}},
	"Plainify":     {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.HTML(plainOf(text(a[0]))), nil }},
	"HTMLEscape":   {1, -1, false, func(_ *Runner, a []any) (any, error) { return html.EscapeString(joined(a)), nil }},
	"HTMLUnescape": {1, 1, false, func(_ *Runner, a []any) (any, error) { return html.UnescapeString(text(a[0])), nil }},
	"XMLEscape":    {1, 1, false, func(_ *Runner, a []any) (any, error) { return html.EscapeString(text(a[0])), nil }},
	"Emojify":      {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.HTML(text(a[0])), nil }},
	"Highlight": {2, 3, false, func(_ *Runner, a []any) (any, error) {
		return template.HTML(`<pre><code class="language-` + html.EscapeString(text(a[1])) + `">` + html.EscapeString(text(a[0])) + "</code></pre>"), nil
	}},
	"Unmarshal":    {1, 2, false, unmarshal},
	"CanHighlight": {1, 1, true, func(*Runner, []any) (any, error) { return false, nil }},
}

// unmarshal reads YAML, TOML or JSON: a text's, or a resource's.
func unmarshal(r *Runner, a []any) (any, error) {
	v := a[len(a)-1]
	form := ""
	if res, ok := v.(*Resource); ok {
		content, err := res.Content()
		if err != nil {
			return nil, err
		}
		v, form = content, path.Ext(res.Name)
	}
	s := strings.TrimSpace(text(v))
	switch {
	case s == "":
		return map[string]any{}, nil
	case form == "" && (s[0] == '{' || s[0] == '['):
		form = ".json"
	}
	return r.host.Unmarshal(s, strings.TrimPrefix(form, "."))
}

func joined(a []any) string {
	var b strings.Builder
	for _, v := range a {
		b.WriteString(text(v))
	}
	return b.String()
}

var fmtFunctions = map[string]function{
	"Print":   {0, -1, false, func(_ *Runner, a []any) (any, error) { return fmt.Sprint(a...), nil }},
	"Println": {0, -1, false, func(_ *Runner, a []any) (any, error) { return fmt.Sprintln(a...), nil }},
	"Printf":  {1, -1, false, printf},
	"Errorf":  {1, -1, false, func(r *Runner, a []any) (any, error) { s, err := printf(r, a); return nil, oneOf(err, fail("%s", s)) }},
	"Warnf":   {1, -1, true, func(*Runner, []any) (any, error) { return "", nil }},
	"Erroridf": {2, -1, false, func(r *Runner, a []any) (any, error) {
		s, err := printf(r, a[1:])
		return nil, oneOf(err, fail("%s", s))
	}},
	"Warnidf": {1, -1, true, func(*Runner, []any) (any, error) { return "", nil }},
}

func oneOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

var wideVerb = regexp.MustCompile(`%[^a-zA-Z%]*(\d{4,}|\*)`)

// printf is fmt's, where neither a width nor arguments that are written many times make too much text.
func printf(_ *Runner, a []any) (any, error) {
	form := text(a[0])
	n := 0
	for _, v := range a[1:] {
		n += size(v, maxText)
	}
	if wideVerb.MatchString(form) || len(form)+strings.Count(form, "%")*n > 4*maxText {
		return nil, errLarge
	}
	args := slices.Clone(a[1:])
	for i, v := range args {
		// What Hugo calls a text is one, whatever kind of text it is; pointers are never written.
		switch v := v.(type) {
		case nil:
			args[i] = ""
		case *Page, *Site, *Resource, *Shortcode, *Scratch:
			args[i] = text(v)
		}
	}
	return fmt.Sprintf(form, args...), nil
}

var urlFunctions = map[string]function{
	"AbsURL":      {1, 1, false, func(r *Runner, a []any) (any, error) { return address(r.host.Site().BaseURL, text(a[0]), true), nil }},
	"AbsLangURL":  {1, 1, false, func(r *Runner, a []any) (any, error) { return address(r.host.Site().BaseURL, text(a[0]), true), nil }},
	"RelURL":      {1, 1, false, func(r *Runner, a []any) (any, error) { return address(r.host.Site().BaseURL, text(a[0]), false), nil }},
	"RelLangURL":  {1, 1, false, func(r *Runner, a []any) (any, error) { return address(r.host.Site().BaseURL, text(a[0]), false), nil }},
	"URLize":      textToText(urlized),
	"Anchorize":   textToText(anchorized),
	"JoinPath":    {1, -1, false, func(_ *Runner, a []any) (any, error) { return path.Join(textsOf(a)...), nil }},
	"PathEscape":  textToText(func(s string) string { return (escapeURL(s, false)) }),
	"QueryEscape": textToText(func(s string) string { return (escapeURL(s, true)) }),
	"Ref":         {2, 2, true, func(_ *Runner, a []any) (any, error) { return reference(a, true) }},
	"RelRef":      {2, 2, true, func(_ *Runner, a []any) (any, error) { return reference(a, false) }},
	"Parse":       textToParts,
}

func reference(a []any, whole bool) (any, error) {
	p, ok := a[0].(*Page)
	if s, isCall := a[0].(*Shortcode); isCall {
		p, ok = s.Page, true
	}
	if !ok {
		return nil, fail("ref takes a page and a path")
	}
	return p.address(a[1], whole)
}

// address brings a path of the site into the form of an address: whole, or from the host's root.
func address(base, s string, whole bool) string {
	if strings.Contains(s, "://") || strings.HasPrefix(s, "//") || strings.HasPrefix(s, "#") || strings.HasPrefix(s, "data:") || strings.HasPrefix(s, "mailto:") {
		return s
	}
	if whole && base != "" {
		return strings.TrimSuffix(base, "/") + "/" + strings.TrimPrefix(s, "/")
	}
	return "/" + strings.TrimPrefix(s, "/")
}

// urlized makes a part of an address of a text.
func urlized(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case c == ' ':
			if !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || strings.ContainsRune("./\\_#+~-", c):
			b.WriteRune(c)
		}
	}
	return b.String()
}

// anchorized makes an anchor of a heading's text, as GitHub does.
func anchorized(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case c == ' ':
			b.WriteByte('-')
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || c == '-' || c == '_':
			b.WriteRune(c)
		}
	}
	return b.String()
}

var pathFunctions = map[string]function{
	"Base": textToText(path.Base), "Dir": textToText(path.Dir), "Ext": textToText(path.Ext), "Clean": textToText(path.Clean),
	"BaseName": textToText(func(s string) string { return strings.TrimSuffix(path.Base(s), path.Ext(s)) }),
	"Join": {1, -1, false, func(_ *Runner, a []any) (any, error) {
		return path.Join(textsOf(flat(a))...), nil
	}},
}

func textsOf(a []any) (out []string) {
	for _, v := range a {
		out = append(out, text(v))
	}
	return out
}

var timeFunctions = map[string]function{
	"Format": {2, 2, false, func(r *Runner, a []any) (any, error) {
		t, err := moment(a[1])
		if err != nil {
			return nil, err
		}
		form := text(a[0])
		if named, ok := dateForms[form]; ok {
			form = named
		}
		return t.Format(form), nil
	}},
	"AsTime": {1, 2, false, func(_ *Runner, a []any) (any, error) { return momentOf(a[0]) }},
	"Now": {0, 0, true, func(*Runner, []any) (any, error) {
		return nil, fail("now is another day on each day, and the same site gives the same edition")
	}},
}

func momentOf(v any) (any, error) { return moment(v) }

// dateForms are Hugo's names of forms, as English has them.
var dateForms = map[string]string{":date_full": "Monday, January 2, 2006", ":date_long": "January 2, 2006", ":date_medium": "Jan 2, 2006",
	":date_short": "1/2/06", ":time_short": "3:04 pm"}

var encodingFunctions = map[string]function{
	"Base64Encode": textToText(func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
	"Base64Decode": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		b, err := base64.StdEncoding.DecodeString(text(a[0]))
		return string(b), err
	}},
	"Jsonify": {1, 2, false, func(_ *Runner, a []any) (any, error) {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		err := enc.Encode(plainValue(a[len(a)-1], 0))
		return template.HTML(strings.TrimSuffix(b.String(), "\n")), err
	}},
}

// plainValue gives a value that JSON can hold.
func plainValue(v any, depth int) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			if depth < 50 {
				out[i] = plainValue(v[i], depth+1)
			}
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, inner := range v {
			if depth < 50 {
				out[k] = plainValue(inner, depth+1)
			}
		}
		return out
	case nil, bool, int, float64, string:
		return v
	}
	return text(v)
}

var cryptoFunctions = map[string]function{
	"MD5":    textToText(func(s string) string { h := md5.Sum([]byte(s)); return hex.EncodeToString(h[:]) }),
	"SHA1":   textToText(func(s string) string { h := sha1.Sum([]byte(s)); return hex.EncodeToString(h[:]) }),
	"SHA256": textToText(func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }),
}

var inflectFunctions = map[string]function{
	"Humanize": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		if n, ok := integer(a[0]); ok && text(a[0]) != "" {
			return ordinal(n), nil
		}
		return firstUpper(strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(text(a[0])))), nil
	}},
	"Pluralize":   textToText(plural),
	"Singularize": textToText(singular),
}

func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// plural makes an English plural by rule.
func plural(s string) string {
	switch {
	case s == "" || !strings.HasSuffix(s, "ss") && strings.HasSuffix(s, "s"):
		return s
	case strings.HasSuffix(s, "y") && len(s) > 1 && !strings.ContainsRune("aeiou", rune(s[len(s)-2])):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "ss") || strings.HasSuffix(s, "x") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

func singular(s string) string {
	switch {
	case strings.HasSuffix(s, "ies"):
		return strings.TrimSuffix(s, "ies") + "y"
	case strings.HasSuffix(s, "sses") || strings.HasSuffix(s, "xes") || strings.HasSuffix(s, "ches") || strings.HasSuffix(s, "shes"):
		return strings.TrimSuffix(s, "es")
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss"):
		return strings.TrimSuffix(s, "s")
	}
	return s
}

var langFunctions = map[string]function{
	"Translate": {1, 2, false, func(r *Runner, a []any) (any, error) {
		return strings.NewReplacer("{{ .Count }}", count(a), "{{.Count}}", count(a), "{{ . }}", count(a), "{{.}}", count(a)).
			Replace(r.host.Translate(text(a[0]))), nil
	}},
	"FormatNumber":       {2, -1, false, func(_ *Runner, a []any) (any, error) { return decimals(a[0], a[1]) }},
	"FormatNumberCustom": {2, -1, false, func(_ *Runner, a []any) (any, error) { return decimals(a[0], a[1]) }},
}

func count(a []any) string {
	if len(a) < 2 || size(a[1], 100) > 100 {
		return ""
	}
	return text(a[1])
}

// decimals writes a number with so many digits behind the point, and commas between thousands.
func decimals(digits, n any) (any, error) {
	d, okD := integer(digits)
	f, ok := number(n)
	if !ok || !okD || d < 0 || d > 20 {
		return nil, fail("numbers are wanted")
	}
	s := strconv.FormatFloat(f, 'f', d, 64)
	whole, rest, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		rest = "." + rest
	}
	return sign + whole + rest, nil
}

var partialFunctions = map[string]function{
	"Include":       {1, -1, true, include},
	"IncludeCached": {1, -1, true, include},
}

func include(r *Runner, a []any) (any, error) {
	var dot any
	if len(a) > 1 {
		dot = a[1]
	}
	return r.partial(text(a[0]), dot)
}

var templateFunctions = map[string]function{
	"Exists": {1, 1, false, func(r *Runner, a []any) (any, error) {
		name := strings.ToLower(strings.TrimPrefix(text(a[0]), "/"))
		for _, folder := range []string{"partials/", "_partials/"} {
			if rest, ok := strings.CutPrefix(name, folder); ok {
				return r.templates.partials[rest] != "", nil
			}
		}
		for _, folder := range []string{"shortcodes/", "_shortcodes/"} {
			if rest, ok := strings.CutPrefix(name, folder); ok {
				return r.templates.Has(strings.TrimSuffix(rest, ".html")), nil
			}
		}
		return false, nil
	}},
}

var osFunctions = map[string]function{
	"ReadFile": {1, 1, false, func(r *Runner, a []any) (any, error) {
		b, err := r.host.ReadFile(strings.TrimPrefix(text(a[0]), "/"))
		if err == nil && len(b) > maxText {
			err = errLarge
		}
		return string(b), err
	}},
	"FileExists": {1, 1, false, func(r *Runner, a []any) (any, error) {
		_, err := r.host.ReadFile(strings.TrimPrefix(text(a[0]), "/"))
		return err == nil, nil
	}},
	"Getenv": {1, 1, true, func(*Runner, []any) (any, error) { return "", nil }}, // the same site gives the same edition anywhere
	"ReadDir": {1, 1, false, func(r *Runner, a []any) (any, error) {
		out := []any{}
		for _, name := range r.host.List(strings.Trim(text(a[0]), "/")) {
			out = append(out, map[string]any{"Name": strings.TrimSuffix(name, "/"), "IsDir": strings.HasSuffix(name, "/")})
		}
		return out, r.spend(len(out))
	}},
}

var resourceFunctions = map[string]function{
	"Get": {1, 1, false, func(r *Runner, a []any) (any, error) {
		name := strings.TrimPrefix(text(a[0]), "/")
		file := r.host.Asset(name)
		if file == "" {
			return nil, nil
		}
		return NewResource(r.host, file, name, "/"+name, address(r.host.Site().BaseURL, name, true)), nil
	}},
	"GetMatch": {1, 1, false, func(r *Runner, a []any) (any, error) {
		name := strings.TrimPrefix(text(a[0]), "/")
		if file := r.host.Asset(name); file != "" {
			return NewResource(r.host, file, name, "/"+name, address(r.host.Site().BaseURL, name, true)), nil
		}
		return nil, nil
	}},
	"GetRemote": {1, 2, true, func(*Runner, []any) (any, error) { return nil, fail("resources.GetRemote needs the network") }},
	"FromString": {2, 2, false, func(r *Runner, a []any) (any, error) {
		made := NewResource(r.host, "", text(a[0]), "/"+strings.TrimPrefix(text(a[0]), "/"), address(r.host.Site().BaseURL, text(a[0]), true))
		made.made = text(a[1])
		return made, nil
	}},
	"ToCSS": {1, 2, true, lastValue}, "PostCSS": {1, 2, true, lastValue}, "PostProcess": {1, 1, true, lastValue},
	"Fingerprint": {1, 2, true, lastValue}, "Minify": {1, 1, true, lastValue}, "Copy": {2, 2, true, lastValue},
}

func lastValue(_ *Runner, a []any) (any, error) { return a[len(a)-1], nil }
