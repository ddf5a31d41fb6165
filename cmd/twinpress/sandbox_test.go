//go:build linux

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestOpensNothingElse watches a whole build of a site that tries to reach out of itself: what it opens lies in the site, in the
// destination or the cache, or is what any Go program asks of its system; and it opens no connection.
func TestOpensNothingElse(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("NOT RUN: strace is not installed")
	}
	dir := t.TempDir()
	bin, site, out, cache := filepath.Join(dir, "twinpress"), filepath.Join(dir, "site"), filepath.Join(dir, "out"), filepath.Join(dir, "cache")
	if msg, err := exec.Command("go", "build", "-buildvcs=false", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	outside := filepath.Join(dir, "outside.md")
	write := func(name, text string) {
		file := filepath.Join(site, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("hugo.toml", "title = 'T'\nbaseURL = 'https://t.example/'\nstaticDir = ['static', '../..']\n")
	write("content/a.md", "---\ntitle: A\nissue: 1\nimage: ../../outside.md\n---\n![x](../../../outside.md) ![y](/../outside.md) ![z](https://t.example/z.png) "+
		"![p](file:///etc/passwd) ![q](/etc/passwd) ![f](/pipe.png) {{< readfile \"/etc/passwd\" >}} [l](../../outside.md)\n")
	write("content/odd \"n\xffame'\n.md", "---\ntitle: Odd\nissue: 1\n---\nText.\n")
	write("layouts/shortcodes/readfile.html", `{{ readFile "/etc/passwd" }}{{ .Get 0 }}`)
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{os.MkdirAll(filepath.Join(site, "static"), 0o755), syscall.Mkfifo(filepath.Join(site, "static/pipe.png"), 0o644),
		syscall.Mkfifo(filepath.Join(site, "content/pipe.md"), 0o644)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	log := filepath.Join(dir, "log")
	cmd := exec.Command(strace, "-f", "-qq", "-e", "trace=open,openat,connect,socket,execve", "-s", "400", "-o", log, bin, "build", site, "-d", out, "--cache", cache, "--quiet")
	done := make(chan error, 1)
	var told bytes.Buffer
	cmd.Stdout, cmd.Stderr = &told, &told
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { done <- cmd.Wait() }()
	select {
	case <-done: // it may refuse what is asked of it: that it says so is looked at elsewhere
	case <-time.After(time.Minute):
		_ = cmd.Process.Kill()
		t.Fatal("the build hangs")
	}
	if strings.Contains(told.String(), "ptrace") {
		t.Skip("NOT RUN: strace may not trace here: " + told.String())
	}
	if bytes.Contains(told.Bytes(), []byte("secret")) {
		t.Errorf("what lies outside is told:\n%s", told.Bytes())
	}
	f, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	opened := regexp.MustCompile(`open(?:at)?\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)"(.*)$`)
	lines, ours := 0, 0
	for s := bufio.NewScanner(f); s.Scan(); lines++ {
		line := s.Text()
		if strings.Contains(line, "connect(") || strings.Contains(line, "socket(AF_INET") || strings.Contains(line, "execve(") && !strings.Contains(line, bin) {
			t.Errorf("the build reaches out: %s", line)
		}
		m := opened.FindStringSubmatch(line)
		if m == nil || strings.Contains(m[2], "= -1 ") {
			continue // or else it is opened, or another thread cut the line short before that was known
		}
		switch name := m[1]; {
		case strings.HasPrefix(name, site), strings.HasPrefix(name, out):
			ours++
		case strings.HasPrefix(name, cache), name == bin: // on which what is cached depends
		case strings.HasPrefix(name, "/proc/"), strings.HasPrefix(name, "/sys/"), strings.HasPrefix(name, "/dev/null"), strings.HasPrefix(name, "/etc/ld.so"),
			strings.HasPrefix(name, "/lib"), strings.HasPrefix(name, "/usr/lib"), strings.HasPrefix(name, "/etc/mime"), strings.HasPrefix(name, "/usr/share/mime"),
			strings.HasPrefix(name, "/usr/local/share/mime"), strings.HasPrefix(name, "/etc/apache"), strings.HasPrefix(name, "/usr/share/zoneinfo"), name == "/etc/localtime":
		case name == dir: // where the site and the destination are looked for
		default:
			t.Errorf("the build opens %s", name)
		}
	}
	if ours < 4 {
		t.Errorf("only %d of %d lines show files of the site; is the log what it seems?", ours, lines)
	}
}
