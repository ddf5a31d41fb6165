package leavings

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
)

var (
	divLine  = lazily(`^ {0,3}(:{3,})[ \t]*(\{[^{}\n]*\}|[A-Za-z][\w-]*)?[ \t]*:*[ \t]*$`)
	divClass = lazily(`\.([\w-]+)`)
	divID    = lazily(`#([\w-]+)`)
)

// divs makes HTML's of pandoc's fenced divisions: ::: {.wp-block-image} … :::.
func (m *mender) divs() {
	text := m.src.Text
	if !bytes.Contains(text, []byte(":::")) {
		return
	}
	g := code(text)
	var changes []change
	open := 0
	for i := 0; i < len(text); {
		line, next := source.CutLine(text, i)
		f := divLine().FindSubmatch(line)
		if f == nil || g.holds(i, i+len(line)) {
			i = next
			continue
		}
		with := ""
		switch {
		case len(f[2]) > 0:
			open++
			with = "\n<div" + divAttributes(string(f[2])) + ">\n\n"
		case open > 0:
			open--
			with = "\n</div>\n\n"
		}
		changes = append(changes, change{i, next, with})
		i = next
	}
	if open > 0 {
		changes = append(changes, change{len(text), len(text), "\n\n" + strings.Repeat("</div>\n", open)})
	}
	m.mended("a division between ::: was read as pandoc reads it", "", changes)
}

func divAttributes(s string) string {
	if !strings.HasPrefix(s, "{") {
		return ` class="` + html.EscapeString(s) + `"`
	}
	out := ""
	if id := divID().FindStringSubmatch(s); id != nil {
		out += ` id="` + id[1] + `"`
	}
	var classes []string
	for _, c := range divClass().FindAllStringSubmatch(s, -1) {
		classes = append(classes, c[1])
	}
	if len(classes) > 0 {
		out += ` class="` + strings.Join(classes, " ") + `"`
	}
	return out
}

var (
	caption   = lazily(`(?s)\[caption([^\]\n]*)\](.*?)\[/caption\]`)
	picture   = lazily(`(?s)<img\b[^<>]*>|!\[[^\]]*\]\([^()\s]*(?:\s+"[^"]*")?\)`)
	attribute = lazily(`([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))`)
	anchored  = lazily(`(?s)<a\b[^<>]*\bhref\s*=\s*["']([^"']*)["'][^<>]*>\s*$`)
	linked    = lazily(`(?s)^\s*</a>`)
	inlineImg = lazily(`(?s)^!\[([^\]]*)\]\(([^()\s]*)`)

	embed   = lazily(`\[(embed|youtube|vimeo)\]\s*(https?://[^\s\[\]]+)\s*\[/(?:embed|youtube|vimeo)\]`)
	player  = lazily(`\[(audio|video|playlist)\b([^\]\n]*)\](?:\s*\[/(?:audio|video|playlist)\])?`)
	gallery = lazily(`\[(gallery|contact-form-7|contact-form|toc|sharing|jetpack[\w-]*|wpdatatable|table)\b[^\]\n]*\](?:\[/(?:gallery|contact-form)\])?([^(\[:]|$)`)
	note    = lazily(`(?s)\[(footnote|ref|efn_note|note)\](.+?)\[/(footnote|ref|efn_note|note)\]`)
	pair    = lazily(`\[(/?)(dropcap|drop_cap|quote|blockquote|pullquote|button|column|columns|row|one_half|one_third|two_third|intro|lead|highlight|box|center|span|su_[a-z_]+|vc_[a-z_]+|et_[a-z_]+)\b([^\]\n]*)\]`)
)

// wordPress reads the shortcodes of WordPress, which stand between single brackets.
func (m *mender) wordPress() {
	if !bytes.Contains(m.src.Text, []byte("[")) {
		return
	}
	for _, kind := range []struct {
		name    string
		pattern func() *regexp.Regexp
		with    func(f []string) (string, bool)
	}{
		{"[caption]", caption, captioned},
		{"[embed]", embed, func(f []string) (string, bool) { return "\n\n<" + f[2] + ">\n\n", true }},
		{"[audio] or [video]", player, played},
		{"[footnote]", note, func(f []string) (string, bool) {
			return "^[" + strings.Join(strings.Fields(f[2]), " ") + "]", f[1] == f[3] && !strings.Contains(f[2], "\n\n") && balanced(f[2])
		}},
	} {
		m.replace(kind.pattern, "the shortcode "+kind.name+" of WordPress was read", kind.with)
	}
	m.pairs()
	m.galleries()
}

