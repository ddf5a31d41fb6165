package hugo

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinpress/twinpress/export/document"
)

var updateHugo = flag.Bool("update-hugo", false, "have Hugo (in $HUGO or $PATH) read each site of the matrix anew")

// made are the sections of a file of the matrix that are not its site.
var made = []string{"hugo", "ours", "contents", "problems"}

// TestMatrix reads each small site in testdata/matrix and compares what it holds with what Hugo made of it: pages, order,
// titles, dates, addresses, languages, text, links and pictures. A file is a txtar archive:
//
//	what the site shows, in words
//	options: future expired now=2024-03-01 environment=staging      (if any; both read it)
//	differs: why we do otherwise than Hugo                          (if we do)
//	-- hugo.toml --  …                                              the site
//	-- hugo --                                                      what Hugo holds (go test -update-hugo)
//	-- ours --                                                      what we hold, where it differs (go test -update)
//	-- contents --                                                  the issues (go test -update)
//	-- problems --                                                  what is told of the site (go test -update)
//
// Unless the options name one, both judge on 1 January 2026. The pages are compared in Hugo's order (order: hugo), the contents
// stand in the site's own.
func TestMatrix(t *testing.T) {
	files, err := filepath.Glob("testdata/matrix/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sites in testdata/matrix (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			m := readMatrix(t, file)
			if *updateHugo {
				m.set("hugo", m.byHugo(t))
			}
			got := m.read(t)
			if *update || *updateHugo {
				m.update(t, got)
				return
			}
			m.compare(t, got)
		})
	}
}

// A matrixSite is one file of the matrix.
type matrixSite struct {
	file    string
	archive *txtar.Archive
	opts    Options
	hugo    []string // flags
	differs bool
}

func readMatrix(t *testing.T, file string) *matrixSite {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := &matrixSite{file: file, archive: a, opts: Options{Jobs: 1, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}
	for line := range strings.Lines(string(a.Comment)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "differs:") {
			m.differs = true
		}
		list, ok := strings.CutPrefix(line, "options:")
		if !ok {
			continue
		}
		for _, o := range strings.Fields(list) {
			m.option(t, o)
		}
	}
	m.hugo = append(m.hugo, "--clock", m.opts.Now.Format(time.RFC3339))
	return m
}

func (m *matrixSite) option(t *testing.T, o string) {
	t.Helper()
	key, val, _ := strings.Cut(o, "=")
	switch key {
	case "future":
		m.opts.Future, m.hugo = true, append(m.hugo, "--buildFuture")
	case "expired":
		m.opts.Expired, m.hugo = true, append(m.hugo, "--buildExpired")
	case "drafts":
		m.opts.Drafts, m.hugo = true, append(m.hugo, "--buildDrafts")
	case "environment":
		m.opts.Environment, m.hugo = val, append(m.hugo, "--environment", val)
	case "now":
		now, err := time.Parse("2006-01-02", val)
		if err != nil {
			t.Fatal(err)
		}
		m.opts.Now = now
	default:
		t.Fatalf("unknown option %q", o)
	}
}

func (m *matrixSite) site() fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, f := range m.archive.Files {
		if !slices.Contains(made, f.Name) {
			fsys[f.Name] = &fstest.MapFile{Data: matrixData(f)}
		}
	}
	return fsys
}

