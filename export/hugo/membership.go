package hugo

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A membership tells to which issues a page belongs, and what says so.
type membership struct {
	numbers []string
	by      string         // as a listing shows it: "the taxonomy issues"
	weights map[string]int // places in an issue, where its taxonomy gives some (Hugo, "Taxonomies", "Order taxonomies")
}

// add takes the numbers that texts name, each once.
func (m *membership) add(by string, texts ...string) {
	for _, t := range texts {
		if n := issueNumber(squeezed(t)); n != "" && !slices.Contains(m.numbers, n) {
			m.numbers, m.by = append(m.numbers, n), by
		}
	}
}

// membership finds the issues of a page. Unless the configuration says by what, that is found out: front matter or what it
// inherits, a taxonomy of issues, the page of a folder that names its issue, or the folder of an issue that the page lies in.
func (s *shelf) membership(p *page, h *head) membership {
	var m membership
	switch by := s.config.IssuesBy; by {
	case "folder":
		if dir := numberedFolder(p.folders()); dir != "" {
			m.add("the folder "+p.folderNamed(dir), dir)
		}
	case "section":
		if dirs := p.folders(); len(dirs) > 0 {
			m.add("the section "+dirs[0], dirs[0])
		}
	case "", "key":
		if m.add("front matter", h.strs("issue")...); m.numbers != nil {
			break
		}
		for _, taxonomy := range s.issueTaxonomies(s.hugoLanguage(p)) {
			s.addTerms(&m, taxonomy, h)
		}
		if m.numbers == nil && by == "" {
			s.addFolder(&m, p)
		}
	default:
		s.addTerms(&m, s.pluralOf(s.hugoLanguage(p), by), h)
	}
	return m
}

// addTerms takes what a page names of a taxonomy, or of a key of its front matter.
func (s *shelf) addTerms(m *membership, taxonomy string, h *head) {
	v := h.raw(taxonomy)
	if v == nil {
		v = h.front.get("params", taxonomy)
	}
	if v == nil || m.numbers != nil {
		return
	}
	m.add("the taxonomy "+taxonomy, v.texts()...)
	if weight := h.raw(taxonomy + "_weight"); weight != nil {
		m.weights = map[string]int{}
		for _, number := range m.numbers {
			m.weights[number], _ = strconv.Atoi(weight.str())
		}
	}
}

// addFolder looks for the issue that a page's folders stand for: one whose page (_index.md) names it, or one that lies in
// the folder of all issues.
func (s *shelf) addFolder(m *membership, p *page) {
	dirs := p.folders()
	if !s.hugo || len(dirs) == 0 {
		return
	}
	for n := len(dirs); n > 0; n-- {
		sec := s.sectionIn(path.Join(dirs[:n]...), s.hugoLanguage(p))
		if sec == nil {
			continue
		}
		for _, key := range s.config.Keys["issue"] {
			if v := sec.front.get(key); v.str() != "" && !isBool(v.str()) {
				m.add(sec.path, v.str())
				return
			}
		}
		if kind := sec.front.get("type").str(); strings.EqualFold(kind, "issue") {
			m.add(sec.path, numberedFolder(dirs[:n]))
			return
		}
	}
	if len(dirs) > 1 && slices.ContainsFunc(append(issueFolders, s.issueTaxonomies(s.hugoLanguage(p))...), func(name string) bool { return strings.EqualFold(name, dirs[0]) }) {
		dir := numberedFolder(dirs)
		m.add("the folder "+p.folderNamed(dir), dir)
	}
}

// issueFolders are names of a folder that has one for each issue.
var issueFolders = []string{"issue", "issues", "ausgabe", "ausgaben", "heft", "hefte", "numero", "numeros", "números", "numéro", "numéros", "nummer", "nummern", "numeri", "numer", "numery", "edition", "editions"}

