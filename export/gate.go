package export

import (
	"cmp"
	"context"

	"golang.org/x/sync/semaphore"

	"github.com/twinpress/twinpress/export/hugo"
)

// defaultMemory is how many bytes a run may take when nobody says.
const defaultMemory = 300 << 20

// A gate lets issues into memory as long as there is room for them, by what they are expected to take. One that is larger than all the room there is
// goes in alone.
type gate struct {
	room   *semaphore.Weighted
	memory int64
}

func newGate(memory int64) *gate {
	memory = cmp.Or(memory, defaultMemory)
	return &gate{semaphore.NewWeighted(memory), memory}
}

// enter waits until there is room, and gives the function that makes it free again.
func (g *gate) enter(ctx context.Context, weight int64) (leave func(), err error) {
	weight = min(weight, g.memory)
	if err := g.room.Acquire(ctx, weight); err != nil {
		return nil, cancelled(ctx)
	}
	return func() { g.room.Release(weight) }, nil
}

// weightOf is how many bytes an issue is expected to take while it is made: its cover is a picture of 16 MB that is drawn and packed, its
// faces are unpacked; a byte of text becomes glyphs, lines, tags and two editions.
func weightOf(is hugo.IssueInfo) int64 {
	var text int64
	for _, a := range is.Articles {
		text += a.Size
	}
	return 60<<20 + 130*text
}
