package words

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Label names an issue, or a volume, by its numbers: "Volume 3, Issue 12"; "" when it has none.
func (w *Vocabulary) Label(is *document.Issue) string {
	var parts []string
	if is.Volume != "" {
		parts = append(parts, w.Number(w.Volume, is.Volume))
	}
	if is.Number != "" {
		parts = append(parts, w.Number(w.Issue, is.Number))
	}
	return strings.Join(parts, ", ")
}
