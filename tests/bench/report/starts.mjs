// SPDX-License-Identifier: Apache-2.0
// What a start costs, a page or a process of its own each time, mote and smoldot by turns. As a program (start.mjs WHO SPEC): one of
// them in this process, its milliseconds on standard output.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";

import { smoldotBundle, vectors } from "./peers.mjs";

const ROOT = new URL("../../../", import.meta.url);
const checkpoint = () => JSON.parse(vectors("checkpoints/ksmcc3-mid-21973892.json"));

/** As chain specs are: what both start from. The genesis is known by its state root only. */
function spec() {
  const { id, lightSyncState } = checkpoint();
  return {
    name: "Kusama", id, chainType: "Live", bootNodes: [], telemetryEndpoints: null, protocolId: "ksmcc3", properties: {}, lightSyncState,
    genesis: { stateRootHash: "0xb0006203c3a6e6bd2c6a17b1d4ae8ca49a31da0f4579da950b127774b44aef6b" },
  };
}

/** Runs in a page and in Node: these stand for themselves. */
const WORKS = {
  mote: async (library, { lightSyncState, id }, wasm) => {
    const before = performance.now();
    const { Mote } = await import(library);
    const mote = await Mote.load(wasm === undefined ? {} : { wasm: fetch(wasm) });
    const trusted = mote.checkpointFromLightSyncState(lightSyncState, id);
    if (!(trusted.authorities > 0)) throw new Error("no authorities");
    return performance.now() - before;
  },
  smoldot: async (library, chainSpec) => {
    const before = performance.now();
    const { start } = await import(library);
    const client = start({ maxLogLevel: 1, forbidTcp: true, forbidWs: true, forbidWss: true, forbidWebRtc: true, forbidNonLocalWs: true });
    const chain = await client.addChain({ chainSpec: JSON.stringify(chainSpec) });
    chain.sendJsonRpc(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "chainSpec_v1_chainName", params: [] }));
    const { result } = JSON.parse(await chain.nextJsonRpcResponse());
    if (result !== "Kusama") throw new Error(`smoldot said ${result}`);
    const took = performance.now() - before;
    await client.terminate();
    return took;
  },
};

const firstVerdict = async ({ stateRoot, nodes, key }) => {
  const { Mote } = await import("/mote/index.js");
  const before = performance.now();
  const mote = await Mote.load({ wasm: fetch("/mote/mote.wasm") });
  mote.proof(mote.assumeStateRoot(stateRoot), nodes).read(key);
  return performance.now() - before;
};

const memory = async ({ sync, chain, header, nodes }) => {
  const { Mote } = await import("/mote/index.js");
  const mote = await Mote.load({ wasm: fetch("/mote/mote.wasm") });
  const trusted = mote.checkpointFromLightSyncState(sync, chain);
  const value = mote.proof(mote.assumeHeader(header).state, nodes).read("0x3a636f6465");
  return { bytes: mote.memoryBytes, title: `memory, ${trusted.authorities} authorities and a proof of ${value.value.length} bytes` };
};

/** A relay chain's authorities, and its code in a proof. */
function muchToKeep() {
  const code = JSON.parse(gunzipSync(vectors("local/relay.code-proof.json.gz")));
  const blocks = gunzipSync(vectors("local/relay.blocks.jsonl.gz")).toString().trim().split("\n").map((line) => JSON.parse(line));
  const { lightSyncState, id } = checkpoint();
  return { sync: lightSyncState, chain: id, header: blocks.find(({ number }) => number === code.number).header, nodes: code.proof };
}

async function serve() {
  const smoldot = await smoldotBundle();
  const types = { js: "text/javascript", wasm: "application/wasm" };
  const server = createServer((request, response) => {
    const name = request.url.slice(1).split("?")[0], file = new URL(`web/dist/${name.slice(5)}`, ROOT);
    const headers = { "content-type": types[name.split(".").pop()] ?? "text/html", "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
    if (name === "smoldot.js" && smoldot !== undefined) return response.writeHead(200, headers).end(smoldot);
    if (name.startsWith("mote/") && !name.includes("..") && existsSync(file)) return response.writeHead(200, headers).end(readFileSync(file));
    return response.writeHead(name === "" ? 200 : 404, headers).end(name === "" ? "<!doctype html><title>start</title>" : "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, hasSmoldot: smoldot !== undefined, url: `http://127.0.0.1:${server.address().port}/` };
}

/** { times: { start, mote, smoldot } in nanoseconds, memory } */
export async function startsInChromium(rounds) {
  const { chromium } = createRequire(new URL("demo/package.json", ROOT))("playwright-core");
  const { server, hasSmoldot, url } = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const inPage = async (work, ...given) => {
    const context = await browser.newContext(), page = await context.newPage();
    await page.goto(url);
    const result = await page.evaluate(`(${work})(...${JSON.stringify(given)})`);
    await context.close();
    return result;
  };
  const small = JSON.parse(vectors("proofs/papi-tries-9cbec18b.json"));
  const times = { start: [], mote: [], smoldot: hasSmoldot ? [] : undefined };
  for (let round = 0; round < rounds; round++) {
    times.start.push(1e6 * (await inPage(firstVerdict, { stateRoot: small.state_root, nodes: small.nodes, key: small.entries[0].key })));
    times.mote.push(1e6 * (await inPage(WORKS.mote, "/mote/index.js", spec(), "/mote/mote.wasm")));
    if (hasSmoldot) times.smoldot.push(1e6 * (await inPage(WORKS.smoldot, "/smoldot.js", spec())));
  }
  const kept = await inPage(memory, muchToKeep());
  await browser.close();
  server.close();
  return { times, memory: kept };
}

const LIBRARIES = {
  mote: () => new URL("web/dist/index.js", ROOT).href,
  smoldot: () => createRequire(new URL("tests/bench/live/package.json", ROOT)).resolve("smoldot"),
};

export async function startsInNode(rounds) {
  const once = (who) => 1e6 * Number(execFileSync(process.execPath, [new URL(import.meta.url).pathname, who], { encoding: "utf8" }));
  const times = { mote: [], smoldot: [] };
  try {
    LIBRARIES.smoldot();
  } catch {
    delete times.smoldot;
  }
  for (let round = 0; round < rounds; round++) for (const who of Object.keys(times)) times[who].push(once(who));
  return times;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [who] = process.argv.slice(2);
  console.log(await WORKS[who](LIBRARIES[who](), spec()));
  process.exit(0);
}
