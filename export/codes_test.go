package export_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// TestCodes finds every code of a problem that the source names in the list that users are shown. (The reader's own are
// checked where problems are made.) Package check has findings, which say what they mean themselves.
func TestCodes(t *testing.T) {
	var known []string
	for _, c := range export.Codes() {
		if c.Meaning == "" || slices.Contains(known, c.Code) {
			t.Errorf("%s is listed twice or without a meaning", c.Code)
		}
		known = append(known, c.Code)
	}
	literal := regexp.MustCompile(`(?:Code:\s*|fault\((?:\w+, )?)"([a-z-]+)"`)
	seen := map[string]bool{}
	walkSource(t, func(name string) {
		if strings.HasPrefix(name, "export/check/") {
			return
		}
		src, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllSubmatch(src, -1) {
			seen[string(m[1])] = true
			if !slices.Contains(known, string(m[1])) {
				t.Errorf("%s reports %s, which Codes does not list", name, m[1])
			}
		}
	})
	if len(seen) < 10 {
		t.Errorf("only %d codes found in the source: the test does not look where they are", len(seen))
	}
}
