// SPDX-License-Identifier: Apache-2.0
import { statuses, type Blame, type StatusClass, type StatusEntry, type StatusName } from "./abi.gen.js";

const byCode = new Map<number, StatusEntry>(statuses.map((entry) => [entry.code, entry]));

/** An unknown code must never read as success. */
const unknown: StatusEntry = { code: -1, name: "internal", class: "internal", blame: "mote", text: "a status that is in no list" };

/** The entry of a status code. @internal */
export function statusOf(code: number): StatusEntry {
  return byCode.get(code) ?? unknown;
}

/** @internal */
export const statusNamed = (name: StatusName): StatusEntry => statuses.find((entry) => entry.name === name) ?? unknown;

/** Where in the caller's input a rule broke. */
export interface FaultPlace {
  /** Which argument: "justification", "header", "proof", ... */
  readonly input?: string;
  /** The byte in that argument (or in the stream). */
  readonly offset?: number;
  /** Which precommit, header, node, key or fragment, counted from 0. */
  readonly index?: number;
}

/**
 * Something was not verified. `status` says what, `class` what to do about it, `blame` whose doing it is; the list is in
 * docs/errors.md.
 */
export class MoteError extends Error {
  override readonly name = "MoteError";
  readonly status: StatusName;
  readonly class: StatusClass;
  readonly blame: Blame;
  readonly input: string | undefined;
  readonly offset: number | undefined;
  readonly index: number | undefined;

  constructor(entry: StatusEntry, place: FaultPlace = {}) {
    const where = [
      place.input === undefined ? "" : ` in ${place.input}`,
      place.offset === undefined ? "" : ` at byte ${place.offset}`,
      place.index === undefined ? "" : ` (item ${place.index})`,
    ].join("");
    super(`${entry.text}${where} [${entry.name}]`);
    this.status = entry.name;
    this.class = entry.class;
    this.blame = entry.blame;
    this.input = place.input;
    this.offset = place.offset;
    this.index = place.index;
  }
}

/** The module and these bindings were not made for each other. */
export class MoteVersionError extends Error {
  override readonly name = "MoteVersionError";
}
