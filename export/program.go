package export

import (
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// program tells one build of this program from another: by its version, when that is of a release or of a commit that nothing was changed
// in; else by the identifier that the Go linker gives each build, which depends on all that went into it (cmd/internal/buildid); failing that by the bytes of
// its file. It is "" when none can be had.
var program = sync.OnceValue(func() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == "github.com/twinpress/twinpress" {
		if v := info.Main.Version; v != "" && v != "(devel)" && !strings.Contains(v, "+dirty") {
			return v + " " + info.GoVersion + " " + runtime.GOARCH // of which some round otherwise
		}
	}
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	if id := buildID(f); id != "" {
		return id
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, 1<<62)); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
})

// buildID reads the Go linker's identifier from an executable: from its note in ELF, elsewhere from where the text begins. "" for none.
func buildID(f io.ReaderAt) string {
	if e, err := elf.NewFile(f); err == nil {
		if s := e.Section(".note.go.buildid"); s != nil {
			note, err := s.Data()
			const head = 16 // sizes of name and text, kind, "Go\0\0"
			if err == nil && len(note) > head && bytes.HasPrefix(note[12:], []byte("Go\x00\x00")) {
				return strings.TrimRight(string(note[head:]), "\x00")
			}
		}
		return ""
	}
	start := make([]byte, 64<<10)
	n, _ := f.ReadAt(start, 0)
	_, rest, ok := bytes.Cut(start[:n], []byte("\xff Go build ID: \""))
	id, _, ended := bytes.Cut(rest, []byte("\"\n \xff"))
	if !ok || !ended {
		return ""
	}
	return string(id)
}
