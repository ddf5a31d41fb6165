package layouts

import (
	"html/template"
	"path"
	"strings"
)

// A Resource is a file beside a page or among the assets.
type Resource struct {
	Name, Title             string
	RelPermalink, Permalink string
	ResourceType            string
	MediaType               MediaType
	Params                  map[string]any
	file                    string
	host                    Host
	made                    string // the text of one that a template made
	path                    string // from its folder, as it was found
	page                    string // the Markdown of one that is a page of the bundle
}

// NewResource gives the resource of a file of the site, which a page has by this address.
func NewResource(host Host, file, name, address, absolute string) *Resource {
	return &Resource{Name: name, Title: name, RelPermalink: address, Permalink: absolute, MediaType: mediaType(name),
		ResourceType: mediaType(name).MainType, Params: map[string]any{}, file: file, path: name, host: host}
}

// NewPageResource gives the resource of a page of a bundle: its words are Markdown.
func NewPageResource(host Host, file, name, title, markdown string, params map[string]any) *Resource {
	r := NewResource(host, file, name, "", "")
	r.Title, r.ResourceType, r.Params, r.page = title, "page", params, markdown
	return r
}

func (r *Resource) String() string {
	if r == nil {
		return ""
	}
	return r.Name
}

// Key tells one resource from another.
func (r *Resource) Key() string { return r.RelPermalink }

// Err gives none: what is wrong with a picture is told where it is used.
func (r *Resource) Err() any { return nil }

// Content gives a text file's text.
func (r *Resource) Content() (any, error) {
	if r.ResourceType == "page" {
		return template.HTML(r.host.Render(r.page, true)), nil
	}
	b, err := []byte(r.made), error(nil)
	if r.file != "" {
		b, err = r.host.ReadFile(r.file)
	}
	if err == nil && len(b) > maxText {
		err = errLarge
	}
	if err != nil {
		return "", err
	}
	if r.MediaType.SubType == "svg" || r.MediaType.SubType == "html" {
		return template.HTML(b), nil
	}
	return string(b), nil
}

// Width gives a picture's width in pixels.
func (r *Resource) Width() int { w, _ := r.host.Size(r.file); return w }

// Height gives a picture's height in pixels.
func (r *Resource) Height() int { _, h := r.host.Size(r.file); return h }

// Resize and the like give the picture as it is: an edition scales it to its own measure.
func (r *Resource) Resize(string) *Resource { return r }

// Fit gives the picture as it is.
func (r *Resource) Fit(string) *Resource { return r }

// Fill gives the picture as it is.
func (r *Resource) Fill(string) *Resource { return r }

// Crop gives the picture as it is.
func (r *Resource) Crop(string) *Resource { return r }

// Process gives the picture as it is.
func (r *Resource) Process(string) *Resource { return r }

// Filter gives the picture as it is.
func (r *Resource) Filter(...any) *Resource { return r }

// Exif gives what a camera has written: nothing that an edition has a use for.
func (r *Resource) Exif() map[string]any {
	return map[string]any{"Tags": map[string]any{}, "Lat": 0.0, "Long": 0.0}
}

// Colors gives none.
func (r *Resource) Colors() []string { return nil }

// Data gives none.
func (r *Resource) Data() map[string]any { return map[string]any{} }

// A MediaType is what kind of file a resource is.
type MediaType struct {
	Type, MainType, SubType string
	Suffixes                []string
}

func (m MediaType) String() string { return m.Type }

