package fonts

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	ot "github.com/go-text/typesetting/font/opentype"
)

// A FileError says what is wrong with a font file and, where there is something to do about it, what.
type FileError struct {
	File string // path in the file system that was given to Load
	Err  error
	Hint string // may be empty
}

func (e *FileError) Error() string {
	s := fmt.Sprintf("font file %s: %v", e.File, e.Err)
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

func (e *FileError) Unwrap() error { return e.Err }

// Errors that a FileError may wrap.
var (
	ErrEmbedding = errors.New("its licence (OS/2 fsType) forbids embedding")
	ErrVariable  = errors.New("a variable font that cannot be brought to a fixed form")
	ErrFormat    = errors.New("not a font that can be read")
)

// maxFile bounds the size of a font file; the largest fonts there are, for Chinese and Japanese, stay under it.
const maxFile = 64 << 20

// rank orders the kinds of files: of one face in several wrappings the first is taken.
var rank = map[string]int{".otf": 1, ".ttf": 2, ".otc": 3, ".ttc": 3, ".woff": 4, ".woff2": 5}

// Load reads a publisher's own fonts: every .otf, .ttf, .ttc, .otc, .woff and .woff2 file in the folder and its subfolders, put
// together by the family names that the fonts give themselves (typographic family, name 16, before name 1), in alphabetical
// order. A face that is there in several wrappings is taken once. A variable font with TrueType outlines gives a face for each
// of its named instances.
//
// Files that cannot be used do not keep the others from being read: the error joins a *FileError for each, and the families
// hold what is good. A folder without fonts is an error, too.
func Load(fsys fs.FS, dir string) ([]*Family, error) {
	var files []string
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() && rank[strings.ToLower(path.Ext(name))] > 0 && !strings.HasPrefix(path.Base(name), ".") {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the fonts in %s: %w", dir, err)
	}
	slices.SortFunc(files, func(a, b string) int {
		if d := rank[strings.ToLower(path.Ext(a))] - rank[strings.ToLower(path.Ext(b))]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})

	var faces []*Face
	var problems []error
	names := map[string]bool{}
	for _, file := range files {
		got, err := readFile(fsys, file)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		for _, f := range got {
			if !names[f.name] {
				names[f.name] = true
				faces = append(faces, f)
			}
		}
	}
	if len(files) == 0 {
		problems = append(problems, fmt.Errorf("read the fonts in %s: no .otf, .ttf, .ttc or .woff file", dir))
	}
	return group(faces), errors.Join(problems...)
}

// group puts faces into families, both in a fixed order.
func group(faces []*Face) []*Family {
	byName := map[string]*Family{}
	var families []*Family
	for _, f := range faces {
		fam := byName[f.family]
		if fam == nil {
			fam = &Family{Name: f.family}
			byName[f.family] = fam
			families = append(families, fam)
		}
		fam.Faces = append(fam.Faces, f)
	}
	slices.SortFunc(families, func(a, b *Family) int { return strings.Compare(a.Name, b.Name) })
	for _, fam := range families {
		slices.SortStableFunc(fam.Faces, func(a, b *Face) int {
			switch {
			case a.weight != b.weight:
				return a.weight - b.weight
			case a.italic != b.italic:
				if b.italic {
					return -1
				}
				return 1
			}
			return strings.Compare(a.name, b.name)
		})
	}
	return families
}

// readFile reads the faces of one file; its error is a *FileError.
func readFile(fsys fs.FS, file string) (faces []*Face, err error) {
	info, err := fs.Stat(fsys, file)
	if err != nil {
		return nil, &FileError{file, err, ""}
	}
	if info.Size() > maxFile {
		return nil, &FileError{file, fmt.Errorf("%w: %d MB is too large", ErrFormat, info.Size()>>20), ""}
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, &FileError{file, err, ""}
	}
	faces, err = readFaces(data, strings.TrimSuffix(path.Base(file), path.Ext(file)))
	switch {
	case err == nil:
		return faces, nil
	case errors.Is(err, ErrEmbedding):
		return nil, &FileError{file, err, "ask its maker for a licence for documents, or choose another font"}
	case errors.Is(err, ErrVariable):
		return nil, &FileError{file, err, "give its TrueType form, or static instances, one file for each weight and posture"}
	}
	return nil, &FileError{file, err, "see whether another program opens it, or fetch it anew"}
}

// readFaces reads all faces from the bytes of a file; stem names them where the font does not.
func readFaces(data []byte, stem string) (faces []*Face, err error) {
	defer onPanic(func(r any) { faces, err = nil, fmt.Errorf("%w: %v", ErrFormat, r) })
	if len(data) >= 4 && string(data[:4]) == "wOF2" {
		if data, err = unpackWOFF2(data); err != nil {
			return nil, fmt.Errorf("%w: %v", ErrFormat, err)
		}
	}
	if err := checkDirectory(data); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	loaders, err := ot.NewLoaders(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	plainFile := len(loaders) == 1 && len(data) > 4 && (string(data[:4]) == "OTTO" || string(data[:4]) == "\x00\x01\x00\x00")
	for _, ld := range loaders {
		one := data
		if !plainFile { // a collection, a WOFF, a font of Apple's: unwrapped, so that Data is a font file as all know it
			if one, err = unwrap(ld); err != nil {
				return nil, err
			}
		}
		if ld.HasTable(ot.MustNewTag("CFF2")) {
			// The parser does not read what font makers write there, and makes room for whatever a broken one claims.
			return nil, fmt.Errorf("%w: its outlines are in a CFF2 table, which is not read", ErrVariable)
		}
		if ld.HasTable(ot.MustNewTag("fvar")) {
			instances, err := instances(one, stem)
			if err != nil {
				return nil, err
			}
			faces = append(faces, instances...)
			continue
		}
		f, err := newFace(one, stem)
		if err != nil {
			return nil, err
		}
		faces = append(faces, f)
	}
	return faces, nil
}

// unwrap writes a font of a collection, or a compressed one, as a font file of its own.
func unwrap(ld *ot.Loader) ([]byte, error) {
	var tables []ot.Table
	for _, tag := range ld.Tables() {
		content, err := ld.RawTable(tag)
		if err != nil {
			return nil, fmt.Errorf("%w: table %s: %v", ErrFormat, tag, err)
		}
		tables = append(tables, ot.Table{Tag: tag, Content: content})
	}
	if len(tables) == 0 {
		return nil, fmt.Errorf("%w: no tables", ErrFormat)
	}
	return writeFont(tables), nil
}

// newFace parses a font, asks its licence, and tries it: a font that cannot set a word is told of here, not on page 30. A cmap
// that the parser trips over panics here too, in readFaces' arms.
func newFace(data []byte, stem string) (*Face, error) {
	p, err := parseFace(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	if !p.licence.Embed {
		return nil, ErrEmbedding
	}
	f := &Face{read: func() []byte { return data }, p: p}
	f.once.Do(func() {}) // already parsed
	f.identify(stem)
	if _, err := p.subsetter(); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	for r := range rune(0x10000) {
		p.font.Cmap.Lookup(r)
	}
	glyphs := []uint16{0}
	for _, g := range f.Shape(nil, "Hamburg, 1984: ‘fi’", Options{}) {
		glyphs = append(glyphs, g.GID)
	}
	if _, err := f.Subset(glyphs); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	return f, nil
}
