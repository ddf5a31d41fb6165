// Spacing measures how evenly the words of a justified PDF are spaced, from the boxes that poppler's pdftotext finds in
// the finished file: from what a reader gets, not from what the typesetter meant.
//
//	go run .ci/spacing/main.go FILE.pdf...
//
// prints one row of tab-separated values a file. The definitions:
//
//   - A body line has most of its characters in words of the document's commonest height.
//   - A justified line also ends within 3.5 pt of the right edge (the commonest line end on pages of its parity; hanging
//     stops reach over it), begins no more than 40 pt in, and has three word gaps or more.
//   - The ratio of a line is its mean word gap over the median word gap of all justified lines: 1 is even, 1.5 has rivers.
//   - A run of hyphens is three or more justified lines on end, in sight of one another, that all end in a hyphen.
package main

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: spacing FILE.pdf...")
		os.Exit(2)
	}
	fmt.Println("file\tlines\tmeasure\tpitch\tgap_pt\tsd\tp95\tmax\tloose>1.5%\ttight<.75%\thyph%\truns3\tlongest")
	code := 0
	for _, name := range os.Args[1:] {
		pages, err := read(name)
		if err != nil {
			fmt.Fprintf(os.Stderr, "spacing: %s: %v\n", name, err)
			code = 1
			continue
		}
		m, ok := measure(pages)
		if !ok {
			fmt.Printf("%s\ttoo few justified lines\n", name)
			continue
		}
		fmt.Printf("%s\t%d\t%.0f\t%.2f\t%.2f\t%.3f\t%.2f\t%.2f\t%.1f\t%.1f\t%.1f\t%d\t%d\n", name,
			m.lines, m.measure, m.pitch, m.gap, m.sd, m.p95, m.max, m.loose, m.tight, m.hyphens, m.runs, m.longest)
	}
	os.Exit(code)
}

// A word is what poppler took for one, with its box in points from the page's top left corner.
type word struct {
	x0, y0, x1, y1 float64
	text           string
}

// A line is the words on one baseline, from left to right.
type line []word

func (l line) foot() float64 { return median(l, func(w word) float64 { return w.y1 }) }

