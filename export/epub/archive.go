package epub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	goepub "github.com/go-shiori/go-epub"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/internal/xmltext"
)

// The container's layout is go-epub's.
const (
	rootFolder    = "EPUB"
	sectionFolder = "xhtml"
	imageFolder   = goepub.ImageFolderName
	styleFolder   = goepub.CSSFolderName
	fontFolder    = goepub.FontFolderName
	styleFile     = "edition.css"
	navFile       = "nav.xhtml"
	ncxFile       = "toc.ncx"
	packageFile   = "package.opf"

	xhtmlMedia = "application/xhtml+xml"
	epubMedia  = "application/epub+zip"
)

//go:embed edition.css
var styleSheet []byte

// go-epub keeps what it works on in one place for the whole process, without a lock of its own.
var (
	assembly sync.Mutex
	storage  = sync.OnceValue(func() error {
		if filepath.Separator != '/' {
			return nil // its memory storage knows slashes only: files in the system's temporary folder it is
		}
		return goepub.Use(goepub.MemoryFS)
	})
)

// assemble has go-epub put sections, stylesheet, pictures and fonts into a container. It gives the container's files by
// name.
//
// go-epub takes media by address, copies them about and compresses them. For pictures and fonts, which do not gain by it,
// that would cost more than all the rest: it is given the head of each, enough to know the type by, and the seal puts the
// whole in its place.
func (b *book) assemble() (map[string][]byte, error) {
	e, err := goepub.NewEpub(b.title())
	if err != nil {
		return nil, err
	}
	e.Client = &http.Client{Transport: offline{}}
	e.SetIdentifier(b.id[0].value)
	e.SetLang(b.lang)
	if words.RightToLeft(b.lang) {
		e.SetPpd("rtl")
	}
	css, err := e.AddCSS(dataURL(b.style), styleFile)
	if err != nil {
		return nil, err
	}
	for _, pic := range b.pictures {
		if pic.used {
			if _, err := e.AddImage(dataURL(pic.data[:min(len(pic.data), sniffed)]), pic.name); err != nil {
				return nil, err
			}
		}
	}
	for _, font := range b.fonts {
		if _, err := e.AddFont(dataURL(font.data[:min(len(font.data), sniffed)]), font.name); err != nil {
			return nil, err
		}
	}
	for _, p := range b.parts {
		if _, err := e.AddSection(string(p.body), p.title, p.file, css); err != nil {
			return nil, fmt.Errorf("%s: %w", p.file, err)
		}
	}
	var buf bytes.Buffer
	if err := writeLocked(e, &buf); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte, len(z.File))
	for _, zf := range z.File {
		r, err := zf.Open()
		if err != nil {
			return nil, err
		}
		data := make([]byte, zf.UncompressedSize64)
		if _, err := io.ReadFull(r, data); err != nil {
			return nil, fmt.Errorf("%s: %w", zf.Name, err)
		}
		files[zf.Name] = data
	}
	return files, nil
}

func writeLocked(e *goepub.Epub, w io.Writer) error {
	assembly.Lock()
	defer assembly.Unlock()
	if err := storage(); err != nil {
		return err
	}
	_, err := e.WriteTo(w)
	return err
}

// sniffed is how much of a file go-epub looks at to know its type.
const sniffed = 512

func dataURL(data []byte) string {
	return "data:application/octet-stream;base64," + base64.StdEncoding.EncodeToString(data)
}

// offline is the network that go-epub gets.
type offline struct{}

func (offline) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("no network while exporting: %.60s", r.URL)
}

