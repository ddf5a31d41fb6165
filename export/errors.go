package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// What errors.Is finds in the errors of this package. The typed errors say more.
var (
	ErrNotFound  = errors.New("not found")                  // a *NotFoundError: nothing was made
	ErrAmbiguous = errors.New("two editions of one name")   // an *AmbiguousError: nothing was made
	ErrCancelled = errors.New("cancelled")                  // the context ended; so does its own error
	ErrFailed    = errors.New("editions could not be made") // a *FailedError: the other editions were made
	ErrStrict    = errors.New("warnings count as failures") // a *FailedError, of warnings alone
)

// cancelled is the error of a context that ended.
func cancelled(ctx context.Context) error { return fmt.Errorf("%w: %w", ErrCancelled, ctx.Err()) }

// A FailedError says which editions could not be made; Result.Problems says why. The others were made.
type FailedError struct {
	Editions []string // their names, in the order of the plan
	Strict   bool     // there was nothing but warnings, which Options.Strict forbids
}

func (e *FailedError) Error() string {
	if e.Strict {
		return "not made, for their warnings: " + strings.Join(e.Editions, ", ")
	}
	return "could not be made: " + strings.Join(e.Editions, ", ")
}

// Is makes it an ErrFailed and, where warnings alone were the reason, an ErrStrict.
func (e *FailedError) Is(target error) bool {
	return target == ErrFailed || target == ErrStrict && e.Strict
}

// A NotFoundError says that a site does not have what a build asks of it.
type NotFoundError struct {
	What  string   // "issue", "volume", "article" or "content": any article at all
	Name  string   // the number, name or selector asked for; of content, the site's folder
	Known []string // the numbers of the issues, the names of the volumes, or the slugs of the articles, that there are
}

func (e *NotFoundError) Error() string {
	switch e.What {
	case "issue":
		if len(e.Known) == 0 {
			return fmt.Sprintf("no issue %q: no article names an issue; in twinpress.yaml, issues: {by: folder} or {by: a key or taxonomy of yours} finds them", e.Name)
		}
		return fmt.Sprintf("no issue %q; there are: %s", e.Name, nearest(e.Name, e.Known))
	case "volume":
		if len(e.Known) == 0 {
			return fmt.Sprintf("no volume %q: volumes are made of issues that have numbers, and volumes or dates; twinpress list shows them", e.Name)
		}
		return fmt.Sprintf("no volume %q; there are: %s", e.Name, nearest(e.Name, e.Known))
	case "article":
		return fmt.Sprintf("no article matches %q; twinpress list shows the slugs", e.Name)
	}
	if e.Name == "" {
		return "no article found"
	}
	return "no article found in " + e.Name
}

// nearest lists names, of many the dozen that are most like the one that was asked for.
func nearest(name string, known []string) string {
	const most = 12
	if len(known) <= most {
		return strings.Join(known, ", ")
	}
	alike := func(k string) float64 { return levenshtein.Match(strings.ToLower(name), strings.ToLower(k), nil) }
	near := slices.Clone(known)
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(alike(b), alike(a)) })
	near = near[:most]
	near = slices.DeleteFunc(slices.Clone(known), func(k string) bool { return !slices.Contains(near, k) })
	return fmt.Sprintf("%s, and %d more (twinpress list)", strings.Join(near, ", "), len(known)-most)
}

// Is makes it an ErrNotFound.
func (e *NotFoundError) Is(target error) bool { return target == ErrNotFound }

// An AmbiguousError says that two editions would be written to the same files.
type AmbiguousError struct {
	Name    string   // of the files, below the output folder and without extension
	Sources []string // the two articles or issues
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%s would both be written to %s; give one of them another slug", strings.Join(e.Sources, " and "), e.Name)
}

// Is makes it an ErrAmbiguous.
func (e *AmbiguousError) Is(target error) bool { return target == ErrAmbiguous }
