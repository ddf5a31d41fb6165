package doctest

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// An Entry is a file of an archive.
type Entry struct {
	Name string
	Data []byte
}

// Unzip gives the files of an archive, in its order.
func Unzip(t testing.TB, archive []byte) []Entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var out []Entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out = append(out, Entry{f.Name, data})
	}
	return out
}
