// Command outsider uses twinpress as a program of another module would: it builds one article from memory into a PDF, and
// writes the same article in a format of its own. .ci/guard.sh copies it into a module of its own and runs it there, which
// shows that the public API needs nothing that only this module can reach.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"strings"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
)

const essay = `---
title: On Margins
author: Ada Press
language: en
---
White paper is the *cheapest* of all ornaments.[^1]

[^1]: Unless it is paid by the sheet.
`

// plain writes an edition as plain text: titles, paragraphs, notes.
func plain(_ context.Context, w io.Writer, e *export.Edition) (export.Written, error) {
	for _, a := range e.Issue().Articles {
		fmt.Fprintln(w, strings.ToUpper(document.PlainText(a.Title)))
		for _, b := range a.Body {
			if p, ok := b.(*document.Paragraph); ok {
				fmt.Fprintln(w, document.PlainText(p.Content))
			}
		}
		fmt.Fprintf(w, "%d note\n", len(a.Notes))
	}
	return export.Written{}, nil
}

func main() {
	ctx := context.Background()
	own := style.Book()
	own.Text.Size = style.Pt(11)
	opts := export.Options{
		OwnStyle:    own,
		MoreFormats: []export.Format{{Name: "plain", Ext: "txt", Optional: true, Write: plain}},
	}
	src := export.Markdown("margins.md", []byte(essay))

	var pdf, text bytes.Buffer
	if _, err := export.Write(ctx, &pdf, src, "pdf", opts); err != nil {
		log.Fatal(err)
	}
	if _, err := export.Write(ctx, &text, src, "plain", opts); err != nil {
		log.Fatal(err)
	}
	if !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-")) {
		log.Fatal("that is no PDF")
	}
	const want = "ON MARGINS\nWhite paper is the cheapest of all ornaments.\n1 note\n"
	if text.String() != want {
		log.Fatalf("the format of our own gave %q", text.String())
	}
	if _, err := export.Write(ctx, io.Discard, src, "no-such", opts); err == nil || errors.Is(err, export.ErrFailed) {
		log.Fatalf("an unknown format: %v", err)
	}
}
