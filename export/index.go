package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/twinpress/twinpress/export/batch"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/opds"
)

// An index is a file that tells of all editions of a run, and is written when they are made.
type index struct {
	name, file string
	write      func(r *run) ([]byte, error)
}

var indexes = []index{
	{"pages", "pages.json", writePages},
	{"opds", "opds.json", writeOPDS},
}

func indexNamed(name string) *index {
	for i := range indexes {
		if indexes[i].name == name {
			return &indexes[i]
		}
	}
	return nil
}

// A record is what indexes tell of an edition. It holds on to no document, so that an edition leaves memory when it is made.
type record struct {
	Pages   []recordedWork   `json:"pages"`
	Shelf   opds.Publication `json:"shelf"`
	Home    string           `json:"home,omitempty"` // of the journal
	Journal string           `json:"journal,omitempty"`
}

// A recordedWork is what pages.json tells of an issue, or else of an article.
type recordedWork struct {
	Key     string        `json:"key,omitempty"` // of the article
	Issue   *pagesIssue   `json:"issue,omitempty"`
	Article *pagesArticle `json:"article,omitempty"`
}

// recorded notes what indexes will tell of an edition and its files, when there are any.
func (r *run) recorded(ctx context.Context, i int, e *Edition, files []File) error {
	if len(r.indexes) == 0 {
		return nil
	}
	works, problems, err := e.works(ctx)
	if err != nil {
		return err
	}
	rec := &record{Shelf: r.catalogued(i, e.issue, works[0], files), Home: e.issue.Journal.BaseURL, Journal: works[0].Journal.Title}
	key := r.keysOf(i)
	for _, w := range works {
		rec.Pages = append(rec.Pages, recordedWorkOf(w, key))
	}
	r.note(i, func(m *made) {
		m.problems = append(m.problems, problems...)
		m.record = rec
	})
	return nil
}

