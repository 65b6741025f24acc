// SPDX-License-Identifier: Apache-2.0
/**
 * What proven states and blocks say of more than keys: messages between chains, cores, extrinsics and events; whole states. A
 * module of its own (`mote-state.wasm`), beside a light client's, whose evidence it takes.
 *
 * @example
 * ```ts
 * const mote = await Mote.load();
 * const states = await States.load(mote);
 * const channel = states.messages(header.state, proof).channel(2000, 2001);
 * ```
 *
 * @packageDocumentation
 */
import type { Engine } from "./engine.js";
import type { FinalizedHeader, ParaHeader, StateRoot } from "./evidence.js";
import type { BytesLike } from "./hex.js";
import { internals, type ModuleOptions, type Mote, type ProofOptions } from "./index.js";
import { operations, stateAbi } from "./state.gen.js";
import { Coretime, coretimeKey, type CoretimeItem } from "./state-coretime.js";
import { keyOf, messageOrder, Messages, messagesCarried, proofBytes, sourceOf, type MessageItem, type MessageLike, type ProofLike, type ProvenState, type XcmPage } from "./state-messages.js";

export type * from "./state-coretime.js";
export type * from "./state-messages.js";

const { toBytes, tokenOf } = internals;
const empty = new Uint8Array();

/** A whole state, as its runtime would write it. */
export interface WholeState {
  readonly entries: readonly (readonly [key: BytesLike, value: BytesLike])[];
  readonly version: 0 | 1;
}

/** Reads states and blocks. What is not verified throws a `MoteError`. */
export class States {
  readonly #engine: Engine;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Compiles and starts an instance beside `mote`; the default module is `mote-state.wasm`, or `mote-state-simd.wasm`, beside this file. */
  static async load(mote: Mote, options: ModuleOptions = {}): Promise<States> {
    const module = await internals.compile(await (options.wasm ?? internals.fitting(new URL("./mote-state.wasm", import.meta.url), new URL("./mote-state-simd.wasm", import.meta.url))));
    return new States(internals.engineOf(mote).beside(module, stateAbi));
  }

  /** Bytes of WebAssembly memory in use. */
  get memoryBytes(): number {
    return this.#engine.memoryBytes;
  }

  // --- messages --------------------------------------------------------------------------------------------------

  /** The storage key of an item about messages: `first` and `second` are sender and recipient of a channel, else `first` the parachain. */
  messageKey(item: MessageItem, first = 0, second = 0): Uint8Array {
    return keyOf(this.#engine, item, first, second);
  }

  /** The storage key of a page with a message that leads down. */
  downwardPageKey(recipient: number, page: bigint | number): Uint8Array {
    return this.#engine.call(operations.dmpPageKey, { recipient, page: BigInt(page) }).key;
  }

  /** A storage proof, to read out of it what it shows of messages. */
  messages(state: StateRoot, proof: ProofLike, options: ProofOptions = {}): Messages {
    return new Messages(this.#engine, state, proof, options);
  }

  /**
   * That between two relay blocks exactly these messages came into a channel, or (without `sender`) were sent down to a
   * parachain, in this order: they hash from the one head to the other. `fromNothing`: the first block's head had none.
   */
  verifyMessageOrder(earlier: ProvenState, later: ProvenState, way: { readonly sender?: number; readonly recipient: number }, messages: readonly MessageLike[], options: ProofOptions = {}): { readonly fromNothing: boolean; readonly head: Uint8Array } {
    return messageOrder(this.#engine, earlier, later, way, messages, options);
  }

  /**
   * That what a relay block put into a channel is exactly what those blocks of the sender send that it made final. Both
   * proofs show the channel and the sender's head, of two relay blocks that follow each other; `blocks`: the sender's
   * behind the first head up to the second one, each with a proof of what it sends.
   */
  verifyMessagesCarried(earlier: ProvenState, later: ProvenState, way: { readonly sender: number; readonly recipient: number }, blocks: readonly { readonly header: ParaHeader; readonly proof: ProofLike }[], options: ProofOptions = {}): { readonly count: number } {
    return messagesCarried(this.#engine, earlier, later, way, blocks, options);
  }

  /** The parts of an HRMP message with XCM, which are not interpreted. */
  xcmPage(message: BytesLike): XcmPage {
    return this.#engine.call(operations.xcmPage, { message: toBytes(message) }) as XcmPage;
  }

  // --- coretime --------------------------------------------------------------------------------------------------

  /** The storage key of an item about cores, regions and upgrades. */
  coretimeKey(of: CoretimeItem): Uint8Array {
    return coretimeKey(this.#engine, of);
  }

  /** A storage proof, to read out of it what it shows of cores. */
  coretime(state: StateRoot, proof: ProofLike, options: ProofOptions = {}): Coretime {
    return new Coretime(this.#engine, state, proof, options);
  }

  // --- what is in a block ----------------------------------------------------------------------------------------

  /**
   * Extrinsic `index` of a final block, by nodes of the trie under its extrinsics root. With `extrinsic` a proof of its hash
   * is enough, and `value_mismatch` says that the block has another one there.
   */
  extrinsic(header: FinalizedHeader | ParaHeader, proof: ProofLike, index: number, extrinsic?: BytesLike): Uint8Array {
    return this.#engine.call(operations.extrinsicRead, {
      isParachain: "paraId" in header, header: tokenOf(header), proof: proofBytes(proof), index, hasExtrinsic: extrinsic !== undefined,
      extrinsic: extrinsic === undefined ? empty : toBytes(extrinsic),
    }).extrinsic;
  }

  /** That these are a final block's extrinsics, all of them; `version` is that of the trie. */
  verifyExtrinsics(header: FinalizedHeader | ParaHeader, extrinsics: readonly BytesLike[], version: 0 | 1): void {
    this.#engine.call(operations.extrinsicsCheck, { isParachain: "paraId" in header, header: tokenOf(header), extrinsics: extrinsics.map(toBytes), version });
  }

  /** The events that a block left in its state, raw; undefined where it is proven that there is no list. */
  events(state: StateRoot, proof: ProofLike, options: ProofOptions = {}): { readonly count: number; readonly raw: Uint8Array } | undefined {
    const { present, count, raw } = this.#engine.call(operations.events, sourceOf(state, proof, options));
    return present ? { count, raw } : undefined;
  }

  // --- states ----------------------------------------------------------------------------------------------------

  /** The root of a whole state, and a proof of these keys (or that they are not there) under it. */
  proveState({ entries, version }: WholeState, keys: readonly BytesLike[], options: { readonly compact?: boolean } = {}): { readonly root: Uint8Array; readonly proof: Uint8Array } {
    return this.#engine.call(operations.stateProve, {
      keys: entries.map(([key]) => toBytes(key)), values: entries.map(([, value]) => toBytes(value)), version, wanted: keys.map(toBytes),
      compact: options.compact ?? false,
    });
  }
}
