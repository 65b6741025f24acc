// SPDX-License-Identifier: Apache-2.0
// Makes the bundled checkpoints anew: NAME.chk of each relay chain and index.json, which says what they are and where they are from.
//
//   npm ci && node refresh.mjs [--mote PROGRAM]                       from the chain specs of the package that package.json pins
//   node refresh.mjs [--mote PROGRAM] NAME=URL,URL,URL...             from full nodes of different operators (mote checkpoint --source)
//
// Either way `mote checkpoint` makes and reads them. A checkpoint that is older than the one that is there takes no place of it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as known from "@polkadot-api/known-chains";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const words = process.argv.slice(2);
const option = words.indexOf("--mote");
const mote = option < 0 ? here("../build/release/mote") : words.splice(option, 2)[1];
const folder = mkdtempSync(join(tmpdir(), "checkpoints-"));
const relays = ["polkadot", "kusama", "westend", "paseo"];

/** What `mote checkpoint ... --json` says. An expired one is written as well: whoever uses it is told. */
function checkpoint(...args) {
  try {
    return JSON.parse(execFileSync(mote, ["checkpoint", ...args, "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
  } catch (error) {
    const report = JSON.parse(error.stdout);
    if (report.verdict === "expired") return report;
    throw new Error(`mote checkpoint ${args.join(" ")}: ${report.message}`);
  }
}

function entry(name, file, from) {
  const { target, age, details } = checkpoint(file, "--chain", name);
  const bytes = readFileSync(file);
  return {
    bytes, chain: name, genesis: details.genesis, block: target.number, hash: target.hash, madeAt: age.made_at_text, windowDays: age.window_seconds / 86_400,
    windowAssumed: age.window_assumed, setId: details.set_id, authorities: details.authorities, size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"), from,
  };
}

/** Hash of block 0, of its state's root. */
function genesisOf({ genesis: { stateRootHash } }) {
  const emptyRoot = "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314";
  const file = join(folder, "header");
  writeFileSync(file, Buffer.from(`${"00".repeat(33)}${stateRootHash.slice(2)}${emptyRoot}00`, "hex"));
  return JSON.parse(execFileSync(mote, ["header", file, "--json"], { encoding: "utf8" })).target.hash;
}

const packageName = "@polkadot-api/known-chains";
const { version } = JSON.parse(readFileSync(here(`node_modules/${packageName}/package.json`), "utf8"));
const specs = Object.fromEntries(Object.entries(known).map(([name, text]) => [name, JSON.parse(text)]));
const ids = Object.fromEntries(relays.map((name) => [specs[name].id, name]));
const before = readIndex();

function readIndex() {
  try {
    return JSON.parse(readFileSync(here("index.json"), "utf8"));
  } catch {
    return { relays: [], parachains: [] };
  }
}

/** What was asked for: a chain's nodes, or all of the package's specs. */
function* asked() {
  for (const word of words) {
    const [name, list] = word.split(/=(.*)/s);
    const urls = list.split(",");
    yield { name, from: `${urls.length} full nodes, ${new Date().toISOString().slice(0, 10)}`, args: [...urls.flatMap((url) => ["--source", url]), "--chain", name] };
  }
  if (words.length > 0) return;
  for (const name of relays) {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(specs[name]));
    yield { name, from: `lightSyncState of ${packageName} ${version} (npm)`, args: [file] };
  }
}

const made = new Map(before.relays.map((one) => [one.chain, one]));
for (const { name, from, args } of asked()) {
  const file = join(folder, `${name}.chk`), old = made.get(name);
  checkpoint(...args, "-o", file);
  const { bytes, ...about } = entry(name, file, from);
  if (old !== undefined && old.genesis !== about.genesis) throw new Error(`${name}: another genesis than before, ${about.genesis}`);
  if (old !== undefined && old.block >= about.block) {
    console.log(`${name}: stays at block ${old.block}, ${old.madeAt}`);
    continue;
  }
  writeFileSync(here(`${name}.chk`), bytes);
  made.set(name, about);
  console.log(`${name}: block ${about.block}, ${about.madeAt}, ${about.authorities} authorities, ${about.size} bytes`);
}

// The chains that relay chains run for themselves: parachains need no checkpoint, but their ids.
const parachains = Object.values(specs).filter(({ relay_chain: relay }) => relay in ids).map((spec) => ({
  chain: spec.id, relay: ids[spec.relay_chain], name: spec.name, paraId: spec.para_id, genesis: genesisOf(spec),
}));
writeFileSync(here("index.json"), `${JSON.stringify({ relays: relays.map((name) => made.get(name)), parachains }, undefined, 2)}\n`);
