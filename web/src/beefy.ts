// SPDX-License-Identifier: Apache-2.0
/**
 * BEEFY: votes under a set, mountain ranges and what is under their roots, sets that hand over, faults of validators. A module
 * of its own (`mote-beefy.wasm`), beside a light client's: each takes the other's evidence.
 *
 * @example
 * ```ts
 * const mote = await Mote.load();
 * const beefy = await Beefy.load(mote);
 * const { header } = mote.verifyJustification({ checkpoint, justification, header: headerBytes });
 * const range = beefy.beefyRootOf(header, headerBytes);
 * const [leaf] = beefy.beefyLeaves(range, { leaves, proof });
 * const older = beefy.beefyHeader(leaf, olderHeaderBytes); // final, in one step
 * ```
 *
 * @packageDocumentation
 */
import { beefyLeaf, beefyRange, beefySet, type BeefyLeaf, type BeefyRange, type BeefySet } from "./beefy-evidence.js";
import { beefyAbi, operations } from "./beefy.gen.js";
import type { Engine } from "./engine.js";
import type { FinalizedHeader, ParaHeader } from "./evidence.js";
import type { BytesLike } from "./hex.js";
import { internals, type ModuleOptions, type Mote } from "./index.js";

export type { BeefyLeaf, BeefyRange, BeefySet } from "./beefy-evidence.js";

const { concat, lengthOf, toBytes, tokenOf } = internals;
const empty = new Uint8Array();

/** One signature of a BEEFY set that is known by the root over its addresses only. */
export interface BeefySample {
  /** 65 bytes: r, s, v. */
  readonly signature: BytesLike;
  /** 20 bytes. */
  readonly address: BytesLike;
  readonly index: number;
  /** Hashes of 32 bytes, from the address upwards. */
  readonly items: readonly BytesLike[];
}

/**
 * What samples show: that these validators signed. It is no evidence of finality, and nothing takes it for that; whoever
 * trusts it calls `assumeBeefyRoot`, which everything built on it says.
 */
export interface BeefySampled {
  readonly kind: "sampled";
  readonly mmrRoot: Uint8Array;
  readonly blockNumber: number;
  readonly sampled: number;
}

/** An answer of `mmr_generateProof`. */
export interface MmrProof {
  /** SCALE `Vec<Vec<u8>>`. */
  readonly leaves: BytesLike;
  /** SCALE of indices, count and items. */
  readonly proof: BytesLike;
}

/** Which votes of BEEFY were counted. */
export interface BeefyVotes {
  readonly validators: number;
  readonly threshold: number;
  /** In the proof. */
  readonly signatures: number;
  /** That hold. */
  readonly counted: number;
}

/** A BEEFY set: one that was proven, or the caller's own, which everything built on it says ("authorities"). */
export type BeefyVoters =
  | { readonly set: BeefySet }
  | {
    /** SCALE `Vec<[u8; 33]>`. */
    readonly keys: BytesLike;
    readonly setId: bigint | number;
  };

/** A leaf in a binary Merkle tree over `count` leaves. */
export interface MerkleProof {
  readonly root: BytesLike;
  readonly leaf: BytesLike;
  readonly index: number;
  readonly count: number;
  /** Hashes of 32 bytes, from the leaf upwards. */
  readonly items: readonly BytesLike[];
}

const votersOf = (voters: BeefyVoters): { keys: Uint8Array; setId: bigint; token: Uint8Array } =>
  "set" in voters
    ? { keys: voters.set.keys, setId: voters.set.setId, token: tokenOf(voters.set) }
    : { keys: toBytes(voters.keys), setId: BigInt(voters.setId), token: empty };

/** Judges BEEFY. What is not verified throws a `MoteError`. */
export class Beefy {
  readonly #engine: Engine;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Compiles and starts an instance beside `mote`; the default module is `mote-beefy.wasm` beside this file. */
  static async load(mote: Mote, options: ModuleOptions = {}): Promise<Beefy> {
    const module = await internals.compile(await (options.wasm ?? new URL("./mote-beefy.wasm", import.meta.url)));
    return new Beefy(internals.engineOf(mote).beside(module, beefyAbi));
  }

  /** Bytes of WebAssembly memory in use. */
  get memoryBytes(): number {
    return this.#engine.memoryBytes;
  }

  // --- trees -----------------------------------------------------------------------------------------------------

  /** That the leaf is in the binary Merkle tree (Keccak-256) with that root; throws where it is not. */
  verifyMerkle({ root, leaf, index, count, items }: MerkleProof): void {
    this.#engine.call(operations.merkleVerify, { root: toBytes(root), leaf: toBytes(leaf), index, count, items: concat(items.map(toBytes)) });
  }

  /** Leaves of the mountain range with that root. `leafCount` is the proof's claim: whoever knows it compares. */
  verifyMmr(root: BytesLike, { leaves, proof }: MmrProof): { leafCount: bigint; leaves: readonly { readonly index: bigint; readonly leaf: Uint8Array }[] } {
    return this.#engine.call(operations.mmrVerify, { root: toBytes(root), leaves: toBytes(leaves), proof: toBytes(proof) });
  }

  /** That the range with `root` grew out of an older one, whose root and size come out. `of` is the proof's claim, as `leafCount` of verifyMmr. */
  verifyMmrAncestry(root: BytesLike, proof: BytesLike): { root: Uint8Array; leafCount: bigint; of: bigint } {
    return this.#engine.call(operations.mmrAncestry, { root: toBytes(root), proof: toBytes(proof) });
  }

