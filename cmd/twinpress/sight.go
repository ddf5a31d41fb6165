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
	beside  string          // a file elsewhere that is watched, too; "" for none
	without []string        // folders that are passed over, absolute
	own     map[string]bool // files that we have written
	hugo    bool            // the folder is a Hugo site, whose public and resources are made by Hugo
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

func newSight(root, beside string, poll time.Duration, without ...string) (*sight, error) {
	s := &sight{root: root, poll: poll, own: map[string]bool{}}
	if beside != "" {
		s.beside = resolved(beside)
	}
	for _, dir := range without {
		if dir == "" {
			continue
		}
		if dir = resolved(dir); !within(s.root, dir) { // a folder that holds the site is not passed over: of it, only what we write is
			s.without = append(s.without, dir)
		}
	}
	for _, pattern := range []string{"hugo.*", "config.*", "config"} {
		found, _ := filepath.Glob(filepath.Join(root, pattern))
		s.hugo = s.hugo || len(found) > 0
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

// resolved gives the absolute path of a file or folder, which need not be there, behind all links.
func resolved(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if at, err := filepath.EvalSymlinks(abs); err == nil {
		return at
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		return filepath.Join(dir, filepath.Base(abs))
	}
	return abs
}

// within reports whether a path is a folder or lies below it.
func within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
}

// wrote notes files that we have written, which are no change.
func (s *sight) wrote(names []string) {
	for _, name := range names {
		s.own[resolved(name)] = true
	}
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
	switch {
	case name == s.root, name == s.beside:
		return false
	case s.own[name], !within(name, s.root):
		return true
	}
	if name != s.root && (passing.MatchString(base) || base == "node_modules") {
		return true
	}
	for _, dir := range s.without {
		if within(name, dir) {
			return true
		}
	}
	if !s.hugo {
		return false
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
				if err := s.events.Add(name); err != nil {
					return fmt.Errorf("%s: %w; --poll 2s does without", name, err)
				}
			}
		case s.events == nil:
			if st, err := d.Info(); err == nil {
				stamps[name] = stamp{st.Size(), st.ModTime(), st.Mode()}
			}
		}
		return nil
	})
	if err == nil && s.beside != "" {
		if s.events != nil {
			err = s.events.Add(filepath.Dir(s.beside))
		} else if st, gone := os.Stat(s.beside); gone == nil {
			stamps[s.beside] = stamp{st.Size(), st.ModTime(), st.Mode()}
		}
	}
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

// pollUntil looks every so often until something is otherwise than it was, and then until nothing is: a file is being copied.
func (s *sight) pollUntil(ctx context.Context) error {
	tick := time.NewTicker(s.poll)
	defer tick.Stop()
	was, changed := s.stamps, false
	for looks := 0; ; looks++ {
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
		same := sameStamps(was, s.stamps)
		if changed && (same || looks > 20) {
			return nil
		}
		if !same {
			changed, was = true, s.stamps
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
