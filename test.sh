#!/usr/bin/env bash
# Restores, builds and tests. Ends with one line: N passed, N failed, N skipped.
#   ./test.sh             the everyday tier
#   ./test.sh --all       adds the long tier (tests marked Speed=Slow), and those of data that may not be handed on
#   ./test.sh --coverage  adds the line coverage of the library Kelvin
# With CI=true warnings are errors and the package lock files must fit. Where it may (root and apt), it installs
# Debian's chromium for the browser tests; where it may not, those tests are skipped and say so.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

filter=(--filter-not-trait "Speed=Slow")
[ -n "${KELVIN_STORIES260K:-}" ] || filter+=("Data=Stories260K")
coverage=false
for argument in "$@"; do
  case $argument in
    --all) filter=() ;;
    --coverage) coverage=true ;;
    *) echo "error: '$argument' is not understood; ./test.sh [--all] [--coverage]" >&2; exit 2 ;;
  esac
done

if [ ! -x /usr/bin/chromium ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing chromium for the browser tests…"
  log=$(mktemp)
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } >"$log" 2>&1 ||
    { echo "chromium could not be installed; the browser tests will be skipped:"; tail -n 3 "$log"; }
  rm -f "$log"
fi

dotnet build Kelvin.slnx -c Release || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

results=$(mktemp)
trap 'rm -f "$results"' EXIT
status=0
dotnet test --solution Kelvin.slnx -c Release --no-build --max-parallel-test-modules 1 --no-progress \
  -- "${filter[@]}" 2>&1 | tee "$results" || status=1

if $coverage; then
  folder=$(mktemp -d)
  dotnet test --project tests/Kelvin.Tests -c Release --no-build --no-progress -- "${filter[@]}" \
    --coverage --coverage-output "$folder/kelvin.xml" --coverage-output-format cobertura >"$folder/log" 2>&1 || { tail "$folder/log"; status=1; }
  awk 'match($0, /<package line-rate="[0-9.]+"[^>]* name="Kelvin"/) { split($0, part, "\""); printf "Line coverage of Kelvin: %.1f %%\n", 100 * part[2] }' "$folder/kelvin.xml"
  rm -rf "$folder"
fi

case " ${filter[*]} " in
  *Stories260K*) echo "Left out: tests on the model stories260K, which may not be handed on. KELVIN_STORIES260K names its folder; --all shows them as skipped." ;;
esac
count() { awk -v key="$1:" '$1 == key { n += $2 } END { print n + 0 }' "$results"; }
failed=$(count failed)
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$(count succeeded) passed, $failed failed, $(count skipped) skipped"
[ "$failed" -eq 0 ]