func sumOf(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// index writes the files that tell of the others. When no edition could be made there is nothing to tell.
func (r *run) index(ctx context.Context) error {
	if r.opts.Shard != (batch.Shard{}) {
		return nil // they tell of all, and are made by merging
	}
	for _, x := range r.indexes {
		data, err := x.write(r)
		if err != nil {
			return fmt.Errorf("write %s: %w", x.file, err)
		}
		if data == nil {
			continue
		}
		out := File{Path: x.file, Format: x.name, Size: int64(len(data)), name: x.file, sum: sumOf(data)}
		if d, ok := r.press.sink.(Folder); ok {
			out.Path = d.Path(x.file)
		}
		placed := func() { r.placed(out, x.file, func() { r.indexed = append(r.indexed, out) }) }
		if err := r.press.put(ctx, x.file, data, placed); err != nil {
			return err
		}
	}
	return nil
}

// pagesFile is pages.json. It is made for the templates of a site: site.Data.pages.articles, by the path that Hugo calls
// .File.Path, holds a list (an article may stand in several issues) to range over.
type pagesFile struct {
	Issues   []pagesIssue              `json:"issues"`
	Articles map[string][]pagesArticle `json:"articles"`
}

type pagesIssue struct {
	Number   string     `json:"number,omitempty"`
	Volume   string     `json:"volume,omitempty"`
	Title    string     `json:"title,omitempty"`
	Journal  string     `json:"journal,omitempty"`
	ISSN     string     `json:"issn,omitempty"`
	Date     string     `json:"date,omitempty"` // ISO 8601
	Language string     `json:"language,omitempty"`
	DOI      string     `json:"doi,omitempty"`
	Key      string     `json:"key"`
	Citation string     `json:"citation"`
	Files    []pageFile `json:"files"`
	Articles []string   `json:"articles"` // keys of the other table, in order
}

type pagesArticle struct {
	Issue    string      `json:"issue,omitempty"`
	Title    string      `json:"title"`
	Authors  []string    `json:"authors,omitempty"`
	Language string      `json:"language,omitempty"`
	URL      string      `json:"url,omitempty"`
	DOI      string      `json:"doi,omitempty"`
	Pages    *pagesRange `json:"pages,omitempty"` // null when no PDF was made
	Key      string      `json:"key"`             // of the article's reference, as in the .bib
	Citation string      `json:"citation"`
	Files    []pageFile  `json:"files"` // of its offprint
}

type pagesRange struct {
	First string `json:"first"`
	Last  string `json:"last"`
	Count int    `json:"count"`
}

type pageFile struct {
	Format string `json:"format"`
	Path   string `json:"path"` // from the output folder
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Pages  int    `json:"pages,omitempty"` // of the PDF
}

// writePages tells, for each issue and each article, on which pages it stands, in which files, and how it is cited.
func writePages(r *run) ([]byte, error) {
	out := pagesFile{Issues: []pagesIssue{}, Articles: map[string][]pagesArticle{}}
	for i := range r.made {
		if m := &r.made[i]; m.record != nil && !m.failed {
			out.add(m)
		}
	}
	if len(out.Issues)+len(out.Articles) == 0 {
		return nil, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(out)
	return b.Bytes(), err
}

// keysOf tells under which key each article of an edition stands: its path below the content folder, where that is known.
func (r *run) keysOf(i int) func(*document.Article) string {
	within := map[string]string{}
	for _, a := range r.plan[i].issue.Articles {
		within[a.Path] = a.Within
	}
	return func(a *document.Article) string {
		if k := within[a.Path]; k != "" {
			return k
		}
		return a.Path
	}
}

// recordedWorkOf gives what pages.json tells of a work, but for its files.
func recordedWorkOf(w *reference.Work, key func(*document.Article) string) recordedWork {
	if w.Article == nil {
		return recordedWork{Issue: &pagesIssue{Number: w.Number, Volume: w.Volume, Title: w.IssueTitle, Journal: w.Journal.Title, ISSN: w.Journal.ISSN,
			Date: w.Date.ISO(), Language: w.Language, DOI: w.DOI, Key: w.Key, Citation: w.Line()}}
	}
	a := &pagesArticle{Issue: w.Number, Title: w.FullTitle(), Language: w.Language, URL: w.URL, DOI: w.DOI, Key: w.Key, Citation: w.Line()}
	for _, p := range w.Creators() {
		a.Authors = append(a.Authors, p.Name)
	}
	if w.Pages.Count > 0 {
		a.Pages = &pagesRange{w.Pages.First, w.Pages.Last, w.Pages.Count}
	}
	return recordedWork{Key: key(w.Article), Article: a}
}

// add tells of an edition. An offprint's files go to the article as its issue has it, when that is made, too.
func (f *pagesFile) add(m *made) {
	f.addRecord(m.record, m.pageFiles())
}

func (m *made) pageFiles() []pageFile {
	files := []pageFile{}
	for _, made := range m.files {
		files = append(files, pageFile{Format: made.Format, Path: made.name, Bytes: made.Size, SHA256: made.sum, Pages: made.Pages})
	}
	return files
}

func (f *pagesFile) addRecord(rec *record, files []pageFile) {
	var whole *pagesIssue
	for _, w := range rec.Pages {
		if w.Issue != nil {
			is := *w.Issue
			is.Files, is.Articles = files, []string{}
			f.Issues = append(f.Issues, is)
			whole = &f.Issues[len(f.Issues)-1]
			continue
		}
		a := *w.Article
		a.Files = []pageFile{}
		if whole != nil {
			whole.Articles = append(whole.Articles, w.Key)
		} else if of := f.find(w.Key, a.Issue); of != nil {
			of.Files = append(of.Files, files...)
			continue
		} else {
			a.Files = files
		}
		f.Articles[w.Key] = append(f.Articles[w.Key], a)
	}
}

// find gives an article as an issue has it; nil when that was not made.
func (f *pagesFile) find(key, issue string) *pagesArticle {
	for i := range f.Articles[key] {
		if a := &f.Articles[key][i]; a.Issue == issue {
			return a
		}
	}
	return nil
}
