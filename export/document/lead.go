package document

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"sync"
)

// LeadPlaces lists where the picture that opens an article may stand: nowhere, in one column, across the columns, or on a page
// of its own before the article.
var LeadPlaces = []string{"none", "column", "across", "page"}

// Lead gives the picture that opens the article: the one that front matter names, with its caption. It is nil when there is
// none, when the article wants none, when its text shows the picture anyway, and when the file was not found and there are no
// words that could stand in its place.
func (a *Article) Lead() *Figure {
	f := a.Image
	if f == nil || a.LeadPicture == "none" {
		return nil
	}
	found, words := false, len(f.Title)+len(f.Caption)+len(f.Credit)
	for _, im := range f.Images {
		if im != nil {
			found = found || im.Asset != nil
			words += len(im.Alt) + len(im.Title)
		}
	}
	if !found && words == 0 || a.shows(f) {
		return nil
	}
	return f
}

// shows reports whether the article's text has one of a figure's pictures.
func (a *Article) shows(f *Figure) (found bool) {
	WalkBlocks(a.Body, func(n Node) bool {
		if im, ok := n.(*Image); ok {
			for _, own := range f.Images {
				found = found || own != nil && samePicture(im, own)
			}
		}
		return !found
	})
	return found
}

// samePicture reports whether two images show one picture: the same file, a copy of it, or another size of it, as WordPress
// names them ("march-1024x683.jpg").
func samePicture(a, b *Image) bool {
	switch {
	case a.Asset == nil || b.Asset == nil:
		return a.Asset == b.Asset && a.Source != "" && a.Source == b.Source
	case a.Asset == b.Asset:
		return true
	}
	stem, other := fullSize(a.Asset.Name), fullSize(b.Asset.Name)
	return bytes.Equal(a.Asset.Data, b.Asset.Data) || stem == other && (stem != a.Asset.Name || other != b.Asset.Name)
}

var sizeInName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`-\d{2,5}x\d{2,5}$`) })

// fullSize is the name of a picture's file without the size that stands behind it.
func fullSize(name string) string {
	ext := path.Ext(name)
	return sizeInName().ReplaceAllString(strings.TrimSuffix(name, ext), "") + ext
}
