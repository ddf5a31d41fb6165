package pdf

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// A readElement is a structure element as a reader of the finished file finds it.
type readElement struct {
	kind, id, lang, alt, title, actual, scope, decoration string
	parts                                                 []any // string, *readElement, or readLink
}

// A readLink is an annotation found in the tree.
type readLink struct{ uri, dest, contents string }

// text is all that the element and what is below it says, but for the elements that skip refuses.
func (e *readElement) text(skip func(*readElement) bool) string {
	if e.actual != "" {
		return e.actual
	}
	var b strings.Builder
	for _, p := range e.parts {
		switch p := p.(type) {
		case string:
			b.WriteString(p)
		case *readElement:
			if skip == nil || !skip(p) {
				b.WriteString(p.text(skip))
			}
		}
	}
	return b.String()
}

// each visits an element and all below it, in reading order; visit says whether to go on below.
func (e *readElement) each(visit func(*readElement) bool) {
	if !visit(e) {
		return
	}
	for _, p := range e.parts {
		if k, ok := p.(*readElement); ok {
			k.each(visit)
		}
	}
}

// A reading is a PDF file being read back, with another's library.
type reading struct {
	t     testing.TB
	x     *model.XRefTable
	pages map[int]map[int]string // text of marked content by number of the page object and MCID
	plain map[int]string         // text outside of the structure
	dests map[string]bool
}

// readBack reads the structure tree of a finished file.
func readBack(t testing.TB, data []byte) (*readElement, *reading) {
	t.Helper()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationStrict
	ctx, err := api.ReadContext(bytes.NewReader(data), conf)
	if err != nil {
		t.Fatal(err)
	}
	if err := api.ValidateContext(ctx); err != nil {
		t.Fatal(err)
	}
	r := &reading{t: t, x: ctx.XRefTable, pages: map[int]map[int]string{}, plain: map[int]string{}, dests: map[string]bool{}}
	for n := 1; n <= ctx.PageCount; n++ {
		page, ref, _, err := ctx.PageDict(n, false)
		if err != nil {
			t.Fatal(err)
		}
		content, err := ctx.PageContent(page, n)
		if err != nil && !errors.Is(err, model.ErrNoContent) {
			t.Fatal(err)
		}
		r.shown(page, content)
		number := ref.ObjectNumber.Value()
		r.pages[number], r.plain[number] = r.markedText(content, r.fonts(page))
	}
	catalog, err := ctx.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	root := r.dict(r.dict(catalog["StructTreeRoot"])["K"])
	return r.element(root, 0), r
}

var do = regexp.MustCompile(`/(\S+) Do\b`)

// shown asks that a page has what it draws.
func (r *reading) shown(page types.Dict, content []byte) {
	has := r.dict(r.dict(page["Resources"])["XObject"])
	for _, m := range do.FindAllSubmatch(content, -1) {
		if has[string(m[1])] == nil {
			r.t.Errorf("a page draws %s, which it does not have", m[1])
		}
	}
}

func (r *reading) get(o types.Object) types.Object {
	v, err := r.x.Dereference(o)
	if err != nil {
		r.t.Fatal(err)
	}
	return v
}

func (r *reading) dict(o types.Object) types.Dict {
	d, _ := r.get(o).(types.Dict)
	return d
}

func (r *reading) string(o types.Object) string {
	switch v := r.get(o).(type) {
	case types.StringLiteral:
		b, err := types.Unescape(v.Value())
		if err != nil {
			r.t.Fatal(err)
		}
		return decodeText(b)
	case types.HexLiteral:
		b, err := v.Bytes()
		if err != nil {
			r.t.Fatal(err)
		}
		return decodeText(b)
	case types.Name:
		return v.Value()
	}
	return ""
}

func decodeText(b []byte) string {
	if len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff {
		return fromUTF16(b[2:])
	}
	return string(b)
}

func fromUTF16(b []byte) string {
	var u []uint16
	for i := 0; i+1 < len(b); i += 2 {
		u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(u))
}

