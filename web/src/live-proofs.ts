// SPDX-License-Identifier: Apache-2.0
/** What was verified on the way, kept so that an answer can be shown to others from the checkpoint on. */
import { MoteError, internals, toHex, type Checkpoint, type Mote } from "./index.js";
import { headerOf } from "./live-spec.js";
import type { LiveStorage } from "./live-types.js";
import type { WireAnswer } from "./live-wire.js";

/** A final block: its header, and the justification that shows it. */
export interface Fragment {
  readonly number: number;
  readonly hash: Uint8Array;
  /** The set that signed. */
  readonly setId: bigint;
  readonly header: Uint8Array;
  readonly justification: Uint8Array;
  readonly source: string;
  /** Unix milliseconds of its slot. */
  readonly madeAt: number | undefined;
}

/** What of an answer a bundle is made of. */
type Shown = Pick<WireAnswer, "chain" | "relay" | "head" | "ancestors" | "proof" | "questions">;

const newest = 128;
/** Hand-overs of a month on Polkadot take about 7 MiB. */
const mostBytes = 64 << 20;
const { concat, compact, joinNodes } = internals;

const noEvidence = (): MoteError => new MoteError(internals.statusNamed("no_evidence"));

/** One proof of several, each node once. */
export function joined(proofs: readonly Uint8Array[]): Uint8Array {
  const [only] = proofs;
  if (proofs.length === 1 && only !== undefined) return only;
  const nodes = new Map<string, Uint8Array>();
  for (const proof of proofs) {
    for (let at = proof.length === 0 ? 0 : length(proof, 0)[1]; at < proof.length;) {
      const [node, next] = vector(proof, at);
      nodes.set(toHex(node), node);
      at = next;
    }
  }
  return joinNodes([...nodes.values()]);
}

/** Reads `Vec<u8>` of SCALE at a place. */
function vector(bytes: Uint8Array, at: number): [content: Uint8Array, next: number] {
  const [size, start] = length(bytes, at);
  return [bytes.slice(start, start + size), start + size];
}

/** Reads a compact length, and where it ends. */
function length(bytes: Uint8Array, at: number): [size: number, next: number] {
  const mode = (bytes[at] ?? 0) & 3, width = mode === 0 ? 1 : mode === 1 ? 2 : 4;
  let size = 0;
  for (let i = 0; i < width; i++) size += (bytes[at + i] ?? 0) * 2 ** (8 * i);
  return [Math.floor(size / 4), at + width];
}

export class Proofs {
  readonly #checkpoint: Checkpoint;
  readonly #storage: LiveStorage;
  readonly #prefix: string;
  /** By the set that signed them: header and justification, one after another. */
  readonly #handovers = new Map<bigint, Uint8Array>();
  readonly #blocks = new Map<string, Fragment>();
  #bytes = 0;
  #loading: Promise<void> = Promise.resolve();

  constructor(checkpoint: Checkpoint, storage: LiveStorage, prefix: string) {
    this.#checkpoint = checkpoint;
    this.#storage = storage;
    this.#prefix = prefix;
  }

  /** Those of earlier runs that lead from the checkpoint to the saved state, of which there may be hundreds: nobody waits for them but bundles. */
  load(mote: Mote, saved: Uint8Array): void {
    const [compacted, next] = vector(saved, 8 + 2 + 4 + 1 + 8);
    const [justification] = vector(saved, next);
    let from: Checkpoint;
    try {
      from = mote.checkpoint(compacted);
    } catch {
      return; // the engine says what is wrong with it
    }
    const { header } = from;
    this.#remember({ number: header.number, hash: header.hash, setId: from.setId, header: headerOf(compacted), justification, source: "storage", madeAt: undefined });
    this.#loading = this.#loadHandovers(from.setId).catch(() => undefined);
  }

  async #loadHandovers(until: bigint): Promise<void> {
    for (let setId = this.#checkpoint.setId; setId <= until; setId++) { // the last one, where it hands over itself
      const kept = await this.#storage.get(`${this.#prefix}handover-${setId}`);
      if (kept === undefined) return;
      this.#handovers.set(setId, kept);
      this.#bytes += kept.length;
    }
  }

  #remember(fragment: Fragment): void {
    const name = toHex(fragment.hash);
    this.#blocks.delete(name);
    this.#blocks.set(name, fragment);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > newest && oldest !== undefined) this.#blocks.delete(oldest);
  }

  add(fragment: Fragment, handsOver: boolean): void {
    this.#remember(fragment);
    if (!handsOver || this.#handovers.has(fragment.setId) || this.#bytes > mostBytes) return;
    const bytes = concat([fragment.header, fragment.justification]);
    this.#handovers.set(fragment.setId, bytes);
    this.#bytes += bytes.length;
    void this.#storage.set(`${this.#prefix}handover-${fragment.setId}`, bytes).catch(() => undefined);
  }

  block(hash: Uint8Array): Fragment | undefined {
    return this.#blocks.get(toHex(hash));
  }

  /** The warp proof up to the set that finalized a block. */
  #warp(setId: bigint): Uint8Array | undefined {
    const fragments: Uint8Array[] = [];
    for (let id = this.#checkpoint.setId; id < setId; id++) {
      const found = this.#handovers.get(id);
      if (found === undefined) throw noEvidence();
      fragments.push(found);
    }
    return fragments.length === 0 ? undefined : concat([compact(fragments.length), ...fragments, Uint8Array.of(1)]);
  }

  /** `paraHead`: the proof of the parachain's head in the relay block, for answers about parachains. */
  async bundle(mote: Mote, { chain, relay, head, ancestors, proof, questions }: Shown, paraHead: Uint8Array | undefined): Promise<Uint8Array> {
    await this.#loading;
    const checkpoint = this.#checkpoint;
    const isRelay = chain === "relay", final = isRelay ? head : relay.hash, state = { proof, questions };
    const block = this.block(final);
    const isStart = toHex(checkpoint.header.hash) === toHex(final);
    if (block === undefined && !isStart) throw noEvidence();
    const warp = block === undefined ? undefined : this.#warp(block.setId);
    const above = block?.header ?? headerOf(checkpoint.bytes);
    return mote.makeBundle({
      checkpoint,
      ...(warp === undefined ? {} : { warp }),
      ...(block === undefined ? {} : { justification: block.justification }),
      // Headers lie one after another in a bundle as they do here.
      headers: isRelay && ancestors.length > 0 ? [above, ancestors] : [above],
      ...(isRelay ? { state } : { parachain: { id: chain, proof: paraHead ?? new Uint8Array(), headers: ancestors.length > 0 ? [ancestors] : [], state } }),
    });
  }
}
