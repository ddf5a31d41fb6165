package export

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/cache"
)

// What an edition was made as is kept under two keys. The first is of the site's files: when none that matters has changed, not even the
// articles are read. The second is of the document that was read from them, the style, the fonts and the settings: a
// change that makes no other document (another article's title, a picture that nobody shows) makes no other edition.
//
//	site's files, options, program ──▶ readingNote (what was found on reading, second key)
//	document, style, fonts, options, program ──▶ madeNote (files by their sums, what was found on making)

// A reuse is a run's use of the cache.
type reuse struct {
	cache *cache.Cache
	stock *hugo.Stock // nil for a source without a site around it
	base  string      // digest of what all editions of the run depend on
	most  int64       // bytes that the cache may hold
	lost  error       // why something could not be kept; the first
}

// A readingNote is what the cache keeps of reading an edition.
type readingNote struct {
	Facts    []hugo.Fact `json:"facts,omitempty"`
	Problems []Problem   `json:"problems,omitempty"`
	Made     string      `json:"made"` // the key of its madeNote
}

// A madeNote is what the cache keeps of making one.
type madeNote struct {
	Files    []madeFile `json:"files"` // in the order of the run's formats
	Problems []Problem  `json:"problems,omitempty"`
	Layout   string     `json:"layout,omitempty"`
	Record   *record    `json:"record,omitempty"`
	Holding  *holding   `json:"holding,omitempty"`
}

type madeFile struct {
	Sum   string `json:"sum"`
	Size  int64  `json:"size"`
	Pages int    `json:"pages,omitempty"`
}

// A pieceNote is what the cache keeps of a part of an edition that is made anew: a cover, a converted picture.
type pieceNote struct {
	Sum  string          `json:"sum,omitempty"` // "" for a nil piece
	Told json.RawMessage `json:"told"`
}

// openCache makes the cache ready, where the options ask for one and everything that an edition depends on has a digest: what a
// caller's own functions do has none. A lock is written of pages that are laid out, and so asks for them.
func (r *run) openCache() error {
	o := r.opts
	if o.Cache == "" || program() == "" || o.LayoutReport != nil || r.writesLock() || len(o.MoreFormats)+len(o.Extensions)+len(o.Shortcodes) > 0 || r.content.config == nil {
		return nil
	}
	c, err := cache.Open(o.Cache, o.Today)
	if err != nil {
		return err
	}
	u := &reuse{cache: c, stock: r.stock, most: cmp.Or(o.CacheSize, defaultCacheSize)}
	if u.base, err = r.dependencies(); err != nil {
		return nil // a style or a configuration that holds a function
	}
	r.reuse = u
	return nil
}

// takeStock finds out what the run's editions depend on, when somebody wants to know.
func (r *run) takeStock(ctx context.Context) (err error) {
	if r.content.stock != nil && r.opts.traced() {
		r.stock, err = r.content.stock(ctx, r.opts.Cache, r.outputFolder())
	}
	return err
}

// defaultCacheSize is how many bytes a cache may hold when nobody says.
const defaultCacheSize = 2 << 30

// outputFolder is the folder that the files go to, absolute; "" when they go elsewhere.
func (r *run) outputFolder() string {
	d, ok := r.press.sink.(Folder)
	if !ok {
		return ""
	}
	abs, err := filepath.Abs(string(d))
	if err != nil {
		return ""
	}
	return abs
}

// dependencies is the digest of what all editions of a run depend on, but for the site's files.
func (r *run) dependencies() (string, error) {
	o := r.opts
	fonts, err := r.ownFonts()
	if err != nil {
		return "", err
	}
	cfg := *r.content.config
	cfg.File, cfg.Fonts = "", "" // where they lie is of no consequence
	var formats []string
	for _, f := range r.formats {
		formats = append(formats, f.Name)
	}
	var indexes []string
	for _, x := range r.indexes {
		indexes = append(indexes, x.name)
	}
	return cache.Digest(program(), formats, indexes, o.Drafts, o.Future, o.Expired, o.Language, o.now(), o.Modified, o.Environment, o.Lock, o.Notes, o.NoPageList,
		r.house.style, string(r.house.standard), fonts, cfg, filepath.Base(r.content.contents.Folder), r.lock.raw)
}

// ownFonts gives the sum of each file in the publisher's folder of fonts.
func (r *run) ownFonts() (sums []string, err error) {
	folder, err := r.content.fonts()
	if folder == nil || err != nil {
		return nil, err
	}
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		sums = append(sums, name, cache.Sum(data))
		return err
	})
	return sums, err
}

// keyOf is the first key of an edition; "" for one that has none.
func (r *run) keyOf(i int) string {
	if r.reuse == nil || r.reuse.stock == nil {
		return ""
	}
	e := r.plan[i]
	of := e.issue
	if e.whole > 0 {
		of = r.plan[e.whole-1].issue
	}
	key, err := cache.Digest("read", r.reuse.base, r.reuse.stock.Of(of), of, e.name, e.issue, e.article)
	if err != nil {
		return ""
	}
	return key
}

// madeKey is the second key of an edition; "" for one that has none.
func (r *run) madeKey(i int, e *Edition) string {
	if r.reuse == nil {
		return ""
	}
	values := []any{"made", r.reuse.base, r.plan[i].name, r.plan[i].issue, r.plan[i].article, e.issue}
	if e.of != nil {
		values = append(values, e.of.issue)
	}
	key, err := cache.Digest(values...)
	if err != nil { // a document of the caller's own kinds of nodes
		return ""
	}
	return key
}

