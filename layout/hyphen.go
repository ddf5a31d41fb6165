package layout

// hyphenCompound marks a place for a hyphen inside a part of a compound that has hyphens of its own.
const hyphenCompound = 1 << 30

// minHyphenWord is the length of the shortest word that is hyphenated, in bytes.
const minHyphenWord = 5

type hyphenator struct{}

func (h *hyphenator) wordPoints(text string) []int32 { return nil }

func (s *setter) hyphenator(lang string) *hyphenator { return nil }
