package check

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/layout/roman"
)

// A pdfTextReader reads what a PDF says by its structure tree (ISO 32000-1 § 14.7).
type pdfTextReader struct {
	textReader
	file    *pdfFile
	out     *editionText
	marked  map[pdfRef]map[int]string // text of marked content, by page and MCID
	labels  map[pdfRef]string         // of pages
	roles   pdfDict
	notes   map[string]*noteText // by ID
	wanted  []wantedNote
	outside []unit
	article *articleText
	depth   int
}

// readPDFText reads a tagged PDF in the order of its structure.
func readPDFText(data []byte) (*editionText, error) {
	f := readPDF(data)
	catalog := f.dict(f.trailer["Root"])
	root := f.dict(catalog["StructTreeRoot"])
	switch {
	case f.trailer["Encrypt"] != nil:
		return nil, errors.New("the PDF is encrypted")
	case catalog == nil:
		return nil, errors.New("the PDF has no catalogue")
	case root == nil:
		return nil, errors.New("the PDF is not tagged: what it says cannot be read in order")
	}
	r := &pdfTextReader{file: f, out: &editionText{}, marked: map[pdfRef]map[int]string{}, labels: map[pdfRef]string{},
		roles: f.dict(root["RoleMap"]), notes: map[string]*noteText{}}
	r.items = &r.outside
	lang, _ := f.get(catalog["Lang"]).(pdfString)
	title, _ := f.get(f.dict(f.trailer["Info"])["Title"]).(pdfString)
	r.out.lang, r.out.title, r.lang = string(lang), plainly(string(title)), string(lang)
	pages := f.pageOrder(f.dict(catalog["Pages"]), catalog["Pages"], 0)
	labels := f.pageLabels(catalog, len(pages))
	for i, p := range pages {
		r.labels[p] = labels[i]
		plain := ""
		r.marked[p], plain = f.pageText(f.dict(p))
		r.block++
		r.say(plain) // running heads
		r.paragraph()
	}
	for _, k := range f.list(root["K"]) {
		r.element(k, 0)
	}
	r.paragraph()
	r.settle()
	return r.out, nil
}

// settle joins the marks to their notes. A document that does not tell its articles apart is one.
func (r *pdfTextReader) settle() {
	for _, w := range r.wanted {
		it := &(*w.items)[w.at]
		if it.note = r.notes[w.key]; it.note == nil {
			it.kind, it.text = linkItem, pdfPlace(w.key)
		}
	}
	if len(r.out.articles) == 0 {
		r.out.articles = []*articleText{{items: r.outside}}
		r.outside = nil
	}
	for _, a := range r.out.articles {
		for _, it := range a.items {
			if it.kind == noteItem && it.note != nil && !slices.Contains(a.notes, it.note) {
				a.notes = append(a.notes, it.note)
			}
		}
	}
	r.out.outside = outsideOf(r.outside)
}

// pdfPlace names a named place as the EPUB's ids are named.
func pdfPlace(dest string) string {
	article, id, _ := strings.Cut(dest, "--")
	switch {
	case strings.HasPrefix(id, "note-") && strings.Contains(id, "-ref"):
		return "noteref"
	case strings.HasPrefix(id, "note-"):
		return "note"
	}
	return placeName(article, id)
}

// element reads a structure element, or what else stands among an element's kids.
func (r *pdfTextReader) element(v any, page pdfRef) {
	if r.depth++; r.depth > deepest {
		return
	}
	defer func() { r.depth-- }()
	d := r.file.dict(v)
	switch {
	case d == nil, d["Type"] == pdfName("OBJR"):
		return
	case d["Type"] == pdfName("MCR"):
		r.content(d["MCID"], reference(d["Pg"], page))
		return
	}
	page = reference(d["Pg"], page)
	if p := r.labels[page]; p != "" {
		r.at.page = p
	}
	if s, ok := r.file.get(d["ActualText"]).(pdfString); ok {
		r.say(string(s))
		return
	}
	lang, level := r.lang, r.level
	defer func() { r.lang, r.level = lang, level }()
	if l, ok := r.file.get(d["Lang"]).(pdfString); ok && l != "" {
		r.lang = string(l)
	}
	switch kind := r.role(d["S"]); kind {
	case "Art":
		r.inArticle(d, page)
	case "Note", "FENote":
		r.note(d, page)
	case "Figure":
		r.pictureOrFormula(d, page, pictureItem)
	case "Formula":
		r.pictureOrFormula(d, page, formulaItem)
	case "Reference", "Link":
		r.link(d, page)
	case "TOC", "RP", "Artifact":
	case "Lbl":
		r.label(d, page)
	case "H1", "H2", "H3", "H4", "H5", "H6":
		r.paragraph()
		from := len(*r.items)
		r.level = int(kind[1] - '0')
		r.kids(d, page)
		r.paragraph()
		if r.article != nil && r.article.title == "" && kind == "H1" {
			r.article.title = says((*r.items)[from:])
		}
	case "Span", "Quote", "Code", "Ruby", "RB", "RT", "Warichu", "WT", "WP", "Em", "Strong", "Sub":
		if kind == "Code" && r.holdsBlocks(d) {
			r.paragraph()
		}
		r.kids(d, page)
	default:
		r.paragraph()
		r.kids(d, page)
		r.paragraph()
	}
}

