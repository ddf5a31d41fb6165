package reference

import (
	"fmt"
	"hash/crc32"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/twinpress/twinpress/export/internal/names"
)

// key makes a work's key of who wrote it and when, of the number and of the article's slug: no two articles of a journal
// have these in common, so that a reader can throw several issues' files together.
func key(w *Work, slug string) string {
	head := ""
	if cs := w.Creators(); len(cs) > 0 && w.Article != nil {
		head = cs[0].Name
		if family, _, ok := names.Split(cs[0], w.Language); ok {
			head = family
		} else if f := strings.Fields(head); len(f) > 0 && !names.Corporate(head) {
			head = f[len(f)-1]
		}
	}
	if head = strings.ReplaceAll(ascii(head), "-", ""); head == "" {
		head = strings.ReplaceAll(ascii(w.Journal.Title), "-", "")
	}
	if y := w.Date.ISO(); len(y) >= 4 {
		head += y[:4]
	}
	var parts []string
	for _, p := range []string{head, ascii(w.Number), stem(slug)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return "work"
	}
	return strings.Join(parts, "-")
}

// stem is what a key has of a slug; a slug in another script than the Latin is told by its sum.
func stem(slug string) string {
	letters, kept := 0, ascii(slug)
	for _, r := range slug {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
		}
	}
	if letters > 2*len(kept) {
		return strings.TrimPrefix(kept+"-", "-") + fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(slug)))
	}
	return kept
}

// spelled are letters that no mark can be taken off.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "đ", "d", "Đ", "d",
	"ð", "d", "Ð", "d", "þ", "th", "Þ", "th", "ı", "i", "ŋ", "n", "ħ", "h")

// ascii gives a text in small letters of ASCII, digits, and hyphens for what is neither.
func ascii(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(spelled.Replace(s)) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
			continue
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}
