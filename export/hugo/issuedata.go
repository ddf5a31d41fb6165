package hugo

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// An issueKey is something that can be said of an issue. It has one name in twinpress.yaml; sites call it other names as well.
type issueKey struct {
	name string
	also []string
	kind issueKind
}

type issueKind int

const (
	aText      issueKind = iota
	aDate                // a day, month, year, or how it is printed with a year in it
	texts                // a list
	prose                // text, a file of text, or a list of texts
	people               // names, or tables that say more
	aCover               // a picture, or a table of it and its words
	aCoverType           // whether type is set over it
	sections             // tables of a title and articles
	adverts              // texts, or tables of a picture and its words
	anISBN
	aDOI
)

// issueKeys are all that can be said, wherever it is said.
var issueKeys = []issueKey{
	{"title", nil, aText},
	{"subtitle", nil, aText},
	{"description", []string{"summary", "excerpt"}, aText},
	{"number", nil, aText},
	{"volume", []string{"vol", "jahrgang"}, aText},
	{"date", []string{"issuedate", "issue-date", "issue_date"}, aDate},
	{"season", []string{"printed-date", "printed_date", "date-printed"}, aText},
	{"cover", []string{"thumbnail", "image"}, aCover},
	{"cover-alt", []string{"cover_alt", "image_alt", "image-alt", "thumbnail_alt"}, aText},
	{"cover-credit", []string{"cover_credit", "image_credit", "image-credit", "credit"}, aText},
	{"cover-type", []string{"cover_type"}, aCoverType},
	{"isbn", nil, anISBN},
	{"doi", nil, aDOI},
	{"editors", []string{"editor", "guest-editors", "guest_editors"}, people},
	{"editorial", nil, prose},
	{"sections", nil, sections},
	{"articles", nil, texts},
	{"corrections", []string{"errata", "corrigenda"}, prose},
	{"advertisements", []string{"ads", "adverts"}, adverts},
}

// issueKeyOf gives the key of a name, nil when there is none.
func issueKeyOf(name string) *issueKey {
	for i, k := range issueKeys {
		if strings.EqualFold(k.name, name) || slices.ContainsFunc(k.also, func(also string) bool { return strings.EqualFold(also, name) }) {
			return &issueKeys[i]
		}
	}
	return nil
}

func issueKeyNames() []string {
	var names []string
	for _, k := range issueKeys {
		names = append(names, k.name)
	}
	return names
}

// A wrongValue says what is amiss with a value, and at which byte of its source.
type wrongValue struct {
	at            int
	message, hint string
}

// wrong gives what is amiss with a value of the key; nil when nothing is.
func (k *issueKey) wrong(v *value) *wrongValue {
	should := func(v *value, what string) *wrongValue { return &wrongValue{v.at, k.name + " should be " + what, ""} }
	each := func(fits func(*value) bool, what string) *wrongValue {
		items := []*value{v}
		if v.kind == list {
			items = v.items
		}
		for _, it := range items {
			if !fits(it) {
				return should(it, what)
			}
		}
		return nil
	}
	switch k.kind {
	case aText:
		if v.kind != scalar && v.kind != null {
			return should(v, "text")
		}
	case aDate:
		if v.kind == null {
			return nil
		}
		if v.kind != scalar {
			return should(v, "a date")
		}
		if d := printedDate(v.text); d.IsZero() {
			return &wrongValue{v.at, fmt.Sprintf("%s %q is not one", k.name, v.text), "2018-12-02, 2018-12, 2018, or Winter 2018"}
		}
	case anISBN, aDOI:
		return k.wrongNumber(v)
	case texts, prose:
		return each(func(v *value) bool { return v.kind == scalar || v.kind == null }, "text or a list of texts")
	case people:
		return each(func(v *value) bool { return v.kind != list }, "names, or tables with name:")
	case aCover:
		return k.wrongCover(v)
	case aCoverType:
		if v.kind != null && !slices.Contains(coverTypes, v.str()) {
			return should(v, strings.Join(coverTypes, " or "))
		}
	case sections:
		if v.kind == null {
			return nil
		}
		if v.kind != list {
			return should(v, "a list of tables with title: and articles:")
		}
		return each(func(v *value) bool {
			return v.kind == table && v.get("title").str() != "" && v.get("articles") != nil && v.get("articles").isTexts()
		}, "a list of tables with title: and articles:")
	case adverts:
		return each(func(v *value) bool {
			return v.kind == scalar || v.kind == null || v.kind == table && (pictureOf(v) != nil || v.get("text").str() != "")
		}, "a list of texts, or of tables with picture:, alt:, url: and text:")
	}
	return nil
}

