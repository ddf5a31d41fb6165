package object

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// readGIF reads the first picture of a GIF file.
func readGIF(data []byte) (*Image, error) {
	c, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("GIF file: %w", err)
	}
	if err := checkSize(c.Width, c.Height); err != nil {
		return nil, err
	}
	first, err := gif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("GIF file: %w", err)
	}
	if first.Bounds() != image.Rect(0, 0, c.Width, c.Height) {
		screen := image.NewRGBA(image.Rect(0, 0, c.Width, c.Height))
		draw.Draw(screen, screen.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(screen, first.Bounds(), first, first.Bounds().Min, draw.Over)
		first = screen
	}
	return rasterImage(first, nil), nil
}

// readWebP reads a WebP file. A lossy one is written as JPEG: unpacked and packed without loss it would be ten times as
// large and no better.
func readWebP(data []byte) (*Image, error) {
	c, err := webp.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("WebP file: %w", err)
	}
	if err := checkSize(c.Width, c.Height); err != nil {
		return nil, err
	}
	decoded, err := webp.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("WebP file: %w", err)
	}
	profile, orientation := webpExtras(data)
	out := rasterImage(decoded, profile)
	switch decoded.(type) {
	case *image.YCbCr, *image.NYCbCrA:
		var b bytes.Buffer
		if err := jpeg.Encode(&b, onWhite(decoded), &jpeg.Options{Quality: 90}); err != nil {
			return nil, fmt.Errorf("WebP file: %w", err)
		}
		if b.Len() < len(out.data) {
			if out, err = readJPEG(b.Bytes()); err != nil {
				return nil, err
			}
			out.profile = usable(profile, 3)
		}
	}
	out.orientation = orientation
	return out, nil
}

// webpExtras finds the colour profile and the orientation in a WebP file's chunks.
func webpExtras(data []byte) (profile []byte, orientation int) {
	orientation = 1
	for rest := data[12:]; len(rest) >= 8; {
		n := uint64(binary.LittleEndian.Uint32(rest[4:]))
		if n+8 > uint64(len(rest)) {
			return
		}
		switch body := rest[8 : 8+n]; string(rest[:4]) {
		case "ICCP":
			profile = body
		case "EXIF":
			orientation = exifOrientation(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		}
		rest = rest[min(uint64(len(rest)), 8+n+n%2):]
	}
	return
}

func readTIFF(data []byte) (*Image, error) {
	c, err := tiff.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("TIFF file: %w", err)
	}
	if err := checkSize(c.Width, c.Height); err != nil {
		return nil, err
	}
	decoded, err := tiff.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("TIFF file: %w", err)
	}
	out := rasterImage(decoded, nil)
	out.orientation = exifOrientation(data)
	return out, nil
}

func readBMP(data []byte) (*Image, error) {
	c, err := bmp.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("BMP file: %w", err)
	}
	if err := checkSize(c.Width, c.Height); err != nil {
		return nil, err
	}
	decoded, err := bmp.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("BMP file: %w", err)
	}
	return rasterImage(decoded, nil), nil
}

// onWhite lays a picture on white.
func onWhite(src image.Image) *image.RGBA {
	b := src.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	if o, ok := src.(interface{ Opaque() bool }); !ok || !o.Opaque() {
		draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	}
	draw.Draw(out, out.Bounds(), src, b.Min, draw.Over)
	return out
}

// rasterImage gives a decoded picture in the smallest form that holds it: one, two, four or eight bits of grey or of a
// palette, or full colour, with eight bits a sample.
func rasterImage(src image.Image, profile []byte) *Image {
	b := src.Bounds()
	img := &Image{Width: b.Dx(), Height: b.Dy(), orientation: 1}
	flat := onWhite(src)
	rgb := make([]byte, 0, 3*img.Width*img.Height)
	for i := 0; i < len(flat.Pix); i += 4 {
		rgb = append(rgb, flat.Pix[i], flat.Pix[i+1], flat.Pix[i+2])
	}
	if _, grey := src.ColorModel().(color.Palette); !grey && src.ColorModel() == color.GrayModel {
		profile = nil
	}
	img.pack(rgb, usable(profile, 3))
	return img
}

