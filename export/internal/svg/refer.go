package svg

import (
	"encoding/xml"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ncName is what an identifier must be (Namespaces in XML 1.0 § 3).
var ncName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL_][\pL\p{Mn}\d_.-]*$`) })

// name gives every element an identifier of its own that is a name of XML. What refers to one that stood twice means the
// first, as in a browser.
func (c *cleaner) name() {
	for _, p := range c.pieces {
		for _, a := range p.attrs {
			if a.Name.Local == "id" && ncName().MatchString(a.Value) {
				c.taken[a.Value] = true
			}
		}
	}
	c.more = map[string][]string{}
	for i := range c.pieces {
		p := &c.pieces[i]
		p.attrs = slices.DeleteFunc(p.attrs, func(a xml.Attr) bool { return a.Name.Local == "id" && a.Value == "" })
		for j, a := range p.attrs {
			if a.Name.Local != "id" {
				continue
			}
			_, again := c.ids[a.Value]
			id := a.Value
			if again || !ncName().MatchString(id) {
				id = c.free(id)
			}
			if again && len(c.more[a.Value]) < maxDoubles {
				c.more[a.Value] = append(c.more[a.Value], id)
			} else if !again {
				c.ids[a.Value] = id
			}
			p.attrs[j].Value = id
		}
	}
}

// free makes an identifier from one that cannot stay.
func (c *cleaner) free(id string) string {
	id = strings.Map(func(r rune) rune {
		if ncName().MatchString("_" + string(r)) {
			return r
		}
		return '_'
	}, id)
	if !ncName().MatchString(id) {
		id = "_" + id
	}
	for base := id; c.taken[id]; {
		c.next[base]++
		id = base + "_" + strconv.Itoa(c.next[base]+1)
	}
	c.taken[id] = true
	return id
}

// find gives the identifier of what a reference leads to.
func (c *cleaner) find(ref string) (id string, ok bool) {
	ref = strings.TrimSpace(ref)
	if id, ok = c.ids[ref]; !ok {
		if plain, err := url.PathUnescape(ref); err == nil {
			id, ok = c.ids[plain]
		}
	}
	return id, ok
}

// refer leads an element's references to identifiers as they are now. What refers to nothing is taken away, or the element
// becomes a group that draws nothing, as a browser draws it (SVG 2 § 5.5, § 11.2, § 13.2).
func (c *cleaner) refer(p piece) piece {
	leads := false
	p.attrs = slices.Clone(p.attrs)
	p.attrs = slices.DeleteFunc(p.attrs, func(a xml.Attr) bool {
		target, ok := strings.CutPrefix(strings.TrimSpace(a.Value), "#")
		if !isHref(a.Name.Local) || !ok {
			leads = leads || isHref(a.Name.Local)
			return false
		}
		_, ok = c.find(target)
		leads = leads || ok
		return !ok
	})
	for i, a := range p.attrs {
		value := a.Value
		switch {
		case isHref(a.Name.Local):
			if target, ok := strings.CutPrefix(strings.TrimSpace(value), "#"); ok {
				id, _ := c.find(target)
				p.attrs[i].Value = "#" + id
			}
		case strings.HasPrefix(a.Name.Local, "aria-") && (strings.HasSuffix(a.Name.Local, "by") || strings.HasSuffix(a.Name.Local, "controls")):
			p.attrs[i].Value = c.list(value)
		case strings.Contains(value, "url("):
			p.attrs[i].Value = c.urls(value)
		}
	}
	p.attrs = slices.DeleteFunc(p.attrs, func(a xml.Attr) bool {
		return a.Value == "" && (strings.HasPrefix(a.Name.Local, "aria-") || a.Name.Local == "class")
	})
	if !leads {
		switch p.name {
		case "use", "image":
			p.name = "g"
		case "textPath", "tref":
			p.name = "tspan"
			p.attrs = slices.DeleteFunc(p.attrs, func(a xml.Attr) bool { return a.Name.Local == "display" })
			p.attrs = append(p.attrs, xml.Attr{Name: xml.Name{Local: "display"}, Value: "none"})
		}
	}
	return p
}

// list is a list of identifiers, without those that nothing has.
func (c *cleaner) list(value string) string {
	var out []string
	for _, ref := range strings.Fields(value) {
		if id, ok := c.find(ref); ok {
			out = append(out, id)
		}
	}
	return strings.Join(out, " ")
}

var localURL = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`url\(\s*(?:"#([^"]*)"|'#([^']*)'|#([^)]*))\s*\)(\s*(?:none|currentColor|inherit|#[0-9a-fA-F]{3,8}|[a-zA-Z]+(?:\([^)]*\))?))?`)
})

