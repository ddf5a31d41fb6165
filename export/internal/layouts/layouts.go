// Package layouts runs the templates by which a Hugo site makes HTML of its shortcodes: layouts/shortcodes/*.html, and the
// partials that they call.
//
//	Runner: finds a shortcode's template, runs it for one call, gives its HTML
//	rewrite: brings a template into a form that Go's html/template runs as Hugo would, and that can be stopped
//	functions: Hugo's functions, as far as an edition has a use for them
//	Page, Site, Resource: the values that a template sees
//
// A template is a program of the site's author, or of a stranger whose theme was downloaded. It reads what the Host gives it,
// which is the site, and nothing else: no network, no clock, no environment. It is stopped by count, not by time, so
// that the same site gives the same edition on a slow machine: after so many steps, so much text, so deep a nesting.
package layouts

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"
	"time"
)

// A Host is the site whose templates run.
type Host interface {
	// Render makes HTML of Markdown: of a text, or of a line that gets no paragraph around it.
	Render(markdown string, block bool) string

	// ReadFile reads a file of the site, by its path from the site's folder. It must not lead out of the site.
	ReadFile(name string) ([]byte, error)

	// List gives the names of what lies in a folder of the site, those of folders with a slash behind them.
	List(dir string) []string

	// Asset finds a file by its path below the folders of assets: its name from the site's folder, "" when there is none.
	Asset(name string) string

	// Assets gives the paths of all of them.
	Assets() []string

	// Size measures a picture of the site, in pixels.
	Size(name string) (width, height int)

	// Find finds a page as Hugo's ref does; nil when there is none.
	Find(path string) *Page

	Site() *Site
	Page() *Page // the one whose text calls

	// Unmarshal reads a text of "toml", "json" or else "yaml" into lists, maps and values.
	Unmarshal(text, notation string) (any, error)

	// Translate gives the words that the site has for a key in the page's language, for so many (-1 when no number is named); ""
	// when it has none.
	Translate(key string, n int) string

	// FormatTime writes a time in the page's language: by a form of Go's, or one that Hugo has a name for, as :date_long.
	FormatTime(t time.Time, form string) string

	// FormatNumber writes a number with so many digits behind the point; it may be a part of a hundred ("%"), or money ("EUR").
	FormatNumber(n float64, digits int, unit string) string

	// Emoji puts characters in the place of their names between colons.
	Emoji(text string) string

	// Formula gives what stands for a formula in HTML.
	Formula(tex string, display bool) string

	// Now is the day of the build.
	Now() time.Time

	// Warn tells of what a template warns of.
	Warn(message string)
}

// Templates are the files of a site's templates. They are safe for concurrent use.
type Templates struct {
	fsys       fs.FS
	shortcodes map[string]string // file by name in lower case, without its ending
	partials   map[string]string // the same, with its ending
	hooks      map[string]string // file of a render hook by folder and name: "_default/render-link"
}

// A Dir is a folder of templates, or of what lies below a folder of them: shortcodes.
type Dir struct{ From, Below string }

// Find lists the templates in folders of layouts, of which the first that has one of a name counts: the site's own, then its
// themes'.
func Find(fsys fs.FS, dirs []Dir) *Templates {
	t := &Templates{fsys: fsys, shortcodes: map[string]string{}, partials: map[string]string{}, hooks: map[string]string{}}
	for _, dir := range dirs {
		t.list(dir)
	}
	return t
}

func addFirst(m map[string]string, key, file string) {
	if m[key] == "" {
		m[key] = file
	}
}

// list takes the templates in a folder, in the order of their names: _shortcodes before shortcodes, as it is called now.
func (t *Templates) list(dir Dir) {
	_ = fs.WalkDir(t.fsys, dir.From, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir // the site has no such folder
		}
		if d.IsDir() {
			return nil
		}
		rel := path.Join(dir.Below, strings.TrimPrefix(name, dir.From+"/"))
		part, rest, _ := strings.Cut(rel, "/")
		switch low := strings.ToLower(rest); part {
		case "_shortcodes", "shortcodes":
			if ext := path.Ext(low); ext == ".html" || ext == ".md" {
				addFirst(t.shortcodes, strings.TrimSuffix(low, ext), name)
			}
		case "_partials", "partials":
			addFirst(t.partials, low, name)
		default:
			t.addHook(rel, name)
		}
		return nil
	})
}

