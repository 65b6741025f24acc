// SPDX-License-Identifier: Apache-2.0
/** Making bundles: what goes in. */
import type { BundleEncodeAsk } from "./abi.gen.js";
import type { Checkpoint } from "./finality.js";
import { Writer } from "./frames.js";
import { toBytes, type BytesLike } from "./hex.js";
import { joinNodes } from "./proof.js";

/** What a bundle asks of a state. */
export type Question = { readonly child?: BytesLike } & (
  | { readonly ask: "read" | "absent"; readonly key: BytesLike }
  | { readonly ask: "equals"; readonly key: BytesLike; readonly value: BytesLike }
  | { readonly ask: "list" | "none"; readonly prefix: BytesLike }
);

/** A storage proof, whole or by nodes, and what is asked of it. */
export interface StatePart {
  readonly proof: BytesLike | readonly BytesLike[];
  readonly questions: readonly Question[];
}

/** The parts of a bundle, as nodes give them. What is made of them is not verified: walk it. */
export interface BundleParts {
  /** For people. */
  readonly chain?: string;
  /** The checkpoint it is for; left out: any. */
  readonly checkpoint?: Checkpoint;
  readonly genesis?: BytesLike;
  readonly warp?: BytesLike;
  /** Of the first header. */
  readonly justification?: BytesLike;
  /** Relay headers, from the justified one down to the one asked about. */
  readonly headers?: readonly BytesLike[];
  /** Of the last relay header's state. */
  readonly state?: StatePart;
  readonly parachain?: {
    readonly id: number;
    /** Proof of its head in the last relay header's state. */
    readonly proof: BytesLike | readonly BytesLike[];
    /** From the head, or its parent, down to the one asked about. */
    readonly headers?: readonly BytesLike[];
    /** Of the last parachain header's state. */
    readonly state?: StatePart;
  };
}

const kinds = { read: 0, equals: 1, absent: 2, list: 3, none: 4 } as const;
const empty = new Uint8Array();

function question(asked: Question): Uint8Array {
  const writer = new Writer();
  writer.u8("kind", kinds[asked.ask]);
  writer.bytes("child", toBytes(asked.child ?? empty));
  writer.bytes("key", toBytes("prefix" in asked ? asked.prefix : asked.key));
  writer.bytes("expected", asked.ask === "equals" ? toBytes(asked.value) : empty);
  return writer.finish();
}

const optional = (bytes: BytesLike | undefined): Uint8Array => (bytes === undefined ? empty : toBytes(bytes));
const proofBytes = (proof: BytesLike | readonly BytesLike[] | undefined): Uint8Array =>
  proof === undefined ? empty : typeof proof === "string" || proof instanceof Uint8Array ? toBytes(proof) : joinNodes(proof);

/** @internal */
export function bundleAsk(parts: BundleParts): BundleEncodeAsk {
  const { checkpoint, parachain } = parts;
  return {
    chain: parts.chain ?? checkpoint?.chain ?? "",
    genesis: parts.genesis === undefined ? checkpoint?.genesis ?? new Uint8Array(32) : toBytes(parts.genesis),
    checkpointDigest: checkpoint?.digest ?? new Uint8Array(32),
    warp: optional(parts.warp),
    justification: optional(parts.justification),
    headers: (parts.headers ?? []).map(toBytes),
    relayProof: proofBytes(parts.state?.proof),
    relayQuestions: (parts.state?.questions ?? []).map(question),
    hasPara: parachain !== undefined,
    paraId: parachain?.id ?? 0,
    paraProof: proofBytes(parachain?.proof),
    paraHeaders: (parachain?.headers ?? []).map(toBytes),
    paraStateProof: proofBytes(parachain?.state?.proof),
    paraQuestions: (parachain?.state?.questions ?? []).map(question),
  };
}
