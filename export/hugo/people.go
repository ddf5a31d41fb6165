package hugo

import (
	"cmp"
	"fmt"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/source"
)

// persons reads people: a name, a list of names, or tables that say more of each. Entities are decoded before anything is cut.
func (h *head) persons(meaning, role string) []document.Person {
	v := h.find(meaning)
	if v == nil {
		return nil
	}
	var out []document.Person
	switch v.kind {
	case scalar:
		for _, name := range splitNames(html.UnescapeString(v.text)) {
			out = append(out, document.Person{Name: name, Role: role})
		}
	case list:
		for _, it := range v.items { // each is one person, whatever stands in the name
			switch it.kind {
			case scalar:
				if name := squeezed(html.UnescapeString(it.text)); name != "" {
					out = append(out, document.Person{Name: name, Role: role})
				}
			case table:
				out = append(out, h.person(it, meaning, role)...)
			case list:
				h.problem("bad-value", it.at, meaning+" should be names, or tables with name:, not a list in a list", "")
			}
		}
	case table:
		out = h.person(v, meaning, role)
	}
	return out
}

// person reads a table that tells of one person; none, and a problem, when it holds no name.
func (h *head) person(v *value, meaning, role string) []document.Person {
	text := func(keys ...string) string {
		for _, k := range keys {
			if s := squeezed(html.UnescapeString(v.get(k).str())); s != "" {
				return s
			}
		}
		return ""
	}
	p := document.Person{Name: text("name", "title", "display-name", "literal"), FileAs: text(fileAsKeys...), Role: role}
	given, family := text(givenKeys...), text(familyKeys...)
	if p.Name == "" {
		p.Name = strings.TrimSpace(given + " " + family)
	}
	if p.FileAs == "" && given != "" && family != "" {
		p.FileAs = family + ", " + given
	}
	if bio := v.get("bio"); bio.str() != "" {
		t := &document.Text{Value: bio.text}
		t.SetPos(h.src.Pos(bio.at))
		p.Bio = []document.Inline{t}
	}
	r := text("role", "roles")
	if list := append(v.get("role").texts(), v.get("roles").texts()...); r == "" && len(list) > 0 {
		if r = squeezed(list[0]); len(list) > 1 {
			h.problem("bad-value", v.at, "one of "+meaning+" has several roles; the first counts", "")
		}
	}
	if r != "" {
		if code, ok := relators[strings.ToLower(r)]; ok {
			p.Role = code
		} else {
			p.Role = "ctb"
		}
		if p.Role != role && !slices.Contains([]string{"aut", "ive", "trl", "edt"}, p.Role) {
			p.As = r
		}
	}
	if id := text("orcid"); id != "" {
		if p.ORCID = orcid(id); p.ORCID == "" {
			h.problem("bad-identifier", v.get("orcid").at, fmt.Sprintf("%q is no ORCID: its check digit is wrong", id), notSent)
		}
	}
	p.Affiliation = affiliation(v)
	if p.URL = webPage(text("url", "website", "homepage")); p.URL == "" && text("url", "website", "homepage") != "" {
		h.problem("bad-value", v.at, "the url of one of "+meaning+" is no web address, and is left out", "url: https://…")
	}
	if p.Name == "" {
		h.problem("bad-value", v.at, "one of "+meaning+" has no name", "name:, or given: and family:")
		return nil
	}
	return []document.Person{p}
}

// affiliation reads where a person works: a text, a table with a name, or a list of these.
func affiliation(v *value) string {
	var all []string
	for _, key := range []string{"affiliation", "affiliations"} {
		at := v.get(key)
		if at == nil {
			continue
		}
		items := at.items
		if at.kind != list {
			items = []*value{at}
		}
		for _, it := range items {
			if it.kind == table {
				it = it.get("name")
			}
			if t := squeezed(html.UnescapeString(it.str())); t != "" {
				all = append(all, t)
			}
		}
	}
	return strings.Join(all, "; ")
}

// webPage gives an address of a page of the web, "" when it is none.
func webPage(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return s
}