func (r *reading) element(d types.Dict, page int) *readElement {
	e := &readElement{kind: r.string(d["S"]), id: r.string(d["ID"]), lang: r.string(d["Lang"]), alt: r.string(d["Alt"]),
		title: r.string(d["T"]), actual: r.string(d["ActualText"])}
	for _, a := range r.list(d["A"]) {
		e.scope += r.string(r.dict(a)["Scope"])
		e.decoration += r.string(r.dict(a)["TextDecorationType"])
	}
	if ref, ok := d["Pg"].(types.IndirectRef); ok {
		page = ref.ObjectNumber.Value()
	}
	for _, k := range r.list(d["K"]) {
		switch v := r.get(k).(type) {
		case types.Integer:
			e.parts = append(e.parts, r.marked(page, v.Value()))
		case types.Dict:
			switch r.string(v["Type"]) {
			case "MCR":
				e.parts = append(e.parts, r.marked(v["Pg"].(types.IndirectRef).ObjectNumber.Value(), r.get(v["MCID"]).(types.Integer).Value()))
			case "OBJR":
				a := r.dict(v["Obj"])
				e.parts = append(e.parts, readLink{uri: r.string(r.dict(a["A"])["URI"]), dest: r.string(a["Dest"]), contents: r.string(a["Contents"])})
			default:
				e.parts = append(e.parts, r.element(v, page))
			}
		}
	}
	return e
}

func (r *reading) list(o types.Object) types.Array {
	switch v := r.get(o).(type) {
	case nil:
		return nil
	case types.Array:
		return v
	}
	return types.Array{o}
}

func (r *reading) marked(page, mcid int) string {
	text, ok := r.pages[page][mcid]
	if !ok {
		r.t.Errorf("the structure names marked content %d of page object %d, which is not there", mcid, page)
	}
	return text
}

// fonts reads the ToUnicode maps of a page's fonts.
func (r *reading) fonts(page types.Dict) map[string]map[int]string {
	out := map[string]map[int]string{}
	for name, o := range r.dict(r.dict(page["Resources"])["Font"]) {
		sd, _, err := r.x.DereferenceStreamDict(r.dict(o)["ToUnicode"])
		if err != nil || sd == nil {
			r.t.Fatalf("font %s has no ToUnicode: %v", name, err)
		}
		if err := sd.Decode(); err != nil {
			r.t.Fatal(err)
		}
		out[name] = toUnicodeMap(string(sd.Content))
	}
	return out
}

func toUnicodeMap(cmap string) map[int]string {
	out := map[int]string{}
	number := func(s string) int { v, _ := strconv.ParseInt(s, 16, 32); return int(v) }
	mode := ""
	for _, line := range strings.Split(cmap, "\n") {
		switch {
		case strings.HasSuffix(line, " beginbfchar"):
			mode = "char"
		case strings.HasSuffix(line, " beginbfrange"):
			mode = "range"
		case strings.HasPrefix(line, "end"):
			mode = ""
		case mode != "":
			f := strings.FieldsFunc(line, func(r rune) bool { return r == '<' || r == '>' })
			b, _ := hex.DecodeString(f[len(f)-1])
			text := fromUTF16(b)
			if mode == "char" {
				out[number(f[0])] = text
				continue
			}
			for c := number(f[0]); c <= number(f[1]); c++ {
				out[c] = text
				runes := []rune(text)
				runes[len(runes)-1]++
				text = string(runes)
			}
		}
	}
	return out
}

