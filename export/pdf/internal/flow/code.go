package flow

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// codeBlock sets preformatted text: lines as they are, in the mono face, with the language's colours in a form that prints:
// keywords bold, comments italic and grey, strings and numbers in dark hues that a grey printer still tells apart.
func (c *compositor) codeBlock(s *stand, b *document.CodeBlock) {
	cs := &c.style.Code
	look := cs.Look
	if s.small {
		look.Size, look.Leading = style.Abs(s.look.Size.In(c.style.TextSize(), c.style.Leading())*85/100), s.look.Leading
	}
	p := c.node(s.parent, P)
	c.mark(p, s)
	n := c.node(p, Code)
	c.codes[n.Tag] = b
	para := c.para(s, &look, "code", n, b.Pos, func(ps *layout.ParaStyle) {
		ps.Pre, ps.Hyphenate, ps.OffGrid = true, false, true
		ps.Align, ps.RTL = layout.Left, false
		if cs.Background != 0 {
			ps.Background = uint32(cs.Background) + 1
		}
	})
	ts := c.textStyle(&look, "")
	ts.Features, ts.NoHyphen, ts.Break = "", true, "code"
	plain := c.intern(ts)
	c.lookUp(b.Text, plain, b.Pos)
	styles := map[tokenKind]*layout.TextStyle{tokenPlain: plain}
	if cs.Colors {
		for kind := tokenComment; kind <= tokenNumber; kind++ {
			st := ts
			switch kind {
			case tokenComment:
				st.Italic, st.Color = true, 0x5a5a5a
			case tokenKeyword:
				st.Weight = 700
			case tokenString:
				st.Color = 0x7a2e0e
			case tokenNumber:
				st.Color = 0x1d4f73
			}
			styles[kind] = c.intern(st)
		}
	}
	at := 0
	for _, tk := range tokens(b.Language, b.Text) {
		st := styles[tk.kind]
		if st == nil {
			st = plain
		}
		para.Spans = append(para.Spans, layout.Span{Text: b.Text[at:tk.end], Style: st, Tag: n.Tag})
		at = tk.end
	}
	*s.out = append(*s.out, para)
	if len(b.Caption) > 0 {
		ps := *para.Style
		ps.KeepNext, ps.SpaceAfter = true, layout.Pt*4
		para.Style = c.internPara(ps)
		cl := c.style.Caption
		cl.After = look.After
		c.set(s, &cl, "caption", Caption, b.Caption, b.Pos, nil)
	}
	c.indent = true
	c.placeNotes(s)
}

// A tokenKind is what the colouring tells apart.
type tokenKind uint8

const (
	tokenPlain tokenKind = iota
	tokenComment
	tokenKeyword
	tokenString
	tokenNumber
)

// A token ends at byte end and begins where the one before it ended.
type token struct {
	kind tokenKind
	end  int
}

// A lexicon is what the colouring knows of a language. It is a light reading, by intent: a full lexer for every language
// (chroma's) costs 6 ms at the start of every run, more than setting an article, and print wants no more than this.
type lexicon struct {
	names     string // of fences
	line      string // openers of comments to the line's end, space separated
	block     [2]string
	quotes    string // marks that open and close strings
	raw       string // marks of strings without escapes, over several lines
	keywords  string
	fold      bool // keywords in any case
	dashWords bool // names may hold dashes
}

