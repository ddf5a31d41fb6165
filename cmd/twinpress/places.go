package main

import (
	"os"
	"path/filepath"
	"strings"
)

// places finds files that messages name as their site does, and says where they lie seen from the repository: that is how an editor, and
// GitHub, find them.
type places struct {
	from string // the repository's folder, or else the current one; absolute
	base string // where the files are looked for, and above it; absolute
	seen map[string]string
}

func newPlaces() *places {
	p := &places{seen: map[string]string{}}
	cwd, err := os.Getwd()
	if err != nil {
		return p
	}
	p.from, p.base = cwd, cwd
	for dir := cwd; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil { // a folder, or the file of a worktree
			p.from = dir
			return p
		}
		if dir == filepath.Dir(dir) {
			return p
		}
	}
}

// below has files looked for in what a command was given.
func (p *places) below(path string) {
	if abs, err := filepath.Abs(path); err == nil {
		p.base, p.seen = abs, map[string]string{}
	}
}

// of gives a file's place, slash-separated. What is not found keeps its name.
func (p *places) of(file string) string {
	if file == "" || p.from == "" {
		return filepath.ToSlash(file)
	}
	at, ok := p.seen[file]
	if !ok {
		at = p.find(file)
		p.seen[file] = at
	}
	return at
}

func (p *places) find(file string) string {
	name := filepath.FromSlash(file)
	if filepath.IsAbs(name) {
		return p.seenFrom(name)
	}
	for dir := p.base; ; dir = filepath.Dir(dir) {
		if abs := filepath.Join(dir, name); exists(abs) {
			return p.seenFrom(abs)
		}
		if dir == filepath.Dir(dir) || dir == p.from {
			break
		}
	}
	if abs, err := filepath.Abs(name); err == nil && exists(filepath.Dir(abs)) { // a file in a container: x.epub/OEBPS/a.xhtml
		return p.seenFrom(abs)
	}
	if abs, err := filepath.Abs(name); err == nil && exists(abs) {
		return p.seenFrom(abs)
	}
	return filepath.ToSlash(file)
}

// seenFrom gives the way from the repository to a file; a file elsewhere keeps its whole name.
func (p *places) seenFrom(abs string) string {
	rel, err := filepath.Rel(p.from, abs)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
