package layout

import (
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"

	"github.com/twinpress/twinpress/layout/internal/bidi"
)

// What Unicode's annexes say of a paragraph's text, told in its pieces.

// findLevels gives every piece its bidirectional level (UAX #9) and cuts pieces that have several.
func (t *paraText) findLevels(rtl bool) {
	levels := t.levels(rtl)
	out := make([]piece, 0, len(t.pieces)+8)
	base := uint8(0)
	if rtl {
		base = 1
	}
	for _, pc := range t.pieces {
		if pc.start == pc.end {
			pc.level = base
			out = append(out, pc)
			continue
		}
		from := pc.start
		for at := pc.start; at < pc.end; {
			r, n := utf8.DecodeRuneInString(t.text[at:])
			next := at + int32(n)
			if next == pc.end || levels[next] != levels[at] || bidi.Against(r, levels[at]) {
				part := pc
				part.start, part.end, part.level = from, next, levels[at]
				part.offset += from - pc.start
				out = append(out, part)
				from = next
			}
			at = next
		}
	}
	t.pieces = out
}

// levels gives the level of each byte of the text, in which the characters that steer the direction count though they have no
// place in it.
func (t *paraText) levels(rtl bool) []uint8 {
	var full []byte
	type gap struct{ at, n int } // bytes that the full text has and the text has not
	var gaps []gap
	from := int32(0)
	for _, d := range t.directives {
		if isDirectional(d.kind) {
			at := max(from, min(d.pos, int32(len(t.text)))) // white space at the end has been taken off
			full = append(full, t.text[from:at]...)
			from = at
			gaps = append(gaps, gap{len(full), utf8.RuneLen(d.kind)})
			full = utf8.AppendRune(full, d.kind)
		}
	}
	if gaps == nil {
		return bidi.Levels(t.text, rtl)
	}
	levels := bidi.Levels(string(append(full, t.text[from:]...)), rtl)
	out := make([]uint8, 0, len(t.text))
	at := 0
	for _, g := range gaps {
		out = append(out, levels[at:g.at]...)
		at = g.at + g.n
	}
	return append(out, levels[at:]...)
}

// splitWide cuts words at the places that UAX #14 gives where an ideograph stands at one side, and puts gaps there: places
// where the line may end, and stretch a little.
func (t *paraText) splitWide() {
	runes := []rune(t.text)
	var seg segmenter.Segmenter
	seg.Init(runes)
	breaks := make(map[int32]bool)
	at := int32(0)
	for it := seg.LineIterator(); it.Next(); {
		line := it.Line()
		for _, r := range line.Text {
			at += int32(max(utf8.RuneLen(r), 1))
		}
		breaks[at] = true
	}
	out := make([]piece, 0, len(t.pieces)+16)
	for _, pc := range t.pieces {
		if pc.kind != wordPiece || pc.note {
			out = append(out, pc)
			continue
		}
		if n := len(out); n > 0 && out[n-1].kind == wordPiece && breaks[pc.start] && t.wideAt(pc.start) {
			out = append(out, piece{kind: gapPiece, level: pc.level, start: pc.start, end: pc.start, span: pc.span, offset: pc.offset})
		}
		from := pc.start
		for at := pc.start; at < pc.end; {
			_, n := utf8.DecodeRuneInString(t.text[at:])
			at += int32(n)
			if at < pc.end && !(breaks[at] && t.wideAt(at)) {
				continue
			}
			part := pc
			part.start, part.end = from, at
			part.offset += from - pc.start
			out = append(out, part)
			if at < pc.end {
				out = append(out, piece{kind: gapPiece, level: pc.level, start: at, end: at, span: pc.span, offset: part.offset + at - from})
			}
			from = at
		}
	}
	t.pieces = out
}

// wideAt says that an ideograph stands at one side of pos.
func (t *paraText) wideAt(pos int32) bool {
	a, _ := utf8.DecodeLastRuneInString(t.text[:pos])
	b, _ := utf8.DecodeRuneInString(t.text[pos:])
	return isWide(a) || isWide(b)
}

// graphemes calls f with the places between the user-perceived characters of text (UAX #29).
func graphemes(text string, f func(at int)) {
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		for i := 1; i < len(text); i++ {
			f(i)
		}
		return
	}
	var seg segmenter.Segmenter
	seg.Init([]rune(text))
	at := 0
	for it := seg.GraphemeIterator(); it.Next(); {
		for _, r := range it.Grapheme().Text {
			at += max(utf8.RuneLen(r), 1)
		}
		if at < len(text) {
			f(at)
		}
	}
}
