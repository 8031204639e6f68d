#!/usr/bin/env bash
# Makes a Debian root with radosgw, ceph-mon and ceph-osd of a suite, from the mirror that this Debian uses (root only).
#   tools/rgw/image.sh SUITE DIRECTORY
set -euo pipefail
suite=$1 made=$2 root=$2.partial

# What is mounted for the packages' scripts is seen here alone, so that removing a root never removes more.
[[ -n ${RGW_UNSHARED-} ]] || RGW_UNSHARED=1 exec unshare --mount "$0" "$@"

mirror=$(find /etc/apt/sources.list* -name '*.list' -o -name '*.sources' | xargs cat |
  sed -nE 's,^(URIs:|deb( \[[^]]*\])?) +(https?://[^ ]+/debian/?)( .*)?$,\3,p' | head -n 1)
[[ -n $mirror ]] || { echo "apt's sources name no mirror of Debian" >&2; exit 1; }

rm -rf "$root"
mkdir -p "$root"
debootstrap --variant=minbase "$suite" "$root" "$mirror"
for fs in proc dev; do mount --rbind "/$fs" "$root/$fs"; done
# A mirror's copy of sid may be older than its Release file allows: this root is only to test on.
[[ $suite != sid ]] || echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/99dated"
# Nothing is to start.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
chroot "$root" apt-get update
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y --no-install-recommends radosgw ceph-mon ceph-osd
chroot "$root" apt-get clean
umount --recursive "$root/proc" "$root/dev"
rm -rf "$made"
mv "$root" "$made"
