package export

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/batch"
	"github.com/twinpress/twinpress/export/hugo"
)

// Merge puts together what the shares of a run have made (Options.Shard): sources are their output folders, which may be one and the same, or
// the shares' manifests. The files go to dir, unless they lie there; indexes are written, and the manifest of the whole run, byte for byte as
// one run would have left it. A share that is missing, is there twice or is of another run is an error, as is a file that is not what
// its manifest says; nothing is written then.
func Merge(ctx context.Context, sources []string, dir string) (Result, error) {
	shares, err := readShares(sources)
	if err != nil {
		return Result{}, err
	}
	var manifests []*batch.Manifest
	for _, s := range shares {
		manifests = append(manifests, s.manifest)
	}
	whole, err := batch.Merge(manifests)
	if err != nil {
		return Result{}, err
	}
	for _, s := range shares {
		for _, o := range s.manifest.Outputs() {
			if !s.folder.holds(o.Path, o.Bytes, o.SHA256) {
				return Result{}, fmt.Errorf("%s is not the file that %s tells of", s.folder.Path(o.Path), s.file)
			}
		}
	}
	r := newRun(&Options{Dir: dir, Formats: slices.Clone(whole.Options.Formats)})
	r.content = &content{config: hugo.DefaultConfig()}
	if err := r.press.open(); err != nil {
		return Result{}, err
	}
	defer r.press.close()
	if err := r.gather(ctx, shares); err != nil {
		return Result{}, err
	}
	if err := r.takeUp(whole.Records); err != nil {
		return Result{}, err
	}
	if err := r.index(ctx); err != nil {
		return Result{}, err
	}
	return r.merged(ctx, whole, shares)
}

// A share is a manifest of one, and where it lies.
type share struct {
	manifest *batch.Manifest
	file     string
	folder   Folder
}

func readShares(sources []string) (shares []share, err error) {
	var files []string
	for _, name := range sources {
		st, err := os.Stat(name)
		if err != nil {
			return nil, err
		}
		if !st.IsDir() {
			files = append(files, name)
			continue
		}
		found, _ := filepath.Glob(filepath.Join(globbed(name), "manifest-*-of-*.json"))
		if len(found) == 0 {
			return nil, fmt.Errorf("%s holds no share of a run (manifest-1-of-4.json)", name)
		}
		files = append(files, found...)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		m, err := batch.Read(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		shares = append(shares, share{m, name, Folder(filepath.Dir(name))})
	}
	return shares, nil
}

// gather copies the shares' files that do not lie in place.
func (r *run) gather(ctx context.Context, shares []share) error {
	to := r.press.sink.(Folder)
	for _, s := range shares {
		for _, o := range s.manifest.Outputs() {
			if to.holds(o.Path, o.Bytes, o.SHA256) {
				continue
			}
			data, err := os.ReadFile(s.folder.Path(o.Path))
			if err != nil {
				return err
			}
			if err := r.press.put(ctx, o.Path, data, func() {}); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeUp takes up what the indexes tell of the shares' editions, in the order of the plan.
func (r *run) takeUp(records []json.RawMessage) error {
	var all []sharedRecord
	for _, raw := range records {
		var rec sharedRecord
		if err := json.Unmarshal(raw, &rec); err != nil || rec.Record == nil {
			return fmt.Errorf("what a share tells of an edition cannot be read: %w", cmp.Or(err, io.ErrUnexpectedEOF))
		}
		r.content.config.OPDSBaseURL = rec.Base
		all = append(all, rec)
	}
	slices.SortStableFunc(all, func(a, b sharedRecord) int { return cmp.Compare(a.Place, b.Place) })
	for _, rec := range all {
		m := made{record: rec.Record}
		for _, f := range rec.Files {
			m.files = append(m.files, File{Path: f.Path, Format: f.Format, Size: f.Bytes, Pages: f.Pages, name: f.Path, sum: f.SHA256})
		}
		r.made = append(r.made, m)
	}
	return nil
}

// merged writes the manifest of the whole, in place of those of the shares that lie beside it.
func (r *run) merged(ctx context.Context, whole *batch.Manifest, shares []share) (Result, error) {
	whole.Records = nil
	whole.Problems = append(whole.Problems, lasting(r.problems)...)
	res := Result{Dir: r.opts.Dir, Problems: r.problems}
	to := r.press.sink.(Folder)
	for _, f := range r.indexed {
		whole.Indexes = append(whole.Indexes, outputOf(f))
	}
	for _, o := range whole.Outputs() {
		res.Files = append(res.Files, File{Path: to.Path(o.Path), Format: o.Format, Size: o.Bytes, Pages: o.Pages, name: o.Path, sum: o.SHA256})
	}
	for _, e := range whole.Editions {
		if e.Failed {
			res.Failed++
		}
	}
	var b bytes.Buffer
	if err := whole.Write(&b); err != nil {
		return res, err
	}
	if err := r.press.put(ctx, batch.Name, b.Bytes(), func() {}); err != nil {
		return res, err
	}
	here, err := filepath.Abs(r.opts.Dir)
	if err != nil {
		return res, err
	}
	for _, s := range shares {
		if at, err := filepath.Abs(string(s.folder)); err == nil && at == here {
			_ = os.Remove(s.file) // it is in the whole now
		}
	}
	return res, nil
}

// Verify holds the files of an output folder against its manifest. name is the folder or a manifest in it. Each file that is missing or
// altered is an Error, each that the manifest does not tell of an Info.
func Verify(name string) (files int, problems []Problem, err error) {
	if st, err := os.Stat(name); err != nil {
		return 0, nil, err
	} else if st.IsDir() {
		name = filepath.Join(name, batch.Name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return 0, nil, err
	}
	m, err := batch.Read(data)
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", name, err)
	}
	folder := Folder(filepath.Dir(name))
	told := map[string]bool{filepath.Base(name): true}
	for _, o := range m.Outputs() {
		told[o.Path] = true
		if p, ok := folder.verify(o); !ok {
			problems = append(problems, p)
		}
	}
	err = filepath.WalkDir(string(folder), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(string(folder), file)
		if rel = filepath.ToSlash(rel); err == nil && !told[rel] && !strings.HasPrefix(d.Name(), ".") {
			problems = append(problems, Problem{Code: "not-in-manifest", Severity: Info, Pos: Pos{File: file}, Message: "is not in the manifest"})
		}
		return err
	})
	return len(m.Outputs()), problems, err
}

// verify reports whether a file of the folder is what a manifest tells, and else how it is not.
func (d Folder) verify(o batch.Output) (Problem, bool) {
	p := Problem{Code: "not-as-made", Severity: Error, Pos: Pos{File: d.Path(o.Path)}, Hint: "build it again"}
	st, err := os.Stat(d.Path(o.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Message = "is not there"
	case err != nil:
		p.Message = "cannot be read: " + err.Error()
	case !st.Mode().IsRegular():
		p.Message = "is no file"
	case st.Size() != o.Bytes:
		p.Message = fmt.Sprintf("has %d bytes, and was made with %d", st.Size(), o.Bytes)
	case !d.holds(o.Path, o.Bytes, o.SHA256):
		p.Message = "has other bytes than it was made with (SHA-256)"
	default:
		return Problem{}, true
	}
	return p, false
}
