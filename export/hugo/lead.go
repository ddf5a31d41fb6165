package hugo

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Keys under which sites describe the picture that front matter names.
var (
	imageAltKeys     = []string{"image_alt", "image-alt", "imagealt", "thumbnail_alt", "thumbnail-alt", "featured_image_alt", "cover_alt", "cover-alt", "alt", "avatar_alt"}
	imageCaptionKeys = []string{"image_caption", "image-caption", "imagecaption", "thumbnail_caption", "featured_image_caption", "cover_caption", "cover-caption", "caption"}
	imageCreditKeys  = []string{"image_credit", "image-credit", "imagecredit", "thumbnail_credit", "image_attribution", "photo_credit", "photo-credit", "cover_credit", "cover-credit"}
)

// image reads the article's picture, and its caption; nil when there is neither. A table may hold all that is said of it, as
// themes' "cover:" does. Without a key, a picture beside a page bundle's text is it, by the names that Hugo's own templates go
// by (tpl/tplimpl/embedded/templates/_partials/_funcs/get-page-images.html).
func (r *reading) image() *document.Figure {
	h := r.head
	v := h.find("image")
	var about *value
	if v != nil && v.kind == list {
		i := slices.IndexFunc(v.items, func(it *value) bool { return !it.empty() })
		v = v.items[i]
	}
	if v != nil && v.kind == table {
		about = v
		v = firstSaid(about, "image", "src", "url", "path", "file", "name", "relative-path")
		if about.get("hidden").str() == "true" || about.get("hiddenInSingle").str() == "true" {
			r.art.LeadPicture = "none" // as PaperMod says it
		}
	}
	src, pos := "", r.art.Pos
	switch {
	case v != nil:
		src, pos = v.text, v.textOf(h.src).Pos(0)
	default:
		if src = r.bundlePicture(); src != "" {
			break
		}
		if firstSaid(about, "caption", "alt") != nil {
			h.problem("bad-value", about.at, "the article's picture is described, but named by nothing", "cover: {image: name.jpg, alt: …}")
		}
		return nil
	}
	im := &document.Image{Source: src}
	im.SetPos(pos)
	im.Asset = r.Picture(src, pos)
	f := &document.Figure{Images: []*document.Image{im}}
	f.SetPos(pos)
	if alt := cmp.Or(firstSaid(about, "alt", "image_alt"), h.claim(imageAltKeys)); alt != nil {
		im.Alt = r.Alt(alt.str())
	}
	if c := cmp.Or(firstSaid(about, "caption", "title"), h.claim(imageCaptionKeys)); c != nil {
		f.Caption = r.Line(c.textOf(h.src))
	}
	if c := cmp.Or(firstSaid(about, "credit", "attribution", "source"), h.claim(imageCreditKeys)); c != nil {
		f.Credit = r.Line(c.textOf(h.src))
	}
	if im.Asset == nil && len(f.Caption)+len(f.Credit)+len(im.Alt) == 0 {
		return nil
	}
	return f
}

// leadPlace reads where the picture stands: in front matter, or for all articles in the configuration.
func (r *reading) leadPlace() string {
	h := r.head
	v := h.scalar("lead-picture")
	place := strings.ToLower(strings.TrimSpace(v.str()))
	switch {
	case v == nil:
	case place == "false":
		return "none"
	case slices.Contains(document.LeadPlaces, place):
		return place
	default:
		h.problem("bad-value", v.at, "lead-picture "+strconv.Quote(v.text)+" is none of "+strings.Join(document.LeadPlaces, ", "), suggest(place, document.LeadPlaces))
	}
	return cmp.Or(r.art.LeadPicture, r.view.site.config.LeadPicture)
}

// bundlePicture finds the picture of a page bundle that stands for the page: "" when there is none.
func (r *reading) bundlePicture() string {
	if p := r.view.page; p.bundle {
		names := pictureNames(r.view.site.fsys, path.Dir(p.path), false)
		for _, parts := range [][]string{{"feature"}, {"cover", "thumbnail"}} {
			for _, name := range names {
				base := path.Base(name)
				if slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(strings.ToLower(base), part) }) {
					return base
				}
			}
		}
	}
	return ""
}

// firstSaid gives the value of the first of a table's keys that says something.
func firstSaid(v *value, keys ...string) *value {
	if v == nil {
		return nil
	}
	for _, key := range keys {
		if f := v.get(key); f != nil && f.kind == scalar && !f.empty() {
			return f
		}
	}
	return nil
}

// claim gives the value of the first of the keys that says something, and claims the key.
func (h *head) claim(keys []string) *value {
	for _, key := range keys {
		if v := h.front.get(key); v.str() != "" {
			h.claimed[key] = true
			return v
		}
		if v := h.front.get("params", key); v.str() != "" {
			h.claimed["params."+key] = true
			return v
		}
	}
	return nil
}
