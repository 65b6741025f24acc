// SPDX-License-Identifier: Apache-2.0
// Works take turns, in whatever host imports this.

/** `works`: name -> [units, function that returns how many units it did]. Gives name -> nanoseconds a unit of each round. The
 * first rounds run on the engine's quick compiler and are not counted. */
export async function takeTurns(works, rounds, first = 3) {
    const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
    for (let round = -first; round < rounds; round++) {
        for (const [name, [units, run]] of Object.entries(works)) {
            const start = performance.now();
            const done = await run();
            const took = performance.now() - start;
            if (done !== units) throw new Error(`${name}: ${done} of ${units}`);
            if (round >= 0) times[name].push((1e6 * took) / units);
        }
    }
    return times;
}

/** Of works that the host may not have, those that it does. */
export async function those(works) {
    const kept = {};
    for (const [name, work] of Object.entries(works)) {
        try {
            await work[1]();
            kept[name] = work;
        } catch {
            // It has not.
        }
    }
    return kept;
}

export async function instance(bytes) {
    const { instance: made } = await WebAssembly.instantiate(bytes, {});
    made.exports._initialize?.();
    return made.exports;
}

export async function fetched(name) {
    const response = await fetch(`/${name}`);
    if (!response.ok) return undefined;
    return new Uint8Array(await response.arrayBuffer());
}
