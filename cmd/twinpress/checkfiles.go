package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
)

// finishedFiles gives the EPUBs and PDFs that a path names: itself, or those below a folder of them. nil is a site, content or an article.
func finishedFiles(name string) ([]string, error) {
	st, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() {
		if isFinished(name) {
			return []string{name}, nil
		}
		switch strings.ToLower(filepath.Ext(name)) {
		case ".md", ".markdown", ".mdown", ".html", ".htm":
			return nil, nil
		}
		return []string{name}, nil // which says what it is not
	}
	var found []string
	content := false
	err = filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error {
		base := d.Name()
		switch {
		case err != nil:
			return err
		case p != name && strings.HasPrefix(base, "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case isContent(base, d.IsDir()):
			content = true
			return fs.SkipAll
		case d.Type().IsRegular() && isFinished(p):
			found = append(found, p)
		}
		return nil
	})
	if content || err != nil {
		return nil, err
	}
	return found, nil
}

// isContent reports whether a folder that holds something of this name is a site's, or of content.
func isContent(base string, dir bool) bool {
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	switch {
	case dir:
		return base == "content" || base == "layouts" || base == "archetypes"
	case filepath.Ext(base) == ".md" || filepath.Ext(base) == ".markdown":
		return true
	}
	return stem == "twinpress" && strings.HasPrefix(filepath.Ext(base), ".y") || stem == "hugo" && filepath.Ext(base) != ""
}

func isFinished(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".epub", ".pdf":
		return true
	case ".md", ".markdown":
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 5)
	n, _ := f.Read(head)
	return bytes.Equal(head[:n], []byte("%PDF-"))
}

// asProblem words a finding like every other message: the place first, then what, then where the rule is written.
func asProblem(name string, f check.Finding) export.Problem {
	name = filepath.ToSlash(filepath.Clean(name)) // a baseline knows it by that
	p := export.Problem{Code: f.Code, Severity: f.Severity, Message: f.Message, Pos: export.Pos{File: name}}
	if f.File != "" {
		p.Pos = export.Pos{File: name + "/" + f.File, Line: f.Line}
	}
	if f.Profile != "" {
		p.Message = f.Profile + ": " + p.Message
	}
	if f.Source != "" {
		p.Hint = "see " + f.Source
	}
	return p
}

// pairs finds the EPUBs and PDFs that are of one publication: two files alone, or those of one name.
func pairs(files []string) (out [][2]string) {
	kind := func(name string) string { return strings.ToLower(filepath.Ext(name)) }
	if len(files) == 2 && kind(files[0]) == ".pdf" && kind(files[1]) == ".epub" {
		files = []string{files[1], files[0]}
	}
	for _, e := range files {
		if kind(e) != ".epub" {
			continue
		}
		stem := strings.TrimSuffix(e, filepath.Ext(e))
		at := slices.IndexFunc(files, func(p string) bool {
			return kind(p) == ".pdf" && (len(files) == 2 || stem == strings.TrimSuffix(p, filepath.Ext(p)))
		})
		if at >= 0 {
			out = append(out, [2]string{e, files[at]})
		}
	}
	return out
}

// compare holds an EPUB and a PDF against each other. It gives what differs, and the verdict in words.
func compare(epub, pdf string) (found []export.Problem, verdict string, err error) {
	findings, tally, err := check.ParityOf(epub, pdf)
	if err != nil {
		return nil, "not compared", err
	}
	same := true
	for _, f := range findings {
		name := epub
		if f.Code == "parity-unread" && strings.HasPrefix(f.Message, "the PDF") {
			name = pdf
		}
		found = append(found, asProblem(name, f))
		same = same && f.Severity < export.Error
		if f.Code == "parity-unread" {
			return found, "not compared", nil
		}
	}
	verdict = count(len(findings), "difference")
	if same {
		verdict = "the same"
	}
	return found, fmt.Sprintf("%s (%s, %s, %s, %s, %s, %s)", verdict, count(tally.Articles, "article"), count(tally.Words, "word"),
		count(tally.Notes, "note"), count(tally.Links, "link"), count(tally.Pictures, "picture"), count(tally.Formulas, "formula")), nil
}
