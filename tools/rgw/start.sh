#!/usr/bin/env bash
# A throwaway radosgw with a mon and an OSD in memory, all on 127.0.0.1, that lives for as long as its standard input
# is open: it ends with whoever started it, however that ends. In a terminal, Ctrl-D ends it.
#   tools/rgw/start.sh pacific|reef|tentacle    prints, in a line of JSON, where it is and a key that may do everything
#   … --check                                   prints the version of that radosgw, or says why there is none
set -euo pipefail
source "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/releases.sh"
release=${1-}
known "$release"
root=$(root_of "$release")
in_root=()
[[ $root == / ]] || in_root=(chroot "$root")
[[ ${2-} != --check ]] || exec "${in_root[@]}" radosgw --version

# The mounts of a root that is not the machine's are seen by these processes alone, and go with them.
if [[ $root != / && -z ${RGW_UNSHARED-} ]]; then
  RGW_UNSHARED=1 exec unshare --mount "$0" "$@"
fi

open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Whoever holds a slot's lock has its ports, below those that the system gives out, and its directory.
mkdir -p "$cache/run"
for ((slot = 0; slot < 1000; slot++)); do
  port=$((20000 + 2 * slot)) mon_port=$((20001 + 2 * slot)) work=$cache/run/$slot
  exec {lock}>"$work.lock"
  flock -n "$lock" && ! open $port && ! open $mon_port && break
  exec {lock}>&-
done
# What a killed one left behind goes now.
rm -rf "$work"
mkdir "$work"

data=$work
if [[ $root != / ]]; then
  data=/mnt
  mount --rbind /dev "$root/dev"
  mount --rbind /proc "$root/proc"
  mount --bind "$work" "$root/mnt"
fi

# Newer releases know more capabilities; one that is unknown refuses them all.
caps='users=*;buckets=*;metadata=*;usage=*;zone=*'
[[ $release == pacific ]] || caps+=';ratelimit=*;info=*'
[[ $release != tentacle ]] || caps+=';accounts=*'

fsid=$(</proc/sys/kernel/random/uuid)
secret=$(</proc/sys/kernel/random/uuid)
# radosgw asks for a secure connection to the mon, which takes keys: crc. The intervals are what a start waits for.
# Without tcp_nodelay, every answer with a body takes 41 ms.
cat >"$work/ceph.conf" <<CONF
[global]
fsid = $fsid
mon_host = v2:127.0.0.1:$mon_port
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr1 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_mon_client_mode = crc
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
objecter_tick_interval = 0.5
admin_socket =
crash_dir = $data
log_file = $data/\$name.log
mon_cluster_log_file = $data/cluster.log
mon_data = $data/mon
mon_data_avail_crit = 1
mon_allow_pool_size_one = true
osd_data = $data/osd
osd_objectstore = memstore
osd_crush_chooseleaf_type = 0
osd_pool_default_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pg_autoscale_mode = off
rgw_rados_pool_pg_num_min = 1
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw_enable_usage_log = true
rgw_usage_log_tick_interval = 1
rgw_usage_log_flush_threshold = 1
CONF
mkdir "$work/mon" "$work/osd"
export CEPH_CONF=$data/ceph.conf CEPH_ARGS="-c $data/ceph.conf" LC_ALL=C

daemons=()
daemon() { # the kernel ends it with this script, even if that is killed
  setpriv --pdeathsig KILL "${in_root[@]}" "$@" </dev/null >>"$work/out.log" 2>&1 &
  daemons+=($!)
}
run() { timeout 60 "${in_root[@]}" "$@" </dev/null >>"$work/out.log" 2>&1; }
end() {
  local status=$?
  [[ $status == 0 ]] || { echo "no radosgw of $release:" && tail -n 20 "$work/out.log"; } >&2
  # Not SIGTERM: a radosgw takes 7 to 12 s over it.
  { kill -KILL "${daemons[@]}" && wait "${daemons[@]}"; } 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

run monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$mon_port]" "$data/monmap"
run ceph-mon -i a --mkfs --monmap "$data/monmap"
daemon ceph-mon -i a -f
osd=$(</proc/sys/kernel/random/uuid)
run ceph osd new "$osd"
run ceph-osd -i 0 --mkfs --osd-uuid "$osd"
daemon ceph-osd -i 0 -f
run radosgw-admin user create --uid=admin --display-name=admin --access-key=admin --secret="$secret" --caps="$caps"
daemon radosgw -n client.rgw -f
for ((tries = 0; tries < 600; tries++)); do
  ! open $port || break
  [[ $(jobs -pr | wc -l) == "${#daemons[@]}" ]]
  sleep 0.05
done
open $port
version=$("${in_root[@]}" radosgw --version)
echo "{\"endpoint\":\"http://127.0.0.1:$port\",\"accessKey\":\"admin\",\"secretKey\":\"$secret\",\"version\":\"$version\",\"log\":\"$work/client.rgw.log\"}"
cat >/dev/null {lock}>&-
