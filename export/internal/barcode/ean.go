package barcode

import (
	"errors"
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/ean"
)

// An EAN is the bar code of the trade (EAN-13, ISO/IEC 15420), with the two digits beside it that tell one issue from the next.
type EAN struct {
	Digits string // thirteen
	AddOn  string // two, or none
}

// Module is the width of the thinnest bar at full size, in micrometres. Shops take 80 % to 200 % of it.
const Module = 330

// ISSN gives the thirteen digits of a serial (ISO 3297, annex B): 977, the number without its check digit, a variant (00). The
// error says what is wrong with the number.
func ISSN(issn string) (string, error) {
	digits := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(issn), "-", ""))
	if len(digits) != 8 || !numeric(digits[:7]) || !(numeric(digits[7:]) || digits[7] == 'X') {
		return "", fmt.Errorf("%q is no ISSN: it has eight digits, the last of which may be X", issn)
	}
	sum := 0
	for i := range 7 {
		sum += int(digits[i]-'0') * (8 - i)
	}
	if want := "0123456789X"[(11-sum%11)%11]; want != digits[7] {
		return "", fmt.Errorf("%q is no ISSN: its check digit would be %c", issn, want)
	}
	return checked("977" + digits[:7] + "00"), nil
}

// ISBN gives the thirteen digits of a book; one of ten becomes one of thirteen (ISO 2108).
func ISBN(isbn string) (string, error) {
	digits := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(isbn))
	switch {
	case len(digits) == 13 && numeric(digits) && (digits[:3] == "978" || digits[:3] == "979"):
		if want := checked(digits[:12]); want != digits {
			return "", fmt.Errorf("%q is no ISBN: its check digit would be %s", isbn, want[12:])
		}
		return digits, nil
	case len(digits) == 10 && numeric(digits[:9]) && (numeric(digits[9:]) || digits[9] == 'X'):
		sum := 0
		for i := range 9 {
			sum += int(digits[i]-'0') * (10 - i)
		}
		if want := "0123456789X"[(11-sum%11)%11]; want != digits[9] {
			return "", fmt.Errorf("%q is no ISBN: its check digit would be %c", isbn, want)
		}
		return checked("978" + digits[:9]), nil
	}
	return "", fmt.Errorf("%q is no ISBN: it has thirteen digits, from 978 or 979 on, or ten", isbn)
}

func numeric(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// checked adds the check digit of EAN-13.
func checked(digits string) string {
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (1 + 2*(i%2))
	}
	return digits + string(rune('0'+(10-sum%10)%10))
}

// AddOn gives the two digits of an issue's number; "" when it has no such number.
func AddOn(number string) string {
	if number = strings.TrimLeft(number, "0"); !numeric(number) || len(number) > 2 {
		return ""
	}
	return strings.Repeat("0", 2-len(number)) + number
}

// The parts of the symbol, in modules. The white that readers need at its sides is part of it.
const (
	eanBars   = 95
	eanLeft   = 11
	eanRight  = 7
	addOnGap  = 10
	addOnBars = 20
	addOnEnd  = 5
	eanHeight = 80
	eanTall   = 74 // the guards
	eanLow    = 69 // the others
)

// Size is the symbol's, with its white and its digits, in modules.
func (e EAN) Size() (width, height int) {
	if e.AddOn != "" {
		return eanLeft + eanBars + addOnGap + addOnBars + addOnEnd, eanHeight
	}
	return eanLeft + eanBars + eanRight, eanHeight
}

// SVG draws the symbol, a unit to a module, its bars as one path so that no seam shows between two of them, with its digits for
// who has no reader. The error is that the digits are no EAN.
func (e EAN) SVG() ([]byte, error) {
	code, err := ean.Encode(e.Digits)
	if err != nil {
		return nil, fmt.Errorf("bar code: %w", err)
	}
	if len(e.Digits) != 13 || e.AddOn != "" && (len(e.AddOn) != 2 || !numeric(e.AddOn)) {
		return nil, errors.New("bar code: thirteen digits were expected, and two or none beside them")
	}
	w, h := e.Size()
	b := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d"><path d="`, w, h, w, h)
	for x := 0; x < eanBars; {
		from := x
		for x < eanBars && code.At(x, 0) == color.Black {
			x++
		}
		if x == from {
			x++
			continue
		}
		tall := eanLow
		if from < 3 || from >= 45 && from < 50 || from >= 92 {
			tall = eanTall
		}
		b = fmt.Appendf(b, "M%d 0h%dv%dh-%dz", eanLeft+from, x-from, tall, x-from)
	}
	at := eanLeft + eanBars + addOnGap
	const top = 10
	if e.AddOn != "" {
		for i, bar := range addOn(e.AddOn) {
			if bar == '1' {
				b = fmt.Appendf(b, "M%d %dh1v%dh-1z", at+i, top, eanTall-top)
			}
		}
	}
	b = append(b, `"/><g font-family="sans-serif" font-size="11" text-anchor="middle">`...)
	digit := func(x float64, y int, d byte) {
		b = fmt.Appendf(b, `<text x="%g" y="%d">%c</text>`, x, y, d)
	}
	digit(eanLeft-5.5, 79, e.Digits[0])
	for i := 1; i < 13; i++ {
		x := eanLeft + 3 + 7*float64(i-1) + 3.5
		if i > 6 {
			x += 5
		}
		digit(x, 79, e.Digits[i])
	}
	for i := range len(e.AddOn) {
		digit(float64(at)+4+9*float64(i)+3.5, 8, e.AddOn[i])
	}
	return append(b, "</g></svg>"...), nil
}

// addOn gives the modules of two digits (ISO/IEC 15420 § 4.3.4.3): which sets they are of tells the number's remainder by four.
func addOn(digits string) string {
	l := [...]string{"0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"}
	g := [...]string{"0100111", "0110011", "0011011", "0100001", "0011101", "0111001", "0000101", "0010001", "0001001", "0010111"}
	first, second := digits[0]-'0', digits[1]-'0'
	sets := [2]*[10]string{&l, &l}
	switch (first*10 + second) % 4 {
	case 1:
		sets[1] = &g
	case 2:
		sets[0] = &g
	case 3:
		sets[0], sets[1] = &g, &g
	}
	return "1011" + sets[0][first] + "01" + sets[1][second]
}
