// SPDX-License-Identifier: Apache-2.0
// Sixteen fragments in two units of eight, judged in the page, in one Worker and in two: units are signatures. The units' bytes go to the
// Worker each time, as they must.
import { fetched, instance, takeTurns } from "./turns.mjs";

const SIGNERS = 667, UNIT = 8 * SIGNERS, VOTE = 149;

const source = (turns) => `
import { instance } from "${turns}";
let made;
onmessage = async ({ data }) => {
    if (data.wasm !== undefined) {
        made = await instance(data.wasm);
        made.bench_prepare();
        return postMessage(0);
    }
    postMessage(data.unit.byteLength === ${UNIT * VOTE} ? made.bench_batch_of_all() : 0);
};`;

async function worker(wasm) {
    const code = URL.createObjectURL(new Blob([source(new URL("/turns.mjs", location.href))], { type: "text/javascript" }));
    const started = new Worker(code, { type: "module" });
    const ask = (message, transfer = []) => new Promise((resolve, reject) => {
        started.onmessage = ({ data }) => resolve(data);
        started.onerror = reject;
        started.postMessage(message, transfer);
    });
    await ask({ wasm });
    return { judge: (unit) => ask({ unit }, [unit]), stop: () => started.terminate() };
}

/** Each takes the next unit when it has done one. */
async function judge(workers, units) {
    const left = Array.from({ length: units }, () => new Uint8Array(UNIT * VOTE).buffer);
    let accepted = 0;
    await Promise.all(workers.map(async ({ judge: one }) => {
        while (left.length > 0) {
            const done = await one(left.pop());
            accepted += done;
        }
    }));
    return accepted;
}

export async function measureInPage({ rounds }) {
    const plain = await instance(await fetched("ed25519.wasm")), simd = await fetched("ed25519_simd.wasm"), used = simd ?? (await fetched("ed25519.wasm"));
    const here = await instance(used);
    plain.bench_prepare();
    here.bench_prepare();
    const workers = await Promise.all([worker(used), worker(used)]);
    const times = await takeTurns({
        sodium: [SIGNERS, plain.bench_sodium],
        page: [2 * UNIT, () => here.bench_batch_of_all() + here.bench_batch_of_all()],
        workers_1: [2 * UNIT, () => judge(workers.slice(0, 1), 2)],
        workers_2: [2 * UNIT, () => judge(workers, 2)],
    }, rounds);
    for (const { stop } of workers) stop();
    return { times };
}
