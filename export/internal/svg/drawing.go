package svg

// A Drawing is an SVG document as a list of painting operations, in a space of Width by Height CSS pixels, y upwards.
type Drawing struct {
	Width, Height float64
	Ops           []Op
	Lost          []string // what of the document could not be kept, sorted
}

// An Op is a step of painting. Concat and the clips hold for what follows in the same group.
type Op interface{ op() }

type (
	// A Group keeps what changes in it to itself.
	Group struct{ Ops []Op }

	// Concat puts a map before the one in force.
	Concat struct{ Matrix Matrix }

	// ClipRect clips to a rectangle.
	ClipRect struct{ X, Y, Width, Height float64 }

	// ClipPath clips to a path.
	ClipPath struct {
		Path    Path
		EvenOdd bool
	}

	// A Shape is a path to fill, to stroke or both. Apart says that the two have different opacities.
	Shape struct {
		Path         Path
		Fill, Stroke *Paint // nil for none
		EvenOdd      bool   // rule of the filling
		Line         Line   // of the stroke
		Apart        bool
	}

	// A Picture is what Options.Picture gave for data in the document, in a space of its own pixels, y upwards.
	Picture struct {
		Image         any
		Width, Height float64
	}
)

func (Group) op()    {}
func (Concat) op()   {}
func (ClipRect) op() {}
func (ClipPath) op() {}
func (Shape) op()    {}
func (Picture) op()  {}

// A Line is how a stroke is drawn; caps and joins are numbered as in PDF (ISO 32000-1 § 8.4.3).
type Line struct {
	Width, Miter float64
	Cap, Join    int
	Dash         []float64
	DashOffset   float64
}

// A Paint is a colour or a gradient.
type Paint struct {
	RGB      [3]float64 // of 1
	Alpha    float64    // opacity, of 1
	Gradient *Gradient  // in place of the colour
}

// A Gradient is linear (Coords: x1, y1, x2, y2) or radial (fx, fy, fr, cx, cy, r), in a space that Matrix maps to the
// drawing's. It has at least one stop, in ascending order.
type Gradient struct {
	Radial bool
	Coords []float64
	Stops  []Stop
	Matrix Matrix
}
