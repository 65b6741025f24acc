// SPDX-License-Identifier: Apache-2.0
// Drives the built page in headless Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../scripts/browser.mjs";
import { serve } from "../scripts/server.mjs";

const at = (name) => fileURLToPath(new URL(`../recordings/${name}`, import.meta.url));
const index = JSON.parse(readFileSync(at("index.json"), "utf8"));
const first = index.recordings[0];

let server, browser, page, faults;

/** A verdict that is not the one before. */
const settled = () => page.waitForFunction(() => !["Nothing verified yet.", "Verifying…"].includes(document.getElementById("verdict").textContent));
const verdict = async () => {
  await settled();
  return page.evaluate(() => document.documentElement.dataset.verdict);
};
const open = async (recording) => {
  await page.goto(`${server.url}?recording=${recording}`);
  await settled();
};
const flip = async (offset) => {
  await page.fill("#offset-number", String(offset));
  await page.dispatchEvent("#offset-number", "change");
  await page.click("#flip");
  return verdict();
};

before(async () => {
  server = await serve();
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
  faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
});

after(async () => {
  await browser?.close();
  server?.close();
});

describe("recordings", () => {
  for (const { name } of [...index.recordings, ...index.assumed]) {
    it(`${name} is verified`, async () => {
      await open(name);
      assert.equal(await verdict(), "verified");
      assert.ok((await page.locator(".link.ok").count()) >= 2);
      assert.equal(await page.locator(".link.bad").count(), 0);
    });
  }

  for (const { name, status, link, offset } of index.forged) {
    it(`${name} is refused at the link that lies`, async () => {
      await open(name);
      assert.equal(await verdict(), "rejected");
      assert.match(await page.textContent("#verdict"), new RegExp(`link ${link.index + 1}, ${link.kind}`));
      const why = await page.textContent("#why");
      assert.ok(why.includes(`[${status}]`) && why.includes(`byte ${offset}`), why);
    });
  }

  it("an assumed root is shown as assumed", async () => {
    await open(index.assumed[0].name);
    assert.match(await page.textContent("#assumed"), /assumed: root/);
  });
});

describe("tampering", () => {
  it("a changed bit anywhere breaks a link at or behind its own", async () => {
    await open(first.name);
    const size = Number(await page.getAttribute("#offset", "max")) + 1;
    for (let i = 0; i < 24; i++) {
      assert.equal(await flip(Math.floor(((i + 0.5) * size) / 24)), "rejected", `byte ${Math.floor(((i + 0.5) * size) / 24)}`);
      assert.match(await page.textContent("#verdict"), /Rejected/);
    }
  });

  it("restoring the byte restores the verdict", async () => {
    await open(first.name);
    await flip(9000);
    await page.click("#restore");
    assert.equal(await verdict(), "verified");
    assert.equal(await page.isDisabled("#restore"), true);
  });

  it("a proof under an assumed root can be tampered with, too", async () => {
    await open(index.assumed[0].name);
    assert.equal(await flip(100), "rejected");
  });
});

describe("files of the visitor", () => {
  it("a bundle with its checkpoint: refused today, because the checkpoint has expired", async () => {
    await open(first.name);
    await page.setInputFiles("#file", [at(first.bundle), at(first.checkpoint)]);
    await page.waitForFunction(() => document.documentElement.dataset.verdict === "rejected");
    assert.match(await page.textContent("#why"), /\[expired\]/);
  });

  it("anything else is answered, not swallowed", async () => {
    await open(first.name);
    await page.setInputFiles("#file", [at("index.json")]);
    await page.waitForFunction(() => document.documentElement.dataset.verdict === "rejected");
    assert.match(await page.textContent("#why"), /bundle/);
  });
});

describe("everybody can use it", () => {
  it("by keyboard alone", async () => {
    await open(first.name);
    await page.focus("#offset");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.focus("#flip");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.dataset.verdict === "rejected");
    await page.focus("#restore");
    await page.keyboard.press("Space");
    await page.waitForFunction(() => document.documentElement.dataset.verdict === "verified");
  });

  it("each control and picture has a name, the verdict is announced", async () => {
    await open(first.name);
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll("button, input, select, svg, canvas, [role=img]")].filter((element) =>
        !(element.textContent?.trim() || element.getAttribute("aria-label") || element.labels?.length)).map((element) => element.outerHTML.slice(0, 80)));
    assert.deepEqual(nameless, []);
    assert.equal(await page.getAttribute("#verdict", "aria-live"), "polite");
  });

  it("on a phone's width nothing overflows, light and dark", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await open("local-genesis");
      const [content, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      assert.ok(content <= window_, `${content} > ${window_} in ${colorScheme}`);
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 1200, height: 1400 });
  });
});

it("no error was logged", () => assert.deepEqual(faults, []));
