package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// A Sink takes finished files. Put is called with one file at a time: its name, slash-separated, below the place that all
// go to, and its whole content, which must not be kept. An error fails the edition.
type Sink interface {
	Put(ctx context.Context, name string, data []byte) error
}

// SinkFunc is a function as a Sink.
type SinkFunc func(ctx context.Context, name string, data []byte) error

// Put implements Sink.
func (f SinkFunc) Put(ctx context.Context, name string, data []byte) error { return f(ctx, name, data) }

// Folder is a folder on disk as a Sink; "" is the current one. It is made when the first file comes. Each file appears whole
// or not at all: it is written under another name in the same folder and then renamed. One that lies there already with the same
// bytes is left alone, so that tools that go by its time see no change.
type Folder string

// Path gives the path on disk of a file of the folder.
func (d Folder) Path(name string) string { return filepath.Join(string(d), filepath.FromSlash(name)) }

// holds reports whether a file of the folder has this size and SHA-256.
func (d Folder) holds(name string, size int64, sum string) bool {
	f, err := os.Open(d.Path(name))
	if err != nil {
		return false
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() || st.Size() != size {
		return false
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && hex.EncodeToString(h.Sum(nil)) == sum
}

// has reports whether a file of the folder holds these bytes.
func (d Folder) has(name string, data []byte) bool {
	st, err := os.Lstat(d.Path(name)) // a link is replaced by a file, as ever
	if err != nil || !st.Mode().IsRegular() || st.Size() != int64(len(data)) {
		return false
	}
	was, err := os.ReadFile(d.Path(name))
	return err == nil && bytes.Equal(was, data)
}

// Put implements Sink.
func (d Folder) Put(_ context.Context, name string, data []byte) error {
	return d.put(name, data, "")
}

// put is Put in a run whose unfinished files have names of their own.
func (d Folder) put(name string, data []byte, id string) (err error) {
	file := d.Path(name)
	if d.has(name, data) {
		return nil
	}
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make the output folder: %w", err)
	}
	pattern := "." + shortened(filepath.Base(file)) + ".*"
	if id != "" {
		pattern += "." + id
	}
	f, err := os.CreateTemp(dir, pattern+".tmp")
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
			err = fmt.Errorf("write %s: %w", file, err)
		}
	}()
	_, err = f.Write(data)
	// CreateTemp makes the file private; a published file is for everyone, as far as the umask lets it.
	err = errors.Join(err, f.Chmod(0o666&^umask()), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

// shortened cuts a file's name so that, with what is put around it, it is still one.
func shortened(name string) string { return name[:min(len(name), 200)] }

// A press hands finished files to a Sink, one after the other. After close no file is begun any more, and close waits for the
// one being written, so that an interrupted run leaves nothing behind.
type press struct {
	sink   Sink
	mu     sync.Mutex
	closed bool
	in     *occupation // of the output folder
}

// put hands on a file and then calls placed, before another file or close can come between.
func (p *press) put(ctx context.Context, name string, data []byte, placed func()) error {
	return p.putIn(ctx, p.sink, name, data, placed)
}

// putIn is put to another place than where the editions go.
func (p *press) putIn(ctx context.Context, sink Sink, name string, data []byte, placed func()) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrCancelled
	}
	err := error(nil)
	if d, ok := sink.(Folder); ok && p.in != nil && d == p.in.folder {
		err = d.put(name, data, p.in.id)
	} else {
		err = sink.Put(ctx, name, data)
	}
	if err != nil {
		return err
	}
	placed()
	return nil
}

// open makes the place ready that files go to.
func (p *press) open() (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d, ok := p.sink.(Folder); ok && !p.closed {
		p.in, err = occupy(d)
	}
	return err
}

// close ends writing.
func (p *press) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.in.leave()
	}
	p.closed = true
}
