package object

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/internal/svg"
)

// flag is a small picture of four fields: red, green over blue, white, so that any turn shows.
func flag(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.NRGBA{0, 255, 0, 255}
			case x < w/2 && y >= h/2:
				c = color.NRGBA{0, 0, 255, 255}
			case x >= w/2:
				c = color.NRGBA{255, 255, 255, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func gradient(m interface {
	image.Image
	Set(x, y int, c color.Color)
}) image.Image {
	b := m.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			m.Set(x, y, color.NRGBA64{uint16(x * 977), uint16(y * 1523), uint16(x * y * 7), 0xffff})
		}
	}
	return m
}

func pngOf(m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func jpegOf(m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// withChunk puts a chunk into a PNG file, after its header.
func withChunk(file []byte, name string, body []byte) []byte {
	at := len(pngSignature) + 25
	c := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	c = append(append(c, name...), body...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return slices.Concat(file[:at], c, file[at:])
}

// withSegment puts a segment into a JPEG file, at its beginning.
func withSegment(file []byte, marker byte, body []byte) []byte {
	s := []byte{0xff, marker}
	s = binary.BigEndian.AppendUint16(s, uint16(len(body)+2))
	return slices.Concat(file[:2], s, body, file[2:])
}

// exif is a block that asks for an orientation.
func exif(orientation uint16) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	b = binary.BigEndian.AppendUint16(b, orientation)
	return append(b, 0, 0, 0, 0, 0, 0)
}

// cmykJPEG is a JPEG file of four inks, one flat field of 8 by 8, as Adobe's programs write it: DC coefficients only.
func cmykJPEG(adobe bool) []byte {
	b := []byte{0xff, 0xd8}
	segment := func(marker byte, body ...byte) {
		b = append(b, 0xff, marker)
		b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
		b = append(b, body...)
	}
	if adobe {
		segment(0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00")...)
	}
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{8}, 64)...)...)
	segment(0xc0, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0)
	segment(0xc4, slices.Concat([]byte{0, 0, 0, 0, 12}, make([]byte, 12), []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})...) // DC: codes of 4 bits
	segment(0xc4, append([]byte{0x10, 1}, make([]byte, 16)...)...)                                                          // AC: "0" ends the block
	segment(0xda, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	// Each component: category 7 (0111), value +100 (1100100), end of block (0).
	bits := strings.Repeat("0111"+"1100100"+"0", 4)
	for len(bits)%8 != 0 {
		bits += "1"
	}
	for ; bits != ""; bits = bits[8:] {
		v := byte(0)
		for i := range 8 {
			v = v<<1 | (bits[i] - '0')
		}
		b = append(b, v)
	}
	return append(b, 0xff, 0xd9)
}

// samples unpacks a picture that was not JPEG to its bytes, rows undone from their PNG filters.
func (img *Image) samples(t *testing.T) []byte {
	t.Helper()
	z, err := zlib.NewReader(bytes.NewReader(img.data))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	parms := img.entry("DecodeParms")
	if parms == nil {
		return raw
	}
	depth, colors := int(img.entry("BitsPerComponent").(Int)), 1
	for _, e := range parms.(Dict) {
		if e.Key == "Colors" {
			colors = int(e.Value.(Int))
		}
	}
	stride, pixel := (img.Width*colors*depth+7)/8, max(1, colors*depth/8)
	out := make([]byte, 0, len(raw))
	above := make([]byte, stride)
	for ; len(raw) > stride; raw = raw[stride+1:] {
		row := append([]byte(nil), raw[1:stride+1]...)
		for i := range row {
			left, corner := 0, 0
			if i >= pixel {
				left, corner = int(row[i-pixel]), int(above[i-pixel])
			}
			up := int(above[i])
			row[i] += byte([...]int{0, left, up, (left + up) / 2, paeth(left, up, corner)}[raw[0]])
		}
		out = append(out, row...)
		above = row
	}
	return out
}

