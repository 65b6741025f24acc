// SPDX-License-Identifier: Apache-2.0
// From the start of a client to the first verified balance of a parachain: mote's live client and smoldot, on the same network,
// in the same run, each start in a process of its own, by turns. Prints a table of medians; ends with 1 where a goal is missed.
//   MOTE_TEST_NODE=ws://...[,ws://...] MOTE_TEST_PARA=2000=ws://... node run.mjs [ROUNDS]      (npm install here first)
import { fork } from "node:child_process";
import { call, plan } from "./plan.mjs";

const { MOTE_TEST_NODE, MOTE_TEST_PARA } = process.env;
if (!/^wss?:/.test(MOTE_TEST_NODE ?? "") || MOTE_TEST_PARA === undefined) {
  console.log("left out: MOTE_TEST_NODE and MOTE_TEST_PARA name no network");
  process.exit(0);
}
const rounds = Number(process.argv[2] ?? 5);
const [id, para] = [Number(MOTE_TEST_PARA.split("=", 1)[0]), MOTE_TEST_PARA.slice(MOTE_TEST_PARA.indexOf("=") + 1)];
/** System::Account of a development account that the network begins with. */
const key = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

function once(who, given, kind, kept) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("child.mjs", import.meta.url), { serialization: "advanced", stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const timer = setTimeout(() => (child.kill(), reject(new Error(`${who}, ${kind}: nothing within 60 s`))), 60_000);
    child.once("message", ({ result, error }) => (clearTimeout(timer), error === undefined ? resolve(result) : reject(new Error(error))));
    child.send({ who, given, kind, kept });
  });
}

const { meters, mote, smoldot } = await plan({ relays: MOTE_TEST_NODE.split(","), para, paraId: id });
const head = async () => Number((await call(para, "chain_getHeader", await call(para, "chain_getFinalizedHead"))).number);
const sum = (field) => meters.reduce((total, { count }) => total + count[field], 0);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const kinds = { genesis: "from a raw genesis", lean: "from a light sync state", kept: "from saved state" };
const found = {}, kept = {};

for (const kind of Object.keys(kinds)) {
  for (let round = 0; round < rounds; round++) {
    for (const [who, given] of [["mote", mote], ["smoldot", smoldot]]) {
      for (const { reset } of meters) reset();
      const name = `${who} ${kind}`;
      try {
        const result = await once(who, { ...given, key, atLeast: await head() - 3 }, kind, kind === "kept" ? kept[who] : undefined);
        if (kind === "lean") kept[who] ??= result.kept;
        (found[name] ??= []).push({ ms: result.ms, bytes: sum("in") + sum("out"), requests: result.requests });
      } catch (error) {
        (found[name] ??= []).failed = error.message;
      }
    }
  }
}
for (const { close } of meters) close();

const line = (cells) => console.log(`| ${cells.join(" | ")} |`);
line(["", "mote ms", "smoldot ms", "times", "mote requests", "mote KiB", "smoldot KiB"]);
line(["---", "---", "---", "---", "---", "---", "---"]);
let missed = 0;
for (const [kind, title] of Object.entries(kinds)) {
  const [ours, theirs] = ["mote", "smoldot"].map((who) => found[`${who} ${kind}`]);
  const of = (list, field) => (list.length === 0 ? Number.NaN : median(list.map((one) => one[field])));
  const times = of(theirs, "ms") / of(ours, "ms");
  const kib = (list) => (of(list, "bytes") / 1024).toFixed(0);
  line([title, of(ours, "ms").toFixed(0), theirs.length === 0 ? `failed: ${theirs.failed}` : of(theirs, "ms").toFixed(0), times.toFixed(1), of(ours, "requests"), kib(ours), kib(theirs)]);
  if (ours.length < rounds || !(times >= (kind === "kept" ? 1 : 10))) missed++;
}
process.exit(missed === 0 ? 0 : 1);
