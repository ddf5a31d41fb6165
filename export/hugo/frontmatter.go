package hugo

import (
	"bytes"
	"encoding/json"

	"github.com/twinpress/twinpress/export/document"
)

// splitFrontMatter cuts front matter off a text. Blank lines before it and blanks after its fences are let pass.
func splitFrontMatter(s *source, report func(document.Problem)) (front *source, n notation, body *source) {
	start := 0
	for start < len(s.text) && (s.text[start] == ' ' || s.text[start] == '\n' || s.text[start] == '\t') {
		start++
	}
	lineStart := bytes.LastIndexByte(s.text[:start], '\n') + 1
	first, after := cutLine(s.text, lineStart)
	switch fence := string(bytes.TrimSpace(first)); fence {
	case "---", "+++":
		for at := after; at < len(s.text); {
			line, next := cutLine(s.text, at)
			if line = bytes.TrimRight(line, " \t"); string(line) == fence || fence == "---" && string(line) == "..." {
				n := asYAML
				if fence == "+++" {
					n = asTOML
				}
				front := s.sub(after, at)
				if n == asYAML && !looksLikeMapping(front.text) {
					return nil, 0, s
				}
				return front, n, s.sub(next, len(s.text))
			}
			at = next
		}
		if rest := s.text[after:]; looksLikeMapping(rest) || fence == "+++" {
			report(problem("unclosed-front-matter", s.pos(lineStart), "front matter begins but has no closing "+fence, "add a line of "+fence+" after it"))
		}
		return nil, 0, s
	}
	if start < len(s.text) && s.text[start] == '{' {
		// JSON front matter begins with an object; {{ and {% and {# begin templates.
		rest := bytes.TrimLeft(s.text[start+1:], " \t\n")
		if len(rest) > 0 && (rest[0] == '"' || rest[0] == '}') {
			d := json.NewDecoder(bytes.NewReader(s.text[start:]))
			var raw json.RawMessage
			if err := d.Decode(&raw); err == nil {
				end := start + int(d.InputOffset())
				return s.sub(start, end), asJSON, s.sub(end, len(s.text))
			}
			if rest[0] == '"' {
				report(problem("unclosed-front-matter", s.pos(start), "JSON front matter is not well formed", "check its braces, commas and quotation marks"))
			}
		}
	}
	return nil, 0, s
}

// looksLikeMapping reports whether the first line with text could begin a YAML mapping: a thematic break at the head of
// a text is no front matter.
func looksLikeMapping(text []byte) bool {
	for len(text) > 0 {
		line, next := cutLine(text, 0)
		text = text[next:]
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		return bytes.Contains(line, []byte(":")) || line[0] == '{' || line[0] == '?'
	}
	return true // empty front matter
}

// cutLine gives the line that begins at a byte, without its end, and where the next begins.
func cutLine(text []byte, at int) (line []byte, next int) {
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		return text[at : at+i], at + i + 1
	}
	return text[at:], len(text)
}
