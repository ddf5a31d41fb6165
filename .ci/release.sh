#!/usr/bin/env bash
# Makes a release into dist/release: static binaries of six targets, archives with man page and completions, deb and rpm, checksums, an SBOM
# of each binary, manifests for Homebrew and Scoop. Nothing is published. The tools are Go programs of pinned versions, kept in .cache/tools.
#
#   .ci/release.sh            once
#   .ci/release.sh --twice    twice, and compares all bytes
#   .ci/release.sh --texts    only the man page and the completions, into .cache/release
#   .ci/release.sh --try BIN  run a static binary with nothing around it: another user, an empty root that cannot be written, no environment
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
goreleaser=v2.12.7 cyclonedx=v1.9.0
tools=$root/.cache/tools
die() { printf 'release: %s\n' "$*" >&2; exit 1; }

texts() {
  local out=.cache/release
  rm -rf "$out" && mkdir -p "$out"
  CGO_ENABLED=0 go build -trimpath -buildvcs=false -o .cache/twinpress ./cmd/twinpress
  .cache/twinpress man >"$out/twinpress.1"
  for shell in bash zsh fish powershell; do .cache/twinpress completion $shell >"$out/twinpress.$shell"; done
}

# try BIN: what a container of nothing but the binary gives.
try() {
  local bin=$1 dir
  file -b "$bin" | grep -q 'statically linked' || die "$bin is not static"
  command -v unshare >/dev/null && [ "$(id -u)" = 0 ] || { echo "NOT RUN: the binary alone (needs root and unshare)"; return 0; }
  dir=$(mktemp -d)
  mkdir -p "$dir/root/site" "$dir/root/out" "$dir/root/proc"
  cp "$bin" "$dir/root/twinpress"
  cp -r samples/. "$dir/root/site"
  chmod -R a+rX "$dir" && chmod 777 "$dir/root/out"
  unshare --mount bash -euc "
    mount --bind '$dir/root' '$dir/root' && mount -o remount,bind,ro '$dir/root'
    mount -t tmpfs -o mode=777 none '$dir/root/out'
    cd / && env -i $(command -v chroot) --userspec=65534:65534 '$dir/root' /twinpress build /site -d /out --quiet
    env -i $(command -v chroot) --userspec=65534:65534 '$dir/root' /twinpress verify /out" || die "the binary alone does not work"
  rm -rf "$dir"
  echo "ok  alone: static, as nobody, no environment, a root that cannot be written"
}

case ${1:-} in
--texts) texts; exit ;;
--try) try "${2:?a binary}"; exit ;;
esac

mkdir -p "$tools"
[ -x "$tools/goreleaser" ] || GOBIN=$tools go install "github.com/goreleaser/goreleaser/v2@$goreleaser" || die "goreleaser could not be fetched"
[ -x "$tools/cyclonedx-gomod" ] || GOBIN=$tools go install "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@$cyclonedx" || die "cyclonedx-gomod could not be fetched"
export PATH=$tools:$PATH
[ -z "$(git status --porcelain)" ] || die "there are changes that are not committed"

make_release() { goreleaser release --snapshot --clean >"$root/.cache/release.log" 2>&1 || { tail -40 "$root/.cache/release.log"; die "goreleaser failed"; }; }
make_release
if [ "${1:-}" = --twice ]; then
  rm -rf .cache/release.first
  mv dist/release .cache/release.first
  make_release
  # An SBOM bears a serial number and a time of its own; what it lists is in the binary, which is compared.
  diff -r --exclude='*.cdx.json' --exclude=metadata.json --exclude=artifacts.json --exclude=SHA256SUMS .cache/release.first dist/release || die "two releases differ"
  rm -rf .cache/release.first
  echo "ok  twice: the same bytes"
fi
try "$(find dist/release -path '*linux_amd64*' -name twinpress -type f | head -1)"
ls -l dist/release | awk 'NR > 1 {print $5, $9}'
