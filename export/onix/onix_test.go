package onix

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/access"
	"github.com/twinpress/twinpress/export/internal/reference"
)

func works() []*reference.Work {
	is := &document.Issue{Journal: document.Journal{Title: "Ink & Iron", ISSN: "1234-5679", Publisher: "P", Place: "Carrow", BaseURL: "https://ink.example/", Editors: []string{"Nell Voss"}},
		Number: "7", Language: "en-GB", ISBN: "978-3-16-148410-0", Date: document.Date{Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Precision: 2}, Title: document.Line("Room"), Description: document.Line("Four pieces.")}
	is.Articles = []*document.Article{
		{Slug: "a", Title: document.Line("A"), Language: "en", Tags: []string{"type; ink"}, Authors: []document.Person{{Name: "Ada Lane", ORCID: "0000-0002-1825-0097"}, {Name: "Bo Q", Role: "pht", As: "photographer"}}},
		{Slug: "b", Title: document.Line("B"), Language: "de", Authors: []document.Person{{Name: "The Print Workers"}}, Translators: []document.Person{{Name: "Ada Lane"}}},
	}
	return reference.Works(is, nil)
}

type read struct {
	Product []struct {
		Ref    string   `xml:"RecordReference"`
		IDs    []string `xml:"ProductIdentifier>IDValue"`
		Detail []string `xml:"DescriptiveDetail>ProductFormDetail"`
		Codes  []string `xml:"DescriptiveDetail>ProductFormFeature>ProductFormFeatureValue"`
		People []struct {
			Roles []string `xml:"ContributorRole"`
			Name  string   `xml:"PersonName"`
			Body  string   `xml:"CorporateName"`
		} `xml:"DescriptiveDetail>Contributor"`
		Languages []string `xml:"DescriptiveDetail>Language>LanguageCode"`
		Date      string   `xml:"PublishingDetail>PublishingDate>Date"`
		Pages     string   `xml:"DescriptiveDetail>Extent>ExtentValue"`
	}
	Sent string `xml:"Header>SentDateTime"`
}

func written(t *testing.T, opts Options) (read, string) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, works(), opts); err != nil {
		t.Fatal(err)
	}
	var r read
	if err := xml.Unmarshal(b.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	return r, b.String()
}

func TestWrite(t *testing.T) {
	r, text := written(t, Options{Access: &access.Report{Pictures: 2, Described: 2}, Facts: access.Facts{PageList: true, Contact: "a@b.example"}, UA: "05", Pages: 35})
	if len(r.Product) != 2 || r.Sent != "20260301" || r.Product[0].Ref != "ink.example.inkiron2026-7.epub" || !slices.Contains(r.Product[0].IDs, "9783161484100") || slices.Contains(r.Product[1].IDs, "9783161484100") {
		t.Errorf("%+v", r)
	}
	p := r.Product[1]
	if !slices.Equal(p.Detail, []string{"E107", "E201"}) || p.Pages != "35" || p.Date != "202603" || !slices.Equal(p.Languages, []string{"eng", "ger"}) || len(p.People) != 4 {
		t.Errorf("%+v", p)
	}
	if a := p.People[1]; a.Name != "Ada Lane" || !slices.Equal(a.Roles, []string{"A01", "B06"}) || p.People[2].Roles[0] != "A13" || p.People[3].Body != "The Print Workers" {
		t.Errorf("%+v", p.People)
	}
	if !strings.Contains(text, "<Subtitle>Room</Subtitle>") || !strings.Contains(text, `<Date dateformat="01">202603</Date>`) || !strings.Contains(text, "type, ink") {
		t.Errorf("%s", text)
	}
}

// TestFeatures: a code is there when the content bears it out, and never else.
func TestFeatures(t *testing.T) {
	for _, c := range []struct {
		name      string
		report    access.Report
		facts     access.Facts
		ua        string
		epub, pdf []string
	}{
		{"all is well", access.Report{Pictures: 1, Described: 1}, access.Facts{PageList: true}, "05", []string{"00", "10", "11", "13", "14", "19", "29", "30", "32", "36", "41", "52"},
			[]string{"05", "10", "11", "13", "14", "29", "52"}},
		{"a caption stands in", access.Report{Pictures: 1, Described: 1, Captioned: 1}, access.Facts{}, "05", []string{"00", "10", "11", "13", "29", "30", "32", "36"}, []string{"05", "10", "11", "13", "29"}},
		{"formulas", access.Report{Formulas: 3}, access.Facts{}, "05", []string{"00", "10", "11", "13", "17", "29", "30", "32", "36", "52"}, []string{"05", "10", "11", "13", "29"}},
		{"a formula is source", access.Report{Formulas: 3, Sources: 1}, access.Facts{}, "05", []string{"00", "10", "11", "13", "29", "30", "32", "36"}, []string{"05", "10", "11", "13", "29"}},
		{"a claim", access.Report{}, access.Facts{Claim: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", Certifier: "C", Contact: "x"}, "05",
			[]string{"00", "04", "82", "85", "10", "11", "13", "29", "30", "32", "36", "52", "90", "99"}, []string{"05", "10", "11", "13", "29", "52", "99"}},
		{"a claim in other words", access.Report{}, access.Facts{Claim: "quite accessible"}, "", []string{"00", "10", "11", "13", "29", "30", "32", "36", "52"}, []string{"10", "11"}},
	} {
		for _, epub := range []bool{true, false} {
			want := c.pdf
			if epub {
				want = c.epub
			}
			var got []string
			for _, f := range Features(Options{Access: &c.report, Facts: c.facts, UA: c.ua}, epub, "en") {
				got = append(got, f.Code)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, EPUB %v: %v, want %v", c.name, epub, got, want)
			}
		}
	}
	lacking := access.Report{Pictures: 2, Described: 1, Lacking: []access.Picture{{Article: &document.Article{}}}}
	for _, f := range Features(Options{Access: &lacking, UA: "05"}, true, "en") {
		if f.Code == "14" || f.Code == "52" {
			t.Errorf("code %s is claimed of pictures without words", f.Code)
		}
	}
}
