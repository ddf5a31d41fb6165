package explain_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/explain"
)

// TestEveryCode finds for every code that can be reported a paragraph, a remedy and an example, and no explanation of a code that
// is reported nowhere.
func TestEveryCode(t *testing.T) {
	reported := map[string]bool{}
	for _, k := range document.ProblemKinds() {
		reported[k.Code] = true
	}
	for code := range checked(t) {
		reported["finished "+code] = true
	}
	seen := map[string]bool{}
	for _, x := range explain.All() {
		key := x.Code
		if x.Finished {
			key = "finished " + key
		}
		if seen[key] || !reported[key] {
			t.Errorf("%s is explained twice, or reported nowhere", key)
		}
		seen[key] = true
		if len(x.Text) < 30 || x.Remedy == "" || len(x.Example) == 0 || strings.Contains(x.Text, "\n\n") {
			t.Errorf("%s lacks a paragraph, a remedy or an example: %+v", key, x)
		}
	}
	for key := range reported {
		if !seen[key] {
			t.Errorf("%s is not explained: give it a section in problems.txt (or finished.txt)", key)
		}
	}
}

// checked finds the codes that the source of package check names.
func checked(t *testing.T) map[string]bool {
	files, err := filepath.Glob("../check/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	named := regexp.MustCompile(`(?:report|say|fault)\((?:[\w.]+(?:\([^()]*\)|\[\w+\]\.items\[0\]|\{\})?, )*"([a-z-]+)"|"(parity-[a-z]+)"|\{"(?:kindle|kobo|apple)", "([a-z-]+)"`)
	found := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "article.go") || strings.HasSuffix(name, "characters.go") || strings.HasSuffix(name, "unclosed.go") { // these look into content
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"parity-"+`) {
			found["parity-heading"] = true // made of two words
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			if code := m[1] + m[2] + m[3]; !strings.HasSuffix(code, "-") && code != "kobo" {
				found[code] = true
			}
		}
	}
	return found
}

func TestNearest(t *testing.T) {
	for word, want := range map[string]string{"missing-alts": "missing-alt", "Broken_Link": "broken-link", "xyzzy": ""} {
		if got := explain.Nearest(word); got != want {
			t.Errorf("nearest to %q is %q, want %q", word, got, want)
		}
	}
	if n := len(explain.Of("broken-link")); n != 2 {
		t.Errorf("broken-link has %d explanations, want one for content and one for finished files", n)
	}
}
