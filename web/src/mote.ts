// SPDX-License-Identifier: Apache-2.0
import { operations } from "./abi.gen.js";
import { BundleWalk, paraHeadKey } from "./bundle.js";
import { Engine } from "./engine.js";
import { MoteError } from "./errors.js";
import { finalizedBlock, finalizedHeader, paraHeader, stateRoot, tokenOf, type FinalizedBlock, type FinalizedHeader, type ParaHeader, type StateRoot } from "./evidence.js";
import { age, checkpoint, votes, type Age, type Checkpoint, type Votes } from "./finality.js";
import { header, type Header } from "./header.js";
import { toBytes, type BytesLike } from "./hex.js";
import { compile, type WasmSource } from "./load.js";
import { Proof, type ProofOptions } from "./proof.js";

export interface LoadOptions {
  /** The module: default is `mote.wasm` beside this file. */
  readonly wasm?: WasmSource | Promise<WasmSource>;
  /** 32 unpredictable bytes; default from `crypto.getRandomValues`. */
  readonly seed?: Uint8Array;
  /** How many decompressed authority keys to keep (about 280 bytes each). Default 1024; 0: none. */
  readonly cachedKeys?: number;
}

/** An authority set the caller brings: everything verified with it is marked as assuming "authorities". */
export interface Authorities {
  /** SCALE `Vec<(key, weight)>`, with or without the version byte of `:grandpa_authorities`. */
  readonly authorities: BytesLike;
  readonly setId: bigint | number;
}

/** Or the set of a checkpoint, which is trusted. */
export type Voters = Authorities | { readonly checkpoint: Checkpoint };

/** One verified step of a warp proof. */
export interface WarpLink {
  readonly index: number;
  readonly header: FinalizedHeader;
  /** Undefined at a hard fork that the chain lists. */
  readonly votes: Votes | undefined;
  readonly handsOver: boolean;
  readonly nextSetId: bigint;
  readonly nextAuthorities: number;
}

/** How a warp proof ended. `finished` is the sender's claim and says nothing about being current. */
export interface WarpEnd {
  readonly finished: boolean;
  readonly setId: bigint;
  /** The set that finalizes what comes next, SCALE `Vec<(key, weight)>`. */
  readonly authorities: Uint8Array;
}

export type WarpStart =
  | { readonly checkpoint: Checkpoint }
  | (Authorities & { readonly number?: number; readonly chain?: string });

export type ParaHead =
  | { readonly kind: "header"; readonly header: ParaHeader; readonly data: Uint8Array }
  | { readonly kind: "opaque"; readonly data: Uint8Array }
  | { readonly kind: "absent" };

export interface Equivocation {
  readonly setId: bigint;
  readonly round: bigint;
  readonly stage: "prevote" | "precommit";
  readonly key: Uint8Array;
  readonly first: { readonly hash: Uint8Array; readonly number: number };
  readonly second: { readonly hash: Uint8Array; readonly number: number };
}

export type StorageHasher = "blake2-128" | "blake2-256" | "blake2-128-concat" | "twox-128" | "twox-256" | "twox-64-concat" | "identity";

const hashers: readonly StorageHasher[] = ["blake2-128", "blake2-256", "blake2-128-concat", "twox-128", "twox-256", "twox-64-concat", "identity"];

const empty = new Uint8Array();
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Chunks of a stream, or a whole. */
export type ByteSource = BytesLike | AsyncIterable<Uint8Array> | Iterable<Uint8Array> | ReadableStream<Uint8Array>;

async function* chunks(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (typeof source === "string" || source instanceof Uint8Array) {
    yield toBytes(source);
  } else if (Symbol.asyncIterator in source || Symbol.iterator in source) {
    yield* source;
  } else {
    const reader = (source as ReadableStream<Uint8Array>).getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  }
}

/** Unix seconds of a time given either way; now by default. */
const seconds = (time: Date | number | undefined): number =>
  Math.floor(time === undefined ? Date.now() / 1000 : time instanceof Date ? time.getTime() / 1000 : time);

