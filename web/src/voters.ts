// SPDX-License-Identifier: Apache-2.0
/** Whose votes count. */
import { tokenOf, type AuthoritySet } from "./evidence.js";
import type { Checkpoint } from "./finality.js";
import { toBytes, type BytesLike } from "./hex.js";
import { seconds, type Now } from "./time.js";

/** An authority set the caller brings: everything verified with it is marked as assuming "authorities". */
export interface Authorities {
  /** SCALE `Vec<(key, weight)>`, with or without the version byte of `:grandpa_authorities`. */
  readonly authorities: BytesLike;
  readonly setId: bigint | number;
}

/** The set of a checkpoint, which is trusted if it is young enough at `now`. */
export interface CheckpointVoters {
  readonly checkpoint: Checkpoint;
  readonly now?: Now;
}

/** A set that was proven: {@link WarpEnd.set}, {@link Checkpoint.set}. */
export interface ProvenVoters {
  readonly set: AuthoritySet;
}

/** A set by one of three ways: brought, of a checkpoint, proven. */
export type Voters = Authorities | CheckpointVoters | ProvenVoters;

/** @internal */
export interface VotersAsk {
  readonly checkpoint: Uint8Array;
  readonly now: bigint;
  readonly authorities: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
}

const empty = new Uint8Array();

/** @internal */
export function votersAsk(voters: Voters): VotersAsk {
  const nothing = { checkpoint: empty, now: 0n, authorities: empty, setId: 0n, token: empty };
  if ("checkpoint" in voters) return { ...nothing, checkpoint: voters.checkpoint.bytes, now: seconds(voters.now) };
  if ("set" in voters) {
    const { authorities, setId } = voters.set;
    return { ...nothing, authorities, setId, token: tokenOf(voters.set) };
  }
  return { ...nothing, authorities: toBytes(voters.authorities), setId: BigInt(voters.setId) };
}

/** How many there are, about. @internal */
export function votersIn(voters: Voters): number {
  if ("checkpoint" in voters) return voters.checkpoint.authorities;
  return Math.floor(toBytes("set" in voters ? voters.set.authorities : voters.authorities).length / 40);
}
