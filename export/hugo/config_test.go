package hugo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// site writes files into a temporary folder.
func site(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// first is the first article of a site on its own.
func first(s *Site) IssueInfo {
	in := s.Contents().Issues[0]
	return in.Offprint(in.Articles[0])
}

// TestConfigTemplate takes the comment signs off the template: every key in it must be one that is known.
func TestConfigTemplate(t *testing.T) {
	var b strings.Builder
	for _, line := range strings.Split(ConfigTemplate(), "\n") {
		rest, ok := strings.CutPrefix(line, "# ")
		if !ok {
			continue
		}
		trimmed := strings.TrimSpace(rest)
		if strings.HasPrefix(trimmed, "#") || !strings.Contains(trimmed, ":") || strings.Contains(trimmed, ": what Hugo") || strings.HasPrefix(trimmed, "Front matter") || strings.HasPrefix(trimmed, "Quotation") || strings.HasPrefix(trimmed, "Issues,") {
			continue
		}
		b.WriteString(rest + "\n")
	}
	dir := site(t, map[string]string{"twinpress.yaml": b.String(), "content/a.md": "Text."})
	s, err := OpenPath(t.Context(), dir, Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	c := s.Config
	if c.Journal.Title != "The Composing Room" || c.Journal.ISSN != "1234-5679" || len(c.Journal.Editors) != 1 {
		t.Errorf("journal is %+v", c.Journal)
	}
	if c.Style == nil || c.Style.Value != "book" || c.Style.Line == 0 {
		t.Errorf("style is %+v", c.Style)
	}
	if c.Images.MaxPixels != 4000000 || c.EPUB.EmbedFonts || !c.EPUB.PageList || c.Notes != "article" {
		t.Errorf("settings are %+v %+v %q", c.Images, c.EPUB, c.Notes)
	}
	if got := c.issues["112"]; len(got.get("articles").texts()) != 2 || got.get("date").str() != "2018-12" {
		t.Errorf("issue is %+v", got)
	}
	if q := c.House.Quotes["en-gb"]; len(q) != 4 || q[0] != "‘" {
		t.Errorf("quotes are %q", q)
	}
	if k := c.Keys["authors"]; len(k) != 2 {
		t.Errorf("keys of authors are %q", k)
	}
}

// TestConfigTemplateChangesNothing reads the template as init writes it.
func TestConfigTemplateChangesNothing(t *testing.T) {
	with, err := OpenPath(t.Context(), site(t, map[string]string{"twinpress.yaml": ConfigTemplate(), "content/a.md": "Text."}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if with.Config.Journal.Title != "" || with.Config.Style != nil || len(with.Config.issues) != 0 {
		t.Errorf("an untouched template sets %+v", with.Config)
	}
}

func TestConfigFromHugo(t *testing.T) {
	files := map[string]string{
		"config/_default/hugo.yaml":         "baseURL: https://primer.example/sub\ndefaultContentLanguage: de\ntitle: General\n",
		"config/_default/params.toml":       "issn = \"1234-5679\"\n",
		"config/_default/languages.de.yaml": "title: Deutscher Titel\nlanguageCode: de-AT\n",
		"content/posts/a.md":                "---\ntitle: A\n---\nText.",
	}
	s, err := OpenPath(t.Context(), site(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	j := s.Config.Journal
	if j.Title != "Deutscher Titel" || j.ISSN != "1234-5679" || j.Language != "de-AT" || j.BaseURL != "https://primer.example/sub/" {
		t.Errorf("journal is %+v", j)
	}
	issue, _, err := s.Read(t.Context(), s.Contents().Issues[0])
	if err != nil {
		t.Fatal(err)
	}
	if a := issue.Articles[0]; a.Language != "de-AT" || a.URL != "https://primer.example/sub/posts/a/" {
		t.Errorf("article in %s at %s", a.Language, a.URL)
	}
}

func TestConfigErrorsSayWhere(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{"jurnal:\n  title: x\n", `twinpress.yaml:1:1: unknown key "jurnal" (did you mean "journal"?)`},
		{"journal:\n  titel: x\n", `twinpress.yaml:2:3: unknown key "titel" (did you mean "title"?)`},
		{"journal:\n  title: [x]\n", `twinpress.yaml:2:10: journal.title should be text`},
		{"images: {max-pixels: many}\n", `twinpress.yaml:1:22: images.max-pixels should be a number`},
		{"keys:\n  author: by\n", `twinpress.yaml:2:3: unknown key "author" (did you mean "authors"?)`},
		{"issues:\n  \"1\":\n    dat: 2018\n", `twinpress.yaml:3:5: unknown key "dat" (did you mean "date"?)`},
		{"quotes:\n  en: [a]\n", `twinpress.yaml:2:7: quotes for a language are four marks`},
		{"a: b: c\n", `twinpress.yaml:1:1: mapping values are not allowed`},
		{"journal: {language: klingon-x}\n", `language klingon-x is not a code of BCP 47`},
	} {
		_, err := OpenPath(t.Context(), site(t, map[string]string{"twinpress.yaml": c.yaml, "content/a.md": "x"}), Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %s", c.yaml, err, c.want)
		}
	}
}

func TestOpenFindsTheSite(t *testing.T) {
	dir := site(t, map[string]string{
		"hugo.toml":              `title = "T"`,
		"content/posts/a.md":     "---\ntitle: A\nissue: 9\n---\n![](/p.svg)",
		"content/posts/b.md":     "---\ntitle: B\nissue: 10\n---\n[a](../a/)",
		"content/other/c.md":     "---\ntitle: C\nissue: 10\ndraft: true\n---\n",
		"content/leaf/index.md":  "---\ntitle: L\nissue: 10\nweight: 1\n---\n",
		"content/leaf/inside.md": "a resource, not an article",
		"static/p.svg":           `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`,
	})
	for _, c := range []struct {
		path, file string
		titles     []string
	}{
		{"", "", []string{"A", "L", "B"}},
		{"content", "", []string{"A", "L", "B"}},
		{"content/posts", "", []string{"A", "B"}},
		{"content/posts/b.md", "content/posts/b.md", []string{"B"}},
	} {
		s, err := OpenPath(t.Context(), filepath.Join(dir, filepath.FromSlash(c.path)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, in := range s.Contents().Issues {
			for _, a := range in.Articles {
				titles = append(titles, a.Title)
			}
		}
		if s.root != dir || s.Contents().File != c.file || strings.Join(titles, " ") != strings.Join(c.titles, " ") {
			t.Errorf("%q: root %s, file %q, articles %v", c.path, s.root, s.Contents().File, titles)
		}
	}
	if _, err := OpenPath(t.Context(), filepath.Join(dir, "nowhere"), Options{}); err == nil {
		t.Error("a path that is not there is opened without an error")
	}
	if _, err := OpenPath(t.Context(), filepath.Join(dir, "static", "p.svg"), Options{}); err == nil {
		t.Error("a picture is opened as an article")
	}
}

// TestJobsDoNotMatter reads with one goroutine and with eight.
func TestJobsDoNotMatter(t *testing.T) {
	files := map[string]string{"hugo.toml": `title = "T"`}
	for _, n := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		files["content/"+n+".md"] = "---\ntitle: " + n + "\nissue: 1\n---\n[gone](/x/) ![](gone.png) [^1]\n"
	}
	dir := site(t, files)
	var first string
	for _, jobs := range []int{1, 8} {
		s, err := OpenPath(t.Context(), dir, Options{Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		_, problems, err := s.Read(t.Context(), s.Contents().Issues[0])
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, p := range problems {
			b.WriteString(p.Error() + "\n")
		}
		if first == "" {
			first = b.String()
		} else if first != b.String() {
			t.Errorf("problems differ:\n%s\n%s", first, b.String())
		}
	}
}
