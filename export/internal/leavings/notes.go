package leavings

import (
	"bytes"
	"fmt"
	"strings"
)

var (
	raisedNote = lazily(`\^(\[\^[^\]\s]{1,60}\])\^`)
	emptyLink  = lazily(`\[\](\[\^[^\]\s]{1,60}\])\(#[^()\s]*\)`)
	linkedNote = lazily(`(\[\^[^\]\s]{1,60}\])\(#[^()\s]*\)`)
	blankNote  = lazily(`\[\^ +([\w.-]{1,40}) *\]`)
	backArrow  = lazily(`(?m)[ \t\x{A0}]*\[(?:↩[︎️]?|↑|⏎|\^|\\\^|back|Back)\]\(#[^()\s]*\)[ \t]*$|[ \t\x{A0}]+↩[︎️]?[ \t]*$`)
	noColon    = lazily(`(?m)^(\[\^[^\]\s]{1,60}\]) +\S`)
	anyNote    = lazily(`\[\^([^\]\n]{1,60})\](:?)`)
)

// notes mends citations and definitions of notes that other programs have wrapped, doubled or cut.
func (m *mender) notes() {
	if !bytes.Contains(m.src.Text, []byte("[^")) && !bytes.Contains(m.src.Text, []byte("↩")) && !bytes.Contains(m.src.Text, []byte("(#")) {
		return
	}
	first := func(f []string) (string, bool) { return f[1], true }
	m.replace(raisedNote, "the citation of a note stood between marks that raise it", first)
	m.replace(emptyLink, "the citation of a note stood in a link", first)
	m.replace(linkedNote, "the citation of a note was a link as well", first)
	m.replace(blankNote, "the citation of a note had blanks in it", func(f []string) (string, bool) { return "[^" + f[1] + "]", true })
	m.replace(backArrow, "an arrow back to the text, which each edition makes itself, was taken off", func([]string) (string, bool) { return "", true })
	m.colons()
	m.sharedLabels()
}

// colons gives a definition its colon: a line that begins with the mark of a note which is cited and nowhere defined.
func (m *mender) colons() {
	text := m.src.Text
	lines := noColon().FindAllSubmatchIndex(text, -1)
	if len(lines) == 0 {
		return
	}
	defined, cited := map[string]bool{}, map[string]int{}
	for _, at := range anyNote().FindAllSubmatchIndex(text, -1) {
		label := text[at[2]:at[3]]
		if at[4] < at[5] && (at[0] == 0 || text[at[0]-1] == '\n') {
			defined[string(label)] = true
		} else {
			cited[string(label)]++
		}
	}
	g := code(text)
	var changes []change
	for _, at := range lines {
		label := text[at[2]+2 : at[3]-1]
		before := bytes.TrimRight(text[:at[0]], " \t")
		apart := len(before) == 0 || bytes.HasSuffix(before, []byte("\n\n")) || bytes.HasSuffix(before, []byte("\n"))
		if !defined[string(label)] && cited[string(label)] > 1 && apart && !g.holds(at[0], at[1]) {
			changes = append(changes, change{at[3], at[3], ":"})
		}
	}
	m.mended("a definition of a note lacked its colon", "[^label]: text", changes)
}

// sharedLabels tells apart notes that all bear one label: the first citation means the first definition, and so on. It must be
// as many of the ones as of the others.
func (m *mender) sharedLabels() {
	text := m.src.Text
	type places struct{ cites, defs []span }
	byLabel := map[string]*places{}
	var labels []string
	g := code(text)
	for _, at := range anyNote().FindAllSubmatchIndex(text, -1) {
		if g.holds(at[0], at[1]) {
			continue
		}
		label := string(text[at[2]:at[3]])
		p := byLabel[label]
		if p == nil {
			p = &places{}
			byLabel[label] = p
			labels = append(labels, label)
		}
		if at[4] < at[5] && (at[0] == 0 || text[at[0]-1] == '\n') {
			p.defs = append(p.defs, span{at[2], at[3]})
		} else {
			p.cites = append(p.cites, span{at[2], at[3]})
		}
	}
	var changes []change
	for _, label := range labels {
		p := byLabel[label]
		if len(p.defs) < 2 || len(p.defs) != len(p.cites) {
			continue
		}
		for _, list := range [][]span{p.cites, p.defs} {
			for i, s := range list[1:] {
				changes = append(changes, change{s.from, s.to, fmt.Sprintf("%s.%d", strings.TrimSpace(label), i+2)})
			}
		}
	}
	m.mended("notes of one label were told apart by their order", "give each note a label of its own", changes)
}