// markedText reads a content stream: what each marked-content sequence says, and what stands in none. It fails when
// marked content and text objects do not nest.
func (r *reading) markedText(content []byte, fonts map[string]map[int]string) (map[int]string, string) {
	marked := map[int]string{}
	var plain strings.Builder
	type level struct {
		mcid   int
		inText bool
		actual bool
	}
	var open []level
	var font map[int]string
	inText := false
	say := func(s string) {
		mcid := -1
		for i := len(open) - 1; i >= 0; i-- {
			if open[i].actual {
				return // said already, when it was opened
			}
			if open[i].mcid >= 0 && mcid < 0 {
				mcid = open[i].mcid
			}
		}
		if mcid >= 0 {
			marked[mcid] += s
		} else {
			plain.WriteString(s)
		}
	}
	decode := func(b []byte) {
		for i := 0; i+1 < len(b); i += 2 {
			code := int(b[i])<<8 | int(b[i+1])
			if code == 0 {
				r.t.Error(".notdef is drawn")
			}
			text, ok := font[code]
			if !ok {
				r.t.Errorf("glyph %d has no meaning", code)
			}
			say(text)
		}
	}
	eachOperator(content, func(operator operatorToken, operands []any) {
		switch operator {
		case "BT":
			inText = true
		case "ET":
			inText = false
		case "Tf":
			font = fonts[string(operands[0].(nameToken))]
		case "Tj":
			decode(operands[0].([]byte))
		case "TJ":
			for _, o := range operands {
				if b, ok := o.([]byte); ok {
					decode(b)
				}
			}
		case "BDC", "BMC":
			l := level{mcid: -1, inText: inText}
			for i, o := range operands {
				if o == nameToken("MCID") {
					l.mcid = int(operands[i+1].(float64))
					if _, twice := marked[l.mcid]; twice {
						r.t.Errorf("marked content %d is opened twice", l.mcid)
					}
					marked[l.mcid] = ""
				}
				if o == nameToken("ActualText") {
					open = append(open, l)
					say(decodeText(operands[i+1].([]byte)))
					open = open[:len(open)-1]
					l.actual = true
				}
			}
			open = append(open, l)
		case "EMC":
			if open[len(open)-1].inText != inText {
				r.t.Error("marked content crosses the edge of a text object")
			}
			open = open[:len(open)-1]
		}
	})
	if len(open) > 0 {
		r.t.Errorf("%d marked-content sequences are left open", len(open))
	}
	return marked, plain.String()
}

// eachOperator goes through a content stream.
func eachOperator(content []byte, f func(operator operatorToken, operands []any)) {
	var operands []any
	for tokens := (&lexer{b: content}); ; {
		tok := tokens.next()
		if tok == nil {
			return
		}
		operator, ok := tok.(operatorToken)
		if !ok {
			operands = append(operands, tok)
			continue
		}
		f(operator, operands)
		operands = operands[:0]
	}
}

type (
	operatorToken string
	nameToken     string
)

// A lexer reads the tokens of a content stream; brackets of arrays and dictionaries are passed over.
type lexer struct {
	b []byte
	i int
}

func (l *lexer) next() any {
	for l.i < len(l.b) {
		switch c := l.b[l.i]; c {
		case ' ', '\n', '\r', '\t', '[', ']', '<', '>':
			l.i++
		case '(':
			return l.str()
		case '/':
			start := l.i + 1
			l.i++
			l.word()
			return nameToken(l.b[start:l.i])
		default:
			start := l.i
			l.word()
			s := string(l.b[start:l.i])
			if v, err := strconv.ParseFloat(s, 64); err == nil {
				return v
			}
			return operatorToken(s)
		}
	}
	return nil
}

func (l *lexer) word() {
	for l.i < len(l.b) && !bytes.ContainsRune([]byte(" \n\r\t[]<>()/"), rune(l.b[l.i])) {
		l.i++
	}
}

func (l *lexer) str() []byte {
	out := []byte{}
	for l.i++; l.b[l.i] != ')'; l.i++ {
		c := l.b[l.i]
		if c == '\\' {
			l.i++
			if c = l.b[l.i]; c == 'r' {
				c = '\r'
			}
		}
		out = append(out, c)
	}
	l.i++
	return out
}

// dumpRead writes a tree as it was read, a line an element, with the text that is its own.
func dumpRead(b *strings.Builder, e *readElement, depth int) {
	fmt.Fprintf(b, "%s%s", strings.Repeat("  ", depth), e.kind)
	for _, a := range []struct{ name, value string }{{"id", e.id}, {"lang", e.lang}, {"alt", e.alt}, {"title", e.title}, {"scope", e.scope}} {
		if a.value != "" {
			fmt.Fprintf(b, " %s=%q", a.name, a.value)
		}
	}
	own := ""
	var links []string
	for _, p := range e.parts {
		switch p := p.(type) {
		case string:
			own += p
		case readLink:
			if l := p.uri + p.dest; !slices.Contains(links, l) {
				links = append(links, l)
			}
		}
	}
	fmt.Fprintf(b, " %q", squeeze(own))
	for _, l := range links {
		fmt.Fprintf(b, " -> %s", l)
	}
	b.WriteByte('\n')
	for _, p := range e.parts {
		if k, ok := p.(*readElement); ok && !softHyphen(k) {
			dumpRead(b, k, depth+1)
		}
	}
}

func softHyphen(e *readElement) bool { return e.kind == "Span" && e.actual == "\u00ad" }

