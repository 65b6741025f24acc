// SPDX-License-Identifier: Apache-2.0
/**
 * Messages between a relay chain and its parachains: what proven state says of them, each claim with an answer of its own.
 * Sent is not queued, queued is not taken in, and taken in is not executed; what a proof does not show throws `not_shown`,
 * which blames nobody.
 */
import type { Engine } from "./engine.js";
import type { ParaHeader, StateRoot } from "./evidence.js";
import type { BytesLike } from "./hex.js";
import { internals, type ProofOptions } from "./index.js";
import { operations } from "./state.gen.js";

const { compact, concat, toBytes, tokenOf } = internals;

/** A storage proof: SCALE `Vec<Vec<u8>>`, or its nodes. */
export type ProofLike = BytesLike | readonly BytesLike[];

/** @internal */
export function proofBytes(proof: ProofLike): Uint8Array {
  if (typeof proof === "string" || proof instanceof Uint8Array) return toBytes(proof);
  const nodes = (proof as readonly BytesLike[]).map(toBytes);
  return concat([compact(nodes.length), ...nodes.flatMap((node) => [compact(node.length), node])]);
}

/** @internal */
export interface Source { readonly state: Uint8Array; readonly proof: Uint8Array; readonly compact: boolean; readonly lenient: boolean }

/** @internal */
export const sourceOf = (state: StateRoot, proof: ProofLike, options: ProofOptions): Source =>
  ({ state: tokenOf(state), proof: proofBytes(proof), compact: options.compact ?? false, lenient: options.lenient ?? false });

/** @internal */
export const amount = ({ low, high }: { low: bigint; high: bigint }): bigint => (high << 64n) | low;

const items = [
  "hrmp-channel", "hrmp-contents", "hrmp-ingress", "hrmp-egress", "hrmp-watermark", "dmp-head", "dmp-queue", "dmp-pages", "dispatch-capacity",
  "limits", "hrmp-sent", "ump-sent", "last-hrmp-heads", "last-dmp-head",
] as const;
/** What is read under which key: `keyOf` of these. Up to "limits" of the relay chain, the others of a parachain. */
export type MessageItem = (typeof items)[number];

/** A message, and the relay block that took it into a queue. */
export interface Message {
  readonly sentAt: number;
  readonly data: Uint8Array;
}
/** As the caller has it. */
export interface MessageLike {
  readonly sentAt: number;
  readonly data: BytesLike;
}

/** A channel at a relay block; `open` false: proven, there is none. */
export type HrmpChannel = { readonly under: StateRoot } & (
  | { readonly open: false }
  | {
    readonly open: true; readonly maxCapacity: number; readonly maxTotalSize: number; readonly maxMessageSize: number; readonly messageCount: number;
    readonly totalSize: number; readonly head: Uint8Array | undefined; readonly senderDeposit: bigint; readonly recipientDeposit: bigint;
  }
);

/** What the relay chain allows. */
export interface RelayLimits {
  readonly maxCodeSize: number;
  readonly maxHeadDataSize: number;
  readonly maxUpwardQueueCount: number;
  readonly maxUpwardQueueSize: number;
  readonly maxUpwardMessageSize: number;
  readonly maxUpwardMessagesPerCandidate: number;
  readonly maxHrmpMessagesPerCandidate: number;
  readonly upgradeCooldown: number;
  readonly upgradeDelay: number;
  readonly under: StateRoot;
}

/** Which pages of what leads down are full, and those of them that were asked for. */
export interface DownwardPages {
  /** No page was filled so far, where undefined. */
  readonly range: { readonly first: bigint; readonly end: bigint } | undefined;
  readonly messages: readonly Message[];
  readonly under: StateRoot;
}

/** What an HRMP message with XCM is made of. */
export interface XcmPage {
  readonly format: "concatenated" | "blobs" | "signals" | "opaque" | "unknown";
  readonly formatByte: number;
  /** The format does not tell where messages end: there is one part. */
  readonly whole: boolean;
  readonly parts: readonly Uint8Array[];
}

const u32 = (value: number): Uint8Array => {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
};
const encode = (messages: readonly MessageLike[]): Uint8Array[] => messages.map(({ sentAt, data }) => concat([u32(sentAt), toBytes(data)]));

/** The storage key of an item: of channels `first` is the sender and `second` the recipient, of others `first` the parachain. */
export const keyOf = (engine: Engine, item: MessageItem, first = 0, second = 0): Uint8Array =>
  engine.call(operations.messageKey, { item: items.indexOf(item), first, second }).key;

/** What one storage proof shows of messages. Every method verifies what it answers, and the answer says under which state. */
export class Messages {
  readonly #engine: Engine;
  readonly #source: Source;
  readonly state: StateRoot;

  /** @internal */
  constructor(engine: Engine, state: StateRoot, proof: ProofLike, options: ProofOptions) {
    this.#engine = engine;
    this.#source = sourceOf(state, proof, options);
    this.state = state;
  }

