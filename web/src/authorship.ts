// SPDX-License-Identifier: Apache-2.0
/**
 * Who made a block: sr25519 signatures and VRFs, BABE and Aura, chains from their start, faults of authors. A module of its
 * own (`mote-authorship.wasm`), which needs no other. Who made a block says nothing of its content, and makes nothing final.
 *
 * @example
 * ```ts
 * const authorship = await Authorship.load();
 * const { authority, claim } = authorship.verifyBabe(header, epoch);
 * ```
 *
 * @packageDocumentation
 */
import { authorshipAbi, operations, type BabeVerifyAsk, type ChainAuthorRecord } from "./authorship.gen.js";
import type { Engine } from "./engine.js";
import type { BytesLike } from "./hex.js";
import { internals, type ModuleOptions } from "./index.js";

const { concat, toBytes } = internals;

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

const slotKinds: readonly BabeSlots[] = ["primary-only", "secondary-plain", "secondary-vrf"];
const noLimit = (1n << 64n) - 1n;
const wide = (high: bigint, low: bigint): bigint => (high << 64n) | low;
const text = new TextEncoder();
const sized = (bytes: Uint8Array): Uint8Array[] => [internals.lengthOf(bytes.length), bytes];
const transcriptBytes = ({ label, messages }: VrfClaim["transcript"]): Uint8Array =>
  concat([label, ...messages.flat()].flatMap((part, i) => sized(i % 2 === 1 || i === 0 ? text.encode(part as string) : toBytes(part as BytesLike))));
const epochFields = (epoch: BabeEpoch): Omit<BabeVerifyAsk, "header" | "slotNow"> => ({
  index: BigInt(epoch.index), startSlot: BigInt(epoch.startSlot), duration: BigInt(epoch.duration), authorities: toBytes(epoch.authorities),
  randomness: toBytes(epoch.randomness), cNumerator: BigInt(epoch.c[0]), cDenominator: BigInt(epoch.c[1]), allowedSlots: slotKinds.indexOf(epoch.allowedSlots),
});
const chainBlock = ({ claim: _, ...block }: ChainAuthorRecord): ChainBlock => block;
const noEpoch: BabeEpoch = { index: 0, startSlot: 0, duration: 1, authorities: new Uint8Array(1), randomness: new Uint8Array(32), c: [1, 1], allowedSlots: "primary-only" };
const now = (slot: bigint | number | undefined): bigint => (slot === undefined ? noLimit : BigInt(slot));

/** Judges authors. What is not verified throws a `MoteError`. */
export class Authorship {
  readonly #engine: Engine;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Compiles and starts an instance; the default module is `mote-authorship.wasm`, or `mote-authorship-simd.wasm`, beside this file. */
  static async load(options: ModuleOptions = {}): Promise<Authorship> {
    const module = await internals.compile(await (options.wasm ?? internals.fitting(new URL("./mote-authorship.wasm", import.meta.url), new URL("./mote-authorship-simd.wasm", import.meta.url))));
    return new Authorship(new internals.Engine(module, crypto.getRandomValues(new Uint8Array(32)), 0, authorshipAbi));
  }

  /** Bytes of WebAssembly memory in use. */
  get memoryBytes(): number {
    return this.#engine.memoryBytes;
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
}
