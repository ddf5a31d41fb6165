// Hostile builds inputs that are made to break a press, and prints what each cost.
//
//	go run ./.ci/hostile -press BINARY [-only NAME]
//	go run ./.ci/hostile -mutants N [-keep DIR] FOLDER...    spoil good articles N times, and build each
//
// Each must end within 5 seconds and 500 MB of memory, as a build or as a refusal that names a limit; else exit 1. A million
// honest words are built as well, whatever they cost.
package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	seconds   = 5
	megabytes = 500
)

var (
	press   = flag.String("press", "", "the twinpress `BINARY`")
	mutants = flag.Int("mutants", 0, "spoil the articles below the folders so often")
	keep    = flag.String("keep", "", "`DIR` for some of their EPUBs, and for texts that show a fault")
	only    = flag.String("only", "", "inputs whose names hold this")
)

// An input is a site: files by name, of which a.md is the article when it is the only one.
type input struct {
	name  string
	files map[string][]byte
	free  bool // no bound: honest, and large
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("hostile: ")
	flag.Parse()
	if *mutants > 0 {
		ok, err := mutate(*mutants, flag.Args(), *keep)
		if err != nil {
			log.Fatal(err)
		}
		if !ok {
			os.Exit(1)
		}
		return
	}
	if *press == "" {
		flag.Usage()
		os.Exit(2)
	}
	bin, err := filepath.Abs(*press)
	if err != nil {
		log.Fatal(err)
	}
	bad := 0
	fmt.Printf("%-28s %9s %9s %9s  %s\n", "input", "bytes", "seconds", "MB", "came out as")
	for _, in := range inputs() {
		if !strings.Contains(in.name, *only) {
			continue
		}
		ok, err := run(bin, in)
		if err != nil {
			log.Fatal(err)
		}
		if !ok {
			bad++
		}
	}
	if bad > 0 {
		log.Fatalf("%d inputs cost more than %d s or %d MB, or failed without a reason", bad, seconds, megabytes)
	}
}

// run builds one input and prints its row.
func run(bin string, in input) (ok bool, err error) {
	dir, err := os.MkdirTemp("", "twinpress-hostile-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	size := 0
	for name, data := range in.files {
		size += len(data)
		file := filepath.Join(dir, "site", filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, data, 0o644)); err != nil {
			return false, err
		}
	}
	target := filepath.Join(dir, "site")
	if len(in.files) == 1 {
		target = filepath.Join(target, "a.md")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 120*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, "build", target, "-d", filepath.Join(dir, "out"), "--quiet")
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2")
	begun := time.Now()
	out, runErr := cmd.CombinedOutput()
	// What else the machine does must not count: a busy one stretches the clock, not the work.
	took := min(time.Since(begun), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()).Seconds()
	peak := 0.0
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		peak = float64(u.Maxrss) / 1024
	}
	verdict, good := judge(out, runErr)
	if !in.free && (took > seconds || peak > megabytes) {
		verdict, good = verdict+": TOO MUCH", false
	}
	if !good {
		verdict = strings.TrimSpace(verdict) + " <- FAULT"
	}
	fmt.Printf("%-28s %9d %9.2f %9.0f  %s\n", in.name, size, took, peak, verdict)
	return good, nil
}

// judge says what came of a build, and whether that is an end that a publisher can live with.
func judge(out []byte, err error) (string, bool) {
	if bytes.Contains(out, []byte("panic:")) || bytes.Contains(out, []byte("goroutine ")) || bytes.Contains(out, []byte("[internal]")) {
		return "a panic", false
	}
	if err == nil {
		return "built", true
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		return "ended: " + err.Error(), false
	}
	for line := range bytes.Lines(out) {
		if bytes.Contains(line, []byte("[limit]")) {
			_, what, _ := strings.Cut(string(bytes.TrimSpace(line)), "error: ")
			return fmt.Sprintf("refused: %.70s", what), true
		}
	}
	if bytes.Contains(out, []byte("error:")) {
		_, what, _ := strings.Cut(string(out), "error: ")
		what, _, _ = strings.Cut(what, "\n")
		return fmt.Sprintf("refused: %.70s", what), true
	}
	return fmt.Sprintf("failed: %.70s", out), false
}

