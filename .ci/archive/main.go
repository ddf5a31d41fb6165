// Command archive makes a site of many issues out of the samples, builds it in full, again, and with one article changed, and prints what that took: time, memory,
// files that were written. It exits with 1 when a goal is missed. The site is always the same for the same numbers.
//
//	go run ./.ci/archive -press .cache/twinpress                             500 articles in 100 issues
//	go run ./.ci/archive -press .cache/twinpress -articles 5000 -issues 1000
//	go run ./.ci/archive -trials 30                                          builds that are killed, and have no room
//	go run ./.ci/archive -only DIR                                           make the site, and nothing else
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "archive:", err)
		os.Exit(1)
	}
}

func run() error {
	articles := flag.Int("articles", 500, "articles in all")
	issues := flag.Int("issues", 100, "issues that they are in")
	press := flag.String("press", ".cache/twinpress", "the command to measure")
	only := flag.String("only", "", "make the site in this folder, and measure nothing")
	memory := flag.Int("memory", 300, "goal: most MB of memory")
	kills := flag.Int("trials", 0, "kill builds so many times, fill disks, take permissions away, and hold what is left against an undisturbed build's; measure nothing")
	goals := flag.Bool("goals", true, "fail when a goal is missed")
	flag.Parse()
	if *articles < 1 || *issues < 1 || *articles < *issues {
		return errors.New("an issue holds an article at least")
	}
	if *only != "" {
		return generate("samples", *only, *articles, *issues)
	}
	dir, err := os.MkdirTemp("", "twinpress-archive-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if *kills > 0 {
		return trials(*press, dir, *kills)
	}
	site := filepath.Join(dir, "site")
	if err := generate("samples", site, *articles, *issues); err != nil {
		return err
	}
	return measure(*press, dir, site, *memory, *goals, fmt.Sprintf("%d articles in %d issues", *articles, *issues))
}

// A sample is one of our articles, parted.
type sample struct {
	folder string // of its bundle; "" for one without
	body   string
}

// generate makes the site: configuration, pictures and authors of the samples, and articles made of theirs.
func generate(from, to string, articles, issues int) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	for _, part := range []string{"hugo.toml", "twinpress.yaml", "assets", "static", "journal", "content/authors"} {
		if err := copyTree(filepath.Join(from, part), filepath.Join(to, part)); err != nil {
			return err
		}
	}
	var samples []sample
	err := filepath.WalkDir(filepath.Join(from, "content/articles"), func(name string, d fs.DirEntry, err error) error {
		base := filepath.Base(name)
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" || base == "_index.md" || base == "the-next-number.md" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		s := sample{body: bodyOf(string(text))}
		if base == "index.md" {
			s.folder = filepath.Dir(name)
		}
		samples = append(samples, s)
		return nil
	})
	if err != nil {
		return err
	}
	for i := range articles {
		if err := article(filepath.Join(to, "content/articles"), samples, i, i*issues/articles+1); err != nil {
			return err
		}
	}
	return nil
}

func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		out := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(out, 0o777)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return errors.Join(os.MkdirAll(filepath.Dir(out), 0o777), os.WriteFile(out, data, 0o666))
	})
}

// bodyOf is what stands behind the front matter.
func bodyOf(text string) string {
	for _, fence := range []string{"---\n", "+++\n"} {
		if rest, ok := strings.CutPrefix(text, fence); ok {
			_, body, _ := strings.Cut(rest, "\n"+fence)
			return body
		}
	}
	if strings.HasPrefix(text, "{") { // JSON
		_, text, _ = strings.Cut(text, "\n}\n")
	}
	return text
}

var (
	words  = []string{"press", "type", "city", "reader", "paper", "letter", "stone", "margin", "silence", "harbour", "proof", "quire", "founder", "signature", "gallery"}
	noun   = regexp.MustCompile(`\b(the|a|of) ([a-z]{4,9})\b`)
	headID = regexp.MustCompile(`\{#[\w-]+\}`)
)

