package fonts

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"golang.org/x/text/unicode/norm"
)

// A WebFont is a font file for a reading system: an EPUB's or a browser's.
type WebFont struct {
	Data      []byte
	Ext       string // ".otf" or ".ttf"
	MediaType string // "font/otf" or "font/ttf", both core media types of EPUB 3.3 §3.2
}

// SubsetWeb makes the font that a reading system needs to show the text with the features named (all that the stylesheet may
// ask for: "smcp,onum,pnum,sups"); those that are on by themselves, and those a script needs, come anyhow. It fails when the
// licence does not allow a font to be handed on inside a document (Licence.Web). The same text gives the same bytes; only
// which characters it has counts, not their order.
//
// Glyphs keep their numbers, and those that no text can reach are blank. So the layout tables are the maker's, byte for byte:
// kerning, marks and every language's forms work in the reader's shaper as in ours. Blank glyphs weigh next to nothing once
// the container is compressed. Hints are left out.
func (f *Face) SubsetWeb(text string, features Features) (web *WebFont, err error) {
	p := f.load()
	defer func() {
		if err != nil {
			web, err = nil, fmt.Errorf("web font of %s: %w", f.name, err)
		}
	}()
	defer onPanic(func(r any) { err = fmt.Errorf("broken font: %v", r) })
	if !p.licence.Web {
		return nil, errors.New("the font's licence (OS/2 fsType) allows printing and viewing only")
	}
	on, err := features.on()
	if err != nil {
		return nil, err
	}
	chars := p.charactersFor(text)
	keep := p.reachable(chars, on)

	out := webTables{}
	for _, tag := range []string{"OS/2", "head", "hhea", "name", "GDEF", "GSUB", "GPOS", "BASE", "kern"} {
		out.add(tag, slices.Clone(table(p.data, tag)))
	}
	out.add("cmap", writeCmap(chars, func(r rune) uint16 { g, _ := f.Glyph(r); return g }))
	out.add("post", webPost(table(p.data, "post"), p.metrics))

	src, err := p.subsetter()
	if err != nil {
		return nil, err
	}
	if src.ttf != nil {
		if err := out.trueType(p, src.ttf, keep); err != nil {
			return nil, err
		}
		return &WebFont{Data: writeFont(out), Ext: ".ttf", MediaType: "font/ttf"}, nil
	}
	out.compact(p, src.cff, f.name, keep)
	return &WebFont{Data: writeFont(out), Ext: ".otf", MediaType: "font/otf"}, nil
}

// on gives the features that are switched on.
func (fs Features) on() (map[ot.Tag]bool, error) {
	wanted, err := fs.parse(nil)
	if err != nil {
		return nil, err
	}
	on := map[ot.Tag]bool{}
	for _, w := range wanted {
		if w.Value > 0 {
			on[w.Tag] = true
		}
	}
	return on, nil
}

// webTables are the tables of a font for the web on their way.
type webTables []ot.Table

// add adds a table, if there is one.
func (ts *webTables) add(tag string, content []byte) {
	if content != nil {
		*ts = append(*ts, ot.Table{Tag: ot.MustNewTag(tag), Content: content})
	}
}

// put16 writes a number into a table that is there.
func (ts webTables) put16(tag string, at int, v uint16) {
	for _, t := range ts {
		if t.Tag == ot.MustNewTag(tag) {
			binary.BigEndian.PutUint16(t.Content[at:], v)
		}
	}
}

// trueType adds the outlines of a TrueType font, with those blank that no text reaches.
func (ts *webTables) trueType(p *parsed, src *ttfFont, keep []bool) error {
	glyf, loca, long, err := src.blank(keep)
	if err != nil {
		return err
	}
	ts.add("glyf", glyf)
	ts.add("loca", loca)
	ts.add("hmtx", table(p.data, "hmtx"))
	ts.add("maxp", maxpWithoutPrograms(table(p.data, "maxp"), len(p.advances)))
	ts.put16("head", 50, long) // indexToLocFormat
	return nil
}

