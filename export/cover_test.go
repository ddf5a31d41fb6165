package export

import (
	"reflect"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/export/style"
)

// TestCoverTitles has a cover say its titles as the contents do: with their emphasis, without their notes.
func TestCoverTitles(t *testing.T) {
	text := func(s string) document.Inline { return &document.Text{Value: s} }
	em := func(is ...document.Inline) document.Inline {
		return &document.Styled{Kind: document.Emphasis, Content: is}
	}
	french := &document.Styled{Kind: document.Plain, Attr: document.Attr{Lang: "fr"}, Content: []document.Inline{text("l’été")}}
	c := coverOf(&document.Issue{Number: "7", Language: "en", Title: []document.Inline{text("After "), em(text("Candide"))}, Articles: []*document.Article{
		{Title: []document.Inline{text("Of "), em(text("Hamlet’s "), em(text("mad ")), text("scene")), &document.NoteRef{}, text(", H"),
			&document.Styled{Kind: document.Subscript, Content: []document.Inline{text("2")}}, text("O")}},
		{Title: []document.Inline{&document.Link{URL: "https://example.org/", Content: []document.Inline{text("Of "), french}}, &document.Break{}, text("again")}},
	}}, style.Book())
	if want := []picture.Run{{Text: "After "}, {Text: "Candide", Italic: true}}; !reflect.DeepEqual(c.Title, want) {
		t.Errorf("the issue's title is %v", c.Title)
	}
	if want := []picture.Run{{Text: "Of "}, {Text: "Hamlet’s ", Italic: true}, {Text: "mad "}, {Text: "scene", Italic: true}, {Text: ", H"}, {Text: "2", Rise: -1}, {Text: "O"}}; !reflect.DeepEqual(c.Entries[0].Title, want) {
		t.Errorf("the first title is %v", c.Entries[0].Title)
	}
	if want := []picture.Run{{Text: "Of "}, {Text: "l’été", Lang: "fr"}, {Text: " again"}}; !reflect.DeepEqual(c.Entries[1].Title, want) {
		t.Errorf("the second title is %v", c.Entries[1].Title)
	}
}
