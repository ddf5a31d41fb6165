package report

import (
	"encoding/json"
	"io"

	"github.com/twinpress/twinpress/export/document"
)

// WriteJSON writes each problem as one line of JSON (JSON Lines): the edition, or the file that was checked, and what document.Problem says
// of itself. Each line is written at once, so that an editor can show problems while the run goes on.
func WriteJSON(w io.Writer, unit string, ps []document.Problem) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, p := range ps {
		line := struct {
			Edition string `json:"edition,omitempty"`
			document.Problem
		}{unit, p}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