// inArticle reads an article.
func (r *pdfTextReader) inArticle(d pdfDict, page pdfRef) {
	if r.article != nil {
		r.kids(d, page)
		return
	}
	r.paragraph()
	r.article = &articleText{}
	r.out.articles = append(r.out.articles, r.article)
	items := r.items
	r.items = &r.article.items
	r.kids(d, page)
	r.paragraph()
	r.items, r.article = items, nil
}

// note reads a note, which stands by itself.
func (r *pdfTextReader) note(d pdfDict, page pdfRef) {
	r.end() // the text around it may go on within a paragraph
	n := &noteText{}
	id, _ := r.file.get(d["ID"]).(pdfString)
	r.notes[string(id)] = n
	n.number = string(id[len(strings.TrimRight(string(id), "0123456789")):])
	if r.article != nil {
		r.article.notes = append(r.article.notes, n)
	}
	items, block, at := r.items, r.block, r.at
	r.items = &n.items
	r.kids(d, page)
	r.end()
	r.items, r.at = items, at
	r.block = max(r.block, block) + 1
}

// pictureOrFormula reads what has an alternative, and the caption that stands within it in PDF 2.0.
func (r *pdfTextReader) pictureOrFormula(d pdfDict, page pdfRef, kind kindOf) {
	alt, _ := r.file.get(d["Alt"]).(pdfString)
	if text := plainly(string(alt)); text != "" {
		r.put(kind, text)
	}
	for _, k := range r.file.list(d["K"]) {
		if c := r.file.dict(k); r.role(c["S"]) == "Caption" {
			r.element(k, page)
		}
	}
}

// link reads a link: where its annotations lead, then its words. The mark of a note is a link, in a Reference, to the note.
func (r *pdfTextReader) link(d pdfDict, page pdfRef) {
	uri, dest, mark := "", "", r.role(d["S"]) == "Reference"
	var find func(v any, depth int)
	find = func(v any, depth int) {
		k := r.file.dict(v)
		if depth > 4 || k == nil {
			return
		}
		if k["Type"] == pdfName("OBJR") {
			a := r.file.dict(k["Obj"])
			if s, ok := r.file.get(r.file.dict(a["A"])["URI"]).(pdfString); ok && uri == "" {
				uri = string(s)
			}
			if s, ok := r.file.get(a["Dest"]).(pdfString); ok && dest == "" {
				dest = string(s)
			}
			if a["Dest"] == nil && a["A"] == nil || dest != "" || uri != "" {
				return
			}
			uri = "\x00"
			return
		}
		for _, kid := range r.file.list(k["K"]) {
			find(kid, depth+1)
		}
	}
	find(d, 0)
	switch {
	case mark && dest != "":
		r.put(noteItem, "")
		r.wanted = append(r.wanted, wantedNote{r.items, len(*r.items) - 1, dest})
		return
	case mark:
	case dest != "":
		r.put(linkItem, pdfPlace(dest))
	case uri == "\x00":
		r.put(linkItem, "") // it leads somewhere that has no name
	case uri != "":
		r.put(linkItem, uri)
	}
	r.kids(d, page)
}

