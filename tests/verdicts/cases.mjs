// SPDX-License-Identifier: Apache-2.0
// The cases: each a name and a function that asks a host questions and gives back what to log. All recorded files, then
// damaged copies of them.
import { compact, file, hex, json, jsonLines, lines, list, random, recordings, scaleList } from "./recorded.mjs";
import { showAnswer } from "./codec.mjs";
import { commitOf, equivocationProof, setOf, u32, voter } from "./signer.mjs";

/** Asks and gives the answer as a line of the log. */
const ask = (operation, question) => async (host) => [`${operation} ${showAnswer(await host.call(operation, question))}`];

const state = async (host, root) => (await host.call("assumeStateRoot", { root })).state;

// --- hashes, signatures, headers ------------------------------------------------------------------------------------

function* hashes() {
  const kat = json("vectors/blake2b-kat.json.gz").filter(({ key }) => key === "");
  yield ["blake2b, published answers", async (host) => {
    const log = [];
    for (const { in: data } of kat) log.push(...await ask("hash", { function: 2, data: hex(data) })(host));
    return log;
  }];
  const next = random(1);
  for (const size of [0, 1, 31, 32, 127, 128, 129, 135, 136, 137, 255, 256, 1000, 70000]) {
    const data = Buffer.from({ length: size }, () => next(256)).fill(size % 251);
    for (let i = 0; i < size; i++) data[i] = next(256);
    yield [`all hash functions of ${size} bytes`, async (host) => {
      const log = [];
      for (let f = 0; f <= 8; f++) log.push(...await ask("hash", { function: f, data })(host));
      for (let h = 0; h <= 7; h++) log.push(...await ask("storageHash", { hasher: h, data })(host));
      return log;
    }];
  }
}

function* hashesByPieces() {
  const next = random(3);
  for (const size of [16, 32, 64]) {
    yield [`blake2b of ${size} bytes, piece by piece`, async (host) => {
      let { hashing } = await host.call("hashBegin", { size });
      const log = [];
      for (let i = 0; i < 40; i++) {
        ({ hashing } = await host.call("hashUpdate", { hashing, data: Buffer.alloc((i * 37) % 300, i) }));
        log.push(...await ask("hashEnd", { hashing })(host));
      }
      hashing[next(300)] ^= 1;
      log.push(...await ask("hashEnd", { hashing })(host), ...await ask("hashBegin", { size: 65 })(host));
      return log;
    }];
  }
}

function* signatures() {
  const cases = [
    ...json("vectors/ed25519-speccheck.json").cases.map((c) => [hex(c.pub_key), hex(c.signature), hex(c.message)]),
    ...json("vectors/ed25519-zip215-small-order.json").cases.map((c) => [hex(c.vk), hex(c.sig), Buffer.from("Zcash")]),
  ];
  for (const [i, [publicKey, signature, message]] of cases.entries()) {
    yield [`ed25519 case ${i}`, ask("ed25519Verify", { publicKey, signature, message })];
  }
  yield ["ed25519, all as one batch", ask("ed25519Batch", {
    publicKeys: cases.map(([key]) => key), signatures: cases.map(([, signature]) => signature), messages: cases.map(([, , message]) => message),
  })];
}

function* headers() {
  for (const name of list("headers", /\.hex$/)) {
    const run = lines(`headers/${name}`).map(hex);
    yield [`headers/${name}`, async (host) => {
      const log = [];
      for (const header of run) log.push(...await ask("headerDecode", { header })(host));
      for (const header of run.slice(0, 5)) {
        const { digest, ...fields } = await host.call("headerDecode", { header });
        const items = digest.map(({ kind, engine, payload }) => Buffer.concat([Buffer.from([kind]), engine, ...(kind === 8 ? [] : [compact(payload.length), payload])]));
        log.push(...await ask("headerEncode", { ...fields, items })(host), ...await ask("headerEncode", { ...fields, items: [...items, Buffer.from([9])] })(host));
      }
      let child = (await host.call("assumeHeader", { header: run.at(-1) })).header.token;
      for (const header of run.slice(0, -1).reverse()) {
        const answer = await host.call("finalizedParent", { child, header });
        log.push(showAnswer(answer));
        child = answer.header.token;
      }
      return log;
    }];
  }
  for (const name of ["headers/sidecar-headers.jsonl", "headers/babe-verification-vectors.jsonl"]) {
    yield [name, async (host) => {
      const log = [];
      for (const { header } of jsonLines(name)) log.push(...await ask("headerDecode", { header: hex(header) })(host));
      return log;
    }];
  }
}

