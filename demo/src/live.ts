// SPDX-License-Identifier: Apache-2.0
/** The live tab: a light client over the nodes that the visitor names, and the proof of what it answers. */
import { hasVectors, toHex, type Mote } from "mote-light-client";
import { createClient, type AccountAnswer, type ChainStatus, type Client, type ClientEvent, type Parachain } from "mote-light-client/live";
import wasmUrl from "mote-light-client/mote-live.wasm?url";
import simdUrl from "mote-light-client/mote-live-simd.wasm?url";
import localUrl from "../recordings/local-genesis.checkpoint?url";
import { hostileWebSocket, lies, type Lie } from "./hostile.js";
import type { BundleSubject } from "./recordings.js";

function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page lacks #${id}`);
  return element;
}

const page = {
  spec: find("live-spec", HTMLInputElement),
  relays: find("live-relays", HTMLTextAreaElement),
  paraId: find("live-para-id", HTMLInputElement),
  paras: find("live-paras", HTMLTextAreaElement),
  start: find("live-start", HTMLButtonElement),
  stop: find("live-stop", HTMLButtonElement),
  hostile: find("live-hostile", HTMLInputElement),
  lie: find("live-lie", HTMLSelectElement),
  state: find("live-state", HTMLParagraphElement),
  more: find("live-more", HTMLParagraphElement),
  progress: find("live-progress", HTMLProgressElement),
  chains: find("live-chains", HTMLTableSectionElement),
  sources: find("live-sources", HTMLTableSectionElement),
  log: find("live-log", HTMLOListElement),
  address: find("live-address", HTMLInputElement),
  look: find("live-look", HTMLButtonElement),
  answers: find("live-answers", HTMLDivElement),
};

const cell = (content: string, className = ""): HTMLTableCellElement => {
  const made = document.createElement("td");
  made.textContent = content;
  if (className !== "") made.className = className;
  return made;
};
const rowOf = (...cells: HTMLTableCellElement[]): HTMLTableRowElement => {
  const made = document.createElement("tr");
  made.append(...cells);
  return made;
};
const lines = (area: HTMLTextAreaElement): string[] => area.value.split(/\s+/).filter((line) => line !== "");
const seconds = (ms: number | undefined): string => (ms === undefined ? "" : `${(ms / 1000).toFixed(1)} s`);
const grouped = (amount: bigint | number): string => amount.toLocaleString("en");
const nameOf = (chain: "relay" | number): string => (chain === "relay" ? "relay chain" : `parachain ${chain}`);
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Running {
  readonly client: Client;
  readonly parachain: Parachain | undefined;
}
let running: Running | undefined;
let begun = 0;

function say(content: string, className = ""): void {
  const item = document.createElement("li");
  item.textContent = `${((performance.now() - begun) / 1000).toFixed(2)} s  ${content}`;
  item.className = className;
  page.log.prepend(item);
  while (page.log.children.length > 60) page.log.lastElementChild?.remove();
}

