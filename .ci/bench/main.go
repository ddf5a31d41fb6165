// Bench times whole processes, as a publisher meets them: from the shell's point of view, start-up and all.
//
//	go run .ci/bench/main.go -press BINARY [-n 15] ARTICLE.md...
//
// prints, for each article, the median and the least time of building it in both formats, beside the time that an empty
// Go program takes on the same machine at the same moment.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	press := flag.String("press", "", "the twinpress `BINARY`")
	n := flag.Int("n", 15, "runs of each")
	flag.Parse()
	if *press == "" || flag.NArg() == 0 || *n < 1 {
		flag.Usage()
		os.Exit(2)
	}
	dir, err := os.MkdirTemp("", "twinpress-bench-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty+".go", []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		log.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", empty, empty+".go").CombinedOutput(); err != nil {
		log.Fatalf("build the empty program: %v\n%s", err, out)
	}
	abs, err := filepath.Abs(*press)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%-52s %10s %10s\n", fmt.Sprintf("whole process, %d runs", *n), "median ms", "least ms")
	row := func(name string, cmd ...string) {
		median, least := timed(*n, cmd)
		fmt.Printf("%-52.52s %10.1f %10.1f\n", name, ms(median), ms(least))
	}
	row("an empty Go program", empty)
	row("twinpress version", abs, "version")
	for _, a := range flag.Args() {
		name := filepath.Base(a)
		for _, f := range []string{"epub", "pdf", "epub,pdf"} {
			flags := []string{abs, "build", a, "--quiet", "--format", f, "-d", filepath.Join(dir, "out")}
			if f == "epub" {
				flags = append(flags, "--no-page-list") // the text alone, without the layout
			}
			row(f+" of "+name, flags...)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// timed runs a command n times, and once before to warm the disk's cache.
func timed(n int, cmd []string) (median, least time.Duration) {
	var all []time.Duration
	for i := range n + 1 {
		start := time.Now()
		if out, err := exec.Command(cmd[0], cmd[1:]...).CombinedOutput(); err != nil {
			log.Fatalf("%v: %v\n%s", cmd, err, out)
		}
		if i > 0 {
			all = append(all, time.Since(start))
		}
	}
	slices.Sort(all)
	return all[len(all)/2], all[0]
}
