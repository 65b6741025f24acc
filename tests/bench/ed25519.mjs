// SPDX-License-Identifier: Apache-2.0
// Signatures of a 667-authority justification: natively, in Node and in headless Chromium, each against libsodium one
// by one in the same run. Prints times and, what counts, ratios; ends with 1 where a ratio misses its goal.
// Then the native back ends beside each other, of the same run.
// usage: node ed25519.mjs NATIVE_PROGRAM WASM_FILE [ROUNDS [ORACLE]]
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { measureInChromium } from "./chromium.mjs";
import { measure } from "./ed25519_measure.mjs";

// What, one time over another, the goal by host ("at least" unless it says otherwise). Of each round's quotient the
// median is taken: what is compared ran within the same moments.
const RATIOS = [
    ["batch against libsodium", "sodium", "batch", { native: 2.7, chromium: 3.6 }],
    ["batch, keys cached, against libsodium", "sodium", "batch_cached", { native: 3.4, chromium: 4.5 }],
    ["batch against WebCrypto with import", "webcrypto", "batch", { chromium: 1.6 }],
    ["8 fragments, of one alone", "batch_of_8", "batch", { native: 0.53, chromium: 0.48, atMost: true }],
    ["one by one against libsodium", "sodium", "single", {}],
    ["a batch of 1 against one by one", "single", "batch_1", {}],
    ["a batch of 2 against one by one", "single", "batch_2", {}],
    ["a batch of 4 against one by one", "single_4", "batch_4", {}],
    ["a batch of 8 against one by one", "single_8", "batch_8", {}],
];

const [native, wasm, rounds = "21", oracle] = process.argv.slice(2);
if (wasm === undefined) {
    console.error("usage: node ed25519.mjs NATIVE_PROGRAM WASM_FILE [ROUNDS [ORACLE]]");
    process.exit(2);
}
const results = {
    native: JSON.parse(execFileSync(native, [rounds], { encoding: "utf8" })),
    node: await measure(await readFile(wasm), Number(rounds)),
    chromium: await measureInChromium("ed25519_measure.mjs", wasm, Number(rounds)),
};
const hosts = Object.keys(results);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const cell = (text, width) => String(text).padStart(width);
const row = (name, cells) => console.log(`| ${name.padEnd(40)} | ${cells.map((c) => cell(c, 18)).join(" | ")} |`);
const rule = () => console.log(`|${"-".repeat(42)}|${hosts.map(() => "-".repeat(19) + ":").join("|")}|`);

row("microseconds a signature", hosts);
rule();
for (const name of Object.keys(results.chromium)) {
    row(name, hosts.map((host) => (name in results[host] ? median(results[host][name]).toFixed(2) : "")));
}
console.log();
let missed = 0;
row("ratio", hosts);
rule();
for (const [name, over, under, goals] of RATIOS) {
    row(name, hosts.map((host) => {
        const { [over]: above, [under]: below } = results[host];
        if (above === undefined) return "";
        const value = median(above.map((time, round) => time / below[round]));
        const goal = goals[host];
        if (goal === undefined) return value.toFixed(2);
        const met = goals.atMost ? value <= goal : value >= goal;
        if (!met) missed++;
        return `${value.toFixed(2)} (${goals.atMost ? "<=" : ">="} ${goal}${met ? "" : " MISSED"})`;
    }));
}

// What each back end is to reach against libsodium one by one; NEON runs on emulated machines only, where times say nothing.
const BACK_ENDS = [
    ["portable", 2.9, 3.8, 5.5],
    ["neon"],
    ["avx2", 4.6, 5.8, 8],
    ["avx512", 7.5, 9, 12],
];
const KINDS = [["batch", "one batch"], ["batch_cached", "keys cached"], ["batch_of_8", "8 fragments in one"]];
console.log();
console.log(`| native back end, microseconds a signature | ${KINDS.map(([, title]) => title).join(" | ")} |`);
console.log("|---|---:|---:|---:|");
for (const [name, ...goals] of BACK_ENDS) {
    const cells = KINDS.map(([kind], i) => {
        const times = results.native[`${kind}_${name}`];
        if (times === null) return "not run here";
        const value = median(results.native.sodium.map((time, round) => time / times[round]));
        const met = goals[i] === undefined || value >= goals[i];
        if (!met) missed++;
        const goal = goals[i] === undefined ? "" : ` (>= ${goals[i]}${met ? "" : " MISSED"})`;
        return `${median(times).toFixed(2)}, ${value.toFixed(1)}x libsodium${goal}`;
    });
    console.log(`| ${name} | ${cells.join(" | ")} |`);
}

// Beside ed25519-zebra, which Polkadot's nodes use: its batch, by the program of the crates (tests/oracle).
if (oracle !== undefined) {
    const folder = await mkdtemp(join(tmpdir(), "mote-bench-"));
    const votes = join(folder, "votes");
    await writeFile(votes, execFileSync(native, ["--votes"]));
    const peer = median(JSON.parse(execFileSync(oracle, ["bench", "ed25519", votes, rounds], { encoding: "utf8" })).batch);
    await rm(folder, { recursive: true });
    const value = peer / median(results.native.batch);
    if (value < 1.3) missed++;
    console.log(`\ned25519-zebra's batch: ${peer.toFixed(2)} microseconds a signature; the best back end against it ` +
        `${value.toFixed(1)}x (>= 1.3${value < 1.3 ? " MISSED" : ""}).`);
}
process.exit(missed === 0 ? 0 : 1);
