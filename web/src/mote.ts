// SPDX-License-Identifier: Apache-2.0
import { operations, type JustificationVerifyAnswer } from "./abi.gen.js";
import { Blake2b } from "./blake2b.js";
import { BundleWalk, paraHeadKey } from "./bundle.js";
import { bundleAsk, type BundleParts } from "./bundle-parts.js";
import { Engine } from "./engine.js";
import { MoteError } from "./errors.js";
import { finalizedBlock, finalizedHeader, paraHeader, stateRoot, tokenOf, type FinalizedBlock, type FinalizedHeader, type ParaHeader, type StateRoot } from "./evidence.js";
import { age, checkpoint, votes, type Age, type Checkpoint, type Votes } from "./finality.js";
import { encodeDigestItem, header, type Header, type HeaderParts } from "./header.js";
import { toBytes, type BytesLike } from "./hex.js";
import { verifyByWorkers, verifyHere, type JustificationAsk, type WorkOptions } from "./justification.js";
import { compile, type WasmSource } from "./load.js";
import { Proof, type ProofOptions } from "./proof.js";
import { seconds, type Now } from "./time.js";
import { fitting } from "./vectors.js";
import { votersAsk, type Authorities, type Voters } from "./voters.js";
import { walkWarp, type ByteSource, type WarpEnd, type WarpLink, type WarpOptions, type WarpStart } from "./warp.js";
import { Workers } from "./work.js";

/** How an instance is made. */
export interface LoadOptions {
  /** The module: default is the one beside this file, `mote-simd.wasm` where the engine has WebAssembly's vectors, `mote.wasm` where not. */
  readonly wasm?: WasmSource | Promise<WasmSource>;
  /** 32 unpredictable bytes; default from `crypto.getRandomValues`. */
  readonly seed?: Uint8Array;
  /** How many decompressed authority keys to keep (about 240 bytes each). Default 1024; 0: none. */
  readonly cachedKeys?: number;
  /**
   * How many Workers (threads in Node) large proofs may have their signatures judged by: at most 8, 0 for none. They start
   * when a proof is large enough for them to pay, and end when idle. Default: one for each core, at most 4; none where
   * there is one core only. Where Workers cannot be had, everything is done on the calling thread.
   */
  readonly workers?: number;
}

/** The head of a parachain: a header; proven bytes that are no header; or, proven, none. */
export type ParaHead =
  | { readonly kind: "header"; readonly header: ParaHeader; readonly data: Uint8Array }
  | { readonly kind: "opaque"; readonly data: Uint8Array }
  | { readonly kind: "absent" };

/** Two signed votes of one voter in one round that cannot both be honest. */
export interface Equivocation {
  readonly setId: bigint;
  readonly round: bigint;
  readonly stage: "prevote" | "precommit";
  readonly key: Uint8Array;
  readonly first: { readonly hash: Uint8Array; readonly number: number };
  readonly second: { readonly hash: Uint8Array; readonly number: number };
}

/** The validation code of a parachain, by hash. With an upgrade pending, values may soon have another layout. */
export type ParaCode =
  | { readonly kind: "code"; readonly hash: Uint8Array; readonly upgrade: Uint8Array | undefined }
  | { readonly kind: "absent" };

/** What a later head of a parachain says of an earlier one. "replaced": it does not descend from it. */
export type ParaProgress = "none" | "child" | "ahead" | "replaced";

/** Key and value pairs of a trie. */
export type Entries = readonly (readonly [BytesLike, BytesLike])[];

/** What follows from the state of block 0. */
export interface Genesis {
  readonly stateRoot: Uint8Array;
  readonly hash: Uint8Array;
  readonly header: Uint8Array;
  /** GRANDPA's first set (id 0), SCALE `Vec<(key, weight)>`, where the state has one. */
  readonly authorities: Uint8Array | undefined;
}

/** Substrate's storage hashers; those with "concat", and identity, keep the key itself behind the hash. */
export type StorageHasher = "blake2-128" | "blake2-256" | "blake2-128-concat" | "twox-128" | "twox-256" | "twox-64-concat" | "identity";

const hashers: readonly StorageHasher[] = ["blake2-128", "blake2-256", "blake2-128-concat", "twox-128", "twox-256", "twox-64-concat", "identity"];

const empty = new Uint8Array();

const finality = (answer: JustificationVerifyAnswer): { votes: Votes; block: FinalizedBlock; header: FinalizedHeader | undefined } => ({
  votes: votes(answer.report), block: finalizedBlock(answer.block), header: answer.hasHeader ? finalizedHeader(answer.header) : undefined,
});

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/**
 * The verifier. It holds no trust and makes no request: bytes in, verdicts out. What is not verified throws a
 * {@link MoteError}; what is, comes as evidence that the next step takes.
 */
export class Mote {
  readonly #engine: Engine;
  readonly #workers: Workers;

  private constructor(engine: Engine, workers?: number) {
    this.#engine = engine;
    this.#workers = new Workers(engine, workers);
  }

