package pdf

import (
	"errors"

	"github.com/sourcegraph/conc/iter"
	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// pictures are the images of a file by layout.PictureItem.Ref. One that could not be read is drawn as an empty frame.
type pictures []picture

type picture struct {
	image *object.Image
	ref   object.Ref
	name  string // of the resource
}

// readPictures reads the pictures that pages show, several at a time, and writes them in the order of their numbers. A
// picture of the same name as an earlier one is that picture.
func (f *file) readPictures() {
	f.pictures = make(pictures, len(f.in.Pictures))
	shown := make([]int, len(f.in.Pictures)) // page of the first showing, from 1
	for i, p := range f.in.Pages {
		for a := range p.Areas {
			for _, item := range p.Areas[a].Items {
				if it, ok := item.(*layout.PictureItem); ok && it.Ref >= 0 && it.Ref < len(shown) && shown[it.Ref] == 0 {
					shown[it.Ref] = i + 1
				}
			}
		}
	}
	same := make([]int, len(f.in.Pictures))
	byName := map[string]int{}
	var todo []int
	for i, p := range f.in.Pictures {
		same[i] = i
		if shown[i] == 0 {
			continue
		}
		if first, ok := byName[p.Name]; ok && p.Name != "" {
			same[i] = first
			continue
		}
		byName[p.Name] = i
		todo = append(todo, i)
	}
	errs := make([]error, len(f.in.Pictures))
	set := f.in.Fonts
	if set == nil {
		set = fonts.Default()
	}
	letters := typeset.Lettering(set)
	iter.ForEach(todo, func(i *int) {
		f.pictures[*i].image, errs[*i] = readPicture(f.in.Pictures[*i], letters, f.in.Remember)
	})
	for i := range f.pictures {
		switch {
		case shown[i] == 0:
		case same[i] != i:
			f.pictures[i] = f.pictures[same[i]]
		case errs[i] != nil:
			f.fault("pdf-picture", f.in.Pictures[i].Name+": "+errs[i].Error(), shown[i]-1)
		default:
			p := &f.pictures[i]
			for _, lost := range p.image.Lost {
				f.fault("pdf-picture", f.in.Pictures[i].Name+": "+lost, shown[i]-1)
			}
			p.ref, p.name = f.pdf.AddImage(p.image), "P"+itoa(i)
		}
	}
}

func readPicture(p flow.Picture, letters svg.Lettering, remember object.Remember) (*object.Image, error) {
	if p.Data == nil {
		return nil, errors.New("no data")
	}
	data, err := p.Data()
	if err != nil {
		return nil, err
	}
	return object.ReadImageOnce(data, letters, remember)
}

// draw appends what shows a picture in a rectangle.
func (ps pictures) draw(b []byte, ref int, x0, y0, x1, y1 float64) []byte {
	b = append(b, "q "...)
	if ref < 0 || ref >= len(ps) || ps[ref].ref == 0 {
		b = append(b, ".6 G .5 w "...)
		for _, v := range [...]float64{x0 + .25, y0 + .25, x1 - x0 - .5, y1 - y0 - .5} {
			b = append(object.AppendNumber(b, v, 2), ' ')
		}
		return append(b, "re S Q\n"...)
	}
	p := ps[ref]
	for _, v := range p.image.Place(x0, y0, x1, y1) {
		b = append(object.AppendNumber(b, v, 4), ' ')
	}
	return append(append(append(b, "cm /"...), p.name...), " Do Q\n"...)
}

// resources names the pictures of a page.
func (ps pictures) resources(used []int) object.Dict {
	var d object.Dict
	seen := map[string]bool{} // by name: two pictures of the same bytes are one object under two names
	for _, i := range used {
		if i >= 0 && i < len(ps) && ps[i].ref != 0 && !seen[ps[i].name] {
			seen[ps[i].name] = true
			d = d.Set(object.Name(ps[i].name), ps[i].ref)
		}
	}
	return d
}
