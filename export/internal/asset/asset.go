// Package asset knows pictures as files: of which kind one is, how large, and whether it is whole. It decodes no pixels.
package asset

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"image"
	_ "image/gif" // formats that image.DecodeConfig knows
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/svg"
	_ "golang.org/x/image/webp" // a format that image.DecodeConfig knows
)

type imageError string

func (e imageError) Error() string { return string(e) }

// New finds out what a picture is and how big.
func New(name string, data []byte) (*document.Asset, error) {
	a := &document.Asset{Name: name, Data: data}
	if w, h, ok := svg.Size(data); ok {
		a.MediaType, a.Width, a.Height = "image/svg+xml", w, h
		return a, nil
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		kind := http.DetectContentType(data)
		if strings.HasPrefix(kind, "image/") {
			return nil, imageError("damaged, or a kind not known (" + kind + ")")
		}
		return nil, imageError("not a picture (" + kind + ")")
	}
	if !whole(format, data) {
		return nil, imageError("damaged: the file ends before the picture does")
	}
	a.MediaType, a.Width, a.Height = "image/"+format, cfg.Width, cfg.Height
	if format == "jpeg" && Orientation(data) >= 5 {
		a.Width, a.Height = a.Height, a.Width
	}
	return a, nil
}

// whole reports whether a file has its end. A JPEG has its end after its last scan (ITU-T T.81 § B.1.1.3; the mark cannot
// occur within one, but a thumbnail before them has its own), a PNG has a chunk for it. Others are decoded before they are
// used.
func whole(format string, data []byte) bool {
	switch format {
	case "jpeg":
		return bytes.LastIndex(data, []byte{0xff, 0xd9}) > bytes.LastIndex(data, []byte{0xff, 0xda})
	case "png":
		return bytes.Contains(data, []byte("IEND"))
	}
	return true
}

// Orientation reads the Exif tag 0x0112 (Exif 2.32 § 4.6.4) of a JPEG; 1 when there is none. From 5 on the picture lies
// on its side.
func Orientation(data []byte) int {
	for i := 2; i+4 <= len(data) && data[i] == 0xFF; {
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		if data[i+1] == 0xDA || size < 2 || i+2+size > len(data) {
			break
		}
		if seg := data[i+4 : i+2+size]; data[i+1] == 0xE1 && bytes.HasPrefix(seg, []byte("Exif\x00\x00")) {
			return tiffOrientation(seg[6:])
		}
		i += 2 + size
	}
	return 1
}

func tiffOrientation(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if t[0] == 'I' {
		order = binary.LittleEndian
	}
	ifd := int(order.Uint32(t[4:]))
	if ifd < 8 || ifd+2 > len(t) {
		return 1
	}
	for n, at := int(order.Uint16(t[ifd:])), ifd+2; n > 0 && at+12 <= len(t); n, at = n-1, at+12 {
		if order.Uint16(t[at:]) == 0x0112 {
			if o := int(order.Uint16(t[at+8:])); o >= 1 && o <= 8 {
				return o
			}
		}
	}
	return 1
}

// FromData makes a picture of a data: address (RFC 2397). Its name is made of a hash of its bytes, so that the same picture
// has the same name.
func FromData(src string) (*document.Asset, error) {
	head, body, _ := strings.Cut(src, ",")
	data := []byte(body)
	if strings.HasSuffix(head, ";base64") {
		var err error
		if data, err = base64.StdEncoding.DecodeString(strings.TrimSpace(body)); err != nil {
			return nil, imageError("does not decode")
		}
	} else if un, err := url.PathUnescape(body); err == nil {
		data = []byte(un)
	}
	a, err := New("data/"+hash(data), data)
	if err != nil {
		return nil, imageError("cannot be used: " + err.Error())
	}
	return a, nil
}

// IsPicture reports whether an address ends like a picture's.
func IsPicture(href string) bool {
	switch strings.ToLower(path.Ext(href)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg":
		return true
	}
	return false
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
