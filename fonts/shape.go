package fonts

import (
	"unicode/utf8"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// A Glyph is one shaped glyph; lengths are in font units. GID 0 stands for a character that the face lacks.
type Glyph struct {
	GID uint16
	// Unsafe: the text must not be cut before this glyph without shaping both sides anew.
	Unsafe  bool
	Cluster int32 // byte offset into the text of the first character that the glyph stands for
	Advance int32
	XOffset int32
	YOffset int32
}

// Options say how a text is to be shaped. The zero value shapes plain text left to right, in the script of its first letter.
type Options struct {
	Features Features
	Lang     string // BCP 47; chooses the forms of a language: the Turkish dotted i, the Serbian б
	Script   string // ISO 15924 ("Latn", "Arab"); empty: the script of the text's first letter
	RTL      bool   // right to left; glyphs come in the order in which they stand on the line, from the left
	// Before and After are what stands around the text in its paragraph: letters that join (Arabic) take their form by it.
	Before, After string
}

// A shaper is the state of one goroutine's shaping: the parser's face caches extents and is not safe to share.
type shaper struct {
	face     *font.Face
	font     *harfbuzz.Font
	buf      *harfbuzz.Buffer
	runes    []rune
	offsets  []int32
	features map[Features][]harfbuzz.Feature
	langs    map[string]language.Language
	scripts  map[string]language.Script
}

// newFace is a face for one goroutine, at the place of a variable font's axes where p stands.
func (p *parsed) newFace() *font.Face {
	face := font.NewFace(p.font)
	if p.axes != nil {
		face.SetVariations(p.axes)
	}
	return face
}

// shaper takes a shaper that is at rest, or makes one; rest gives it back. They are kept for good (a sync.Pool would drop them,
// and the shaping plans they hold, with every garbage collection); there are never more than goroutines shaping at one time.
func (p *parsed) shaper() *shaper {
	p.shapersMu.Lock()
	if n := len(p.shapers); n > 0 {
		s := p.shapers[n-1]
		p.shapers = p.shapers[:n-1]
		p.shapersMu.Unlock()
		return s
	}
	p.shapersMu.Unlock()
	face := p.newFace()
	return &shaper{
		face: face, font: harfbuzz.NewFont(face), buf: harfbuzz.NewBuffer(),
		features: map[Features][]harfbuzz.Feature{}, langs: map[string]language.Language{}, scripts: map[string]language.Script{},
	}
}

func (p *parsed) rest(s *shaper) {
	p.shapersMu.Lock()
	p.shapers = append(p.shapers, s)
	p.shapersMu.Unlock()
}

// Shape appends the glyphs of text to dst. Items of Options.Features that are no features are left out (Features.Check finds
// them). Soft hyphens, control characters and whatever else is invisible give a space glyph without advance, as HarfBuzz does.
func (f *Face) Shape(dst []Glyph, text string, opt Options) (glyphs []Glyph) {
	if text == "" {
		return dst
	}
	p := f.load()
	// Layout tables of a publisher's font may be broken in ways that the shaper trips over. The text is then set with the
	// plain glyphs, and the shaper, whatever state it is in, left to the collector.
	defer onPanic(func(any) { glyphs = p.nominal(dst, text) })
	s := p.shaper()
	b := s.buf
	b.Clear()

	s.runes, s.offsets = s.runes[:0], s.offsets[:0]
	for i := len(opt.Before); i > 0 && len(s.runes) < contextRunes; {
		r, n := utf8.DecodeLastRuneInString(opt.Before[:i])
		i -= n
		s.runes = append(s.runes, r)
	}
	before := len(s.runes)
	for i, j := 0, before-1; i < j; i, j = i+1, j-1 {
		s.runes[i], s.runes[j] = s.runes[j], s.runes[i]
	}
	for i, r := range text {
		if control(r) {
			r = zwsp // HarfBuzz would draw the box of .notdef
		}
		s.runes = append(s.runes, r)
		s.offsets = append(s.offsets, int32(i))
	}
	for _, r := range opt.After {
		if len(s.runes) >= before+len(s.offsets)+contextRunes {
			break
		}
		s.runes = append(s.runes, r)
	}
	b.AddRunes(s.runes, before, len(s.offsets))

	b.Props.Script = s.script(opt.Script, s.runes[before:before+len(s.offsets)])
	b.Props.Language = s.language(opt.Lang)
	b.Props.Direction = harfbuzz.LeftToRight
	if opt.RTL {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	b.Shape(s.font, s.parsed(opt.Features))

	for i := range b.Info {
		in, pos := &b.Info[i], &b.Pos[i]
		dst = append(dst, Glyph{
			GID: uint16(in.Glyph), Unsafe: in.Mask&harfbuzz.GlyphUnsafeToBreak != 0,
			Cluster: s.offsets[in.Cluster-before],
			Advance: pos.XAdvance, XOffset: pos.XOffset, YOffset: pos.YOffset,
		})
	}
	p.rest(s)
	return dst
}

// nominal sets text without any of the font's layout tables.
func (p *parsed) nominal(dst []Glyph, text string) []Glyph {
	for i, r := range text {
		g, _ := p.font.Cmap.Lookup(r)
		gl := Glyph{GID: uint16(g), Cluster: int32(i)}
		if int(g) < len(p.advances) {
			gl.Advance = int32(p.advances[g])
		}
		dst = append(dst, gl)
	}
	return dst
}

// control reports control characters and the line and paragraph separators, which have no shape.
func control(r rune) bool { return r < 0x20 || r >= 0x7F && r < 0xA0 || r == 0x2028 || r == 0x2029 }

// contextRunes is how many characters of context HarfBuzz looks at.
const contextRunes = 5

// The three lookups below are small caches: texts come in few languages and features. maxCached bounds them all the same.
const maxCached = 256

func (s *shaper) parsed(fs Features) []harfbuzz.Feature {
	if fs == "" {
		return nil
	}
	got, ok := s.features[fs]
	if !ok {
		got, _ = fs.parse(nil)
		if len(s.features) >= maxCached {
			clear(s.features)
		}
		s.features[fs] = got
	}
	return got
}

func (s *shaper) language(tag string) language.Language {
	got, ok := s.langs[tag]
	if !ok {
		// Never the language of the machine: the same text must be set alike everywhere.
		got = language.NewLanguage("und")
		if tag != "" {
			got = language.NewLanguage(tag)
		}
		if len(s.langs) >= maxCached {
			clear(s.langs)
		}
		s.langs[tag] = got
	}
	return got
}

func (s *shaper) script(tag string, text []rune) language.Script {
	if tag == "" {
		return scriptOf(text)
	}
	got, ok := s.scripts[tag]
	if !ok {
		var err error
		if got, err = language.ParseScript(tag); err != nil {
			return scriptOf(text)
		}
		if len(s.scripts) >= maxCached {
			clear(s.scripts)
		}
		s.scripts[tag] = got
	}
	return got
}

// scriptOf is the script of the first letter that has one; Latin when none has.
func scriptOf(text []rune) language.Script {
	for _, r := range text {
		if r < 0x2B0 { // the common case, without the table
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && r != 0xD7 && r != 0xF7 {
				return language.Latin
			}
			continue
		}
		if sc := language.LookupScript(r); sc.Strong() && sc != language.Unknown {
			return sc
		}
	}
	return language.Latin
}
