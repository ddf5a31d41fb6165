package check

import (
	"regexp"
	"strings"
	"sync"
)

// A Leftover is markup that stands in a finished text, where readers see it.
type Leftover struct {
	Class   string // "emphasis", "note", "fence", "attributes", "template", "shortcode", "link", "alert", "encoding", "tag", "entity", "heading", "table"
	Excerpt string // the markup and a little around it
}

// leftovers tell markup from text, as far as a pattern can. What looks like it and is none is rarer than what is.
var leftovers = sync.OnceValue(func() []leftover {
	return []leftover{
		{"emphasis", regexp.MustCompile(`\*\*\pL|\pL\*\*|(^|\s)__\pL[^_\n]*__(\s|$)|(^|[\s(])\*\pL[^*\n]{0,80}\pL\*([\s.,;:)]|$)`)},
		{"note", regexp.MustCompile(`\[\^[^\]\n]{0,40}\]?`)},
		{"fence", regexp.MustCompile(`(?m)^\s*:{3,}(\s|$|\{)|` + "(?m)^\\s*```")},
		{"attributes", regexp.MustCompile(`\{[.#][A-Za-z][\w-]*[^{}\n]{0,80}\}|\{:\s*[.#]?[A-Za-z][^{}\n]{0,80}\}`)},
		{"template", regexp.MustCompile(`\{\{|\}\}|\{%|%\}`)},
		{"shortcode", regexp.MustCompile(`\[/?(caption|gallery|embed|audio|video|footnotes?|ref|quote|blockquote|dropcap|button|column|row)(\s+\w+=[^\]]*)?\]`)},
		{"link", regexp.MustCompile(`\]\((https?:|/|#|\.|\w+\.\w)|!\[[^\]\n]*\]\(`)},
		{"alert", regexp.MustCompile(`\[![A-Za-z]+\]`)},
		{"encoding", regexp.MustCompile(`â€.|Ã[\x{80}-\x{BF}©¨¤¶¼§]|Â[\x{A0}«»°©]|ï»¿|\x{FFFD}`)},
		{"tag", regexp.MustCompile(`</?(p|div|span|a|b|i|em|strong|br|img|sup|sub|ul|ol|li|table|tr|td|th|h[1-6]|font|center|blockquote|o:p|cite|u|hr)(\s[^<>]*)?/?>|<!--|-->`)},
		{"entity", regexp.MustCompile(`&(#[0-9]{2,6}|#x[0-9a-fA-F]{2,5}|nbsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|shy);`)},
		{"heading", regexp.MustCompile(`(?m)^#{1,6}\s+\S`)},
		{"table", regexp.MustCompile(`(?m)^\|[^|\n]*\|[^\n]*\|\s*$|^\s*\|?\s*:?-{3,}:?\s*\|`)},
	}
})

type leftover struct {
	class   string
	pattern *regexp.Regexp
}

// Leftovers finds markup in a text that should be free of it: one that holds no code and no formulas.
func Leftovers(text string) []Leftover {
	var out []Leftover
	for _, l := range leftovers() {
		for _, at := range l.pattern.FindAllStringIndex(text, -1) {
			out = append(out, Leftover{l.class, around(text, at[0], at[1])})
		}
	}
	return out
}

// around quotes a place of a text, cut at characters.
func around(text string, from, to int) string {
	from, to = max(0, from-20), min(len(text), to+20)
	return strings.Join(strings.Fields(strings.ToValidUTF8(text[from:to], "")), " ")
}
