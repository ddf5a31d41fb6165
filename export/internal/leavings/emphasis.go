package leavings

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// emphasis brings the blanks at the ends of what stands between ** out of it, where Markdown would take the marks for none, and
// closes one that a paragraph leaves open.
func (m *mender) emphasis() {
	if !bytes.Contains(m.src.Text, []byte("**")) {
		return
	}
	m.mended("blanks stood inside of ** and **", "", m.inParagraphs(func(text []byte, from, to int, marks []int) []change {
		moved, _ := pairStars(text, marks)
		return moved
	}))
	m.mended("a ** that nothing closes was closed at the end of its paragraph", "", m.inParagraphs(func(text []byte, from, to int, marks []int) []change {
		_, open := pairStars(text, marks)
		if open < 0 || !opensWords(text, open, to) {
			return nil
		}
		end := from + len(bytes.TrimRight(text[from:to], " \t\n"))
		return []change{{end, end, "**"}}
	}))
}

// inParagraphs gathers the changes of each paragraph, of which it is told the runs of two stars.
func (m *mender) inParagraphs(changes func(text []byte, from, to int, marks []int) []change) (all []change) {
	text := m.src.Text
	g := code(text)
	for from := 0; from < len(text); {
		to := paragraphEnd(text, from)
		all = append(all, changes(text, from, to, m.stars(g, from, to))...)
		from = to
	}
	return all
}

// paragraphEnd gives where the paragraph that holds a byte ends.
func paragraphEnd(text []byte, from int) int {
	for i := from; i < len(text); i++ {
		if text[i] != '\n' {
			continue
		}
		j := i + 1
		for j < len(text) && (text[j] == ' ' || text[j] == '\t') {
			j++
		}
		if j >= len(text) || text[j] == '\n' {
			return min(j+1, len(text))
		}
		if isItem(text[i+1:min(i+80, len(text))]) || text[j] == '#' || text[j] == '|' || text[j] == '>' {
			return i + 1 // what begins with the next line is another block
		}
	}
	return len(text)
}

// stars finds the runs of two stars of a stretch. With runs of other lengths among them there is no telling which is whose.
func (m *mender) stars(g *guard, from, to int) []int {
	var at []int
	text := m.src.Text
	for i := from; i < to; i++ {
		if text[i] == '\\' {
			i++
			continue
		}
		if text[i] != '*' {
			continue
		}
		n := 1
		for i+n < to && text[i+n] == '*' {
			n++
		}
		if g.holds(i, i+n) {
			i += n - 1
			continue
		}
		if n > 2 {
			return nil
		}
		if n == 2 {
			at = append(at, i)
		}
		i += n - 1
	}
	return at
}

// pairStars takes marks two by two and gives the changes that bring blanks out of what they enclose, and the mark that is left
// over; -1 for none.
func pairStars(text []byte, marks []int) (changes []change, open int) {
	for len(marks) >= 2 {
		a, b := marks[0]+2, marks[1]
		inner := text[a:b]
		words := bytes.TrimSpace(inner)
		if len(words) == 0 || !bytes.ContainsFunc(words, unicode.IsLetter) {
			return nil, -1 // 2 ** 3 ** 4
		}
		lead := len(inner) - len(bytes.TrimLeft(inner, " \t\n"))
		trail := len(inner) - len(bytes.TrimRight(inner, " \t\n"))
		if lead > 0 {
			changes = append(changes, change{marks[0], a + lead, string(inner[:lead]) + "**"})
		}
		if trail > 0 {
			changes = append(changes, change{b - trail, b + 2, "**" + string(inner[len(inner)-trail:])})
		}
		marks = marks[2:]
	}
	if len(marks) == 1 {
		return changes, marks[0]
	}
	return changes, -1
}

// opensWords reports whether a mark that nothing closes stands before a word, and not behind one.
func opensWords(text []byte, at, to int) bool {
	if at+2 >= to {
		return false
	}
	after, _ := utf8.DecodeRune(text[at+2:])
	before, n := utf8.DecodeLastRune(text[:at])
	return (n == 0 || unicode.IsSpace(before) || unicode.In(before, unicode.Ps, unicode.Pi)) && (unicode.IsLetter(after) || unicode.In(after, unicode.Pi, unicode.Ps) || after == '"')
}
