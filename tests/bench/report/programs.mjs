// SPDX-License-Identifier: Apache-2.0
// Native programs, mote's and its peers', asked for their rounds by turns (../rounds.h).
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export class Program {
  #process;
  #lines;

  /** Its works: name -> whether it can run here. */
  works;

  static async start(path, ...words) {
    const program = new Program();
    program.#process = spawn(path, words, { stdio: ["pipe", "pipe", "inherit"] });
    program.#process.on("error", () => undefined); // the lines end, which is noticed
    program.#lines = createInterface({ input: program.#process.stdout })[Symbol.asyncIterator]();
    program.works = JSON.parse(await program.#line(path));
    return program;
  }

  async #line(what) {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${what}: the program ended`);
    return value;
  }

  /** Nanoseconds a unit of one round. */
  async round(name, n) {
    this.#process.stdin.write(n === undefined ? `${name}\n` : `${name} ${n}\n`);
    const [nanos, units] = (await this.#line(name)).split(" ").map(Number);
    return nanos / units;
  }

  stop() {
    this.#process.stdin.end();
  }
}

/** `entries`: name -> [program, work, n]. Gives name -> times of all rounds, or null where it cannot run here. */
export async function takeTurns(entries, rounds) {
  const times = {};
  for (const [name, [program, work]] of Object.entries(entries)) times[name] = program.works[work] ? [] : null;
  for (let round = 0; round < rounds; round++) {
    for (const [name, [program, work, n]] of Object.entries(entries)) {
      if (times[name] !== null) times[name].push(await program.round(work, n));
    }
  }
  return times;
}
