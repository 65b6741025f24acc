// SPDX-License-Identifier: Apache-2.0
// Clients that follow the relay chain and both parachains from the beginning of the run to its end: through three authority
// sets that are made meanwhile, a stop of their own process for a minute, a validator's node that is killed and started
// again, and a minute without any node. Everything that they ever said must be in the chain.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import readline from "node:readline";
import { after, before, describe, test } from "node:test";
import { InNode, Library, MOTE, moteDoes, newFolder } from "./clients.mjs";
import { call, eventually, folder, hashAt, lightSyncSpec, net, paras, relay, session, setStage, skip, sleep, stageIs, traffic } from "./network.mjs";

const ROTATIONS = 3, MINUTE = 60_000;
const chain = path.join(await newFolder(), "spec.json");
const chains = ["relay", ...paras.keys()];

/** What a client said: heads of each chain in order, and the authority sets it went through. */
class Said {
  heads = new Map(chains.map((about) => [about, []]));
  sets = new Set();
  head(about, { number, hash, set_id }) {
    this.heads.get(about).push({ number, hash, at: Date.now() });
    if (about === "relay") this.sets.add(Number(set_id));
  }
  /** Whether every chain has a head that is higher than it was. */
  isPast(numbers) {
    return chains.every((about) => (this.heads.get(about).at(-1)?.number ?? 0) > numbers.get(about));
  }
  get numbers() {
    return new Map(chains.map((about) => [about, this.heads.get(about).at(-1)?.number ?? 0]));
  }
}

const ids = new Map([["relay", "relay"], ...[...paras.keys()].map((id) => [String(id), id])]);
const followers = {
  /** One process for each parachain: each tells of the relay chain too. */
  async "command line"(said) {
    const processes = [...paras.entries()].map(([id, url]) => spawn(MOTE, ["follow", "--json", "--chain", chain, "--accept-expired", "--state", "none", ...relay.flatMap((source) => ["--source", source]), "--para", id, "--para-source", url], { stdio: ["ignore", "pipe", "inherit"] }));
    processes.forEach((process, i) => {
      readline.createInterface({ input: process.stdout }).on("line", (line) => {
        const { event, para_id: id, ...head } = JSON.parse(line);
        if (event === "para-head") said.head(id, head);
        if (event === "finalized" && i === 0) said.head("relay", head);
      });
    });
    return { pids: processes.map(({ pid }) => pid), close: () => processes.forEach((process) => process.kill("SIGINT")) };
  },
  async "C library"(said) {
    const client = await Library.open({ chain, sources: relay, paraSources: (id) => [paras.get(id)] });
    client.onEvent = (event) => (event.event === "finalized" || event.event === "para-head") && said.head(ids.get(event.chain), event);
    return { pids: [client.pid], close: () => client.close() };
  },
  async Node(said) {
    const inside = await InNode.open({ chain, sources: relay, paraSources: (id) => [paras.get(id)] });
    for (const about of chains) {
      const follow = async () => {
        const followed = about === "relay" ? inside.client : inside.parachain(about);
        for await (const { number, hash, setId } of followed.finalized) said.head(about, { number, hash: `0x${Buffer.from(hash).toString("hex")}`, set_id: setId });
      };
      follow().catch(() => undefined); // it ends with the client
    }
    return { pids: [], close: () => inside.close() };
  },
};

// --- what happens to the network ------------------------------------------------------------------------------------------

/** New keys now, and in each of the next sessions: a set each, two sessions later. Nodes may be gone for a while. */
async function rotate() {
  for (let i = 0, last = -1; i < ROTATIONS; i++) {
    await eventually("next session with new keys", async () => {
      const now = await session().catch(() => last);
      if (now <= last || !(await traffic("rotate-keys"))) return false;
      last = now;
      return true;
    }, 400);
  }
}

/** Bob's node, the second that was started, is killed; in half a minute it runs again as it did. */
async function killValidator() {
  const pid = (await readFile(path.join(folder, "pids"), "utf8")).split("\n")[1];
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").slice(0, -1);
  process.kill(Number(pid), "SIGKILL");
  await sleep(MINUTE / 2);
  const again = spawn(words[0], words.slice(1), { detached: true, stdio: "ignore" });
  again.unref();
  await appendFile(path.join(folder, "pids"), `${again.pid}\n`);
}

