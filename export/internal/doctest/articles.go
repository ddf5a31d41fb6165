package doctest

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Articles gives the Markdown files of the samples and, when it lies beside the project, of the shared corpus. The project's
// top folder is given as seen from the test.
func Articles(t testing.TB, top string) []string {
	t.Helper()
	var files []string
	for _, root := range []string{filepath.Join(top, "samples", "content"), filepath.Join(top, "..", "shared", "corpus")} {
		if _, err := os.Stat(root); err != nil {
			continue
		}
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasSuffix(name, ".md") && !strings.HasPrefix(d.Name(), "_") {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 4 {
		t.Fatalf("only %d articles", len(files))
	}
	return files
}