// dumpWanted writes the tree that the input asks for in the same form: each node's own text is what pages show with its
// tag, and nodes without any content are left out.
func dumpWanted(b *strings.Builder, in *input, n *flow.StructNode, own map[layout.Tag]string, drawn map[layout.Tag]bool, depth int) {
	if !wanted(n, drawn) && depth > 0 {
		return
	}
	fmt.Fprintf(b, "%s%s", strings.Repeat("  ", depth), n.Type)
	for _, a := range []struct{ name, value string }{{"id", n.ID}, {"lang", n.Lang}, {"alt", n.Alt}, {"title", n.Title}, {"scope", n.Scope}} {
		if a.value != "" {
			fmt.Fprintf(b, " %s=%q", a.name, a.value)
		}
	}
	fmt.Fprintf(b, " %q", squeeze(own[n.Tag]))
	if n.Link != 0 {
		l := in.Links[n.Link]
		fmt.Fprintf(b, " -> %s", l.URI+l.Dest)
	}
	b.WriteByte('\n')
	for _, k := range n.Children {
		dumpWanted(b, in, k, own, drawn, depth+1)
	}
}

func wanted(n *flow.StructNode, drawn map[layout.Tag]bool) bool {
	if drawn[n.Tag] || n.Type == flow.TD || n.Type == flow.TH {
		return true
	}
	return slices.ContainsFunc(n.Children, func(k *flow.StructNode) bool { return wanted(k, drawn) })
}

// shown gathers what pages show with each tag: the first time, where a table's head is repeated.
func shown(in *input) (text map[layout.Tag]string, drawn map[layout.Tag]bool) {
	text, drawn = map[layout.Tag]string{}, map[layout.Tag]bool{}
	head := map[layout.Tag]bool{}
	var find func(n *flow.StructNode, in bool)
	find = func(n *flow.StructNode, in bool) {
		head[n.Tag] = head[n.Tag] || in
		for _, k := range n.Children {
			find(k, in || n.Type == flow.THead)
		}
	}
	find(in.Structure, false)
	first := map[layout.Tag]*layout.Area{}
	for _, p := range in.Pages {
		for i := range p.Areas {
			area := &p.Areas[i]
			for _, it := range area.Items {
				switch it := it.(type) {
				case *layout.Line:
					order := readingOrder(it)
					for i := range it.Runs {
						r := it.Runs[i]
						if order != nil {
							r = it.Runs[order[i]]
						}
						if r.Artifact || r.Tag == 0 || r.Hyphen {
							continue
						}
						if first[r.Tag] == nil {
							first[r.Tag] = area
						}
						if !head[r.Tag] || first[r.Tag] == area {
							text[r.Tag] += strings.ReplaceAll(r.Text, "\u00ad", "")
							drawn[r.Tag] = true
						}
					}
				case *layout.PictureItem:
					drawn[it.Tag] = true
				}
			}
		}
	}
	delete(drawn, 0)
	return text, drawn
}

func checkTree(t *testing.T, in *input, data []byte) *readElement {
	t.Helper()
	tree, _ := readBack(t, data)
	checkElements(t, in, tree)
	return tree
}

// checkElements compares a tree that was read with the one that was asked for.
func checkElements(t *testing.T, in *input, tree *readElement) {
	t.Helper()
	var got, want strings.Builder
	dumpRead(&got, tree, 0)
	text, drawn := shown(in)
	dumpWanted(&want, in, in.Structure, text, drawn, 0)
	// Spaces are compared elsewhere: a line break may stand for one.
	if g, w := despace(got.String()), despace(want.String()); g != w {
		t.Errorf("the structure tree in the file differs from the one asked for:\n%s", firstDifference(g, w))
	}
}

func despace(s string) string {
	return strings.NewReplacer("\u00a0", "", "\u202f", "", "\u2009", "", `\u00a0`, "", `\u202f`, "", `\u2009`, "", `\n`, "", "\u2002", "", `\u2002`, "", "\u2010", "-", "\u2011", "-").Replace(s)
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}

