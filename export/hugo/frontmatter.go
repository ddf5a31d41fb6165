package hugo

import (
	"bytes"
	"encoding/json"

	"github.com/twinpress/twinpress/export/internal/source"
)

// splitFrontMatter cuts front matter off a text. Blank lines before it and blanks after its fences are let pass. Without
// any, front is nil and the body is all.
func splitFrontMatter(s *source.Source, report source.Report) (front *source.Source, n notation, body *source.Source) {
	start := len(s.Text) - len(bytes.TrimLeft(s.Text, " \n\t"))
	lineStart := bytes.LastIndexByte(s.Text[:start], '\n') + 1
	first, after := source.CutLine(s.Text, lineStart)
	switch fence := string(bytes.TrimSpace(first)); {
	case fence == "---" || fence == "+++":
		front, n, body = betweenFences(s, after, fence)
		if rest := s.Text[after:]; body == nil && (looksLikeMapping(rest) || fence == "+++") {
			report("unclosed-front-matter", s.Pos(lineStart), "front matter begins but has no closing "+fence, "add a line of "+fence+" after it")
		}
	case beginsObject(s.Text[start:]):
		front, n, body = objectAt(s, start, report)
	}
	if front == nil {
		return nil, 0, s
	}
	return front, n, body
}

// betweenFences cuts off YAML or TOML up to its closing fence; body is nil when there is none. What stands between two
// thematic breaks is no front matter.
func betweenFences(s *source.Source, from int, fence string) (front *source.Source, n notation, body *source.Source) {
	if fence == "+++" {
		n = asTOML
	}
	for at := from; at < len(s.Text); {
		line, next := source.CutLine(s.Text, at)
		line = bytes.TrimRight(line, " \t")
		if string(line) == fence || fence == "---" && string(line) == "..." {
			front, body = s.Sub(from, at), s.Sub(next, len(s.Text))
			if n == asYAML && !looksLikeMapping(front.Text) {
				front = nil
			}
			return front, n, body
		}
		at = next
	}
	return nil, n, nil
}

// beginsObject reports whether a text begins with a JSON object; {{ and {% and {# begin templates.
func beginsObject(text []byte) bool {
	inside, ok := bytes.CutPrefix(text, []byte("{"))
	inside = bytes.TrimLeft(inside, " \t\n")
	return ok && len(inside) > 0 && (inside[0] == '"' || inside[0] == '}')
}

// objectAt cuts off a JSON object. One that does not end as it should is text.
func objectAt(s *source.Source, start int, report source.Report) (front *source.Source, n notation, body *source.Source) {
	d := json.NewDecoder(bytes.NewReader(s.Text[start:]))
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		report("unclosed-front-matter", s.Pos(start), "JSON front matter is not well formed", "check its braces, commas and quotation marks")
		return nil, asJSON, nil
	}
	end := start + int(d.InputOffset())
	return s.Sub(start, end), asJSON, s.Sub(end, len(s.Text))
}

// looksLikeMapping reports whether the first line with text could begin a YAML mapping: a thematic break at the head of
// a text is no front matter.
func looksLikeMapping(text []byte) bool {
	for len(text) > 0 {
		line, next := source.CutLine(text, 0)
		text = text[next:]
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		return bytes.Contains(line, []byte(":")) || line[0] == '{' || line[0] == '?'
	}
	return true // empty front matter
}
