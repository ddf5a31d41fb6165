package hugo

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
)

// Before and behind an issue's articles stand texts of its own: the editorial, the masthead, corrections, advertisements. Each
// is read as an article is, with notes, pictures and links, but is none.

// A matter is the reading of the texts that stand around an issue's articles.
type matter struct {
	site     *Site
	data     *issueData
	lang     string // BCP 47
	hugoLang string
	page     *page // from which the configuration's names count
	members  map[string]*document.Article
	made     *words.Parts
	staff    []document.Office
	texts    []*matterText
	problems []document.Problem
}

// A matterText is one of these texts.
type matterText struct {
	*reading
	word string // over it, where it has no title of its own
	body *source.Source
	fill func(*matterText) // reads what is no text of Markdown by itself; nil reads body
}

// Whose the texts around the articles are. Of a volume, what is the journal's stands once, and what is an issue's with each.
const (
	ofJournal = 1 << iota
	ofIssue
)

// beginMatter makes empty texts for all that is to stand around the articles, so that links can lead to them.
func (s *Site) beginMatter(in IssueInfo, members map[string]*document.Article, whose int) *matter {
	lang := s.issueLanguage(in)
	m := &matter{site: s, data: s.issueData(in), lang: lang, hugoLang: cmp.Or(in.Lang, s.defaultLanguage), page: &page{path: ".", bundle: true},
		members: members, made: words.PartsFor(lang)}
	if in.Single || len(in.Articles) == 0 {
		return m
	}
	if whose&ofJournal != 0 {
		m.masthead()
	}
	if whose&ofIssue != 0 {
		m.editorial()
		m.corrections()
		m.advertisements()
	}
	return m
}

// add makes an empty text for a part. Without a page its names count from the site's folder; without a head it has none.
func (m *matter) add(part, word string, body *source.Source, h *head, p *page) *matterText {
	if p == nil {
		p = m.page
	}
	if h == nil {
		h = &head{front: &value{kind: table}, keys: m.site.config.Keys, claimed: map[string]bool{}}
	}
	art := &document.Article{Part: part, Slug: part, Path: p.path, Language: m.lang}
	if words.RightToLeft(m.lang) {
		art.Dir = "rtl"
	}
	t := &matterText{reading: &reading{art: art, head: h, view: &view{site: m.site, page: p, front: h.front, members: m.members}}, word: word, body: body}
	if body != nil {
		art.Pos = body.Pos(0)
	}
	t.Reader = m.site.markdownIn(m.hugoLang).Reader(art, t.view, m.site.dollars)
	m.texts = append(m.texts, t)
	return t
}

// read reads the texts, and gives those that say something.
func (m *matter) read() (out []*document.Article) {
	for _, t := range m.texts {
		a := t.art
		if t.fill != nil {
			t.fill(t)
			t.Number()
			a.Title = oneText(t.word, a.Pos)
		} else {
			m.readText(t)
		}
		m.problems = append(m.problems, t.head.problems...)
		switch order := m.site.Config.Matter; {
		case len(a.Body) == 0:
		case order != nil && !slices.Contains(order, a.Part):
			m.problems = append(m.problems, problem("part-left-out", a.Pos, "matter: in twinpress.yaml does not name "+a.Part+", of which there is one", "name it where it is to stand"))
		default:
			out = append(out, a)
		}
	}
	return out
}

// readText reads a text that stands in one place. A heading that it begins with is its title, and the part's name stands over
// that.
func (m *matter) readText(t *matterText) {
	a, body := t.art, t.body
	if isHTML(a.Path) {
		body = oneBlock(body)
	}
	t.Parse(body)
	a.Title, a.Subtitle = t.inline("title"), t.inline("subtitle")
	a.Authors = t.persons("authors", "aut")
	a.Editors = t.persons("editors", "edt")
	a.Translators = t.persons("translators", "trl")
	byRole(a)
	headed := len(a.Title) > 0 || bytes.HasPrefix(bytes.TrimLeft(body.Text, " \n\t"), []byte("# "))
	if !headed {
		a.Title = oneText(t.word, a.Pos)
	}
	t.Finish(t.word)
	if headed && !strings.EqualFold(document.PlainText(a.Title), t.word) {
		a.Kicker = oneText(t.word, a.Pos)
	}
	if a.Part != "editorial" {
		document.WalkBlocks(a.Body, func(n document.Node) bool {
			if p, ok := n.(*document.Paragraph); ok {
				p.Lead = false // no opening of an article
			}
			return true
		})
	}
}

