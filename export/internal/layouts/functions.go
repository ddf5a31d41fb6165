package layouts

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"
	texttemplate "text/template"
)

// A function is one of Hugo's: what it takes, and what it does.
type function struct {
	least, most int  // of arguments; most is -1 when there is no end of them
	light       bool // its work does not grow with what it is given
	do          func(r *Runner, a []any) (any, error)
}

// tables hold Hugo's functions by namespace. A function that has names without a namespace has them in shortNames.
var tables = map[string]map[string]function{
	"strings": stringFunctions, "collections": collectionFunctions, "math": mathFunctions, "compare": compareFunctions,
	"safe": safeFunctions, "urls": urlFunctions, "path": pathFunctions, "transform": transformFunctions, "cast": castFunctions,
	"fmt": fmtFunctions, "time": timeFunctions, "encoding": encodingFunctions, "crypto": cryptoFunctions, "inflect": inflectFunctions,
	"lang": langFunctions, "partials": partialFunctions, "resources": resourceFunctions, "os": osFunctions, "templates": templateFunctions,
	"reflect": reflectFunctions, "hash": hashFunctions, "images": imageFunctions, "js": noFunctions, "css": noFunctions, "debug": noFunctions,
}

var noFunctions = map[string]function{}

// namespaces are the first words of functions' names.
var namespaces = map[string]bool{}

// shortNames are the names that functions have without their namespaces (Hugo, "Functions", aliases).
var shortNames = strings.Fields(`
strings.Chomp=chomp strings.CountRunes=countrunes strings.CountWords=countwords strings.FindRE=findRE strings.FindRESubmatch=findRESubmatch
strings.HasPrefix=hasPrefix strings.HasSuffix=hasSuffix strings.Replace=replace strings.ReplaceRE=replaceRE strings.SliceString=slicestr
strings.Split=split strings.Substr=substr strings.Title=title strings.ToLower=lower strings.ToUpper=upper strings.Trim=trim
strings.TrimPrefix=strings_TrimPrefix strings.Truncate=truncate
collections.After=after collections.Append=append collections.Apply=apply collections.Delimit=delimit collections.Dictionary=dict
collections.First=first collections.Group=group collections.In=in collections.Index=index collections.Intersect=intersect
collections.IsSet=isset collections.KeyVals=keyVals collections.Last=last collections.Merge=merge collections.Querify=querify
collections.Reverse=reverse collections.Seq=seq collections.Slice=slice collections.Sort=sort collections.Union=union
collections.Uniq=uniq collections.Where=where collections.Complement=complement collections.NewScratch=newScratch collections.SymDiff=symdiff collections.Shuffle=shuffle
math.Add=add math.Sub=sub math.Mul=mul math.Div=div math.Mod=mod math.ModBool=modBool math.Pow=pow
compare.Conditional=cond compare.Default=default compare.Eq=eq compare.Ne=ne compare.Lt=lt compare.Le=le compare.Gt=gt compare.Ge=ge
safe.HTML=safeHTML safe.HTMLAttr=safeHTMLAttr safe.URL=safeURL safe.CSS=safeCSS safe.JS=safeJS safe.JSStr=safeJSStr
urls.AbsURL=absURL urls.AbsLangURL=absLangURL urls.RelURL=relURL urls.RelLangURL=relLangURL urls.URLize=urlize urls.Anchorize=anchorize
urls.Ref=ref urls.RelRef=relref urls.Parse=urls_Parse
transform.Emojify=emojify transform.HTMLEscape=htmlEscape transform.HTMLUnescape=htmlUnescape transform.Markdownify=markdownify
transform.Plainify=plainify transform.XMLEscape=xmlEscape transform.Highlight=highlight transform.Unmarshal=unmarshal
cast.ToString=string cast.ToInt=int cast.ToFloat=float
fmt.Print=print fmt.Printf=printf fmt.Println=println fmt.Errorf=errorf fmt.Warnf=warnf fmt.Erroridf=erroridf fmt.Warnidf=warnidf
time.Format=dateFormat time.Now=now time.Duration=duration encoding.Base64Encode=base64Encode encoding.Base64Decode=base64Decode encoding.Jsonify=jsonify
crypto.MD5=md5 crypto.SHA1=sha1 crypto.SHA256=sha256 crypto.HMAC=hmac
inflect.Humanize=humanize inflect.Pluralize=pluralize inflect.Singularize=singularize
lang.Translate=i18n lang.Translate=T partials.Include=partial partials.IncludeCached=partialCached
resources.Minify=minify resources.Fingerprint=fingerprint resources.ToCSS=toCSS resources.PostCSS=postCSS
os.ReadFile=readFile os.FileExists=fileExists os.Getenv=getenv os.ReadDir=readDir
transform.HTMLEscape=html transform.HTMLEscape=js urls.QueryEscape=urlquery
`)

