package words

import "strings"

// Label names an issue, or a volume, by its numbers, which may be "": "Volume 3, Issue 12"; "" when it has none.
func (w *Vocabulary) Label(volume, issue string) string {
	var parts []string
	if volume != "" {
		parts = append(parts, w.Number(w.Volume, volume))
	}
	if issue != "" {
		parts = append(parts, w.Number(w.Issue, issue))
	}
	return strings.Join(parts, ", ")
}
