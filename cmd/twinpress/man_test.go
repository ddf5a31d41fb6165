package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestMan: the manual page has every command and every flag, and no line of text that roff would take for an instruction.
func TestMan(t *testing.T) {
	app := newApp(newTerminal(os.Stdout, os.Stderr))
	var b bytes.Buffer
	writeMan(&b, app)
	page := b.String()
	for _, cmd := range app.Commands {
		if !strings.Contains(page, ".SS twinpress "+cmd.Name+" ") {
			t.Errorf("%s is not in it", cmd.Name)
		}
		for _, f := range cmd.Flags {
			if name := roff("--" + f.Names()[0]); !strings.Contains(page, name) {
				t.Errorf("%s of %s is not in it", name, cmd.Name)
			}
		}
	}
	known := regexp.MustCompile(`^\.(TH|SH|SS|PP|TP|B|I|nf|fi)\b`)
	for i, line := range strings.Split(page, "\n") {
		if strings.HasPrefix(line, ".") && !known.MatchString(line) || strings.HasPrefix(line, "'") {
			t.Errorf("line %d is an instruction: %s", i+1, line)
		}
	}
}