// replace makes changes where a pattern stands outside of code.
func (m *mender) replace(pattern func() *regexp.Regexp, what string, with func(f []string) (string, bool)) {
	text := m.src.Text
	found := pattern().FindAllSubmatchIndex(text, -1)
	if len(found) == 0 {
		return
	}
	g := code(text)
	var changes []change
	for _, at := range found {
		if g.holds(at[0], at[1]) {
			continue
		}
		f := make([]string, len(at)/2)
		for i := range f {
			if at[2*i] >= 0 {
				f[i] = string(text[at[2*i]:at[2*i+1]])
			}
		}
		if s, ok := with(f); ok {
			changes = append(changes, change{at[0], at[1], s})
		}
	}
	m.mended(what, "", changes)
}

// captioned makes a figure of a picture and the words beside it.
func captioned(f []string) (string, bool) {
	inner := f[2]
	at := picture().FindStringIndex(inner)
	if at == nil {
		return strings.TrimSpace(inner), true
	}
	img, before, after := inner[at[0]:at[1]], inner[:at[0]], inner[at[1]:]
	values := map[string]string{}
	if g := inlineImg().FindStringSubmatch(img); g != nil {
		values["alt"], values["src"] = g[1], g[2]
	} else {
		for _, a := range attribute().FindAllStringSubmatch(img, -1) {
			values[strings.ToLower(a[1])] = a[2] + a[3] + a[4]
		}
	}
	link := ""
	if a := anchored().FindStringSubmatch(before); a != nil && linked().MatchString(after) {
		link = a[1]
		before, after = anchored().ReplaceAllString(before, ""), linked().ReplaceAllString(after, "")
	}
	words := strings.TrimSpace(before + " " + after)
	if words == "" {
		for _, a := range attribute().FindAllStringSubmatch(f[1], -1) {
			if strings.EqualFold(a[1], "caption") {
				words = a[2] + a[3] + a[4]
			}
		}
	}
	if strings.Contains(words, "`") {
		return "", false // neither of the two ways to write an argument holds it
	}
	var b strings.Builder
	b.WriteString("\n\n{{< figure")
	for _, p := range [...][2]string{{"src", values["src"]}, {"alt", values["alt"]}, {"link", link}, {"caption", strings.Join(strings.Fields(words), " ")}} {
		if p[1] != "" {
			fmt.Fprintf(&b, " %s=`%s`", p[0], strings.ReplaceAll(html.UnescapeString(p[1]), "`", ""))
		}
	}
	b.WriteString(" >}}\n\n")
	return b.String(), true
}

// played makes HTML of a sound or a film.
func played(f []string) (string, bool) {
	for _, a := range attribute().FindAllStringSubmatch(f[2], -1) {
		if slices.Contains([]string{"src", "mp3", "mp4", "ogg", "wav", "m4a", "webm", "m4v", "ogv", "flac"}, strings.ToLower(a[1])) {
			return "\n\n<" + f[1] + ` src="` + a[2] + a[3] + a[4] + `"></` + f[1] + ">\n\n", f[1] != "playlist"
		}
	}
	return "", false
}

func balanced(s string) bool { return strings.Count(s, "[") == strings.Count(s, "]") }

// pairs takes off the tags of shortcodes that enclose text, when both are there; the text stays.
func (m *mender) pairs() {
	text := m.src.Text
	found := pair().FindAllSubmatchIndex(text, -1)
	if len(found) == 0 {
		return
	}
	g := code(text)
	var changes []change
	open := map[string][]int{} // places in found
	for n, at := range found {
		if g.holds(at[0], at[1]) || at[1] < len(text) && (text[at[1]] == '(' || text[at[1]] == ':') {
			continue
		}
		name := string(text[at[4]:at[5]])
		if at[2] == at[3] {
			open[name] = append(open[name], n)
			continue
		}
		if stack := open[name]; len(stack) > 0 {
			first := found[stack[len(stack)-1]]
			open[name] = stack[:len(stack)-1]
			changes = append(changes, change{first[0], first[1], ""}, change{at[0], at[1], ""})
		}
	}
	m.mended("a shortcode of WordPress around text was taken off; the text stands", "", changes)
}

// galleries tells of shortcodes that only WordPress could fill, and takes them out.
func (m *mender) galleries() {
	text := m.src.Text
	found := gallery().FindAllSubmatchIndex(text, -1)
	if len(found) == 0 {
		return
	}
	g := code(text)
	var e source.Edit
	kept := 0
	for _, at := range found {
		end := at[4] // what follows it stays
		if g.holds(at[0], end) || !bytes.ContainsAny(text[at[0]:end], "=") && !bytes.HasPrefix(text[at[0]:], []byte("[gallery")) {
			continue
		}
		m.report("dropped-template", m.src.Pos(at[0]), "the shortcode "+source.Shorten(string(text[at[0]:end]), 60)+" of WordPress was left out",
			"only WordPress knows what it shows: put pictures in its place")
		e.Keep(m.src, kept, at[0])
		kept = end
	}
	if kept > 0 {
		e.Keep(m.src, kept, len(text))
		m.src = e.Source(m.src.File)
	}
}
