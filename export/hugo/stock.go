package hugo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sourcegraph/conc/iter"

	"github.com/twinpress/twinpress/export/internal/asset"
)

// A Stock tells on what the editions of a site depend.
type Stock struct {
	site   *Site
	common string            // sum of everything that all editions depend on
	texts  string            // sum of all articles' texts
	own    map[string]string // sum of each article, by path
	told   memo[string]      // answers, by the facts that ask for them

	opening []Fact // what opening the site asked that its folders do not tell
}

// TakeStock goes through the site's folders. Those named in without, by their paths on disk, are passed over: what a build writes is
// not what it reads. It is nil for a site that was opened for one article, or not Traced.
func (s *Site) TakeStock(ctx context.Context, without ...string) (*Stock, error) {
	if s.ledger == nil || s.file != nil {
		return nil, nil
	}
	pages, err := s.pages()
	if err != nil {
		return nil, err
	}
	out := &Stock{site: s, own: make(map[string]string, len(pages))}
	articles := make(map[string]*page, len(pages))
	texts := sha256.New()
	for _, p := range pages {
		articles[p.path] = p
		out.own[p.path] = p.sum
		fmt.Fprintf(texts, "%q %s\n", p.path, p.sum)
	}
	out.texts = hex.EncodeToString(texts.Sum(nil))

	v := &inventory{entered: map[string]bool{}, left: map[string]bool{}, sums: map[string]string{}, whole: map[string]string{}}
	for _, dir := range without {
		if rel, err := filepath.Rel(s.root, dir); err == nil && filepath.IsAbs(dir) {
			v.left[filepath.ToSlash(rel)] = true
		}
	}
	var names []string
	for _, part := range slices.Sorted(maps.Keys(s.mounts)) {
		for _, m := range s.mounts[part] {
			names = append(names, v.enter(s.ledger.fsys, m.from)...)
		}
	}
	names = append(names, s.named(s.ledger.fsys)...)
	slices.Sort(names)
	names = slices.Compact(names)
	each := iter.Mapper[string, string]{MaxGoroutines: s.opts.jobs()}
	sums := each.Map(names, func(name *string) string {
		p := articles[*name]
		switch {
		case ctx.Err() != nil:
			return ""
		case p != nil:
			return p.headSum + " " + p.info.Language // the language is guessed from the text
		}
		return sumOfFile(s.ledger.fsys, *name)
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	common := sha256.New()
	for i, name := range names {
		v.sums[name], v.whole[name] = sums[i], sums[i]
		if p := articles[name]; p != nil {
			v.whole[name] = p.sum
		}
		fmt.Fprintf(common, "%q %s\n", name, sums[i])
	}
	out.opening = s.ledger.settle(v)
	for _, f := range out.opening {
		fmt.Fprintf(common, "%s %q %s\n", f.Kind, f.Name, f.Sum)
	}
	out.common = hex.EncodeToString(common.Sum(nil))
	return out, nil
}

// named gives the files that twinpress.yaml names, wherever in the site they lie: texts, in all languages, a mark, a cover.
func (s *Site) named(fsys fs.FS) (names []string) {
	var visit func(v *value)
	visit = func(v *value) {
		if v == nil {
			return
		}
		for _, f := range v.fields {
			visit(f.val)
		}
		for _, it := range v.items {
			visit(it)
		}
		name := path.Clean(v.text)
		if v.kind != scalar || path.Ext(name) == "" || len(name) > 300 || !fs.ValidPath(name) || !isFile(fsys, name) {
			return
		}
		names = append(names, name)
		stem := strings.TrimSuffix(name, path.Ext(name))
		entries, _ := fs.ReadDir(fsys, path.Dir(name))
		for _, e := range entries { // statement.fr.md beside statement.md
			other := path.Join(path.Dir(name), e.Name())
			if e.Type().IsRegular() && strings.HasPrefix(other, stem+".") && path.Ext(other) == path.Ext(name) {
				names = append(names, other)
			}
		}
	}
	visit(s.Config.tree)
	return names
}

// enter goes through a folder, or takes a mounted file, and gives the files' names. What is not there is an answer as well.
func (v *inventory) enter(fsys fs.FS, from string) (names []string) {
	_ = fs.WalkDir(fsys, from, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && d == nil: // from itself is not there: the ledger notes who asks for it
			return nil
		case v.left[name]:
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() && name != from && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			v.left[name] = true
			return fs.SkipDir
		case d.IsDir():
			v.entered[name] = true
		case d.Type()&fs.ModeSymlink != 0 && isDir(fsys, name):
			v.left[name] = true // its files have other names than those that are found here
		case d.Type().IsRegular() || d.Type()&fs.ModeSymlink != 0:
			names = append(names, name)
		}
		return nil
	})
	return names
}

