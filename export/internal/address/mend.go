package address

import (
	"regexp"
	"strings"
	"unicode"
)

// blank tells what is nothing around an address and, but for spaces, within one: spaces, controls, and the characters
// that take no room and come along when an address is copied from a page.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || invisible(r)
}

func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// trim takes off what lies around an address, and out of it controls, which no address holds (URL standard § 4.4 takes
// out tabs and line ends).
func trim(s string) string {
	s = strings.TrimFunc(s, blank)
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

var (
	misspelt = regexp.MustCompile(`^(?i)(https?)(?:\s*[:;]*\s*//\s*|:;/*|::/*|;/+)`)
	doubled  = regexp.MustCompile(`^(?i)(?:https?(?::/*|//+))+(https?)(?::/*|//+)`)
	mail     = regexp.MustCompile(`^[^\s/:?#@<>]+@[^\s/:?#@<>]+\.\pL{2,}$`)
	doi      = regexp.MustCompile(`^10\.\d{4,9}/\S+$`)
	doiTwice = regexp.MustCompile(`^(?i)doi:\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)|^(?i)info:doi/`)
	quoted   = regexp.MustCompile(`^(?:“(.*)”|”(.*)”|„(.*)[“”]|«(.*)»|‘(.*)’|’(.*)’|"(.*)"|<(.*)>)$`)
)

// Mend reads an address as it was meant, where that is certain: between quotation marks that a word processor has put
// round it, with a scheme misspelt (https//a.org, http:://a.org) or typed twice (http://https://a.org), without one where
// nothing else can be meant (www.a.org, a@b.org, 10.1000/1). It tells whether it has changed more than the blanks around
// the address.
func Mend(address string) (mended string, changed bool) {
	s := trim(address)
	was := s
	for m := quoted.FindStringSubmatch(s); m != nil; m = quoted.FindStringSubmatch(s) {
		s = trim(strings.Join(m[1:], ""))
	}
	if m := doubled.FindStringSubmatchIndex(s); m != nil {
		s = s[m[2]:m[3]] + "://" + s[m[1]:]
	}
	if m := misspelt.FindStringSubmatchIndex(s); m != nil {
		s = s[:m[3]] + "://" + s[m[1]:]
	}
	switch {
	case len(s) > len("www.") && strings.EqualFold(s[:4], "www."):
		s = "http://" + s // as CommonMark's extended autolinks read it
	case mail.MatchString(s):
		s = "mailto:" + s
	case doi.MatchString(s):
		s = "doi:" + s
	default:
		if m := doiTwice.FindStringIndex(s); m != nil {
			s = "doi:" + s[m[1]:]
		}
	}
	return s, s != was
}
