// SPDX-License-Identifier: Apache-2.0
/**
 * What a full node judges besides: who made a block, BEEFY with what is under its roots, faults of validators, messages
 * between chains, cores, and what is in a block. A module of its own
 * (`mote-validation.wasm`), which a page that only verifies finality does not load.
 *
 * @example
 * ```ts
 * const validator = await Validator.load();
 * const { header } = validator.mote.verifyJustification({ checkpoint, justification, header: headerBytes });
 * const range = validator.beefyRootOf(header, headerBytes);
 * const [leaf] = validator.beefyLeaves(range, { leaves, proof });
 * const older = validator.beefyHeader(leaf, olderHeaderBytes); // final, in one step
 * ```
 *
 * @packageDocumentation
 */
import { beefyLeaf, beefyRange, beefySet, type BeefyLeaf, type BeefyRange, type BeefySet } from "./beefy.js";
import type { Engine } from "./engine.js";
import type { FinalizedHeader, ParaHeader, StateRoot } from "./evidence.js";
import type { BytesLike } from "./hex.js";
import { internals, type LoadOptions, type Mote, type ProofOptions } from "./index.js";
import { operations, validationAbi, type BabeVerifyAsk, type ChainAuthorRecord } from "./validation.gen.js";
import { Coretime, coretimeKey, type CoretimeItem } from "./validation-coretime.js";
import { keyOf, messageOrder, Messages, messagesCarried, proofBytes, sourceOf, type MessageItem, type MessageLike, type ProofLike, type ProvenState, type XcmPage } from "./validation-messages.js";

export type { BeefyLeaf, BeefyRange, BeefySet } from "./beefy.js";
export type * from "./validation-coretime.js";
export type * from "./validation-messages.js";

const { concat, toBytes, tokenOf } = internals;
const empty = new Uint8Array();

/** A signature of sr25519 over a message in the context "substrate". */
export interface Sr25519Signed {
  readonly publicKey: BytesLike;
  readonly signature: BytesLike;
  readonly message: BytesLike;
}

/** A VRF's claim: that this pre-output is the key's at this transcript. The flavour is that of Kusama and Polkadot. */
export interface VrfClaim {
  readonly publicKey: BytesLike;
  /** Its own label, then labels with messages. */
  readonly transcript: { readonly label: string; readonly messages: readonly (readonly [label: string, message: BytesLike])[] };
  readonly preOutput: BytesLike;
  readonly proof: BytesLike;
}

/** Pseudorandom bytes that a verified claim gives: how many, and for which purpose ("BabeVRFInOutContext"). */
export interface VrfBytes {
  readonly purpose: string;
  readonly size: number;
}

/** Two blocks of one slot by one author. */
export interface BabeEquivocation {
  readonly offender: Uint8Array;
  readonly slot: bigint;
  readonly authorityIndex: number;
  readonly firstHash: Uint8Array;
  readonly secondHash: Uint8Array;
  readonly firstNumber: number;
  readonly secondNumber: number;
}

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

/** Which claims a BABE epoch allows besides primary ones. */
export type BabeSlots = "primary-only" | "secondary-plain" | "secondary-vrf";

/** A BABE epoch, which the caller vouches for. */
export interface BabeEpoch {
  readonly index: bigint | number;
  readonly startSlot: bigint | number;
  /** In slots. */
  readonly duration: bigint | number;
  /** SCALE `Vec<(key, weight)>`. */
  readonly authorities: BytesLike;
  readonly randomness: BytesLike;
  /** The chance that a slot has a primary author: numerator, denominator. */
  readonly c: readonly [bigint | number, bigint | number];
  readonly allowedSlots: BabeSlots;
}

interface Author {
  readonly slot: bigint;
  readonly authorityIndex: number;
  readonly authority: Uint8Array;
  /** Everybody can sign for this key. */
  readonly forgeable: boolean;
}

/** Who made a block of a BABE chain, by which claim. It says nothing of the block's content, and nothing is final by it. */
export type BabeAuthor = Author & { readonly epochIndex: bigint } & (
  | { readonly claim: "primary"; readonly score: bigint; readonly threshold: bigint }
  | { readonly claim: "secondary-plain" | "secondary-vrf" }
);

/** Who made a block of an Aura chain. */
export type AuraAuthor = Author;

/** One block of a chain that was followed. */
export interface ChainBlock extends Author {
  readonly number: number;
  readonly hash: Uint8Array;
}

