package check

import (
	"strings"
	"unicode/utf16"
)

// pageText reads a page's content streams (ISO 32000-1 § 7.8.2): what each piece of marked content says (§ 14.6), and what
// stands in none.
func (f *pdfFile) pageText(page pdfDict) (marked map[int]string, plain string) {
	var content []byte
	for _, ref := range f.list(page["Contents"]) {
		content = append(append(content, f.stream(ref)...), '\n')
	}
	resources := f.inherited(page, "Resources")
	p := &pdfPage{file: f, properties: f.dict(resources["Properties"]), fonts: map[pdfName]*pdfFont{}, said: map[int]*strings.Builder{}}
	p.fontDicts = f.dict(resources["Font"])
	p.read(content)
	marked = make(map[int]string, len(p.said))
	for id, b := range p.said {
		marked[id] = b.String()
	}
	return marked, p.plain.String()
}

// inherited looks for a page's attribute, and for its parents' (§ 7.7.3.4).
func (f *pdfFile) inherited(page pdfDict, key pdfName) pdfDict {
	for range pdfMaxDepth {
		if d := f.dict(page[key]); d != nil || page == nil {
			return d
		}
		page = f.dict(page["Parent"])
	}
	return nil
}

// stream gives the content of a stream, unpacked.
func (f *pdfFile) stream(v any) []byte {
	ref, ok := v.(pdfRef)
	if !ok {
		return nil
	}
	return unpackStream(f.dict(ref), f.packed[ref])
}

// A pdfPage is a page being read.
type pdfPage struct {
	file       *pdfFile
	properties pdfDict
	fontDicts  pdfDict
	fonts      map[pdfName]*pdfFont
	font       *pdfFont
	open       []pdfMark
	said       map[int]*strings.Builder
	plain      strings.Builder
}

// A pdfMark is marked content that is open.
type pdfMark struct {
	id     int  // -1 for none
	spoken bool // its text was given
}

func (p *pdfPage) read(content []byte) {
	s := &pdfScanner{b: content, raw: true}
	var operands []any
	for {
		s.space()
		if s.i >= len(s.b) {
			return
		}
		before := s.i
		if c := s.b[s.i]; c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '\'' || c == '"' {
			p.operator(s.word(), operands)
			if s.i == before {
				s.i++
			}
			operands = operands[:0]
			continue
		}
		operands = append(operands, s.value(0))
		if s.i == before {
			s.i++
		}
		if len(operands) > 1<<16 {
			operands = operands[:0]
		}
	}
}

func (p *pdfPage) operator(name string, operands []any) {
	last := func() any {
		if len(operands) == 0 {
			return nil
		}
		return operands[len(operands)-1]
	}
	switch name {
	case "Tf":
		if len(operands) > 0 {
			if name, ok := operands[0].(pdfName); ok {
				p.setFont(name)
			}
		}
	case "Tj", "'", "\"":
		if s, ok := last().(pdfString); ok {
			p.show(s)
		}
	case "TJ":
		a, _ := last().([]any)
		for _, v := range a {
			if s, ok := v.(pdfString); ok {
				p.show(s)
			}
		}
	case "BMC":
		p.open = append(p.open, pdfMark{id: -1})
	case "BDC":
		p.begin(last())
	case "EMC":
		if n := len(p.open); n > 0 {
			p.open = p.open[:n-1]
		}
	case "ET":
		if p.id() < 0 {
			p.plain.WriteByte(' ')
		}
	}
}

// begin opens marked content that has properties, given or by name.
func (p *pdfPage) begin(properties any) {
	d, ok := properties.(pdfDict)
	if name, named := properties.(pdfName); named && !ok {
		d = p.file.dict(p.properties[name])
	}
	m := pdfMark{id: -1}
	if n, ok := d["MCID"].(float64); ok {
		m.id = int(n)
		if p.said[m.id] == nil {
			p.said[m.id] = &strings.Builder{}
		}
	}
	p.open = append(p.open, m)
	if s, ok := d["ActualText"].(pdfString); ok && !p.silent() {
		p.say(string(pdfText([]byte(s))))
		p.open[len(p.open)-1].spoken = true
	}
}

