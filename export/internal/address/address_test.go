package address

import (
	"net/url"
	"strings"
	"testing"
)

func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a?b=c&d=%20#e":       "https://example.org/a?b=c&d=%20#e",
		"https://example.org/ä b|c":               "https://example.org/%C3%A4%20b%7Cc",
		"https://example.org/a\u200bb":            "https://example.org/a%E2%80%8Bb",
		"https://münchen.example/":                "https://m%C3%BCnchen.example/",
		"http://[2001:db8::1]:8080/":              "http://[2001:db8::1]:8080/",
		"https://e.org/?tx[news]=1#p[3]":          "https://e.org/?tx[news]=1#p[3]", // brackets are left to who reads them
		"https://example.org/#a#b":                "https://example.org/#a%23b",
		"http://x.org/%zz%E4%4":                   "http://x.org/%25zz%E4%254",
		"https://e.org/\"<>\\^`{|}\x7f\xff\x00":   "https://e.org/%22%3C%3E%5C%5E%60%7B%7C%7D%7F%FF%00",
		"https://en.wikipedia.org/wiki/A_(b)!$'*": "https://en.wikipedia.org/wiki/A_(b)!$'*",
		"mailto:a@example.org":                    "mailto:a@example.org",
		"":                                        "",
	} {
		if got := Normalise(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestValid(t *testing.T) {
	for in, want := range map[string]bool{
		"https://example.org/": true, "http://[2001:db8::1]/": true, "mailto:a@b.c": true, "tel:+44": true, "magnet:?xt=urn:x": true,
		"https://": false, "http:///path": false, "https:a": false, "http://[::1/": false, "https://e.org:x/": false, "https://%3C.org/": false,
	} {
		if got := Valid(in); got != want {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

func TestSchemeOf(t *testing.T) {
	for in, want := range map[string]string{
		"HTTPS://EXAMPLE.ORG/A": "https", "view-source:x": "view-source", "z39.50r:x": "z39.50r", "javascript:alert(1)": "javascript",
		"a/b:c": "", "1a:b": "", ":a": "", "#a:b": "", "ä:b": "", "no colon": "", "": "",
	} {
		if got := SchemeOf(in); got != want {
			t.Errorf("%q has the scheme %q, want %q", in, got, want)
		}
	}
}

func TestSchemes(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range schemes {
		if got, ok := Lookup(s.Name); !ok || got != s || seen[s.Name] || SchemeOf(s.Name+":") != s.Name {
			t.Errorf("%s is in the table twice, or not found", s.Name)
		}
		seen[s.Name] = true
	}
	for _, name := range []string{"", "javascript", "data", "file", "vbscript", "blob", "about", "HTTPS"} {
		if _, ok := Lookup(name); ok {
			t.Errorf("%q is a scheme to follow", name)
		}
	}
}

func TestForEPUB(t *testing.T) {
	for _, c := range []struct {
		in, want string
		err      error
	}{
		{"https://example.org/a b", "https://example.org/a%20b", nil},
		{"http://x.org/%zz", "http://x.org/%25zz", nil},
		{"https://example.org/ä?q=é#ö", "https://example.org/%C3%A4?q=%C3%A9#%C3%B6", nil},
		{"HTTPS://EXAMPLE.ORG/A", "https://EXAMPLE.ORG/A", nil},
		{"https://exa_mple.org/", "https://exa_mple.org/", nil},
		{"https://me:pw@example.org/", "https://me:pw@example.org/", nil},
		{"http://[2001:db8::1]/a[b]", "http://[2001:db8::1]/a%5Bb%5D", nil},
		{"http://me@[2001:db8::1]:80/?a=//[b]", "http://me@[2001:db8::1]:80/?a=//%5Bb%5D", nil},
		{"https://e.org/?tx[news]=//[1]#p[3]", "https://e.org/?tx%5Bnews%5D=//%5B1%5D#p%5B3%5D", nil},
		{"https://e.org/?a={b}|c", "https://e.org/?a=%7Bb%7D%7Cc", nil},
		{"https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)", nil},
		{"mailto:a@b.c", "mailto:a@b.c", nil},
		{"irc://example.org/a", "irc://example.org/a", nil},
		{"doi:10.1000/xyz", "https://doi.org/10.1000/xyz", nil},
		{"/about/", "https://example.org/about/", nil},
		{" ", "", nil},
		{"magnet:?xt=urn:x", "", ErrNotInEPUB},
		{"javascript:alert(1)", "", ErrUnsafe},
		{"data:text/html,x", "", ErrUnsafe},
		{"file:///etc/passwd", "", ErrUnsafe},
		{"http://", "", ErrInvalid},
		{"ftp:///x", "", ErrInvalid},
		{"https://e.org:x/", "", ErrInvalid},
	} {
		if got, err := ForEPUB(c.in, "https://example.org/"); got != c.want || err != c.err {
			t.Errorf("%s becomes %q (%v), want %q (%v)", c.in, got, err, c.want, c.err)
		}
	}
	if got, err := ForEPUB("/about/", ""); got != "" || err != nil {
		t.Errorf("without a site an address in it leads to %q (%v)", got, err)
	}
}

func TestForPDF(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a b": "https://example.org/a%20b",
		"magnet:?xt=urn:x":        "magnet:?xt=urn:x",
		"/about/":                 "/about/",
		"JavaScript:alert(1)":     "",
		"file:///etc/passwd":      "",
		"":                        "",
	} {
		if got := ForPDF(in); got != want {
			t.Errorf("%s becomes %q, want %q", in, got, want)
		}
	}
}

func TestFinder(t *testing.T) {
	for in, want := range map[string]string{
		"see https://example.org/a, and www.b.example.": "https://example.org/a www.b.example",
		"(http://x.org/)":                           "http://x.org/",
		"“https://x.org/a”":                         "https://x.org/a",
		"https://a.org/?u=www.b.org https://c.org/": "https://a.org/?u=www.b.org https://c.org/",
		"www.a.org/http://b.org":                    "www.a.org/http://b.org",
		"http://...":                                "http://",
		"no address here, not even example.org":     "",
		"äöü://x www.":                              "://x www.",
	} {
		var got []string
		for f := In(in, 0); ; {
			i, j, ok := f.Next()
			if !ok {
				break
			}
			got = append(got, in[i:j])
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("in %q stand %q, want %q", in, s, want)
		}
	}
}

func TestLooks(t *testing.T) {
	for in, want := range map[string]bool{
		"https://a.org": true, "www.a.org": true, "mailto:a@b.c": true, "example.org/path": true,
		"and/or": false, "a/b.": false, "see https://a.org": false, "": false,
	} {
		if got := Looks(in); got != want {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

// FuzzNormalise holds both escapes to what they promise: ASCII of an address's characters only, the same when done again.
func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"https://example.org/ä#b#c%", "mailto:a@b.c", "http://[::1]/", "//x/%zz", "doi:10.1/[a]", "\x00\xff", "https://%C3%BC/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		epub := func(s string) string {
			href, _ := ForEPUB(s, "https://example.org/a/")
			return href
		}
		for _, escape := range []func(string) string{Normalise, ForPDF, epub} {
			once := escape(s)
			if strings.ContainsFunc(once, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) }) {
				t.Errorf("%q becomes %q", s, once)
			}
			if again := escape(once); again != once {
				t.Errorf("%q becomes %q, and then %q", s, once, again)
			}
		}
		if href := epub(s); href != "" {
			if u, err := url.Parse(href); err != nil || u.Scheme == "" {
				t.Errorf("%q becomes %q, which leads nowhere: %v", s, href, err)
			}
		}
		for f := In(s, 0); ; {
			i, j, ok := f.Next()
			if !ok {
				break
			}
			if i < 0 || j <= i || j > len(s) {
				t.Fatalf("in %q an address stands from %d to %d", s, i, j)
			}
		}
	})
}
