package address

import "strings"

// A Scheme is what the editions do with the addresses of one scheme. The names are those of the IANA's registry, and some
// that readers' programs take though no registry has them.
type Scheme struct {
	Name   string
	Linked bool // both editions link to it: EPUBCheck 5.3 takes it; of others it says HTM-025, "Non-registered URI scheme type found in href"
	Host   bool // an address without a host is none
	Number bool // what follows is dialled

	// Web is the resolver on the web before whose path the rest of an address leads to the same place.
	Web string
}

// schemes are those of links that a reader may follow, and those that are harmless but no edition links to, since one of
// the editions could not: their text stands, and that is told.
var schemes = [...]Scheme{
	{Name: "https", Linked: true, Host: true},
	{Name: "http", Linked: true, Host: true},
	{Name: "mailto", Linked: true},
	{Name: "tel", Linked: true, Number: true},
	{Name: "doi", Web: "https://doi.org/"},
	{Name: "hdl", Web: "https://hdl.handle.net/"},
	{Name: "arxiv", Web: "https://arxiv.org/abs/"},
	{Name: "pmid", Web: "https://pubmed.ncbi.nlm.nih.gov/"},
	{Name: "urn", Linked: true},
	{Name: "ftp", Linked: true, Host: true},
	{Name: "ftps"},
	{Name: "sftp"},
	{Name: "sms"},
	{Name: "geo"},
	{Name: "isbn"},
	{Name: "irc", Linked: true, Host: true},
	{Name: "ircs"},
	{Name: "xmpp", Linked: true},
	{Name: "matrix"},
	{Name: "news", Linked: true},
	{Name: "nntp", Linked: true, Host: true},
	{Name: "sip", Linked: true},
	{Name: "magnet"},
	{Name: "gemini"},
	{Name: "gopher", Linked: true, Host: true},
	{Name: "bitcoin"},
	{Name: "lightning"},
	{Name: "git"},
	{Name: "ssh"},
}

// Lookup finds a scheme in the table by its name in lower case.
func Lookup(name string) (s Scheme, ok bool) {
	for i := range schemes {
		if schemes[i].Name == name {
			return schemes[i], true
		}
	}
	return Scheme{}, false
}

// unsafe tells the schemes that act on the reader's machine instead of leading away: scripts, data, its own files.
func unsafe(name string) bool {
	switch name {
	case "javascript", "vbscript", "livescript", "data", "file", "blob", "filesystem", "about", "view-source", "chrome", "jar",
		"ms-its", "mhtml", "mk", "res", "resource", "shell", "wyciwyg":
		return true
	}
	return false
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