/** A whole state, as its runtime would write it. */
export interface WholeState {
  readonly entries: readonly (readonly [key: BytesLike, value: BytesLike])[];
  readonly version: 0 | 1;
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

const slotKinds: readonly BabeSlots[] = ["primary-only", "secondary-plain", "secondary-vrf"];
const noLimit = (1n << 64n) - 1n;
const wide = (high: bigint, low: bigint): bigint => (high << 64n) | low;
const text = new TextEncoder();
const sized = (bytes: Uint8Array): Uint8Array[] => [lengthOf(bytes.length), bytes];
function lengthOf(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}
const transcriptBytes = ({ label, messages }: VrfClaim["transcript"]): Uint8Array =>
  concat([label, ...messages.flat()].flatMap((part, i) => sized(i % 2 === 1 || i === 0 ? text.encode(part as string) : toBytes(part as BytesLike))));
const epochFields = (epoch: BabeEpoch): Omit<BabeVerifyAsk, "header" | "slotNow"> => ({
  index: BigInt(epoch.index), startSlot: BigInt(epoch.startSlot), duration: BigInt(epoch.duration), authorities: toBytes(epoch.authorities),
  randomness: toBytes(epoch.randomness), cNumerator: BigInt(epoch.c[0]), cDenominator: BigInt(epoch.c[1]), allowedSlots: slotKinds.indexOf(epoch.allowedSlots),
});
const chainBlock = ({ claim: _, ...block }: ChainAuthorRecord): ChainBlock => block;
const noEpoch: BabeEpoch = { index: 0, startSlot: 0, duration: 1, authorities: new Uint8Array(1), randomness: new Uint8Array(32), c: [1, 1], allowedSlots: "primary-only" };
const votersOf = (voters: BeefyVoters): { keys: Uint8Array; setId: bigint; token: Uint8Array } =>
  "set" in voters
    ? { keys: voters.set.keys, setId: voters.set.setId, token: tokenOf(voters.set) }
    : { keys: toBytes(voters.keys), setId: BigInt(voters.setId), token: empty };
const now = (slot: bigint | number | undefined): bigint => (slot === undefined ? noLimit : BigInt(slot));

/**
 * The validator: an instance of the larger module. `mote` is the light client in the same instance, so that evidence goes
 * from one to the other. What is not verified throws a `MoteError`.
 */
export class Validator {
  readonly #engine: Engine;
  /** The light client over the same instance. */
  readonly mote: Mote;

  private constructor(engine: Engine) {
    this.#engine = engine;
    this.mote = internals.Mote.over(engine);
  }

  /** Compiles and starts an instance; the default module is `mote-validation.wasm` beside this file. */
  static async load(options: LoadOptions = {}): Promise<Validator> {
    const source = await (options.wasm ?? new URL("./mote-validation.wasm", import.meta.url));
    const seed = options.seed ?? crypto.getRandomValues(new Uint8Array(32));
    return new Validator(new internals.Engine(await internals.compile(source), seed, options.cachedKeys ?? 1024, validationAbi));
  }

  // --- sr25519 ---------------------------------------------------------------------------------------------------

  /** One signature; throws where it does not hold, and says why. */
  verifySr25519(signed: Sr25519Signed): void {
    const { publicKey, signature, message } = signed;
    this.#engine.call(operations.sr25519Verify, { publicKey: toBytes(publicKey), signature: toBytes(signature), message: toBytes(message) });
  }

