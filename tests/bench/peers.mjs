// SPDX-License-Identifier: Apache-2.0
// A whole state's root beside sp-trie, and BEEFY's recoveries beside k256, natively, by turns. Prints times and ratios; ends
// with 1 where a ratio misses its goal.
// usage: node peers.mjs STATE_BENCH BEEFY_BENCH ORACLE [TURNS]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [stateBench, beefyBench, oracle, turns = "7"] = process.argv.slice(2);
if (oracle === undefined) {
    console.error("usage: node peers.mjs STATE_BENCH BEEFY_BENCH ORACLE [TURNS]");
    process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const run = (program, ...options) => JSON.parse(execFileSync(program, options, { encoding: "utf8" }));
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const own = { "root, V0": [], "root, V1": [], "all nodes kept, V0": [], recovery: [] };
const peer = { "root, V0": [], "root, V1": [], "all nodes kept, V0": [], recovery: [] };
let size = 0;
for (let turn = 0; turn < Number(turns); turn++) {
    const file = join(folder, "state"), signatures = join(folder, "signatures");
    const state = run(stateBench, "9", file);
    size = state.bytes;
    own["root, V0"].push(state.v0.root_only / 1e3);
    own["root, V1"].push(state.v1.root_only / 1e3);
    own["all nodes kept, V0"].push(state.v0.in_memory / 1e3);
    const theirs = run(oracle, "bench", "state", file, "9");
    peer["root, V0"].push(median(theirs.root_v0));
    peer["root, V1"].push(median(theirs.root_v1));
    peer["all nodes kept, V0"].push(median(theirs.kept));
    own.recovery.push(run(beefyBench, "3", signatures).recover);
    peer.recovery.push(median(run(oracle, "bench", "recover", signatures, "3").recover));
}
rmSync(folder, { recursive: true });

// The goal is for what a full node does: the whole trie made, and its root. The root alone keeps nothing.
const GOALS = { "root, V0": 0, "root, V1": 0, "all nodes kept, V0": 2, recovery: 1 };
let missed = 0;
console.log(`| Kusama's state at block 3783, ${size} bytes; one recovery | mote, us | peer, us | ratio | mote, MB/s |\n|---|---:|---:|---:|---:|`);
for (const [name, goal] of Object.entries(GOALS)) {
    const ratio = median(own[name].map((time, i) => peer[name][i] / time));
    if (ratio < goal) missed++;
    const rate = name === "recovery" ? "" : (size / median(own[name])).toFixed(0);
    console.log(`| ${name} | ${median(own[name]).toFixed(1)} | ${median(peer[name]).toFixed(1)} | ${ratio.toFixed(2)}${goal === 0 ? "" : ` (>= ${goal}${ratio < goal ? " MISSED" : ""})`} | ${rate} |`);
}
process.exit(missed === 0 ? 0 : 1);