function tell(event: ClientEvent): void {
  switch (event.kind) {
    case "phase": return say(`${nameOf(event.chain)}: ${event.phase}`);
    case "age": return say(`the checkpoint's age: ${event.age.freshness}`);
    case "handover": return say(`set ${event.setId} handed over at block ${event.number}`, "good");
    case "saved-refused": return say(`what was saved is not used: ${event.why}`, "bad");
    case "source": return say(`${event.url}: ${event.state}${event.why === undefined ? "" : `, ${event.why}`}`, event.state === "dropped" ? "bad caught" : "");
    case "para-lifecycle": return say(`parachain ${event.chain}: ${event.lifecycle}`);
    case "behind": return say(`${event.url}: ${event.why === undefined ? "has the head again" : `does not have ${nameOf(event.chain)}'s head, ${event.why}`}`);
    case "para-gone": return say(`parachain ${event.chain} has no head: ${event.lifecycle}`, "bad");
    case "conflict": return say(`two final blocks at height ${event.number}: halted`, "bad");
    case "query-failed": return say(`${nameOf(event.chain)}: ${event.why}`, "bad");
  }
}

function chainRow({ chain, phase, head, claimedNumber, setId, lag, requests, bytesIn }: ChainStatus): HTMLTableRowElement {
  const at = head === undefined ? "" : grouped(head.number);
  return rowOf(cell(nameOf(chain)), cell(phase, phase === "current" ? "good" : ""), cell(at, "mono"), cell(claimedNumber === 0 ? "" : grouped(claimedNumber), "mono"),
    cell(setId === undefined ? "" : String(setId)), cell(seconds(lag)), cell(grouped(requests)), cell(`${grouped(Math.ceil(bytesIn / 1024))} KiB`));
}

const places = { shared: "in a worker that all tabs share", worker: "in a worker", here: "on this thread" };
/** What a phase means to somebody who looks for the first time. */
const phases = {
  "waiting": "No node can be used yet", "catching-up": "Catching up", "current": "Current", "stalled": "The network finalizes nothing new", "halted": "Halted: two final blocks at one height",
};

async function watchStatus({ client }: Running): Promise<void> {
  for await (const status of client.statuses) {
    const chains = [status.relay, ...status.parachains];
    page.chains.replaceChildren(...chains.map(chainRow));
    page.sources.replaceChildren(...chains.flatMap(({ sources }) => sources).map((source) =>
      rowOf(cell(source.url, "mono"), cell(source.state, source.state === "dropped" ? "bad" : source.state === "usable" ? "good" : ""),
        cell(source.latency === undefined ? "" : `${source.latency} ms`), cell(String(source.answers)), cell(source.lastFault ?? "", source.lastFault === undefined ? "" : "bad"))));
    const { head, claimedNumber, phase, handovers, assumed } = status.relay;
    page.progress.max = Math.max(1, claimedNumber, head?.number ?? 0);
    page.progress.value = head?.number ?? 0;
    page.state.textContent = `${phases[phase]}${head === undefined ? "" : `: final block ${grouped(head.number)}`}`;
    page.state.classList.toggle("good", phase === "current");
    page.more.textContent = `${handovers} hand-overs of authority sets verified, ${places[status.thread]}, ${(status.memoryBytes / 1_048_576).toFixed(1)} MiB${assumed.length === 0 ? "" : `; assumed: ${assumed.join(", ")}`}`;
    document.documentElement.dataset["live"] = phase;
  }
}

async function watchEvents({ client }: Running): Promise<void> {
  for await (const event of client.events) tell(event);
}

/** What ends with the client ends silently. */
const quietly = (work: Promise<void>, of: Running): void => void work.catch((error: unknown) => {
  if (running === of) say(reason(error), "bad");
});

async function stop(): Promise<void> {
  const { client } = running ?? {};
  running = undefined;
  page.stop.disabled = page.look.disabled = true;
  page.start.disabled = false;
  page.state.textContent = "Stopped.";
  page.state.classList.remove("good");
  page.more.textContent = "";
  delete document.documentElement.dataset["live"];
  await client?.close();
}

async function chain(): Promise<Uint8Array | string> {
  const [file] = page.spec.files ?? [];
  if (file === undefined) return new Uint8Array(await (await fetch(localUrl)).arrayBuffer());
  const bytes = new Uint8Array(await file.arrayBuffer());
  return bytes[0] === 0x7b ? new TextDecoder().decode(bytes) : bytes;
}

async function begin(): Promise<void> {
  await stop();
  begun = performance.now();
  page.log.replaceChildren();
  page.answers.replaceChildren();
  page.start.disabled = true;
  page.state.textContent = "Starting…";
  const sources = lines(page.relays), paraSources = lines(page.paras);
  const liars = [sources[0], paraSources[0]].filter((url): url is string => url !== undefined);
  try {
    const client = await createClient({
      chain: await chain(), sources, acceptExpired: true, wasm: new URL(hasVectors() ? simdUrl : wasmUrl, location.href),
      ...(page.hostile.checked ? { webSocket: hostileWebSocket(liars, page.lie.value as Lie), storage: "memory" } : {}),
    });
    const parachain = paraSources.length === 0 ? undefined : client.parachain(page.paraId.valueAsNumber, { sources: paraSources });
    running = { client, parachain };
    page.stop.disabled = page.look.disabled = false;
    if (page.hostile.checked) say(`a proxy in front of ${liars.join(" and ")} ${lies[page.lie.value as Lie]}`, "bad");
    quietly(watchStatus(running), running);
    quietly(watchEvents(running), running);
  } catch (error) {
    page.start.disabled = false;
    page.state.textContent = reason(error);
  }
}

// --- accounts -------------------------------------------------------------------------------------------------------

function describe(answer: AccountAnswer): string {
  if (answer.found.kind === "absent") return "Proven: there is no such account.";
  if (answer.record === undefined) return `A record of another layout: ${answer.value === undefined ? "only its hash is proven" : toHex(answer.value)}`;
  const { free, reserved, frozen, nonce } = answer.record;
  return `Free ${grouped(free)}, reserved ${grouped(reserved)}, frozen ${grouped(frozen)}, nonce ${nonce}`;
}
const whereOf = ({ chain, number, age }: AccountAnswer): string => `${nameOf(chain)}, block ${grouped(number)}${age === undefined ? "" : `, ${seconds(age)} old`}`;

function show(answer: AccountAnswer, client: Client, mote: Mote, open: (subject: BundleSubject) => Promise<void>): void {
  const line = document.createElement("div");
  line.className = "answer";
  const [where, what] = [document.createElement("p"), document.createElement("p")];
  where.className = "about";
  where.textContent = whereOf(answer);
  what.textContent = describe(answer);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Show the proof";
  button.addEventListener("click", () => {
    void (async (): Promise<void> => {
      const bytes = await answer.bundle();
      await open({
        kind: "bundle", bytes, checkpoint: mote.checkpoint(client.checkpoint), now: Math.floor(Date.now() / 1000), title: "A live answer",
        text: `${whereOf(answer)}. ${describe(answer)}`, reaches: [], not: [], source: answer.sources.join(", "),
      });
    })().catch((error: unknown) => say(reason(error), "bad"));
  });
  line.append(where, what, button);
  page.answers.append(line);
}

async function look(mote: Mote, open: (subject: BundleSubject) => Promise<void>): Promise<void> {
  if (running === undefined) return;
  const { client, parachain } = running;
  const address = page.address.value.trim();
  page.answers.replaceChildren();
  for (const of of [client, parachain]) {
    if (of === undefined) continue;
    try {
      show(await of.account(address, { timeout: 15_000 }), client, mote, open);
    } catch (error) {
      const line = document.createElement("p");
      line.className = "answer bad";
      line.textContent = `${nameOf(of.name)}: ${reason(error)}`;
      page.answers.append(line);
    }
  }
}

/** `open`: shows a bundle, link by link. */
export function setUpLive(mote: Mote, open: (subject: BundleSubject) => Promise<void>): void {
  const asked = new URLSearchParams(location.search);
  page.lie.append(...Object.entries(lies).map(([name, text]) => new Option(text, name)));
  for (const [name, area] of [["relay", page.relays], ["para-source", page.paras]] as const) {
    if (asked.has(name)) area.value = asked.getAll(name).join("\n");
  }
  page.start.addEventListener("click", () => void begin());
  page.stop.addEventListener("click", () => void stop());
  for (const input of [page.hostile, page.lie]) {
    input.addEventListener("change", () => {
      if (running !== undefined) void begin();
    });
  }
  page.look.addEventListener("click", () => void look(mote, open));
}
