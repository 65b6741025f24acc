// SPDX-License-Identifier: Apache-2.0
/** Justifications: on this thread, or their signatures by Workers. */
import { operations, type JustificationVerifyAnswer } from "./abi.gen.js";
import { Session, type Engine } from "./engine.js";
import { MoteError, statusNamed } from "./errors.js";
import { toBytes, type BytesLike } from "./hex.js";
import { votersAsk, type Voters } from "./voters.js";
import { Crew, type Workers } from "./work.js";

/** A justification, whose votes count, and the header that is to be its block's. */
export type JustificationAsk = Voters & { readonly justification: BytesLike; readonly header?: BytesLike | undefined };

/** How signatures are shared out. */
export interface WorkOptions {
  readonly signal?: AbortSignal;
  /** How many Workers (threads in Node) may judge signatures, at most 8; 0: none. Default: as many as the instance may have. */
  readonly workers?: number;
}

/** Smaller ones are done before the parts would have gone out and come back: 200 votes. */
const pays = 200 * 132;

const fields = (ask: JustificationAsk) => ({
  ...votersAsk(ask),
  justification: toBytes(ask.justification),
  header: ask.header === undefined ? new Uint8Array() : toBytes(ask.header),
});

/** @internal */
export const verifyHere = (engine: Engine, ask: JustificationAsk): JustificationVerifyAnswer => engine.call(operations.justificationVerify, fields(ask));

/** What a justification lasts over several calls has its bytes: faults count in them. */
function join(session: Session): JustificationVerifyAnswer {
  try {
    return session.call(operations.justificationJoin, {});
  } catch (error) {
    if (!(error instanceof MoteError) || error.offset === undefined) throw error;
    throw new MoteError(statusNamed(error.status), { input: "justification", offset: error.offset, ...(error.index === undefined ? {} : { index: error.index }) });
  }
}

/** Its parts, for Workers; undefined where too much else is under way to have parts as well. */
function split(engine: Engine, asked: ReturnType<typeof fields>, units: number): Session | undefined {
  try {
    return new Session(engine, engine.call(operations.justificationSplit, { ...asked, units }).session);
  } catch (error) {
    if (error instanceof MoteError && error.status === "limit_memory") return undefined;
    throw error;
  }
}

/** The same answer, or failure. @internal */
export async function verifyByWorkers(engine: Engine, workers: Workers, ask: JustificationAsk, { signal, workers: wanted }: WorkOptions): Promise<JustificationVerifyAnswer> {
  signal?.throwIfAborted();
  const units = workers.available(wanted);
  const asked = fields(ask);
  if (units < 2 || asked.justification.length < pays) return verifyHere(engine, ask);
  const session = split(engine, asked, units);
  if (session === undefined) return verifyHere(engine, ask);
  try {
    const crew = new Crew(session, workers, units);
    crew.offer();
    while (crew.busy) await crew.wait(signal);
    return join(session);
  } finally {
    session.close();
  }
}
