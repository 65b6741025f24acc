// SPDX-License-Identifier: Apache-2.0
// The work of ed25519_work.c in WebAssembly, scalar and with SIMD128, beside what else verifies Ed25519 in that host: units are
// signatures. WebCrypto's keys are imported each time, as a client must.
import { fetched, instance, takeTurns, those } from "./turns.mjs";

const SIGNERS = 667;
const FRAGMENTS = 8;
/** Those written in JavaScript take a millisecond for one. */
const FEW = 16;

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

function worksOf(exports, suffix) {
    const works = {
        single: [SIGNERS, exports.bench_single],
        batch: [SIGNERS, exports.bench_batch],
        batch_cached: [SIGNERS, exports.bench_batch_cached],
        batch_of_8: [SIGNERS * FRAGMENTS, exports.bench_batch_of_all],
    };
    for (const size of [4, 8]) works[`single_${size}`] = [32 * size, repeated(32, () => exports.bench_small_single(size))];
    for (const size of [1, 2, 4, 8, 32]) works[`batch_${size}`] = [32 * size, repeated(32, () => exports.bench_small_batch(size))];
    return Object.fromEntries(Object.entries(works).map(([name, work]) => [name + suffix, work]));
}

function peers({ noble, polkadot }, votes) {
    const few = votes.slice(0, FEW), all = (list, verify) => [list.length, () => list.filter(verify).length];
    return {
        webcrypto: [SIGNERS, () => verifyWithWebCrypto(votes)],
        noble: all(few, ({ key, signature, message }) => noble.ed25519.verify(signature, message, key)),
        polkadot: all(votes, ({ key, signature, message }) => polkadot.ed25519Verify(signature, message, key)),
    };
}

/** `curve`: the sizes of the growth curve, few rounds each; null: none. */
export async function measure({ scalar, simd, libraries, rounds, curve }) {
    const plain = await instance(scalar), vectors = simd === undefined ? undefined : await instance(simd);
    plain.bench_prepare();
    vectors?.bench_prepare();
    const votes = readVotes(plain);
    const works = {
        sodium: [SIGNERS, plain.bench_sodium],
        ...worksOf(plain, ""),
        ...(vectors === undefined ? {} : { sodium_simd: [SIGNERS, vectors.bench_sodium], ...worksOf(vectors, "_simd") }),
        ...(await those(peers(libraries, votes))),
    };
    const times = await takeTurns(works, rounds);
    return { times, growth: curve === undefined ? {} : await grow(plain, vectors, curve) };
}

async function grow(plain, vectors, { sizes, rounds }) {
    const curves = {};
    plain.bench_prepare_growing();
    vectors?.bench_prepare_growing();
    for (const n of sizes) {
        // A few are done several times: the clock is coarse.
        const times = 1 + Math.floor(200 / n), often = (run) => [n * times, repeated(times, () => run(n))];
        const works = { scalar: often(plain.bench_growing), sodium: often(plain.bench_growing_sodium) };
        if (vectors !== undefined) works.simd = often(vectors.bench_growing);
        if (n > 1000) delete works.sodium; // it grows by the number alone
        for (const [name, list] of Object.entries(await takeTurns(works, rounds, 1))) (curves[name] ??= []).push([n, list]);
    }
    return curves;
}

export async function measureInPage(options) {
    const { noble, polkadot, ready } = await import("/peers.js");
    await ready();
    return measure({ ...options, scalar: await fetched("ed25519.wasm"), simd: await fetched("ed25519_simd.wasm"), libraries: { noble, polkadot } });
}
