// SPDX-License-Identifier: Apache-2.0
// The network that the suite runs against, as run.mjs gave it (README.md): where its nodes are, what they say when they are
// asked directly (that is what is true here), and transactions to put on it.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import { blake2AsHex } from "@polkadot/util-crypto";
import { WebSocket } from "ws";

const { MOTE_TEST_NODE = "", MOTE_TEST_PARA = "", MOTE_TEST_SPECS, MOTE_TEST_FOLDER, MOTE_TEST_NET, MOTE_TEST_STAGE } = process.env;

export const relay = MOTE_TEST_NODE.split(",").filter((url) => /^wss?:/.test(url));
export const paras = new Map(MOTE_TEST_PARA.split(",").filter(Boolean).map((entry) => {
  const [id, url] = entry.split(/=(.*)/s);
  return [Number(id), url];
}));
/** Where the data and the pids of a network of our own are: it may be disturbed, and has development accounts. */
export const folder = MOTE_TEST_FOLDER;
export const specs = MOTE_TEST_SPECS;

const nobody = relay.length === 0 ? "MOTE_TEST_NODE names no ws:// address (tests/e2e/README.md)" : false;
/** Reasons to leave scenarios out, for node:test. */
export const skip = {
  always: nobody,
  noParas: nobody || (paras.size === 0 ? "MOTE_TEST_PARA names no parachain" : false),
  notOurs: nobody || (folder === undefined ? "the network is not ours: no transactions, and nobody is disturbed" : false),
};

/** One call to a node, believed. */
export async function call(url, method, ...params) {
  const socket = new WebSocket(url, { maxPayload: 1 << 28, perMessageDeflate: false });
  try {
    await new Promise((resolve, reject) => (socket.once("open", resolve), socket.once("error", reject)));
    socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
    const answer = JSON.parse(await new Promise((resolve, reject) => (socket.once("message", resolve), socket.once("close", reject))));
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  } finally {
    socket.terminate();
  }
}

export const urlOf = (chain) => (chain === "relay" ? relay[0] : paras.get(chain));
export const hashAt = (chain, number) => call(urlOf(chain), "chain_getBlockHash", number);
export const valueAt = (chain, key, hash) => call(urlOf(chain), "state_getStorage", key, hash);

/** Where trust may start: a chain spec, as an object; MOTE_TEST_CHAIN has one of a network whose nodes do not make them. */
export async function lightSyncSpec() {
  if (process.env.MOTE_TEST_CHAIN !== undefined) return JSON.parse(await readFile(process.env.MOTE_TEST_CHAIN, "utf8"));
  const { id, lightSyncState } = await call(relay[0], "sync_state_genSyncSpec", true);
  const { stateRoot: stateRootHash } = await call(relay[0], "chain_getHeader", await hashAt("relay", 0));
  return { id, name: id, genesis: { stateRootHash }, lightSyncState };
}

export const rawSpec = async () => JSON.parse(await readFile(path.join(specs, "relay.json"), "utf8"));

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Asks again until the answer is something. */
export async function eventually(what, ask, seconds = 90) {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(1000)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`in ${seconds} s there was no ${what}`);
}

// --- what happens to the network of our own --------------------------------------------------------------------------------

const succeeds = (seconds, ...words) => new Promise((resolve) => execFile(words[0], words.slice(1), { timeout: seconds * 1000 }, (error) => resolve(error === null)));
/** `net.sh start|stop` of the network that runs. */
export const net = (command) => succeeds(300, "bash", path.join(MOTE_TEST_NET, "net.sh"), command, folder);
/** A command of traffic.mjs, which the network comes with, beside the packages that it needs. */
export const traffic = (command) => succeeds(60, process.execPath, path.join(path.dirname(MOTE_TEST_STAGE), "traffic.mjs"), "--port", process.env.MOTE_NET_PORT, command);
/** Number of the relay chain's session, at a block or now. */
export const session = async (hash) => Buffer.from((await valueAt("relay", "0xcec5070d609dd3497f72bde07fc96ba072763800a36a99fdfc7c10f6415f6ee6", hash)).slice(2), "hex").readUInt32LE();

/** "quiet" while suites that need a network run, "disturbing" afterwards, "over" when it is quiet again. */
const stage = () => readFile(MOTE_TEST_STAGE, "utf8");
export const setStage = (name) => writeFile(MOTE_TEST_STAGE, name);
export const stageIs = (name, seconds = 600) => eventually(`stage ${name}`, async () => (await stage()) === name, seconds);

// --- transactions --------------------------------------------------------------------------------------------------------

const apis = new Map();
export async function apiOf(chain) {
  if (!apis.has(chain)) apis.set(chain, ApiPromise.create({ provider: new WsProvider(urlOf(chain)), noInitWarn: true }));
  return apis.get(chain);
}
export const keyring = new Keyring({ type: "sr25519" });
export const account = (name) => keyring.addFromUri(`//${name}`);
/** Signed, encoded, as hex. */
export async function sign(chain, who, make) {
  const api = await apiOf(chain);
  const nonce = await api.rpc.system.accountNextIndex(who.address);
  return (await make(api.tx).signAsync(who, { nonce })).toHex();
}
/** The events of one extrinsic, out of a block's events as proven. */
export async function eventsOf(chain, raw, index) {
  const api = await apiOf(chain);
  const records = api.registry.createType("Vec<FrameSystemEventRecord>", raw);
  return records.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.eqn(index)).map(({ event }) => event);
}
export async function disconnect() {
  for (const api of apis.values()) await (await api).disconnect();
}

/**
 * The key of a child trie with one entry, Alice's: contributions to a crowdloan of parachain 2000, whose manager she is made by
 * sudo. The network has no other.
 */
export async function childTrie() {
  const api = await apiOf("relay"), id = 2000;
  if ((await api.query.crowdloan.funds(id)).isNone) {
    const manager = api.createType("PolkadotRuntimeCommonParasRegistrarParaInfo", { manager: account("Alice").address, deposit: 0, locked: null }).toHex();
    const now = (await api.rpc.chain.getHeader()).number.toNumber();
    const period = Math.floor(now / api.consts.slots.leasePeriod.toNumber()) + 1;
    const { crowdloan, sudo, system, utility } = api.tx;
    const calls = [
      sudo.sudo(system.setStorage([[api.query.registrar.paras.key(id), manager]])),
      crowdloan.create(id, 10n ** 15n, period, period, now + 1000, null),
      crowdloan.contribute(id, api.consts.crowdloan.minContribution.toBigInt(), null),
    ];
    await new Promise((resolve, reject) => {
      utility.batchAll(calls).signAndSend(account("Alice"), { nonce: -1 }, ({ status, dispatchError }) => {
        if (dispatchError !== undefined) reject(new Error(dispatchError.toString()));
        if (status.isFinalized) resolve();
      }).catch(reject);
    });
  }
  const index = (await api.query.crowdloan.funds(id)).unwrap().fundIndex.toU8a();
  return blake2AsHex(Buffer.concat([Buffer.from("crowdloan"), index]));
}

/** What the child trie lists. It is in a block that is final, or soon is; a client, or the source that it asks, may hear of that later. */
export const onceThere = (list) => eventually("child trie at the client's head", async () => {
  const listed = await list();
  return listed.entries.length > 0 ? listed : undefined;
});

// --- storage keys ---------------------------------------------------------------------------------------------------------

export const prefixOf = { account: "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9" };
