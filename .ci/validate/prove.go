package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// proveAll gives each validator a file that it must object to. A validator that objects to nothing is broken, or is not
// the validator that we think it is, and then a row of noughts from it says nothing.
func proveAll() int {
	dir, err := os.MkdirTemp("", "twinpress-prove-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "validate:", err)
		return 1
	}
	defer os.RemoveAll(dir)
	write := func(name string, b []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "validate:", err)
			os.Exit(1)
		}
		return p
	}
	files := []string{
		write("bad.epub", badEPUB()),
		write("plain.pdf", badPDF(false)),
		write("broken.pdf", badPDF(true)),
	}
	t := validate(files)
	want := map[string][]string{
		"epubcheck": {"bad.epub"}, "ace": {"bad.epub"}, "ocf": {"bad.epub"},
		"ua-1": {"plain.pdf"}, "a-2a": {"plain.pdf"}, "fonts": {"plain.pdf"},
		"qpdf": {"broken.pdf"}, "poppler": {"broken.pdf"}, "mupdf": {"broken.pdf"},
	}
	code := 0
	for c, col := range t.columns {
		for i, f := range t.files {
			for _, w := range want[col.name] {
				if filepath.Base(f) != w {
					continue
				}
				v := t.cells[i][c]
				if v == nil || v.faults <= 0 {
					fmt.Printf("%-10s does not object to a bad file: it cannot be trusted here\n", col.name)
					if v != nil {
						for _, line := range v.words {
							fmt.Printf("           %s\n", line)
						}
					}
					code = 1
					continue
				}
				fmt.Printf("%-10s objects to %s, as it should (%d)\n", col.name, w, v.faults)
			}
		}
	}
	return code
}

// badEPUB has a compressed mimetype, a duplicate id (a Schematron rule), a link to nothing, a picture without alt, a missing resource.
func badEPUB() []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, text string, method uint16) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			panic(err)
		}
	}
	add("mimetype", "application/epub+zip", zip.Deflate)
	add("META-INF/container.xml", `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="E/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`, zip.Deflate)
	add("E/p.opf", `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier><dc:title>Bad</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata><manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>`, zip.Deflate)
	add("E/n.xhtml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>n</title></head><body><nav epub:type="toc"><ol><li><a href="c.xhtml#nowhere">Bad</a></li></ol></nav></body></html>`, zip.Deflate)
	add("E/c.xhtml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>c</title></head><body><h1 id="a">Bad</h1><p id="a">Twice the same id.</p><p><img src="gone.png"/></p></body></html>`, zip.Deflate)
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// badPDF is a sound file of one page without tags or metadata, whose font is not embedded; broken, its cross-reference
// table points astray and its page is cut short.
func badPDF(broken bool) []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.7\n")
	content := "BT /F 12 Tf 72 700 Td (Plain) Tj ET"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	for i, o := range objects {
		at = append(at, b.Len())
		if broken && i == 3 {
			o = "<< /Length 900 >>\nstream\nBT /F 12 Tf (Pla"
		}
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range at {
		if broken {
			o += 7
		}
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}