// article writes one: a sample's text with other words, once or twice, so that lengths differ.
func article(dir string, samples []sample, i, issue int) error {
	lots := rand.New(rand.NewPCG(uint64(i), 41))
	s := samples[i%len(samples)]
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: \"On the %s of a %s, %d\"\nslug: piece-%d\nissue: \"%d\"\ndate: %d-%02d-01\nweight: %d\nauthors: [\"Nell Abernethy-Voss\"]\nlanguage: en-GB\n---\n\n",
		words[lots.IntN(len(words))], words[lots.IntN(len(words))], i, i, issue, 1990+issue/12, issue%12+1, i%97+1)
	for n := range 1 + lots.IntN(2) {
		text := strings.ReplaceAll(s.body, "[^", fmt.Sprintf("[^%d-", n))
		if n > 0 {
			text = headID.ReplaceAllString(text, "")
		}
		b.WriteString(noun.ReplaceAllStringFunc(text, func(m string) string {
			if lots.IntN(6) > 0 {
				return m
			}
			art, _, _ := strings.Cut(m, " ")
			return art + " " + words[lots.IntN(len(words))]
		}))
		b.WriteString("\n\n")
	}
	to := filepath.Join(dir, fmt.Sprintf("piece-%d", i))
	if s.folder != "" {
		if err := copyTree(s.folder, to); err != nil {
			return err
		}
	}
	return errors.Join(os.MkdirAll(to, 0o777), os.WriteFile(filepath.Join(to, "index.md"), []byte(b.String()), 0o666))
}

// A cost is what a build took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // bytes, at most
	written   int   // files of the output folder
}

func measure(press, dir, site string, memory int, goals bool, what string) error {
	press, err := filepath.Abs(press)
	if err != nil {
		return err
	}
	out, cache := filepath.Join(dir, "out"), filepath.Join(dir, "cache")
	build := func(times int, before func(int) error) (best cost, err error) {
		for n := range times {
			if err := before(n); err != nil {
				return best, err
			}
			c, err := timed(press, site, out, cache)
			if err != nil {
				return best, err
			}
			if n == 0 || c.wall < best.wall {
				c.memory = max(c.memory, best.memory)
				best = c
			}
		}
		return best, nil
	}
	nothing := func(int) error { return nil }
	full, err := build(1, nothing)
	if err != nil {
		return err
	}
	again, err := build(3, nothing)
	if err != nil {
		return err
	}
	one, err := build(3, func(n int) error {
		f, err := os.OpenFile(filepath.Join(site, fmt.Sprintf("content/articles/piece-%d/index.md", n*7)), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteString("\nA sentence more.\n")
		return errors.Join(err, f.Close())
	})
	if err != nil {
		return err
	}
	fmt.Printf("%s\n\n| build | time | of the full | CPU | memory | files written |\n|---|---|---|---|---|---|\n", what)
	missed := false
	row := func(name string, c cost, most float64) {
		share := 100 * c.wall.Seconds() / full.wall.Seconds()
		mark := ""
		if most > 0 && share > most {
			mark, missed = fmt.Sprintf(" (goal %g)", most), true
		}
		heavy := ""
		if c.memory > int64(memory)*1e6 {
			heavy, missed = fmt.Sprintf(" (goal %d)", memory), true
		}
		fmt.Printf("| %s | %.2f s | %.1f %%%s | %.2f s | %d MB%s | %d |\n", name, c.wall.Seconds(), share, mark, c.cpu.Seconds(), c.memory/1e6, heavy, c.written)
	}
	row("full", full, 0)
	row("nothing changed", again, 2)
	row("one article changed", one, 3)
	if again.written > 0 {
		return fmt.Errorf("nothing had changed, and %d files were written", again.written)
	}
	if missed && goals {
		return errors.New("a goal was missed")
	}
	return nil
}

// timed builds, and tells what it took.
func timed(press, site, out, cache string) (cost, error) {
	before := stamps(out)
	cmd := exec.Command(press, "build", site, "-d", out, "--cache", cache, "--quiet")
	cmd.Env = append(os.Environ(), "TWINPRESS_NO_CACHE=")
	start := time.Now()
	said, err := cmd.CombinedOutput()
	if err != nil {
		return cost{}, fmt.Errorf("%w\n%s", err, said)
	}
	c := cost{wall: time.Since(start), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if ru, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = ru.Maxrss * 1024 // Linux counts in kB
	}
	for name, stamp := range stamps(out) {
		if before[name] != stamp && filepath.Base(name) != "manifest.json" {
			c.written++
		}
	}
	return c, nil
}

// stamps tells when each file was written.
func stamps(dir string) map[string]time.Time {
	out := map[string]time.Time{}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if st, err := d.Info(); err == nil {
			out[name] = st.ModTime()
		}
		return nil
	})
	return out
}