func init() {
	for name := range tables {
		namespaces[name] = true
	}
}

// bind gives the functions as a template of this runner's calls them.
func (r *Runner) bind() template.FuncMap {
	m := template.FuncMap{
		stepName:     func(place string) (string, error) { return "", stoppedAt(place, r.spend(1)) },
		enterName:    func(place string) (string, error) { return "", stoppedAt(place, r.spend(enterSteps)) },
		shownName:    r.shown,
		embeddedName: func() (string, error) { return "", ErrEmbedded },
		"call":       func(...any) (any, error) { return nil, fail("call is not done here") },
		"site":       func() *Site { return r.host.Site() },
		"page":       func() *Page { return r.host.Page() },
		"hugo":       func() Generator { return Generator{r.host} },
		"return":     func(v ...any) (string, error) { return "", &returned{first(v)} },
		"try":        try,
	}
	for space, table := range tables {
		if m[space] == nil {
			m[space] = func() (any, error) { return nil, fail("%s is a namespace, not a value", space) }
		}
		for name, f := range table {
			m[space+"__"+name] = r.guarded(space+"."+name, f)
		}
	}
	// time is a namespace and a function.
	m["time"] = r.guarded("time", tables["time"]["AsTime"])
	for _, pair := range shortNames {
		long, short, _ := strings.Cut(pair, "=")
		space, name, _ := strings.Cut(long, ".")
		if f, ok := tables[space][name]; ok {
			m[short] = r.guarded(short, f)
		}
	}
	return m
}

// A Failed is the error of what is tried.
type Failed struct{ err error }

func (f *Failed) String() string { return f.err.Error() }

// Error, Message and Cause tell it.
func (f *Failed) Error() string { return f.err.Error() }

// Message tells it.
func (f *Failed) Message() string { return f.err.Error() }

// Cause gives none.
func (f *Failed) Cause() any { return nil }

// A Tried is what comes of trying.
type Tried struct {
	Value any
	Err   *Failed
}

func try(v any) Tried {
	if f, ok := v.(*Failed); ok {
		return Tried{Err: f}
	}
	return Tried{Value: v}
}

// trying gives the functions by the names that they have in what is tried. What exceeds a bound is no error to be caught.
func (r *Runner) trying() template.FuncMap {
	m := template.FuncMap{}
	for name, f := range r.funcs {
		call, ok := f.(func(...any) (any, error))
		if !ok {
			m[triedName+name] = f
			continue
		}
		m[triedName+name] = func(args ...any) (any, error) {
			for _, a := range args {
				if f, ok := a.(*Failed); ok {
					return f, nil
				}
			}
			v, err := call(args...)
			if err == nil || errors.Is(err, errSteps) || errors.Is(err, errLarge) {
				return v, err
			}
			return &Failed{plainError(err)}, nil
		}
	}
	return m
}

func first(v []any) any {
	if len(v) == 0 {
		return nil
	}
	return v[0]
}

// A Generator is what templates see of Hugo itself.
type Generator struct{ host Host }

// Version is that of the Hugo whose templates are understood here.
func (Generator) Version() string { return "0.152.2" }

// Environment is production.
func (Generator) Environment() string { return "production" }

// IsProduction and the like tell how a site is built.
func (Generator) IsProduction() bool { return true }

// IsDevelopment reports whether the site is only tried.
func (Generator) IsDevelopment() bool { return false }

// IsServer reports whether Hugo serves it.
func (Generator) IsServer() bool { return false }

// IsExtended reports whether Hugo was built with more than it needs.
func (Generator) IsExtended() bool { return false }

// IsMultihost reports whether each language has a host of its own.
func (Generator) IsMultihost() bool { return false }

// IsMultilingual reports whether the site is in several languages.
func (g Generator) IsMultilingual() bool { return g.host.Site().IsMultiLingual() }

// Generator gives nothing to put into a page's head.
func (Generator) Generator() string { return "" }

// WorkingDir, GoVersion, BuildDate and CommitHash are of the machine, which nothing here depends on.
func (Generator) WorkingDir() string { return "" }

// GoVersion is not told.
func (Generator) GoVersion() string { return "" }

// BuildDate is not told.
func (Generator) BuildDate() string { return "" }