// life adds to what is told of a person where they work and their own page; with nothing else to tell, behind the name.
func life(p document.Person) []document.Inline {
	if p.Affiliation == "" && p.URL == "" {
		return p.Bio
	}
	pos, out, said := document.Pos{}, slices.Clone(p.Bio), document.PlainText(p.Bio)
	if len(out) > 0 {
		pos = out[0].Position()
	}
	add := func(words string, n document.Inline) {
		gap := " "
		switch last := strings.TrimSpace(said); {
		case last == "":
			out, gap, said = append(out, oneText(p.Name, pos)...), ", ", p.Name
		case !strings.ContainsAny(last[len(last)-1:], ".!?"):
			gap = ", "
		}
		out, said = append(append(out, oneText(gap, pos)...), n), said+gap+words
	}
	if p.Affiliation != "" && !strings.Contains(said, p.Affiliation) {
		add(p.Affiliation, oneText(p.Affiliation, pos)[0])
	}
	linked := false
	document.WalkInlines(p.Bio, func(n document.Node) bool {
		l, ok := n.(*document.Link)
		linked = linked || ok && l.URL == p.URL
		return true
	})
	if p.URL != "" && !linked {
		_, shown, _ := strings.Cut(strings.TrimSuffix(p.URL, "/"), "://")
		l := &document.Link{URL: p.URL, Content: oneText(shown, pos)}
		l.SetPos(pos)
		add(shown, l)
	}
	return out
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// relators are the roles that people name, by their codes in the MARC Code List for Relators (Library of Congress).
var relators = map[string]string{
	"author": "aut", "writer": "aut", "aut": "aut", "editor": "edt", "edt": "edt", "ed": "edt", "translator": "trl", "trl": "trl", "trans": "trl",
	"interviewer": "ivr", "ivr": "ivr", "interviewee": "ive", "ive": "ive", "photographer": "pht", "photographs": "pht", "photos": "pht", "pht": "pht",
	"illustrator": "ill", "illustrations": "ill", "ill": "ill", "artist": "art", "art": "art", "contributor": "ctb", "ctb": "ctb", "reviewer": "rev",
	"compiler": "com", "com": "com", "introduction": "aui", "foreword": "aui", "preface": "aui", "aui": "aui", "afterword": "aft", "aft": "aft",
	"commentator": "cmm", "curator": "cur", "designer": "dsr", "dsr": "dsr", "narrator": "nrt", "composer": "cmp", "cartographer": "ctg",
	"proofreader": "pfr", "publisher": "pbl", "transcriber": "trc", "moderator": "mod", "speaker": "spk", "researcher": "res", "adapter": "adp",
	"co-author": "aut", "coauthor": "aut", "guest editor": "edt", "guest-editor": "edt",
}

// orcid gives an ORCID in its bare form, "" when it is none: the last digit checks the others (ISO 7064, MOD 11-2).
func orcid(s string) string {
	s = strings.TrimSuffix(s[strings.LastIndexByte(s, '/')+1:], "/")
	digits := strings.ToUpper(strings.ReplaceAll(s, "-", ""))
	if len(digits) != 16 {
		return ""
	}
	total := 0
	for _, c := range digits[:15] {
		if c < '0' || c > '9' {
			return ""
		}
		total = (total + int(c-'0')) * 2
	}
	check := (12 - total%11) % 11
	if want := "0123456789X"[check]; digits[15] != want {
		return ""
	}
	return digits[:4] + "-" + digits[4:8] + "-" + digits[8:12] + "-" + digits[12:]
}

// splitNames cuts one text into several names: at semicolons; at "and", "&" and commas only when each part looks like the
// whole name of a person, so that "Dawsey, Jason" and "Simon & Schuster" stay one.
func splitNames(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ";") {
		pieces := []string{part}
		for _, sep := range []string{" & ", " and ", " und ", " et ", " y ", ","} {
			var cut []string
			for _, p := range pieces {
				cut = append(cut, strings.Split(p, sep)...)
			}
			for i := range cut {
				cut[i] = squeezed(strings.TrimPrefix(strings.TrimSpace(cut[i]), "and "))
			}
			cut = slices.DeleteFunc(cut, func(p string) bool { return p == "" })
			if !slices.ContainsFunc(cut, func(p string) bool { return !isWholeName(p) }) {
				pieces = cut
			}
		}
		for _, p := range pieces {
			if p = squeezed(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

// isWholeName reports whether a text looks like the given and family names of one person.
func isWholeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 || names.Corporate(s) {
		return false
	}
	first, last := []rune(words[0])[0], []rune(words[len(words)-1])[0]
	return unicode.IsUpper(first) && unicode.IsUpper(last)
}

// An authorPage is what a site knows of an author beside the articles: data/authors/key.yaml, or the page of the taxonomy.
type authorPage struct {
	name, fileAs, orcid string
	affiliation, url    string
	bio                 *source.Source
	problems            []document.Problem
}

// author finds what a site knows of an author, in a language, by the key or the name that an article gives.
func (s *shelf) author(name, lang string) (a authorPage) {
	slug := slugOf(name)
	if slug == "" || !s.hugo {
		return a
	}
	data, err := s.authorData(name, slug)
	if err != nil {
		a.problems = append(a.problems, document.Problem(*err.(*dataError)))
	}
	a.take(data)
	for _, folder := range authorFolders {
		if sec := s.sectionIn(path.Join(folder, slug), lang); sec != nil {
			a.take(sec.front)
			if a.bio == nil {
				a.bio = sec.firstParagraph()
			}
			break
		}
	}
	return a
}

// take completes what is known by what a table says.
func (a *authorPage) take(v *value) {
	text := func(keys ...string) string {
		for _, key := range keys {
			if t := squeezed(html.UnescapeString(v.get(key).str())); t != "" {
				return t
			}
		}
		return ""
	}
	given, family := text(givenKeys...), text(familyKeys...)
	a.name = cmp.Or(a.name, text("name", "title", "display_name", "displayName"), strings.TrimSpace(given+" "+family))
	if a.fileAs = cmp.Or(a.fileAs, text(fileAsKeys...)); a.fileAs == "" && given != "" && family != "" {
		a.fileAs = family + ", " + given
	}
	a.orcid, a.affiliation = cmp.Or(a.orcid, orcid(text("orcid"))), cmp.Or(a.affiliation, affiliation(v))
	a.url = cmp.Or(a.url, webPage(text("website", "homepage", "url"))) // of a page of Hugo's, url is its own address, and no whole one
	for _, key := range []string{"bio", "description"} {
		if bio := v.get(key); a.bio == nil && bio.str() != "" {
			if a.bio = sourceOf("", bio.text); bio.src != nil {
				a.bio = bio.textOf(bio.src)
			}
		}
	}
}

// Keys under which tables of people have the parts of a name.
var (
	givenKeys  = []string{"given", "first", "first-name", "firstname", "given-name"}
	familyKeys = []string{"family", "last", "last-name", "lastname", "family-name", "surname"}
	fileAsKeys = []string{"file-as", "sort", "sort-name"}
)

var authorFolders = []string{"authors", "author", "contributors"}

// authorData reads data/authors/key.yaml and its like, or the entry of that key in data/authors.yaml. A file that does not parse
// is a *dataError.
func (s *shelf) authorData(name, slug string) (*value, error) {
	return s.authors.get(slug, func() (*value, error) {
		for _, dir := range authorFolders {
			for _, ext := range []string{".yaml", ".yml", ".toml", ".json"} {
				v, err := s.authorFile(dir, ext, name, slug)
				if v != nil || err != nil {
					return v, err
				}
			}
		}
		return nil, nil
	})
}

// authorFile reads one of the files that may tell of an author; nil when it does not.
func (s *shelf) authorFile(dir, ext, name, slug string) (*value, error) {
	for _, key := range []string{name, slug} {
		if strings.ContainsAny(key, "/\\") {
			continue
		}
		if v, err := s.dataFile(s.look(partData, path.Join(dir, key+ext))); err != nil || v != nil && v.kind == table {
			return v, err
		}
	}
	v, err := s.dataFile(s.look(partData, dir+ext))
	if err != nil {
		return nil, err
	}
	for _, key := range []string{name, slug} {
		if e := v.get(key); e != nil && e.kind == table {
			return e, nil
		}
	}
	return nil, nil
}

// A dataError tells that a file of data does not parse.
type dataError document.Problem

func (e *dataError) Error() string { return e.Message }

// dataFile reads a file of data; nil when there is none that can be read. One that does not parse is a *dataError.
func (s *shelf) dataFile(name string) (*value, error) {
	if name == "" || !isFile(s.fsys, name) {
		return nil, nil
	}
	return s.dataFiles.get(name, func() (*value, error) { return s.readData(name) })
}

func (s *shelf) readData(name string) (*value, error) {
	raw, err := s.readFile(name)
	if err != nil {
		return nil, nil
	}
	src := source.Clean(source.NewFile(name, raw), func(string, document.Pos, string, string) {})
	v, err := parseValue(src.Text, notationOf(name))
	if err != nil {
		p := problem("bad-data", src.Pos(err.(*syntaxError).at), err.Error(), "the file was not used")
		return nil, (*dataError)(&p)
	}
	remember(v, src)
	return v, nil
}

// notationOf tells a file's notation by its ending.
func notationOf(name string) notation {
	switch path.Ext(name) {
	case ".toml":
		return asTOML
	case ".json":
		return asJSON
	}
	return asYAML
}
