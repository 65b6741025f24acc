// SPDX-License-Identifier: Apache-2.0
// Opens the page in headless Chromium, lets it verify every recording, checks each verdict against the recordings' index,
// leaves a screenshot of the first, and exits with the verdict.
//   node demo/scripts/once.mjs [screenshot.png]
import { readFileSync } from "node:fs";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const index = JSON.parse(readFileSync(new URL("../recordings/index.json", import.meta.url), "utf8"));
const expected = [
  ...index.recordings.map(({ name }) => [name, "verified"]),
  ...index.assumed.map(({ name }) => [name, "verified"]),
  ...index.forged.map(({ name }) => [name, "rejected"]),
];

const server = await serve();
const browser = await launch();
let wrong = 0;
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1500 } });
  page.on("pageerror", (error) => { wrong++; console.log(`page error: ${error.message}`); });
  for (const [name, want] of expected) {
    await page.goto(`${server.url}?recording=${name}`);
    await page.waitForFunction(() => !["", "Nothing verified yet.", "Verifying…"].includes(document.getElementById("verdict").textContent));
    const got = await page.evaluate(() => document.documentElement.dataset.verdict);
    const line = await page.textContent("#verdict");
    console.log(`${got === want ? "ok " : "BAD"} ${name}: ${line}`);
    if (got !== want) wrong++;
    if (name === expected[0][0] && process.argv[2] !== undefined) await page.screenshot({ path: process.argv[2], fullPage: true });
  }
} finally {
  await browser.close();
  server.close();
}
process.exit(wrong === 0 ? 0 : 1);
