package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the page about HTML anew")

// standard lists the elements of the HTML Standard's index (retrieved from its § "Elements" as of 2025) and those that its
// § 16.2 calls obsolete.
const standard = `a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col
colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head
header hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu meta meter nav noscript object ol
optgroup option output p picture pre progress q rp rt ruby s samp script search section select selectedcontent slot small source
span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track u ul var video wbr
acronym applet basefont bgsound big blink center dir font frame frameset image isindex keygen listing marquee menuitem multicol
nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp`

// TestEveryElement: each element of the standard has its row, no row is of another, and each stands in one of the examples.
func TestEveryElement(t *testing.T) {
	var inputs bytes.Buffer
	files, err := filepath.Glob("../testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if f.Name == "input.md" {
				inputs.Write(f.Data)
			}
		}
	}
	names := strings.Fields(standard)
	for _, e := range elements {
		if e.name == "root" {
			continue
		}
		if !slices.Contains(names, e.name) {
			t.Errorf("<%s> is in the table, and not in the standard", e.name)
		}
		if !regexp.MustCompile(`<` + e.name + `[\s>/]`).Match(inputs.Bytes()) {
			t.Errorf("no example in testdata has <%s>", e.name)
		}
		for _, a := range strings.Fields(e.attrs) {
			if !regexp.MustCompile(`<` + e.name + `\s[^>]*\b` + a + `\b`).Match(inputs.Bytes()) {
				t.Errorf("no example in testdata has <%s %s>", e.name, a)
			}
		}
	}
	for _, name := range names {
		if lookUp(name) == &unknownElement {
			t.Errorf("<%s> has no row in the table", name)
		}
	}
	for _, a := range attributes {
		if a.kept && !regexp.MustCompile(`\s`+a.name+`[\s=>]`).Match(inputs.Bytes()) {
			t.Errorf("no example in testdata has the attribute %s", a.name)
		}
	}
}

// TestPageAboutHTML holds the page that tells authors what becomes of HTML to the tables that the reader works from.
func TestPageAboutHTML(t *testing.T) {
	const name = "../../.github/HTML.md"
	page := pageAboutHTML()
	if *update {
		if err := os.WriteFile(name, page, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, page) {
		t.Errorf("%s does not say what export/markdown/elements.go does (%v): make update writes it", name, err)
	}
}

func pageAboutHTML() []byte {
	var b bytes.Buffer
	b.WriteString(`# What becomes of raw HTML

Markdown may hold HTML. Both editions show the same of it: what follows is the table that the reader works from
(` + "`export/markdown/elements.go`" + `), written out. Nothing is left out without a word but what says nothing to a reader of the
page either; ` + "`twinpress codes`" + ` explains the codes.

HTML left open or overlapping is mended as browsers do (` + "`bad-html`" + `). Blocks within an element of a line take it into their
lines: all of ` + "`<a><h2>…</h2><p>…</p></a>`" + ` is linked. References to characters are read as HTML has them (` + "`&#150;`" + ` is a
dash, ` + "`&#0;`" + ` a replacement character), also without their semicolon (` + "`bad-reference`" + `); those to control characters are taken out
(` + "`control-character`" + `). Comments and document types leave nothing, instructions (` + "`<?php … ?>`" + `) are left out
(` + "`dropped-html`" + `), the words of a CDATA section are kept (` + "`kept-html`" + `). An element that HTML does not know is its words
(` + "`kept-html`" + `, once for each name).

| element | in both editions | its attributes that count |
|---|---|---|
`)
	for _, e := range elements {
		if e.name == "root" {
			continue
		}
		words := roleWords[e.is]
		if e.is == asRun {
			words = "its words: " + e.style.String()
			if e.style.String() == "span" {
				words = "its words"
			}
		}
		switch {
		case e.words != "" && e.is == asNothing:
			words = e.words
		case e.words != "":
			words += "; " + e.words
		}
		attrs := ""
		if e.attrs != "" {
			attrs = "`" + strings.Join(strings.Fields(e.attrs), "` `") + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", e.name, strings.ReplaceAll(words, "|", `\|`), attrs)
	}
	b.WriteString("\n| attribute of any element | in both editions |\n|---|---|\n")
	for _, a := range attributes {
		fmt.Fprintf(&b, "| `%s` | %s |\n", strings.ReplaceAll(a.name, ", ", "` `"), a.words)
	}
	return b.Bytes()
}
