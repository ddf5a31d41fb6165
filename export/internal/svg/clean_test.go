package svg

import (
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// TestEncodings reads one drawing in the encodings that drawing programs write, with and without saying so.
func TestEncodings(t *testing.T) {
	const body = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>Größe “x”</text></svg>`
	want, _, err := Clean([]byte(body))
	if err != nil || !strings.Contains(string(want), ">Größe “x”<") {
		t.Fatalf("%s: %v", want, err)
	}
	wide := func(s string, mark, big bool) string {
		if mark {
			s = "\uFEFF" + s
		}
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			if big {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		return string(b)
	}
	narrow := func(m *charmap.Charmap, s string) string {
		s, err := m.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	says := func(name string) string { return `<?xml version="1.0" encoding="` + name + `"?>` + "\n" + body }
	for name, data := range map[string]string{
		"UTF-8 with a mark": "\uFEFF" + body, "UTF-8 that says Latin-1": says("ISO-8859-1"),
		"UTF-16": wide(says("UTF-16"), true, false), "UTF-16, big": wide(says("utf-16"), true, true),
		"UTF-16 without a mark": wide(says("UTF-16"), false, false), "UTF-16 without a declaration": wide(body, true, true),
		"Windows-1252": narrow(charmap.Windows1252, says("windows-1252")), "Latin-1 that says nothing": narrow(charmap.Windows1252, body),
		"Latin-1 that says UTF-8": narrow(charmap.Windows1252, says("utf-8")), "Macintosh": narrow(charmap.Macintosh, says("x-mac-roman")),
		"Windows-1250": narrow(charmap.Windows1250, says("Windows-1250")),
	} {
		got, _, err := Clean([]byte(data))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s becomes %s (%v)", name, got, err)
		}
		if w, h, ok := Size([]byte(data)); w != 9 || h != 9 || !ok || !Sniff([]byte(data)) {
			t.Errorf("%s measures %d by %d (%v)", name, w, h, ok)
		}
	}
	if _, _, err := Clean([]byte("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><svg>\x83\x65</svg>")); err == nil {
		t.Error("an encoding that is not read was read")
	}
}

// TestClean holds what drawing programs write, and what browsers forgive, against what is left of it.
func TestClean(t *testing.T) {
	const head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<svg xmlns="http://www.w3.org/2000/svg"`
	const links = ` xmlns:xlink="http://www.w3.org/1999/xlink"`
	for _, c := range []struct{ name, in, want, lost string }{
		{"no namespace", `<svg><path d="M0 0"/></svg>`, `><path d="M0 0"></path>`, ""},
		{"prefixed", `<a:svg xmlns:a="http://www.w3.org/2000/svg"><a:path/></a:svg>`, `><path></path>`, ""},
		{"xlink under another name", `<svg xmlns:l="http://www.w3.org/1999/xlink"><g id="a"/><use l:href="#a"/></svg>`, links + `><g id="a"></g><use xlink:href="#a"></use>`, ""},
		{"xlink undeclared", `<svg><g id="a"/><use xlink:href="#a"/></svg>`, links + `><g id="a"></g><use xlink:href="#a"></use>`, ""},
		{"namespaces as entities", `<!DOCTYPE svg [<!ENTITY s "http://www.w3.org/2000/svg"><!ENTITY ai 'urn:ai'><!ENTITY f "fill:&c;"><!ENTITY c "red">]><svg xmlns="&s;" xmlns:i="&ai;" i:o="1" style="&f;"><i:pgf>x</i:pgf></svg>`,
			` style="fill:red">`, ""},
		{"editors' own", `<svg><sodipodi:namedview><g/></sodipodi:namedview><g inkscape:label="x" sketch:type="y" data-="1" data-Layer="2" data-a="3"/></svg>`, `><g data-a="3"></g>`, ""},
		{"identifiers", `<svg><g id="1st one"/><g id="_1st_one"/><g id=""/><use href="#1st one"/><use href="#1st%20one"/><rect fill="url('#1st one')"/></svg>`,
			`><g id="_1st_one_2"></g><g id="_1st_one"></g><g></g><use href="#_1st_one_2"></use><use href="#_1st_one_2"></use><rect fill="url(#_1st_one_2)"></rect>`, ""},
		{"doubled identifiers", `<svg><style>#a, .b #a:hover{fill:red}</style><g id="a"/><g id="a"/><use href="#a"/></svg>`,
			`><style>#a,#a_2, .b #a:hover, .b #a_2:hover{fill:red}</style><g id="a"></g><g id="a_2"></g><use href="#a"></use>`, ""},
		{"references to nothing", `<svg><use href="#x"/><use/><image href=""/><text><textPath href="#x">a</textPath></text><linearGradient href="#x"/><path fill="url(#x) red" stroke="url(#x)" style="clip-path:url(#x);fill:url(#x)" aria-labelledby="x"/></svg>`,
			`><g></g><g></g><g></g><text><tspan display="none">a</tspan></text><linearGradient></linearGradient><path fill="red" stroke="none" style="clip-path:none;fill:none"></path>`, ""},
		{"links", `<svg><a href="https://example.org/" target="x"><path/></a></svg>`, `><g><path></path></g>`, ""},
		{"outside", `<svg><image href="a.png"/><use xlink:href="b.svg#c"/><path fill="url(b.svg#c)" style="fill:red;x:url(http://e.org/)"/><style>@import "x"; a{fill:red}</style></svg>`,
			`><g></g><g></g><path fill="none" style="fill:red;x:none"></path><style> a{fill:red}</style>`, "picture a.png; use of b.svg#c"},
		{"foreign objects", `<svg><switch><foreignObject><p>a</p></foreignObject><path/></switch><foreignObject><p>b</p></foreignObject></svg>`, `><g><path></path></g>`, "foreignObject"},
		{"languages", `<svg><switch><g systemLanguage="de"/><path systemLanguage="en"/></switch><switch><g systemLanguage="de"/> <rect/><circle/></switch></svg>`,
			`><g><g></g></g><g> <rect></rect></g>`, ""},
		{"scripts", `<svg onload="x()"><script>1</script><g onclick="x()"/><set/><path style="x:expression(1)"/></svg>`, `><g></g><path></path>`, ""},
		{"doubled attributes", `<svg width="1" width="2"/>`, ` width="1">`, ""},
		{"a view box that is none", `<svg viewBox="none" width="5"/>`, ` width="5">`, ""},
		{"signs", "<svg><title>A & B < C &nbsp; &#1;\x01</title></svg>", "><title>A &amp; B &lt; C \u00a0 </title>", ""},
		{"elements left open", `<svg><g><path></g></svg>`, `><g><path></path></g>`, ""},
	} {
		got, lost, err := Clean([]byte(c.in))
		if want := head + c.want + "</svg>\n"; err != nil || string(got) != want || strings.Join(lost, "; ") != c.lost {
			t.Errorf("%s becomes %s (lost %q, %v), want %s", c.name, got, lost, err, want)
		}
		if again, _, err := Clean(got); err != nil || string(again) != string(got) {
			t.Errorf("%s, cleaned again, becomes %s (%v)", c.name, again, err)
		}
	}
}
