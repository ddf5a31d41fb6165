package export

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/hugo"
)

// contents is a site of two issues and an article of none, told by values alone.
func contents() hugo.Contents {
	article := func(path, stem, slug, issue string) hugo.ArticleInfo {
		return hugo.ArticleInfo{Path: path, Within: strings.TrimPrefix(path, "content/"), Stem: stem, Slug: slug, Issue: issue}
	}
	return hugo.Contents{Folder: "/home/review", Issues: []hugo.IssueInfo{
		{Slug: "review", Articles: []hugo.ArticleInfo{article("content/posts/note.md", "note", "note", "")}},
		{Number: "9", Slug: "review-9", Articles: []hugo.ArticleInfo{article("content/posts/a.md", "a", "a", "9"),
			article("content/posts/b.de.md", "b", "beta", "9")}},
		{Number: "10", Slug: "review-10", Articles: []hugo.ArticleInfo{article("content/leaf/index.md", "leaf", "leaf", "10")}},
	}}
}

// volumes is a site of three issues, two of them of one volume.
func volumes() hugo.Contents {
	c := contents()
	c.Issues = append(c.Issues, hugo.IssueInfo{Number: "11", Slug: "review-11", Volume: "4"})
	c.Issues[1].Volume, c.Issues[2].Volume = "3", "3"
	return c
}

func TestPlan(t *testing.T) {
	file := contents()
	file.Issues, file.File = file.Issues[1:2], "content/posts/b.de.md"
	for _, c := range []struct {
		of   hugo.Contents
		opts Options
		want string // names of editions, or the beginning of the error
	}{
		{contents(), Options{}, "review-9 review-10"},
		{contents(), Options{Offprints: true}, "review-9 review-9/a review-9/beta review-10 review-10/leaf"},
		{contents(), Options{Issues: []string{"10", "9", "10"}}, "review-10 review-9"},
		{contents(), Options{Issues: []string{""}}, "review"},
		{contents(), Options{Issues: []string{"11"}}, `no issue "11"; there are: 9, 10`},
		{contents(), Options{Articles: []string{"*"}}, "note a beta leaf"},
		{contents(), Options{Articles: []string{"beta", "a", "A"}}, "beta a"},
		{contents(), Options{Articles: []string{"posts/*"}, Issues: []string{"9"}}, "a beta"},
		{contents(), Options{Articles: []string{"x"}}, `no article matches "x"; twinpress list`},
		{contents(), Options{Articles: []string{"a"}, Issues: []string{"10"}}, `no article matches "a"`},
		{hugo.Contents{Issues: contents().Issues[:1]}, Options{}, "review"},
		{hugo.Contents{Folder: "/home/review"}, Options{}, "no article found in /home/review"},
		{hugo.Contents{}, Options{}, "no article found"},
		{volumes(), Options{Volumes: []string{"3"}}, "volume-3"},
		{volumes(), Options{Volumes: []string{"Vol. 3", "4", "volume 4"}}, "volume-3 volume-4"},
		{volumes(), Options{Volumes: []string{"2019"}}, `no volume "2019"; there are: 3, 4`},
		{volumes(), Options{Bind: true}, "issues-9-11"},
		{volumes(), Options{Bind: true, Issues: []string{"9", "10"}}, "issues-9-10"},
		{volumes(), Options{Bind: true, Issues: []string{"9", "11"}}, "issues-9_11"},
		{contents(), Options{Volumes: []string{"3"}}, `no volume "3": volumes are made of issues that have numbers`},
		{hugo.Contents{Issues: contents().Issues[:1]}, Options{Bind: true}, `no volume ""`},
		{file, Options{Bind: true}, "content/posts/b.de.md is one article"},
		{file, Options{}, "beta"},
		{file, Options{Issues: []string{"9"}}, "content/posts/b.de.md is one article"},
	} {
		plan, _, err := plan(c.of, &c.opts)
		var names []string
		for _, e := range plan {
			names = append(names, e.name)
		}
		got := strings.Join(names, " ")
		if err != nil {
			got = err.Error()
		}
		if got != c.want && (err == nil || !strings.HasPrefix(got, c.want)) {
			t.Errorf("%+v plans %q, want %q", c.opts, got, c.want)
		}
	}
}

func TestPlanTellsWhatIsLeftOut(t *testing.T) {
	_, problems, err := plan(contents(), &Options{})
	if err != nil || len(problems) != 1 || problems[0].Code != "no-issue" || problems[0].Pos.File != "content/posts/note.md" {
		t.Errorf("%v, %v", problems, err)
	}
}

func TestPlanErrors(t *testing.T) {
	_, _, err := plan(contents(), &Options{Issues: []string{"11"}})
	var missing *NotFoundError
	if !errors.Is(err, ErrNotFound) || !errors.As(err, &missing) || missing.Name != "11" || !slices.Equal(missing.Known, []string{"9", "10"}) {
		t.Errorf("an issue that is not there: %#v", err)
	}
	_, _, err = plan(contents(), &Options{Articles: []string{"gamma"}})
	if !errors.As(err, &missing) || missing.What != "article" || len(missing.Known) != 4 {
		t.Errorf("an article that is not there: %#v", err)
	}
}

// TestSameNames: editions that would be written to the same files are told apart by what they are, and keep their names when the
// site holds something else, in another order.
func TestSameNames(t *testing.T) {
	names := func(site hugo.Contents) map[string]string {
		t.Helper()
		plan, problems, err := plan(site, &Options{Offprints: true})
		if err != nil {
			t.Fatal(err)
		}
		out, seen := map[string]string{}, map[string]bool{}
		for _, e := range plan {
			if key := strings.ToLower(e.name); seen[key] {
				t.Errorf("two editions are named %s", e.name)
			} else {
				seen[key] = true
			}
			out[e.issue.Number+" "+e.source] = e.name
		}
		told := 0
		for _, p := range problems {
			if p.Code == "same-name" {
				told++
			}
		}
		out["told"] = strconv.Itoa(told)
		return out
	}
	double := contents()
	double.Issues[1].Articles[1].Slug = "A"
	double.Issues[2].Slug = double.Issues[1].Slug
	got := names(double)
	if got["told"] != "2" {
		t.Errorf("%s clashes are told, want those of two issues and of two articles", got["told"])
	}
	whole := got["9 issue 9"]
	if !strings.HasPrefix(whole, "review-9-") || !strings.HasPrefix(got["9 content/posts/a.md"], whole+"/a-") {
		t.Errorf("%q", got)
	}
	slices.Reverse(double.Issues)
	slices.Reverse(double.Issues[0].Articles)
	for of, name := range names(double) {
		if got[of] != name {
			t.Errorf("in another order %s is named %s, not %s", of, name, got[of])
		}
	}
}

func TestSelectors(t *testing.T) {
	all := contents()
	for selector, want := range map[string]int{"a": 1, "content/posts/*": 3, "*.md": 4, "L*": 0, "leaf": 1, "leaf/index.md": 1, "./content/posts/a.md": 1,
		"b": 1, "b.de": 1, "nothing": 0, "[": 0} {
		if got := len(offprints(all, selector, nil)); got != want {
			t.Errorf("%q names %d articles, want %d", selector, got, want)
		}
	}
}