var lexicons = [...]lexicon{
	{names: "go golang", line: "//", block: [2]string{"/*", "*/"}, quotes: `"'`, raw: "`",
		keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var nil true false"},
	{names: "c h cpp c++ cc objc", line: "//", block: [2]string{"/*", "*/"}, quotes: `"'`,
		keywords: "auto bool break case catch char class const constexpr continue default delete do double else enum extern false float for if inline int long namespace new nullptr operator private protected public return short signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void volatile while"},
	{names: "java kotlin scala csharp cs c# swift dart", line: "//", block: [2]string{"/*", "*/"}, quotes: `"'`,
		keywords: "abstract as async await boolean break case catch class const continue data default def do else enum export extends false final finally for foreach fun func guard if implements import in instanceof int interface internal is let long namespace new null object open override package private protected public return sealed static string struct super switch this throw throws trait true try type using val var void while with yield"},
	{names: "js javascript ts typescript jsx tsx mjs", line: "//", block: [2]string{"/*", "*/"}, quotes: `"'`, raw: "`",
		keywords: "as async await break case catch class const continue default delete do else enum export extends false finally for from function if implements import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var void while with yield"},
	{names: "rust rs", line: "//", block: [2]string{"/*", "*/"}, quotes: `"`,
		keywords: "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while"},
	{names: "php", line: "// #", block: [2]string{"/*", "*/"}, quotes: `"'`,
		keywords: "abstract array as break case catch class const continue default do echo else elseif extends false final finally fn for foreach function if implements interface namespace new null private protected public return static switch throw trait true try use var while yield"},
	{names: "python py python3", line: "#", quotes: `"'`,
		keywords: "and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return self True try while with yield"},
	{names: "ruby rb", line: "#", quotes: `"'`,
		keywords: "alias and begin break case class def defined do else elsif end ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield"},
	{names: "r", line: "#", quotes: `"'`, keywords: "break else FALSE for function if in NA next NULL repeat return TRUE while library"},
	{names: "sh bash shell zsh console", line: "#", quotes: `"'`, dashWords: true,
		keywords: "case do done elif else esac export fi for function if in local return set shift then unset until while"},
	{names: "perl pl", line: "#", quotes: `"'`, keywords: "else elsif for foreach if last local my next our package return sub unless until use while"},
	{names: "lua", line: "--", quotes: `"'`, keywords: "and break do else elseif end false for function goto if in local nil not or repeat return then true until while"},
	{names: "haskell hs elm", line: "--", block: [2]string{"{-", "-}"}, quotes: `"`, keywords: "case class data deriving do else if import in infix instance let module newtype of then type where"},
	{names: "sql mysql postgresql sqlite", line: "--", block: [2]string{"/*", "*/"}, quotes: `'"`, fold: true,
		keywords: "add all alter and as asc between by case create delete desc distinct drop else end exists from full group having in index inner insert into is join key left like limit not null on or order outer primary references right select set table then union unique update using values view when where with"},
	{names: "lisp clojure scheme clj elisp", line: ";", quotes: `"`, dashWords: true, keywords: "cond def defmacro defn defun define if lambda let loop ns progn quote setq"},
	{names: "tex latex", line: "%", keywords: ""},
	{names: "yaml yml toml ini", line: "#", quotes: `"'`, keywords: "true false null yes no", dashWords: true},
	{names: "json jsonc", line: "//", quotes: `"`, keywords: "true false null"},
	{names: "css scss less", line: "", block: [2]string{"/*", "*/"}, quotes: `"'`, dashWords: true, keywords: "important"},
	{names: "html xml svg xhtml vue", line: "", block: [2]string{"<!--", "-->"}, quotes: `"`, keywords: ""},
	{names: "makefile make dockerfile", line: "#", quotes: `"'`, keywords: "define endef else endif export ifdef ifeq ifndef ifneq include FROM RUN COPY CMD ENTRYPOINT ENV WORKDIR EXPOSE ARG"},
	{names: "fortran f90", line: "!", quotes: `"'`, fold: true, keywords: "allocate call contains do else elseif end endif enddo function if implicit integer intent module none parameter print program real return subroutine then type use while"},
	{names: "pascal delphi", line: "//", block: [2]string{"{", "}"}, quotes: "'", fold: true, keywords: "and array begin case const div do downto else end for function if in mod not of or procedure program record repeat set then to type until unit uses var while with"},
}

// lexiconOf finds the lexicon of a fence's language; nil for one that is not known.
func lexiconOf(language string) *lexicon {
	language = strings.ToLower(strings.TrimSpace(language))
	if language == "" {
		return nil
	}
	for i := range lexicons {
		if hasWord(lexicons[i].names, language, false) {
			return &lexicons[i]
		}
	}
	return nil
}

func hasWord(list, word string, fold bool) bool {
	for w := range strings.SplitSeq(list, " ") {
		if w == word || fold && strings.EqualFold(w, word) {
			return word != ""
		}
	}
	return false
}

// tokens divides code. The tokens cover the text without gaps, whatever it is.
func tokens(language, text string) []token {
	lx := lexiconOf(language)
	if lx == nil {
		return []token{{tokenPlain, len(text)}}
	}
	var out []token
	for i := 0; i < len(text); {
		tk := lx.next(text, i)
		if n := len(out); n > 0 && out[n-1].kind == tk.kind {
			out[n-1].end = tk.end
		} else {
			out = append(out, tk)
		}
		i = tk.end
	}
	return out
}

// next reads the token that begins at byte i.
func (lx *lexicon) next(text string, i int) token {
	rest := text[i:]
	r, n := utf8.DecodeRuneInString(rest)
	switch {
	case lx.block[0] != "" && strings.HasPrefix(rest, lx.block[0]):
		return token{tokenComment, endAfter(text, i+len(lx.block[0]), lx.block[1])}
	case startsComment(lx, text, i):
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			return token{tokenComment, i + end}
		}
		return token{tokenComment, len(text)}
	case lx.raw != "" && strings.ContainsRune(lx.raw, r):
		return token{tokenString, endAfter(text, i+n, string(r))}
	case strings.ContainsRune(lx.quotes, r):
		return token{tokenString, endOfString(text, i)}
	case r >= '0' && r <= '9':
		j := i
		for j < len(text) && (isWordByte(text[j]) || text[j] == '.') {
			j++
		}
		return token{tokenNumber, j}
	case unicode.IsLetter(r) || r == '_':
		return lx.word(text, i)
	}
	return token{tokenPlain, i + n}
}

