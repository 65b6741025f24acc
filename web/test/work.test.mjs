// SPDX-License-Identifier: Apache-2.0
// Signatures judged by threads: one verdict with any number of them, and with none; threads that are lost, lie, or never come.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { Mote, MoteError } from "mote-light-client";
import { setOf } from "../../tests/verdicts/signer.mjs";
import * as made from "./made.mjs";
import { load } from "./support.mjs";

const voters = made.voters(150, 1);
const start = { authorities: setOf(voters), setId: 0 };
const fragments = 20;
let proof;
const prove = async () => (proof ??= made.warpProof(await load(), Array(fragments + 1).fill(voters)));

/** Everything a walk says, as something that can be compared. */
async function follow(mote, source, options) {
  const links = [];
  const walk = mote.warp(source, start, options);
  try {
    for (;;) {
      const step = await walk.next();
      if (step.done) return { links, end: { finished: step.value.finished, setId: step.value.set.setId, voters: step.value.set.authorities.length } };
      links.push([step.value.index, step.value.header.number, step.value.handsOver, step.value.nextSetId, step.value.votes.countedVoters]);
    }
  } catch (error) {
    assert.ok(error instanceof MoteError, String(error));
    return { links, error: { status: error.status, offset: error.offset, index: error.index, input: error.input } };
  }
}

/** How many threads are started meanwhile. */
async function counting(act) {
  let started = 0;
  const count = () => void started++;
  process.on("worker", count);
  await act();
  process.off("worker", count);
  return started;
}

test("a warp proof has one verdict with any number of threads, in any chunks", async () => {
  const bytes = await prove();
  const mote = await Mote.load();
  const alone = await follow(mote, bytes, { workers: 0 });
  assert.equal(alone.links.length, fragments);
  for (const workers of [1, 2, 3, 8]) {
    const started = await counting(async () => assert.deepEqual(await follow(mote, bytes, { workers }), alone));
    assert.ok(started <= workers && (started > 0 || workers > 1), `${started} threads were started`);
    const chunks = (function* () { for (let at = 0; at < bytes.length; at += 40_000) yield bytes.subarray(at, at + 40_000); })();
    assert.deepEqual(await follow(mote, chunks, { workers }), alone);
  }
  mote.close();
});

test("a bad one fails at the same place, after the same links", async () => {
  const bytes = await prove();
  const mote = await Mote.load();
  const each = (bytes.length - 2) / fragments;
  for (let i = 0; i < 24; i++) {
    const broken = Uint8Array.from(bytes);
    const at = 1 + Math.floor(each * ((i * 7) % fragments)) + Math.floor(each * (0.3 + i / 36));
    broken[at] ^= 1 << i % 8;
    if (i % 3 === 0) broken[at + Math.floor((bytes.length - at) / 2)] ^= 1;
    const cut = i % 4 === 0 ? broken.subarray(0, bytes.length - 1 - i * 1000) : broken;
    const alone = await follow(mote, cut, { workers: 0 });
    assert.ok(alone.error !== undefined);
    assert.deepEqual(await follow(mote, cut, { workers: 1 + i % 3 }), alone);
  }
  mote.close();
});

