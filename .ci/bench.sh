#!/usr/bin/env bash
# Whole-process times: one article, both formats, beside the time of an empty Go program.
set -euo pipefail
export TWINPRESS_NO_CACHE=1 # what is looked at here is made here
cd "$(dirname "$0")/.."
corpus=${CORPUS:-../shared/corpus}
work=$PWD/.cache/bench
mkdir -p "$work"
go build -o "$work/twinpress" ./cmd/twinpress
articles=(samples/content/articles/a-small-history-of-nothing.md)
topple=$corpus/review-112/content/platypus-review/2018-12-02-topple-stalinist-bureaucracy.md
if [ -f "$topple" ]; then articles+=("$topple"); fi
go run .ci/bench/main.go -press "$work/twinpress" -n "${RUNS:-15}" "${articles[@]}"
