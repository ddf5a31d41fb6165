package words

import (
	"reflect"
	"testing"
)

// TestParts asks for a row for each language that has words, and for every word in it.
func TestParts(t *testing.T) {
	if len(parts) == 0 || parts[0].tag != "en" {
		t.Fatal("the first row is not the one that stands in for all others")
	}
	rows := map[string]bool{}
	for _, row := range parts {
		if l, _ := find(row.tag); l == nil || l.tag != row.tag || rows[row.tag] {
			t.Errorf("%s is no language of the table, or has two rows", row.tag)
		}
		rows[row.tag] = true
		for f, v := range reflect.ValueOf(row.Parts).Fields() {
			if v.String() == "" {
				t.Errorf("%s lacks the word for %s", row.tag, f.Name)
			}
		}
	}
	for i := range languages {
		if l := &languages[i]; l.words.Contents != "" && !rows[l.tag] {
			t.Errorf("%s has words, but none for the parts of an issue", l.tag)
		}
	}
	if got := PartsFor("zh-TW").Corrections + PartsFor("de-AT").Editorial + PartsFor("tlh").Masthead; got != "更正EditorialMasthead" {
		t.Errorf("the words are %q", got)
	}
}
