// Package cache keeps what was made, under a key of everything that it was made from, so that it need not be made again.
//
// A cache is a folder of two kinds of files. A piece is a finished file, named by its SHA-256; a note is a small text under a key, and
// begins with its own SHA-256. Either is checked when it is read: one that was cut short or altered counts as absent, is
// removed, and told of. Files appear whole or not at all, so that several processes, on one machine or by copies of the folder on
// several, can share it. Nothing in it depends on a path or a machine.
package cache

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// layout is the version of what lies in the folder: another one begins anew beside it.
const layout = "v1"

// A Cache is a folder on disk. It is safe for concurrent use, by several processes, too.
type Cache struct {
	dir     string
	now     time.Time
	damaged atomic.Int64
	added   atomic.Bool
}

// Open opens a cache, and makes its folder when there is none. What is used is marked as of the time now, by which the oldest is found
// when the cache grows too large; a zero time marks nothing.
func Open(dir string, now time.Time) (*Cache, error) {
	c := &Cache{dir: filepath.Join(dir, layout), now: now}
	if err := os.MkdirAll(c.dir, 0o777); err != nil {
		return nil, fmt.Errorf("make the cache: %w", err)
	}
	// https://bford.info/cachedir/: programs that make backups pass it over.
	tag := filepath.Join(dir, "CACHEDIR.TAG")
	if _, err := os.Stat(tag); errors.Is(err, fs.ErrNotExist) {
		if err := write(tag, []byte("Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of twinpress, and can be removed at any time.\n")); err != nil {
			return nil, fmt.Errorf("make the cache: %w", err)
		}
	}
	return c, nil
}

// Damaged tells how many entries were found cut short or altered.
func (c *Cache) Damaged() int { return int(c.damaged.Load()) }

// Note gives the text under a key; ok is false when there is none that is whole.
func (c *Cache) Note(key string) (text []byte, ok bool) {
	name := c.file("notes", key)
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	sum, text, _ := bytes.Cut(data, []byte("\n"))
	if string(sum) != Sum(text) {
		c.discard(name)
		return nil, false
	}
	c.use(name)
	return text, true
}

// PutNote keeps a text under a key.
func (c *Cache) PutNote(key string, text []byte) error {
	c.added.Store(true)
	return write(c.file("notes", key), append([]byte(Sum(text)+"\n"), text...))
}

// Piece gives the file of a sum; ok is false when there is none that is whole.
func (c *Cache) Piece(sum string) (data []byte, ok bool) {
	name := c.file("pieces", sum)
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	if Sum(data) != sum {
		c.discard(name)
		return nil, false
	}
	c.use(name)
	return data, true
}

// PutPiece keeps a file, and gives its sum.
func (c *Cache) PutPiece(data []byte) (sum string, err error) {
	sum = Sum(data)
	c.added.Store(true)
	return sum, write(c.file("pieces", sum), data) // what lies there may be spoilt
}

// Sum is the SHA-256 of data, hexadecimal.
func Sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func (c *Cache) file(kind, key string) string {
	return filepath.Join(c.dir, kind, key[:2], key[2:])
}

func (c *Cache) discard(name string) {
	c.damaged.Add(1)
	_ = os.Remove(name) // what cannot be removed is found damaged again
}

// use marks a file as used, once a day: it costs a write.
func (c *Cache) use(name string) {
	if c.now.IsZero() {
		return
	}
	if st, err := os.Stat(name); err == nil && c.now.Sub(st.ModTime()).Abs() > 24*time.Hour {
		_ = os.Chtimes(name, time.Time{}, c.now) // of a cache that can only be read nothing is removed, either
	}
}

// write puts a file in place, whole.
func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Trim removes what was longest not used until the cache holds no more than a number of bytes, if anything was added to it since it
// was opened; and what a process left half-written a day ago or more.
func (c *Cache) Trim(most int64) error {
	if !c.added.Load() {
		return nil
	}
	type file struct {
		name string
		size int64
		used time.Time
	}
	var files []file
	var sum int64
	err := filepath.WalkDir(c.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ignoreAbsent(err)
		}
		st, err := d.Info()
		if err != nil {
			return ignoreAbsent(err)
		}
		if strings.HasSuffix(name, ".tmp") {
			if !c.now.IsZero() && c.now.Sub(st.ModTime()) > 24*time.Hour {
				_ = os.Remove(name)
			}
			return nil
		}
		files = append(files, file{name, st.Size(), st.ModTime()})
		sum += st.Size()
		return nil
	})
	if err != nil {
		return fmt.Errorf("look through the cache: %w", err)
	}
	if sum <= most {
		return nil
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Or(a.used.Compare(b.used), strings.Compare(a.name, b.name)) })
	for _, f := range files {
		if sum <= most*9/10 { // not to trim again at once
			break
		}
		if err := os.Remove(f.name); ignoreAbsent(err) != nil {
			return fmt.Errorf("trim the cache: %w", err)
		}
		sum -= f.size
	}
	return nil
}

// ignoreAbsent drops the error of what another process removed.
func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
