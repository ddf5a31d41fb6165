package layouts

import (
	"cmp"
	"html/template"
	"path"
	"strings"
)

// addHook takes a file of a folder of templates for a render hook, when it is one: posts/_markup/render-link.en.html.
func (t *Templates) addHook(rel, file string) {
	dir, base := path.Split(rel)
	name, isHTML := strings.CutSuffix(strings.ToLower(base), ".html")
	if scope, ok := strings.CutSuffix("/"+dir, "/_markup/"); ok && isHTML && strings.HasPrefix(name, "render-") {
		addFirst(t.hooks, cmp.Or(strings.ToLower(strings.TrimPrefix(scope, "/")), "_default")+"/"+name, file)
	}
}

// Hook gives the file of the render hook for a kind of thing ("codeblock-go", or else "codeblock") on a page of a type and a
// section; "" when there is none.
func (t *Templates) Hook(page *Page, kinds ...string) string {
	if len(t.hooks) == 0 {
		return ""
	}
	for _, scope := range []string{page.Type, page.Section, "_default"} {
		for _, kind := range kinds {
			for _, name := range variants("render-"+kind, page.Language.Lang) {
				if file := t.hooks[strings.ToLower(scope+"/"+name)]; file != "" {
					return file
				}
			}
		}
	}
	return ""
}

// HasHooks reports whether the site has any.
func (t *Templates) HasHooks() bool { return len(t.hooks) > 0 }

// variants gives the names that a template may have, the most special first: of a language, of all, of the format of pages.
func variants(name, lang string) [4]string {
	return [4]string{name + "." + lang, name + "." + lang + ".html", name, name + ".html"}
}

// RunHook gives what a render hook's template makes of its dot.
func (r *Runner) RunHook(file string, dot any) (string, error) { return r.run(file, dot) }

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
