package object

import (
	"encoding/binary"
	"math"
)

// SRGB is an ICC profile of the sRGB colour space (IEC 61966-2-1), version 4.2 as ISO 32000-1 § 8.6.5.5 knows it, made
// here: three primaries adapted to D50, the standard's own curve in parametric form, and nothing else.
func SRGB() []byte {
	// Each primary's chromaticity through the Bradford matrix from D65 to D50, in ICC's units of 1/65536.
	curve := iccTag("para", 3<<16, fixed(2.4), fixed(1/1.055), fixed(0.055/1.055), fixed(1/12.92), fixed(0.04045))
	return iccProfile("mntr", "RGB ", "XYZ ", []iccEntry{
		{"desc", iccText("sRGB")},
		{"cprt", iccText("CC0")},
		{"wtpt", iccTag("XYZ ", 0xf6d6, 0x10000, 0xd32d)},
		{"chad", iccTag("sf32",
			fixed(1.04788208), fixed(0.02291870), fixed(-0.05021667),
			fixed(0.02958679), fixed(0.99047852), fixed(-0.01707458),
			fixed(-0.00923157), fixed(0.01507568), fixed(0.75167847))},
		{"rXYZ", iccTag("XYZ ", 0x6fa2, 0x38f5, 0x0390)},
		{"gXYZ", iccTag("XYZ ", 0x6299, 0xb785, 0x18da)},
		{"bXYZ", iccTag("XYZ ", 0x24a0, 0x0f84, 0xb6cf)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	})
}

// CoatedCMYK is an ICC profile for pictures in four inks that bring no profile of their own. It is a Neugebauer model of
// offset printing on coated paper: the sixteen overprints of full inks have the colours that ISO 12647-2 aims at, and
// what lies between is mixed by area after a dot gain of a fifth at the middle. It is no press's own profile, but it
// shows such a picture as its maker saw it, which plain DeviceCMYK leaves to each reader.
func CoatedCMYK() []byte {
	// L*, a*, b* of paper and overprints, indexed by the inks that print: cyan 8, magenta 4, yellow 2, black 1.
	primaries := [16][3]float64{
		{95, 0, -2}, {16, 0, 0}, {89, -5, 93}, {14, 0, 4},
		{48, 74, -3}, {12, 6, 0}, {47, 68, 48}, {11, 5, 3},
		{55, -37, -50}, {11, -4, -6}, {50, -65, 27}, {11, -5, 3},
		{24, 22, -46}, {8, 2, -6}, {23, 0, 0}, {6, 0, 0},
	}
	const gridPoints = 5
	var b []byte
	b = append(b, "mft2\x00\x00\x00\x00"...)
	b = append(b, 4, 3, gridPoints, 0)
	for i := range 9 { // the identity: used for XYZ only
		v := uint32(0)
		if i%4 == 0 {
			v = 0x10000
		}
		b = binary.BigEndian.AppendUint32(b, v)
	}
	const curvePoints = 33
	b = binary.BigEndian.AppendUint16(b, curvePoints)
	b = binary.BigEndian.AppendUint16(b, 2)
	for range 4 { // tone value increase
		for i := range curvePoints {
			t := float64(i) / (curvePoints - 1)
			b = binary.BigEndian.AppendUint16(b, uint16(math.Round(65535*(t+0.18*4*t*(1-t)))))
		}
	}
	for c := range gridPoints {
		for m := range gridPoints {
			for y := range gridPoints {
				for k := range gridPoints {
					ink := [4]float64{float64(c), float64(m), float64(y), float64(k)}
					var lab [3]float64
					for p, colour := range primaries {
						area := 1.0
						for i, v := range ink {
							v /= gridPoints - 1
							if p&(8>>i) == 0 {
								v = 1 - v
							}
							area *= v
						}
						for i := range lab {
							lab[i] += area * colour[i]
						}
					}
					// Lab in 16 bits as version 2 lookup tables have it: 0xff00 is L* 100, 0x8000 is a* 0.
					b = binary.BigEndian.AppendUint16(b, uint16(math.Round(lab[0]*65280/100)))
					b = binary.BigEndian.AppendUint16(b, uint16(math.Round((lab[1]+128)*256)))
					b = binary.BigEndian.AppendUint16(b, uint16(math.Round((lab[2]+128)*256)))
				}
			}
		}
	}
	for range 3 {
		b = append(b, 0, 0, 0xff, 0xff)
	}
	return iccProfile("scnr", "CMYK", "Lab ", []iccEntry{
		{"desc", iccText("Coated offset (Neugebauer)")},
		{"cprt", iccText("CC0")},
		{"wtpt", iccTag("XYZ ", 0xf6d6, 0x10000, 0xd32d)},
		{"A2B0", b},
	})
}

// fixed is an s15Fixed16Number.
func fixed(v float64) uint32 { return uint32(int32(math.Round(v * 65536))) }

type iccEntry struct {
	signature string
	data      []byte
}

func iccTag(kind string, values ...uint32) []byte {
	b := append([]byte(kind), 0, 0, 0, 0)
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// iccText is a multiLocalizedUnicodeType of one English text.
func iccText(s string) []byte {
	b := iccTag("mluc", 1, 12)
	b = append(b, "enUS"...)
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(s)))
	b = binary.BigEndian.AppendUint32(b, 28)
	return appendUTF16(b, s)
}

// iccProfile lays out a profile (ISO 15076-1 § 7): header, table of tags, tags; equal tags lie once.
func iccProfile(class, space, pcs string, tags []iccEntry) []byte {
	b := make([]byte, 128, 1024)
	copy(b[8:], []byte{4, 0x20, 0, 0})
	copy(b[12:], class)
	copy(b[16:], space)
	copy(b[20:], pcs)
	copy(b[24:], []byte{0x07, 0xe4, 0, 1, 0, 1}) // the profile's date, 1 January 2020, is part of it
	copy(b[36:], "acsp")
	binary.BigEndian.PutUint32(b[68:], 0xf6d6) // illuminant D50
	binary.BigEndian.PutUint32(b[72:], 0x10000)
	binary.BigEndian.PutUint32(b[76:], 0xd32d)
	b = binary.BigEndian.AppendUint32(b, uint32(len(tags)))
	offset := len(b) + 12*len(tags)
	var data []byte
	seen := map[string]int{}
	for _, t := range tags {
		at, ok := seen[string(t.data)]
		if !ok {
			at = offset + len(data)
			seen[string(t.data)] = at
			data = append(data, t.data...)
			for len(data)%4 != 0 {
				data = append(data, 0)
			}
		}
		b = append(b, t.signature...)
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		b = binary.BigEndian.AppendUint32(b, uint32(len(t.data)))
	}
	b = append(b, data...)
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return b
}
