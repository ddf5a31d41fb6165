package export

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
)

// An edition is one publication to be made, in every format asked for.
type edition struct {
	name   string // path of its files below the output folder, without extension
	source string // what it is made of, for messages
	issue  hugo.IssueInfo

	// Of an offprint: the place in the plan of the issue that it is cut from, and its article's place there, both from 1.
	// An article that is made on its own has neither.
	whole, article int

	place int // in the plan of the whole run
}

// plan lists the editions that the options ask of a site, in a fixed order. It knows of the site what its contents tell.
func plan(site hugo.Contents, opts *Options) (plan []edition, problems []Problem, err error) {
	switch {
	case len(opts.Articles) > 0:
		plan, err = planArticles(site, opts)
	case site.File != "":
		plan, err = planFile(site, opts)
	case opts.binds():
		plan, problems, err = planVolumes(site, opts)
	default:
		plan, problems, err = planIssues(site, opts)
	}
	if err != nil {
		return nil, problems, err
	}
	problems = append(problems, distinguish(plan)...)
	problems = append(problems, avoid(plan, opts.Taken)...)
	for i := range plan {
		plan[i].place = i
	}
	return plan, problems, nil
}

// planArticles plans each article that a selector names on its own.
func planArticles(site hugo.Contents, opts *Options) ([]edition, error) {
	var plan []edition
	planned := map[string]bool{}
	for _, selector := range opts.Articles {
		found := offprints(site, selector, opts.Issues)
		if len(found) == 0 {
			return nil, &NotFoundError{What: "article", Name: selector, Known: slugs(site)}
		}
		for _, e := range found {
			if !planned[e.source] {
				planned[e.source] = true
				plan = append(plan, e)
			}
		}
	}
	return plan, nil
}

// planFile plans the one article that was asked for by its file, draft or not.
func planFile(site hugo.Contents, opts *Options) ([]edition, error) {
	if len(opts.Issues) > 0 {
		return nil, fmt.Errorf("%s is one article; --issue chooses issues of a site", site.File)
	}
	if opts.binds() {
		return nil, fmt.Errorf("%s is one article; --volume and --bind bind issues of a site", site.File)
	}
	for _, is := range site.Issues {
		for _, a := range is.Articles {
			if a.Path == site.File {
				return []edition{offprint("", is, a)}, nil
			}
		}
	}
	return nil, &NotFoundError{What: "article", Name: site.File}
}

// planIssues plans the chosen issues, each followed by its offprints when they are asked for.
func planIssues(site hugo.Contents, opts *Options) ([]edition, []Problem, error) {
	issues, problems, err := chosenIssues(site, opts)
	if err != nil {
		return nil, problems, err
	}
	var plan []edition
	for _, is := range issues {
		plan = append(plan, edition{name: is.Slug, source: "issue " + is.Number, issue: is})
		if opts.Offprints {
			whole := len(plan)
			for i, a := range is.Articles {
				e := offprint(is.Slug+"/", is, a)
				e.whole, e.article = whole, i+1
				plan = append(plan, e)
			}
		}
	}
	return plan, problems, nil
}

// planVolumes plans the chosen volumes, or one of the chosen issues; in each language one.
func planVolumes(site hugo.Contents, opts *Options) (plan []edition, problems []Problem, err error) {
	if len(site.Numbered()) == 0 {
		return nil, nil, &NotFoundError{What: "volume", Name: strings.Join(opts.Volumes, ", ")}
	}
	add := func(source, name string, issues []hugo.IssueInfo) {
		whole := site.Bind(name, issues)
		plan = append(plan, edition{name: whole.Slug, source: source, issue: whole})
	}
	if opts.Bind {
		issues, problems, err := chosenIssues(site, opts)
		if err != nil {
			return nil, problems, err
		}
		var langs []string
		of := map[string][]hugo.IssueInfo{}
		for _, is := range issues {
			if of[is.Lang] == nil {
				langs = append(langs, is.Lang)
			}
			of[is.Lang] = append(of[is.Lang], is)
		}
		for _, lang := range langs {
			if only := of[lang]; len(only) == 1 { // bound alone it would be another edition under its own file name and identifier
				plan = append(plan, edition{name: only[0].Slug, source: "issue " + only[0].Number, issue: only[0]})
				continue
			}
			add("the issues", "", of[lang])
		}
		return plan, problems, nil
	}
	known := site.Volumes()
	planned := map[string]bool{}
	for _, name := range opts.Volumes {
		found := false
		for _, v := range known {
			if !v.Named(name) {
				continue
			}
			found = true
			if key := v.Lang + "\x00" + v.Name; !planned[key] {
				planned[key] = true
				add("volume "+v.Name, v.Name, v.Issues)
			}
		}
		if !found {
			return nil, nil, &NotFoundError{What: "volume", Name: name, Known: volumeNames(known)}
		}
	}
	return plan, nil, nil
}