// compact adds the outlines of a CFF font, with those blank that no text reaches; what cannot be subset, as an instance of a
// variable font, is drawn anew.
func (ts *webTables) compact(p *parsed, src *cffFont, name string, keep []bool) {
	var cff []byte
	var err error
	if src != nil {
		cff, err = src.blank(name, keep)
	}
	hmtx := table(p.data, "hmtx")
	if src == nil || err != nil {
		cff, hmtx = p.drawnKeeping(name, keep), p.metricsKeeping(keep)
		ts.put16("hhea", 34, uint16(len(p.advances))) // numberOfHMetrics
	}
	ts.add("CFF ", cff)
	ts.add("hmtx", hmtx)
	ts.add("maxp", binary.BigEndian.AppendUint16([]byte{0, 0, 0x50, 0}, uint16(len(p.advances)))) // version 0.5
}

// metricsKeeping writes hmtx from the face's own advances: an instance has others than the file.
func (p *parsed) metricsKeeping(keep []bool) []byte {
	var hmtx []byte
	for g, adv := range p.advances {
		bearing := 0
		if path := p.outline(uint16(g)); keep[g] && len(path) > 0 {
			bearing = leftmost(path)
		}
		hmtx = binary.BigEndian.AppendUint16(hmtx, adv)
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(int16(bearing)))
	}
	return hmtx
}

// always are characters that a reader's own doing may call for: spaces, the hyphen at a line's end, the dots of a cut title.
const always = " \u00a0-\u2010…"

// pairs are signs that stand mirrored in text from right to left.
const pairs = "()[]{}<>«»‹›"

// charactersFor is the characters of the text that the face has, sorted, with those that a shaper may use in their stead.
func (p *parsed) charactersFor(text string) []rune {
	in := map[rune]bool{}
	marks := false
	for _, s := range []string{text, norm.NFC.String(text), always} {
		for _, r := range s {
			in[r] = true
			marks = marks || unicode.Is(unicode.Mn, r)
		}
	}
	if marks {
		// Shapers compose step by step: s with dots below and above passes through ṣ.
		for it := p.font.Cmap.Iter(); it.Next(); {
			r, _ := it.Char()
			if parts := norm.NFD.String(string(r)); parts != string(r) && !strings.ContainsFunc(parts, func(r rune) bool { return !in[r] }) {
				in[r] = true
			}
		}
	}
	// And take apart what the font may lack, and the vowel am of Thai and Lao always.
	for _, r := range norm.NFD.String(text) {
		in[r] = true
	}
	for _, am := range [][3]rune{{0x0E33, 0x0E4D, 0x0E32}, {0x0EB3, 0x0ECD, 0x0EB2}} {
		if in[am[0]] {
			in[am[1]], in[am[2]] = true, true
		}
	}
	if strings.ContainsAny(text, pairs) {
		for _, r := range pairs {
			in[r] = true
		}
	}
	var chars []rune
	for r := range in {
		if _, ok := p.font.Cmap.Lookup(r); ok {
			chars = append(chars, r)
		}
	}
	slices.Sort(chars)
	return chars
}

// optional are the features that are off until asked for; all others are on by themselves or by script (OpenType's registry).
func optional() map[ot.Tag]bool {
	m := map[ot.Tag]bool{}
	for _, tag := range strings.Fields(`aalt afrc c2pc c2sc case cpct cpsp cswh dlig dnom expt falt frac fwid halt hist hlig hngl hojo
		hwid ital jalt jp04 jp78 jp83 jp90 lnum mgrk nalt nlck numr onum ordn ornm palt pcap pkna pnum pwid qwid ruby salt sinf smcp
		smpl subs sups swsh titl tnam tnum trad twid unic vert vrt2 zero`) {
		m[ot.MustNewTag(tag)] = true
	}
	for i := 1; i <= 99; i++ {
		m[ot.MustNewTag(fmt.Sprintf("cv%02d", i))] = true
		m[ot.MustNewTag(fmt.Sprintf("ss%02d", i))] = true
	}
	return m
}

