#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings the C sources that the wasm build compiles to third_party/: libsodium and libsecp256k1, from the source packages
# of the Debian mirrors this machine already uses. Needs no root and leaves the system's apt alone. Upstream's versions
# are pinned and their content is checked; which Debian revision a mirror has does not matter, because only upstream's
# archive is used. (Debian's patch to libsodium 1.0.18, for CVE-2025-69277, is in a check of curve points that mote does
# not use: cmake/MoteSodiumWasm.cmake names the functions that it does.)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# "URI release" of every Debian archive that this machine's deb lines name: its own release first, then other
# releases of the same archive, which may still carry a revision of the pinned version.
archives() {
    local codename known
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
    known=$(env -u APT_CONFIG apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' | sort -u |
        awk -v c="$codename" '$3 == "main" && ($2 == c || $2 ~ "^" c "-(updates|security)$") { print $1, $2 }')
    echo "$known"
    echo "$known" | awk -v c="$codename" '$2 == c { print $1, "trixie"; print $1, "bookworm"; print $1, "bullseye" }'
}

# fetch_from URI RELEASE PACKAGE VERSION ARCHIVE: leaves the archive in $work/download, or fails.
fetch_from() {
    local package=$3 version=$4 archive=$5 option="" revision revisions
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -f "$keyring" ] && option="[signed-by=$keyring] "
    rm -rf "$work"/{lists,cache,download}
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/download"
    echo "deb-src $option$1 $2 main" >"$work/sources.list"
    cat >"$work/apt.conf" <<CONF
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
Acquire::Languages "none";
APT::Sandbox::User "$(id -un)";
CONF
    export APT_CONFIG="$work/apt.conf"
    apt-get -qq update || return 1
    revisions=$(apt-cache showsrc "$package" 2>/dev/null | awk '/^Version: /{print $2}' | grep "^$version-" | sort -Vru)
    for revision in $revisions; do
        (cd "$work/download" && apt-get -qq source --download-only "$package=$revision") || continue
        [ -f "$work/download/$archive" ] && return 0
    done
    return 1
}

# fetch PACKAGE VERSION ARCHIVE SHA256
fetch() {
    local package=$1 version=$2 archive=$3 sha256=$4 from="" actual
    local target="third_party/$package-$version"
    if [ -f "$target/.sha256" ] && [ "$(cat "$target/.sha256")" = "$sha256" ]; then
        echo "sources: $package $version is there"
        return 0
    fi
    echo "sources: fetching $package $version from Debian's source packages"
    archives >"$work/archives"
    while read -r uri release; do
        [ -n "$uri" ] || continue
        if fetch_from "$uri" "$release" "$package" "$version" "$archive" >"$work/log" 2>&1; then
            from=$release
            break
        fi
    done <"$work/archives"
    if [ -z "$from" ]; then
        echo "sources: no Debian archive of this machine gave $package $version; the last one said:" >&2
        cat "$work/log" >&2 || true
        return 1
    fi
    actual=$(sha256sum "$work/download/$archive" | cut -d' ' -f1)
    if [ "$actual" != "$sha256" ]; then
        echo "sources: $archive has sha256 $actual, not $sha256" >&2
        return 1
    fi
    rm -rf "$target"
    mkdir -p "$target"
    tar -xaf "$work/download/$archive" -C "$target" --strip-components=1
    echo "$sha256" >"$target/.sha256"
    echo "sources: $package $version ($from) checked and unpacked to $target"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch libsodium 1.0.18 libsodium_1.0.18.orig.tar.gz d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4
fetch libsecp256k1 0.2.0 libsecp256k1_0.2.0.orig.tar.xz 07c1d76fc485936138c6572e94374df22ba41df06617926572b8a690fe8bc34b
