// Package batch tells of what a run made, so that others can rely on it: a manifest of every file with its checksum and of everything that it was
// made from. A run can be parted among machines that know nothing of each other, each of which leaves a manifest of its share;
// Merge gives the one that a single machine would have left. The schema is in schema.json.
package batch

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Name is the file of a manifest in the output folder.
const Name = "manifest.json"

// Schema is the JSON Schema (draft 2020-12) of manifests.
//
//go:embed schema.json
var Schema []byte

// Format is the version of what a manifest says.
const Format = 1

// A Manifest tells of a run. It holds nothing that depends on the day, the machine or on how the work was shared out: the same input gives
// the same bytes.
type Manifest struct {
	Format    int                `json:"format"`
	Generator string             `json:"generator"`         // the program and its version
	Build     string             `json:"build"`             // tells one build of the program from another
	Shard     *Shard             `json:"shard,omitempty"`   // the share of the run; nil of a whole one
	Options   Options            `json:"options"`           // that the run was asked for
	Inputs    []Input            `json:"inputs"`            // that all editions share: configuration, templates, data
	Editions  []Edition          `json:"editions"`          // in the order of their names
	Indexes   []Output           `json:"indexes"`           // files that tell of all editions
	Problems  []document.Problem `json:"problems"`          // of no edition in particular
	Stale     []Output           `json:"stale,omitempty"`   // files of earlier runs that lie there, and belong to nothing any more
	Records   []json.RawMessage  `json:"records,omitempty"` // of a shard: what the indexes will tell of its editions
}

// Options are those that make a run's editions what they are.
type Options struct {
	Formats  []string `json:"formats"`
	Style    string   `json:"style"`
	Standard string   `json:"pdfStandard"`
	Language string   `json:"language,omitempty"`
	Drafts   bool     `json:"drafts,omitempty"`
	Future   bool     `json:"future,omitempty"`
	Expired  bool     `json:"expired,omitempty"`
	Now      string   `json:"now,omitempty"` // RFC 3339
	Modified string   `json:"modified,omitempty"`
}

// An Edition is what a manifest tells of one.
type Edition struct {
	Name     string             `json:"name"`   // stem of its files
	Source   string             `json:"source"` // what it was made of
	Issue    string             `json:"issue,omitempty"`
	Language string             `json:"language,omitempty"`
	Failed   bool               `json:"failed,omitempty"` // it has no outputs then; the problems say why
	Outputs  []Output           `json:"outputs"`
	Pages    int                `json:"pages"`
	Words    int                `json:"words"`
	Notes    int                `json:"notes"`
	Inputs   []Input            `json:"inputs"` // articles and pictures
	Fonts    []Font             `json:"fonts"`  // of the pages
	Problems []document.Problem `json:"problems"`
}

