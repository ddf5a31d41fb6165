package epub

// A fontFile is an embedded font.
type fontFile struct {
	name  string
	media string
	data  []byte
}

// embedFonts makes the font files, if any are asked for.
func (b *book) embedFonts() error { return nil }
