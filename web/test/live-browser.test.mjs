// SPDX-License-Identifier: Apache-2.0
// The live client in Chromium: in a Worker, on the page's thread, shared between tabs by a SharedWorker and by a lock, against
// nodes that answer what was recorded.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import { serve } from "./browser/server.mjs";
import { ParaNode, RelayNode, genesisCheckpoint, relayHeaders, steps } from "./live-node.mjs";

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium"].find((path) => path !== undefined && existsSync(path));
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const chain = Buffer.from(genesisCheckpoint()).toString("hex");

describe("live, chromium", { timeout: 120_000 }, () => {
  let server, browser, relay, para;
  before(async () => {
    server = await serve();
    browser = await puppeteer.launch({ headless: true, executablePath, args, protocolTimeout: 60_000 });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function nodes() {
    relay = await new RelayNode("none").listen();
    para = await new ParaNode("none").listen();
  }
  const closeNodes = () => Promise.all([relay.close(), para.close()]);

  async function open(context, prepare) {
    const page = await context.newPage();
    if (prepare !== undefined) await page.evaluateOnNewDocument(prepare);
    await page.goto(server.base);
    return page;
  }

  /** What each page does; the client stays in `window.client`. */
  const start = (page, options) => page.evaluate(async (base, hex, sources, paraUrl, address, given) => {
    const { createClient } = await import(`${base}dist/live.js`);
    const bytes = Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
    const from = performance.now();
    const client = (globalThis.client = await createClient({ chain: bytes, sources, ...given }));
    const parachain = client.parachain(2000, { sources: [paraUrl] });
    const account = await parachain.account(address, { timeout: 10_000 });
    const time = performance.now() - from;
    for await (const head of client.finalized) {
      const status = await client.status();
      const bundle = await account.bundle();
      return {
        thread: client.thread, inside: status.thread, head: head.number, layout: account.record.layout, free: String(account.record.free), time,
        bundle: bundle.length, sources: status.relay.sources.length, handovers: status.relay.handovers, frozen: status.memoryBytes,
      };
    }
  }, server.base, chain, [relay.url], para.url, alice, options);
  const close = (page) => page.evaluate(() => globalThis.client.close());
  const nextHead = (page, number) => page.evaluate(async (wanted) => {
    for await (const head of globalThis.client.finalized) if (head.number === wanted) return head.number;
  }, number);

  for (const thread of ["worker", "here"]) {
    test(`${thread}: from genesis to a parachain's account; the next head`, async () => {
      await nodes();
      const context = await browser.createBrowserContext();
      const page = await open(context);
      const found = await start(page, { thread });
      console.log(`  ${thread}: ${found.time.toFixed(0)} ms to the account`);
      assert.equal(found.thread, thread);
      assert.equal(found.inside, thread);
      assert.equal(found.head, steps[0].number);
      assert.equal(found.layout, "flagged");
      assert.ok(found.bundle > 1000);
      assert.equal(found.handovers, 5);
      relay.advance();
      assert.equal(await nextHead(page, steps[1].number), steps[1].number);
      await close(page);
      await context.close();
      await closeNodes();
    });
  }

  test("IndexedDB: a reload goes on where it was", async () => {
    await nodes();
    const context = await browser.createBrowserContext();
    const page = await open(context);
    assert.equal((await start(page, { thread: "worker" })).handovers, 5);
    relay.advance();
    await nextHead(page, steps[1].number);
    await page.evaluate(() => globalThis.client.save());
    await page.reload();
    const again = await start(page, { thread: "worker" });
    assert.equal(again.handovers, 0);
    assert.equal(again.head, steps[1].number);
    assert.ok(again.bundle > 1000);
    await close(page);
    await context.close();
    await closeNodes();
  });

  test("tabs share one engine, and one connection to each source", async () => {
    await nodes();
    const context = await browser.createBrowserContext();
    const [one, two] = [await open(context), await open(context)];
    const [first, second] = [await start(one, {}), await start(two, {})];
    assert.deepEqual([first.thread, second.thread], ["shared", "shared"]);
    assert.equal(relay.connections, 1);
    assert.equal(second.head, first.head);
    await close(one);
    relay.advance();
    assert.equal(await nextHead(two, steps[1].number), steps[1].number);
    await close(two);
    await context.close();
    await closeNodes();
  });

  test("without SharedWorker, by a lock: the other tab goes on when the first one is gone", async () => {
    await nodes();
    const context = await browser.createBrowserContext();
    const without = () => delete globalThis.SharedWorker;
    const [one, two] = [await open(context, without), await open(context, without)];
    const [first, second] = [await start(one, {}), await start(two, {})];
    assert.deepEqual([first.thread, second.thread, first.inside], ["shared", "shared", "worker"]);
    assert.equal(relay.connections, 1);
    const waiting = nextHead(two, steps[2].number);
    await one.close();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    relay.advance();
    relay.advance();
    assert.equal(await waiting, steps[2].number);
    assert.equal(relay.connections, 2);
    await close(two);
    await context.close();
    await closeNodes();
  });

  test("where a Worker cannot be had, the calling thread does", async () => {
    await nodes();
    const context = await browser.createBrowserContext();
    const page = await open(context, () => {
      delete globalThis.SharedWorker;
      delete globalThis.Worker;
    });
    assert.equal((await start(page, {})).thread, "here");
    await close(page);
    await context.close();
    await closeNodes();
  });

  test("online again: connections are opened anew at once", async () => {
    await nodes();
    const context = await browser.createBrowserContext();
    const page = await open(context);
    await start(page, { thread: "worker" });
    assert.equal(relay.connections, 1);
    await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
    relay.advance();
    assert.equal(await nextHead(page, steps[1].number), relayHeaders[steps[1].number].number);
    assert.equal(relay.connections, 2);
    await close(page);
    await context.close();
    await closeNodes();
  });
});
