// Command picture draws the README's picture: the opening spread of the sample issue's essay, by our own engine.
//
//	go run ./.ci/picture samples .github/page.png
package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"log"
	"os"

	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/picture"
)

const (
	pageWidth = 620 // pixels
	margin    = 28
	article   = "a-small-history-of-nothing"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: picture SITE FILE.png")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(path, name string) error {
	ctx := context.Background()
	site, err := hugo.OpenPath(ctx, path, hugo.Options{})
	if err != nil {
		return err
	}
	var found []hugo.IssueInfo
	for _, in := range site.Contents().Issues {
		for _, a := range in.Articles {
			if a.Slug == article {
				found = append(found, in.Offprint(a))
			}
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("%d articles are called %s", len(found), article)
	}
	issue, _, err := site.Read(ctx, found[0])
	if err != nil {
		return err
	}
	edition, _, err := pdf.Paginate(ctx, issue, pdf.Options{})
	if err != nil {
		return err
	}
	studio := &picture.Studio{Face: edition.FontFace}
	desk := color.RGBA{0xE4, 0xE1, 0xDA, 0xFF}
	var sheet *image.RGBA
	for i, p := range edition.Pages[1:3] { // a verso and the recto that faces it
		img := studio.Page(p, pageWidth, color.RGBA{0xFF, 0xFF, 0xFF, 0xFF})
		if sheet == nil {
			sheet = image.NewRGBA(image.Rect(0, 0, 2*pageWidth+2*margin+2, img.Bounds().Dy()+2*margin))
			picture.Rectangle(sheet, sheet.Bounds(), desk)
		}
		at := image.Pt(margin+i*(pageWidth+2), margin)
		draw.Draw(sheet, img.Bounds().Add(at), img, image.Point{}, draw.Src)
	}
	data, err := picture.PNG(sheet)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o666)
}
