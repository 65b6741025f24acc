// SPDX-License-Identifier: Apache-2.0
// What is measured, section by section. Each gives { title, about, unit, hosts: { native, node, chromium }, names, ratios }: of each host
// the times of all rounds in nanoseconds a unit by work, null where it cannot run here; `names` says in which order works are
// shown, and how they are called; `ratios` which of them are compared besides the goals. Or `values`: name -> { title, value, unit, q1, q3 }.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { measureInChromium } from "../chromium.mjs";
import { measure as ed25519 } from "../ed25519_measure.mjs";
import { measure as hash } from "../hash_measure.mjs";
import { recordedCases } from "../sr25519_cases.mjs";
import { measure as sr25519 } from "../sr25519_measure.mjs";
import { startsInChromium, startsInNode } from "./starts.mjs";
import { bundled, libraries } from "./peers.mjs";
import { Program, takeTurns } from "./programs.mjs";
import { summary } from "./stats.mjs";

const ROOT = new URL("../../../", import.meta.url);
const BACKENDS = ["portable", "neon", "avx2", "avx512"];
const path = (name) => new URL(name, ROOT).pathname;
const there = (file) => (file !== undefined && existsSync(file) ? file : undefined);
const optional = (file) => (there(file) === undefined ? undefined : readFileSync(file));

/** What a program writes into a file for its peers. */
function written(tools, name, program, ...words) {
  const file = join(tools.folder, name);
  writeFileSync(file, execFileSync(program, words, { maxBuffer: 1 << 26 }));
  return file;
}

/** Works of all these programs by turns; [prefix, path, words]. Peers that are not here are left out. The programs are started three
 * times, a third of the rounds each: what one of them has of the machine's memory can make it slow for its whole life. */
async function natively(programs, rounds, wanted = () => true) {
  const all = {}, starts = rounds < 6 ? 1 : 3;
  for (let start = 0; start < starts; start++) {
    const entries = {}, started = [];
    for (const [prefix, file, ...words] of programs) {
      if (there(file) === undefined) continue;
      const program = await Program.start(file, ...words);
      started.push(program);
      for (const work of Object.keys(program.works)) if (wanted(work)) entries[prefix + work] = [program, work];
    }
    for (const [name, times] of Object.entries(await takeTurns(entries, Math.ceil(rounds / starts)))) all[name] = times && [...(all[name] ?? []), ...times];
    for (const program of started) program.stop();
  }
  return all;
}

const inWasm = (tools, name) => ({ scalar: readFileSync(tools.wasm(`${name}_bench.wasm`)), simd: optional(tools.wasmSimd(`${name}_bench.wasm`)) });

/** The page's copies of the same files. */
function pageFiles(tools, name, more = {}) {
  const files = { [`${name}.wasm`]: tools.wasm(`${name}_bench.wasm`), ...more };
  const simd = there(tools.wasmSimd(`${name}_bench.wasm`));
  if (simd !== undefined) files[`${name}_simd.wasm`] = simd;
  return files;
}

const withBackends = (kinds, title) => kinds.flatMap(([kind, what]) => BACKENDS.map((name) => [`${kind}_${name}`, `${title}${what}, ${name}`]));
const KINDS = [["batch", "batch"], ["batch_cached", "batch, keys cached"], ["batch_of_8", "8 fragments in one batch"]];