// File gives the file of a shortcode's template, on a page in a language; "" when the site has none.
func (t *Templates) File(name, lang string) string {
	for _, v := range variants(strings.ToLower(name), lang) {
		if file := t.shortcodes[v]; file != "" {
			return file
		}
	}
	return ""
}

// What a call may use. A call of a real theme takes some hundred steps and gives some kilobytes.
const (
	callSteps  = 300_000   // by one call: rounds of loops, functions, pieces of text that they take
	pageSteps  = 2_000_000 // by all calls of a page
	maxOutput  = 1 << 20   // bytes that a call may give
	maxText    = 1 << 20   // bytes that a value may hold
	maxDepth   = 24        // of partials in partials
	enterSteps = 100       // what it costs to call a template: they may call themselves
)

// ErrEmbedded says that a template leaves a call to the one that Hugo brings along.
var ErrEmbedded = errors.New("it asks for the template that Hugo brings along")

var errSteps = errors.New("it was stopped: it takes too many steps (does it go on for ever?)")
var errLarge = errors.New("it was stopped: it makes too much text")

// A Runner runs the shortcodes of one page. Calls come one after the other: it is not safe for concurrent use.
type Runner struct {
	templates *Templates
	host      Host
	compiled  map[string]*compiled
	funcs     template.FuncMap

	left, total int // steps of this call, of the page
	depth       int
	counter     int    // of math.Counter
	drawn       uint64 // lots
}

// A compiled template, or why it is none.
type compiled struct {
	t    *template.Template
	err  error
	text string // of words that stand in no file
}

// NewRunner gives a Runner for a page.
func NewRunner(t *Templates, host Host) *Runner {
	r := &Runner{templates: t, host: host, compiled: map[string]*compiled{}, total: pageSteps}
	r.funcs = r.bind()
	return r
}

// Run gives what a shortcode's template makes of a call.
func (r *Runner) Run(call *Shortcode) (string, error) {
	return r.run(r.templates.File(call.Name, r.host.Site().Language.Lang), call)
}

// RunText gives what a template of the publisher's own makes of a call.
func (r *Runner) RunText(name, text string, call *Shortcode) (string, error) {
	key := name + "\x00" + text
	if r.compiled[key] == nil {
		c := &compiled{}
		c.t, c.err = r.parse(name, text)
		r.compiled[key] = c
	}
	return r.run(key, call)
}

// Check reports what is wrong with the text of a template.
func Check(name, text string) error {
	_, err := NewRunner(&Templates{}, nil).parse(name, text)
	return err
}

// RunInline gives what a template that stands in the page makes of a call. A later call of the same name without a template of
// its own is of the same.
func (r *Runner) RunInline(call *Shortcode, text string) (string, error) {
	file := "inline:" + call.Name
	if text != "" {
		c := &compiled{}
		c.t, c.err = r.parse(call.Name, text)
		r.compiled[file] = c
	}
	if r.compiled[file] == nil {
		return "", fail("no template of this name stands before it in the page")
	}
	return r.run(file, call)
}

func (r *Runner) run(file string, call any) (text string, err error) {
	defer func() {
		if p := recover(); p != nil { // a function of the library that does not like what it is given
			err = fmt.Errorf("%v", p)
		}
	}()
	r.left, r.depth = min(callSteps, r.total), 0
	before := r.left
	defer func() { r.total -= before - max(r.left, 0) }()
	return r.execute(file, call)
}

// execute runs the template of a file.
func (r *Runner) execute(file string, dot any) (string, error) {
	c := r.compiled[file]
	if c == nil {
		c = &compiled{}
		c.t, c.err = r.compile(file)
		r.compiled[file] = c
	}
	if c.err != nil {
		return "", c.err
	}
	out := &bounded{}
	if err := c.t.Execute(out, dot); err != nil {
		return "", plainError(err)
	}
	return out.b.String(), nil
}

func (r *Runner) compile(file string) (*template.Template, error) {
	text, err := r.host.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return r.parse(file, string(text))
}

// parse reads a template, and brings it into the form that runs.
func (r *Runner) parse(name, text string) (*template.Template, error) {
	if len(text) > maxText {
		return nil, errLarge
	}
	t, err := template.New(name).Funcs(r.funcs).Parse(text)
	if err != nil {
		return nil, plainError(err)
	}
	tries := false
	for _, each := range t.Templates() {
		if each.Tree == nil {
			continue
		}
		tries = rewrite(each.Tree) || tries
		for _, folder := range []string{"partials/", "_partials/"} { // Hugo, "Inline partials"
			if rest, ok := strings.CutPrefix(each.Name(), folder); ok {
				r.compiled["partial:"+strings.ToLower(strings.TrimSuffix(rest, ".html"))] = &compiled{t: each}
			}
		}
	}
	if tries {
		t.Funcs(r.trying())
	}
	return t, nil
}

