// Package pagelock knows which words of a published issue stand on which page, as a file keeps it (pages.lock.json), and tells what
// a later setting of the same issue would move. A page is known by the words that it begins and ends with: they change when a line
// goes over to another page, and stay when a text is corrected within its page.
package pagelock

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// Name is the file's, which lies in the site's folder.
const Name = "pages.lock.json"

// version is the file's form. A file of a later one is refused.
const version = 1

// A File holds the pages of issues that are published.
type File struct {
	Version  int        `json:"version"`
	Editions []*Edition `json:"editions"`
}

// An Edition is an issue in one language and one style.
type Edition struct {
	Issue    string    `json:"issue"`
	Language string    `json:"language"` // BCP 47
	Style    string    `json:"style"`    // by name: its measures may change, and then pages do
	Size     string    `json:"size"`     // of the paper, for messages
	Articles []Article `json:"articles"` // in order
}

// An Article stands on pages.
type Article struct {
	File  string `json:"file"` // from the site's folder
	Title string `json:"title"`
	Pages []Page `json:"pages"`
}

// A Page is what an article has on one page. What it says there is in three streams, which go over to the next page each by itself.
type Page struct {
	Label   string `json:"page"` // as printed
	Text    Ends   `json:"text,omitzero"`
	Notes   Ends   `json:"notes,omitzero"`
	Figures Ends   `json:"figures,omitzero"` // captions and tables, which may float
}

// Ends are the first and the last words of a text.
type Ends struct {
	First, Last string

	letters string       // of the whole text; of a setting, not of a file
	pos     document.Pos // where it begins
}

// MarshalJSON writes the two as a list, so that a page is one line.
func (e Ends) MarshalJSON() ([]byte, error) { return compact([2]string{e.First, e.Last}) }

// UnmarshalJSON reads the list.
func (e *Ends) UnmarshalJSON(data []byte) error {
	var both [2]string
	err := json.Unmarshal(data, &both)
	e.First, e.Last = both[0], both[1]
	return err
}

// IsZero reports whether there was no text.
func (e Ends) IsZero() bool { return e.First == "" && e.Last == "" }

// How much of a text is kept: enough to be no refrain, and to be found again by a reader.
const (
	mostWords = 8
	mostRunes = 60
)

// EndsOf gives the ends of a text that begins at a place.
func EndsOf(text string, pos document.Pos) Ends {
	words := strings.Fields(text)
	n := min(mostWords, len(words))
	first, last := []rune(strings.Join(words[:n], " ")), []rune(strings.Join(words[len(words)-n:], " "))
	return Ends{First: string(first[:min(mostRunes, len(first))]), Last: string(last[max(0, len(last)-mostRunes):]), letters: letters(text), pos: pos}
}

// letters leaves of a text what no breaking of lines changes.
func letters(s string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
	return cmp.Or(kept, strings.Join(strings.Fields(s), ""))
}

// Find gives an issue's entry in a style. Failing that, styles are those in which there is one.
func (f *File) Find(issue, language, style string) (found *Edition, styles []string) {
	for _, e := range f.Editions {
		switch {
		case e.Issue != issue || e.Language != language:
		case e.Style == style:
			return e, nil
		default:
			styles = append(styles, e.Style)
		}
	}
	return nil, styles
}

// Put sets an issue's entry in place of the one that there was.
func (f *File) Put(e *Edition) {
	f.Editions = slices.DeleteFunc(f.Editions, func(o *Edition) bool { return o.key() == e.key() })
	f.Editions = append(f.Editions, e)
}

func (e *Edition) key() [3]string { return [3]string{e.Issue, e.Language, e.Style} }

// Encode writes the file: editions in order, a page a line, so that what version control shows of a change is that change.
func (f *File) Encode() ([]byte, error) {
	order := slices.Clone(f.Editions)
	slices.SortFunc(order, func(a, b *Edition) int {
		return cmp.Or(cmp.Compare(len(a.Issue), len(b.Issue)), cmp.Compare(a.Issue, b.Issue), cmp.Compare(a.Language, b.Language), cmp.Compare(a.Style, b.Style))
	})
	w := &writer{}
	w.line(`{"version": %s, "editions": [`, version)
	for i, e := range order {
		w.line(`  {"issue": %s, "language": %s, "style": %s, "size": %s, "articles": [`, e.Issue, e.Language, e.Style, e.Size)
		for k, a := range e.Articles {
			w.line(`    {"file": %s, "title": %s, "pages": [`, a.File, a.Title)
			for n, p := range a.Pages {
				w.line(`      %s`+comma(n, len(a.Pages)), p)
			}
			w.line(`    ]}` + comma(k, len(e.Articles)))
		}
		w.line(`  ]}` + comma(i, len(order)))
	}
	w.line(`]}`)
	return w.Bytes(), w.err
}

func comma(i, n int) string {
	if i+1 < n {
		return ","
	}
	return ""
}

type writer struct {
	bytes.Buffer
	err error
}

// line writes a line with values as JSON in it.
func (w *writer) line(format string, values ...any) {
	texts := make([]any, len(values))
	for i, v := range values {
		data, err := compact(v)
		w.err = errors.Join(w.err, err)
		texts[i] = string(data)
	}
	fmt.Fprintf(w, format+"\n", texts...)
}

// compact is a value as JSON on one line.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// Decode reads a file. An error is a document.Problem with its place.
func Decode(raw []byte) (*File, error) {
	text := source.NewFile(Name, raw)
	at := func(off int) document.Pos { return (&source.Source{File: text}).Pos(off) }
	fail := func(off int, message string) error {
		return document.NewProblem("bad-lock", at(off), message, "take it from version control as it was, or lock the published issues anew with --lock after deleting it")
	}
	if !utf8.Valid(raw) {
		return nil, fail(0, "is not UTF-8")
	}
	f := &File{}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(f); err != nil {
		return nil, fail(offset(raw, d, err), reason(err))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fail(int(d.InputOffset()), "something follows the end of the table")
	}
	if f.Version != version {
		return nil, fail(max(0, bytes.Index(raw, []byte(`"version"`))), fmt.Sprintf("is of version %d, and this twinpress reads version %d", f.Version, version))
	}
	seen := map[[3]string]bool{}
	from := 0
	for _, e := range f.Editions {
		from += max(0, bytes.Index(raw[from:], []byte(`"issue"`)))
		if e == nil || e.Style == "" || slices.ContainsFunc(e.Articles, func(a Article) bool { return a.File == "" || len(a.Pages) == 0 }) {
			return nil, fail(from, "an edition lacks its style, or an article its file or its pages")
		}
		if seen[e.key()] {
			return nil, fail(from, fmt.Sprintf("issue %s (%s) stands twice in the style %s", e.Issue, e.Language, e.Style))
		}
		seen[e.key()] = true
		from = min(from+1, len(raw))
	}
	return f, nil
}

// offset is where JSON is wrong.
func offset(raw []byte, d *json.Decoder, err error) int {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return max(0, int(e.Offset)-1)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return max(0, int(e.Offset)-1)
	}
	if _, key, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return max(0, bytes.Index(raw, []byte(key)))
	}
	return min(int(d.InputOffset()), len(raw))
}

func reason(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "ends too soon"
	}
	return "is no table of pages: " + strings.TrimPrefix(err.Error(), "json: ")
}