func mediaType(name string) MediaType {
	sub := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	main := "application"
	switch sub {
	case "jpg", "jpe", "jfif":
		main, sub = "image", "jpeg"
	case "png", "jpeg", "gif", "webp", "svg", "avif", "tiff", "bmp":
		main = "image"
	case "mp4", "webm", "ogv", "mov":
		main = "video"
	case "mp3", "ogg", "wav", "flac", "m4a":
		main = "audio"
	case "md", "txt", "html", "csv", "css":
		main = "text"
	}
	full := sub
	switch sub {
	case "svg":
		full = "svg+xml"
	case "txt":
		sub, full = "plain", "plain"
	case "md":
		sub, full = "markdown", "markdown"
	}
	return MediaType{Type: main + "/" + full, MainType: main, SubType: sub, Suffixes: []string{strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")}}
}

// Resources are the files beside a page.
type Resources []*Resource

// Get gives the one of a name; nil when there is none.
func (rs Resources) Get(name any) *Resource {
	for _, r := range rs {
		if want := strings.TrimPrefix(strings.TrimPrefix(text(name), "./"), "/"); strings.EqualFold(r.Name, want) || strings.EqualFold(r.path, want) {
			return r
		}
	}
	return nil
}

// GetMatch gives the first that a pattern fits; nil when there is none.
func (rs Resources) GetMatch(pattern any) *Resource {
	for _, r := range rs.Match(pattern) {
		return r
	}
	return nil
}

// Match gives those that a pattern fits.
func (rs Resources) Match(pattern any) (out Resources) {
	p := strings.ToLower(text(pattern))
	for _, r := range rs {
		if globbed(p, strings.ToLower(r.Name)) {
			out = append(out, r)
		}
	}
	if out == nil {
		return rs.Files(p)
	}
	return out
}

// Files gives those whose files a pattern fits, whatever they are called.
func (rs Resources) Files(pattern string) (out Resources) {
	for _, r := range rs {
		if globbed(strings.ToLower(pattern), strings.ToLower(r.path)) {
			out = append(out, r)
		}
	}
	return out
}

// ByType gives those of a kind: image, video, text …
func (rs Resources) ByType(kind any) (out Resources) {
	for _, r := range rs {
		if r.ResourceType == text(kind) {
			out = append(out, r)
		}
	}
	return out
}

// globbed reports whether a pattern fits a name: ** fits folders, too.
func globbed(pattern, name string) bool {
	if before, after, ok := strings.Cut(pattern, "**"); ok {
		after = strings.TrimPrefix(after, "/")
		rest, ok := strings.CutPrefix(name, before)
		if !ok {
			return false
		}
		for i := 0; i <= len(rest) && i < 200; i++ {
			if globbed(after, rest[i:]) {
				return true
			}
			if after == "" {
				return true
			}
		}
		return false
	}
	ok, _ := path.Match(pattern, name)
	return ok
}

var resourceFunctions = map[string]function{
	"Get": {1, 1, false, func(r *Runner, a []any) (any, error) {
		if res := r.asset(strings.TrimPrefix(text(a[0]), "/")); res != nil {
			return res, nil
		}
		return nil, nil
	}},
	"GetMatch": {1, 1, false, func(r *Runner, a []any) (any, error) {
		found, err := r.assets(a[0])
		if err != nil || len(found) == 0 {
			return nil, err
		}
		return found[0], nil
	}},
	"Match": {1, 1, false, func(r *Runner, a []any) (any, error) { return r.assets(a[0]) }},
	"ByType": {1, 1, false, func(r *Runner, a []any) (any, error) {
		all, err := r.assets("**")
		return all.ByType(a[0]), err
	}},
	"GetRemote": {1, 2, true, func(*Runner, []any) (any, error) { return nil, fail("resources.GetRemote needs the network") }},
	"FromString": {2, 2, false, func(r *Runner, a []any) (any, error) {
		made := NewResource(r.host, "", text(a[0]), "/"+strings.TrimPrefix(text(a[0]), "/"), address(r.host.Site().BaseURL, text(a[0]), true))
		made.made = text(a[1])
		return made, nil
	}},
	"Concat":            {2, 2, true, func(*Runner, []any) (any, error) { return nil, fail("resources.Concat is not done here") }},
	"ExecuteAsTemplate": {3, 3, true, func(*Runner, []any) (any, error) { return nil, fail("resources.ExecuteAsTemplate is not done here") }},
	"ToCSS":             {1, 2, true, lastValue}, "PostCSS": {1, 2, true, lastValue}, "PostProcess": {1, 1, true, lastValue},
	"Fingerprint": {1, 2, true, lastValue}, "Minify": {1, 1, true, lastValue}, "Copy": {2, 2, true, lastValue},
}

func lastValue(_ *Runner, a []any) (any, error) { return a[len(a)-1], nil }

// imageFunctions work on pictures, which an edition has as they are.
var imageFunctions = map[string]function{
	"Resize": {2, 2, true, lastValue}, "Fit": {2, 2, true, lastValue}, "Fill": {2, 2, true, lastValue}, "Crop": {2, 2, true, lastValue},
	"Process": {2, 2, true, lastValue}, "Filter": {2, -1, true, lastValue},
	"Config": {1, 1, false, func(r *Runner, a []any) (any, error) {
		w, h := r.host.Size(strings.TrimPrefix(text(a[0]), "/"))
		if w == 0 {
			return nil, fail("images.Config: no picture %s", shortOf(a[0]))
		}
		return map[string]any{"Width": w, "Height": h}, nil
	}},
	"QR": {1, 2, false, func(*Runner, []any) (any, error) { return nil, fail("images.QR is not done here") }},
}

func init() {
	for _, filter := range strings.Fields("AutoOrient Brightness ColorBalance Colorize Contrast Dither Gamma GaussianBlur Grayscale Hue Invert Mask Opacity Overlay Padding Pixelate Saturation Sepia Sigmoid Text UnsharpMask") {
		imageFunctions[filter] = function{0, -1, true, func(*Runner, []any) (any, error) { return filter, nil }}
	}
}

// asset gives a file among the assets; nil when there is none.
func (r *Runner) asset(name string) *Resource {
	file := r.host.Asset(name)
	if file == "" {
		return nil
	}
	return NewResource(r.host, file, "/"+name, address(r.host.Site().BaseURL, name, false), address(r.host.Site().BaseURL, name, true))
}

// assets gives the files among the assets whose names a pattern fits.
func (r *Runner) assets(pattern any) (out Resources, err error) {
	names := r.host.Assets()
	if err := r.spend(len(names) / 8); err != nil {
		return nil, err
	}
	p := strings.ToLower(strings.TrimPrefix(text(pattern), "/"))
	for _, name := range names {
		if globbed(p, strings.ToLower(name)) {
			out = append(out, r.asset(name))
		}
	}
	return out, nil
}
