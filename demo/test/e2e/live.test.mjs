// SPDX-License-Identifier: Apache-2.0
// The live tab driven over a real network (tests/e2e/README.md), photographed (screenshot-live.png, screenshot-hostile.png): synced
// from genesis, an account on both chains, the picture of its proof, and the hostile node's lies, each caught by its name.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../../scripts/browser.mjs";
import { serve } from "../../scripts/server.mjs";
import { call, paras, relay, skip } from "../../../tests/e2e/network.mjs";

/** The network that the page has a checkpoint of; others need a file of their own. */
const bundled = "0xf017f96733e120690e91558431ce949cdba3bcc139c98380fd8959aba38eb691";
const isBundled = !skip.noParas && await call(relay[0], "chain_getBlockHash", 0) === bundled;

describe("live tab, real network", { skip: skip.noParas || (!isBundled && "another network than the page's own"), timeout: 180_000 }, () => {
  let server, browser, page, faults;
  before(async () => {
    server = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  const photograph = (name) => page.screenshot({ path: fileURLToPath(new URL(`../../${name}.png`, import.meta.url)), fullPage: true });
  async function open() {
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    const [first] = paras.values();
    await page.goto(`${server.url}?live&${relay.map((url) => `relay=${url}`).join("&")}&para-source=${first}`);
  }
  async function start() {
    await page.click("#live-start");
    await page.waitForFunction(() => document.documentElement.dataset.live === "current");
  }

  it("syncs from genesis, goes on, and shows an account of both chains and its proof", async () => {
    await open();
    await start();
    const height = async () => Number(/block ([\d,]+)/.exec(await page.textContent("#live-state"))[1].replaceAll(",", ""));
    const first = await height();
    await page.click("#live-look");
    await page.waitForFunction(() => document.querySelectorAll(".answer button").length === 2);
    const answers = await page.locator(".answer").allTextContents();
    assert.match(answers[0], /relay chain.*free [1-9]/is);
    assert.match(answers[1], /parachain 2000.*free [1-9]/is);
    await page.waitForFunction((number) => Number(/block ([\d,]+)/.exec(document.getElementById("live-state").textContent)[1].replaceAll(",", "")) > number, first);
    await page.locator(".answer button").nth(1).click();
    await page.waitForFunction(() => /down to parachain block/.test(document.getElementById("verdict").textContent));
    assert.equal(await page.locator(".link.bad").count(), 0);
    await photograph("screenshot-live");
    assert.deepEqual(faults, []);
    await page.close();
  });

  it("the hostile node is caught, lie by lie, and the others go on", async () => {
    for (const [lie, why] of [["votes", "bad_signature"], ["chain", "genesis_mismatch"], ["value", "proof_unreachable_node"]]) {
      await open();
      await page.selectOption("#live-lie", lie);
      await page.check("#live-hostile");
      await start();
      await page.click("#live-look");
      await page.waitForSelector(".caught", { timeout: 60_000 });
      const caught = await page.locator(".caught").allTextContents();
      assert.ok(caught.every((text) => text.includes(why)), `${lie}: ${caught.join("\n")}`);
      await page.waitForFunction(() => /free [1-9]/i.test(document.querySelector(".answer")?.textContent ?? ""));
      if (lie === "votes") await photograph("screenshot-hostile");
      assert.deepEqual(faults, []);
      await page.close();
    }
  });
});
