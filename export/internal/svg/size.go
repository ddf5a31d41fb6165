package svg

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
)

// Sniff reports whether data begins as an SVG document does.
func Sniff(data []byte) bool {
	_, ok := rootOf(data)
	return ok
}

// Size reads the size of a document from its root element alone: width and height in CSS pixels, or the view box; 0 for what
// it does not say. ok is false for data that is no SVG document.
func Size(data []byte) (w, h int, ok bool) {
	root, ok := rootOf(data)
	if !ok {
		return 0, 0, false
	}
	var width, height string
	var box []float64
	for _, a := range root.Attr {
		switch a.Name.Local {
		case "width":
			width = a.Value
		case "height":
			height = a.Value
		case "viewBox":
			box = numbers(a.Value)
		}
	}
	fw, fh, _ := viewport(absolute(width), absolute(height), box)
	return int(min(fw, 1e6) + 0.5), int(min(fh, 1e6) + 0.5), true
}

// rootOf reads the start of a document's root, which must be an svg element.
func rootOf(data []byte) (xml.StartElement, bool) {
	head := data[:min(len(data), 1<<16)]
	if i := bytes.IndexFunc(head, func(r rune) bool { return r > ' ' }); i < 0 || !bytes.ContainsAny(head[i:min(len(head), i+8)], "<") {
		return xml.StartElement{}, false
	}
	head, err := text(head)
	if err != nil {
		return xml.StartElement{}, false
	}
	d := xml.NewDecoder(bytes.NewReader(head))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		t, err := d.RawToken()
		if err != nil {
			return xml.StartElement{}, false
		}
		if e, is := t.(xml.StartElement); is {
			return e, e.Name.Local == "svg"
		}
	}
}

// viewport completes a width and a height, 0 where they are not known, by the proportions of the view box (SVG 2 § 8.2).
// boxed is false without a proper one.
func viewport(w, h float64, box []float64) (vw, vh float64, boxed bool) {
	if len(box) != 4 || box[2] <= 0 || box[3] <= 0 {
		return w, h, false
	}
	switch {
	case w > 0 && h > 0:
	case w > 0:
		h = w * box[3] / box[2]
	case h > 0:
		w = h * box[2] / box[3]
	default:
		w, h = box[2], box[3]
	}
	return w, h, true
}

// frame is the viewport of the outermost element in CSS pixels: its width and height, else its viewBox's, else 300 by 150
// as in browsers.
func frame(root *node) (w, h float64) {
	w, _ = length(root.attrs["width"], 0, 16)
	h, _ = length(root.attrs["height"], 0, 16)
	w, h, boxed := viewport(max(w, 0), max(h, 0), numbers(root.attrs["viewBox"]))
	if !boxed && w == 0 {
		w = 300
	}
	if !boxed && h == 0 {
		h = 150
	}
	return w, h
}

// pixels are the CSS pixels in each absolute unit (CSS Values 4 § 6.2).
var pixels = map[string]float64{"": 1, "px": 1, "pt": 96.0 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}

// length reads a length in user units; a percentage is of whole, an em of the font size. ok is false for none.
func length(s string, whole, em float64) (float64, bool) {
	v, unit, ok := measure(s)
	if !ok {
		return 0, false
	}
	if px, ok := pixels[unit]; ok {
		return v * px, true
	}
	switch unit {
	case "em", "rem":
		return v * em, true
	case "ex", "ch":
		return v * em / 2, true
	case "%":
		return v * (whole / 100), whole != 0
	}
	return 0, false
}

// absolute reads a length that does not depend on the surroundings; 0 for any other.
func absolute(s string) float64 {
	v, unit, ok := measure(s)
	px, known := pixels[unit]
	if !ok || !known || v < 0 {
		return 0
	}
	return v * px
}

// measure parts a length into its number and its unit, in lower case.
func measure(s string) (v float64, unit string, ok bool) {
	s = strings.TrimSpace(s)
	n := len(s)
	for n > 0 && (isLetter(s[n-1]) || s[n-1] == '%') {
		n--
	}
	v, ok = parseFloat(s[:n])
	return v, strings.ToLower(s[n:]), ok
}
