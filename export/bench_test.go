package export_test

import (
	"testing"

	"github.com/twinpress/twinpress/export"
)

// BenchmarkArticle makes one essay in both formats, from the file to the files.
func BenchmarkArticle(b *testing.B) {
	benchmarkBuild(b, "../samples/content/articles/a-small-history-of-nothing.md", export.Options{})
}

// BenchmarkIssue makes the sample issue in both formats.
func BenchmarkIssue(b *testing.B) {
	benchmarkBuild(b, "../samples", export.Options{})
}

// BenchmarkArticleEPUB makes one essay as an EPUB without a page list: no page is laid out.
func BenchmarkArticleEPUB(b *testing.B) {
	benchmarkBuild(b, "../samples/content/articles/a-small-history-of-nothing.md", export.Options{Formats: []string{"epub"}, NoPageList: true})
}

func benchmarkBuild(b *testing.B, path string, opts export.Options) {
	b.ReportAllocs()
	opts.Dir = b.TempDir()
	for b.Loop() {
		res, err := export.Build(b.Context(), export.Path(path), opts)
		if err != nil || res.Failed > 0 {
			b.Fatal(err, res.Problems)
		}
	}
}