export async function signatures(tools) {
  const votes = written(tools, "votes", tools.program("ed25519_bench"), "--votes", "10000");
  const { rounds } = tools, size = { sizes: tools.sizes.signatures, rounds: tools.few };
  const native = await natively([["", tools.program("ed25519_bench")], ["", tools.peers, "votes", votes]], rounds, (work) => !work.startsWith("growing"));
  const node = await ed25519({ ...inWasm(tools, "ed25519"), libraries: await libraries(), rounds });
  const chromium = await measureInChromium("ed25519_measure.mjs", { rounds, curve: size }, pageFiles(tools, "ed25519", { "peers.js": await bundled() }));
  tools.curves.signaturesInPage = chromium.growth;
  return {
    title: "Signatures of a 667-authority justification",
    about: "Keys, signatures and messages of 53 bytes, all different keys; nothing known before but where the keys are cached. libsodium and the others verify one by one, "
      + "ed25519-dalek and ed25519-zebra in batches (the newest ones, with AVX-512 where the machine has it; and the zebra that Polkadot's nodes use). "
      + "A fragment is the same signers' votes for another block.",
    unit: "µs a signature", scale: 1e3,
    hosts: { native, node: node.times, chromium: chromium.times },
    names: [
      ["sodium", "libsodium, one by one"], ["sodium_simd", "libsodium compiled with SIMD128, one by one"], ["openssl", "OpenSSL, one by one"], ["webcrypto", "WebCrypto with import"],
      ["polkadot", "@polkadot/wasm-crypto"], ["noble", "@noble/curves"], ["dalek", "ed25519-dalek, batch"], ["zebra", "ed25519-zebra, batch"], ["zebra_of_nodes", "ed25519-zebra 4, batch"],
      ["single", "mote, one by one"], ["single_simd", "mote with SIMD128, one by one"], ...KINDS.flatMap(([kind, what]) => [[kind, `mote, ${what}`], [`${kind}_simd`, `mote with SIMD128, ${what}`]]),
      ...withBackends(KINDS, "mote, "), ...[1, 2, 4, 8, 32].map((n) => [`batch_${n}`, `mote, batch of ${n}`]), ...[1, 2, 4, 8, 32].map((n) => [`batch_${n}_simd`, `mote with SIMD128, batch of ${n}`]),
    ],
    ratios: [
      ["mote one by one, over libsodium", "sodium", "single"], ["mote's batch, over libsodium", "sodium", "batch"], ["the same, with SIMD128", "sodium", "batch_simd"],
      ["keys cached, over libsodium", "sodium", "batch_cached"], ["the same, with SIMD128", "sodium", "batch_cached_simd"],
      ["8 fragments, over libsodium", "sodium", "batch_of_8"], ["the same, with SIMD128", "sodium", "batch_of_8_simd"],
      ["mote's batch, over OpenSSL", "openssl", "batch"], ["mote's batch, over WebCrypto", "webcrypto", "batch"], ["mote's batch, over @polkadot/wasm-crypto", "polkadot", "batch"],
      ["mote's batch, over @noble/curves", "noble", "batch"], ["mote's batch, over ed25519-dalek's", "dalek", "batch"], ["mote's batch, over ed25519-zebra's", "zebra", "batch"],
      ["mote's batch, over the zebra of nodes", "zebra_of_nodes", "batch"],
      ["a batch of 4, over one by one", "single_4", "batch_4"], ["a batch of 8, over one by one", "single_8", "batch_8"],
    ],
  };
}

const FRAGMENTS = 32, AUTHORITIES = 1000;

/** The library as it is shipped. */
const shipped = () => Object.fromEntries(readdirSync(path("web/dist")).filter((name) => /\.(js|wasm)$/.test(name)).map((name) => [`mote/${name}`, path(`web/dist/${name}`)]));

export async function workers(tools) {
  const warp = written(tools, "warp", tools.program("growth_bench"), "--warp", String(FRAGMENTS), String(AUTHORITIES));
  const { times } = await measureInChromium("workers_measure.mjs", { rounds: tools.rounds }, pageFiles(tools, "ed25519", { "warp.bin": warp, ...shipped() }));
  return {
    title: "A warp proof in the page, and on Workers",
    about: `${FRAGMENTS} fragments of ${AUTHORITIES} authorities, 667 signatures each, from the proof's bytes to its last link through the library that is shipped: headers, sets and votes as well. On the clock: Workers need processors that have nothing else to do.`,
    unit: "µs a signature", scale: 1e3,
    hosts: { chromium: times },
    names: [
      ["sodium", "libsodium, one by one, in the page"], ["page", "mote, in the page"], ["workers_1", "mote, one Worker"], ["workers_2", "mote, two Workers"],
      ["page_known", "mote, in the page, keys known"], ["workers_2_known", "mote, two Workers, keys known"],
    ],
    ratios: [
      ["in the page, over libsodium", "sodium", "page"], ["one Worker, over libsodium", "sodium", "workers_1"], ["two Workers, over libsodium", "sodium", "workers_2"], ["two Workers, over the page", "page", "workers_2"],
      ["keys known, in the page, over libsodium", "sodium", "page_known"], ["keys known, two Workers, over libsodium", "sodium", "workers_2_known"],
    ],
  };
}

