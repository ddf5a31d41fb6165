package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A sight keeps an eye on a folder and all below it, but for what is written there by programs.
type sight struct {
	root    string
	without []string // folders that are passed over, absolute
	poll    time.Duration
	events  *fsnotify.Watcher // nil when polling
	stamps  map[string]stamp  // when polling
}

// A stamp tells one state of a file from another.
type stamp struct {
	size int64
	when time.Time
	mode fs.FileMode
}

// mostFolders is how many folders are watched: the system has a bound for all programs together (fs.inotify.max_user_watches).
const mostFolders = 20_000

func newSight(root string, poll time.Duration, without ...string) (*sight, error) {
	s := &sight{root: root, poll: poll}
	for _, dir := range without {
		if abs, err := filepath.Abs(dir); err == nil && dir != "" {
			s.without = append(s.without, abs)
		}
	}
	if poll > 0 {
		return s, nil
	}
	var err error
	if s.events, err = fsnotify.NewWatcher(); err != nil {
		return nil, fmt.Errorf("watch: %w; --poll 2s does without", err)
	}
	return s, nil
}

func (s *sight) close() {
	if s.events != nil {
		_ = s.events.Close()
	}
}

// passing are files that editors and systems write beside what is being edited, and take away again.
var passing = regexp.MustCompile(`^(\..*|#.*#|.*~|4913|.*\.(sw[a-z]|tmp|bak|crdownload|part)|~\$.*|Thumbs\.db)$`)

// passes reports whether a file or folder is of no concern.
func (s *sight) passes(name string) bool {
	base := filepath.Base(name)
	if name != s.root && (passing.MatchString(base) || base == "node_modules") {
		return true
	}
	for _, dir := range s.without {
		if name == dir || strings.HasPrefix(name, dir+string(filepath.Separator)) {
			return true
		}
	}
	rel, err := filepath.Rel(s.root, name)
	return err == nil && (rel == "public" || rel == "resources" || strings.HasPrefix(rel, "public"+string(filepath.Separator)) || strings.HasPrefix(rel, "resources"+string(filepath.Separator)))
}

// look takes in what there is: the folders that are there now, and, when polling, their files.
func (s *sight) look() error {
	folders := 0
	stamps := map[string]stamp{}
	err := filepath.WalkDir(s.root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == s.root:
			return err
		case err != nil:
			return nil // it went, or cannot be read: the build tells
		case s.passes(name):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if folders++; folders > mostFolders {
				return fmt.Errorf("%s has more than %d folders: too many to watch", s.root, mostFolders)
			}
			if s.events != nil {
				if err := s.events.Add(name); err != nil && name == s.root {
					return err
				}
			}
		case s.events == nil:
			if st, err := d.Info(); err == nil {
				stamps[name] = stamp{st.Size(), st.ModTime(), st.Mode()}
			}
		}
		return nil
	})
	s.stamps = stamps
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	return nil
}

// wait returns when something was changed and then nothing for a while, or when the changes do not end; or with the context.
func (s *sight) wait(ctx context.Context, settled, patience time.Duration) error {
	if s.events == nil {
		return s.pollUntil(ctx)
	}
	var quiet, enough <-chan time.Time
	changed := func() {
		quiet = time.After(settled)
		if enough == nil {
			enough = time.After(patience)
		}
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-quiet:
			return nil
		case <-enough:
			return nil
		case e, ok := <-s.events.Events:
			if !ok {
				return nil
			}
			if !s.passes(e.Name) {
				changed()
			}
		case err, ok := <-s.events.Errors: // too many at once to tell them apart
			if !ok {
				return err
			}
			changed()
		}
	}
}

// pollUntil looks every so often until something is otherwise.
func (s *sight) pollUntil(ctx context.Context) error {
	tick := time.NewTicker(s.poll)
	defer tick.Stop()
	was := s.stamps
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if _, err := os.Stat(s.root); err != nil {
			return fmt.Errorf("watch: %w", err)
		}
		if err := s.look(); err != nil {
			return err
		}
		if !sameStamps(was, s.stamps) {
			return nil
		}
	}
}

func sameStamps(a, b map[string]stamp) bool {
	if len(a) != len(b) {
		return false
	}
	for name, s := range a {
		if t, ok := b[name]; !ok || t.size != s.size || t.mode != s.mode || !t.when.Equal(s.when) {
			return false
		}
	}
	return true
}
