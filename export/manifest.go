package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/batch"
	"github.com/twinpress/twinpress/export/document"
)

// A holding is what a manifest tells of an edition that its files do not.
type holding struct {
	Words    int           `json:"words"`
	Notes    int           `json:"notes"`
	Pictures []batch.Input `json:"pictures,omitempty"`
	Fonts    []batch.Font  `json:"fonts,omitempty"`
}

// contentsOf counts what an edition holds. Its pages are laid out already when it has any.
func (e *Edition) contentsOf(ctx context.Context) *holding {
	c := &holding{}
	pictures := map[*document.Asset]bool{}
	show := func(a *document.Asset) {
		if a != nil && a.Data != nil && !pictures[a] {
			pictures[a] = true
			c.Pictures = append(c.Pictures, batch.Input{Path: a.Name, SHA256: sumOf(a.Data)})
		}
	}
	show(e.issue.Cover)
	show(e.issue.Journal.Logo)
	for _, a := range e.issue.Texts() {
		c.Notes += len(a.Notes)
		document.WalkArticle(a, func(n document.Node) bool {
			switch n := n.(type) {
			case *document.Text:
				c.Words += len(strings.Fields(n.Value))
			case *document.Image:
				show(n.Asset)
			}
			return true
		})
	}
	if e.paged() {
		if set := e.layout(ctx); set.err == nil {
			for _, f := range set.pages.Faces() {
				c.Fonts = append(c.Fonts, batch.Font{Name: f.Name(), Family: f.Family(), SHA256: sumOf(f.Data())})
			}
		}
	}
	return c
}

// passing are the codes of problems that depend on the day or on the machine: no manifest tells of them.
var passing = []string{"ahead", "cache-damaged", "cache-unwritable"}

func lasting(ps []Problem) []Problem {
	return slices.DeleteFunc(distinct(slices.Clone(ps)), func(p Problem) bool { return slices.Contains(passing, p.Code) })
}

// manifest tells of the run. The caller has made all editions and indexes.
func (r *run) manifest() *batch.Manifest {
	o := r.opts
	m := &batch.Manifest{Format: batch.Format, Generator: generator(), Build: program(), Inputs: r.shared(), Problems: lasting(r.ruled(r.problems))}
	m.Options = batch.Options{Formats: o.formats(), Style: r.house.style.Name, Standard: string(r.house.standard), Language: o.Language, Drafts: o.Drafts, Future: o.Future, Expired: o.Expired}
	if t := o.now(); !t.IsZero() {
		m.Options.Now = t.UTC().Format(time.RFC3339)
	}
	if !o.Modified.IsZero() {
		m.Options.Modified = o.Modified.UTC().Format(time.RFC3339)
	}
	for i := range r.made {
		m.Editions = append(m.Editions, r.told(i))
	}
	for _, f := range r.indexed {
		if f.Format != "lock" { // which lies with the site
			m.Indexes = append(m.Indexes, outputOf(f))
		}
	}
	return m
}

// told is what a manifest tells of an edition.
func (r *run) told(i int) batch.Edition {
	plan, made := r.plan[i], &r.made[i]
	e := batch.Edition{Name: plan.name, Source: plan.source, Issue: plan.issue.Number, Language: plan.issue.Lang, Problems: lasting(r.ruled(made.problems)), Failed: made.failed || len(made.files) == 0}
	for _, a := range plan.issue.Articles {
		if sum := r.content.sum(a.Path); sum != "" {
			e.Inputs = append(e.Inputs, batch.Input{Path: a.Path, SHA256: sum})
		}
	}
	if e.Failed {
		return e
	}
	for _, f := range made.files {
		e.Outputs = append(e.Outputs, outputOf(f))
		e.Pages = max(e.Pages, f.Pages)
	}
	if c := made.contents; c != nil {
		e.Words, e.Notes, e.Fonts = c.Words, c.Notes, c.Fonts
		e.Inputs = append(e.Inputs, c.Pictures...)
	}
	return e
}

func outputOf(f File) batch.Output {
	return batch.Output{Path: f.name, Format: f.Format, Bytes: f.Size, SHA256: f.sum, Pages: f.Pages}
}

// shared are the files that all editions depend on.
func (r *run) shared() (inputs []batch.Input) {
	if r.stock == nil {
		return nil
	}
	for _, f := range r.stock.Shared() {
		inputs = append(inputs, batch.Input{Path: f.Name, SHA256: f.Sum})
	}
	return inputs
}

