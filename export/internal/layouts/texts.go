package layouts

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"hash/fnv"
	"html"
	"html/template"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
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
	"Plainify":     {1, 1, false, func(_ *Runner, a []any) (any, error) { return template.HTML(plainLines(text(a[0]))), nil }},
	"HTMLEscape":   {1, -1, false, func(_ *Runner, a []any) (any, error) { return html.EscapeString(joined(a)), nil }},
	"HTMLUnescape": {1, 1, false, func(_ *Runner, a []any) (any, error) { return html.UnescapeString(text(a[0])), nil }},
	"XMLEscape":    {1, 1, false, func(_ *Runner, a []any) (any, error) { return html.EscapeString(text(a[0])), nil }},
	"Emojify":      {1, 1, false, func(r *Runner, a []any) (any, error) { return template.HTML(r.host.Emoji(text(a[0]))), nil }},
	"Highlight":    {2, 3, false, func(_ *Runner, a []any) (any, error) { return highlighted(text(a[0]), text(a[1])), nil }},
	"Unmarshal":    {1, 2, false, unmarshal},
	"ToMath":       {1, 2, false, toMath},
	"Remarshal":    {2, 2, false, func(*Runner, []any) (any, error) { return nil, fail("transform.Remarshal is not done here") }},
	"PortableText": {1, 1, false, func(*Runner, []any) (any, error) { return nil, fail("transform.PortableText is not done here") }},
	"HighlightCodeBlock": {1, 2, false, func(_ *Runner, a []any) (any, error) {
		c, ok := a[0].(*CodeBlock)
		if !ok {
			return nil, fail("transform.HighlightCodeBlock takes the block of a render hook")
		}
		made := highlighted(c.Inner, c.Type)
		return map[string]any{"Wrapped": made, "Inner": made}, nil
	}},
	"CanHighlight": {1, 1, true, func(*Runner, []any) (any, error) { return false, nil }},
}

func highlighted(code, lang string) template.HTML {
	return template.HTML(`<pre><code class="language-` + html.EscapeString(lang) + `">` + html.EscapeString(code) + "</code></pre>")
}

// toMath gives a formula between the marks that are always read as one.
func toMath(r *Runner, a []any) (any, error) {
	opts := map[string]any{}
	if len(a) == 2 {
		opts, _ = a[1].(map[string]any)
	}
	return template.HTML(r.host.Formula(text(a[0]), truth(lowered(opts)["displaymode"]))), nil
}

// unmarshal reads YAML, TOML, JSON or CSV: a text's, or a resource's.
func unmarshal(r *Runner, a []any) (any, error) {
	v := a[len(a)-1]
	form, opts := "", map[string]any{}
	if len(a) == 2 {
		opts, _ = a[0].(map[string]any)
		opts = lowered(opts)
	}
	if res, ok := v.(*Resource); ok {
		if res == nil {
			return nil, fail("unmarshal is given nothing")
		}
		content, err := res.Content()
		if err != nil {
			return nil, err
		}
		v, form = content, path.Ext(res.Name)
	}
	s := strings.TrimSpace(text(v))
	form = strings.TrimPrefix(cmp.Or(text(opts["format"]), form), ".")
	if s == "" {
		return nil, nil
	}
	if form == "" {
		form = notationOf(s)
	}
	switch form {
	case "csv":
		return table(s, opts)
	case "xml":
		return nil, fail("unmarshal does not read XML here")
	}
	return r.host.Unmarshal(s, form)
}

// notationOf finds out, as Hugo does, in which notation a text is written: by which of the signs of each comes first.
func notationOf(s string) string {
	first, form := len(s), "yaml"
	for _, sign := range [...]struct{ char, form string }{{"{", "json"}, {"<", "xml"}, {":", "yaml"}, {"=", "toml"}, {",", "csv"}, {";", "csv"}} {
		if i := strings.Index(s, sign.char); i >= 0 && i < first {
			first, form = i, sign.form
		}
	}
	if form == "csv" && strings.HasPrefix(s, "[") {
		form = "json"
	}
	return form
}

