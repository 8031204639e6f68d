# Sourced by the scripts here: the releases of Ceph that the tests run on, and where the radosgw of each one is.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tenantry/rgw
releases=(pacific reef tentacle)
# Debian's suites that hold them. sid moves: it may hold another release by now.
declare -A suites=([pacific]=bookworm [reef]=trixie [tentacle]=sid)
declare -A majors=([pacific]=16 [reef]=18 [tentacle]=20)

fail() { echo "$*" >&2; exit 1; }

known() { [[ -n ${suites[${1-}]-} ]] || fail "which release? one of ${releases[*]}"; }

# The version of Debian's package, without starting anything; empty where there is none.
packaged() { dpkg-query --admindir="$1/var/lib/dpkg" -W -f '${Version}' radosgw 2>/dev/null || true; }

# Prints the root directory that a release is in, which is / where the machine itself has it; or says why there is none.
root_of() {
  local release=$1 tool root version
  if [[ $(packaged /) == "${majors[$release]}".* ]]; then
    for tool in ceph ceph-mon ceph-osd flock setpriv; do
      command -v "$tool" >/dev/null || fail "radosgw is installed here, but not $tool"
    done
    echo /
    return
  fi
  root=$cache/${suites[$release]}
  version=$(packaged "$root")
  [[ -n $version ]] || fail "there is neither a radosgw ${majors[$release]} on this machine nor a root for it in $cache"
  [[ $version == "${majors[$release]}".* ]] || fail "Debian ${suites[$release]} holds radosgw $version by now: $root"
  [[ $(id -u) == 0 ]] || fail "$root takes root, for a chroot"
  echo "$root"
}
