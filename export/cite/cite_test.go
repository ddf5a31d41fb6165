package cite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/reference"
)

// works are of an issue that has what is hard: marks that TeX takes for its own, accents, three scripts, names that part and
// names that do not, every role, dates of every precision.
func works() []*reference.Work {
	day := time.Date(2018, 3, 5, 0, 0, 0, 0, time.UTC)
	is := &document.Issue{Journal: document.Journal{Title: "Ink & Iron", ISSN: "1234-5679", Publisher: "Type & Co", Place: "Łódź", Editors: []string{"Nell Voss", "The Print Workers"}},
		Number: "7/8", Volume: "2", Language: "en-GB", Title: document.Line("Room"), Date: document.Date{Time: day, Precision: 2, Printed: "Spring 2018"}}
	is.Articles = []*document.Article{
		{Slug: "costs", Title: document.Line("100% of $5 & #1_a {b} \\c ~ ^"), Subtitle: document.Line("“It’s – done” … ‘so’"), Language: "en-GB", Tags: []string{"type", "ink"},
			Authors: []document.Person{{Name: "Jörg Gößnitz"}, {Name: "Jan van der Berg"}, {Name: "Łukasz Ångström"}, {Name: "Bo Quill", Role: "pht", As: "photographer"}},
			Editors: []document.Person{{Name: "Ed Itor", Role: "edt"}}, DOI: "doi:10.5555/a_b%c", URL: "https://x.example/a_b/?q={1}#c%20d", Excerpt: document.Line("Öfter  als\ngedacht.")},
		{Slug: "talk", Title: document.Line("Разговор 毛泽东"), Language: "ru", Authors: []document.Person{{Name: "Ada Lane"}}, Interviewees: []document.Person{{Name: "Лев Толстой"}},
			Translators: []document.Person{{Name: "T. R. Ans", Role: "trl"}}},
		{Slug: "talk", Title: document.Line("What?"), Subtitle: document.Line("Why"), Language: "en", Interviewees: []document.Person{{Name: "Zoë Núñez"}}},
	}
	pages := map[*document.Article]reference.Pages{is.Articles[0]: {First: "iv", Last: "12", Count: 13}, is.Articles[1]: {First: "13", Last: "13", Count: 1}}
	return reference.Works(is, func(a *document.Article) reference.Pages { return pages[a] })
}

func written(t *testing.T, write func(io.Writer, []*reference.Work) error, ws []*reference.Work) string {
	t.Helper()
	var b, again bytes.Buffer
	if err := write(&b, ws); err != nil {
		t.Fatal(err)
	}
	if err := write(&again, ws); err != nil || again.String() != b.String() {
		t.Fatal("two writings differ")
	}
	return b.String()
}

// readBib reads entries as BibTeX does: fields between balanced braces, whatever stands in them.
func readBib(t *testing.T, s string) (keys []string, kinds map[string]string, fields map[string]map[string]string) {
	t.Helper()
	kinds, fields = map[string]string{}, map[string]map[string]string{}
	for _, part := range strings.Split(s, "\n@") {
		kind, rest, _ := strings.Cut(strings.TrimPrefix(part, "@"), "{")
		key, rest, _ := strings.Cut(rest, ",\n")
		keys = append(keys, key)
		kinds[key], fields[key] = kind, map[string]string{}
		for _, line := range strings.Split(strings.TrimSuffix(strings.TrimSpace(rest), "\n}"), "\n") {
			name, value, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), ","), " = ")
			if !ok {
				t.Fatalf("no field: %q", line)
			}
			depth := 0
			for i := range len(value) {
				escaped := i > 0 && value[i-1] == '\\' && (i < 2 || value[i-2] != '\\')
				if value[i] == '{' && !escaped {
					depth++
				}
				if value[i] == '}' && !escaped {
					depth--
				}
				if depth < 0 {
					t.Errorf("%s: %s closes too early: %s", key, name, value)
				}
			}
			if depth != 0 {
				t.Errorf("%s: %s is not closed: %s", key, name, value)
			}
			fields[key][name] = value
		}
	}
	return keys, kinds, fields
}

