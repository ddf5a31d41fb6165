package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/reference"
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

// A record is what indexes tell of an edition.
type record struct {
	issue *document.Issue
	works []*reference.Work
	sums  []string      // SHA-256 of each file, in the order of made.files
	sizes []image.Point // of each that is a picture, in pixels
}

// recorded notes what indexes will tell of an edition, when there are any.
func (r *run) recorded(ctx context.Context, i int, e *Edition) error {
	if len(r.indexes) == 0 {
		return nil
	}
	works, problems, err := e.works(ctx)
	if err != nil {
		return err
	}
	r.note(i, func(m *made) {
		m.problems = append(m.problems, problems...)
		m.record = &record{issue: e.issue, works: works}
	})
	return nil
}

// sum notes the checksum of a file that was put in place; the caller holds the mutex.
func (m *made) sum(name string, data []byte) {
	if m.record != nil {
		s := sha256.Sum256(data)
		m.record.sums = append(m.record.sums, hex.EncodeToString(s[:]))
		m.record.sizes = append(m.record.sizes, pictureSize(name, data))
	}
}

// index writes the files that tell of the others. When no edition could be made there is nothing to tell.
func (r *run) index(ctx context.Context) error {
	for _, x := range r.indexes {
		data, err := x.write(r)
		if err != nil {
			return fmt.Errorf("write %s: %w", x.file, err)
		}
		if data == nil {
			continue
		}
		out := File{Path: x.file, Format: x.name, Size: int64(len(data))}
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
			out.add(m, r.keysOf(i))
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

// add tells of an edition. An offprint's files go to the article as its issue has it, when that is made, too.
func (f *pagesFile) add(m *made, key func(*document.Article) string) {
	files := []pageFile{}
	for i, made := range m.files {
		files = append(files, pageFile{Format: made.Format, Path: made.name, Bytes: made.Size, SHA256: m.record.sums[i], Pages: made.Pages})
	}
	var whole *pagesIssue
	for _, w := range m.record.works {
		if w.Article == nil {
			f.Issues = append(f.Issues, pagesIssue{Number: w.Number, Volume: w.Volume, Title: w.IssueTitle, Journal: w.Journal.Title, ISSN: w.Journal.ISSN,
				Date: w.Date.ISO(), Language: w.Language, DOI: w.DOI, Key: w.Key, Citation: w.Line(), Files: files, Articles: []string{}})
			whole = &f.Issues[len(f.Issues)-1]
			continue
		}
		k := key(w.Article)
		if whole != nil {
			whole.Articles = append(whole.Articles, k)
		} else if a := f.find(k, w.Number); a != nil {
			a.Files = append(a.Files, files...)
			continue
		}
		a := pagesArticle{Issue: w.Number, Title: w.FullTitle(), Language: w.Language, URL: w.URL, DOI: w.DOI, Key: w.Key, Citation: w.Line(), Files: []pageFile{}}
		for _, p := range w.Creators() {
			a.Authors = append(a.Authors, p.Name)
		}
		if w.Pages.Count > 0 {
			a.Pages = &pagesRange{w.Pages.First, w.Pages.Last, w.Pages.Count}
		}
		if whole == nil {
			a.Files = files
		}
		f.Articles[k] = append(f.Articles[k], a)
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
