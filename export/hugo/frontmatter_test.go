package hugo

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/markdown"
)

// TestFrontMatterPlaces looks for a word of each scalar where the scalar says that the word is.
func TestFrontMatterPlaces(t *testing.T) {
	for _, text := range []string{
		"---\ntitle: A plain here one\n---\n",
		"---\ntitle: 'It''s here'\n---\n",
		"---\ntitle: \"Escaped \\\"x\\\" \\u00e9 here\"\n---\n",
		"---\na: 1\ntitle: >\n  Folded\n  and here\n---\n",
		"---\ntitle: |\n    Literal\n    here\n---\n",
		"---\ntitle: Wrapped\n  over lines here\n---\n",
		"---\nüñí: é\ntitle: here\n---\n",
		"---\r\ntitle: here\r\n---\r\n",
		"\uFEFF---\ntitle: here\n---\n",
		"+++\ntitle = \"TOML \\\"x\\\" here\"\n+++\n",
		"+++\na = 1\ntitle = '''\nliteral\nhere'''\n+++\n",
		"{\"a\": 1,\n \"title\": \"JSON \\\"x\\\" here\"}\n",
	} {
		s := &shelf{config: &Config{}}
		h, _ := s.readHead("a.md", []byte(text))
		if len(h.problems) > 0 {
			t.Errorf("%q: %v", text, h.problems)
			continue
		}
		v := h.front.get("title")
		if v == nil {
			t.Errorf("%q has no title: %+v", text, h.front)
			continue
		}
		src := v.textOf(h.src)
		if string(src.Text) != v.text {
			t.Errorf("%q: the source of %q is %q", text, v.text, src.Text)
		}
		p := src.Pos(strings.Index(v.text, "here"))
		lines := strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n")
		if !strings.HasPrefix(lineAt(lines, p), "here") {
			t.Errorf("%q: %v is where %q stands", text, p, lineAt(lines, p))
		}
	}
}

func TestSplitFrontMatter(t *testing.T) {
	for text, want := range map[string]struct{ front, body string }{
		"---\na: 1\n---\nText":            {"a: 1\n", "Text"},
		"\n\n--- \na: 1\n---  \nText":     {"a: 1\n", "Text"},
		"---\na: 1\n...\nText":            {"a: 1\n", "Text"},
		"---\n---\nText":                  {"", "Text"},
		"+++\na = 1\n+++\nText":           {"a = 1\n", "Text"},
		"{\"a\": 1}\nText":                {"{\"a\": 1}", "\nText"},
		"{##\n comment ##}\nText":         {"-", "{##\n comment ##}\nText"},
		"{{< figure >}}\nText":            {"-", "{{< figure >}}\nText"},
		"---\n\nText after a rule\n\n---": {"-", "---\n\nText after a rule\n\n---"},
		"Text\n---\na: 1\n---\n":          {"-", "Text\n---\na: 1\n---\n"},
		"":                                {"-", ""},
	} {
		src := &source.Source{File: source.NewFile("a.md", []byte(text)), Text: []byte(text)}
		front, _, body := splitFrontMatter(src, func(code string, pos document.Pos, message, hint string) { t.Errorf("%q: %s at %v", text, code, pos) })
		got := "-"
		if front != nil {
			got = string(front.Text)
		}
		if got != want.front || string(body.Text) != want.body {
			t.Errorf("%q: front %q, body %q", text, got, body.Text)
		}
	}
}

func TestUnclosedFrontMatter(t *testing.T) {
	var codes []string
	for _, text := range []string{"---\na: 1\nText", "+++\na = 1\n", "{\"a\": 1\nText"} {
		src := &source.Source{File: source.NewFile("a.md", []byte(text)), Text: []byte(text)}
		_, _, body := splitFrontMatter(src, func(code string, _ document.Pos, _, _ string) { codes = append(codes, code) })
		if string(body.Text) != text {
			t.Errorf("%q: body %q", text, body.Text)
		}
	}
	if got := strings.Join(codes, " "); got != "unclosed-front-matter unclosed-front-matter unclosed-front-matter" {
		t.Errorf("problems: %s", got)
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"2018-12-02": "2018-12-02", "2018-12-02T23:30:00-05:00": "2018-12-02", "2018-12-02 10:00:00 +0200": "2018-12-02",
		"2018-12": "2018-12", "2018": "2018", "December 2, 2018": "2018-12-02", "2 Dec 2018": "2018-12-02", "2006-04-26 11:03:18": "2006-04-26",
		"2026-04-21T14:33:00.123456+03:00": "2026-04-21", "02.12.2018": "2018-12-02", "soon": "", "": "", "2018-13-40": "",
	} {
		if got := parseDate(text).ISO(); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestSplitNames(t *testing.T) {
	for text, want := range map[string]string{
		"Ada Example": "Ada Example", "Dawsey, Jason": "Dawsey, Jason", "Ada One and Bea Two": "Ada One|Bea Two",
		"Ada One, Bea Two and Carl Three": "Ada One|Bea Two|Carl Three", "Ada One, Bea Two, and Carl Three": "Ada One|Bea Two|Carl Three",
		"A; B & C": "A|B & C", " ": "", "Lead & Rule": "Lead & Rule", "Ada One & Sons": "Ada One & Sons", "Eva Eins und Otto Zwei": "Eva Eins|Otto Zwei",
		"Ada One, Jr.": "Ada One, Jr.", "Type Society and Ada One": "Type Society and Ada One",
	} {
		if got := strings.Join(splitNames(text), "|"); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ of, got, want string }{
		{"slug", slugOf("Über Ångström's  Naïve “Café”!"), "uber-angstroms-naive-cafe"},
		{"slug", slugOf("Привет, мир"), "привет-мир"},
		{"slug", slugOf("??"), ""},
		{"anchor", markdown.Anchorize("First & foremost"), "first--foremost"},
		{"anchor", markdown.Anchorize("Über alles_x 2.0"), "über-alles_x-20"},
		{"issue", issueNumber("issue_11"), "11"},
		{"issue", issueNumber("No. 7/8"), "7/8"},
		{"issue", issueNumber("112"), "112"},
		{"issue", issueNumber("North"), "North"},
		{"title", plainTitle("Film: _Un peuple_ and snake_case *x*"), "Film: Un peuple and snake_case x"},
		{"language", words.Canonical("de_at"), "de-AT"},
		{"language", words.Canonical("zh-hant-tw"), "zh-Hant-TW"},
		{"language", words.Canonical("gr"), "el"},
		{"language", words.Canonical("nonsense"), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s %q, want %q", c.of, c.got, c.want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"9", "10", -1}, {"7/8", "9", -1}, {"112", "112", 0}, {"2a", "2", 1}, {"", "1", -1}, {"010", "9", 1}} {
		if got := natural(c.a, c.b); (got < 0) != (c.want < 0) || (got > 0) != (c.want > 0) {
			t.Errorf("natural(%q, %q) is %d", c.a, c.b, got)
		}
	}
}
