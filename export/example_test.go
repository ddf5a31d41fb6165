package export_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/twinpress/twinpress/export"
)

// A site is built with one call: here the sample issue, as an EPUB only.
func ExampleBuild() {
	dir, err := os.MkdirTemp("", "editions")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	result, err := export.Build(context.Background(), "../samples", export.Options{
		Dir:        dir,
		Formats:    []string{"epub"},
		NoPageList: true,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range result.Files {
		fmt.Println(filepath.Ext(f.Path), f.Size > 0)
	}
	// Output: .epub true
}
