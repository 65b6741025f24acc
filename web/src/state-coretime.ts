// SPDX-License-Identifier: Apache-2.0
/** Coretime: which parachain works on which core, by proven state, and when a parachain's next code comes. */
import type { Engine } from "./engine.js";
import type { StateRoot } from "./evidence.js";
import type { BytesLike } from "./hex.js";
import { internals, type ProofOptions } from "./index.js";
import { operations, type CoreAssignmentRecord } from "./state.gen.js";
import { amount, sourceOf, type ProofLike, type Source } from "./state-messages.js";

const { toBytes } = internals;

/** Where a relay chain's runtime has its cores: all in one value of the scheduler, or (older) an entry each. */
export type CoretimeLayout = "scheduler" | "assignment-pallet";
const layouts: readonly CoretimeLayout[] = ["scheduler", "assignment-pallet"];

/** What a core is for. */
export type CoreTask = { readonly task: "idle" } | { readonly task: "pool" } | { readonly task: "para"; readonly paraId: number };
/** Parts are of 57 600. */
export type CoreAssignment = CoreTask & { readonly parts: number; readonly remaining: number };

/** A region's name: from a timeslice on, on a core, the eightieths that the mask (10 bytes) has. */
export interface RegionId {
  readonly begin: number;
  readonly core: number;
  readonly mask: BytesLike;
}

/** Whose key `coretimeKey` gives. */
export type CoretimeItem =
  | { readonly item: "cores"; readonly layout?: CoretimeLayout; readonly core?: number }
  | { readonly item: "schedule"; readonly layout?: CoretimeLayout; readonly block: number; readonly core: number }
  | ({ readonly item: "region" } & RegionId)
  | { readonly item: "workplan"; readonly timeslice: number; readonly core: number }
  | { readonly item: "workload"; readonly core: number }
  | { readonly item: "leases" }
  | { readonly item: "upgrade" | "upgrade-signal" | "upgrade-restricted"; readonly paraId: number };

const kinds = ["cores", "schedule", "region", "workplan", "workload", "leases", "upgrade", "upgrade-signal", "upgrade-restricted"];

/** @internal */
export function coretimeKey(engine: Engine, of: CoretimeItem): Uint8Array {
  const given = of as { layout?: CoretimeLayout; core?: number; block?: number; begin?: number; timeslice?: number; paraId?: number; mask?: BytesLike };
  return engine.call(operations.coretimeKey, {
    kind: kinds.indexOf(of.item), layout: layouts.indexOf(given.layout ?? "scheduler"), first: given.block ?? given.begin ?? given.timeslice ?? given.paraId ?? 0,
    second: given.core ?? 0, mask: given.mask === undefined ? new Uint8Array() : toBytes(given.mask),
  }).key;
}

function coreTask(task: number, paraId: number): CoreTask {
  if (task === 2) return { task: "para", paraId };
  return { task: task === 1 ? "pool" : "idle" };
}
const assignment = ({ task, paraId, parts, remaining }: CoreAssignmentRecord): CoreAssignment => ({ ...coreTask(task, paraId), parts, remaining });

/** What one storage proof shows of cores. Every method verifies what it answers, and the answer says under which state. */
export class Coretime {
  readonly #engine: Engine;
  readonly #source: Source;
  readonly state: StateRoot;

  /** @internal */
  constructor(engine: Engine, state: StateRoot, proof: ProofLike, options: ProofOptions) {
    this.#engine = engine;
    this.#source = sourceOf(state, proof, options);
    this.state = state;
  }

