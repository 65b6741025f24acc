// SPDX-License-Identifier: Apache-2.0
import { operations } from "./abi.gen.js";
import type { Engine } from "./engine.js";
import { toBytes, type BytesLike } from "./hex.js";

/** BLAKE2b piece by piece. */
export class Blake2b {
  readonly #engine: Engine;
  #hashing: Uint8Array;

  /** @internal */
  constructor(engine: Engine, hashing: Uint8Array) {
    this.#engine = engine;
    this.#hashing = hashing;
  }

  /** Takes more. */
  update(data: BytesLike): this {
    this.#hashing = this.#engine.call(operations.hashUpdate, { hashing: this.#hashing, data: toBytes(data) }).hashing;
    return this;
  }

  /** The hash of what came so far. More may follow. */
  digest(): Uint8Array {
    return this.#engine.call(operations.hashEnd, { hashing: this.#hashing }).hash;
  }

  /** A second one that goes on from here by itself. */
  copy(): Blake2b {
    return new Blake2b(this.#engine, this.#hashing);
  }
}