  /** @internal */
  static over(engine: Engine): Mote {
    return new Mote(engine);
  }

  /** @internal */
  static engineOf(mote: Mote): Engine {
    return mote.#engine;
  }

  /** Compiles and starts an instance. Any number of them may run, in any thread. */
  static async load(options: LoadOptions = {}): Promise<Mote> {
    const source = await (options.wasm ?? fitting(new URL("./mote.wasm", import.meta.url), new URL("./mote-simd.wasm", import.meta.url)));
    const seed = options.seed ?? crypto.getRandomValues(new Uint8Array(32));
    return new Mote(new Engine(await compile(source), seed, options.cachedKeys ?? 1024), options.workers);
  }

  /** Ends the Workers that judge signatures. They start again when a large proof needs them; left alone they end by themselves. */
  close(): void {
    this.#workers.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Bytes of WebAssembly memory in use. Grows with the largest input seen; never with their number. */
  get memoryBytes(): number {
    return this.#engine.memoryBytes;
  }

  // --- hashes --------------------------------------------------------------------------------------------------

  #hash(code: number, data: BytesLike): Uint8Array {
    return this.#engine.call(operations.hash, { function: code, data: toBytes(data) }).hash;
  }

  /** BLAKE2b, 32 bytes: hashes of blocks, nodes and values. */
  blake2b256(data: BytesLike): Uint8Array {
    return this.#hash(0, data);
  }

  /** BLAKE2b, 16 bytes. */
  blake2b128(data: BytesLike): Uint8Array {
    return this.#hash(1, data);
  }

