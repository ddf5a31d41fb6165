package export

import (
	"github.com/twinpress/twinpress/export/batch"
)

// shareOf gives the editions of a plan that fall to a shard, each issue with its offprints.
func shareOf(plan []edition, shard batch.Shard) []edition {
	if shard == (batch.Shard{}) {
		return plan
	}
	var jobs []batch.Job
	var at []int // of each job in the plan
	for i, e := range plan {
		if e.whole > 0 {
			continue
		}
		jobs = append(jobs, batch.Job{Name: e.name, Work: weightOf(e.issue)})
		at = append(at, i)
	}
	var out []edition
	for _, j := range shard.Share(jobs) {
		out = append(out, plan[at[j]])
		whole := len(out)
		for _, e := range plan {
			if e.whole == at[j]+1 {
				e.whole = whole
				out = append(out, e)
			}
		}
	}
	return out
}
