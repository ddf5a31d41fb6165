// Package check looks over finished editions, ours or anyone's, for what breaks them: links that lead nowhere, pictures
// that say nothing to who cannot see them, files that a shop or a reading system is known to refuse.
//
// An EPUB is opened as a reading system opens it, from the container to the package document to each file, and held to
// rules in three circles: what EPUB 3.3 and XHTML demand, what accessibility asks for (EPUB Accessibility 1.1, DPUB-ARIA
// 1.1, WCAG 2.2), and what readers (Send to Kindle, Kobo, Apple Books) are known to stumble over, each of those with the
// page that says so. It is no substitute for EPUBCheck and Ace, which know their standards whole; it needs neither Java
// nor a browser, and takes milliseconds.
package check

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A Finding is something wrong, or doubtful, in a finished file.
type Finding struct {
	Code     string // stable: "broken-link"
	Severity document.Severity
	File     string // within the container; empty for the whole
	Line     int    // 0 unknown
	Message  string
	Profile  string // the reader that stumbles over it: "kindle", "kobo", "apple"; empty: everyone's rule
	Source   string // where the rule is written down
}

// String gives file:line: severity: message [code].
func (f Finding) String() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File)
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d", f.Line)
		}
		b.WriteString(": ")
	}
	fmt.Fprintf(&b, "%s: %s [%s]", f.Severity, f.Message, f.Code)
	return b.String()
}

// Profiles names the readers that there are rules for.
func Profiles() []string { return []string{"kindle", "kobo", "apple"} }

// EPUB checks the EPUB file of that name. The findings come in the order of the publication's files; the error says that
// the file cannot be read at all.
func EPUB(name string) ([]Finding, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Read(data), nil
}

// File checks a finished edition, an EPUB or a PDF by its first bytes.
func File(name string) ([]Finding, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte("%PDF-")) {
		return ReadPDF(data), nil
	}
	return Read(data), nil
}

// Read checks an EPUB given as bytes.
func Read(data []byte) []Finding {
	p := &publication{size: len(data), files: map[string]*file{}}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		what := "neither an EPUB nor a PDF"
		if bytes.HasPrefix(data, []byte("PK")) {
			what = "no whole EPUB: its zip archive is broken, or breaks off"
		}
		p.report("not-a-zip", document.Error, "", 0, "the file is %s (%v)", what, err)
		return p.findings
	}
	if len(data) > 30 {
		p.firstExtra = int(data[28]) | int(data[29])<<8
	}
	p.container(z)
	p.packaging()
	p.documents()
	p.navigation()
	p.notes()
	p.reached()
	p.accessibility()
	p.profiles()
	slices.SortStableFunc(p.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(p.rank(a.File), p.rank(b.File)), cmp.Compare(a.Line, b.Line))
	})
	return p.findings
}

// A file of the archive.
type file struct {
	name  string
	data  []byte
	order int
	root  *node // of XML files that are well-formed
	ids   map[string]*node
	item  *item
}

// A publication is an EPUB being checked.
type publication struct {
	size int
	// firstExtra is the length of the first local header's extra field, which archive/zip does not show (APPNOTE § 4.3.7).
	firstExtra int
	files      map[string]*file
	names      []string // in the archive's order
	opf        *file
	items      []*item
	byID       map[string]*item
	spine      []*item
	nav, ncx   *file
	metas      map[string][]string // property → values, of the publication as a whole
	links      []link
	findings   []Finding
}

// A link from one file to something.
type link struct {
	from *file
	node *node
	to   string // name in the archive, "" when remote
	id   string
	href string
}

func (p *publication) report(code string, s document.Severity, file string, line int, format string, args ...any) {
	p.findings = append(p.findings, Finding{Code: code, Severity: s, File: file, Line: line, Message: fmt.Sprintf(format, args...)})
}

func (p *publication) rank(name string) int {
	if f := p.files[name]; f != nil {
		return f.order
	}
	return -1
}

// container reads the archive and holds it to OCF 3.3 (EPUB 3.3 § 4).
func (p *publication) container(z *zip.Reader) {
	for i, f := range z.File {
		r, err := f.Open()
		var data []byte
		if err == nil {
			data, err = io.ReadAll(io.LimitReader(r, 1<<30))
			r.Close()
		}
		if err != nil {
			p.report("broken-archive", document.Error, f.Name, 0, "the file cannot be unpacked: %v", err)
			continue
		}
		if f.Name == "mimetype" {
			switch {
			case i != 0:
				p.report("mimetype", document.Error, f.Name, 0, "mimetype must be the archive's first file")
			case f.Method != zip.Store:
				p.report("mimetype", document.Error, f.Name, 0, "mimetype must not be compressed")
			case len(f.Extra) > 0 || p.firstExtra > 0:
				p.report("mimetype", document.Error, f.Name, 0, "mimetype must have no extra field")
			}
			if string(data) != "application/epub+zip" {
				p.report("mimetype", document.Error, f.Name, 0, "mimetype says %.40q", data)
			}
		}
		if p.files[f.Name] != nil {
			p.report("duplicate-file", document.Error, f.Name, 0, "the archive holds the file twice")
			continue
		}
		p.files[f.Name] = &file{name: f.Name, data: data, order: i}
		p.names = append(p.names, f.Name)
	}
	if p.files["mimetype"] == nil {
		p.report("mimetype", document.Error, "", 0, "there is no mimetype file")
	}
	c := p.files["META-INF/container.xml"]
	if c == nil {
		p.report("container", document.Error, "", 0, "there is no META-INF/container.xml")
		return
	}
	if !p.parse(c) {
		return
	}
	c.root.walk(func(n *node) {
		if n.name == "rootfile" && n.attr("media-type") == "application/oebps-package+xml" && p.opf == nil {
			if p.opf = p.files[n.attr("full-path")]; p.opf == nil {
				p.report("container", document.Error, c.name, n.line, "the package document %s is not in the archive", n.attr("full-path"))
			}
		}
	})
}
