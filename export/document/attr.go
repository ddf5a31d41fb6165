package document

// Attributes gives what the source's attributes say about a node that can bear them; blocks and some inlines do.
func (a *Attr) Attributes() *Attr { return a }

// AttrOf gives a node's attributes, nil for a node that bears none, or is none.
func AttrOf(n Node) *Attr {
	if IsNil(n) {
		return nil
	}
	if b, ok := n.(interface{ Attributes() *Attr }); ok {
		return b.Attributes()
	}
	return nil
}
