// SPDX-License-Identifier: Apache-2.0
// What it was measured on and with.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem } from "node:os";

const ROOT = new URL("../../../", import.meta.url);

const firstLine = (command, ...words) => {
  try {
    return execFileSync(command, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim().split("\n")[0];
  } catch {
    return "not here";
  }
};

/** Versions that a Cargo.lock names for these crates. */
function crates(path, names) {
  const text = readFileSync(new URL(path, ROOT), "utf8");
  const of = (name) => [...text.matchAll(new RegExp(`name = "${name}"\\nversion = "([^"]+)"`, "g"))].map(([, version]) => version).join(" and ");
  return names.map((name) => `${name} ${of(name)}`);
}

const npm = (folder, name) => {
  try {
    return `${name} ${JSON.parse(readFileSync(new URL(`${folder}/node_modules/${name}/package.json`, ROOT), "utf8")).version}`;
  } catch {
    return `${name} not here`;
  }
};

const flags = () => {
  const text = readFileSync("/proc/cpuinfo", "utf8");
  const has = new Set((/^(?:flags|Features)\s*: (.*)$/m.exec(text) ?? ["", ""])[1].split(" "));
  return ["avx2", "avx512f", "avx512ifma", "bmi2", "adx", "asimd"].filter((flag) => has.has(flag)).join(", ");
};

export const load = () => loadavg().map((value) => value.toFixed(1)).join(", ");

/** [what, which] of each. */
export function machine({ backends, openssl, chromium }) {
  const processors = cpus();
  return [
    ["processor", `${processors.length} x ${processors[0]?.model ?? arch()} (${flags()}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB`],
    ["system", `Linux ${release()}`],
    ["native compiler", firstLine("cc", "--version")],
    ["wasm compiler", firstLine("emcc", "--version")],
    ["Rust", firstLine("rustc", "--version")],
    ["Node.js, Chromium", `${process.version} (V8 ${process.versions.v8}), ${firstLine(chromium, "--version")}`],
    ["native back ends", backends],
    ["libsodium, OpenSSL", `${firstLine("pkg-config", "--modversion", "libsodium")} (Debian's), ${openssl}`],
    ["crates", [...crates("tests/bench/peers/Cargo.lock", ["ed25519-dalek", "ed25519-zebra", "curve25519-dalek", "schnorrkel"]),
      ...crates("tests/oracle/Cargo.lock", ["sp-trie", "k256"])].join(", ")],
    ["packages", [npm("web", "@noble/curves"), npm("web", "@polkadot/wasm-crypto"), npm("tests/bench/live", "smoldot")].join(", ")],
  ];
}