describe("followed from beginning to end", { skip: skip.notOurs, concurrency: false }, () => {
  const said = Object.fromEntries(Object.keys(followers).map((name) => [name, new Said()]));
  const running = {};
  let rotated, setBefore, setsBefore;
  const allGoOn = (what, seconds) => {
    const from = new Map(Object.entries(said).map(([name, each]) => [name, each.numbers]));
    return eventually(what, () => Object.entries(said).every(([name, each]) => each.isPast(from.get(name))), seconds);
  };

  before(async () => {
    if (skip.notOurs) return;
    await writeFile(chain, JSON.stringify(await lightSyncSpec()));
    for (const [name, follow] of Object.entries(followers)) running[name] = await follow(said[name]);
    rotated = rotate();
    rotated.catch(() => undefined); // awaited below
  });
  after(async () => {
    for (const { close } of Object.values(running)) await close();
  });

  test("heads of all chains", async () => {
    await allGoOn("head of every chain", 200);
    setsBefore = new Map(Object.entries(said).map(([name, { sets }]) => [name, Math.max(...sets)]));
  });
  test("their processes are stopped for a minute, and go on", async () => {
    const pids = Object.values(running).flatMap((each) => each.pids);
    assert.ok(pids.length >= 2);
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    await sleep(MINUTE);
    const { number } = await call(relay[0], "chain_getHeader", await call(relay[0], "chain_getFinalizedHead"));
    for (const pid of pids) process.kill(pid, "SIGCONT");
    const begun = Date.now();
    await eventually("catch-up", () => ["command line", "C library"].every((name) => said[name].numbers.get("relay") >= Number(number)), 30);
    assert.ok(Date.now() - begun < 10_000, `${Date.now() - begun} ms`);
    await allGoOn("head after the stop", 100);
  });
  test("a validator's node is killed, and runs again", async () => {
    await stageIs("disturbing");
    await killValidator();
    await allGoOn("head after the restart", 240);
  });
  test("all nodes are stopped for a minute", async () => {
    assert.ok(await net("stop"));
    await sleep(MINUTE);
    assert.ok(await net("start"));
    await allGoOn("head after the pause", 300);
    await setStage("over");
  });
  test(`${ROTATIONS} authority sets, made meanwhile`, async () => {
    await rotated;
    await eventually("authority sets", () => Object.entries(said).every(([name, { sets }]) => Math.max(...sets) >= setsBefore.get(name) + ROTATIONS), 400);
  });
  test("everything that was said is in the chain, in order", async () => {
    for (const [name, { heads }] of Object.entries(said)) {
      for (const [about, list] of heads) {
        assert.ok(list.length > 20, `${name}: ${list.length} heads of ${about}`);
        for (const [i, { number, hash }] of list.entries()) {
          assert.ok(i === 0 || number > list[i - 1].number, `${name}, ${about}: ${number} after ${list[i - 1]?.number}`);
          assert.equal(hash, await hashAt(about, number), `${name}, ${about}: ${number}`);
        }
      }
    }
  });
});

describe("mote follow, ended by Ctrl-C", { skip: skip.always }, () => {
  test("keeps what it verified", async () => {
    const state = await newFolder();
    const file = path.join(await newFolder(), "spec.json");
    await writeFile(file, JSON.stringify(await lightSyncSpec()));
    const options = ["--chain", file, "--accept-expired", "--state", state, ...relay.flatMap((url) => ["--source", url])];
    const follow = spawn(MOTE, ["follow", ...options], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = readline.createInterface({ input: follow.stdout })[Symbol.asyncIterator]();
    const { value } = await lines.next();
    follow.kill("SIGINT");
    await new Promise((resolve) => follow.once("exit", resolve));
    assert.equal(follow.exitCode, 0);
    const { details } = await moteDoes("sync", ...options);
    assert.ok(details.resumed >= Number(/relay (\d+)/.exec(value)[1]), `${value}, then ${details.resumed}`);
  });
});
