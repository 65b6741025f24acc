// SPDX-License-Identifier: Apache-2.0
/** Numbers that a field cannot hold are refused, not taken modulo its size: para 2^32 + 2000 is not para 2000. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support.mjs";

const header = new Uint8Array(32 + 1 + 64 + 1);

/** A list of one authority; the base point's encoding is a key like any other. */
const authorities = Uint8Array.of(4, 0x58, ...new Array(31).fill(0x66), 1, 0, 0, 0, 0, 0, 0, 0);

test("a number that does not fit is refused", async () => {
  const mote = await load();
  const proof = mote.proof(mote.assumeHeader(header).state, Uint8Array.of(0));
  for (const id of [2 ** 32 + 2000, -1, 0.5, NaN, Infinity]) {
    assert.throws(() => mote.paraHead(proof, id), { name: "RangeError", message: /^paraId/ });
    assert.throws(() => mote.paraHeadKey(id), { name: "RangeError", message: /^paraId/ });
  }
});

test("a set id that does not fit is refused", async () => {
  const mote = await load();
  assert.equal(mote.authoritySet({ authorities, setId: 2n ** 64n - 1n }).voters, 1);
  for (const setId of [2n ** 64n, 2n ** 64n + 5n, -1n]) {
    assert.throws(() => mote.authoritySet({ authorities, setId }), { name: "RangeError", message: /^setId/ });
  }
});
