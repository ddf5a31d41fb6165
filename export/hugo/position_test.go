package hugo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"golang.org/x/text/unicode/norm"
)

// lineAt gives what stands in a file from a position to the end of its line.
func lineAt(lines []string, p document.Pos) string {
	if p.Line < 1 || p.Line > len(lines) {
		return ""
	}
	line := []rune(lines[p.Line-1])
	if p.Column < 1 || p.Column > len(line)+1 {
		return ""
	}
	return string(line[p.Column-1:])
}

// TestCorpusPositions goes to the place of every text in its file and looks whether the text begins there.
func TestCorpusPositions(t *testing.T) {
	for _, file := range corpus(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimPrefix(string(raw), "\uFEFF"), "\n")
			issue, _ := readFile(t, file)
			texts, wrong := 0, 0
			document.WalkArticle(issue.Articles[0], func(n document.Node) bool {
				text, ok := n.(*document.Text)
				if !ok {
					return true
				}
				want := strings.TrimSpace(text.Value)
				if want == "" {
					return true
				}
				texts++
				// Marks may stand before the first character, and typing for typography.
				got := norm.NFC.String(lineAt(lines, text.Position()))
				before := strings.IndexRune(got, []rune(want)[0])
				if strings.ContainsRune("“”‘’„‚«»–—…「」′″", []rune(want)[0]) {
					before = strings.IndexAny(got, "\"'-.“”‘’„‚«»–—…")
				}
				if got != "" && strings.ContainsRune("&{<\u200B", []rune(strings.TrimSpace(got))[0]) || text.Position().Line == 1 {
					return true // an entity, a template's value; a title made of the file's name
				}
				if before < 0 || before > 14 {
					wrong++
					if wrong <= 5 {
						t.Errorf("%s: %q does not begin with %q", text.Position(), got[:min(len(got), 40)], want[:min(len(want), 40)])
					}
				}
				return true
			})
			if wrong > 0 {
				t.Errorf("%d of %d texts are elsewhere", wrong, texts)
			}
		})
	}
}
