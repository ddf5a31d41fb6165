package object

import (
	"errors"
	"math"

	"github.com/twinpress/twinpress/export/internal/svg"
)

// A form is a drawing on its way into a form XObject: operators in a space of width by height units, y upwards.
type form struct {
	width, height float64
	content       []byte
	alphas        []float64 // of graphics states A0, A1…
	shadings      []shade
	images        []*Image
}

type shade struct {
	matrix svg.Matrix
	dict   Dict
}

// readDrawing reads an SVG drawing as a picture: a form of operators.
func readDrawing(data []byte, lettering svg.Lettering) (*Image, error) {
	d, err := svg.Read(data, svg.Options{Lettering: lettering, Picture: func(data []byte) (any, int, int, error) {
		img, err := ReadImage(data, nil)
		if err != nil {
			return nil, 0, 0, err
		}
		return img, img.Width, img.Height, nil
	}})
	if errors.Is(err, svg.ErrFormat) {
		return nil, ErrFormat
	}
	if err != nil {
		return nil, err
	}
	f := &form{width: d.Width, height: d.Height}
	f.ops(d.Ops)
	return &Image{Width: int(math.Ceil(d.Width)), Height: int(math.Ceil(d.Height)), Vector: true, Lost: d.Lost, form: f}, nil
}

// ops writes operations as operators.
func (f *form) ops(ops []svg.Op) {
	for _, op := range ops {
		switch op := op.(type) {
		case svg.Group:
			f.raw("q\n")
			f.ops(op.Ops)
			f.raw("Q\n")
		case svg.Concat:
			f.op(op.Matrix[:], "cm")
		case svg.ClipRect:
			f.op([]float64{op.X, op.Y, op.Width, op.Height}, "re W n")
		case svg.ClipPath:
			f.outline(op.Path)
			f.op(nil, "W"+star(op.EvenOdd)+" n")
		case svg.Shape:
			f.shape(op)
		case svg.Picture:
			img := op.Image.(*Image)
			m := img.Place(0, 0, op.Width, op.Height)
			f.op(m[:], "cm")
			f.images = append(f.images, img)
			f.name("I", len(f.images)-1)
			f.raw(" Do\n")
		}
	}
}

// star marks an operator that goes by the even-odd rule.
func star(evenOdd bool) string {
	if evenOdd {
		return "*"
	}
	return ""
}

func (f *form) raw(s string) { f.content = append(f.content, s...) }

// op writes an operator with its operands.
func (f *form) op(operands []float64, operator string) {
	for _, v := range operands {
		f.content = append(AppendNumber(f.content, v, 4), ' ')
	}
	f.content = append(append(f.content, operator...), '\n')
}

// name writes the name of a resource.
func (f *form) name(kind string, n int) {
	f.content = appendInt(append(append(f.content, '/'), kind...), int64(n))
}

// outline writes a path's construction operators.
func (f *form) outline(p svg.Path) {
	for _, s := range p {
		if s.Op == 'h' {
			f.op(nil, "h")
			continue
		}
		f.op(s.P[:s.Numbers()], string(s.Op))
	}
}

// shape fills and strokes a path.
func (f *form) shape(s svg.Shape) {
	fill, stroke := s.Fill != nil, s.Stroke != nil
	if fill {
		f.paint(s.Fill, false)
	}
	if stroke {
		f.paint(s.Stroke, true)
	}
	if fill && stroke && s.Apart {
		// One graphics state holds one opacity: the two are painted one after the other.
		alone := s
		alone.Stroke = nil
		f.raw("q\n")
		f.shape(alone)
		f.raw("Q\n")
		fill = false
		f.paint(s.Stroke, true)
	}
	if stroke {
		f.line(s.Line)
	}
	f.outline(s.Path)
	switch {
	case fill && stroke:
		f.op(nil, "B"+star(s.EvenOdd))
	case fill:
		f.op(nil, "f"+star(s.EvenOdd))
	default:
		f.op(nil, "S")
	}
}

// line sets how a stroke is drawn, where that differs from what a page begins with.
func (f *form) line(l svg.Line) {
	f.op([]float64{l.Width}, "w")
	if l.Cap != 0 {
		f.op([]float64{float64(l.Cap)}, "J")
	}
	if l.Join != 0 {
		f.op([]float64{float64(l.Join)}, "j")
	}
	if l.Miter != 10 {
		f.op([]float64{max(1, l.Miter)}, "M")
	}
	if len(l.Dash) == 0 {
		return
	}
	f.raw("[")
	for i, v := range l.Dash {
		if i > 0 {
			f.raw(" ")
		}
		f.content = AppendNumber(f.content, v, 4)
	}
	f.raw("]")
	f.op([]float64{l.DashOffset}, "d")
}