// folders gives the folders that a page lies in, from the content on; of a page bundle, those around its own.
func (p *page) folders() []string {
	dir := path.Dir(p.rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	if dir == "." {
		return nil
	}
	return strings.Split(dir, "/")
}

// folderNamed gives the path of the folder that an issue has its number from.
func (p *page) folderNamed(number string) string {
	dir := path.Dir(p.path)
	for at := dir; at != "."; at = path.Dir(at) {
		if strings.HasSuffix("/"+at, "/"+number) {
			return at
		}
	}
	return dir
}

// numberedFolder gives the number that folders stand for: the name of the first with a digit in it, of those below the outermost;
// when that is a year or a volume, with the number that follows (2019/3). Without any digit, the name of the first below
// the outermost.
func numberedFolder(dirs []string) string {
	if len(dirs) == 0 {
		return ""
	}
	hasDigit := func(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return r >= '0' && r <= '9' }) }
	at := slices.IndexFunc(dirs, hasDigit)
	if at < 0 {
		return dirs[min(1, len(dirs)-1)]
	}
	if at+1 < len(dirs) && isVolume(dirs[at]) && hasDigit(dirs[at+1]) {
		return dirs[at] + "/" + dirs[at+1]
	}
	return dirs[at]
}

// isVolume reports whether a folder's name is a year's or a volume's, in which numbers begin anew.
func isVolume(name string) bool {
	if len(name) == 4 && (strings.HasPrefix(name, "1") || strings.HasPrefix(name, "20")) && strings.Trim(name, "0123456789") == "" {
		return true
	}
	low := strings.ToLower(name)
	return slices.ContainsFunc([]string{"vol", "jahrgang", "jg", "band", "année", "annee", "año", "ano", "anno", "tome"}, func(word string) bool { return strings.HasPrefix(low, word) })
}

// issueTaxonomies names the taxonomies of issues as a language has them: their plurals, under which pages name
// their terms.
func (s *shelf) issueTaxonomies(lang string) []string {
	var out []string
	for _, f := range s.taxonomiesIn(lang) {
		plural := f.val.str()
		if slices.ContainsFunc(issueFolders, func(name string) bool { return strings.EqualFold(name, f.key) || strings.EqualFold(name, plural) }) {
			out = append(out, plural)
		}
	}
	return append(out, "issues")
}

// pluralOf gives the name under which pages name the terms of a taxonomy; of a key that is no taxonomy's, the key.
func (s *shelf) pluralOf(lang, name string) string {
	for _, f := range s.taxonomiesIn(lang) {
		if strings.EqualFold(f.key, name) {
			return f.val.str()
		}
	}
	return name
}

// taxonomiesIn gives the taxonomies of a language, singular and plural.
func (s *shelf) taxonomiesIn(lang string) []field {
	var out []field
	for _, where := range []*value{s.hugoConfig.get("languages", lang, "taxonomies"), s.hugoConfig.get("taxonomies")} {
		if where == nil {
			continue
		}
		for _, f := range where.fields {
			if f.val.str() != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// tellNoIssues says that the configuration names what no article has.
func (s *Site) tellNoIssues() {
	if want := s.opts.Language; want != "" && len(s.selected()) == 0 && len(s.public) > 0 {
		var have []string
		for _, p := range s.public {
			if !slices.Contains(have, p.info.Language) {
				have = append(have, p.info.Language)
			}
		}
		slices.Sort(have)
		s.Problems = append(s.Problems, problem("unknown-language", document.Pos{File: "."}, "no article is in "+strconv.Quote(want), "there are articles in "+strings.Join(have, ", ")))
	}
	by := s.config.IssuesBy
	if by == "" || by == "key" || len(s.public) == 0 || slices.ContainsFunc(s.public, func(p *page) bool { return p.numbers != nil }) {
		return
	}
	known := []string{"key", "folder", "section"}
	for _, f := range s.taxonomiesIn(s.defaultLanguage) {
		known = append(known, f.key)
	}
	s.Problems = append(s.Problems, problem("no-issue", s.config.pos("issues", "by"), "no article is in an issue by "+strconv.Quote(by), suggest(by, known)))
}
