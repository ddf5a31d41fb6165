package main

import (
	"bytes"
	"io/fs"
	"time"
)

// stdinName is how messages, and files without a slug, call an article from standard input.
const stdinName = "stdin.md"

// withFile is a file system with one file more, in its first folder.
type withFile struct {
	fs.FS
	name string
	data []byte
}

// Open implements fs.FS.
func (f withFile) Open(name string) (fs.File, error) {
	if name == f.name {
		return &memoryFile{f.name, int64(len(f.data)), bytes.NewReader(f.data)}, nil
	}
	return f.FS.Open(name)
}

// A memoryFile is its one file; it describes itself.
type memoryFile struct {
	name string
	size int64
	*bytes.Reader
}

// Stat and Close implement fs.File.
func (f *memoryFile) Stat() (fs.FileInfo, error) { return memoryInfo{f}, nil }
func (f *memoryFile) Close() error               { return nil }

type memoryInfo struct{ *memoryFile }

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return 0o444 }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return false }
func (i memoryInfo) Sys() any           { return nil }