  /** Many at once: for each, whether it holds. The same verdicts as one by one. */
  verifySr25519Batch(items: readonly Sr25519Signed[]): boolean[] {
    const { bad } = this.#engine.call(operations.sr25519Batch, {
      publicKeys: items.map((item) => toBytes(item.publicKey)),
      signatures: items.map((item) => toBytes(item.signature)),
      messages: items.map((item) => toBytes(item.message)),
    });
    return Array.from(bad, (flag) => flag === 0);
  }

  /** A VRF's proof; throws where it does not hold. The bytes that the pair gives for the purpose. */
  verifyVrf(claim: VrfClaim, bytes: VrfBytes = { purpose: "", size: 0 }): Uint8Array {
    const [output] = this.verifyVrfBatch([claim], bytes);
    if (output === undefined) throw new Error("mote: one claim, and no answer");
    return output;
  }

  /** Many at once: the bytes of each, undefined where it does not hold. One by itself throws, and says why. */
  verifyVrfBatch(claims: readonly VrfClaim[], bytes: VrfBytes = { purpose: "", size: 0 }): (Uint8Array | undefined)[] {
    const { bad, outputs } = this.#engine.call(operations.vrfVerify, {
      publicKeys: claims.map((claim) => toBytes(claim.publicKey)), transcripts: claims.map((claim) => transcriptBytes(claim.transcript)),
      preOutputs: claims.map((claim) => toBytes(claim.preOutput)), proofs: claims.map((claim) => toBytes(claim.proof)), ...bytes,
    });
    return outputs.map((output, i) => (bad[i] === 0 ? output : undefined));
  }

  // --- authorship ------------------------------------------------------------------------------------------------

  /** Scores below this win a primary slot, as nodes compute it, bit for bit. */
  babeThreshold(c: readonly [bigint | number, bigint | number], weight: bigint | number, total: bigint | number): bigint {
    const { high, low } = this.#engine.call(operations.babeThreshold, {
      cNumerator: BigInt(c[0]), cDenominator: BigInt(c[1]), weight: BigInt(weight), total: BigInt(total),
    });
    return wide(high, low);
  }

  /**
   * The claim and the seal of a header under an epoch that the caller vouches for. `slotNow`: a later slot is refused as
   * `slot_in_future`; without it none is.
   */
  verifyBabe(header: BytesLike, epoch: BabeEpoch, options: { readonly slotNow?: bigint | number } = {}): BabeAuthor {
    const { claim, scoreHigh, scoreLow, thresholdHigh, thresholdLow, ...author } = this.#engine.call(operations.babeVerify, {
      header: toBytes(header), ...epochFields(epoch), slotNow: now(options.slotNow),
    });
    if (claim !== 1) return { ...author, claim: claim === 2 ? "secondary-plain" : "secondary-vrf" };
    return { ...author, claim: "primary", score: wide(scoreHigh, scoreLow), threshold: wide(thresholdHigh, thresholdLow) };
  }

  /** The slot's author and the seal of a header, under authorities (SCALE `Vec<key>`) that the caller vouches for. */
  verifyAura(header: BytesLike, given: { readonly authorities: BytesLike; readonly scheme?: "sr25519" | "ed25519"; readonly slotNow?: bigint | number }): AuraAuthor {
    return this.#engine.call(operations.auraVerify, {
      header: toBytes(header), scheme: given.scheme === "ed25519" ? 1 : 0, authorities: toBytes(given.authorities), slotNow: now(given.slotNow),
    });
  }

  /** A proof of two blocks of one author in one slot (`EquivocationProof`). With an epoch he must be that authority in it. */
  verifyBabeEquivocation(proof: BytesLike, epoch?: BabeEpoch): BabeEquivocation {
    return this.#engine.call(operations.babeEquivocation, { proof: toBytes(proof), hasEpoch: epoch !== undefined, ...epochFields(epoch ?? noEpoch) });
  }

  /** Two headers of one slot with the seals of its one author: proof that he made both. */
  verifyAuraEquivocation(first: BytesLike, second: BytesLike, given: { readonly authorities: BytesLike; readonly scheme?: "sr25519" | "ed25519" }): AuraAuthor {
    return this.#engine.call(operations.auraEquivocation, {
      first: toBytes(first), second: toBytes(second), scheme: given.scheme === "ed25519" ? 1 : 0, authorities: toBytes(given.authorities),
    });
  }

  /**
   * Headers of a BABE chain from block 1 on, by the rules of import: links, slots, epochs as the headers announce them, claims
   * and seals. `configuration`: what `BabeApi_configuration` answers at genesis. The index of a header that does not hold is
   * the error's `index`. `weight`: primary claims, by which forks are ordered.
   */
  verifyBabeChain(headers: readonly BytesLike[], from: { readonly configuration: BytesLike; readonly genesis: BytesLike; readonly slotNow?: bigint | number }): { readonly blocks: readonly ChainBlock[]; readonly epochIndex: bigint; readonly weight: number } {
    const { authors, ...rest } = this.#engine.call(operations.babeChain, {
      configuration: toBytes(from.configuration), genesis: toBytes(from.genesis), headers: headers.map(toBytes), slotNow: now(from.slotNow),
    });
    return { blocks: authors.map(chainBlock), ...rest };
  }

  /** Headers of an Aura chain behind `start`, in whose state these authorities are (SCALE `Vec<key>`). */
  verifyAuraChain(headers: readonly BytesLike[], from: { readonly start: BytesLike; readonly authorities: BytesLike; readonly scheme?: "sr25519" | "ed25519"; readonly severalBlocksASlot?: boolean; readonly slotNow?: bigint | number }): readonly ChainBlock[] {
    return this.#engine.call(operations.auraChain, {
      start: toBytes(from.start), authorities: toBytes(from.authorities), scheme: from.scheme === "ed25519" ? 1 : 0,
      severalBlocksASlot: from.severalBlocksASlot ?? false, headers: headers.map(toBytes), slotNow: now(from.slotNow),
    }).authors.map(chainBlock);
  }

  // --- states ----------------------------------------------------------------------------------------------------

  /** The root of a whole state, and a proof of these keys (or that they are not there) under it. */
  proveState({ entries, version }: WholeState, keys: readonly BytesLike[], options: { readonly compact?: boolean } = {}): { readonly root: Uint8Array; readonly proof: Uint8Array } {
    return this.#engine.call(operations.stateProve, {
      keys: entries.map(([key]) => toBytes(key)), values: entries.map(([, value]) => toBytes(value)), version, wanted: keys.map(toBytes),
      compact: options.compact ?? false,
    });
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
}