// wrongCover is wrong for a cover.
func (k *issueKey) wrongCover(v *value) *wrongValue {
	switch {
	case v.kind == list:
		return &wrongValue{v.at, k.name + " should be one picture", ""}
	case v.kind != table:
		return nil
	case pictureOf(v) == nil:
		return &wrongValue{v.at, k.name + " should be a picture, or a table with picture: and alt:", ""}
	}
	if t := v.get("type"); t != nil && !slices.Contains(coverTypes, t.str()) {
		return &wrongValue{t.at, "the cover's type should be " + strings.Join(coverTypes, " or "), ""}
	}
	return nil
}

// coverTypes say whether the journal's name and the contents are set over an issue's own picture.
var coverTypes = []string{"none", "over"}

// pictureOf gives the picture that a table names; nil for none.
func pictureOf(v *value) *value {
	for _, key := range []string{"picture", "image", "src", "path", "file"} {
		if p := v.get(key); p.str() != "" {
			return p
		}
	}
	return nil
}

// An issueData is what is said of an issue: in twinpress.yaml, in the issue's page, and in the site's data. What is said in one
// place comes before all places behind it.
type issueData struct {
	number   string
	said     []saidOf
	page     *section // the issue's own; nil when it has none
	problems []document.Problem
}

// A saidOf is a table of keys about an issue, and how messages call the place.
type saidOf struct {
	*value
	where  string
	strict bool // the table is for us alone: a key that is not known is a mistake
}

// issueData gathers what is said of an issue. Each of its values knows its source.
func (s *Site) issueData(in IssueInfo) *issueData {
	d := &issueData{number: in.Number}
	if in.Number == "" {
		return d
	}
	if v := s.config.issues[in.Number]; v != nil {
		d.said = append(d.said, saidOf{value: v, where: "twinpress.yaml"})
	}
	if d.page = s.issuePage(in); d.page != nil {
		d.said = append(d.said, saidOf{value: d.page.front, where: d.page.path})
	}
	for _, name := range issueNames(in.Number) {
		for _, ext := range []string{".yaml", ".yml", ".toml", ".json"} {
			file := s.look(partData, path.Join("issues", name+ext))
			if file == "" {
				file = s.look(partData, path.Join("issue", name+ext))
			}
			if v := d.dataFile(s, file); v != nil {
				d.said = append(d.said, saidOf{v, file, true})
				return d
			}
		}
	}
	return d
}