// recall puts an edition in place as it was made before, when nothing that it depends on has changed. Nothing of it is read then.
func (r *run) recall(ctx context.Context, i int) (bool, error) {
	key := r.keyOf(i)
	if key == "" {
		return false, nil
	}
	var was readingNote
	if !r.reuse.load(key, &was) || !r.reuse.stock.Holds(was.Facts) {
		return false, nil
	}
	return r.recallMade(ctx, i, was.Made, r.withSite(i, was.Problems))
}

// withSite gives the problems of reading an edition, those of the whole site among them, which are not kept: they may depend on the day.
func (r *run) withSite(i int, own []Problem) []Problem {
	others := map[string]bool{}
	if e := r.plan[i]; e.whole > 0 {
		for k, a := range r.plan[e.whole-1].issue.Articles {
			others[a.Path] = k != e.article-1
		}
	}
	all := slices.DeleteFunc(slices.Concat(r.content.problems, own), func(p Problem) bool { return others[p.Pos.File] })
	document.SortProblems(all)
	return slices.Compact(all)
}

// withoutSite is the reverse.
func (r *run) withoutSite(all []Problem) []Problem {
	site := map[Problem]bool{}
	for _, p := range r.content.problems {
		site[p] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(p Problem) bool { return site[p] })
}

// recallMade puts an edition in place as it was made before from the document that it is made from; found are the problems of reading it.
func (r *run) recallMade(ctx context.Context, i int, key string, found []Problem) (bool, error) {
	var was madeNote
	if key == "" || !r.reuse.load(key, &was) || len(was.Files) != len(r.formats) {
		return false, nil
	}
	finished := make([]File, len(was.Files))
	missing := make([][]byte, len(was.Files)) // of those that do not lie there as they are
	for k, f := range was.Files {
		finished[k] = r.named(r.plan[i].name, r.formats[k], f.Pages)
		finished[k].Size, finished[k].sum, finished[k].Cached = f.Size, f.Sum, true
		if r.lies(finished[k]) {
			continue
		}
		data, ok := r.reuse.cache.Piece(f.Sum)
		if !ok {
			return false, nil
		}
		missing[k] = data
	}
	problems := slices.Concat(found, was.Problems)
	r.note(i, func(m *made) {
		m.problems = append(m.problems, problems...)
		m.record, m.layout, m.contents = was.Record, was.Layout, was.Holding
	})
	if err := r.passes(problems); err != nil {
		return true, err
	}
	for k, out := range finished {
		if ctx.Err() != nil {
			return true, cancelled(ctx)
		}
		if err := r.deliver(ctx, i, out, missing[k]); err != nil {
			return true, err
		}
	}
	return true, nil
}

// keep puts what an edition was read and made as into the cache.
func (r *run) keep(i int, made string, found []Problem, note *madeNote, pieces [][]byte) {
	err := func() error {
		if note != nil {
			for _, data := range pieces {
				if _, err := r.reuse.cache.PutPiece(data); err != nil {
					return err
				}
			}
			if err := r.reuse.store(made, note); err != nil {
				return err
			}
		}
		if key := r.keyOf(i); key != "" && !r.reuse.stock.Moved() {
			return r.reuse.store(key, readingNote{r.reuse.stock.Facts(), r.withoutSite(found), made})
		}
		return nil
	}()
	if err != nil {
		r.cannotKeep(err)
	}
}

// remember gives what was made under a key before, or makes it and keeps it. told is a pointer to what is to be known of it besides its
// bytes, which make sets.
func (r *run) remember(told any, make func() ([]byte, error), key ...any) ([]byte, error) {
	u := r.reuse
	under, err := cache.Digest(append(key, "piece", program())...)
	if err != nil {
		return make()
	}
	var was pieceNote
	if u.load(under, &was) && json.Unmarshal(was.Told, told) == nil {
		if was.Sum == "" {
			return nil, nil
		}
		if data, ok := u.cache.Piece(was.Sum); ok {
			return data, nil
		}
	}
	data, err := make()
	if err != nil {
		return data, err
	}
	var note pieceNote
	if note.Told, err = json.Marshal(told); err != nil {
		return data, nil
	}
	if data != nil {
		if note.Sum, err = u.cache.PutPiece(data); err != nil {
			r.cannotKeep(err)
			return data, nil
		}
	}
	if err := u.store(under, note); err != nil {
		r.cannotKeep(err)
	}
	return data, nil
}

// cannotKeep notes that the cache does not take something. It is told of when the run ends, and nothing more: everything is made.
func (r *run) cannotKeep(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reuse.lost = cmp.Or(r.reuse.lost, err)
}

func (u *reuse) load(key string, into any) bool {
	text, ok := u.cache.Note(key)
	return ok && json.Unmarshal(text, into) == nil
}

func (u *reuse) store(key string, note any) error {
	text, err := json.Marshal(note)
	if err != nil {
		return err
	}
	return u.cache.PutNote(key, text)
}

// closeCache bounds the cache, and tells what was wrong with it.
func (r *run) closeCache() {
	u := r.reuse
	if u == nil {
		return
	}
	err := errors.Join(u.lost, u.cache.Trim(u.most))
	if n := u.cache.Damaged(); n > 0 {
		r.found([]Problem{document.NewProblem("cache-damaged", Pos{File: r.opts.Cache}, fmt.Sprintf("%d of what the cache held was cut short or altered, and was made again", n), "")})
	}
	if err != nil {
		r.found([]Problem{document.NewProblem("cache-unwritable", Pos{File: r.opts.Cache}, "the cache could not take everything, and it will be made again: "+err.Error(), "--cache DIR keeps it elsewhere, --no-cache does without")})
	}
}
