package document

import (
	"bytes"
	"path"
	"regexp"
	"slices"
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
	if im, _ := a.Shown(); im != nil || !found && words == 0 {
		return nil
	}
	return f
}

// Shown gives the first picture of the article's text that is the one front matter names, or a copy of it, and the figure in
// which it stands. The figure is nil for a picture among words; both are nil when the text shows it nowhere.
func (a *Article) Shown() (found *Image, in *Figure) {
	if a.Image == nil {
		return nil, nil
	}
	var open *Figure
	WalkBlocks(a.Body, func(n Node) bool {
		switch n := n.(type) {
		case *Figure:
			if found == nil {
				open = n
			}
		case *Image:
			for _, own := range a.Image.Images {
				if found == nil && own != nil && samePicture(n, own) {
					found = n
				}
			}
		}
		return found == nil
	})
	if found != nil && open != nil && slices.Contains(open.Images, found) {
		in = open
	}
	return found, in
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
