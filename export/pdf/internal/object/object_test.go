package object

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

func TestAppend(t *testing.T) {
	for _, test := range []struct {
		value Object
		want  string
	}{
		{Null{}, "null"},
		{Bool(true), "true"},
		{Int(-40), "-40"},
		{Real(0.5), ".5"},
		{Real(-0.25), "-.25"},
		{Real(12), "12"},
		{Real(1e-9), "0"},
		{Real(-1e-9), "0"},
		{Real(3.14159265), "3.14159"},
		{Real(1.999999), "2"},
		{Real(123456.5), "123456.5"},
		{Ref(7), "7 0 R"},
		{Name("A B#/ü"), "/A#20B#23#2F#C3#BC"},
		{String(`a(b)\c` + "\r\n"), `(a\(b\)\\c\r` + "\n)"},
		{Text("plain"), "(plain)"},
		{Text("é"), "(\xfe\xff\x00\xe9)"},
		{Text("𝔄"), "(\xfe\xff\xd8\x35\xdd\x04)"},
		{UTF16("-"), "(\xfe\xff\x00-)"},
		{Array{}, "[]"},
		{Array{Int(1), Int(2), Name("x"), Ref(3), Ref(4), String("s"), Array{Real(.5)}, Bool(false)}, "[1 2/x 3 0 R 4 0 R(s)[.5]false]"},
		{D("A", Int(1), "B", Name("C"), "Gone", nil, "D", D("E", Ref(1))), "<</A 1/B/C/D<</E 1 0 R>>>>"},
	} {
		if got := string(Append(nil, test.value)); got != test.want {
			t.Errorf("%#v is written %q, want %q", test.value, got, test.want)
		}
	}
}

// smallFile is a whole file of a page with more objects than one object stream holds.
func smallFile(plain bool) []byte {
	var b bytes.Buffer
	w := NewWriter(&b, "1.7")
	w.Plain = plain
	pages, page := w.Reserve(), w.Reserve()
	content := w.AddStream(nil, []byte("q Q "+strings.Repeat("% white\n", 50)))
	for i := range 600 {
		w.Add(D("Number", Int(i), "Text", Text("Grüße")))
	}
	w.Put(page, D("Type", Name("Page"), "Parent", pages, "MediaBox", Rect(0, 0, 10, 10), "Resources", Dict{}, "Contents", content))
	w.Put(pages, D("Type", Name("Pages"), "Kids", Array{page}, "Count", Int(1)))
	if err := w.Close(w.Add(D("Type", Name("Catalog"), "Pages", pages)), w.Add(D("Title", Text("small")))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestWriterReadsBack(t *testing.T) {
	packed, plain := smallFile(false), smallFile(true)
	if len(packed)*5 > len(plain) {
		t.Errorf("%d bytes packed, %d plain", len(packed), len(plain))
	}
	if !bytes.Equal(packed, smallFile(false)) {
		t.Error("the same calls give two files")
	}
	for name, data := range map[string][]byte{"packed": packed, "plain": plain} {
		ctx, err := api.ReadContext(bytes.NewReader(data), model.NewDefaultConfiguration())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := api.ValidateContext(ctx); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		d, err := ctx.DereferenceDict(*types.NewIndirectRef(4+200, 0))
		if err != nil || d["Number"] != types.Integer(200) {
			t.Errorf("%s: object 204 is %v, %v", name, d, err)
		}
		if len(ctx.ID) != 2 {
			t.Errorf("%s: ID %v", name, ctx.ID)
		}
	}
}

func TestUnwrittenObject(t *testing.T) {
	w := NewWriter(new(bytes.Buffer), "1.7")
	root := w.Add(D("Type", Name("Catalog"), "Pages", w.Reserve()))
	if err := w.Close(root, 0); err == nil {
		t.Error("a file with a reference to nothing was closed without an error")
	}
}

func TestWriteError(t *testing.T) {
	w := NewWriter(failing{}, "1.7")
	if err := w.Close(w.Add(Dict{}), 0); err == nil {
		t.Error("a failing writer was not noticed")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

func TestWidthArray(t *testing.T) {
	usual, w := widthArray([]int{500, 250, 500, 300, 310, 600, 600, 600, 600, 500, 500, 500, 500, 500})
	if got := string(Append(nil, w)); usual != 500 || got != "[1[250]3[300 310]5 8 600]" {
		t.Errorf("DW %d, W %s", usual, got)
	}
}

func TestToUnicode(t *testing.T) {
	text := make([]string, 0x200)
	for i, s := range map[int]string{1: " ", 2: "a", 3: "b", 4: "c", 5: "ffi", 6: "𝔄", 7: "\x00", 8: "x\ufeff", 0xff: "p", 0x100: "q"} {
		text[i] = s
	}
	got := string(toUnicode(text))
	for _, want := range []string{
		"6 beginbfchar\n<0001><0020>\n<0005><006600660069>\n<0006><D835DD04>\n<0008><0078>\n<00FF><0070>\n<0100><0071>\nendbfchar\n",
		"1 beginbfrange\n<0002><0004><0061>\nendbfrange\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the map has not\n%s\nbut is\n%s", want, got)
		}
	}
}

// TestProfiles checks what every reader of ICC profiles checks: sizes, offsets, and the tags that the class must have.
func TestProfiles(t *testing.T) {
	for name, test := range map[string]struct {
		profile []byte
		n       int
		tags    string
	}{
		"sRGB": {SRGB(), 3, "desc cprt wtpt chad rXYZ gXYZ bXYZ rTRC gTRC bTRC"},
		"CMYK": {CoatedCMYK(), 4, "desc cprt wtpt A2B0"},
	} {
		p := test.profile
		if len(p) < 132 || int(be32(p)) != len(p) || string(p[36:40]) != "acsp" {
			t.Fatalf("%s: bad header", name)
		}
		var tags []string
		for i := range int(be32(p[128:])) {
			e := p[132+12*i:]
			tags = append(tags, string(e[:4]))
			if at, n := be32(e[4:]), be32(e[8:]); at%4 != 0 || int(at+n) > len(p) {
				t.Errorf("%s: tag %s lies at %d+%d of %d", name, e[:4], at, n, len(p))
			}
		}
		if got := strings.Join(tags, " "); got != test.tags {
			t.Errorf("%s: tags %s, want %s", name, got, test.tags)
		}
		if name == "CMYK" && usable(p, 4) == nil {
			t.Error("our own profile is not usable")
		}
		if name == "sRGB" && usable(p, 3) != nil {
			t.Error("sRGB is embedded again, though the output intent has it")
		}
	}
}

func be32(b []byte) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}
