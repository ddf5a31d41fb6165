package layouts

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/twinpress/twinpress/export/internal/words"
)

// A stub is a site for tests.
type stub struct {
	files fstest.MapFS
	site  *Site
	page  *Page
}

func (s *stub) Render(markdown string, block bool) string { return "[" + markdown + "]" }
func (s *stub) ReadFile(name string) ([]byte, error)      { return fs.ReadFile(s.files, name) }
func (s *stub) List(dir string) (names []string) {
	entries, _ := fs.ReadDir(s.files, dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
func (s *stub) Assets() (names []string) {
	for name := range s.files {
		if rel, ok := strings.CutPrefix(name, "assets/"); ok {
			names = append(names, rel)
		}
	}
	return names
}
func (s *stub) Asset(name string) string {
	if s.files["assets/"+name] != nil {
		return "assets/" + name
	}
	return ""
}
func (s *stub) Size(string) (width, height int) { return 640, 480 }
func (s *stub) Find(string) *Page               { return nil }
func (s *stub) Site() *Site                     { return s.site }
func (s *stub) Page() *Page                     { return s.page }
func (s *stub) Unmarshal(text, notation string) (any, error) {
	return map[string]any{"text": text, "notation": notation}, nil
}
func (s *stub) Translate(key string, _ int) string         { return "words of " + key }
func (s *stub) FormatTime(t time.Time, form string) string { return words.FormatTime(t, form, "en") }
func (s *stub) FormatNumber(n float64, d int, u string) string {
	return words.FormatNumber(n, d, u, "en")
}
func (s *stub) Emoji(text string) string                { return text }
func (s *stub) Formula(tex string, display bool) string { return tex }
func (s *stub) Now() time.Time                          { return s.page.Date }
func (s *stub) Warn(string)                             {}

// stage gives a runner of a site's files.
func stage(files map[string]string) (*Runner, *stub) {
	s := &stub{files: fstest.MapFS{}}
	for name, text := range files {
		s.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s.site = &Site{Title: "Mag", BaseURL: "https://b.example/", Language: Language{Lang: "en", LanguageCode: "en"}, Render: s.Render,
		Params: map[string]any{"editorname": "Ed Itor"}, LanguageCode: "en", AllPages: func() Pages { return Pages{s.page} }, AllData: func() any { return nil }}
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	home := &Page{Site: s.site, Title: "Mag", Kind: "home", IsHome: true, IsNode: true, Path: "/", RelPermalink: "/", Permalink: "https://b.example/"}
	s.page = &Page{Site: s.site, Title: "E", LinkTitle: "E", Kind: "page", IsPage: true, BundleType: "leaf", Type: "page", Path: "/essay", Date: day, Lastmod: day, PublishDate: day, Up: home,
		RelPermalink: "/essay/", Permalink: "https://b.example/essay/", Language: s.site.Language,
		File:   &File{Path: "essay/index.md", Dir: "essay/", LogicalName: "index.md", BaseFileName: "index", TranslationBaseName: "index", Ext: "md", ContentBaseName: "essay"},
		Params: map[string]any{"foobar": "quux", "tags": []any{"a", "b c"}, "nested": map[string]any{"deep": "down"}, "date": day, "title": "E"}}
	s.site.First = func() *Page { return home }
	s.site.Lookup = func(at string) *Page {
		if strings.Trim(at, "/") == "essay" {
			return s.page
		}
		return nil
	}
	return NewRunner(Find(s.files, []Dir{{From: "layouts"}, {From: "themes/t/layouts"}}), s), s
}

func (s *stub) call(name string) *Shortcode {
	return &Shortcode{Name: name, Page: s.page, Args: []any{"one & two", 3}}
}

// TestFunctions holds functions and values to what Hugo makes of them.
func TestFunctions(t *testing.T) {
	raw, err := os.ReadFile("testdata/functions.txt")
	if err != nil {
		t.Fatal(err)
	}
	files, want := map[string]string{}, []string{}
	for _, line := range strings.Split(string(raw), "\n") {
		if expr, out, ok := strings.Cut(line, "\t=> "); ok {
			files["layouts/shortcodes/e"+strconv.Itoa(len(want))+".html"] = "{{ " + expr + " }}"
			want = append(want, expr+"\t=> "+out)
		}
	}
	if len(want) < 150 {
		t.Fatalf("only %d expressions", len(want))
	}
	r, s := stage(files)
	for i, line := range want {
		expr, out, _ := strings.Cut(line, "\t=> ")
		got, err := r.Run(s.call("e" + strconv.Itoa(i)))
		if err != nil {
			t.Errorf("%s: %v", expr, err)
		} else if strings.TrimSpace(got) != strings.TrimSpace(out) {
			t.Errorf("%s gives %q, in Hugo %q", expr, got, out)
		}
	}
}

// TestRuns: calls with what stands around them. What comes out is what Hugo gives, but for markdownify, which the stub marks.
func TestRuns(t *testing.T) {
	r, s := stage(map[string]string{
		"layouts/shortcodes/Mixed/Case.html":        `{{ .Get "name" }}|{{ .Get "NAME" }}|{{ .Params.name }}|{{ .Params.Name }}`,
		"layouts/shortcodes/own.html":               "the site's",
		"themes/t/layouts/_shortcodes/own.html":     "the theme's",
		"themes/t/layouts/_shortcodes/theme.html":   `{{ partial "deep/card.html" (dict "x" "<b>") }}`,
		"themes/t/layouts/_partials/deep/card.html": `<p>{{ .x }}</p>`,
		"layouts/shortcodes/returning.html":         `{{ $v := partial "sum" (slice 1 2) }}{{ add $v 1 }}`,
		"layouts/partials/sum.html":                 `{{ $s := 0 }}{{ range . }}{{ $s = add $s . }}{{ end }}{{ return $s }}`,
		"layouts/shortcodes/outer.html":             `<ul>{{ range .Scratch.Get "rows" }}<li>{{ . }}</li>{{ end }}</ul>{{ .Inner }}`,
		"layouts/shortcodes/row.html":               `{{ .Parent.Scratch.Add "rows" (slice (.Get 0)) }}{{ .Parent.Name }}`,
		"layouts/shortcodes/marked.html":            `<p class="{{ .Get 0 }}">{{ .Inner | markdownify }}</p>`,
		"layouts/shortcodes/local.html":             `{{ define "x" }}[{{ . }}]{{ end }}{{ template "x" "y" }}{{ block "z" . }}z{{ end }}`,
		"layouts/shortcodes/picture.html":           `{{ with resources.Get "a.png" }}<img src="{{ .RelPermalink }}" width="{{ .Width }}">{{ end }}`,
		"layouts/shortcodes/loop.html":              `{{ range $i, $e := seq 4 }}{{ if eq $e 2 }}{{ continue }}{{ end }}{{ if eq $e 4 }}{{ break }}{{ end }}{{ $i }}{{ $e }};{{ else }}none{{ end }}`,
		"layouts/shortcodes/trimmed.html":           "a {{- /* a comment */ -}} b {{ with .Get 5 }}x{{ else with .Get 0 }}{{ . }}{{ end }}",
		"layouts/shortcodes/piped.html":             `{{ .Get 0 | html }} {{ .Get 0 | urlquery }}`,
		"layouts/shortcodes/lastly.html":            `{{ partial "counted" . }}{{ partial "counted" . }}`,
		"layouts/partials/counted.html":             `{{- .Page.Store.Add "n" 1 -}}{{- return .Page.Store.Get "n" -}}`,
		"layouts/shortcodes/odds.html":              `{{ $s := newScratch }}{{ $s.Set "a" 1 }}{{ $s.Values.a }} {{ (urls.Parse "https://x.example/a").IsAbs }} {{ apply (slice "a" "b") "upper" "." }} {{ (unmarshal "{\"a\":1}").notation }} {{ (resources.FromString "a.txt" "made").Content }} {{ with .Parent }}x{{ else }}alone{{ end }} {{ range readDir "/assets" }}{{ .Name }}{{ end }}`,
		"layouts/shortcodes/lots.html":              `{{ $l := shuffle (slice 1 2 3 4 5) }}{{ len $l }} {{ sort $l }} {{ eq $l (shuffle (slice 1 2 3 4 5)) }} {{ lt math.Rand 1 }} {{ math.Counter }} {{ math.Counter }}`,
		"layouts/shortcodes/embedded.html":          `{{ with try (div 1 0) }}{{ .Err | printf "%T" }}{{ end }}{{ with .Get 5 }}{{ template "_internal/shortcodes/figure.html" . }}{{ end }}`,
		"layouts/shortcodes/words.html":             `{{ i18n "more" }} {{ T "less" }}`,
		"layouts/shortcodes/onclick.html":           `<a href="{{ .Get 0 }}" style="width: {{ .Get 1 }}px">x</a>`,
		"assets/a.png":                              "png",
	})
	outer := s.call("outer")
	for _, c := range []struct {
		call *Shortcode
		want string
	}{
		{&Shortcode{Name: "mixed/case", Page: s.page, Named: map[string]any{"name": "v"}}, "v|v|v|v"},
		{s.call("own"), "the site's"},
		{s.call("theme"), "<p>&lt;b&gt;</p>"},
		{s.call("returning"), "4"},
		{&Shortcode{Name: "row", Page: s.page, Args: []any{"a"}, Parent: outer}, "outer"},
		{&Shortcode{Name: "row", Page: s.page, Args: []any{"b"}, Parent: outer}, "outer"},
		{outer, "<ul><li>a</li><li>b</li></ul>"},
		{&Shortcode{Name: "marked", Page: s.page, Inner: "*x*"}, `<p class="">[*x*]</p>`},
		{s.call("local"), "[y]z"},
		{s.call("picture"), `<img src="/a.png" width="640">`},
		{s.call("loop"), "01;23;"},
		{s.call("trimmed"), "ab one &amp; two"},
		{s.call("piped"), "one &amp; two one&#43;%26&#43;two"},
		{s.call("lastly"), "12"},
		{s.call("odds"), "1 true [A B] json made alone a.png"},
		{s.call("lots"), "5 [1 2 3 4 5] false true 1 2"},
		{s.call("embedded"), "*layouts.Failed"},
		{s.call("words"), "words of more words of less"},
		{s.call("onclick"), `<a href="one%20&amp;%20two" style="width: 3px">x</a>`},
	} {
		got, err := r.Run(c.call)
		if err != nil || strings.TrimSpace(got) != c.want {
			t.Errorf("%s gives %q, %v; want %q", c.call.Name, got, err, c.want)
		}
	}
}

// TestStopped: what would go on for ever, grow without end, read what is not the site's or differ from day to day is stopped.
func TestStopped(t *testing.T) {
	files := map[string]string{
		"loop":       `{{ range 1000000000000 }}{{ end }}`,
		"loops":      `{{ range seq 2000 }}{{ range seq 2000 }}{{ range seq 2000 }}{{ end }}{{ end }}{{ end }}`,
		"itself":     `{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}`,
		"doubled":    `{{ $s := "0123456789" }}{{ range 60 }}{{ $s = print $s $s }}{{ end }}{{ $s }}`,
		"replaced":   `{{ $s := strings.Repeat 100000 "a" }}{{ replace $s "a" $s }}`,
		"replacedre": `{{ $s := strings.Repeat 10000 "a" }}{{ replaceRE "a" $s $s }}`,
		"repeated":   `{{ strings.Repeat 100000000000 "a" }}`,
		"wide":       `{{ printf "%999999999d" 1 }}`,
		"star":       `{{ printf "%*d" 999999999 1 }}`,
		"many":       `{{ $s := strings.Repeat 100000 "a" }}{{ printf (strings.Repeat 1000 "%[1]s") $s }}`,
		"written":    `{{ $s := strings.Repeat 100000 "a" }}{{ range 100 }}{{ $s }}{{ end }}`,
		"nested":     `{{ $s := slice "0123456789" }}{{ range 60 }}{{ $s = slice $s $s }}{{ end }}{{ $s }}`,
		"compared":   `{{ $s := slice "0123456789" }}{{ range 60 }}{{ $s = slice $s $s }}{{ end }}{{ eq $s $s }}`,
		"joined":     `{{ $s := slice "0123456789" }}{{ range 60 }}{{ $s = append $s $s }}{{ end }}`,
		"partial":    `{{ partial "itself" . }}`,
		"kept":       `{{ range 1000000 }}{{ $.Scratch.Add "x" "0123456789" }}{{ end }}`,
		"cast":       `{{ len (seq 1000000000) }}`,
		"escaped":    `{{ $s := strings.Repeat 500000 "<" }}{{ $s | htmlEscape | htmlEscape | htmlEscape }}`,
		"outside":    `{{ readFile "/etc/passwd" }}`,
		"above":      `{{ readFile "../../etc/passwd" }}`,
		"network":    `{{ resources.GetRemote "https://b.example/" }}`,
		"unknown":    `{{ frobnicate }}`,
		"broken":     `{{ if }}`,
		"missing":    `{{ partial "none.html" . }}`,
		"said":       `{{ errorf "no %s" "picture" }}`,
		"index":      `{{ index (slice 1 2) "x" "y" 1 2 }}{{ div 1 0 }}`,
		"called":     `{{ call .Get "x" }}`,
		"nothing":    `{{ .Page.Params.missing.deeper.still }}{{ .Page.NoSuchField }}`,
	}
	site := map[string]string{"layouts/partials/itself.html": `{{ partial "itself" . }}`}
	for name, text := range files {
		site["layouts/shortcodes/"+name+".html"] = text
	}
	for name := range files {
		r, s := stage(site)
		got, err := r.Run(s.call(name))
		if err == nil {
			t.Errorf("%s gives %.40q, and nobody stops it", name, got)
		}
	}
	// What Hugo brings along is asked for by name.
	r, s := stage(map[string]string{"layouts/shortcodes/own.html": `<b>{{ template "_internal/shortcodes/figure.html" . }}</b>`})
	if _, err := r.Run(s.call("own")); !errors.Is(err, ErrEmbedded) {
		t.Errorf("Hugo's own template: %v", err)
	}
	// The page as a whole has its measure, too.
	r, s = stage(site)
	for range 100 {
		_, _ = r.Run(s.call("loop"))
	}
	if r.total > 0 {
		t.Errorf("a hundred endless loops leave %d steps", r.total)
	}
}
