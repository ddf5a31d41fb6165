// Package outside runs the validators that others make over finished files, where they are installed: EPUBCheck and Ace for EPUBs,
// veraPDF for PDFs. What they find becomes problems whose codes are the tool's own under its name: "epubcheck RSC-005". Nothing here is
// needed to build or to check; each tool has a bounded time.
package outside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

// A Tool is a validator.
type Tool struct {
	Name     string   // "epubcheck"
	Ext      string   // of the files it looks at: ".epub"
	Variable string   // of the environment, which says where it lies: a program, a jar or a folder of jars
	Programs []string // what it is called where programs are looked for
	class    string   // to be run of a folder of jars
	run      func(context.Context, command, []string) ([]document.Problem, error)
}

// Tools lists them.
func Tools() []Tool {
	return []Tool{
		{"epubcheck", ".epub", "EPUBCHECK_JAR", []string{"epubcheck"}, "com.adobe.epubcheck.tool.Checker", eachAlone(epubcheck)},
		{"ace", ".epub", "ACE", []string{"ace", "ace-cli"}, "", eachAlone(ace)},
		{"verapdf", ".pdf", "VERAPDF", []string{"verapdf"}, "org.verapdf.apps.GreenfieldCliWrapper", verapdf},
	}
}

// ErrMissing says that a tool is not installed.
var ErrMissing = errors.New("not installed")

// A command is how a tool is called: a program, and what stands before its own arguments.
type command []string

// find looks for a tool where the environment says that it lies, or else where programs are. The error is ErrMissing, with what was
// looked for.
func (t Tool) find() (command, error) {
	if at := os.Getenv(t.Variable); at != "" {
		st, err := os.Stat(at)
		switch {
		case err != nil:
			if name, err := exec.LookPath(at); err == nil {
				return command{name}, nil
			}
			return nil, fmt.Errorf("%s is %w: %s names %s, which is not there", t.Name, ErrMissing, t.Variable, at)
		case st.IsDir() && t.class != "":
			return t.java("-cp", filepath.Join(at, "*"), t.class)
		case !st.IsDir() && strings.EqualFold(filepath.Ext(at), ".jar"):
			return t.java("-jar", at)
		case st.IsDir():
			return nil, fmt.Errorf("%s is %w: %s names %s, a folder", t.Name, ErrMissing, t.Variable, at)
		}
		return command{at}, nil
	}
	for _, name := range t.Programs {
		if at, err := exec.LookPath(name); err == nil {
			return command{at}, nil
		}
	}
	return nil, fmt.Errorf("%s is %w", t.Name, ErrMissing)
}

func (t Tool) java(args ...string) (command, error) {
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, fmt.Errorf("%s is %w: it needs java", t.Name, ErrMissing)
	}
	return append(command{java}, args...), nil
}

// Installed reports whether a tool is there; the error says what is not.
func (t Tool) Installed() error {
	_, err := t.find()
	return err
}

// those gives the files that are of the tool's kind.
func (t Tool) those(files []string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool { return !strings.EqualFold(filepath.Ext(f), t.Ext) })
}

// Count says how many of the files are of the tool's kind.
func (t Tool) Count(files []string) int { return len(t.those(files)) }

// Check runs a tool over those of the files that are of its kind, with so much time for each. A tool that does not end in its time, or
// fails, is a problem "tool-not-run".
func (t Tool) Check(ctx context.Context, files []string, each time.Duration) []document.Problem {
	if files = t.those(files); len(files) == 0 {
		return nil
	}
	cmd, err := t.find()
	if err != nil {
		return []document.Problem{document.NewProblem("tool-not-run", document.Pos{}, t.Name+" was not run: "+strings.TrimPrefix(err.Error(), t.Name+" is "), t.Variable+" says where it lies")}
	}
	ctx, cancel := context.WithTimeout(ctx, each*time.Duration(len(files)))
	defer cancel()
	found, err := t.run(ctx, cmd, files)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		found = append(found, document.NewProblem("tool-not-run", document.Pos{}, fmt.Sprintf("%s was not run to its end: it takes longer than %s", t.Name, each*time.Duration(len(files))), "--tool-timeout gives it more"))
	case err != nil:
		found = append(found, document.NewProblem("tool-not-run", document.Pos{}, fmt.Sprintf("%s was not run to its end: %v", t.Name, err), ""))
	}
	return found
}

// call runs a tool, and gives what it writes to standard output. That it exits with another code than 0 says that it found something, or
// that it failed: what it has written tells which.
func (c command) call(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, c[0], append(slices.Clone(c[1:]), args...)...)
	cmd.Env = withBrowser(os.Environ())
	cmd.WaitDelay = 2 * time.Second // its children may hold the pipe
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); exited && ctx.Err() == nil && out.Len() > 0 {
		return out.Bytes(), nil
	}
	if err != nil {
		if s := strings.TrimSpace(said.String()); s != "" {
			lines := strings.Split(s, "\n")
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(lines[len(lines)-1]))
		}
		return out.Bytes(), err
	}
	return out.Bytes(), nil
}

// withBrowser names the browser that Ace is to use, where it was installed without one of its own.
func withBrowser(env []string) []string {
	const variable = "PUPPETEER_EXECUTABLE_PATH"
	if os.Getenv(variable) != "" {
		return env
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if at, err := exec.LookPath(name); err == nil {
			return append(env, variable+"="+at)
		}
	}
	return env
}

// eachAlone runs a tool that takes one file.
func eachAlone(one func(context.Context, command, string) ([]document.Problem, error)) func(context.Context, command, []string) ([]document.Problem, error) {
	return func(ctx context.Context, c command, files []string) (found []document.Problem, err error) {
		for _, f := range files {
			ps, failed := one(ctx, c, f)
			found = append(found, ps...)
			if failed != nil {
				return found, fmt.Errorf("%s: %w", f, failed)
			}
		}
		return found, nil
	}
}