test("a justification has one verdict with threads, and one failure", async () => {
  const mote = await Mote.load();
  const many = made.voters(700, 3);
  const header = made.header(100, Buffer.alloc(32), undefined);
  const justification = made.justification(mote, header, 100, many, 5);
  const ask = { authorities: setOf(many), setId: 5, justification, header };
  const alone = mote.verifyJustification(ask);
  for (const workers of [0, 1, 2, 3]) {
    const shared = await mote.verifyJustificationAsync(ask, { workers });
    assert.deepEqual(shared.votes, alone.votes);
    assert.deepEqual(shared.header.hash, alone.header.hash);
    assert.deepEqual(mote.finalizedHeader(shared.block, header).hash, alone.header.hash);
  }
  const caught = async (act) => {
    try { await act(); } catch ({ name, status, input, offset, index }) { return { name, status, input, offset, index }; }
    return undefined;
  };
  for (const vote of [0, 233, 234, 466]) {
    const broken = Uint8Array.from(justification);
    broken[8 + 36 + 2 + vote * 132 + 36 + 40] ^= 1;
    broken[8 + 36 + 2 + 466 * 132 + 36 + 40] ^= 2;
    const said = await caught(() => mote.verifyJustification({ ...ask, justification: broken }));
    assert.deepEqual([said.status, said.input, said.index], ["bad_signature", "justification", vote]);
    assert.deepEqual(await caught(() => mote.verifyJustificationAsync({ ...ask, justification: broken }, { workers: 3 })), said);
  }
  const stranger = await caught(() => mote.verifyJustification({ ...ask, setId: 6 }));
  assert.deepEqual(await caught(() => mote.verifyJustificationAsync({ ...ask, setId: 6 }, { workers: 2 })), stranger);
  mote.close();
});

test("justifications at the same time: each has its verdict, whatever room the others take", async () => {
  const mote = await Mote.load();
  const many = made.voters(400, 3);
  const header = made.header(100, Buffer.alloc(32), undefined);
  const ask = { authorities: setOf(many), setId: 5, justification: made.justification(mote, header, 100, many, 5), header };
  const answers = await Promise.all(Array.from({ length: 9 }, (_, i) => mote.verifyJustificationAsync(ask, { workers: i === 8 ? NaN : 2 })));
  for (const { header: { hash } } of answers) assert.deepEqual(hash, answers[0].header.hash);
  mote.close();
});

test("closed while a proof is walked: the walk ends as it would, and threads start again when they are needed", async () => {
  const bytes = await prove();
  const mote = await Mote.load();
  const walk = follow(mote, bytes, { workers: 2 });
  setTimeout(() => mote.close(), 20);
  assert.equal((await walk).links.length, fragments);
  assert.ok(await counting(async () => assert.equal((await follow(mote, bytes, { workers: 2 })).links.length, fragments)) > 0);
  mote.close();
});

test("small proofs, and a cap of none, start no thread", async () => {
  const bytes = await prove();
  const none = await Mote.load({ workers: 0 });
  assert.equal(await counting(() => follow(none, bytes)), 0);
  const some = await Mote.load({ workers: 2 });
  const small = made.warpProof(some, Array(4).fill(voters));
  assert.equal(await counting(() => follow(some, small)), 0);
  assert.equal(await counting(() => follow(some, bytes, { workers: 0 })), 0);
});

test("a walk that is left or aborted leaves nothing behind", async () => {
  const bytes = await prove();
  const mote = await Mote.load();
  for (let i = 0; i < 6; i++) {
    for await (const link of mote.warp(bytes, start, { workers: 2 })) {
      assert.equal(link.index, 0);
      break;
    }
  }
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(async () => {
    for await (const _ of mote.warp(bytes, start, { workers: 2, signal: controller.signal }));
  }, { name: "AbortError" });
  assert.equal((await follow(mote, bytes, { workers: 2 })).links.length, fragments);
  mote.close();
});

/** Puts a made-up Worker, as pages have it, in the place of Node's threads. */
async function withWorkers(Made, act) {
  globalThis.Worker = Made;
  try {
    await act();
  } finally {
    delete globalThis.Worker;
  }
}

/** Says nothing, dies, lies: `answer` gives what is said to a task. */
const workerThat = (answer) => class {
  static made = 0;
  constructor() { this.constructor.made++; }
  postMessage(message) {
    if ("task" in message) setTimeout(() => answer(this, message), 1);
  }
  terminate() {}
};

