package layout_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/fonts"
	. "github.com/twinpress/twinpress/layout"
)

// faceShaper shapes with the house's text faces.
type faceShaper struct {
	regular, italic *fonts.Face
}

func newFaceShaper() *faceShaper {
	set := fonts.Default()
	return &faceShaper{set.Text.Select(400, false), set.Text.Select(400, true)}
}

func (f *faceShaper) face(style *TextStyle) (*fonts.Face, FaceID) {
	if style.Italic {
		return f.italic, 2
	}
	return f.regular, 1
}

func (f *faceShaper) Shape(text string, style *TextStyle, rtl bool) []Glyph {
	face, id := f.face(style)
	em := Length(face.UnitsPerEm())
	var out []Glyph
	for _, g := range face.Shape(nil, text, fonts.Options{Features: fonts.Features(style.Features), Lang: style.Lang, RTL: rtl}) {
		out = append(out, Glyph{
			Face: id, ID: g.GID, Cluster: g.Cluster, Unsafe: g.Unsafe,
			Advance: Length(g.Advance) * style.Size / em, XOffset: Length(g.XOffset) * style.Size / em, YOffset: Length(g.YOffset) * style.Size / em,
		})
	}
	return out
}

func (f *faceShaper) Metrics(style *TextStyle) Metrics {
	face, _ := f.face(style)
	m := face.Metrics()
	em := Length(m.UnitsPerEm)
	s := style.Size
	g, _ := face.Glyph(' ')
	return Metrics{
		Ascent: Length(m.Ascent) * s / em, Descent: -Length(m.Descent) * s / em, CapHeight: Length(m.CapHeight) * s / em,
		XHeight: Length(m.XHeight) * s / em, Space: Length(face.Advance(g)) * s / em,
	}
}

var (
	textStyle   = &TextStyle{Family: "text", Weight: 400, Size: 105 * Pt / 10, Lang: "en-US", Features: "onum"}
	italicStyle = &TextStyle{Family: "text", Weight: 400, Italic: true, Size: 105 * Pt / 10, Lang: "en-US", Features: "onum"}
	noteStyle   = &TextStyle{Family: "text", Weight: 400, Size: 105 * Pt / 10, Lang: "en-US", Features: "sups"}
	bodyStyle   = &ParaStyle{Name: "body", Align: Justify, Leading: 135 * Pt / 10, FirstIndent: 12 * Pt, Hyphenate: true}
)

var noteMark = regexp.MustCompile(`\[\^[^\]]+\]`)

// prose makes paragraphs of a Markdown file, roughly: enough to have real text to break.
func prose(t testing.TB, file string) []*Para {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for _, fence := range []string{"---", "+++"} {
		if strings.HasPrefix(text, fence) {
			if _, rest, ok := strings.Cut(text[3:], "\n"+fence); ok {
				text = rest
			}
		}
	}
	var out []*Para
	for _, p := range regexp.MustCompile(`\n\s*\n`).Split(text, -1) {
		p = strings.TrimSpace(p)
		if utf8.RuneCountInString(p) < 60 || strings.ContainsAny(p[:1], "#[>|!{<-+0123456789") || strings.Contains(p, "{{") {
			continue
		}
		p = strings.NewReplacer("**", "", "--", "–", "\\", "", "^", "", "...", "…").Replace(p)
		p = regexp.MustCompile(`\]\([^)]*\)`).ReplaceAllString(p, "")
		var spans []Span
		last := 0
		note := 0
		add := func(s string) {
			s = curl(strings.NewReplacer("[", "", "]", "").Replace(s))
			for i, part := range strings.Split(s, "*") {
				if part == "" {
					continue
				}
				st := textStyle
				if i%2 == 1 {
					st = italicStyle
				}
				spans = append(spans, Span{Text: part, Style: st})
			}
		}
		for _, m := range noteMark.FindAllStringIndex(p, -1) {
			add(p[last:m[0]])
			note++
			spans = append(spans, Span{Kind: NoteSpan, Text: fmt.Sprint(note), Style: noteStyle})
			last = m[1]
		}
		add(p[last:])
		out = append(out, &Para{Tag: 1, Style: bodyStyle, Spans: spans})
	}
	return out
}

