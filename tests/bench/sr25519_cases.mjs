// SPDX-License-Identifier: Apache-2.0
// The cases that sr25519 is measured with: seals and VRF proofs of recorded headers, laid out as sr25519_work.h says.
import { readFile } from "node:fs/promises";

const CASES = 256;
const RECORDED = new URL("../vectors/headers/babe-verification-vectors.jsonl", import.meta.url);

const hex = (text) => Buffer.from(text.slice(2), "hex");
const u64 = (number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(number));
    return bytes;
};

export async function recordedCases() {
    const lines = (await readFile(RECORDED, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
    const headers = lines.filter((header) => header.vrf_proof !== undefined).slice(0, CASES);
    if (headers.length !== CASES) throw new Error("too few recorded headers");
    return Buffer.concat([
        ...headers.flatMap((h) => [hex(h.authority), hex(h.seal), hex(h.pre_seal_hash)]),
        ...headers.flatMap((h) => [hex(h.authority), hex(h.vrf_output), hex(h.vrf_proof), hex(h.epoch_randomness), u64(h.slot), u64(h.epoch_index)]),
    ]);
}
