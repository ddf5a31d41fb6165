package pdf

import (
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// Faces gives the faces that the pages are set in, in the order of their first use.
func (e *Edition) Faces() (faces []*fonts.Face) {
	seen := map[layout.FaceID]bool{}
	for _, p := range e.Pages {
		for i := range p.Areas {
			for _, item := range p.Areas[i].Items {
				line, ok := item.(*layout.Line)
				if !ok {
					continue
				}
				for r := range line.Runs {
					if id := line.Runs[r].Face; !seen[id] {
						seen[id] = true
						if f := e.FontFace(id); f != nil {
							faces = append(faces, f)
						}
					}
				}
			}
		}
	}
	return faces
}
