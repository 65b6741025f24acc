// SPDX-License-Identifier: Apache-2.0
// The work of sr25519_work.c in WebAssembly, scalar and with SIMD128, beside @polkadot/wasm-crypto: units are cases. That one's VRF
// has another transcript than BABE's, so it verifies proofs of its own making, over messages of the same size.
import { fetched, instance, takeTurns } from "./turns.mjs";

const CASES = 256;
const SIGNATURE = 128;

const split = (bytes) => ({ key: bytes.subarray(0, 32), signature: bytes.subarray(32, 96), message: bytes.subarray(96) });

function peerWorks(peer, cases) {
    const signatures = Array.from({ length: CASES }, (_, i) => split(cases.slice(SIGNATURE * i, SIGNATURE * (i + 1))));
    const context = new TextEncoder().encode("BABE");
    const none = new Uint8Array();
    const proofs = signatures.map(({ key: seed, message }) => {
        const pair = peer.sr25519KeypairFromSeed(seed);
        return { key: pair.slice(64), message, proof: peer.vrfSign(pair.slice(0, 64), context, message, none) };
    });
    return {
        peer_single: [CASES, () => signatures.filter(({ key, signature, message }) => peer.sr25519Verify(signature, message, key)).length],
        peer_vrf: [CASES, () => proofs.filter(({ key, message, proof }) => peer.vrfVerify(key, context, message, none, proof)).length],
    };
}

async function worksOf(bytes, cases, suffix) {
    const exports = await instance(bytes);
    const memory = new Uint8Array(exports.memory.buffer);
    memory.set(cases.subarray(0, CASES * SIGNATURE), exports.bench_signatures());
    memory.set(cases.subarray(CASES * SIGNATURE), exports.bench_vrfs());
    const works = {
        single: exports.bench_single,
        vrf: exports.bench_vrf,
        vrf_many: exports.bench_vrf_many,
        vrf_and_score: exports.bench_vrf_and_score,
        batch_8: () => exports.bench_batch(8),
        batch_64: () => exports.bench_batch(64),
        batch_256: () => exports.bench_batch(256),
    };
    return Object.fromEntries(Object.entries(works).map(([name, run]) => [name + suffix, [CASES, run]]));
}

export async function measure({ scalar, simd, cases, libraries, rounds }) {
    const works = {
        ...peerWorks(libraries.polkadot, cases), ...(await worksOf(scalar, cases, "")),
        ...(simd === undefined ? {} : await worksOf(simd, cases, "_simd")),
    };
    return { times: await takeTurns(works, rounds) };
}

export async function measureInPage(options) {
    const { polkadot, ready } = await import("/peers.js");
    await ready();
    return measure({
        ...options, scalar: await fetched("sr25519.wasm"), simd: await fetched("sr25519_simd.wasm"), cases: await fetched("cases.bin"), libraries: { polkadot },
    });
}
