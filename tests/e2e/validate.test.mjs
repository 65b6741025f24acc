// SPDX-License-Identifier: Apache-2.0
// Every block of the relay chain and both parachains from genesis to the last final one, judged by mote validate.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { moteDoes } from "./clients.mjs";
import { paras, relay, skip } from "./network.mjs";

describe("mote validate --node", { skip: skip.notOurs }, () => {
  /** What passed, by rule; nothing may fail. */
  async function judge(...words) {
    const { details } = await moteDoes("validate", "--node", ...words);
    assert.deepEqual(details.failures, []);
    for (const { cases, rule, why } of details.unchecked) console.log(`not checked: ${cases} of ${rule}: ${why}`);
    return new Map(details.rules.map(({ rule, passed }) => [rule, passed]));
  }
  const atLeast = (rules, least) => {
    for (const [rule, count] of Object.entries(least)) assert.ok((rules.get(rule) ?? 0) >= count, `${rule}: ${rules.get(rule)}`);
  };

  test("the relay chain", async () => {
    const rules = await judge(relay[0]);
    const blocks = rules.get("header-link");
    assert.ok(blocks > 130);
    assert.deepEqual([rules.get("babe-chain"), rules.get("extrinsics-root")], [blocks, blocks]);
    for (const rule of ["genesis", "grandpa-justification", "finality-proof", "grandpa-handover", "storage-proof", "para-head", "beefy", "mmr-proof", "mmr-ancestry", "messages", "coretime"])
      atLeast(rules, { [rule]: 1 });
  });
  test("a range of it", async () => {
    const rules = await judge(relay[0], "--from", 70, "--to", 130);
    assert.equal(rules.get("babe-chain"), 61);
    atLeast(rules, { "finality-proof": 1, "grandpa-handover": 1, beefy: 1 });
  });
  for (const [id, url] of paras) {
    test(`parachain ${id}`, async () => {
      const rules = await judge(url, "--relay", relay[0]);
      assert.equal(rules.get("genesis"), 1);
      atLeast(rules, { "aura-chain": 61, "para-finality": 61, "storage-proof": 5 });
    });
  }
});
