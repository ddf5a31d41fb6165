package typography

import "strings"

// A usage is what the printers of a language are used to.
type usage struct {
	tag      string    // of BCP 47, in lower case: a language, or a language in a region
	marks    [4]string // quotation marks: opening, closing, inner opening, inner closing
	dash     string    // that stands between words; "" is SpacedEn
	elisions string    // words that begin with an apostrophe
}

// usages begin with the one that stands in for all others. A region has a row of its own for its marks and its dash only. French
// guillemets carry their narrow no-break spaces (U+202F).
var usages = [...]usage{
	{tag: "en", marks: [4]string{"“", "”", "‘", "’"}, dash: ClosedEm,
		elisions: "tis twas twere twill twould twixt em n til till cause cuz coz bout round neath gainst tween nuff kay cept fore s un uns nother course " +
			"stead spect sides ere im er ard appy e ave oss ouse ome alf arf ello cello phone burbs hood sup"},
	{tag: "en-gb", marks: [4]string{"“", "”", "‘", "’"}, dash: SpacedEn},
	{tag: "en-ie", marks: [4]string{"“", "”", "‘", "’"}, dash: SpacedEn},
	{tag: "en-au", marks: [4]string{"“", "”", "‘", "’"}, dash: SpacedEn},
	{tag: "en-nz", marks: [4]string{"“", "”", "‘", "’"}, dash: SpacedEn},
	{tag: "en-za", marks: [4]string{"‘", "’", "“", "”"}, dash: SpacedEn},
	{tag: "de", marks: [4]string{"„", "“", "‚", "‘"},
		elisions: "s n ne nem nen ner nes rum ran rein raus rauf runter rüber ʼs st"},
	{tag: "de-ch", marks: [4]string{"«", "»", "‹", "›"}},
	{tag: "fr", marks: [4]string{"«\u202F", "\u202F»", "“", "”"}, elisions: "t y"},
	{tag: "fr-ca", marks: [4]string{"«\u202F", "\u202F»", "“", "”"}},
	{tag: "fr-ch", marks: [4]string{"«", "»", "‹", "›"}},
	{tag: "es", marks: [4]string{"«", "»", "“", "”"}},
	{tag: "ca", marks: [4]string{"«", "»", "“", "”"}},
	{tag: "gl", marks: [4]string{"«", "»", "“", "”"}},
	{tag: "pt", marks: [4]string{"“", "”", "‘", "’"}},
	{tag: "pt-pt", marks: [4]string{"«", "»", "“", "”"}},
	{tag: "it", marks: [4]string{"«", "»", "“", "”"}, elisions: "sto sta sti ste ndrangheta n ndo"},
	{tag: "it-ch", marks: [4]string{"«", "»", "‹", "›"}},
	{tag: "nl", marks: [4]string{"“", "”", "‘", "’"}, elisions: "s t n k m r ns tis twas"},
	{tag: "pl", marks: [4]string{"„", "”", "‚", "’"}},
	{tag: "cs", marks: [4]string{"„", "“", "‚", "‘"}},
	{tag: "sk", marks: [4]string{"„", "“", "‚", "‘"}},
	{tag: "sl", marks: [4]string{"„", "“", "‚", "‘"}},
	{tag: "hr", marks: [4]string{"„", "”", "‚", "’"}},
	{tag: "sr", marks: [4]string{"„", "”", "‚", "’"}, dash: SpacedEm},
	{tag: "bg", marks: [4]string{"„", "“", "‚", "‘"}, dash: SpacedEm},
	{tag: "mk", marks: [4]string{"„", "“", "’", "‘"}, dash: SpacedEm},
	{tag: "ro", marks: [4]string{"„", "”", "«", "»"}},
	{tag: "hu", marks: [4]string{"„", "”", "»", "«"}},
	{tag: "ru", marks: [4]string{"«", "»", "„", "“"}, dash: SpacedEm},
	{tag: "uk", marks: [4]string{"«", "»", "„", "“"}, dash: SpacedEm},
	{tag: "be", marks: [4]string{"«", "»", "„", "“"}, dash: SpacedEm},
	{tag: "el", marks: [4]string{"«", "»", "“", "”"}},
	{tag: "sv", marks: [4]string{"”", "”", "’", "’"}, elisions: "n na et"},
	{tag: "fi", marks: [4]string{"”", "”", "’", "’"}},
	{tag: "da", marks: [4]string{"“", "”", "‘", "’"}},
	{tag: "nb", marks: [4]string{"«", "»", "‘", "’"}},
	{tag: "nn", marks: [4]string{"«", "»", "‘", "’"}},
	{tag: "no", marks: [4]string{"«", "»", "‘", "’"}},
	{tag: "is", marks: [4]string{"„", "“", "‚", "‘"}},
	{tag: "et", marks: [4]string{"„", "“", "‚", "‘"}},
	{tag: "lv", marks: [4]string{"“", "”", "‘", "’"}},
	{tag: "lt", marks: [4]string{"„", "“", "‚", "‘"}},
	{tag: "sq", marks: [4]string{"„", "“", "‚", "‘"}},
	{tag: "tr", marks: [4]string{"“", "”", "‘", "’"}},
	{tag: "he", marks: [4]string{"”", "“", "’", "‘"}},
	{tag: "ar", marks: [4]string{"«", "»", "‹", "›"}},
	{tag: "fa", marks: [4]string{"«", "»", "‹", "›"}},
	{tag: "ja", marks: [4]string{"「", "」", "『", "』"}},
	{tag: "zh", marks: [4]string{"“", "”", "‘", "’"}},
	{tag: "zh-tw", marks: [4]string{"「", "」", "『", "』"}},
	{tag: "zh-hant", marks: [4]string{"「", "」", "『", "』"}},
	{tag: "ko", marks: [4]string{"“", "”", "‘", "’"}},
	{tag: "hi", marks: [4]string{"“", "”", "‘", "’"}},
	{tag: "af", marks: [4]string{"“", "”", "‘", "’"}, elisions: "n s t k"},
}