// matrixData gives a file's bytes. Pictures are written as one word, their kind.
func matrixData(f txtar.File) []byte {
	if strings.HasSuffix(f.Name, ".svg") && len(strings.TrimSpace(string(f.Data))) == 0 {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="40" height="20"/></svg>`)
	}
	return f.Data
}

func (m *matrixSite) set(name, text string) {
	for i, f := range m.archive.Files {
		if f.Name == name {
			if text == "" {
				m.archive.Files = slices.Delete(m.archive.Files, i, i+1)
			} else {
				m.archive.Files[i].Data = []byte(text)
			}
			return
		}
	}
	if text != "" {
		m.archive.Files = append(m.archive.Files, txtar.File{Name: name, Data: []byte(text)})
	}
}

func (m *matrixSite) update(t *testing.T, got map[string]string) {
	t.Helper()
	if same := afterVersion(find(m.archive, "hugo")) == got["ours"]; same || !m.differs {
		got["ours"] = ""
	}
	for _, name := range made[1:] {
		m.set(name, got[name])
	}
	slices.SortStableFunc(m.archive.Files, func(a, b txtar.File) int {
		return slices.Index(made, a.Name) - slices.Index(made, b.Name)
	})
	if err := os.WriteFile(m.file, txtar.Format(m.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (m *matrixSite) compare(t *testing.T, got map[string]string) {
	t.Helper()
	want := afterVersion(find(m.archive, "hugo"))
	if find(m.archive, "hugo") == "" {
		t.Fatal("Hugo has not read this site yet: make update-hugo")
	}
	if ours := find(m.archive, "ours"); ours != "" {
		if !m.differs {
			t.Error("no line differs: says why ours is not Hugo's")
		}
		if ours == want {
			t.Error("ours is Hugo's after all: go test -update")
		}
		want = ours
	} else if m.differs {
		t.Error("a line differs:, and no difference is recorded: go test -update")
	}
	if got["ours"] != want {
		t.Errorf("not as Hugo has it:\n%s", lineDiff(want, got["ours"]))
	}
	for _, name := range []string{"contents", "problems"} {
		if want := find(m.archive, name); got[name] != want {
			t.Errorf("%s differ:\n%s", name, lineDiff(want, got[name]))
		}
	}
}

// afterVersion takes the line with Hugo's version off.
func afterVersion(s string) string {
	_, rest, _ := strings.Cut(s, "\n")
	return rest
}

// lineDiff shows the lines that only one of two texts has.
func lineDiff(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	for _, l := range a {
		if !slices.Contains(b, l) {
			fmt.Fprintf(&out, "- %s\n", l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			fmt.Fprintf(&out, "+ %s\n", l)
		}
	}
	if out.Len() == 0 {
		return "the same lines in another order:\n" + got
	}
	return out.String()
}

// read tells of a site as we read it: what Hugo is compared with, the issues, the problems.
func (m *matrixSite) read(t *testing.T) map[string]string {
	t.Helper()
	s, err := Open(t.Context(), m.site(), ".", m.opts)
	if err != nil {
		return map[string]string{"ours": "error: " + err.Error() + "\n"}
	}
	var contents, problems strings.Builder
	said := map[string]bool{}
	say := func(p document.Problem) {
		if line := fmt.Sprintf("%s %s\n", p.Severity, p.Error()); !said[line] && p.Code != "language-guessed" && p.Code != "missing-title" {
			said[line] = true
			problems.WriteString(line)
		}
	}
	pages := map[string]string{}
	var order []ArticleInfo
	for _, p := range s.Problems {
		say(p)
	}
	for _, in := range s.Contents().Issues {
		var paths []string
		for _, a := range in.Articles {
			paths = append(paths, a.Path)
		}
		fmt.Fprintf(&contents, "%s: %s\n", strings.Join(strings.Fields(fmt.Sprintf("issue %s %s %s", in.Number, in.Lang, in.Date.ISO())), " "), strings.Join(paths, " "))
		issue, found, err := s.Read(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		contents.WriteString(s.tellIssue(issue))
		for _, p := range found {
			say(p)
		}
		for _, a := range issue.Matter {
			for _, p := range s.public {
				if p.path == a.Path { // an editorial that is a page of its own
					pages[a.Path], order = s.tell(a, p.info), append(order, p.info)
				}
			}
		}
		for i, a := range issue.Articles {
			if _, ok := pages[a.Path]; !ok {
				pages[a.Path] = s.tell(a, in.Articles[i])
				order = append(order, s.infoOf(in.Articles[i].Path))
				contents.WriteString(tellPeople(a))
			}
		}
	}
	s.Config.Order = "hugo"
	s.sortArticles(order, nil)
	slices.SortStableFunc(order, func(a, b ArticleInfo) int {
		return strings.Compare(s.hugoLanguage(s.newPage(a.Path)), s.hugoLanguage(s.newPage(b.Path)))
	})
	var ours strings.Builder
	for _, a := range order {
		ours.WriteString(pages[a.Path])
	}
	return map[string]string{"ours": ours.String(), "contents": contents.String(), "problems": problems.String()}
}

// tellPeople writes who made an article.
func tellPeople(a *document.Article) string {
	var out strings.Builder
	for _, people := range [][]document.Person{a.Authors, a.Interviewees, a.Translators, a.Editors} {
		for _, p := range people {
			fmt.Fprintf(&out, "  %s: %s\n", a.Path, strings.Join(strings.Fields(strings.Join([]string{p.Role, p.Credit(), "[" + p.FileAs + "]", p.ORCID, document.PlainText(p.Bio)}, " ")), " "))
		}
	}
	return out.String()
}

// infoOf gives what a page tells of itself, in whatever issue it stands.
func (s *Site) infoOf(name string) ArticleInfo {
	for _, p := range s.public {
		if p.path == name {
			return p.info
		}
	}
	return ArticleInfo{Path: name}
}

// tell writes of an article what the matrix compares.
func (s *Site) tell(a *document.Article, in ArticleInfo) string {
	var w teller
	var p *page
	all, _ := s.pages()
	for _, q := range all {
		if q.path == a.Path {
			p = q
		}
	}
	if p == nil {
		p = s.file
	}
	fmt.Fprintf(&w.out, "page %s %q %s %s %s\n", a.Path, flat(document.PlainText(a.Title)), in.Date.ISO(), p.url, s.hugoLanguage(p))
	w.address = func(l *document.Link) string {
		switch {
		case l.Article != nil:
			at := ""
			for _, q := range all {
				if q.path == l.Article.Path {
					at = q.url
				}
			}
			if at == "" { // an editorial that is its issue's page
				base := s.baseOf(s.hugoLanguage(p))
				at = resolve(base, base, l.Article.URL)
			}
			if l.Anchor != "" {
				at += "#" + l.Anchor
			}
			return at
		default:
			base := s.baseOf(s.hugoLanguage(p))
			return resolve(base, base, l.URL)
		}
	}
	body := &document.Article{Body: a.Body, Notes: a.Notes}
	document.WalkArticle(body, w.node)
	w.done()
	return w.out.String()
}

// A teller gathers an article's words, links and pictures.
type teller struct {
	out     strings.Builder
	words   strings.Builder
	links   []string
	address func(*document.Link) string
}

func (w *teller) node(n document.Node) bool {
	switch n := n.(type) {
	case *document.Text:
		w.words.WriteString(n.Value)
	case *document.CodeBlock:
		w.words.WriteString(" " + n.Text)
	case *document.Break:
		w.words.WriteByte(' ')
	case *document.Verse:
		for _, stanza := range n.Stanzas {
			for _, l := range stanza {
				w.words.WriteByte(' ')
				document.WalkInlines(l.Content, w.node)
			}
		}
		w.words.WriteByte(' ')
		document.WalkInlines(n.Attribution, w.node)
		return false
	case *document.Math:
		w.words.WriteString(n.TeX)
	case *document.MathBlock:
		w.words.WriteString(" " + n.TeX)
	case *document.Figure:
		w.words.WriteByte(' ')
		for _, im := range n.Images {
			w.node(im)
		}
		document.WalkBlocks(n.Blocks, w.node)
		for _, line := range [][]document.Inline{n.Title, n.Caption, n.Credit} {
			w.words.WriteByte(' ')
			document.WalkInlines(line, w.node)
		}
		return false
	case *document.Image:
		src := n.Source
		if n.Asset != nil && !strings.HasPrefix(src, "data:") && path.Ext(src) == "" {
			src = n.Asset.Name // by the name of a resource
		}
		w.links = append(w.links, picture(src, n.Alt))
		return false
	case *document.Link:
		if n.Note == nil {
			w.links = append(w.links, fmt.Sprintf("link %s %q", w.address(n), flat(document.PlainText(n.Content))))
		}
	case document.Block:
		w.words.WriteByte(' ')
	}
	return true
}

func (w *teller) done() {
	fmt.Fprintf(&w.out, "  text %s\n", flat(w.words.String()))
	for _, l := range w.links {
		fmt.Fprintf(&w.out, "  %s\n", l)
	}
}

// flat brings a text into one line, without what each of us sets in its own way: marks and spaces of typography.
func flat(s string) string {
	s = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-", "…", "...", "\u00a0", " ", "\u202f", " ", "\u2060", "", "\u00ad", "",
		"---", "-", "--", "-").Replace(s)
	return apart.ReplaceAllString(strings.Join(strings.Fields(s), " "), "$1$2")
}

// apart are the blanks that a template's end of line leaves before a point, and those around dashes.
var apart = regexp.MustCompile(` ?(-) | ([.,;:!?)](?: |$))`)

// picture names a picture by its file's name: where it is served is the site's business.
func picture(src, alt string) string {
	name := path.Base(src)
	if before, _, ok := strings.Cut(name, "_hu_"); ok { // Hugo has scaled it
		name = before + path.Ext(name)
	}
	return fmt.Sprintf("picture %s %q", name, flat(alt))
}

// resolve reads an address as a browser on a page does, and gives it from the site's root when it is the site's.
func resolve(page, base, href string) string {
	at, err := url.Parse(page)
	if err != nil {
		return href
	}
	to, err := at.Parse(href)
	if err != nil {
		return href
	}
	out := to.String()
	if un, err := url.PathUnescape(out); err == nil {
		out = un
	}
	if rest, ok := strings.CutPrefix(out, strings.TrimSuffix(base, "/")); ok {
		return "/" + strings.TrimPrefix(rest, "/")
	}
	return out
}
