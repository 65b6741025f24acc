// SPDX-License-Identifier: Apache-2.0
// The same measurements in headless Chromium: each start in a page of its own with nothing kept, but for starts from saved state,
// whose page has been there before. Both libraries are bundled alike, as pages ship them (a worker is a file of its own), and lie on
// the same server, which sends the same headers for both.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const web = createRequire(new URL("../../../web/package.json", import.meta.url));
const { default: puppeteer } = await import(web.resolve("puppeteer-core"));
const { build } = await import(web.resolve("esbuild"));
const here = (path) => new URL(path, import.meta.url).pathname;

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium"].find((path) => path !== undefined && existsSync(path));
const args = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--enable-blink-features=ForceEagerMeasureMemory",
];
const types = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm", html: "text/html" };

/** An entry and what it imports, in one file. */
async function bundle(entry) {
  const { outputFiles: [{ contents }] } = await build({ entryPoints: [entry], bundle: true, format: "esm", minify: true, write: false, logLevel: "error" });
  return contents;
}
const smoldot = web.resolve("smoldot", { paths: [here(".")] }).replace(/cjs.index-nodejs/, "mjs/index-browser");

/** Files by their first folder. Cross-origin isolated, so that memory can be measured. */
async function listen(files) {
  const server = createServer(async (request, response) => {
    const path = request.url.slice(1).split("?")[0];
    const headers = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp", "content-type": types[path.split(".").pop()] ?? "text/html", "cache-control": "max-age=600" };
    try {
      const body = path === "" ? "<!doctype html><meta charset=utf-8><title>bench</title>" : files[path] ?? await readFile(path.startsWith("mote/") ? here(`../../../web/dist/${path.slice(5)}`) : here(path));
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** { once(who, given, kind, kept), page(clock), close() } */
export async function chromium() {
  const mote = (name) => bundle(here(`../../../web/dist/${name}.js`));
  const server = await listen({ "smoldot/index.js": await bundle(smoldot), "mote/live.js": await mote("live"), "mote/live-worker.js": await mote("live-worker") });
  const base = `http://127.0.0.1:${server.address().port}/`;
  const browser = await puppeteer.launch({ headless: true, executablePath, args, protocolTimeout: 180_000 });
  /** Profiles that have been there, by client. */
  const known = new Map();

  async function visit(context, who, given, kind, kept) {
    const page = await context.newPage();
    await page.goto(base);
    const result = await page.evaluate(async (from, name, ...rest) => {
      const { measure } = await import(`${from}${name}.mjs`);
      return measure(...rest, () => import(`${from}${name}/${name === "mote" ? "live" : "index"}.js`));
    }, base, who, given, kind, kept);
    await page.close();
    return result;
  }
  async function once(who, given, kind, kept) {
    const context = kind === "kept" ? known.get(who) : await browser.createBrowserContext();
    const result = await visit(context, who, { ...given, inBrowser: true }, kind, kept);
    if (kind === "lean" && known.get(who) === undefined) known.set(who, context);
    else if (kind !== "kept") await context.close();
    return result;
  }
  /** A page whose clock stands at `now`, Unix milliseconds, and goes on. */
  async function page(now) {
    const context = await browser.createBrowserContext();
    const made = await context.newPage();
    await made.evaluateOnNewDocument((start) => {
      const real = Date.now.bind(Date), ahead = start - real();
      Date.now = () => real() + ahead;
    }, now);
    await made.goto(base);
    return made;
  }
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { once, page, base, close };
}
