// SPDX-License-Identifier: Apache-2.0
/** Links in words and pictures. */
import { toHex, type BundleWalk, type Link, type LinkValue, type PathStep, type ProvenValue, type Votes } from "mote-light-client";
import * as pictures from "./pictures.js";

export interface Card {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly picture: Element | undefined;
}

const short = (hash: Uint8Array): string => `${toHex(hash).slice(0, 14)}…`;

export function showValue(value: LinkValue): string {
  switch (value.kind) {
    case "unknown": return "nothing is proven";
    case "absent": return "nothing: proven absent";
    case "hash-only": return `its hash only, ${toHex(value.hash)}`;
    default: return value.value.length > 64 ? `${toHex(value.value.subarray(0, 64))}… (${value.value.length} bytes)` : `${toHex(value.value)} (${value.value.length} bytes)`;
  }
}

const drawnVotes = (votes: Votes): pictures.Votes => ({
  voters: Number(votes.total), counted: Number(votes.countedWeight), threshold: Number(votes.threshold), setId: votes.setId,
});

const drawnPath = (steps: readonly PathStep[], end: string): SVGElement => pictures.triePath(steps, end);

function ends(value: LinkValue): string {
  if (value.kind === "value") return `${value.value.length} bytes`;
  return value.kind === "absent" ? "nothing here" : value.kind === "hash-only" ? "hash only" : "nothing proven";
}

function votesFacts(votes: Votes): (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [
    ["votes", `${votes.countedWeight} of ${votes.total}, ${votes.threshold} needed`],
    ["round", `${votes.round}, set ${votes.setId}`],
  ];
  if (votes.equivocators > 0) facts.push(["voted twice", String(votes.equivocators)]);
  return facts;
}

const steps = (walk: BundleWalk, link: Link): PathStep[] => {
  try {
    return walk.path(link);
  } catch {
    return []; // of a failing link there may be no path to show
  }
};

function stateCard(walk: BundleWalk, link: Extract<Link, { kind: "state" | "para-state" }>): Card {
  const where = link.kind === "state" ? "Relay chain state" : `State of parachain ${link.paraId}`;
  if (link.answer === "list-complete") {
    return { title: `${where}: these are all`, facts: [["prefix", toHex(link.prefix)], ["keys", String(link.count)]], picture: undefined };
  }
  const path = steps(walk, link);
  return {
    title: `${where}: ${link.value.kind === "absent" ? "an absence" : "a value"}`,
    facts: [["key", toHex(link.key)], ["value", showValue(link.value)], ["at block", `${link.number}`]],
    picture: path.length > 0 ? drawnPath(path, ends(link.value)) : undefined,
  };
}

/** One link; headers are shown as chains by headersCard. */
export function card(walk: BundleWalk, link: Link, relay: pictures.Block): Card {
  switch (link.kind) {
    case "checkpoint":
      return {
        title: "Checkpoint: trusted, not verified",
        facts: [["block", `${link.number}  ${short(link.hash)}`], ["authority set", `${link.setId}, ${link.authorities} entries`], ["age", `${link.age.freshness}`]],
        picture: link.age.freshness === "unknown" ? undefined : pictures.age(link.age.seconds, link.age.windowSeconds, link.age.freshness),
      };
    case "handover":
      return {
        title: `Set ${link.votes.setId} hands over to set ${link.nextSetId}`,
        facts: [["at block", `${link.number}  ${short(link.hash)}`], ...(link.hardFork ? [["by", "the chain's list of hard forks"] as const] : votesFacts(link.votes))],
        picture: pictures.handover(drawnVotes(link.votes), link.nextSetId, link.nextAuthorities),
      };
    case "finality":
      return { title: `Block ${link.number} is final`, facts: [["block", short(link.hash)], ...votesFacts(link.votes)], picture: pictures.votes(drawnVotes(link.votes)) };
    case "para-head": {
      const path = steps(walk, link);
      const head = link.value.kind === "value" ? { number: link.number, hash: toHex(link.hash) } : undefined;
      const drawn = document.createElement("div");
      drawn.append(pictures.parachain(relay, link.paraId, head));
      if (path.length > 0) drawn.append(drawnPath(path, head === undefined ? "nothing here" : "head data"));
      return {
        title: head === undefined ? `No parachain ${link.paraId}` : `Head of parachain ${link.paraId}: block ${head.number}`,
        facts: [["in the state of", `relay block ${relay.number}`], ["head data", showValue(link.value)]],
        picture: drawn,
      };
    }
    case "state":
    case "para-state": return stateCard(walk, link);
    default: return headersCard([link]);
  }
}

/** Headers that follow each other down by parent hashes. */
export function headersCard(links: readonly Link[]): Card {
  const first = links[0];
  const last = links[links.length - 1];
  if (first === undefined || last === undefined) return { title: "Headers", facts: [], picture: undefined };
  const chain = first.kind === "para-header" ? `Parachain ${first.paraId}` : "Relay chain";
  return {
    title: links.length === 1 ? `${chain} header ${first.number}` : `${chain} headers ${first.number} down to ${last.number}`,
    facts: [["links", `${links.length}, each the parent named by the one above`], ["lowest", short(last.hash)]],
    picture: pictures.headers(links.map(({ number, hash }) => ({ number, hash: toHex(hash) })), chain),
  };
}

export function proofCard(name: string, key: string, value: ProvenValue, path: readonly PathStep[]): Card {
  return { title: name, facts: [["key", key], ["value", showValue(value)]], picture: drawnPath(path, ends(value)) };
}
