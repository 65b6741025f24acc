// SPDX-License-Identifier: Apache-2.0
/** What can be verified: the recordings that come with the page, and files the visitor drops. */
import { fromHex, type Checkpoint, type Mote } from "mote-light-client";
import index from "../recordings/index.json";

const files = import.meta.glob("../recordings/*.{bundle,checkpoint,proof.json}", { query: "?url", import: "default", eager: true }) as Record<string, string>;

interface About {
  readonly title: string;
  readonly text: string;
  readonly reaches: readonly string[];
  readonly not: readonly string[];
  readonly source: string;
}

/** A bundle to walk from a checkpoint, at a time. */
export interface BundleSubject extends About {
  readonly kind: "bundle";
  readonly bytes: Uint8Array;
  readonly checkpoint: Checkpoint;
  readonly now: number;
}

/** A storage proof under a root that somebody says is right. */
export interface ProofSubject extends About {
  readonly kind: "proof";
  /** The nodes one after another, and where each ends. */
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  readonly root: string;
  readonly keys: readonly { readonly name: string; readonly key: string }[];
}

export type Subject = BundleSubject | ProofSubject;

export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly load: (mote: Mote) => Promise<Subject>;
}

async function fetchFile(name: string): Promise<Response> {
  const url = files[`../recordings/${name}`];
  if (url === undefined) throw new Error(`no recording named ${name}`);
  return fetch(url);
}

const fetchBytes = async (name: string): Promise<Uint8Array> => new Uint8Array(await (await fetchFile(name)).arrayBuffer());

interface BundleEntry {
  readonly name: string;
  readonly title: string;
  readonly bundle: string;
  readonly checkpoint: string;
  readonly now: number;
  readonly time: string;
  readonly reaches?: readonly string[];
  readonly not?: readonly string[];
  readonly what?: string;
  readonly why?: string;
  readonly source?: string;
}

const bundleChoice = (entry: BundleEntry): Choice => ({
  id: entry.name,
  title: entry.title,
  load: async (mote) => ({
    kind: "bundle",
    title: entry.title,
    text: entry.what ?? `Verified at its own time, ${entry.time.replace("T", " ").replace("Z", " UTC")}: today its checkpoint would be refused as expired.`,
    reaches: entry.reaches ?? [],
    not: entry.why === undefined ? (entry.not ?? []) : [entry.why],
    source: entry.source ?? "",
    bytes: await fetchBytes(entry.bundle),
    checkpoint: mote.checkpoint(await fetchBytes(entry.checkpoint)),
    now: entry.now,
  }),
});

/** Nodes as one run of bytes, so that any of them can be changed. */
export function joinNodes(nodes: readonly string[]): { bytes: Uint8Array; ends: number[] } {
  const parts = nodes.map(fromHex);
  const ends: number[] = [];
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => (bytes.set(part, at), ends.push(at + part.length), at + part.length), 0);
  return { bytes, ends };
}

const proofChoice = (entry: (typeof index.assumed)[number]): Choice => ({
  id: entry.name,
  title: entry.title,
  load: async () => ({
    kind: "proof",
    title: entry.title,
    text: "There is no checkpoint here: the root is assumed, and the verdict says so.",
    reaches: entry.reaches,
    not: entry.not,
    source: entry.source,
    ...joinNodes((await (await fetchFile(entry.proof)).json()) as string[]),
    root: entry.root,
    keys: entry.keys,
  }),
});

export const choices: readonly Choice[] = [
  ...index.recordings.map(bundleChoice),
  ...index.assumed.map(proofChoice),
  ...index.forged.map(bundleChoice),
];

// --- files of the visitor ---------------------------------------------------------------------------------------

const startsWith = (bytes: Uint8Array, text: string): boolean => new TextDecoder().decode(bytes.subarray(0, text.length)) === text;

function readCheckpoint(mote: Mote, bytes: Uint8Array): Checkpoint | undefined {
  if (startsWith(bytes, "mote-cpk")) return mote.checkpoint(bytes);
  if (bytes[0] !== 0x7b) return undefined;
  const spec = JSON.parse(new TextDecoder().decode(bytes)) as { id?: string; lightSyncState?: Parameters<Mote["checkpointFromLightSyncState"]>[0] };
  if (spec.lightSyncState === undefined) return undefined;
  try {
    return mote.checkpointFromLightSyncState(spec.lightSyncState, spec.id ?? "");
  } catch {
    return mote.checkpointFromLightSyncState(spec.lightSyncState);
  }
}

/** A bundle and the checkpoint to trust for it: two files, in any order. */
export async function subjectOfFiles(mote: Mote, dropped: readonly File[]): Promise<Subject> {
  const contents = await Promise.all(dropped.map(async (file) => new Uint8Array(await file.arrayBuffer())));
  const bundle = contents.find((bytes) => startsWith(bytes, "motebdl\n"));
  const checkpoint = contents.map((bytes) => (bytes === bundle ? undefined : readCheckpoint(mote, bytes))).find((found) => found !== undefined);
  if (bundle === undefined) throw new Error("none of these files is a bundle: make one with `mote bundle`");
  if (checkpoint === undefined) throw new Error("a bundle is verified from a checkpoint you trust: drop that file too (compact, or a chain spec)");
  return {
    kind: "bundle", title: dropped.map((file) => file.name).join(", "), text: "Verified at the time of your clock.", reaches: [], not: [],
    source: "your file", bytes: bundle, checkpoint, now: Math.floor(Date.now() / 1000),
  };
}
