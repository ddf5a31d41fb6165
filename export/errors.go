package export

import (
	"errors"
	"fmt"
	"strings"
)

// What errors.Is finds in the error of a build that could not be planned. The typed errors say more.
var (
	ErrNotFound  = errors.New("not found")                // a *NotFoundError
	ErrAmbiguous = errors.New("two editions of one name") // an *AmbiguousError
)

// A NotFoundError says that a site does not have what a build asks of it.
type NotFoundError struct {
	What  string   // "issue", "article" or "content": any article at all
	Name  string   // the number or selector asked for; of content, the site's folder
	Known []string // the numbers of the issues, or the slugs of the articles, that there are
}

func (e *NotFoundError) Error() string {
	switch e.What {
	case "issue":
		return fmt.Sprintf("no issue %q; there are: %s", e.Name, strings.Join(e.Known, ", "))
	case "article":
		return fmt.Sprintf("no article matches %q; twinpress list shows the slugs", e.Name)
	}
	if e.Name == "" {
		return "no article found"
	}
	return "no article found in " + e.Name
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
