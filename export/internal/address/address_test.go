package address

import (
	"errors"
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

// TestFollow reads addresses as archives have them: each is written so that EPUBCheck takes it, or refused with a code.
func TestFollow(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		// Characters, and what the URL standard makes of them.
		{"https://press.example/a b", "https://press.example/a%20b"},
		{"http://press.example/%zz%e4%4", "http://press.example/%25zz%e4%254"},
		{"https://press.example/ä?q=é#ö", "https://press.example/%C3%A4?q=%C3%A9#%C3%B6"},
		{"https://press.example/?tx[news]=//[1]#p[3]", "https://press.example/?tx%5Bnews%5D=//%5B1%5D#p%5B3%5D"},
		{"https://press.example/?a={b}|c^d`\"<>", "https://press.example/?a=%7Bb%7D%7Cc%5Ed%60%22%3C%3E"},
		{"https://press.example/wiki/Type_(metal)", "https://press.example/wiki/Type_(metal)"},
		{"https://press.example/#:~:text=hot%20metal,-type", "https://press.example/#:~:text=hot%20metal,-type"},
		{"https://press.example/#a#b", "https://press.example/#a%23b"},
		{`https://press.example\a\b?c\d`, "https://press.example/a/b?c%5Cd"},
		{"https://press.example/a\tb\r\nc", "https://press.example/abc"},
		{"https://press.example/a\u00a0b\u200bc", "https://press.example/a%C2%A0b%E2%80%8Bc"},
		{"\u200b https://press.example/\u00a0", "https://press.example/"},
		{"https://press.example/a/./b/%2e%2e/c", "https://press.example/a/c"},
		{"HTTPS://PRESS.EXAMPLE/A", "https://press.example/A"},
		{"http:/press.example", "http://press.example/"},
		{"http:///press.example", "http://press.example/"},
		{"//press.example/a", "https://press.example/a"},
		{"/about/", "https://site.example/about/"},
		{"b/c?d", "https://site.example/b/c?d"},
		{" ", ""},
		// Hosts.
		{"https://dä.example/", "https://xn--d-0fa.example/"},
		{"https://xn--d-0fa.example/", "https://xn--d-0fa.example/"},
		{"https://пресса.example/", "https://xn--80aj3aega.example/"},
		{"https://ＰＲＥＳＳ。example/", "https://press.example/"},
		{"https://pr\u00adess.exam\u200bple/", "https://press.example/"},
		{"https://%70ress.example/", "https://press.example/"},
		{"https://the_press.example/", "https://the_press.example/"},
		{"https://press.example./", "https://press.example./"},
		{"https://me:pw@press.example/", "https://me:pw@press.example/"},
		{"https://me@home@press.example/", "https://me%40home@press.example/"},
		{"https://press.example:443/", "https://press.example/"},
		{"https://press.example:8080", "https://press.example:8080/"},
		{"http://[2001:DB8:0::1]/a[b]", "http://[2001:db8::1]/a%5Bb%5D"},
		{"http://me@[2001:db8::1]:81/?a=//[b]", "http://me@[2001:db8::1]:81/?a=//%5Bb%5D"},
		{"http://10.1/", "http://10.0.0.1/"},
		// Schemes.
		{"doi:10.1000/xyz", "https://doi.org/10.1000/xyz"},
		{"DOI: 10.1000/(AB)1:2<3::a>4;b#c?d", "https://doi.org/10.1000/(AB)1:2%3C3::a%3E4;b%23c%3Fd"},
		{"hdl:2000/1", "https://hdl.handle.net/2000/1"},
		{"mailto:ann@press.example?subject=A b", "mailto:ann@press.example?subject=A%20b"},
		{"mailto://ann@press.example", "mailto:ann@press.example"},
		{"mailto:?subject=x", "mailto:?subject=x"},
		{"tel:+44 20 7946 0000", "tel:+442079460000"},
		{"urn:isbn:9783161484100", "urn:isbn:9783161484100"},
		{"irc://press.example/a", "irc://press.example/a"},
		{"ftp://press.example/ä", "ftp://press.example/%C3%A4"},
		// What is refused.
		{"sms:+442079460000", "link-left-out"}, {"magnet:?xt=urn:x", "link-left-out"}, {"skype:ann", "link-left-out"},
		{"javascript:alert(1)", "unsafe-link"}, {"JavaScript:x", "unsafe-link"}, {"java\nscript:x", "unsafe-link"},
		{"data:text/html,x", "unsafe-link"}, {"file:///etc/passwd", "unsafe-link"}, {"vbscript:x", "unsafe-link"},
		{"http://", "broken-link"}, {"http://a..b/", "broken-link"}, {"http://.a.b/", "broken-link"}, {"https://a b.example/", "broken-link"},
		{"https://a!b.example/", "broken-link"}, {"https://{host}/", "broken-link"}, {"https://a%b.example/", "broken-link"},
		{"https://press.example:x/", "broken-link"}, {"https://press.example:99999/", "broken-link"},
		{"http://[::1/", "broken-link"}, {"http://[fe80::1%25eth0]/", "broken-link"}, {"http://1.2.3.256/", "broken-link"},
		{"https://xn--a.example/", "broken-link"}, {"https://\u202egro.example/", "broken-link"},
		{"irc://[::1]/a", "broken-link"}, {"irc:a", "broken-link"}, {"mailto:", "broken-link"}, {"mailto:ann", "broken-link"},
		{"tel:none", "broken-link"}, {"urn:", "broken-link"}, {"doi:", "broken-link"},
	} {
		got, err := Follow(c.in, "https://site.example/")
		if refused, ok := errors.AsType[*Refusal](err); ok {
			got = refused.Code
		}
		if got != c.want {
			t.Errorf("%q becomes %q (%v), want %q", c.in, got, err, c.want)
		}
	}
	for _, base := range []string{"", "not an address", "file:///site/"} {
		if got, err := Follow("/about/", base); got != "" || err != nil {
			t.Errorf("with the site %q an address in it leads to %q (%v)", base, got, err)
		}
	}
}

