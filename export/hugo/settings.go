package hugo

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/internal/source"
)

// A setting of Hugo's that bears on what an edition holds, and is not followed: what is said of it, once, with its place. Of those
// that bear on the site's own pages alone (menus, outputs, minifying …) there is nothing to say.
var unfollowed = []struct {
	path    string
	when    func(*value) bool // nil: whenever it is given
	message string
	hint    string
}{
	{"frontmatter.date", asksOutside, dateOutside, dateHint},
	{"frontmatter.publishDate", asksOutside, dateOutside, dateHint},
	{"frontmatter.expiryDate", asksOutside, dateOutside, dateHint},
	{"markup.defaultMarkdownHandler", func(v *value) bool { return v.str() != "" && !strings.EqualFold(v.str(), "goldmark") },
		"texts are read as goldmark reads them, not by another program", ""},
	{"markup.goldmark.renderer.unsafe", func(v *value) bool { return v.str() == "false" }, "HTML within Markdown is read all the same: its words are the publisher's own", ""},
	{"ignoreFiles", func(v *value) bool { return slices.ContainsFunc(v.texts(), notRegexp) }, "one of its patterns is no regular expression, and passes over nothing", `\.bak$`},
	{"refLinksNotFoundURL", func(v *value) bool { return v.str() != "" }, "a reference to a page that is not there stands without a link", ""},
	{"timeZone", func(v *value) bool { _, err := time.LoadLocation(v.str()); return err != nil }, "the zone is not known: dates without one are read as UTC", "Europe/Berlin, America/New_York"},
	{"versions", nil, "versions of a site are not told apart", ""},
	{"roles", nil, "roles of a site are not told apart", ""},
}

const (
	dateOutside = "dates of git and of the file system are not read: the same content gives the same editions"
	dateHint    = "the other places that it names are looked at"
)

func notRegexp(s string) bool {
	_, err := regexp.Compile(s)
	return err != nil
}

// asksOutside reports whether dates are to be taken from what is no content.
func asksOutside(v *value) bool {
	return slices.ContainsFunc(v.texts(), func(s string) bool {
		return strings.EqualFold(s, ":git") || strings.EqualFold(s, ":fileModTime")
	})
}

// tellUnfollowed names the settings that are not followed.
func (c *conventions) tellUnfollowed(report source.Report) {
	for _, u := range unfollowed {
		path := strings.Split(u.path, ".")
		for _, conf := range append([]*value{c.hugoConfig}, c.ownOfLanguages()...) {
			if v := conf.get(path...); v != nil && (u.when == nil || u.when(v)) {
				report("unsupported-setting", v.pos(), fmt.Sprintf("%s is not followed: %s", u.path, u.message), u.hint)
				break
			}
		}
	}
}

// ownOfLanguages gives what each language says for itself.
func (c *conventions) ownOfLanguages() (out []*value) {
	for _, lang := range c.languages {
		out = append(out, c.hugoConfig.get("languages", lang))
	}
	return out
}
