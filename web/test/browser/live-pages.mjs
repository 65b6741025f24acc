// SPDX-License-Identifier: Apache-2.0
// Pages of headless Chromium with the live client in them (live-page.mjs), for suites.
import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import puppeteer from "puppeteer-core";
import { serve } from "./server.mjs";

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium"].find((path) => path !== undefined && existsSync(path));
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** { server, browser, close() } */
export async function launch() {
  const server = await serve();
  const browser = await puppeteer.launch({ headless: true, executablePath, args, protocolTimeout: 400_000 });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { server, browser, close };
}

export class LivePage {
  /** A page in a profile of its own (or in `context`), with a client in it: `opened` is what it began with. */
  static async open({ server, browser }, { context, prepare, ...options }) {
    const own = context === undefined ? await browser.createBrowserContext() : undefined;
    const page = await (context ?? own).newPage();
    if (prepare !== undefined) await page.evaluateOnNewDocument(prepare);
    const made = new LivePage(page, own, server.base, options);
    await made.#start(() => page.goto(server.base));
    return made;
  }
  constructor(page, own, base, options) {
    Object.assign(this, { page, own, base, options });
  }
  async #start(go) {
    await go();
    await this.page.evaluate(async (base) => {
      globalThis.live = await import(`${base}test/live-page.mjs`);
    }, this.base);
    this.opened = await this.do("open", this.options);
  }
  /** Calls one of live-page.mjs. */
  do(name, ...given) {
    return this.page.evaluate((called, list) => globalThis.live[called](...list.map((one) => one ?? undefined)), name, given);
  }
  run(script, ...given) {
    return this.page.evaluate(script, ...given);
  }
  reload() {
    return this.#start(() => this.page.reload());
  }
  async end() {
    await this.do("close");
    await this.page.close();
    await this.own?.close();
  }
}

/** A line to a node that can go dead without a word, or be cut and refused: { url, connections, mute(), refuse(yes), close() }. */
export async function startLink(target) {
  const { hostname, port } = new URL(target);
  const open = new Set();
  let refuses = false;
  const link = { connections: 0 };
  const server = createServer((near) => {
    if (refuses) return near.destroy();
    link.connections++;
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      one.pipe(other);
      one.on("error", () => undefined).on("close", () => other.destroy());
    }
    open.add(near).add(far);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  link.url = `ws://127.0.0.1:${server.address().port}`;
  link.mute = () => {
    for (const socket of open) socket.unpipe();
    open.clear();
  };
  link.refuse = (yes) => {
    refuses = yes;
    if (yes) for (const socket of open) socket.destroy();
  };
  link.close = () => {
    link.refuse(true);
    server.close();
  };
  return link;
}
