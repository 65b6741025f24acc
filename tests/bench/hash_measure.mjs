// SPDX-License-Identifier: Apache-2.0
// Times the work of hash_work.c in WebAssembly, in turns, in whatever host imports this: medians in nanoseconds a hash.

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

export async function measure(wasmBytes, rounds) {
    const { instance } = await WebAssembly.instantiate(wasmBytes, {});
    const { exports } = instance;
    exports._initialize?.();
    exports.bench_prepare();
    const work = { own: exports.bench_own, sodium: exports.bench_sodium, sodium_os: exports.bench_sodium_os, sodium_plain: exports.bench_sodium_plain };
    const times = Object.fromEntries(Object.keys(work).map((name) => [name, []]));
    work.sodium();
    const sum = exports.bench_sum();
    // The first rounds run on the engine's quick compiler and are not counted.
    for (let round = -100; round < rounds; round++) {
        for (const [name, run] of Object.entries(work)) {
            const start = performance.now();
            const hashes = run();
            const took = performance.now() - start;
            if (exports.bench_sum() !== sum) throw new Error(`${name}: other hashes`);
            if (round >= 0) times[name].push((1e6 * took) / hashes);
        }
    }
    return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}