  #tell<T extends object>(fields: T): T & { readonly under: StateRoot } {
    return Object.freeze({ ...fields, under: this.state });
  }

  // --- the relay chain's state ---

  /** The channel between two parachains as the relay chain keeps it, or that there is none. */
  channel(sender: number, recipient: number): HrmpChannel {
    const { open, hasHead, head, senderDeposit, recipientDeposit, ...numbers } = this.#engine.call(operations.hrmpChannel, { ...this.#source, sender, recipient });
    if (!open) return this.#tell({ open });
    return this.#tell({
      open, ...numbers, head: hasHead ? head : undefined, senderDeposit: amount(senderDeposit), recipientDeposit: amount(recipientDeposit),
    });
  }

  /** The parachains with an open channel to this one. */
  senders(recipient: number): { readonly paras: readonly number[]; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.hrmpPeers, { ...this.#source, paraId: recipient, incoming: true }));
  }

  /** The parachains that this one has an open channel to. */
  recipients(sender: number): { readonly paras: readonly number[]; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.hrmpPeers, { ...this.#source, paraId: sender, incoming: false }));
  }

  /** What the relay chain allows for messages: the part of its configuration that says so. */
  limits(): RelayLimits {
    return this.#tell(this.#engine.call(operations.relayLimits, this.#source));
  }

  /** How much more a parachain may send up; undefined where the relay chain does not say. */
  dispatchCapacity(paraId: number): { readonly capacity: { readonly messages: number; readonly bytes: number } | undefined; readonly under: StateRoot } {
    const { known, messages, bytes } = this.#engine.call(operations.dispatchCapacity, { ...this.#source, paraId });
    return this.#tell({ capacity: known ? { messages, bytes } : undefined });
  }

  /** What waits in a channel. */
  queue(sender: number, recipient: number): { readonly messages: readonly Message[]; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.messageQueue, { ...this.#source, downward: false, sender, recipient }));
  }

  /** What waits for a parachain from the relay chain, where the runtime keeps it as one list; else `not_shown`. */
  downwardQueue(recipient: number): { readonly messages: readonly Message[]; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.messageQueue, { ...this.#source, downward: true, sender: 0, recipient }));
  }

  /** The same of newer runtimes, each message in a page of its own: at most `count` of them, from page `from` on. */
  downwardPages(recipient: number, { from = 0n, count = 0 }: { readonly from?: bigint; readonly count?: number } = {}): DownwardPages {
    const { known, first, end, messages } = this.#engine.call(operations.dmpPages, { ...this.#source, recipient, from, count });
    return this.#tell({ range: known ? { first, end } : undefined, messages });
  }

  /** The head of the chain of everything that the relay chain ever sent down. */
  downwardHead(recipient: number): { readonly head: Uint8Array | undefined; readonly under: StateRoot } {
    const { hasHead, head } = this.#engine.call(operations.dmpHead, { ...this.#source, recipient });
    return this.#tell({ head: hasHead ? head : undefined });
  }

  /** That the parachain is done with all that was sent up to this relay block; else `not_shown`. */
  watermarkPassed(recipient: number, sentAt: number): { readonly watermark: number; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.hrmpWatermark, { ...this.#source, recipient, sentAt }));
  }

  // --- a parachain's state ---

  /** All messages that this block sends to other parachains. Of another block it says nothing. */
  sent(): { readonly messages: readonly { readonly recipient: number; readonly data: Uint8Array }[]; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.hrmpOutbound, this.#source));
  }

  /** All messages that this block sends to the relay chain, and how many signals it gives its validators. */
  sentUp(): { readonly messages: readonly Uint8Array[]; readonly signals: number; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.umpOutbound, this.#source));
  }

  /** How far it has taken in what this sender sends; without a sender, what the relay chain does. */
  takenHead(sender?: number): { readonly head: Uint8Array | undefined; readonly under: StateRoot } {
    const { hasHead, head } = this.#engine.call(operations.takenHead, { ...this.#source, downward: sender === undefined, sender: sender ?? 0 });
    return this.#tell({ head: hasHead ? head : undefined });
  }

  /**
   * That it has taken in the first of these messages, the others being all that came after it; `before` is the chain's head
   * in front of it (nothing: zeroes). Neither needs to be proven, for nothing else leads to the head that is.
   */
  taken(messages: readonly MessageLike[], from: { readonly sender?: number; readonly before?: BytesLike } = {}): { readonly recipient: number; readonly followedBy: number; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.messageTaken, {
      ...this.#source, downward: from.sender === undefined, sender: from.sender ?? 0,
      before: from.before === undefined ? new Uint8Array(32) : toBytes(from.before), messages: encode(messages),
    }));
  }
}

/** The state of a block, with a proof of it. */
export interface ProvenState {
  readonly state: StateRoot;
  readonly proof: ProofLike;
}

const twoStates = (earlier: ProvenState, later: ProvenState, options: ProofOptions): {
  earlierState: Uint8Array; earlierProof: Uint8Array; laterState: Uint8Array; laterProof: Uint8Array; compact: boolean; lenient: boolean;
} => ({
  earlierState: tokenOf(earlier.state), earlierProof: proofBytes(earlier.proof), laterState: tokenOf(later.state), laterProof: proofBytes(later.proof),
  compact: options.compact ?? false, lenient: options.lenient ?? false,
});

/** @internal */
export function messageOrder(engine: Engine, earlier: ProvenState, later: ProvenState, way: { readonly sender?: number; readonly recipient: number }, messages: readonly MessageLike[], options: ProofOptions): { fromNothing: boolean; head: Uint8Array } {
  const { fromNothing, head } = engine.call(operations.messageOrder, {
    ...twoStates(earlier, later, options), downward: way.sender === undefined, sender: way.sender ?? 0, recipient: way.recipient, messages: encode(messages),
  });
  return { fromNothing, head };
}

/** @internal */
export function messagesCarried(engine: Engine, earlier: ProvenState, later: ProvenState, way: { readonly sender: number; readonly recipient: number }, blocks: readonly { readonly header: ParaHeader; readonly proof: ProofLike }[], options: ProofOptions): { count: number } {
  return engine.call(operations.hrmpCarried, {
    ...twoStates(earlier, later, options), ...way, blocks: blocks.map(({ header }) => tokenOf(header.state)), proofs: blocks.map(({ proof }) => proofBytes(proof)),
  });
}