// endAfter is where the first mark from byte i on ends; the text's end when there is none.
func endAfter(text string, i int, mark string) int {
	if at := strings.Index(text[i:], mark); at >= 0 {
		return i + at + len(mark)
	}
	return len(text)
}

// word reads a name or a keyword.
func (lx *lexicon) word(text string, i int) token {
	j := i
	for j < len(text) {
		r, n := utf8.DecodeRuneInString(text[j:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && !(lx.dashWords && r == '-') {
			break
		}
		j += n
	}
	if hasWord(lx.keywords, text[i:j], lx.fold) {
		return token{tokenKeyword, j}
	}
	return token{tokenPlain, j}
}

// startsComment: a comment's opener counts at the start of a word only where it is a single sign that has other uses.
func startsComment(lx *lexicon, text string, i int) bool {
	for open := range strings.SplitSeq(lx.line, " ") {
		if open == "" || !strings.HasPrefix(text[i:], open) {
			continue
		}
		if open == "#" && i > 0 && text[i-1] != ' ' && text[i-1] != '\t' && text[i-1] != '\n' {
			continue
		}
		if open == "%" && i > 0 && text[i-1] == '\\' {
			continue
		}
		if open == "//" && i > 0 && text[i-1] == ':' {
			continue
		}
		return true
	}
	return false
}

// endOfString is the end of a string that opens at i; one that is not closed ends with its line.
func endOfString(text string, i int) int {
	quote := text[i]
	if strings.HasPrefix(text[i:], strings.Repeat(string(quote), 3)) {
		if end := strings.Index(text[i+3:], strings.Repeat(string(quote), 3)); end >= 0 {
			return i + 3 + end + 3
		}
	}
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '\\':
			j++
		case quote:
			return j + 1
		case '\n':
			return j
		}
	}
	return len(text)
}

func isWordByte(b byte) bool { return b >= '0' && b <= '9' || isASCIILetter(b) || b == '_' }

func isASCIILetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