// --- finality ---------------------------------------------------------------------------------------------------------

/** Each recorded justification with the set it is from, where one is recorded. */
export function justifications() {
  return json("grandpa/index.json").map((entry) => {
    const name = `grandpa/${entry.network}-${entry.target_number}.justification.bin`;
    const set = entry.authority_set_file === null || entry.authority_set_file === undefined
      ? Buffer.alloc(0) : file(`grandpa/${entry.authority_set_file}`);
    return { name, bytes: file(name), set, setId: entry.set_id ?? 0, header: entry.target_header ? hex(entry.target_header) : undefined };
  });
}

function* finality() {
  for (const { name, bytes, set, setId, header } of justifications()) {
    yield [name, async (host) => {
      const voters = { authorities: set, setId };
      const log = [
        ...await ask("justificationDecode", { justification: bytes })(host),
        ...await ask("authoritySet", voters)(host),
        ...await ask("justificationVerify", { ...voters, justification: bytes })(host),
        ...await ask("justificationVerify", { ...voters, setId: setId + 1, justification: bytes })(host),
        ...await ask("commitVerify", { ...voters, commit: commitOf(bytes, setId), headers: header ? [header] : [] })(host),
      ];
      if (header !== undefined) {
        const answer = await host.call("justificationVerify", { ...voters, justification: bytes, header });
        log.push(showAnswer(answer));
        if (answer.status === 0) log.push(...await ask("finalizedHeaderOf", { block: answer.block.token, header })(host));
      }
      return log;
    }];
  }
}

function* equivocations() {
  const voters = [1, 2, 3, 4].map(voter);
  const target = (fill, number) => Buffer.concat([Buffer.alloc(32, fill), u32(number)]);
  const proofs = {
    "two precommits": equivocationProof(voters[1], 1, 7, 5, target(1, 10), target(2, 11)),
    "two prevotes": equivocationProof(voters[1], 0, 7, 5, target(1, 10), target(2, 10)),
    "the same vote twice": equivocationProof(voters[1], 1, 7, 5, target(1, 10), target(1, 10)),
    "a stranger's": equivocationProof(voter(9), 1, 7, 5, target(1, 10), target(2, 11)),
    "of another set": equivocationProof(voters[1], 1, 7, 6, target(1, 10), target(2, 11)),
  };
  for (const [name, proof] of Object.entries(proofs)) {
    yield [`equivocation: ${name}`, ask("equivocationVerify", { authorities: setOf(voters), setId: 5, proof })];
    yield [`equivocation: ${name}, damaged`, damageOf(proof, 20, 60, (host, copy) => ask("equivocationVerify", { authorities: setOf(voters), setId: 5, proof: copy })(host))];
  }
}

// --- warp ----------------------------------------------------------------------------------------------------------------

export function warps() {
  const name = "warp/rococo-set2149-to-2150-1238286-1238699.warpproof.bin";
  const local = json("local/relay.p2p.json.gz");
  const sets = json("local/relay.read-proofs.json.gz").map(({ number, values }) => ({
    number, authorities: hex(values["Grandpa.Authorities"].value), setId: hex(values["Grandpa.CurrentSetId"].value).readBigUInt64LE(),
  }));
  const at = (number) => sets.find((set) => set.number === (number === 0 ? 1 : number));
  const asked = [["warp from genesis", 0], ["warp from 61", 61], ["warp from 121", 121], ["warp from finalized 137", 137]];
  return [
    { name, bytes: file(name), start: { authorities: file("grandpa/authority-sets/rococo-set2149.bin"), setId: 2149 } },
    ...asked.map(([title, number]) => ({
      name: `local: ${title}`, bytes: hex(local[title].response), start: { authorities: at(number).authorities, setId: at(number).setId, number },
    })),
  ];
}

/** What is whole, judged and joined, the newest first. */
async function judgeUnits(host, session) {
  const units = [], log = [];
  for (let taken = await host.call("workTake", { session }); taken.found; taken = await host.call("workTake", { session })) units.push(taken.unit);
  for (const unit of units.reverse()) {
    const judged = await host.call("workJudge", { unit });
    log.push(showAnswer(judged), showAnswer(await host.call("workJoin", { session, verdict: judged.verdict ?? nowhere })));
  }
  return log;
}

