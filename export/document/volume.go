package document

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A volume is an Issue that binds others: one title page, one table of contents, and in it each issue as a part.

// ByIssue parts the names of a volume's parts into those that stand once, and those that each issue has of its own, where "articles"
// stands among the first.
func ByIssue(order []string) (once, each []string) {
	for _, name := range order {
		switch name {
		case "editorial", "corrections", "contributors", "advertisements":
			each = append(each, name)
		case "articles":
			each = append(each, name)
			once = append(once, name)
		default:
			once = append(once, name)
		}
	}
	return once, each
}

// checkVolume reports whether what a volume binds can be parts of it: its articles are those of its issues.
func (is *Issue) checkVolume(v *visit) error {
	if len(is.Issues) == 0 {
		return nil
	}
	var all []*Article
	for _, bound := range is.Issues {
		if bound == nil {
			return errors.New("an issue of the volume is nil")
		}
		all = append(all, bound.Articles...)
		for _, line := range [...][]Inline{bound.Title, bound.Subtitle, bound.Description, bound.CoverCredit} {
			v.inlines(line)
		}
	}
	if !slices.Equal(all, is.Articles) {
		return errors.New("the articles of the volume are not those of its issues, in their order")
	}
	return nil
}

// IssueOf gives the issue of a volume that a text is from; the issue itself for what is its own.
func (is *Issue) IssueOf(a *Article) *Issue {
	for _, bound := range is.Issues {
		if slices.Contains(bound.Articles, a) || slices.Contains(bound.Matter, a) {
			return bound
		}
	}
	return is
}

// Names gives each text of the edition a name that no other has there: its slug. Behind the slugs that two of a volume's issues
// have, as each has an editorial, stands the issue's number.
func (is *Issue) Names() map[*Article]string {
	names := map[*Article]string{}
	taken := map[string]bool{}
	for _, a := range is.Texts() {
		if names[a] != "" {
			continue
		}
		name := a.Slug
		if from := is.IssueOf(a); from != is && (a.Part != "" || taken[name]) {
			name = strings.Trim(name+"-"+from.stem(), "-")
		}
		for base, n := name, 2; taken[name]; n++ {
			name = base + "-" + strconv.Itoa(n)
		}
		names[a], taken[name] = name, true
	}
	return names
}

// stem is the issue's number as a name may have it: letters, digits and hyphens.
func (is *Issue) stem() string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(is.Number), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
}
