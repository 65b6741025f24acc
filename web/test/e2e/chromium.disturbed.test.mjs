// SPDX-License-Identifier: Apache-2.0
// A page that is open from the beginning of the run to its end (tests/e2e/README.md): through three new authority sets, a
// validator's node that is killed, a minute without any node. Every head that it was told of must be in the chain.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { call, eventually, hashAt, lightSyncSpec, paras, relay, skip, stageIs } from "../../../tests/e2e/network.mjs";
import { launch, LivePage } from "../browser/live-pages.mjs";

describe("a page, disturbed", { skip: skip.noParas || skip.notOurs, timeout: 1_500_000 }, () => {
  let lab;
  before(async () => (lab = await launch()));
  after(() => lab?.close());

  test("goes on through new sets, a node killed and a minute without nodes", async () => {
    const page = await LivePage.open(lab, { chain: JSON.stringify(await lightSyncSpec()), sources: relay, paras: [...paras] });
    await page.run(() => {
      const { chainOf, state, toHex } = globalThis.live;
      globalThis.told = Object.fromEntries(["relay", ...state.paras.keys()].map((name) => {
        const heads = [];
        void (async () => {
          for await (const { number, hash, setId } of chainOf(name).finalized) heads.push([number, toHex(hash), Number(setId)]);
        })();
        return [name, heads];
      }));
    });
    const told = () => page.run(() => globalThis.told);
    await stageIs("over", 1_200_000);
    const { number } = await call(relay[0], "chain_getHeader", await call(relay[0], "chain_getFinalizedHead"));
    const all = await eventually("head after the disturbances", async () => {
      const heads = await told();
      return heads.relay.at(-1)[0] >= Number(number) && heads;
    }, 120);
    for (const [name, heads] of Object.entries(all)) {
      assert.ok(heads.length > 10, `${heads.length} heads of ${name}`);
      for (const [height, hash] of heads) assert.equal(hash, await hashAt(name === "relay" ? name : Number(name), height), `${name} ${height}`);
      assert.deepEqual(heads.map(([height]) => height), heads.map(([height]) => height).toSorted((a, b) => a - b));
    }
    const sets = new Set(all.relay.map(([, , set]) => set).filter((set) => !Number.isNaN(set)));
    assert.ok(sets.size > 3, `sets ${[...sets]}`);
    await page.end();
  });
});
