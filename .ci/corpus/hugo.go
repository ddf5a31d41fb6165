package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/twinpress/twinpress/export"
)

// compare has Hugo render every source with a layout that holds the content alone, and looks for its words in our editions,
// article by article. A word that is missing must be explained by a problem that the build told of that article.
func compare(ctx context.Context, sources []string) (bool, error) {
	version, err := exec.CommandContext(ctx, "hugo", "version").Output()
	if err != nil {
		return false, fmt.Errorf("NOT RUN: hugo is needed (Debian: apt-get install hugo): %w", err)
	}
	fmt.Printf("%.40s\n", version)
	var total, articles, missing, explained, moved int
	for _, source := range sources {
		pages, err := render(ctx, source)
		if err != nil {
			fmt.Printf("%s\n  not rendered by Hugo: %v\n", source, err)
			continue
		}
		res, editions, err := build(ctx, source)
		if err != nil && len(editions) == 0 {
			fmt.Printf("%s\n  refused: %v\n", source, err)
			continue
		}
		for _, e := range editions {
			if !e.issue.Single || len(e.issue.Articles) != 1 {
				continue
			}
			path := e.issue.Articles[0].Path
			words, ok := pages[filepath.ToSlash(path)]
			if !ok {
				words, ok = pages[filepath.Base(path)]
			}
			if !ok {
				continue
			}
			articles++
			total += len(words)
			ours := e.epubWords()
			lost := without(words, ours)
			why := reasons(res.Problems, path)
			if d := disorder(words, ours); d > 0 {
				moved += d
				fmt.Printf("%s\n  %d words stand in another order\n", path, d)
			}
			if len(lost) == 0 {
				continue
			}
			if len(why) > 0 {
				explained += len(lost)
			} else {
				missing += len(lost)
			}
			fmt.Printf("%s\n  %d of Hugo's words are not in the edition: %s\n  what the build told: %s\n", path, len(lost),
				strings.Join(lost[:min(len(lost), *show)], " · "), cmpOr(strings.Join(why, ", "), "nothing"))
		}
	}
	fmt.Printf("\n%d articles, %d words of Hugo's: %d missing, %d explained, %d in another order\n", articles, total, missing, explained, moved)
	return missing == 0 && articles > 0, nil
}

func cmpOr(s, or string) string {
	if s == "" {
		return or
	}
	return s
}

// leavesOut are the codes of problems that tell of words that an edition does not have, or has in another form.
var leavesOut = []string{"bad-shortcode", "converted-note", "dropped-html", "dropped-template", "dropped-toc", "duplicate-title", "linked-media", "math-source",
	"missing-image", "unknown-shortcode", "unused-note", "bad-mathml"}

// reasons gives the problems told of an article that may explain a missing word.
func reasons(ps []export.Problem, path string) []string {
	var out []string
	for _, p := range ps {
		if p.Pos.File == path && slices.Contains(leavesOut, p.Code) && !slices.Contains(out, p.Code) {
			out = append(out, p.Code)
		}
	}
	return out
}

// disorder counts the words that stand in another order in b than in a: of those that both have just once, those outside of
// the longest common sequence.
func disorder(a, b []string) int {
	place := func(ws []string) map[string]int {
		at, times := map[string]int{}, map[string]int{}
		for i, w := range ws {
			at[w] = i
			times[w]++
		}
		for w, n := range times {
			if n > 1 {
				delete(at, w)
			}
		}
		return at
	}
	once, other := place(a), place(b)
	var ends []int // the least end of an increasing sequence of each length (Fredman 1975)
	n := 0
	for i, w := range a {
		if once[w] != i || w == "" {
			continue
		}
		if _, ok := once[w]; !ok {
			continue
		}
		p, ok := other[w]
		if !ok {
			continue
		}
		n++
		k, _ := slices.BinarySearch(ends, p)
		if k == len(ends) {
			ends = append(ends, p)
		} else {
			ends[k] = p
		}
	}
	return n - len(ends)
}

const bare = `<!DOCTYPE html><html><body>{{ with .File }}<article id="{{ .Path }}">{{ end }}{{ .Content }}</article></body></html>`

