// SPDX-License-Identifier: Apache-2.0
// The live client's figures, in one table: from the start of a client to the first verified balance of a parachain, mote and smoldot
// on the same network, in the same run, by turns, in Node (a process each) and Chromium (a page each); then what mote takes of
// memory, and what a night's sleep costs, on made-up networks. Ends with 1 where a goal is missed.
//   MOTE_TEST_NODE=ws://...[,ws://...] MOTE_TEST_PARA=2000=ws://... node run.mjs [--rounds N] [--write [FILE]]   (npm install here first)
// --write [FILE]: the table goes into docs/benchmarks.md, or that file. MOTE_BENCH_SERVE: live_serve_many (tests/live); without it there is no made-up network.
import { fork } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "./browser.mjs";
import { call, plan } from "./plan.mjs";
import { memory, night } from "./world.mjs";

const { MOTE_TEST_NODE = "", MOTE_TEST_PARA = "", MOTE_BENCH_SERVE } = process.env;
const words = process.argv.slice(2);
const rounds = Number(words[words.indexOf("--rounds") + 1] ?? 5) || 5;
const isNamed = /^wss?:/.test(MOTE_TEST_NODE) && MOTE_TEST_PARA !== "";
if (!isNamed) console.log("left out: MOTE_TEST_NODE and MOTE_TEST_PARA name no network");
const [id, para] = [Number(MOTE_TEST_PARA.split("=", 1)[0]), MOTE_TEST_PARA.split(",")[0].replace(/^\d+=/, "")];
/** System::Account of a development account that the network begins with. */
const key = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const kinds = {
  genesis: "genesis, the leanest each takes", raw: "genesis, the same raw spec", lean: "light sync state", kept: "saved state",
};
const goals = { genesis: 10, raw: 1, lean: 10, kept: 1 };

function inNode(who, given, kind, kept) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("child.mjs", import.meta.url), { serialization: "advanced", stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const timer = setTimeout(() => (child.kill(), reject(new Error(`${who}, ${kind}: nothing within 60 s`))), 60_000);
    child.once("message", ({ result, error }) => (clearTimeout(timer), error === undefined ? resolve(result) : reject(new Error(error))));
    child.send({ who, given, kind, kept });
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const lines = [];
const line = (cells) => (lines.push(`| ${cells.join(" | ")} |`), console.log(lines.at(-1)));
let missed = 0;

/** Both clients by turns, so that what else the machine does is shared alike. Who is only one of them runs alone. */
async function race(once, { meters, mote, smoldot }, thread, only = Object.keys(kinds), others = {}) {
  const head = async () => Number((await call(para, "chain_getHeader", await call(para, "chain_getFinalizedHead"))).number);
  const sum = (field) => meters.reduce((total, { count }) => total + count[field], 0);
  const found = { ...others }, kept = {};
  for (const kind of only) {
    for (let round = 0; round < rounds; round++) {
      for (const [who, given] of [["mote", mote], ["smoldot", smoldot]]) {
        // It takes nothing leaner than the raw spec there.
        if (who === "smoldot" && (kind === "genesis" || others["smoldot lean"] !== undefined)) continue;
        for (const { reset } of meters) reset();
        const list = (found[`${who} ${kind}`] ??= []);
        try {
          const result = await once(who, { ...given, key, thread, atLeast: await head() - 3 }, kind, kind === "kept" ? kept[who] : undefined);
          if (kind === "lean") kept[who] ??= result.kept;
          list.push({ ms: result.ms, bytes: sum("in") + sum("out"), requests: result.requests });
        } catch (error) {
          list.failed = error.message;
        }
      }
    }
  }
  found["smoldot genesis"] ??= found["smoldot raw"];
  return found;
}

function tell(place, found, only = Object.keys(kinds)) {
  for (const [kind, title] of Object.entries(kinds).filter(([name]) => only.includes(name))) {
    const [ours, theirs] = ["mote", "smoldot"].map((who) => found[`${who} ${kind}`]);
    const of = (list, field) => (list.length === 0 ? Number.NaN : median(list.map((one) => one[field])));
    const times = of(theirs, "ms") / of(ours, "ms");
    const kib = (list) => (of(list, "bytes") / 1024).toFixed(0);
    const ms = (list) => (list.length === 0 ? `failed: ${list.failed}` : of(list, "ms").toFixed(0));
    line([`${place}: ${title}`, ms(ours), ms(theirs), `${times.toFixed(1)}x`, of(ours, "requests"), kib(ours), kib(theirs)]);
    if (ours.length < rounds || !(times >= goals[kind])) missed++;
  }
}

const browser = await chromium();
if (isNamed) {
  const planned = await plan({ relays: MOTE_TEST_NODE.split(","), para, paraId: id });
  line(["from the start of the client to a parachain's balance", "mote, ms", "smoldot 3.4.1, ms", "", "mote's requests", "mote, KiB", "smoldot, KiB"]);
  line(["---", "---:", "---:", "---:", "---:", "---:", "---:"]);
  tell("Node", await race(inNode, planned));
  const inPages = await race(browser.once, planned, "here");
  tell("Chromium, on the page's thread", inPages);
  const others = Object.fromEntries(Object.entries(inPages).filter(([name]) => name.startsWith("smoldot")));
  tell("Chromium, mote in its SharedWorker", await race(browser.once, planned, "shared", ["lean", "kept"], others), ["lean", "kept"]);
  for (const { close } of planned.meters) close();
}
if (MOTE_BENCH_SERVE !== undefined) {
  lines.push("");
  line(["made-up networks, Chromium", ""]);
  line(["---", "---:"]);
  for (const rows of [memory, night]) {
    for await (const [title, value, isMissed] of rows(MOTE_BENCH_SERVE, browser)) {
      line([title, value]);
      if (isMissed) missed++;
    }
  }
} else {
  console.log("left out: MOTE_BENCH_SERVE names no server of made-up networks");
}
await browser.close();

const module = new URL("../../../web/dist/mote-live.wasm", import.meta.url);
const packed = brotliCompressSync(readFileSync(module), { params: { [constants.BROTLI_PARAM_SIZE_HINT]: statSync(module).size } }).length;
line(["live module, brotli", `${(packed / 1024).toFixed(0)} KiB`]);
if (packed > 160 * 1024) missed++;

if (words.includes("--write")) {
  const named = words[words.indexOf("--write") + 1];
  const file = named === undefined || named.startsWith("--") ? new URL("../../../docs/benchmarks.md", import.meta.url) : named, marks = ["<!-- live -->", "<!-- /live -->"];
  const text = readFileSync(file, "utf8"), [from, to] = [text.indexOf(marks[0]) + marks[0].length, text.indexOf(marks[1])];
  if (to < 0) throw new Error("the report has no place for the live client's figures");
  writeFileSync(file, `${text.slice(0, from)}\n${lines.join("\n")}\n${text.slice(to)}`);
}
process.exit(missed === 0 ? 0 : 1);
