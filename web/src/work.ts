// SPDX-License-Identifier: Apache-2.0
/**
 * Signatures of large proofs, judged by Workers. The core gathers them into units and believes a verdict only of the very
 * bytes it gave out; a Worker that cannot be had, says nothing or is lost costs time, for what it leaves is judged here.
 */
import { operations } from "./abi.gen.js";
import type { Engine, Session } from "./engine.js";
import { MoteError } from "./errors.js";
import { Writer } from "./frames.js";

/** What a Worker is told first. */
export interface Hire {
  readonly module: WebAssembly.Module;
  /** The request that starts an instance, and the codes of the operations. */
  readonly start: Uint8Array;
  readonly startCode: number;
  readonly judgeCode: number;
}
/** Then, again and again: a unit. */
export interface Task {
  readonly task: number;
  readonly unit: Uint8Array;
}
/** What it says: that it is there, or what became of a unit; no verdict: it could not judge it. */
export type Said = { readonly task: number; readonly verdict?: Uint8Array };

/** More would have less to do than they cost. */
export const mostWorkers = 8;
/** The first verdict takes the module's start as well. */
const patience = 15_000;
/** So long without work, and they are let go: each holds a few megabytes. */
const idle = 10_000;

/** A Worker of a page, or a thread of Node. */
interface Thread {
  post(message: Hire | Task, transfer: ArrayBuffer[]): void;
  end(): void;
  /** Whether the process has to wait for it (Node). */
  hold(busy: boolean): void;
}
type Listen = (said: Said | undefined) => void;

const script = (): URL => new URL("./work-worker.js", import.meta.url);

function inPage(listen: Listen): Thread {
  const worker = new Worker(new URL("./work-worker.js", import.meta.url), { type: "module", name: "mote work" });
  worker.onmessage = ({ data }: MessageEvent<Said>) => listen(data);
  worker.onerror = worker.onmessageerror = () => listen(undefined);
  return { post: (message, transfer) => worker.postMessage(message, transfer), end: () => worker.terminate(), hold: () => undefined };
}

async function inNode(listen: Listen): Promise<Thread> {
  const threads = "node:worker_threads"; // hidden from bundlers, which would look for it in browsers
  const { Worker: NodeWorker } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ threads)) as typeof import("node:worker_threads");
  const worker = new NodeWorker(script());
  worker.on("message", listen);
  worker.on("error", () => listen(undefined));
  worker.on("exit", () => listen(undefined));
  worker.unref();
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    end: () => void worker.terminate(),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}

const isNode = (): boolean => typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node === "string";

async function start(listen: Listen): Promise<Thread | undefined> {
  if (typeof Worker === "function") return inPage(listen);
  return isNode() ? inNode(listen) : undefined;
}

/** One Worker and the units it has. */
class Hand {
  readonly #waiting = new Map<number, (verdict: Uint8Array | undefined) => void>();
  readonly #thread: Promise<Thread | undefined>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lost = false;

  constructor(hire: Hire) {
    this.#thread = start((said) => this.#hear(said)).then((thread) => {
      thread?.post(hire, []);
      if (thread === undefined) this.end();
      return thread;
    }).catch(() => void this.end());
  }

  get lost(): boolean {
    return this.#lost;
  }

  get load(): number {
    return this.#waiting.size;
  }

  /** The verdict's bytes; undefined where none will come. Takes the unit away. */
  judge({ task, unit }: Task): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      this.#waiting.set(task, resolve);
      void this.#thread.then((thread) => {
        if (this.#lost || thread === undefined) return this.#answer(task, undefined);
        thread.hold(true);
        thread.post({ task, unit }, [unit.buffer as ArrayBuffer]);
        this.#watch();
      });
    });
  }

  #hear(said: Said | undefined): void {
    if (said === undefined) return this.end();
    this.#answer(said.task, said.verdict);
    this.#watch();
  }

  #answer(task: number, verdict: Uint8Array | undefined): void {
    this.#waiting.get(task)?.(verdict);
    this.#waiting.delete(task);
    if (this.#waiting.size === 0) void this.#thread.then((thread) => this.#waiting.size === 0 && thread?.hold(false));
  }

  /** A Worker that was ended from outside says nothing. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.end(), patience);
  }

  end(): void {
    if (this.#lost) return;
    this.#lost = true;
    clearTimeout(this.#timer);
    for (const task of [...this.#waiting.keys()]) this.#answer(task, undefined);
    void this.#thread.then((thread) => thread?.end());
  }
}

/** The Workers of one instance: made when first needed, let go when idle. */
export class Workers {
  readonly #engine: Engine;
  readonly #most: number;
  #hands: Hand[] = [];
  #tasks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #judged = false;
  #broken = false;