// render has Hugo render a source, and gives the words of each content file by its path below content.
func render(ctx context.Context, source string) (map[string][]string, error) {
	dir, err := os.MkdirTemp("", "twinpress-hugo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	site := filepath.Join(dir, "site")
	if isSite(source) {
		if err := os.CopyFS(site, os.DirFS(source)); err != nil {
			return nil, err
		}
	} else {
		data, err := os.ReadFile(source)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(write(site, "hugo.toml", "title = 'x'\n"), write(site, "config.toml", "title = 'x'\n"),
			write(site, "content/"+filepath.Base(source), string(data))); err != nil {
			return nil, err
		}
	}
	if err := layouts(site); err != nil {
		return nil, err
	}
	out := filepath.Join(dir, "out")
	cmd := exec.CommandContext(ctx, "hugo", "--quiet", "--source", site, "--destination", out)
	cmd.Env = append(os.Environ(), "HUGO_MARKUP_GOLDMARK_RENDERER_UNSAFE=true", "HUGO_DISABLEKINDS=taxonomy term RSS sitemap robotsTXT 404 home section")
	if msg, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %.300s", err, msg)
	}
	pages := map[string][]string{}
	err = filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		path, words, err := readPage(name)
		if path != "" {
			pages["content/"+path], pages[path] = words, words
		}
		return err
	})
	return pages, err
}

// layouts gives a site the bare layout for everything, and those of its shortcodes that it does not have one that prints
// what they enclose. Its own shortcodes and hooks stay.
func layouts(site string) error {
	entries, err := os.ReadDir(filepath.Join(site, "layouts"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if n := e.Name(); n != "shortcodes" && n != "_shortcodes" && n != "partials" && n != "_markup" {
			if err := os.RemoveAll(filepath.Join(site, "layouts", n)); err != nil {
				return err
			}
		}
	}
	if err := unthemed(site); err != nil {
		return err
	}
	if err := errors.Join(write(site, "layouts/_default/single.html", bare), write(site, "layouts/_default/list.html", bare)); err != nil {
		return err
	}
	return filepath.WalkDir(filepath.Join(site, "content"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, m := range calls.FindAllSubmatch(data, -1) {
			file := filepath.Join(site, "layouts", "shortcodes", string(m[1])+".html")
			if _, err := os.Stat(file); err == nil || slices.Contains(builtIn, string(m[1])) {
				continue
			}
			if err := write(site, filepath.Join("layouts", "shortcodes", string(m[1])+".html"), "{{ .Inner }}"); err != nil {
				return err
			}
		}
		return nil
	})
}

// unthemed takes the theme, which need not be there, out of a site's configuration.
func unthemed(site string) error {
	for _, pattern := range []string{"hugo.*", "config.*", "config/*/*"} {
		files, err := filepath.Glob(filepath.Join(site, pattern))
		if err != nil {
			return err
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				continue // a folder
			}
			if err := os.WriteFile(f, theme.ReplaceAll(data, nil), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

var theme = regexp.MustCompile(`(?m)^\s*theme\s*[:=].*$`)

var (
	calls   = regexp.MustCompile(`\{\{[<%]\s*([A-Za-z][\w/-]*)`)
	builtIn = strings.Fields("figure gist highlight instagram param ref relref tweet vimeo youtube")
)

func write(dir, name, text string) error {
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// readPage gives the words of the article of a page that Hugo wrote, and the path of its file.
func readPage(name string) (path string, words []string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	root, err := html.Parse(f)
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.DataAtom == atom.Article && path == "" && len(n.Attr) == 1 && n.Attr[0].Key == "id" {
			path = n.Attr[0].Val
			read(&b, n, func(n *html.Node) bool {
				return n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.Data == "math" || isNoteRef(n)
			})
		}
	}
	text := b.String()
	for _, re := range set {
		text = re.ReplaceAllString(text, " ")
	}
	// H~2~O and 19^th^ are marks of a Hugo without its extras.
	text = strings.NewReplacer("^", "", "~", "").Replace(text)
	return path, split(text), nil
}

// set are what Hugo leaves as it is typed and each edition sets in its own way: formulas, and the citations of notes in captions.
var set = []*regexp.Regexp{regexp.MustCompile(`(?s)\$\$.*?\$\$`), regexp.MustCompile(`(?s)\\\[.*?\\\]|\\\(.*?\\\)`), regexp.MustCompile(`\$[^$\n]+\$`),
	regexp.MustCompile(`\[\^[^\]\s]+\]`)}
