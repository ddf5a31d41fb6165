package document

import (
	"encoding/json"
	"testing"
)

// TestProblemJSON writes a problem as JSON and reads it back.
func TestProblemJSON(t *testing.T) {
	p := Problem{Code: "missing-image", Severity: Warning, Pos: Pos{File: "content/a.md", Line: 4, Column: 1}, Message: "not found"}
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"code":"missing-image","severity":"warning","pos":{"file":"content/a.md","line":4,"column":1},"message":"not found"}`
	if string(data) != want {
		t.Errorf("written as %s, want %s", data, want)
	}
	var back Problem
	if err := json.Unmarshal(data, &back); err != nil || back != p {
		t.Errorf("read back as %+v (%v), want %+v", back, err, p)
	}
	if err := json.Unmarshal([]byte(`{"severity":"grave"}`), &back); err == nil {
		t.Error("an unknown severity was read without an error")
	}
	if got := Severity(7).String(); got != "severity 7" {
		t.Errorf("a severity out of range is %q", got)
	}
}
