package hugo

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typography"
	"golang.org/x/text/unicode/norm"
)

// defaultKeys tells which front matter keys mean what when the configuration does not; the first that is given counts.
// Those that do not count stay in the article's Extra.
var defaultKeys = []struct {
	meaning string
	keys    []string
	comment string
}{
	{"title", []string{"title"}, "inline Markdown"},
	{"subtitle", []string{"subtitle"}, "inline Markdown"},
	{"date", []string{"date", "publishdate", "pubdate", "published"}, "a day, month or year"},
	{"authors", []string{"authors", "author"}, "a name or a list"},
	{"issue", []string{"issue"}, "the issue's number"},
	{"issue-date", []string{"issuedate", "issue-date", "issue_date"}, "the issue's date as printed"},
	{"type", []string{"article-type", "article_type", "articletype", "kicker"}, "printed over the title"},
	{"excerpt", []string{"excerpt", "description", "summary", "abstract"}, "for contents and metadata"},
	{"standfirst", []string{"standfirst", "lede", "deck"}, "printed under the title"},
	{"image", []string{"thumbnail", "image", "featured_image", "featuredimage", "main_image", "images"}, "the article's picture"},
	{"translators", []string{"translators", "translator"}, "a name or a list"},
	{"interviewees", []string{"interviewees", "interviewee"}, "a name or a list"},
	{"editors", []string{"editors", "editor"}, "a name or a list"},
	{"slug", []string{"slug"}, "file name and address"},
	{"weight", []string{"weight"}, "place in the issue, from 1"},
	{"draft", []string{"draft"}, "true leaves the article out"},
	{"language", []string{"language", "lang"}, "BCP 47; also from name.de.md"},
	{"dir", []string{"dir", "direction"}, "rtl or ltr"},
	{"aliases", []string{"aliases"}, "former addresses"},
	{"tags", []string{"tags", "keywords"}, "subjects"},
	{"doi", []string{"doi"}, "identifier"},
	{"url", []string{"url", "permalink"}, "address, when it does not follow from the configuration"},
	{"bio", []string{"author-bio", "author_bio", "authorbio", "about-author"}, "about the author, Markdown"},
}

// A page is an article as its file and front matter tell of it.
type page struct {
	path    string // from the site's root
	bundle  bool   // index.md: its folder holds its pictures
	stem    string // file name without language and ending, or the bundle's folder
	lang    string // Hugo's name for the language, from the file's name
	url     string // path on the site, from its root
	aliases []string
	info    ArticleInfo
	section string
	raw     []byte // of the one article that Open was given; others are read again when they are wanted
}

// A head is front matter being read.
type head struct {
	front    *value
	src      *source
	keys     map[string][]string
	claimed  map[string]bool
	cascade  []*value // what the folder's pages hand down, the nearest first
	problems []document.Problem
}

func (h *head) problem(code string, at int, message, hint string) {
	pos := document.Pos{}
	if h.src != nil {
		pos = h.src.pos(at)
	}
	h.problems = append(h.problems, problem(code, pos, message, hint))
}

// find gives the value of a meaning: the first of its keys that says something.
func (h *head) find(meaning string) *value {
	var found *value
	for _, key := range h.keys[meaning] {
		v := h.front.get(key)
		where := key
		if v == nil {
			v = h.front.get("params", key)
			where = "params." + key
		}
		for i := 0; v == nil && i < len(h.cascade); i++ {
			v = h.cascade[i].get(key)
			if v == nil {
				v = h.cascade[i].get("params", key)
			}
		}
		if v == nil {
			continue
		}
		if v.empty() {
			h.claimed[strings.ToLower(where)] = true
			continue
		}
		if found == nil {
			found = v
			h.claimed[strings.ToLower(where)] = true
		}
	}
	return found
}

// empty reports whether a value says nothing: "", null, a list of such.
func (v *value) empty() bool {
	switch v.kind {
	case null:
		return true
	case scalar:
		return strings.TrimSpace(v.text) == ""
	case list:
		return !slices.ContainsFunc(v.items, func(it *value) bool { return !it.empty() })
	}
	return len(v.fields) == 0
}

