// SPDX-License-Identifier: Apache-2.0
// Times the work of sr25519_work.c in WebAssembly, in turns with @polkadot/wasm-crypto, in whatever host imports this:
// for each kind of work the times of all rounds, in microseconds a case. `peer` is that package, ready; its VRF has
// another transcript than BABE's, so it verifies proofs of its own making, over messages of the same size.

const CASES = 256;
const SIGNATURE = 128;

const split = (bytes) => ({ key: bytes.subarray(0, 32), signature: bytes.subarray(32, 96), message: bytes.subarray(96) });

function peerWork(peer, cases) {
    const signatures = Array.from({ length: CASES }, (_, i) => split(cases.slice(SIGNATURE * i, SIGNATURE * (i + 1))));
    const context = new TextEncoder().encode("BABE");
    const none = new Uint8Array();
    const proofs = signatures.map(({ key: seed, message }) => {
        const pair = peer.sr25519KeypairFromSeed(seed);
        return { key: pair.slice(64), message, proof: peer.vrfSign(pair.slice(0, 64), context, message, none) };
    });
    return {
        peer_single: () => signatures.filter(({ key, signature, message }) => peer.sr25519Verify(signature, message, key)).length,
        peer_vrf: () => proofs.filter(({ key, message, proof }) => peer.vrfVerify(key, context, message, none, proof)).length,
    };
}

export async function measure(wasmBytes, rounds, cases, peer) {
    const { instance } = await WebAssembly.instantiate(wasmBytes, {});
    const { exports } = instance;
    exports._initialize?.();
    const memory = new Uint8Array(exports.memory.buffer);
    memory.set(cases.subarray(0, CASES * SIGNATURE), exports.bench_signatures());
    memory.set(cases.subarray(CASES * SIGNATURE), exports.bench_vrfs());
    const work = {
        ...peerWork(peer, cases),
        single: exports.bench_single,
        vrf: exports.bench_vrf,
        vrf_many: exports.bench_vrf_many,
        vrf_and_score: exports.bench_vrf_and_score,
        batch_8: () => exports.bench_batch(8),
        batch_64: () => exports.bench_batch(64),
        batch_256: () => exports.bench_batch(256),
    };
    const times = Object.fromEntries(Object.keys(work).map((name) => [name, []]));
    // The first rounds run on the engine's quick compiler and are not counted.
    for (let round = -3; round < rounds; round++) {
        for (const [name, run] of Object.entries(work)) {
            const start = performance.now();
            const accepted = run();
            const took = performance.now() - start;
            if (accepted !== CASES) throw new Error(`${name}: ${accepted} of ${CASES} accepted`);
            if (round >= 0) times[name].push((1000 * took) / CASES);
        }
    }
    return times;
}

// In a page: what is not handed in is fetched.
export async function measureInPage(wasmBytes, rounds) {
    const cases = new Uint8Array(await (await fetch("/cases.bin")).arrayBuffer());
    for (const name of ["polkadot_util.js", "polkadot_wasm_crypto.js"]) {
        await new Promise((resolve, reject) => {
            const script = Object.assign(document.createElement("script"), { src: `/${name}`, onload: resolve, onerror: reject });
            document.head.append(script);
        });
    }
    const peer = globalThis.polkadotWasmCrypto;
    if (!(await peer.waitReady())) throw new Error("@polkadot/wasm-crypto is not ready");
    return measure(wasmBytes, rounds, cases, peer);
}
