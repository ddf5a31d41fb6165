package hugo

import (
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"golang.org/x/text/unicode/norm"
)

// corpus gives the Markdown files of the shared corpus, when it lies beside the project.
func corpus(t testing.TB) []string {
	root := "../../../shared/corpus"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus beside the project")
	}
	var files []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(name, ".md") {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// readFile reads the article that a file holds.
func readFile(t *testing.T, file string) (*document.Issue, []document.Problem) {
	t.Helper()
	s, err := OpenPath(t.Context(), file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	issue, problems, err := s.Read(t.Context(), first(s))
	if err != nil {
		t.Fatal(err)
	}
	return issue, problems
}

// TestCorpusLosesNoWord reads real articles and looks for each word of their bodies in the documents. What is markup is
// taken out of the source first; what is left out on purpose, and reported, is not looked for.
func TestCorpusLosesNoWord(t *testing.T) {
	for _, file := range corpus(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			issue, problems := readFile(t, file)
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a := issue.Articles[0]
			have := map[string]int{}
			document.WalkArticle(a, func(n document.Node) bool {
				switch n := n.(type) {
				case *document.Image:
					count(have, n.Alt)
				case *document.Link:
					count(have, n.Title)
				}
				return true
			})
			for _, w := range document.PlainWords(a) {
				count(have, w)
			}
			for _, p := range problems {
				switch p.Code {
				case "unused-note", "dropped-html", "dropped-toc", "unknown-directive":
					lineOut(raw, p.Pos.Line)
				}
			}
			var lost []string
			want := map[string]int{}
			count(want, markupOut(string(raw)))
			parted := a.Language == "ja" || a.Language == "zh"
			stream := letters(strings.Join(document.PlainWords(a), ""))
			for w, n := range want {
				// Where words are not parted by blanks, or tags are shown in code, it must do to find the letters.
				if have[w] < n && !((have[w] == 0 || parted) && strings.Contains(stream, w)) {
					lost = append(lost, w)
				}
			}
			slices.Sort(lost)
			if len(lost) > 0 {
				t.Errorf("%d words lost: %s", len(lost), strings.Join(lost[:min(len(lost), 60)], " "))
			}
		})
	}
}

// lineOut blanks a line.
func lineOut(raw []byte, line int) {
	at := 0
	for ; line > 1 && at < len(raw); line-- {
		_, at = source.CutLine(raw, at)
	}
	for ; at < len(raw) && raw[at] != '\n'; at++ {
		raw[at] = ' '
	}
}

// count counts the words of a text: letters and digits, whatever stands around them, so that typography does not matter.
// Marks of emphasis may stand within words and do not part them.
func count(words map[string]int, s string) {
	s = strings.Map(func(c rune) rune {
		switch c {
		case '*', '_', '^', '~', '`', '\\', '\u00AD', '\u200B', '\uFEFF':
			return -1
		}
		return c
	}, norm.NFC.String(s))
	for _, w := range strings.FieldsFunc(s, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c)
	}) {
		words[strings.ToLower(w)]++
	}
}

// letters gives the letters and digits of a text.
func letters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, norm.NFC.String(s))
}

// Markup, and what stands in its place.
var markup = []struct {
	what *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`(?s)\A\s*---.*?\n---[ \t]*\r?\n`), ""},
	{regexp.MustCompile("[\x00-\x08]"), ""},
	{regexp.MustCompile(`(?s)<!--.*?-->`), ""},
	{regexp.MustCompile(`(?s)\{##.*?##\}`), " "},
	{regexp.MustCompile(`(?s)\{%.*?%\}`), " "},
	{regexp.MustCompile(`(?s)\{\{[<%].*?[>%]\}\}`), " "},
	{regexp.MustCompile(`\{\{[^{}]*\}\}`), ""},
	{regexp.MustCompile(`(?m)^ *\[[^\]^][^\]]*\]:.*$`), " "},    // link definitions
	{regexp.MustCompile("(?m)^[-*> ]*(?:```|~~~).*$"), " "},     // fences
	{regexp.MustCompile(`\]\([^()]*(\([^()]*\)[^()]*)*\)`), ""}, // link addresses
	{regexp.MustCompile(`\]\[[^\]\[^]*\]`), ""},                 // link references
	{regexp.MustCompile(`\[\^[^\]\s]*\]:?|\^\[\w+\]`), ""},      // notes
	{regexp.MustCompile(`(?i)<(br|p|div|li|tr|td|h\d|blockquote)\b[^<>]*>`), " "},
	{regexp.MustCompile(`(?s)</?(?:a|abbr|b|cite|code|del|em|font|i|iframe|img|ins|link|q|s|script|small|span|strong|sub|sup|u|table|caption|colgroup|col|tbody|thead|ul|ol|p|div|h\d|blockquote|li)(?:\s[^<>]*)?/?>`), ""},
	{regexp.MustCompile(`\{[:#.][^}]*\}`), ""},
	{regexp.MustCompile(`\{[a-z]+=[^}]*\}`), ""},
	{regexp.MustCompile(`(?m)^=IMAGE=[^=]*=`), ""},
	{regexp.MustCompile(`(?m)^=[A-Z_]+=`), ""},
	{regexp.MustCompile(`(?m)^ *\d+\. `), " "}, // a list's numbers
}

func markupOut(s string) string {
	for _, m := range markup {
		s = m.what.ReplaceAllString(s, m.with)
	}
	return html.UnescapeString(s)
}

// TestCorpusIsTypographic looks for what typing leaves behind.
func TestCorpusIsTypographic(t *testing.T) {
	for _, file := range corpus(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			issue, _ := readFile(t, file)
			review := strings.Contains(file, "review-112")
			document.WalkArticle(issue.Articles[0], func(n document.Node) bool {
				switch n := n.(type) {
				case *document.Code, *document.CodeBlock:
					return false
				case *document.Link:
					return !n.Auto
				case *document.Text:
					if strings.ContainsAny(n.Value, "\"'") {
						t.Errorf("%s: straight quotation mark in %q", n.Position(), n.Value)
					}
					if strings.Contains(n.Value, "  ") || strings.Contains(n.Value, "\n") {
						t.Errorf("%s: blanks in %q", n.Position(), n.Value)
					}
					if review && (strings.ContainsAny(n.Value, "^*|") || strings.Contains(n.Value, "--") || strings.Contains(n.Value, "...")) {
						t.Errorf("%s: markup left in %q", n.Position(), n.Value)
					}
				}
				return true
			})
		})
	}
}