// scalar gives a meaning's value when it is one piece of text; a list gives its first.
func (h *head) scalar(meaning string) *value {
	v := h.find(meaning)
	for v != nil && v.kind == list {
		k := slices.IndexFunc(v.items, func(it *value) bool { return !it.empty() })
		if len(v.items) > 1 && meaning != "image" && meaning != "issue" {
			h.problem("bad-value", v.at, meaning+" should be one value; the first of the list is used", "")
		}
		v = v.items[k]
	}
	if v != nil && v.kind == table {
		h.problem("bad-value", v.at, meaning+" should be text, not a table", "")
		return nil
	}
	return v
}

func (h *head) str(meaning string) string {
	if v := h.scalar(meaning); v != nil {
		return strings.TrimSpace(v.text)
	}
	return ""
}

// strs gives a meaning's value as a list of texts.
func (h *head) strs(meaning string) []string {
	var out []string
	v := h.find(meaning)
	switch {
	case v == nil:
	case v.kind == scalar:
		out = append(out, strings.TrimSpace(v.text))
	case v.kind == list:
		for _, it := range v.items {
			if it.kind == scalar && !it.empty() {
				out = append(out, strings.TrimSpace(it.text))
			}
		}
	default:
		h.problem("bad-value", v.at, meaning+" should be a list, not a table", "")
	}
	return out
}

func (h *head) int(meaning string) int {
	v := h.scalar(meaning)
	if v == nil {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(v.text))
	if err != nil {
		h.problem("bad-value", v.at, meaning+" should be a number, not "+strconv.Quote(v.text), "")
	}
	return n
}

func (h *head) bool(meaning string) bool {
	v := h.scalar(meaning)
	if v == nil {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(v.text)) {
	case "true", "yes", "on", "1":
		return true
	case "false", "no", "off", "0":
	default:
		h.problem("bad-value", v.at, meaning+" should be true or false, not "+strconv.Quote(v.text), "")
	}
	return false
}

// persons gives a meaning's value as people: names, or tables with a name and more.
func (h *head) persons(meaning, role string) []document.Person {
	v := h.find(meaning)
	if v == nil {
		return nil
	}
	var out []document.Person
	var add func(v *value, whole bool)
	add = func(v *value, whole bool) {
		switch v.kind {
		case scalar:
			for _, name := range splitNames(v.text, whole) {
				out = append(out, document.Person{Name: name, Role: role})
			}
		case list:
			for _, it := range v.items {
				add(it, false)
			}
		case table:
			p := document.Person{Name: strings.TrimSpace(v.get("name").str()), FileAs: v.get("file-as").str(), Role: role}
			if p.FileAs == "" {
				p.FileAs = v.get("sort").str()
			}
			if bio := v.get("bio").str(); bio != "" {
				t := &document.Text{Value: bio}
				t.SetPos(h.src.pos(v.get("bio").at))
				p.Bio = []document.Inline{t}
			}
			if p.Name == "" {
				h.problem("bad-value", v.at, "one of "+meaning+" has no name", "")
				return
			}
			out = append(out, p)
		}
	}
	add(v, true)
	return out
}

// splitNames cuts one text into several names. At commas it is cut only when each part looks like a whole name, so that
// "Dawsey, Jason" stays one.
func splitNames(s string, split bool) []string {
	parts := []string{s}
	if split {
		cut := func(sep string) {
			var out []string
			for _, p := range parts {
				out = append(out, strings.Split(p, sep)...)
			}
			parts = out
		}
		cut(";")
		cut(" & ")
		cut(" and ")
		if commas := strings.Split(s, ","); len(commas) > 1 && !slices.ContainsFunc(commas, func(p string) bool {
			return !strings.Contains(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p), "and ")), " ")
		}) {
			cut(",")
		}
	}
	var out []string
	for _, p := range parts {
		p = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p), "and "))
		if p != "" {
			out = append(out, strings.Join(strings.Fields(p), " "))
		}
	}
	return out
}

