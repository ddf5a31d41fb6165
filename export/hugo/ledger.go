package hugo

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sync"
)

// What an edition depends on is known in two ways. The folders of a site are gone through once, before the first edition: every file in
// them counts, by its bytes, for every edition; of an article only the front matter does, and its text for the editions that hold it.
// Whatever else is asked of the file system, by a template that reads a file of its own or a picture beside the configuration, is
// noted in a ledger as it is asked.

// A Fact is something that was asked of a site's file system outside of the folders that were gone through, and the answer.
type Fact struct {
	Kind string `json:"kind"` // "file", "entry", "folder", or "texts": those of all articles
	Name string `json:"name,omitempty"`
	Sum  string `json:"sum"` // of the answer
}

// The kinds of facts.
const (
	factFile   = "file"   // its bytes
	factEntry  = "entry"  // whether something is there, and what
	factFolder = "folder" // the names in it
	factTexts  = "texts"
)

// A ledger is a site's file system that notes what it is asked.
type ledger struct {
	fsys  fs.FS
	mu    sync.Mutex
	known map[Fact]string // the sum of each, by kind and name
	whole *inventory      // what needs no note; nil until the folders were gone through
	wide  bool            // a template read another article's text
	moved bool            // a file was another when it was read than when stock was taken
}

// An inventory is what going through a site's folders gave.
type inventory struct {
	entered map[string]bool   // folders that were gone through
	left    map[string]bool   // what was passed over: links to folders, hidden folders, the output
	sums    map[string]string // of what counts of each file for all editions, by name
	whole   map[string]string // of each file
}

// covers reports whether an answer about a name follows from the inventory.
func (v *inventory) covers(name string) bool {
	for at := path.Clean(name); ; at = path.Dir(at) {
		switch {
		case v.left[at]:
			return false
		case v.entered[at]:
			return true
		case v.sums[at] != "":
			return true // a mounted file
		case at == "." || at == "/" || at == "..":
			return false
		}
	}
}

func (l *ledger) note(kind, name string, answer func() string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.whole != nil && l.whole.covers(name) {
		return
	}
	if key := (Fact{Kind: kind, Name: name}); l.known[key] == "" {
		l.known[key] = answer()
	}
}

// Open implements fs.FS.
func (l *ledger) Open(name string) (fs.File, error) {
	f, err := l.fsys.Open(name)
	if err == nil {
		if st, _ := f.Stat(); st != nil && st.Mode().IsRegular() {
			l.note(factFile, name, func() string { return sumOfFile(l.fsys, name) })
			return f, nil
		}
	}
	l.note(factEntry, name, func() string { return entrySum(l.fsys, name) })
	return f, err
}

// Stat implements fs.StatFS.
func (l *ledger) Stat(name string) (fs.FileInfo, error) {
	st, err := fs.Stat(l.fsys, name)
	l.note(factEntry, name, func() string { return entrySumOf(st, err) })
	return st, err
}

// ReadFile implements fs.ReadFileFS.
func (l *ledger) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(l.fsys, name)
	l.note(factFile, name, func() string { return fileSum(data, err) })
	l.compare(name, data, err)
	return data, err
}

// compare notes when a file is another than it was. What is made of it now must not be kept under what it was then.
func (l *ledger) compare(name string, data []byte, err error) {
	l.mu.Lock()
	was := ""
	if l.whole != nil {
		was = l.whole.whole[name]
	}
	l.mu.Unlock()
	if was == "" || was == fileSum(data, err) {
		return
	}
	l.mu.Lock()
	l.moved = true
	l.mu.Unlock()
}

// ReadDir implements fs.ReadDirFS.
func (l *ledger) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(l.fsys, name)
	l.note(factFolder, name, func() string { return folderSum(entries, err) })
	return entries, err
}

const absent = "absent"

func fileSum(data []byte, err error) string {
	if err != nil {
		return absentOr(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// sumOfFile is fileSum of a file that need not be held in memory.
func sumOfFile(fsys fs.FS, name string) string {
	if st, err := fs.Stat(fsys, name); err == nil && !st.Mode().IsRegular() {
		return "unreadable" // it may have no end
	}
	f, err := fsys.Open(name)
	if err != nil {
		return absentOr(err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "unreadable"
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func absentOr(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return absent
	}
	return "unreadable"
}

func entrySum(fsys fs.FS, name string) string { return entrySumOf(fs.Stat(fsys, name)) }

func entrySumOf(st fs.FileInfo, err error) string {
	if err != nil {
		return absentOr(err)
	}
	return st.Mode().Type().String()
}

func folderSum(entries []fs.DirEntry, err error) string {
	if err != nil {
		return absentOr(err)
	}
	sum := sha256.New()
	for _, e := range entries {
		fmt.Fprintf(sum, "%q %s\n", e.Name(), e.Type())
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// settle takes the inventory, and gives what was asked until then that does not follow from it.
func (l *ledger) settle(v *inventory) []Fact {
	l.mu.Lock()
	l.whole = v
	for key := range l.known {
		if v.covers(key.Name) {
			delete(l.known, key)
		}
	}
	l.mu.Unlock()
	return l.facts()
}

// facts gives what was noted, in order.
func (l *ledger) facts() []Fact {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []Fact
	for f, sum := range l.known {
		f.Sum = sum
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Fact) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind)) })
	return out
}

// widen notes that a template read another article's text.
func (l *ledger) widen() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wide = true
}

func (l *ledger) isWide() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.wide
}
