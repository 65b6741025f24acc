// SPDX-License-Identifier: Apache-2.0
/** What goes between a page's client and the host that runs the engine, wherever it is. Everything can be cloned. */
import { MoteError, internals, statuses, type StatusName } from "./index.js";
import type { FaultPlace } from "./errors.js";
import type { Question } from "./bundle-parts.js";
import type {
  AccountRecord, Best, ChainGiven, ClientEvent, ClientStatus, Found, Head, Inclusion, LiveLimits, Provenance, StorageEntry, StorageKey,
} from "./live-types.js";

/** What a host has to know to begin. */
export interface Settings {
  readonly chain: ChainGiven;
  readonly sources: readonly string[];
  readonly parachains: readonly (readonly [id: number, sources: readonly string[]])[];
  readonly storage: "indexeddb" | "memory";
  readonly acceptExpired: boolean;
  readonly sessionSlots: number;
  readonly limits: LiveLimits;
  readonly wasm: WebAssembly.Module | Uint8Array | string;
  readonly checkpoints: string;
  readonly seed: Uint8Array;
}

/** "relay" or a parachain's id. */
export type ChainName = "relay" | number;

export interface StorageAsk {
  readonly chain: ChainName;
  /** What is asked: keys, or all keys under a prefix. */
  readonly keys?: readonly StorageKey[];
  readonly prefix?: StorageKey;
  readonly child: Uint8Array;
  readonly at: Uint8Array | undefined;
  readonly timeout: number;
  readonly subscribe: boolean;
}

/** What the page makes an Answer of. */
export interface WireAnswer extends Provenance {
  readonly entries: readonly StorageEntry[];
  readonly complete: boolean;
  readonly proof: Uint8Array;
  readonly questions: readonly Question[];
  /** Hash of the chain's head when it was asked, and the headers from it (without it) down to the block. */
  readonly head: Uint8Array;
  readonly ancestors: Uint8Array;
}

export interface WireAccount extends WireAnswer {
  readonly account: Uint8Array;
  readonly record: AccountRecord | undefined;
}

/** Operations, each a stream of items: what is asked, and what an item is. */
export interface Operations {
  readonly finalized: { ask: { chain: ChainName }; item: Head };
  readonly best: { ask: { chain: ChainName }; item: Best };
  readonly events: { ask: Record<string, never>; item: ClientEvent };
  readonly status: { ask: { once: boolean }; item: ClientStatus };
  readonly parachain: { ask: { id: number; sources: readonly string[] }; item: never };
  readonly source: { ask: { chain: ChainName; url: string; add: boolean }; item: never };
  readonly storage: { ask: StorageAsk; item: WireAnswer };
  readonly account: { ask: Omit<StorageAsk, "keys" | "prefix" | "child"> & { address: string | Uint8Array }; item: WireAccount };
  readonly submit: { ask: { chain: ChainName; extrinsic: Uint8Array; timeout: number }; item: Inclusion };
  readonly bundle: { ask: { answer: Omit<WireAnswer, "entries" | "complete"> }; item: Uint8Array };
  readonly save: { ask: Record<string, never>; item: never };
  readonly address: { ask: { account: Uint8Array; prefix: number }; item: string };
}
export type OperationName = keyof Operations;

export type ToHost =
  | { readonly type: "open"; readonly settings: Settings }
  /** The page has that lock for as long as it lives. */
  | { readonly type: "alive"; readonly lock: string }
  | { readonly [K in OperationName]: { readonly type: "ask"; readonly id: number; readonly operation: K; readonly ask: Operations[K]["ask"] } }[OperationName]
  | { readonly type: "stop"; readonly id: number }
  /** The page is looked at again, or the network is back. */
  | { readonly type: "wake"; readonly reconnect: boolean }
  | { readonly type: "close" };

export type ToPage =
  | { readonly type: "opened"; readonly checkpoint: Uint8Array; readonly genesis: Uint8Array; readonly chain: string }
  | { readonly type: "failed"; readonly error: WireError }
  /** Everything was kept. */
  | { readonly type: "closed" }
  | { readonly type: "item"; readonly id: number; readonly item: unknown }
  | { readonly type: "end"; readonly id: number }
  | { readonly type: "error"; readonly id: number; readonly error: WireError };

/** Two ends of one, in any two threads or in the same. */
export interface Port<In, Out> {
  receive: (message: In) => void;
  send(message: Out): void;
  close(): void;
}

/** What a source said to a transaction. */
interface Refusal {
  readonly source: string | undefined;
  readonly words: string;
}

/**
 * A transaction that no source takes. `words` are those of `source`, such as `1010: Invalid Transaction: …`: nobody vouches for
 * them, nothing was concluded from them. Printable ASCII, at most 256 characters.
 */
export class RefusedError extends MoteError {
  readonly source: string | undefined;
  readonly words: string;

  /** @internal */
  constructor({ source, words }: Refusal, status: StatusName = "refused") {
    super(internals.statusNamed(status));
    this.source = source;
    this.words = words;
    this.message += `; ${source ?? "a source"} says: ${JSON.stringify(words)}`;
  }
}

// --- errors cross as what they are made of ---------------------------------------------------------------------------------

export type WireError =
  | { readonly status: StatusName; readonly place: FaultPlace; readonly refusal?: Refusal }
  | { readonly name: string; readonly message: string };

export function toWire(error: unknown): WireError {
  if (error instanceof MoteError) {
    const { input, offset, index } = error;
    const refusal = error instanceof RefusedError ? { refusal: { source: error.source, words: error.words } } : {};
    return { ...refusal, status: error.status, place: { ...(input === undefined ? {} : { input }), ...(offset === undefined ? {} : { offset }), ...(index === undefined ? {} : { index }) } };
  }
  return error instanceof Error ? { name: error.name, message: error.message } : { name: "Error", message: String(error) };
}

export function fromWire(error: WireError): Error {
  if ("status" in error && error.refusal !== undefined) return new RefusedError(error.refusal, error.status);
  if ("status" in error) return new MoteError(internals.statusNamed(error.status), error.place);
  const made = error.name === "TypeError" ? new TypeError(error.message) : error.name === "RangeError" ? new RangeError(error.message) : new Error(error.message);
  return made;
}

/** The error of a status code. */
export const errorOf = (code: number): MoteError => new MoteError(internals.statusOf(code));
export const nameOf = (code: number): StatusName | undefined => (code === 0 ? undefined : statuses.find((entry) => entry.code === code)?.name ?? "internal");

export type { Found };
