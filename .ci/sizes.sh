#!/usr/bin/env bash
# The same article from four typesetters, at the same measure and size: pages, bytes, fonts, tags.
set -euo pipefail
export TWINPRESS_NO_CACHE=1 # what is looked at here is made here
cd "$(dirname "$0")/.."
corpus=${CORPUS:-../shared/corpus}
anchors=${ANCHORS:-../shared/anchors}
work=$PWD/.cache/sizes
rm -rf "$work"
mkdir -p "$work"
command -v pdfinfo >/dev/null || { echo "sizes: pdfinfo is missing (Debian: apt-get install poppler-utils)" >&2; exit 1; }
go build -o "$work/twinpress" ./cmd/twinpress
article=$corpus/review-112/content/platypus-review/2018-12-02-topple-stalinist-bureaucracy.md
[ -f "$article" ] || article=samples/content/articles/a-small-history-of-nothing.md
"$work/twinpress" build "$article" --quiet --config .ci/quality.yaml -d "$work/out"
row() { # LABEL FILE
  local bytes
  bytes=$(wc -c <"$2")
  case $2 in
  *.pdf)
    printf '%-34s %9d %6s %6s  %s\n' "$1" "$bytes" "$(pdfinfo "$2" | awk '/^Pages:/ {print $2}')" \
      "$(pdffonts "$2" | tail -n +3 | wc -l)" "$(pdfinfo "$2" | awk '/^Tagged:/ {print $2}')" ;;
  *) printf '%-34s %9d\n' "$1" "$bytes" ;;
  esac
}
echo "$(basename "$article"), 110 mm, 10.5 pt"
printf '%-34s %9s %6s %6s  %s\n' "" bytes pages fonts tagged
for f in "$work"/out/*; do row "twinpress ${f##*.}" "$f"; done
if [ "${article#samples}" = "$article" ]; then
  for f in "$anchors"/seed-*.pdf "$anchors"/seed-*.epub; do
    [ -f "$f" ] && row "$(basename "$f" | sed 's/^seed-//; s/\.\([a-z]*\)$/ \1/')" "$f"
  done
fi
