package hugo

import (
	"bytes"
	"path"

	"github.com/twinpress/twinpress/export/internal/source"
)

// A section is what a folder's _index.md says of the folder: front matter that its articles inherit (Hugo, "Cascade"),
// or, in the folder of an issue (content/issue/112/_index.md), the title, date and cover.
type section struct {
	front *value
	src   *source.Source
	body  *source.Source
	path  string
}

// section gives what a folder's _index.md says, nil when there is none.
func (s *shelf) section(dir string) *section {
	sec, _ := s.sections.get(dir, func() (*section, error) { return s.readSection(dir), nil })
	return sec
}

func (s *shelf) readSection(dir string) *section {
	for _, base := range []string{"_index.md", "_index." + s.defaultLanguage + ".md"} {
		if sec := s.readSectionFile(path.Join(dir, base)); sec != nil {
			return sec
		}
	}
	return nil
}

// readSectionFile reads a section's page; nil when it is not there, or says nothing.
func (s *shelf) readSectionFile(name string) *section {
	raw, err := s.readFile(name)
	if err != nil {
		return nil
	}
	h, body := s.readHead(name, raw)
	remember(h.front, h.src)
	return &section{front: h.front, src: h.src, body: body, path: name}
}

// firstParagraph gives the text's first paragraph, if it is plain; nil when there is none.
func (sec *section) firstParagraph() *source.Source {
	text := sec.body.Text
	from := len(text) - len(bytes.TrimLeft(text, " \n\t"))
	to := len(text)
	if end := bytes.Index(text[from:], []byte("\n\n")); end >= 0 {
		to = from + end
	}
	if from < to && !bytes.ContainsAny(text[from:from+1], "#<>![{|-") {
		return sec.body.Sub(from, to)
	}
	return nil
}
