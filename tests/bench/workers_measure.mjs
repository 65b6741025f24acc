// SPDX-License-Identifier: Apache-2.0
// A warp proof in the page, from its bytes to its last link, through the library that is shipped: on the page's thread, and its signatures
// on Workers. Units are signatures. With keys decoded each time, and with those that are known from the last time.
import { fetched, instance, takeTurns } from "./turns.mjs";

const SIGNERS = 667;

async function follow(mote, { proof, authorities, fragments }, workers) {
    let links = 0;
    for await (const { votes } of mote.warp(proof, { authorities, setId: 1 }, { workers })) links += votes.countedVoters === SIGNERS ? 1 : 0;
    return links === fragments ? links * SIGNERS : 0;
}

/** u32 size and bytes of the authorities' list, u32 fragments, the proof. */
function given(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset), size = view.getUint32(0, true);
    return { authorities: bytes.subarray(4, 4 + size), fragments: view.getUint32(4 + size, true), proof: bytes.subarray(8 + size) };
}

export async function measureInPage({ rounds }) {
    const { Mote } = await import("/mote/index.js");
    const plain = await instance(await fetched("ed25519.wasm")), warp = given(await fetched("warp.bin"));
    const unknown = await Mote.load({ cachedKeys: 0 }), known = await Mote.load();
    plain.bench_prepare();
    const units = warp.fragments * SIGNERS, by = (mote, workers) => [units, () => follow(mote, warp, workers)];
    const times = await takeTurns({
        sodium: [SIGNERS, plain.bench_sodium],
        page: by(unknown, 0), workers_1: by(unknown, 1), workers_2: by(unknown, 2),
        page_known: by(known, 0), workers_2_known: by(known, 2),
    }, rounds);
    unknown.close();
    known.close();
    return { times };
}