// article is one Markdown file.
func article(name, body string) input {
	return input{name: name, files: map[string][]byte{"a.md": []byte("---\ntitle: T\nauthor: A\nlanguage: en\n---\n" + body)}}
}

func inputs() []input {
	r := strings.Repeat
	var cells strings.Builder
	cells.WriteString(r("| h ", 200) + "|\n" + r("|---", 200) + "|\n")
	for range 2000 {
		cells.WriteString(r("| c ", 200) + "|\n")
	}
	var list, notes, refs, terms, defs strings.Builder
	for i := range 2000 {
		list.WriteString(r("  ", i) + "- x\n")
	}
	for i := range 100_000 {
		fmt.Fprintf(&notes, "a[^%d] ", i)
		fmt.Fprintf(&defs, "\n[^%d]: n\n", i)
		fmt.Fprintf(&refs, "[r%d]: /x%d\n", i, i)
	}
	for i := range 20_000 {
		fmt.Fprintf(&terms, "Term %d\n: What it is.\n\n", i)
	}
	words := r("The press goes on, and the words of the honest run from line to line as they should. ", 62_500)
	million := ""
	for i := 0; i < len(words); i += 900 {
		million += words[i:min(i+900, len(words))] + "\n\n"
	}
	out := []input{
		article("backticks", "x "+r("`", 4_500_000)),
		article("backtick runs", ticks(3000)),
		article("brackets", r("[", 200_000)),
		article("brackets closed", r("[", 50_000)+"a"+r("]", 50_000)),
		article("stars opening", r("*a ", 300_000)),
		article("stars and underscores", r("*a_ ", 100_000)),
		article("stars in a row", r("a**b", 100_000)),
		article("open links", r("[a](", 50_000)),
		article("open pictures", r("![a](", 50_000)),
		article("deep list", list.String()),
		article("large table", cells.String()),
		article("one line", r("word ", 8_000_000)),
		article("one word", r("a", 10_000_000)),
		article("deep quotes", r("> ", 20_000)+"x"),
		article("open tags", r("<div>", 100_000)),
		article("open comments", r("<!-- ", 100_000)),
		article("less than", r("<", 1_000_000)),
		article("ampersands", r("&", 1_000_000)),
		article("tildes", r("~", 1_000_000)),
		article("pipes", r("|", 1_000_000)),
		article("dollars", r("$a", 500_000)),
		article("backslashes", r("\\", 1_000_000)),
		article("NULs", r("\x00", 1_000_000)),
		article("carriage returns", r("\r", 1_000_000)),
		article("tabs", r("\t", 1_000_000)+"x"),
		article("empty paragraphs", r("x\n\n", 300_000)),
		article("headings", r("# h\n\n", 50_000)),
		article("terms", terms.String()),
		article("many notes", notes.String()+"\n"+defs.String()),
		article("one note often", r("a[^1] ", 100_000)+"\n\n[^1]: n\n"),
		article("open notes", r("^[a ", 100_000)),
		article("link definitions", refs.String()),
		article("shortcodes", r("{{< a >}}", 100_000)),
		article("open shortcodes", r("{{< a ", 100_000)),
		article("nested shortcodes", r("{{< note >}}\n", 20_000)),
		article("templates", r("{% if %}", 100_000)),
		article("tables in tables", r("<table><tr><td>", 20_000)),
		article("spans", `<table><tr><td colspan="1000000000" rowspan="1000000000">x</td></tr></table>`),
		article("fractions", "$$"+r(`\frac{`, 20_000)+"x"+r("}", 20_000)+"$$"),
		article("braces", "$$"+r("{", 100_000)+"$$"),
		article("matrix", "$$\\begin{matrix}"+r("a & ", 50_000)+"\\end{matrix}$$"),
		article("combining marks", "a"+r("\u0301", 100_000)),
		article("embeddings", r("\u202B", 100_000)+"a"),
		article("soft hyphens", r("a\u00ad", 300_000)),
		article("fenced divisions", r("::: {.a}\n", 50_000)),
		article("mojibake", r("â€™", 200_000)),
		article("captions", r("[caption]", 100_000)),
		{name: "a million words", files: map[string][]byte{"a.md": []byte("---\ntitle: T\nlanguage: en\n---\n" + million)}, free: true},
	}
	return slices.Concat(out, atTheBound(), others())
}