// dateLayouts are the forms in which dates are taken.
var dateLayouts = []struct {
	layout    string
	precision int
}{
	{"2006-01-02", 3}, {time.RFC3339, 3}, {"2006-01-02T15:04:05", 3}, {"2006-01-02 15:04:05", 3},
	{"2006-01-02 15:04:05 -0700", 3}, {"2006-01-02 15:04:05 -07:00", 3}, {"2006-01-02T15:04:05-0700", 3},
	{"2006-01-02 15:04", 3}, {"2006-01-02T15:04", 3}, {"2006-01-02T15:04Z07:00", 3}, {"2006-01-02 15:04 -0700", 3},
	{"2006-1-2", 3}, {"2006/01/02", 3}, {"02.01.2006", 3}, {"2.1.2006", 3},
	{"January 2, 2006", 3}, {"Jan 2, 2006", 3}, {"2 January 2006", 3}, {"2 Jan 2006", 3}, {time.RFC1123, 3}, {time.RFC1123Z, 3},
	{"2006-01", 2}, {"January 2006", 2}, {"Jan 2006", 2}, {"2006", 1},
}

// parseDate reads a date; the day is that of the date's own time zone.
func parseDate(s string) document.Date {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '.'); i > 10 && len(s) > i+1 && s[i+1] >= '0' && s[i+1] <= '9' {
		// Fractions of a second.
		j := i + 1
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		s = s[:i] + s[j:]
	}
	for _, l := range dateLayouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			return document.Date{Time: time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), Precision: l.precision}
		}
	}
	return document.Date{}
}

// fileDate reads the date that begins a file's name, and gives the rest of the name.
func fileDate(stem string) (document.Date, string) {
	if len(stem) > 11 && (stem[10] == '-' || stem[10] == '_') {
		if d := parseDate(stem[:10]); d.Precision == 3 {
			return d, strings.TrimLeft(stem[11:], "-_")
		}
	}
	return document.Date{}, stem
}

// slugOf makes a name for files and anchors: lower case, letters and digits, hyphens for the rest; accents are dropped
// from Latin letters.
func slugOf(s string) string {
	var b strings.Builder
	hyphen := false
	for _, c := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, c) && c < 0x370:
			continue
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || c == '_':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(unicode.ToLower(c))
		case c == '\'' || c == '’':
		default:
			hyphen = true
		}
	}
	return norm.NFC.String(b.String())
}

// readHead reads the front matter of a file.
func (s *Site) readHead(name string, raw []byte) (h *head, body *source) {
	f := newFile(name, raw)
	h = &head{keys: s.Config.Keys, claimed: map[string]bool{}, front: &value{kind: table}}
	report := func(p document.Problem) { h.problems = append(h.problems, p) }
	src := clean(f, report)
	front, n, body := splitFrontMatter(src, report)
	if front == nil {
		h.src = src
		return h, body
	}
	h.src = front
	v, err := parseValue(front.text, n)
	if err != nil {
		se := err.(*syntaxError)
		h.problem("bad-front-matter", se.at, "front matter does not parse: "+se.msg, "text with a colon or a quotation mark in it wants quotation marks around it")
		if n == asYAML {
			h.front = salvage(front.text)
		}
		return h, body
	}
	if v.kind != table {
		h.problem("bad-front-matter", 0, "front matter is not a table of keys and values", "")
		return h, body
	}
	h.front = v
	return h, body
}

// salvage takes what can be had from YAML that does not parse: each key with its lines by itself, and where that fails,
// too, the rest of its first line as text.
func salvage(text []byte) *value {
	v := &value{kind: table}
	for at := 0; at < len(text); {
		line, next := cutLine(text, at)
		end := next
		for end < len(text) && (text[end] == ' ' || text[end] == '-' || text[end] == '\n' || text[end] == '\t') {
			_, end = cutLine(text, end)
		}
		if part, _, err := parseYAML(text[at:end]); err == nil && part.kind == table {
			for _, f := range part.fields {
				f.at += at
				shift(f.val, at)
				v.fields = append(v.fields, f)
			}
		} else if key, rest, ok := strings.Cut(string(line), ":"); ok {
			trimmed := strings.TrimSpace(rest)
			v.fields = append(v.fields, field{strings.TrimSpace(key), at, &value{kind: scalar, text: trimmed, at: at + len(key) + 1 + len(rest) - len(strings.TrimLeft(rest, " "))}})
		}
		at = end
	}
	return v
}

func shift(v *value, by int) {
	v.at += by
	for _, it := range v.items {
		shift(it, by)
	}
	for i := range v.fields {
		v.fields[i].at += by
		shift(v.fields[i].val, by)
	}
}

