package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A part is one file of an EPUB.
type part struct {
	name   string
	method uint16
	extra  []byte
	data   []byte
}

// A mutation spoils a sound EPUB in one way. It answers nil when there is nothing in it to spoil.
type mutation struct {
	name  string
	spoil func([]part) []part
}

// edit spoils the first part whose name ends in suffix and in which the pattern is found.
func edit(suffix, pattern, replacement string) func([]part) []part {
	re := regexp.MustCompile(pattern)
	return func(ps []part) []part {
		for i, p := range ps {
			if !strings.HasSuffix(p.name, suffix) || strings.HasSuffix(p.name, "nav.xhtml") && suffix == ".xhtml" {
				continue
			}
			if loc := re.FindSubmatchIndex(p.data); loc != nil {
				b := append(slices.Clone(p.data[:loc[0]]), re.Expand(nil, []byte(replacement), p.data, loc)...)
				ps[i].data = append(b, p.data[loc[1]:]...)
				return ps
			}
		}
		return nil
	}
}

// mutations are faults that editions have had, ours or other people's.
var mutations = []mutation{
	{"a link to an id that is not there", edit(".xhtml", `href="#[^"]*"`, `href="#nowhere"`)},
	{"a link to a file that is not there", edit(".xhtml", `<p([^>]*)>`, `<p$1><a href="gone.xhtml">gone</a>`)},
	{"a contents entry that leads nowhere", edit("nav.xhtml", `href="([^"#]*)[^"]*"`, `href="$1#nowhere"`)},
	{"a picture without alternative text", edit(".xhtml", `(<img[^>]*?) alt="[^"]*"`, `$1`)},
	{"a role that ARIA does not have", edit(".xhtml", `role="doc-(chapter|endnotes|noteref)"`, `role="doc-bogus"`)},
	{"one id on two elements", edit(".xhtml", `(?s)id="([^"]+)"(.*?)<p( [^>]*)?>`, `id="$1"$2<p id="$1">`)},
	{"a resource that the manifest leaves out", edit(".opf", `<item [^>]*media-type="(image/(png|jpeg)|text/css)"[^>]*/>`, ``)},
	{"a resource that the archive leaves out", func(ps []part) []part {
		i := slices.IndexFunc(ps, func(p part) bool { return strings.HasSuffix(p.name, ".css") })
		if i < 0 {
			return nil
		}
		return slices.Delete(ps, i, i+1)
	}},
	{"an element that is never closed", edit(".xhtml", `</p>`, ``)},
	{"a named entity", edit(".xhtml", `<p([^>]*)>`, `<p$1>&nbsp;`)},
	{"a paragraph within a paragraph", edit(".xhtml", `<p([^>]*)>`, `<p$1><p>inner</p>`)},
	{"a list item outside a list", edit(".xhtml", `<p([^>]*)>`, `<li>stray</li><p$1>`)},
	{"a script that the package does not declare", edit(".xhtml", `</body>`, `<script>void 0</script></body>`)},
	{"a picture fetched from the network", edit(".xhtml", `<p([^>]*)>`, `<p$1><img alt="far" src="https://example.org/far.png"/>`)},
	{"a document without a language", edit(".xhtml", `<html([^>]*?) (?:xml:)?lang="[^"]*"(?: (?:xml:)?lang="[^"]*")?`, `<html$1`)},
	{"a document without a title", edit(".xhtml", `<title>[^<]*</title>`, `<title></title>`)},
	{"a heading that skips three levels", edit(".xhtml", `(?s)<h1([^>]*)>(.*?)</h1>`, `<h1$1>$2</h1><h5>skipped</h5>`)},
	{"a link without text", edit(".xhtml", `<p([^>]*)>`, `<p$1><a href="https://example.org/"></a>`)},
	{"a package without its date of modification", edit(".opf", `<meta property="dcterms:modified"[^>]*>[^<]*</meta>`, ``)},
	{"a package without accessibility features", edit(".opf", `(?s)<meta property="schema:accessibilityFeature".*schema:accessibilityFeature"[^>]*>[^<]*</meta>`, ``)},
	{"an article twice in the spine", edit(".opf", `(<itemref [^>]*/>)`, `$1$1`)},
	{"a picture of another type than the manifest says", edit(".opf", `media-type="image/jpeg"`, `media-type="image/png"`)},
	{"a mimetype that is compressed", func(ps []part) []part { ps[0].method = zip.Deflate; return ps }},
	{"a mimetype with an extra field", func(ps []part) []part { ps[0].extra = []byte{0x55, 0x54, 1, 0, 0}; return ps }},
	{"a mimetype that is not first", func(ps []part) []part { return append(ps[1:], ps[0]) }},
}

// mutate spoils an EPUB in every way and has the validators look at each: one of them must see it.
func mutate(good string) int {
	parts, err := unpack(good)
	if err != nil {
		fmt.Fprintf(os.Stderr, "validate: %s: %v\n", good, err)
		return 1
	}
	dir, err := os.MkdirTemp("", "twinpress-mutants-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "validate:", err)
		return 1
	}
	defer os.RemoveAll(dir)
	code, caught := 0, 0
	var files, names []string
	for i, m := range mutations {
		spoilt := m.spoil(slices.Clone(parts))
		if spoilt == nil {
			fmt.Printf("%-52s nothing to spoil\n", m.name)
			code = 1
			continue
		}
		p := filepath.Join(dir, fmt.Sprintf("mutant-%02d.epub", i+1))
		if err := os.WriteFile(p, pack(spoilt), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "validate:", err)
			return 1
		}
		files, names = append(files, p), append(names, m.name)
	}
	t := validate(append([]string{good}, files...))
	for c, v := range t.cells[0] {
		if v != nil && v.faults != 0 {
			fmt.Printf("%s is not sound to begin with: %s counts %d\n", good, t.columns[c].name, v.faults)
			code = 1
		}
	}
	for i, row := range t.cells[1:] {
		var by []string
		for c, v := range row {
			// A validator that gives up has seen that something is wrong, but one of them must say what.
			if base := t.cells[0][c]; v != nil && base != nil && v.faults > max(0, base.faults) {
				by = append(by, fmt.Sprintf("%s %d", t.columns[c].name, v.faults-base.faults))
			}
		}
		if len(by) == 0 {
			fmt.Printf("%-52s NOT CAUGHT\n", names[i])
			code = 1
			continue
		}
		caught++
		fmt.Printf("%-52s %s\n", names[i], strings.Join(by, ", "))
	}
	fmt.Printf("%d of %d mutants caught\n", caught, len(mutations))
	return code
}

func unpack(name string) ([]part, error) {
	r, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var ps []part
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			return nil, err
		}
		ps = append(ps, part{f.Name, f.Method, nil, b})
	}
	return ps, nil
}

func pack(ps []part) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range ps {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: p.method, Extra: p.extra})
		if err == nil {
			_, err = w.Write(p.data)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
