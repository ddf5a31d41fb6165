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
	j := jpegReader{img: &Image{orientation: 1}, kept: []byte{0xff, 0xd8}}
	for pos := 2; ; {
		marker, n, err := segmentAt(data, pos)
		switch {
		case err != nil:
			return nil, err
		case marker == markSOS:
			if j.img.components == 0 {
				return nil, errors.New("JPEG file has no frame")
			}
			j.scan(data, pos, n)
			j.finish()
			return j.img, nil
		case marker != 0:
			if err := j.segment(marker, data[pos:pos+n]); err != nil {
				return nil, err
			}
		}
		pos += n
	}
}

// Markers (ITU-T T.81, table B.1).
const (
	markTEM  = 0x01
	markSOF0 = 0xc0 // baseline; the frames with Huffman coding and 8 bits go up to SOF2
	markSOF2 = 0xc2
	markDHT  = 0xc4
	markJPG  = 0xc8
	markDAC  = 0xcc
	markSOFF = 0xcf
	markRST0 = 0xd0
	markRST7 = 0xd7
	markSOS  = 0xda
	markAPP0 = 0xe0
	markAPP1 = 0xe1
	markAPP2 = 0xe2
	markAPPE = 0xee
	markAPPF = 0xef
	markCOM  = 0xfe
)

// segmentAt finds the marker at a place and how many bytes it takes with its segment; marker is 0 for one without a segment,
// and for a fill byte.
func segmentAt(data []byte, pos int) (marker byte, n int, err error) {
	if pos+4 > len(data) {
		return 0, 0, errors.New("JPEG file ends before its picture")
	}
	if data[pos] != 0xff {
		return 0, 0, fmt.Errorf("JPEG file: no marker at byte %d", pos)
	}
	switch marker = data[pos+1]; {
	case marker == 0xff:
		return 0, 1, nil
	case marker == markTEM || marker >= markRST0 && marker <= markRST7:
		return 0, 2, nil
	}
	n = int(binary.BigEndian.Uint16(data[pos+2:]))
	if n < 2 || pos+2+n > len(data) {
		return 0, 0, errors.New("JPEG file ends within a segment")
	}
	return marker, 2 + n, nil
}

// A jpegReader is a file being taken over.
type jpegReader struct {
	img         *Image
	kept        []byte
	chunks      [256][]byte // of the colour profile
	adobe, jfif bool
	ids         []byte // of the components
}

// segment takes a segment over, or what it says.
func (j *jpegReader) segment(marker byte, segment []byte) error {
	body := segment[4:]
	keep := true
	switch {
	case isFrame(marker):
		if err := j.frame(marker, body); err != nil {
			return err
		}
	case marker == markAPP0 && bytes.HasPrefix(body, []byte("JFIF\x00")):
		j.jfif = true
	case marker == markAPPE && bytes.HasPrefix(body, []byte("Adobe")) && len(body) >= 12:
		j.adobe = true
	case marker >= markAPP0 && marker <= markAPPF || marker == markCOM:
		j.application(marker, body)
		keep = false
	}
	if keep {
		j.kept = append(j.kept, segment...)
	}
	return nil
}

// application reads what is left out, but says something of the picture: its orientation, its colour profile.
func (j *jpegReader) application(marker byte, body []byte) {
	switch {
	case marker == markAPP1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
		j.img.orientation = exifOrientation(body[6:])
	case marker == markAPP2 && bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")) && len(body) > 14:
		j.chunks[body[12]] = body[14:]
	}
}

func isFrame(marker byte) bool {
	return marker >= markSOF0 && marker <= markSOFF && marker != markDHT && marker != markJPG && marker != markDAC
}

// frame reads the frame's header: size and components.
func (j *jpegReader) frame(marker byte, body []byte) error {
	if marker > markSOF2 {
		return fmt.Errorf("JPEG file of a kind that PDF does not have (SOF%d)", marker-markSOF0)
	}
	if len(body) < 6 || body[0] != 8 {
		return errors.New("JPEG file with other than 8 bits a sample")
	}
	img := j.img
	img.Height, img.Width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	if err := checkSize(img.Width, img.Height); err != nil {
		return err
	}
	img.components = int(body[5])
	if img.components != 1 && img.components != 3 && img.components != 4 || len(body) < 6+3*img.components {
		return fmt.Errorf("JPEG file with %d components", img.components)
	}
	for i := range img.components {
		j.ids = append(j.ids, body[6+3*i])
	}
	return nil
}

// scan takes over the rest of the file, which is the picture, up to its end mark; a file without one gets it.
func (j *jpegReader) scan(data []byte, pos, n int) {
	end := bytes.LastIndex(data, []byte{0xff, 0xd9})
	if end < pos+n {
		j.kept = append(append(j.kept, data[pos:]...), 0xff, 0xd9)
	} else {
		j.kept = append(j.kept, data[pos:end+2]...)
	}
}

// finish says how the picture is to be read.
func (j *jpegReader) finish() {
	img := j.img
	img.data = j.kept
	img.profile = usable(bytes.Join(j.chunks[:], nil), img.components)
	img.dict = Dict{{"BitsPerComponent", Int(8)}, {"Filter", Name("DCTDecode")}}
	if img.components == 3 && !j.adobe && !j.jfif && string(j.ids) == "RGB" {
		img.dict = img.dict.Set("DecodeParms", Dict{{"ColorTransform", Int(0)}})
	}
	if img.components == 4 && j.adobe {
		// Adobe's programs store ink as its absence.
		img.dict = img.dict.Set("Decode", Array{Int(1), Int(0), Int(1), Int(0), Int(1), Int(0), Int(1), Int(0)})
	}
}
