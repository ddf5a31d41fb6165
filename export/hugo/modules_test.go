package hugo

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestMissingTheme reads a site whose theme is not there, and says so once, with the place and the cure.
func TestMissingTheme(t *testing.T) {
	fsys := fstest.MapFS{
		"hugo.toml":             {Data: []byte("title = \"Bare\"\ntheme = [\"gone\", \"here\", \"../out\"]\n")},
		"content/a.md":          {Data: []byte("---\ntitle: A\n---\nA.\n")},
		"themes/here/hugo.toml": {Data: []byte("theme = \"here\"\n")}, // its own theme: not for ever
	}
	s, err := Open(t.Context(), fsys, ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, p := range s.Problems {
		told = append(told, p.Error())
	}
	want := `hugo.toml:2:10: the theme or module "gone" lies neither in themes nor in _vendor [missing-theme]` + "\n" +
		`hugo.toml:2:26: the theme or module "../out" lies neither in themes nor in _vendor [missing-theme]`
	if got := strings.Join(told, "\n"); got != want {
		t.Errorf("told\n%s\nwant\n%s", got, want)
	}
}

// TestBadThemeConfig stops at a theme's configuration that does not parse, and says where.
func TestBadThemeConfig(t *testing.T) {
	fsys := fstest.MapFS{
		"hugo.toml":            {Data: []byte("theme = \"t\"\n")},
		"themes/t/config.toml": {Data: []byte("a = 1\nb = = 2\n")},
	}
	if _, err := Open(t.Context(), fsys, ".", Options{}); err == nil || !strings.Contains(err.Error(), "themes/t/config.toml:2:") {
		t.Errorf("error is %v", err)
	}
}

// TestMountGlobs reads the patterns of mounts as Hugo does, of which ** stands for itself only as a whole part of a path.
func TestMountGlobs(t *testing.T) {
	for _, c := range []struct {
		pattern, rel string
		want         bool
	}{
		{"**.md", "a.md", true}, {"**.md", "posts/a.md", false}, {"posts/**", "posts/sub/c.md", true}, {"/POSTS/*", "posts/b.md", true},
		{"/posts/*", "posts/sub/c.md", false}, {"**/c.md", "posts/sub/c.md", true}, {"**/c.md", "c.md", true}, {"*.{md,html}", "a.html", true},
		{"a?.md", "ab.md", true}, {"a?.md", "a/.md", false}, {"a+b.md", "aab.md", false},
	} {
		if got := mountGlobs([]string{c.pattern})[0].MatchString(c.rel); got != c.want {
			t.Errorf("%s matches %s: %v", c.pattern, c.rel, got)
		}
	}
}