func TestReadBackSampler(t *testing.T) {
	s := sampler(t)
	data := s.bytes()
	tree := checkTree(t, s.in, data)
	var p *readElement
	tree.each(func(e *readElement) bool {
		if p == nil && e.kind == "P" {
			p = e
		}
		return true
	})
	// One paragraph over three columns and two pages, with a hyphen of ours, a foreign phrase, a note's number, small
	// capitals for both cases, and words parted by line breaks only.
	const want = "The first office of a prin\u00adter is le mot juste, first fit1 and Nato a\u00a0pause runs on in column two, to end on the next page."
	if got := p.text(nil); got != want {
		t.Errorf("paragraph reads\n%q, want\n%q", got, want)
	}
}

// TestReadBack compares the structure of a finished file with what it was made from, in each style.
func TestReadBack(t *testing.T) {
	styles(t, func(t *testing.T, s *style.Style) {
		for _, issue := range []*document.Issue{zooIssue(), longIssue()} {
			e := paginate(t, issue, Options{Style: s})
			data, problems, err := e.Bytes(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range problems {
				t.Error(p)
			}
			tree := checkTree(t, e.input, data)
			checkDocument(t, issue, tree)
		}
	})
}

// checkDocument compares headings, paragraphs, notes, links and alternative texts of the document with the tree, in order.
func checkDocument(t *testing.T, issue *document.Issue, tree *readElement) {
	t.Helper()
	var headings, paragraphs, links, alts []string
	notes := 0
	for _, a := range issue.Articles {
		notes += len(a.Notes)
		document.WalkBlocks(a.Body, func(n document.Node) bool {
			switch n := n.(type) {
			case *document.Heading:
				headings = append(headings, squeeze(document.PlainText(n.Content)))
			case *document.Paragraph:
				paragraphs = append(paragraphs, squeeze(document.PlainText(n.Content)))
			case *document.Image:
				alts = append(alts, n.Alt)
			case *document.Link:
				links = append(links, document.PlainText(n.Content))
			}
			return true
		})
	}
	var gotHeadings, gotParagraphs, gotLinks, gotAlts []string
	gotNotes := 0
	references := func(e *readElement) bool { return e.kind == "Reference" || softHyphen(e) }
	tree.each(func(e *readElement) bool {
		switch {
		case e.kind == "Note":
			gotNotes++
			return false
		case e.kind == "TOC":
			return false
		case len(e.kind) == 2 && e.kind[0] == 'H':
			gotHeadings = append(gotHeadings, squeeze(e.text(references)))
		case e.kind == "Link":
			gotLinks = append(gotLinks, e.text(references))
		case e.kind == "Figure" && e.alt != "":
			gotAlts = append(gotAlts, e.alt)
		}
		gotParagraphs = append(gotParagraphs, squeeze(e.text(references)))
		return true
	})
	inOrder(t, "heading", headings, gotHeadings)
	inOrder(t, "paragraph", paragraphs, gotParagraphs)
	inOrder(t, "link", links, gotLinks)
	_ = alts // pictures that were not found are words, not figures; TestFigures has the rest
	if gotNotes != notes {
		t.Errorf("%d notes in the file, %d in the document", gotNotes, notes)
	}
}

// inOrder checks that all of want are in got, in their order.
func inOrder(t *testing.T, what string, want, got []string) {
	t.Helper()
	for i := range got {
		got[i] = despace(got[i])
	}
	for _, w := range want {
		w = despace(w)
		i := slices.Index(got, w)
		if i < 0 {
			i = slices.IndexFunc(got, func(g string) bool { return len(w) > 20 && strings.Contains(g, w) })
		}
		if i < 0 {
			t.Errorf("%s %q is not in the file, or not in its place", what, w)
			continue
		}
		got = got[i+1:]
	}
}

// TestLinks follows every annotation of a finished file: it says what it is, its place exists, and the element that the
// parent tree names for it holds it.
func TestLinks(t *testing.T) {
	e := paginate(t, zooIssue(), Options{})
	data, _, err := e.Bytes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, r := readBack(t, data)
	catalog, err := r.x.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{}
	r.names(catalog["Names"], "Dests", func(name string) { places[name] = true })
	nums := r.list(r.dict(r.dict(catalog["StructTreeRoot"])["ParentTree"])["Nums"])
	parents := map[int]types.Object{}
	for i := 0; i < len(nums); i += 2 {
		parents[r.get(nums[i]).(types.Integer).Value()] = nums[i+1]
	}
	count := 0
	for n := 1; n <= r.x.PageCount; n++ {
		page, _, _, err := r.x.PageDict(n, false)
		if err != nil {
			t.Fatal(err)
		}
		if page["Tabs"] != types.Name("S") {
			t.Errorf("page %d: Tabs is %v", n, page["Tabs"])
		}
		for _, o := range r.list(page["Annots"]) {
			count++
			a := r.dict(o)
			if r.string(a["Contents"]) == "" {
				t.Error("a link without contents")
			}
			if d := r.string(a["Dest"]); d != "" && !places[d] {
				t.Errorf("a link to %q, which is no place", d)
			}
			owner := r.dict(parents[r.get(a["StructParent"]).(types.Integer).Value()])
			held := false
			for _, k := range r.list(owner["K"]) {
				held = held || r.dict(k)["Obj"] == o
			}
			if r.string(owner["S"]) != "Link" || !held {
				t.Errorf("the element of annotation %v is a %s and does not hold it", o, r.string(owner["S"]))
			}
		}
	}
	if count < 20 {
		t.Errorf("only %d links in an issue with contents, notes and cross-references", count)
	}
}

// names visits the keys of a name tree.
func (r *reading) names(tree types.Object, key string, visit func(string)) {
	d := r.dict(tree)
	if key != "" {
		d = r.dict(d[key])
	}
	for _, k := range r.list(d["Kids"]) {
		r.names(k, "", visit)
	}
	for i, n := range r.list(d["Names"]) {
		if i%2 == 0 {
			visit(r.string(n))
		}
	}
}

// TestRightToLeft reads words that run from right to left, among others and by themselves, back in the order in which they
// are read, whatever the order in which they stand.
func TestRightToLeft(t *testing.T) {
	hebrew := &document.Styled{Kind: document.Plain, Content: inline("שלום עולם 123 (טוב)")}
	hebrew.Lang, hebrew.Dir = "he", "rtl"
	arabic := para(text("السلام عليكم ورحمة الله وبركاته. هذا نص عربي طويل يكفي لملء سطرين على الأقل في العمود (مع أقواس) و 42 رقما."))
	arabic.Lang, arabic.Dir = "ar", "rtl"
	a := &document.Article{Path: "rtl.md", Slug: "rtl", Language: "en", Title: inline("Right to left"),
		Body: []document.Block{para(text("In English, then "), hebrew, text(" and on.")), arabic}}
	issue := &document.Issue{Journal: document.Journal{Title: "J", Language: "en"}, Language: "en", Slug: "rtl", Articles: []*document.Article{a}}
	styles(t, func(t *testing.T, s *style.Style) {
		e := paginate(t, issue, Options{Style: s})
		data, _, err := e.Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		checkDocument(t, issue, checkTree(t, e.input, data))
	})
}

// TestDecoration strikes a word out and underlines another: the rules are artifacts, and the words' elements tell.
func TestDecoration(t *testing.T) {
	s := newSetter(t)
	para, struck, under := s.tag(), s.tag(), s.tag()
	p := s.add(nil, &flow.StructNode{Type: flow.P, Tag: para})
	s.add(p, &flow.StructNode{Type: flow.Span, Tag: struck})
	s.add(p, &flow.StructNode{Type: flow.Span, Tag: under})
	s.newPage("1")
	s.newArea(layout.ColumnArea, 20, 20, 260, 100)
	l := s.line(piece{text: "A ", tag: para}, piece{text: "struck", tag: struck}, piece{text: " word and an ", tag: para}, piece{text: "underlined", tag: under}, piece{text: " one.", tag: para})
	rule := func(r *layout.Run, up layout.Length, tag layout.Tag) {
		s.area.Items = append(s.area.Items, &layout.RuleItem{X: r.X, Y: l.Y - up, Width: r.Width, Height: layout.Pt / 2, Tag: tag})
	}
	rule(&l.Runs[1], 3*layout.Pt, struck)
	rule(&l.Runs[3], -2*layout.Pt, under)
	rule(&l.Runs[4], -2*layout.Pt, para)
	got := map[string]string{}
	tree, _ := readBack(t, s.bytes())
	tree.each(func(e *readElement) bool { got[e.text(nil)] = e.decoration; return true })
	for text, want := range map[string]string{"struck": "LineThrough", "underlined": "Underline", "A struck word and an underlined one.": ""} {
		if d, ok := got[text]; !ok || d != want {
			t.Errorf("%q is decorated %q (found: %v), want %q", text, d, ok, want)
		}
	}
}
