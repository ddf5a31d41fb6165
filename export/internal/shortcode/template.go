package shortcode

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
)

// template reads an instruction of Liquid (Jekyll) or Jinja: what names a picture or a value is honoured, what only
// steers a site generator is left out.
func (sc *scanner) template(i int) (tags []tag, end int) {
	text := sc.s.Text
	closing := "}}"
	if text[i+1] == '%' {
		closing = "%}"
	}
	n := bytes.Index(text[i+2:], []byte(closing))
	if n < 0 || n > 50_000 {
		return nil, i + 2
	}
	to := i + 2 + n + 2
	body := strings.TrimSpace(strings.Trim(string(text[i+2:to-2]), "-"))
	t := tag{from: i, to: to, in: &Insert{Kind: Dropped, Raw: string(text[i:to]), Src: sc.s, At: i}}
	if closing == "}}" {
		return sc.templateValue(t, body)
	}
	word, rest, _ := strings.Cut(body, " ")
	rest = strings.TrimSpace(rest)
	if endTag := liquidPairs[word]; endTag != "" {
		if from, after := liquidEnd(text, to, endTag); from >= 0 {
			return sc.liquidPair(t, word, rest, from, after), after
		}
	}
	if !sc.instruction(t, word, rest) {
		sc.opts.Report("dropped-template", sc.s.Pos(i), fmt.Sprintf("template instruction {%% %s %%} left out", source.Shorten(body, 60)), "")
	}
	return []tag{t}, to
}

// templateValue reads {{ body }}.
func (sc *scanner) templateValue(t tag, body string) (tags []tag, end int) {
	if val, ok := sc.variable(body); ok {
		return []tag{{from: t.from, to: t.to, text: val}}, t.to
	}
	if sc.opts.Hugo || !isExpression(body) {
		return nil, t.from + 2 // Hugo has no such thing in content: it is text
	}
	sc.opts.Report("dropped-template", sc.s.Pos(t.from), fmt.Sprintf("template value {{ %s }} left out", body), "write the text itself")
	return []tag{t}, t.to
}

// liquidPairs says what ends the instructions that enclose text.
var liquidPairs = map[string]string{"raw": "endraw", "comment": "endcomment", "highlight": "endhighlight", "capture": "endcapture"}

// liquidPair reads an instruction with the text that it encloses, which ends at from; its end tag ends at after.
func (sc *scanner) liquidPair(t tag, word, rest string, from, after int) []tag {
	body := string(sc.s.Text[t.to:from])
	switch word {
	case "raw":
		return []tag{{from: t.from, to: t.to}, {from: from, to: after}}
	case "highlight":
		lang, _, _ := strings.Cut(rest, " ")
		in := t.in
		in.Kind, in.Name, in.Text = Code, "highlight", strings.Trim(body, "\n")
		in.Params = []Param{{"", lang, t.from}}
		in.Raw = string(sc.s.Text[t.from:after])
	case "capture":
		sc.set(rest, body)
	}
	t.to = after
	return []tag{t}
}

// instruction reads an instruction that stands alone, and reports whether it means something here.
func (sc *scanner) instruction(t tag, word, rest string) bool {
	switch word {
	case "assign":
		if name, val, ok := strings.Cut(rest, "="); ok {
			val = strings.TrimSpace(val)
			if len(val) >= 2 && (val[0] == '"' || val[0] == '\'') && val[len(val)-1] == val[0] {
				sc.set(strings.TrimSpace(name), val[1:len(val)-1])
			}
		}
		return true
	case "include", "include_relative", "include_cached":
		return sc.include(t, rest)
	case "figure":
		t.in.Kind, t.in.Name, t.in.Params = Tag, "figure", liquidParams(sc.s.Text, t.from, t.to, len(rest))
		return true
	}
	return false
}

// include reads the inclusion of a template: of one whose name says what it shows, or else what its arguments say in words.
func (sc *scanner) include(t tag, rest string) bool {
	file, args, _ := strings.Cut(rest, " ")
	params := liquidParams(sc.s.Text, t.from, t.to, len(args))
	switch strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], ".html") {
	case "figure", "image", "img", "figure.md", "figure_markdown":
		t.in.Kind, t.in.Name, t.in.Params = Tag, "figure", params
		return true
	case "toc", "toc.md":
		sc.opts.Report("dropped-toc", sc.s.Pos(t.from), "a table of contents was left out", "")
		return true
	}
	params = slices.DeleteFunc(params, func(p Param) bool { return !isProse(p.Val) })
	if len(params) == 0 {
		return false
	}
	sc.opts.Report("dropped-template", sc.s.Pos(t.from), fmt.Sprintf("template %s is not known", file), "what it says in words was kept")
	t.in.Kind, t.in.Name, t.in.Params = Tag, "include", params
	return true
}

