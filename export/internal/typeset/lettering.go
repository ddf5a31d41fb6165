package typeset

import (
	"strings"

	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/fonts"
)

// Lettering gives the text of a drawing in the house's faces: in the family that the drawing names when the set has it,
// else in one of its kind.
func Lettering(set *fonts.Set) svg.Lettering {
	return func(text, families string, weight int, italic bool) *svg.Outline {
		face := set.Select(drawingFamily(set, families), weight, italic)
		out := &svg.Outline{}
		pen := 0.0
		for _, run := range set.Runs(text, face) {
			em := float64(run.Face.UnitsPerEm())
			for _, g := range run.Face.Shape(nil, text[run.Start:run.End], fonts.Options{Script: run.Script, RTL: run.RTL}) {
				outlineGlyph(out, run.Face.Outline(g.GID), pen+float64(g.XOffset)/em, float64(g.YOffset)/em, em)
				pen += float64(g.Advance) / em
			}
		}
		out.Advance = pen
		return out
	}
}

// drawingFamily chooses among the families that CSS lists, the best first.
func drawingFamily(set *fonts.Set, families string) string {
	for _, name := range strings.Split(families, ",") {
		name = strings.Trim(strings.TrimSpace(name), `"'`)
		switch lower := strings.ToLower(name); {
		case name == "":
		case set.Family(name) != nil && lower != fonts.RoleText:
			return name
		case strings.Contains(lower, "mono") || strings.Contains(lower, "courier") || strings.Contains(lower, "consol"):
			return fonts.RoleMono
		case strings.Contains(lower, "sans") || strings.Contains(lower, "helvetica") || strings.Contains(lower, "arial") ||
			strings.Contains(lower, "verdana") || strings.Contains(lower, "roboto"):
			return fonts.RoleSans
		case strings.Contains(lower, "serif") || strings.Contains(lower, "times") || strings.Contains(lower, "georgia"):
			return fonts.RoleText
		}
	}
	return fonts.RoleSans
}

func outlineGlyph(out *svg.Outline, segments []fonts.Segment, x, y, em float64) {
	px := func(p fonts.Point) float64 { return x + float64(p.X)/em }
	py := func(p fonts.Point) float64 { return y + float64(p.Y)/em }
	for i, s := range segments {
		switch p := s.P; s.Op {
		case fonts.MoveTo:
			if i > 0 {
				out.Close()
			}
			out.MoveTo(px(p[0]), py(p[0]))
		case fonts.LineTo:
			out.LineTo(px(p[0]), py(p[0]))
		case fonts.QuadTo:
			out.QuadTo(px(p[0]), py(p[0]), px(p[1]), py(p[1]))
		case fonts.CubeTo:
			out.CubeTo(px(p[0]), py(p[0]), px(p[1]), py(p[1]), px(p[2]), py(p[2]))
		}
	}
	if len(segments) > 0 {
		out.Close()
	}
}
