// SPDX-License-Identifier: Apache-2.0
import type { HeaderDecodeAnswer } from "./abi.gen.js";
import { compact, concat, type BytesLike } from "./hex.js";

/** An item of a header's digest. `engine`: four letters, such as "BABE". */
export type DigestItem =
  | { readonly kind: "other"; readonly payload: Uint8Array }
  | { readonly kind: "consensus" | "seal" | "pre-runtime"; readonly engine: string; readonly payload: Uint8Array }
  | { readonly kind: "environment-updated" };

interface GrandpaChange {
  /** In blocks. */
  readonly delay: number;
  /** How many entries the next set has. */
  readonly authorities: number;
  /** They, as SCALE `Vec<(key, weight)>`. */
  readonly authorityList: Uint8Array;
}

/** What GRANDPA announces in a digest. */
export type GrandpaLog =
  | (GrandpaChange & { readonly kind: "scheduled-change" })
  | (GrandpaChange & { readonly kind: "forced-change"; readonly medianLastFinalized: number })
  | { readonly kind: "on-disabled"; readonly authority: bigint }
  | { readonly kind: "pause" | "resume"; readonly delay: number };

/** What a verifier of authorship would find odd about the digest. A final header is not refused for it. */
export type Oddity =
  | "seal-not-last" | "several-seals" | "several-babe-pre-digests" | "several-aura-pre-digests" | "several-next-epochs"
  | "several-next-configs" | "config-without-epoch" | "seal-size" | "no-pre-digest" | "pre-digest-in-genesis"
  | "foreign-seal" | "epoch-authorities" | "config-chance";

const oddities: readonly Oddity[] = [
  "seal-not-last", "several-seals", "several-babe-pre-digests", "several-aura-pre-digests", "several-next-epochs",
  "several-next-configs", "config-without-epoch", "seal-size", "no-pre-digest", "pre-digest-in-genesis",
  "foreign-seal", "epoch-authorities", "config-chance",
];

/** A decoded header: well formed, and not verified to be anybody's. */
export interface Header {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  readonly babeSlot: bigint | undefined;
  readonly auraSlot: bigint | undefined;
  readonly digest: readonly DigestItem[];
  readonly grandpa: readonly GrandpaLog[];
  readonly oddities: readonly Oddity[];
}

const kinds = new Map([[4, "consensus"], [5, "seal"], [6, "pre-runtime"]] as const);

function digestItem({ kind, engine, payload }: HeaderDecodeAnswer["digest"][number]): DigestItem {
  if (kind === 8) return { kind: "environment-updated" };
  const name = kinds.get(kind as 4 | 5 | 6);
  if (name === undefined) return { kind: "other", payload };
  return { kind: name, engine: String.fromCharCode(...engine), payload };
}

function grandpaLog(log: HeaderDecodeAnswer["changes"][number]): GrandpaLog {
  const { delay, authorities, authorityList, medianLastFinalized } = log;
  switch (log.kind) {
    case 1: return { kind: "scheduled-change", delay, authorities, authorityList };
    case 2: return { kind: "forced-change", delay, authorities, authorityList, medianLastFinalized };
    case 3: return { kind: "on-disabled", authority: log.disabled };
    default: return { kind: log.kind === 4 ? "pause" : "resume", delay };
  }
}

/** @internal */
export const header = (answer: HeaderDecodeAnswer): Header => ({
  hash: answer.hash,
  number: answer.number,
  parentHash: answer.parentHash,
  stateRoot: answer.stateRoot,
  extrinsicsRoot: answer.extrinsicsRoot,
  babeSlot: answer.hasBabeSlot ? answer.babeSlot : undefined,
  auraSlot: answer.hasAuraSlot ? answer.auraSlot : undefined,
  digest: answer.digest.map(digestItem),
  grandpa: answer.changes.map(grandpaLog),
  oddities: oddities.filter((_, bit) => (answer.oddities >> bit) & 1),
});

/** What a header is made of. */
export interface HeaderParts {
  readonly parentHash: BytesLike;
  readonly number: number;
  readonly stateRoot: BytesLike;
  readonly extrinsicsRoot: BytesLike;
  readonly digest: readonly DigestItem[];
}

const codes = { other: 0, consensus: 4, seal: 5, "pre-runtime": 6, "environment-updated": 8 } as const;

/** One digest item in SCALE. @internal */
export function encodeDigestItem(item: DigestItem): Uint8Array {
  const kind = Uint8Array.of(codes[item.kind]);
  if (item.kind === "environment-updated") return kind;
  if (item.kind === "other") return concat([kind, compact(item.payload.length), item.payload]);
  if (!/^[\0-\xff]{4}$/.test(item.engine)) throw new RangeError("an engine's id is four bytes");
  const engine = Uint8Array.from(item.engine, (letter) => letter.charCodeAt(0));
  return concat([kind, engine, compact(item.payload.length), item.payload]);
}