  /** BLAKE2b of so many bytes, piece by piece. */
  blake2b(size = 32): Blake2b {
    return new Blake2b(this.#engine, this.#engine.call(operations.hashBegin, { size }).hashing);
  }

  /** BLAKE2b, 64 bytes. */
  blake2b512(data: BytesLike): Uint8Array {
    return this.#hash(2, data);
  }

  /** XXH64; not collision resistant. */
  twox64(data: BytesLike): Uint8Array {
    return this.#hash(3, data);
  }

  /** XXH64 with seeds 0 and 1: names of pallets and items in storage keys. */
  twox128(data: BytesLike): Uint8Array {
    return this.#hash(4, data);
  }

  /** XXH64 with seeds 0 to 3. */
  twox256(data: BytesLike): Uint8Array {
    return this.#hash(5, data);
  }

  /** Keccak-256 with Ethereum's padding, which is not SHA3-256. */
  keccak256(data: BytesLike): Uint8Array {
    return this.#hash(6, data);
  }

  /** SHA-512. */
  sha512(data: BytesLike): Uint8Array {
    return this.#hash(7, data);
  }

  /** A key as a storage hasher has it in the trie. */
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

  /** Many at once (at most 16384), several times faster; the answer is the same as one by one. */
  verifyEd25519Batch(items: readonly { readonly publicKey: BytesLike; readonly signature: BytesLike; readonly message: BytesLike }[]): boolean[] {
    const { bad } = this.#engine.call(operations.ed25519Batch, {
      publicKeys: items.map((item) => toBytes(item.publicKey)),
      signatures: items.map((item) => toBytes(item.signature)),
      messages: items.map((item) => toBytes(item.message)),
    });
    return Array.from(bad, (flag) => flag === 0);
  }

  // --- headers and finality -------------------------------------------------------------------------------------

  /** Reads a header to the last byte. That it belongs to a chain is not judged. */
  decodeHeader(bytes: BytesLike): Header {
    return header(this.#engine.call(operations.headerDecode, { header: toBytes(bytes) }));
  }

  /** SCALE of a header. */
  encodeHeader(parts: HeaderParts): Uint8Array {
    return this.#engine.call(operations.headerEncode, {
      parentHash: toBytes(parts.parentHash), number: parts.number, stateRoot: toBytes(parts.stateRoot),
      extrinsicsRoot: toBytes(parts.extrinsicsRoot), items: parts.digest.map(encodeDigestItem),
    }).header;
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
    return finality(verifyHere(this.#engine, ask));
  }

  /**
   * The same, its signatures judged by Workers where it is large: for sets of a thousand, and pages that must not wait. Two
   * at least are needed (`workers`, here or in {@link LoadOptions}), else this thread does it.
   */
  async verifyJustificationAsync(ask: JustificationAsk & { readonly header: BytesLike }, options?: WorkOptions): Promise<{ votes: Votes; block: FinalizedBlock; header: FinalizedHeader }>;
  async verifyJustificationAsync(ask: JustificationAsk, options?: WorkOptions): Promise<{ votes: Votes; block: FinalizedBlock; header: FinalizedHeader | undefined }>;
  async verifyJustificationAsync(ask: JustificationAsk, options: WorkOptions = {}): Promise<{ votes: Votes; block: FinalizedBlock; header: FinalizedHeader | undefined }> {
    return finality(await verifyByWorkers(this.#engine, this.#workers, ask, options));
  }

  /** A commit as gossiped. It carries no ancestry: `headers` are the ones you know, in any order. */
  verifyCommit(ask: Voters & { readonly commit: BytesLike; readonly headers: readonly BytesLike[] }): { votes: Votes; block: FinalizedBlock } {
    const answer = this.#engine.call(operations.commitVerify, {
      ...votersAsk(ask), commit: toBytes(ask.commit), headers: ask.headers.map(toBytes),
    });
    return { votes: votes(answer.report), block: finalizedBlock(answer.block) };
  }

  /** Two contradicting votes of one voter. */
  verifyEquivocation(ask: Voters & { readonly proof: BytesLike }): Equivocation {
    const found = this.#engine.call(operations.equivocationVerify, { ...votersAsk(ask), proof: toBytes(ask.proof) });
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
    return checkpoint(this.#engine.call(operations.checkpointDecode, { compact: toBytes(bytes), withoutBabe: false }).checkpoint);
  }

  /** The same without its BABE epochs, which finality does not need: less than half the size, and the same digest. */
  checkpointWithoutBabe(of: Checkpoint): Checkpoint {
    return checkpoint(this.#engine.call(operations.checkpointDecode, { compact: of.bytes, withoutBabe: true }).checkpoint);
  }

  /** How old it is, at `now` (a Date or Unix seconds; default: the clock). */
  checkpointAge(of: Checkpoint, now?: Now): Age {
    return age(this.#engine.call(operations.checkpointAge, { compact: of.bytes, now: seconds(now) }).age);
  }

  /** Root, hash, header and first authorities of block 0, from its whole state; child tries by name, if it has any. */
  genesis(entries: Entries, version: 0 | 1 = 0, children: Readonly<Record<string, Entries>> = {}): Genesis {
    const nested = Object.entries(children).flatMap(([name, of]) => of.map(([key, value]) => [name, key, value] as const));
    const answer = this.#engine.call(operations.genesis, {
      ...this.#entries(entries), version,
      childNames: nested.map(([name]) => toBytes(name)),
      childKeys: nested.map(([, key]) => toBytes(key)),
      childValues: nested.map(([, , value]) => toBytes(value)),
    });
    return { stateRoot: answer.stateRoot, hash: answer.hash, header: answer.header, authorities: answer.hasAuthorities ? answer.authorities : undefined };
  }

  #entries(entries: Entries): { keys: Uint8Array[]; values: Uint8Array[] } {
    return { keys: entries.map(([key]) => toBytes(key)), values: entries.map(([, value]) => toBytes(value)) };
  }

  /** Root of a trie with exactly these entries. */
  trieRoot(entries: Entries, version: 0 | 1): Uint8Array {
    return this.#engine.call(operations.trieRoot, { ...this.#entries(entries), version }).root;
  }

  /** Root of the ordered trie of these items: the extrinsics root. */
  orderedTrieRoot(items: readonly BytesLike[], version: 0 | 1): Uint8Array {
    return this.#engine.call(operations.orderedTrieRoot, { items: items.map(toBytes), version }).root;
  }

  /**
   * A warp proof, link by link, as it arrives. What was yielded is verified, whatever comes after it; a bad fragment
   * throws. Returns the state after it. At most four warp proofs and bundles can be under way in one instance.
   */
  warp(source: ByteSource, start: WarpStart, options: WarpOptions = {}): AsyncGenerator<WarpLink, WarpEnd, undefined> {
    return walkWarp(this.#engine, this.#workers, source, start, options);
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

  /** `Paras::CurrentCodeHash(id)` and whether another one is coming. */
  paraCode(proof: Proof, paraId: number): ParaCode {
    const { registered, current, upgradePending, future } = this.#engine.call(operations.paraCode, { ...proof.source, paraId });
    return registered ? { kind: "code", hash: current, upgrade: upgradePending ? future : undefined } : { kind: "absent" };
  }

  /** What two heads of a parachain say of each other, the second from a later (or the same) relay block. */
  paraProgress(earlier: ParaHeader, later: ParaHeader): ParaProgress {
    return this.#engine.call(operations.paraProgress, { earlier: tokenOf(earlier), later: tokenOf(later) }).name as ParaProgress;
  }

  // --- bundles ---------------------------------------------------------------------------------------------------

  /**
   * Walks a proof bundle link by link. `now` (a Date or Unix seconds) judges the checkpoint's age; default: the clock.
   * Bundles of the past are verified at their own time: hand it in, and show it.
   */
  verifyBundle(bundle: BytesLike, options: { readonly checkpoint: Checkpoint; readonly now?: Now }): BundleWalk {
    return new BundleWalk(this.#engine, toBytes(bundle), options.checkpoint.bytes, seconds(options.now));
  }

  /** Puts a bundle together. It judges nothing: walk what comes out. */
  makeBundle(parts: BundleParts): Uint8Array {
    return this.#engine.call(operations.bundleEncode, bundleAsk(parts)).bundle;
  }
}
