package svg

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var declared = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["'][^>]*>`)
})

// text gives a document as UTF-8 (XML 1.0 appendix F): drawing programs also write UTF-16, and the encodings of one byte.
// What says that it is UTF-8, or says nothing, and is not, is read as Windows-1252, which holds Latin-1; what is UTF-8 and
// says otherwise is UTF-8: a text in one byte is that by accident only when it is ASCII.
func text(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00")):
		return fromUTF16(data, binary.LittleEndian), nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<")):
		return fromUTF16(data, binary.BigEndian), nil
	}
	if utf8.Valid(data) {
		return data, nil
	}
	name := "utf8"
	if m := declared().FindSubmatch(data[:min(len(data), 256)]); m != nil {
		name = plainName(string(m[1]))
	}
	var table *charmap.Charmap
	switch name {
	case "utf8", "ascii", "usascii", "latin1", "iso88591", "cp1252", "utf16":
		table = charmap.Windows1252
	case "xmacroman", "macintosh", "macroman":
		table = charmap.Macintosh
	default:
		for _, e := range charmap.All {
			if c, ok := e.(*charmap.Charmap); ok && plainName(c.String()) == name {
				table = c
			}
		}
	}
	if table == nil {
		return nil, fmt.Errorf("it is in the encoding %s, which is not read", name)
	}
	out, err := table.NewDecoder().Bytes(data)
	if err != nil {
		return nil, fmt.Errorf("it is not in the encoding %s: %w", name, err)
	}
	return out, nil
}

// plainName makes an encoding's names one: ISO_8859-1 and iso8859-1.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return bytes.TrimPrefix([]byte(string(utf16.Decode(units))), []byte("\uFEFF"))
}