func (p *pdfPage) silent() bool {
	for _, m := range p.open {
		if m.spoken {
			return true
		}
	}
	return false
}

// id is the innermost marked content that is of the structure, -1 when there is none.
func (p *pdfPage) id() int {
	for i := len(p.open) - 1; i >= 0; i-- {
		if p.open[i].id >= 0 {
			return p.open[i].id
		}
	}
	return -1
}

func (p *pdfPage) say(s string) {
	if id := p.id(); id >= 0 {
		p.said[id].WriteString(s)
		return
	}
	p.plain.WriteString(s)
}

func (p *pdfPage) setFont(name pdfName) {
	if p.fonts[name] == nil {
		p.fonts[name] = p.file.font(p.file.dict(p.fontDicts[name]))
	}
	p.font = p.fonts[name]
}

func (p *pdfPage) show(s pdfString) {
	if p.font == nil || p.silent() {
		return
	}
	for i := 0; i < len(s); {
		code := int(s[i])
		i++
		if p.font.wide && i < len(s) {
			code = code<<8 | int(s[i])
			i++
		}
		text, ok := p.font.text[code]
		if !ok && !p.font.wide {
			text = string(rune(code)) // Latin, near enough
		}
		p.say(text)
	}
}

// A pdfFont is what a font's codes stand for.
type pdfFont struct {
	wide bool // codes of two bytes
	text map[int]string
}

// font reads a font's ToUnicode map (§ 9.10.3).
func (f *pdfFile) font(d pdfDict) *pdfFont {
	if ref, ok := d["ToUnicode"].(pdfRef); ok {
		if f.fonts[ref] == nil {
			f.fonts[ref] = &pdfFont{wide: f.get(d["Subtype"]) == pdfName("Type0"), text: readToUnicode(f.stream(ref))}
		}
		return f.fonts[ref]
	}
	return &pdfFont{wide: f.get(d["Subtype"]) == pdfName("Type0")}
}

// readToUnicode reads the parts of a CMap that give codes their characters: bfchar and bfrange.
func readToUnicode(cmap []byte) map[int]string {
	out := map[int]string{}
	s := &pdfScanner{b: cmap, raw: true}
	var operands []any
	for {
		s.space()
		if s.i >= len(s.b) {
			return out
		}
		before := s.i
		v := s.value(0)
		if s.i == before {
			s.i++
			continue
		}
		switch v {
		case pdfName("endbfchar"):
			for i := 0; i+1 < len(operands); i += 2 {
				out[codeOf(operands[i])] = utf16Text(operands[i+1])
			}
		case pdfName("endbfrange"):
			for i := 0; i+2 < len(operands); i += 3 {
				readRange(out, codeOf(operands[i]), codeOf(operands[i+1]), operands[i+2])
			}
		}
		switch v.(type) {
		case pdfString, []any:
			operands = append(operands, v)
		default:
			operands = operands[:0]
		}
	}
}

func readRange(out map[int]string, from, to int, v any) {
	if each, ok := v.([]any); ok {
		for i := 0; i < len(each) && from+i <= to; i++ {
			out[from+i] = utf16Text(each[i])
		}
		return
	}
	text := []rune(utf16Text(v))
	for code := from; len(text) > 0 && code <= min(to, from+0xffff); code++ {
		out[code] = string(text)
		text[len(text)-1]++
	}
}

func codeOf(v any) int {
	s, _ := v.(pdfString)
	n := 0
	for i := range min(len(s), 4) {
		n = n<<8 | int(s[i])
	}
	return n
}

func utf16Text(v any) string {
	s, _ := v.(pdfString)
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}
