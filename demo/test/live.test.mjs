// SPDX-License-Identifier: Apache-2.0
// The live tab in headless Chromium, over nodes that answer what was recorded: sync, accounts, their proof, and a hostile node.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch } from "../scripts/browser.mjs";
import { serve } from "../scripts/server.mjs";
import { ParaNode, RelayNode, paraHeads, steps } from "../../web/test/live-node.mjs";

let server, browser, page, faults, relays, para;

before(async () => {
  relays = await Promise.all([new RelayNode("none").listen(), new RelayNode("none").listen()]);
  para = await new ParaNode("none").listen();
  server = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  await Promise.all([...relays, para].map((node) => node.close()));
});

async function open() {
  page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
  faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const query = [...relays.map(({ url }) => `relay=${url}`), `para-source=${para.url}`].join("&");
  await page.goto(`${server.url}?live&${query}`);
}
const start = async () => {
  await page.click("#live-start");
  await page.waitForFunction(() => ["current", "stalled"].includes(document.documentElement.dataset.live));
};

describe("live tab", { timeout: 60_000 }, () => {
  it("gets current, looks an account up on both chains, and shows the proof link by link", async () => {
    await open();
    await start();
    assert.match(await page.textContent("#live-state"), new RegExp(`final block ${steps[0].number.toLocaleString("en")}`));
    await page.click("#live-look");
    await page.waitForFunction(() => document.querySelectorAll(".answer button").length === 2);
    const answers = await page.locator(".answer").allTextContents();
    assert.match(answers[0], /relay chain, block [\d,]+.*Free [1-9]/);
    assert.match(answers[1], /parachain 2000, block [\d,]+.*Free [1-9]/);
    await page.locator(".answer button").nth(1).click();
    await page.waitForFunction((number) => document.getElementById("verdict").textContent.endsWith(`down to parachain block ${number}.`), paraHeads[0].number);
    assert.equal(await page.locator(".link.ok").count(), 9);
    assert.equal(await page.locator(".link.bad").count(), 0);
    // What is shown is what was verified: a changed byte breaks it here as well.
    await page.click("#random");
    await page.waitForFunction(() => !/Verifying/.test(document.getElementById("verdict").textContent));
    assert.equal(await page.evaluate(() => document.documentElement.dataset.verdict), "rejected");
    assert.deepEqual(faults, []);
    await page.close();
  });

  for (const [lie, why] of [["votes", "bad_signature"], ["chain", "genesis_mismatch"], ["value", "proof_unreachable_node"]]) {
    it(`a hostile proxy (${lie}) is caught by name`, async () => {
      await open();
      await page.selectOption("#live-lie", lie);
      await page.check("#live-hostile");
      await start();
      await page.click("#live-look");
      await page.waitForSelector(".caught");
      const caught = await page.locator(".caught").allTextContents();
      assert.ok(caught.every((line) => line.includes(`dropped, ${why}`)), caught.join("\n"));
      await page.waitForFunction(() => /Free [1-9]/.test(document.querySelector(".answer")?.textContent ?? ""));
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
});
