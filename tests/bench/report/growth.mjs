// SPDX-License-Identifier: Apache-2.0
// Growth: time against the number of signatures, keys, fragments, parachains. Each curve: { name, title, x, series: [{ name, points: [[n, summary
// of nanoseconds for all n]] }] }.
import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Program, takeTurns } from "./programs.mjs";
import { summary } from "./stats.mjs";

const BACKENDS = ["portable", "avx2", "avx512", "neon"];
const there = (file) => file !== undefined && existsSync(file);
/** Ten thousand need fewer rounds than one. */
const roundsOf = (n, { rounds, few }) => (n <= 100 ? rounds : few);

/** `entries(n)`: series -> [program, work]. */
async function curve(tools, sizes, entries) {
  const series = {};
  for (const n of sizes) {
    const asked = Object.fromEntries(Object.entries(await entries(n)).map(([name, [program, work]]) => [name, [program, work, n]]));
    for (const [name, times] of Object.entries(await takeTurns(asked, roundsOf(n, tools)))) {
      if (times !== null) (series[name] ??= []).push([n, summary(times.map((nanos) => nanos * n))]);
    }
  }
  return Object.entries(series).map(([name, points]) => ({ name, points }));
}

const ofBackends = (program, work) => Object.fromEntries(BACKENDS.map((name) => [`mote, ${name}`, [program, `${work}_${name}`]]));

async function signatures(tools) {
  const file = join(tools.folder, "votes"), mote = await Program.start(tools.program("ed25519_bench"));
  const peers = there(tools.peers) ? await Program.start(tools.peers, "votes", file) : undefined;
  const series = await curve(tools, tools.sizes.signatures, () => ({
    "libsodium, one by one": [mote, "growing_sodium"],
    ...(peers === undefined ? {} : { "ed25519-dalek, batch": [peers, "dalek"], "ed25519-zebra, batch": [peers, "zebra"] }),
    ...ofBackends(mote, "growing"),
  }));
  mote.stop();
  peers?.stop();
  return { name: "signatures", title: "Signatures by as many keys, native", x: "signatures", series };
}

/** What the signatures' section measured in the page. */
function signaturesInPage({ curves }) {
  const names = { sodium: "libsodium-wasm, one by one", scalar: "mote, scalar", simd: "mote, SIMD128" };
  const series = Object.entries(curves.signaturesInPage ?? {}).map(([name, points]) => (
    { name: names[name], points: points.map(([n, times]) => [n, summary(times.map((nanos) => nanos * n))]) }));
  return { name: "signatures-in-page", title: "Signatures by as many keys, Chromium, one thread", x: "signatures", series };
}

async function keys(tools) {
  const mote = await Program.start(tools.program("growth_bench")), peers = [];
  const series = await curve(tools, tools.sizes.keys, async (n) => {
    const entries = { ...ofBackends(mote, "keys"), ...(tools.best === "portable" ? {} : { [`only hashing it, ${tools.best}`]: [mote, `hashing_${tools.best}`] }) };
    if (!there(tools.oracle)) return entries;
    const file = join(tools.folder, `proof-${n}`);
    writeFileSync(file, execFileSync(tools.program("growth_bench"), ["--proof", String(n)], { maxBuffer: 1 << 28 }));
    peers.push(await Program.start(tools.oracle, "bench", "proof", file));
    rmSync(file);
    return { "sp-trie": [peers.at(-1), "keys"], ...entries };
  });
  for (const program of [mote, ...peers]) program.stop();
  return { name: "keys", title: "Keys of a storage proof: load it, read them all", x: "keys", series };
}

async function built(tools, work, sizes, words) {
  const mote = await Program.start(tools.program("growth_bench"));
  const series = await curve(tools, sizes, () => ofBackends(mote, work));
  mote.stop();
  return { ...words, series };
}

export async function growth(tools) {
  return [
    await signatures(tools),
    signaturesInPage(tools),
    await keys(tools),
    await built(tools, "fragments", tools.sizes.fragments, { name: "fragments", title: "Fragments of warp proofs, 300 voters, 201 signatures each", x: "fragments" }),
    await built(tools, "heads", tools.sizes.parachains, { name: "parachains", title: "Parachains: a proof of their heads under a relay block", x: "parachains" }),
  ].filter(({ series }) => series.length > 0);
}