func volumeNames(known []hugo.Volume) []string {
	var out []string
	for _, v := range known {
		out = append(out, v.Name)
	}
	return slices.Compact(out)
}

// offprint plans one article on its own.
func offprint(folder string, is hugo.IssueInfo, a hugo.ArticleInfo) edition {
	return edition{name: folder + a.Slug, source: a.Path, issue: is.Offprint(a)}
}

// offprints plans the articles that a selector names, of the issues with these numbers; of all when none is given.
func offprints(site hugo.Contents, selector string, issues []string) []edition {
	var found []edition
	for _, is := range site.Issues {
		if len(issues) > 0 && !slices.ContainsFunc(issues, func(n string) bool { return calls(n, is) }) {
			continue
		}
		for _, a := range is.Articles {
			if picks(selector, a) {
				found = append(found, offprint("", is, a))
			}
		}
	}
	return found
}

// picks reports whether a selector names an article: by a path, a file name, a slug, or a glob over any of these. A glob
// that is none matches nothing.
func picks(selector string, a hugo.ArticleInfo) bool {
	sel := strings.TrimPrefix(filepath.ToSlash(selector), "./")
	base := path.Base(a.Path)
	answers := []string{a.Slug, a.Path, base, strings.TrimSuffix(base, path.Ext(base)), a.Stem, a.Within}
	return slices.ContainsFunc(answers, func(name string) bool {
		ok, _ := path.Match(sel, name)
		return ok || strings.EqualFold(sel, name)
	})
}

// chosenIssues gives the issues to build: those asked for, or all numbered ones. A site that numbers nothing is one issue.
func chosenIssues(site hugo.Contents, opts *Options) ([]hugo.IssueInfo, []Problem, error) {
	if len(site.Issues) == 0 {
		return nil, nil, &NotFoundError{What: "content", Name: site.Folder}
	}
	if len(opts.Issues) > 0 {
		chosen, err := issuesNumbered(site, opts.Issues)
		return chosen, nil, err
	}
	numbered := site.Numbered()
	if len(numbered) == 0 {
		return site.Issues, nil, nil
	}
	var problems []Problem
	var out []hugo.ArticleInfo
	for _, is := range site.Issues {
		if is.Number == "" {
			out = append(out, is.Articles...)
		}
	}
	if len(out) > 0 {
		message := "names no issue and is left out"
		if len(out) > 1 {
			var names []string
			for _, a := range out[:min(len(out), 5)] {
				names = append(names, path.Base(a.Path))
			}
			message = fmt.Sprintf("%d articles name no issue and are left out: %s", len(out), strings.Join(names, ", "))
			if len(out) > len(names) {
				message += " …"
			}
		}
		problems = append(problems, Problem{Code: "no-issue", Severity: Info, Pos: Pos{File: out[0].Path}, Message: message,
			Hint: "--article " + out[0].Slug + " builds one on its own; issues: {by: folder} in twinpress.yaml, or keys: {issue: …}, finds issues named otherwise"})
	}
	if opts.checking {
		return site.Issues, problems, nil
	}
	return numbered, problems, nil
}

