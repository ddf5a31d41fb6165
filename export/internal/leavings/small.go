package leavings

import (
	"bytes"
	"strings"
)

var (
	officeTag  = lazily(`</?(?:o|v|w|m|st1):[A-Za-z][\w-]*[^<>]*>`)
	twiceAmp   = lazily(`&amp;(?:amp;)*((?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,6}|nbsp|quot|lt|gt|apos|[lr][sd]quo|[mn]dash|hellip|shy|copy|[a-zA-Z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|ring|lig));)`)
	ampAmp     = lazily(`&amp;amp;`)
	lastSlash  = lazily(`(?m)([^\\\s])\\[ \t]*(\n[ \t]*\n|\n?\z)`)
	midBlock   = lazily(`([\pL\pN.,;:!?”’"'] ?)\{:?((?:\s*(?:[.#][A-Za-z][\w-]*|[A-Za-z][\w-]*="[^"\n]*"|[A-Za-z][\w-]*=[\w-]+))+)\s*\}( ?[^\s{])`)
	blockID    = lazily(`#([A-Za-z][\w-]*)`)
	doubleOpen = lazily(`\[\[(\*{0,2}\[[^\[\]\n]{0,80}\]\*{0,2}\]\([^()\s]*\))([^\]]|$)`)
	bullets    = strings.NewReplacer("\uF0B7", "•", "\uF0A7", "▪", "\uF0D8", "➢", "\uF0A8", "▫", "\uF02D", "–", "\uF0E0", "→", "\uF0FC", "✓", "\uF076", "❖", "\uF06F", "○")
)

// small mends what is a matter of a few characters.
func (m *mender) small() {
	text := m.src.Text
	if bytes.Contains(text, []byte(":")) && bytes.Contains(text, []byte("<")) {
		m.replace(officeTag, "a tag of a word processor was taken out", func([]string) (string, bool) { return "", true })
	}
	if bytes.Contains(m.src.Text, []byte("&amp;")) {
		m.replace(twiceAmp, "a character was escaped twice", func(f []string) (string, bool) { return "&" + f[1], true })
		m.replace(ampAmp, "a character was escaped twice", func([]string) (string, bool) { return "&amp;", true })
	}
	if bytes.Contains(m.src.Text, []byte(`\`)) {
		m.replace(lastSlash, "a backslash stood at the end of a paragraph", func(f []string) (string, bool) { return f[1] + f[2], true })
	}
	if bytes.Contains(m.src.Text, []byte("{")) {
		m.replace(midBlock, "attributes stood in the middle of a text", func(f []string) (string, bool) {
			id := ""
			if g := blockID().FindStringSubmatch(f[2]); g != nil {
				id = `<span id="` + g[1] + `"></span>`
			}
			before, after := f[1], f[3]
			if strings.HasSuffix(before, " ") && strings.HasPrefix(after, " ") {
				after = after[1:]
			}
			return before + id + after, true
		})
	}
	if bytes.Contains(m.src.Text, []byte("[[")) {
		m.replace(doubleOpen, "a bracket before a link was doubled", func(f []string) (string, bool) { return "[" + f[1] + f[2], true })
	}
	m.replace(privateUse, "a character of a symbol font was read as what it shows there", func(f []string) (string, bool) {
		s := bullets.Replace(f[0])
		return s, s != f[0]
	})
}

var privateUse = lazily(`[\x{F020}-\x{F0FF}]`)