/**
 * The verifier. It holds no trust and makes no request: bytes in, verdicts out. What is not verified throws a
 * {@link MoteError}; what is, comes as evidence that the next step takes.
 */
export class Mote {
  readonly #engine: Engine;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Compiles and starts an instance. Any number of them may run, in any thread. */
  static async load(options: LoadOptions = {}): Promise<Mote> {
    const source = await (options.wasm ?? new URL("./mote.wasm", import.meta.url));
    const seed = options.seed ?? crypto.getRandomValues(new Uint8Array(32));
    return new Mote(await Engine.start(await compile(source), seed, options.cachedKeys ?? 1024));
  }

  /** Bytes of WebAssembly memory in use. Grows with the largest input seen; never with their number. */
  get memoryBytes(): number {
    return this.#engine.memoryBytes;
  }

  // --- hashes --------------------------------------------------------------------------------------------------

  #hash(code: number, data: BytesLike): Uint8Array {
    return this.#engine.call(operations.hash, { function: code, data: toBytes(data) }).hash;
  }

  blake2b256(data: BytesLike): Uint8Array {
    return this.#hash(0, data);
  }

  blake2b128(data: BytesLike): Uint8Array {
    return this.#hash(1, data);
  }

  blake2b512(data: BytesLike): Uint8Array {
    return this.#hash(2, data);
  }

  twox64(data: BytesLike): Uint8Array {
    return this.#hash(3, data);
  }

  twox128(data: BytesLike): Uint8Array {
    return this.#hash(4, data);
  }

  twox256(data: BytesLike): Uint8Array {
    return this.#hash(5, data);
  }

  keccak256(data: BytesLike): Uint8Array {
    return this.#hash(6, data);
  }

  sha512(data: BytesLike): Uint8Array {
    return this.#hash(7, data);
  }

  storageHash(hasher: StorageHasher, data: BytesLike): Uint8Array {
    return this.#engine.call(operations.storageHash, { hasher: hashers.indexOf(hasher), data: toBytes(data) }).hash;
  }

  /** Key of a storage item: pallet, item, and the map's keys with their hashers. */
  storageKey(pallet: string, item: string, ...keys: readonly (readonly [StorageHasher, BytesLike])[]): Uint8Array {
    const parts = [this.twox128(text(pallet)), this.twox128(text(item)), ...keys.map(([hasher, key]) => this.storageHash(hasher, key))];
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return whole;
  }

  // --- signatures -----------------------------------------------------------------------------------------------

  /** Ed25519 by ZIP-215, as Polkadot's nodes verify. */
  verifyEd25519(publicKey: BytesLike, signature: BytesLike, message: BytesLike): boolean {
    try {
      this.#engine.call(operations.ed25519Verify, { publicKey: toBytes(publicKey), signature: toBytes(signature), message: toBytes(message) });
      return true;
    } catch (error) {
      if (error instanceof MoteError && error.class === "false") return false;
      throw error;
    }
  }

  /** Many at once, several times faster; the answer is the same as one by one. */
  verifyEd25519Batch(items: readonly { readonly publicKey: BytesLike; readonly signature: BytesLike; readonly message: BytesLike }[]): boolean[] {
    const { bad } = this.#engine.call(operations.ed25519Batch, {
      publicKeys: items.map((item) => toBytes(item.publicKey)),
      signatures: items.map((item) => toBytes(item.signature)),
      messages: items.map((item) => toBytes(item.message)),
    });
    return Array.from(bad, (flag) => flag === 0);
  }

  // --- headers and finality -------------------------------------------------------------------------------------

  decodeHeader(bytes: BytesLike): Header {
    return header(this.#engine.call(operations.headerDecode, { header: toBytes(bytes) }));
  }

  /** Size, weights and threshold of an authority set; throws where it cannot be one. */
  authoritySet({ authorities, setId }: Authorities): { listed: number; voters: number; total: bigint; threshold: bigint; forgeable: bigint; digest: Uint8Array } {
    return this.#engine.call(operations.authoritySet, { authorities: toBytes(authorities), setId: BigInt(setId) });
  }

  /** Decodes without judging votes. */
  decodeJustification(justification: BytesLike): Votes {
    return votes(this.#engine.call(operations.justificationDecode, { justification: toBytes(justification) }).report);
  }

  /** A GRANDPA justification: the block it is for is final. With `header`, that header is the block's, and evidence. */
  verifyJustification(ask: Voters & { readonly justification: BytesLike; readonly header: BytesLike }): { votes: Votes; block: FinalizedBlock; header: FinalizedHeader };
  verifyJustification(ask: Voters & { readonly justification: BytesLike; readonly header?: undefined }): { votes: Votes; block: FinalizedBlock; header: undefined };
  verifyJustification(ask: Voters & { readonly justification: BytesLike; readonly header?: BytesLike | undefined }): { votes: Votes; block: FinalizedBlock; header: FinalizedHeader | undefined } {
    const answer = this.#engine.call(operations.justificationVerify, {
      ...this.#voters(ask),
      justification: toBytes(ask.justification),
      header: ask.header === undefined ? empty : toBytes(ask.header),
    });
    return { votes: votes(answer.report), block: finalizedBlock(answer.block), header: answer.hasHeader ? finalizedHeader(answer.header) : undefined };
  }

  #voters(voters: Voters): { checkpoint: Uint8Array; authorities: Uint8Array; setId: bigint } {
    if ("checkpoint" in voters) return { checkpoint: voters.checkpoint.bytes, authorities: empty, setId: 0n };
    return { checkpoint: empty, authorities: toBytes(voters.authorities), setId: BigInt(voters.setId) };
  }

  /** A commit as gossiped. It carries no ancestry: `headers` are the ones you know, in any order. */
  verifyCommit(ask: Authorities & { readonly commit: BytesLike; readonly headers: readonly BytesLike[] }): { votes: Votes; block: FinalizedBlock } {
    const answer = this.#engine.call(operations.commitVerify, {
      authorities: toBytes(ask.authorities), setId: BigInt(ask.setId), commit: toBytes(ask.commit), headers: ask.headers.map(toBytes),
    });
    return { votes: votes(answer.report), block: finalizedBlock(answer.block) };
  }

  /** Two contradicting votes of one voter. */
  verifyEquivocation(ask: Authorities & { readonly proof: BytesLike }): Equivocation {
    const found = this.#engine.call(operations.equivocationVerify, { authorities: toBytes(ask.authorities), setId: BigInt(ask.setId), proof: toBytes(ask.proof) });
    return {
      setId: found.setId, round: found.round, stage: found.isPrecommit ? "precommit" : "prevote", key: found.key,
      first: { hash: found.firstHash, number: found.firstNumber }, second: { hash: found.secondHash, number: found.secondNumber },
    };
  }

  /** The header of a block that is final. */
  finalizedHeader(block: FinalizedBlock, bytes: BytesLike): FinalizedHeader {
    return finalizedHeader(this.#engine.call(operations.finalizedHeaderOf, { block: tokenOf(block), header: toBytes(bytes) }).header);
  }

  /** The parent of a final header is final. */
  finalizedParent(child: FinalizedHeader, parent: BytesLike): FinalizedHeader {
    return finalizedHeader(this.#engine.call(operations.finalizedParent, { child: tokenOf(child), header: toBytes(parent) }).header);
  }

  /** A header you vouch for yourself: everything built on it says so. */
  assumeHeader(bytes: BytesLike): FinalizedHeader {
    return finalizedHeader(this.#engine.call(operations.assumeHeader, { header: toBytes(bytes) }).header);
  }

  /** A state root you vouch for yourself: everything built on it says so. */
  assumeStateRoot(root: BytesLike): StateRoot {
    const bytes = toBytes(root);
    return stateRoot(bytes, 1, this.#engine.call(operations.assumeStateRoot, { root: bytes }).state);
  }

  // --- where trust starts ---------------------------------------------------------------------------------------

  /** From a chain spec's `lightSyncState`. `chain` is the spec's id or name, if mote knows it. */
  checkpointFromLightSyncState(state: { readonly finalizedBlockHeader: BytesLike; readonly babeEpochChanges?: BytesLike; readonly grandpaAuthoritySet: BytesLike }, chain = ""): Checkpoint {
    return checkpoint(this.#engine.call(operations.checkpointFromLightSyncState, {
      header: toBytes(state.finalizedBlockHeader), epochChanges: toBytes(state.babeEpochChanges ?? empty), authoritySet: toBytes(state.grandpaAuthoritySet), chain,
    }).checkpoint);
  }

  /** From a header and the set that finalizes what comes after it, both vouched for by you. */
  checkpointFromParts(parts: Authorities & { readonly header: BytesLike; readonly chain?: string }): Checkpoint {
    return checkpoint(this.#engine.call(operations.checkpointFromParts, {
      header: toBytes(parts.header), authorities: toBytes(parts.authorities), setId: BigInt(parts.setId), chain: parts.chain ?? "",
    }).checkpoint);
  }

  /** From the compact binary form. */
  checkpoint(bytes: BytesLike): Checkpoint {
    return checkpoint(this.#engine.call(operations.checkpointDecode, { compact: toBytes(bytes) }).checkpoint);
  }

  /** How old it is, at `now` (a Date or Unix seconds; default: the clock). */
  checkpointAge(of: Checkpoint, now?: Date | number): Age {
    return age(this.#engine.call(operations.checkpointAge, { compact: of.bytes, now: BigInt(seconds(now)) }).age);
  }

  /** Root, hash, header and first authorities of block 0, from its whole state. */
  genesis(entries: readonly (readonly [BytesLike, BytesLike])[], version: 0 | 1): { stateRoot: Uint8Array; hash: Uint8Array; header: Uint8Array; authorities: Uint8Array | undefined } {
    const answer = this.#engine.call(operations.genesis, { ...this.#entries(entries), version });
    return { stateRoot: answer.stateRoot, hash: answer.hash, header: answer.header, authorities: answer.hasAuthorities ? answer.authorities : undefined };
  }

  #entries(entries: readonly (readonly [BytesLike, BytesLike])[]): { keys: Uint8Array[]; values: Uint8Array[] } {
    return { keys: entries.map(([key]) => toBytes(key)), values: entries.map(([, value]) => toBytes(value)) };
  }

  /** Root of a trie with exactly these entries. */
  trieRoot(entries: readonly (readonly [BytesLike, BytesLike])[], version: 0 | 1): Uint8Array {
    return this.#engine.call(operations.trieRoot, { ...this.#entries(entries), version }).root;
  }

  /** Root of the ordered trie of these items: the extrinsics root. */
  orderedTrieRoot(items: readonly BytesLike[], version: 0 | 1): Uint8Array {
    return this.#engine.call(operations.orderedTrieRoot, { items: items.map(toBytes), version }).root;
  }

  /**
   * A warp proof, link by link, as it arrives. What was yielded is verified, whatever comes after it; a bad fragment
   * throws. Returns the state after it.
   */
  async *warp(source: ByteSource, start: WarpStart, options: { readonly signal?: AbortSignal } = {}): AsyncGenerator<WarpLink, WarpEnd, undefined> {
    const given = "checkpoint" in start
      ? { checkpoint: start.checkpoint.bytes, authorities: empty, setId: 0n, number: 0, chain: "" }
      : { checkpoint: empty, authorities: toBytes(start.authorities), setId: BigInt(start.setId), number: start.number ?? 0, chain: start.chain ?? "" };
    const { session } = this.#engine.call(operations.warpNew, given);
    try {
      for await (const chunk of chunks(source)) yield* this.#feed(session, chunk, options.signal);
      yield* this.#afterwards(session, () => this.#engine.call(operations.warpFinish, { session }));
      options.signal?.throwIfAborted();
      const { finished } = this.#engine.call(operations.warpFinish, { session });
      const { setId, authorityList } = this.#engine.call(operations.warpLinks, { session });
      return { finished, setId, authorities: authorityList };
    } finally {
      this.#engine.call(operations.close, { session });
    }
  }

  *#feed(session: number, chunk: Uint8Array, signal: AbortSignal | undefined): Generator<WarpLink, void> {
    for (let rest = chunk; rest.length > 0; ) {
      signal?.throwIfAborted();
      let consumed = 0;
      yield* this.#afterwards(session, () => {
        const answer = this.#engine.call(operations.warpFeed, { session, chunk: rest });
        consumed = answer.consumed;
        return answer.links;
      });
      rest = rest.subarray(consumed);
    }
  }

  /** Does something that may fail, and gives the links that were verified before it did. */
  *#afterwards(session: number, act: () => readonly Parameters<typeof warpLink>[0][] | unknown): Generator<WarpLink, void> {
    let failure: unknown;
    try {
      const links = act();
      if (Array.isArray(links)) yield* (links as Parameters<typeof warpLink>[0][]).map(warpLink);
    } catch (error) {
      failure = error;
    }
    yield* this.#engine.call(operations.warpLinks, { session }).links.map(warpLink);
    if (failure !== undefined) throw failure;
  }

  // --- state -----------------------------------------------------------------------------------------------------

  /** A storage proof under a verified (or assumed) state: SCALE `Vec<Vec<u8>>`, or its nodes. */
  proof(state: StateRoot, proof: BytesLike | readonly BytesLike[], options: ProofOptions = {}): Proof {
    return new Proof(this.#engine, state, proof, options);
  }

  /** Key of `Paras::Heads(id)`. */
  paraHeadKey(paraId: number): Uint8Array {
    return paraHeadKey(this.#engine, paraId);
  }

  /** The head of a parachain in the relay chain's state; "absent" is proven, too. */
  paraHead(proof: Proof, paraId: number): ParaHead {
    const answer = this.#engine.call(operations.paraHead, { ...proof.source, paraId });
    switch (answer.state) {
      case 1: return { kind: "header", header: paraHeader(answer.header), data: answer.data };
      case 2: return { kind: "opaque", data: answer.data };
      default: return { kind: "absent" };
    }
  }

  /** The parent of a final parachain header is final. */
  paraParent(child: ParaHeader, parent: BytesLike): ParaHeader {
    return paraHeader(this.#engine.call(operations.paraParent, { child: tokenOf(child), header: toBytes(parent) }).header);
  }

  /** `Paras::ParaLifecycles(id)`: "parachain", "onboarding", ..., or that it is not registered. */
  paraLifecycle(proof: Proof, paraId: number): string {
    return this.#engine.call(operations.paraLifecycle, { ...proof.source, paraId }).name;
  }

  // --- bundles ---------------------------------------------------------------------------------------------------

  /**
   * Walks a proof bundle link by link. `now` (a Date or Unix seconds) judges the checkpoint's age; default: the clock.
   * Bundles of the past are verified at their own time: hand it in, and show it.
   */
  verifyBundle(bundle: BytesLike, options: { readonly checkpoint: Checkpoint; readonly now?: Date | number }): BundleWalk {
    return new BundleWalk(this.#engine, toBytes(bundle), options.checkpoint.bytes, seconds(options.now));
  }
}

function warpLink(record: { index: number; header: Parameters<typeof finalizedHeader>[0]; report: Parameters<typeof votes>[0]; handsOver: boolean; hardFork: boolean; nextSetId: bigint; nextAuthorities: number }): WarpLink {
  return {
    index: record.index,
    header: finalizedHeader(record.header),
    votes: record.hardFork ? undefined : votes(record.report),
    handsOver: record.handsOver,
    nextSetId: record.nextSetId,
    nextAuthorities: record.nextAuthorities,
  };
}
