#!/usr/bin/env bash
# One build shared out by GNU parallel (https://www.gnu.org/software/parallel/): four shares, as many at once as there are processors.
#
#   SITE=site/ OUT=dist .github/recipes/parallel.sh
#
# parallel tells each job which it is (PARALLEL_SEQ); how many there are, TWINPRESS_SHARDS does. With --sshlogin file the jobs go to other
# machines that see the same folders.
set -euo pipefail
: "${SITE:=.}" "${OUT:=dist}" "${TWINPRESS_SHARDS:=4}"
export TWINPRESS_SHARDS
seq "$TWINPRESS_SHARDS" | parallel --halt now,fail=1 twinpress build "$SITE" --dir "$OUT" --quiet --shard auto \; true {}
twinpress merge "$OUT"
twinpress verify "$OUT"
