// Package address knows where links lead: which addresses an edition may carry, in which characters they are written, and
// where one stands in running text. Both editions ask here, so that a link which the one keeps the other does not lose.
//
// An address goes three steps. Reading finds its scheme in the table (Lookup), and drops scripts and the like. Normalise
// then writes it in the characters that RFC 3986 allows, so that no later step escapes anything twice, and Valid tells
// whether what has come out can be followed. ForPDF and ForEPUB give it as an edition wants it.
package address

import (
	"errors"
	"net/url"
	"strings"
)

// Normalise brings an address into the characters that RFC 3986 § 2 allows: all others are percent-encoded byte by byte,
// and so are a percent sign that encodes nothing and a second number sign. What is escaped already stays. The result is
// seven-bit ASCII, as a PDF's URI action wants it (ISO 32000-1 § 12.6.4.7), and normalised once more it is the same.
func Normalise(s string) string {
	hash := false
	clean := func(i int) bool {
		switch c := s[i]; c {
		case '%':
			return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
		case '#':
			first := !hash
			hash = true
			return first
		default:
			return isLetter(c) || isDigit(c) || strings.IndexByte("-._~:/?[]@!$&'()*+,;=", c) >= 0
		}
	}
	i := 0
	for i < len(s) && clean(i) {
		i++
	}
	if i == len(s) {
		return s
	}
	const hex = "0123456789ABCDEF"
	b := append(make([]byte, 0, len(s)+16), s[:i]...)
	b = append(b, '%', hex[s[i]>>4], hex[s[i]&15])
	for i++; i < len(s); i++ {
		if clean(i) {
			b = append(b, s[i])
		} else {
			b = append(b, '%', hex[s[i]>>4], hex[s[i]&15])
		}
	}
	return string(b)
}

// Valid reports whether an address in normal form is one: it parses, and names a host where its scheme has one.
func Valid(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	s, _ := Lookup(u.Scheme)
	return !s.Host || u.Host != ""
}

// ForPDF gives an address fit for a PDF's URI action, "" for one that no edition links to. What has no scheme is read
// against the address of the site, which the PDF names (URI Base, ISO 32000-1 § 7.7.2).
func ForPDF(address string) string {
	if scheme := SchemeOf(address); scheme != "" {
		if _, ok := Lookup(scheme); !ok {
			return ""
		}
	}
	return Normalise(address)
}

// Why an address is not linked in an EPUB.
var (
	ErrUnsafe    = errors.New("no edition links to the scheme")
	ErrNotInEPUB = errors.New("an EPUB does not carry the scheme")
	ErrInvalid   = errors.New("the address is not one")
)

// ForEPUB gives an address fit for an href of an EPUB, or one of the errors above. What has no scheme is read against base,
// the address of the site; where that is not known, and for an empty address, there is nothing to link: "" and no error.
func ForEPUB(address, base string) (string, error) {
	address = Normalise(strings.TrimSpace(address))
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "", ErrInvalid
	case address == "":
		return "", nil
	case u.Scheme == "":
		b, err := url.Parse(base)
		if err != nil || b.Host == "" {
			return "", nil
		}
		u = b.ResolveReference(u)
	}
	s, ok := Lookup(u.Scheme)
	href := escapeBrackets(Normalise(u.String()), u.Host)
	switch {
	case !ok:
		return "", ErrUnsafe
	case s.Web != "" && u.Opaque != "":
		return s.Web + href[len(u.Scheme)+1:], nil
	case !s.EPUB:
		return "", ErrNotInEPUB
	case !Valid(href):
		return "", ErrInvalid
	}
	return href, nil
}

// escapeBrackets escapes brackets but those around the numbers of a host (RFC 3986 § 3.2.2): browsers and servers take
// them anywhere, EPUBCheck does not (RSC-020).
func escapeBrackets(href, host string) string {
	from := 0
	if strings.HasPrefix(host, "[") {
		from = strings.IndexByte(href, ']') + 1
	}
	return href[:from] + strings.NewReplacer("[", "%5B", "]", "%5D").Replace(href[from:])
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
