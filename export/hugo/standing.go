package hugo

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/markdown"
)

// What a journal says in every issue is written once, in twinpress.yaml or in files that it names: who makes it, and why, and
// what it wants from who writes for it.

// staff checks the offices of a masthead.
func (d *decoding) staff(v *value) {
	if v.kind != table && v.kind != list && v.kind != null {
		d.fail(v.at, "staff should be a table of offices and their people, or a list of them", "Managing editor: Ada Example")
	}
	for _, o := range officesOf(v) {
		if o.people == nil || o.people.kind == null || o.people.kind == scalar && strings.TrimSpace(o.people.text) == "" {
			d.fail(o.at, fmt.Sprintf("staff names nobody as %q", o.title), "Managing editor: Ada Example")
		}
	}
}

// funders checks who gives money.
func (d *decoding) funders(v *value) {
	if !v.isTexts() {
		d.fail(v.at, "funders should be a text or a list of texts", "")
	}
}

// matter reads the parts of an issue.
func (d *decoding) matter(v *value) {
	known := document.PartNames()
	if v.kind != list {
		d.fail(v.at, "matter should be a list of an issue's parts", "known are "+strings.Join(known, ", "))
		return
	}
	for _, it := range v.items {
		switch name := it.text; {
		case it.kind != scalar || !slices.Contains(known, name):
			d.fail(it.at, fmt.Sprintf("matter has no part %q", name), suggest(name, known))
		case slices.Contains(d.c.Matter, name):
			d.fail(it.at, "matter names "+name+" twice", "")
		default:
			d.c.Matter = append(d.c.Matter, name)
		}
	}
	if !slices.Contains(d.c.Matter, "articles") {
		d.fail(v.at, "matter does not name articles", "an issue without them is none")
	}
}

// journalIn reads what is otherwise in issues of another language.
func (d *decoding) journalIn(v *value) {
	d.c.Journal.in = map[string]JournalConfig{}
	for _, f := range d.fields(v, "journal.languages should be a table of languages") {
		lang := words.Canonical(f.key)
		if lang == "" {
			d.fail(f.at, fmt.Sprintf("%q is not a language", f.key), "de, en-GB, zh-Hant")
			continue
		}
		own := &Config{}
		known := slices.DeleteFunc(within(options(own), "journal"), func(o option) bool { return o.key == "languages" })
		d.table("journal.languages."+f.key+".", d.fields(f.val, "journal.languages."+f.key+" should be a table"), known)
		d.c.Journal.in[strings.ToLower(lang)] = own.Journal
	}
}

// An office is one as the configuration has it.
type office struct {
	title  string
	at     int
	people *value
}

// officesOf gives the offices of a masthead: a table of them, or a list of tables, or people without any.
func officesOf(v *value) []office {
	var out []office
	if v == nil {
		return nil
	}
	for _, f := range v.fields {
		out = append(out, office{f.key, f.at, f.val})
	}
	for _, it := range v.items {
		switch {
		case it.kind == scalar || it.get("name") != nil:
			out = append(out, office{"", it.at, it})
		case it.get("role") != nil || it.get("office") != nil:
			out = append(out, office{cmp.Or(it.get("role").str(), it.get("office").str()), it.at, cmp.Or(it.get("people"), it.get("names"), it.get("person"))})
		default:
			out = append(out, officesOf(it)...)
		}
	}
	return out
}

// saidOfJournal gives what the configuration says of the journal in issues in a language; nil for nothing.
func (c *Config) saidOfJournal(key, lang string) *value {
	if in := c.tree.get("journal", "languages"); in != nil {
		primary, _, _ := strings.Cut(lang, "-")
		for _, tag := range []string{lang, primary} {
			if v := in.get(tag, key); v != nil && !v.empty() {
				return v
			}
		}
	}
	if v := c.tree.get("journal", key); v != nil && !v.empty() {
		return v
	}
	return nil
}

// inLanguage takes over what is said for issues in a language.
func (j JournalConfig) inLanguage(lang string) JournalConfig {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	own, ok := j.in[strings.ToLower(lang)]
	if !ok {
		own = j.in[primary]
	}
	for _, f := range []struct{ to, from *string }{{&j.Title, &own.Title}, {&j.Subtitle, &own.Subtitle}, {&j.ISSN, &own.ISSN}, {&j.EISSN, &own.EISSN},
		{&j.Publisher, &own.Publisher}, {&j.Place, &own.Place}, {&j.Rights, &own.Rights}, {&j.License, &own.License}, {&j.BaseURL, &own.BaseURL}, {&j.Logo, &own.Logo}} {
		*f.to = cmp.Or(*f.from, *f.to)
	}
	if own.Editors != nil {
		j.Editors = own.Editors
	}
	return j
}

// offices reads the people of a masthead.
func (m *matter) offices(r *markdown.Reader) []document.Office {
	var out []document.Office
	for _, o := range officesOf(m.site.config.saidOfJournal("staff", m.lang)) {
		h := &head{front: &value{kind: table, fields: []field{{key: "staff", val: o.people}}}, src: m.site.config.src, keys: map[string][]string{"staff": {"staff"}}, claimed: map[string]bool{}}
		ps := h.persons("staff", "ctb")
		m.problems = append(m.problems, h.problems...)
		for i := range ps {
			ps[i].Name = r.Plain(ps[i].Name)
		}
		if len(ps) > 0 {
			out = append(out, document.Office{Title: r.Plain(o.title), People: ps})
		}
	}
	return out
}

// text gives a value's Markdown: the text itself, or what stands in the file that it names, of which there may be one for the
// language (name.de.md). Front matter gives h.
func (m *matter) text(v *value) (body *source.Source, h *head, p *page) {
	s := m.site
	name := strings.TrimSpace(v.str())
	if strings.ContainsAny(name, "\n") || !isMarkdown(name) || strings.HasSuffix(name, " .md") {
		return v.textOf(nil), nil, nil
	}
	ext := path.Ext(name)
	primary, _, _ := strings.Cut(m.lang, "-")
	for _, try := range []string{strings.TrimSuffix(name, ext) + "." + m.lang + ext, strings.TrimSuffix(name, ext) + "." + primary + ext, name} {
		file := s.findFile(m.page, try)
		if file == "" {
			continue
		}
		raw, err := s.readFile(file)
		if err != nil {
			continue
		}
		h, body := s.readHead(file, raw)
		return body, h, s.newPage(file)
	}
	m.problems = append(m.problems, problem("missing-text", v.pos(), fmt.Sprintf("there is no file %q, which is to be printed", name), "a path from the site's folder or its content"))
	return nil, nil, nil
}
