// SPDX-License-Identifier: Apache-2.0
/** What the live client takes and gives. All bytes are copies; all of it can be posted between threads. */
import type { StatusName } from "./abi.gen.js";
import type { Assumption } from "./evidence.js";
import type { Age, Votes } from "./finality.js";
import type { BytesLike } from "./hex.js";
import type { StorageHasher } from "./mote.js";

// --- where trust starts -----------------------------------------------------------------------------------------------

/** Of a chain spec what is used; the leanest has `id`, `genesis.stateRootHash` and `lightSyncState`. */
export interface ChainSpec {
  readonly id?: string;
  readonly name?: string;
  readonly genesis?: {
    readonly stateRootHash?: string;
    readonly raw?: { readonly top: Readonly<Record<string, string>>; readonly childrenDefault?: Readonly<Record<string, Readonly<Record<string, string>>>> };
  };
  readonly lightSyncState?: { readonly finalizedBlockHeader: string; readonly babeEpochChanges?: string; readonly grandpaAuthoritySet: string };
}

/** The name of a checkpoint that lies beside this package; a compact checkpoint's bytes; a chain spec, or its JSON text. */
export type ChainGiven = string | Uint8Array | ChainSpec;

// --- questions ---------------------------------------------------------------------------------------------------------

/** An item of a pallet, with the keys of its map and their hashers. */
export interface StorageItem {
  readonly pallet: string;
  readonly item: string;
  readonly keys?: readonly (readonly [StorageHasher, BytesLike])[];
}

/** A whole storage key, or what it is made of. */
export type StorageKey = BytesLike | StorageItem;

/** How a call is left. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Iterated any number of times, each iteration by itself; leaving the loop ends it, and so does a signal. */
export interface Stream<T> extends AsyncIterable<T> {
  /** The same until the signal: then the iteration throws its reason. */
  until(signal: AbortSignal): AsyncIterable<T>;
}

/** Where and how long to look. */
export interface AskOptions extends CallOptions {
  /** In the default child trie of that name (without its `:child_storage:default:`). */
  readonly child?: BytesLike;
  /** In the block of that hash: the head, or one of its 256 nearest ancestors. */
  readonly at?: BytesLike;
  /** Milliseconds until it fails with `timed_out`. Default 30 000. */
  readonly timeout?: number;
}

// --- answers -----------------------------------------------------------------------------------------------------------

/** What is proven of one key. Absent and empty are different things, and so is a value whose bytes are not in the proof. */
export type Found =
  | { readonly kind: "value"; readonly value: Uint8Array }
  | { readonly kind: "absent" }
  | { readonly kind: "hash-only"; readonly hash: Uint8Array };

/** A verified block, and what it follows from. */
export interface Place {
  /** "relay", or the id of a parachain. */
  readonly chain: "relay" | number;
  readonly hash: Uint8Array;
  readonly number: number;
  readonly stateRoot: Uint8Array;
  /** The final relay block in whose state a parachain's block is the head; of a relay block itself. */
  readonly relay: { readonly hash: Uint8Array; readonly number: number };
  readonly assumed: readonly Assumption[];
}

/** Where an answer holds, how old it was when it was given, and who gave what was verified. */
export interface Provenance extends Place {
  /** Milliseconds from the slot of the relay block to when the answer was verified; undefined where that is not known. */
  readonly age: number | undefined;
  /** Addresses of the sources whose messages were used. None of them was trusted. */
  readonly sources: readonly string[];
}

/** A key and what is proven of it. */
export interface StorageEntry {
  readonly key: Uint8Array;
  readonly found: Found;
}

/** Verified values. */
export interface Answer extends Provenance {
  /** In the order in which they were asked for; of a list in the order of their keys. */
  readonly entries: readonly StorageEntry[];
  /** Of a list: these are all keys under the prefix, which is proven. */
  readonly complete: boolean;
  /**
   * Everything from the checkpoint to this answer in one file that `mote verify` accepts (docs/spec/bundle.md). Soon, please:
   * of a parachain its head has to be asked for again, which nodes answer for the newest few hundred blocks.
   */
  bundle(options?: CallOptions): Promise<Uint8Array>;
}

/** The verified value of one key. */
export interface ValueAnswer extends Answer {
  readonly found: Found;
  /** The bytes, where they are proven. */
  readonly value: Uint8Array | undefined;
}

