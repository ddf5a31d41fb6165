package document

// A Node is a Block or an Inline.
type Node interface {
	// Position tells where the node begins in its source file.
	Position() Pos

	walk(v *visit)             // visits the children, in reading order
	dump(d *dumper, depth int) // writes the node and its children
}

// A Block is a paragraph-level node. The set is sealed.
type Block interface {
	Node
	block()
}

// An Inline is a node within a line of text. The set is sealed.
type Inline interface {
	Node
	inline()
}

// base carries what every node has.
type base struct{ Pos Pos }

// Position implements Node.
func (b *base) Position() Pos { return b.Pos }

// SetPos records where the node begins; the reader calls it once, when it makes the node.
func (b *base) SetPos(p Pos) { b.Pos = p }

// Attr holds what a node's attributes ({#id .class key=value}) or HTML say.
type Attr struct {
	ID      string
	Classes []string
	Lang    string // BCP 47, empty: as the surroundings
	Dir     string // "rtl", "ltr" or empty
}

type blockBase struct {
	base
	Attr
}

func (*blockBase) block() {}

type inlineBase struct{ base }

func (*inlineBase) inline() {}