// urls leads the references of a style. Of a paint that is not there its second colour is used, or none (SVG 2 § 13.2).
func (c *cleaner) urls(value string) string {
	return localURL().ReplaceAllStringFunc(value, func(s string) string {
		m := localURL().FindStringSubmatch(s)
		if id, ok := c.find(m[1] + m[2] + m[3]); ok {
			return "url(#" + id + ")" + m[4]
		}
		if rest := strings.TrimSpace(m[4]); rest != "" {
			return rest
		}
		return "none"
	})
}

var (
	selectors = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^{}]+\{`) })
	idChosen  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`#((?:[\w-]|[^\x00-\x7f]|\\.)+)`) })
)

// sheet leads the references of a style sheet, and lets its rules choose all elements that they chose by a doubled
// identifier.
func (c *cleaner) sheet(css string) string {
	css = c.urls(css)
	if !strings.Contains(css, "#") {
		return css
	}
	return selectors().ReplaceAllStringFunc(css, func(s string) string {
		var out []string
		for one := range strings.SplitSeq(strings.TrimSuffix(s, "{"), ",") {
			out = append(out, c.chosen(one)...)
		}
		return strings.Join(out, ",") + "{"
	})
}

// chosen gives the selectors that choose what one did.
func (c *cleaner) chosen(selector string) []string {
	m := idChosen().FindStringSubmatchIndex(selector)
	if m == nil {
		return []string{selector}
	}
	typed := strings.ReplaceAll(selector[m[2]:m[3]], `\`, "")
	id, ok := c.ids[typed]
	if !ok {
		return []string{selector}
	}
	var out []string
	for _, id := range append([]string{id}, c.more[typed]...) {
		out = append(out, selector[:m[2]]+strings.ReplaceAll(id, ".", `\.`)+selector[m[3]:])
	}
	return out
}

// choose settles which child of each switch is shown (SVG 2 § 5.9): the first that asks for no language and no program's
// extension, else the first, since an edition does not know who will read it.
func (c *cleaner) choose() {
	ends := make([]int, len(c.pieces))
	var open []int
	for i, p := range c.pieces {
		if p.name != "" {
			open = append(open, i)
		} else if p.end {
			ends[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	out := map[int]bool{}
	asks := func(a xml.Attr) bool {
		return a.Name.Local == "systemLanguage" || a.Name.Local == "requiredExtensions" && a.Value != ""
	}
	for i := range c.pieces {
		if c.pieces[i].name != "switch" {
			continue
		}
		c.pieces[i].name = "g"
		shown, sure := -1, false
		for k := i + 1; k < ends[i]; k++ {
			if c.pieces[k].name == "" {
				continue
			}
			plain := !slices.ContainsFunc(c.pieces[k].attrs, asks)
			if shown < 0 || plain && !sure {
				out[shown], shown, sure = true, k, plain
			} else {
				out[k] = true
			}
			k = ends[k]
		}
		if shown >= 0 {
			c.pieces[shown].attrs = slices.DeleteFunc(c.pieces[shown].attrs, asks)
		}
	}
	if len(out) == 0 {
		return
	}
	kept := c.pieces[:0:0]
	for i := 0; i < len(c.pieces); i++ {
		if out[i] {
			i = ends[i]
			continue
		}
		kept = append(kept, c.pieces[i])
	}
	c.pieces = kept
}
