package hugo

import (
	"html/template"
	"strings"

	"github.com/twinpress/twinpress/export/internal/layouts"
	"github.com/twinpress/twinpress/export/markdown"
)

// HasHook implements markdown.Hooks.
func (v *view) HasHook(kind string) bool {
	return v.site.hugo && v.site.layouts().HasHooks() && v.site.layouts().Hook(v.ready().page, kind) != ""
}

// RunHook implements markdown.Hooks.
func (v *view) RunHook(h *markdown.Hook, render func(string, bool) string) (string, error) {
	st := v.ready()
	st.render, st.warn = render, h.Warn
	kinds := []string{h.Kind}
	if h.Variant != "" {
		kinds = []string{h.Kind + "-" + h.Variant, h.Kind}
	}
	return st.runner.RunHook(v.site.layouts().Hook(st.page, kinds...), st.dotOf(h))
}

// dotOf tells a hook's template what it is about.
func (st *stage) dotOf(h *markdown.Hook) any {
	hooked := layouts.Hooked{Page: st.page, Attributes: map[string]any{}, Ordinal: h.Ordinal,
		Position: layouts.Position{Filename: h.Pos.File, LineNumber: h.Pos.Line, ColumnNumber: h.Pos.Column}}
	for k, v := range h.Attributes {
		hooked.Attributes[k] = bareValue(v)
	}
	text := template.HTML(h.Text)
	switch h.Kind {
	case "heading":
		return &layouts.Heading{Hooked: hooked, Level: h.Level, Anchor: h.Anchor, Text: text, PlainText: h.PlainText}
	case "blockquote":
		return &layouts.BlockQuote{Hooked: hooked, Type: h.Variant, AlertType: h.AlertType, AlertSign: h.AlertSign, AlertTitle: template.HTML(h.AlertTitle), Text: text}
	case "codeblock":
		options := map[string]any{}
		for k, v := range h.Options {
			options[k] = bareValue(v)
		}
		return &layouts.CodeBlock{Hooked: hooked, Type: h.Variant, Inner: h.Inner, Options: options}
	case "passthrough":
		return &layouts.Passthrough{Hooked: hooked, Type: h.Variant, Inner: h.Inner}
	case "table":
		return &layouts.Table{Hooked: hooked, THead: cellsOf(h.Head), TBody: cellsOf(h.Body)}
	}
	return &layouts.Link{Hooked: hooked, Destination: h.Destination, Title: h.Title, Text: text, PlainText: h.PlainText, IsBlock: h.IsBlock}
}

func cellsOf(rows [][]markdown.HookCell) [][]layouts.Cell {
	out := make([][]layouts.Cell, len(rows))
	for i, row := range rows {
		for _, c := range row {
			out[i] = append(out[i], layouts.Cell{Alignment: c.Alignment, Text: template.HTML(strings.TrimSpace(c.Text))})
		}
	}
	return out
}
