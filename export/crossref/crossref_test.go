package crossref

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/reference"
)

func works() []*reference.Work {
	day := document.Date{Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Precision: 3}
	is := &document.Issue{Journal: document.Journal{Title: "Ink & Iron", ISSN: "1234-5679", Publisher: "P", License: "https://x.example/l", Language: "en-GB", Editors: []string{"Nell Voss"}},
		Number: "7", Volume: "2", Language: "en", Date: day, Title: document.Line("Room <1>")}
	is.Articles = []*document.Article{
		{Slug: "a", Title: document.Line("A & B"), Subtitle: document.Line("C"), Language: "en", DOI: "10.5555/a", URL: "https://x.example/a?b&c", Excerpt: document.Line("Short."),
			Date:        document.Date{Time: day.Time, Precision: 2},
			Authors:     []document.Person{{Name: "Ada Lane", ORCID: "0000-0002-1825-0097"}, {Name: "The Print Workers"}, {Name: "Jan van der Berg"}, {Name: "Agent 7"}},
			Translators: []document.Person{{Name: "T. R. Ans"}}},
		{Slug: "b", Title: document.Line("No DOI"), URL: "https://x.example/b", Pos: document.Pos{File: "b.md", Line: 1}},
		{Slug: "c", Title: document.Line("No address"), DOI: "10.5555/c"},
		{Slug: "d", Title: document.Line("Bad"), DOI: "10.5/", URL: "https://x.example/d"},
	}
	return reference.Works(is, func(a *document.Article) reference.Pages {
		if a == is.Articles[0] {
			return reference.Pages{First: "1", Last: "9", Count: 9}
		}
		return reference.Pages{}
	})
}

// TestWrite: what can be registered is there, in the schema's order, and what cannot is reported with its place.
func TestWrite(t *testing.T) {
	var b, again bytes.Buffer
	opts := Options{Depositor: "D & E", Email: "d@example.org"}
	problems, err := Write(&b, works(), opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(&again, works(), opts); err != nil || again.String() != b.String() {
		t.Error("two deposits differ")
	}
	if len(problems) != 3 || problems[0].Code != "not-deposited" || problems[0].Pos.File != "b.md" {
		t.Errorf("problems %v", problems)
	}
	at := 0
	for _, want := range []string{"<doi_batch_id>inkiron2026-7-20260301000000</doi_batch_id>", "<timestamp>20260301000000</timestamp>", "<depositor_name>D &amp; E</depositor_name>",
		"<registrant>P</registrant>", `<journal_metadata language="en">`, "<full_title>Ink &amp; Iron</full_title>", "<issn>1234-5679</issn>", "<journal_issue>", "Room &lt;1&gt;",
		`<publication_date media_type="print"><month>03</month><day>01</day><year>2026</year></publication_date>`, "<volume>2</volume>", "<issue>7</issue>",
		`<journal_article publication_type="full_text" language="en">`, "<titles><title>A &amp; B</title>\n<subtitle>C</subtitle>\n</titles>",
		`<person_name sequence="first" contributor_role="author"><given_name>Ada</given_name><surname>Lane</surname><ORCID>https://orcid.org/0000-0002-1825-0097</ORCID></person_name>`,
		`<organization sequence="additional" contributor_role="author">The Print Workers</organization>`, `<surname>Jan van der Berg</surname>`, ">Agent 7</organization>",
		`contributor_role="translator"`, "<jats:p>Short.</jats:p>", `media_type="online"><month>03</month><year>2026</year>`, "<first_page>1</first_page>", "<last_page>9</last_page>",
		"<ai:license_ref>https://x.example/l</ai:license_ref>", "<doi>10.5555/a</doi><resource>https://x.example/a?b&amp;c</resource>"} {
		i := strings.Index(b.String()[at:], want)
		if i < 0 {
			t.Fatalf("%q is not there, or not in its place:\n%s", want, b.String())
		}
		at += i
	}
	if strings.Count(b.String(), "<journal_article") != 1 {
		t.Error("an article is deposited that cannot be")
	}
	for d := xml.NewDecoder(&b); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestRefused: a deposit that Crossref would send back is not written.
func TestRefused(t *testing.T) {
	nameless := works()
	nameless[0].Journal.Title = ""
	for _, c := range []struct {
		works []*reference.Work
		opts  Options
	}{{works(), Options{}}, {works(), Options{Depositor: "D", Email: "none"}}, {nil, Options{Depositor: "D", Email: "d@example.org"}}, {nameless, Options{Depositor: "D", Email: "d@example.org"}}} {
		var b bytes.Buffer
		if _, err := Write(&b, c.works, c.opts); err == nil || b.Len() > 0 {
			t.Errorf("%+v: %v, %d bytes", c.opts, err, b.Len())
		}
	}
	if got := cut(strings.Repeat("word ", 60), 100); len([]rune(got)) > 100 || !strings.HasSuffix(got, "word…") {
		t.Errorf("%q", got)
	}
}
