// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { internals, Mote, MoteError } from "mote-light-client";

export * from "../../tests/verdicts/recorded.mjs";

/** One instance for a whole file of tests: it holds nothing between calls. */
let shared;
export const load = () => (shared ??= Mote.load());

/** A module of dist/, by the name that its entry gives it: the build of it that this engine takes. */
export const moduleBytes = (name) => readFileSync(internals.fitting(new URL(`../dist/${name}.wasm`, import.meta.url), new URL(`../dist/${name}-simd.wasm`, import.meta.url)));
export const wasmBytes = () => moduleBytes("mote");

/** That `act` throws a MoteError of this status; gives it back. */
export function refused(status, act) {
  let thrown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  assert.ok(thrown instanceof MoteError, `threw ${thrown}, not a MoteError "${status}"`);
  assert.equal(thrown.status, status);
  return thrown;
}

export const hexOf = (bytes) => `0x${Buffer.from(bytes).toString("hex")}`;
