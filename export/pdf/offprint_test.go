package pdf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout/roman"
)

// wholeIssues reads the issues of the samples and, when it lies beside the project, of the shared corpus.
func wholeIssues(t *testing.T) (out []*document.Issue) {
	t.Helper()
	for _, folder := range []string{"../../samples", "../../../shared/corpus/review-112"} {
		if _, err := os.Stat(folder); err != nil {
			continue
		}
		site, err := hugo.OpenPath(t.Context(), folder, hugo.Options{})
		if err != nil {
			t.Fatal(err)
		}
		issue, _, err := site.Read(t.Context(), site.Contents().Numbered()[0])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, issue)
	}
	return out
}

// alone is an article's own document, as package hugo makes it.
func alone(issue *document.Issue, a *document.Article) *document.Issue {
	one := *issue
	one.Single, one.Slug, one.Articles = true, a.Slug, []*document.Article{a}
	return &one
}

const slipWord = "offprint"

// TestOffprints cuts the articles of whole issues out of their pages, in each style, and reads the finished files: the
// offprints of an issue have, page by page and line by line, what the issue has, at the same places, and each line once; their
// labels are the issue's; and what their links and bookmarks lead to is there.
func TestOffprints(t *testing.T) {
	issues := wholeIssues(t)
	styles(t, func(t *testing.T, s *style.Style) {
		for i, issue := range issues {
			if i > 0 && s.Name == "review" {
				continue // the others tell as much of so large an issue
			}
			if s.Page.ArticleSide == "run-on" { // where what is around the articles would stand on their pages
				articles := *issue
				articles.Matter, articles.Parts = nil, nil
				issue = &articles
			}
			e := paginate(t, issue, Options{Style: s})
			wholeData, _, err := e.Bytes(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			_, whole := readBack(t, wholeData)
			want, heads := map[string][]string{}, map[string][]string{} // lines by label
			for i, p := range e.Pages {
				if a := e.made.Owners[p.Section]; a != nil && a.Part == "" {
					want[p.Label] = whole.lines(i + 1)
					heads[p.Label] = nil
				}
			}
			got := map[string][]string{}
			for _, a := range issue.Articles {
				off, err := e.Offprint(t.Context(), alone(issue, a), Imprint{Text: document.Line(slipWord), Address: "https://example.org/" + a.Slug})
				if err != nil {
					t.Fatal(err)
				}
				data, problems, err := off.Bytes(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range problems {
					t.Error(p)
				}
				tree, r := readBack(t, data)
				checkElements(t, off.input, tree)
				labels := r.labels()
				first, last, n := e.PagesOf(a)
				if len(labels) != n || labels[0] != first || labels[n-1] != last {
					t.Errorf("%s has pages %v, in the issue %s to %s", a.Slug, labels, first, last)
				}
				slips := 0
				for i, label := range labels {
					for _, l := range r.lines(i + 1) {
						switch {
						case strings.HasSuffix(l, " "+slipWord):
							slips++
						case !slices.Contains(want[label], l):
							t.Errorf("page %s of %s has a line that the issue has not: %s", label, a.Slug, l)
						case slices.Contains(got[label], l) && !slices.Contains(heads[label], l):
							heads[label] = append(heads[label], l) // a second offprint with the page has its heads too
						default:
							got[label] = append(got[label], l)
						}
					}
				}
				if slips != 1 {
					t.Errorf("%s says %d times where it comes from", a.Slug, slips)
				}
				if text := strings.Join(squareCodes(t, data), "|"); text != "https://example.org/"+a.Slug {
					t.Errorf("the QR code of %s says %q", a.Slug, text)
				}
				if tree.parts == nil || !slices.ContainsFunc(off.input.Metadata.Prism, func(p reference.Property) bool {
					return p.Name == "pageRange" && p.Value == reference.Pages{First: first, Last: last}.Range("-")
				}) {
					t.Errorf("%s is described as %v", a.Slug, off.input.Metadata.Prism)
				}
				if s.Page.ArticleSide != "run-on" {
					for _, label := range labels {
						g, w := slices.Clone(got[label]), slices.Clone(want[label])
						slices.Sort(g)
						slices.Sort(w)
						if !slices.Equal(g, w) {
							t.Errorf("page %s of %s: %d lines, in the issue %d", label, a.Slug, len(g), len(w))
						}
					}
				}
			}
			for label := range want { // where articles run on, they share pages: together, they have all of them
				lost := 0
				for _, l := range want[label] {
					if !slices.Contains(got[label], l) {
						lost++
					}
				}
				if lost > 0 && label != "1" { // its cover
					t.Errorf("%d lines of page %s are in no offprint", lost, label)
				}
			}
			checkContents(t, e, whole)
		}
	})
}

// checkContents reads the issue's contents back: each entry ends, or begins, with the label of the page that it leads to.
func checkContents(t *testing.T, e *Edition, r *reading) {
	t.Helper()
	labels, places := r.labels(), r.places()
	tree := r.tree()
	entries := 0
	tree.each(func(el *readElement) bool {
		if el.kind != "TOCI" {
			return true
		}
		text, dest := "", ""
		el.each(func(k *readElement) bool {
			for _, p := range k.parts {
				if l, ok := p.(readLink); ok && dest == "" {
					dest = l.dest
				}
			}
			return true
		})
		text = strings.Join(strings.Fields(el.text(nil)), " ")
		label := labels[places[dest]-1]
		if dest == "" || !strings.HasPrefix(text, label) && !strings.Contains(text, label) {
			t.Errorf("the contents say %q of what is on page %s", text, label)
		}
		entries++
		return false
	})
	if len(e.Pages) > 1 && entries == 0 {
		t.Error("the issue has no contents")
	}
}

// TestOffprintRefuses asks for what is no offprint.
func TestOffprintRefuses(t *testing.T) {
	issue := wholeIssues(t)[0]
	e := paginate(t, issue, Options{})
	if _, err := e.Offprint(t.Context(), issue, Imprint{}); err == nil {
		t.Error("a whole issue became an offprint")
	}
	if _, err := e.Offprint(t.Context(), alone(issue, &document.Article{Path: "strange.md"}), Imprint{}); err == nil {
		t.Error("a strange article became an offprint")
	}
	if _, err := e.Offprint(t.Context(), alone(issue, issue.Articles[0]), Imprint{Text: document.Line("x"), Address: strings.Repeat("x", 3000)}); err == nil {
		t.Error("an address of 3000 letters became a QR code")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Offprint(ctx, alone(issue, issue.Articles[0]), Imprint{Text: document.Line("x")}); !errors.Is(err, context.Canceled) {
		t.Errorf("a build that has ended went on: %v", err)
	}
}

// TestOffprintLinks: a link to another article of the issue leads, in an offprint, to where that is published.
func TestOffprintLinks(t *testing.T) {
	a := &document.Article{Path: "a.md", Slug: "a", Language: "en", Title: document.Line("A")}
	b := &document.Article{Path: "b.md", Slug: "b", Language: "en", Title: document.Line("B"), URL: "https://example.org/b/"}
	c := &document.Article{Path: "c.md", Slug: "a-2", Language: "en", Title: document.Line("C")} // published nowhere
	to := func(a *document.Article, anchor, words string) document.Inline {
		return &document.Link{Article: a, Anchor: anchor, Content: document.Line(words)}
	}
	head := &document.Heading{Level: 1, Content: document.Line("Ink")}
	head.ID = "ink"
	a.Body = []document.Block{head, &document.Paragraph{Content: []document.Inline{to(a, "ink", "own"), text(", "), to(b, "ink", "known"), text(", "), to(c, "", "unknown")}}}
	for _, x := range []*document.Article{b, c} {
		h := *head
		x.Body = []document.Block{&h, para(text("Some text."))}
	}
	issue := &document.Issue{Language: "en", Number: "1", Articles: []*document.Article{a, b, c}}
	styles(t, func(t *testing.T, s *style.Style) {
		off, err := paginate(t, issue, Options{Style: s}).Offprint(t.Context(), alone(issue, a), Imprint{})
		if err != nil {
			t.Fatal(err)
		}
		data, problems, err := off.Bytes(t.Context())
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		tree, _ := readBack(t, data)
		var got []string
		tree.each(func(e *readElement) bool {
			for _, p := range e.parts {
				if l, ok := p.(readLink); ok {
					got = append(got, e.text(nil)+" "+l.uri+l.dest)
				}
			}
			return true
		})
		if want := []string{"own a--ink", "known https://example.org/b/#ink"}; !slices.Equal(got, want) {
			t.Errorf("links %q, want %q", got, want)
		}
	})
}

// lines gives what is drawn on a page, from 1, line by line with its place.
func (r *reading) lines(n int) []string {
	page, _, _, err := r.x.PageDict(n, false)
	if err != nil {
		r.t.Fatal(err)
	}
	content, err := r.content(page, n)
	if err != nil {
		r.t.Fatal(err)
	}
	fonts := r.fonts(page)
	var out []string
	var font map[int]string
	var x, y float64
	var said strings.Builder
	var actual []bool
	silent := 0
	end := func() {
		if said.Len() > 0 {
			out = append(out, fmt.Sprintf("%.1f %.1f %s", x, y, strings.ToLower(said.String())))
		}
		said.Reset()
	}
	show := func(b []byte) {
		for i := 0; silent == 0 && i+1 < len(b); i += 2 {
			said.WriteString(font[int(b[i])<<8|int(b[i+1])])
		}
	}
	eachOperator(content, func(operator operatorToken, operands []any) {
		switch operator {
		case "BT":
			x, y = 0, 0
		case "ET":
			end()
		case "Td":
			dx, dy := operands[0].(float64), operands[1].(float64)
			if math.Abs(dy) > .01 || said.Len() > 0 {
				end()
			}
			x, y = x+dx, y+dy
		case "Tf":
			font = fonts[string(operands[0].(nameToken))]
		case "Tj", "TJ":
			for _, o := range operands {
				if b, ok := o.([]byte); ok {
					show(b)
				}
			}
		case "BDC", "BMC":
			spoken := slices.Index(operands, any(nameToken("ActualText")))
			if spoken >= 0 && silent == 0 {
				said.WriteString(decodeText(operands[spoken+1].([]byte)))
			}
			if actual = append(actual, spoken >= 0); spoken >= 0 {
				silent++
			}
		case "EMC":
			if actual[len(actual)-1] {
				silent--
			}
			actual = actual[:len(actual)-1]
		}
	})
	end()
	return out
}

// content gives the operators of a page; none for a blank one.
func (r *reading) content(page types.Dict, n int) ([]byte, error) {
	b, err := r.x.PageContent(page, n)
	if errors.Is(err, model.ErrNoContent) {
		return nil, nil
	}
	return b, err
}

// labels gives the label of each page, as a reader's page box shows it (ISO 32000-1 § 12.4.2).
func (r *reading) labels() []string {
	catalog, err := r.x.Catalog()
	if err != nil {
		r.t.Fatal(err)
	}
	nums := r.list(r.dict(catalog["PageLabels"])["Nums"])
	out := make([]string, r.x.PageCount)
	for i := 0; i < len(nums); i += 2 {
		from, d := r.get(nums[i]).(types.Integer).Value(), r.dict(nums[i+1])
		n := 1
		if v, ok := r.get(d["St"]).(types.Integer); ok {
			n = v.Value()
		}
		for k := from; k < len(out); k++ {
			out[k] = r.string(d["P"])
			switch r.string(d["S"]) {
			case "D":
				out[k] += fmt.Sprint(n + k - from)
			case "r":
				out[k] += roman.Write(n + k - from)
			}
		}
	}
	return out
}

// places gives the page, from 1, of each named place.
func (r *reading) places() map[string]int {
	catalog, err := r.x.Catalog()
	if err != nil {
		r.t.Fatal(err)
	}
	pages := map[int]int{}
	for n := 1; n <= r.x.PageCount; n++ {
		_, ref, _, err := r.x.PageDict(n, false)
		if err != nil {
			r.t.Fatal(err)
		}
		pages[ref.ObjectNumber.Value()] = n
	}
	out := map[string]int{}
	var visit func(o types.Object)
	visit = func(o types.Object) {
		d := r.dict(o)
		for _, k := range r.list(d["Kids"]) {
			visit(k)
		}
		for i, names := 0, r.list(d["Names"]); i < len(names); i += 2 {
			out[r.string(names[i])] = pages[r.list(names[i+1])[0].(types.IndirectRef).ObjectNumber.Value()]
		}
	}
	visit(r.dict(catalog["Names"])["Dests"])
	return out
}

// tree reads the structure tree.
func (r *reading) tree() *readElement {
	catalog, err := r.x.Catalog()
	if err != nil {
		r.t.Fatal(err)
	}
	return r.element(r.dict(r.dict(catalog["StructTreeRoot"])["K"]), 0)
}