// selects reports whether a run makes only some of what the site holds.
func (o *Options) selects() bool {
	return len(o.Issues)+len(o.Articles)+len(o.Volumes) > 0 || o.Language != ""
}

// writeManifest writes the manifest of the run, and finds what an earlier one tells of and this one does not.
func (r *run) writeManifest(ctx context.Context) error {
	if !r.opts.Manifest {
		return nil
	}
	m, name := r.manifest(), batch.Name
	if s := r.opts.Shard; s != (batch.Shard{}) {
		m.Shard, name = &s, s.File()
		if err := r.addRecords(m); err != nil {
			return err
		}
	}
	earlier := r.earlier(name)
	if earlier != nil && r.opts.selects() && m.Shard == nil {
		m.Keep(earlier, func(o batch.Output) bool {
			st, err := os.Stat(r.press.sink.(Folder).Path(o.Path))
			return err == nil && st.Mode().IsRegular() && st.Size() == o.Bytes
		})
	}
	r.findStale(earlier, m)
	m.Tidy()
	if len(m.Outputs()) == 0 && earlier == nil && m.Shard == nil {
		return nil // nothing was made, and nothing was there
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		return err
	}
	out := File{Path: name, Format: "manifest", Size: int64(b.Len()), name: name, sum: sumOf(b.Bytes())}
	if d, ok := r.press.sink.(Folder); ok {
		out.Path = d.Path(name)
		if d.holds(name, out.Size, out.sum) {
			return nil
		}
	}
	return r.press.put(ctx, name, b.Bytes(), func() {})
}

// A sharedRecord is a record on its way from a share to the whole.
type sharedRecord struct {
	Place  int        `json:"place"`          // of the edition in the plan of the whole run
	Base   string     `json:"base,omitempty"` // of the catalogue
	Files  []pageFile `json:"files"`
	Record *record    `json:"record"`
}

// addRecords gives a share what the indexes of the whole run will tell of its editions.
func (r *run) addRecords(m *batch.Manifest) error {
	for i := range r.made {
		if rec := r.made[i].record; rec != nil && !r.made[i].failed {
			data, err := json.Marshal(sharedRecord{r.plan[i].place, r.content.config.OPDSBaseURL, r.made[i].pageFiles(), rec})
			if err != nil {
				return err
			}
			m.Records = append(m.Records, data)
		}
	}
	return nil
}

// earlier is the manifest that lies in the output folder already; nil for none that can be read.
func (r *run) earlier(name string) *batch.Manifest {
	d, ok := r.press.sink.(Folder)
	if !ok {
		return nil
	}
	data, err := os.ReadFile(d.Path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var m *batch.Manifest
	if err == nil {
		m, err = batch.Read(data)
	}
	if err != nil {
		r.found([]Problem{document.NewProblem("bad-manifest", Pos{File: d.Path(name)}, fmt.Sprintf("cannot be read, and is written anew: %v", err), "")})
		return nil
	}
	return m
}

// findStale notes the files of an earlier run that lie in the output folder and belong to nothing that the site holds now. Those of an
// edition that failed are what there is of it.
func (r *run) findStale(earlier, now *batch.Manifest) {
	if earlier == nil || now.Shard != nil || r.opts.selects() {
		return
	}
	kept := map[string]bool{}
	for _, o := range now.Outputs() {
		kept[o.Path] = true
	}
	failed := map[string]bool{}
	for _, e := range now.Editions {
		failed[e.Name] = e.Failed
	}
	d := r.press.sink.(Folder)
	for _, e := range append(earlier.Editions, batch.Edition{Outputs: append(earlier.Indexes, earlier.Stale...)}) {
		for _, o := range e.Outputs {
			if st, err := os.Lstat(d.Path(o.Path)); !kept[o.Path] && !failed[e.Name] && err == nil && st.Mode().IsRegular() {
				r.stale = append(r.stale, o.Path)
				now.Stale = append(now.Stale, o)
			}
		}
	}
	if !r.opts.Prune {
		return
	}
	now.Stale = nil
	r.stale = slices.DeleteFunc(r.stale, func(name string) bool {
		if os.Remove(d.Path(name)) != nil {
			return false
		}
		r.pruned = append(r.pruned, name)
		for dir := filepath.Dir(filepath.FromSlash(name)); dir != "."; dir = filepath.Dir(dir) {
			if os.Remove(filepath.Join(string(d), dir)) != nil { // it holds something else
				break
			}
		}
		return true
	})
}