// plainError tells of an error where in which file it is, and what it is: Go's says so once for each template that calls another.
func plainError(err error) error {
	if s, ok := errors.AsType[*stopped](err); ok {
		return s
	}
	what := ""
	for _, known := range []error{errSteps, errLarge, ErrEmbedded} {
		if errors.Is(err, known) {
			what = known.Error()
		}
	}
	if f, ok := errors.AsType[*failure](err); ok && what == "" {
		what = f.msg
	}
	places := templatePlace().FindAllStringSubmatch(err.Error(), -1)
	switch {
	case what != "" && len(places) > 0:
		return &stopped{places[len(places)-1][1] + ": " + what, err}
	case what != "":
		return err
	}
	s := strings.TrimPrefix(err.Error(), "html/template:")
	if i := strings.LastIndex(s, "template: "); i >= 0 {
		s = s[i+len("template: "):]
	}
	return &stopped{source(strings.TrimSpace(s)), err}
}

// stoppedAt gives an error its place.
func stoppedAt(place string, err error) error {
	if err == nil {
		return nil
	}
	return &stopped{place + ": " + err.Error(), err}
}

var templatePlace = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`template: ([^ :]+:\d+(?::\d+)?): executing`) })

// source takes out of a message the names that only a rewritten template has.
func source(message string) string {
	message = ourNames().ReplaceAllString(strings.ReplaceAll(message, "__", "."), "")
	message = executing().ReplaceAllString(message, ": ")
	return unknownField().ReplaceAllString(message, "a $2 has no $1 here")
}

var (
	ourNames     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(` ?\| ?` + shownName) })
	executing    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`: executing "[^"]*" at `) })
	unknownField = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`can't evaluate field (\w+) in type \*?layouts\.(\w+)`)
	})
)

// A stopped run, in words.
type stopped struct {
	msg   string
	cause error
}

func (s *stopped) Error() string { return s.msg }

func (s *stopped) Unwrap() error { return s.cause }

// A failure is an error of a function, in words for the author.
type failure struct{ msg string }

func (f *failure) Error() string { return f.msg }

func fail(format string, args ...any) error { return &failure{fmt.Sprintf(format, args...)} }

// bounded takes a call's output.
type bounded struct{ b bytes.Buffer }

func (w *bounded) Write(p []byte) (int, error) {
	if w.b.Len()+len(p) > maxOutput {
		return 0, errLarge
	}
	return w.b.Write(p)
}

// spend takes steps from the call's.
func (r *Runner) spend(n int) error {
	if r.left -= n; r.left < 0 {
		return errSteps
	}
	return nil
}

// A returned stops a partial that has given its value.
type returned struct{ value any }

func (*returned) Error() string { return "return" }

// partial runs a partial, and gives its HTML or what it returns.
func (r *Runner) partial(name string, dot any) (any, error) {
	if r.depth++; r.depth > maxDepth {
		return nil, errSteps
	}
	defer func() { r.depth-- }()
	if err := r.spend(enterSteps); err != nil {
		return nil, err
	}
	name = strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))
	file := r.templates.partials[name]
	if file == "" {
		file = r.templates.partials[name+".html"]
	}
	if inline := "partial:" + strings.TrimSuffix(name, ".html"); file == "" && r.compiled[inline] != nil {
		file = inline
	}
	if file == "" {
		return nil, fail("the site has no partial %q", name)
	}
	text, err := r.executeReturning(file, dot)
	if err != nil {
		if ret, ok := errors.AsType[*returned](err); ok {
			return ret.value, nil
		}
		return nil, err
	}
	return template.HTML(text), nil
}

// executeReturning is execute without plainError, which would lose what a partial returns.
func (r *Runner) executeReturning(file string, dot any) (string, error) {
	if c := r.compiled[file]; c != nil && c.err == nil {
		out := &bounded{}
		err := c.t.Execute(out, dot)
		return out.b.String(), err
	}
	c := &compiled{}
	c.t, c.err = r.compile(file)
	r.compiled[file] = c
	if c.err != nil {
		return "", c.err
	}
	return r.executeReturning(file, dot)
}
