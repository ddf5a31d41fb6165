#!/usr/bin/env bash
# One build shared out by Slurm (https://slurm.schedmd.com/job_array.html): an array of four jobs, and one that puts together what they made.
#
#   sbatch --wait .github/recipes/slurm.sh         SITE and OUT, in the environment, say what is built, and where to
#
# Slurm tells each job of the array which it is. All see the same folders.
#SBATCH --job-name=twinpress
#SBATCH --array=1-4
#SBATCH --output=twinpress-%A-%a.log
set -euo pipefail
: "${SITE:=.}" "${OUT:=dist}"
export OUT
if [ "$SLURM_ARRAY_TASK_ID" = "$SLURM_ARRAY_TASK_MIN" ]; then # the first sees to it that somebody merges
  # shellcheck disable=SC2016 # the job's own shell puts the name in, whatever characters it has
  sbatch --dependency="afterok:$SLURM_ARRAY_JOB_ID" --kill-on-invalid-dep=yes --job-name=twinpress-merge --output=twinpress-merge.log \
    --wrap 'twinpress merge "$OUT" && twinpress verify "$OUT"'
fi
twinpress build "$SITE" --dir "$OUT" --quiet --shard auto
