// Corpus builds everything that a folder holds, and weighs words: those that went in against those that came out.
//
//	go run ./.ci/corpus FOLDER...          build every site and every article below
//	go run ./.ci/corpus -hugo FOLDER...    have Hugo render the same with a bare layout, and compare word for word
//
// Without -hugo it tells, in all and for each source where something is amiss: what was built and what was refused, the
// words of the documents and of the EPUBs and PDFs, words of the Markdown that no document has, markup left standing in the
// text, and problems by code. Exit 1 when an edition lacks words that its document has, when
// the program failed on something, or when nothing was found; with -strict for leftovers, too; with -hugo when a word of Hugo's
// is missing and no problem that was told explains it.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export"
)

var (
	hugo   = flag.Bool("hugo", false, "compare with Hugo's own rendering")
	strict = flag.Bool("strict", false, "fail for leftovers of markup, too")
	show   = flag.Int("show", 5, "most words or places shown for a source")
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("corpus: ")
	flag.Parse()
	var sources []string
	for _, folder := range flag.Args() {
		found, err := find(folder)
		if err != nil {
			log.Fatal(err)
		}
		sources = append(sources, found...)
	}
	if len(sources) == 0 {
		log.Print("nothing to build: name folders that hold Hugo sites or Markdown articles")
		os.Exit(2)
	}
	run := weigh
	if *hugo {
		run = compare
	}
	ok, err := run(context.Background(), sources)
	if err != nil {
		log.Fatal(err)
	}
	if !ok {
		os.Exit(1)
	}
}

// find gives the sites below a folder, and the articles that lie in none.
func find(folder string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && isSite(name):
			out = append(out, name)
			return filepath.SkipDir
		case !d.IsDir() && filepath.Ext(name) == ".md" && !strings.EqualFold(d.Name(), "README.md"):
			out = append(out, name)
		}
		return nil
	})
	return out, err
}

// isSite reports whether a folder has a configuration of Hugo's.
func isSite(dir string) bool {
	for _, name := range []string{"hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml", "config.json", "config/_default"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// A tally is what came of everything.
type tally struct {
	built, refused, failed int // editions
	document, epub, pdf    int // words
	missing                int // words that an edition lacks
	unread                 int // words of the Markdown that no document has
	leftovers              map[string]int
	problems               map[string]int
}

func weigh(ctx context.Context, sources []string) (bool, error) {
	t := tally{leftovers: map[string]int{}, problems: map[string]int{}}
	for _, source := range sources {
		res, editions, err := build(ctx, source)
		var failed *export.FailedError
		if err != nil && !errors.As(err, &failed) {
			fmt.Printf("%s\n  refused: %v\n", source, err)
			t.refused++
			continue
		}
		t.refused += res.Failed
		internal := false
		for _, p := range res.Problems {
			t.problems[p.Code]++
			if p.Code == "internal" || p.Code == "words-differ" {
				internal = true
			}
			if p.Severity == export.Error {
				fmt.Printf("%s\n  %v\n", source, p)
			}
		}
		if internal {
			t.failed++
		}
		for _, e := range editions {
			t.add(source, e)
		}
	}
	t.print(len(sources))
	return t.failed == 0 && t.missing == 0 && (len(t.leftovers) == 0 || !*strict) && t.built > 0, nil
}

// add weighs one edition and tells what is amiss.
func (t *tally) add(source string, e *edition) {
	t.built++
	document, inEPUB, inPDF := e.documentWords(), e.epubWords(), e.pdf
	t.document += len(document)
	t.epub += len(inEPUB)
	t.pdf += len(inPDF)
	say := func(what string, list []string) {
		if len(list) > 0 {
			fmt.Printf("%s (%s)\n  %d %s: %s\n", source, e.name, len(list), what, strings.Join(list[:min(len(list), *show)], " · "))
		}
	}
	lost := without(document, inEPUB)
	say("words of the document are not in the EPUB", lost)
	t.missing += len(lost)
	lost = without(letters(document), letters(inPDF))
	say("letters of the document are not in the PDF", lost)
	t.missing += len(lost)
	if e.issue.Single {
		unread := without(e.markdownWords(), e.everything())
		say("words of the Markdown are not in the document", unread)
		t.unread += len(unread)
	}
	var left []string
	for _, l := range e.leftovers() {
		t.leftovers[l.Class]++
		left = append(left, l.Class+" “"+l.Excerpt+"”")
	}
	say("leftovers of markup", left)
}

func (t *tally) print(sources int) {
	fmt.Printf("\n%d sources: %d editions built, %d refused\n", sources, t.built, t.refused)
	fmt.Printf("words: %d in the documents, %d in the EPUBs, %d in the PDFs (what the press adds among them); missing: %d\n", t.document, t.epub, t.pdf, t.missing)
	fmt.Printf("words of the Markdown that no document has (names of shortcodes, attributes and the like among them): %d\n", t.unread)
	table := func(what string, counts map[string]int) {
		fmt.Printf("%s:", what)
		if len(counts) == 0 {
			fmt.Print(" none")
		}
		keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
			return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
		})
		for _, k := range keys {
			fmt.Printf(" %s %d", k, counts[k])
		}
		fmt.Println()
	}
	table("leftovers of markup outside code", t.leftovers)
	table("problems", t.problems)
}
