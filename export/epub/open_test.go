package epub

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"
	"testing"
)

// An opened EPUB, as a test reads it.
type opened struct {
	t     testing.TB
	zip   *zip.Reader
	files map[string]string            // without the root folder
	ids   map[string]map[string]string // file → id → element
	links []xlink
}

type xlink struct{ file, href, typ string }

func openEPUB(t testing.TB, data []byte) *opened {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	e := &opened{t: t, zip: z, files: map[string]string{}, ids: map[string]map[string]string{}}
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if i == 0 && (f.Name != "mimetype" || f.Method != zip.Store || len(f.Extra) > 0 || string(b) != "application/epub+zip") {
			t.Error("the archive does not begin with a bare mimetype")
		}
		if len(f.Extra) > 0 {
			t.Errorf("%s has an extra field", f.Name)
		}
		name := strings.TrimPrefix(f.Name, "EPUB/")
		e.files[name] = string(b)
		if strings.HasSuffix(name, ".xhtml") || strings.HasSuffix(name, ".opf") || strings.HasSuffix(name, ".ncx") || strings.HasSuffix(name, ".svg") {
			e.parse(name, b)
		}
	}
	return e
}

func (e *opened) file(name string) string {
	e.t.Helper()
	s, ok := e.files[name]
	if !ok {
		e.t.Fatalf("no file %s", name)
	}
	return s
}

// parse reads a file as strict XML and gathers ids and links.
func (e *opened) parse(name string, data []byte) {
	e.t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	ids := map[string]string{}
	e.ids[name] = ids
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			e.t.Fatalf("%s is not well-formed: %v", name, err)
		}
		s, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		l := xlink{file: name}
		for _, a := range s.Attr {
			switch a.Name.Local {
			case "id":
				if ids[a.Value] != "" {
					e.t.Errorf("%s: id %q stands twice", name, a.Value)
				}
				ids[a.Value] = s.Name.Local
			case "href", "src":
				l.href = a.Value
			case "type":
				if a.Name.Space != "" {
					l.typ = a.Value
				}
			}
		}
		if l.href != "" {
			e.links = append(e.links, l)
		}
	}
}

// resolve checks that every link leads somewhere, that notes and references link to each other, that every file is in the
// manifest and every file of the manifest is reached.
func (e *opened) resolve() {
	e.t.Helper()
	reached := map[string]bool{"nav.xhtml": true, "toc.ncx": true}
	target := func(l xlink) (file, id string) {
		file, id, _ = strings.Cut(l.href, "#")
		if file == "" {
			return l.file, id
		}
		return path.Join(path.Dir(l.file), file), id
	}
	for _, l := range e.links {
		if strings.HasPrefix(l.href, "http") || strings.HasPrefix(l.href, "mailto:") {
			continue
		}
		file, id := target(l)
		if _, ok := e.files[file]; !ok {
			e.t.Errorf("%s: %s leads to no file", l.file, l.href)
			continue
		}
		if l.file != "package.opf" || strings.HasPrefix(file, "xhtml/") {
			reached[file] = true
		}
		if id != "" && e.ids[file][id] == "" {
			e.t.Errorf("%s: %s leads to no element", l.file, l.href)
		}
	}
	opf := e.file("package.opf")
	for name := range e.files {
		if name == "mimetype" || strings.HasPrefix(name, "META-INF/") || name == "package.opf" {
			continue
		}
		if !strings.Contains(opf, `href="`+name+`"`) {
			e.t.Errorf("%s is not in the manifest", name)
		}
		if !reached[name] && !strings.HasPrefix(name, "fonts/") {
			e.t.Errorf("%s is not reached", name)
		}
	}
	// Each reference is led back to, and each note is referred to.
	backs := map[string]int{}
	for _, l := range e.links {
		if l.typ == "backlink" {
			file, id := target(l)
			backs[file+"#"+id]++
		}
	}
	cited := map[string]bool{}
	refs := 0
	for _, l := range e.links {
		if l.typ == "noteref" {
			file, id := target(l)
			cited[file+"#"+id] = true
			refs++
			if e.ids[file][id] != "li" {
				e.t.Errorf("%s: reference %s leads to no note", l.file, l.href)
			}
		}
	}
	if len(backs) != refs {
		e.t.Errorf("%d references, %d are led back to", refs, len(backs))
	}
	for file, ids := range e.ids {
		for id := range ids {
			if strings.HasPrefix(id, "noteref-") && backs[file+"#"+id] != 1 {
				e.t.Errorf("%s#%s is led back to %d times", file, id, backs[file+"#"+id])
			}
		}
	}
}
