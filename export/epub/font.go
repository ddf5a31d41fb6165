package epub

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/fonts"
)

// A fontFile is an embedded font.
type fontFile struct {
	name  string
	media string
	data  []byte
}

// webFeatures are those that the stylesheet asks for.
const webFeatures = fonts.Features("lnum,onum,pnum,smcp,sups,tnum")

// embedFonts makes a small font of each face that the text needs, and the rules that name them. A reader may still choose
// another face; headings, notes and code follow.
func (b *book) embedFonts() error {
	b.style = styleSheet
	set := b.opts.EmbedFonts
	if set == nil {
		return nil
	}
	use := b.faces()
	var rules strings.Builder
	var families []string
	seen := map[string]bool{}
	for _, u := range use {
		prose, code := u.text()
		for _, part := range [...]struct {
			role, text string
		}{{fonts.RoleText, prose}, {fonts.RoleMono, code}} {
			if part.text == "" {
				continue
			}
			face := set.Select(part.role, u.weight, u.italic)
			byFace := map[*fonts.Face]*strings.Builder{}
			var order []*fonts.Face
			for _, r := range set.Runs(part.text, face) {
				if r.Missing {
					continue // the reading system's own fonts may have it
				}
				if byFace[r.Face] == nil {
					byFace[r.Face] = new(strings.Builder)
					order = append(order, r.Face)
				}
				byFace[r.Face].WriteString(part.text[r.Start:r.End])
			}
			for _, f := range order {
				if !f.Licence().Web || seen[f.Name()] {
					continue
				}
				seen[f.Name()] = true
				web, err := f.SubsetWeb(byFace[f].String()+" -", webFeatures)
				if err != nil {
					return fmt.Errorf("%s: %w", f.Name(), err)
				}
				name := fileStem(f.Name()) + web.Ext
				b.fonts = append(b.fonts, fontFile{name: name, media: web.MediaType, data: web.Data})
				style := "normal"
				if f.Italic() {
					style = "italic"
				}
				fmt.Fprintf(&rules, "@font-face {\n\tfont-family: %q;\n\tfont-style: %s;\n\tfont-weight: %d;\n\tsrc: url(\"../fonts/%s\");\n}\n\n",
					f.Family(), style, f.Weight(), name)
				if part.role == fonts.RoleText && !slices.Contains(families, f.Family()) {
					families = append(families, f.Family())
				}
			}
		}
	}
	if len(families) > 0 {
		for i, f := range families {
			families[i] = fmt.Sprintf("%q", f)
		}
		fmt.Fprintf(&rules, "body { font-family: %s, serif; font-variant-numeric: oldstyle-nums; }\n\n", strings.Join(families, ", "))
	}
	style := []byte(rules.String())
	style = append(style, styleSheet...)
	if mono := set.Select(fonts.RoleMono, 400, false); mono != nil && seen[mono.Name()] {
		style = append(style, fmt.Sprintf("\ncode, kbd, pre { font-family: %q, monospace; }\n", mono.Family())...)
	}
	b.style = style
	return nil
}

// A usage is the characters set in one weight and posture.
type usage struct {
	weight      int
	italic      bool
	prose, code map[rune]bool
}

// text gives the characters in order. The stylesheet writes some words in small capitals or small letters: both cases of
// a letter come along.
func (u *usage) text() (prose, code string) {
	of := func(set map[rune]bool) string {
		var rs []rune
		for r := range set {
			for _, c := range []rune{r, unicode.ToLower(r), unicode.ToUpper(r)} {
				if !slices.Contains(rs, c) && c > ' ' {
					rs = append(rs, c)
				}
			}
		}
		slices.Sort(rs)
		return string(rs)
	}
	return of(u.prose), of(u.code)
}

// faces reads the finished parts for which characters stand upright, italic and bold. It follows the elements; what the
// stylesheet sets otherwise (a subtitle's italics) it knows by class.
func (b *book) faces() []*usage {
	us := []*usage{{weight: 400}, {weight: 400, italic: true}, {weight: 700}, {weight: 700, italic: true}}
	for _, u := range us {
		u.prose, u.code = map[rune]bool{}, map[rune]bool{}
	}
	for _, p := range b.parts {
		type state struct {
			tag                string
			bold, italic, code bool
		}
		stack := []state{{}}
		rest := p.body
		for len(rest) > 0 {
			i := bytes.IndexByte(rest, '<')
			if i < 0 {
				i = len(rest)
			}
			if i > 0 {
				top := stack[len(stack)-1]
				u := us[0]
				for _, v := range us {
					if v.italic == top.italic && (v.weight == 700) == top.bold {
						u = v
					}
				}
				into := u.prose
				if top.code {
					into = u.code
				}
				for _, r := range html.UnescapeString(string(rest[:i])) {
					into[r] = true
				}
				rest = rest[i:]
				continue
			}
			end := bytes.IndexByte(rest, '>') // escape lets none stand in an attribute
			if end < 0 {
				break
			}
			tag := string(rest[1:end])
			rest = rest[end+1:]
			switch {
			case strings.HasPrefix(tag, "/"):
				if len(stack) > 1 {
					stack = stack[:len(stack)-1]
				}
			case strings.HasSuffix(tag, "/"):
			default:
				s := stack[len(stack)-1]
				name, attrs, _ := strings.Cut(tag, " ")
				s.tag = name
				switch name {
				case "em", "i", "cite":
					s.italic = !s.italic
				case "h4":
					s.italic = true
				case "strong", "b", "h1", "h2", "h3", "dt", "caption", "thead":
					s.bold = true
				case "code", "kbd", "pre":
					s.code = true
				}
				for _, c := range [...]string{"subtitle", "standfirst", "dedication", "issue-title", "missing", "credit", "journal"} {
					if strings.Contains(attrs, `class="`+c) {
						s.italic = true
					}
				}
				if strings.Contains(attrs, `class="endmark"`) || strings.Contains(attrs, `class="title"`) || strings.Contains(attrs, `class="figure-title"`) {
					s.bold = true
				}
				stack = append(stack, s)
			}
		}
	}
	us[0].prose['—'], us[0].prose['•'] = true, true // what the stylesheet itself writes
	for _, r := range "0123456789.ivxlc" {
		us[0].prose[r] = true
	}
	return us
}
