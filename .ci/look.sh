#!/usr/bin/env bash
# Pictures to look at, in dist/look: the sample issue's pages in each style, and its EPUB in a browser's window.
# Needs pdftoppm (poppler-utils) and, for the EPUB, what make conformance has fetched.
set -euo pipefail
export TWINPRESS_NO_CACHE=1 # what is looked at here is made here
cd "$(dirname "$0")/.."
path=${1:-samples}
look=$PWD/dist/look
tools=$PWD/.cache/conformance
work=$PWD/.cache/look
rm -rf "$look" "$work"
mkdir -p "$look" "$work"
go build -o "$work/twinpress" ./cmd/twinpress
for style in book review broadsheet; do
  "$work/twinpress" build "$path" --quiet --style $style --format pdf -d "$work/$style"
  for f in "$work/$style"/*.pdf; do
    pdftoppm -r "${DPI:-80}" -png "$f" "$look/$style-$(basename "$f" .pdf)"
  done
done
"$work/twinpress" build "$path" --quiet --format epub -d "$work/epub"
if [ -d "$tools/ace/node_modules" ]; then
  export PUPPETEER_EXECUTABLE_PATH=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
  for f in "$work"/epub/*.epub; do
    name=$(basename "$f" .epub)
    mkdir -p "$work/unpacked/$name"
    unzip -q -o "$f" -d "$work/unpacked/$name"
    (cd "$tools/ace" && node "$OLDPWD/.ci/look.js" "$look/epub-$name" "$work/unpacked/$name")
  done
else
  echo "look: no pictures of the EPUB: make conformance fetches the browser's driver" >&2
fi
ls "$look" | wc -l | xargs echo "files in dist/look:"