// issueNames are the names that a folder or file of an issue may have.
func issueNames(number string) []string {
	var names []string
	for _, name := range []string{number, slugOf(number), "issue-" + slugOf(number)} {
		if !strings.ContainsAny(name, `/\`) && name != "." && name != ".." && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// dataFile reads a file of data, nil when there is none; one that does not parse is told of.
func (d *issueData) dataFile(s *Site, name string) *value {
	v, err := s.dataFile(name)
	if err != nil {
		bad := document.Problem(*err.(*dataError))
		d.problems = append(d.problems, problem("bad-issue-data", bad.Pos, bad.Message, bad.Hint))
		return nil
	}
	if v != nil && v.kind != table {
		d.problems = append(d.problems, problem("bad-issue-data", v.pos(), "what is said of an issue should be a table of keys and values", "title: The year in print"))
		return nil
	}
	return v
}

// issuePage gives the page that the site has for an issue: of a taxonomy's term, or of the folder that its articles lie in;
// nil when it has none.
func (s *Site) issuePage(in IssueInfo) *section {
	lang := in.Lang
	if lang == "" {
		lang = s.defaultLanguage
	}
	dirs, _ := s.issueDirs.get(lang, func() (map[string]string, error) { return s.listIssueDirs(lang), nil })
	for _, name := range []string{strings.ToLower(in.Number), slugOf(in.Number)} {
		if dir := dirs[name]; dir != "" {
			if sec := s.sectionIn(dir, lang); sec != nil {
				return sec
			}
		}
	}
	for _, a := range in.Articles {
		for dir := path.Dir(s.newPage(a.Path).rel); dir != "." && dir != "/" && !strings.HasPrefix(dir, ".."); dir = path.Dir(dir) {
			own, outer := path.Base(dir), path.Base(path.Dir(dir))
			named := strings.EqualFold(issueNumber(own), in.Number) || strings.EqualFold(outer+"/"+own, in.Number)
			sec := s.sectionIn(dir, lang)
			if sec != nil && (named || issueNumber(sec.front.get("issue").str()) == in.Number) {
				return sec
			}
		}
	}
	return nil
}

// listIssueDirs finds the folders of content in which a site may have a page for each issue, its taxonomies' first, and gives
// theirs by the number that their names stand for.
func (s *Site) listIssueDirs(lang string) map[string]string {
	dirs := map[string]string{}
	for _, folder := range append(s.issueTaxonomies(lang), issueFolders...) {
		for _, m := range s.mounts[partContent] {
			at := m.file(folder)
			if at == "" {
				continue
			}
			entries, err := fs.ReadDir(s.fsys, at)
			if err != nil {
				continue // not there: most are not
			}
			for _, e := range entries {
				for _, name := range []string{issueNumber(e.Name()), e.Name()} {
					if name = strings.ToLower(name); dirs[name] == "" && e.IsDir() {
						dirs[name] = path.Join(folder, e.Name())
					}
				}
			}
		}
	}
	return dirs
}

// in gives a table's value of the key; nil when it says nothing that can be used.
func (k *issueKey) in(t saidOf) *value {
	for _, name := range append([]string{k.name}, k.also...) {
		for _, v := range []*value{t.get(name), t.get("params", name)} {
			if v != nil && !v.empty() && k.wrong(v) == nil {
				return v
			}
		}
	}
	return nil
}

// find gives what is said first of a key; nil when nothing is.
func (d *issueData) find(name string) *value {
	for _, v := range d.all(issueKeyOf(name)) {
		return v
	}
	return nil
}

// refused gives what is said of a key and cannot be used; nil when nothing is.
func (d *issueData) refused(name string) *value {
	k := issueKeyOf(name)
	for _, t := range d.said {
		if v := t.get(k.name); v != nil && k.wrong(v) != nil {
			return v
		}
	}
	return nil
}

// all gives what each place says of a key. A title that is only the issue's number is none.
func (d *issueData) all(k *issueKey) []*value {
	var out []*value
	for _, t := range d.said {
		if v := k.in(t); v != nil && !(k.name == "title" && strings.EqualFold(issueNumber(squeezed(v.text)), d.number)) {
			out = append(out, v)
		}
	}
	return out
}

// line gives a text as a source; nil when it is not said.
func (d *issueData) line(name string) *source.Source {
	if v := d.find(name); v.str() != "" {
		return v.textOf(nil)
	}
	return nil
}

// cover gives the issue's picture and what is said of it.
func (d *issueData) cover() (picture, alt, credit *value) {
	alt, credit = d.find("cover-alt"), d.find("cover-credit")
	if picture = d.find("cover"); picture != nil && picture.kind == table {
		for _, key := range []string{"alt", "alternative"} {
			if v := picture.get(key); v.str() != "" {
				alt = v
			}
		}
		for _, key := range []string{"credit", "caption"} {
			if v := picture.get(key); v.str() != "" {
				credit = v
				break
			}
		}
		picture = pictureOf(picture)
	}
	return picture, alt, credit
}

// coverType gives whether type is set over the cover's picture; "" when nothing says.
func (d *issueData) coverType() string {
	if picture := d.find("cover"); picture != nil && picture.kind == table {
		if t := picture.get("type").str(); t != "" {
			return t
		}
	}
	return d.find("cover-type").str()
}

// date gives the issue's date; zero when none is said.
func (d *issueData) date() document.Date {
	var out document.Date
	if v := d.find("date"); v != nil {
		out = printedDate(v.text)
	}
	if v := d.find("season"); v.str() != "" {
		out.Printed = squeezed(v.text)
		if out.Precision > 0 && !year().MatchString(out.Printed) {
			out.Printed += " " + out.Time.Format("2006")
		}
		if named := printedDate(out.Printed); out.Precision == 0 {
			out.Time, out.Precision = named.Time, named.Precision
		}
	}
	return out
}

var year = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[12]\d{3}\b`) })