export async function schnorr(tools) {
  const cases = await recordedCases(), file = join(tools.folder, "cases");
  writeFileSync(file, cases);
  const { rounds } = tools;
  const native = await natively([["", tools.program("sr25519_bench"), file], ["schnorrkel_", tools.oracle, "bench", "sr25519", file], ["fast_", tools.peers, "sr25519", file]], rounds);
  const node = await sr25519({ ...inWasm(tools, "sr25519"), cases, libraries: await libraries(), rounds });
  const chromium = await measureInChromium("sr25519_measure.mjs", { rounds }, pageFiles(tools, "sr25519", { "cases.bin": file, "peers.js": await bundled() }));
  const works = [["single", "one by one"], ["batch_8", "batches of 8"], ["batch_64", "batches of 64"], ["batch_256", "a batch of 256"], ["vrf", "VRF proof"], ["vrf_many", "VRF proofs, all at once"], ["vrf_and_score", "VRF proof and BABE's score"]];
  return {
    title: "sr25519: seals and VRF proofs of recorded headers",
    about: "256 of each. schnorrkel with curve25519-dalek's portable field, and with the best one that it has on this machine.",
    unit: "µs a case", scale: 1e3,
    hosts: { native, node: node.times, chromium: chromium.times },
    names: [
      ["peer_single", "@polkadot/wasm-crypto, one by one"], ["peer_vrf", "@polkadot/wasm-crypto, VRF proof"],
      ...[["schnorrkel_", "schnorrkel, portable: "], ["fast_", "schnorrkel, best field: "]].flatMap(([prefix, who]) =>
        [["single", "one by one"], ["batch", "a batch of 256"], ["vrf", "VRF proof"], ["vrf_and_score", "VRF proof and BABE's score"]].map(([work, what]) => [prefix + work, who + what])),
      ...works.flatMap(([work, what]) => [[work, `mote, ${what}`], [`${work}_simd`, `mote with SIMD128, ${what}`]]),
    ],
    ratios: [
      ["one by one, over schnorrkel, portable", "schnorrkel_single", "single"], ["one by one, over schnorrkel, best field", "fast_single", "single"],
      ["a batch of 256, over schnorrkel's, best field", "fast_batch", "batch_256"],
      ["VRF proofs, over schnorrkel, portable", "schnorrkel_vrf", "vrf"], ["VRF proofs, over schnorrkel, best field", "fast_vrf", "vrf"], ["VRF proofs at once, over schnorrkel, best field", "fast_vrf", "vrf_many"],
      ["one by one, over @polkadot/wasm-crypto", "peer_single", "single"], ["VRF proofs, over @polkadot/wasm-crypto", "peer_vrf", "vrf"],
      ["a batch of 256, over @polkadot/wasm-crypto", "peer_single", "batch_256"],
    ],
  };
}