func TestMend(t *testing.T) {
	for in, want := range map[string]string{
		"www.press.example/a": "http://www.press.example/a", "ann@press.example": "mailto:ann@press.example", "10.1000/xyz": "doi:10.1000/xyz",
		"https//press.example": "https://press.example", "http:://press.example": "http://press.example", "http;//press.example": "http://press.example",
		"https: //press.example": "https://press.example", "http ://press.example": "http://press.example",
		"http://https://press.example": "https://press.example", "http://http//press.example": "http://press.example",
		"“https://press.example/”": "https://press.example/", "”https://press.example/”": "https://press.example/",
		"doi:https://doi.org/10.1000/x": "doi:10.1000/x", "info:doi/10.1000/x": "doi:10.1000/x",
	} {
		if got, changed := Mend(in); got != want || !changed {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
	for _, in := range []string{"", "#a", "a/b", "https://press.example/a//b", "http:/press.example", "wwwx", "www.", "a@b", "10.5/x", "https", "http-faq/", "httpd//x"} {
		if got, changed := Mend(in); got != in || changed {
			t.Errorf("%q is read as %q", in, got)
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
		follow := func(s string) string {
			href, _ := Follow(s, "https://example.org/a/")
			return href
		}
		mend := func(s string) string {
			s, _ = Mend(s)
			return s
		}
		for _, escape := range []func(string) string{Normalise, follow} {
			once := escape(s)
			if strings.ContainsFunc(once, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) }) {
				t.Errorf("%q becomes %q", s, once)
			}
			if again := escape(once); again != once {
				t.Errorf("%q becomes %q, and then %q", s, once, again)
			}
		}
		if once := mend(s); mend(once) != once {
			t.Errorf("%q is read as %q, and then as %q", s, once, mend(once))
		}
		if href := follow(s); href != "" {
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
