package onix

import "strings"

// A Feature is a code of list 196 (e-publication accessibility), with words where the code asks for them.
type Feature struct{ Code, Text, Language string }

// Features gives the codes that an edition's content bears out. Left out on purpose is what nobody can know from the content: that
// colour is not the only means (25), contrast (26), that every foreign phrase is marked (22), that links say where they lead (40).
func Features(o Options, epub bool, lang string) (out []Feature) {
	add := func(code string, when bool) {
		if when {
			out = append(out, Feature{Code: code})
		}
	}
	r, f := o.Access, o.Facts
	f.EPUB = epub
	if epub {
		summary, in := r.Summary(f, lang)
		out = append(out, Feature{"00", summary, in})
	}
	// A caption that stands for a description is none that somebody has written.
	described := len(r.Lacking) == 0 && r.Captioned == 0
	tagged := epub || o.UA != ""
	if epub {
		claimed(f.Claim, add)
	} else if o.UA != "" {
		add(o.UA, true)
	}
	add("10", true)
	add("11", true)
	add("13", tagged)
	add("14", tagged && described && r.Described > 0)
	add("17", epub && r.Formulas > 0 && r.Sources == 0)
	add("19", epub && f.PageList)
	add("29", tagged)
	add("30", epub)
	add("32", epub)
	add("36", epub)
	add("41", epub && f.PageList)
	add("52", tagged && described && r.Sources == 0 && (epub || r.Formulas == 0) && r.Headless == 0)
	if epub && f.Certifier != "" && f.Claim != "" {
		out = append(out, Feature{Code: "90", Text: f.Certifier})
	}
	if f.Contact != "" {
		out = append(out, Feature{Code: "99", Text: f.Contact})
	}
	return out
}

// claimed gives the codes of what the publisher vouches for, in the words of EPUB Accessibility 1.1 § 4.3: "EPUB Accessibility 1.1 -
// WCAG 2.2 Level AA". A claim in other words has no code.
func claimed(claim string, add func(string, bool)) {
	standard, wcag, ok := strings.Cut(claim, " - WCAG ")
	if !ok {
		return
	}
	version, level, _ := strings.Cut(wcag, " Level ")
	add("04", standard == "EPUB Accessibility 1.1")
	add("80", version == "2.0")
	add("81", version == "2.1")
	add("82", version == "2.2")
	add("84", level == "A")
	add("85", level == "AA")
	add("86", level == "AAA")
}
