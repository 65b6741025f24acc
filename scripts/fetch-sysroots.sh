#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Libraries of other architectures for scripts/cross-test.sh, unpacked to third_party/sysroot/<arch>: Debian's
# own binary packages, checked by apt, without adding an architecture to the system and without root.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

packages=(libsodium23 libsodium-dev libsecp256k1-1 libsecp256k1-dev libb2-1 libb2-dev libcmocka0 libcmocka-dev
    libjansson4 libjansson-dev zlib1g zlib1g-dev libgomp1)
declare -A triplets=([i386]=i386-linux-gnu [arm64]=aarch64-linux-gnu [s390x]=s390x-linux-gnu)

wanted="${packages[*]}"
for arch in i386 arm64 s390x; do
    target="third_party/sysroot/$arch"
    if [ -f "$target/.packages" ] && [ "$(cat "$target/.packages")" = "$wanted" ]; then continue; fi
    say "sysroot: fetching Debian's $arch libraries"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/download" "$work/state"
    : >"$work/status"
    # The same archives as this machine's, for another architecture.
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u |
        awk -v c="$codename" -v a="$arch" \
            '$3 == "main" && $2 == c {
                 print "deb [arch=" a " signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] " $1, $2, $3 }' \
            >"$work/sources.list"
    cat >"$work/apt.conf" <<CONF
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "$(id -un)";
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
    export APT_CONFIG="$work/apt.conf"
    quietly build/logs/sysroot-$arch.log apt-get -q update
    (cd "$work/download" && quietly "$ROOT/build/logs/sysroot-$arch.log" apt-get -q download "${packages[@]}")
    unset APT_CONFIG
    rm -rf "$target"
    mkdir -p "$target"
    for deb in "$work"/download/*.deb; do dpkg-deb -x "$deb" "$target"; done
    # Before Debian merged /usr, some libraries lay in /lib.
    if [ -d "$target/lib/${triplets[$arch]}" ]; then
        cp -a "$target/lib/${triplets[$arch]}/." "$target/usr/lib/${triplets[$arch]}/"
    fi
    echo "$wanted" >"$target/.packages"
    rm -rf "$work"
    trap - EXIT
done
say "sysroot: libraries of i386, arm64 and s390x are there"
