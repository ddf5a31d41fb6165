package check

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
)

var (
	xmpTitle = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?s)<dc:title>.*?<rdf:li[^>]*>\s*([^<\s][^<]*)<`)
	})
	xmpPDFUA = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`pdfuaid:part(?:>|=["'])\s*[12]`) })
)

// ReadPDF checks a PDF given as bytes for what a screen reader and an archive need first: tags, a language, a title,
// embedded fonts, alt texts, descriptions of links. Whether it keeps PDF/UA or PDF/A whole, veraPDF knows.
func ReadPDF(data []byte) []Finding {
	var found []Finding
	say := func(code string, s document.Severity, format string, args ...any) {
		found = append(found, Finding{Code: code, Severity: s, Message: fmt.Sprintf(format, args...)})
	}
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		say("not-a-pdf", document.Error, "the file is no PDF")
		return found
	}
	if !bytes.Contains(data[max(0, len(data)-1024):], []byte("%%EOF")) {
		say("pdf-truncated", document.Error, "the file breaks off before its end")
	}
	f := readPDF(data)
	catalog := f.dict(f.trailer["Root"])
	if catalog == nil {
		say("pdf-broken", document.Error, "the file has no catalogue")
		return found
	}
	if f.trailer["Encrypt"] != nil {
		say("pdf-encrypted", document.Error, "the file is encrypted: a screen reader may be kept out")
	}
	marked := f.dict(catalog["MarkInfo"])
	root := f.dict(catalog["StructTreeRoot"])
	if marked["Marked"] != pdfName("true") || root == nil {
		say("pdf-untagged", document.Error, "the file is not tagged: a screen reader has to guess the order of reading")
	}
	if lang, _ := f.get(catalog["Lang"]).(pdfString); strings.TrimSpace(string(lang)) == "" {
		say("pdf-lang", document.Error, "the file does not say its language")
	}
	if f.dict(catalog["ViewerPreferences"])["DisplayDocTitle"] != pdfName("true") {
		say("pdf-title", document.Warning, "readers show the file's name instead of its title (DisplayDocTitle)")
	}
	xmp := ""
	if r, ok := catalog["Metadata"].(pdfRef); ok {
		xmp = string(f.streams[r])
	}
	switch {
	case xmp == "":
		say("pdf-metadata", document.Error, "the file has no XMP metadata")
	case !xmpTitle().MatchString(xmp):
		say("pdf-title", document.Error, "the metadata has no title")
	}
	if xmp != "" && !xmpPDFUA().MatchString(xmp) {
		say("pdf-ua", document.Info, "the file does not claim PDF/UA")
	}
	pages := 0
	embedded := map[string]bool{}
	for _, id := range f.order {
		d, ok := f.objects[id].(pdfDict)
		if !ok {
			continue
		}
		switch {
		case d["Type"] == pdfName("Page"):
			pages++
		case d["Type"] == pdfName("Font") && d["Subtype"] != pdfName("Type0") && d["Subtype"] != pdfName("Type3"):
			desc := f.dict(d["FontDescriptor"])
			name, _ := d["BaseFont"].(pdfName)
			if desc["FontFile"] == nil && desc["FontFile2"] == nil && desc["FontFile3"] == nil && !embedded[string(name)] {
				embedded[string(name)] = true
				say("pdf-font", document.Error, "the font %s is not embedded", name)
			}
		case d["S"] == pdfName("Figure") && (d["Type"] == pdfName("StructElem") || d["P"] != nil):
			alt, _ := f.get(d["Alt"]).(pdfString)
			actual, _ := f.get(d["ActualText"]).(pdfString)
			if alt == "" && actual == "" {
				say("pdf-alt", document.Error, "a figure has no alt text")
			}
		case d["Subtype"] == pdfName("Link") && d["Rect"] != nil:
			if c, _ := f.get(d["Contents"]).(pdfString); c == "" && root != nil {
				say("pdf-link", document.Warning, "a link does not say where it leads (Contents)")
			}
		case d["S"] == pdfName("JavaScript") || d["S"] == pdfName("Launch"):
			say("pdf-action", document.Error, "the file runs something when it is read")
		}
	}
	if pages == 0 {
		say("pdf-broken", document.Error, "the file has no pages")
	}
	if catalog["Outlines"] == nil && pages > 8 {
		say("pdf-outline", document.Warning, "%d pages, and no outline to find one's way in", pages)
	}
	return found
}
