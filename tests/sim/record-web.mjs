// SPDX-License-Identifier: Apache-2.0
// Records a session (session.h) of the web client in Node with a real network; scripts/record-session.sh runs it.
//   node record-web.mjs CHECKPOINT SESSION SECONDS relay=URL... PARA-ID=URL...
// Between the client and its module stands a recorder: it sees each call as the module does. The client is the built one.
import { readFileSync, writeFileSync } from "node:fs";
import { operationsOf } from "../verdicts/codec.mjs";
import { calls, magic } from "./session.mjs";

const [checkpoint, path, seconds, ...given] = process.argv.slice(2);
const operations = operationsOf("live");
const parts = [Buffer.from(magic)];
let seed, taken = 0;

function write(call, bytes) {
  const head = Buffer.alloc(5);
  head[0] = calls.indexOf(call);
  head.writeUInt32LE(bytes.length, 1);
  parts.push(head, bytes);
}

function writeTaken() {
  if (taken === 0) return;
  const count = Buffer.alloc(4);
  count.writeUInt32LE(taken);
  taken = 0;
  write("clientNext", count);
}

function record(operation, request) {
  if (operation === "start") seed = request.subarray(4, 36);
  if (operation === "clientNext") taken++;
  if (operation === "clientNext" || !calls.includes(operation)) return;
  writeTaken();
  write(operation, operation === "clientOpen" ? Buffer.concat([seed, request]) : request);
}

const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Instance(module, imports);
  let input = 0;
  return {
    exports: {
      ...exports,
      mote_input: (size) => (input = exports.mote_input(size)),
      mote_call: (operation, size) => {
        record(operations[operation], Buffer.from(new Uint8Array(exports.memory.buffer, input >>> 0, size)));
        return exports.mote_call(operation, size);
      },
    },
  };
};

const { createClient } = await import("../../web/dist/live.js");
const urlsOf = (chain) => given.filter((source) => source.startsWith(`${chain}=`)).map((source) => source.slice(chain.length + 1));
const client = await createClient({ chain: readFileSync(checkpoint), sources: urlsOf("relay"), acceptExpired: true, thread: "here" });
const chains = [client, ...new Set(given.map((source) => source.split("=")[0]))].filter((chain) => chain !== "relay")
  .map((chain) => (chain === client ? client : client.parachain(Number(chain), { sources: urlsOf(chain) })));
const questions = chains.flatMap((chain) => [
  chain.storage({ pallet: "Timestamp", item: "Now" }), chain.storage({ pallet: "System", item: "Nothing" }), chain.list({ pallet: "System", item: "Account" }),
]);
await Promise.all(questions);
await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
await Promise.all(chains.map((chain) => chain.storage({ pallet: "System", item: "Number" })));
writeTaken();
writeFileSync(path, Buffer.concat(parts));
await client.close();
console.log(`${path}: ${parts.length} pieces, ${questions.length} questions`);
process.exit(0);
