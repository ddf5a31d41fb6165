package document

import "slices"

// PartNames are the names that Issue.Parts may hold: what an edition is made of. Those of texts are in Issue.Matter, "articles"
// stands for all articles, and the editions make the others of what the issue and its journal say.
func PartNames() []string { return slices.Clone(partNames[:]) }

var partNames = [...]string{"half-title", "title", "imprint", "masthead", "contents", "editorial", "articles", "corrections",
	"contributors", "advertisements", "colophon", "index"}

// MatterOf gives the text of a part, nil when the issue has none of that name.
func (is *Issue) MatterOf(part string) *Article {
	for _, a := range is.Matter {
		if a != nil && a.Part == part {
			return a
		}
	}
	return nil
}
