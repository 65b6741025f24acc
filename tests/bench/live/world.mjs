// SPDX-License-Identifier: Apache-2.0
// Made-up networks (tests/live) in a page of Chromium: memory with so many parachains, and what catching up after a night costs.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

async function serve(program, ...options) {
  const child = spawn(program, [mkdtempSync(join(tmpdir(), "mote-bench-")), ...options.map(String)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const about = JSON.parse((await lines.next()).value);
  return { ...about, checkpoint: [...readFileSync(about.checkpoint)], close: () => child.stdin.end() };
}

const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Rows: what, how much, and whether that is too much. */
export async function* memory(program, browser) {
  const most = 50;
  const world = await serve(program, "--history", 100, "--paras", most, "--relay", "honest", ...Array.from({ length: most }, (_, i) => ["--para", i, "honest"]).flat());
  for (const count of [0, 1, 10, most]) {
    const page = await browser.page(world.now * 1000);
    const { bytes, wasm, used } = await page.evaluate(async (base, { checkpoint, relay, paras }, parachains) => {
      const { createClient } = await import(`${base}mote/live.js`);
      const client = await createClient({ chain: Uint8Array.from(checkpoint), sources: relay, storage: "memory", thread: "here", acceptExpired: true, limits: { parachains: Math.max(32, parachains), sources: 1 + Math.max(15, parachains) } });
      for await (const _ of client.finalized) break;
      for (const { id, url } of paras.slice(0, parachains)) for await (const _ of client.parachain(id, { sources: [url] }).finalized) break;
      const { memoryBytes, mostUsed } = await client.status();
      const { bytes: all } = await performance.measureUserAgentSpecificMemory();
      return { bytes: all, wasm: memoryBytes, used: mostUsed };
    }, browser.base, world, count);
    await page.browserContext().close();
    yield [`a page with a relay chain and ${count} parachains: JavaScript; WebAssembly memory; what the engine ever used of it`, `${mib(bytes)}; ${mib(wasm)}; ${mib(used)}`, false];
  }
  world.close();
}

/** Eight hours at the pace of Kusama (sessions of an hour) and of Polkadot (four hours), sets of their sizes. */
export async function* night(program, browser) {
  for (const [name, authorities, session] of [["Kusama", 700, 600], ["Polkadot", 600, 2400]]) {
    const from = session + 10;
    const world = await serve(program, "--history", from + 4800, "--from", from, "--authorities", authorities, "--session", session, "--relay", "honest", "--relay", "honest");
    const page = await browser.page(world.now * 1000);
    const before = await page.metrics();
    const { ms, handovers, number } = await page.evaluate(async (base, { checkpoint, relay }) => {
      const began = performance.now();
      const { createClient } = await import(`${base}mote/live.js`);
      const client = await createClient({ chain: Uint8Array.from(checkpoint), sources: relay, storage: "memory", thread: "here", acceptExpired: true });
      for await (const head of client.finalized) {
        const { relay: { phase, handovers: over } } = await client.status();
        if (phase === "current") return { ms: performance.now() - began, handovers: over, number: head.number };
      }
    }, browser.base, world);
    const work = (await page.metrics()).TaskDuration - before.TaskDuration;
    await page.browserContext().close();
    world.close();
    yield [`catching up with eight hours at ${name}'s pace: ${handovers} hand-overs of ${authorities} authorities, up to block ${number - from} further on`, `${work.toFixed(2)} s of work, done in ${(ms / 1000).toFixed(2)} s`, !(work < 2)];
  }
}
