package pdf

import (
	"math"
	"sort"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/twinpress/twinpress/layout"
)

// gridSize is how many grid columns a maroto row is divided into: fine enough that a column's edges lie within a
// hundredth of a millimetre of the layout's on any page up to a metre wide.
const gridSize = 100_000

// compose gives a placed page as a maroto page. The areas that stand side by side make a row, the areas that stand over
// one another in a row make a column, and the white between rows and columns is rows and columns too. Areas keep their
// exact place themselves: a row's millimetres say where it is, not what is drawn.
func compose(p *layout.Page) core.Page {
	sheet := page.New()
	y := layout.Length(0)
	for _, b := range bands(p.Areas) {
		if b.top > y {
			sheet.Add(row.New(millimetres(b.top - y)))
		}
		r := row.New(millimetres(max(1, b.bottom-max(b.top, y)))) // maroto takes a height of 0 for "work it out"
		x, used := layout.Length(0), 0
		for _, c := range b.columns {
			if gap := gridUnits(c.left, p.Width) - used; c.left > x && gap > 0 {
				r.Add(col.New(gap))
				used += gap
			}
			width := max(1, gridUnits(c.right, p.Width)-used)
			column := col.New(width)
			for _, i := range c.areas {
				column.Add(&area{index: i})
			}
			r.Add(column)
			used += width
			x = c.right
		}
		sheet.Add(r)
		y = b.bottom
	}
	if y < p.Height {
		sheet.Add(row.New(millimetres(p.Height - y)))
	}
	sheet.SetConfig(&entity.Config{
		MaxGridSize: gridSize,
		Margins:     &entity.Margins{},
		Dimensions:  &entity.Dimensions{Width: millimetres(p.Width), Height: millimetres(p.Height)},
	})
	sheet.SetNumber(p.Number, 0)
	return sheet
}

func millimetres(l layout.Length) float64 { return float64(l) / float64(layout.In) * 25.4 }

func gridUnits(x, width layout.Length) int {
	return int(math.Round(float64(x) / float64(width) * gridSize))
}

// A band is a run of areas whose heights overlap, a column of a band a run of them whose widths do.
type band struct {
	top, bottom layout.Length
	columns     []bandColumn
}

type bandColumn struct {
	left, right layout.Length
	areas       []int // indexes into the page's areas, in reading order
}

func bands(areas []layout.Area) []band {
	order := make([]int, 0, len(areas))
	for i := range areas {
		if len(areas[i].Items) > 0 {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return areas[order[a]].Y < areas[order[b]].Y })
	var out []band
	for len(order) > 0 {
		b := band{top: areas[order[0]].Y, bottom: areas[order[0]].Y + areas[order[0]].Height}
		n := 1
		for n < len(order) && areas[order[n]].Y < b.bottom {
			b.bottom = max(b.bottom, areas[order[n]].Y+areas[order[n]].Height)
			n++
		}
		b.columns = bandColumns(areas, order[:n])
		out = append(out, b)
		order = order[n:]
	}
	return out
}

func bandColumns(areas []layout.Area, members []int) []bandColumn {
	order := append([]int(nil), members...)
	sort.SliceStable(order, func(a, b int) bool { return areas[order[a]].X < areas[order[b]].X })
	var out []bandColumn
	for _, i := range order {
		left, right := areas[i].X, areas[i].X+areas[i].Width
		if n := len(out); n > 0 && left < out[n-1].right {
			out[n-1].right = max(out[n-1].right, right)
			out[n-1].areas = append(out[n-1].areas, i)
			continue
		}
		out = append(out, bandColumn{left, right, []int{i}})
	}
	for _, c := range out {
		sort.Ints(c.areas)
	}
	return out
}

// area is the component that draws one area of a page. It measures nothing: layout has.
type area struct{ index int }

func (a *area) SetConfig(*entity.Config) {}

func (a *area) GetHeight(_ core.Provider, cell *entity.Cell) float64 { return cell.Height }

func (a *area) GetStructure() *node.Node[core.Structure] {
	return node.New(core.Structure{Type: "area", Value: a.index})
}

func (a *area) Render(provider core.Provider, cell *entity.Cell) {
	provider.(*canvas).drawArea(a.index)
}
