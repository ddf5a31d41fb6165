package fonts

import (
	"strings"
	"unicode/utf16"
)

// identify finds what the font calls itself, and its weight and posture.
func (f *Face) identify(stem string) {
	names := readNames(table(f.p.data, "name"))
	style := names[17]
	if f.family = names[16]; f.family == "" {
		f.family, style = names[1], names[2]
	}
	if f.family == "" {
		f.family = stem
	}
	if f.name = psName(names[6]); f.name == "" {
		f.name = psName(f.family + "-" + style)
	}
	if f.name == "" {
		f.name = psName(stem)
	}
	if f.name == "" {
		f.name = "Font"
	}
	words := strings.ToLower(style + " " + names[4])
	f.weight = 0
	if os2 := table(f.p.data, "OS/2"); len(os2) >= 64 {
		f.weight = u16(os2, 4)
		f.family = widthFamily(f.family, u16(os2, 6))
		f.italic = u16(os2, 62)&1 != 0
	}
	if head := table(f.p.data, "head"); len(head) >= 46 && u16(head, 44)&2 != 0 {
		f.italic = true
	}
	// Some fonts forget the bit: the angle and the name tell as well.
	if f.p.metrics.ItalicAngle != 0 || strings.Contains(words, "italic") || strings.Contains(words, "oblique") {
		f.italic = true
	}
	if f.weight > 0 && f.weight < 10 { // an old habit: 4 for 400
		f.weight *= 100
	}
	if f.weight < 1 || f.weight > 1000 {
		f.weight = weightOf(words)
	}
}

// widths are the names of the width classes (ISO/IEC 14496-22 §5.2.6).
var widths = [...]string{
	1: "Ultra Condensed", 2: "Extra Condensed", 3: "Condensed", 4: "Semi Condensed",
	6: "Semi Expanded", 7: "Expanded", 8: "Extra Expanded", 9: "Ultra Expanded",
}

// widthFamily makes a family of its own of the narrow and the wide faces of one, as families are chosen from by weight and
// posture only.
func widthFamily(family string, class int) string {
	if class < 1 || class >= len(widths) || widths[class] == "" {
		return family
	}
	lower := strings.ToLower(family)
	for _, word := range []string{"cond", "narrow", "compressed", "expanded", "extended", "wide"} {
		if strings.Contains(lower, word) {
			return family
		}
	}
	return family + " " + widths[class]
}

// weightOf reads a weight from a style's name (the names of ISO/IEC 14496-22 §5.2.5).
func weightOf(words string) int {
	words = strings.NewReplacer("-", "", " ", "").Replace(words)
	for _, w := range []struct {
		name   string
		weight int
	}{
		{"extralight", 200}, {"ultralight", 200}, {"semibold", 600}, {"demibold", 600}, {"demi", 600}, {"extrabold", 800},
		{"ultrabold", 800}, {"thin", 100}, {"light", 300}, {"medium", 500}, {"bold", 700}, {"black", 900}, {"heavy", 900},
	} {
		if strings.Contains(words, w.name) {
			return w.weight
		}
	}
	return 400
}

// readNames reads the name table (ISO/IEC 14496-22 §5.2.7): for each name the English one of Windows, else any of Windows or
// Unicode, else the old Macintosh one.
func readNames(b []byte) map[int]string {
	names, quality := map[int]string{}, map[int]int{}
	if len(b) < 6 {
		return names
	}
	count, store := u16(b, 2), u16(b, 4)
	for i := range count {
		at := 6 + 12*i
		if at+12 > len(b) {
			break
		}
		platform, encoding, lang, id := u16(b, at), u16(b, at+2), u16(b, at+4), u16(b, at+6)
		from := store + u16(b, at+10)
		to := from + u16(b, at+8)
		if to > len(b) {
			continue
		}
		q := 0
		switch {
		case platform == 3 && (encoding == 1 || encoding == 10) && lang == 0x0409:
			q = 4
		case platform == 3 && (encoding == 1 || encoding == 10):
			q = 2
		case platform == 0:
			q = 3
		case platform == 1 && encoding == 0 && lang == 0:
			q = 1
		}
		if q <= quality[id] {
			continue
		}
		var s string
		if q == 1 { // MacRoman; names that matter here are ASCII
			s = strings.Map(func(r rune) rune {
				if r >= 0x80 {
					return -1
				}
				return r
			}, string(b[from:to]))
		} else {
			units := make([]uint16, (to-from)/2)
			for j := range units {
				units[j] = uint16(u16(b, from+2*j))
			}
			s = string(utf16.Decode(units))
		}
		if s = strings.TrimSpace(strings.Trim(s, "\x00")); s != "" {
			names[id], quality[id] = s, q
		}
	}
	return names
}

// psName keeps what a PostScript name may hold: printable ASCII without ()[]{}<>/% and spaces, at most 63 letters.
func psName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune("()[]{}<>/%", r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(s, "-")
	return s[:min(len(s), 63)]
}
