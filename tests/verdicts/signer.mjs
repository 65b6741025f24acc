// SPDX-License-Identifier: Apache-2.0
// Votes signed by Node's own Ed25519, with keys made from numbers: always the same.
import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { compact } from "./recorded.mjs";

export function voter(number) {
  const seed = Buffer.alloc(32, number);
  seed.writeUInt32LE(number);
  const secret = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
  const key = createPublicKey(secret).export({ type: "spki", format: "der" }).subarray(-32);
  return { key, sign: (message) => sign(null, message, secret) };
}

export function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
export function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** SCALE Vec<(key, weight 1)>. */
export const setOf = (voters) => Buffer.concat([compact(voters.length), ...voters.flatMap(({ key }) => [key, u64(1)])]);

/** What a voter signs for a target (hash and number). Stage: 0 prevote, 1 precommit. */
export const signedBytes = (stage, target, round, setId) => Buffer.concat([Buffer.from([stage]), target, u64(round), u64(setId)]);

export function equivocationProof(who, stage, round, setId, first, second) {
  const vote = (target) => [target, who.sign(signedBytes(stage, target, round, setId))];
  return Buffer.concat([u64(setId), Buffer.from([stage]), u64(round), who.key, ...vote(first), ...vote(second)]);
}

/** A recorded justification without ancestry, in the form in which commits are gossiped. */
export function commitOf(justification, setId) {
  const target = justification.subarray(8, 44);
  const two = (justification[44] & 3) === 1; // one or two bytes of count
  const count = two ? justification.readUInt16LE(44) >> 2 : justification[44] >> 2;
  const prefix = justification.subarray(44, two ? 46 : 45);
  const votes = Array.from({ length: count }, (_, i) => justification.subarray(44 + prefix.length + 132 * i, 44 + prefix.length + 132 * (i + 1)));
  return Buffer.concat([
    justification.subarray(0, 8), u64(setId), target, prefix, ...votes.map((vote) => vote.subarray(0, 36)), prefix, ...votes.map((vote) => vote.subarray(36)),
  ]);
}
