package hugo

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A hugoPage is a page as the home template below writes it.
type hugoPage struct {
	File, Title, Date, URL, Permalink, Base, Lang, Content string
}

// layoutsOfMatrix are the bare layouts with which Hugo reads a site.
var layoutsOfMatrix = map[string]string{
	"layouts/index.html": `{{ range site.RegularPages -}}
@@{{ dict "File" (or (and .File .File.Filename) "") "Title" .Title "Date" (cond .Date.IsZero "" (.Date.Format "2006-01-02")) "URL" .RelPermalink "Permalink" .Permalink "Base" site.BaseURL "Lang" .Language.Lang "Content" .Content | jsonify | base64Encode | safeHTML }}@@
{{ end }}`,
	"layouts/_default/single.html": `{{ .Content }}`,
	"layouts/_default/list.html":   `{{ .Content }}`,
}

// byHugo has Hugo read the site, and tells of it as read does.
func (m *matrixSite) byHugo(t *testing.T) string {
	t.Helper()
	program := os.Getenv("HUGO")
	if program == "" {
		var err error
		if program, err = exec.LookPath("hugo"); err != nil {
			t.Fatal("hugo is needed: go install github.com/gohugoio/hugo@v0.152.2, or set $HUGO")
		}
	}
	dir := t.TempDir()
	write := func(name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, f := range m.site() {
		write(name, f.Data)
	}
	for name, text := range layoutsOfMatrix {
		write(name, []byte(text))
	}
	version, err := exec.CommandContext(t.Context(), program, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, append([]string{"--source", dir, "--destination", filepath.Join(dir, "public"), "--logLevel", "error"}, m.hugo...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var b strings.Builder
	name, _, _ := strings.Cut(string(version), " linux")
	fmt.Fprintf(&b, "# %s\n", strings.TrimSpace(name))
	for _, p := range hugoPages(t, dir) {
		b.WriteString(p.tell(t))
	}
	return b.String()
}

// hugoPages gathers the pages of all languages, those of one language in Hugo's order.
func hugoPages(t *testing.T, dir string) (pages []hugoPage) {
	t.Helper()
	root := filepath.Join(dir, "public")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "index.html" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, line := range strings.Split(string(data), "@@")[1:] {
			if line = strings.TrimSpace(line); line == "" {
				continue // between two of them
			}
			raw, err := base64.StdEncoding.DecodeString(line)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			var p hugoPage
			if err := json.Unmarshal(raw, &p); err != nil {
				return err
			}
			if p.File, err = filepath.Rel(dir, p.File); err != nil {
				return err
			}
			p.File = filepath.ToSlash(p.File)
			pages = append(pages, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(pages, func(a, b hugoPage) int { return strings.Compare(a.Lang, b.Lang) })
	return pages
}

// tell writes of a page what the matrix compares.
func (p hugoPage) tell(t *testing.T) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(p.Content))
	if err != nil {
		t.Fatal(err)
	}
	title, err := html.Parse(strings.NewReader(p.Title))
	if err != nil {
		t.Fatal(err)
	}
	var w teller
	at := resolve(p.Permalink, p.Base, p.Permalink)
	fmt.Fprintf(&w.out, "page %s %q %s %s %s\n", p.File, flat(textOf(title)), p.Date, at, p.Lang)
	w.html(root, func(href string) string { return resolve(p.Permalink, p.Base, href) })
	w.done()
	return w.out.String()
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// inlineElements are those that do not part words.
var inlineElements = map[atom.Atom]bool{atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.Q: true, atom.Rp: true, atom.Rt: true,
	atom.Ruby: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true,
	atom.U: true, atom.Var: true, atom.Wbr: true, atom.Img: true}

// html gathers the words, links and pictures of what Hugo made of a text; the marks of notes are left out.
func (w *teller) html(n *html.Node, resolve func(string) string) {
	switch {
	case n.Type == html.TextNode:
		w.words.WriteString(n.Data)
	case n.DataAtom == atom.Script, n.DataAtom == atom.Style:
		return
	case n.DataAtom == atom.Sup && strings.HasPrefix(attrOf(n, "id"), "fnref"), n.DataAtom == atom.A && attrOf(n, "class") == "footnote-backref":
		return
	case n.DataAtom == atom.Img:
		w.links = append(w.links, picture(attrOf(n, "src"), attrOf(n, "alt")))
	case n.DataAtom == atom.A && attrOf(n, "href") != "" && strings.TrimSpace(textOf(n)) != "":
		w.links = append(w.links, fmt.Sprintf("link %s %q", resolve(strings.TrimSpace(attrOf(n, "href"))), flat(textOf(n))))
	}
	block := n.Type == html.ElementNode && !inlineElements[n.DataAtom]
	if block {
		w.words.WriteByte(' ')
	}
	for c := range n.ChildNodes() {
		w.html(c, resolve)
	}
	if block {
		w.words.WriteByte(' ')
	}
}

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