// table reads CSV into a list of lists, or of maps by the names in its first line.
func table(s string, opts map[string]any) (any, error) {
	in := csv.NewReader(strings.NewReader(s))
	if d := text(opts["delimiter"]); d != "" {
		in.Comma, _ = utf8.DecodeRuneInString(d)
	}
	if c := text(opts["comment"]); c != "" {
		in.Comment, _ = utf8.DecodeRuneInString(c)
	}
	in.LazyQuotes, in.FieldsPerRecord = truth(opts["lazyquotes"]), -1
	lines, err := in.ReadAll()
	if err != nil {
		return nil, fail("%v", err)
	}
	out := []any{}
	for i, l := range lines {
		if text(opts["targettype"]) != "map" {
			cells := make([]any, len(l))
			for k, c := range l {
				cells[k] = c
			}
			out = append(out, cells)
			continue
		}
		if i == 0 {
			continue
		}
		m := map[string]any{}
		for k, c := range l {
			if k < len(lines[0]) {
				m[lines[0][k]] = c
			}
		}
		out = append(out, m)
	}
	return out, nil
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
	"Warnf":   {1, -1, false, warned},
	"Erroridf": {2, -1, false, func(r *Runner, a []any) (any, error) {
		s, err := printf(r, a[1:])
		return nil, oneOf(err, fail("%s", s))
	}},
	"Warnidf": {2, -1, false, func(r *Runner, a []any) (any, error) { return warned(r, a[1:]) }},
}

// warned has the site told what a template warns of.
func warned(r *Runner, a []any) (any, error) {
	s, err := printf(r, a)
	if err == nil {
		r.host.Warn(text(s))
	}
	return "", err
}

func oneOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

