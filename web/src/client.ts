// SPDX-License-Identifier: Apache-2.0
/** The live client as pages use it, wherever its engine runs. */
import { internals, type BytesLike } from "./index.js";
import { findWay } from "./live-ports.js";
import { Wire, aborted, lossless } from "./live-streams.js";
import type {
  AccountAnswer, Answer, AskOptions, Best, CallOptions, ClientEvent, ClientOptions, ClientStatus, Head, Inclusion, StorageKey, Stream, Thread, ValueAnswer,
} from "./live-types.js";
import type { ChainName, Settings, StorageAsk, WireAnswer } from "./live-wire.js";

const { toBytes } = internals;
const empty = new Uint8Array();

function checkSources(sources: readonly string[]): void {
  for (const url of sources) if (!/^wss?:\/\/./i.test(url)) throw new TypeError(`sources: ${url} is no ws:// or wss:// address`);
}

/**
 * One chain of a client: the relay chain, or a parachain. Whatever comes from it was verified from the checkpoint on.
 *
 * Streams may be iterated any number of times, each iteration by itself, from what is newest. Who takes items slowly misses
 * those in between: the newest one waits.
 */
export class Chain {
  /** @internal */
  protected readonly wire: Wire;
  readonly #name: ChainName;
  /** @internal */
  protected readonly ready: Promise<void>;

  /** @internal */
  constructor(wire: Wire, name: ChainName, ready: Promise<void>) {
    this.wire = wire;
    this.#name = name;
    this.ready = ready;
    ready.catch(() => undefined); // whoever asks is told
  }

  /** "relay", or the parachain's id. */
  get name(): ChainName {
    return this.#name;
  }