func (img *Image) entry(key Name) Object {
	for _, e := range img.dict {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}

func TestReadPNG(t *testing.T) {
	whole := image.Rect(0, 0, 20, 10)
	var idat []byte
	file := pngOf(gradient(image.NewNRGBA(whole)))
	if i := bytes.Index(file, []byte("IDAT")); i > 0 {
		idat = file[i+4 : i+4+int(be32(file[i-4:]))]
	}
	img, err := ReadImage(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(img.data, idat) || img.components != 3 {
		t.Errorf("an opaque picture is packed anew")
	}
	half := image.NewNRGBA(whole)
	for i := 0; i < len(half.Pix); i += 4 {
		copy(half.Pix[i:], []byte{255, 0, 0, 128})
	}
	palette := image.NewPaletted(whole, color.Palette{color.Black, color.White, color.NRGBA{255, 0, 0, 255}})
	palette.Pix[3] = 2
	clear := image.NewPaletted(whole, color.Palette{color.Transparent, color.Black})
	for name, test := range map[string]struct {
		m          image.Image
		components int
		depth      int
		palette    []byte
		first      []byte // samples
	}{
		"grey":         {gradient(image.NewGray(whole)), 1, 8, nil, []byte{0}},
		"16-bit grey":  {gradient(image.NewGray16(whole)), 1, 16, nil, []byte{0, 0}},
		"16-bit color": {gradient(image.NewRGBA64(whole)), 3, 16, nil, []byte{0, 0, 0, 0, 0, 0, 0x03, 0xd1}},
		"palette":      {palette, 1, 2, []byte{0, 0, 0, 255, 255, 255, 255, 0, 0}, []byte{0x02}},
		// Half red on white is pink; one colour makes a palette of one bit.
		"alpha":       {half, 1, 1, []byte{255, 127, 127}, []byte{0}},
		"transparent": {clear, 1, 1, []byte{255, 255, 255}, []byte{0}},
	} {
		t.Run(name, func(t *testing.T) {
			img, err := ReadImage(pngOf(test.m), nil)
			if err != nil {
				t.Fatal(err)
			}
			if img.Width != 20 || img.Height != 10 || img.components != test.components || img.entry("BitsPerComponent") != Int(test.depth) {
				t.Errorf("%d by %d, %d components of %v bits", img.Width, img.Height, img.components, img.entry("BitsPerComponent"))
			}
			if !bytes.Equal(img.palette, test.palette) {
				t.Errorf("palette %v, want %v", img.palette, test.palette)
			}
			if s := img.samples(t); !bytes.HasPrefix(s, test.first) {
				t.Errorf("samples begin %v, want %v", s[:len(test.first)], test.first)
			}
		})
	}
}

func TestRasterKeepsSamples(t *testing.T) {
	m := gradient(image.NewNRGBA(image.Rect(0, 0, 33, 17)))
	img := rasterImage(m, nil)
	s := img.samples(t)
	for y := range 17 {
		for x := range 33 {
			r, g, b, _ := m.At(x, y).RGBA()
			if at := 3 * (y*33 + x); s[at] != byte(r>>8) || s[at+1] != byte(g>>8) || s[at+2] != byte(b>>8) {
				t.Fatalf("pixel %d, %d is %v", x, y, s[at:at+3])
			}
		}
	}
}

func TestReadJPEG(t *testing.T) {
	plain := jpegOf(flag(16, 16))
	img, err := ReadImage(plain, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(img.data, plain) || img.components != 3 {
		t.Error("a plain JPEG file is not taken as it is")
	}
	// What no reader of PDF looks at is left out, with nothing else changed.
	noisy := withSegment(withSegment(withSegment(plain, 0xfe, []byte("a comment")), 0xe1, append([]byte("Exif\x00\x00"), exif(1)...)), 0xed, []byte("Photoshop 3.0\x00"))
	if img, err = ReadImage(append(noisy, "trailing bytes"...), nil); err != nil || !bytes.Equal(img.data, plain) {
		t.Errorf("segments are not left out: %v", err)
	}
	grey, err := ReadImage(jpegOf(gradient(image.NewGray(image.Rect(0, 0, 8, 8)))), nil)
	if err != nil || grey.components != 1 {
		t.Errorf("grey: %v", err)
	}
	for _, adobe := range []bool{true, false} {
		img, err := ReadImage(cmykJPEG(adobe), nil)
		if err != nil {
			t.Fatal(err)
		}
		if img.components != 4 || (img.entry("Decode") != nil) != adobe {
			t.Errorf("four inks, Adobe %v: %d components, Decode %v", adobe, img.components, img.entry("Decode"))
		}
		if _, err := jpeg.Decode(bytes.NewReader(cmykJPEG(true))); err != nil {
			t.Error("the test's own file is bad:", err)
		}
	}
	profile := withSegment(jpegOf(flag(8, 8)), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), otherRGB()...))
	if img, err = ReadImage(profile, nil); err != nil || !bytes.Equal(img.profile, otherRGB()) {
		t.Errorf("a profile is lost: %v", err)
	}
}

// otherRGB is a colour profile that is not sRGB.
func otherRGB() []byte {
	p := SRGB()
	return bytes.Replace(p, []byte("\x00s\x00R\x00G\x00B"), []byte("\x00w\x00i\x00d\x00e"), 1)
}

// TestOrientation turns the unit square as each orientation asks, and looks where the stored picture's corners come to
// lie: EXIF tells which edges of what is shown the first row and the first column are.
func TestOrientation(t *testing.T) {
	corners := map[int][2]string{ // where the stored picture's top left and top right corners are shown
		1: {"top left", "top right"}, 2: {"top right", "top left"}, 3: {"bottom right", "bottom left"}, 4: {"bottom left", "bottom right"},
		5: {"top left", "bottom left"}, 6: {"top right", "bottom right"}, 7: {"bottom right", "top right"}, 8: {"bottom left", "top left"},
	}
	for o := 1; o <= 8; o++ {
		for kind, file := range map[string][]byte{
			"JPEG": withSegment(jpegOf(flag(16, 8)), 0xe1, append([]byte("Exif\x00\x00"), exif(uint16(o))...)),
			"PNG":  withChunk(pngOf(flag(16, 8)), "eXIf", exif(uint16(o))),
		} {
			img, err := ReadImage(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			if turned := o >= 5; img.Width != map[bool]int{false: 16, true: 8}[turned] || img.Height != map[bool]int{false: 8, true: 16}[turned] {
				t.Errorf("%s %d: shown %d by %d", kind, o, img.Width, img.Height)
			}
			m := svg.Matrix(img.Place(0, 0, 1, 1))
			name := func(x, y float64) string {
				x, y = m.Apply(x, y)
				return map[float64]string{0: "bottom", 1: "top"}[math.Round(y)] + " " + map[float64]string{0: "left", 1: "right"}[math.Round(x)]
			}
			if got := [2]string{name(0, 1), name(1, 1)}; got != corners[o] {
				t.Errorf("%s %d: corners at %v, want %v", kind, o, got, corners[o])
			}
		}
	}
}

func TestReadOthers(t *testing.T) {
	var g bytes.Buffer
	if err := gif.Encode(&g, flag(12, 8), nil); err != nil {
		t.Fatal(err)
	}
	// A lossless WebP of one by one pixel.
	webp, _ := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	for name, test := range map[string]struct {
		data []byte
		w, h int
	}{"GIF": {g.Bytes(), 12, 8}, "WebP": {webp, 1, 1}} {
		img, err := ReadImage(test.data, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if img.Width != test.w || img.Height != test.h {
			t.Errorf("%s: %d by %d", name, img.Width, img.Height)
		}
	}
}

// TestBadPictures reads what is no picture, or less than one: an error, and neither a crash nor a file with a hole.
func TestBadPictures(t *testing.T) {
	good := pngOf(flag(8, 8))
	for name, data := range map[string][]byte{
		"nothing":            nil,
		"words":              []byte("not a picture"),
		"PNG cut off":        good[:len(good)-30],
		"PNG without pixels": append(slices.Clone(good[:len(pngSignature)+25]), "\x00\x00\x00\x00IEND\xaeB`\x82"...),
		"JPEG cut off":       jpegOf(flag(8, 8))[:100],
		"JPEG of nothing":    []byte("\xff\xd8\xff\xd9"),
		"SVG without end":    []byte("<svg"),
		"SVG of no size":     []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1e6" height="1"/>`),
		"GIF cut off":        []byte("GIF89a\x01\x00"),
		"WebP cut off":       []byte("RIFF\x00\x00\x00\x00WEBPVP8 "),
	} {
		if img, err := ReadImage(data, nil); err == nil {
			t.Errorf("%s: read as %d by %d", name, img.Width, img.Height)
		}
	}
}

// TestAddImage writes pictures of every kind into a file, each once.
func TestAddImage(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, "1.7")
	refs := map[Ref]bool{}
	for _, data := range [][]byte{pngOf(flag(4, 4)), cmykJPEG(true), jpegOf(flag(8, 8)), withSegment(jpegOf(flag(8, 8)), 0xfe, []byte("again")),
		[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="4" height="4" fill="red"/></svg>`)} {
		img, err := ReadImage(data, nil)
		if err != nil {
			t.Fatal(err)
		}
		refs[w.AddImage(img)] = true
	}
	if len(refs) != 4 {
		t.Errorf("%d objects for four pictures, one of them twice", len(refs))
	}
	if err := w.Close(w.Add(Dict{}), 0); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/DCTDecode", "/ICCBased", "/Decode[1 0 1 0 1 0 1 0]", "/Subtype/Form", "/BBox[0 0 10 5]"} {
		if !bytes.Contains(b.Bytes(), []byte(want)) {
			t.Errorf("the file has no %s", want)
		}
	}
}

func FuzzReadImage(f *testing.F) {
	f.Add(pngOf(flag(4, 4)))
	f.Add(pngOf(gradient(image.NewGray16(image.Rect(0, 0, 3, 3)))))
	f.Add(cmykJPEG(true))
	f.Add(withSegment(jpegOf(flag(8, 8)), 0xe1, append([]byte("Exif\x00\x00"), exif(6)...)))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01D\x00;"))
	seeds, _ := filepath.Glob("testdata/*.svg")
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		img, err := ReadImage(data, boxes)
		if err != nil || img.Width > 4096 || img.Height > 4096 {
			return
		}
		w := NewWriter(io.Discard, "1.7")
		w.AddImage(img)
		if err := w.Close(w.Add(Dict{}), 0); err != nil {
			t.Fatal(err)
		}
	})
}

// boxes letters every character as a square of half an em.
func boxes(text, _ string, _ int, _ bool) *svg.Outline {
	o := &svg.Outline{}
	for range text {
		o.MoveTo(o.Advance, 0)
		o.LineTo(o.Advance+.4, 0)
		o.LineTo(o.Advance+.4, .4)
		o.LineTo(o.Advance, .4)
		o.Close()
		o.Advance += .5
	}
	return o
}
