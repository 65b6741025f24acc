// SPDX-License-Identifier: Apache-2.0
// The whole report: benchmarks.md, benchmarks.json, benchmarks.svg and a growth-*.svg for each curve, into a folder. Ends with 1 where
// something that is required was missed.
//   node run.mjs OUT-FOLDER [--short] [--only SECTION[,SECTION]]      (scripts/bench.sh builds what it needs)
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { goalChart, growthChart } from "./chart.mjs";
import { GOALS, KEPT } from "./goals.mjs";
import { growth } from "./growth.mjs";
import { judge, shown } from "./judge.mjs";
import { load, machine } from "./machine.mjs";
import { markdown } from "./markdown.mjs";
import { Program } from "./programs.mjs";
import { SECTIONS } from "./sections.mjs";
import { summary } from "./stats.mjs";

const ROOT = new URL("../../../", import.meta.url);
const words = process.argv.slice(2), out = words[0];
if (out === undefined || out.startsWith("--")) {
  console.error("usage: node run.mjs OUT-FOLDER [--short] [--only SECTION[,SECTION]]");
  process.exit(2);
}
const short = words.includes("--short"), only = words.includes("--only") ? words[words.indexOf("--only") + 1].split(",") : undefined;
const wanted = (name) => only === undefined || only.includes(name);
const file = (name) => new URL(name, ROOT).pathname, optional = (name) => (existsSync(file(name)) ? file(name) : undefined);

/** Ten thousand signatures or a hundred thousand keys are measured a few times only. */
const sizes = {
  signatures: short ? [1, 10, 100, 1000, 10000] : [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
  keys: short ? [1, 100, 10000] : [1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000],
  fragments: short ? [1, 10, 100] : [1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1000],
  parachains: short ? [1, 10, 100] : [1, 2, 5, 10, 20, 50, 100],
};
const tools = {
  folder: mkdtempSync(join(tmpdir(), "mote-bench-")), rounds: short ? 6 : 21, few: short ? 3 : 7, starts: short ? 3 : 15, sizes, curves: {},
  program: (name) => file(`build/bench/tests/bench/${name}`),
  wasm: (name) => file(`build/bench-wasm/tests/bench/${name}`), wasmSimd: (name) => file(`build/bench-wasm-simd/tests/bench/${name}`),
  oracle: optional("build/oracle/release/oracle"), peers: optional("build/peers/release/peers"),
};

/** The native back ends, and the best that runs here. */
async function backends() {
  const program = await Program.start(tools.program("ed25519_bench"));
  program.stop();
  const all = ["portable", "neon", "avx2", "avx512"], run = all.filter((name) => program.works[`batch_${name}`]);
  tools.best = run.at(-1);
  return all.map((name) => (run.includes(name) ? name : `${name} (not run here)`)).join(", ");
}

function version(command, ...rest) {
  try {
    return execFileSync(command, rest, { encoding: "utf8", cwd: ROOT.pathname, stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "not known";
  }
}

/** What tests/bench/live/run.mjs wrote last into docs/benchmarks.md, with its marks: it needs a network, so it runs on its own. */
function liveFigures() {
  const text = readFileSync(file("docs/benchmarks.md"), "utf8");
  return text.includes("## The live client") ? text.slice(text.indexOf("## The live client") + "## The live client".length).trim() : undefined;
}

const told = (text) => console.error(`${((performance.now()) / 1000).toFixed(0).padStart(5)} s  ${text}`);
const begun = load(), about = machine({ backends: await backends(), openssl: version("openssl", "version"), chromium: process.env.CHROMIUM ?? "chromium" });
const measured = {};
for (const [name, measure] of Object.entries(SECTIONS)) {
  if (!wanted(name)) continue;
  told(name);
  measured[name] = await measure(tools);
}
let curves = [];
if (wanted("growth")) {
  told("growth");
  if (!existsSync(join(tools.folder, "votes"))) writeFileSync(join(tools.folder, "votes"), execFileSync(tools.program("ed25519_bench"), ["--votes", "10000"], { maxBuffer: 1 << 26 }));
  curves = await growth(tools);
}
rmSync(tools.folder, { recursive: true });
told("done");

const report = {
  date: new Date().toISOString().slice(0, 10), commit: version("git", "rev-parse", "--short", "HEAD"), short, load: `${begun}; ${load()}`, machine: about,
  goals: judge(GOALS, measured), kept: judge(KEPT, measured), curves, live: liveFigures(), sections: Object.values(measured),
};
/** The same with each work's summary for its rounds. */
const summaries = Object.fromEntries(Object.entries(measured).map(([name, { title, unit, hosts, values, raw }]) => [name, {
  title, unit: unit === undefined ? undefined : "ns", values, raw,
  hosts: hosts && Object.fromEntries(Object.entries(hosts).map(([host, times]) => [host, Object.fromEntries(Object.entries(times).map(([work, list]) => [work, list && summary(list)]))])),
}]));
mkdirSync(out, { recursive: true });
for (const name of readdirSync(out)) if (/^growth-[a-z-]+\.svg$/.test(name)) rmSync(join(out, name)); // of another run
writeFileSync(join(out, "benchmarks.md"), markdown(report, ""));
writeFileSync(join(out, "benchmarks.json"), `${JSON.stringify({ ...report, live: undefined, sections: summaries }, (_, value) => (typeof value === "number" ? Number(value.toPrecision(6)) : value), 1)}\n`);
writeFileSync(join(out, "benchmarks.svg"), goalChart(report.goals, shown));
for (const curve of curves) writeFileSync(join(out, `growth-${curve.name}.svg`), growthChart(curve));
const missed = [...report.goals, ...report.kept].filter(({ verdict }) => verdict === "MISSED");
for (const { measure } of missed) console.error(`MISSED: ${measure}`);
process.exit(missed.length === 0 ? 0 : 1);
