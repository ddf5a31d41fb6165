#!/usr/bin/env bash
# Runs every fuzz target of the tree for a while, one after the other: FUZZTIME each (default 60s). What breaks one is written to
# its package's testdata/fuzz, and becomes a test by being committed. Exits 1 when a target found something.
set -uo pipefail
cd "$(dirname "$0")/.."
time=${FUZZTIME:-60s}
failed=0 ran=0
while IFS=: read -r file name; do
  pkg=$(dirname "$file")
  case $name in *"${1:-}"*) ;; *) continue ;; esac
  out=$(go test "$pkg" -run '^$' -fuzz "^$name\$" -fuzztime "$time" 2>&1)
  code=$?
  ran=$((ran + 1))
  execs=$(printf '%s\n' "$out" | grep -o 'execs: [0-9]*' | tail -1)
  if [ $code = 0 ]; then
    printf '%-44s %-22s %s\n' "$pkg" "$name" "${execs:-no execs}"
  else
    failed=$((failed + 1))
    printf '%-44s %-22s FOUND SOMETHING\n%s\n' "$pkg" "$name" "$(printf '%s\n' "$out" | tail -25)"
  fi
done < <(grep -rHoE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' . | sed 's/:func /:/' | sort)
printf '%s targets, %s each: %s found something\n' "$ran" "$time" "$failed"
[ "$ran" -gt 0 ] && [ "$failed" = 0 ]
