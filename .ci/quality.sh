#!/usr/bin/env bash
# Sets prose at a measure of 110 mm in 10.5 pt and measures, in the finished PDFs, how evenly the words are spaced.
#
#   .ci/quality.sh            the three articles of prose in samples/, and the four of review-112 when it is there
#   .ci/quality.sh FILE.pdf…  measures these files, without building anything
#
# The definition that counts is ../shared/tools/spacing.py; where it is not at hand, .ci/spacing has the same definition
# and gives the same figures. Needs Go and pdftotext (Debian: poppler-utils). Exits 1 when a limit is passed.
set -euo pipefail
export TWINPRESS_NO_CACHE=1 # what is looked at here is made here
cd "$(dirname "$0")/.."
work=$PWD/.cache/quality
corpus=${CORPUS:-../shared/corpus}
script=../shared/tools/spacing.py
command -v pdftotext >/dev/null || { echo "quality: pdftotext is missing (Debian: apt-get install poppler-utils)" >&2; exit 1; }
rm -rf "$work"
mkdir -p "$work"

prose=(a-small-history-of-nothing the-last-reader les-enseignes)
names=()
if [ $# -gt 0 ]; then
  names=("$@")
else
  go build -o "$work/twinpress" ./cmd/twinpress
  press() { # NAME PATH [FLAGS]: one article as PDF, with the typesetter's report beside it
    local name=$1 path=$2
    shift 2
    "$work/twinpress" build "$path" --quiet --config .ci/quality.yaml --format pdf -d "$work/$name" --layout-report "$work/$name.report" "$@"
    local made
    made=$(find "$work/$name" -name '*.pdf')
    [ "$(wc -l <<<"$made")" = 1 ] && [ -n "$made" ] || { echo "quality: $name: one PDF expected, found: $made" >&2; exit 1; }
    mv "$made" "$work/$name.pdf"
    names+=("$work/$name.pdf")
  }
  for slug in "${prose[@]}"; do press "$slug" samples --article "$slug"; done
  if [ -d "$corpus/review-112" ]; then
    for f in "$corpus"/review-112/content/*/*.md; do press "$(basename "$f" .md)" "$f"; done
  fi
fi

go build -o "$work/spacing" ./.ci/spacing
"$work/spacing" "${names[@]}" >"$work/ours.tsv"
cp "$work/ours.tsv" "$work/spacing.tsv"
by=.ci/spacing
if [ -f "$script" ] && command -v python3 >/dev/null; then
  python3 "$script" "${names[@]}" >"$work/spacing.tsv"
  by=$script
  # Two hands, one definition: when they part, one of them is wrong.
  diff "$work/ours.tsv" "$work/spacing.tsv" || { echo "quality: $script and .ci/spacing differ" >&2; exit 1; }
fi

# Widows, orphans and overfull lines stand in the typesetter's report, one finding a line.
findings() { # WORD FILE: how many findings of that name; a dot without a report
  [ -f "$2" ] || { echo ·; return; }
  grep -cE "^[^#]*\b$1\b" "$2" || true
}

echo "measured by $by; limits: sd 0.14, loose 0.5 %, tight 1 %, hyphens 6 %, no runs of three, no widows, no orphans"
{
  printf 'article\tlines\tsd\tloose %%\ttight %%\thyphens %%\truns\twidows\torphans\toverfull\n'
  tail -n +2 "$work/spacing.tsv" | while IFS=$'\t' read -r file lines _ _ _ sd _ _ loose tight hyph runs _; do
    report=${file%.pdf}.report
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$(basename "$file" .pdf)" "$lines" "${sd:--}" "${loose:--}" "${tight:--}" \
      "${hyph:--}" "${runs:--}" "$(findings widow "$report")" "$(findings orphan "$report")" "$(findings overfull "$report")"
  done
} | awk -F '\t' '
  NR == 1 { printf "%-46s %6s %7s %8s %8s %10s %5s %7s %8s %9s\n", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10; next }
  {
    bad = ""
    if ($3 == "-") bad = bad " too-few-lines"
    else {
      if ($3 > 0.14) bad = bad " sd"
      if ($4 > 0.5) bad = bad " loose"
      if ($5 > 1) bad = bad " tight"
      if ($6 > 6) bad = bad " hyphens"
      if ($7 > 0) bad = bad " runs"
    }
    if ($8 != "·" && $8 > 0) bad = bad " widows"
    if ($9 != "·" && $9 > 0) bad = bad " orphans"
    if ($10 != "·" && $10 > 0) bad = bad " overfull"
    printf "%-46.46s %6s %7s %8s %8s %10s %5s %7s %8s %9s %s\n", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (bad == "" ? "" : " <-" bad)
    if (bad != "") failed++
    n++
  }
  END {
    if (n == 0) { print "quality: nothing was measured"; exit 1 }
    if (failed) { printf "%d of %d over a limit\n", failed, n; exit 1 }
    printf "%d within the limits\n", n
  }'
