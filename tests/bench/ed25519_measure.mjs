// SPDX-License-Identifier: Apache-2.0
// Times the work of ed25519_work.c in WebAssembly, in turns, in whatever host imports this: for each kind of work the
// times of all rounds, in microseconds a signature. WebCrypto is timed too, keys imported each time as a client must, where the host has Ed25519.

const SIGNERS = 667;
const FRAGMENTS = 8;

async function verifyWithWebCrypto(votes) {
    const verdicts = await Promise.all(
        votes.map(async ({ key, signature, message }) => {
            const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
            return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
        }),
    );
    return verdicts.filter(Boolean).length;
}

function readVotes(exports) {
    const copy = (at, size) => new Uint8Array(exports.memory.buffer, at, size).slice();
    return Array.from({ length: SIGNERS }, (_, i) => ({
        key: copy(exports.bench_key(i), 32),
        signature: copy(exports.bench_signature(i), 64),
        message: copy(exports.bench_message(i), 53),
    }));
}

const repeated = (times, work) => () => {
    let accepted = 0;
    for (let i = 0; i < times; i++) accepted += work();
    return accepted;
};

export async function measure(wasmBytes, rounds) {
    const { instance } = await WebAssembly.instantiate(wasmBytes, {});
    const { exports } = instance;
    exports._initialize?.();
    exports.bench_prepare();
    const votes = readVotes(exports);
    const work = {
        sodium: [SIGNERS, exports.bench_sodium],
        single: [SIGNERS, exports.bench_single],
        batch: [SIGNERS, exports.bench_batch],
        batch_cached: [SIGNERS, exports.bench_batch_cached],
        batch_of_8: [SIGNERS * FRAGMENTS, exports.bench_batch_of_all],
        webcrypto: [SIGNERS, () => verifyWithWebCrypto(votes)],
    };
    for (const size of [4, 8]) work[`single_${size}`] = [32 * size, repeated(32, () => exports.bench_small_single(size))];
    for (const size of [1, 2, 4, 8, 32]) work[`batch_${size}`] = [32 * size, repeated(32, () => exports.bench_small_batch(size))];
    try {
        await work.webcrypto[1]();
    } catch {
        delete work.webcrypto;
    }
    const times = Object.fromEntries(Object.keys(work).map((name) => [name, []]));
    // The first rounds run on the engine's quick compiler and are not counted.
    for (let round = -3; round < rounds; round++) {
        for (const [name, [signatures, run]] of Object.entries(work)) {
            const start = performance.now();
            const accepted = await run();
            const took = performance.now() - start;
            if (accepted !== signatures) throw new Error(`${name}: ${accepted} of ${signatures} accepted`);
            if (round >= 0) times[name].push((1000 * took) / signatures);
        }
    }
    return times;
}
