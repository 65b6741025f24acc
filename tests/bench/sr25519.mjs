// SPDX-License-Identifier: Apache-2.0
// Seals and VRF proofs of recorded headers: natively beside the schnorrkel crate (its portable 64-bit field), in Node and
// in headless Chromium beside @polkadot/wasm-crypto, in turns. Prints times and, what counts, ratios; ends with 1 where
// a ratio misses its goal.
// usage: node sr25519.mjs NATIVE_PROGRAM WASM_FILE ORACLE_PROGRAM [ROUNDS]     (needs web's npm packages)
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { measureInChromium } from "./chromium.mjs";
import { recordedCases } from "./sr25519_cases.mjs";
import { measure } from "./sr25519_measure.mjs";

// What, one time over another, the goal by host.
const RATIOS = [
    ["signatures one by one against the peer", "peer_single", "single", { native: 1, chromium: 3 }],
    ["VRF proofs against the peer", "peer_vrf", "vrf", { native: 1, chromium: 3 }],
    ["VRF proofs, all at once, against the peer", "peer_vrf", "vrf_many", {}],
    ["with BABE's score against the peer", "peer_vrf_and_score", "vrf_and_score", { native: 1 }],
    ["a batch of 8 against the peer one by one", "peer_single", "batch_8", {}],
    ["a batch of 256 against the peer", "peer_single", "batch_256", {}],
];

const [native, wasm, oracle, rounds = "21"] = process.argv.slice(2);
if (oracle === undefined) {
    console.error("usage: node sr25519.mjs NATIVE_PROGRAM WASM_FILE ORACLE_PROGRAM [ROUNDS]");
    process.exit(2);
}

// Both programs by turns, a few rounds each.
function measureNatively(casesPath) {
    const times = {};
    const add = (prefix, program, ...options) => {
        const measured = JSON.parse(execFileSync(program, [...options, casesPath, "3"], { encoding: "utf8" }));
        for (const [name, list] of Object.entries(measured)) (times[prefix + name] ??= []).push(...list);
    };
    for (let turn = 0; turn < Number(rounds) / 3; turn++) {
        add("peer_", oracle, "bench", "sr25519");
        add("", native);
    }
    return times;
}

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const cases = await recordedCases();
const folder = await mkdtemp(join(tmpdir(), "bench-cases-"));
const casesPath = join(folder, "cases.bin");
await writeFile(casesPath, cases);
const peer = require("@polkadot/wasm-crypto");
await peer.waitReady();
const bundle = (name) => require.resolve(`@polkadot/${name}`).replace(/cjs\/.*$/, `bundle-polkadot-${name}.js`);
const results = {
    native: measureNatively(casesPath),
    node: await measure(await readFile(wasm), Number(rounds), cases, peer),
    chromium: await measureInChromium("sr25519_measure.mjs", wasm, Number(rounds), {
        "cases.bin": casesPath,
        "polkadot_util.js": bundle("util"),
        "polkadot_wasm_crypto.js": bundle("wasm-crypto"),
    }),
};
await rm(folder, { recursive: true });
const hosts = Object.keys(results);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const row = (name, cells) => console.log(`| ${name.padEnd(40)} | ${cells.map((c) => String(c).padStart(18)).join(" | ")} |`);
const rule = () => console.log(`|${"-".repeat(42)}|${hosts.map(() => "-".repeat(19) + ":").join("|")}|`);

row("microseconds a case", hosts);
rule();
for (const name of Object.keys(results.native)) {
    row(name, hosts.map((host) => (name in results[host] ? median(results[host][name]).toFixed(2) : "")));
}
console.log();
let missed = 0;
row("ratio (peer: schnorrkel; wasm-crypto)", hosts);
rule();
for (const [name, over, under, goals] of RATIOS) {
    row(name, hosts.map((host) => {
        const { [over]: above, [under]: below } = results[host];
        if (above === undefined) return "";
        const value = median(above.map((time, round) => time / below[round]));
        const goal = goals[host];
        if (goal === undefined) return value.toFixed(2);
        if (value < goal) missed++;
        return `${value.toFixed(2)} (>= ${goal}${value < goal ? " MISSED" : ""})`;
    }));
}
process.exit(missed === 0 ? 0 : 1);
