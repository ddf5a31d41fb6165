package document

import "slices"

// PartNames are the names that Issue.Parts may hold: what an edition is made of. Those of texts are in Issue.Matter, "articles"
// stands for all articles, and the editions make the others of what the issue and its journal say.
func PartNames() []string { return slices.Clone(partNames[:]) }

var partNames = [...]string{"half-title", "title", "imprint", "masthead", "contents", "editorial", "articles", "corrections",
	"contributors", "advertisements", "accessibility", "colophon", "index"}

// MatterOf gives the text of a part, nil when the issue has none of that name.
func (is *Issue) MatterOf(part string) *Article {
	for _, a := range is.Matter {
		if a != nil && a.Part == part {
			return a
		}
	}
	return nil
}

// Texts gives all texts of the issue that are there: the articles, then the matter around them, of which a single article has none;
// of a volume, its issues' matter, too.
func (is *Issue) Texts() []*Article {
	all := slices.Clone(is.Articles)
	if !is.Single {
		all = append(all, is.Matter...)
	}
	for _, bound := range is.Issues {
		all = append(all, bound.Matter...)
	}
	return slices.DeleteFunc(all, func(a *Article) bool { return a == nil })
}

// Order gives Parts, with a place for an accessibility statement that they do not name: before the colophon, or at the end.
func (is *Issue) Order() []string {
	out := slices.Clone(is.Parts)
	if is.Statement == nil || slices.Contains(out, "accessibility") {
		return out
	}
	at := len(out)
	if i := slices.Index(out, "colophon"); i >= 0 {
		at = i
	}
	return slices.Insert(out, at, "accessibility")
}
