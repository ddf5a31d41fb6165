#!/usr/bin/env bash
# What must hold of the source itself. Needs Go and a C compiler (for the race detector); the tools are those that go.mod
# pins. Prints what each guard found and fails when one found anything, or could not run.
set -uo pipefail
cd "$(dirname "$0")/.."
outside=(./.ci/archive ./.ci/bench ./.ci/corpus ./.ci/hostile ./.ci/outsider ./.ci/parity ./.ci/picture ./.ci/spacing ./.ci/validate ./samples/_figures) # folders that ./... passes over
bad=0

# guard NAME COMMAND...: the command must succeed and say nothing (of the modules that Go fetches on a new machine, too).
guard() {
  local name=$1 out ok=1
  shift
  out=$("$@" 2>&1) || ok=0
  out=$(grep -v '^go: downloading ' <<<"$out")
  if [ $ok = 1 ] && [ -z "$out" ]; then
    echo "ok   $name"
  else
    printf '%s\n' "$out"
    echo "FAIL $name"
    bad=1
  fi
}

unformatted() { gofmt -l cmd export layout fonts samples .ci; }

# raced tests with the race detector; nothing is taken from the cache of test results. Those that build much of what others build too, by
# the same goroutines, are left to make test: under the detector they took two thirds of the time.
again='Test(OpensNothingElse|Logo|LogoOnCovers|LeadMissing|LeadSnapped|OwnCover|BrokenCover|CoverPlaces|OverPicture|Cover|WrapPicture|Wrap|Parity|ParityShared|ParityPlants|ParityFinds|BindOne|OffprintEPUB|Catalogue|VolumeCatalogue|FactsInFiles|Stopped|NilAndEndless|LockMoves|LockStays|ReferencePages)'
raced() { go test -race -count=1 -timeout 25m -skip "^$again\$" ./... >"$log" 2>&1 || { cat "$log"; return 1; }; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# proves shows each tool a program with the fault that it is there for.
proves() {
  local dir
  dir=$(mktemp -d .ci/.prove.XXXX) || return 1
  cat >"$dir/main.go" <<'FAULTS'
package main

import "sync"

func dead() {}

func main() {
	n := 0
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { n++ })
	}
	both.Wait()
	println(n)
}
FAULTS
  grep -q U1000 <<<"$(go tool staticcheck "./$dir" 2>&1)" || echo "staticcheck finds no unused function"
  grep -q 'unreachable func: dead' <<<"$(go tool deadcode "./$dir" 2>&1)" || echo "deadcode finds no dead function"
  grep -q 'DATA RACE' <<<"$(go run -race "./$dir" 2>&1)" || echo "the race detector finds no race"
  rm -rf "$dir"
}

# outsider runs a program of another module against this one.
outsider() {
  local dir root=$PWD
  dir=$(mktemp -d)
  cp .ci/outsider/main.go go.sum "$dir"
  (
    cd "$dir" &&
      go mod init example.org/outsider 2>/dev/null &&
      go mod edit -require github.com/twinpress/twinpress@v0.0.0 -replace "github.com/twinpress/twinpress=$root" &&
      GOFLAGS=-mod=mod go run . 2>&1 | grep -v '^go: ' # what it resolved
    exit "${PIPESTATUS[0]}"
  )
  local code=$?
  rm -rf "$dir"
  return $code
}

# elsewhere: the other systems that we release for must at least compile, tests and all.
elsewhere() {
  local target
  for target in windows/amd64 darwin/arm64; do
    GOOS=${target%/*} GOARCH=${target#*/} CGO_ENABLED=0 go vet ./cmd/... ./export ./export/hugo ./export/internal/cache ./fonts || return 1
  done
}

# size: the stripped binary must not grow beyond what it is; 25 MB are wanted.
size() {
  local bin
  bin=$(mktemp)
  CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$bin" ./cmd/twinpress || return 1
  [ "$(stat -c %s "$bin")" -le 38500000 ] || echo "the stripped binary has $(stat -c %s "$bin") bytes: more than 38,500,000"
  rm -f "$bin"
}

guard 'tools object to faults' proves
guard 'gofmt' unformatted
guard 'go mod tidy' go mod tidy -diff
guard 'go vet' go vet ./... "${outside[@]}"
guard 'staticcheck' go tool staticcheck ./... "${outside[@]}"
guard 'other systems compile' elsewhere
guard 'size' size
guard 'no dead code' go tool deadcode -test ./... "${outside[@]}"
guard 'a program outside the module' outsider
guard 'no race' raced
exit $bad