// isProse reports whether an argument is something to read.
func isProse(s string) bool {
	return len(strings.Fields(s)) > 2 && !strings.Contains(s, "://") || len(strings.Fields(s)) > 5
}

// isExpression reports whether a text between {{ and }} can be a template's value rather than two braces of a formula.
func isExpression(s string) bool {
	if s == "" || strings.ContainsAny(s, `{}\^`) {
		return false
	}
	c := s[0]
	return c == '_' || c == '"' || c == '\'' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// liquidParams reads key="value" pairs behind an instruction's words: those in the last n bytes of its body, at least.
func liquidParams(text []byte, from, to, n int) (ps []Param) {
	at := max(from+2, to-2-n-1)
	for at < to-2 {
		if c := text[at]; c == ' ' || c == '\n' || c == '\t' || c == '-' || c == ',' {
			at++
			continue
		}
		p, end, ok := parseParam(text[:to], at, []byte("%}"))
		if !ok || end <= at {
			break
		}
		if p.Key != "" {
			ps = append(ps, p)
		}
		at = end
	}
	return ps
}

func liquidEnd(text []byte, at int, name string) (from, to int) {
	for {
		j := bytes.Index(text[at:], []byte("{%"))
		if j < 0 {
			return -1, -1
		}
		at += j
		body, _, ok := bytes.Cut(text[at+2:], []byte("%}"))
		if !ok {
			return -1, -1
		}
		if strings.Trim(string(body), " -\n\t") == name {
			return at, at + 2 + len(body) + 2
		}
		at += 2
	}
}

func (sc *scanner) set(name, val string) {
	if sc.vars == nil {
		sc.vars = map[string]string{}
	}
	sc.vars[name] = val
}

// variable gives what a Liquid expression stands for, when that can be known without running a site generator.
func (sc *scanner) variable(expr string) (string, bool) {
	name, filters, _ := strings.Cut(expr, "|")
	name = strings.TrimSpace(name)
	if len(name) >= 2 && (name[0] == '"' || name[0] == '\'') && name[len(name)-1] == name[0] {
		return name[1 : len(name)-1], strings.Contains(filters, "_url") || filters == ""
	}
	switch name {
	case "site.baseurl", "site.url", "site.github.url", "base_path", "BASE_PATH":
		return "", true
	}
	if val, ok := sc.vars[name]; ok {
		return val, true
	}
	if key, ok := strings.CutPrefix(name, "page."); ok && sc.opts.Field != nil {
		return sc.opts.Field(key)
	}
	return "", false
}

// directive reads a line of the form =NAME=text=, which some magazines' own systems used.
func (sc *scanner) directive(i int) ([]tag, bool) {
	text := sc.s.Text
	if text[i] != '=' {
		return nil, false
	}
	line, next := source.CutLine(text, i)
	line = bytes.TrimRight(line, " \t")
	if len(line) < 3 || line[len(line)-1] != '=' {
		return nil, false
	}
	name, rest, ok := strings.Cut(string(line[1:len(line)-1]), "=")
	if !ok {
		name, rest = string(line[1:len(line)-1]), ""
	}
	if name == "" || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
		return nil, false
	}
	end := i + len(line)
	in := &Insert{Kind: Dropped, Src: sc.s, At: i, Raw: string(line)}
	t := tag{from: i, to: end, in: in}
	restAt := i + 1 + len(name) + 1
	switch name {
	case "IMAGE":
		in.Kind, in.Name = Tag, "figure"
		src, caption, _ := strings.Cut(rest, "=")
		in.Params = []Param{{"src", src, restAt}, {"caption", caption, restAt + len(src) + 1}}
	case "CODE_START":
		stop := bytes.Index(text[next:], []byte("=CODE_END="))
		if stop < 0 {
			return nil, false
		}
		in.Kind, in.Name, in.Text = Code, "highlight", strings.Trim(string(text[next:next+stop]), "\n")
		t.to = next + stop + len("=CODE_END=")
		in.Raw = string(text[i:t.to])
	case "ZOOM":
		in.Kind, in.Name, in.Params = Tag, "pullquote", []Param{{"text", rest, restAt}}
	case "TABLE_CAPTION":
		in.Kind, in.Name, in.Params = Tag, "tablecaption", []Param{{"text", rest, restAt}}
	case "TEXTBOX_START", "SIDEBAR_START":
		// Paired with its end as if it were a shortcode.
		in.Kind, in.Name, in.Params = Tag, "box", []Param{{"title", rest, restAt}}
	case "TEXTBOX_END", "SIDEBAR_END":
		in.Kind, in.Name = Close, "box"
	default:
		sc.opts.Report("unknown-directive", sc.s.Pos(i), fmt.Sprintf("directive =%s= is not known", name), "its text is kept")
		if rest != "" {
			return []tag{{from: i, to: restAt}, {from: end - 1, to: end}}, true
		}
	}
	return []tag{t}, true
}
