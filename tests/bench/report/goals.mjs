// SPDX-License-Identifier: Apache-2.0
// What is to be reached: "least" is required, "aim" is what we are here for. Each names a section, a host and two of its works
// (how many times faster the one is than the other), or a value of a section.
const goal = (measure, section, host, over, under, least, aim) => ({ measure, section, host, over, under, least, aim });
const value = (measure, section, name, least, aim, unit, atMost = false) => ({ measure, section, value: name, least, aim, unit, atMost });

/** The table of goals for speed. */
export const GOALS = [
  goal("667-signature justification, Chromium, one thread, over libsodium-wasm one by one", "signatures", "chromium", "sodium", "batch_simd", 4.3, 5.2),
  goal("the same, keys cached", "signatures", "chromium", "sodium", "batch_cached_simd", 5.3, 6.5),
  goal("warp fragment, Chromium, 8 batched, over the same", "signatures", "chromium", "sodium", "batch_of_8_simd", 8.5, 10),
  goal("the same, 2 workers", "workers", "chromium", "sodium", "workers_2", 14, 17),
  ...[["portable", [2.9, 3.3], [3.8, 4.2], [5.5, 6]], ["avx2", [4.6, 5.4], [5.8, 6.8], [8, 9.5]], ["avx512", [7.5, 9], [9, 11], [12, 15]]].flatMap(
    ([name, cold, cached, eight]) => [
      goal(`667 signatures, native, one thread, over libsodium one by one: ${name}`, "signatures", "native", "sodium", `batch_${name}`, ...cold),
      goal(`the same, keys cached: ${name}`, "signatures", "native", "sodium", `batch_cached_${name}`, ...cached),
      goal(`the same, 8 fragments batched, per fragment: ${name}`, "signatures", "native", "sodium", `batch_of_8_${name}`, ...eight),
    ],
  ),
  goal("against ed25519-dalek's batch, best back end each", "signatures", "native", "dalek", "batch", 1.3, 1.6),
  goal("against ed25519-zebra's batch, best back end each", "signatures", "native", "zebra", "batch", 1.3, 1.6),
  goal("BLAKE2b-256 over proof nodes, over our scalar: wasm", "nodes", "chromium", "own", "many_simd", 1.2, 1.3),
  goal("BLAKE2b-256 over proof nodes, over our scalar: AVX2", "nodes", "native", "own", "own_avx2", 1.8, 2.2),
  ...["portable", "avx2", "avx512"].map((name) => value(`storage proof, 10 000 keys, against raw hashing speed: ${name}`, "proofs", `hashing_${name}`, 0.5, 0.65, "%")),
  value("verifier wasm, brotli: scalar", "page", "brotli", 80 * 1024, 65 * 1024, "KiB", true),
  value("verifier wasm, brotli: with SIMD", "page", "brotli_simd", 95 * 1024, 80 * 1024, "KiB", true),
];

/** Beside the chart's bars, where "the same" says too little. */
const LABELS = [
  "Chromium: 667 signatures over libsodium-wasm", "Chromium: 667 signatures, keys cached", "Chromium: warp fragment of 8 batched", "Chromium: warp fragment of 8, 2 workers",
  ...["portable", "AVX2", "AVX-512 IFMA"].flatMap((name) => [`${name}: 667 signatures over libsodium`, `${name}: 667 signatures, keys cached`, `${name}: fragment of 8 batched`]),
  "batch over ed25519-dalek's", "batch over ed25519-zebra's", "BLAKE2b of nodes over our scalar, wasm", "BLAKE2b of nodes over our scalar, AVX2", ...["portable", "AVX2", "AVX-512"].map((name) => `storage proof of 10 000 keys, part of raw hashing, ${name}`),
  "verifier wasm, brotli: scalar", "verifier wasm, brotli: with SIMD",
];
GOALS.forEach((one, i) => (one.label = LABELS[i]));

/** Goals that were reached before these, and must stay so. */
export const KEPT = [
  goal("667-signature justification over WebCrypto with import, Chromium", "signatures", "chromium", "webcrypto", "batch_simd", 1.6),
  goal("sr25519 signatures one by one over schnorrkel's portable field, native", "schnorr", "native", "schnorrkel_single", "single", 1),
  goal("BABE's VRF proofs over schnorrkel's portable field, native", "schnorr", "native", "schnorrkel_vrf", "vrf", 1),
  goal("sr25519 signatures over @polkadot/wasm-crypto, Chromium", "schnorr", "chromium", "peer_single", "single_simd", 3),
  goal("VRF proofs over @polkadot/wasm-crypto, Chromium", "schnorr", "chromium", "peer_vrf", "vrf_simd", 3),
  goal("a whole state, every node kept, over sp-trie, native", "states", "native", "sp_trie_kept", "kept_v0", 2),
  goal("BEEFY's recoveries over k256, native", "states", "native", "k256_recover", "recover", 1),
  goal("BLAKE2b-256 of a node over libsodium at its best, native", "nodes", "native", "sodium", "own", 1),
  goal("BLAKE2b-256 of nodes over libsodium's sources as they are, Chromium", "nodes", "chromium", "sodium_plain", "many_simd", 1.7),
  value("fetch of mote.wasm to the first verdict, Chromium", "page", "start", 25, undefined, "ms", true),
  value("memory, 999 authorities and a proof of 1.2 MB", "page", "memory", 8 << 20, undefined, "MiB", true),
];