export async function nodes(tools) {
  const rounds = 10 * tools.rounds;
  const native = await natively([["", tools.program("hash_bench")]], rounds);
  const node = await hash({ ...inWasm(tools, "hash"), rounds });
  const chromium = await measureInChromium("hash_measure.mjs", { rounds }, pageFiles(tools, "hash"));
  return {
    title: "BLAKE2b-256 of trie nodes, Keccak-256 of mountain ranges' nodes",
    about: "Nodes of 200 bytes as they lie in a proof. libsodium's sources are compiled for wasm three times: as everything here (at its best), with the flags of its own wasm build, and with nothing configured.",
    unit: "ns a node", scale: 1,
    hosts: { native, node: node.times, chromium: chromium.times },
    names: [
      ["sodium", "libsodium at its best"], ["sodium_simd", "the same, compiled with SIMD128"], ["sodium_os", "libsodium as its own wasm build"], ["sodium_plain", "libsodium's sources as they are"], ["own", "mote, one by one, scalar"],
      ["own_simd", "mote with SIMD128, one by one"], ["many_simd", "mote with SIMD128, many at once"], ["own_neon", "mote, many at once, neon"], ["own_avx2", "mote, many at once, avx2"], ["own_avx512", "mote, many at once, avx512"],
      ["keccak", "Keccak-256 of 64 bytes, portable"], ...BACKENDS.slice(1).map((name) => [`keccak_${name}`, `Keccak-256 of 64 bytes, many at once, ${name}`]),
    ],
    ratios: [
      ["scalar, over libsodium at its best", "sodium", "own"], ["scalar, over libsodium as its own wasm build", "sodium_os", "own"],
      ["SIMD128, over scalar", "own", "many_simd"], ["AVX2, over scalar", "own", "own_avx2"], ["AVX-512, over scalar", "own", "own_avx512"],
      ["Keccak: AVX2, over portable", "keccak", "keccak_avx2"], ["Keccak: AVX-512, over portable", "keccak", "keccak_avx512"],
    ],
  };
}

/** Of the worlds of proof_bench with 10 000 keys, for each back end: the worst of them counts. */
export async function proofs(tools) {
  const worlds = JSON.parse(execFileSync(tools.program("proof_bench"), [String(tools.rounds)], { encoding: "utf8", maxBuffer: 1 << 24 }));
  const worst = (name) => worlds.filter(({ backend, keys }) => backend === name && keys === 10000).toSorted((a, b) => a.hashing - b.hashing)[0];
  const judged = BACKENDS.map(worst).filter((world) => world !== undefined);
  return {
    title: "Storage proofs: load, and read every key",
    about: "Beside nothing but hashing all entries of the same proof. \"Hashing\" is the part of the time that hashing alone takes, median of the rounds' quotients.",
    table: {
      head: ["state", "back end", "keys", "entries", "KiB of proof", "KiB of memory", "ns a key: hashing", "ns a key: all", "hashing"],
      rows: worlds.map((w) => [w.state, w.backend, w.keys, w.entries, (w.proof_bytes / 1024).toFixed(0), (w.memory_bytes / 1024).toFixed(0), w.hash_nanoseconds_a_key, w.nanoseconds_a_key, `${(100 * w.hashing).toFixed(0)} %`]),
    },
    values: Object.fromEntries(judged.map(({ backend, state, hashing }) => [`hashing_${backend}`, { title: `10 000 keys, ${backend}, the worst state (${state})`, value: hashing, unit: "%" }])),
    raw: worlds,
  };
}

export async function states(tools) {
  const state = written(tools, "state", tools.program("state_bench"), "--state"), recoveries = written(tools, "recoveries", tools.program("beefy_bench"), "--cases");
  const native = await natively(
    [["", tools.program("state_bench")], ["", tools.program("beefy_bench")], ["sp_trie_", tools.oracle, "bench", "state", state], ["k256_", tools.oracle, "bench", "recover", recoveries]], tools.rounds);
  return {
    title: "A whole state, and BEEFY's recoveries",
    about: "Kusama's state at block 3783, 1.4 MB: all keys put into memory one by one and the root made (\"kept\"), or the root alone; beside sp-trie. Recoveries of a recorded commitment's signatures, beside k256. One thread.",
    unit: "µs", scale: 1e3,
    hosts: { native },
    names: [
      ["sp_trie_kept", "sp-trie, kept, V0"], ["kept_v0", "mote, kept, V0"], ["kept_v1", "mote, kept, V1"], ["sp_trie_root_v0", "sp-trie, root, V0"], ["root_v0", "mote, root, V0"],
      ["sp_trie_root_v1", "sp-trie, root, V1"], ["root_v1", "mote, root, V1"], ...BACKENDS.map((name) => [`kept_v0_${name}`, `mote, kept, V0, ${name}`]), ...BACKENDS.map((name) => [`root_v0_${name}`, `mote, root, V0, ${name}`]),
      ["k256_recover", "k256, recovery"], ["recover", "mote, recovery"],
    ],
    ratios: [["kept, over sp-trie", "sp_trie_kept", "kept_v0"], ["root V0, over sp-trie", "sp_trie_root_v0", "root_v0"], ["root V1, over sp-trie", "sp_trie_root_v1", "root_v1"], ["recovery, over k256", "k256_recover", "recover"]],
  };
}

