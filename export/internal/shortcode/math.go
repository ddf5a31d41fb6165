package shortcode

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/internal/source"
)

// escapedMath reads \\( … \\) and \\[ … \\], as Hugo's authors write them so that Markdown leaves a backslash.
func (sc *scanner) escapedMath(i int) (tag, bool) {
	if t, ok := sc.mathEnvironment(i); ok {
		return t, true
	}
	text := sc.s.Text
	slashes := 1
	if text[i+1] == '\\' {
		slashes = 2
	} else if !sc.opts.Math {
		return tag{}, false
	}
	if i+slashes >= len(text) {
		return tag{}, false
	}
	open := text[i+slashes]
	if open != '(' && open != '[' {
		return tag{}, false
	}
	shut := map[byte]string{'(': ")", '[': "]"}[open]
	shut = strings.Repeat(`\`, slashes) + shut
	from := i + slashes + 1
	n := bytes.Index(text[from:], []byte(shut))
	if n < 0 || bytes.Contains(text[from:from+n], []byte("\n\n")) {
		return tag{}, false
	}
	tex := string(text[from : from+n])
	if slashes == 2 {
		// Written through Markdown, which takes one backslash before punctuation.
		tex = strings.NewReplacer(`\\`, `\`, `\_`, `_`, `\*`, `*`).Replace(tex)
	}
	kind := MathText
	if open == '[' {
		kind = MathBlock
	}
	return sc.math(kind, tex, i, from+n+len(shut)), true
}

// dollarMath reads $$ … $$, and $ … $ where the site says that it means mathematics.
func (sc *scanner) dollarMath(i int) (tag, bool) {
	text := sc.s.Text
	if i+1 < len(text) && text[i+1] == '$' {
		n := bytes.Index(text[i+2:], []byte("$$"))
		if n <= 0 || bytes.Contains(text[i+2:i+2+n], []byte("\n\n")) {
			return tag{}, false
		}
		to := i + 2 + n + 2
		kind := MathText
		before := text[bytes.LastIndexByte(text[:i], '\n')+1 : i]
		after, _ := source.CutLine(text, to)
		if len(bytes.Trim(before, " \t>")) == 0 && len(bytes.TrimSpace(after)) == 0 {
			kind = MathBlock
		}
		return sc.math(kind, string(text[i+2:i+2+n]), i, to), true
	}
	if !sc.opts.Dollars && !sc.loose && !sc.opts.Line {
		return tag{}, false
	}
	line, _ := source.CutLine(text, i+1)
	for j := 0; j < len(line); j++ {
		switch {
		case line[j] == '\\':
			j++
		case line[j] == '$':
			// As in Pandoc: no blank inside, no digit behind, so that prices stay prices.
			if j == 0 || line[0] == ' ' || line[j-1] == ' ' || j+1 < len(line) && line[j+1] >= '0' && line[j+1] <= '9' {
				return tag{}, false
			}
			if !sc.opts.Dollars && !looksLikeMath(line[:j]) || !sc.opts.Dollars && !sc.loose && !isTeX(line[:j]) {
				return tag{}, false
			}
			return sc.math(MathText, string(line[:j]), i, i+1+j+1), true
		}
	}
	return tag{}, false
}

func (sc *scanner) math(kind Kind, tex string, from, to int) tag {
	in := &Insert{Kind: kind, Text: strings.TrimSpace(tex), Raw: string(sc.s.Text[from:to]), Src: sc.s, At: from}
	return tag{from: from, to: to, in: in}
}

// mathEnvironments are the environments that stand in a text without further marks, as MathJax reads them.
var mathEnvironments = [...]string{"equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "displaymath"}

// mathEnvironment reads \begin{equation} … \end{equation} and the like, where a line begins with it.
func (sc *scanner) mathEnvironment(i int) (tag, bool) {
	text := sc.s.Text
	rest, ok := bytes.CutPrefix(text[i:], []byte(`\begin{`))
	if !ok {
		return tag{}, false
	}
	before := text[bytes.LastIndexByte(text[:i], '\n')+1 : i]
	if len(bytes.Trim(before, " \t>")) > 0 {
		return tag{}, false
	}
	end := bytes.IndexByte(rest, '}')
	if end < 0 || end > 20 {
		return tag{}, false
	}
	name := string(rest[:end])
	if !slices.Contains(mathEnvironments[:], strings.TrimSuffix(name, "*")) {
		return tag{}, false
	}
	shut := `\end{` + name + `}`
	n := bytes.Index(text[i:], []byte(shut))
	if n < 0 || bytes.Contains(text[i:i+n], []byte("\n\n")) {
		return tag{}, false
	}
	to := i + n + len(shut)
	tex := string(text[i:to])
	if strings.Contains(tex, `\\\\`) {
		tex = strings.ReplaceAll(tex, `\\`, `\`) // written through Markdown
	}
	return sc.math(MathBlock, strings.ReplaceAll(tex, `\_`, `_`), i, to), true
}

// isTeX reports whether what stands between two dollars has a command, a superscript or a subscript: no price has.
func isTeX(s []byte) bool {
	i := bytes.IndexAny(s, `\^_`)
	return i >= 0 && i+1 < len(s) && (s[i] != '\\' || unicode.IsLetter(rune(s[i+1])))
}

// looksLikeMath reports whether what stands between two dollars can hardly be anything but a formula: it has a letter or
// a command, and no two words of prose.
func looksLikeMath(s []byte) bool {
	if len(s) > 120 {
		return false
	}
	symbols := bytes.ContainsAny(s, `\^_=<>{}`)
	letters, word, words := false, 0, 0
	for _, c := range string(s) {
		if unicode.IsLetter(c) {
			letters = true
			if word++; word == 4 {
				words++
			}
		} else {
			word = 0
		}
	}
	return (symbols || letters) && (words == 0 || symbols && words < 3)
}
