#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what building, testing and the demo need, on Debian 12 or later, as root or as a user with sudo.
# Only what is missing, and it says so before. Run it as often as you like.
#
#   scripts/setup.sh [build] [web] [browsers] [tests]      (nothing: all of them)
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

build_packages=(build-essential cmake ninja-build pkg-config git ca-certificates dpkg-dev
    libsodium-dev libsecp256k1-dev libb2-dev libjansson-dev zlib1g-dev
    liblzma-dev libwebsockets-dev)
web_packages=(emscripten brotli)
browser_packages=(chromium firefox-esr fonts-dejavu-core)
test_packages=(libcmocka-dev valgrind libssl-dev clang clang-format-14 libclang-rt-14-dev python3 xz-utils man-db
    gcc-i686-linux-gnu gcc-aarch64-linux-gnu gcc-s390x-linux-gnu
    libc6-dev-i386-cross libc6-dev-arm64-cross libc6-dev-s390x-cross qemu-user-static)

groups=("$@")
[ ${#groups[@]} -gt 0 ] || groups=(build web browsers tests)

wanted=()
needs_node=no
for group in "${groups[@]}"; do
    case $group in
    build) wanted+=("${build_packages[@]}") ;;
    web)
        wanted+=("${web_packages[@]}")
        needs_node=yes
        ;;
    browsers) wanted+=("${browser_packages[@]}") ;;
    tests) wanted+=("${test_packages[@]}") ;;
    *) fail "setup: no group '$group' (build, web, browsers, tests)" ;;
    esac
done
# Any node will do to install a newer one with; one that is new enough needs neither.
if [ $needs_node = yes ] && ! command -v npm >/dev/null; then wanted+=(nodejs npm); fi

installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

missing=()
for package in "${wanted[@]}"; do
    installed "$package" || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
    say "setup: installing with apt-get: ${missing[*]}"
    root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "setup: needs root or sudo to install packages"
        root=(sudo)
    fi
    apt() {
        (quietly "$ROOT/build/logs/apt-$1.log" "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@")
    }
    apt update || say "setup: apt-get update had errors; going on with the lists there are"
    apt install -y --no-install-recommends "${missing[@]}"
fi

if [ $needs_node = yes ]; then
    use_node
    if [ "$(node_major)" -lt 20 ]; then
        say "setup: node $(node --version) is older than 20; installing npm's package 'node' to third_party/node"
        mkdir -p third_party/node
        quietly build/logs/node.log npm install --prefix third_party/node --no-audit --no-fund --no-save node@20
        use_node
        [ "$(node_major)" -ge 20 ] || fail "setup: npm's package 'node' did not give a node of 20 or later"
    fi
    scripts/fetch-sources.sh
    for folder in web demo tests/validate tests/e2e; do
        [ -f $folder/package-lock.json ] || continue
        stamp="$folder/node_modules/.mote-lock"
        current=$(sha256sum $folder/package-lock.json | cut -d' ' -f1)
        if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$current" ]; then
            say "setup: installing $folder's npm packages by its lock file"
            (cd $folder && quietly "$ROOT/build/logs/npm-${folder//\//-}.log" npm ci --no-audit --no-fund)
            echo "$current" >"$stamp"
        fi
    done
fi

for group in "${groups[@]}"; do
    if [ "$group" = tests ]; then scripts/fetch-sysroots.sh; fi
done
say "setup: ready (${groups[*]})"
