package batch

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Shard is a share of a run: the first, second … of so many.
type Shard struct {
	Index int `json:"index"` // from 1
	Of    int `json:"of"`
}

// String writes it as people do: 2/4.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

// File is the name of the shard's manifest: shards may share an output folder.
func (s Shard) File() string { return fmt.Sprintf("manifest-%d-of-%d.json", s.Index, s.Of) }

func (s Shard) check() error {
	if s.Index < 1 || s.Of < 1 || s.Index > s.Of {
		return fmt.Errorf("share %s: the first of four is 1/4, the last 4/4", s)
	}
	return nil
}

// ParseShard reads "2/4".
func ParseShard(text string) (Shard, error) {
	a, b, ok := strings.Cut(text, "/")
	i, err := strconv.Atoi(a)
	n, err2 := strconv.Atoi(b)
	s := Shard{i, n}
	if !ok || err != nil || err2 != nil || s.check() != nil {
		return Shard{}, fmt.Errorf("%q is no share: the first of four is 1/4, the last 4/4", text)
	}
	return s, nil
}

// A Job is work that one machine does as a whole.
type Job struct {
	Name string // by which it is known wherever the work is shared out
	Work int64  // how much it is expected to be
}

// Share gives the places of the jobs that fall to a shard. Every machine works it out alone, from the jobs only: the largest first, each to the share
// that has least to do (Graham 1969: never more than 4/3 of the best that can be had).
func (s Shard) Share(jobs []Job) (places []int) {
	order := make([]int, len(jobs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(jobs[b].Work, jobs[a].Work), strings.Compare(jobs[a].Name, jobs[b].Name))
	})
	load := make([]int64, s.Of)
	for _, i := range order {
		least := 0
		for k := range load {
			if load[k] < load[least] {
				least = k
			}
		}
		load[least] += max(jobs[i].Work, 1)
		if least == s.Index-1 {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	return places
}

// An engine is a program that runs one job many times, and tells each run which it is.
type engine struct {
	name         string
	index, total string // its variables; total may be our own, where the engine tells none
	from         int    // of the first run
}

// engines are looked for in this order. TWINPRESS_SHARD stands for all that tell nothing of themselves.
var engines = []engine{
	{"GitLab CI (parallel)", "CI_NODE_INDEX", "CI_NODE_TOTAL", 1},                            // docs.gitlab.com/ci/variables/predefined_variables
	{"CircleCI (parallelism)", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0},                  // circleci.com/docs/variables
	{"Buildkite (parallelism)", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0}, // buildkite.com/docs/pipelines/environment-variables
	{"Kubernetes (Indexed Job)", "JOB_COMPLETION_INDEX", "TWINPRESS_SHARDS", 0},              // kubernetes.io/docs/concepts/workloads/controllers/job
	{"AWS Batch (array)", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0},        // docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
	{"GNU parallel", "PARALLEL_SEQ", "TWINPRESS_SHARDS", 1},                                  // gnu.org/software/parallel/man.html
}

// AutoShard finds the share that the engine which runs this process means; env gives a variable of the environment.
func AutoShard(env func(string) string) (Shard, error) {
	if s := env("TWINPRESS_SHARD"); s != "" {
		return ParseShard(s)
	}
	// Slurm's arrays begin where the user says, and go in steps.
	if id := env("SLURM_ARRAY_TASK_ID"); id != "" {
		return slurmShard(env)
	}
	var names []string
	for _, e := range engines {
		names = append(names, e.name)
		index := env(e.index)
		if index == "" {
			continue
		}
		total := env(e.total)
		i, err := strconv.Atoi(index)
		n, err2 := strconv.Atoi(total)
		s := Shard{i - e.from + 1, n}
		if err != nil || err2 != nil || s.check() != nil {
			return Shard{}, fmt.Errorf("%s: %s is %q and %s is %q, which is no share of a run", e.name, e.index, index, e.total, total)
		}
		return s, nil
	}
	return Shard{}, fmt.Errorf("no engine that shares out work was found (known: TWINPRESS_SHARD=2/4, Slurm (array), %s)", strings.Join(names, ", "))
}

// slurmShard reads what Slurm tells of an array job (slurm.schedmd.com/job_array.html).
func slurmShard(env func(string) string) (Shard, error) {
	number := func(name string, otherwise int) int {
		if n, err := strconv.Atoi(env(name)); err == nil {
			return n
		}
		return otherwise
	}
	id, least, step := number("SLURM_ARRAY_TASK_ID", -1), number("SLURM_ARRAY_TASK_MIN", 0), number("SLURM_ARRAY_TASK_STEP", 1)
	s := Shard{(id-least)/max(step, 1) + 1, number("SLURM_ARRAY_TASK_COUNT", 0)}
	if id < least || s.check() != nil {
		return Shard{}, fmt.Errorf("array of Slurm: task %q of %q, from %q: no share of a run", env("SLURM_ARRAY_TASK_ID"), env("SLURM_ARRAY_TASK_COUNT"), env("SLURM_ARRAY_TASK_MIN"))
	}
	return s, nil
}