// CommitHash is not told.
func (Generator) CommitHash() string { return "" }

// Data gives what the site's data folder holds.
func (g Generator) Data() any { return g.host.Site().Data() }

// Sites gives the site.
func (g Generator) Sites() []*Site { return []*Site{g.host.Site()} }

// Store holds what calls keep for each other.
func (g Generator) Store() *Scratch { return g.host.Site().Store() }

// guarded makes a function count what it costs, and refuse what is too much.
func (r *Runner) guarded(name string, f function) func(...any) (any, error) {
	return func(args ...any) (any, error) {
		if len(args) < f.least || f.most >= 0 && len(args) > f.most {
			return nil, fail("%s takes other arguments", name)
		}
		cost := 1
		if !f.light {
			for _, a := range args {
				n := size(a, maxText)
				if n > maxText {
					return nil, errLarge
				}
				cost += n / 64
			}
		}
		if err := r.spend(cost); err != nil {
			return nil, err
		}
		v, err := f.do(r, args)
		if err != nil {
			for _, plain := range []error{errSteps, errLarge} {
				if errors.Is(err, plain) {
					return nil, err
				}
			}
			if _, ok := errors.AsType[*returned](err); ok {
				return nil, err
			}
			_, failed := errors.AsType[*failure](err)
			_, inside := errors.AsType[texttemplate.ExecError](err)
			if _, isStopped := errors.AsType[*stopped](err); !failed && !inside && !isStopped {
				err = fail("%s: %v", name, err)
			}
			return nil, err
		}
		v = gathered(v)
		if n := textLength(v); n > maxText {
			return nil, errLarge
		} else if n > 0 {
			err = r.spend(n / 64)
		}
		return v, err
	}
}

// gathered makes a list of pages, or of resources, one that can be sorted and chosen from as such.
func gathered(v any) any {
	l, ok := v.([]any)
	if !ok || len(l) == 0 {
		return v
	}
	if pages, ok := all[*Page](l); ok {
		return Pages(pages)
	}
	if resources, ok := all[*Resource](l); ok {
		return Resources(resources)
	}
	return v
}

// all gives the values of a list when each is of one type.
func all[T any](l []any) ([]T, bool) {
	out := make([]T, 0, len(l))
	for _, it := range l {
		t, ok := it.(T)
		if !ok {
			return nil, false
		}
		out = append(out, t)
	}
	return out, true
}

// textLength gives the length of a value that is a text.
func textLength(v any) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case template.HTML:
		return len(v)
	}
	return 0
}

// shown measures a value that a template writes.
func (r *Runner) shown(v any) (any, error) {
	n := size(v, maxText)
	if n > maxText {
		return nil, errLarge
	}
	switch w := v.(type) {
	case nil:
		return "", r.spend(1)
	case string, template.HTML, int, float64, bool:
	case map[string]any:
		v = fmt.Sprint(withTexts(w))
	case []any:
		v = fmt.Sprint(withTexts(w))
	default:
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
			v = ""
		}
	}
	return v, r.spend(1 + n/64)
}

// withTexts gives a list or map whose values are written as Hugo writes them: nothing as <nil>, pages by their names.
func withTexts(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = withTexts(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k := range v {
			out[k] = withTexts(v[k])
		}
		return out
	case *Page, *Site, *Resource, *Shortcode, *Scratch:
		return text(v)
	}
	return v
}

// The makers of functions of a common form.

func textToText(f func(string) string) function {
	return function{1, 1, false, func(_ *Runner, a []any) (any, error) { return f(text(a[0])), nil }}
}

func keepHTML(v any, s string) any {
	if _, ok := v.(template.HTML); ok {
		return template.HTML(s)
	}
	return s
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// dictionary makes a map of keys and values in turn. A key may be a list: a path.
func dictionary(_ *Runner, a []any) (any, error) {
	if len(a)%2 != 0 {
		return nil, fail("dict takes keys and values in turn")
	}
	m := map[string]any{}
	for i := 0; i < len(a); i += 2 {
		keys := []string{text(a[i])}
		if l, ok := a[i].([]any); ok && len(l) > 0 {
			keys = nil
			for _, k := range l {
				keys = append(keys, text(k))
			}
		}
		at := m
		for _, k := range keys[:len(keys)-1] {
			inner, ok := at[k].(map[string]any)
			if !ok {
				inner = map[string]any{}
				at[k] = inner
			}
			at = inner
		}
		at[keys[len(keys)-1]] = a[i+1]
	}
	return m, nil
}
