package object

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"image/png"
	"io"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// readPNG reads a PNG file (ISO/IEC 15948). Its compressed rows are what PDF's FlateDecode with a PNG predictor takes, so
// a file without interlacing and transparency is not even unpacked, but for a look whether it can be. That look proves the
// rows whole; the check sums of chunks are not asked, as browsers do not.
func readPNG(data []byte) (*Image, error) {
	img := &Image{orientation: 1}
	var depth, kind, interlace byte
	var idat, palette, profile []byte
	transparent := false
	rest := data[len(pngSignature):]
	for len(rest) >= 12 {
		n := binary.BigEndian.Uint32(rest)
		if uint64(n)+12 > uint64(len(rest)) {
			return nil, errors.New("PNG file ends within a chunk")
		}
		name, body := string(rest[4:8]), rest[8:8+n]
		rest = rest[12+n:]
		switch name {
		case "IHDR":
			if n < 13 {
				return nil, errors.New("PNG file without a header")
			}
			w, h := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
			img.Width, img.Height = int(min(w, 1<<30)), int(min(h, 1<<30))
			depth, kind, interlace = body[8], body[9], body[12]
		case "PLTE":
			palette = body
		case "tRNS":
			transparent = true
		case "iCCP":
			profile = inflateProfile(body)
		case "eXIf":
			img.orientation = exifOrientation(body)
		case "IDAT":
			idat = append(idat, body...)
		case "IEND":
			rest = nil
		}
	}
	if err := checkSize(img.Width, img.Height); err != nil {
		return nil, err
	}
	colors := map[byte]int{0: 1, 2: 3, 3: 1}[kind]
	if interlace != 0 || transparent || colors == 0 {
		return img.decodePNG(data, profile)
	}
	if kind == 3 {
		if len(palette) < 3 || len(palette) > 768 || len(palette)%3 != 0 {
			return nil, errors.New("PNG file: bad palette")
		}
		img.palette = palette
		img.profile = usable(profile, 3)
		img.components = 1
		if img.profile != nil {
			img.components = 3
		}
	} else {
		img.components = colors
		img.profile = usable(profile, colors)
	}
	row := (img.Width*colors*int(depth)+7)/8 + 1
	if err := checkZlib(idat, row*img.Height); err != nil {
		return nil, fmt.Errorf("PNG file: %w", err)
	}
	img.data = idat
	img.dict = Dict{{"BitsPerComponent", Int(depth)}, {"Filter", Name("FlateDecode")}, predictor(colors, int(depth), img.Width)}
	return img, nil
}

// predictor is the /DecodeParms of rows that each name their PNG filter.
func predictor(colors, depth, columns int) Entry {
	d := Dict{{"Predictor", Int(15)}, {"Columns", Int(columns)}}
	if colors != 1 {
		d = d.Set("Colors", Int(colors))
	}
	if depth != 8 {
		d = d.Set("BitsPerComponent", Int(depth))
	}
	return Entry{"DecodeParms", d}
}

// decodePNG is for the files that PDF cannot take as they are.
func (img *Image) decodePNG(data, profile []byte) (*Image, error) {
	decoded, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("PNG file: %w", err)
	}
	out := rasterImage(decoded, profile)
	out.orientation = img.orientation
	return out, nil
}

// checkZlib reports whether data unpacks to at least size bytes.
func checkZlib(data []byte, size int) error {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	n, err := io.CopyN(io.Discard, z, int64(size))
	if err != nil {
		return fmt.Errorf("picture ends after %d of %d bytes: %w", n, size, err)
	}
	return nil
}

// inflateProfile unpacks an iCCP chunk: name, method, profile. What cannot be unpacked, or is larger than any profile, is
// no profile.
func inflateProfile(body []byte) []byte {
	i := bytes.IndexByte(body, 0)
	if i < 0 || i+2 > len(body) {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(body[i+2:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(z, 8<<20))
	if err != nil {
		return nil
	}
	return profile
}
