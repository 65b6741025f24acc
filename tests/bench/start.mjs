// SPDX-License-Identifier: Apache-2.0
// What a page pays: bytes over the wire, milliseconds from the fetch of mote.wasm to the first verdict (one key of a
// storage proof, main thread, headless Chromium, a new page each time, warm server), and memory for a set of a thousand
// authorities and a proof of more than a mebibyte. Prints a table; ends with 1 where a goal is missed.
// usage: node start.mjs [ROUNDS]     (needs web/dist and the demo's npm packages)
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { brotliCompressSync, constants, gunzipSync, gzipSync } from "node:zlib";

const root = new URL("../../", import.meta.url);
const { chromium } = createRequire(new URL("demo/package.json", root))("playwright-core");
const read = (path) => readFileSync(new URL(path, root));
const rounds = Number(process.argv[2] ?? 21);

const wasm = read("web/dist/mote.wasm");
const small = JSON.parse(read("tests/vectors/proofs/papi-tries-9cbec18b.json"));
const checkpoint = JSON.parse(read("tests/vectors/checkpoints/ksmcc3-mid-21973892.json"));
const code = JSON.parse(gunzipSync(read("tests/vectors/local/relay.code-proof.json.gz")));
const blocks = gunzipSync(read("tests/vectors/local/relay.blocks.jsonl.gz")).toString().trim().split("\n").map((line) => JSON.parse(line));

const files = {
    "/": ["text/html", "<!doctype html><title>start</title>"],
    "/index.js": ["text/javascript", read("web/dist/index.js")],
    "/mote.wasm": ["application/wasm", wasm],
};
const server = createServer((request, response) => {
    const [type, content] = files[request.url] ?? ["text/plain", ""];
    response.writeHead(200, { "content-type": type, "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" });
    response.end(content);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function inPage(work, argument) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    const result = await page.evaluate(work, argument);
    await context.close();
    return result;
}

const firstVerdict = async ({ stateRoot, nodes, key }) => {
    const { Mote } = await import("/index.js");
    const before = performance.now();
    const mote = await Mote.load({ wasm: fetch("/mote.wasm") });
    const value = mote.proof(mote.assumeStateRoot(stateRoot), nodes).read(key);
    return { ms: performance.now() - before, kind: value.kind };
};

const memory = async ({ sync, chain, header, nodes }) => {
    const { Mote } = await import("/index.js");
    const mote = await Mote.load({ wasm: fetch("/mote.wasm") });
    const trusted = mote.checkpointFromLightSyncState(sync, chain);
    const value = mote.proof(mote.assumeHeader(header).state, nodes).read("0x3a636f6465");
    return { bytes: mote.memoryBytes, voters: trusted.authorities, value: value.value.length };
};

const times = [];
for (let round = 0; round < rounds; round++) {
    times.push((await inPage(firstVerdict, { stateRoot: small.state_root, nodes: small.nodes, key: small.entries[0].key })).ms);
}
times.sort((a, b) => a - b);
const header = blocks.find(({ number }) => number === code.number).header;
const used = await inPage(memory, { sync: checkpoint.lightSyncState, chain: checkpoint.id, header, nodes: code.proof });
await browser.close();
server.close();

const brotli = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const rows = [
    ["mote.wasm, bytes", wasm.length, ""],
    ["mote.wasm, gzip -9", gzipSync(wasm, { level: 9 }).length, ""],
    ["mote.wasm, brotli -11", brotli, brotli <= 80 * 1024 ? "at most 81920: met" : "at most 81920: MISSED"],
    ["fetch to first verdict, ms (median)", times[rounds >> 1].toFixed(1), times[rounds >> 1] <= 25 ? "at most 25: met" : "at most 25: MISSED"],
    [`memory, ${used.voters} authorities and a proof of ${used.value} bytes`, used.bytes, used.bytes <= 8 << 20 ? "at most 8388608: met" : "at most 8388608: MISSED"],
];
console.log("| what | | goal |\n|---|---:|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
process.exit(rows.some(([, , goal]) => goal.endsWith("MISSED")) ? 1 : 0);
