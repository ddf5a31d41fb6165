package export_test

import (
	"context"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// TestDirectionAtTheEnd sets paragraphs that end in a change of direction behind white space that is taken off.
func TestDirectionAtTheEnd(t *testing.T) {
	for _, text := range []string{"Words <bdo dir=\"rtl\"> </bdo>", "<p>Words <bdi> </bdi> </p>", "<p>a <span dir=\"rtl\"> \u200f </span></p>", "* x <bdo dir=rtl>  </bdo>\n",
		"<samp l=\"\">\n<t dir=\"rtl\"a ", "y\n<h><d dir=\"rtl\" v=\"\"><image><d>"} {
		res, err := export.Build(t.Context(), export.Markdown("a.md", []byte("---\ntitle: T\nlanguage: en\n---\n"+text+"\n")), export.Options{
			Sink: export.SinkFunc(func(context.Context, string, []byte) error { return nil })})
		if err != nil {
			t.Errorf("%q: %v %v", text, err, res.Problems)
		}
	}
}
