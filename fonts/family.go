package fonts

import (
	"fmt"
	"slices"
	"strings"
)

// A Family is the faces that belong together under one name.
type Family struct {
	Name  string
	Faces []*Face

	// ranges, when not nil, hold all characters for which the family is worth asking as a fallback: so a character that nobody
	// has is told missing without parsing every font of the house.
	ranges [][2]rune
}

// mayHave reports whether the family is worth asking for a character.
func (fam *Family) mayHave(r rune) bool {
	if fam.ranges == nil {
		return true
	}
	for _, rg := range fam.ranges {
		if r >= rg[0] && r <= rg[1] {
			return true
		}
	}
	return false
}

// Select is the face nearest to a weight and posture, by the rules of CSS Fonts 4 §5.2: posture before weight; from 400 to
// 500 first the heavier up to 500, then the lighter; below 400 the lighter first; above 500 the heavier first.
func (fam *Family) Select(weight int, italic bool) *Face {
	return fam.selectWith(weight, italic, func(*Face) bool { return true })
}

// selectWith is Select among the faces that ok accepts; nil when there is none.
func (fam *Family) selectWith(weight int, italic bool, ok func(*Face) bool) *Face {
	var best *Face
	bestScore := 0
	for _, f := range fam.Faces {
		if !ok(f) {
			continue
		}
		score := weightDistance(weight, f.weight)
		if f.italic != italic {
			score += 100_000
		}
		if best == nil || score < bestScore {
			best, bestScore = f, score
		}
	}
	return best
}

// weightDistance orders the weights of a family by CSS's preference; less is better.
func weightDistance(want, have int) int {
	if want == have {
		return 0
	}
	d := have - want
	const wrongSide = 10_000
	switch {
	case want >= 400 && want <= 500:
		switch {
		case d > 0 && have <= 500:
			return d
		case d < 0:
			return 1000 - d
		default:
			return wrongSide + d
		}
	case want < 400:
		if d < 0 {
			return -d
		}
		return wrongSide + d
	default:
		if d > 0 {
			return d
		}
		return wrongSide - d
	}
}

// A Set is the families that an edition is set in. It is not changed once made: With and Use give a new one.
type Set struct {
	Text, Display, Sans, Mono *Family
	// Fallback is asked, in order, for characters that the face at hand lacks.
	Fallback []*Family

	families []*Family // all, by name
}

// The roles of a set, for Use and Family.
const (
	RoleText    = "text"
	RoleDisplay = "display"
	RoleSans    = "sans"
	RoleMono    = "mono"
)

// Family is the family of a role ("text", "display", "sans", "mono") or of a name, without regard to case; nil when the set
// has none. The empty name is the text family.
func (s *Set) Family(name string) *Family {
	switch strings.ToLower(name) {
	case "", RoleText:
		return s.Text
	case RoleDisplay:
		return s.Display
	case RoleSans:
		return s.Sans
	case RoleMono:
		return s.Mono
	}
	for _, fam := range s.families {
		if strings.EqualFold(fam.Name, name) {
			return fam
		}
	}
	return nil
}

// Select is the nearest face of a role or a named family; of the text family when there is no such.
func (s *Set) Select(family string, weight int, italic bool) *Face {
	fam := s.Family(family)
	if fam == nil || len(fam.Faces) == 0 {
		fam = s.Text
	}
	return fam.Select(weight, italic)
}

// Names are the names of all families of the set, sorted, each once.
func (s *Set) Names() []string {
	var names []string
	for _, fam := range s.families {
		names = append(names, fam.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// With is the set with more families: a publisher's own. One that bears the name of a family already there takes its place, in
// its roles and as a fallback too.
func (s *Set) With(own ...*Family) *Set {
	n := *s
	n.families = slices.Clone(s.families)
	n.Fallback = slices.Clone(s.Fallback)
	for _, fam := range own {
		replaced := false
		for i, old := range n.families {
			if strings.EqualFold(old.Name, fam.Name) {
				n.families[i], replaced = fam, true
				for _, role := range []**Family{&n.Text, &n.Display, &n.Sans, &n.Mono} {
					if *role == old {
						*role = fam
					}
				}
				for j := range n.Fallback {
					if n.Fallback[j] == old {
						n.Fallback[j] = fam
					}
				}
			}
		}
		if !replaced {
			n.families = append(n.families, fam)
		}
	}
	return &n
}

// Use is the set with the named family in a role. It fails when there is no such role or family.
func (s *Set) Use(role, name string) (*Set, error) {
	fam := s.Family(name)
	if fam == nil {
		return nil, fmt.Errorf("no font family %q; there are %s", name, strings.Join(s.Names(), ", "))
	}
	n := *s
	switch role {
	case RoleText:
		n.Text = fam
	case RoleDisplay:
		n.Display = fam
	case RoleSans:
		n.Sans = fam
	case RoleMono:
		n.Mono = fam
	default:
		return nil, fmt.Errorf("no role %q for a font family; there are text, display, sans, mono", role)
	}
	return &n, nil
}