// reachable marks the glyphs that shaping the characters can give: their own, and whatever the substitutions in force make of
// those already reached, until nothing is added. Contexts are taken to hold always, which errs on the side of too many.
func (p *parsed) reachable(chars []rune, on map[ot.Tag]bool) []bool {
	keep := make([]bool, len(p.advances))
	keep[0] = true
	for _, r := range chars {
		if g, _ := p.font.Cmap.Lookup(r); int(g) < len(keep) {
			keep[g] = true
		}
	}
	gsub := &p.font.GSUB
	inForce := make([]bool, len(gsub.Lookups))
	var enable func(lookup uint16)
	enable = func(lookup uint16) {
		if int(lookup) >= len(inForce) || inForce[lookup] {
			return
		}
		inForce[lookup] = true
		for _, st := range gsub.Lookups[lookup].Subtables {
			for _, nested := range nestedLookups(st) {
				enable(nested)
			}
		}
	}
	off := optional()
	for _, fe := range gsub.Features {
		if !off[fe.Tag] || on[fe.Tag] {
			for _, l := range fe.LookupListIndices {
				enable(l)
			}
		}
	}
	for _, v := range gsub.FeatureVariations {
		for _, s := range v.Substitutions.Substitutions {
			for _, l := range s.AlternateFeature.LookupListIndices {
				enable(l)
			}
		}
	}
	for grown := true; grown; {
		grown = false
		reach := func(g tables.GlyphID) {
			if int(g) < len(keep) && !keep[g] {
				keep[g], grown = true, true
			}
		}
		for i, lookup := range gsub.Lookups {
			if !inForce[i] {
				continue
			}
			for _, st := range lookup.Subtables {
				substitute(st, keep, reach)
			}
		}
	}
	return keep
}

// substitute calls reach with every glyph that the subtable can put in the place of glyphs that are kept.
func substitute(st tables.GSUBLookup, keep []bool, reach func(tables.GlyphID)) {
	each := func(cov tables.Coverage, fn func(g tables.GlyphID, index int)) {
		for g, kept := range keep {
			if kept {
				if i, ok := cov.Index(tables.GlyphID(g)); ok {
					fn(tables.GlyphID(g), i)
				}
			}
		}
	}
	switch st := st.(type) {
	case tables.SingleSubs:
		switch d := st.Data.(type) {
		case tables.SingleSubstData1:
			each(d.Coverage, func(g tables.GlyphID, _ int) { reach(tables.GlyphID(int(g) + int(d.DeltaGlyphID))) })
		case tables.SingleSubstData2:
			each(d.Coverage, func(_ tables.GlyphID, i int) {
				if i < len(d.SubstituteGlyphIDs) {
					reach(d.SubstituteGlyphIDs[i])
				}
			})
		}
	case tables.MultipleSubs:
		each(st.Coverage, func(_ tables.GlyphID, i int) {
			if i < len(st.Sequences) {
				for _, g := range st.Sequences[i].SubstituteGlyphIDs {
					reach(g)
				}
			}
		})
	case tables.AlternateSubs:
		each(st.Coverage, func(_ tables.GlyphID, i int) {
			if i < len(st.AlternateSets) {
				for _, g := range st.AlternateSets[i].AlternateGlyphIDs {
					reach(g)
				}
			}
		})
	case tables.LigatureSubs:
		each(st.Coverage, func(_ tables.GlyphID, i int) {
			if i >= len(st.LigatureSets) {
				return
			}
		ligatures:
			for _, lig := range st.LigatureSets[i].Ligatures {
				for _, c := range lig.ComponentGlyphIDs {
					if int(c) >= len(keep) || !keep[c] {
						continue ligatures
					}
				}
				reach(lig.LigatureGlyph)
			}
		})
	case tables.ReverseChainSingleSubs:
		for _, g := range st.SubstituteGlyphIDs { // its coverage is not told; all of them, then
			reach(g)
		}
	}
}

// nestedLookups are the lookups that a contextual substitution calls.
func nestedLookups(st tables.GSUBLookup) (nested []uint16) {
	add := func(records []tables.SequenceLookupRecord) {
		for _, r := range records {
			nested = append(nested, r.LookupListIndex)
		}
	}
	rules := func(sets []tables.SequenceRuleSet) {
		for _, set := range sets {
			for _, rule := range set.SeqRule {
				add(rule.SeqLookupRecords)
			}
		}
	}
	chained := func(sets []tables.ChainedSequenceRuleSet) {
		for _, set := range sets {
			for _, rule := range set.ChainedSeqRules {
				add(rule.SeqLookupRecords)
			}
		}
	}
	switch st := st.(type) {
	case tables.ContextualSubs:
		switch d := st.Data.(type) {
		case tables.ContextualSubs1:
			rules(d.SeqRuleSet)
		case tables.ContextualSubs2:
			rules(d.ClassSeqRuleSet)
		case tables.ContextualSubs3:
			add(d.SeqLookupRecords)
		}
	case tables.ChainedContextualSubs:
		switch d := st.Data.(type) {
		case tables.ChainedContextualSubs1:
			chained(d.ChainedSeqRuleSet)
		case tables.ChainedContextualSubs2:
			chained(d.ChainedClassSeqRuleSet)
		case tables.ChainedContextualSubs3:
			add(d.SeqLookupRecords)
		}
	}
	return nested
}

