// SPDX-License-Identifier: Apache-2.0
/**
 * Evidence: objects that only a verifier makes and the next verifier takes. Their fields are for reading; what counts is a
 * token that the core sealed and that no other object has. A copy, or one made by hand, is refused with `no_evidence`.
 */
import type { AuthoritySetRecord, FinalizedBlockRecord, FinalizedHeaderRecord, ParaHeaderRecord } from "./abi.gen.js";
import { MoteError, statusNamed } from "./errors.js";

declare const brand: unique symbol;

/** What the caller brought himself, instead of it being verified. */
export type Assumption = "root" | "header" | "authorities" | "checkpoint-age";

const assumptions: readonly Assumption[] = ["root", "header", "authorities", "checkpoint-age"];

/** @internal */
export const assumed = (bits: number): readonly Assumption[] => assumptions.filter((_, bit) => (bits >> bit) & 1);

/** The root of a state and what it belongs to: what storage proofs are verified against. */
export interface StateRoot {
  readonly [brand]: "state-root";
  readonly root: Uint8Array;
  readonly assumed: readonly Assumption[];
}

/** An authority set that was proven: it follows from a checkpoint by hand-overs, or is a checkpoint's own. */
export interface AuthoritySet {
  readonly [brand]: "authority-set";
  readonly setId: bigint;
  /** SCALE `Vec<(key, weight)>`, by key. */
  readonly authorities: Uint8Array;
  readonly assumed: readonly Assumption[];
}

/** A block that is final; its header need not be known. */
export interface FinalizedBlock {
  readonly [brand]: "finalized-block";
  readonly hash: Uint8Array;
  readonly number: number;
  readonly setId: bigint;
  readonly assumed: readonly Assumption[];
}

/** The header of a final relay-chain block. */
export interface FinalizedHeader {
  readonly [brand]: "finalized-header";
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  readonly setId: bigint;
  readonly assumed: readonly Assumption[];
  /** Its state, as evidence. */
  readonly state: StateRoot;
}

/** The header of a parachain block that is final because the relay chain's final state says so. */
export interface ParaHeader {
  readonly [brand]: "para-header";
  readonly paraId: number;
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  readonly relayHash: Uint8Array;
  readonly relayNumber: number;
  readonly assumed: readonly Assumption[];
  readonly state: StateRoot;
}

const tokens = new WeakMap<object, Uint8Array>();

/** @internal */
export function seal<T extends object>(fields: Omit<T, typeof brand>, token: Uint8Array): T {
  const evidence = Object.freeze(fields) as unknown as T;
  tokens.set(evidence, token);
  return evidence;
}

/** @internal */
export function tokenOf(evidence: object): Uint8Array {
  const token = tokens.get(evidence);
  if (token === undefined) throw new MoteError(statusNamed("no_evidence"));
  return token;
}

/** @internal */
export const stateRoot = (root: Uint8Array, bits: number, token: Uint8Array): StateRoot =>
  seal<StateRoot>({ root, assumed: assumed(bits) }, token);

/** @internal */
export const authoritySet = ({ setId, authorities, assumed: bits, token }: AuthoritySetRecord): AuthoritySet =>
  seal<AuthoritySet>({ setId, authorities, assumed: assumed(bits) }, token);

/** @internal */
export const finalizedBlock = ({ hash, number, setId, assumed: bits, token }: FinalizedBlockRecord): FinalizedBlock =>
  seal<FinalizedBlock>({ hash, number, setId, assumed: assumed(bits) }, token);

/** @internal */
export function finalizedHeader({ token, state, assumed: bits, ...fields }: FinalizedHeaderRecord): FinalizedHeader {
  return seal<FinalizedHeader>({ ...fields, assumed: assumed(bits), state: stateRoot(fields.stateRoot, bits, state) }, token);
}

/** @internal */
export function paraHeader({ token, state, assumed: bits, ...fields }: ParaHeaderRecord): ParaHeader {
  return seal<ParaHeader>({ ...fields, assumed: assumed(bits), state: stateRoot(fields.stateRoot, bits, state) }, token);
}
