package markdown

import (
	"slices"
	"strings"
)

// Word processors and site generators export notes as links: a citation that leads to #_ftn1, and below the text a
// paragraph that begins with a link back to #_ftnref1, or a list item with the identifier fn1. They are made definitions
// here, so that they become notes like others.

// backPrefixes begin the fragments that lead from a note to its citation; the note's label follows.
var backPrefixes = []string{"#_ftnref", "#_ednref", "#fnref:", "#fnref-", "#fnref", "#footnote-ref-", "#_Ftnref", "#_Ednref", "#ftnref", "#ednref", "#footnoteref"}

// wordNotes takes definitions of that kind out of the text.
func (r *Reader) wordNotes(root *elem) {
	kids := root.kids
	isDef := func(e *elem) string {
		if e.tag != "p" {
			return ""
		}
		return backLabel(e.kids)
	}
	last := -1
	for i, k := range kids {
		if isDef(k) != "" {
			last = i
		}
	}
	var out []*elem
	var def *elem
	for i, k := range kids {
		if label := isDef(k); label != "" && r.notes[label] == nil {
			if def == nil {
				out = dropNotesHead(out)
			}
			k.kids = withoutBackLink(k.kids)
			def = &elem{tag: "note", text: label, src: k.src, at: k.at, md: true}
			def.adopt([]*elem{k})
			r.converted(def)
			continue
		}
		if def != nil && i < last && (k.tag == "p" || k.tag == "blockquote" || k.tag == "ul" || k.tag == "ol" || k.isBlank()) {
			// What stands between two notes belongs to the first.
			def.kids = append(def.kids, k)
			k.parent = def
			continue
		}
		out = append(out, k)
	}
	root.kids = out
	r.listNotes(root)
}

// converted takes a definition in. Its label may be defined as a Markdown note, too: that one counts.
func (r *Reader) converted(def *elem) {
	r.problem("converted-note", def.pos(), "a paragraph was read as note "+def.text, "write [^"+def.text+"]: before it")
	r.define(def)
}

// listNotes reads <ol> in <div class="footnotes">, as goldmark, Pandoc and others write notes in HTML.
func (r *Reader) listNotes(e *elem) {
	for i := 0; i < len(e.kids); i++ {
		k := e.kids[i]
		if !k.isBlock() {
			continue
		}
		if (k.tag == "div" || k.tag == "section" || k.tag == "aside") && (hasClass(k, "footnotes", "endnotes") || k.attr("role") == "doc-endnotes") {
			if r.itemNotes(k) {
				e.kids = append(e.kids[:i:i], e.kids[i+1:]...)
				i--
			}
			continue
		}
		r.listNotes(k)
	}
}

// itemNotes reads the items of a list of notes; it reports whether that was all there is.
func (r *Reader) itemNotes(e *elem) bool {
	found, all := false, true
	for _, k := range e.kids {
		switch {
		case k.isBlank() || k.tag == "hr" || k.isHeading():
		case k.tag == "ol" || k.tag == "ul":
			for _, li := range k.kids {
				label, ok := wordNote("#" + li.attr("id"))
				if li.isBlank() {
					continue
				}
				if !ok || r.notes[label] != nil {
					all = false
					continue
				}
				found = true
				dropBackLinks(li)
				def := &elem{tag: "note", text: label, src: li.src, at: li.at, md: true}
				def.adopt(li.kids)
				r.converted(def)
			}
		default:
			all = false
		}
	}
	return found && all
}

// dropBackLinks takes the links that lead back to citations out of a note.
func dropBackLinks(e *elem) {
	e.kids = slices.DeleteFunc(e.kids, func(k *elem) bool {
		return k.tag == "a" && (hasClass(k, "footnote-backref", "footnote-back", "reversefootnote") || backLabel([]*elem{k}) != "")
	})
	for _, k := range e.kids {
		dropBackLinks(k)
	}
}

// backLabel gives the label of the note whose text begins with a link back to its citation.
func backLabel(kids []*elem) string {
	for _, k := range kids {
		switch {
		case k.isBlank():
			continue
		case k.tag == "sup" || k.tag == "strong" || k.tag == "em":
			return backLabel(k.kids)
		case k.tag != "a":
			return ""
		}
		return backTo(k.attr("href"))
	}
	return ""
}

// backTo gives the label of the note to whose citation an address leads.
func backTo(href string) string {
	for _, p := range backPrefixes {
		if label, ok := strings.CutPrefix(href, p); ok && label != "" && strings.Trim(label, "0123456789") == "" {
			return label
		}
	}
	return ""
}

// withoutBackLink drops the link that opens a note, and what parts it from the text.
func withoutBackLink(kids []*elem) []*elem {
	for i, k := range kids {
		if k.isBlank() {
			continue
		}
		rest := slices.Clone(kids[i+1:])
		if len(rest) > 0 && rest[0].tag == "" {
			first := *rest[0]
			first.text = strings.TrimLeft(first.text, " .:\n\u00A0")
			first.at += len(rest[0].text) - len(first.text)
			rest[0] = &first
		}
		return rest
	}
	return kids
}

// dropNotesHead drops the rule and the heading ("Notes") that stand above notes: an edition has its own.
func dropNotesHead(kids []*elem) []*elem {
	for n := len(kids); n > 0; n-- {
		k := kids[n-1]
		switch {
		case k.isBlank():
		case k.tag == "hr":
		case k.isHeading() || k.tag == "p" && len(k.plain()) < 20:
			switch strings.ToLower(strings.Trim(k.plain(), " :.\n*_")) {
			case "notes", "footnotes", "endnotes", "anmerkungen", "fußnoten", "notas", "note", "références", "noten", "przypisy", "примечания", "сноски":
			default:
				return kids[:n]
			}
		default:
			return kids[:n]
		}
	}
	return kids[:0]
}
