package hugo

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A WrapConfig says how a printed issue is bound. Lengths are in micrometres.
type WrapConfig struct {
	Leaf    int    // thickness of a leaf
	Paper   string // as it was named; "" when nothing names one
	Board   int    // thickness of the cover
	Binding string // "perfect" or "saddle"
	Bleed   int
	Marks   bool
	Spine   string // "down" or "up"; "" as the language has it
	Code    string // "issn", "isbn" or "none"; "" what there is
	Size    int    // of the code, in hundredths of its full size
	Price   string
	Text    string // Markdown
}

// A stock is a paper as printers name it: its weight in grams to the square metre, and its volume in hundredths of a cubic
// centimetre to the gram. A leaf is as thick as their product (ISO 534).
type stock struct {
	name          string
	grams, volume int
}

// stocks are those that a configuration may name.
var stocks = []stock{
	{"offset-80", 80, 125}, {"offset-90", 90, 125}, {"offset-100", 100, 125}, {"offset-120", 120, 125},
	{"book-70", 70, 175}, {"book-80", 80, 175}, {"book-90", 90, 175},
	{"coated-115", 115, 80}, {"coated-135", 135, 80}, {"coated-150", 150, 80}, {"newsprint-45", 45, 150},
}

func stockNames() string {
	var names []string
	for _, s := range stocks {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

// defaultWrap is how an issue is bound of which nothing is said.
func defaultWrap() WrapConfig {
	return WrapConfig{Leaf: 90 * 125 / 100, Binding: "perfect", Bleed: 3000, Marks: true, Size: 100}
}

// paper reads what the pages are printed on: a paper's name, or a table of grams and volume, or of thickness.
func (d *decoding) paper(v *value) {
	w := &d.c.Wrap
	if v.kind == scalar {
		for _, s := range stocks {
			if strings.EqualFold(s.name, v.text) {
				w.Leaf, w.Paper = s.grams*s.volume/100, s.name
				return
			}
		}
		if um, ok := micrometres(v.text); ok {
			d.leaf(v, um)
			return
		}
		d.fail(v.at, fmt.Sprintf("unknown paper %q", v.text), "known are "+stockNames()+"; or {grams: 90, volume: 1.25}, or {thickness: 0.11 mm}")
		return
	}
	grams, volume := 0.0, 1.0
	for _, f := range d.fields(v, "wrap.paper should be a paper's name or a table") {
		number, err := strconv.ParseFloat(f.val.text, 64)
		switch {
		case f.key == "thickness":
			um, ok := micrometres(f.val.text)
			if !ok {
				d.fail(f.val.at, "wrap.paper.thickness should be a length", "0.11 mm")
				return
			}
			d.leaf(f.val, um)
			return
		case f.key != "grams" && f.key != "volume":
			d.unknown(f, []string{"grams", "volume", "thickness"})
			return
		case err != nil || !(number > 0 && number <= 1000): // NaN is neither
			d.fail(f.val.at, "wrap.paper."+f.key+" should be a number", "grams to the square metre, cubic centimetres to the gram: {grams: 90, volume: 1.25}")
			return
		case f.key == "grams":
			grams = number
		default:
			volume = number
		}
	}
	if grams == 0 {
		d.fail(v.at, "wrap.paper says neither grams nor thickness", "{grams: 90, volume: 1.25}, or {thickness: 0.11 mm}")
		return
	}
	d.leaf(v, int(grams*volume+.5))
}

// leaf takes the thickness of a leaf.
func (d *decoding) leaf(v *value, um int) {
	if um < 10 || um > 2000 {
		d.fail(v.at, fmt.Sprintf("a leaf of %s mm is no paper", millimetres(um)), "0.05 mm to 0.3 mm are usual")
		return
	}
	d.c.Wrap.Leaf, d.c.Wrap.Paper = um, millimetres(um)+" mm"
}

func millimetres(um int) string { return strconv.FormatFloat(float64(um)/1000, 'f', -1, 64) }

// micrometres reads a length: "3 mm", "0.1mm", "9pt", "0.125 in".
func micrometres(text string) (int, bool) {
	text = strings.TrimSpace(text)
	for _, u := range []struct {
		name string
		um   float64
	}{{"mm", 1000}, {"cm", 10000}, {"in", 25400}, {"pt", 25400. / 72}, {"µm", 1}} {
		if rest, ok := strings.CutSuffix(text, u.name); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
			return int(n*u.um + .5), err == nil && n >= 0 && n < 1000
		}
	}
	return 0, text == "0"
}

// length reads a length into micrometres.
func length(name string, to func(*Config) *int, most int) func(*decoding, *value) {
	return func(d *decoding, v *value) {
		um, ok := micrometres(v.str())
		if !ok || um > most {
			d.fail(v.at, fmt.Sprintf("%s should be a length of at most %s mm", name, millimetres(most)), "3 mm")
			return
		}
		*to(d.c) = um
	}
}

// codeSize reads how large the bar code is printed. Readers in shops are promised 80 to 200 % (GS1 General Specifications § 5.2).
func (d *decoding) codeSize(v *value) {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(v.str(), "%")))
	if err != nil || n < 80 || n > 200 {
		d.fail(v.at, "wrap.barcode-size should be from 80 % to 200 %", "100%")
		return
	}
	d.c.Wrap.Size = n
}

// Place gives where the configuration says something; its file when it does not.
func (c *Config) Place(path ...string) document.Pos {
	if c.tree == nil {
		return document.Pos{File: c.Name()}
	}
	return c.pos(path...)
}
