package export

import (
	"strings"
	"testing"

	"github.com/sourcegraph/conc/iter"
)

// TestPanicked finds the place of a panic through the goroutines that it was brought out of.
func TestPanicked(t *testing.T) {
	var got string
	func() {
		defer func() { got = panicked(recover()) }()
		iter.ForEach([]int{1}, func(*int) {
			iter.ForEach([]int{1}, func(*int) { panic("ouch") })
		})
	}()
	if !strings.HasPrefix(got, "ouch (panic_test.go:") {
		t.Errorf("panicked says %q", got)
	}
}
