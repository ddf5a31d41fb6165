package object

import (
	"bytes"
	"encoding/binary"

	"github.com/twinpress/twinpress/export/internal/svg"
)

// A Packed is what is to be known, besides its bytes, of a picture that had to be unpacked and packed anew. It can be written as JSON.
type Packed struct {
	Width, Height, Orientation int
	Components, Depth          int
	Predicted                  bool
	Palette, Profile           []byte `json:",omitempty"`
}

// Remember gives what was made under a key before, or makes it and keeps it; told is a pointer to what is to be known of it besides its bytes.
type Remember func(told any, make func() ([]byte, error), key ...any) ([]byte, error)

// ReadImageOnce is ReadImage, which asks remember (nil: nobody) for a picture that has to be unpacked and packed anew: that takes long.
func ReadImageOnce(data []byte, lettering svg.Lettering, remember Remember) (*Image, error) {
	if remember == nil || !repacked(data) {
		return ReadImage(data, lettering)
	}
	var told Packed
	var made *Image
	packed, err := remember(&told, func() (packed []byte, err error) {
		if made, err = ReadImage(data, lettering); err != nil || made.depth == 0 {
			return nil, err
		}
		told = Packed{made.Width, made.Height, made.orientation, made.components, made.depth, made.predicted, made.palette, made.profile}
		return made.data, nil
	}, "picture in a PDF", data)
	switch {
	case err != nil:
		return nil, err
	case made != nil:
		return made, nil
	case told.Depth == 0: // one that is not kept
		return ReadImage(data, lettering)
	}
	img := &Image{Width: told.Width, Height: told.Height, orientation: told.Orientation, components: told.Components, depth: told.Depth, predicted: told.Predicted,
		palette: told.Palette, profile: told.Profile, data: packed}
	img.describe()
	return img, nil
}

// describe says how the data of a picture that was packed are to be read.
func (img *Image) describe() {
	img.dict = Dict{{"BitsPerComponent", Int(img.depth)}, {"Filter", Name("FlateDecode")}}
	if img.predicted {
		width := img.Width
		if img.orientation >= 5 {
			width = img.Height
		}
		img.dict = append(img.dict, predictor(img.components, img.depth, width))
	}
}

// repacked reports whether a picture's file cannot go into a PDF as it is.
func repacked(data []byte) bool {
	switch {
	case bytes.HasPrefix(data, []byte("GIF8")), bytes.HasPrefix(data, []byte("RIFF")), bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")),
		bytes.HasPrefix(data, []byte("BM")):
		return true
	case !bytes.HasPrefix(data, []byte(pngSignature)):
		return false
	}
	rest := data[len(pngSignature):]
	for len(rest) >= 12 {
		n := uint64(binary.BigEndian.Uint32(rest))
		name := string(rest[4:8])
		switch {
		case n+12 > uint64(len(rest)) || name == "IDAT":
			return false
		case name == "tRNS", name == "IHDR" && n >= 13 && (rest[8+12] != 0 || rest[8+9]&4 != 0): // interlaced, or with an alpha channel
			return true
		}
		rest = rest[12+n:]
	}
	return false
}
