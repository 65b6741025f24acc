// SPDX-License-Identifier: Apache-2.0
/**
 * What a full node judges besides, all of it under one name: {@link Authorship}, {@link Beefy} and {@link States} beside a
 * light client. Who needs a part imports that part: each is a module of its own.
 *
 * @example
 * ```ts
 * const validator = await Validator.load();
 * const { header } = validator.mote.verifyJustification({ checkpoint, justification, header: headerBytes });
 * const range = validator.beefyRootOf(header, headerBytes);
 * const [leaf] = validator.beefyLeaves(range, { leaves, proof });
 * const older = validator.beefyHeader(leaf, olderHeaderBytes); // final, in one step
 * ```
 *
 * @packageDocumentation
 */
import { Authorship } from "./authorship.js";
import { Beefy } from "./beefy.js";
import { Mote, type LoadOptions, type ModuleOptions } from "./index.js";
import { States } from "./state.js";

export { Authorship, Beefy, States };
export type * from "./authorship.js";
export type * from "./beefy.js";
export type * from "./state.js";

/** How a validator is made: as a light client is, and where its other modules are. */
export interface ValidatorOptions extends LoadOptions {
  readonly authorship?: ModuleOptions;
  readonly beefy?: ModuleOptions;
  readonly states?: ModuleOptions;
}

type CallsOf<Part extends { readonly memoryBytes: number }> = Omit<Part, "memoryBytes">;
const parts = { authorship: Authorship, beefy: Beefy, states: States } as const;

/** All that its parts do, in a light client's company. */
export interface Validator extends CallsOf<Authorship>, CallsOf<Beefy>, CallsOf<States> {}

/** All that its parts do, in a light client's company. What is not verified throws a `MoteError`. */
export class Validator {
  /** The light client: it takes the evidence of the others, and they its. */
  readonly mote: Mote;
  readonly authorship: Authorship;
  readonly beefy: Beefy;
  readonly states: States;

  private constructor(mote: Mote, authorship: Authorship, beefy: Beefy, states: States) {
    this.mote = mote;
    this.authorship = authorship;
    this.beefy = beefy;
    this.states = states;
  }

  /** Compiles and starts an instance of each module; the defaults are beside this file. */
  static async load(options: ValidatorOptions = {}): Promise<Validator> {
    const light = Mote.load(options);
    const beside = async <Part>(part: { load(mote: Mote, options?: ModuleOptions): Promise<Part> }, of?: ModuleOptions): Promise<Part> => part.load(await light, of);
    return new Validator(...await Promise.all([light, Authorship.load(options.authorship), beside(Beefy, options.beefy), beside(States, options.states)]));
  }

  /** Bytes of WebAssembly memory in use, of all instances. */
  get memoryBytes(): number {
    return [this.mote, this.authorship, this.beefy, this.states].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  }

  // The parts' methods, each called on its part.
  static {
    for (const [name, { prototype }] of Object.entries(parts)) {
      for (const [method, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
        if (typeof value !== "function" || method === "constructor") continue;
        const call = function (this: Validator, ...given: unknown[]): unknown {
          return Reflect.apply(value, this[name as keyof typeof parts], given);
        };
        Object.defineProperty(Validator.prototype, method, { value: call, writable: true, configurable: true });
      }
    }
  }
}