// label reads a label, if it is more than a number or a sign: of a task it says whether it is done.
func (r *pdfTextReader) label(d pdfDict, page pdfRef) {
	if !r.isLabel(d) {
		r.paragraph()
		r.kids(d, page)
		r.paragraph()
		return
	}
	if r.role(r.file.dict(d["P"])["S"]) != "LI" {
		return
	}
	r.paragraph()
	from, wanted := len(*r.items), len(r.wanted)
	r.kids(d, page)
	r.end()
	if read := *r.items; len(read) != from+1 || !strings.Contains("☐☑☒", read[from].text) {
		*r.items, r.wanted = read[:from], r.wanted[:wanted]
	}
}

// isLabel reports whether an Lbl is a number or a sign and no word of the text: that of a note, or of an item of a list whose
// ListNumbering says so. The term of a list of definitions is an Lbl, too.
func (r *pdfTextReader) isLabel(d pdfDict) bool {
	parent := r.file.dict(d["P"])
	if kind := r.role(parent["S"]); kind != "LI" {
		return true
	}
	list := r.file.dict(parent["P"])
	for _, a := range r.file.list(list["A"]) {
		if n, ok := r.file.get(r.file.dict(a)["ListNumbering"]).(pdfName); ok {
			return !slices.Contains([]pdfName{"", "None", "Unordered", "Description"}, n)
		}
	}
	return false
}

// holdsBlocks reports whether an element has others that begin lines of their own.
func (r *pdfTextReader) holdsBlocks(d pdfDict) bool {
	for _, k := range r.file.list(d["K"]) {
		if c := r.file.dict(k); c != nil && r.role(c["S"]) == "P" {
			return true
		}
	}
	return false
}

func (r *pdfTextReader) kids(d pdfDict, page pdfRef) {
	for _, k := range r.file.list(d["K"]) {
		if id, ok := r.file.get(k).(float64); ok {
			r.content(id, page)
			continue
		}
		r.element(k, page)
	}
}

// content reads a piece of marked content.
func (r *pdfTextReader) content(id any, page pdfRef) {
	n, ok := r.file.get(id).(float64)
	if !ok {
		return
	}
	if p := r.labels[page]; p != "" {
		r.at.page = p
	}
	r.say(r.marked[page][int(n)])
}

// role gives a structure type, or the standard type that stands for it.
func (r *pdfTextReader) role(v any) string {
	s, _ := r.file.get(v).(pdfName)
	for range 8 {
		to, ok := r.file.get(r.roles[s]).(pdfName)
		if !ok {
			break
		}
		s = to
	}
	return string(s)
}

func reference(v any, otherwise pdfRef) pdfRef {
	if ref, ok := v.(pdfRef); ok {
		return ref
	}
	return otherwise
}

// list gives an array's values, or the one value that is none.
func (f *pdfFile) list(v any) []any {
	switch a := f.get(v).(type) {
	case nil:
		return nil
	case []any:
		return a
	}
	return []any{v}
}

// pageOrder lists the pages (§ 7.7.3).
func (f *pdfFile) pageOrder(node pdfDict, ref any, depth int) (pages []pdfRef) {
	if depth > pdfMaxDepth {
		return nil
	}
	if id, ok := ref.(pdfRef); ok && node["Kids"] == nil {
		return []pdfRef{id}
	}
	for _, k := range f.list(node["Kids"]) {
		pages = append(pages, f.pageOrder(f.dict(k), k, depth+1)...)
	}
	return pages
}

// pageLabels gives the label of each page (§ 12.4.2): its number in the file when none is told.
func (f *pdfFile) pageLabels(catalog pdfDict, pages int) []string {
	out := make([]string, pages)
	for i := range out {
		out[i] = strconv.Itoa(i + 1)
	}
	nums := f.list(f.dict(catalog["PageLabels"])["Nums"])
	for i := 0; i+1 < len(nums); i += 2 {
		from, ok := f.get(nums[i]).(float64)
		if !ok {
			continue
		}
		d := f.dict(nums[i+1])
		start, ok := f.get(d["St"]).(float64)
		if !ok {
			start = 1
		}
		prefix, _ := f.get(d["P"]).(pdfString)
		for k := max(int(from), 0); k < pages; k++ {
			n, label := int(start)+k-int(from), ""
			switch f.get(d["S"]) {
			case pdfName("D"):
				label = strconv.Itoa(n)
			case pdfName("r"):
				label = roman.Write(n)
			case pdfName("R"):
				label = strings.ToUpper(roman.Write(n))
			}
			out[k] = string(prefix) + label
		}
	}
	return out
}