var control = regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f]`)

// read gives the lines of each page, from the top down.
func read(name string) ([][]line, error) {
	out, err := exec.Command("pdftotext", "-bbox-layout", name, "-").Output()
	if err != nil {
		return nil, fmt.Errorf("pdftotext: %w", err)
	}
	d := xml.NewDecoder(bytes.NewReader(control.ReplaceAll(bytes.ToValidUTF8(out, []byte("\ufffd")), nil)))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var pages [][]line
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "page":
			pages = append(pages, nil)
		case "line":
			last := &pages[len(pages)-1]
			*last = append(*last, nil)
		case "word":
			var w word
			var text string
			if err := d.DecodeElement(&text, &start); err != nil {
				return nil, err
			}
			w.text = text
			for _, a := range start.Attr {
				var v float64
				fmt.Sscan(a.Value, &v)
				switch strings.ToLower(a.Name.Local) {
				case "xmin":
					w.x0 = v
				case "ymin":
					w.y0 = v
				case "xmax":
					w.x1 = v
				case "ymax":
					w.y1 = v
				}
			}
			last := pages[len(pages)-1]
			last[len(last)-1] = append(last[len(last)-1], w)
		}
	}
	for i, p := range pages {
		pages[i] = join(p)
	}
	return pages, nil
}

// join puts together the pieces that poppler has cut from one baseline.
func join(pieces []line) []line {
	pieces = slices.DeleteFunc(pieces, func(l line) bool { return len(l) == 0 })
	slices.SortStableFunc(pieces, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.foot(), b.foot()), cmp.Compare(a[0].x0, b[0].x0))
	})
	var out []line
	for _, p := range pieces {
		if n := len(out); n > 0 {
			if q := out[n-1]; math.Abs(q.foot()-p.foot()) < 2.5 && p[0].x0 >= q[len(q)-1].x1-2 {
				out[n-1] = append(q, p...)
				continue
			}
		}
		out = append(out, p)
	}
	for _, l := range out {
		slices.SortStableFunc(l, func(a, b word) int { return cmp.Compare(a.x0, b.x0) })
	}
	return out
}

type figures struct {
	lines                             int
	measure, pitch, gap, sd, p95, max float64
	loose, tight, hyphens             float64 // per cent of the justified lines
	runs, longest                     int
}

// A justified line, for the statistics.
type justified struct {
	page   int
	foot   float64
	gaps   []float64
	hyphen bool
}

var endsInHyphen = regexp.MustCompile(`[\p{L}][-\x{ad}\x{2010}]+$`)

// measure gives the figures of a document; false when it has too few justified lines to speak of.
func measure(pages [][]line) (figures, bool) {
	t := textOf(pages)
	just := t.justified(pages)
	if len(just) < 5 {
		return figures{}, false
	}
	var gaps, pitches []float64
	for i, j := range just {
		gaps = append(gaps, j.gaps...)
		if i > 0 && just[i-1].page == j.page && j.foot > just[i-1].foot {
			pitches = append(pitches, j.foot-just[i-1].foot)
		}
	}
	own := func(v float64) float64 { return v }
	f := figures{lines: len(just), gap: median(gaps, own), pitch: median(pitches, own), measure: t.measure()}
	f.countHyphens(just)
	f.spread(just)
	return f, true
}

// A text is what a document's lines have in common.
type text struct {
	body        float64            // height of the commonest letters
	left, right [2]*tally[float64] // the text's edges, on even pages and on odd ones
}

func textOf(pages [][]line) text {
	heights := newTally[float64]()
	for _, p := range pages {
		for _, l := range p {
			for _, w := range l {
				heights.add(math.RoundToEven((w.y1-w.y0)*10)/10, utf8.RuneCountInString(w.text))
			}
		}
	}
	t := text{body: heights.commonest()}
	for i := range 2 {
		t.left[i], t.right[i] = newTally[float64](), newTally[float64]()
	}
	for pn, p := range pages {
		for _, l := range p {
			if t.isBody(l) {
				t.left[pn%2].add(math.RoundToEven(l[0].x0), 1)
				t.right[pn%2].add(math.RoundToEven(l[len(l)-1].x1), 1)
			}
		}
	}
	return t
}

// isBody reports whether a line is set in the text's size.
func (t *text) isBody(l line) bool {
	all, in := 0, 0
	for _, w := range l {
		n := utf8.RuneCountInString(w.text)
		all += n
		if math.Abs(w.y1-w.y0-t.body) < 0.35 {
			in += n
		}
	}
	return float64(in) > 0.4*float64(all)
}

// measure is the width of the text.
func (t *text) measure() float64 {
	side := 0
	if len(t.right[0].count) == 0 {
		side = 1
	}
	return t.right[side].commonest() - t.left[side].commonest()
}

// justified gives the lines that reach from edge to edge and have gaps enough to say something.
func (t *text) justified(pages [][]line) []justified {
	var just []justified
	for pn, p := range pages {
		for _, l := range p {
			last := l[len(l)-1]
			if !t.isBody(l) || math.Abs(last.x1-t.right[pn%2].commonest()) > 3.5 || l[0].x0 > t.left[pn%2].commonest()+40 || len(l) < 4 {
				continue
			}
			j := justified{page: pn, foot: l.foot(), hyphen: endsInHyphen.MatchString(last.text)}
			for i := 1; i < len(l); i++ {
				// Less than a tenth of the height is not a word space: a superior, or a word that poppler has cut.
				if g := l[i].x0 - l[i-1].x1; g > 0.10*t.body {
					j.gaps = append(j.gaps, g)
				}
			}
			if len(j.gaps) >= 3 {
				just = append(just, j)
			}
		}
	}
	return just
}

// countHyphens counts the lines that end in a hyphen, and the runs of three or more.
func (f *figures) countHyphens(just []justified) {
	run := 0
	for i, j := range just {
		if i == 0 || just[i-1].page != j.page || j.foot-just[i-1].foot >= 1.5*f.pitch {
			run = 0
		}
		if !j.hyphen {
			run = 0
			continue
		}
		f.hyphens += 100 / float64(len(just))
		run++
		if run == 3 {
			f.runs++
		}
		f.longest = max(f.longest, run)
	}
}

// spread says how far the lines' word spaces lie from their median.
func (f *figures) spread(just []justified) {
	n := float64(len(just))
	ratios := make([]float64, len(just))
	for i, j := range just {
		r := mean(j.gaps) / f.gap
		ratios[i] = r
		if r > 1.5 {
			f.loose += 100 / n
		}
		if r < 0.75 {
			f.tight += 100 / n
		}
	}
	avg := mean(ratios)
	for _, r := range ratios {
		f.sd += (r - avg) * (r - avg) / n
	}
	f.sd = math.Sqrt(f.sd)
	slices.Sort(ratios)
	f.p95, f.max = ratios[int(0.95*n)], ratios[len(ratios)-1]
}

// A tally counts values; of those that are equally common, the first seen wins.
type tally[T comparable] struct {
	count map[T]int
	order []T
}

func newTally[T comparable]() *tally[T] { return &tally[T]{count: map[T]int{}} }

func (t *tally[T]) add(v T, n int) {
	if _, ok := t.count[v]; !ok {
		t.order = append(t.order, v)
	}
	t.count[v] += n
}

func (t *tally[T]) commonest() (best T) {
	most := -1
	for _, v := range t.order {
		if t.count[v] > most {
			best, most = v, t.count[v]
		}
	}
	return best
}

func mean(v []float64) float64 {
	var sum float64
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func median[S ~[]E, E any](s S, f func(E) float64) float64 {
	if len(s) == 0 {
		return 0
	}
	v := make([]float64, len(s))
	for i, e := range s {
		v[i] = f(e)
	}
	slices.Sort(v)
	if n := len(v); n%2 == 0 {
		return (v[n/2-1] + v[n/2]) / 2
	}
	return v[len(v)/2]
}
