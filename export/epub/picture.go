package epub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path"
	"strings"
	"sync"

	"github.com/rwcarlsen/goexif/exif"
	_ "golang.org/x/image/bmp" // formats that content holds and reading systems do not take
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/internal/svg"
)

// Bounds of pictures when the caller gives none. Apple Books refuses pictures of more pixels
// (https://help.apple.com/itc/booksassetguide/), Kindle files of more bytes
// (https://kdp.amazon.com/en_US/help/topic/G201953020).
const (
	defaultMaxPixels = 5_600_000
	defaultMaxBytes  = 5_000_000
)

// photoQuality is the quality of JPEGs that we have to write. Pictures come to us compressed once already: below 90 a second
// pass begins to show.
const photoQuality = 90

// A picture is an image file of the publication.
type picture struct {
	name     string // file name in the folder of images
	media    string
	data     []byte
	animated bool
	used     bool
	cover    bool
	failed   error
	lost     []string // of a drawing: what could be seen and is gone
}

func (p *picture) path() string { return path.Join(imageFolder, p.name) }

// picture gives the file of an asset; nil when there is none that a reading system could show.
func (b *book) picture(a *document.Asset) *picture {
	if a == nil {
		return nil
	}
	return b.byAsset[a]
}

// A pictureJob is a picture to be made, and where it is first asked for.
type pictureJob struct {
	asset *document.Asset
	pos   document.Pos
}

