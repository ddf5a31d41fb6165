package export_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// writeSite writes a site's files into a folder of its own.
func writeSite(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// checkered gives a picture of so many squares, as PNG.
func checkered(t *testing.T, n int) string {
	t.Helper()
	im := image.NewGray(image.Rect(0, 0, n*10, n*10))
	for y := range n * 10 {
		for x := range n * 10 {
			im.SetGray(x, y, color.Gray{Y: uint8((x/10 + y/10) % 2 * 255)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestThemeShortcode: a theme's shortcode with parameters, Markdown between its tags, a partial and a picture, in both editions.
func TestThemeShortcode(t *testing.T) {
	dir := writeSite(t, map[string]string{
		"hugo.toml": "baseURL = 'https://t.example/'\ntitle = 'Theme'\ntheme = 'house'\n",
		"themes/house/layouts/shortcodes/feature.html": `<section class="feature {{ .Get "kind" }}">
  <h3>{{ .Get "title" | markdownify }}</h3>
  {{ partial "picture.html" (dict "src" (.Get "src") "alt" (.Get "alt") "caption" (.Get "caption")) }}
  {{ .Inner | .Page.RenderString (dict "display" "block") }}
  <p>{{ i18n "by" }} {{ .Get "by" | default site.Params.editor }}</p>
</section>`,
		"themes/house/layouts/partials/picture.html": `{{ with resources.Get .src }}{{ $small := .Resize "300x" }}<figure><img src="{{ $small.RelPermalink }}" width="{{ $small.Width }}" alt="{{ $.alt }}" loading="lazy"><figcaption>{{ $.caption | markdownify }}</figcaption></figure>{{ end }}`,
		"themes/house/i18n/en.toml":                  "by = 'Shown by'\n",
		"themes/house/assets/img/board.png":          checkered(t, 8),
		"content/a.md": `---
title: A
issue: 1
date: 2024-01-01
---
Before it.

{{< feature title="A *fine* board" src="img/board.png" alt="A board of squares" caption="The **board**" kind="wide" by="Ann" >}}
Words between the tags, *marked*, with a note.[^1]

- first
- second
{{< /feature >}}

After it.

[^1]: The note.
`})
	got := buildCase(t, dir)
	for name, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		for _, want := range []string{"Before it.", "A fine board", "The board", "Words between the tags, marked, with a note.", "first", "second", "Shown by Ann", "After it.", "The note."} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	for _, want := range []string{`alt="A board of squares"`, "<em>fine</em>", "<strong>board</strong>", "<em>marked</em>", `epub:type="noteref"`, "<figcaption"} {
		if !strings.Contains(got.xhtml, want) {
			t.Errorf("the EPUB has no %s in\n%s", want, got.xhtml)
		}
	}
	if got.told != "" {
		t.Errorf("told: %s", got.told)
	}
}

// TestHostileShortcodes: a shortcode that would go on for ever, read what is not the site's, or take memory without end is stopped
// and told of with its template's place; its words stay, and the rest of the article stands in both editions.
func TestHostileShortcodes(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(outside, []byte("root:x:0:0"), 0o644); err != nil {
		t.Fatal(err)
	}
	hostile := []struct{ name, template, why string }{
		{"for-ever", `{{ range seq 2000 }}{{ range seq 2000 }}{{ range seq 2000 }}{{ end }}{{ end }}{{ end }}`, "too many steps"},
		{"for-number", `{{ range 1000000000000 }}{{ end }}`, "too many steps"},
		{"itself", `{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}`, "too many steps"},
		{"partial", `{{ partial "again.html" . }}`, "too many steps"},
		{"passwd", `{{ readFile "/etc/passwd" }}`, "readFile"},
		{"above", `{{ readFile "../../../../../../etc/passwd" }}`, "does not lie in the site"},
		{"link", `{{ readFile "linked.txt" }}`, "readFile"},
		{"link-folder", `{{ readFile "linked/secret.txt" }}`, "readFile"},
		{"link-asset", `{{ (resources.Get "linked.txt").Content }}`, ""},
		{"doubled", `{{ $s := "0123456789" }}{{ range 60 }}{{ $s = print $s $s }}{{ end }}{{ $s }}`, "too much text"},
		{"wide", `{{ printf "%1000000000d" 1 }}`, "too much text"},
		{"numbers", `{{ seq 1000000000 }}`, "seq"},
		{"grown", `{{ $s := slice "0123456789" }}{{ range 60 }}{{ $s = append $s $s }}{{ end }}{{ len $s }}`, "too much text"},
		{"replaced", `{{ $s := strings.Repeat 100000 "a" }}{{ replace $s "a" $s }}`, "too much text"},
		{"nested", `{{ $m := dict }}{{ range 60 }}{{ $m = dict "a" $m "b" $m }}{{ end }}{{ jsonify $m }}`, "too much text"},
		{"network", `{{ resources.GetRemote "https://b.example/" }}`, "needs the network"},
		{"json", `{{ getJSON "https://b.example/" }}`, "getJSON"},
		{"broken", "\n\n{{ if }}", "layouts/shortcodes/broken.html:3"},
		{"unknown", "\n{{ frobnicate 1 }}", "layouts/shortcodes/unknown.html:2"},
		{"said", `{{ errorf "no %s here" "picture" }}`, "no picture here"},
	}
	files := map[string]string{"hugo.toml": "baseURL = 'https://t.example/'\ntitle = 'Hostile'\n", "layouts/partials/again.html": `{{ partial "again.html" . }}`, "assets/x.txt": "x"}
	var body strings.Builder
	body.WriteString("---\ntitle: A\nissue: 1\ndate: 2024-01-01\n---\n")
	for _, h := range hostile {
		files["layouts/shortcodes/"+h.name+".html"] = h.template + "{{/* {{ .Inner }} */}}"
		fmt.Fprintf(&body, "{{< %s \"Given %s words\" >}}Inner %s words.{{< /%s >}}\n\nAfter %s words.\n\n", h.name, h.name, h.name, h.name, h.name)
	}
	files["content/a.md"] = body.String()
	dir := writeSite(t, files)
	for link, to := range map[string]string{"linked.txt": outside, "linked": filepath.Dir(outside), "assets/linked.txt": outside} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	got := buildCase(t, dir)
	for name, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		if strings.Contains(text, "root:") {
			t.Errorf("%s tells what lies outside of the site", name)
		}
		for _, h := range hostile {
			for _, want := range []string{"Given " + h.name + " words", "Inner " + h.name + " words.", "After " + h.name + " words."} {
				if !strings.Contains(text, want) {
					t.Errorf("%s lacks %q", name, want)
				}
			}
		}
	}
	for _, h := range hostile {
		at := fmt.Sprintf("the site's template for the shortcode %q failed: ", h.name)
		_, rest, ok := strings.Cut(got.told, at)
		line, _, _ := strings.Cut(rest, "\n")
		if !ok || !strings.Contains(line, h.why) || !strings.Contains(line, "layouts/") {
			t.Errorf("%s is told as %q, want %q in it and the template's place", h.name, line, h.why)
		}
	}
}

// TestAlertByColour: a hook that shows the kind of an alert by a colour alone leaves the box to us, whose words say it.
func TestAlertByColour(t *testing.T) {
	got := buildCase(t, writeSite(t, map[string]string{
		"layouts/_markup/render-blockquote-alert.html": `<blockquote class="book-hint {{ .AlertType }}">{{ .Text }}</blockquote>`,
		"hugo.toml":    "title = 'Hooks'\n",
		"content/a.md": "---\ntitle: A\nissue: 1\ndate: 2024-01-01\n---\n> [!TIP]\n> Told *so*.\n\n> [!NOTE] Mark well\n> That too.\n",
	}))
	for name, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		for _, want := range []string{"TipToldso.", "MarkwellThattoo."} {
			if !strings.Contains(strings.ReplaceAll(text, " ", ""), want) {
				t.Errorf("%s lacks %q: %s", name, want, text)
			}
		}
	}
}

// TestHooks: the site's render hooks run within the bounds of its shortcodes; what fails stands as Markdown has it, once told; all of
// them can be left alone.
func TestHooks(t *testing.T) {
	files := map[string]string{
		"hugo.toml":                                    "baseURL = 'https://t.example/'\ntitle = 'Hooks'\n",
		"layouts/_markup/render-link.html":             `<a href="{{ .Destination }}">{{ .Text }}</a>, hooked`,
		"layouts/_markup/render-heading.html":          `{{ range seq 2000 }}{{ range seq 2000 }}{{ end }}{{ end }}<h2>{{ .Text }}</h2>`,
		"layouts/_markup/render-image.html":            "\n{{ resources.GetRemote .Destination }}",
		"layouts/_markup/render-codeblock.html":        `{{ readFile "/etc/passwd" }}`,
		"layouts/_markup/render-codeblock-upper.html":  `<p>{{ .Inner | upper }}</p>`,
		"layouts/_markup/render-blockquote-alert.html": `<div class="box"><p class="box-title">{{ .AlertType | title }}!</p>{{ .Text }}</div>`,
		"layouts/_markup/render-passthrough.html":      `<span class="katex">{{ .Inner }}</span>`,
		"content/a.md": `---
title: A
issue: 1
date: 2024-01-01
math: true
---
## First head

[First](https://x.example/) and [second](https://y.example/) link.

## Second head

![Words for it](none.png)

` + "```go\nfunc main\n```\n\n```upper\nbecomes large\n```\n" + `
> [!TIP]
> Told *so*.

A formula $a_1$ stands here.
`}
	got := buildCase(t, writeSite(t, files))
	for name, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		for _, want := range []string{"First, hooked and second, hooked link.", "First head", "Second head", "func main", "BECOMES LARGE", "Tip!", "Told so.", "Words for it"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	for _, want := range []string{
		"heading failed: layouts/_markup/render-heading.html:1", "too many steps",
		"image failed: layouts/_markup/render-image.html:2:3: resources.GetRemote needs the network",
		"codeblock failed: layouts/_markup/render-codeblock.html:1",
	} {
		if n := strings.Count(got.told, want); n != 1 {
			t.Errorf("told %d times: %s\n%s", n, want, got.told)
		}
	}
	if !strings.Contains(got.xhtml, "<msub>") {
		t.Error("the formula is none any more")
	}
	files["twinpress.yaml"] = "hooks: ignore\n"
	got = buildCase(t, writeSite(t, files))
	if strings.Contains(got.epub+got.pdf, "hooked") || strings.Contains(got.epub, "LARGE") || strings.Contains(got.told, "hook") {
		t.Errorf("hooks: ignore runs them\n%s", got.told)
	}
}

// TestMappedShortcodes: what the publisher maps shortcodes to, in both editions.
func TestMappedShortcodes(t *testing.T) {
	files := map[string]string{
		"hugo.toml": "baseURL = 'https://t.example/'\ntitle = 'Mapped'\n",
		"twinpress.yaml": `shortcodes:
  gone: drop
  bare: inner
  Map: link
  photo: figure
  stars:
    epub: '<p class="stars">{{ .Get 0 }} of five, on a screen</p>'
    pdf: '<p>{{ .Get 0 }} of five, on paper</p>'
  word: {template: '<em>{{ .Get 0 | upper }}</em>', pdf: '<strong>{{ .Get 0 }}</strong>'}
  screen: {epub: '<div><h2>Only here</h2><p>{{ .Inner | markdownify }}</p></div>'}
  whole: {template: '<blockquote>{{ .Inner | markdownify }}</blockquote>'}
  spoiled: {template: '{{ range seq 2000 }}{{ range seq 2000 }}{{ end }}{{ end }}'}
`,
		"layouts/shortcodes/whole.html": "the site's own",
		"layouts/shortcodes/gone.html":  "the site's own",
		"content/pic.png":               checkered(t, 4),
		"content/a.md": `---
title: A
issue: 1
date: 2024-01-01
---
{{< gone >}}Left out{{< /gone >}}

{{< bare x="not this" >}}Left *alone*{{< /bare >}}

{{< map src="https://maps.example/here" title="Where we *are*" >}}

A line with {{< map "https://maps.example/there" "a place" >}} in it.

{{< map url="https://maps.example/third" >}}The third place{{< /map >}}

{{< photo src="pic.png" caption="A *photo*" >}}

{{< stars 4 >}}

Say {{< word "loud" >}} words.

{{< screen >}}For *screens*{{< /screen >}}

{{< whole >}}Quoted{{< /whole >}}

{{< spoiled "kept words" >}}
`}
	got := buildCase(t, writeSite(t, files))
	for name, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		for _, want := range []string{"Left alone", "Where we are: maps.example/here", "A line with a place: maps.example/there in it.", "The third place: maps.example/third", "A photo", "Quoted", "kept words"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
		if strings.Contains(text, "Left out") || strings.Contains(text, "the site's own") || strings.Contains(text, "not this") {
			t.Errorf("%s has what is mapped away", name)
		}
	}
	for _, of := range []struct{ name, text, has, lacks string }{
		{"EPUB", got.epub, "4 of five, on a screen", "on paper"}, {"PDF", got.pdf, "4 of five, on paper", "on a screen"},
		{"EPUB", got.epub, "Say LOUD words.", "Say loud"}, {"PDF", got.pdf, "Say loud words.", "LOUD"},
		{"EPUB", got.epub, "For screens", "twinpress-only"}, {"PDF", got.pdf, "Quoted", "For screens"},
	} {
		if !strings.Contains(of.text, of.has) || strings.Contains(of.text, of.lacks) {
			t.Errorf("%s should have %q and not %q", of.name, of.has, of.lacks)
		}
	}
	if !strings.Contains(got.told, `template for the shortcode "spoiled" failed: twinpress.yaml#spoiled:1:`) {
		t.Errorf("told: %s", got.told)
	}
	for value, want := range map[string]string{
		"x: frobnicate":             "shortcodes.x should be run, keep, inner, drop, link, figure",
		"x: [drop]":                 "shortcodes.x should be",
		"x: {}":                     "shortcodes.x has no template",
		"x: {paper: y}":             `unknown key "paper"`,
		"x: {epub: [y]}":            "shortcodes.x.epub should be text",
		"x: {template: '{{ if }}'}": "shortcodes.x.template is no template: template:1: missing value for if",
		"x: {pdf: '{{ nope }}'}":    `function "nope" not defined`,
	} {
		files["twinpress.yaml"] = "shortcodes:\n  " + value + "\n"
		_, _, err := export.Read(t.Context(), export.Path(writeSite(t, files)), export.Options{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "twinpress.yaml:2:") {
			t.Errorf("%s: %v, want %s", value, err, want)
		}
	}
}