// writeCmap maps the sorted characters to their glyphs (ISO/IEC 14496-22 §5.2.1): format 4 for the Basic Multilingual Plane,
// and format 12 beside it when there are others.
func writeCmap(chars []rune, glyph func(rune) uint16) []byte {
	type segment struct{ start, end, delta int }
	var bmp, full []segment
	extend := func(segs []segment, r rune) []segment {
		delta := int(glyph(r)) - int(r)
		if n := len(segs); n > 0 && segs[n-1].end == int(r)-1 && segs[n-1].delta == delta {
			segs[n-1].end = int(r)
			return segs
		}
		return append(segs, segment{int(r), int(r), delta})
	}
	for _, r := range chars {
		if r < 0xFFFF {
			bmp = extend(bmp, r)
		}
		full = extend(full, r)
	}
	bmp = append(bmp, segment{0xFFFF, 0xFFFF, 1}) // the required last one
	be16 := binary.BigEndian.AppendUint16
	be32 := binary.BigEndian.AppendUint32

	log := 0
	for 2<<log <= len(bmp) {
		log++
	}
	n := len(bmp)
	f4 := be16(nil, 4)
	for _, v := range []int{16 + 8*n, 0, 2 * n, 2 << log, log, 2*n - 2<<log} {
		f4 = be16(f4, uint16(v))
	}
	for _, s := range bmp {
		f4 = be16(f4, uint16(s.end))
	}
	f4 = be16(f4, 0)
	for _, s := range bmp {
		f4 = be16(f4, uint16(s.start))
	}
	for _, s := range bmp {
		f4 = be16(f4, uint16(s.delta))
	}
	for range bmp {
		f4 = be16(f4, 0)
	}

	subtables := 1
	if len(chars) > 0 && chars[len(chars)-1] > 0xFFFF {
		subtables = 2
	}
	b := be16(be16(nil, 0), uint16(subtables))
	at := 4 + 8*subtables
	b = be32(be16(be16(b, 3), 1), uint32(at))
	if subtables == 1 {
		return append(b, f4...)
	}
	b = be32(be16(be16(b, 3), 10), uint32(at+len(f4)))
	b = append(b, f4...)
	b = be16(be16(b, 12), 0)
	b = be32(be32(be32(b, uint32(16+12*len(full))), 0), uint32(len(full)))
	for _, s := range full {
		b = be32(be32(be32(b, uint32(s.start)), uint32(s.end)), uint32(s.start+s.delta))
	}
	return b
}

// webPost is a post table of version 3: without the glyphs' names.
func webPost(old []byte, m Metrics) []byte {
	b := make([]byte, 32)
	if len(old) >= 32 {
		copy(b, old[:32])
	} else {
		binary.BigEndian.PutUint16(b[8:], uint16(int16(m.UnderlinePosition)))
		binary.BigEndian.PutUint16(b[10:], uint16(int16(m.UnderlineThickness)))
	}
	binary.BigEndian.PutUint32(b, 0x00030000)
	return b
}

func leftmost(path []Segment) int {
	x := path[0].P[0].X
	for i := range path {
		for j := range min(int(path[i].Op)+1, 3) {
			x = min(x, path[i].P[j].X)
		}
	}
	return int(x)
}

// endchar is the charstring of a glyph without ink, of the default width; hmtx has the true one.
var endchar = []byte{14}

// blank is the CFF table with the outlines of the kept glyphs only, all under their old numbers.
func (c *cffFont) blank(name string, keep []bool) ([]byte, error) {
	glyphs := make([]uint16, len(keep))
	for g := range glyphs {
		glyphs[g] = uint16(g)
	}
	return c.cidKeyedKeeping(name, glyphs, func(g uint16) bool { return keep[g] })
}

// drawnKeeping is drawn for all glyphs, with the kept ones' outlines only.
func (p *parsed) drawnKeeping(name string, keep []bool) []byte {
	glyphs := make([]uint16, len(keep))
	for g := range glyphs {
		glyphs[g] = uint16(g)
	}
	return p.drawnOf(name, glyphs, func(g uint16) bool { return keep[g] })
}