// preparePictures makes the files of all pictures that the parts will show. Assets of the same content share one.
func (b *book) preparePictures(ctx context.Context) error {
	jobs := b.wanted()
	made := make([]*picture, len(jobs))
	var group sync.WaitGroup
	for i, j := range jobs {
		group.Go(func() {
			if ctx.Err() == nil {
				made[i] = preparePicture(j.asset, b.opts.Images, b.opts.Remember)
			}
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	b.shelve(jobs, made)
	b.chooseCover(jobs)
	return nil
}

// wanted lists the pictures that are shown, in the order of reading; the cover, if there is one, is the first.
func (b *book) wanted() (jobs []pictureJob) {
	seen := map[*document.Asset]bool{}
	ask := func(a *document.Asset, pos document.Pos) {
		if a != nil && !seen[a] {
			seen[a] = true
			jobs = append(jobs, pictureJob{a, pos})
		}
	}
	if len(b.opts.Cover) > 0 {
		ask(&document.Asset{Name: "cover", Data: b.opts.Cover}, document.Pos{})
	} else {
		ask(b.issue.Cover, document.Pos{})
	}
	if !b.issue.Single {
		ask(b.issue.Journal.Logo, document.Pos{})
	}
	find := func(n document.Node) bool {
		if im, ok := n.(*document.Image); ok {
			ask(im.Asset, im.Position())
		}
		return true
	}
	document.WalkBlocks(b.issue.Journal.Imprint, find)
	for _, is := range b.issue.Issues {
		ask(is.Cover, document.Pos{})
	}
	for _, a := range b.issue.Texts() {
		whole := *a
		whole.Image = a.Lead()
		document.WalkArticle(&whole, find)
	}
	return jobs
}

// shelve gives each picture that was made a name of its own, and reports those that could not be.
func (b *book) shelve(jobs []pictureJob, made []*picture) {
	byContent := map[[32]byte]*picture{}
	names := map[string]bool{}
	for i, j := range jobs {
		pic := made[i]
		if pic.failed != nil {
			b.problems = append(b.problems, document.Problem{Code: "bad-image", Severity: document.Warning, Pos: j.pos,
				Message: fmt.Sprintf("%s cannot be shown: %v", j.asset.Name, pic.failed),
				Hint:    "use JPEG, PNG, GIF, WebP or SVG; the alt text stands in its place"})
			continue
		}
		if len(pic.lost) > 0 {
			b.problems = append(b.problems, document.NewProblem("drawing-cut", j.pos, j.asset.Name+": "+strings.Join(pic.lost, ", ")+" left out",
				"a drawing in an edition holds only what lies in its own file, and no HTML"))
		}
		sum := sha256.Sum256(pic.data)
		if same := byContent[sum]; same != nil {
			b.byAsset[j.asset] = same
			continue
		}
		byContent[sum] = pic
		pic.name = freeName(names, j.asset.Name, extensions[pic.media])
		b.byAsset[j.asset] = pic
		b.pictures = append(b.pictures, pic)
	}
}

// freeName gives a file a name that none has yet, after the one it came with.
func freeName(names map[string]bool, came, ext string) string {
	stem := fileStem(strings.TrimSuffix(path.Base(came), path.Ext(came)))
	if stem == "" {
		stem = "picture"
	}
	name := stem + ext
	for n := 2; names[name]; n++ {
		name = fmt.Sprintf("%s-%d%s", stem, n, ext)
	}
	names[name] = true
	return name
}

// chooseCover makes the first picture the cover; when it is broken, there is no page for it.
func (b *book) chooseCover(jobs []pictureJob) {
	if len(jobs) > 0 && (len(b.opts.Cover) > 0 || b.issue.Cover != nil) {
		if b.cover = b.byAsset[jobs[0].asset]; b.cover != nil {
			b.cover.cover, b.cover.used = true, true
		}
	}
	if b.cover == nil && b.parts[0].kind == coverPart {
		b.parts = b.parts[1:]
	}
}

var extensions = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/svg+xml": ".svg"}

// preparePicture keeps a file as it is when stores and reading systems accept it, and otherwise makes one that they do:
// turned as its EXIF says, in RGB, within bounds, as JPEG or PNG.
func preparePicture(a *document.Asset, lim Limits, remember func(any, func() ([]byte, error), ...any) ([]byte, error)) *picture {
	if lim.MaxPixels <= 0 {
		lim.MaxPixels = defaultMaxPixels
	}
	if lim.MaxBytes <= 0 {
		lim.MaxBytes = defaultMaxBytes
	}
	if a.MediaType == "image/svg+xml" || svg.Sniff(a.Data) {
		data, lost, err := svg.Clean(a.Data)
		if err == nil && len(data) > lim.MaxBytes {
			err = fmt.Errorf("%d bytes of SVG are more than %d", len(data), lim.MaxBytes)
		}
		return &picture{media: "image/svg+xml", data: data, lost: lost, failed: err}
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(a.Data))
	if err != nil {
		return &picture{failed: err}
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > 1<<16 || cfg.Height > 1<<16 || cfg.Width*cfg.Height > 1<<28 {
		return &picture{failed: fmt.Errorf("%d × %d pixels are more than can be handled", cfg.Width, cfg.Height)}
	}
	fits := cfg.Width*cfg.Height <= lim.MaxPixels && len(a.Data) <= lim.MaxBytes
	turn := 1
	switch format {
	case "jpeg":
		turn = orientation(a.Data)
		if fits && turn == 1 && cfg.ColorModel != color.CMYKModel {
			return &picture{media: "image/jpeg", data: a.Data}
		}
	case "png":
		if fits {
			return &picture{media: "image/png", data: a.Data}
		}
	case "gif":
		all, err := gif.DecodeAll(bytes.NewReader(a.Data))
		if err != nil {
			return &picture{failed: err}
		}
		if fits {
			return &picture{media: "image/gif", data: a.Data, animated: len(all.Image) > 1}
		}
	}
	var media string
	convert := func() ([]byte, error) {
		img, _, err := image.Decode(bytes.NewReader(a.Data))
		if err != nil {
			return nil, err
		}
		made := encode(asset.Upright(img, turn), format == "jpeg" || photographic(img), lim)
		media = made.media
		return made.data, made.failed
	}
	var data []byte
	if remember == nil {
		data, err = convert()
	} else {
		data, err = remember(&media, convert, "picture in an EPUB", a.Data, lim)
	}
	return &picture{media: media, data: data, failed: err}
}

// encode writes a picture within bounds, halving what is too large in bytes until it fits.
func encode(img image.Image, photo bool, lim Limits) *picture {
	pixels := lim.MaxPixels
	for range 8 {
		img = shrink(img, pixels)
		var buf bytes.Buffer
		media := "image/png"
		var err error
		if photo {
			media = "image/jpeg"
			err = jpeg.Encode(&buf, img, &jpeg.Options{Quality: photoQuality})
		} else {
			err = (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&buf, img)
		}
		if err != nil {
			return &picture{failed: err}
		}
		if buf.Len() <= lim.MaxBytes {
			return &picture{media: media, data: buf.Bytes()}
		}
		pixels = img.Bounds().Dx() * img.Bounds().Dy() / 2
	}
	return &picture{failed: fmt.Errorf("it cannot be brought under %d bytes", lim.MaxBytes)}
}

// photographic reports whether a picture is better kept as a JPEG: it is opaque and has more colours than a drawing.
func photographic(img image.Image) bool {
	if o, ok := img.(interface{ Opaque() bool }); ok && !o.Opaque() {
		return false
	}
	if _, ok := img.(image.PalettedImage); ok {
		return false
	}
	colours := map[color.RGBA]bool{}
	r := img.Bounds()
	stepX, stepY := max(r.Dx()/64, 1), max(r.Dy()/64, 1)
	for y := r.Min.Y; y < r.Max.Y; y += stepY {
		for x := r.Min.X; x < r.Max.X; x += stepX {
			colours[color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)] = true
			if len(colours) > 512 {
				return true
			}
		}
	}
	return false
}

// shrink scales a picture down to at most so many pixels, keeping its shape.
func shrink(img image.Image, pixels int) image.Image {
	r := img.Bounds()
	if r.Dx()*r.Dy() <= pixels {
		return img
	}
	w, h := r.Dx(), r.Dy()
	for w*h > pixels && w > 1 && h > 1 { // integers only: the same result on every machine
		w = w * 63 / 64
		h = max(w*r.Dy()/r.Dx(), 1)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(dst, dst.Bounds(), img, r, draw.Src, nil)
	return dst
}

// orientation gives the EXIF orientation of a JPEG, 1 when there is none.
func orientation(data []byte) int {
	if !bytes.Contains(data[:min(len(data), 1<<16)], []byte("Exif\x00\x00")) {
		return 1
	}
	x, err := exif.Decode(bytes.NewReader(data))
	if err != nil && exif.IsCriticalError(err) {
		return 1
	}
	tag, err := x.Get(exif.Orientation)
	if err != nil {
		return 1
	}
	if o, err := tag.Int(0); err == nil && o >= 1 && o <= 8 {
		return o
	}
	return 1
}