export async function followWarp(host, bytes, start, step, threads = 0) {
  const { session, ...refused } = await host.call("warpNew", { threads, ...start });
  if (session === undefined) return [showAnswer(refused)];
  const log = [];
  for (let at = 0; at < bytes.length; ) {
    const answer = await host.call("warpFeed", { session, chunk: bytes.subarray(at, at + step) });
    log.push(showAnswer(answer));
    if (answer.status !== 0) break;
    at += answer.consumed;
    if (threads > 0) log.push(...await judgeUnits(host, session));
  }
  log.push(showAnswer(await host.call("warpFinish", { session })));
  const after = await host.call("warpLinks", { session });
  log.push(showAnswer(after));
  await host.call("close", { session });
  // The set after it judges, as evidence; and as what somebody made of it, does not.
  const { set: { authorities, setId, token } } = after;
  const justification = justificationOf(1238699);
  for (const given of [{ authorities, setId, token }, { authorities, setId: setId + 1n, token }, { authorities: authorities.subarray(1), setId, token }]) {
    log.push(showAnswer(await host.call("justificationVerify", { ...given, justification })));
  }
  return log;
}

const justificationOf = (number) => file(`grandpa/rococo-${number}.justification.bin`);

function* warp() {
  for (const { name, bytes, start } of warps()) {
    for (const step of [bytes.length, 4096, 997, 61]) {
      yield [`${name} in chunks of ${step}`, (host) => followWarp(host, bytes, start, step)];
    }
    for (const cut of [0, 1, 2, bytes.length >> 1, bytes.length - 1]) {
      yield [`${name} cut to ${cut}`, (host) => followWarp(host, bytes.subarray(0, cut), start, 4096)];
    }
    for (const threads of [1, 3, 8, 4_000_000_000]) yield [`${name}, ${threads} threads`, (host) => followWarp(host, bytes, start, 4096, threads)];
    yield [`${name} under another set id`, (host) => followWarp(host, bytes, { ...start, setId: 7 }, 4096)];
  }
  yield ["warp for a chain that nobody knows", (host) => followWarp(host, Buffer.alloc(2), { ...warps()[0].start, chain: "nowhere" }, 10)];
}

/** A justification in units; what else may be said about them. */
async function splitJustification(host, ask, units, change = () => undefined) {
  const { session, ...refused } = await host.call("justificationSplit", { ...ask, units });
  if (session === undefined) return [showAnswer(refused)];
  const { unit } = await host.call("workTake", { session });
  const changed = Buffer.from(unit);
  change(changed);
  const judged = await host.call("workJudge", { unit: changed });
  const log = [showAnswer(judged), showAnswer(await host.call("workJoin", { session, verdict: judged.verdict ?? nowhere }))];
  log.push(showAnswer(await host.call("workJoin", { session, verdict: Buffer.alloc(48) })), ...await judgeUnits(host, session));
  log.push(showAnswer(await host.call("workJudgeOldest", { session })));
  for (let i = 0; i < 2; i++) log.push(showAnswer(await host.call("justificationJoin", { session })));
  log.push(showAnswer(await host.call("close", { session })), showAnswer(await host.call("workTake", { session })));
  return log;
}

function* splits(times) {
  for (const { name, bytes, set, setId } of justifications().filter(({ set }) => set.length > 0).slice(0, 6)) {
    const ask = { authorities: set, setId, justification: bytes };
    for (const units of [0, 1, 2, 64, 65, 4_000_000_000]) yield [`${name} in ${units} units`, (host) => splitJustification(host, ask, units)];
    yield [`${name}, a unit changed`, (host) => splitJustification(host, ask, 3, (unit) => (unit[60] ^= 1))];
    yield [`${name} in units, damaged`, damageOf(bytes, 15, 30 * times, (host, copy) => splitJustification(host, { ...ask, justification: copy }, 3))];
    yield [`${name}, units damaged`, (host) => splitJustification(host, ask, 1, (unit) => unit.fill(255, 40, 44))];
  }
  for (const unit of [nowhere, Buffer.alloc(47), Buffer.alloc(48), Buffer.alloc(48, 255)]) {
    yield [`${unit.length} bytes as a unit`, ask("workJudge", { unit })];
  }
}

