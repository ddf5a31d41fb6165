package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// A trial is a small site, what an undisturbed build makes of it, and how long that takes.
type trial struct {
	press, dir, site string
	want             map[string][]byte
	takes            time.Duration
}

// trials disturbs builds in all the ways in which the world does, and holds what is left against an undisturbed build's.
func trials(press, dir string, kills int) error {
	press, err := filepath.Abs(press)
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // others are to read it, too
		return err
	}
	t := &trial{press: press, dir: dir, site: filepath.Join(dir, "site")}
	if err := generate("samples", t.site, 16, 8); err != nil {
		return err
	}
	start := time.Now()
	if code, said := t.build("whole"); code != 0 {
		return fmt.Errorf("an undisturbed build: exit %d\n%s", code, said)
	}
	t.takes = time.Since(start)
	if t.want, err = content(t.at("whole")); err != nil || len(t.want) != 2*8+1 {
		return fmt.Errorf("%d files, %w", len(t.want), err)
	}
	for _, one := range []struct {
		what string
		try  func() error
	}{
		{fmt.Sprintf("killed %d times", kills), func() error { return t.killed(kills) }},
		{"two runs into one folder", t.twice},
		{"a full disk", t.full},
		{"an article that cannot be read", t.unreadable},
		{"a folder that cannot be written", t.readOnly},
	} {
		err := one.try()
		switch {
		case errors.Is(err, errNotRun):
			fmt.Printf("NOT RUN  %s: %v\n", one.what, err)
		case err != nil:
			return fmt.Errorf("%s: %w", one.what, err)
		default:
			fmt.Println("ok       " + one.what)
		}
	}
	return nil
}

var errNotRun = errors.New("this machine does not let us")

func (t *trial) at(name string) string { return filepath.Join(t.dir, name) }

func (t *trial) command(out string, flags ...string) *exec.Cmd {
	cmd := exec.Command(t.press, append([]string{"build", t.site, "-d", t.at(out)}, flags...)...)
	cmd.Env = append(os.Environ(), "TWINPRESS_NO_CACHE=", "TWINPRESS_CACHE="+t.at(out+".cache"))
	return cmd
}

// build runs to the end, and gives the exit code and what was said.
func (t *trial) build(out string, flags ...string) (int, string) {
	return ended(t.command(out, flags...))
}

func ended(cmd *exec.Cmd) (int, string) {
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		return -1, err.Error()
	}
	return cmd.ProcessState.ExitCode(), string(said)
}

// content reads a folder; files whose names begin with a dot are told by their names alone.
func content(dir string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[rel] = data
		return err
	})
	return out, err
}

// whole reports a file that is not as the undisturbed build has it; with all, also one that is missing or too many.
func (t *trial) whole(out string, all bool) error {
	got, err := content(t.at(out))
	if err != nil && (all || !errors.Is(err, fs.ErrNotExist)) {
		return err
	}
	for name, data := range got {
		hidden := strings.HasPrefix(filepath.Base(name), ".")
		switch {
		case hidden && all:
			return fmt.Errorf("%s was left", name)
		case hidden:
		case !bytes.Equal(data, t.want[name]):
			return fmt.Errorf("%s has %d bytes, not the %d of an undisturbed build", name, len(data), len(t.want[name]))
		}
	}
	for name := range t.want {
		if all && got[name] == nil {
			return fmt.Errorf("%s is missing", name)
		}
	}
	return nil
}

// killed kills builds at random moments: nothing but whole files is ever there, and the next run ends what they began.
func (t *trial) killed(times int) error {
	lots := rand.New(rand.NewPCG(7, 7))
	for n := range times {
		out := fmt.Sprint("killed-", n)
		for range 1 + lots.IntN(2) {
			cmd := t.command(out, "--jobs", fmt.Sprint(1+lots.IntN(4)))
			if err := cmd.Start(); err != nil {
				return err
			}
			time.Sleep(time.Duration(lots.Int64N(int64(t.takes))))
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			if err := t.whole(out, false); err != nil {
				return err
			}
		}
		if code, said := t.build(out); code != 0 {
			return fmt.Errorf("the next run: exit %d\n%s", code, said)
		}
		if err := t.whole(out, true); err != nil {
			return fmt.Errorf("after the next run: %w", err)
		}
		if err := errors.Join(os.RemoveAll(t.at(out)), os.RemoveAll(t.at(out+".cache"))); err != nil {
			return err
		}
	}
	return nil
}