/** System::Account, in one of the layouts that are known. What a layout does not have is zero. */
export interface AccountRecord {
  readonly layout: "refcount-8" | "refcount-32" | "two-counts" | "three-counts" | "flagged";
  readonly nonce: number;
  readonly refcount: number;
  readonly consumers: number;
  readonly providers: number;
  readonly sufficients: number;
  readonly free: bigint;
  readonly reserved: bigint;
  readonly frozen: bigint;
  readonly miscFrozen: bigint;
  readonly feeFrozen: bigint;
}

/** The verified record of an account. */
export interface AccountAnswer extends ValueAnswer {
  /** 32 bytes, or 20 on chains with Ethereum's accounts. */
  readonly account: Uint8Array;
  /** Undefined where there is no such account, or its layout is none that is known: then look at `found`. */
  readonly record: AccountRecord | undefined;
}

/** A final relay block, or the head of a parachain in one. */
export interface Head extends Provenance {
  /** Of a relay block. Of the one it started from there are no votes. */
  readonly setId: bigint | undefined;
  readonly votes: Votes | undefined;
  /** Of a parachain, what it says of the head before: "none", "child", "ahead", "replaced". */
  readonly progress: string | undefined;
}

/** The newest block that is not final yet. */
export interface Best {
  readonly chain: "relay" | number;
  readonly hash: Uint8Array;
  readonly number: number;
  /** Its author and those of its ancestors were judged; otherwise it is a source's word. */
  readonly verified: boolean;
  /** It does not descend from the one before. */
  readonly reorganized: boolean;
}

/** What became of a transaction. A failed one throws; a {@link RefusedError} where a source says why it does not take it. */
export type Inclusion =
  | { readonly state: "submitted" }
  /** A source says so. */
  | { readonly state: "claimed"; readonly hash: Uint8Array; readonly number: number }
  /** Proven: extrinsic `index` of that final block. `events`: System::Events as proven, raw, where it could be had. */
  | { readonly state: "final"; readonly block: Place; readonly index: number; readonly events: Uint8Array | undefined };

// --- how it goes ---------------------------------------------------------------------------------------------------------

/** "waiting": no usable source yet; "halted": contradictory finality was proven. */
export type Phase = "waiting" | "catching-up" | "current" | "stalled" | "halted";

/** How a source does. */
export interface SourceStatus {
  readonly url: string;
  /** "waiting": to connect again; "usable": it has shown that it is on the chain; "dropped": it lied, `lastFault` says how. */
  readonly state: "connecting" | "open" | "usable" | "waiting" | "dropped";
  /** It did not know what others know. */
  readonly lags: boolean;
  /** The highest final block, as it says. */
  readonly claimedNumber: number;
  /** Milliseconds, smoothed; undefined: not known. */
  readonly latency: number | undefined;
  readonly answers: number;
  readonly refusals: number;
  readonly timeouts: number;
  readonly faults: number;
  readonly lastFault: StatusName | undefined;
}

/** How a chain does. */
export interface ChainStatus {
  readonly chain: "relay" | number;
  readonly phase: Phase;
  /** What halted it. */
  readonly haltedBy: StatusName | undefined;
  /** The newest verified block. */
  readonly head: { readonly hash: Uint8Array; readonly number: number } | undefined;
  /** The highest final block that a source claims. */
  readonly claimedNumber: number;
  readonly setId: bigint | undefined;
  /** Hand-overs of authority sets that were verified. */
  readonly handovers: number;
  /** Milliseconds of the head's slot behind the clock. */
  readonly lag: number | undefined;
  /** Of the checkpoint, at the start. */
  readonly age: Age | undefined;
  readonly assumed: readonly Assumption[];
  readonly sources: readonly SourceStatus[];
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly requests: number;
}

/** How the client does. */
export interface ClientStatus {
  readonly relay: ChainStatus;
  readonly parachains: readonly ChainStatus[];
  /** "shared": with other tabs. */
  readonly thread: Thread;
  /** Bytes of WebAssembly memory, and the largest part of the engine's own block that was ever in use. */
  readonly memoryBytes: number;
  readonly mostUsed: number;
}

/** Where the client runs. */
export type Thread = "shared" | "worker" | "here";