  /** Verified heads: of a relay chain its final blocks, of a parachain its blocks in final relay blocks. */
  get finalized(): Stream<Head> {
    return this.wire.stream("finalized", { chain: this.#name }, 1, (head) => head);
  }

  /** The newest blocks, final or not. `verified` says whether their authors were judged. */
  get best(): Stream<Best> {
    return this.wire.stream("best", { chain: this.#name }, 1, (best) => best);
  }

  #ask(options: AskOptions, subscribe: boolean): Omit<StorageAsk, "keys" | "prefix"> {
    return {
      chain: this.#name, child: options.child === undefined ? empty : toBytes(options.child), at: options.at === undefined ? undefined : toBytes(options.at),
      timeout: options.timeout ?? 0, subscribe,
    };
  }

  #answer({ entries, complete, proof, questions, head, ancestors, ...provenance }: WireAnswer): Answer {
    const bundle = (options: CallOptions = {}): Promise<Uint8Array> =>
      this.wire.once("bundle", { answer: { ...provenance, proof, questions, head, ancestors } }, options.signal);
    return { ...provenance, entries, complete, bundle };
  }

  #value(answer: WireAnswer): ValueAnswer {
    const found = answer.entries[0]?.found ?? { kind: "absent" };
    return { ...this.#answer(answer), found, value: found.kind === "value" ? found.value : undefined };
  }

  /** The value of a key, or the values of many in one proof, at the head or at an ancestor of it. */
  storage(key: StorageKey, options?: AskOptions): Promise<ValueAnswer>;
  storage(keys: readonly StorageKey[], options?: AskOptions): Promise<Answer>;
  async storage(asked: StorageKey | readonly StorageKey[], options: AskOptions = {}): Promise<Answer> {
    await this.ready;
    const many = Array.isArray(asked);
    const keys = many ? (asked as readonly StorageKey[]) : [asked as StorageKey];
    const answer = await this.wire.once("storage", { ...this.#ask(options, false), keys }, options.signal);
    return many ? this.#answer(answer) : this.#value(answer);
  }

  /** All keys under a prefix with their values: complete, or it fails. */
  async list(prefix: StorageKey, options: AskOptions = {}): Promise<Answer> {
    await this.ready;
    return this.#answer(await this.wire.once("storage", { ...this.#ask(options, false), prefix }, options.signal));
  }

  /** The same, proven again at each new head, given out where it differs. `at` is of no use here. */
  watch(key: StorageKey, options?: AskOptions): Stream<ValueAnswer>;
  watch(keys: readonly StorageKey[], options?: AskOptions): Stream<Answer>;
  watch(asked: StorageKey | readonly StorageKey[], options: AskOptions = {}): Stream<Answer> {
    const many = Array.isArray(asked);
    const keys = many ? (asked as readonly StorageKey[]) : [asked as StorageKey];
    const make = (answer: WireAnswer): Answer => (many ? this.#answer(answer) : this.#value(answer));
    return this.wire.stream("storage", { ...this.#ask(options, true), keys }, 1, make, options.signal);
  }

  /** A list, given out again where it differs. */
  watchList(prefix: StorageKey, options: AskOptions = {}): Stream<Answer> {
    return this.wire.stream("storage", { ...this.#ask(options, true), prefix }, 1, (answer) => this.#answer(answer), options.signal);
  }

  /** System::Account of an SS58 address, or of an account's 32 or 20 bytes. */
  async account(address: BytesLike, options: Omit<AskOptions, "child"> = {}): Promise<AccountAnswer> {
    await this.ready;
    const { account, record, ...answer } = await this.wire.once("account", { ...this.#ask(options, false), address }, options.signal);
    return { ...this.#value(answer), account, record };
  }

  /** The same, given out again where it differs. */
  watchAccount(address: BytesLike, options: Omit<AskOptions, "child" | "at"> = {}): Stream<AccountAnswer> {
    const make = ({ account, record, ...answer }: WireAnswer & Pick<AccountAnswer, "account" | "record">): AccountAnswer => ({ ...this.#value(answer), account, record });
    return this.wire.stream("account", { ...this.#ask(options, true), address }, 1, make, options.signal);
  }

  /**
   * Sends a signed extrinsic (encoded, with its length in front) to every source, and follows it until it is proven to be in a
   * final block, which is the last item. Every item waits. Leaving forgets it, but cannot take it back.
   */
  submitAndWatch(extrinsic: BytesLike, options: { readonly signal?: AbortSignal; readonly timeout?: number } = {}): Stream<Inclusion> {
    const ask = { chain: this.#name, extrinsic: toBytes(extrinsic), timeout: options.timeout ?? 0 };
    return this.wire.stream("submit", ask, lossless, (item) => item, options.signal);
  }

  /** One more source. */
  async addSource(url: string, options: CallOptions = {}): Promise<void> {
    checkSources([url]);
    await this.ready;
    await this.wire.once("source", { chain: this.#name, url, add: true }, options.signal);
  }

  /** One source less. */
  async removeSource(url: string, options: CallOptions = {}): Promise<void> {
    await this.ready;
    await this.wire.once("source", { chain: this.#name, url, add: false }, options.signal);
  }
}

/** A parachain of the client's relay chain. */
export class Parachain extends Chain implements AsyncDisposable {
  readonly id: number;
  readonly #stop: () => void;

  /** @internal */
  constructor(wire: Wire, id: number, sources: readonly string[]) {
    // Messages keep their order: what is asked of it later finds it there.
    let failed: (error: unknown) => void = () => undefined;
    const ready = new Promise<void>((resolve, reject) => {
      failed = reject;
      queueMicrotask(resolve);
    });
    const stop = wire.ask("parachain", { id, sources }, { item: () => undefined, end: () => undefined, error: (error) => failed(error) });
    super(wire, id, ready);
    this.id = id;
    this.#stop = stop;
  }

  /** It is not followed any more, unless by others. */
  async close(): Promise<void> {
    this.#stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * A light client: it trusts the checkpoint it starts from, and no source. Made by {@link createClient}.
 */
export class Client extends Chain implements AsyncDisposable {
  /** The checkpoint it started from, in the compact form: what its bundles are verified with. */
  readonly checkpoint: Uint8Array;
  /** Hash of block 0. */
  readonly genesis: Uint8Array;
  /** Where the engine runs. */
  readonly thread: Thread;
  readonly #leave: () => void;

  /** @internal */
  constructor(wire: Wire, thread: Thread, about: { readonly checkpoint: Uint8Array; readonly genesis: Uint8Array }, leave: () => void) {
    super(wire, "relay", Promise.resolve());
    this.checkpoint = about.checkpoint;
    this.genesis = about.genesis;
    this.thread = thread;
    this.#leave = leave;
  }

  /** Follows a parachain: its head by proof of the relay chain's final state, its state from sources of its own, beside those given at the start. */
  parachain(id: number, options: { readonly sources?: readonly string[]; readonly signal?: AbortSignal } = {}): Parachain {
    const { sources = [], signal } = options;
    checkSources(sources);
    if (signal?.aborted === true) throw aborted(signal);
    const parachain = new Parachain(this.wire, id, sources);
    signal?.addEventListener("abort", () => void parachain.close(), { once: true });
    return parachain;
  }

  /** How it does: now. */
  status(options: CallOptions = {}): Promise<ClientStatus> {
    return this.wire.once("status", { once: true }, options.signal);
  }

  /** How it does: whenever that changes, a few times a second at most. The newest one waits. */
  get statuses(): Stream<ClientStatus> {
    return this.wire.stream("status", { once: false }, 1, (status) => status);
  }

  /** What happens: sources that come, go and lie, hand-overs, warnings. Up to 1024 wait. */
  get events(): Stream<ClientEvent> {
    return this.wire.stream("events", {}, lossless, (event) => event);
  }

  /** The SS58 address of a 32-byte account, with a chain's prefix. */
  address(account: BytesLike, prefix: number, options: CallOptions = {}): Promise<string> {
    return this.wire.once("address", { account: toBytes(account), prefix }, options.signal);
  }

  /**
   * Stores what is verified now, rather than at the next hand-over: done when it is stored, and rejected with what the storage
   * says where it is not. Nothing is stored where nothing new was verified since the start.
   */
  save(options: CallOptions = {}): Promise<void> {
    return this.wire.once("save", {}, options.signal);
  }

  /** Looks at all connections now. Pages need not call it: it is done when they are seen again, or online again. */
  wake(): void {
    this.wire.wake(false);
  }

  /** Ends everything; what is open fails. */
  async close(): Promise<void> {
    await this.wire.close();
    this.#leave();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

// --- making one --------------------------------------------------------------------------------------------------------------

/** From `held` until the result is called, others can see by a lock that this page is there. */
function showLife(held: (lock: string) => void): () => void {
  if (typeof navigator === "undefined" || !("locks" in navigator)) return () => undefined;
  const lock = `mote-page-${crypto.randomUUID()}`;
  let release = (): void => undefined;
  const life = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks.request(lock, () => (held(lock), life)).catch(() => undefined);
  return release;
}

/** Pages tell when they are seen again and when the network is back; one that is not seen may be gone without another word. */
function watchPage(wake: (reconnect: boolean) => void, save: () => void): () => void {
  const seen = (): void => (document.visibilityState === "visible" ? wake(false) : save());
  const online = (): void => wake(true);
  if (typeof document !== "undefined") document.addEventListener("visibilitychange", seen);
  globalThis.addEventListener?.("online", online);
  return () => {
    if (typeof document !== "undefined") document.removeEventListener("visibilitychange", seen);
    globalThis.removeEventListener?.("online", online);
  };
}

function settingsOf(options: ClientOptions): Settings {
  const { storage, limits, wasm, checkpoints, seed } = options;
  checkSources([options.sources, ...Object.values(options.parachains ?? {})].flat());
  const folder = new URL(checkpoints ?? new URL("./checkpoints/", import.meta.url), globalThis.location?.href).href;
  return {
    chain: options.chain, sources: [...options.sources],
    parachains: Object.entries(options.parachains ?? {}).map(([id, own]) => [Number(id), [...own]] as const),
    storage: storage === "memory" || (storage === undefined && typeof indexedDB === "undefined") ? "memory" : "indexeddb",
    acceptExpired: options.acceptExpired ?? false, sessionSlots: options.sessionSlots ?? 0, limits: limits ?? {},
    wasm: wasm instanceof WebAssembly.Module || wasm instanceof Uint8Array ? wasm : new URL(wasm ?? internals.fitting(new URL("./mote-live.wasm", import.meta.url), new URL("./mote-live-simd.wasm", import.meta.url)), globalThis.location?.href).href,
    checkpoints: folder.endsWith("/") ? folder : `${folder}/`,
    seed: seed ?? crypto.getRandomValues(new Uint8Array(32)),
  };
}

/**
 * Starts a light client over full nodes that are not trusted. It is there as soon as its start of trust was read; heads and
 * answers come when sources have shown them.
 *
 * @example
 * ```ts
 * await using client = await createClient({ chain: checkpointBytes, sources: ["wss://one.example", "wss://two.example"] });
 * for await (const head of client.finalized) console.log(head.number, head.age);
 * const { record } = await client.parachain(2000, { sources: ["wss://para.example"] }).account("5Grwva…");
 * ```
 */
export async function createClient(options: ClientOptions): Promise<Client> {
  const { signal, storage, webSocket, thread } = options;
  if (signal?.aborted === true) throw aborted(signal);
  const settings = settingsOf(options);
  if (settings.seed.length !== 32) throw new RangeError("seed: 32 bytes");
  const brought = { webSocket, storage: typeof storage === "object" ? storage : undefined };
  const way = findWay(thread, brought, settings);
  const wire = new Wire(way);
  const opening = wire.open(settings);
  const release = thread === "here" ? (): void => undefined : showLife((lock) => wire.alive(lock));
  const unwatch = watchPage((reconnect) => wire.wake(reconnect), () => void wire.once("save", {}).catch(() => undefined));
  const leave = (): void => {
    release();
    unwatch();
  };
  const abort = (): void => {
    leave();
    if (signal !== undefined) wire.end(aborted(signal) as Error);
    void wire.close();
  };
  try {
    const about = await Promise.race([
      opening,
      new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(aborted(signal)), { once: true })),
    ]);
    signal?.addEventListener("abort", abort, { once: true });
    return new Client(wire, way.thread, about, leave);
  } catch (error) {
    leave();
    void wire.close();
    throw error;
  }
}
