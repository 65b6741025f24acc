// SPDX-License-Identifier: Apache-2.0
/** Ways from a page to its host: on the same thread, in a Worker, in a SharedWorker, or in the Worker of another tab. */
import { Hosts, Session, type Brought } from "./live-session.js";
import type { Thread } from "./live-types.js";
import type { Port, Settings, ToHost, ToPage } from "./live-wire.js";

/** A page's way; `renewed`: the host behind it is another one now, that knows of nothing. */
export interface Way extends Port<ToPage, ToHost> {
  /** Where it was found to be, once something came. */
  readonly thread: Thread;
  renewed: () => void;
}

const nothing = (): void => undefined;

/** On the calling thread. Messages are handed over later, never in the middle of something. */
export function here(brought: Brought): Way {
  const inside: Port<ToHost, ToPage> = { receive: nothing, send: (message) => queueMicrotask(() => way.receive(message)), close: nothing };
  const way: Way = { thread: "here", receive: nothing, renewed: nothing, send: (message) => queueMicrotask(() => inside.receive(message)), close: nothing };
  new Session(new Hosts("here", brought), inside);
  return way;
}

/** Over a MessagePort, or what is like one. */
function over(port: MessagePort, thread: Thread, end: () => void): Way {
  const way: Way = { thread, receive: nothing, renewed: nothing, send: (message) => port.postMessage(message), close: end };
  port.onmessage = ({ data }: MessageEvent<ToPage | typeof ready>) => {
    if (data !== ready) way.receive(data);
  };
  return way;
}

/** What a worker says first; without it there is none (another origin, a policy, a missing file). */
const ready = "mote-ready";
const patience = 5000;

/** A way that is tried, and what says whether there is one. It takes messages before that. */
interface Attempt {
  readonly way: Way;
  readonly there: Promise<unknown>;
}

/** Workers are named after their module, so that they can get it while nobody has asked them anything yet. */
const prefix = "mote ";
const nameFor = (settings: Settings): string => (typeof settings.wasm === "string" ? prefix + settings.wasm : prefix);
export const wasmOf = (name: unknown): string | undefined => (typeof name === "string" && name.length > prefix.length ? name.slice(prefix.length) : undefined);

