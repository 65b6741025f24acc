// SPDX-License-Identifier: Apache-2.0
/** Evidence of BEEFY, as of evidence.ts: objects that only a verifier makes and the next verifier takes. */
import type { Assumption } from "./evidence.js";
import { internals } from "./index.js";
import type { BeefyLeafRecord, BeefyRangeRecord, BeefySetRecord } from "./beefy.gen.js";

declare const brand: unique symbol;

/** A set of BEEFY validators that was proven: a final header names it, or a leaf of a final range did. */
export interface BeefySet {
  readonly [brand]: "beefy-set";
  readonly setId: bigint;
  readonly validators: number;
  /** SCALE `Vec<[u8; 33]>`. */
  readonly keys: Uint8Array;
  readonly assumed: readonly Assumption[];
}

/** A mountain range whose root is final. */
export interface BeefyRange {
  readonly [brand]: "beefy-range";
  readonly mmrRoot: Uint8Array;
  /** The block after which the range has that root. */
  readonly blockNumber: number;
  /** The set that signed; undefined where no votes were seen: such a range hands nothing over. */
  readonly setId: bigint | undefined;
  readonly assumed: readonly Assumption[];
}

/** A leaf of a final range: what it says is final. */
export interface BeefyLeaf {
  readonly [brand]: "beefy-leaf";
  readonly index: bigint;
  /** The block that the leaf is about. */
  readonly parentNumber: number;
  readonly parentHash: Uint8Array;
  readonly nextSet: { readonly setId: bigint; readonly validators: number; readonly root: Uint8Array };
  /** Root over the heads of parachains, where there is one. */
  readonly headsRoot: Uint8Array | undefined;
  readonly assumed: readonly Assumption[];
}

const { assumed, seal } = internals;

/** @internal */
export const beefySet = ({ token, assumed: bits, ...fields }: BeefySetRecord): BeefySet =>
  seal<BeefySet>({ ...fields, assumed: assumed(bits) } as BeefySet, token);

/** @internal */
export const beefyRange = ({ mmrRoot, blockNumber, hasSet, setId, assumed: bits, token }: BeefyRangeRecord): BeefyRange =>
  seal<BeefyRange>({ mmrRoot, blockNumber, setId: hasSet ? setId : undefined, assumed: assumed(bits) } as BeefyRange, token);

/** @internal */
export function beefyLeaf(record: BeefyLeafRecord): BeefyLeaf {
  const { index, parentNumber, parentHash, nextSetId, nextValidators, nextRoot, hasHeadsRoot, headsRoot } = record;
  return seal<BeefyLeaf>({
    index, parentNumber, parentHash, nextSet: { setId: nextSetId, validators: nextValidators, root: nextRoot },
    headsRoot: hasHeadsRoot ? headsRoot : undefined, assumed: assumed(record.assumed),
  } as BeefyLeaf, record.token);
}
