package pdf

import (
	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
)

// canvas is the core.Provider that maroto renders a page through. It is one page's drawing: our components hand it areas
// of placed items, and it writes them as the page's content stream.
type canvas struct {
	drawing
	measuredByLayout
}

var _ core.Provider = (*canvas)(nil)

// CreateRow has nothing to draw: rows place themselves.
func (c *canvas) CreateRow(float64) {}

// CreateCol has nothing to draw: a column of ours has no frame and no ground.
func (c *canvas) CreateCol(float64, float64, *entity.Config, *props.Cell) {}

// GenerateBytes gives the page's content stream, not compressed.
func (c *canvas) GenerateBytes() ([]byte, error) { return c.content(), nil }

// measuredByLayout answers the part of core.Provider that draws maroto's own components. They measure while they draw,
// which is layout's work here, so no page holds any, and a call is a fault of this package.
type measuredByLayout struct{}

func (measuredByLayout) refuse() {
	panic("pdf: a page holds a maroto component that layout has not placed")
}

func (m measuredByLayout) AddLine(*entity.Cell, *props.Line)                  { m.refuse() }
func (m measuredByLayout) AddText(string, *entity.Cell, *props.Text)          { m.refuse() }
func (m measuredByLayout) AddCheckbox(string, *entity.Cell, *props.Checkbox)  { m.refuse() }
func (m measuredByLayout) AddMatrixCode(string, *entity.Cell, *props.Rect)    { m.refuse() }
func (m measuredByLayout) AddQrCode(string, *entity.Cell, *props.Rect)        { m.refuse() }
func (m measuredByLayout) AddBarCode(string, *entity.Cell, *props.Barcode)    { m.refuse() }
func (m measuredByLayout) AddImageFromFile(string, *entity.Cell, *props.Rect) { m.refuse() }
func (m measuredByLayout) SetProtection(*entity.Protection)                   { m.refuse() }
func (m measuredByLayout) SetCompression(bool)                                { m.refuse() }
func (m measuredByLayout) SetMetadata(*entity.Metadata)                       { m.refuse() }
func (m measuredByLayout) GetFontHeight(*props.Font) float64                  { m.refuse(); return 0 }
func (m measuredByLayout) GetLinesQuantity(string, *props.Text, float64) int  { m.refuse(); return 0 }
func (m measuredByLayout) AddImageFromBytes([]byte, *entity.Cell, *props.Rect, extension.Type) {
	m.refuse()
}

func (m measuredByLayout) AddBackgroundImageFromBytes([]byte, *entity.Cell, *props.Rect, extension.Type) {
	m.refuse()
}

func (m measuredByLayout) GetDimensionsByMatrixCode(string) (*entity.Dimensions, error) {
	m.refuse()
	return nil, nil
}

func (m measuredByLayout) GetDimensionsByImageByte([]byte, extension.Type) (*entity.Dimensions, error) {
	m.refuse()
	return nil, nil
}

func (m measuredByLayout) GetDimensionsByImage(string) (*entity.Dimensions, error) {
	m.refuse()
	return nil, nil
}

func (m measuredByLayout) GetDimensionsByQrCode(string) (*entity.Dimensions, error) {
	m.refuse()
	return nil, nil
}
