package object

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// readJPEG takes a JPEG file (ITU-T T.81) as it is: the compressed picture is not touched, only segments that no reader
// of PDF looks at are left out (EXIF with its thumbnails, XMP, comments, Photoshop's records). The colour profile is
// taken out of its segments, where PDF would not find it.
func readJPEG(data []byte) (*Image, error) {
	img := &Image{orientation: 1}
	kept := []byte{0xff, 0xd8}
	var chunks [256][]byte
	adobe, jfif := false, false
	var ids []byte
	pos := 2
	for {
		if pos+4 > len(data) {
			return nil, errors.New("JPEG file ends before its picture")
		}
		if data[pos] != 0xff {
			return nil, fmt.Errorf("JPEG file: no marker at byte %d", pos)
		}
		marker := data[pos+1]
		if marker == 0xff { // fill byte
			pos++
			continue
		}
		if marker == 0x01 || marker >= 0xd0 && marker <= 0xd7 {
			pos += 2
			continue
		}
		n := int(binary.BigEndian.Uint16(data[pos+2:]))
		if n < 2 || pos+2+n > len(data) {
			return nil, errors.New("JPEG file ends within a segment")
		}
		segment, body := data[pos:pos+2+n], data[pos+4:pos+2+n]
		pos += 2 + n
		switch {
		case marker == 0xda: // start of scan: the rest is the picture
			if img.components == 0 {
				return nil, errors.New("JPEG file has no frame")
			}
			kept = append(kept, segment...)
			end := bytes.LastIndex(data, []byte{0xff, 0xd9})
			if end < pos {
				kept = append(append(kept, data[pos:]...), 0xff, 0xd9)
			} else {
				kept = append(kept, data[pos:end+2]...)
			}
			img.finishJPEG(kept, adobe, jfif, ids, bytes.Join(chunks[:], nil))
			return img, nil
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			if marker > 0xc2 {
				return nil, fmt.Errorf("JPEG file of a kind that PDF does not have (SOF%d)", marker-0xc0)
			}
			if len(body) < 6 || body[0] != 8 {
				return nil, errors.New("JPEG file with other than 8 bits a sample")
			}
			img.Height, img.Width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
			if err := checkSize(img.Width, img.Height); err != nil {
				return nil, err
			}
			img.components = int(body[5])
			if img.components != 1 && img.components != 3 && img.components != 4 || len(body) < 6+3*img.components {
				return nil, fmt.Errorf("JPEG file with %d components", img.components)
			}
			for i := range img.components {
				ids = append(ids, body[6+3*i])
			}
			kept = append(kept, segment...)
		case marker == 0xe0 && bytes.HasPrefix(body, []byte("JFIF\x00")):
			jfif = true
			kept = append(kept, segment...)
		case marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			img.orientation = exifOrientation(body[6:])
		case marker == 0xe2 && bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")) && len(body) > 14:
			chunks[body[12]] = body[14:]
		case marker == 0xee && bytes.HasPrefix(body, []byte("Adobe")) && len(body) >= 12:
			adobe = true
			kept = append(kept, segment...)
		case marker >= 0xe0 && marker <= 0xef || marker == 0xfe:
		default:
			kept = append(kept, segment...)
		}
	}
}

func (img *Image) finishJPEG(kept []byte, adobe, jfif bool, ids, profile []byte) {
	img.data = kept
	img.dict = Dict{{"BitsPerComponent", Int(8)}, {"Filter", Name("DCTDecode")}}
	img.profile = usable(profile, img.components)
	if img.components == 3 && !adobe && !jfif && string(ids) == "RGB" {
		img.dict = img.dict.Set("DecodeParms", Dict{{"ColorTransform", Int(0)}})
	}
	if img.components == 4 && adobe {
		// Adobe's programs store ink as its absence.
		img.dict = img.dict.Set("Decode", Array{Int(1), Int(0), Int(1), Int(0), Int(1), Int(0), Int(1), Int(0)})
	}
}