// --- trust -----------------------------------------------------------------------------------------------------------------

function* checkpoints() {
  for (const name of list("checkpoints", /\.json$/)) {
    const { id, lightSyncState: s } = json(`checkpoints/${name}`);
    yield [`checkpoints/${name}`, async (host) => {
      const log = [];
      for (const chain of ["", id]) {
        const answer = await host.call("checkpointFromLightSyncState", {
          header: hex(s.finalizedBlockHeader), epochChanges: hex(s.babeEpochChanges), authoritySet: hex(s.grandpaAuthoritySet), chain,
        });
        log.push(showAnswer(answer));
        if (answer.status !== 0) continue;
        const { compact: bytes } = answer.checkpoint;
        log.push(...await ask("checkpointDecode", { compact: bytes })(host), ...await ask("checkpointDecode", { compact: bytes, withoutBabe: true })(host));
        for (const now of [0, 1700000000]) {
          log.push(...await ask("justificationVerify", { checkpoint: bytes, now, justification: justificationOf(1238699) })(host));
        }
        for (const now of [0, 1600000000, 1700000000, 1800000000]) log.push(...await ask("checkpointAge", { compact: bytes, now })(host));
      }
      return log;
    }];
  }
}

function* genesis() {
  for (const name of list("genesis", /\.json\.gz$/)) {
    yield [`genesis/${name}`, async (host) => {
      const { top } = json(`genesis/${name}`);
      const keys = Object.keys(top).map(hex), values = Object.values(top).map(hex);
      return [...await ask("genesis", { keys, values, version: 0 })(host), ...await ask("genesis", { keys, values, version: 1 })(host)];
    }];
  }
  for (const name of list("vectors", /^trie-.*\.json$/)) {
    yield [`vectors/${name}`, async (host) => {
      const { keys_in_hex: inHex, pairs } = json(`vectors/${name}`);
      const log = [];
      for (const version of [0, 1, 2]) {
        log.push(...await ask("trieRoot", { keys: pairs.map(([key]) => hex(key)), values: pairs.map(([, value]) => hex(value)), version })(host));
      }
      return [`${inHex}`, ...log];
    }];
  }
  for (const name of ["local/relay.blocks.jsonl.gz", "local/para-2000.blocks.jsonl.gz"]) {
    yield [`extrinsics of ${name}`, async (host) => {
      const log = [];
      for (const { extrinsics } of jsonLines(name)) {
        log.push(...await ask("orderedTrieRoot", { items: extrinsics.map(hex), version: 0 })(host));
      }
      return log;
    }];
  }
}

// --- state -------------------------------------------------------------------------------------------------------------------

/** Every recorded state proof: root, nodes, and the keys that are said to be in it. */
export function proofs() {
  const found = [];
  for (const name of list("proofs", /\.json$/)) {
    const { state_root: root, nodes, entries } = json(`proofs/${name}`);
    if (nodes === undefined) continue;
    found.push({ name: `proofs/${name}`, root: hex(root), proof: scaleList(nodes.map(hex)), keys: (entries ?? []).map(({ key }) => hex(key)).filter((key) => key.length > 0) });
  }
  for (const chain of ["relay", "para-2000", "para-2001"]) {
    for (const { number, state_root: root, values, all_in_one: nodes } of json(`local/${chain}.read-proofs.json.gz`)) {
      found.push({ name: `local/${chain} at ${number}`, root: hex(root), proof: scaleList(nodes.map(hex)), keys: Object.values(values).map(({ key }) => hex(key)) });
    }
  }
  return found;
}

const nowhere = Buffer.from("no such key");

