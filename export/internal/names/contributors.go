package names

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/twinpress/twinpress/export/document"
)

// A Contributor is a person with the parts they had in an issue.
type Contributor struct {
	Name, FileAs string
	As           string // a role in words that has no line of its own: "photographer"
	ORCID        string
	Roles        []string // MARC relators, in order of appearance
	Bio          []document.Inline
	Lang         string // BCP 47, of Bio
	Texts        []*document.Article
	sorted       string // what the list is sorted by
}

// Contributors gathers the people of an issue's articles and of its editorial, in order of appearance; of a volume, those of all
// its issues.
func Contributors(is *document.Issue) []*Contributor {
	var all []*Contributor
	byName := map[string]*Contributor{}
	for _, a := range is.Texts() {
		if a.Part != "" && a.Part != "editorial" {
			continue
		}
		for _, group := range [...]struct {
			role   string
			people []document.Person
		}{{"aut", a.Authors}, {"ive", a.Interviewees}, {"trl", a.Translators}, {"edt", a.Editors}} {
			for _, p := range group.people {
				name := strings.TrimSpace(p.Name)
				if name == "" {
					continue
				}
				c := byName[name]
				if c == nil {
					c = &Contributor{Name: name, FileAs: FileAs(p, a.Language), sorted: sortedBy(p)}
					byName[name] = c
					all = append(all, c)
				}
				c.take(p, a, group.role)
			}
		}
	}
	return all
}

// Gathered reports whether what is known of the people stands in the list of contributors, instead of behind their texts: where the
// publisher asks for the list. What a text itself says at its end of its authors stays there.
func Gathered(is *document.Issue) bool {
	return !is.Single && slices.Contains(is.Parts, "contributors")
}

// take adds what a text says of the person.
func (c *Contributor) take(p document.Person, a *document.Article, role string) {
	if p.FileAs != "" {
		c.FileAs, c.sorted = p.FileAs, p.FileAs
	}
	if len(c.Bio) == 0 {
		c.Bio, c.Lang = p.Bio, a.Language
	}
	c.ORCID, c.As = cmp.Or(c.ORCID, p.ORCID), cmp.Or(c.As, p.As)
	if len(p.Role) == 3 {
		role = p.Role
	}
	if !slices.Contains(c.Roles, role) {
		c.Roles = append(c.Roles, role)
	}
	if !slices.Contains(c.Texts, a) {
		c.Texts = append(c.Texts, a)
	}
}

// Sorted gives the contributors in the order of a language's alphabet.
func Sorted(all []*Contributor, lang string) []*Contributor {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.English
	}
	col := collate.New(tag)
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(x, y *Contributor) int { return col.CompareString(x.sorted, y.sorted) })
	return out
}

// Inverted is the name as an index has it, the family's first; as it stands where that is not certain.
func (c *Contributor) Inverted() string { return cmp.Or(c.FileAs, c.Name) }

// sortedBy gives what a list of people is sorted by; where the family's name is not certain, as it is most likely.
func sortedBy(p document.Person) string {
	f := strings.Fields(p.Name)
	if p.FileAs != "" || len(f) < 2 || strings.Contains(p.Name, ",") || !strings.ContainsFunc(f[len(f)-1], IsLower) || slices.Contains(uncertain, f[0]) {
		return cmp.Or(p.FileAs, strings.Join(f, " "))
	}
	i := len(f) - 1
	for i > 1 && IsLower([]rune(f[i-1])[0]) { // particles: "van der", "de la"
		i--
	}
	return strings.Join(f[i:], " ") + ", " + strings.Join(f[:i], " ")
}
