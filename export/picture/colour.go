package picture

import "math"

// colours are grounds dark enough for white letters (7:1 and more), in an order in which neighbours differ.
var colours = [...]uint32{0x7A1E1E, 0x17395C, 0x3E5219, 0x4A2358, 0x0F4C4A, 0x6B3410, 0x26304D, 0x5C1A3B, 0x22482C, 0x3B3B3B}

const (
	paper = 0xF6F2E9
	ink   = 0x1C1A17
	faint = 0x5E584E
	white = 0xFFFFFF
)

// mix lays part (of 100) of one colour over another.
func mix(under, over uint32, part uint32) uint32 {
	var out uint32
	for shift := 0; shift < 24; shift += 8 {
		u, o := under>>shift&0xFF, over>>shift&0xFF
		out |= (u*(100-part) + o*part) / 100 << shift
	}
	return out
}

// linear gives the light of a sample of sRGB (IEC 61966-2-1), of 65535. Rounded, it is the same on every machine.
var linear = func() (t [256]int) {
	for i := range t {
		v := float64(i) / 255
		if v <= .04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		t[i] = int(math.Round(v * 65535))
	}
	return t
}()

// light is the relative luminance of a colour (WCAG 2.2), of 65535.
func light(c uint32) int {
	return (2126*linear[c>>16&0xFF] + 7152*linear[c>>8&0xFF] + 722*linear[c&0xFF]) / 10000
}

// contrast gives the contrast of two luminances (WCAG 2.2), times 100: 450 is legible at any size.
func contrast(a, b int) int {
	if a < b {
		a, b = b, a
	}
	const flare = 65535 / 20
	return 100 * (a + flare) / (b + flare)
}

// The least contrast of what we set, in the measure of contrast: of letters on a ground, and of small ones on a picture (level AA
// and AAA of WCAG 2.2).
const (
	legible = 450
	small   = 700
)

// on gives the ink for a ground: the one that is wanted when it can be read there, else white or near black.
func on(ground, wanted uint32) uint32 {
	at := light(ground)
	if contrast(light(wanted), at) >= legible {
		return wanted
	}
	if contrast(light(white), at) >= contrast(light(ink), at) {
		return white
	}
	return ink
}