function* stateProofs() {
  for (const { name, root, proof, keys } of proofs()) {
    yield [name, async (host) => {
      const source = { state: await state(host, root), proof };
      const log = await ask("proofRead", { ...source, keys })(host);
      for (const lenient of [false, true]) {
        for (const key of [...keys.slice(0, 8), nowhere]) {
          log.push(
            ...await ask("proofRead", { ...source, lenient, keys: [key] })(host),
            ...await ask("proofPath", { ...source, lenient, key })(host),
            ...await ask("proofNextKey", { ...source, lenient, key, prefix: key.subarray(0, 1) })(host),
            ...await ask("proofScan", { ...source, lenient, prefix: key.subarray(0, 16) })(host),
            ...await ask("proofMerkleValue", { ...source, lenient, nibbles: Buffer.from([key[0] >> 4, key[0] & 15]) })(host),
            ...await ask("proofRead", { ...source, lenient, isChild: true, child: key, keys: [key] })(host),
          );
        }
      }
      log.push(...await ask("proofRead", { ...source, compact: true, keys })(host));
      for (const paraId of [2000, 2001, 2002, 2090, 2105, 1000]) {
        const head = await host.call("paraHead", { ...source, paraId });
        log.push(showAnswer(head), ...await ask("paraLifecycle", { ...source, paraId })(host), ...await ask("paraCode", { ...source, paraId })(host));
        if (head.state === 1) log.push(...await ask("paraProgress", { earlier: head.header.token, later: head.header.token })(host));
        // Without its parent this is the wrong header, and is refused as such.
        if (head.state === 1) log.push(...await ask("paraParent", { child: head.header.token, header: head.data })(host));
      }
      return log;
    }];
  }
  const scan = json("proofs/prefix-scan-smoldot174.json");
  for (const [i, proof] of scan.proofs.map(hex).entries()) {
    yield [`prefix scan, proof ${i}`, async (host) => {
      const source = { state: await state(host, hex(scan.trie_root_hash)), proof };
      return [
        ...await ask("proofScan", { ...source, prefix: hex(scan.prefix) })(host),
        ...await ask("proofScan", { ...source, lenient: true, prefix: hex(scan.prefix) })(host),
      ];
    }];
  }
}

// --- bundles -----------------------------------------------------------------------------------------------------------------

export async function walkBundle(host, bundle, checkpoint, now) {
  const opened = await host.call("bundleNew", { bundle, checkpoint, now });
  const log = [showAnswer(opened)];
  if (opened.status !== 0) return log;
  for (;;) {
    const step = await host.call("bundleNext", { session: opened.session });
    log.push(showAnswer(step));
    if (step.status !== 0 || !step.more) break;
  }
  log.push(showAnswer(await host.call("close", { session: opened.session })));
  return log;
}

/** The recordings of the demo. */
export function bundles() {
  return json("index.json", recordings).recordings.filter(({ bundle }) => bundle !== undefined).map(({ name, bundle, checkpoint, now }) => ({
    name, bundle: file(bundle, recordings), checkpoint: file(checkpoint, recordings), now,
  }));
}

/** A question of bundleEncode. */
const question = (kind, key, expected = Buffer.alloc(0)) => Buffer.concat([Buffer.from([kind]), ...[Buffer.alloc(0), key, expected].flatMap((part) => [u32(part.length), part])]);

function* bundleMaking() {
  const { proof, keys } = proofs().find(({ name }) => name.includes("parahead-basilisk"));
  const parts = {
    chain: "rococo", justification: justificationOf(1238699), headers: [Buffer.alloc(99, 1), Buffer.alloc(98, 2)], relayProof: proof,
    relayQuestions: [question(0, keys[0]), question(1, keys[0], Buffer.alloc(9)), question(2, keys[0]), question(3, keys[0]), question(4, keys[0])],
    hasPara: true, paraId: 2090, paraProof: proof, paraHeaders: [Buffer.alloc(98, 2)], paraStateProof: proof, paraQuestions: [question(0, keys[0])],
  };
  for (const [name, changes] of Object.entries({ whole: {}, "without a parachain": { hasPara: false }, "a name too long": { chain: "x".repeat(33) }, "a bad question": { relayQuestions: [Buffer.alloc(3)] } })) {
    yield [`making a bundle: ${name}`, ask("bundleEncode", { ...parts, ...changes })];
  }
}

function* bundleWalks() {
  for (const { name, bundle, checkpoint, now } of bundles()) {
    yield [`bundle ${name}`, (host) => walkBundle(host, bundle, checkpoint, now)];
    yield [`bundle ${name}, time unknown`, (host) => walkBundle(host, bundle, checkpoint, 0)];
    yield [`bundle ${name}, long after`, (host) => walkBundle(host, bundle, checkpoint, 4000000000)];
  }
}

// --- damage --------------------------------------------------------------------------------------------------------------------

