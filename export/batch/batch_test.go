package batch

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestShare: every job falls to one share, whoever works it out; no share has much more to do than another.
func TestShare(t *testing.T) {
	var jobs []Job
	var all int64
	for i := range 97 {
		j := Job{fmt.Sprintf("issue-%d", i), int64((i*7919)%1000 + 1)}
		jobs, all = append(jobs, j), all+j.Work
	}
	for _, of := range []int{1, 2, 7, 97, 200} {
		seen := map[string]int{}
		for index := 1; index <= of; index++ {
			var work int64
			shuffled := slices.Clone(jobs)
			slices.Reverse(shuffled)
			var names, again []string
			for _, i := range (Shard{index, of}).Share(jobs) {
				names = append(names, jobs[i].Name)
				seen[jobs[i].Name]++
				work += jobs[i].Work
			}
			for _, i := range (Shard{index, of}).Share(shuffled) {
				again = append(again, shuffled[i].Name)
			}
			slices.Sort(names)
			slices.Sort(again)
			if !slices.Equal(names, again) {
				t.Errorf("%d/%d: %q in one order and %q in another", index, of, names, again)
			}
			if most := all/int64(of) + 1000; work > most {
				t.Errorf("%d/%d has %d to do, of %d", index, of, work, all)
			}
		}
		for _, j := range jobs {
			if seen[j.Name] != 1 {
				t.Errorf("of %d, %d shares have %s", of, seen[j.Name], j.Name)
			}
		}
	}
}

// TestAutoShard reads the variables of each engine, as its documentation has them.
func TestAutoShard(t *testing.T) {
	for env, want := range map[string]string{
		"TWINPRESS_SHARD=2/4":                                     "2/4",
		"CI_NODE_INDEX=1 CI_NODE_TOTAL=3 GITLAB_CI=true":          "1/3",
		"CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=3":                 "1/3",
		"BUILDKITE_PARALLEL_JOB=2 BUILDKITE_PARALLEL_JOB_COUNT=3": "3/3",
		"JOB_COMPLETION_INDEX=3 TWINPRESS_SHARDS=4":               "4/4",
		"AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=2":  "2/2",
		"PARALLEL_SEQ=1 TWINPRESS_SHARDS=4":                       "1/4",
		"SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=4 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_STEP=1":    "1/4",
		"SLURM_ARRAY_TASK_ID=14 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_MAX=16 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_STEP=2": "3/4",
		"": "no engine", "TWINPRESS_SHARD=0/4": "no share", "TWINPRESS_SHARD=4": "no share", "JOB_COMPLETION_INDEX=3": "Kubernetes", "CI_NODE_INDEX=4 CI_NODE_TOTAL=3": "GitLab",
		"SLURM_ARRAY_TASK_ID=5": "Slurm", "PARALLEL_SEQ=x TWINPRESS_SHARDS=4": "GNU parallel",
	} {
		vars := map[string]string{}
		for _, v := range strings.Fields(env) {
			name, val, _ := strings.Cut(v, "=")
			vars[name] = val
		}
		got, err := AutoShard(func(name string) string { return vars[name] })
		if err == nil && got.String() != want || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v, want %s", env, got, err, want)
		}
	}
}

func shares() []*Manifest {
	var out []*Manifest
	for i := 1; i <= 3; i++ {
		m := &Manifest{Format: Format, Generator: "twinpress 1", Build: "b", Shard: &Shard{i, 3},
			Editions: []Edition{{Name: fmt.Sprint("issue-", 9-i), Outputs: []Output{{Path: fmt.Sprint("issue-", 9-i, ".pdf"), Bytes: 1}}}}}
		m.Tidy()
		out = append(out, m)
	}
	return out
}

// TestMerge: the whole does not depend on the order of its shares, and a set that is none is refused.
func TestMerge(t *testing.T) {
	written := func(ms []*Manifest) string {
		t.Helper()
		m, err := Merge(ms)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := m.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	turned := shares()
	slices.Reverse(turned)
	if a, b := written(shares()), written(turned); a != b || strings.Index(a, "issue-6") > strings.Index(a, "issue-8") || strings.Contains(a, "shard") {
		t.Errorf("one order gives\n%s\nanother\n%s", a, b)
	}
	for what, spoil := range map[string]func([]*Manifest) []*Manifest{
		"no share":    func([]*Manifest) []*Manifest { return nil },
		"is missing":  func(ms []*Manifest) []*Manifest { return ms[:2] },
		"there twice": func(ms []*Manifest) []*Manifest { return append(ms, ms[1]) },
		"another run": func(ms []*Manifest) []*Manifest { ms[2].Shard = &Shard{3, 4}; return ms },
		"whole run":   func(ms []*Manifest) []*Manifest { ms[0].Shard = nil; return ms },
		"program":     func(ms []*Manifest) []*Manifest { ms[0].Build = "c"; return ms },
		"options":     func(ms []*Manifest) []*Manifest { ms[1].Options.Style = "review"; return ms },
		"template":    func(ms []*Manifest) []*Manifest { ms[1].Inputs = []Input{{Path: "hugo.toml"}}; return ms },
		"in share":    func(ms []*Manifest) []*Manifest { ms[1].Editions = ms[0].Editions; return ms },
	} {
		if _, err := Merge(spoil(shares())); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestRead: what is no manifest, or leads out of its folder, is refused.
func TestRead(t *testing.T) {
	var b bytes.Buffer
	if err := shares()[0].Write(&b); err != nil {
		t.Fatal(err)
	}
	good := b.String()
	if m, err := Read([]byte(good)); err != nil || m.Shard.String() != "1/3" {
		t.Fatal(err)
	}
	for what, spoil := range map[string][2]string{
		"not a manifest":      {good, ""},
		"unknown field":       {`"build"`, `"built"`},
		"of format 2":         {`"format": 1`, `"format": 2`},
		"no share":            {`"index": 1`, `"index": 9`},
		"lie beside it":       {"issue-8.pdf", "../issue-8.pdf"},
		"not lie beside it":   {"issue-8.pdf", "/etc/passwd"},
		"does not lie beside": {"issue-8.pdf", `a\\..\\b`},
	} {
		if _, err := Read([]byte(strings.Replace(good, spoil[0], spoil[1], 1))); err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(what, "unknown ")) && !strings.Contains(err.Error(), "share") {
			t.Errorf("%s: %v", what, err)
		}
	}
}