func TestBibTeX(t *testing.T) {
	ws := works()
	s := written(t, BibTeX, ws)
	keys, kinds, f := readBib(t, s)
	if want := []string{"inkiron2018-7-8", "gossnitz2018-7-8-costs", "lane2018-7-8-talk", "nunez2018-7-8-talk"}; !slices.Equal(keys, want) {
		t.Errorf("keys %q", keys)
	}
	if kinds[keys[0]] != "misc" || kinds[keys[1]] != "article" {
		t.Errorf("kinds %v", kinds)
	}
	for name, want := range map[string]string{
		"author":  `{G{\"o}{\ss}nitz, J{\"o}rg and {Jan van der Berg} and {\AA}ngstr{\"o}m, {\L}ukasz}`,
		"title":   "{{100\\% of \\$5 \\& \\#1\\_a \\{b\\} \\textbackslash{}c \\textasciitilde{} \\textasciicircum{}: ``It's -- done'' {\\dots} `so'}}",
		"journal": `{{Ink \& Iron}}`, "volume": "{2}", "number": "{7/8}", "year": "2018", "month": "mar", "pages": "{iv--12}",
		"doi": "{10.5555/a_b%c}", "issn": "{1234-5679}", "url": "{https://x.example/a_b/?q=%7B1%7D#c%20d}", "language": "{en-GB}",
		"note": "{Edited by Ed Itor; Bo Quill (photographer)}", "abstract": `{{\"O}fter als gedacht.}`, "keywords": "{type, ink}"} {
		if got := f[keys[1]][name]; got != want {
			t.Errorf("%s = %s\nwant %s", name, got, want)
		}
	}
	if a := f[keys[3]]["author"]; a != `{N{\'u}{\~n}ez, Zo{\"e}}` {
		t.Errorf("who was interviewed stands for an author: %s", a)
	}
	if p, ok := f[keys[3]]["pages"]; ok {
		t.Errorf("pages that nobody knows: %s", p)
	}
	if got := f[keys[0]]["address"]; got != `{{\L}{\'o}d{\'z}}` {
		t.Errorf("place %s", got)
	}
	if got := f[keys[2]]["title"]; got != "{{Разговор 毛泽东}}" {
		t.Errorf("another script: %s", got)
	}
}

func TestBiblatex(t *testing.T) {
	keys, kinds, f := readBib(t, written(t, Biblatex, works()))
	if kinds[keys[0]] != "periodical" {
		t.Errorf("kinds %v", kinds)
	}
	for name, want := range map[string]string{"author": `{Gößnitz, Jörg and {Jan van der Berg} and Ångström, Łukasz}`, "date": "{2018-03}", "editor": "{Itor, Ed}",
		"journaltitle": `{{Ink \& Iron}}`, "issuetitle": "{{Room}}", "langid": "{british}", "pages": "{iv–12}", "subtitle": "{{“It’s – done” … ‘so’}}"} {
		if got := f[keys[1]][name]; got != want {
			t.Errorf("%s = %s\nwant %s", name, got, want)
		}
	}
	if got := f[keys[2]]["translator"]; got != "{Ans, T. R.}" {
		t.Errorf("translator %s", got)
	}
}

// TestDates: what is known of a date is said, and no more.
func TestDates(t *testing.T) {
	day := time.Date(2018, 3, 5, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		d             document.Date
		bib, ris, csl string
	}{
		{document.Date{}, "", "", ""},
		{document.Date{Printed: "Winter 2018"}, "{Winter 2018}//", "///Winter 2018", "Winter 2018"},
		{document.Date{Time: day, Precision: 1}, "2018//", "2018///", "[2018]"},
		{document.Date{Time: day, Precision: 2, Printed: "Spring 2018"}, "2018/mar/", "2018/03//Spring 2018", "[2018 3]"},
		{document.Date{Time: day, Precision: 3}, "2018/mar/5", "2018/03/05/", "[2018 3 5]"},
	} {
		w := []*reference.Work{{Key: "k", Article: &document.Article{}, Title: "T", Journal: &document.Journal{}, Date: c.d}}
		_, _, f := readBib(t, written(t, BibTeX, w))
		if got := f["k"]["year"] + "/" + f["k"]["month"] + "/" + f["k"]["day"]; got != c.bib && (c.bib != "" || got != "//") {
			t.Errorf("%+v: BibTeX %s", c.d, got)
		}
		if got := readRIS(t, written(t, RIS, w))[0]["DA"]; strings.Join(got, "") != c.ris {
			t.Errorf("%+v: RIS %q", c.d, got)
		}
		var items []cslItem
		if err := json.Unmarshal([]byte(written(t, CSL, w)), &items); err != nil {
			t.Fatal(err)
		}
		got := ""
		if is := items[0].Issued; is != nil {
			if got = is.Literal; got == "" {
				got = fmt.Sprint(is.Parts[0])
			}
		}
		if got != c.csl {
			t.Errorf("%+v: CSL %q", c.d, got)
		}
	}
}

