package export

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// What is found is one thing, what is made of it another. In this order a problem is given the severity that rules: in twinpress.yaml has
// for its code, silenced by a comment in its article, accepted by a baseline. What is kept in the cache is what was found.
//
// An error that no rule has made one stays: nothing can be made of what it tells.

// heed gives what is left of problems.
func (r *run) heed(ps []Problem) []Problem {
	if ps = r.ruled(ps); r.opts.Baseline == nil {
		return ps
	}
	left, _ := r.opts.Baseline.accept(ps, r.textOf, r.opts.checking)
	return left
}

// ruled applies the configuration's rules and the articles' comments.
func (r *run) ruled(ps []Problem) []Problem {
	if r.content == nil {
		return ps
	}
	rules := r.content.config.Rules
	out := make([]Problem, 0, len(ps))
	for _, p := range ps {
		if p.Severity == Error {
			out = append(out, p)
			continue
		}
		if r.opts.checking && p.Code == "missing-glyph" && ofPrivateUse.MatchString(p.Message) {
			continue
		}
		switch level := rules[p.Code]; level {
		case "off":
			continue
		case "":
		default:
			_ = p.Severity.UnmarshalText([]byte(level)) // the configuration knows no others
		}
		if f := r.typedFile(p.Pos.File); f == nil || !f.silence(p) {
			out = append(out, p)
		}
	}
	return out
}

// passes judges an edition by what was found of it: an error of a rule's making refuses it, and so does a warning when that was asked for.
func (r *run) passes(found []Problem) error {
	ps := r.heed(found)
	switch {
	case slices.ContainsFunc(ps, raised) && !r.opts.checking:
		return errRefused
	case r.opts.forbids(ps):
		return ErrStrict
	}
	return nil
}

// raised reports whether a problem is an error by a rule, not by itself.
func raised(p Problem) bool {
	k := kindOf(p.Code)
	return p.Severity == Error && k != nil && k.Severity != Error
}

// telling gives what a caller is told of all that was found, when the run has come to its end.
func (r *run) telling(found []Problem, ended bool, res *Result) []Problem {
	if !ended || r.content == nil {
		return found
	}
	found = r.ruled(found)
	if r.opts.checking {
		found = append(found, r.ruled(r.idle())...)
	}
	if r.opts.WriteBaseline {
		res.Baseline = WriteBaseline(found, r.textOf)
	}
	if b := r.opts.Baseline; b != nil {
		left, gone := b.accept(found, r.textOf, r.opts.checking)
		if found = left; r.opts.checking && r.whole() {
			found = append(found, r.ruled(gone)...)
		}
	}
	return found
}

// ofPrivateUse finds what is told of a character under the code private-use, more exactly.
var ofPrivateUse = regexp.MustCompile(`^no font has the character '.*' \(U\+(E.{3}|F[0-8].{2})\)`)

// whole reports whether the run looks at all of a site.
func (r *run) whole() bool {
	return r.content.contents.File == "" && len(r.opts.Issues)+len(r.opts.Volumes)+len(r.opts.Articles) == 0 && r.opts.Language == ""
}

// idle tells of comments that say nothing, or silence nothing.
func (r *run) idle() (problems []Problem) {
	seen := map[string]bool{}
	for _, e := range r.plan {
		for _, a := range e.issue.Articles {
			if seen[a.Path] {
				continue
			}
			seen[a.Path] = true
			if f := r.typedFile(a.Path); f != nil {
				problems = append(problems, f.idle()...)
			}
		}
	}
	return problems
}

// A typedFile is what is kept of an article's file as it was typed. Its text is read again when it is wanted: an archive's would fill the memory.
type typedFile struct {
	comments []*comment
	mu       sync.Mutex // of what the comments have silenced
}

// typing holds what is known of articles' files, and the one that was read last.
type typing struct {
	mu    sync.Mutex
	files map[string]*typedFile
	last  string
	lines []string
}

// typedFile gives what is known of the file that a problem is in; nil when it is not an article's, or not there.
func (r *run) typedFile(name string) *typedFile {
	if !isArticle(name) {
		return nil
	}
	r.typing.mu.Lock()
	defer r.typing.mu.Unlock()
	f, ok := r.typing.files[name]
	if !ok {
		f = r.commented(name)
		if r.typing.files == nil {
			r.typing.files = map[string]*typedFile{}
		}
		r.typing.files[name] = f
	}
	return f
}

// commented reads the comments of an article's file. Most have none, which takes no more than reading them.
func (r *run) commented(name string) *typedFile {
	if r.content.beside == nil {
		return nil
	}
	raw, err := r.content.beside(name)
	if err != nil || raw == nil {
		return nil
	}
	wide := len(raw) > 1 && raw[0]^raw[1] == 0xFE^0xFF // UTF-16
	if !wide && !bytes.Contains(raw, []byte("twinpress-")) {
		return &typedFile{}
	}
	return &typedFile{comments: readComments(cleanText(name, raw))}
}

func cleanText(name string, raw []byte) *source.Source {
	return source.Clean(source.NewFile(name, raw), func(string, document.Pos, string, string) {})
}

// typed reads an article's file: cleaned, and as it lies there; nil when there is none.
func (r *run) typed(name string) (*source.Source, []byte) {
	if r.content.beside == nil {
		return nil, nil
	}
	raw, err := r.content.beside(name)
	if err != nil || raw == nil {
		return nil, nil
	}
	return cleanText(name, raw), raw
}

func isArticle(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{".md", ".markdown", ".mdown", ".html", ".htm"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// linesOf parts a text at its line ends, of whatever kind.
func linesOf(text string) []string {
	return strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
}

// textOf gives the line of a problem, cut to what stands around its column, by which it is known again when lines are put in above it;
// "" when it has none.
func (r *run) textOf(p Pos) string {
	lines := r.linesIn(p.File)
	if p.Line < 1 || p.Line > len(lines) {
		return ""
	}
	const before, after = 24, 48
	line := []rune(lines[p.Line-1])
	if p.Column > 0 {
		at := min(p.Column-1, len(line))
		line = line[max(at-before, 0):min(at+after, len(line))]
	}
	return strings.Join(strings.Fields(string(line)), " ")
}

// linesIn gives the lines of an article's file, of which several are wanted one after the other.
func (r *run) linesIn(name string) []string {
	if !isArticle(name) {
		return nil
	}
	r.typing.mu.Lock()
	defer r.typing.mu.Unlock()
	if r.typing.last != name {
		_, raw := r.typed(name)
		r.typing.last, r.typing.lines = name, linesOf(string(raw))
	}
	return r.typing.lines
}