// find gives the usage of a tag, nil when it has no row.
func find(tag string) *usage {
	for i := range usages {
		if usages[i].tag == tag {
			return &usages[i]
		}
	}
	return nil
}

// A custom is what is usual in a language as the house sets it.
type custom struct {
	lang            string // as it was asked for
	marks           [4]string
	elisions        []string
	dash            string
	unify           bool // dashes typed as such are the house's, too
	ranges          bool // get en dashes
	english, hebrew bool
	french          bool
	frenchStops     bool // want their space even where none was typed
}

// custom gives what is usual in a language: the house's own marks before the region's before the language's.
func (s *Setter) custom(lang string) *custom {
	for _, cu := range s.customs {
		if cu.lang == lang {
			return cu
		}
	}
	tag := strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	base, _, _ := strings.Cut(tag, "-")
	cu := &custom{lang: lang, marks: s.marks(tag, base), dash: usages[0].dash, ranges: s.house.Ranges != AsWritten,
		english: base == "en", french: base == "fr", frenchStops: base == "fr" && tag != "fr-ca", hebrew: base == "he" || base == "yi"}
	if u := find(base); u != nil {
		cu.elisions, cu.dash = strings.Fields(u.elisions), u.dash
	}
	if u := find(tag); u != nil {
		cu.dash = u.dash
	}
	if s.house.Dashes != "" {
		cu.dash, cu.unify = s.house.Dashes, true
	}
	if cu.dash == "" {
		cu.dash = SpacedEn
	}
	s.customs = append(s.customs, cu)
	return cu
}

func (s *Setter) marks(tag, base string) [4]string {
	for _, t := range []string{tag, base} {
		if q := s.house.Quotes[t]; len(q) == 4 {
			return [4]string(q)
		}
	}
	for _, t := range []string{tag, base} {
		if u := find(t); u != nil {
			return u.marks
		}
	}
	return usages[0].marks
}

// Marks gives the marks that a quotation, or a title in a line, stands between in a language.
func Marks(lang string) (opening, closing string) {
	tag := strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	base, _, _ := strings.Cut(tag, "-")
	m := (&Setter{}).marks(tag, base)
	return m[0], m[1]
}

// spacedMarks reports whether the language's outer marks keep a space inside.
func (cu *custom) spacedMarks() bool { return strings.HasSuffix(cu.marks[0], "\u202F") }