// readRIS reads records: a tag of two characters, two blanks, a hyphen, a blank, the value.
func readRIS(t *testing.T, s string) (records []map[string][]string) {
	t.Helper()
	record := map[string][]string{}
	for _, line := range strings.Split(s, "\r\n") {
		if line == "" {
			continue
		}
		if len(line) < 6 || line[2:6] != "  - " {
			t.Fatalf("no line of RIS: %q", line)
		}
		if line[:2] == "ER" {
			records = append(records, record)
			record = map[string][]string{}
			continue
		}
		record[line[:2]] = append(record[line[:2]], line[6:])
	}
	if len(record) > 0 {
		t.Errorf("a record is not ended: %v", record)
	}
	return records
}

func TestRIS(t *testing.T) {
	s := written(t, RIS, works())
	if !strings.HasPrefix(s, "TY  - JFULL\r\n") || strings.Count(s, "\r\nER  - \r\n") != 4 || strings.Contains(strings.ReplaceAll(s, "\r\n", ""), "\n") {
		t.Errorf("the form is wrong: %q", s)
	}
	rs := readRIS(t, s)
	want := map[string][]string{"TY": {"JOUR"}, "AU": {"Gößnitz, Jörg", "Jan van der Berg", "Ångström, Łukasz"}, "A2": {"Itor, Ed"}, "T2": {"Ink & Iron"},
		"VL": {"2"}, "IS": {"7/8"}, "PY": {"2018"}, "DA": {"2018/03//Spring 2018"}, "SP": {"iv"}, "EP": {"12"}, "SN": {"1234-5679"}, "DO": {"10.5555/a_b%c"},
		"KW": {"type", "ink"}, "N1": {"Bo Quill (photographer)"}, "AB": {"Öfter als gedacht."}}
	for tag, v := range want {
		if !slices.Equal(rs[1][tag], v) {
			t.Errorf("%s: %q, want %q", tag, rs[1][tag], v)
		}
	}
	if !slices.Equal(rs[2]["A4"], []string{"Ans, T. R."}) || !slices.Equal(rs[2]["N1"], []string{"Interview with Лев Толстой"}) {
		t.Errorf("roles: %v", rs[2])
	}
	if _, ok := rs[3]["SP"]; ok {
		t.Error("pages that nobody knows")
	}
}

func TestCSL(t *testing.T) {
	s := written(t, CSL, works())
	var items []map[string]any
	if err := json.Unmarshal([]byte(s), &items); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, it := range items {
		ids[it["id"].(string)] = true
	}
	if len(ids) != 4 || items[0]["type"] != "periodical" || items[1]["page"] != "iv-12" || items[1]["container-title"] != "Ink & Iron" || items[3]["page"] != nil {
		t.Errorf("%s", s)
	}
	if a := items[2]["author"].([]any)[0].(map[string]any); !maps.Equal(a, map[string]any{"family": "Толстой", "given": "Лев"}) || items[2]["interviewer"] == nil || items[2]["translator"] == nil {
		t.Errorf("an interview opens with who was asked: %v", items[2])
	}
	if a := items[1]["author"].([]any)[0].(map[string]any); !maps.Equal(a, map[string]any{"family": "Gößnitz", "given": "Jörg"}) {
		t.Errorf("%v", a)
	}
}
