package cite

import (
	"fmt"
	"io"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
)

// RIS writes references in the format of Research Information Systems (specification of 2011), which Zotero, EndNote, Mendeley
// and library catalogues read: a tag, a value, a line each, ended by carriage return and line feed.
func RIS(w io.Writer, works []*reference.Work) error {
	var r ris
	for _, work := range works {
		r.work(work)
	}
	_, err := io.WriteString(w, r.String())
	return err
}

type ris struct{ strings.Builder }

func (r *ris) tag(name, value string) {
	if value = strings.Join(strings.Fields(value), " "); value != "" {
		r.WriteString(name + "  - " + value + "\r\n")
	}
}

func (r *ris) people(tag string, ps []document.Person, lang string) {
	for _, p := range ps {
		if family, given, ok := names.Split(p, lang); ok {
			r.tag(tag, family+", "+given)
		} else {
			r.tag(tag, p.Name)
		}
	}
}

func (r *ris) work(w *reference.Work) {
	j := w.Journal
	if w.Article == nil {
		r.tag("TY", "JFULL")
		if j.Title != "" {
			r.tag("TI", j.Title)
			r.tag("T3", w.IssueTitle)
		} else {
			r.tag("TI", w.Title)
		}
		r.people("A2", w.Editors, w.Language)
	} else {
		r.tag("TY", "JOUR")
		r.people("AU", w.Creators(), w.Language)
		r.tag("TI", w.FullTitle())
		r.tag("T2", j.Title)
		r.people("A2", w.Editors, w.Language)
	}
	r.people("A4", w.Translators, w.Language)
	r.tag("VL", w.Volume)
	r.tag("IS", w.Number)
	r.date(w.Date)
	r.tag("SP", w.Pages.First)
	r.tag("EP", w.Pages.Last)
	r.tag("SN", j.ISSN)
	r.tag("DO", w.DOI)
	r.tag("UR", w.URL)
	r.tag("LA", w.Language)
	r.tag("PB", j.Publisher)
	r.tag("CY", j.Place)
	r.tag("M3", w.Genre)
	if len(w.Authors) > 0 {
		for _, p := range w.Interviewees {
			r.tag("N1", "Interview with "+p.Name)
		}
	}
	for _, p := range w.Others {
		r.tag("N1", p.Credit())
	}
	r.tag("AB", w.Abstract)
	for _, k := range w.Keywords {
		r.tag("KW", k)
	}
	r.tag("ID", w.Key)
	r.WriteString("ER  - \r\n\r\n")
}

// date tells the year, and the date as YYYY/MM/DD/ and words: parts that are not known are empty.
func (r *ris) date(d document.Date) {
	t := d.Time.UTC()
	switch d.Precision {
	case 1:
		r.tag("PY", t.Format("2006"))
		r.tag("DA", t.Format("2006")+"///"+d.Printed)
	case 2:
		r.tag("PY", t.Format("2006"))
		r.tag("DA", t.Format("2006/01")+"//"+d.Printed)
	case 3:
		r.tag("PY", t.Format("2006"))
		r.tag("DA", t.Format("2006/01/02")+"/"+d.Printed)
	default:
		if d.Printed != "" {
			r.tag("DA", fmt.Sprintf("///%s", d.Printed))
		}
	}
}
