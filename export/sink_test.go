package export_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export"
)

// TestFolderSame leaves a file alone that has the same bytes, and replaces one that has others, or is a link to them.
func TestFolderSame(t *testing.T) {
	dir := t.TempDir()
	name, old := filepath.Join(dir, "a.epub"), time.Unix(1e9, 0)
	put := func(text string) (kept bool) {
		t.Helper()
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
		if err := export.Folder(dir).Put(context.Background(), "a.epub", []byte(text)); err != nil {
			t.Fatal(err)
		}
		st, err := os.Lstat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(name); string(got) != text || !st.Mode().IsRegular() {
			t.Fatalf("the file holds %q (%v), want %q", got, st.Mode(), text)
		}
		return st.ModTime().Equal(old)
	}
	if err := os.WriteFile(name, []byte("one"), 0o644); err != nil {
		t.Fatal(err)
	}
	if !put("one") {
		t.Error("the same bytes were written anew")
	}
	if put("two") {
		t.Error("other bytes were not written")
	}
	if err := os.Rename(name, filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b", name); err != nil {
		t.Skip(err)
	}
	if put("two") {
		t.Error("a link was left in place of a file")
	}
}
