// SPDX-License-Identifier: Apache-2.0
/** Warp proofs as they arrive. */
import { operations, type WarpLinkRecord } from "./abi.gen.js";
import type { Engine } from "./engine.js";
import { authoritySet, finalizedHeader, type AuthoritySet, type FinalizedHeader } from "./evidence.js";
import { votes, type Votes } from "./finality.js";
import { toBytes, type BytesLike } from "./hex.js";
import { votersAsk, type Authorities, type CheckpointVoters, type ProvenVoters } from "./voters.js";

/** One verified step of a warp proof. */
export interface WarpLink {
  readonly index: number;
  readonly header: FinalizedHeader;
  /** Undefined at a hard fork that the chain lists. */
  readonly votes: Votes | undefined;
  readonly handsOver: boolean;
  readonly nextSetId: bigint;
  readonly nextAuthorities: number;
}

/** How a warp proof ended. `finished` is the sender's claim and says nothing about being current. */
export interface WarpEnd {
  readonly finished: boolean;
  /** The set that finalizes what comes next: for the next warp proof, or a justification. */
  readonly set: AuthoritySet;
}

/**
 * Where it starts: the set that finalizes what comes next and, unless that is a checkpoint's, the number of the last
 * block known to be final (0 by default) and the chain, if mote knows it.
 */
export type WarpStart = CheckpointVoters | ((Authorities | ProvenVoters) & { readonly number?: number; readonly chain?: string });

export interface WarpOptions {
  readonly signal?: AbortSignal;
}

/** Chunks of a stream, or a whole. */
export type ByteSource = BytesLike | AsyncIterable<Uint8Array> | Iterable<Uint8Array> | ReadableStream<Uint8Array>;

async function* chunks(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source === "string" || source instanceof Uint8Array) {
    yield toBytes(source);
  } else if (Symbol.asyncIterator in source || Symbol.iterator in source) {
    yield* source;
  } else {
    yield* read(source);
  }
}

/** Streams are not iterable everywhere. */
async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

const warpLink = (record: WarpLinkRecord): WarpLink => ({
  index: record.index,
  header: finalizedHeader(record.header),
  votes: record.hardFork ? undefined : votes(record.report),
  handsOver: record.handsOver,
  nextSetId: record.nextSetId,
  nextAuthorities: record.nextAuthorities,
});

/** The decoder in the module. It is closed when the walk ends, is left, or is forgotten. */
class Decoder {
  readonly #engine: Engine;
  readonly #session: number;
  #open = true;

  constructor(engine: Engine, start: WarpStart) {
    const [number, chain] = "checkpoint" in start ? [0, ""] : [start.number ?? 0, start.chain ?? ""];
    this.#engine = engine;
    this.#session = engine.call(operations.warpNew, { ...votersAsk(start), number, chain }).session;
  }

  /** Takes a chunk; gives what is verified by it, also where it is bad. */
  *feed(chunk: Uint8Array, signal: AbortSignal | undefined): Generator<WarpLink, void, undefined> {
    for (let rest = chunk; rest.length > 0; ) {
      signal?.throwIfAborted();
      let answer;
      try {
        answer = this.#engine.call(operations.warpFeed, { session: this.#session, chunk: rest });
      } catch (error) {
        yield* this.#verified();
        throw error;
      }
      yield* answer.links.map(warpLink);
      rest = rest.subarray(answer.consumed);
    }
  }

  *finish(): Generator<WarpLink, WarpEnd, undefined> {
    let answer;
    try {
      answer = this.#engine.call(operations.warpFinish, { session: this.#session });
    } catch (error) {
      yield* this.#verified();
      throw error;
    }
    yield* this.#verified();
    const { set } = this.#engine.call(operations.warpLinks, { session: this.#session });
    return { finished: answer.finished, set: authoritySet(set) };
  }

  *#verified(): Generator<WarpLink, void, undefined> {
    yield* this.#engine.call(operations.warpLinks, { session: this.#session }).links.map(warpLink);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#engine.call(operations.close, { session: this.#session });
  }
}

const forgotten = new FinalizationRegistry<{ decoder?: Decoder }>((holder) => holder.decoder?.close());

async function* walk(engine: Engine, holder: { decoder?: Decoder }, source: ByteSource, start: WarpStart, { signal }: WarpOptions): AsyncGenerator<WarpLink, WarpEnd, undefined> {
  const decoder = new Decoder(engine, start);
  holder.decoder = decoder;
  try {
    for await (const chunk of chunks(source)) yield* decoder.feed(chunk, signal);
    const end = yield* decoder.finish();
    signal?.throwIfAborted();
    return end;
  } finally {
    decoder.close();
  }
}

/** @internal */
export function walkWarp(engine: Engine, source: ByteSource, start: WarpStart, options: WarpOptions): AsyncGenerator<WarpLink, WarpEnd, undefined> {
  const holder: { decoder?: Decoder } = {};
  const links = walk(engine, holder, source, start, options);
  forgotten.register(links, holder);
  return links;
}
