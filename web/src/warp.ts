// SPDX-License-Identifier: Apache-2.0
/** Warp proofs as they arrive. */
import { operations, type WarpLinkRecord } from "./abi.gen.js";
import { Session, type Engine } from "./engine.js";
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

/** `signal` stops a walk between two links. */
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

function open(engine: Engine, start: WarpStart): Session {
  const [number, chain] = "checkpoint" in start ? [0, ""] : [start.number ?? 0, start.chain ?? ""];
  return new Session(engine, engine.call(operations.warpNew, { ...votersAsk(start), number, chain }).session);
}

const verified = (session: Session): WarpLink[] => session.call(operations.warpLinks, {}).links.map(warpLink);

/** Takes a chunk; gives what is verified by it, also where it is bad. */
function* feed(session: Session, chunk: Uint8Array, signal: AbortSignal | undefined): Generator<WarpLink, void, undefined> {
  for (let rest = chunk; rest.length > 0; ) {
    signal?.throwIfAborted();
    let answer;
    try {
      answer = session.call(operations.warpFeed, { chunk: rest });
    } catch (error) {
      yield* verified(session);
      throw error;
    }
    yield* answer.links.map(warpLink);
    rest = rest.subarray(answer.consumed);
  }
}

function* finish(session: Session): Generator<WarpLink, WarpEnd, undefined> {
  let answer;
  try {
    answer = session.call(operations.warpFinish, {});
  } catch (error) {
    yield* verified(session);
    throw error;
  }
  yield* verified(session);
  return { finished: answer.finished, set: authoritySet(session.call(operations.warpLinks, {}).set) };
}

/** The session of a walk that has begun: closed when it ends, is left, or is forgotten. */
interface Holder {
  session?: Session;
}
const forgotten = new FinalizationRegistry<Holder>((holder) => holder.session?.close());

async function* walk(engine: Engine, holder: Holder, source: ByteSource, start: WarpStart, { signal }: WarpOptions): AsyncGenerator<WarpLink, WarpEnd, undefined> {
  const session = (holder.session = open(engine, start));
  try {
    for await (const chunk of chunks(source)) yield* feed(session, chunk, signal);
    const end = yield* finish(session);
    signal?.throwIfAborted();
    return end;
  } finally {
    session.close();
  }
}

/** @internal */
export function walkWarp(engine: Engine, source: ByteSource, start: WarpStart, options: WarpOptions): AsyncGenerator<WarpLink, WarpEnd, undefined> {
  const holder: Holder = {};
  const links = walk(engine, holder, source, start, options);
  forgotten.register(links, holder);
  return links;
}