// An Output is a file that was made.
type Output struct {
	Path   string `json:"path"` // from the manifest's folder, slash-separated
	Format string `json:"format"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Pages  int    `json:"pages,omitempty"`
}

// An Input is a file that something was made from.
type Input struct {
	Path   string `json:"path"` // from the site's folder
	SHA256 string `json:"sha256"`
}

// A Font is a face that pages are set in.
type Font struct {
	Name   string `json:"name"` // PostScript
	Family string `json:"family"`
	SHA256 string `json:"sha256"` // of its file
}

// Write writes a manifest.
func (m *Manifest) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(m)
}

// Read reads a manifest. One of a later format is an error, as is what is none.
func Read(data []byte) (*Manifest, error) {
	m := &Manifest{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("not a manifest: %w", err)
	}
	if m.Format != Format {
		return nil, fmt.Errorf("a manifest of format %d, of which this program knows only %d", m.Format, Format)
	}
	if s := m.Shard; s != nil {
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("not a manifest: %w", err)
		}
	}
	for _, o := range append(m.Outputs(), m.Stale...) {
		if !local(o.Path) {
			return nil, fmt.Errorf("not a manifest: the file %q does not lie beside it", o.Path)
		}
	}
	return m, nil
}

// local reports whether a path stays below the folder that it counts from.
func local(name string) bool {
	parts := strings.Split(name, "/")
	return name != "" && !strings.ContainsAny(name, `\:`) && !slices.ContainsFunc(parts, func(p string) bool { return p == "" || p == "." || p == ".." })
}

// Outputs gives all files of a manifest: those of editions, then those that tell of all.
func (m *Manifest) Outputs() []Output {
	var all []Output
	for _, e := range m.Editions {
		all = append(all, e.Outputs...)
	}
	return append(all, m.Indexes...)
}

// Tidy puts a manifest into its order, whoever made the parts first.
func (m *Manifest) Tidy() {
	slices.SortStableFunc(m.Editions, func(a, b Edition) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Inputs, byPath)
	m.Inputs = some(m.Inputs)
	m.Editions, m.Indexes, m.Problems = some(m.Editions), some(m.Indexes), some(m.Problems)
	m.Options.Formats = some(m.Options.Formats)
	for i := range m.Editions {
		e := &m.Editions[i]
		slices.SortFunc(e.Inputs, byPath)
		e.Outputs, e.Inputs, e.Fonts, e.Problems = some(e.Outputs), some(slices.Compact(e.Inputs)), some(e.Fonts), some(e.Problems)
	}
}

func byPath(a, b Input) int { return strings.Compare(a.Path, b.Path) }

// some gives an empty list for none, which JSON writes as [].
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Keep takes over from an earlier manifest of the same folder the editions that this run did not make, as far as their files lie there still:
// exists tells of an output. A run of some issues leaves a manifest of the whole folder so.
func (m *Manifest) Keep(earlier *Manifest, exists func(Output) bool) {
	has := map[string]bool{}
	for _, e := range m.Editions {
		has[e.Name] = true
	}
	m.Stale = earlier.Stale
	for _, e := range earlier.Editions {
		if !has[e.Name] && len(e.Outputs) > 0 && !slices.ContainsFunc(e.Outputs, func(o Output) bool { return !exists(o) }) {
			m.Editions = append(m.Editions, e)
		}
	}
}

// Merge gives the manifest of the whole run of which others tell the shares. All must be there, once, and of one run: the same program,
// options, shared inputs.
func Merge(shares []*Manifest) (*Manifest, error) {
	if len(shares) == 0 {
		return nil, errors.New("there is no share to merge")
	}
	byIndex := map[int]*Manifest{}
	first := shares[0]
	for _, m := range shares {
		switch {
		case m.Shard == nil:
			return nil, errors.New("a manifest of a whole run is no share of one")
		case m.Shard.Of != first.Shard.Of:
			return nil, fmt.Errorf("share %s is of another run than share %s", m.Shard, first.Shard)
		case byIndex[m.Shard.Index] != nil:
			return nil, fmt.Errorf("share %s is there twice", m.Shard)
		}
		byIndex[m.Shard.Index] = m
	}
	out := *first
	out.Shard, out.Editions, out.Records = nil, nil, nil
	names := map[string]string{}
	for i := 1; i <= first.Shard.Of; i++ {
		m := byIndex[i]
		if m == nil {
			return nil, fmt.Errorf("share %s is missing", Shard{i, first.Shard.Of})
		}
		if what := differs(m, first); what != "" {
			return nil, fmt.Errorf("share %s and share %s were made by another %s", m.Shard, first.Shard, what)
		}
		for _, e := range m.Editions {
			if names[e.Name] != "" {
				return nil, fmt.Errorf("%s is in share %s and in share %s", e.Name, names[e.Name], m.Shard)
			}
			names[e.Name] = m.Shard.String()
		}
		out.Editions = append(out.Editions, m.Editions...)
		out.Records = append(out.Records, m.Records...)
	}
	out.Tidy()
	return &out, nil
}

// differs names what two shares of one run may not differ in; "" when they do not.
func differs(a, b *Manifest) string {
	same := func(x, y any) bool {
		p, err := json.Marshal(x)
		q, err2 := json.Marshal(y)
		return err == nil && err2 == nil && bytes.Equal(p, q)
	}
	switch {
	case a.Generator != b.Generator || a.Build != b.Build:
		return "program"
	case !same(a.Options, b.Options):
		return "set of options"
	case !same(a.Inputs, b.Inputs):
		return "configuration, template or data"
	case !same(a.Problems, b.Problems):
		return "site"
	}
	return ""
}
