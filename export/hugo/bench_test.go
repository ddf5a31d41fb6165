package hugo

import (
	"os"
	"testing"
)

func BenchmarkOpenAndReadArticle(b *testing.B) {
	file := "../../../shared/corpus/review-112/content/platypus-review/2018-12-02-topple-stalinist-bureaucracy.md"
	if _, err := os.Stat(file); err != nil {
		b.Skip("no corpus beside the project")
	}
	for b.Loop() {
		s, err := OpenPath(b.Context(), file, Options{Jobs: 1})
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := s.Read(b.Context(), first(s)); err != nil {
			b.Fatal(err)
		}
	}
}