// seal writes the archive: mimetype first and stored (OCF 3.3 § 4.3), then the container document, the package document,
// and the files in the manifest's order.
func (b *book) seal(w io.Writer, files map[string][]byte) error {
	whole := map[string][]byte{navFile: b.navigation(), ncxFile: b.ncx()}
	for _, pic := range b.pictures {
		whole[pic.path()] = pic.data
	}
	for _, f := range b.fonts {
		whole[fontFolder+"/"+f.name] = f.data
	}
	for _, p := range b.parts {
		x, err := b.finish(p, files[rootFolder+"/"+p.path()])
		if err != nil {
			return err
		}
		whole[p.path()] = x
	}
	if err := b.proofread(whole); err != nil {
		return err
	}
	z := &archive{zip: zip.NewWriter(w), at: b.modified()}
	z.add("mimetype", []byte(epubMedia), false)
	z.add("META-INF/container.xml", files["META-INF/container.xml"], true)
	z.add(rootFolder+"/"+packageFile, b.packageDocument(), true)
	for _, it := range b.manifest() {
		data, ok := whole[it.href]
		if !ok {
			data, ok = files[rootFolder+"/"+it.href]
		}
		if !ok {
			return fmt.Errorf("%s is in the manifest but not in the container", it.href)
		}
		// Pictures but SVG are compressed already.
		z.add(rootFolder+"/"+it.href, data, !strings.HasPrefix(it.media, "image/") || it.media == "image/svg+xml")
	}
	if z.err != nil {
		return z.err
	}
	return z.zip.Close()
}

// finish gives a section that go-epub wrote our own head: language and direction, without which neither hyphenation nor
// a screen reader knows its way.
func (b *book) finish(p *part, section []byte) ([]byte, error) {
	const start, end = `<body dir="auto">`, "</body>"
	from, to := bytes.Index(section, []byte(start)), bytes.LastIndex(section, []byte(end))
	if from < 0 || to < from {
		return nil, fmt.Errorf("%s: go-epub wrote no body", p.file)
	}
	out := []byte(b.head(p.lang, p.dir, p.title, "../"+styleFolder+"/"+styleFile))
	out = append(out, "<body>"...)
	out = append(out, section[from+len(start):to]...)
	return append(out, "</body>\n</html>\n"...), nil
}

// head writes an XHTML file's beginning up to its body.
func (b *book) head(lang, dir, title, style string) string {
	if dir == "" && words.RightToLeft(lang) {
		dir = "rtl"
	}
	return xmltext.Header + "<!DOCTYPE html>\n" +
		`<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"` +
		attr("lang", lang) + attr("xml:lang", lang) + attr("dir", dir) + ">\n<head>\n<title>" + esc(squeeze(title)) + "</title>\n" +
		`<link rel="stylesheet" type="text/css"` + attr("href", style) + "/>\n</head>\n"
}

// An archive writes zip entries whose bytes depend on their content only. Time is given in MS-DOS form alone: the extra
// field that archive/zip writes for FileHeader.Modified is forbidden on mimetype.
type archive struct {
	zip   *zip.Writer
	at    time.Time
	flate *flate.Writer
	err   error
}

func (a *archive) add(name string, data []byte, deflate bool) {
	if a.err != nil {
		return
	}
	h := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: uint64(len(data))}
	//lint:ignore SA1019 FileHeader.Modified writes an extra field, which is forbidden on mimetype
	h.ModifiedDate, h.ModifiedTime = dosTime(a.at)
	body := data
	if deflate {
		var buf bytes.Buffer
		if a.flate == nil {
			if a.flate, a.err = flate.NewWriter(&buf, flate.DefaultCompression); a.err != nil {
				return
			}
		} else {
			a.flate.Reset(&buf)
		}
		a.flate.Write(data) // to a buffer: an error would be Close's, too
		if a.err = a.flate.Close(); a.err != nil {
			return
		}
		if buf.Len() < len(data) {
			h.Method, body = zip.Deflate, buf.Bytes()
		}
	}
	h.CompressedSize64 = uint64(len(body))
	w, err := a.zip.CreateRaw(h)
	if err == nil {
		_, err = w.Write(body)
	}
	a.err = err
}

// dosTime gives a time in the two words of an MS-DOS directory entry, as zip wants them; it begins in 1980.
func dosTime(t time.Time) (date, clock uint16) {
	t = t.UTC()
	if t.Year() < 1980 {
		return 1<<5 | 1, 0
	}
	return uint16(t.Day() + int(t.Month())<<5 + (min(t.Year(), 2107)-1980)<<9), uint16(t.Second()/2 + t.Minute()<<5 + t.Hour()<<11)
}