// atTheBound are texts that keep every limit, just.
func atTheBound() []input {
	r := strings.Repeat
	return []input{
		article("bound: stars", r("*a_ ", 9900)),
		article("bound: links", r("[a](b ", 19900)),
		article("bound: brackets", r(r("[ ", 990)+"\n\n", 100)),
		article("bound: backticks", r("` a ``", 6600)),
		article("bound: paragraphs of stars", r(r("*a_ ", 2400)+"\n\n", 60)),
		article("bound: tags", r("a <b ", 19900)),
		article("bound: one paragraph", r("word ", 99_000)),
		article("bound: words", r(r("a", 149_000)+" ", 3)),
		article("bound: blocks", r("x\n\n", 59_000)),
		article("bound: table", r("| h ", 20)+"|\n"+r("|---", 20)+"|\n"+r(r("| c ", 20)+"|\n", 2300)),
		article("bound: notes", r("- a[^1]\n", 19_000)+"\n\n[^1]: n\n"),
		article("bound: quotes", r(r("> ", 95)+"x\n\n", 300)),
		article("bound: calls", r("- {{< a >}}\n", 19_000)),
		article("bound: captions", r("[caption] x ", 19_000)),
	}
}

// others are what is not the text: front matter, pictures.
func others() []input {
	r := strings.Repeat
	return []input{
		{name: "YAML bomb", files: map[string][]byte{"a.md": []byte(bomb())}},
		{name: "deep YAML", files: map[string][]byte{"a.md": []byte("---\na: " + r("[", 100_000) + "\n---\nx")}},
		{name: "deep JSON", files: map[string][]byte{"a.md": []byte("{\"a\": " + r("[", 100_000) + "\n}\nx")}},
		{name: "PNG of pixels", files: site("![x](x.png)", "x.png", pixels(60_000, 60_000))},
		{name: "SVG that uses itself", files: site("![x](x.svg)", "x.svg", []byte(uses()))},
		{name: "deep SVG", files: site("![x](x.svg)", "x.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">`+r("<g>", 50_000)+r("</g>", 50_000)+"</svg>"))},
		{name: "SVG of entities", files: site("![x](x.svg)", "x.svg", []byte(laughs()))},
	}
}

// ticks is a text of runs of backticks, each of another length.
func ticks(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		b.WriteString(strings.Repeat("`", i) + " a ")
	}
	return b.String()
}

func site(body, name string, data []byte) map[string][]byte {
	return map[string][]byte{"hugo.toml": []byte("title = 'T'\n"), "content/a.md": []byte("---\ntitle: T\n---\n" + body), "static/" + name: data}
}

// bomb is front matter whose aliases unfold to billions of values.
func bomb() string {
	var b strings.Builder
	b.WriteString("---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return b.String() + "---\nText."
}

// uses is a drawing each of whose groups shows the one before ten times.
func uses() string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs><g id="a0"><rect width="1" height="1"/></g>`)
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&b, `<g id="a%d">%s</g>`, i, strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i-1), 10))
	}
	return b.String() + `</defs><use href="#a11"/></svg>`
}

// laughs is a drawing whose entities unfold to billions of characters.
func laughs() string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE svg [<!ENTITY a0 \"ha\">")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&b, "<!ENTITY a%d \"%s\">", i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	return b.String() + `]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&a11;</text></svg>`
}

// pixels is the head of a PNG that claims to be large.
func pixels(w, h uint32) []byte {
	head := make([]byte, 13)
	binary.BigEndian.PutUint32(head, w)
	binary.BigEndian.PutUint32(head[4:], h)
	head[8], head[9] = 8, 2
	chunk := func(kind string, data []byte) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
		b = append(append(b, kind...), data...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
	}
	return append(append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head)...), chunk("IEND", nil)...)
}
