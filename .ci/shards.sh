#!/usr/bin/env bash
# Shares out one build by each of the recipes in .github/recipes, puts the shares together, and compares with the same build made at once, byte for byte.
# GNU parallel and Slurm run for real, on this machine (Debian's parallel, slurm-wlm and munge, installed when missing and allowed); of the recipes in
# YAML the commands are run as their engines would run them, with the variables that they would set. Exits with 1 when a share differs, or an
# engine could not run.
#
#   .ci/shards.sh PRESS
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
die() { printf 'shards: %s\n' "$*" >&2; exit 1; }
press=$(realpath "${1:?a built twinpress}")

missing=()
command -v parallel >/dev/null || missing+=(parallel)
command -v slurmctld >/dev/null && command -v slurmd >/dev/null || missing+=(slurm-wlm)
command -v munged >/dev/null || missing+=(munge)
python3 -c 'import yaml' 2>/dev/null || missing+=(python3-yaml)
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || die "missing: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

work=$(mktemp -d)
stop() {
  local daemon
  for daemon in slurmd slurmctld munged; do
    if [ -f "$work/$daemon.pid" ]; then kill "$(cat "$work/$daemon.pid")" 2>/dev/null || true; fi
  done
  sleep 0.3
  rm -rf "$work"
}
trap stop EXIT
mkdir "$work/bin"
ln -s "$press" "$work/bin/twinpress"
export PATH=$work/bin:$PATH TWINPRESS_NO_CACHE=1
go run ./.ci/archive -only "$work/a site" -articles 24 -issues 12
twinpress build "$work/a site" -d "$work/whole" -q >/dev/null 2>&1 || die "the build could not be made at once"

# same ENGINE FOLDER: the folder holds what the build that was made at once does.
same() {
  diff -r "$2" "$work/whole" || die "$1: its shares are not the whole"
  printf 'ok  %s: 4 shares, %s files, the same bytes\n' "$1" "$(find "$2" -type f | wc -l)"
}

SITE="$work/a site" OUT="$work/by parallel" .github/recipes/parallel.sh >"$work/parallel.log" 2>&1 || { cat "$work/parallel.log"; die "GNU parallel"; }
same 'GNU parallel' "$work/by parallel"

# Slurm: a controller and a node on this machine.
host=$(hostname -s)
mkdir "$work/slurm" "$work/state" "$work/spool"
dd if=/dev/urandom of="$work/munge.key" bs=1 count=1024 2>/dev/null
chmod 400 "$work/munge.key"
cat >"$work/slurm/slurm.conf" <<CONF
ClusterName=shards
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm/slurm.conf
chmod 755 "$work"
munged --force --key-file "$work/munge.key" --socket "$work/munge.socket" --pid-file "$work/munged.pid" --log-file "$work/munged.log" --seed-file "$work/munge.seed" ||
  { cat "$work/munged.log"; die "munged does not start"; }
slurmctld || die "slurmctld does not start"
slurmd || { cat "$work/slurmd.log"; die "slurmd does not start"; }
for _ in $(seq 100); do
  [ "$(sinfo -h -o %t 2>/dev/null)" = idle ] && break
  sleep 0.1
done
[ "$(sinfo -h -o %t)" = idle ] || { sinfo; tail "$work/slurmctld.log" "$work/slurmd.log"; die "the node of Slurm does not come up"; }
(cd "$work" && SITE="$work/a site" OUT="$work/by slurm" sbatch --wait "$root/.github/recipes/slurm.sh" >"$work/sbatch.log" 2>&1) ||
  { cat "$work"/sbatch.log "$work"/twinpress-*.log "$work"/slurm*.log; die "Slurm: the array failed"; }
for _ in $(seq 300); do
  [ -z "$(squeue -h)" ] && break
  sleep 0.1
done
grep -q 'all as they were made' "$work/twinpress-merge.log" || { cat "$work"/twinpress-*.log; die "Slurm: nobody merged"; }
same 'Slurm' "$work/by slurm"

# commands FILE JOB: what a recipe in YAML runs, as a script.
commands() {
  python3 - "$1" "$2" <<'PY'
import os, shlex, sys, yaml
recipe, job = sys.argv[1], sys.argv[2]
docs = list(yaml.safe_load_all(open(recipe)))
name = os.path.basename(recipe)
if name.startswith("github"):
    print("\n".join(s["run"] for s in docs[0]["jobs"][job]["steps"] if s.get("name") in ("build", "merge")))
elif name.startswith("gitlab"):
    print("\n".join(docs[0][job]["script"]))
else:
    c = next(d for d in docs if d["metadata"]["name"] == job)["spec"]["template"]["spec"]["containers"][0]
    for e in c["env"]:
        if e["name"] != "SITE":
            print(f'export {e["name"]}={shlex.quote(e["value"])}')
    print(" ".join(c["command"] + ['"' + a.replace("$(SITE)", "$SITE") + '"' for a in c["args"]]))
PY
}

# by NAME RECIPE SHARE MERGE OUT: runs the commands of the shares, the engine's variables set by the function engine_NAME, then those of the merger.
by() {
  local name=$1 recipe=$root/.github/recipes/$2 share=$3 merge=$4 out=$5 i
  cp -r "$work/a site" "$work/on-$name"
  cd "$work/on-$name"
  for i in 1 2 3 4; do
    (
      "engine_$name" $i
      bash -euo pipefail -c "$(commands "$recipe" "$share")"
      if [ "$name" = github ]; then mkdir -p shares && mv share "shares/share-$i"; fi # as its artifacts are uploaded and downloaded
    ) >"$work/$name.log" 2>&1 || { cat "$work/$name.log"; die "$name: share $i"; }
  done
  (
    "engine_$name" 1
    bash -euo pipefail -c "$(commands "$recipe" "$merge")"
  ) >"$work/$name.log" 2>&1 || { cat "$work/$name.log"; die "$name: merge"; }
  cd "$root"
  same "$name" "$work/on-$name/$out"
}
engine_github() { export TWINPRESS_SHARD=$1/4 GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$work/summary.md; }
engine_gitlab() { export CI_NODE_INDEX=$1 CI_NODE_TOTAL=4 GITLAB_CI=true; }
engine_kubernetes() { export JOB_COMPLETION_INDEX=$(($1 - 1)) SITE=$PWD; }
by github github-actions.yml share merge dist
by gitlab gitlab-ci.yml share merge dist
by kubernetes kubernetes-job.yaml twinpress-share twinpress-merge dist