// paint sets the colour or pattern, and the opacity, for filling or stroking.
func (f *form) paint(p *svg.Paint, stroke bool) {
	space, pattern, gray, color := "/Pattern cs ", " scn\n", "g", "rg"
	if stroke {
		space, pattern, gray, color = "/Pattern CS ", " SCN\n", "G", "RG"
	}
	switch {
	case p.Gradient != nil:
		f.shadings = append(f.shadings, shade{p.Gradient.Matrix, shading(p.Gradient)})
		f.raw(space)
		f.name("S", len(f.shadings)-1)
		f.raw(pattern)
	case p.RGB[0] == p.RGB[1] && p.RGB[1] == p.RGB[2]:
		f.op(p.RGB[:1], gray)
	default:
		f.op(p.RGB[:], color)
	}
	f.alpha(p.Alpha)
}

// alpha sets the opacity of what follows in the same q … Q.
func (f *form) alpha(a float64) {
	if a >= 1 {
		return
	}
	a = math.Round(a*1000) / 1000
	i := 0
	for i < len(f.alphas) && f.alphas[i] != a {
		i++
	}
	if i == len(f.alphas) {
		f.alphas = append(f.alphas, a)
	}
	f.name("A", i)
	f.raw(" gs\n")
}

// addForm writes a drawing as a form XObject (ISO 32000-1 § 8.10).
func (o *Writer) addForm(f *form) Ref {
	var states, patterns, images Dict
	for i, a := range f.alphas {
		states = states.Set(Name("A"+string(appendInt(nil, int64(i)))), D("ca", Real(a), "CA", Real(a)))
	}
	for i, s := range f.shadings {
		m := Array{}
		for _, v := range s.matrix {
			m = append(m, Real(v))
		}
		patterns = patterns.Set(Name("S"+string(appendInt(nil, int64(i)))), D("PatternType", Int(2), "Matrix", m, "Shading", s.dict))
	}
	for i, img := range f.images {
		images = images.Set(Name("I"+string(appendInt(nil, int64(i)))), o.AddImage(img))
	}
	resources := Dict{}
	if states != nil {
		resources = resources.Set("ExtGState", states)
	}
	if patterns != nil {
		resources = resources.Set("Pattern", patterns)
	}
	if images != nil {
		resources = resources.Set("XObject", images)
	}
	return o.Share(D("Type", Name("XObject"), "Subtype", Name("Form"),
		"BBox", Array{Int(0), Int(0), Real(f.width), Real(f.height)}, "Resources", resources), f.content)
}

// shading makes the shading dictionary (ISO 32000-1 § 8.7.4.5) of a gradient.
func shading(g *svg.Gradient) Dict {
	kind := 2
	if g.Radial {
		kind = 3
	}
	c := Array{}
	for _, v := range g.Coords {
		c = append(c, Real(v))
	}
	return D("ShadingType", Int(kind), "ColorSpace", Name("DeviceRGB"), "Coords", c,
		"Function", stopFunction(g.Stops), "Extend", Array{Bool(true), Bool(true)})
}

// stopFunction interpolates between stops: one exponential function for each pair, stitched (§ 7.10).
func stopFunction(stops []svg.Stop) Dict {
	if stops[0].At > 0 {
		stops = append([]svg.Stop{{RGB: stops[0].RGB}}, stops...)
	}
	if last := stops[len(stops)-1]; last.At < 1 || len(stops) == 1 {
		stops = append(stops, svg.Stop{At: 1, RGB: last.RGB})
	}
	var functions, bounds, encode Array
	for i := 1; i < len(stops); i++ {
		if stops[i].At <= stops[i-1].At && i < len(stops)-1 {
			continue
		}
		functions = append(functions, D("FunctionType", Int(2), "N", Int(1), "Domain", Array{Int(0), Int(1)},
			"C0", rgbArray(stops[i-1].RGB), "C1", rgbArray(stops[i].RGB)))
		if i < len(stops)-1 {
			bounds = append(bounds, Real(stops[i].At))
		}
		encode = append(encode, Int(0), Int(1))
	}
	if len(functions) == 1 {
		return functions[0].(Dict)
	}
	// A stop dropped above may leave a bound too many.
	bounds = bounds[:min(len(bounds), len(functions)-1)]
	return D("FunctionType", Int(3), "Domain", Array{Int(0), Int(1)}, "Functions", functions, "Bounds", bounds, "Encode", encode)
}

func rgbArray(c [3]float64) Array { return Array{Real(c[0]), Real(c[1]), Real(c[2])} }
