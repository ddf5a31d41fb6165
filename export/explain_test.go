package export_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/explain"
)

// told are the codes whose examples are told in words: nothing that an article or a site says brings them about alone.
var told = map[string]string{
	"ahead": "needs a day of the build", "build": "needs a disk that is full", "internal": "a bug of ours", "words-differ": "a bug of ours",
	"unreadable": "needs a file that is not permitted", "same-name": "is tested where plans are made",
	"bad-baseline": "needs a baseline", "baseline-gone": "needs a baseline", "bad-cover": "needs a broken picture", "bad-lock": "needs a lock", "not-locked": "needs a lock", "page-moved": "needs a lock",
	"cache-damaged": "needs a cache", "cache-unwritable": "needs a cache", "bad-feed": "needs an earlier catalogue", "relative-feed": "needs another format",
	"coarse-cover": "needs another format", "cover-cut": "needs another format", "deposit": "needs another format", "narrow-spine": "needs another format", "no-pages": "needs another format",
	"no-paper": "needs another format", "not-deposited": "needs another format", "odd-pages": "needs another format", "small-cover": "needs another format",
	"pdf-dest": "needs a document built by hand", "pdf-glyph": "needs a broken font", "pdf-link": "needs a document built by hand", "pdf-picture": "needs a drawing with filters",
	"pdf-tag": "needs a document built by hand", "unknown-markup": "needs an extension", "unknown-node": "needs a document built by hand", "math-as-source": "needs a formula of many parts",
	"far-figure": "needs pages", "forced-break": "needs a narrow column", "hyphen-ladder": "needs pages", "loose-line": "needs pages", "overfull-line": "needs pages", "page-hyphen": "needs pages",
	"river": "needs pages", "short-last-line": "needs pages", "split-note": "needs pages", "stranded-line": "needs pages", "tight-line": "needs pages", "underfull-line": "needs pages",
	"bad-manifest": "needs a manifest", "not-as-made": "needs a manifest", "not-in-manifest": "needs a manifest",
	"tool-not-run": "needs a tool that is not there",
}

// TestExamples checks each example of a code as a site, and finds the code in it.
func TestExamples(t *testing.T) {
	small, large, heavy := pngOf(t, 300, 200), pngOf(t, 1600, 1000), noisy(t)
	for _, x := range explain.All() {
		if x.Finished {
			continue
		}
		if story := x.Example[0].Name == explain.Story; story != (told[x.Code] != "") {
			t.Errorf("%s: its example is told: %v; the reason that told in this file gives for it: %q", x.Code, story, told[x.Code])
			continue
		} else if story {
			continue
		}
		t.Run(x.Code, func(t *testing.T) {
			t.Parallel()
			var a txtar.Archive
			names := ""
			for _, f := range x.Example {
				name := f.Name
				if !strings.Contains(name, "/") && !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".toml") {
					name = "content/" + name
				}
				names += string(f.Data)
				a.Files = append(a.Files, txtar.File{Name: name, Data: typedOut(f.Data)})
			}
			for name, data := range map[string][]byte{"small.png": small, "picture.png": large, "heavy.png": heavy} {
				if strings.Contains(strings.ToLower(names), name) {
					a.Files = append(a.Files, txtar.File{Name: "content/" + name, Data: data}, txtar.File{Name: "static/" + name, Data: data})
				}
			}
			fsys, err := txtar.FS(&a)
			if err != nil {
				t.Fatal(err)
			}
			res, err := export.Check(t.Context(), export.FS(fsys, "."), export.Options{Jobs: 1, Today: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return p.Code == x.Code }) {
				t.Errorf("not found in its example; found are %v", res.Problems)
			}
		})
	}
}

var writtenOut = regexp.MustCompile(`\{(U\+|byte )([0-9A-F]+)\}`)

// typedOut puts characters that cannot be seen, or are none, in the place of their numbers.
func typedOut(text []byte) []byte {
	return writtenOut.ReplaceAllFunc(text, func(m []byte) []byte {
		parts := writtenOut.FindSubmatch(m)
		n, _ := strconv.ParseInt(string(parts[2]), 16, 32)
		if string(parts[1]) == "byte " {
			return []byte{byte(n)}
		}
		return []byte(string(rune(n)))
	})
}

func pngOf(t *testing.T, w, h int) []byte {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = uint8(i / w)
	}
	return encoded(t, m)
}

// noisy is a picture of more than 5 MB.
func noisy(t *testing.T) []byte {
	m := image.NewGray(image.Rect(0, 0, 2600, 2000))
	r := rand.New(rand.NewSource(1))
	for i := range m.Pix {
		m.Pix[i] = uint8(r.Intn(256))
	}
	m.Set(0, 0, color.White)
	return encoded(t, m)
}

func encoded(t *testing.T, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(fmt.Errorf("encode: %w", err))
	}
	return b.Bytes()
}
