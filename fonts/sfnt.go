package fonts

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	ot "github.com/go-text/typesetting/font/opentype"
)

// table is a table of a font file, without copying; nil when it is not there or not whole.
func table(file []byte, tag string) []byte {
	if len(file) < 12 {
		return nil
	}
	for i := range u16(file, 4) {
		at := 12 + 16*i
		if at+16 > len(file) {
			return nil
		}
		if string(file[at:at+4]) == tag {
			from, size := int(binary.BigEndian.Uint32(file[at+8:])), int(binary.BigEndian.Uint32(file[at+12:]))
			if from > len(file) || size > len(file)-from {
				return nil
			}
			return file[from : from+size : from+size]
		}
	}
	return nil
}

// checkDirectory looks whether the tables that a file lists (a font, a collection, a WOFF) lie within it, before a parser makes
// room for what they claim to be.
func checkDirectory(file []byte) error {
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(file[at:])) }
	if len(file) < 12 {
		return fmt.Errorf("only %d bytes long", len(file))
	}
	sfnt := func(at int) error {
		if at < 0 || at+12 > len(file) {
			return fmt.Errorf("it has no table directory")
		}
		for i := range u16(file, at+4) {
			rec := at + 12 + 16*i
			if rec+16 > len(file) {
				return fmt.Errorf("its table directory is cut short")
			}
			if u32(rec+8)+u32(rec+12) > len(file) {
				return fmt.Errorf("its table %q reaches beyond its end", file[rec:rec+4])
			}
		}
		return nil
	}
	switch string(file[:4]) {
	case "ttcf":
		for i := range min(u32(8), 1000) {
			if 16+4*i > len(file) {
				return fmt.Errorf("its list of fonts is cut short")
			}
			if err := sfnt(u32(12 + 4*i)); err != nil {
				return err
			}
		}
	case "wOFF": // WOFF File Format 1.0 §4
		if len(file) < 44 {
			return fmt.Errorf("only %d bytes long", len(file))
		}
		unpacked := 0
		for i := range u16(file, 12) {
			rec := 44 + 20*i
			if rec+20 > len(file) {
				return fmt.Errorf("its table directory is cut short")
			}
			if u32(rec+4)+u32(rec+8) > len(file) {
				return fmt.Errorf("its table %q reaches beyond its end", file[rec:rec+4])
			}
			if unpacked += u32(rec + 12); unpacked > maxFile {
				return fmt.Errorf("it unpacks to more than %d MB", maxFile>>20)
			}
		}
	default:
		return sfnt(0)
	}
	return nil
}

// writeFont puts tables together as a font file (ISO/IEC 14496-22 §4.5): sorted by tag, aligned to four bytes, with the
// checksums that strict readers look at.
func writeFont(tables []ot.Table) []byte {
	slices.SortFunc(tables, func(a, b ot.Table) int {
		if a.Tag < b.Tag {
			return -1
		}
		return 1
	})
	version := uint32(0x00010000)
	size := 12 + 16*len(tables)
	for _, t := range tables {
		if t.Tag == ot.MustNewTag("CFF ") {
			version = 0x4F54544F // OTTO
		}
		size += (len(t.Content) + 3) &^ 3
	}
	b := make([]byte, 0, size)
	log := bits.Len(uint(len(tables))) - 1
	b = binary.BigEndian.AppendUint32(b, version)
	for _, n := range []int{len(tables), 16 << log, log, 16*len(tables) - 16<<log} {
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	at := 12 + 16*len(tables)
	head := -1
	for _, t := range tables {
		sum := checksum(t.Content)
		if t.Tag == ot.MustNewTag("head") && len(t.Content) >= 12 {
			head = at
			sum -= binary.BigEndian.Uint32(t.Content[8:]) // checkSumAdjustment counts as zero
		}
		for _, n := range []uint32{uint32(t.Tag), sum, uint32(at), uint32(len(t.Content))} {
			b = binary.BigEndian.AppendUint32(b, n)
		}
		at += (len(t.Content) + 3) &^ 3
	}
	for _, t := range tables {
		b = append(b, t.Content...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	if head >= 0 {
		binary.BigEndian.PutUint32(b[head+8:], 0)
		binary.BigEndian.PutUint32(b[head+8:], 0xB1B0AFBA-checksum(b))
	}
	return b
}

// checksum is the sum of the table's words, the last one filled up with zeros.
func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	for i, c := range b {
		sum += uint32(c) << (24 - 8*i)
	}
	return sum
}
