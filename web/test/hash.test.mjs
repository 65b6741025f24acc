// SPDX-License-Identifier: Apache-2.0
// Hashes and signatures, against polkadot.js, Node's own and published answers.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { blake2AsU8a, keccakAsU8a, xxhashAsU8a } from "@polkadot/util-crypto";
import { fromHex, toHex } from "mote-light-client";
import { hex, hexOf, json, load, random, refused } from "./support.mjs";

const sizes = [0, 1, 7, 8, 31, 32, 33, 63, 64, 127, 128, 129, 135, 136, 137, 255, 256, 257, 1000, 4096, 100000];

function inputs() {
  const next = random(42);
  return sizes.map((size) => Uint8Array.from({ length: size }, () => next(256)));
}

for (const [name, ours, theirs] of [
  ["blake2b256", (m, d) => m.blake2b256(d), (d) => blake2AsU8a(d, 256)],
  ["blake2b128", (m, d) => m.blake2b128(d), (d) => blake2AsU8a(d, 128)],
  ["blake2b512", (m, d) => m.blake2b512(d), (d) => blake2AsU8a(d, 512)],
  ["twox64", (m, d) => m.twox64(d), (d) => xxhashAsU8a(d, 64)],
  ["twox128", (m, d) => m.twox128(d), (d) => xxhashAsU8a(d, 128)],
  ["twox256", (m, d) => m.twox256(d), (d) => xxhashAsU8a(d, 256)],
  ["keccak256", (m, d) => m.keccak256(d), (d) => keccakAsU8a(d, 256)],
  ["sha512", (m, d) => m.sha512(d), (d) => createHash("sha512").update(d).digest()],
]) {
  test(`${name} as polkadot.js or Node compute it`, async () => {
    const mote = await load();
    for (const data of inputs()) assert.equal(hexOf(ours(mote, data)), hexOf(theirs(data)), `${data.length} bytes`);
  });
}

test("blake2b512: the published known answers", async () => {
  const mote = await load();
  const cases = json("vectors/blake2b-kat.json.gz").filter(({ key }) => key === "");
  assert.ok(cases.length > 200);
  for (const { in: data, out } of cases) assert.equal(hexOf(mote.blake2b512(hex(data))), `0x${out}`);
});

test("blake2b piece by piece, in any pieces; a copy goes on by itself", async () => {
  const mote = await load();
  const data = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);
  for (const size of [16, 32, 64]) {
    const expected = hexOf(blake2AsU8a(data, size * 8));
    for (const step of [1, 64, 127, 128, 129, 256, 999, 1000]) {
      const hash = mote.blake2b(size);
      for (let at = 0; at < data.length; at += step) hash.update(data.subarray(at, at + step));
      assert.equal(hexOf(hash.digest()), expected, `${step} bytes at a time`);
    }
  }
  const half = mote.blake2b().update(data.subarray(0, 500));
  const other = half.copy().update("0x00");
  assert.equal(hexOf(half.update(data.subarray(500)).digest()), hexOf(mote.blake2b256(data)));
  assert.equal(hexOf(other.digest()), hexOf(mote.blake2b256(Buffer.concat([data.subarray(0, 500), Buffer.alloc(1)]))));
  for (const size of [0, 65]) refused("bad_argument", () => mote.blake2b(size));
});

test("storage hashers and keys", async () => {
  const mote = await load();
  const key = Uint8Array.of(1, 2, 3, 4);
  const joined = (hash, rest) => hexOf(Buffer.concat([hash, rest]));
  assert.equal(hexOf(mote.storageHash("identity", key)), "0x01020304");
  assert.equal(hexOf(mote.storageHash("blake2-128", key)), hexOf(blake2AsU8a(key, 128)));
  assert.equal(hexOf(mote.storageHash("blake2-256", key)), hexOf(blake2AsU8a(key, 256)));
  assert.equal(hexOf(mote.storageHash("twox-128", key)), hexOf(xxhashAsU8a(key, 128)));
  assert.equal(hexOf(mote.storageHash("twox-256", key)), hexOf(xxhashAsU8a(key, 256)));
  assert.equal(hexOf(mote.storageHash("blake2-128-concat", key)), joined(blake2AsU8a(key, 128), key));
  assert.equal(hexOf(mote.storageHash("twox-64-concat", key)), joined(xxhashAsU8a(key, 64), key));
  assert.equal(hexOf(mote.storageKey("System", "Number")), "0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac");
  const [{ key: recorded }] = json("proofs/rococo-1758254-parahead-basilisk-2090.json").entries;
  const id = Buffer.alloc(4);
  id.writeUInt32LE(2090);
  assert.equal(hexOf(mote.storageKey("Paras", "Heads", ["twox-64-concat", id])), recorded);
  assert.equal(hexOf(mote.paraHeadKey(2090)), recorded);
});

