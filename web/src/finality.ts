// SPDX-License-Identifier: Apache-2.0
import type { AgeRecord, CheckpointRecord, ReportRecord } from "./abi.gen.js";
import { authoritySet, finalizedHeader, type AuthoritySet, type FinalizedHeader } from "./evidence.js";

/** What a justification or commit shows about its votes. */
export interface Votes {
  readonly round: bigint;
  readonly setId: bigint;
  readonly targetHash: Uint8Array;
  readonly targetNumber: number;
  readonly precommits: number;
  readonly countedVoters: number;
  readonly countedWeight: bigint;
  readonly threshold: bigint;
  readonly total: bigint;
  readonly ancestryHeaders: number;
  /** Voters who voted twice, with both signatures valid; the first 16 of their keys. */
  readonly equivocators: number;
  readonly equivocatorKeys: readonly Uint8Array[];
}

/** @internal */
export function votes({ equivocatorKeys, ...report }: ReportRecord): Votes {
  const keys = Array.from({ length: equivocatorKeys.length / 32 }, (_, i) => equivocatorKeys.slice(32 * i, 32 * i + 32));
  return { ...report, equivocatorKeys: keys };
}

/**
 * Of a checkpoint: under a quarter of its chain's window, under the whole, beyond it, made later than now; or that its
 * age cannot be told.
 */
export type Freshness = "unknown" | "fresh" | "stale" | "expired" | "from-future";

const freshnesses: readonly Freshness[] = ["unknown", "fresh", "stale", "expired", "from-future"];

/** How old a checkpoint is, in seconds, against its chain's weak-subjectivity window. */
export interface Age {
  readonly freshness: Freshness;
  readonly madeAt: number;
  readonly now: number;
  readonly seconds: number;
  readonly windowSeconds: number;
  /** No unbonding period of the chain is known: the window is a cautious default. */
  readonly windowAssumed: boolean;
}

/** @internal */
export const age = (record: AgeRecord): Age => ({
  freshness: freshnesses[record.freshness] ?? "unknown",
  madeAt: Number(record.madeAt),
  now: Number(record.now),
  seconds: Number(record.seconds),
  windowSeconds: Number(record.windowSeconds),
  windowAssumed: record.windowAssumed,
});

/** Where trust starts. Nothing in it proves itself: whoever chose it is trusted. */
export interface Checkpoint {
  readonly header: FinalizedHeader;
  /** The set that finalizes what comes after its header. */
  readonly set: AuthoritySet;
  readonly setId: bigint;
  /** How many entries its authority set has. */
  readonly authorities: number;
  /** "" where the chain is not known. */
  readonly chain: string;
  readonly genesis: Uint8Array;
  /** BABE slot of the header, where it has one. */
  readonly slot: bigint | undefined;
  /** Whether it carries the BABE epochs around it. */
  readonly hasEpochs: boolean;
  /** Identity: what bundles name. */
  readonly digest: Uint8Array;
  /** The compact binary form: to store, to ship, to hand to `mote verify`. */
  readonly bytes: Uint8Array;
}

/** @internal */
export const checkpoint = (record: CheckpointRecord): Checkpoint => ({
  header: finalizedHeader(record.header),
  set: authoritySet(record.set),
  setId: record.set.setId,
  authorities: record.authorities,
  chain: record.chain,
  genesis: record.genesis,
  slot: record.hasSlot ? record.slot : undefined,
  hasEpochs: record.epochs > 0,
  digest: record.digest,
  bytes: record.compact,
});
