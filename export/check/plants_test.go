package check_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
)

const planted = `---
title: The Ferry
math: true
subtitle: Of crossings
author: Ada Brook
language: en
standfirst: A river and its boat.
image: wide.png
image-alt: The landing stage
image-caption: Seen from the east
image-credit: "Photograph: Cole Drew"
---
In 1917 the ferry[^1] made a cooperative crossing of the river, whose name was March, every hour[^2].

## The boat

It was twelve feet wide; [the plan](https://plan.example/boat) survives. A [second plan](https://plan.example/second) is lost.

![A hull](a.png "Its hull")

![A mast](b.png "Its mast")

- oars
- a rope
- two lanterns

| Year | Crossings |
|------|-----------|
| 1917 | 4,380     |
| 1918 | 4,100     |

- [ ] caulk the seams
- [x] tar the rope

### Its *bell*

The bell said <span lang="fr">à demain</span> to all. Its weight was $m = 3$ pounds.

> Who crosses, pays.
>
> — The ferryman

` + "```\nrow(left)\nrow(right)\n```" + `

Ferry
: a boat that goes to and fro

Rain fell, and the water rose.  
The rope held.

[^1]: It was called Patience.
[^2]: But not by night.
`

// plants are differences, each a change of the source from which one of the editions is then made.
var plants = []struct{ name, old, new, code string }{
	{"a number changed", "In 1917", "In 1971", "parity-words"},
	{"a number in a cell changed", "4,380", "4,830", "parity-words"},
	{"a cell emptied", "| 1918 | 4,100     |", "| 1918 |  |", "parity-words"},
	{"a row lost", "| 1918 | 4,100     |\n", "", "parity-words"},
	{"an item of a list lost", "- a rope\n", "", "parity-words"},
	{"items swapped", "- oars\n- a rope", "- a rope\n- oars", "parity-"},
	{"a task done", "- [ ] caulk", "- [x] caulk", "parity-words"},
	{"a long word dropped", "a cooperative crossing", "a crossing", "parity-words"},
	{"a capital lost", "was March", "was march", "parity-words"},
	{"a sign of punctuation changed", "feet wide;", "feet wide:", "parity-words"},
	{"notes swapped", "[^1]: It was called Patience.\n[^2]: But not by night.", "[^1]: But not by night.\n[^2]: It was called Patience.", "parity-"},
	{"a note's mark moved", "every hour[^2]", "every[^2] hour", "parity-"},
	{"a note lost", "hour[^2]", "hour", "parity-note"},
	{"a link's target changed", "plan.example/boat", "plan.example/boot", "parity-link"},
	{"a link moved", "[the plan](https://plan.example/boat) survives", "the plan [survives](https://plan.example/boat)", "parity-"},
	{"a link lost", "[the plan](https://plan.example/boat)", "the plan", "parity-link"},
	{"an alternative lost", "![A hull](a.png \"Its hull\")", "![](a.png \"Its hull\")", "parity-"},
	{"pictures swapped", "![A hull](a.png \"Its hull\")\n\n![A mast](b.png \"Its mast\")", "![A mast](b.png \"Its mast\")\n\n![A hull](a.png \"Its hull\")", "parity-"},
	{"a caption lost", " \"Its mast\"", "", "parity-words"},
	{"the opening picture's alternative changed", "The landing stage", "A landing stage", "parity-alt"},
	{"the opening picture's credit lost", "image-credit: \"Photograph: Cole Drew\"\n", "", "parity-words"},
	{"a heading lost", "## The boat\n", "", "parity-words"},
	{"a heading made a paragraph", "## The boat", "The boat", "parity-heading"},
	{"a heading of another level", "### Its", "## Its", "parity-heading"},
	{"a title changed", "title: The Ferry", "title: The Ferries", "parity-title"},
	{"a subtitle lost", "subtitle: Of crossings\n", "", "parity-title"},
	{"a standfirst lost", "standfirst: A river and its boat.\n", "", "parity-words"},
	{"an author's name changed", "Ada Brook", "Ada Brooke", "parity-words"},
	{"another language", "language: en", "language: en-GB", "parity-language"},
	{"a phrase in another language", "lang=\"fr\"", "lang=\"it\"", "parity-language"},
	{"a formula changed", "$m = 3$", "$m = 4$", "parity-alt"},
	{"who said it lost", ">\n> — The ferryman\n", "", "parity-words"},
	{"a line of a program lost", "row(left)\n", "", "parity-words"},
	{"lines of a program swapped", "row(left)\nrow(right)", "row(right)\nrow(left)", "parity-"},
	{"a term changed", "Ferry\n: a boat", "Ferries\n: a boat", "parity-words"},
	{"a paragraph in two", "rose.  \nThe rope", "rose.\n\nAnd the rope", "parity-words"},
}

// TestParityPlants makes one edition from a source and the other from the source with a difference in it, both ways round: each
// difference must be found, and none without it.
func TestParityPlants(t *testing.T) {
	make := func(text string) (epub, pdf []byte) {
		dir := t.TempDir()
		for name, data := range map[string]string{"ferry.md": text, "a.png": picture(t, 40, 40), "b.png": picture(t, 50, 40), "wide.png": picture(t, 900, 300)} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		files := editions(t, filepath.Join(dir, "ferry.md"), export.Options{})
		return files["ferry.epub"], files["ferry.pdf"]
	}
	epub, pdf := make(planted)
	if found, tally := check.Parity(epub, pdf); len(found) > 0 || tally.Notes != 2 || tally.Pictures != 3 || tally.Links != 2 || tally.Formulas != 1 {
		t.Fatalf("without a difference: %v, %v", found, tally)
	}
	for _, p := range plants {
		text := strings.Replace(planted, p.old, p.new, 1)
		if text == planted {
			t.Errorf("%s: nothing was planted", p.name)
			continue
		}
		otherEPUB, otherPDF := make(text)
		for name, found := range map[string][]check.Finding{
			"in the PDF": parity(epub, otherPDF), "in the EPUB": parity(otherEPUB, pdf),
		} {
			if !slices.ContainsFunc(found, func(f check.Finding) bool { return strings.HasPrefix(f.Code, p.code) && f.Message != "" }) {
				t.Errorf("%s %s: found %v", p.name, name, found)
			}
		}
	}
}

func parity(epub, pdf []byte) []check.Finding {
	found, _ := check.Parity(epub, pdf)
	return found
}
