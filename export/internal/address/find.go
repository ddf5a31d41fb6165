package address

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Looks reports whether a link's text is an address itself, and is to be broken as one.
func Looks(text string) bool {
	return !strings.ContainsAny(text, " \u00a0") && (strings.Contains(text, "://") || strings.HasPrefix(text, "www.") ||
		strings.HasPrefix(text, "mailto:") || strings.Contains(text, "/") && strings.Contains(text, ".") && len(text) > 12)
}

// A Finder finds the addresses in running text, one after the other. Each kind of opening is looked for once, however many
// addresses there are.
type Finder struct {
	text         string
	from         int
	slashes, www int // where "://" and "www." next stand; the text's length when they do no more
}

// In gives a Finder for a text from a byte on.
func In(text string, from int) Finder {
	return Finder{text: text, from: from, slashes: nextIndex(text, "://", from), www: nextIndex(text, "www.", from)}
}

// Next gives the extent of the next address in bytes; ok is false when there is none.
func (f *Finder) Next() (begin, end int, ok bool) {
	if f.slashes < f.from {
		f.slashes = nextIndex(f.text, "://", f.from)
	}
	if f.www < f.from {
		f.www = nextIndex(f.text, "www.", f.from)
	}
	if min(f.slashes, f.www) == len(f.text) {
		return 0, 0, false
	}
	begin, end = f.extent()
	f.from = end
	return begin, end, true
}

// extent is from an address's scheme, or its www, to the next space, without the stop that ends a sentence. It ends after
// scheme or www, whichever comes first.
func (f *Finder) extent() (int, int) {
	s := f.text
	i, least := f.www, f.www+len("www.")
	if f.slashes < f.www {
		i, least = f.slashes, f.slashes+len("://")
		for i > f.from && isLetter(s[i-1]) {
			i--
		}
	}
	j := i
	for j < len(s) {
		r, n := utf8.DecodeRuneInString(s[j:])
		if unicode.IsSpace(r) || r == '”' || r == '»' || r == '’' || r == '“' || r == '<' || r == '>' {
			break
		}
		j += n
	}
	for j > least && strings.IndexByte(".,;:!?)", s[j-1]) >= 0 {
		j--
	}
	return i, max(j, least)
}

// nextIndex is where sub next stands in s from byte from on; len(s) if it does not.
func nextIndex(s, sub string, from int) int {
	if i := strings.Index(s[from:], sub); i >= 0 {
		return from + i
	}
	return len(s)
}
