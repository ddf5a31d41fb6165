package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
)

// mutate spoils good articles n times, by cutting, doubling and splicing them, and builds each: it must be built, with an EPUB
// in which our own check finds no error, or be refused with a place. The same n gives the same texts. Some EPUBs are kept in a
// folder, for other validators.
func mutate(n int, folders []string, keep string) (bool, error) {
	texts, err := good(folders)
	if err != nil {
		return false, err
	}
	if len(texts) == 0 {
		return false, errors.New("no articles to spoil")
	}
	random := rand.New(rand.NewPCG(1814, 1885))
	if keep != "" {
		if err := os.MkdirAll(keep, 0o755); err != nil {
			return false, err
		}
	}
	built, refused, pdfs, kept := 0, 0, 0, 0
	var faults []string
	for i := range n {
		name := fmt.Sprintf("mutant-%04d.md", i)
		text := spoil(random, texts)
		formats := []string{"epub"}
		if i%10 == 0 {
			formats = append(formats, "pdf")
		}
		var epub []byte
		res, err := export.Build(context.Background(), export.Markdown(name, text), export.Options{Formats: formats, NoPageList: i%10 != 0,
			Sink: export.SinkFunc(func(_ context.Context, file string, data []byte) error {
				if strings.HasSuffix(file, ".epub") {
					epub = bytes.Clone(data)
				}
				return nil
			})})
		switch fault := faultOf(res, err, epub); {
		case fault != "":
			faults = append(faults, name+": "+fault)
			if keep != "" {
				_ = os.WriteFile(filepath.Join(keep, name), text, 0o644)
			}
		case err != nil:
			refused++
		default:
			built++
			pdfs += len(formats) - 1
			if keep != "" && i%(max(n/30, 1)) == 0 {
				kept++
				if err := os.WriteFile(filepath.Join(keep, strings.TrimSuffix(name, ".md")+".epub"), epub, 0o644); err != nil {
					return false, err
				}
			}
		}
	}
	fmt.Printf("%d mutations of %d articles: %d built (%d as PDF, too), %d refused, %d faults; %d EPUBs kept\n", n, len(texts), built, pdfs, refused, len(faults), kept)
	for _, f := range faults[:min(len(faults), 20)] {
		fmt.Println("  " + f)
	}
	return len(faults) == 0 && built > n/2, nil
}

// faultOf says what is wrong with what came of a text; "" when nothing is.
func faultOf(res export.Result, err error, epub []byte) string {
	for _, p := range res.Problems {
		if p.Code == "internal" || p.Code == "words-differ" {
			return p.Error()
		}
	}
	if err != nil {
		if !slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return p.Severity == export.Error && p.Pos.File != "" }) {
			return "refused without a place: " + err.Error()
		}
		return ""
	}
	for _, p := range check.Read(epub) {
		if p.Severity == export.Error {
			return fmt.Sprint(p)
		}
	}
	return ""
}

// good reads the articles below folders.
func good(folders []string) (texts [][]byte, err error) {
	for _, folder := range folders {
		err = errors.Join(err, filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
				return err
			}
			data, err := os.ReadFile(name)
			if err == nil && len(data) < 60_000 {
				texts = append(texts, data)
			}
			return err
		}))
	}
	return texts, err
}

// spoil makes a bad text of good ones.
func spoil(random *rand.Rand, texts [][]byte) []byte {
	pick := func() []byte { return texts[random.IntN(len(texts))] }
	text := bytes.Clone(pick())
	for range 1 + random.IntN(4) {
		if len(text) < 2 {
			break
		}
		from := random.IntN(len(text))
		to := from + random.IntN(min(len(text)-from, 2000)+1)
		switch random.IntN(6) {
		case 0: // cut
			text = append(text[:from:from], text[to:]...)
		case 1: // doubled
			text = slices.Concat(text[:to], text[from:])
		case 2: // spliced
			other := pick()
			at := random.IntN(len(other))
			text = slices.Concat(text[:from], other[at:min(len(other), at+random.IntN(3000))], text[to:])
		case 3: // cut short
			text = text[:from]
		case 4: // a byte changed
			text[from] = byte(random.IntN(256))
		case 5: // markup strewn in
			marks := []string{"**", "`", "[^", "](", "<b>", "</div>", "{{<", ">}}", "$$", "\n\n", "|", "> ", ":::", "&#", "\"", "'", "---\n", "\\", "![", "^["}
			text = slices.Concat(text[:from], []byte(marks[random.IntN(len(marks))]), text[from:])
		}
	}
	return text
}
