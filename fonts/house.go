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
//	source-sans  Source Sans 3.052: heads, kickers, the broadsheet's furniture
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
	name  string
	dir   string
	faces []houseFace
}

var houseFamilies = [...]houseFamily{
	{"Libertinus Serif", "libertinus", []houseFace{
		{"LibertinusSerif-Regular.otf", 400, false}, {"LibertinusSerif-Italic.otf", 400, true},
		{"LibertinusSerif-Semibold.otf", 600, false}, {"LibertinusSerif-SemiboldItalic.otf", 600, true},
		{"LibertinusSerif-Bold.otf", 700, false}, {"LibertinusSerif-BoldItalic.otf", 700, true},
	}},
	{"Libertinus Serif Display", "libertinus", []houseFace{{"LibertinusSerifDisplay-Regular.otf", 400, false}}},
	{"Source Sans 3", "source-sans", []houseFace{
		{"SourceSans3-Regular.otf", 400, false}, {"SourceSans3-It.otf", 400, true},
		{"SourceSans3-Semibold.otf", 600, false}, {"SourceSans3-SemiboldIt.otf", 600, true},
		{"SourceSans3-Bold.otf", 700, false}, {"SourceSans3-BoldIt.otf", 700, true},
	}},
	{"Source Code Pro", "source-code", []houseFace{
		{"SourceCodePro-Regular.otf", 400, false}, {"SourceCodePro-It.otf", 400, true},
		{"SourceCodePro-Bold.otf", 700, false}, {"SourceCodePro-BoldIt.otf", 700, true},
	}},
	// The fallbacks, in the order in which they are asked: letters before symbols.
	{"Noto Serif Hebrew", "noto", []houseFace{{"NotoSerifHebrew-Regular.ttf", 400, false}, {"NotoSerifHebrew-Bold.ttf", 700, false}}},
	{"Noto Naskh Arabic", "noto", []houseFace{{"NotoNaskhArabic-Regular.ttf", 400, false}, {"NotoNaskhArabic-Bold.ttf", 700, false}}},
	{"Noto Serif Armenian", "noto", []houseFace{{"NotoSerifArmenian-Regular.ttf", 400, false}, {"NotoSerifArmenian-Bold.ttf", 700, false}}},
	{"Noto Serif Georgian", "noto", []houseFace{{"NotoSerifGeorgian-Regular.ttf", 400, false}, {"NotoSerifGeorgian-Bold.ttf", 700, false}}},
	{"Noto Serif Devanagari", "noto", []houseFace{{"NotoSerifDevanagari-Regular.ttf", 400, false}, {"NotoSerifDevanagari-Bold.ttf", 700, false}}},
	{"Noto Serif Thai", "noto", []houseFace{{"NotoSerifThai-Regular.ttf", 400, false}}},
	{"Noto Serif Ethiopic", "noto", []houseFace{{"NotoSerifEthiopic-Regular.ttf", 400, false}}},
	{"Noto Sans Math", "noto", []houseFace{{"NotoSansMath-Regular.ttf", 400, false}}},
	{"Noto Sans Symbols", "noto", []houseFace{{"NotoSansSymbols-Regular.ttf", 400, false}}},
	{"Noto Sans Symbols2", "noto", []houseFace{{"NotoSansSymbols2-Regular.ttf", 400, false}}},
}

// Default is the house's set. It is one value: faces are shared, and parsed once, by all who ask for it.
func Default() *Set { return house() }

var house = sync.OnceValue(func() *Set {
	families := make([]*Family, len(houseFamilies))
	byName := map[string]*Family{}
	for i, hf := range houseFamilies {
		fam := &Family{Name: hf.name}
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
	for _, fam := range families[4:] {
		s.Fallback = append(s.Fallback, fam)
	}
	s.families = families
	return s
})
