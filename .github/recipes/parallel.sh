#!/usr/bin/env bash
# One build shared out by GNU parallel (https://www.gnu.org/software/parallel/): four shares, as many at once as there are processors.
#
#   SITE=site/ OUT=dist .github/recipes/parallel.sh
#
# parallel tells each job which it is (PARALLEL_SEQ); how many there are, TWINPRESS_SHARDS does. Options of parallel may follow: with
# --sshlogin a,b the jobs go to other machines that see the same folders.
set -euo pipefail
: "${SITE:=.}" "${OUT:=dist}" "${TWINPRESS_SHARDS:=4}"
export SITE OUT TWINPRESS_SHARDS
# shellcheck disable=SC2016 # the job's own shell puts the names in, whatever characters they have
seq "$TWINPRESS_SHARDS" | parallel --halt now,fail=1 --workdir "$PWD" --env SITE --env OUT --env TWINPRESS_SHARDS "$@" \
  'twinpress build "$SITE" --dir "$OUT" --quiet --shard auto # {}'
twinpress merge "$OUT"
twinpress verify "$OUT"