// printedDate reads a date as a publisher may write it. What has the name of a month or a season stays as it is printed.
func printedDate(text string) document.Date {
	text = squeezed(text)
	d := parseDate(text)
	letters := strings.ContainsFunc(text, func(r rune) bool { return r > 0x7f || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
	switch {
	case d.IsZero() && letters && year().MatchString(text):
		d = parseDate(year().FindString(text))
		d.Printed = text
	case letters && (d.Precision == 1 || d.Precision == 2):
		d.Printed = text
	}
	return d
}

// order gives the articles in the order in which they are named: section by section, then the list of all.
func (d *issueData) order() []string {
	var out []string
	if v := d.find("sections"); v != nil {
		for _, sec := range v.items {
			out = append(out, sec.get("articles").texts()...)
		}
	}
	if v := d.find("articles"); v != nil {
		out = append(out, v.texts()...)
	}
	return out
}

// check looks for what cannot be used, and for places that contradict each other.
func (d *issueData) check() []document.Problem {
	for _, t := range d.said {
		if t.where == "twinpress.yaml" {
			continue // was read strictly
		}
		for _, f := range t.fields {
			k := issueKeyOf(f.key)
			switch {
			case k == nil && t.strict:
				d.problems = append(d.problems, problem("bad-issue-data", t.src.Pos(f.at), fmt.Sprintf("unknown key %q", f.key), suggest(f.key, issueKeyNames())))
			case k != nil:
				if w := k.wrong(f.val); w != nil {
					code := "bad-issue-data"
					if w.hint == notSent {
						code = "bad-identifier"
					}
					d.problems = append(d.problems, problem(code, t.src.Pos(w.at), w.message, w.hint))
				}
			}
		}
	}
	for i := range issueKeys {
		k := &issueKeys[i]
		vs := d.all(k)
		if len(vs) < 2 || !slices.Contains([]issueKind{aText, aDate, anISBN, aDOI}, k.kind) || k.name == "description" {
			continue
		}
		for _, v := range vs[1:] {
			if k.same(vs[0].text, v.text) {
				continue
			}
			d.problems = append(d.problems, problem("issue-data-differs", v.pos(), fmt.Sprintf("%s %q is not the %q of %s, which counts", k.name, squeezed(v.text), squeezed(vs[0].text), vs[0].pos()),
				"twinpress.yaml comes first, then the issue's page, then data/issues"))
		}
	}
	return d.problems
}

// same reports whether two values say the same. A date may be known to the day in one place and to the month in the other.
func (k *issueKey) same(a, b string) bool {
	if k.kind == aDate {
		one, other := printedDate(a), printedDate(b)
		if one.Printed != "" && other.Printed != "" {
			return strings.EqualFold(one.Printed, other.Printed)
		}
		x, y := one.ISO(), other.ISO()
		return strings.HasPrefix(x, y) || strings.HasPrefix(y, x)
	}
	return squeezed(a) == squeezed(b)
}