var wideVerb = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%[^a-zA-Z%]*(\d{4,}|\*)`) })

// printf is fmt's, where neither a width nor arguments that are written many times make too much text.
func printf(_ *Runner, a []any) (any, error) {
	form := text(a[0])
	n := 0
	for _, v := range a[1:] {
		n += size(v, maxText)
	}
	if wideVerb().MatchString(form) || len(form)+strings.Count(form, "%")*n > 4*maxText {
		return nil, errLarge
	}
	args := slices.Clone(a[1:])
	for i, v := range args {
		// What Hugo calls a text is one, whatever kind of text it is; pointers are never written.
		switch v := v.(type) {
		case *Page, *Site, *Resource, *Shortcode, *Scratch:
			args[i] = text(v)
		case []any, map[string]any:
			args[i] = withTexts(v)
		}
	}
	return fmt.Sprintf(form, args...), nil
}

var urlFunctions = map[string]function{
	"AbsURL":     {1, 1, false, func(r *Runner, a []any) (any, error) { return address(r.host.Site().BaseURL, text(a[0]), true), nil }},
	"AbsLangURL": {1, 1, false, func(r *Runner, a []any) (any, error) { return r.host.Site().inLanguage(text(a[0]), true), nil }},
	"RelURL":     {1, 1, false, func(r *Runner, a []any) (any, error) { return address(r.host.Site().BaseURL, text(a[0]), false), nil }},
	"RelLangURL": {1, 1, false, func(r *Runner, a []any) (any, error) { return r.host.Site().inLanguage(text(a[0]), false), nil }},
	"URLize":     textToText(urlized),
	"Anchorize":  textToText(anchorized),
	"JoinPath": {1, -1, false, func(_ *Runner, a []any) (any, error) {
		parts := textsOf(flat(a))
		return url.JoinPath(parts[0], parts[1:]...)
	}},
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

// address brings a path of the site into the form of an address: whole, or from the host's root. One that begins with a slash
// counts from there, any other from the site's own address.
func address(base, s string, whole bool) string {
	if isAddress(s) {
		return s
	}
	root, folder := base, "/"
	if i := strings.Index(base, "://"); i >= 0 {
		if n := strings.IndexByte(base[i+3:], '/'); n >= 0 {
			root, folder = base[:i+3+n], strings.TrimSuffix(base[i+3+n:], "/")+"/"
		}
	}
	if strings.HasPrefix(s, "/") {
		folder, s = "/", s[1:]
	}
	if !whole {
		root = ""
	}
	return strings.TrimSuffix(root, "/") + folder + s
}

// isAddress reports whether a text names a host, or what is none of the site's.
func isAddress(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, "//") || strings.HasPrefix(s, "data:") || strings.HasPrefix(s, "mailto:")
}

// inLanguage is address for a path below the language's folder.
func (s *Site) inLanguage(at string, whole bool) string {
	if s.LanguagePrefix == "" || isAddress(at) {
		return address(s.BaseURL, at, whole)
	}
	slash := ""
	if strings.HasPrefix(at, "/") {
		slash = "/"
	}
	return address(s.BaseURL, slash+strings.TrimPrefix(s.LanguagePrefix, "/")+"/"+strings.TrimPrefix(at, "/"), whole)
}

// urlized makes a part of an address of a text.
func urlized(s string) string {
	var b strings.Builder
	gap, kept := false, ' '
	for _, c := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case unicode.IsSpace(c):
			gap = true
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || strings.ContainsRune("./\\_#+~-", c):
			if gap && kept != '-' && c != '-' && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(c)
			gap, kept = false, c
		}
	}
	u, _, _ := strings.Cut(b.String(), "#")
	return (&url.URL{Path: u}).EscapedPath()
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
	"Split": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		dir, file := path.Split(text(a[0]))
		return DirFile{dir, file}, nil
	}},
	"Join": {1, -1, false, func(_ *Runner, a []any) (any, error) {
		return path.Join(textsOf(flat(a))...), nil
	}},
}

// A DirFile is a path in its two parts.
type DirFile struct{ Dir, File string }

func (d DirFile) String() string { return d.Dir + "|" + d.File }

func textsOf(a []any) (out []string) {
	for _, v := range a {
		out = append(out, text(v))
	}
	return out
}

var encodingFunctions = map[string]function{
	"Base64Encode": textToText(func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
	"Base64Decode": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		b, err := base64.StdEncoding.DecodeString(text(a[0]))
		return string(b), err
	}},
	"Jsonify": {1, 2, false, jsonify},
}

// jsonify writes JSON; a dict before the value may ask for an indent.
func jsonify(_ *Runner, a []any) (any, error) {
	opts := map[string]any{}
	if len(a) == 2 {
		m, ok := a[0].(map[string]any)
		if !ok {
			return nil, fail("jsonify takes a value, and a dict of options before it")
		}
		opts = lowered(m)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(!truth(opts["nohtmlescape"]))
	prefix, indent := text(opts["prefix"]), text(opts["indent"])
	if len(prefix)+len(indent) > 100 {
		return nil, errLarge
	}
	enc.SetIndent(prefix, indent)
	err := enc.Encode(plainValue(a[len(a)-1], 0))
	return template.HTML(strings.TrimSuffix(b.String(), "\n")), err
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
	"HMAC":   {3, 4, false, authenticated},
}

// authenticated gives the code by which a key's owner authenticates a text (RFC 2104).
func authenticated(_ *Runner, a []any) (any, error) {
	make := map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}[text(a[0])]
	if make == nil {
		return nil, fail("no such sum: %s", shortOf(a[0]))
	}
	h := hmac.New(make, []byte(text(a[1])))
	h.Write([]byte(text(a[2])))
	return hex.EncodeToString(h.Sum(nil)), nil
}

var hashFunctions = map[string]function{
	"FNV32a": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		h := fnv.New32a()
		h.Write([]byte(text(a[0])))
		return int(h.Sum32()), nil
	}},
	"XxHash": {1, 1, false, func(*Runner, []any) (any, error) { return nil, fail("hash.XxHash is not done here") }},
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
				return r.templates.File(strings.TrimSuffix(rest, ".html"), r.host.Site().Language.Lang) != "", nil
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
