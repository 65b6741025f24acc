// SPDX-License-Identifier: Apache-2.0
// The same suite in Chromium and Firefox, each on the main thread and in a Worker, in Node and in a thread of Node; and
// how long the first verdict takes in Chromium.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import * as lib from "mote-light-client";
import * as inline from "mote-light-client/inline";
import * as validation from "mote-light-client/validation";
import puppeteer from "puppeteer-core";
import { run } from "./browser/suite.mjs";
import { serve } from "./browser/server.mjs";

const chromiumFlags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const find = (...paths) => paths.find((path) => path !== undefined && existsSync(path));
const browsers = {
  chromium: { browser: "chrome", executablePath: find(process.env.CHROMIUM, "/usr/bin/chromium"), args: chromiumFlags },
  firefox: { browser: "firefox", executablePath: find(process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox") },
};

let server;
before(async () => (server = await serve()));
after(() => server.close());

function judge(results) {
  for (const { name, error } of results) console.log(`  ${error === undefined ? "holds" : "fails"}: ${name}`);
  assert.deepEqual(results.filter(({ error }) => error !== undefined), []);
  assert.ok(results.length >= 9);
}

for (const [name, options] of Object.entries(browsers)) {
  describe(name, { timeout: 240_000 }, () => {
    let browser;
    before(async () => {
      assert.ok(options.executablePath !== undefined, `${name} is not installed`);
      browser = await puppeteer.launch({ headless: true, protocolTimeout: 200_000, ...options });
    });
    after(() => browser?.close());

    const open = async () => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(server.base);
      return { page, close: () => context.close() };
    };

    test(`${name}, main thread`, async () => {
      const { page, close } = await open();
      judge(await page.evaluate(async (base) => {
        const { entries, run: all } = await import(`${base}test/suite.mjs`);
        return all(base, await entries(base));
      }, server.base));
      await close();
    });

    test(`${name}, Worker`, async () => {
      const { page, close } = await open();
      judge(await page.evaluate((base) => new Promise((resolve, reject) => {
        const worker = new globalThis.Worker(`${base}test/worker.mjs`, { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message ?? "the worker failed"));
        worker.postMessage(base);
      }), server.base));
      await close();
    });

    if (name !== "chromium") return;
    test("chromium: first verdict within 25 ms of the fetch", async () => {
      const times = [];
      for (let i = 0; i < 9; i++) {
        const { page, close } = await open(); // a fresh context: nothing cached
        times.push(await page.evaluate(async (base) => (await import(`${base}test/suite.mjs`)).firstVerdict(base), server.base));
        await close();
      }
      const middle = (field) => times.map((time) => time[field]).sort((a, b) => a - b)[times.length >> 1];
      const least = (field) => Math.min(...times.map((time) => time[field]));
      console.log(`  from the fetch of mote.wasm: median ${middle("fromModule").toFixed(1)} ms, least ${least("fromModule").toFixed(1)} ms; ` +
        `from the import of the bindings: median ${middle("fromBindings").toFixed(1)} ms`);
      // On a machine that does other things the median wanders; that it can be done at all does not.
      assert.ok(least("fromModule") <= 25, JSON.stringify(times));
    });
  });
}

test("Node, main thread", async () => judge(await run(server.base, { lib, inline, validation })));

test("Node, a thread", async () => {
  const thread = new Worker(new URL("./browser/thread.mjs", import.meta.url), { workerData: server.base });
  const [results] = await once(thread, "message");
  judge(results);
  await thread.terminate();
});
