// Package barcode draws the codes that a page shows to a telephone, or a cover to a till: which modules are dark is github.com/boombuler/barcode's
// work, how they come onto paper is ours.
package barcode

import (
	"fmt"
	"image/color"
	"strconv"

	"github.com/boombuler/barcode/qr"
)

// A Matrix is a code of dark and light squares.
type Matrix struct {
	Size int    // modules to a side
	dark []bool // by row
}

// QR gives the QR code (ISO/IEC 18004) of a text, a sixth of which may be lost (level M), in the least size that holds it. The
// error is that no size does: more than 2,331 bytes.
func QR(text string) (*Matrix, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	m := &Matrix{Size: code.Bounds().Dx()}
	for y := range m.Size {
		for x := range m.Size {
			m.dark = append(m.dark, code.At(x, y) == color.Black)
		}
	}
	return m, nil
}

// Dark reports whether a module is dark.
func (m *Matrix) Dark(x, y int) bool { return m.dark[y*m.Size+x] }

// Quiet is how many modules of white a reader wants around a code (ISO/IEC 18004 § 6.3.8).
const Quiet = 4

// SVG draws the code as one path, a unit to a module, so that no seam shows between two modules. The white around it is the
// page's.
func (m *Matrix) SVG() []byte { return m.draw(0) }

// Framed is SVG with the white around it.
func (m *Matrix) Framed() []byte { return m.draw(Quiet) }

func (m *Matrix) draw(white int) []byte {
	n := strconv.Itoa(m.Size + 2*white)
	b := []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="` + n + `" height="` + n + `" viewBox="0 0 ` + n + " " + n + `"><path d="`)
	for y := range m.Size {
		for x := 0; x < m.Size; x++ {
			from := x
			for x < m.Size && m.Dark(x, y) {
				x++
			}
			if x > from {
				b = fmt.Appendf(b, "M%d %dh%dv1h-%dz", from+white, y+white, x-from, x-from)
			}
		}
	}
	return append(b, `"/></svg>`...)
}