// info fills in what a listing tells.
func (s *Site) info(p *page, h *head, body *source) {
	h.cascade = s.inherited(p)
	in := &p.info
	in.Path = p.path
	in.Title = plainTitle(h.str("title"))
	in.Subtitle = plainTitle(h.str("subtitle"))
	for _, a := range h.persons("authors", "aut") {
		in.Authors = append(in.Authors, a.Name)
	}
	in.Type = strings.Join(h.strs("type"), ", ")
	in.Issue = issueNumber(h.str("issue"))
	if v := h.find("date"); v != nil {
		if in.Date = parseDate(v.str()); in.Date.IsZero() && !isBool(v.str()) {
			h.problem("bad-value", v.at, "date "+strconv.Quote(v.str())+" is not one", "2018-12-02")
		}
	}
	fromName, rest := fileDate(p.stem)
	if in.Date.IsZero() {
		in.Date = fromName
	}
	in.Slug = slugOf(h.str("slug"))
	if in.Slug == "" {
		in.Slug = slugOf(rest)
	}
	if in.Slug == "" {
		in.Slug = "article"
	}
	in.Language = s.languageOf(p, h, body)
	in.Weight = h.int("weight")
	in.Draft = h.bool("draft")
	p.aliases = h.strs("aliases")
	p.url = s.urlOf(p, h)
	if in.Title == "" {
		in.Title = humanize(rest)
	}
}

// issueNumber takes the word off an issue's number: "issue_11", "No. 11" and "#11" are number 11, which editions print behind
// the word in their own language.
func issueNumber(s string) string {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s
	}
	for _, word := range []string{"issue", "number", "no", "nr", "núm", "número", "numéro", "numero", "n°", "nº", "№", "heft", "ausgabe", "#"} {
		rest, ok := strings.CutPrefix(low, word)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, " _-.:#")
		if rest != "" && isDigit(rest[0]) {
			return s[len(s)-len(rest):]
		}
	}
	return s
}

func isBool(s string) bool { s = strings.ToLower(s); return s == "true" || s == "false" }

