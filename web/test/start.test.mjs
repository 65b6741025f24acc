// SPDX-License-Identifier: Apache-2.0
// How a page in Chromium comes by the modules: each when it is wanted and not before, compiled while it comes in.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { serve } from "./browser/server.mjs";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const chromium = [process.env.CHROMIUM, "/usr/bin/chromium"].find((path) => path !== undefined && existsSync(path));
const wasm = readFileSync(new URL("../dist/mote-simd.wasm", import.meta.url));

let server, browser, slow;
before(async () => {
  assert.ok(chromium !== undefined, "Chromium is not installed");
  server = await serve();
  slow = await slowly();
  browser = await puppeteer.launch({ headless: true, executablePath: chromium, args: flags });
});
after(async () => {
  await browser?.close();
  slow?.close();
  await server?.close();
});

/**
 * /TYPE has mote.wasm as of that type. Its second half comes once /go was asked for; what had been seen of it then, the page
 * has to know by itself.
 */
async function slowly() {
  let release;
  const http = createServer(async (request, response) => {
    const open = { "access-control-allow-origin": "*", "cache-control": "no-store" };
    if (request.url === "/go") {
      release?.();
      return response.writeHead(204, open).end();
    }
    const waits = request.url.startsWith("/waits/");
    const type = decodeURIComponent(request.url.split("/").at(-1));
    response.writeHead(200, { ...open, ...(type === "none" ? {} : { "content-type": type }) });
    if (!waits) return response.end(wasm);
    const released = new Promise((resolve) => (release = resolve));
    response.write(wasm.subarray(0, wasm.length >> 1));
    await released;
    response.end(wasm.subarray(wasm.length >> 1));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return { base: `http://127.0.0.1:${http.address().port}`, close: () => { http.close(); http.closeAllConnections(); } };
}

/** A page that has loaded nothing, and the names of what it asks for from now on. */
async function fresh() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(server.base);
  const asked = [];
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/").at(-1);
    if (/\.(js|wasm)$/.test(name)) asked.push(name);
  });
  return { page, asked: () => asked.splice(0).sort(), close: () => context.close() };
}

test("a page fetches the module of what it does, and no other", { timeout: 60_000 }, async () => {
  const { page, asked, close } = await fresh();
  await page.evaluate(async (base) => {
    const get = async (path) => new Uint8Array(await (await fetch(new URL(path, base))).arrayBuffer());
    const { Mote } = await import(`${base}dist/index.js`);
    globalThis.mote = await Mote.load();
    const authorities = await get("vectors/grandpa/authority-sets/kusama-set1101.bin");
    const justification = await get("vectors/grandpa/kusama-2857472.justification.bin");
    if (mote.verifyJustification({ authorities, setId: 1101, justification }).block.number !== 2857472) throw new Error("block");
    const { state_root: root, nodes, entries: [{ key }] } = JSON.parse(new TextDecoder().decode(await get("vectors/proofs/rococo-1758254-parahead-basilisk-2090.json")));
    if (mote.proof(mote.assumeStateRoot(root), nodes).read(key).kind !== "value") throw new Error("value");
  }, server.base);
  assert.deepEqual(asked(), ["index.js", "mote-simd.wasm"]);

  for (const [entry, name, takesMote] of [["beefy", "Beefy", true], ["state", "States", true], ["authorship", "Authorship", false]]) {
    await page.evaluate(async (base, entry) => void (await import(`${base}dist/${entry}.js`)), server.base, entry);
    assert.deepEqual(asked(), [`${entry}.js`], "the entry alone fetches no module");
    const bytes = await page.evaluate(async (base, entry, name, takesMote) => {
      const part = (await import(`${base}dist/${entry}.js`))[name];
      return (await (takesMote ? part.load(globalThis.mote) : part.load())).memoryBytes;
    }, server.base, entry, name, takesMote);
    assert.deepEqual(asked(), [entry === "beefy" ? "mote-beefy.wasm" : `mote-${entry}-simd.wasm`]);
    assert.ok(bytes > 0);
  }
  for (const entry of ["validation", "live"]) {
    await page.evaluate(async (base, entry) => void (await import(`${base}dist/${entry}.js`)), server.base, entry);
    assert.deepEqual(asked(), [`${entry}.js`]);
  }
  await close();
});

test("a page that judges authors only does without mote.wasm", { timeout: 60_000 }, async () => {
  const { page, asked, close } = await fresh();
  await page.evaluate(async (base) => (await (await import(`${base}dist/authorship.js`)).Authorship.load()).memoryBytes, server.base);
  assert.deepEqual(asked(), ["authorship.js", "index.js", "mote-authorship-simd.wasm"]);
  await close();
});

test("a page of an engine without vectors gets the modules without them", { timeout: 60_000 }, async () => {
  const { page, asked, close } = await fresh();
  await page.evaluate(async (base) => {
    WebAssembly.validate = () => false;
    await (await import(`${base}dist/index.js`)).Mote.load();
    await (await import(`${base}dist/authorship.js`)).Authorship.load();
  }, server.base);
  assert.deepEqual(asked(), ["authorship.js", "index.js", "mote-authorship.wasm", "mote.wasm"]);
  await close();
});

/** Loads from `url`; which ways of compiling were taken, and whether it works. The rest comes once compiling has begun. */
const loading = async (base, url, go) => {
  const { Mote } = await import(`${base}dist/index.js`);
  const taken = [];
  for (const way of ["compile", "compileStreaming"]) {
    const original = WebAssembly[way];
    WebAssembly[way] = (...given) => {
      taken.push(way);
      const compiled = original.apply(WebAssembly, given);
      if (go !== undefined) void fetch(go);
      return compiled;
    };
  }
  const mote = await Mote.load({ wasm: fetch(url) });
  return { taken, twox: Array.from(mote.twox64("0x00")).length };
};

test("compiled while it comes in: compiling begins when half of the module is there", { timeout: 60_000 }, async () => {
  const { page, close } = await fresh();
  const seen = await page.evaluate(loading, server.base, `${slow.base}/waits/${encodeURIComponent("application/wasm")}`, `${slow.base}/go`);
  assert.deepEqual(seen, { taken: ["compileStreaming"], twox: 8 });
  await close();
});

test("of whatever type it is: where the browser would not stream it, it is compiled all the same", { timeout: 60_000 }, async () => {
  const types = { "application/wasm": "compileStreaming", "Application/Wasm": "compileStreaming", "application/wasm; charset=utf-8": "compile", "application/octet-stream": "compile", "text/html": "compile", none: "compile" };
  for (const [type, way] of Object.entries(types)) {
    const { page, close } = await fresh();
    assert.deepEqual(await page.evaluate(loading, server.base, `${slow.base}/${encodeURIComponent(type)}`), { taken: [way], twox: 8 }, type);
    await close();
  }
});

test("a browser that cannot stream compiles the whole", { timeout: 60_000 }, async () => {
  const { page, close } = await fresh();
  await page.evaluate(() => delete WebAssembly.compileStreaming);
  const works = await page.evaluate(async (base) => (await (await import(`${base}dist/index.js`)).Mote.load()).twox64("0x00").length, server.base);
  assert.equal(works, 8);
  await close();
});
