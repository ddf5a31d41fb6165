package fonts

import (
	"embed"
	"fmt"
	"sync"
)

// The house's own fonts, all under the SIL Open Font License 1.1; each folder has its licence. They are embedded as their
// makers released them, unchanged, and read only when used.
//
//	libertinus   Libertinus Serif 7.040: the text; Libertinus Serif Display for large titles
//	source-sans  Source Sans 3.052: heads, kickers, furniture
//	barlow       Barlow 1.408: the plain grotesk of road signs and newspapers, light to bold, for the broadsheet
//	source-code  Source Code Pro 2.042: code
//	noto         Noto: what those lack (other scripts, symbols, mathematics)
//
//go:embed house
var houseFiles embed.FS

// A houseFace tells of a file what must be known before it is read.
type houseFace struct {
	file   string
	weight int
	italic bool
}

type houseFamily struct {
	name   string
	dir    string
	faces  []houseFace
	ranges [][2]rune // Family.ranges
}

var houseFamilies = [...]houseFamily{
	{"Libertinus Serif", "libertinus", []houseFace{
		{"LibertinusSerif-Regular.otf", 400, false}, {"LibertinusSerif-Italic.otf", 400, true},
		{"LibertinusSerif-Semibold.otf", 600, false}, {"LibertinusSerif-SemiboldItalic.otf", 600, true},
		{"LibertinusSerif-Bold.otf", 700, false}, {"LibertinusSerif-BoldItalic.otf", 700, true},
	}, nil},
	{"Libertinus Serif Display", "libertinus", []houseFace{{"LibertinusSerifDisplay-Regular.otf", 400, false}}, nil},
	{"Source Sans 3", "source-sans", []houseFace{
		{"SourceSans3-Regular.otf", 400, false}, {"SourceSans3-It.otf", 400, true},
		{"SourceSans3-Semibold.otf", 600, false}, {"SourceSans3-SemiboldIt.otf", 600, true},
		{"SourceSans3-Bold.otf", 700, false}, {"SourceSans3-BoldIt.otf", 700, true},
	}, nil},
	{"Source Code Pro", "source-code", []houseFace{
		{"SourceCodePro-Regular.otf", 400, false}, {"SourceCodePro-It.otf", 400, true},
		{"SourceCodePro-Bold.otf", 700, false}, {"SourceCodePro-BoldIt.otf", 700, true},
	}, nil},
	{"Barlow", "barlow", []houseFace{
		{"Barlow-Light.ttf", 300, false}, {"Barlow-LightItalic.ttf", 300, true},
		{"Barlow-Regular.ttf", 400, false}, {"Barlow-Italic.ttf", 400, true},
		{"Barlow-SemiBold.ttf", 600, false}, {"Barlow-SemiBoldItalic.ttf", 600, true},
		{"Barlow-Bold.ttf", 700, false}, {"Barlow-BoldItalic.ttf", 700, true},
	}, nil},
	// The fallbacks, in the order in which they are asked: letters before symbols.
	{"Noto Serif Hebrew", "noto", []houseFace{{"NotoSerifHebrew-Regular.ttf", 400, false}, {"NotoSerifHebrew-Bold.ttf", 700, false}},
		[][2]rune{{0x0590, 0x05FF}, {0x20AA, 0x20AA}, {0xFB1D, 0xFB4F}}},
	{"Noto Naskh Arabic", "noto", []houseFace{{"NotoNaskhArabic-Regular.ttf", 400, false}, {"NotoNaskhArabic-Bold.ttf", 700, false}},
		[][2]rune{{0x0600, 0x06FF}, {0x0750, 0x077F}, {0x08A0, 0x08FF}, {0x2E41, 0x2E41}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFC}}},
	{"Noto Serif Armenian", "noto", []houseFace{{"NotoSerifArmenian-Regular.ttf", 400, false}, {"NotoSerifArmenian-Bold.ttf", 700, false}},
		[][2]rune{{0x0530, 0x058F}, {0xFB13, 0xFB17}}},
	{"Noto Serif Georgian", "noto", []houseFace{{"NotoSerifGeorgian-Regular.ttf", 400, false}, {"NotoSerifGeorgian-Bold.ttf", 700, false}},
		[][2]rune{{0x10A0, 0x10FF}, {0x1C90, 0x1CBF}, {0x20BE, 0x20BE}, {0x2D00, 0x2D2F}}},
	{"Noto Serif Devanagari", "noto", []houseFace{{"NotoSerifDevanagari-Regular.ttf", 400, false}, {"NotoSerifDevanagari-Bold.ttf", 700, false}},
		[][2]rune{{0x0900, 0x097F}, {0x1CD0, 0x1CFF}, {0x20F0, 0x20F0}, {0xA830, 0xA83F}, {0xA8E0, 0xA8FF}}},
	{"Noto Serif Thai", "noto", []houseFace{{"NotoSerifThai-Regular.ttf", 400, false}},
		[][2]rune{{0x0E00, 0x0E7F}}},
	{"Noto Serif Ethiopic", "noto", []houseFace{{"NotoSerifEthiopic-Regular.ttf", 400, false}},
		[][2]rune{{0x1200, 0x139F}, {0x2D80, 0x2DDF}, {0xAB00, 0xAB2F}}},
	{"Noto Sans Math", "noto", []houseFace{{"NotoSansMath-Regular.ttf", 400, false}},
		[][2]rune{{0x2000, 0x2BFF}, {0xFF5B, 0xFF5D}, {0x1D400, 0x1D7FF}, {0x1EE00, 0x1EEFF}}},
	{"Noto Sans Symbols", "noto", []houseFace{{"NotoSansSymbols-Regular.ttf", 400, false}},
		[][2]rune{{0x20D0, 0x2BFF}, {0x1F100, 0x1F1FF}, {0x1F500, 0x1F7FF}}},
	{"Noto Sans Symbols2", "noto", []houseFace{{"NotoSansSymbols2-Regular.ttf", 400, false}},
		[][2]rune{{0x2000, 0x2BFF}, {0x4DC0, 0x4DFF}, {0xFFF9, 0xFFFB}, {0x10140, 0x102FF}, {0x10E60, 0x10E7F}, {0x1D200, 0x1D37F}, {0x1F000, 0x1FBFF}}},
}

// firstFallback is where the families begin that are asked only for what the others lack.
const firstFallback = 5

// Default is the house's set. It is one value: faces are shared, and parsed once, by all who ask for it.
func Default() *Set { return house() }

var house = sync.OnceValue(func() *Set {
	families := make([]*Family, len(houseFamilies))
	byName := map[string]*Family{}
	for i, hf := range houseFamilies {
		fam := &Family{Name: hf.name, ranges: hf.ranges}
		for _, h := range hf.faces {
			path := "house/" + hf.dir + "/" + h.file
			fam.Faces = append(fam.Faces, &Face{
				name: h.file[:len(h.file)-len(".otf")], family: hf.name, weight: h.weight, italic: h.italic,
				read: func() []byte {
					data, err := houseFiles.ReadFile(path)
					if err != nil {
						panic(fmt.Sprintf("fonts: %v", err))
					}
					return data
				},
			})
		}
		families[i] = fam
		byName[hf.name] = fam
	}
	s := &Set{
		Text: byName["Libertinus Serif"], Display: byName["Libertinus Serif Display"],
		Sans: byName["Source Sans 3"], Mono: byName["Source Code Pro"],
	}
	// A character that the face at hand lacks is first looked for among the other families of the house.
	s.Fallback = []*Family{s.Text, s.Sans}
	s.Fallback = append(s.Fallback, families[firstFallback:]...)
	s.families = families
	return s
})