// curl makes quotes typographic.
func curl(s string) string {
	var b strings.Builder
	prev := ' '
	for _, r := range s {
		open := unicode.IsSpace(prev) || prev == '(' || prev == '–' || prev == '—' || prev == '“'
		switch {
		case r == '"' && open:
			r = '“'
		case r == '"':
			r = '”'
		case r == '\'' && open:
			r = '‘'
		case r == '\'':
			r = '’'
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// figures are what a typographer's ruler says of a text's justified lines: the same as the project's measuring of finished
// PDFs, from the placed glyphs.
type figures struct {
	lines                      int
	sd, max, loose, tight, hyp float64
	runs3, longest             int
	pass                       [4]int
	short                      int
	ratios                     []float64
	hyphens, hard              int
	gaps                       []float64
}

type gapLine struct {
	mean   float64
	hyphen bool
	text   string
}

func (f *figures) add(paras []SetParagraph) {
	var lines [][]gapLine
	var gaps []float64
	for _, sp := range paras {
		f.pass[sp.Report.Pass]++
		var ls []gapLine
		for i, l := range sp.Lines {
			g := wordGaps(l)
			if i == len(sp.Lines)-1 || len(g) < 3 {
				ls = append(ls, gapLine{})
				if i == len(sp.Lines)-1 && i > 0 && l.Width < 24*Pt {
					f.short++
				}
				continue
			}
			sum := 0.0
			for _, x := range g {
				sum += x
			}
			gaps = append(gaps, g...)
			text := textOf(l)
			ls = append(ls, gapLine{sum / float64(len(g)), hyphenEnd.MatchString(text), text})
			if hyphenEnd.MatchString(text) {
				f.hyphens++
				if !l.Hyphen {
					f.hard++
				}
			}
		}
		lines = append(lines, ls)
	}
	slices.Sort(gaps)
	med := gaps[len(gaps)/2]
	f.gaps = gaps
	for _, ls := range lines {
		run := 0
		for _, l := range ls {
			if l.mean == 0 {
				run = 0
				continue
			}
			f.ratios = append(f.ratios, l.mean/med)
			if l.hyphen {
				run++
			} else {
				run = 0
			}
			if run == 3 {
				f.runs3++
			}
			f.longest = max(f.longest, run)
		}
	}
}

func (f *figures) done() {
	f.lines = len(f.ratios)
	mean := 0.0
	for _, r := range f.ratios {
		mean += r
	}
	mean /= float64(f.lines)
	for _, r := range f.ratios {
		f.sd += (r - mean) * (r - mean)
		f.max = math.Max(f.max, r)
		if r > 1.5 {
			f.loose++
		}
		if r < .75 {
			f.tight++
		}
	}
	f.sd = math.Sqrt(f.sd / float64(f.lines))
	f.loose *= 100 / float64(f.lines)
	f.tight *= 100 / float64(f.lines)
	f.hyp = 100 * float64(f.hyphens) / float64(f.lines)
}

func (f *figures) String() string {
	return fmt.Sprintf("%4d lines  sd %.3f  max %.2f  loose %.2f%%  tight %.2f%%  hyphens %.1f%% (%d of the text's)  runs %d longest %d  passes %v  stubs %d  gap %.2f",
		f.lines, f.sd, f.max, f.loose, f.tight, f.hyp, f.hard, f.runs3, f.longest, f.pass[1:], f.short, f.gaps[len(f.gaps)/2])
}

var hyphenEnd = regexp.MustCompile(`[\pL][-\x{2010}]+\s*$`)

func textOf(l *Line) string {
	var b strings.Builder
	for _, r := range l.Runs {
		if r.Hyphen {
			b.WriteByte('-')
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// wordGaps are the widths of a line's spaces, in points.
func wordGaps(l *Line) []float64 {
	var out []float64
	for ri := range l.Runs {
		r := &l.Runs[ri]
		for i, g := range r.Glyphs {
			if int(g.Cluster) >= len(r.Text) || r.Text[g.Cluster] != ' ' {
				continue
			}
			end := r.Width
			if i+1 < len(r.Glyphs) {
				end = r.Glyphs[i+1].X
			}
			out = append(out, (end - g.X).Points())
		}
	}
	return out
}

func proseFiles() []string {
	var out []string
	for _, p := range []string{"../../shared/corpus/review-112/content/*/*.md", "../samples/content/*/*.md", "../samples/content/*/*/*.md"} {
		m, _ := filepath.Glob(p)
		out = append(out, m...)
	}
	return out
}

func measureFile(t testing.TB, s ParagraphSetter, file string) *figures {
	var f figures
	var paras []SetParagraph
	for _, p := range prose(t, file) {
		paras = append(paras, s.Set(p, 110*Mm))
	}
	if len(paras) < 4 {
		return nil
	}
	f.add(paras)
	f.done()
	return &f
}

// The lines of real prose at 110 mm and 10.5 pt are as even as the house promises.
func TestSpacingOfProse(t *testing.T) {
	files := proseFiles()
	if len(files) == 0 {
		t.Skip("no prose to measure")
	}
	s := NewParagraphSetter(newFaceShaper(), Breaking{})
	for _, file := range files {
		f := measureFile(t, s, file)
		if f == nil || f.lines < 60 {
			continue
		}
		t.Logf("%-44s %v", filepath.Base(file), f)
		one := 100 / float64(f.lines) // the text is read more roughly here than from the finished PDF: a line either way
		if f.sd > .14 || f.loose > .5+one || f.tight > 1+one || f.hyp > 6+one || f.runs3 > 0 {
			t.Errorf("%s: %v", filepath.Base(file), f)
		}
	}
}

// BenchmarkArticle sets the longest piece of prose there is, shaping included.
func BenchmarkArticle(b *testing.B) {
	paras := longestProse(b)
	sh := newFaceShaper()
	words := 0
	for _, p := range paras {
		for _, s := range p.Spans {
			words += len(strings.Fields(s.Text))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		s := NewParagraphSetter(sh, Breaking{})
		for _, p := range paras {
			s.Set(p, 110*Mm)
		}
	}
	b.ReportMetric(float64(words), "words")
}

// BenchmarkBreaking sets it again with words that are shaped already: what is left is the breaking into lines.
func BenchmarkBreaking(b *testing.B) {
	paras := longestProse(b)
	s := NewParagraphSetter(newFaceShaper(), Breaking{})
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range paras {
			s.Set(p, 110*Mm)
		}
	}
}

func longestProse(b *testing.B) []*Para {
	var file string
	most := int64(0)
	for _, f := range proseFiles() {
		if st, err := os.Stat(f); err == nil && st.Size() > most {
			file, most = f, st.Size()
		}
	}
	if file == "" {
		b.Skip("no prose")
	}
	return prose(b, file)
}
