package layout

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// A stoppingShaper ends a context when it has been asked for a number of words, and counts what it is asked for.
type stoppingShaper struct {
	squareShaper
	after, asked int
	stop         context.CancelFunc
}

func (s *stoppingShaper) Shape(text string, style *TextStyle, rtl bool) []Glyph {
	if s.asked++; s.asked == s.after {
		s.stop()
	}
	return s.squareShaper.Shape(text, style, rtl)
}

// TestCancelled: when the context ends in the middle of a flow, no more than the paragraph in hand is set, and there is no
// result.
func TestCancelled(t *testing.T) {
	var blocks []Block
	for i := range 200 {
		var text strings.Builder // of words that no other paragraph has, since those are shaped once
		for j := range 80 {
			fmt.Fprintf(&text, "w%dx%d ", i, j)
		}
		blocks = append(blocks, squarePara(squareJustified, text.String()))
	}
	flow := squareFlow(300, 400, blocks...)
	flow.Jobs = 1

	whole := &stoppingShaper{}
	flow.Shaper = whole
	if res, err := Layout(t.Context(), flow); err != nil || len(res.Pages) == 0 {
		t.Fatalf("undisturbed: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	cut := &stoppingShaper{after: whole.asked / 10, stop: stop}
	flow.Shaper = cut
	res, err := Layout(ctx, flow)
	if !errors.Is(err, context.Canceled) || res != nil {
		t.Fatalf("cancelled: result %v, error %v", res != nil, err)
	}
	if paragraph := whole.asked / len(blocks); cut.asked > cut.after+2*paragraph {
		t.Errorf("%d words shaped after the context had ended; a paragraph has %d", cut.asked-cut.after, paragraph)
	}
	ctx, stop = context.WithCancel(t.Context())
	stop()
	flow.Shaper = &stoppingShaper{}
	if _, err := Layout(ctx, flow); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before it began: %v", err)
	}
}