// Shared gives the files that every edition depends on, by their names and sums: all but articles and pictures.
func (st *Stock) Shared() (files []Fact) {
	for name, sum := range st.site.ledger.whole.sums {
		if st.own[name] == "" && !asset.IsPicture(name) && len(sum) == 2*sha256.Size {
			files = append(files, Fact{Kind: factFile, Name: name, Sum: sum})
		}
	}
	for _, f := range st.opening {
		if f.Kind == factFile && len(f.Sum) == 2*sha256.Size {
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b Fact) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// Sum is the SHA-256 of an article's file, hexadecimal; "" when there is none.
func (s *Site) Sum(name string) string {
	if s.file != nil && s.file.path == name {
		return fileSum(s.file.raw, nil)
	}
	if p := s.index().files[strings.ToLower(name)]; p != nil && p.sum != "" {
		return p.sum
	}
	return ""
}

// Of gives the sum of all that an edition depends on, as far as the site's folders have it. Facts tells the rest when it has been read.
func (st *Stock) Of(in IssueInfo) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %q %q %q %t\n", st.common, in.Number, in.Lang, in.Slug, in.Single)
	for _, a := range in.Articles {
		fmt.Fprintf(sum, "%q %s\n", a.Path, st.own[a.Path])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Moved reports whether a file that was read since was another than when stock was taken: what editions depend on is not known then.
func (st *Stock) Moved() bool {
	st.site.ledger.mu.Lock()
	defer st.site.ledger.mu.Unlock()
	return st.site.ledger.moved
}

// Facts gives what has been asked so far that the site's folders do not tell: more than any one edition asked that is read by now.
func (st *Stock) Facts() []Fact {
	facts := st.site.ledger.facts()
	if st.site.ledger.isWide() {
		facts = append(facts, Fact{Kind: factTexts, Sum: st.texts})
	}
	return facts
}

// Holds reports whether facts are still so.
func (st *Stock) Holds(facts []Fact) bool {
	return !slices.ContainsFunc(facts, func(f Fact) bool {
		now, _ := st.told.get(f.Kind+" "+f.Name, func() (string, error) { return st.ask(f), nil })
		return now != f.Sum
	})
}

// ask gives the answer that the file system has for a fact now.
func (st *Stock) ask(f Fact) string {
	fsys := st.site.ledger.fsys
	switch f.Kind {
	case factFile:
		return sumOfFile(fsys, f.Name)
	case factEntry:
		return entrySum(fsys, f.Name)
	case factFolder:
		entries, err := fs.ReadDir(fsys, f.Name)
		return folderSum(entries, err)
	case factTexts:
		return st.texts
	}
	return ""
}

// sums notes what a page's file is, and what it is to others: its front matter.
func (p *page) sums(raw, body []byte) {
	p.sum = fileSum(raw, nil)
	head, ok := cutEnd(raw, body)
	if !ok {
		head = raw // the text was mended while it was read
	}
	p.headSum = fileSum(head, nil)
}

func cutEnd(raw, body []byte) ([]byte, bool) {
	if len(body) > len(raw) || string(raw[len(raw)-len(body):]) != string(body) {
		return nil, false
	}
	return raw[:len(raw)-len(body)], true
}
