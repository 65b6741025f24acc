// SPDX-License-Identifier: Apache-2.0
import { BundleError, hasVectors, Mote, MoteError, toHex, type Assumption, type Link } from "mote-light-client";
import wasmUrl from "mote-light-client/mote.wasm?url";
import simdUrl from "mote-light-client/mote-simd.wasm?url";
import { ByteMap, type Piece } from "./byte-map.js";
import { card, headersCard, proofCard, type Card } from "./describe.js";
import { setUpLive } from "./live.js";
import type { Block } from "./pictures.js";
import { choices, subjectOfFiles, type BundleSubject, type ProofSubject, type Subject } from "./recordings.js";

function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page lacks #${id}`);
  return element;
}

const page = {
  recording: find("recording", HTMLSelectElement),
  about: find("about", HTMLParagraphElement),
  reach: find("reach", HTMLDListElement),
  file: find("file", HTMLInputElement),
  drop: find("drop", HTMLDivElement),
  verify: find("verify", HTMLButtonElement),
  map: find("map", HTMLCanvasElement),
  offset: find("offset", HTMLInputElement),
  offsetNumber: find("offset-number", HTMLInputElement),
  offsetText: find("offset-text", HTMLParagraphElement),
  flip: find("flip", HTMLButtonElement),
  random: find("random", HTMLButtonElement),
  restore: find("restore", HTMLButtonElement),
  verdict: find("verdict", HTMLParagraphElement),
  why: find("why", HTMLParagraphElement),
  assumed: find("assumed", HTMLUListElement),
  links: find("links", HTMLOListElement),
  engine: find("engine", HTMLParagraphElement),
};

// --- rows -----------------------------------------------------------------------------------------------------

const text = (name: string, content: string, className = ""): HTMLElement => {
  const element = document.createElement(name);
  element.textContent = content;
  if (className !== "") element.className = className;
  return element;
};

interface RowState {
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: string;
}

function row(of: Card, { ok, ms, error }: RowState): HTMLLIElement {
  const item = document.createElement("li");
  item.className = `link ${ok ? "ok" : "bad"}`;
  const title = text("h3", of.title, "title");
  title.append(text("span", `${ms.toFixed(ms < 10 ? 2 : 1)} ms`, "ms"));
  const body = document.createElement("div");
  const facts = document.createElement("dl");
  facts.className = "facts";
  for (const [name, value] of of.facts) facts.append(text("dt", name), text("dd", value, "mono"));
  body.append(title, facts);
  if (error !== undefined) body.append(text("p", error, "error"));
  const mark = text("span", ok ? "✓" : "✗", "mark");
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", ok ? "verified" : "does not hold");
  const picture = document.createElement("div");
  picture.className = "picture";
  if (of.picture !== undefined) picture.append(of.picture);
  item.append(mark, body, picture);
  return item;
}

// --- state ----------------------------------------------------------------------------------------------------

let mote: Mote;
let subject: Subject | undefined;
let bytes = new Uint8Array();
let flipped: number | undefined;
/** The pieces of the untampered proof: what each byte belongs to. */
let pieces: readonly Piece[] = [];
/** A newer run stops an older one. */
let run = 0;

const map = new ByteMap(page.map, (offset) => chooseByte(offset));

function showVerdict(holds: boolean, line: string, why: string, assumed: readonly Assumption[]): void {
  page.verdict.textContent = line;
  page.verdict.className = `verdict-line ${holds ? "good" : "bad"}`;
  page.why.textContent = why;
  page.assumed.replaceChildren(...assumed.map((name) => text("li", `assumed: ${name}`)));
  document.documentElement.dataset["verdict"] = holds ? "verified" : "rejected";
}

const nextFrame = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

// --- bundles --------------------------------------------------------------------------------------------------

/** Adds links as they come; headers that follow each other share a row. */
class LinkList {
  #headers: Link[] = [];
  #headersMs = 0;
  #headersRow: HTMLLIElement | undefined;
  #relay: Block = { number: 0, hash: "" };
  readonly pieces: Piece[] = [];
  count = 0;
  ms = 0;