/** What a user may want to be told. */
export type ClientEvent =
  | { readonly kind: "phase"; readonly chain: "relay" | number; readonly phase: Phase }
  /** The checkpoint is stale, expired (and accepted), or of unknown age. */
  | { readonly kind: "age"; readonly age: Age }
  /** Saved state was not used. */
  | { readonly kind: "saved-refused"; readonly why: StatusName }
  | { readonly kind: "handover"; readonly number: number; readonly hash: Uint8Array; readonly setId: bigint }
  /** A source became usable (`why` undefined), was closed to be opened again, or was dropped for good: `why` names it. */
  | { readonly kind: "source"; readonly chain: "relay" | number; readonly url: string; readonly state: "usable" | "closed" | "dropped"; readonly why: StatusName | undefined }
  /** A parachain has no head that could be followed. */
  | { readonly kind: "para-gone"; readonly chain: number; readonly lifecycle: string; readonly opaque: boolean }
  /** A parachain that has a head changes its place in the relay chain's life: parked, on its way out, back. */
  | { readonly kind: "para-lifecycle"; readonly chain: number; readonly lifecycle: string }
  /** A parachain's source does not have its head (`unknown_block`), has another block there (`not_on_final_chain`), or is there again (undefined). */
  | { readonly kind: "behind"; readonly chain: "relay" | number; readonly url: string; readonly why: StatusName | undefined }
  /** Two blocks at one height are final: the client has halted. */
  | { readonly kind: "conflict"; readonly number: number; readonly hash: Uint8Array; readonly header: Uint8Array; readonly justification: Uint8Array }
  | { readonly kind: "query-failed"; readonly chain: "relay" | number; readonly why: StatusName };

// --- making one ----------------------------------------------------------------------------------------------------------

/** Bytes by name. What it gives back is trusted as a checkpoint is (docs/spec/saved.md). */
export interface LiveStorage {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: Uint8Array): Promise<void>;
}

/** As browsers have it; `ws` of npm has it too. */
export interface WebSocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown } & never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(): void;
}
/** Makes a connection. */
export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** Bounds of everything; what is left out is the engine's default (core/client/include/mote/client.h). */
export interface LiveLimits {
  readonly parachains?: number;
  readonly sources?: number;
  readonly requests?: number;
  readonly queries?: number;
  readonly transactions?: number;
  readonly authorities?: number;
  readonly handovers?: number;
  readonly messageBytes?: number;
  readonly poolBytes?: number;
}

/** How a client is made. */
export interface ClientOptions {
  readonly chain: ChainGiven;
  /** ws:// and wss:// addresses of full nodes of the relay chain. None is trusted; several are better. */
  readonly sources: readonly string[];
  /** Parachains that will be followed, with their sources: connected at once, while the rest begins. */
  readonly parachains?: Readonly<Record<number, readonly string[]>>;
  /** Default: "indexeddb" where there is one, else "memory". One of your own: then the client shares nothing with other tabs. */
  readonly storage?: "indexeddb" | "memory" | LiveStorage;
  /**
   * "shared": with other tabs, by a SharedWorker or, where there is none, by a lock; "worker": a thread of its own; "here":
   * the calling one. Default: the first of these that there is. With a WebSocket of your own it is "here".
   */
  readonly thread?: Thread;
  /** Go on from a checkpoint that is past its chain's window; everything says so (`checkpoint-age`). Default: refuse it. */
  readonly acceptExpired?: boolean;
  /** Length of a session in slots, for chains that mote does not know; without it, it is found out. */
  readonly sessionSlots?: number;
  readonly limits?: LiveLimits;
  /** Default: the global one; in Node before 22, that of `ws`. */
  readonly webSocket?: WebSocketConstructor;
  /** The module, or where it is; default: `mote-live.wasm`, or `mote-live-simd.wasm` where the engine has vectors, beside this file. */
  readonly wasm?: WebAssembly.Module | Uint8Array | URL | string;
  /** Where checkpoints are that `chain` names: default `checkpoints/` beside this file. */
  readonly checkpoints?: URL | string;
  /** 32 bytes that others cannot foresee; default from `crypto.getRandomValues`. */
  readonly seed?: Uint8Array;
  readonly signal?: AbortSignal;
}