const packed = (file) => brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** Bytes over the wire, starts, memory. */
export async function page(tools) {
  const modules = ["mote", "mote-simd", "mote-live", "mote-live-simd", "mote-authorship", "mote-beefy", "mote-state"].map((name) => [name, [`web/dist/${name}.wasm`, `build/wasm-simd/${name}.wasm`].map(path).find((file) => existsSync(file))]).filter(([, file]) => file !== undefined);
  const chromium = await startsInChromium(tools.starts), node = await startsInNode(tools.starts);
  const sizes = Object.fromEntries(modules.map(([name, file]) => [name, packed(file)]));
  return {
    title: "In a page",
    about: "Start: from the fetch of mote.wasm to the first verdict, one key of a storage proof; and, from the import of the library with nothing else loaded, to the first answer from a light sync state of Kusama: "
      + "mote's is the checkpoint taken in, smoldot's the chain's name told by its JSON-RPC, which its users wait for as well. A page, or a process, of its own each time.",
    unit: "ms", scale: 1e6,
    hosts: { node, chromium: chromium.times },
    names: [["start", "mote, fetch to first verdict"], ["mote", "mote, import to first answer"], ["smoldot", "smoldot 3.4.1, import to first answer"]],
    ratios: [["import to first answer, over smoldot", "smoldot", "mote"]],
    table: { head: ["module", "bytes", "gzip -9", "brotli -11"], rows: modules.map(([name, file]) => [`${name}.wasm`, readFileSync(file).length, gzipSync(readFileSync(file), { level: 9 }).length, sizes[name]]) },
    values: {
      brotli: { title: "mote.wasm, brotli", value: sizes.mote, unit: "KiB" },
      ...(sizes["mote-simd"] === undefined ? {} : { brotli_simd: { title: "mote-simd.wasm, brotli", value: sizes["mote-simd"], unit: "KiB" } }),
      start: { title: "fetch to first verdict", ...(({ median: value, q1, q3 }) => ({ value, q1, q3 }))(summary(chromium.times.start.map((nanos) => nanos / 1e6))), unit: "ms" },
      memory: { title: chromium.memory.title, value: chromium.memory.bytes, unit: "MiB" },
    },
  };
}

/** Programs that tell their own medians. */
export async function others(tools) {
  const chain = JSON.parse(execFileSync(tools.program("chain_bench"), [String(tools.rounds)], { encoding: "utf8" }));
  const rpc = JSON.parse(execFileSync(tools.program("rpc_bench"), [String(tools.rounds)], { encoding: "utf8" }));
  const row = (what, name) => (name in chain ? [[what, name === "threshold_micros" ? chain[name].toFixed(2) : chain[name].toFixed(0)]] : []);
  return {
    title: "Chains and answers of nodes, one thread",
    about: "Westend from genesis, 256 recorded blocks, and the local network's relay chain; JSON-RPC's answers of 5 MB from text to bytes.",
    table: {
      head: ["what", "medians"],
      rows: [
        ...row("Westend's headers a second, one by one", "headers_per_second"), ...row("the same, judged together", "headers_together_per_second"), ...row("Westend's blocks with bodies a second", "blocks_per_second"),
        ...row("local relay chain's headers a second, one by one", "local_headers_per_second"), ...row("the same, judged together", "local_together_per_second"), ...row("µs a threshold", "threshold_micros"),
        ...Object.entries(rpc).map(([name, value]) => [`JSON-RPC, ${name.replaceAll("_", " ")}, MB of text a second`, value]),
      ],
    },
    raw: { chain, rpc },
  };
}

/** In this order. */
export const SECTIONS = { signatures, workers, schnorr, nodes, proofs, states, others, page };
