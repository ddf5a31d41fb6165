package hugo

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// files are a site's files, wherever it lies.
type files struct {
	fsys   fs.FS
	root   string  // folder of the site, absolute; "" when it lies on no disk
	ledger *ledger // notes what fsys is asked; nil when nobody wants to know
}

func filesOf(fsys fs.FS, traced bool) files {
	folder, _ := fsys.(Folder)
	f := files{fsys: fsys, root: string(folder)}
	if traced {
		f.ledger = &ledger{fsys: fsys, known: map[Fact]string{}}
		f.fsys = f.ledger
	}
	return f
}

// name is what the site's folder is called; "" when it lies on no disk.
func (f files) name() string {
	if f.root == "" {
		return ""
	}
	return filepath.Base(f.root)
}

// place gives a file of the site as it is found from outside: its path on disk, when it lies on one.
func (f files) place(name string) string {
	return filepath.Join(f.root, filepath.FromSlash(name))
}

// readFile reads a file of the site, unless it is something that may have no end: a pipe, a device.
func (f files) readFile(name string) ([]byte, error) {
	if st, err := fs.Stat(f.fsys, name); err == nil && !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", f.place(name))
	}
	return fs.ReadFile(f.fsys, name)
}

// unnoted gives the same files as nobody takes notes of them: what is read of them is known otherwise.
func (f files) unnoted() files {
	if f.ledger != nil {
		f.fsys, f.ledger = f.ledger.fsys, nil
	}
	return f
}

// Beside reads a file that lies beside the site's configuration; nil for none.
func (f files) Beside(name string) ([]byte, error) {
	if !isFile(f.fsys, name) {
		return nil, nil
	}
	return f.readFile(name)
}

// readInside reads a file for a program of the site's: it may not lead out of the site, by its name or by links.
func (f files) readInside(name string) ([]byte, error) {
	if name = path.Clean(name); !fs.ValidPath(name) {
		return nil, fmt.Errorf("%s does not lie in the site", name)
	}
	if f.root == "" {
		return f.readFile(name)
	}
	data, err := Folder(f.root).readInside(name)
	if f.ledger != nil {
		f.ledger.note(factFile, name, func() string { return sumOfFile(f.ledger.fsys, name) })
		f.ledger.compare(name, data, err)
	}
	return data, err
}

func isFile(fsys fs.FS, name string) bool {
	st, err := fs.Stat(fsys, name)
	return err == nil && st.Mode().IsRegular()
}

func isDir(fsys fs.FS, name string) bool {
	st, err := fs.Stat(fsys, name)
	return err == nil && st.IsDir()
}

func isMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdown":
		return true
	}
	return false
}

// isHTML reports whether a file of the content is HTML with front matter, which Hugo takes as it is.
func isHTML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".html" || ext == ".htm"
}

// A memo reads each thing once, however many ask for it at the same time.
type memo[T any] struct {
	mu    sync.Mutex
	known map[string]func() (T, error)
}

func (m *memo[T]) get(name string, read func() (T, error)) (T, error) {
	m.mu.Lock()
	if m.known == nil {
		m.known = map[string]func() (T, error){}
	}
	once := m.known[name]
	if once == nil {
		once = sync.OnceValues(read)
		m.known[name] = once
	}
	m.mu.Unlock()
	return once()
}
