package document

// Walk visits n and everything in it in reading order: for each node it calls enter, then its children if enter
// returned true. Notes are not part of the body; walk an article's Notes after it, or use WalkArticle. This is the only
// traversal of the model that knows the shape of every node.
func Walk(n Node, enter func(Node) bool) {
	if !enter(n) {
		return
	}
	switch n := n.(type) {
	case *Paragraph:
		walkInlines(n.Content, enter)
	case *Heading:
		walkInlines(n.Content, enter)
	case *BlockQuote:
		WalkBlocks(n.Blocks, enter)
		walkInlines(n.Attribution, enter)
	case *List:
		for _, it := range n.Items {
			Walk(it, enter)
		}
	case *ListItem:
		WalkBlocks(n.Blocks, enter)
	case *DefinitionList:
		for _, it := range n.Items {
			Walk(it, enter)
		}
	case *Definition:
		for _, t := range n.Terms {
			walkInlines(t, enter)
		}
		for _, d := range n.Definitions {
			WalkBlocks(d, enter)
		}
	case *CodeBlock:
		walkInlines(n.Caption, enter)
	case *Table:
		walkInlines(n.Caption, enter)
		for _, r := range n.Head {
			Walk(r, enter)
		}
		for _, r := range n.Body {
			Walk(r, enter)
		}
	case *TableRow:
		for _, c := range n.Cells {
			Walk(c, enter)
		}
	case *TableCell:
		WalkBlocks(n.Blocks, enter)
	case *Figure:
		for _, im := range n.Images {
			Walk(im, enter)
		}
		WalkBlocks(n.Blocks, enter)
		walkInlines(n.Title, enter)
		walkInlines(n.Caption, enter)
		walkInlines(n.Credit, enter)
	case *Verse:
		for _, st := range n.Stanzas {
			for _, l := range st {
				walkInlines(l.Content, enter)
			}
		}
		walkInlines(n.Attribution, enter)
	case *Division:
		WalkBlocks(n.Blocks, enter)
	case *Styled:
		walkInlines(n.Content, enter)
	case *Code:
		Walk(n.Text, enter)
	case *Link:
		walkInlines(n.Content, enter)
	case *Image:
		walkInlines(n.Title, enter)
	case *Speaker:
		walkInlines(n.Content, enter)
	case *EndMark:
		Walk(n.Text, enter)
	case *Rule, *MathBlock, *Text, *NoteRef, *Break, *Math, *Anchor:
	}
}

// WalkBlocks walks each block in turn.
func WalkBlocks(bs []Block, enter func(Node) bool) {
	for _, b := range bs {
		Walk(b, enter)
	}
}

// WalkInlines walks each inline in turn.
func WalkInlines(is []Inline, enter func(Node) bool) { walkInlines(is, enter) }

func walkInlines(is []Inline, enter func(Node) bool) {
	for _, i := range is {
		Walk(i, enter)
	}
}

// WalkArticle walks the article's title, subtitle, body, author notes and then its notes.
func WalkArticle(a *Article, enter func(Node) bool) {
	walkInlines(a.Title, enter)
	walkInlines(a.Subtitle, enter)
	walkInlines(a.Standfirst, enter)
	if a.Image != nil {
		Walk(a.Image, enter)
	}
	WalkBlocks(a.Body, enter)
	WalkBlocks(a.AuthorNotes, enter)
	for _, n := range a.Notes {
		WalkBlocks(n.Blocks, enter)
	}
}

// PlainText gives the characters of inlines without note references: for metadata, bookmarks and running heads.
func PlainText(is []Inline) string {
	var b []byte
	WalkInlines(is, func(n Node) bool {
		switch n := n.(type) {
		case *Text:
			b = append(b, n.Value...)
		case *Break:
			b = append(b, ' ')
		case *Math:
			b = append(b, n.TeX...)
		case *Image:
			b = append(b, n.Alt...)
			return false
		}
		return true
	})
	return string(b)
}
