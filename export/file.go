package export

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// A press puts finished files in place, each whole or not at all: a temporary file in the same folder, then a rename.
// After close no file is begun any more, and close waits for the one being written, so that an interrupted run leaves
// nothing behind.
type press struct {
	mu     sync.Mutex
	closed bool
}

// put writes data to name, making the folder when it is missing.
func (p *press) put(name string, data []byte) (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return errors.New("interrupted")
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make the output folder: %w", err)
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	_, err = f.Write(data)
	// CreateTemp makes the file private; a published file is for everyone, as far as the umask lets it.
	err = errors.Join(err, f.Chmod(0o666&^umask()), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// close ends writing.
func (p *press) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
}
