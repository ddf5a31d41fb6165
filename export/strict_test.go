package export_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/twinpress/twinpress/export"
)

// threeIssues is a site of three issues; the second lacks a picture, the third has a value in its front matter that cannot be used.
func threeIssues() fstest.MapFS {
	site := fstest.MapFS{"hugo.toml": {Data: []byte("title = \"T\"\nlanguageCode = \"en\"\n")}}
	for i, more := range []string{"date: 2020-01-01\n---\nText.", "date: 2020-01-02\n---\n![alt](gone.png)", "date: 2020-01-03\nweight: much\n---\nText."} {
		site[fmt.Sprintf("content/a%d.md", i+1)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: A\nissue: %d\n%s\n", i+1, more)}
	}
	return site
}

// TestStrictCodes refuses only the editions that have what is forbidden, and says for what.
func TestStrictCodes(t *testing.T) {
	sink := export.SinkFunc(func(_ context.Context, _ string, _ []byte) error { return nil })
	for _, c := range []struct {
		opts export.Options
		want []string // for each issue the codes of what is refused
	}{
		{export.Options{}, []string{"", "", ""}},
		{export.Options{Strict: true}, []string{"", "missing-image", "bad-value"}},
		{export.Options{Strict: true, Ignore: []string{"missing-image"}}, []string{"", "", "bad-value"}},
		{export.Options{StrictCodes: []string{"missing-image"}}, []string{"", "missing-image", ""}},
		{export.Options{Strict: true, Issues: []string{"1"}}, []string{""}}, // others' faults are of no consequence
	} {
		c.opts.Sink, c.opts.Formats = sink, []string{"epub"}
		c.opts.NoPageList = true
		res, err := export.Build(t.Context(), export.FS(threeIssues(), "."), c.opts)
		var got []string
		failed := false
		for _, e := range res.Editions {
			codes := ""
			for _, p := range e.Refusals {
				codes += p.Code
			}
			got = append(got, codes)
			failed = failed || e.Failed
			if e.Failed != (codes != "") || e.Failed != (len(e.Files) == 0) {
				t.Errorf("%s: failed is %v, with %q and %d files", e.Name, e.Failed, codes, len(e.Files))
			}
		}
		if !slices.Equal(got, c.want) || failed != errors.Is(err, export.ErrStrict) {
			t.Errorf("strict %v %v: refused for %q (%v), want %q", c.opts.Strict, c.opts.StrictCodes, got, err, c.want)
		}
	}
	if err := (&export.Options{StrictCodes: []string{"none"}}).Validate(); err == nil {
		t.Error("a code that no problem has was taken")
	}
}

// TestFound is told of each problem once, in the order of the plan, however many editions are made at once.
func TestFound(t *testing.T) {
	for _, jobs := range []int{1, 4} {
		var told []string
		res, err := export.Build(t.Context(), export.FS(threeIssues(), "."), export.Options{Formats: []string{"epub"}, NoPageList: true, Offprints: true, Jobs: jobs,
			Sink: export.SinkFunc(func(context.Context, string, []byte) error { return nil }),
			Found: func(edition string, ps []export.Problem) {
				for _, p := range ps {
					told = append(told, edition+" "+p.Code)
				}
			}})
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"t-2 missing-image", "t-3 bad-value"}; !slices.Equal(told, want) || len(res.Problems) != len(want) {
			t.Errorf("%d jobs: told of %q, want %q (%v)", jobs, told, want, res.Problems)
		}
	}
}
