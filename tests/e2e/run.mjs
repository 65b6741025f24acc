#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Starts the real network once, runs the suites against it, stops it. README.md says how, and with what.
//
//   node tests/e2e/run.mjs [NAME...]        only the suites whose file's name has one of these in it
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { MOTE_TEST_NODE = "" } = process.env;
const wanted = process.argv.slice(2);
const build = path.resolve(root, process.env.MOTE_TEST_BUILD ?? "build/release");
const logs = path.join(root, "build/logs");
mkdirSync(logs, { recursive: true });

function leaveOut(why) {
  console.log(`real network: left out, ${why} (tests/e2e/README.md)`);
  process.exit(0);
}

// --- the network ------------------------------------------------------------------------------------------------------------

const port = process.env.MOTE_NET_PORT ?? "33000";
const environment = { ...process.env, MOTE_TEST_BUILD: build, MOTE_NET_PORT: port };
let work;

function start(source) {
  work = mkdtempSync(path.join(os.tmpdir(), "mote-net-"));
  const folder = path.join(work, "network");
  Object.assign(environment, { MOTE_TEST_SPECS: folder, MOTE_TEST_FOLDER: folder, MOTE_TEST_NET: source, MOTE_TEST_STAGE: path.join(work, "stage") });
  const said = execFileSync("bash", [path.join(source, "net.sh"), "start", folder, "--warm"], { encoding: "utf8", env: environment, timeout: 400_000 });
  // Its traffic.mjs looks for packages beside itself.
  copyFileSync(path.join(source, "traffic.mjs"), path.join(work, "traffic.mjs"));
  symlinkSync(path.join(root, "tests/e2e/node_modules"), path.join(work, "node_modules"));
  writeFileSync(path.join(work, "stage"), "quiet");
  Object.assign(environment, {
    MOTE_TEST_NODE: /^relay +rpc (.*)$/m.exec(said)[1].split(" ").join(),
    MOTE_TEST_PARA: [...said.matchAll(/^para (\d+) +rpc (\S+)$/gm)].map(([, id, url]) => `${id}=${url}`).join(),
  });
}

function stop() {
  if (work === undefined) return;
  execFileSync("bash", [path.join(environment.MOTE_TEST_NET, "net.sh"), "stop", environment.MOTE_TEST_FOLDER], { env: environment, timeout: 200_000 });
  rmSync(work, { recursive: true, force: true });
  work = undefined;
}

if (MOTE_TEST_NODE === "") leaveOut("MOTE_TEST_NODE names no folder with net.sh and no ws:// address");
if (!/^wss?:/.test(MOTE_TEST_NODE)) {
  const source = path.resolve(MOTE_TEST_NODE);
  if (!existsSync(path.join(source, "net.sh"))) leaveOut(`there is no ${source}/net.sh`);
  const begun = Date.now();
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => (stop(), process.exit(130)));
  process.on("exit", stop);
  start(source);
  console.log(`real network: started in ${Math.round((Date.now() - begun) / 1000)} s`);
}

// --- the suites ---------------------------------------------------------------------------------------------------------------

const suites = ["tests/e2e", "web/test/e2e", "demo/test/e2e"].flatMap((folder) =>
  (existsSync(path.join(root, folder)) ? readdirSync(path.join(root, folder)) : []).filter((name) => name.endsWith(".test.mjs")).map((name) => `${folder}/${name}`))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)));
const sum = { pass: 0, fail: 0, skipped: 0 };

/** One suite in a process of its own; what it printed is in a log. */
function run(name, ...words) {
  const begun = Date.now();
  return new Promise((resolve) => {
    const child = spawn(words[0], words.slice(1), { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
    child.on("close", (code) => {
      writeFileSync(path.join(logs, `e2e-${name}.log`), said);
      const count = (word) => [...said.matchAll(new RegExp(`^# ${word} (\\d+)$`, "gm"))].reduce((all, [, n]) => all + Number(n), 0);
      const [pass, skipped] = [count("pass"), count("skipped")];
      const fail = Math.max(count("fail") + count("cancelled"), code !== 0 || pass + skipped === 0 ? 1 : 0);
      sum.pass += pass;
      sum.fail += fail;
      sum.skipped += skipped;
      console.log(`  ${name}: ${pass} passed, ${fail} failed, ${skipped} skipped in ${Math.round((Date.now() - begun) / 1000)} s`);
      // With what it says of each, up to where that was.
      if (fail > 0) console.log([...said.matchAll(/^ *not ok .*(?:\n *---(?:\n.*)*?\n *\.\.\.$)?/gm)].map(([block]) => block).join("\n") || said.slice(-2000));
      for (const [, test, why] of said.matchAll(/^ *ok \d+ - (.*) # SKIP (.*)$/gm)) console.log(`  left out: ${test}: ${why}`);
      resolve();
    });
  });
}
const test = (file) => run(path.basename(file, ".test.mjs"), process.execPath, "--test", "--test-reporter=tap", "--test-force-exit", "--test-timeout=900000", file);

const disturbed = suites.filter((file) => file.endsWith(".disturbed.test.mjs")).map(test);
// Two at a time: most of their time they wait for blocks.
const quiet = suites.filter((file) => !file.endsWith(".disturbed.test.mjs"));
await Promise.all([0, 1].map(async () => {
  for (let file; (file = quiet.shift()) !== undefined; ) await test(file);
}));
if (environment.MOTE_TEST_STAGE !== undefined) writeFileSync(environment.MOTE_TEST_STAGE, "disturbing");
await Promise.all(disturbed);
console.log(`${sum.pass} passed, ${sum.fail} failed, ${sum.skipped} skipped`);
process.exitCode = sum.fail === 0 ? 0 : 1;