// issuesNumbered finds issues by their numbers, each once.
func issuesNumbered(site hugo.Contents, numbers []string) ([]hugo.IssueInfo, error) {
	var chosen []hugo.IssueInfo
	for i, number := range numbers {
		found := slices.DeleteFunc(slices.Clone(site.Issues), func(is hugo.IssueInfo) bool { return !calls(number, is) }) // one for each language
		if len(found) == 0 {
			return nil, &NotFoundError{What: "issue", Name: number, Known: issueNumbers(site)}
		}
		for _, is := range found {
			if !slices.ContainsFunc(numbers[:i], func(n string) bool { return calls(n, is) }) {
				chosen = append(chosen, is)
			}
		}
	}
	return chosen, nil
}

// calls reports whether a number, or a glob over numbers, names an issue.
func calls(number string, is hugo.IssueInfo) bool {
	ok, _ := path.Match(number, is.Number)
	return ok && is.Number != "" || is.Named(number)
}

func issueNumbers(site hugo.Contents) []string {
	var out []string
	for _, is := range site.Numbered() {
		out = append(out, is.Number)
	}
	return slices.Compact(out)
}

func slugs(site hugo.Contents) []string {
	var out []string
	for _, is := range site.Issues {
		for _, a := range is.Articles {
			out = append(out, a.Slug)
		}
	}
	return out
}

// distinguish gives editions that would be written to the same files names of their own: each has a mark behind it that depends on nothing
// but what the edition is, so that it keeps its name whatever else the site holds.
func distinguish(plan []edition) (problems []Problem) {
	clashes := func(of func(edition) bool) {
		same := map[string][]int{}
		for i, e := range plan {
			if of(e) {
				key := strings.ToLower(e.name) // some file systems know no case
				same[key] = append(same[key], i)
			}
		}
		for i, e := range plan {
			at := same[strings.ToLower(e.name)]
			if !of(e) || len(at) < 2 || at[0] != i {
				continue
			}
			problems = append(problems, rename(plan, at))
		}
	}
	clashes(func(e edition) bool { return e.whole == 0 })
	clashes(func(edition) bool { return true }) // offprints of one issue, too
	return problems
}

// avoid gives editions of names that are taken names of their own.
func avoid(plan []edition, taken []string) (problems []Problem) {
	is := map[string]bool{}
	for _, name := range taken {
		is[strings.ToLower(name)] = true
	}
	for i := range plan {
		if e := &plan[i]; is[strings.ToLower(e.name)] {
			p := rename(plan, []int{i})
			p.Message = fmt.Sprintf("%s would be written to what another was written to, and is written to %s", e.source, e.name)
			problems = append(problems, p)
		}
	}
	return problems
}

// rename marks editions of one name, and the folders of their offprints, and tells of it.
func rename(plan []edition, at []int) Problem {
	was := plan[at[0]].name
	var sources, names []string
	for _, i := range at {
		e := &plan[i]
		old := e.name
		e.name += "-" + e.mark()
		for k := range plan {
			if plan[k].whole == i+1 {
				plan[k].name = e.name + strings.TrimPrefix(plan[k].name, old)
			}
		}
		sources, names = append(sources, e.source), append(names, e.name)
	}
	p := document.NewProblem("same-name", Pos{}, fmt.Sprintf("%s would all be written to %s, and are written to %s", strings.Join(sources, ", "), was, strings.Join(names, ", ")),
		"give them slugs of their own")
	if len(at) == 2 {
		p.Message = fmt.Sprintf("%s would both be written to %s, and are written to %s", strings.Join(sources, " and "), was, strings.Join(names, " and "))
	}
	if articles := plan[at[0]].issue.Articles; len(articles) > 0 {
		p.Pos.File = articles[0].Path
	}
	return p
}

// mark tells an edition from others of its name.
func (e *edition) mark() string {
	is := e.issue
	id := is.Number + "\x00" + is.Lang
	if is.Single {
		id = is.Articles[0].Path
	}
	return sumOf([]byte(id))[:6]
}
