// SPDX-License-Identifier: Apache-2.0
// BLAKE2b-256 of 200-byte trie nodes: natively, in Node and in headless Chromium, each against libsodium in the same
// run. In wasm libsodium is compiled three times: from its sources as they are (-O3, nothing configured), with the flags
// of its own wasm build (-Os, dist-build/emscripten.sh), and with -O3 and all that helps it. Prints times and ratios;
// ends with 1 where a ratio misses its goal.
// usage: node hash.mjs NATIVE_PROGRAM WASM_FILE [ROUNDS]
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";

import { measureInChromium } from "./chromium.mjs";
import { measure } from "./hash_measure.mjs";

const RATIOS = [
    ["against libsodium's sources as they are", (t) => t.sodium_plain / t.own, { chromium: 1.7 }],
    ["against libsodium as its own wasm build", (t) => t.sodium_os / t.own, {}],
    ["against libsodium at its best", (t) => t.sodium / t.own, { native: 1 }],
    ["AVX2, 8 nodes in turns, against one", (t) => t.own / t.own_avx2, { native: 1.8 }],
    ["AVX-512, 16 nodes, against one", (t) => t.own / t.own_avx512, {}],
];

const [native, wasm, rounds = "301"] = process.argv.slice(2);
if (wasm === undefined) {
    console.error("usage: node hash.mjs NATIVE_PROGRAM WASM_FILE [ROUNDS]");
    process.exit(2);
}
const results = {
    native: JSON.parse(execFileSync(native, [rounds], { encoding: "utf8" })),
    node: await measure(await readFile(wasm), Number(rounds)),
    chromium: await measureInChromium("hash_measure.mjs", wasm, Number(rounds)),
};
const hosts = Object.keys(results);

const row = (name, cells) => console.log(`| ${name.padEnd(40)} | ${cells.map((c) => String(c).padStart(18)).join(" | ")} |`);
const rule = () => console.log(`|${"-".repeat(42)}|${hosts.map(() => "-".repeat(19) + ":").join("|")}|`);

row("nanoseconds a node of 200 bytes", hosts);
rule();
for (const name of ["own", "own_avx2", "own_avx512", "sodium", "sodium_os", "sodium_plain"]) {
    row(name, hosts.map((host) => (results[host][name] === null ? "not run here" : results[host][name]?.toFixed(0) ?? "")));
}
console.log();
let missed = 0;
row("ratio", hosts);
rule();
for (const [name, ratio, goals] of RATIOS) {
    row(name, hosts.map((host) => {
        const value = ratio(results[host]);
        if (!Number.isFinite(value)) return ""; // not measured, or not run here
        const goal = goals[host];
        if (goal === undefined) return value.toFixed(2);
        if (value < goal) missed++;
        return `${value.toFixed(2)} (>= ${goal}${value < goal ? " MISSED" : ""})`;
    }));
}
process.exit(missed === 0 ? 0 : 1);