  #tell<T extends object>(fields: T): T & { readonly under: StateRoot } {
    return Object.freeze({ ...fields, under: this.state });
  }

  // --- the relay chain's state ---

  /** What a core works on at this block; `known` false: proven, it has no descriptor. */
  core(core: number, layout: CoretimeLayout = "scheduler"): {
    readonly known: boolean; readonly working: boolean; readonly assignments: readonly CoreAssignment[]; readonly endHint: number | undefined;
    readonly queue: { readonly first: number; readonly last: number } | undefined; readonly under: StateRoot;
  } {
    const { known, working, assignments, ends, endHint, hasQueue, queueFirst, queueLast } = this.#engine.call(operations.coreWork, { ...this.#source, layout: layouts.indexOf(layout), core });
    return this.#tell({
      known, working, assignments: assignments.map(assignment), endHint: ends ? endHint : undefined, queue: hasQueue ? { first: queueFirst, last: queueLast } : undefined,
    });
  }

  /** That these parts of the core, of 57 600, are this parachain's; else `not_shown`. */
  heldBy(core: number, paraId: number, layout: CoretimeLayout = "scheduler"): { readonly parts: number; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.coreHeld, { ...this.#source, layout: layouts.indexOf(layout), core, paraId }));
  }

  /** How many cores have a descriptor, in the layout with all of them in one value. */
  cores(): { readonly count: number; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.coreCount, this.#source));
  }

  /** What is scheduled for a core from a block on. */
  schedule(block: number, core: number, layout: CoretimeLayout = "scheduler"): {
    readonly known: boolean; readonly assignments: readonly CoreAssignment[]; readonly endHint: number | undefined; readonly next: number | undefined; readonly under: StateRoot;
  } {
    const { known, assignments, ends, endHint, hasNext, next } = this.#engine.call(operations.coreSchedule, { ...this.#source, layout: layouts.indexOf(layout), block, core });
    return this.#tell({ known, assignments: assignments.map(assignment), endHint: ends ? endHint : undefined, next: hasNext ? next : undefined });
  }

  /** The relay block as of which a scheduled upgrade of a parachain may be applied. */
  upgradeAt(paraId: number): { readonly block: number | undefined; readonly under: StateRoot } {
    const { scheduled, expectedAt } = this.#engine.call(operations.upgradeSchedule, { ...this.#source, paraId });
    return this.#tell({ block: scheduled ? expectedAt : undefined });
  }

  /** What the relay chain tells a parachain of its next code. */
  upgradeSignal(paraId: number): { readonly signal: "none" | "abort" | "go-ahead"; readonly under: StateRoot } {
    const { signal } = this.#engine.call(operations.upgradeSignal, { ...this.#source, paraId });
    return this.#tell({ signal: signal === 0 ? "none" : signal === 1 ? "abort" : "go-ahead" });
  }

  /** Whether no further upgrade may be asked for now. */
  upgradeRestricted(paraId: number): { readonly restricted: boolean; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.upgradeRestricted, { ...this.#source, paraId }));
  }

  // --- the coretime chain's state ---

  /** A region: until which timeslice, whose, and for what price; undefined where it is proven that there is none. */
  region({ begin, core, mask }: RegionId): { readonly region: { readonly end: number; readonly owner: Uint8Array | undefined; readonly paid: bigint | undefined } | undefined; readonly under: StateRoot } {
    const { exists, end, hasOwner, owner, hasPaid, paid } = this.#engine.call(operations.region, { ...this.#source, begin, core, mask: toBytes(mask) });
    return this.#tell({ region: exists ? { end, owner: hasOwner ? owner : undefined, paid: hasPaid ? amount(paid) : undefined } : undefined });
  }

  #broker(now: boolean, timeslice: number, core: number): { readonly known: boolean; readonly items: readonly (CoreTask & { readonly mask: Uint8Array })[]; readonly under: StateRoot } {
    const { known, items } = this.#engine.call(operations.brokerSchedule, { ...this.#source, now, timeslice, core });
    return this.#tell({ known, items: items.map(({ mask, task, paraId }) => ({ ...coreTask(task, paraId), mask })) });
  }

  /** What a core is planned for from a timeslice on. */
  workplan(timeslice: number, core: number): ReturnType<Coretime["workload"]> {
    return this.#broker(false, timeslice, core);
  }

  /** What a core does now. */
  workload(core: number): { readonly known: boolean; readonly items: readonly (CoreTask & { readonly mask: Uint8Array })[]; readonly under: StateRoot } {
    return this.#broker(true, 0, core);
  }

  /** Leases from before coretime: which task keeps a core until which timeslice. */
  leases(): { readonly leases: readonly { readonly until: number; readonly task: number }[]; readonly under: StateRoot } {
    return this.#tell(this.#engine.call(operations.leases, this.#source));
  }
}