func oneText(s string, pos document.Pos) []document.Inline {
	t := &document.Text{Value: s}
	t.SetPos(pos)
	return []document.Inline{t}
}

var comments = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)<!--.*?-->`) })

// editorial begins the editorial: what the issue's data names, or else the text of the issue's page.
func (m *matter) editorial() {
	s := m.site
	if v := m.data.find("editorial"); v != nil {
		for _, it := range append(v.items, v) {
			if body, h, p := m.text(it); body != nil {
				t := m.add("editorial", m.made.Editorial, body, h, p)
				if p != nil {
					m.members[p.path] = t.art
					if known := s.findPage(nil, p.path, false); known != nil {
						t.art.URL = s.address(known)
					}
				}
				return
			}
		}
		return
	}
	sec := m.data.page
	if sec == nil || len(bytes.TrimSpace(comments().ReplaceAll(sec.body.Text, nil))) == 0 {
		return
	}
	// The page's own title is the issue's; the editorial's may stand beside it.
	h := &head{front: sec.front, src: sec.src, keys: map[string][]string{"title": {"editorial-title", "editorial_title", "editorialtitle"},
		"subtitle": {"editorial-subtitle", "editorial_subtitle"}, "authors": {"editorial-authors", "editorial_authors", "authors", "author"}}, claimed: map[string]bool{}}
	p := s.newPage(sec.path)
	p.bundle = true
	dir := path.Dir(p.rel)
	served := s.sectionURL(dir)
	if top, term, ok := strings.Cut(dir, "/"); ok && !strings.Contains(term, "/") && s.isTaxonomy(top) {
		served = s.termURL(top, term)
	}
	p.url = "/" + served + "/"
	if m.hugoLang != s.defaultLanguage {
		p.url = "/" + m.hugoLang + p.url
	}
	t := m.add("editorial", m.made.Editorial, sec.body, h, p)
	m.members[p.path] = t.art
	m.members[strings.ToLower(strings.TrimSuffix(p.url, "/"))] = t.art
	if base := s.Config.Journal.BaseURL; base != "" {
		t.art.URL = strings.TrimSuffix(base, "/") + p.url
	}
}

// isTaxonomy reports whether a folder of content holds the pages of a taxonomy's terms.
func (s *shelf) isTaxonomy(folder string) bool {
	for _, where := range []*value{s.hugoConfig.get("taxonomies"), s.hugoConfig.get("languages", s.defaultLanguage, "taxonomies")} {
		if where == nil {
			continue
		}
		for _, f := range where.fields {
			if strings.EqualFold(f.val.str(), folder) {
				return true
			}
		}
	}
	return false
}

// corrections begins what the issue has to correct in others.
func (m *matter) corrections() {
	v := m.data.find("corrections")
	if v == nil {
		return
	}
	if v.kind == scalar {
		if body, h, p := m.text(v); body != nil {
			m.add("corrections", m.made.Corrections, body, h, p)
		}
		return
	}
	t := m.add("corrections", m.made.Corrections, nil, nil, nil)
	t.art.Pos = v.pos()
	t.fill = func(t *matterText) {
		for _, it := range v.items {
			if it.str() != "" {
				t.art.Body = append(t.art.Body, t.Text(it.textOf(nil))...)
			}
		}
	}
}

// advertisements begins the issue's advertisements: pictures with their words, or words alone.
func (m *matter) advertisements() {
	v := m.data.find("advertisements")
	if v == nil {
		return
	}
	if v.kind == scalar {
		if body, h, p := m.text(v); body != nil {
			m.add("advertisements", m.made.Advertisements, body, h, p)
		}
		return
	}
	var p *page
	if m.data.page != nil && v.pos().File == m.data.page.path {
		p = &page{path: m.data.page.path, bundle: true} // pictures lie beside it
	}
	t := m.add("advertisements", m.made.Advertisements, nil, nil, p)
	t.art.Pos = v.pos()
	t.fill = func(t *matterText) {
		items := v.items
		if v.kind == table {
			items = []*value{v}
		}
		for _, it := range items {
			t.art.Body = append(t.art.Body, t.advertisement(it)...)
		}
	}
}

// advertisement reads one.
func (t *matterText) advertisement(v *value) []document.Block {
	first := func(keys ...string) *value {
		for _, key := range keys {
			if w := v.get(key); w.str() != "" {
				return w
			}
		}
		return nil
	}
	text, url, picture := first("text", "caption"), first("url", "link", "href"), pictureOf(v)
	switch {
	case v.kind == scalar:
		return t.Text(v.textOf(nil))
	case picture == nil:
		return t.Text(text.textOf(nil))
	}
	im := &document.Image{Source: picture.text, Alt: t.Alt(first("alt", "alternative").str())}
	im.SetPos(picture.pos())
	im.Asset = t.Picture(picture.text, picture.pos())
	f := &document.Figure{Images: []*document.Image{im}, Link: url.str()}
	f.SetPos(picture.pos())
	if text != nil {
		f.Caption = t.Line(text.textOf(nil))
	}
	return []document.Block{f}
}

// masthead begins what the journal says of itself in every issue.
func (m *matter) masthead() {
	c := m.site.config
	people := c.saidOfJournal("staff", m.lang)
	says := []struct{ key, head string }{{"masthead", ""}, {"statement", m.made.Purpose}, {"guidelines", m.made.Guidelines}, {"funders", m.made.Funders}, {"address", m.made.Address}}
	any := people != nil
	for _, say := range says {
		any = any || c.saidOfJournal(say.key, m.lang) != nil
	}
	if !any {
		return
	}
	t := m.add("masthead", m.made.Masthead, nil, nil, nil)
	t.art.Pos = c.pos("journal")
	t.fill = func(t *matterText) {
		m.staff = m.offices(t.Reader)
		if len(m.staff) > 0 {
			t.art.Body = append(t.art.Body, officeList(m.staff, t.art.Pos))
		}
		for _, say := range says {
			v := c.saidOfJournal(say.key, m.lang)
			if v == nil {
				continue
			}
			blocks := m.said(t, v)
			if len(blocks) > 0 && say.head != "" {
				h := &document.Heading{Level: 1, Content: oneText(say.head, v.pos())}
				h.ID = "masthead-" + say.key
				h.SetPos(v.pos())
				t.art.Body = append(t.art.Body, h)
			}
			t.art.Body = append(t.art.Body, blocks...)
		}
	}
}

// said reads a text, or several, of the configuration. Their heads stand below those of the masthead.
func (m *matter) said(t *matterText, v *value) (out []document.Block) {
	items := v.items
	if v.kind == scalar {
		items = []*value{v}
	}
	for _, it := range items {
		body, _, p := m.text(it)
		if body == nil {
			continue
		}
		was := t.view.page
		if p != nil {
			t.view.page = p
		}
		out = append(out, t.Text(body)...)
		t.view.page = was
	}
	document.WalkBlocks(out, func(n document.Node) bool {
		if h, ok := n.(*document.Heading); ok {
			h.Level = min(h.Level+1, 6)
		}
		return true
	})
	return out
}

// officeList makes a list of the offices and who has them.
func officeList(offices []document.Office, pos document.Pos) *document.DefinitionList {
	list := &document.DefinitionList{}
	list.SetPos(pos)
	for _, o := range offices {
		d := &document.Definition{Tight: true}
		d.SetPos(pos)
		if o.Title != "" {
			d.Terms = append(d.Terms, oneText(o.Title, pos))
		}
		for _, p := range o.People {
			content := oneText(p.Credit(), pos)
			if p.ORCID != "" {
				l := &document.Link{URL: "https://orcid.org/" + p.ORCID, Content: oneText("ORCID", pos)}
				l.SetPos(pos)
				content = append(content, oneText(" ", pos)[0], l)
			}
			para := &document.Paragraph{Content: content}
			para.SetPos(pos)
			d.Definitions = append(d.Definitions, []document.Block{para})
		}
		list.Items = append(list.Items, d)
	}
	return list
}

// issueLanguage gives the language of an issue's own words: the journal's, or, of an issue in another of the site's languages, that
// of its articles.
func (s *Site) issueLanguage(in IssueInfo) string {
	if in.Lang == "" || in.Lang == s.defaultLanguage {
		if lang := s.Config.Journal.Language; lang != "" {
			return lang
		}
	}
	issue := &document.Issue{}
	for _, a := range in.Articles {
		issue.Articles = append(issue.Articles, &document.Article{Language: a.Language})
	}
	lang, _ := commonest(issue)
	return cmp.Or(lang, s.Config.Journal.Language, "en")
}