  // --- BEEFY -----------------------------------------------------------------------------------------------------

  /** The set that a final header names: it votes from there on. `bytes`: the header's own. */
  beefySetOf(header: FinalizedHeader, bytes: BytesLike): BeefySet {
    return beefySet(this.#engine.call(operations.beefySetOfHeader, { token: tokenOf(header), header: toBytes(bytes) }).set);
  }

  /** The range whose root a final header names. */
  beefyRootOf(header: FinalizedHeader, bytes: BytesLike): BeefyRange {
    return beefyRange(this.#engine.call(operations.beefyRootOfHeader, { token: tokenOf(header), header: toBytes(bytes) }).range);
  }

  /** A root the caller takes as final on his own account: everything under it is marked as assuming "root". */
  assumeBeefyRoot(root: BytesLike, blockNumber: number): BeefyRange {
    return beefyRange(this.#engine.call(operations.beefyAssumeRoot, { root: toBytes(root), blockNumber }).range);
  }

  /** A finality proof (`VersionedFinalityProof`) under its set. */
  verifyBeefy(proof: BytesLike, voters: BeefyVoters): { range: BeefyRange; votes: BeefyVotes } {
    const { range, ...votes } = this.#engine.call(operations.beefyVerify, { ...votersOf(voters), proof: toBytes(proof) });
    return { range: beefyRange(range), votes };
  }

  /** Leaves of a final range. `firstBlock`: the block that added leaf 0; 1 where the chain has had BEEFY from genesis. */
  beefyLeaves(range: BeefyRange, { leaves, proof, firstBlock = 1 }: MmrProof & { readonly firstBlock?: number }): BeefyLeaf[] {
    const answer = this.#engine.call(operations.beefyLeaves, { range: tokenOf(range), firstBlock, leaves: toBytes(leaves), proof: toBytes(proof) });
    return answer.leaves.map(beefyLeaf);
  }

  /** The next set, by the newest leaf of a range that the current one signed. `keys` must come to the leaf's root. */
  beefyHandOver(range: BeefyRange, newest: BeefyLeaf, keys: BytesLike): BeefySet {
    return beefySet(this.#engine.call(operations.beefyHandOver, { range: tokenOf(range), leaf: tokenOf(newest), keys: toBytes(keys) }).set);
  }

  /** The header that a leaf is about: final, as one that GRANDPA finalized. Its `setId` is the BEEFY set's. */
  beefyHeader(leaf: BeefyLeaf, header: BytesLike): FinalizedHeader {
    return internals.finalizedHeader(this.#engine.call(operations.beefyHeader, { leaf: tokenOf(leaf), header: toBytes(header) }).header);
  }

  /** The head of a parachain in the state of the block that the leaf is about: the `index`-th of `count` in its tree. */
  beefyParaHead(leaf: BeefyLeaf, proven: { readonly paraId: number; readonly head: BytesLike; readonly index: number; readonly count: number; readonly items: readonly BytesLike[] }): ParaHeader {
    const { paraId, head, index, count, items } = proven;
    return internals.paraHeader(this.#engine.call(operations.beefyParaHead, {
      leaf: tokenOf(leaf), paraId, head: toBytes(head), index, count, items: concat(items.map(toBytes)),
    }).header);
  }

  /** That these validators of the set signed the commitment (SCALE), which makes nothing final. Indices ascend. */
  verifyBeefySample(commitment: BytesLike, set: { readonly setId: bigint | number; readonly validators: number; readonly root: BytesLike }, samples: readonly BeefySample[]): BeefySampled {
    const answer = this.#engine.call(operations.beefySample, {
      setId: BigInt(set.setId), validators: set.validators, root: toBytes(set.root), commitment: toBytes(commitment),
      samples: samples.map(({ signature, address, index, items }) => concat([toBytes(signature), toBytes(address), lengthOf(index), ...items.map(toBytes)])),
    });
    return Object.freeze({ kind: "sampled", ...answer });
  }

  // --- faults of BEEFY's validators ------------------------------------------------------------------------------

  /** Two votes of one validator for one block with different payloads (`DoubleVotingProof`): which of the set it is. */
  verifyBeefyDoubleVote(proof: BytesLike, voters: BeefyVoters): { readonly validator: number } {
    return this.#engine.call(operations.beefyDoubleVote, { ...votersOf(voters), proof: toBytes(proof) });
  }

  /** A vote for a block at or above `finalNumber`, the chain's height when it was seen. */
  verifyBeefyFutureVote(vote: BytesLike, voters: BeefyVoters, finalNumber: number): { readonly validator: number } {
    return this.#engine.call(operations.beefyFutureVote, { ...votersOf(voters), finalNumber, vote: toBytes(vote) });
  }

  /** A vote for another root than the chain had after that block: `ancestry` shows its own, under a final range. */
  verifyBeefyForkVote(vote: BytesLike, voters: BeefyVoters, against: { readonly range: BeefyRange; readonly ancestry: BytesLike; readonly firstBlock?: number }): { readonly validator: number } {
    const { range, ancestry, firstBlock = 1 } = against;
    return this.#engine.call(operations.beefyForkVote, { ...votersOf(voters), range: tokenOf(range), firstBlock, vote: toBytes(vote), ancestry: toBytes(ancestry) });
  }
}
