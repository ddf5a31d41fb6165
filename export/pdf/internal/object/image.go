package object

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/twinpress/twinpress/export/internal/svg"
)

// An Image is a picture read and ready to be written as an XObject. JPEG data and the common kinds of PNG go into the
// file as they are; everything else is decoded and compressed without loss, but for lossy WebP, which becomes JPEG.
// Transparency is laid on white, the colour of paper: a printed page has no other ground, and nothing later in the
// chain (a press, an archive, an old reader) can then get it wrong.
type Image struct {
	// Width and Height are in pixels as shown, after the orientation that the file asks for; for SVG in CSS pixels,
	// rounded up.
	Width, Height int
	// Vector says that the picture is a drawing, and Lost what of it could not be kept (SVG).
	Vector bool
	Lost   []string

	orientation int // EXIF's, 1 to 8
	dict        Dict
	data        []byte
	space       Object // colour space, when not by profile
	palette     []byte // RGB, of an indexed image
	profile     []byte // ICC
	components  int
	form        *form

	depth     int // bits of a sample that was packed by us; 0 of another picture
	predicted bool
}

// MaxPixels is the size of the largest picture that is read. Larger ones are damaged files or attacks.
const MaxPixels = 1 << 28

// ErrFormat is the error for data that is no picture of a known kind.
var ErrFormat = errors.New("not a JPEG, PNG, GIF, WebP, TIFF, BMP or SVG picture")

// ReadImage reads a picture of any kind known. lettering, for the text of SVG, may be nil; such text is then told in Lost.
func ReadImage(data []byte, lettering svg.Lettering) (img *Image, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		img, err = readJPEG(data)
	case bytes.HasPrefix(data, []byte(pngSignature)):
		img, err = readPNG(data)
	case bytes.HasPrefix(data, []byte("GIF8")):
		img, err = readGIF(data)
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		img, err = readWebP(data)
	case bytes.HasPrefix(data, []byte("II*\x00")) || bytes.HasPrefix(data, []byte("MM\x00*")):
		img, err = readTIFF(data)
	case bytes.HasPrefix(data, []byte("BM")):
		img, err = readBMP(data)
	case svg.Sniff(data):
		img, err = readDrawing(data, lettering)
	default:
		return nil, ErrFormat
	}
	if err != nil {
		return nil, err
	}
	if img.orientation >= 5 {
		img.Width, img.Height = img.Height, img.Width
	}
	return img, nil
}

func checkSize(w, h int) error {
	if w <= 0 || h <= 0 {
		return fmt.Errorf("picture of %d by %d pixels", w, h)
	}
	if w > MaxPixels/h {
		return fmt.Errorf("picture of %d by %d pixels is too large", w, h)
	}
	return nil
}

// Place gives the operator that lays the picture into a rectangle: the matrix that turns the unit square (ISO 32000-1
// § 8.9.5), or a drawing's own space, into it.
func (img *Image) Place(x0, y0, x1, y1 float64) [6]float64 {
	w, h := x1-x0, y1-y0
	if img.form != nil {
		sx, sy := w/img.form.width, h/img.form.height
		return [6]float64{sx, 0, 0, sy, x0, y0}
	}
	switch img.orientation {
	case 2: // mirrored left to right
		return [6]float64{-w, 0, 0, h, x1, y0}
	case 3: // turned half round
		return [6]float64{-w, 0, 0, -h, x1, y1}
	case 4: // mirrored top to bottom
		return [6]float64{w, 0, 0, -h, x0, y1}
	case 5: // mirrored at the falling diagonal
		return [6]float64{0, -h, -w, 0, x1, y1}
	case 6: // its top is at the right
		return [6]float64{0, -h, w, 0, x0, y1}
	case 7: // mirrored at the rising diagonal
		return [6]float64{0, h, w, 0, x0, y0}
	case 8: // its top is at the left
		return [6]float64{0, h, -w, 0, x1, y0}
	}
	return [6]float64{w, 0, 0, h, x0, y0}
}