  constructor(engine: Engine, most: number | undefined) {
    this.#engine = engine;
    this.#most = within(most ?? Math.min(4, alone() ? 0 : cores()));
  }

  /** Each has the same module, compiled already, and a seed of its own. */
  #hand(): Hand {
    const request = new Writer();
    operations.start.write(request, { seed: crypto.getRandomValues(new Uint8Array(32)), cachedKeys: this.#engine.cachedKeys });
    return new Hand({ module: this.#engine.module, start: request.finish().slice(), startCode: operations.start.code, judgeCode: operations.workJudge.code });
  }

  /** How many may work on something; `wanted` by the caller, else as many as there may be. */
  available(wanted: number | undefined): number {
    return this.#broken ? 0 : within(wanted ?? this.#most);
  }

  /** Whether there are some already: then they pay sooner. */
  get running(): boolean {
    return this.#hands.length > 0;
  }

  /** Has a unit judged by the least busy of `count` Workers. */
  async judge(unit: Uint8Array, count: number): Promise<Uint8Array | undefined> {
    clearTimeout(this.#timer);
    const lost = this.#hands.some((hand) => hand.lost);
    if (lost) this.#hands = this.#hands.filter((hand) => !hand.lost);
    if (this.#broken) return undefined;
    if (this.#hands.length < count && this.#hands.every((hand) => hand.load > 0)) this.#hands.push(this.#hand());
    const hand = this.#hands.reduce((a, b) => (b.load < a.load ? b : a));
    const verdict = await hand.judge({ task: this.#tasks++, unit });
    this.#judged ||= verdict !== undefined;
    // Where one cannot be had, none can: not asked again. One that was had and is lost, or let go meanwhile, says nothing of others.
    if (!this.#judged && this.#hands.includes(hand) && this.#hands.every(({ lost }) => lost)) this.#broken = true;
    if (this.#hands.every(({ load }) => load === 0)) this.#rest();
    return verdict;
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), idle);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** They start again when they are needed. */
  close(): void {
    clearTimeout(this.#timer);
    for (const hand of this.#hands) hand.end();
    this.#hands = [];
  }
}

const cores = (): number => (globalThis.navigator as Navigator | undefined)?.hardwareConcurrency ?? 2;
/** One core is as fast without. */
const alone = (): boolean => cores() < 2;
const within = (count: number): number => (Number.isNaN(count) ? 0 : Math.max(0, Math.min(mostWorkers, Math.floor(count))));

/** Rejects when the signal does. */
function aborted(signal: AbortSignal | undefined): { readonly promise: Promise<never> | undefined; readonly forget: () => void } {
  if (signal === undefined) return { promise: undefined, forget: () => undefined };
  let forget = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const listen = (): void => reject(signal.reason as Error);
    forget = () => signal.removeEventListener("abort", listen);
    signal.addEventListener("abort", listen, { once: true });
    if (signal.aborted) listen();
  });
  promise.catch(() => undefined);
  return { promise, forget };
}

/** The units of one session, on their way. */
export class Crew {
  readonly #session: Session;
  readonly #workers: Workers;
  readonly #count: number;
  readonly #out = new Set<Promise<void>>();
  #arrived: Uint8Array[] = [];

  constructor(session: Session, workers: Workers, count: number) {
    this.#session = session;
    this.#workers = workers;
    this.#count = count;
  }

  /** Gives out what is whole. */
  offer(): void {
    for (let taken = this.#session.call(operations.workTake, {}); taken.found; taken = this.#session.call(operations.workTake, {})) {
      const out: Promise<void> = this.#workers.judge(taken.unit, this.#count).then((verdict) => {
        if (verdict !== undefined) this.#arrived.push(verdict);
        this.#out.delete(out);
      });
      this.#out.add(out);
    }
  }

  /** Units that are out. */
  get busy(): boolean {
    return this.#out.size > 0 || this.#arrived.length > 0;
  }

  /** Joins what has come. */
  join(): void {
    for (const verdict of this.#arrived.splice(0)) {
      try {
        this.#session.call(operations.workJoin, { verdict });
      } catch (error) {
        // Not a verdict on this unit: the unit is as good as lost.
        if (!(error instanceof MoteError && error.status === "no_evidence")) throw error;
      }
    }
  }

  /** Until something has come; where nothing will, the oldest unit is judged here. */
  async wait(signal: AbortSignal | undefined): Promise<void> {
    if (this.#arrived.length === 0 && this.#out.size > 0) {
      const { promise, forget } = aborted(signal);
      await Promise.race([...this.#out, ...(promise === undefined ? [] : [promise])]).finally(forget);
    }
    if (this.#arrived.length === 0 && this.#out.size === 0) this.#session.call(operations.workJudgeOldest, {});
    this.join();
  }
}
