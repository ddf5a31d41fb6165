package layouts

import "html/template"

// What a render hook's template is given, as its dot (Hugo, "Render hooks"). A Text is HTML, or what stands for it.

// A Hooked is what the dots of all hooks have.
type Hooked struct {
	Page       *Page
	Attributes map[string]any // of Markdown's attributes
	Ordinal    int            // which of its kind on the page it is, from 0
	Position   Position
}

// PageInner gives the page whose text it is.
func (h *Hooked) PageInner() *Page { return h.Page }

// A Link is a link or a picture of Markdown.
type Link struct {
	Hooked
	Destination, Title string
	Text               template.HTML
	PlainText          string
	IsBlock            bool // of a picture: it stands alone in its paragraph
}

// A Heading is one of Markdown.
type Heading struct {
	Hooked
	Level     int
	Anchor    string
	Text      template.HTML
	PlainText string
}

// A BlockQuote is a quotation, or the kind of box that is written like one.
type BlockQuote struct {
	Hooked
	Type                 string // "regular" or "alert"
	AlertType, AlertSign string
	AlertTitle           template.HTML
	Text                 template.HTML
}

// A CodeBlock is code between fences.
type CodeBlock struct {
	Hooked
	Type, Inner string
	Options     map[string]any
}

// A Passthrough is a formula, or what else a site has passed through.
type Passthrough struct {
	Hooked
	Type, Inner string
}

// A Table is one of Markdown.
type Table struct {
	Hooked
	THead, TBody [][]Cell
}

// A Cell is one of a Table.
type Cell struct {
	Alignment string // "left", "center", "right" or ""
	Text      template.HTML
}