// humanize makes a title of a file's name.
func humanize(stem string) string {
	s := strings.TrimSpace(strings.Map(func(c rune) rune {
		if c == '-' || c == '_' {
			return ' '
		}
		return c
	}, stem))
	if s == "" {
		return s
	}
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// plainTitle takes the commonest Markdown out of a title, for listings.
func plainTitle(s string) string {
	return strings.NewReplacer("**", "", "*", "", "`", "", "\\", "").Replace(dropUnderscores(s))
}

// dropUnderscores takes out underscores that mark emphasis: those at the edge of a word.
func dropUnderscores(s string) string {
	if !strings.Contains(s, "_") {
		return s
	}
	r := []rune(s)
	out := r[:0:0]
	for i, c := range r {
		if c == '_' {
			left := i == 0 || !unicode.IsLetter(r[i-1]) && !unicode.IsDigit(r[i-1])
			right := i+1 == len(r) || !unicode.IsLetter(r[i+1]) && !unicode.IsDigit(r[i+1])
			if left != right {
				continue
			}
		}
		out = append(out, c)
	}
	return string(out)
}

// urlOf gives a page's path on the site, by front matter, by the configuration's permalinks, or by its place in the
// content (Hugo, "URL management").
func (s *Site) urlOf(p *page, h *head) string {
	if u := h.str("url"); u != "" && !strings.Contains(u, "{") {
		if strings.Contains(u, "://") {
			_, rest, _ := strings.Cut(u, "://")
			_, u, _ = strings.Cut(rest, "/")
		}
		if strings.Contains(u, ":") {
			u = s.permalink(u, p, h)
		}
		return "/" + strings.TrimPrefix(u, "/")
	}
	rel := p.path
	if s.contentDir != "." {
		rel = strings.TrimPrefix(rel, s.contentDir+"/")
	}
	dir := path.Dir(rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	prefix := "/"
	if l := s.hugoLanguage(p); l != "" && l != s.defaultLanguage {
		prefix = "/" + l + "/"
	}
	pattern := ""
	for _, where := range []*value{s.hugoConfig.get("languages", s.hugoLanguage(p), "permalinks"), s.hugoConfig.get("permalinks")} {
		if v := where.get(p.section); v.str() != "" {
			pattern = v.str()
			break
		}
		if v := where.get("page", p.section); v.str() != "" {
			pattern = v.str()
			break
		}
	}
	if pattern != "" {
		return prefix + strings.TrimPrefix(s.permalink(pattern, p, h), "/")
	}
	last := h.str("slug")
	if last == "" {
		last = p.stem
	}
	u := prefix
	if dir != "." {
		u += strings.ToLower(strings.ReplaceAll(dir, " ", "-")) + "/"
	}
	return u + hugoName(last) + "/"
}

// hugoName brings a name into the form of Hugo's paths.
func hugoName(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == ' ':
			b.WriteByte('-')
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || strings.ContainsRune(".-_~+@", c):
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// permalink fills in a pattern.
func (s *Site) permalink(pattern string, p *page, h *head) string {
	d := p.info.Date.Time
	title := h.str("title")
	slug := h.str("slug")
	sections := path.Dir(strings.TrimPrefix(p.path, s.contentDir+"/"))
	if sections == "." {
		sections = ""
	}
	tokens := map[string]string{
		"year": d.Format("2006"), "month": d.Format("01"), "monthname": d.Format("January"), "day": d.Format("02"),
		"weekday": strconv.Itoa(int(d.Weekday())), "weekdayname": d.Format("Monday"), "yearday": strconv.Itoa(d.YearDay()),
		"section": p.section, "sections": sections, "title": hugoName(title), "filename": hugoName(p.stem),
		"contentbasename": hugoName(p.stem), "slug": hugoName(slug), "slugorfilename": hugoName(slug),
		"slugorcontentbasename": hugoName(slug),
	}
	if slug == "" {
		tokens["slug"] = hugoName(title)
		tokens["slugorfilename"], tokens["slugorcontentbasename"] = tokens["filename"], tokens["filename"]
	}
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		var b strings.Builder
		for part != "" {
			j := strings.IndexByte(part, ':')
			if j < 0 {
				b.WriteString(part)
				break
			}
			b.WriteString(part[:j])
			k := j + 1
			for k < len(part) && part[k] >= 'a' && part[k] <= 'z' {
				k++
			}
			if val, ok := tokens[part[j+1:k]]; ok {
				b.WriteString(val)
			} else {
				b.WriteString(part[j:k])
			}
			part = part[k:]
		}
		parts[i] = b.String()
	}
	return path.Clean("/"+strings.Join(parts, "/")) + "/"
}

// person sets a person's name and life in final characters.
func (r *reading) persons(ps []document.Person) []document.Person {
	for i := range ps {
		if ps[i].Bio == nil {
			ps[i].Bio = withoutNotes(r.lineOf(r.site.bioOf(ps[i].Name)))
		} else if len(ps[i].Bio) == 1 {
			t := ps[i].Bio[0].(*document.Text)
			e := &elem{src: r.page0(), at: 0}
			ps[i].Bio = withoutNotes(r.lineOf(r.textSource(t.Value, e)))
			document.WalkInlines(ps[i].Bio, func(n document.Node) bool {
				if s, ok := n.(interface{ SetPos(document.Pos) }); ok {
					s.SetPos(t.Position())
				}
				return true
			})
		}
		ps[i].Name = r.plainLine(ps[i].Name)
	}
	return ps
}

// page0 is an empty source in the article's file.
func (r *reading) page0() *source { return &source{file: &file{path: r.page.path, lines: []int{0}}} }

// read reads an article's file into r.art.
func (r *reading) read(raw []byte) {
	h, body := r.site.readHead(r.page.path, raw)
	r.front = h.front
	r.site.info(r.page, h, body)
	a := r.art
	a.Pos = document.Pos{File: r.page.path, Line: 1, Column: 1}
	a.Path = r.page.path
	r.lang = a.Language
	r.dollars = r.site.dollars || h.front.get("math").str() == "true" || h.front.get("mathjax").str() == "true" || h.front.get("katex").str() == "true"
	r.notes, r.notesFolded, r.bodies = map[string]*document.Note{}, map[string]*document.Note{}, map[*document.Note]*elem{}

	text := r.setAside(body)
	root := r.parse(text)
	for _, d := range r.defs {
		r.attributes(d)
		r.define(d)
	}
	r.attributes(root)
	r.wordNotes(root)
	r.title(h)
	a.Body = r.blocks(root.kids)
	r.titleInText()
	r.captions()
	r.poems()
	if len(a.Title) == 0 {
		a.Title = one(at(&document.Text{Value: r.page.info.Title}, &elem{src: body}))
		r.problem("missing-title", a.Pos, "the article has no title; its file's name stands in", "title: in the front matter")
	}
	r.endMark()
	r.speakers()
	r.authorNotes()
	r.openings()
	r.number()
	r.headings()
	r.problems = append(h.problems, r.problems...)
}

// title reads what stands over the text.
func (r *reading) title(h *head) {
	a, in := r.art, r.page.info
	inline := func(meaning string) []document.Inline {
		if v := h.scalar(meaning); v != nil {
			return r.lineOf(v.textOf(h.src))
		}
		return nil
	}
	a.Title = inline("title")
	a.Subtitle = inline("subtitle")
	a.Excerpt = withoutNotes(inline("excerpt"))
	a.Standfirst = inline("standfirst")
	if v := h.find("type"); v != nil {
		items := v.items
		if v.kind == scalar {
			items = []*value{v}
		}
		for _, it := range items {
			if it.kind != scalar || it.empty() {
				continue
			}
			if a.Kicker != nil {
				t := &document.Text{Value: ", "}
				t.SetPos(h.src.pos(it.at))
				a.Kicker = append(a.Kicker, t)
			}
			a.Kicker = append(a.Kicker, withoutNotes(r.lineOf(it.textOf(h.src)))...)
		}
		a.Kicker = typography.Join(a.Kicker)
	}
	a.Authors = r.persons(h.persons("authors", "aut"))
	a.Interviewees = r.persons(h.persons("interviewees", "ive"))
	a.Translators = r.persons(h.persons("translators", "trl"))
	a.Editors = r.persons(h.persons("editors", "edt"))
	a.Date = in.Date
	a.Issue = in.Issue
	a.IssueDate = h.str("issue-date")
	a.Tags = h.strs("tags")
	a.DOI = strings.TrimPrefix(strings.TrimPrefix(h.str("doi"), "https://doi.org/"), "doi:")
	a.URL = r.site.address(r.page)
	a.Aliases = r.page.aliases
	a.Weight, a.Draft = in.Weight, in.Draft
	a.Dir = h.str("dir")
	if a.Dir != "rtl" && a.Dir != "ltr" {
		a.Dir = ""
	}
	if a.Dir == "" && isRightToLeft(a.Language) {
		a.Dir = "rtl"
	}
	if v := h.scalar("image"); v != nil {
		im := &document.Image{Source: v.text}
		pos := v.textOf(h.src).pos(0)
		im.SetPos(pos)
		im.Asset = r.picture(v.text, pos, true)
		for _, key := range []string{"image_alt", "image-alt", "imagealt", "thumbnail_alt", "thumbnail-alt", "alt", "avatar_alt"} {
			if alt := h.front.get(key).str(); alt != "" {
				h.claimed[key] = true
				im.Alt = r.altText(alt)
				break
			}
		}
		f := &document.Figure{Images: []*document.Image{im}}
		f.SetPos(pos)
		for _, key := range []string{"image_caption", "image-caption", "imagecaption", "thumbnail_caption", "caption"} {
			if c := h.front.get(key); c.str() != "" {
				h.claimed[key] = true
				f.Caption = r.lineOf(c.textOf(h.src))
				break
			}
		}
		if im.Asset != nil || f.Caption != nil {
			a.Image = f
		}
	}
	if v := h.scalar("bio"); v != nil {
		root := r.parse(v.textOf(h.src))
		r.attributes(root)
		a.AuthorNotes = r.blocks(root.kids)
	}
	for _, meaning := range []string{"slug", "language", "url", "aliases", "draft", "weight", "issue", "date"} {
		h.find(meaning) // claims their keys
	}
	for _, f := range h.front.fields {
		if h.claimed[strings.ToLower(f.key)] {
			continue
		}
		fields := []field{f}
		prefix := ""
		if strings.EqualFold(f.key, "params") && f.val.kind == table {
			fields, prefix = f.val.fields, "params."
		}
		for _, f := range fields {
			if h.claimed[strings.ToLower(prefix+f.key)] {
				continue
			}
			val := f.val.text
			if f.val.kind == list || f.val.kind == table {
				val = f.val.json()
			}
			a.Extra = append(a.Extra, document.Field{Key: prefix + f.key, Value: val, Pos: h.src.pos(f.at)})
		}
	}
}
