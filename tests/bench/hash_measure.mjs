// SPDX-License-Identifier: Apache-2.0
// The work of hash_work.c in WebAssembly, scalar and with SIMD128: units are nodes.
import { fetched, instance, takeTurns } from "./turns.mjs";

export async function measure({ scalar, simd, rounds }) {
    const plain = await instance(scalar);
    plain.bench_prepare();
    plain.bench_sodium();
    const sum = plain.bench_sum();
    const same = ({ bench_sum }, run) => [1000, () => {
        const hashes = run();
        return bench_sum() === sum ? hashes : 0;
    }];
    const works = {
        own: same(plain, plain.bench_own), sodium: same(plain, plain.bench_sodium),
        sodium_os: same(plain, plain.bench_sodium_os), sodium_plain: same(plain, plain.bench_sodium_plain),
    };
    if (simd !== undefined) {
        const vectors = await instance(simd);
        vectors.bench_prepare();
        works.own_simd = same(vectors, vectors.bench_own);
        works.many_simd = same(vectors, () => vectors.bench_many(0));
        works.sodium_simd = same(vectors, vectors.bench_sodium);
    }
    return { times: await takeTurns(works, rounds, 100) };
}

export async function measureInPage(options) {
    return measure({ ...options, scalar: await fetched("hash.wasm"), simd: await fetched("hash_simd.wasm") });
}
