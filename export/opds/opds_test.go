package opds

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/reference"
)

func edition(opts Options, number string, day int, files ...string) Publication {
	is := &document.Issue{Journal: document.Journal{Title: "Long Primer", ISSN: "1234-5679", EISSN: "1234-5660", Publisher: "The Society"}, Number: number, Volume: "2", Language: "en",
		Date: document.Date{Time: time.Date(2020+day, 3, day, 0, 0, 0, 0, time.UTC), Precision: 3}}
	e := Edition{Work: reference.Works(is, nil)[0], Identifiers: []string{"urn:x:" + number, "doi:10.5555/" + number}, Modified: is.Date.Time}
	for _, f := range files {
		e.Files = append(e.Files, File{Path: f, Size: 9})
	}
	return Describe(e, opts)
}

// TestFeed: a feed read back and made again of nothing new is the same; what has no file is left out.
func TestFeed(t *testing.T) {
	opts := Options{Name: "opds.json", Base: "https://a.example/e/", Title: "Long Primer"}
	f := New([]Publication{edition(opts, "7/8", 1, "lp-7 8.epub"), edition(opts, "9", 2, "lp-9.pdf", "lp-9.cover.png"), edition(opts, "10", 3, "lp-10.bib")}, nil, nil, opts)
	data, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	s := string(data)
	for _, want := range []string{`"title": "2022"`, `"title": "2021"`, `"href": "https://a.example/e/lp-7%208.epub"`, `"identifier": "urn:issn:1234-5660"`, `"published": "2021-03-01"`,
		`"altIdentifier": [`, `"numberOfItems": 2`} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s in\n%s", want, s)
		}
	}
	if strings.Contains(s, "lp-10") || strings.Count(s, `"position": 9`) != 2 || strings.Contains(s, `"position": 7`) || strings.Count(s, `"position": 2`) != 2 {
		t.Errorf("%s", s)
	}
	earlier, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := New(nil, earlier, func(string) bool { return true }, opts).Encode()
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("%v\n%s", err, again)
	}
	if f := New(nil, earlier, func(name string) bool { return name == "lp-7 8.epub" }, Options{Name: "opds.json"}); len(f.Publications) != 1 || f.Publications[0].Links[0].Href != "lp-7%208.epub" {
		t.Errorf("%+v", f)
	}
	if f := New(nil, earlier, func(string) bool { return false }, opts); f != nil {
		t.Errorf("%+v", f)
	}
	if f := New([]Publication{edition(opts, "7/8", 1, "lp-9.pdf")}, earlier, func(string) bool { return true }, opts); f.Metadata.NumberOfItems != 1 {
		t.Errorf("a file is of two publications: %+v", f)
	}
}

// TestDecode: what is no feed of ours is no feed; addresses that lead out of the folder are no files of it.
func TestDecode(t *testing.T) {
	for _, s := range []string{"", "{", "[]", "{}", `{"links": [{"rel": "next", "href": "a"}]}`, `{"links": [{"rel": "self", "href": "a"}], "publications": [{}]}`} {
		if f, err := Decode([]byte(s)); err == nil {
			t.Errorf("%s: %+v", s, f)
		}
	}
	for href, want := range map[string]string{"a.epub": "a.epub", "b/a%20c.pdf": "b/a c.pdf", "../a.epub": "", "/a.epub": "", "https://b.example/a.epub": "", "//b.example/a": "", "": "", "b/../../a": "", "%zz": ""} {
		if got := file(href, ""); got != want {
			t.Errorf("%s: %q", href, got)
		}
	}
	if got := file("https://b.example/e/a.epub", "https://b.example/e/"); got != "a.epub" {
		t.Error(got)
	}
}
