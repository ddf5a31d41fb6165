package object

import (
	"math"
	"sort"
	"unicode/utf8"
)

// A Font is a subset of a font, ready to be embedded: glyphs are numbered from 0 (.notdef) without gaps, and text is
// written in two-byte codes that are these numbers (Type 0 with Identity-H, ISO 32000-1 § 9.7).
type Font struct {
	Name    string // PostScript name with subset tag: "ABCDEF+Name" (§ 9.6.4)
	Program []byte
	CFF     bool // Program is bare CFF; else TrueType

	Family string
	Weight int // 100 to 900

	// Widths are the advances in thousandths of the em, and Text what each glyph stands for, both by glyph number.
	Widths []int
	Text   []string

	Ascent, Descent, CapHeight, XHeight int // thousandths of the em; Descent is negative
	StemV                               int
	ItalicAngle                         float64 // degrees, counter-clockwise
	BBox                                [4]int
	Flags                               int // § 9.8.2
}

// AddFont writes f and gives its number. The program of a CFF font must be CID-keyed with the identity charset, so that a
// CID is a glyph number.
func (o *Writer) AddFont(f *Font) Ref {
	name := Name(f.Name)
	descriptor := Dict{
		{"Type", Name("FontDescriptor")}, {"FontName", name}, {"FontFamily", String(f.Family)}, {"FontWeight", Int(f.Weight)}, {"Flags", Int(f.Flags)},
		{"FontBBox", Array{Int(f.BBox[0]), Int(f.BBox[1]), Int(f.BBox[2]), Int(f.BBox[3])}},
		{"ItalicAngle", Real(f.ItalicAngle)}, {"Ascent", Int(f.Ascent)}, {"Descent", Int(f.Descent)},
		{"CapHeight", Int(f.CapHeight)}, {"XHeight", Int(f.XHeight)}, {"StemV", Int(f.StemV)},
	}
	cid := Dict{{"Type", Name("Font")}, {"Subtype", Name("CIDFontType2")}}
	if f.CFF {
		cid[1].Value = Name("CIDFontType0")
		descriptor = descriptor.Set("FontFile3", o.AddStream(Dict{{"Subtype", Name("CIDFontType0C")}}, f.Program))
	} else {
		descriptor = descriptor.Set("FontFile2", o.AddStream(Dict{{"Length1", Int(len(f.Program))}}, f.Program))
	}
	usual, widths := widthArray(f.Widths)
	cid = append(cid, Dict{
		{"BaseFont", name},
		{"CIDSystemInfo", Dict{{"Registry", String("Adobe")}, {"Ordering", String("Identity")}, {"Supplement", Int(0)}}},
		{"FontDescriptor", o.Add(descriptor)}, {"DW", Int(usual)}, {"W", widths},
	}...)
	if !f.CFF {
		cid = cid.Set("CIDToGIDMap", Name("Identity"))
	}
	return o.Add(Dict{
		{"Type", Name("Font")}, {"Subtype", Name("Type0")}, {"BaseFont", name}, {"Encoding", Name("Identity-H")},
		{"DescendantFonts", Array{o.Add(cid)}},
		{"ToUnicode", o.AddStream(nil, toUnicode(f.Text))},
	})
}

// widthArray gives the commonest width, for /DW, and the others as /W (§ 9.7.4.3): runs of at least three equal widths
// as a range, the rest listed.
func widthArray(widths []int) (usual int, w Array) {
	count := map[int]int{}
	for _, v := range widths {
		count[v]++
		if count[v] > count[usual] || count[v] == count[usual] && v < usual {
			usual = v
		}
	}
	w = Array{}
	for i := 0; i < len(widths); {
		if widths[i] == usual {
			i++
			continue
		}
		if n := equalRun(widths[i:]); n >= 3 {
			w = append(w, Int(i), Int(i+n-1), Int(widths[i]))
			i += n
			continue
		}
		first := i
		list := Array{}
		for i < len(widths) && widths[i] != usual && equalRun(widths[i:]) < 3 {
			list = append(list, Int(widths[i]))
			i++
		}
		w = append(w, Int(first), list)
	}
	return usual, w
}

func equalRun(v []int) int {
	n := 1
	for n < len(v) && v[n] == v[0] {
		n++
	}
	return n
}

// toUnicode is the CMap that tells a reader which characters each glyph stands for (§ 9.10.3). PDF/A-2 § 6.2.11.7.2
// forbids the values U+0000, U+FEFF and U+FFFE.
func toUnicode(text []string) []byte {
	type entry struct {
		code int
		text string
	}
	var entries []entry
	for code, s := range text {
		if s = mappable(s); s != "" && code > 0 {
			entries = append(entries, entry{code, s})
		}
	}
	sort.SliceStable(entries, func(i, j int) bool { return entries[i].code < entries[j].code })

	var single, ranged [][]byte
	for i := 0; i < len(entries); {
		n := 1
		first, ok := oneChar(entries[i].text)
		// A range may not cross a boundary of the code's last byte, nor of the character's.
		for ok && i+n < len(entries) && entries[i+n].code == entries[i].code+n && entries[i+n].code&0xff != 0 &&
			(int(first)+n)&0xff != 0 {
			if next, one := oneChar(entries[i+n].text); !one || next != first+rune(n) {
				break
			}
			n++
		}
		if n > 1 {
			line := appendHex16(nil, entries[i].code)
			line = appendHex16(line, entries[i].code+n-1)
			ranged = append(ranged, appendHexText(line, entries[i].text))
		} else {
			single = append(single, appendHexText(appendHex16(nil, entries[i].code), entries[i].text))
		}
		i += n
	}
	b := []byte("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	b = appendSections(b, "bfchar", single)
	b = appendSections(b, "bfrange", ranged)
	return append(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"...)
}

// appendSections writes the lines of a CMap in sections of at most a hundred, as the CMap specification asks.
func appendSections(b []byte, kind string, lines [][]byte) []byte {
	for len(lines) > 0 {
		n := min(len(lines), 100)
		b = append(append(append(appendInt(b, int64(n)), " begin"...), kind...), '\n')
		for _, l := range lines[:n] {
			b = append(append(b, l...), '\n')
		}
		b = append(append(append(b, "end"...), kind...), '\n')
		lines = lines[n:]
	}
	return b
}

// mappable leaves out of s the characters that a ToUnicode map must not give.
func mappable(s string) string {
	for _, r := range s {
		if r == 0 || r == 0xfeff || r == 0xfffe || r == 0xffff {
			kept := make([]rune, 0, len(s))
			for _, r := range s {
				if r != 0 && r != 0xfeff && r != 0xfffe && r != 0xffff {
					kept = append(kept, r)
				}
			}
			return string(kept)
		}
	}
	return s
}

func oneChar(s string) (rune, bool) {
	r, n := utf8.DecodeRuneInString(s)
	return r, n == len(s) && r < 0x10000
}

func appendHex16(b []byte, v int) []byte {
	return append(b, '<', hexDigits[v>>12&15], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15], '>')
}

func appendHexText(b []byte, s string) []byte {
	b = append(b, '<')
	for _, c := range appendUTF16(nil, s) {
		b = append(b, hexDigits[c>>4], hexDigits[c&15])
	}
	return append(b, '>')
}

// Thousandths scales a measure of a font of the given units to the em to thousandths, rounded.
func Thousandths(v, unitsPerEm int) int {
	return int(math.Round(float64(v) * 1000 / float64(unitsPerEm)))
}