test("hex in place of bytes, of either case, with or without 0x; what is no hex is a TypeError", async () => {
  const mote = await load();
  const expected = hexOf(mote.blake2b256(Uint8Array.of(0xab, 0xcd)));
  for (const text of ["0xabcd", "abcd", "0xABCD", "0XAbCd"]) assert.equal(hexOf(mote.blake2b256(text)), expected);
  for (const text of ["0xabc", "0xzz", "hello", "0x 0"]) assert.throws(() => mote.blake2b256(text), TypeError);
});

test("hex there and back, every byte and every character that is no digit", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.deepEqual(fromHex(toHex(all)), all);
  assert.deepEqual(fromHex(toHex(all).toUpperCase()), all);
  assert.equal(toHex(all), hexOf(all));
  assert.deepEqual([fromHex(""), fromHex("0x")], [new Uint8Array(), new Uint8Array()]);
  for (let code = 0; code < 0x250; code++) {
    const letter = String.fromCharCode(code);
    if (/[0-9a-fA-F]/.test(letter)) continue;
    for (const text of [`0x0${letter}`, `${letter}0`, `00${letter}${letter}`]) {
      if (text !== "0x" ) assert.throws(() => fromHex(text), TypeError, JSON.stringify(text));
    }
  }
});

test("a view into a larger buffer is read as the view", async () => {
  const mote = await load();
  const whole = Uint8Array.from({ length: 64 }, (_, i) => i);
  assert.equal(hexOf(mote.blake2b256(whole.subarray(16, 48))), hexOf(mote.blake2b256(whole.slice(16, 48))));
});

test("Ed25519 is ZIP-215: all 196 small-order cases, and the speccheck cases as zebra decides them", async () => {
  const mote = await load();
  const { cases } = json("vectors/ed25519-zip215-small-order.json");
  const message = Buffer.from("Zcash");
  for (const { vk, sig, valid_zip215: valid } of cases) assert.equal(mote.verifyEd25519(vk, sig, message), valid);
  const speccheck = json("vectors/ed25519-speccheck.json");
  const verdicts = speccheck.cases.map((c) => mote.verifyEd25519(c.pub_key, c.signature, c.message));
  assert.deepEqual(verdicts, speccheck.expected_by_library.Zebra);
});

test("a batch says of each member what it is alone", async () => {
  const mote = await load();
  const signed = Array.from({ length: 40 }, (_, i) => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const message = Buffer.from(`vote ${i}`);
    return { publicKey: publicKey.export({ type: "spki", format: "der" }).subarray(-32), message, signature: sign(null, message, privateKey) };
  });
  assert.ok(mote.verifyEd25519Batch(signed).every((good) => good));
  const broken = signed.map((item, i) => (i % 7 === 3 ? { ...item, message: Buffer.from("another") } : item));
  const verdicts = mote.verifyEd25519Batch(broken);
  assert.deepEqual(verdicts, broken.map((_, i) => i % 7 !== 3));
  assert.deepEqual(verdicts, broken.map(({ publicKey, signature, message }) => mote.verifyEd25519(publicKey, signature, message)));
  assert.deepEqual(mote.verifyEd25519Batch([]), []);
});

test("a key or signature of the wrong size is the caller's bug", async () => {
  const mote = await load();
  const error = refused("bad_argument", () => mote.verifyEd25519(new Uint8Array(31), new Uint8Array(64), "0x00"));
  assert.equal(error.class, "bug");
  assert.equal(error.blame, "caller");
});