// AddImage writes img, once for equal pictures, and gives its number.
func (o *Writer) AddImage(img *Image) Ref {
	if img.form != nil {
		return o.addForm(img.form)
	}
	space := img.space
	switch {
	case img.profile != nil:
		space = Array{Name("ICCBased"), o.Share(Dict{{"N", Int(img.components)}}, img.profile)}
	case img.components == 4:
		// DeviceCMYK would have no meaning beside an RGB output intent (ISO 19005-2 § 6.2.4.3).
		space = Array{Name("ICCBased"), o.Share(Dict{{"N", Int(4)}}, CoatedCMYK())}
	case img.components == 3:
		space = Name("DeviceRGB")
	case img.components == 1:
		space = Name("DeviceGray")
	}
	if img.palette != nil {
		if img.components == 1 {
			space = Name("DeviceRGB")
		}
		space = Array{Name("Indexed"), space, Int(len(img.palette)/3 - 1), o.lookup(img.palette)}
	}
	w, h := img.Width, img.Height
	if img.orientation >= 5 {
		w, h = h, w
	}
	d := Dict{{"Type", Name("XObject")}, {"Subtype", Name("Image")}, {"Width", Int(w)}, {"Height", Int(h)}, {"ColorSpace", space}}
	return o.ShareEncoded(append(d, img.dict...), img.data)
}

// lookup gives a palette as a string when short, as a stream when compression may help.
func (o *Writer) lookup(palette []byte) Object {
	if len(palette) <= 96 {
		return String(palette)
	}
	return o.Share(nil, palette)
}

// usable gives an ICC profile when PDF can use it for n components: version 4 at most, of a class that describes a
// device, with its own length (ISO 19005-2 § 6.2.4.2). It gives nil for a profile of sRGB or of gray, which the file's
// output intent stands for already, and for what is no profile.
func usable(profile []byte, n int) []byte {
	if len(profile) < 132 || string(profile[36:40]) != "acsp" || profile[8] > 4 || profile[8] < 2 {
		return nil
	}
	size := binary.BigEndian.Uint32(profile)
	if size < 132 || uint64(size) > uint64(len(profile)) {
		return nil
	}
	profile = profile[:size]
	switch string(profile[12:16]) {
	case "scnr", "mntr", "prtr", "spac":
	default:
		return nil
	}
	space := map[int]string{1: "GRAY", 3: "RGB ", 4: "CMYK"}[n]
	if string(profile[16:20]) != space || n == 1 {
		return nil
	}
	if n == 3 && describesSRGB(profile) {
		return nil
	}
	return profile
}

// describesSRGB reports whether a profile calls itself sRGB.
func describesSRGB(profile []byte) bool {
	count := binary.BigEndian.Uint32(profile[128:])
	for i := uint32(0); i < count && i < 100 && int(132+12*i+12) <= len(profile); i++ {
		tag := profile[132+12*i:]
		if string(tag[:4]) != "desc" {
			continue
		}
		at, n := uint64(binary.BigEndian.Uint32(tag[4:])), uint64(binary.BigEndian.Uint32(tag[8:]))
		if at+n > uint64(len(profile)) {
			return false
		}
		text := profile[at : at+n]
		return bytes.Contains(text, []byte("sRGB")) || bytes.Contains(text, []byte("s\x00R\x00G\x00B"))
	}
	return false
}

// exifOrientation reads the orientation (tag 0x0112 of the first directory) of an EXIF block that begins with its TIFF
// header; 1, upright, for anything it does not understand.
func exifOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(b[:2]) {
	case "II":
	case "MM":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	n := uint64(order.Uint16(b[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > uint64(len(b)) {
			return 1
		}
		if order.Uint16(b[e:]) == 0x0112 {
			if v := int(order.Uint16(b[e+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}
