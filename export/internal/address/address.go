// Package address knows where links lead: which addresses an edition may carry, in which characters they are written, and
// where one stands in running text. Both editions ask here, so that a link which the one keeps the other does not lose.
//
// Mend reads an address as a person typed it: without the blanks around it, with the scheme that was left out. Follow then
// finds the scheme in the table, reads the address as browsers do (the WHATWG's URL standard) and writes it in the
// characters that RFC 3986 allows, so that no later step escapes anything; or it says why nothing can be followed. What
// it gives leads to the same place when it is given to it again.
package address

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// A Refusal is why an address is linked in no edition. Its words are those of a document.Problem.
type Refusal struct{ Code, Message, Hint string }

func (r *Refusal) Error() string { return r.Message }

const kept = "its text stands without a link"

func broken(address string) *Refusal {
	return &Refusal{"broken-link", "the address " + shorten(address) + " is not one", kept}
}

// Limits of what is an address, far beyond what servers take: the library's time grows with the square of each.
const (
	longest   = 8 << 10 // bytes
	mostSteps = 500     // of a path
	mostSigns = 20      // @
)

// Follow gives an address as the editions write it, for an href of an EPUB and the URI action of a PDF alike (seven-bit
// ASCII, ISO 32000-1 § 12.6.4.7); or a *Refusal. What has no scheme is read against base, the address of the site; where
// that is not known, and for an empty address, there is nothing to link: "" and no error.
func Follow(address, base string) (string, error) {
	address = trim(address)
	if len(address) > longest {
		return "", &Refusal{"broken-link", fmt.Sprintf("an address of %d bytes is not one", len(address)), kept}
	}
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	name := SchemeOf(address)
	if name == "" {
		return within(address, base)
	}
	s, ok := Lookup(name)
	rest := address[len(name)+1:]
	switch {
	case !ok && unsafe(name):
		return "", &Refusal{"unsafe-link", "a link to " + shorten(address) + " was dropped", "its text stands"}
	case !ok || !s.Linked && s.Web == "":
		return "", &Refusal{"link-left-out", "no edition links to " + name + ": addresses", kept}
	case s.Web != "":
		if rest = strings.TrimSpace(strings.TrimLeft(rest, "/ \u00a0")); rest == "" {
			return "", broken(address)
		}
		return Follow(s.Web+strings.NewReplacer("?", "%3F", "#", "%23").Replace(rest), base)
	case s.Host:
		return web(address)
	case s.Number:
		return number(name, rest, address)
	}
	return opaque(name, rest, address)
}

// within reads what has no scheme against the address of the site.
func within(address, base string) (string, error) {
	if address == "" || base == "" {
		return "", nil
	}
	b, err := whatwg.Parse(base)
	if err != nil {
		return "", nil
	}
	if s, ok := Lookup(b.Scheme()); !ok || !s.Host {
		return "", nil
	}
	if strings.Count(address, "/") > mostSteps {
		return "", broken(address)
	}
	u, err := b.Parse(address)
	if err != nil {
		return "", broken(address)
	}
	return web(u.Href(false))
}

// web reads an address that names a host (URL standard § 4.4). Hosts in the characters of a language become what the
// names of the net are made of (§ 3.5, UTS 46).
func web(address string) (string, error) {
	if strings.Count(address, "/")+strings.Count(address, `\`) > mostSteps || strings.Count(address, "@") > mostSigns {
		return "", broken(address)
	}
	u, err := whatwg.Parse(address)
	if err != nil {
		return "", broken(address)
	}
	// EPUBCheck knows the numbers of a host only in the schemes of the web.
	if !host(u.Hostname()) || strings.HasPrefix(u.Hostname(), "[") && !u.IsSpecialScheme() {
		return "", broken(address)
	}
	href := escapeBrackets(Normalise(u.Href(false)))
	if _, err := url.Parse(href); err != nil {
		return "", broken(address)
	}
	return href, nil
}

// host reports whether a host is one that programs besides browsers look up: a number of the net, or labels of letters,
// digits, hyphens and low lines, none of them empty (RFC 1123 § 2.1, RFC 2181 § 11), with or without the point of the root.
func host(s string) bool {
	if strings.HasPrefix(s, "[") {
		_, err := netip.ParseAddr(strings.Trim(s, "[]"))
		return err == nil
	}
	s = strings.TrimSuffix(s, ".")
	if len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for i := range len(label) {
			if c := label[i]; !isLetter(c) && !isDigit(c) && c != '-' && c != '_' {
				return false
			}
		}
	}
	return true
}

// number reads what is dialled, in which blanks say nothing (RFC 3966 § 3).
func number(name, rest, address string) (string, error) {
	rest = strings.Join(strings.FieldsFunc(rest, blank), "")
	rest = strings.TrimLeft(rest, "/")
	if !strings.ContainsAny(rest, "0123456789") {
		return "", broken(address)
	}
	return name + ":" + escapeBrackets(Normalise(rest)), nil
}

// opaque reads an address whose meaning its own scheme knows.
func opaque(name, rest, address string) (string, error) {
	rest = strings.TrimFunc(rest, blank)
	if name == "mailto" {
		rest = strings.TrimLeft(rest, "/")
		if to, _, _ := strings.Cut(rest, "?"); to != "" && !strings.Contains(strings.ReplaceAll(to, "%40", "@"), "@") {
			rest = ""
		}
	}
	if strings.Trim(rest, "/?#") == "" {
		return "", broken(address)
	}
	href := name + ":" + escapeBrackets(Normalise(rest))
	if _, err := url.Parse(href); err != nil {
		return "", broken(address)
	}
	return href, nil
}

// Normalise brings an address into the characters that RFC 3986 § 2 allows: all others are percent-encoded byte by byte,
// and so are a percent sign that encodes nothing and a second number sign. What is escaped already stays. The result is
// seven-bit ASCII, and normalised once more it is the same.
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

// escapeBrackets escapes brackets but those around the numbers of a host (RFC 3986 § 3.2.2): browsers and servers take
// them anywhere, EPUBCheck does not (RSC-020).
func escapeBrackets(href string) string {
	from := 0
	if i := strings.Index(href, "://"); i >= 0 {
		authority, _, _ := strings.Cut(href[i+3:], "/")
		if j := strings.LastIndexByte(authority, '@') + 1; strings.HasPrefix(authority[j:], "[") {
			from = i + 3 + j + strings.IndexByte(authority[j:], ']') + 1
		}
	}
	return href[:from] + strings.NewReplacer("[", "%5B", "]", "%5D").Replace(href[from:])
}

// shorten is an address as a message shows it.
func shorten(address string) string {
	if r := []rune(address); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return address
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