  add(walk: Parameters<typeof card>[0], link: Link, error?: string): void {
    const isHeader = link.kind === "header" || link.kind === "para-header";
    if (!isHeader || this.#headers[0]?.kind !== link.kind || error !== undefined) this.#close();
    if (error === undefined) {
      this.count++;
      this.ms += link.ms;
      this.pieces.push({ offset: link.offset, size: link.size, kind: link.kind });
    }
    if (link.kind === "finality" || link.kind === "header" || link.kind === "checkpoint" || link.kind === "handover") {
      this.#relay = { number: link.number, hash: toHex(link.hash) };
    }
    if (!isHeader || error !== undefined) {
      page.links.append(row(card(walk, link, this.#relay), { ok: error === undefined, ms: link.ms, ...(error === undefined ? {} : { error }) }));
      return;
    }
    this.#headers.push(link);
    this.#headersMs += link.ms;
    const replacement = row(headersCard(this.#headers), { ok: true, ms: this.#headersMs });
    if (this.#headersRow === undefined) page.links.append(replacement);
    else this.#headersRow.replaceWith(replacement);
    this.#headersRow = replacement;
  }

  #close(): void {
    this.#headers = [];
    this.#headersMs = 0;
    this.#headersRow = undefined;
  }
}

async function verifyBundle(of: BundleSubject, mine: number): Promise<void> {
  const list = new LinkList();
  const walk = mote.verifyBundle(bytes, { checkpoint: of.checkpoint, now: of.now });
  try {
    for (const link of walk) {
      if (mine !== run) return;
      list.add(walk, link);
      if (list.count % 8 === 0) await nextFrame();
    }
    const { target, assumed } = walk.verdict;
    const where = target === undefined ? "" : `, down to ${target.parachain ? "parachain" : "relay"} block ${target.number}`;
    showVerdict(true, `Verified: ${list.count} links in ${list.ms.toFixed(1)} ms${where}.`, "", assumed);
    if (flipped === undefined) pieces = list.pieces;
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    list.add(walk, error.link, error.message);
    map.show(bytes.length, pieces, marks(error.offset));
    showVerdict(false, `Rejected at link ${error.link.index + 1}, ${error.link.kind}.`,
      `${error.message} What came before it is verified all the same (${list.count} links). To blame: ${error.blame}.`, walk.verdict.assumed);
  }
}

// --- proofs under an assumed root -------------------------------------------------------------------------------

const split = (of: ProofSubject): Uint8Array[] => of.ends.map((end, i) => bytes.slice(i === 0 ? 0 : of.ends[i - 1], end));

function verifyProof(of: ProofSubject): void {
  const before = performance.now();
  const state = mote.assumeStateRoot(of.root);
  page.links.append(row({ title: "State root: assumed", facts: [["root", of.root]], picture: undefined }, { ok: true, ms: 0 }));
  const proof = mote.proof(state, split(of));
  for (const { name, key } of of.keys) {
    const start = performance.now();
    const { value, steps } = proof.path(key);
    page.links.append(row(proofCard(name, key, value, steps), { ok: true, ms: performance.now() - start }));
  }
  if (flipped === undefined) pieces = of.ends.map((end, i) => ({ offset: of.ends[i - 1] ?? 0, size: end - (of.ends[i - 1] ?? 0), kind: "node" }));
  showVerdict(true, `Verified under an assumed root: ${of.keys.length} keys in ${(performance.now() - before).toFixed(1)} ms.`, "", state.assumed);
}

// --- verifying --------------------------------------------------------------------------------------------------

async function verify(): Promise<void> {
  const mine = ++run;
  if (subject === undefined) return;
  page.links.replaceChildren();
  showVerdict(true, "Verifying…", "", []);
  try {
    if (subject.kind === "bundle") await verifyBundle(subject, mine);
    else verifyProof(subject);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = error instanceof MoteError && subject.kind === "bundle" ? error.offset : undefined;
    page.links.append(row({ title: subject.kind === "bundle" ? "The file" : "The proof", facts: [], picture: undefined }, { ok: false, ms: 0, error: message }));
    map.show(bytes.length, pieces, marks(offset));
    showVerdict(false, subject.kind === "bundle" ? "Rejected before the first link." : "Rejected.", message, []);
    return;
  } finally {
    page.engine.textContent = `mote.wasm, ${(mote.memoryBytes / 1_048_576).toFixed(1)} MiB of memory, no imports, one thread`;
    if (document.documentElement.dataset["verdict"] === "verified") map.show(bytes.length, pieces, marks(undefined));
    describeByte();
  }
}

const marks = (fault: number | undefined): { at: number; bad: boolean }[] => [
  { at: page.offset.valueAsNumber, bad: false },
  ...(fault === undefined ? [] : [{ at: fault, bad: true }]),
];

// --- tampering --------------------------------------------------------------------------------------------------

function describeByte(): void {
  const at = page.offset.valueAsNumber;
  const value = bytes[at];
  const piece = map.pieceAt(at);
  page.offsetText.textContent = value === undefined ? "" :
    `byte ${at} of ${bytes.length}: 0x${value.toString(16).padStart(2, "0")}${piece === undefined ? "" : `, in a ${piece.kind}`}${flipped === at ? " (changed)" : ""}`;
}

function chooseByte(offset: number): void {
  page.offset.valueAsNumber = offset;
  page.offsetNumber.valueAsNumber = offset;
  map.show(bytes.length, pieces, marks(undefined));
  describeByte();
}

async function flip(offset: number): Promise<void> {
  if (subject === undefined || subject.bytes.length === 0) return;
  bytes = subject.bytes.slice();
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  flipped = offset;
  page.restore.disabled = false;
  chooseByte(offset);
  await verify();
}

async function restore(): Promise<void> {
  if (subject === undefined) return;
  bytes = subject.bytes.slice();
  flipped = undefined;
  page.restore.disabled = true;
  await verify();
}

// --- choosing ---------------------------------------------------------------------------------------------------

async function show(chosen: Subject): Promise<void> {
  subject = chosen;
  pieces = [];
  page.about.textContent = chosen.text;
  page.reach.replaceChildren(
    ...chosen.reaches.flatMap((line) => [text("dt", "reaches"), text("dd", line)]),
    ...chosen.not.flatMap((line) => [text("dt", "not"), text("dd", line)]),
    ...(chosen.source === "" ? [] : [text("dt", "recorded by"), text("dd", chosen.source)]),
  );
  page.offset.max = page.offsetNumber.max = String(Math.max(0, chosen.bytes.length - 1));
  page.offset.valueAsNumber = page.offsetNumber.valueAsNumber = 0;
  await restore();
}

async function chooseRecording(): Promise<void> {
  const choice = choices.find(({ id }) => id === page.recording.value);
  if (choice !== undefined) await show(await choice.load(mote));
}

async function chooseFiles(dropped: readonly File[]): Promise<void> {
  if (dropped.length === 0) return;
  try {
    await show(await subjectOfFiles(mote, dropped));
  } catch (error) {
    page.links.replaceChildren();
    showVerdict(false, "Not verified.", error instanceof Error ? error.message : String(error), []);
  }
}

/** What an event starts must not fail unseen. */
const start = (work: () => Promise<void>) => (): void => {
  work().catch((error: unknown) => showVerdict(false, "The page failed.", String(error), []));
};

function listen(): void {
  page.recording.addEventListener("change", start(chooseRecording));
  page.verify.addEventListener("click", start(verify));
  page.flip.addEventListener("click", start(() => flip(page.offset.valueAsNumber)));
  page.random.addEventListener("click", start(() => flip(Math.floor(Math.random() * bytes.length))));
  page.restore.addEventListener("click", start(restore));
  page.offset.addEventListener("input", () => chooseByte(page.offset.valueAsNumber));
  page.offsetNumber.addEventListener("change", () => chooseByte(Math.min(bytes.length - 1, Math.max(0, page.offsetNumber.valueAsNumber || 0))));
  page.file.addEventListener("change", start(() => chooseFiles([...(page.file.files ?? [])])));
  for (const type of ["dragover", "dragleave", "drop"] as const) {
    page.drop.addEventListener(type, (event) => {
      event.preventDefault();
      page.drop.classList.toggle("over", type === "dragover");
      if (type === "drop") start(() => chooseFiles([...(event.dataTransfer?.files ?? [])]))();
    });
  }
}

/** Two ways to a proof; the rest of the page shows it, and belongs to the tab that it is of. Returns how a tab says that it has one. */
function tabs(beginLive: boolean): (name: "recorded" | "live") => void {
  const panels = { recorded: find("recorded", HTMLElement), live: find("live", HTMLElement) };
  const buttons = { recorded: find("tab-recorded", HTMLButtonElement), live: find("tab-live", HTMLButtonElement) };
  const names = ["recorded", "live"] as const, proofs = document.querySelectorAll<HTMLElement>("[data-proof]");
  let current: (typeof names)[number] = "recorded", shown: (typeof names)[number] = "recorded";
  const choose = (chosen: (typeof names)[number]): void => {
    current = chosen;
    for (const name of names) {
      panels[name].hidden = name !== chosen;
      buttons[name].setAttribute("aria-selected", String(name === chosen));
    }
    for (const part of proofs) part.hidden = shown !== chosen;
  };
  buttons.live.addEventListener("click", () => choose("live"));
  buttons.recorded.addEventListener("click", () => {
    const other = shown !== "recorded";
    shown = "recorded";
    choose("recorded");
    if (other) start(chooseRecording)();
  });
  choose(beginLive ? "live" : "recorded");
  return (name) => {
    shown = name;
    choose(current);
  };
}

async function main(): Promise<void> {
  const before = performance.now();
  mote = await Mote.load({ wasm: fetch(hasVectors() ? simdUrl : wasmUrl) });
  document.documentElement.dataset["loaded"] = (performance.now() - before).toFixed(1);
  page.recording.append(...choices.map(({ id, title }) => new Option(title, id)));
  const asked = new URLSearchParams(location.search).get("recording");
  if (asked !== null && choices.some(({ id }) => id === asked)) page.recording.value = asked;
  listen();
  const has = tabs(asked === null && new URLSearchParams(location.search).has("live"));
  setUpLive(mote, async (subject) => {
    has("live");
    await show(subject);
    find("verdict", HTMLElement).scrollIntoView({ block: "nearest" });
  });
  await chooseRecording();
}

start(main)();