func (img *Image) pack(rgb, profile []byte) {
	index, palette := indexed(rgb)
	grey := profile == nil && isGrey(rgb)
	switch {
	case palette != nil && !(grey && len(palette) > 3*16):
		depth := 8
		for _, d := range [...]int{4, 2, 1} {
			if len(palette)/3 <= 1<<d {
				depth = d
			}
		}
		img.components, img.palette, img.profile = 1, palette, profile
		if profile != nil {
			img.components = 3
		}
		img.data = compressPicture(packBits(index, img.Width, depth))
		img.depth = depth
	case grey:
		samples := make([]byte, len(rgb)/3)
		for i := range samples {
			samples[i] = rgb[3*i]
		}
		img.components = 1
		img.data = compressPicture(filterRows(samples, img.Width, 1))
		img.depth, img.predicted = 8, true
	default:
		img.components, img.profile = 3, profile
		img.data = compressPicture(filterRows(rgb, 3*img.Width, 3))
		img.depth, img.predicted = 8, true
	}
	img.describe()
}

func isGrey(rgb []byte) bool {
	for i := 0; i < len(rgb); i += 3 {
		if rgb[i] != rgb[i+1] || rgb[i] != rgb[i+2] {
			return false
		}
	}
	return true
}

// indexed gives a picture of at most 256 colours as indexes into a palette, in the order of first use; palette is nil
// for one of more.
func indexed(rgb []byte) (index, palette []byte) {
	seen := map[[3]byte]byte{}
	index = make([]byte, len(rgb)/3)
	var last [3]byte
	at, begun := byte(0), false
	for i := range index {
		c := [3]byte(rgb[3*i : 3*i+3])
		if !begun || c != last {
			known, ok := seen[c]
			if !ok {
				if len(seen) == 256 {
					return nil, nil
				}
				known = byte(len(seen))
				seen[c] = known
				palette = append(palette, c[:]...)
			}
			at, last, begun = known, c, true
		}
		index[i] = at
	}
	return index, palette
}

// packBits packs samples of a row into bits, each row to whole bytes.
func packBits(samples []byte, width, depth int) []byte {
	if depth == 8 {
		return samples
	}
	var out []byte
	for len(samples) > 0 {
		row := samples[:width]
		samples = samples[width:]
		var acc, n int
		for _, s := range row {
			acc = acc<<depth | int(s)
			if n += depth; n == 8 {
				out = append(out, byte(acc))
				acc, n = 0, 0
			}
		}
		if n > 0 {
			out = append(out, byte(acc<<(8-n)))
		}
	}
	return out
}

// filterRows applies to each row the PNG filter that leaves the least sum of differences, which is the heuristic that the
// PNG specification recommends (ISO/IEC 15948 § 12.8).
func filterRows(samples []byte, stride, pixel int) []byte {
	out := make([]byte, 0, len(samples)+len(samples)/stride)
	above := make([]byte, stride)
	try := make([]byte, stride)
	best := make([]byte, stride)
	for len(samples) > 0 {
		row := samples[:stride]
		samples = samples[stride:]
		kind, least := byte(0), -1
		for k := range byte(5) {
			sum := 0
			for i, v := range row {
				var left, up, corner int
				up = int(above[i])
				if i >= pixel {
					left, corner = int(row[i-pixel]), int(above[i-pixel])
				}
				p := 0
				switch k {
				case 1:
					p = left
				case 2:
					p = up
				case 3:
					p = (left + up) / 2
				case 4:
					p = paeth(left, up, corner)
				}
				f := v - byte(p)
				try[i] = f
				if f < 128 {
					sum += int(f)
				} else {
					sum += 256 - int(f)
				}
			}
			if least < 0 || sum < least {
				kind, least = k, sum
				try, best = best, try
			}
		}
		out = append(append(out, kind), best...)
		above = row
	}
	return out
}

func paeth(left, up, corner int) int {
	p := left + up - corner
	a, b, c := abs(p-left), abs(p-up), abs(p-corner)
	if a <= b && a <= c {
		return left
	}
	if b <= c {
		return up
	}
	return corner
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}
