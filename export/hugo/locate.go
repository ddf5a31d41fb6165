package hugo

import (
	"os"
	"path/filepath"
	"strings"
)

func isMarkdown(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown", ".mdown":
		return true
	}
	return false
}

// findRoot looks for the site's folder from dir upwards: where a configuration lies; failing that, where the content
// folder does.
func (s *Site) findRoot(dir string) {
	for d := dir; ; d = filepath.Dir(d) {
		if hasConfig(d, d == dir) {
			s.Root = d
			return
		}
		if parent := filepath.Dir(d); parent == d {
			break
		}
	}
	// No configuration: a folder named as Hugo or Jekyll names it shows the way.
	for d := dir; ; d = filepath.Dir(d) {
		base := filepath.Base(d)
		parent := filepath.Dir(d)
		if base == "content" || base == "_posts" {
			s.Root = parent
			return
		}
		if parent == d {
			break
		}
	}
	s.Root = dir
}

var configNames = []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"}

// hasConfig reports whether a site's configuration lies in a folder. Far above the content, a file with so common a name as
// config.yaml counts only beside a folder of content.
func hasConfig(dir string, here bool) bool {
	for _, n := range append([]string{"twinpress.yaml", "twinpress.yml"}, configNames...) {
		if isFile(filepath.Join(dir, n)) && (here || !strings.HasPrefix(n, "config.") || isDir(filepath.Join(dir, "content"))) {
			return true
		}
	}
	return isDir(filepath.Join(dir, "config", "_default"))
}

func isFile(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.Mode().IsRegular()
}

func isDir(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.IsDir()
}
