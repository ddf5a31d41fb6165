package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// A run that is killed leaves the file that it was writing, under another name. So that the next one can tell what is left from what is
// being written, each run holds a lock in the output folder and writes under names that end in the lock's. A lock that can be
// taken is of a run that has ended.

const (
	lockPrefix = ".twinpress-"
	lockEnding = ".lock"
)

// An occupation is a run's hold on its output folder.
type occupation struct {
	folder Folder
	made   bool   // the folder was not there
	id     string // what the names of unfinished files end in
	lock   *flock.Flock
}

// occupy makes the output folder, removes what runs that were killed have left there, and takes a lock. That nothing can be written is
// known here, before anything is made.
func occupy(d Folder) (*occupation, error) {
	dir := d.Path("")
	if dir == "" {
		dir = "."
	}
	_, err := os.Stat(dir)
	o := &occupation{folder: d, made: errors.Is(err, fs.ErrNotExist)}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("make the output folder: %w", err)
	}
	f, err := os.CreateTemp(dir, lockPrefix+"*"+lockEnding)
	if err != nil {
		return nil, fmt.Errorf("write into the output folder: %w", err)
	}
	name := f.Name()
	if err := f.Close(); err != nil {
		return nil, err
	}
	o.id = idOf(name)
	o.lock = flock.New(name)
	if _, err := o.lock.TryLock(); err != nil { // a file system without locks: nothing is swept there
		o.lock = nil
		_ = os.Remove(name)
		return o, nil
	}
	o.sweep(dir)
	return o, nil
}

func idOf(lock string) string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.Base(lock), lockPrefix), lockEnding)
}

// sweep removes what runs have left that hold their lock no more. What cannot be removed stays.
func (o *occupation) sweep(dir string) {
	locks, _ := filepath.Glob(filepath.Join(globbed(dir), lockPrefix+"*"+lockEnding))
	ended := map[string]bool{}
	for _, name := range locks {
		if name == o.lock.Path() {
			continue
		}
		l := flock.New(name)
		if free, err := l.TryLock(); err != nil || !free {
			continue
		}
		ended[idOf(name)] = true
		defer func() {
			_ = l.Unlock()
			_ = os.Remove(name)
		}()
	}
	if len(ended) == 0 {
		return
	}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir
		}
		stem, unfinished := strings.CutSuffix(d.Name(), ".tmp")
		if i := strings.LastIndexByte(stem, '.'); unfinished && d.Type().IsRegular() && strings.HasPrefix(stem, ".") && ended[stem[i+1:]] {
			_ = os.Remove(name)
		}
		return nil
	})
}

// globbed writes a folder's name so that it stands for itself in a pattern.
func globbed(dir string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(dir)
}

// leave ends the hold; a folder that was made for nothing goes with it.
func (o *occupation) leave() {
	if o == nil {
		return
	}
	if o.lock != nil {
		name := o.lock.Path()
		_ = o.lock.Unlock()
		_ = os.Remove(name)
	}
	if o.made {
		_ = os.Remove(o.folder.Path("")) // fails, as it should, when there is anything in it
	}
}
