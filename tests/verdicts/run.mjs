// SPDX-License-Identifier: Apache-2.0
// The same cases through mote.wasm and through the same boundary compiled natively: the same verdict log, or it fails.
//   node tests/verdicts/run.mjs [WASM NATIVE] [--logs FOLDER]      defaults: of the builds "wasm" and "release"
//   node tests/verdicts/run.mjs --alone NATIVE                     nothing to compare: for builds with sanitizers
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";
import { NativeHost, WasmHost } from "./hosts.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { logs: { type: "string" }, alone: { type: "string" } } });
const [wasm = at("build/wasm/mote.wasm"), native = at("build/release/tests/verdicts/verdicts_native")] = positionals;

const digest = (text) => createHash("sha256").update(text).digest("hex");
const times = process.env.MOTE_TEST_EFFORT === "long" ? 8 : 1;

async function main() {
  if (values.alone !== undefined) return alone(values.alone);
  const hosts = [await WasmHost.open(wasm), await NativeHost.open(native)];
  const logs = [[], []];
  let passed = 0, failed = 0, verdicts = 0, accepted = 0;
  for (const [name, run] of cases(times)) {
    const [a, b] = [await run(hosts[0]), await run(hosts[1])];
    logs[0].push(`## ${name}`, ...a);
    logs[1].push(`## ${name}`, ...b);
    verdicts += a.length;
    accepted += a.filter((line) => line.includes('"status":0')).length;
    if (digest(a.join("\n")) === digest(b.join("\n"))) {
      passed++;
      continue;
    }
    failed++;
    const differs = a.findIndex((line, i) => line !== b[i]);
    console.log(`not the same: ${name}\n  wasm:   ${a[differs]?.slice(0, 400)}\n  native: ${b[differs]?.slice(0, 400)}`);
  }
  for (const host of hosts) await host.close();
  const [left, right] = logs.map((log) => digest(log.join("\n")));
  if (values.logs !== undefined) {
    mkdirSync(values.logs, { recursive: true });
    ["wasm", "native"].forEach((host, i) => writeFileSync(`${values.logs}/${host}.log`, logs[i].join("\n")));
  }
  console.log(`verdict log: ${verdicts} verdicts, ${accepted} of them "verified"`);
  console.log(`  wasm   ${left}\n  native ${right}`);
  if (left !== right && failed === 0) failed++;
  console.log(`verdicts: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** A tenth of the damage, in a build that ends at the first thing it finds. */
async function alone(path) {
  const host = await NativeHost.open(path);
  let done = 0;
  for (const [, run] of cases(times / 10)) {
    await run(host);
    done++;
  }
  await host.close();
  console.log(`${done} cases`);
}

await main();
