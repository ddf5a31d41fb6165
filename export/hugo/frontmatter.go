package hugo

import (
	"bytes"
	"encoding/json"
)

// splitFrontMatter cuts front matter off a text. Blank lines before it and blanks after its fences are let pass. Without
// any, front is nil and the body is all.
func splitFrontMatter(s *source, report Report) (front *source, n notation, body *source) {
	start := len(s.text) - len(bytes.TrimLeft(s.text, " \n\t"))
	lineStart := bytes.LastIndexByte(s.text[:start], '\n') + 1
	first, after := cutLine(s.text, lineStart)
	switch fence := string(bytes.TrimSpace(first)); {
	case fence == "---" || fence == "+++":
		front, n, body = betweenFences(s, after, fence)
		if rest := s.text[after:]; body == nil && (looksLikeMapping(rest) || fence == "+++") {
			report("unclosed-front-matter", s.pos(lineStart), "front matter begins but has no closing "+fence, "add a line of "+fence+" after it")
		}
	case beginsObject(s.text[start:]):
		front, n, body = objectAt(s, start, report)
	}
	if front == nil {
		return nil, 0, s
	}
	return front, n, body
}

// betweenFences cuts off YAML or TOML up to its closing fence; body is nil when there is none. What stands between two
// thematic breaks is no front matter.
func betweenFences(s *source, from int, fence string) (front *source, n notation, body *source) {
	if fence == "+++" {
		n = asTOML
	}
	for at := from; at < len(s.text); {
		line, next := cutLine(s.text, at)
		line = bytes.TrimRight(line, " \t")
		if string(line) == fence || fence == "---" && string(line) == "..." {
			front, body = s.sub(from, at), s.sub(next, len(s.text))
			if n == asYAML && !looksLikeMapping(front.text) {
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
func objectAt(s *source, start int, report Report) (front *source, n notation, body *source) {
	d := json.NewDecoder(bytes.NewReader(s.text[start:]))
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		report("unclosed-front-matter", s.pos(start), "JSON front matter is not well formed", "check its braces, commas and quotation marks")
		return nil, asJSON, nil
	}
	end := start + int(d.InputOffset())
	return s.sub(start, end), asJSON, s.sub(end, len(s.text))
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
