// SPDX-License-Identifier: Apache-2.0
/** Warp proofs as they arrive. */
import { operations, type WarpLinkRecord } from "./abi.gen.js";
import { Session, type Engine } from "./engine.js";
import { authoritySet, finalizedHeader, type AuthoritySet, type FinalizedHeader } from "./evidence.js";
import { votes, type Votes } from "./finality.js";
import { toBytes, type BytesLike } from "./hex.js";
import { votersAsk, votersIn, type Authorities, type CheckpointVoters, type ProvenVoters } from "./voters.js";
import { Crew, type Workers } from "./work.js";

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

/** How a walk is done. */
export interface WarpOptions {
  /** Stops it between two links. */
  readonly signal?: AbortSignal;
  /**
   * How many Workers (threads in Node) may judge signatures, at most 8; 0: none. Default: as many as the instance may have,
   * where the proof is large enough for them to pay. What is verified does not depend on it.
   */
  readonly workers?: number;
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

function open(engine: Engine, start: WarpStart, threads: number): Session {
  const [number, chain] = "checkpoint" in start ? [0, ""] : [start.number ?? 0, start.chain ?? ""];
  return new Session(engine, engine.call(operations.warpNew, { ...votersAsk(start), number, chain, threads }).session);
}

/** Signatures from which on Workers pay: with those that there are, and with new ones. */
const paysSoon = 1500;
const pays = 8000;

/** How many fragments a proof says it has, by its first bytes: SCALE's compact form. */
function fragmentsIn(chunk: Uint8Array): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = chunk;
  const word = first | (second << 8) | (third << 16) | (fourth << 24);
  return [(word & 0xff) >>> 2, (word & 0xffff) >>> 2, word >>> 2][first & 3] ?? 0;
}

/** How many Workers a proof that begins so is worth. */
function workersFor(workers: Workers, chunk: Uint8Array, start: WarpStart, wanted: number | undefined): number {
  const signatures = fragmentsIn(chunk) * votersIn(start);
  return signatures >= (wanted !== undefined || workers.running ? paysSoon : pays) ? workers.available(wanted) : 0;
}

const verified = (session: Session): WarpLink[] => session.call(operations.warpLinks, {}).links.map(warpLink);

/** Takes what it can of a chunk; gives what is verified by it, also where it is bad. */
function* feedSome(session: Session, chunk: Uint8Array, signal: AbortSignal | undefined, took: (consumed: number) => void = () => undefined): Generator<WarpLink, void, undefined> {
  signal?.throwIfAborted();
  let answer;
  try {
    answer = session.call(operations.warpFeed, { chunk });
  } catch (error) {
    yield* verified(session);
    throw error;
  }
  took(answer.consumed);
  yield* answer.links.map(warpLink);
}

function* feed(session: Session, chunk: Uint8Array, signal: AbortSignal | undefined): Generator<WarpLink, void, undefined> {
  for (let rest = chunk; rest.length > 0; ) yield* feedSome(session, rest, signal, (consumed) => (rest = rest.subarray(consumed)));
}

/** Small enough that Workers get their units while the rest is still being read. */
const slice = 262_144;

/** The same, signatures elsewhere. */
async function* feedAround(session: Session, crew: Crew, chunk: Uint8Array, signal: AbortSignal | undefined): AsyncGenerator<WarpLink, void, undefined> {
  for (let rest = chunk; rest.length > 0;) {
    const before = rest.length;
    let some = 0;
    for (const link of feedSome(session, rest.subarray(0, slice), signal, (consumed) => (rest = rest.subarray(consumed)))) {
      some++;
      yield link;
    }
    crew.offer();
    crew.join();
    if (rest.length === before && some === 0) await crew.wait(signal);
  }
}

/** The last units come back: what they verify, also where one is bad. */
async function* settle(session: Session, crew: Crew, signal: AbortSignal | undefined): AsyncGenerator<WarpLink, void, undefined> {
  for (crew.offer(); crew.busy; crew.offer()) {
    await crew.wait(signal);
    yield* feedSome(session, new Uint8Array(), signal);
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

async function* walk(engine: Engine, workers: Workers, holder: Holder, source: ByteSource, start: WarpStart, { signal, workers: wanted }: WarpOptions): AsyncGenerator<WarpLink, WarpEnd, undefined> {
  let crew: Crew | undefined;
  const begin = (chunk: Uint8Array): Session => {
    const count = workersFor(workers, chunk, start, wanted);
    const session = open(engine, start, count);
    if (count > 0) crew = new Crew(session, workers, count);
    return session;
  };
  try {
    for await (const chunk of chunks(source)) {
      const session = (holder.session ??= begin(chunk));
      yield* crew === undefined ? feed(session, chunk, signal) : feedAround(session, crew, chunk, signal);
    }
    const session = (holder.session ??= begin(new Uint8Array()));
    if (crew !== undefined) yield* settle(session, crew, signal);
    const end = yield* finish(session);
    signal?.throwIfAborted();
    return end;
  } finally {
    holder.session?.close();
  }
}

/** @internal */
export function walkWarp(engine: Engine, workers: Workers, source: ByteSource, start: WarpStart, options: WarpOptions): AsyncGenerator<WarpLink, WarpEnd, undefined> {
  const holder: Holder = {};
  const links = walk(engine, workers, holder, source, start, options);
  forgotten.register(links, holder);
  return links;
}