/** Settles when the worker says that it is there, or with why it is not. */
function saidBy(port: EventTarget, made: EventTarget): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`mote: the worker ${why}`));
    const timer = setTimeout(() => fail("says nothing"), patience);
    made.addEventListener("error", () => fail("could not be started"));
    port.addEventListener("message", (event) => {
      if ((event as MessageEvent<unknown>).data !== ready) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

function worker(settings: Settings): { readonly made: Worker; readonly there: Promise<void> } {
  const made = new Worker(new URL("./live-worker.js", import.meta.url), { type: "module", name: nameFor(settings) });
  const there = saidBy(made, made);
  there.catch(() => made.terminate());
  return { made, there };
}

/** A Worker serves any number of ports. */
function connect(to: Worker): MessagePort {
  const { port1, port2 } = new MessageChannel();
  to.postMessage("mote-connect", [port2]);
  return port1;
}

/** In a Worker of this page. */
function inWorker(settings: Settings): Attempt {
  const { made, there } = worker(settings);
  return { way: over(connect(made), "worker", () => made.terminate()), there };
}

/** In a SharedWorker of all pages of this origin. */
function inSharedWorker(settings: Settings): Attempt {
  const made = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module", name: nameFor(settings) });
  return { way: over(made.port, "shared", () => made.port.close()), there: saidBy(made.port, made) };
}

/** What pages say to each other. */
type Between =
  | { readonly to: "leader"; readonly from: string; readonly message: ToHost | "hello" }
  | { readonly to: string; readonly message: ToPage }
  | { readonly to: "all"; readonly message: "leader"; readonly leader: string };

/**
 * Who has the lock has the Worker, and passes on what the other tabs say; when it goes, the next one has both.
 */
function byLock(settings: Settings): Attempt {
  const name = `mote-${settings.sources.join()}`;
  const channel = new BroadcastChannel(name);
  const self = `${Date.now()}-${Math.random()}`;
  const say = (between: Between): void => channel.postMessage(between);
  let send: ((message: ToHost) => void) | undefined;
  let release = nothing;
  const way: Way = {
    thread: "shared", receive: nothing, renewed: nothing,
    send: (message) => send?.(message),
    close: () => {
      // What was said last has to go out first.
      setTimeout(() => {
        channel.close();
        release();
      }, 0);
    },
  };
  let followed = "";
  const follow = (leader: string): void => {
    if (leader === followed) return;
    followed = leader;
    send = (message) => say({ to: "leader", from: self, message });
    way.renewed();
  };
  const lead = async (leads: () => void): Promise<void> => {
    const { made, there: works } = worker(settings);
    await works;
    const ports = new Map<string, MessagePort>();
    const open = (from: string): MessagePort => {
      const port = connect(made);
      port.onmessage = ({ data }: MessageEvent<ToPage>) => (from === self ? way.receive(data) : say({ to: from, message: data }));
      ports.set(from, port);
      return port;
    };
    channel.onmessage = ({ data }: MessageEvent<Between>) => {
      if (data.to !== "leader" || !("from" in data)) return;
      if (data.message === "hello") return say({ to: "all", message: "leader", leader: self });
      (ports.get(data.from) ?? open(data.from)).postMessage(data.message);
      if (data.message.type === "close") ports.delete(data.from);
    };
    const own = open(self);
    send = (message) => own.postMessage(message);
    say({ to: "all", message: "leader", leader: self });
    way.renewed();
    leads();
    await new Promise<void>((resolve) => (release = resolve));
    made.terminate();
  };
  const aborted = new AbortController();
  release = () => aborted.abort();
  const there = new Promise<void>((resolve, reject) => {
    channel.onmessage = ({ data }: MessageEvent<Between>) => {
      if ("leader" in data) follow(data.leader), resolve();
      else if (data.to === self) way.receive(data.message as ToPage);
    };
    navigator.locks.request(name, { signal: aborted.signal }, () => lead(resolve)).catch(reject);
  });
  say({ to: "leader", from: self, message: "hello" });
  return { way, there };
}

/** What cannot be had is noticed later; then the next one is told everything again. */
function firstThatWorks([make, ...others]: readonly (() => Attempt)[]): Way {
  if (make === undefined) throw new Error("mote: nowhere to run");
  let inner: Way;
  const way: Way = {
    get thread() { return inner.thread; },
    receive: nothing, renewed: nothing, send: (message) => inner.send(message), close: () => inner.close(),
  };
  const use = (made: Way): void => {
    inner = made;
    made.receive = (message) => way.receive(message);
    made.renewed = () => way.renewed();
  };
  try {
    const { way: made, there } = make();
    use(made);
    there.catch(() => {
      made.close();
      use(firstThatWorks(others));
      way.renewed();
    });
  } catch {
    use(firstThatWorks(others));
  }
  return way;
}

/** Can be tried in this order. */
export function findWay(wanted: Thread | undefined, brought: Brought, settings: Settings): Way {
  const attempts: (() => Attempt)[] = [];
  const elsewhere = wanted !== "here" && brought.storage === undefined && brought.webSocket === undefined;
  if (elsewhere && wanted !== "worker") {
    if (typeof SharedWorker === "function") attempts.push(() => inSharedWorker(settings));
    else if (typeof Worker === "function" && typeof BroadcastChannel === "function" && typeof navigator !== "undefined" && "locks" in navigator) attempts.push(() => byLock(settings));
  }
  if (elsewhere && typeof Worker === "function") attempts.push(() => inWorker(settings));
  return firstThatWorks([...attempts, () => ({ way: here(brought), there: Promise.resolve() })]);
}

export const sayReady = ready;
