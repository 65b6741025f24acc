// SPDX-License-Identifier: Apache-2.0
/** Which of a module's two builds this engine runs: with WebAssembly's vectors (`*-simd.wasm`) or without. */

/** A function that splats two numbers and multiplies their upper halves (i64x2.extmul_high_i32x4_u). */
const SMALLEST = [
  0, 97, 115, 109, 1, 0, 0, 0, // \0asm, version 1
  1, 5, 1, 96, 0, 1, 123, // types: () -> v128
  3, 2, 1, 0, // functions: one of that type
  10, 15, 1, 13, 0, 65, 0, 253, 17, 65, 0, 253, 17, 253, 223, 1, 11, // code: i32.const 0, i32x4.splat, twice; the product
];

/**
 * Does this engine have WebAssembly's vectors? What loads a module by itself asks this; who names a file (`wasm`) takes the one
 * whose name ends in `-simd.wasm` where it does.
 *
 * @example
 * ```ts
 * import { hasVectors, Mote } from "mote-light-client";
 *
 * const mote = await Mote.load({ wasm: fetch(hasVectors() ? "/mote-simd.wasm" : "/mote.wasm") });
 * ```
 */
export const hasVectors = (): boolean => WebAssembly.validate(Uint8Array.from(SMALLEST));

/** The second where the engine has vectors. */
export const fitting = (plain: URL, vectors: URL): URL => (hasVectors() ? vectors : plain);
