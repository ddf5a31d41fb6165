package address

import "strings"

// A Scheme is what the editions may do with the addresses of one scheme. The names are those of the IANA's registry, and
// some that readers' programs take though no registry has them.
type Scheme struct {
	Name string
	Host bool // an address without a host is none
	EPUB bool // EPUBCheck 5.3 takes it; of others it says HTM-025, "Non-registered URI scheme type found in href"

	// Web is the resolver on the web before whose path the rest of an address leads to the same place: an EPUB is given
	// that where EPUBCheck refuses the scheme.
	Web string
}

// schemes are those of links that a reader may follow. What is not among them, scripts and data and files of the reader's
// machine, is no link in any edition. A PDF carries them all: it hands an address to the system as it stands (ISO 32000-1
// § 12.6.4.7).
var schemes = [...]Scheme{
	{Name: "https", Host: true, EPUB: true},
	{Name: "http", Host: true, EPUB: true},
	{Name: "mailto", EPUB: true},
	{Name: "tel", EPUB: true},
	{Name: "doi", Web: "https://doi.org/"},
	{Name: "urn", EPUB: true},
	{Name: "ftp", Host: true, EPUB: true},
	{Name: "ftps"},
	{Name: "sms"},
	{Name: "geo"},
	{Name: "isbn"},
	{Name: "irc", EPUB: true},
	{Name: "ircs"},
	{Name: "xmpp", EPUB: true},
	{Name: "matrix"},
	{Name: "news", EPUB: true},
	{Name: "nntp", EPUB: true},
	{Name: "sip", EPUB: true},
	{Name: "magnet"},
	{Name: "gemini"},
	{Name: "gopher", EPUB: true},
	{Name: "bitcoin"},
	{Name: "lightning"},
	{Name: "git"},
	{Name: "ssh"},
}

// Lookup finds a scheme in the table by its name in lower case; ok is false for one that no edition may link to.
func Lookup(name string) (s Scheme, ok bool) {
	for i := range schemes {
		if schemes[i].Name == name {
			return schemes[i], true
		}
	}
	return Scheme{}, false
}

// SchemeOf gives an address's scheme in lower case (RFC 3986 § 3.1), "" where it has none. A colon behind a slash makes
// none.
func SchemeOf(address string) string {
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == ':':
			return strings.ToLower(address[:i])
		case isLetter(c) || i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		default:
			return ""
		}
	}
	return ""
}
