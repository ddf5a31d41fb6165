package hugo

import (
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
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
	{"date", []string{"date", "publishdate", "pubdate", "published", "lastmod", "modified"}, "a day, month or year; unless Hugo's frontmatter.date says otherwise"},
	{"authors", []string{"authors", "author"}, "a name or a list"},
	{"issue", []string{"issue"}, "the issue's number"},
	{"issue-date", []string{"issuedate", "issue-date", "issue_date"}, "the issue's date as printed"},
	{"type", []string{"article-type", "article_type", "articletype", "kicker"}, "printed over the title"},
	{"excerpt", []string{"excerpt", "description", "summary", "abstract"}, "for contents and metadata"},
	{"standfirst", []string{"standfirst", "lede", "deck"}, "printed under the title"},
	{"image", []string{"thumbnail", "image", "featured_image", "featuredimage", "main_image", "images", "cover"}, "the article's picture: a file, or a table of image, alt, caption, credit"},
	{"lead-picture", []string{"lead-picture", "lead_picture"}, "where it opens the article: none, column, across or page"},
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

// A head is front matter being read.
type head struct {
	front    *value
	src      *source.Source
	keys     map[string][]string
	claimed  map[string]bool
	cascade  []*value // what the folder's pages hand down, the nearest first
	problems []document.Problem
}

func (h *head) problem(code string, at int, message, hint string) {
	pos := document.Pos{}
	if h.src != nil {
		pos = h.src.Pos(at)
	}
	h.problems = append(h.problems, problem(code, pos, message, hint))
}

// find gives the value of a meaning: the first of its keys that says something.
func (h *head) find(meaning string) *value { return h.first(h.keys[meaning]) }

// first gives the value of the first of some keys that says something.
func (h *head) first(keys []string) *value {
	var found *value
	for _, key := range keys {
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

// readHead reads the front matter of a file.
func (s *shelf) readHead(name string, raw []byte) (h *head, body *source.Source) {
	f := source.NewFile(name, raw)
	h = &head{keys: s.config.Keys, claimed: map[string]bool{}, front: &value{kind: table}}
	report := func(code string, pos document.Pos, message, hint string) {
		h.problems = append(h.problems, problem(code, pos, message, hint))
	}
	src := source.Clean(f, report)
	front, n, body := splitFrontMatter(src, report)
	if front == nil {
		h.src = src
		return h, body
	}
	h.src = front
	v, err := parseValue(front.Text, n)
	if err != nil {
		se := err.(*syntaxError)
		h.problem("bad-front-matter", se.at, "front matter does not parse: "+se.msg, "text with a colon or a quotation mark in it wants quotation marks around it")
		if n == asYAML {
			h.front = salvage(front.Text)
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
		line, next := source.CutLine(text, at)
		end := next
		for end < len(text) && (text[end] == ' ' || text[end] == '-' || text[end] == '\n' || text[end] == '\t') {
			_, end = source.CutLine(text, end)
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