for (const [name, Made] of Object.entries({
  "that cannot be made": class { constructor() { throw new Error("a policy forbids it"); } },
  "whose file is not there": workerThat((self) => self.onerror?.({})),
  "that cannot judge": workerThat((self, { task }) => self.onmessage?.({ data: { task } })),
  "that says that all is well": workerThat((self, { task }) => self.onmessage?.({ data: { task, verdict: new Uint8Array(48) } })),
  "that says something short": workerThat((self, { task }) => self.onmessage?.({ data: { task, verdict: new Uint8Array(3) } })),
  "that makes verdicts up": workerThat((self, { task, unit }) => {
    const verdict = new Uint8Array(48).fill(7);
    verdict.set(unit.subarray(32, 40)); // of the right unit
    verdict.fill(0, 8, 12); // good
    verdict.fill(255, 12, 16);
    self.onmessage?.({ data: { task, verdict } });
  }),
})) {
  test(`a Worker ${name} changes no verdict`, async () => {
    const bytes = await prove();
    const broken = Uint8Array.from(bytes);
    broken[bytes.length - 1906] ^= 1; // in S of a vote in the last fragment
    const mote = await Mote.load();
    const good = await follow(mote, bytes, { workers: 0 }), bad = await follow(mote, broken, { workers: 0 });
    assert.equal(bad.error.status, "bad_signature");
    await withWorkers(Made, async () => {
      assert.deepEqual(await follow(mote, bytes, { workers: 2 }), good);
      assert.deepEqual(await follow(mote, broken, { workers: 2 }), bad);
    });
    mote.close();
  });
}

test("verdicts of other units, and those of another walk, change nothing", async () => {
  const bytes = await prove();
  const broken = Uint8Array.from(bytes);
  for (let i = 1; i < 10; i++) broken[Math.floor(bytes.length * i / 10) - 3000] ^= 1;
  const mote = await Mote.load();
  const good = await follow(mote, bytes, { workers: 0 }), bad = await follow(mote, broken, { workers: 0 });
  // A real thread judges, and its verdicts are handed to whoever asks next.
  let last;
  const real = class {
    constructor(url) {
      this.thread = new Worker(url);
      this.thread.unref();
      this.thread.on("message", (said) => {
        const verdict = last ?? said.verdict;
        last = said.verdict;
        this.onmessage?.({ data: { task: said.task, verdict } });
      });
    }
    postMessage(message, transfer) { this.thread.postMessage(message, transfer); }
    terminate() { void this.thread.terminate(); }
  };
  await withWorkers(real, async () => {
    assert.deepEqual(await follow(mote, bytes, { workers: 2 }), good);
    assert.deepEqual(await follow(mote, broken, { workers: 2 }), bad);
    assert.deepEqual(await follow(mote, bytes, { workers: 2 }), good);
  });
  mote.close();
});

test("a thread that is ended in the middle is replaced by the calling one", async () => {
  const bytes = await prove();
  const mote = await Mote.load();
  const alone = await follow(mote, bytes, { workers: 0 });
  const kill = (worker) => void setTimeout(() => void worker.terminate(), 1);
  process.on("worker", kill);
  assert.deepEqual(await follow(mote, bytes, { workers: 2 }), alone);
  process.off("worker", kill);
  mote.close();
});

test("threads that wait keep no process alive", async () => {
  const script = `
    import { Mote } from ${JSON.stringify(import.meta.resolve("mote-light-client"))};
    import * as made from ${JSON.stringify(new URL("made.mjs", import.meta.url).href)};
    import { setOf } from ${JSON.stringify(new URL("../../tests/verdicts/signer.mjs", import.meta.url).href)};
    import { parentPort } from "node:worker_threads";
    const mote = await Mote.load();
    const voters = made.voters(150, 1);
    const proof = made.warpProof(mote, Array(21).fill(voters));
    let links = 0;
    for await (const _ of mote.warp(proof, { authorities: setOf(voters), setId: 0 }, { workers: 2 })) links++;
    parentPort.postMessage(links);`;
  const began = performance.now();
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
  const [links] = await once(thread, "message");
  assert.equal(links, 20);
  await once(thread, "exit");
  assert.ok(performance.now() - began < 9000, "the idle threads were waited for");
});