func (t *trial) twice() error {
	type end struct {
		code int
		said string
	}
	ends := make(chan end, 2)
	for range 2 {
		go func() {
			code, said := t.build("both")
			ends <- end{code, said}
		}()
	}
	for range 2 {
		if e := <-ends; e.code != 0 {
			return fmt.Errorf("exit %d\n%s", e.code, e.said)
		}
	}
	return t.whole("both", true)
}

// full gives a build a disk that is too small, then one that is not.
func (t *trial) full() error {
	out := t.at("small")
	if err := os.Mkdir(out, 0o777); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", out, "tmpfs", 0, "size=1m"); err != nil {
		return fmt.Errorf("%w: %w", errNotRun, err)
	}
	defer syscall.Unmount(out, 0)
	code, said := t.build("small", "--cache", t.at("small-cache"))
	if code != 1 || !strings.Contains(said, "no space left") {
		return fmt.Errorf("exit %d\n%s", code, said)
	}
	// A manifest that found room tells of the editions that found none.
	if err := os.Remove(filepath.Join(out, "manifest.json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := t.whole("small", false); err != nil {
		return err
	}
	// A cache that is full is no failure.
	code, said = t.build("elsewhere", "--cache", out)
	if code != 0 || !strings.Contains(said, "could not take everything") {
		return fmt.Errorf("with a full cache: exit %d\n%s", code, said)
	}
	if err := t.whole("elsewhere", true); err != nil {
		return err
	}
	if err := syscall.Mount("", out, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		return fmt.Errorf("%w: %w", errNotRun, err)
	}
	if err := os.RemoveAll(filepath.Join(out, "v1")); err != nil {
		return err
	}
	_ = os.Remove(filepath.Join(out, "CACHEDIR.TAG"))
	if code, said := t.build("small", "--cache", t.at("small-cache")); code != 0 {
		return fmt.Errorf("with room: exit %d\n%s", code, said)
	}
	return t.whole("small", true)
}

// asNobody runs a command as a user whom permissions bind.
func asNobody(cmd *exec.Cmd) *exec.Cmd {
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	cmd.Dir = "/"
	return cmd
}

func (t *trial) unreadable() error {
	locked := filepath.Join(t.site, "content/articles/piece-5/index.md")
	if err := os.Chmod(locked, 0); err != nil {
		return err
	}
	defer os.Chmod(locked, 0o666)
	out := t.at("unread")
	if err := errors.Join(os.Mkdir(out, 0o777), os.Chmod(out, 0o777)); err != nil {
		return err
	}
	code, said := ended(asNobody(t.command("unread", "--no-cache")))
	if code != 1 || !strings.Contains(said, "piece-5/index.md: error: cannot be read: permission denied [unreadable]") {
		return fmt.Errorf("exit %d\n%s", code, said)
	}
	if got, err := content(out); err != nil || len(got) != len(t.want) {
		return fmt.Errorf("%d files of %d, %w", len(got), len(t.want), err)
	}
	return nil
}

func (t *trial) readOnly() error {
	out := t.at("locked")
	if err := os.Mkdir(out, 0o555); err != nil {
		return err
	}
	start := time.Now()
	code, said := ended(asNobody(t.command("locked", "--no-cache")))
	if code != 1 || !strings.Contains(said, "permission denied") || !strings.Contains(said, "output folder") {
		return fmt.Errorf("exit %d\n%s", code, said)
	}
	if took := time.Since(start); took > t.takes/2 {
		return fmt.Errorf("it was found after %v, where a build takes %v", took, t.takes)
	}
	return nil
}
