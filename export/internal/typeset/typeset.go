// Package typeset lets package layout measure in the faces of package fonts, neither of which knows the other: it chooses
// faces for a text's characters, shapes words once and remembers them, and makes by scale or by case what a face lacks
// (small capitals, superiors). Whatever sets text with package layout sets it through here: pages, covers, page pictures.
package typeset

import (
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// A Typesetter is the layout.Shaper over a set of fonts: it chooses faces, divides words among them, and makes by scale or
// by case what a face lacks. It also gives the writer its faces. It is safe for several goroutines.
//
// Besides OpenType's own, a TextStyle's Features may name two of the house's:
//
//	caps  capitals, whatever the case of the text (the text itself keeps its case, for who copies it)
//	inis  a thin space's worth of air after the stops of initials set close: "C.L.R."
type Typesetter struct {
	Set   *fonts.Set    // the families to choose from
	faces []*fonts.Face // by layout.FaceID, from 1
	ids   map[*fonts.Face]layout.FaceID

	mu     sync.RWMutex
	styles map[*layout.TextStyle]*typeface
	words  [wordShards]wordShard
}

const wordShards = 16

type wordShard struct {
	mu    sync.RWMutex
	words map[wordKey][]layout.Glyph
}

type wordKey struct {
	style *layout.TextStyle
	text  string
	rtl   bool
}

// A typeface is what a TextStyle asks of the fonts, worked out once.
type typeface struct {
	face     *fonts.Face
	features fonts.Features // without the house's own, and without small capitals that the face has not
	caps     bool
	initials bool
	metrics  layout.Metrics
	// The glyph that stands for characters that no face has.
	replacement     uint16
	replacementFace *fonts.Face
}

// New gives a typesetter over a set of fonts.
func New(set *fonts.Set) *Typesetter {
	t := &Typesetter{Set: set, ids: map[*fonts.Face]layout.FaceID{}, styles: map[*layout.TextStyle]*typeface{}}
	// Every face has its number before anything is set, so that the numbers do not depend on which goroutine comes first.
	for _, name := range set.Names() {
		for _, f := range set.Family(name).Faces {
			t.number(f)
		}
	}
	for _, fam := range append([]*fonts.Family{set.Text, set.Display, set.Sans, set.Mono}, set.Fallback...) {
		if fam != nil {
			for _, f := range fam.Faces {
				t.number(f)
			}
		}
	}
	for i := range t.words {
		t.words[i].words = map[wordKey][]layout.Glyph{}
	}
	return t
}

func (t *Typesetter) number(f *fonts.Face) {
	if _, ok := t.ids[f]; !ok {
		t.faces = append(t.faces, f)
		t.ids[f] = layout.FaceID(len(t.faces))
	}
}

// SelectFace is the face of a role or family. A family without italics borrows those of the text: a title in a display face
// still shows which words are a book's.
func (t *Typesetter) SelectFace(family string, weight int, italic bool) *fonts.Face {
	f := t.Set.Select(family, weight, italic)
	if italic && !f.Italic() {
		if g := t.Set.Text.Select(weight, true); g != nil && g.Italic() {
			return g
		}
	}
	return f
}

// typeface works out a style.
func (t *Typesetter) typeface(style *layout.TextStyle) *typeface {
	t.mu.RLock()
	tf := t.styles[style]
	t.mu.RUnlock()
	if tf != nil {
		return tf
	}
	tf = t.newTypeface(style)
	t.mu.Lock()
	defer t.mu.Unlock()
	if old := t.styles[style]; old != nil {
		return old
	}
	t.styles[style] = tf
	return tf
}

func (t *Typesetter) newTypeface(style *layout.TextStyle) *typeface {
	tf := &typeface{face: t.SelectFace(style.Family, style.Weight, style.Italic)}
	var kept []string
	for item := range strings.SplitSeq(style.Features, ",") {
		switch {
		case item == "":
		case item == "caps":
			tf.caps = true
		case item == "inis":
			tf.initials = true
		case (item == "smcp" || item == "c2sc") && !tf.face.HasFeature(item):
			// The flow has scaled the style; the letters are capitals.
			tf.caps = true
		default:
			kept = append(kept, item)
		}
	}
	tf.features = fonts.Features(strings.Join(kept, ","))
	m := tf.face.Metrics()
	scale := func(n int) layout.Length { return atSize(n, style.Size, m.UnitsPerEm) }
	tf.metrics = layout.Metrics{
		Ascent: scale(m.Ascent), Descent: scale(-m.Descent), CapHeight: scale(m.CapHeight), XHeight: scale(m.XHeight),
	}
	if g, ok := tf.face.Glyph(' '); ok {
		tf.metrics.Space = scale(tf.face.Advance(g))
	} else {
		tf.metrics.Space = style.Size / 4
	}
	for _, r := range []rune{'\uFFFD', '□', '?'} {
		for _, f := range append([]*fonts.Face{tf.face}, t.fallbacks(tf.face)...) {
			if g, ok := f.Glyph(r); ok && g != 0 {
				tf.replacement, tf.replacementFace = g, f
				return tf
			}
		}
	}
	tf.replacementFace = tf.face // a font without even a question mark: .notdef is all there is
	return tf
}

func (t *Typesetter) fallbacks(like *fonts.Face) []*fonts.Face {
	out := make([]*fonts.Face, 0, len(t.Set.Fallback))
	for _, fam := range t.Set.Fallback {
		if f := fam.Select(like.Weight(), like.Italic()); f != nil {
			out = append(out, f)
		}
	}
	return out
}

func atSize(n int, size layout.Length, upem int) layout.Length {
	x := int64(n) * int64(size)
	if x < 0 {
		return layout.Length((x - int64(upem)/2) / int64(upem))
	}
	return layout.Length((x + int64(upem)/2) / int64(upem))
}

// Metrics implements layout.Shaper.
func (t *Typesetter) Metrics(style *layout.TextStyle) layout.Metrics {
	return t.typeface(style).metrics
}

// Shape implements layout.Shaper. The glyphs given are shared; they must not be changed.
func (t *Typesetter) Shape(text string, style *layout.TextStyle, rtl bool) []layout.Glyph {
	key := wordKey{style, text, rtl}
	shard := &t.words[shardOf(text)]
	shard.mu.RLock()
	glyphs, ok := shard.words[key]
	shard.mu.RUnlock()
	if ok {
		return glyphs
	}
	glyphs = t.shape(text, style, rtl)
	shard.mu.Lock()
	shard.words[wordKey{style, strings.Clone(text), rtl}] = glyphs
	shard.mu.Unlock()
	return glyphs
}

func shardOf(text string) uint32 {
	h := uint32(2166136261)
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return h % wordShards
}

func (t *Typesetter) shape(text string, style *layout.TextStyle, rtl bool) []layout.Glyph {
	tf := t.typeface(style)
	drawn, at := text, []int32(nil)
	if tf.caps {
		drawn, at = upper(text, style.Lang)
	}
	var runSpace [4]fonts.Run
	runs := t.Set.AppendRuns(runSpace[:0], drawn, tf.face)
	if rtl && len(runs) > 1 {
		for i, j := 0, len(runs)-1; i < j; i, j = i+1, j-1 {
			runs[i], runs[j] = runs[j], runs[i]
		}
	}
	out := make([]layout.Glyph, 0, len(drawn))
	var glyphSpace [32]fonts.Glyph
	for _, r := range runs {
		if r.Missing {
			f := tf.replacementFace
			out = append(out, layout.Glyph{
				Face: t.ids[f], ID: tf.replacement, Cluster: int32(r.Start),
				Advance: atSize(f.Advance(tf.replacement), style.Size, f.UnitsPerEm()),
			})
			continue
		}
		upem := r.Face.UnitsPerEm()
		face := t.ids[r.Face]
		features := tf.features
		if r.Face != tf.face && features != "" && !r.Face.HasFeature("smcp") {
			features = dropFeatures(features)
		}
		opt := fonts.Options{Features: features, Lang: style.Lang, Script: r.Script, RTL: rtl}
		opt.Before, opt.After = drawn[:r.Start], drawn[r.End:]
		shaped := r.Face.Shape(glyphSpace[:0], drawn[r.Start:r.End], opt)
		for i := range shaped {
			g := &shaped[i]
			lg := layout.Glyph{
				Face: face, ID: g.GID, Cluster: g.Cluster + int32(r.Start), Unsafe: g.Unsafe,
				Advance: atSize(int(g.Advance), style.Size, upem),
				XOffset: atSize(int(g.XOffset), style.Size, upem),
				YOffset: atSize(int(g.YOffset), style.Size, upem),
			}
			if g.GID == 0 { // never drawn: PDF/A-2 § 6.2.11.8
				f := tf.replacementFace
				lg.Face, lg.ID = t.ids[f], tf.replacement
				lg.Advance = atSize(f.Advance(tf.replacement), style.Size, f.UnitsPerEm())
			}
			out = append(out, lg)
		}
	}
	if tf.initials {
		airInitials(out, drawn, style.Size)
	}
	if at != nil {
		for i := range out {
			out[i].Cluster = at[out[i].Cluster]
		}
	}
	return out
}

// dropFeatures leaves out the forms of figures and capitals, which a fallback face of another script cannot follow.
func dropFeatures(fs fonts.Features) fonts.Features {
	var kept []string
	for item := range strings.SplitSeq(string(fs), ",") {
		if item != "smcp" && item != "c2sc" {
			kept = append(kept, item)
		}
	}
	return fonts.Features(strings.Join(kept, ","))
}

// airInitials opens initials set close: the stop between two capitals gets a twelfth of an em.
func airInitials(glyphs []layout.Glyph, text string, size layout.Length) {
	if strings.Count(text, ".") < 2 && !closeInitial(text) {
		return
	}
	for i := range glyphs {
		c := int(glyphs[i].Cluster)
		if text[c] != '.' || c == 0 || c+1 >= len(text) {
			continue
		}
		before, n := utf8.DecodeLastRuneInString(text[:c])
		after, _ := utf8.DecodeRuneInString(text[c+1:])
		if !unicode.IsUpper(before) || !unicode.IsUpper(after) {
			continue
		}
		if first, _ := utf8.DecodeLastRuneInString(text[:c-n]); c-n > 0 && unicode.IsLetter(first) {
			continue // the stop of a word or an abbreviation
		}
		glyphs[i].Advance += size / 12
	}
}

// closeInitial finds one initial set close to a name: "A.Smith", "A.J".
func closeInitial(text string) bool {
	i := strings.IndexByte(text, '.')
	return i > 0 && i+1 < len(text)
}

// upper gives text in capitals, and for each byte of it the place in text that it comes from.
func upper(text, lang string) (string, []int32) {
	turkish := strings.HasPrefix(lang, "tr") || strings.HasPrefix(lang, "az")
	greek := strings.HasPrefix(lang, "el")
	var b strings.Builder
	at := make([]int32, 0, len(text)+4)
	for i, r := range text {
		s := ""
		switch {
		case r == 'ß':
			s = "SS"
		case r == 'ﬁ':
			s = "FI"
		case r == 'ﬂ':
			s = "FL"
		case turkish:
			s = string(unicode.TurkishCase.ToUpper(r))
		case greek && r >= 0x370 && r < 0x400:
			s = string(greekCapital(r))
		default:
			s = string(unicode.ToUpper(r))
		}
		b.WriteString(s)
		for range len(s) {
			at = append(at, int32(i))
		}
	}
	return b.String(), at
}

// greekCapital gives the capital of a letter of modern Greek: capitals bear no accent.
func greekCapital(r rune) rune {
	if i := strings.IndexRune("άέήίόύώΐΰ", r); i >= 0 {
		return []rune("ΑΕΗΙΟΥΩΪΫ")[utf8.RuneCountInString("άέήίόύώΐΰ"[:i])]
	}
	return unicode.ToUpper(r)
}

// Missing tells which characters of text no face has.
func (t *Typesetter) Missing(text string, style *layout.TextStyle) []rune {
	var out []rune
	for _, r := range t.Set.Runs(text, t.typeface(style).face) {
		if r.Missing {
			c, _ := utf8.DecodeRuneInString(text[r.Start:r.End])
			out = append(out, c)
		}
	}
	return out
}

// Width is the natural width of text on one line, spaces and all.
func (t *Typesetter) Width(text string, style *layout.TextStyle) layout.Length {
	var w layout.Length
	for _, g := range t.shape(text, style, false) {
		w += g.Advance + style.Letterspace
	}
	return w
}

// CaseFeatures gives the features by which the case of a style's look is set: "smallcaps", "all-smallcaps", "caps"; none for another.
func CaseFeatures(as string) []string {
	switch as {
	case "smallcaps":
		return []string{"smcp"}
	case "all-smallcaps":
		return []string{"c2sc", "smcp"}
	case "caps":
		return []string{"caps"}
	}
	return nil
}

// FeatureList joins features, sorted and each once, as TextStyle.Features wants them; "-x" takes x away.
func FeatureList(base string, more ...string) string {
	set := map[string]bool{}
	for item := range strings.SplitSeq(base, ",") {
		if item != "" {
			set[item] = true
		}
	}
	for _, m := range more {
		if off, ok := strings.CutPrefix(m, "-"); ok {
			delete(set, off)
		} else if m != "" {
			set[m] = true
		}
	}
	out := make([]string, 0, len(set))
	for item := range set {
		out = append(out, item)
	}
	sort.Strings(out)
	return strings.Join(out, ",")
}

// FontFeatures is a feature's tag in the terms of package fonts.
func FontFeatures(tag string) fonts.Features { return fonts.Features(tag) }
