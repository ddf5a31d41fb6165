// Parity holds finished EPUBs against the PDFs of the same names: both must have the same words, notes, links, pictures and
// alternatives in the same order (package export/check).
//
//	go run ./.ci/parity EPUBS PDFS...     every EPUB below the first folder, with the PDF of its name there and in the others
//	go run ./.ci/parity -prove EPUBS PDFS one of the pairs, with differences planted: each must be found
//
// Exits 1 when there is a difference, when a planted one is not found, or when there is nothing to compare.
package main

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/document"
)

var prove = flag.Bool("prove", false, "plant differences and have each found")

// A pair is a publication in both formats.
type pair struct{ epub, pdf string }

func main() {
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "parity: no folders")
		os.Exit(2)
	}
	found, err := pairs(flag.Args())
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%s: nothing to compare", strings.Join(flag.Args(), ", "))
	}
	ok := err == nil
	switch {
	case err != nil:
	case *prove:
		ok, err = planted(largest(found))
	default:
		ok, err = compare(found)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "parity:", err)
	}
	if !ok || err != nil {
		os.Exit(1)
	}
}

// pairs finds the EPUBs below the first folder, and the PDFs of their names there and in the other folders.
func pairs(folders []string) (out []pair, err error) {
	err = filepath.WalkDir(folders[0], func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".epub" {
			return err
		}
		for _, folder := range folders {
			pdf := filepath.Join(folder, strings.TrimSuffix(strings.TrimPrefix(name, folders[0]), ".epub")+".pdf")
			if _, err := os.Stat(pdf); err == nil {
				out = append(out, pair{name, pdf})
			}
		}
		return nil
	})
	return out, err
}

// largest gives the pair that is likely to have something of everything.
func largest(all []pair) (out pair) {
	most := int64(-1)
	for _, p := range all {
		if info, err := os.Stat(p.epub); err == nil && info.Size() > most {
			out, most = p, info.Size()
		}
	}
	return out
}

func compare(all []pair) (same bool, err error) {
	var sum check.Tally
	differences := 0
	for _, p := range all {
		found, tally, err := check.ParityOf(p.epub, p.pdf)
		if err != nil {
			return false, err
		}
		for _, f := range found {
			if f.Severity == document.Error {
				fmt.Printf("%s and %s: %v\n", p.epub, p.pdf, f)
				differences++
			}
		}
		sum.Articles, sum.Words, sum.Notes = sum.Articles+tally.Articles, sum.Words+tally.Words, sum.Notes+tally.Notes
		sum.Links, sum.Pictures, sum.Formulas = sum.Links+tally.Links, sum.Pictures+tally.Pictures, sum.Formulas+tally.Formulas
	}
	fmt.Printf("%s: %d pairs, %d articles, %d words, %d notes, %d links, %d pictures, %d formulas; %d differences\n", flag.Arg(0), len(all),
		sum.Articles, sum.Words, sum.Notes, sum.Links, sum.Pictures, sum.Formulas, differences)
	return differences == 0, nil
}

// plants spoil what an EPUB says, each in the first file that a pattern is found in, behind the front matter.
var plants = []struct{ name, pattern, with string }{
	{"a word dropped", `(<p>\w+ )\w+ `, `$1`},
	{"a word doubled", `(<p>\w+ )(\w+ )`, `$1$2$2`},
	{"two words swapped", `(<p>)(\w+ )(\w+ )`, `$1$3$2`},
	{"a number changed", `(<p>[^<]*)\b1[0-9]{3}\b`, `${1}2345`},
	{"a paragraph lost", `<p>[^\n]{40,}</p>`, ``},
	{"a note's mark lost", `<a id="noteref-2"[^>]*>[^<]*</a>`, ``},
	{"a note's words changed", `(<li id="note-2"[^>]*>\s*<p>\w+ )`, `${1}seldom `},
	{"an alternative changed", `(<img [^>]*alt=")`, `${1}Not `},
	{"a picture lost", `<img [^>]*alt="[^"]+"[^>]*/>`, ``},
	{"a link's target changed", `(<p>[^\n]*<a href=")([a-z])`, `${1}not-$2`},
	{"a heading made a paragraph", `<h2( id="[^n][^"]*")>([^<]*)</h2>`, `<p$1>$2</p>`},
	{"another title", `(<dc:title[^>]*>)`, `${1}Another `},
	{"another language", `(<dc:language[^>]*>)[^<]*`, `${1}tlh`},
}

// planted plants each difference by itself.
func planted(p pair) (all bool, err error) {
	epub, err := os.ReadFile(p.epub)
	if err != nil {
		return false, err
	}
	pdf, err := os.ReadFile(p.pdf)
	if err != nil {
		return false, err
	}
	if found, _ := check.Parity(epub, pdf); len(found) > 0 {
		return false, fmt.Errorf("%s and %s differ to begin with: %v", p.epub, p.pdf, found[0])
	}
	all = true
	for _, d := range plants {
		spoilt, err := edit(epub, regexp.MustCompile(d.pattern), d.with)
		if err != nil {
			return false, err
		}
		verdict := "nothing to spoil"
		if spoilt != nil {
			verdict = "NOT FOUND"
			if found, _ := check.Parity(spoilt, pdf); len(found) > 0 && found[0].Code != "parity-unread" {
				verdict = found[0].Code
			}
		}
		fmt.Printf("%-32s %s\n", d.name, verdict)
		all = all && strings.HasPrefix(verdict, "parity-")
	}
	return all, nil
}

// edit gives an EPUB in which the first place of a pattern is replaced; nil when there is none.
func edit(epub []byte, pattern *regexp.Regexp, with string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(epub), int64(len(epub)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	done := false
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			return nil, err
		}
		text := strings.HasSuffix(f.Name, ".opf") || strings.HasSuffix(f.Name, ".xhtml") && bytes.Contains(data, []byte("doc-chapter"))
		if at := pattern.FindSubmatchIndex(data); !done && text && at != nil {
			done = true
			data = append(pattern.Expand(bytes.Clone(data[:at[0]]), []byte(with), data, at), data[at[1]:]...)
		}
		out, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: f.Method})
		if err != nil {
			return nil, err
		}
		if _, err := out.Write(data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil || !done {
		return nil, err
	}
	return b.Bytes(), nil
}
