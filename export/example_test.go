package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
)

const essay = `---
title: On Margins
author: Ada Press
date: 2024-05-01
language: en
---
White paper is the *cheapest* of all ornaments.[^1]

[^1]: Unless it is paid by the sheet.
`

// A site is built with one call: here the sample issue, as an EPUB only.
func ExampleBuild() {
	dir, err := os.MkdirTemp("", "editions")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	result, err := export.Build(context.Background(), export.Path("../samples"), export.Options{
		Dir:        dir,
		Formats:    []string{"epub"},
		NoPageList: true,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range result.Files {
		fmt.Println(filepath.Ext(f.Path), f.Size > 0)
	}
	// Output: .epub true
}

// One article in memory becomes the bytes of a PDF; nothing touches a disk.
func ExampleWrite() {
	var pdf bytes.Buffer
	result, err := export.Write(context.Background(), &pdf, export.Markdown("margins.md", []byte(essay)), "pdf", export.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(pdf.String()[:5], result.Files[0].Pages, "page")
	// Output: %PDF- 1 page
}

// A style is a value: take one of the house's and change what you like.
func ExampleOptions_ownStyle() {
	own := style.Book()
	own.Page.Width, own.Page.Height = style.Pt(360), style.Pt(540)
	own.Text.Size, own.Text.Leading = style.Pt(9.5), style.Pt(13)

	var pdf bytes.Buffer
	result, err := export.Write(context.Background(), &pdf, export.Markdown("margins.md", []byte(essay)), "pdf",
		export.Options{OwnStyle: own})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Files[0].Pages, "page of 5 by 7½ inches")
	// Output: 1 page of 5 by 7½ inches
}

// A format of one's own is a row: here the table of contents as text, with the page on which each article begins.
func ExampleFormat() {
	contents := export.Format{
		Name: "contents", Ext: "contents.txt", Optional: true,
		Write: func(ctx context.Context, w io.Writer, e *export.Edition) (export.Written, error) {
			pages, breaks, err := e.Pages(ctx)
			if err != nil {
				return export.Written{}, err
			}
			for _, b := range breaks {
				if b.At.Article != nil && b.At.Text == nil { // the page on which an article opens
					fmt.Fprintf(w, "%s, %s\n", document.PlainText(b.At.Article.Title), b.Label)
				}
			}
			return export.Written{Pages: len(pages)}, nil
		},
	}
	_, err := export.Write(context.Background(), os.Stdout, export.Markdown("margins.md", []byte(essay)), "contents",
		export.Options{MoreFormats: []export.Format{contents}})
	if err != nil {
		log.Fatal(err)
	}
	// Output: On Margins, 1
}

// A site may lie in any file system, and the finished files may go anywhere.
func ExampleFS() {
	site := fstest.MapFS{
		"hugo.toml":       {Data: []byte(`title = "The Composing Room"`)},
		"content/one.md":  {Data: []byte("---\ntitle: One\nissue: 7\nlanguage: en\n---\nFirst.\n")},
		"content/two.md":  {Data: []byte("---\ntitle: Two\nissue: 7\nlanguage: en\n---\nSecond.\n")},
		"content/note.md": {Data: []byte("---\ntitle: A note\nlanguage: en\n---\nOf no issue.\n")},
	}
	sink := export.SinkFunc(func(_ context.Context, name string, data []byte) error {
		fmt.Println(name, len(data) > 0)
		return nil
	})
	if _, err := export.Build(context.Background(), export.FS(site, "."), export.Options{Sink: sink}); err != nil {
		log.Fatal(err)
	}
	// Output:
	// the-composing-room-7.epub true
	// the-composing-room-7.pdf true
}

// Problems are values with a stable code and a place; under Strict a warning is an error that can be told from others.
func ExampleProblem() {
	text := "---\ntitle: On Margins\nlanguage: en\n---\nSee the plate.\n\n![A page](plate.png)\n"
	result, err := export.Write(context.Background(), io.Discard, export.Markdown("margins.md", []byte(text)), "epub",
		export.Options{NoPageList: true, Strict: true})
	fmt.Println(errors.Is(err, export.ErrStrict))
	for _, p := range result.Problems {
		if err := json.NewEncoder(os.Stdout).Encode(p); err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// true
	// {"code":"missing-image","severity":"warning","pos":{"file":"margins.md","line":7,"column":1},"message":"the picture plate.png was not found","hint":"looked beside the article, in static/ and in assets/"}
}

// A document can be built by hand, or read and changed, before it is written.
func ExampleIssue() {
	article := &document.Article{
		Slug: "margins", Language: "en", Title: document.Line("On Margins"),
		Body: []document.Block{&document.Paragraph{Content: document.Line("White paper is the cheapest of all ornaments.")}},
	}
	issue := &document.Issue{Slug: "margins", Language: "en", Single: true, Articles: []*document.Article{article}}

	var epub bytes.Buffer
	_, err := export.Write(context.Background(), &epub, export.Issue(issue), "epub", export.Options{})
	fmt.Println(epub.Len() > 0, err)
	// Output: true <nil>
}

// A shortcode of one's own gives Markdown for its call.
func ExampleShortcode() {
	shout := func(call export.ShortcodeCall) (string, error) {
		return "**" + strings.ToUpper(call.Args[0]) + "**", nil
	}
	issues, _, err := export.Read(context.Background(),
		export.Markdown("a.md", []byte("---\ntitle: A\nlanguage: en\n---\nIt said {{< shout \"stop\" >}} to us.\n")),
		export.Options{Shortcodes: map[string]export.Shortcode{"shout": shout}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(document.PlainText(issues[0].Articles[0].Body[0].(*document.Paragraph).Content))
	// Output: It said STOP to us.
}