/** Copies with one byte changed, or cut short. */
function* damaged(bytes, seed, count) {
  const next = random(seed);
  for (let i = 0; i < count; i++) {
    const copy = Buffer.from(bytes);
    if (i % 3 === 2) {
      yield copy.subarray(0, next(bytes.length));
      continue;
    }
    copy[next(bytes.length)] ^= 1 << next(8);
    yield copy;
  }
}

const damageOf = (bytes, seed, count, each) => async (host) => {
  const log = [];
  for (const copy of damaged(bytes, seed, count)) log.push(...await each(host, copy));
  return log;
};

function* damage(times) {
  for (const { name, bytes, set, setId } of justifications()) {
    yield [`${name}, damaged`, damageOf(bytes, 11, 24 * times, (host, copy) => ask("justificationVerify", { authorities: set, setId, justification: copy })(host))];
    if (set.length > 0) {
      yield [`${name}, its set damaged`, damageOf(set, 12, 6 * times, (host, copy) => ask("justificationVerify", { authorities: copy, setId, justification: bytes })(host))];
    }
  }
  for (const { name, bytes, start } of warps()) {
    yield [`${name}, damaged`, damageOf(bytes, 13, 60 * times, (host, copy) => followWarp(host, copy, start, 3000))];
    yield [`${name}, damaged, two threads`, damageOf(bytes, 16, 60 * times, (host, copy) => followWarp(host, copy, start, 3000, 2))];
  }
  for (const { name, root, proof, keys } of proofs()) {
    yield [`${name}, damaged`, damageOf(proof, 14, 60 * times, async (host, copy) => {
      const source = { state: await state(host, root), proof: copy, keys };
      const log = [];
      for (const way of [{}, { lenient: true }, { compact: true }]) {
        log.push(...await ask("proofRead", { ...source, ...way })(host), ...await ask("paraHead", { ...source, ...way, paraId: 2090 })(host),
          ...await ask("proofScan", { ...source, ...way, prefix: keys[0]?.subarray(0, 4) ?? nowhere })(host));
      }
      return log;
    })];
  }
  for (const { name, bundle, checkpoint, now } of bundles()) {
    yield [`bundle ${name}, damaged`, damageOf(bundle, 15, 150 * times, (host, copy) => walkBundle(host, copy, checkpoint, now))];
    yield [`bundle ${name}, its checkpoint damaged`, damageOf(checkpoint, 16, 60 * times, (host, copy) => walkBundle(host, bundle, copy, now))];
  }
  for (const name of list("headers", /\.hex$/)) {
    const header = hex(lines(`headers/${name}`)[0]);
    yield [`headers/${name}, damaged`, damageOf(header, 17, 120 * times, (host, copy) => ask("headerDecode", { header: copy })(host))];
  }
  for (const name of list("checkpoints", /-(first|last)-.*\.json$/)) {
    const { lightSyncState: s } = json(`checkpoints/${name}`);
    const rest = { header: hex(s.finalizedBlockHeader), epochChanges: hex(s.babeEpochChanges) };
    yield [`checkpoints/${name}, damaged`, damageOf(hex(s.grandpaAuthoritySet), 18, 30 * times, (host, copy) =>
      ask("checkpointFromLightSyncState", { ...rest, authoritySet: copy })(host))];
  }
  yield ["requests that are no requests", rawDamage(400 * times)];
}

/** Whatever bytes, to whatever operation; not to start, which would make another seed. */
const rawDamage = (count) => async (host) => {
  const next = random(19);
  const log = [];
  for (let i = 0; i < count; i++) {
    const operation = 1 + next(45);
    const bytes = Buffer.alloc(next(200));
    for (let at = 0; at < bytes.length; at++) bytes[at] = next(4) === 0 ? next(256) : 0;
    const answer = Buffer.from(await host.exchange(operation, bytes));
    const status = answer.readUInt32LE(0);
    // What follows a success may hold tokens or a session's number; both have been compared above.
    log.push(`${operation} ${status} ${status === 0 ? answer.length > 0 : answer.toString("hex")}`);
  }
  return log;
};

export function* cases(times = 1) {
  yield* hashes();
  yield* hashesByPieces();
  yield* signatures();
  yield* headers();
  yield* finality();
  yield* equivocations();
  yield* warp();
  yield* splits(times);
  yield* checkpoints();
  yield* genesis();
  yield* stateProofs();
  yield* bundleWalks();
  yield* bundleMaking();
  yield* damage(times);
}
