// SPDX-License-Identifier: Apache-2.0
// The same cases through mote.wasm and through the same boundary compiled natively: the same verdict log, or it fails.
// Then the cases of what a full node judges besides, in the modules that do, likewise; and the first ones in mote-simd.wasm.
//   node tests/verdicts/run.mjs [WASM-FOLDER NATIVE-FOLDER WASM-SIMD-FOLDER] [--logs FOLDER]   defaults: builds "wasm", "release", "wasm-simd"
//   node tests/verdicts/run.mjs --alone NATIVE-FOLDER   nothing to compare: for builds with sanitizers
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cases } from "./cases.mjs";
import { validationCases } from "./validation.mjs";
import { Hosts, NativeHost, WasmHost } from "./hosts.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { logs: { type: "string" }, alone: { type: "string" } } });
const [wasm = at("build/wasm"), native = at("build/release/tests/verdicts"), simd = at("build/wasm-simd")] = positionals;
const besides = ["authorship", "beefy", "state"];
const wasmHosts = (...modules) => Hosts.open(WasmHost, Object.fromEntries([["light", `${wasm}/mote.wasm`], ...modules.map((name) => [name, `${wasm}/mote-${name}.wasm`])]));
const nativeHosts = (folder, ...modules) =>
  Hosts.open(NativeHost, Object.fromEntries([["light", `${folder}/verdicts_native`], ...modules.map((name) => [name, `${folder}/verdicts_${name}_native`])]));

const digest = (text) => createHash("sha256").update(text).digest("hex");
const times = process.env.MOTE_TEST_EFFORT === "long" ? 8 : 1;

async function main() {
  if (values.alone !== undefined) {
    await alone(cases(times / 10), await nativeHosts(values.alone));
    return alone(validationCases(times / 10), await nativeHosts(values.alone, ...besides));
  }
  const results = [
    await compare("verdicts", cases(times), await wasmHosts(), await nativeHosts(native)),
    await compare("verdicts with vectors", cases(times), await Hosts.open(WasmHost, { light: `${simd}/mote-simd.wasm` }), await nativeHosts(native)),
    await compare("verdicts of validation", validationCases(times), await wasmHosts(...besides), await nativeHosts(native, ...besides)),
  ];
  const [passed, failed] = [0, 1].map((i) => results.reduce((sum, result) => sum + result[i], 0));
  console.log(`verdicts: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && results.every(([held]) => held > 0) ? 0 : 1;
}

/** [passed, failed]. */
async function compare(title, all, ...hosts) {
  const logs = [[], []];
  let passed = 0, failed = 0, verdicts = 0, accepted = 0;
  for (const [name, run] of all) {
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
    ["wasm", "native"].forEach((host, i) => writeFileSync(`${values.logs}/${title.replaceAll(" ", "-")}-${host}.log`, logs[i].join("\n")));
  }
  console.log(`${title}: ${verdicts} verdicts, ${accepted} of them "verified"`);
  console.log(`  wasm   ${left}\n  native ${right}`);
  if (left !== right && failed === 0) failed++;
  return [passed, failed];
}

/** A tenth of the damage, in a build that ends at the first thing it finds. */
async function alone(all, host) {
  let done = 0;
  for (const [, run] of all) {
    await run(host);
    done++;
  }
  await host.close();
  console.log(`${done} cases`);
}

await main();
