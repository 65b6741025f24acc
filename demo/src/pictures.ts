// SPDX-License-Identifier: Apache-2.0
/** Small drawings of what a link proved. Each takes plain numbers and strings and gives an SVG element. */

const svgNamespace = "http://www.w3.org/2000/svg";

type Attributes = Record<string, string | number>;

function element(name: string, attributes: Attributes, ...children: (SVGElement | string)[]): SVGElement {
  const node = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

function drawing(width: number, height: number, description: string, ...children: SVGElement[]): SVGElement {
  return element(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": description },
    element("title", {}, description),
    ...children,
  );
}

const label = (x: number, y: number, text: string, extra: Attributes = {}): SVGElement =>
  element("text", { x, y, ...extra }, text);

/** One dot a voter around a circle: the filled ones voted; the arc shows how far the threshold reaches. */
function ring(centre: number, middle: number, radius: number, voters: number, voted: number, share: number): SVGElement[] {
  const shown = Math.min(voters, 240);
  const dot = Math.max(1.2, Math.min(5, (Math.PI * radius) / Math.max(shown, 8) / 1.25));
  const dots = Array.from({ length: shown }, (_, i) => {
    const angle = (2 * Math.PI * i) / shown - Math.PI / 2;
    return element("circle", {
      cx: (centre + radius * Math.cos(angle)).toFixed(1),
      cy: (middle + radius * Math.sin(angle)).toFixed(1),
      r: dot.toFixed(1),
      class: i < Math.round((voted / Math.max(voters, 1)) * shown) ? "voted" : "silent",
    });
  });
  const inner = radius - dot - 6;
  const circumference = 2 * Math.PI * inner;
  const threshold = element("circle", {
    cx: centre,
    cy: middle,
    r: inner,
    class: "goal",
    "stroke-dasharray": `${(circumference * share).toFixed(1)} ${circumference.toFixed(1)}`,
    transform: `rotate(-90 ${centre} ${middle})`,
  });
  return [...dots, threshold];
}

export interface Votes {
  readonly voters: number;
  readonly counted: number;
  readonly threshold: number;
  readonly setId: bigint;
}

/** An authority set and its votes. */
export function votes(of: Votes): SVGElement {
  const text = `${of.counted} of ${of.voters} votes, ${of.threshold} needed, authority set ${of.setId}`;
  return drawing(
    320,
    150,
    text,
    ...ring(75, 75, 62, of.voters, of.counted, of.threshold / Math.max(of.voters, 1)),
    label(75, 72, `${of.counted}`, { "text-anchor": "middle" }),
    label(75, 86, `of ${of.voters}`, { "text-anchor": "middle", class: "faint" }),
    label(165, 60, `set ${of.setId}`),
    label(165, 78, `${of.threshold} needed`, { class: "faint" }),
  );
}

/** One set hands over to the next. */
export function handover(of: Votes, nextSetId: bigint, nextVoters: number): SVGElement {
  const text = `Set ${of.setId} hands over to set ${nextSetId} of ${nextVoters}: ${of.counted} of ${of.voters} votes`;
  return drawing(
    320,
    140,
    text,
    ...ring(66, 66, 52, of.voters, of.counted, of.threshold / Math.max(of.voters, 1)),
    label(66, 70, `${of.counted}/${of.voters}`, { "text-anchor": "middle" }),
    label(66, 136, `set ${of.setId}`, { "text-anchor": "middle" }),
    element("path", { d: "M130 66 H190 m-8 -6 l8 6 l-8 6", class: "goal" }),
    ...ring(254, 66, 52, nextVoters, 0, 0),
    label(254, 70, `${nextVoters}`, { "text-anchor": "middle" }),
    label(254, 136, `set ${nextSetId}`, { "text-anchor": "middle" }),
  );
}

export interface Block {
  readonly number: number;
  readonly hash: string;
}

/** Blocks linked by parent hash, newest on the right. At most the last five are drawn. */
export function headers(blocks: readonly Block[], chain: string): SVGElement {
  const shown = blocks.slice(-5);
  const width = 320;
  const box = 54;
  const step = shown.length > 1 ? Math.min(66, (width - box) / (shown.length - 1)) : 0;
  const text = `${chain}: ${blocks.map((block) => `#${block.number}`).join(", parent ")}`;
  // The list goes from child to parent: the first one is drawn on the right.
  const parts = shown.flatMap((block, i) => {
    const x = width - box - i * step;
    const arrow =
      i + 1 < shown.length ? [element("path", { d: `M${x} 30 H${x - step + box} m5 -4 l-5 4 l5 4`, class: "edge" })] : [];
    return [
      ...arrow,
      element("rect", { x, y: 10, width: box, height: 40, rx: 5, class: i + 1 === shown.length ? "box hit" : "box" }),
      label(x + box / 2, 27, shortNumber(block.number), { "text-anchor": "middle" }),
      label(x + box / 2, 42, block.hash.slice(2, 8), { "text-anchor": "middle", class: "faint" }),
    ];
  });
  return drawing(width, 60, text, ...parts);
}

function shortNumber(value: number): string {
  return value > 9_999_999 ? `${Math.floor(value / 1000)}k` : String(value);
}

/** A relay block and the parachain head that hangs on it. */
export function parachain(relay: Block, paraId: number, head: Block | undefined): SVGElement {
  const text = head
    ? `Parachain ${paraId} block ${head.number} is the head named by relay block ${relay.number}`
    : `Relay block ${relay.number} names no header for parachain ${paraId}`;
  return drawing(
    320,
    130,
    text,
    element("rect", { x: 10, y: 8, width: 130, height: 44, rx: 5, class: "box" }),
    label(75, 26, `relay ${relay.number}`, { "text-anchor": "middle" }),
    label(75, 42, relay.hash.slice(2, 14), { "text-anchor": "middle", class: "faint" }),
    element("path", { d: "M75 52 V96 H176 m-8 -6 l8 6 l-8 6", class: "goal" }),
    element("rect", { x: 180, y: 74, width: 130, height: 44, rx: 5, class: head ? "box hit" : "box" }),
    label(245, 92, head ? `${paraId} : ${head.number}` : `${paraId}: none`, { "text-anchor": "middle" }),
    label(245, 108, head ? head.hash.slice(2, 14) : "", { "text-anchor": "middle", class: "faint" }),
  );
}

export interface PathStep {
  /** Nibbles of the key consumed before this node. */
  readonly depth: number;
  readonly partial: string;
  /** Bitmap of children; 0 for a leaf. */
  readonly children: number;
  /** The child the walk takes, or undefined where it ends. */
  readonly child: number | undefined;
  readonly inline: boolean;
}

/** The walk from the root to a key: a row a node, its partial key, sixteen slots, the one that is taken. */
export function triePath(steps: readonly PathStep[], end: string): SVGElement {
  const rowHeight = 24;
  const height = steps.length * rowHeight + 22;
  const nibbles = steps.map((step) => step.partial + (step.child === undefined ? "" : step.child.toString(16))).join(" ");
  const rows = steps.flatMap((step, i) => row(step, i * rowHeight + 4));
  return drawing(320, height, `Path through ${steps.length} nodes, nibbles ${nibbles}, ending in ${end}`, ...rows, label(2, height - 5, end));
}

function row(step: PathStep, y: number): SVGElement[] {
  const partial = step.partial.length > 12 ? `${step.partial.slice(0, 11)}…` : step.partial;
  const slots =
    step.children === 0
      ? [label(110, y + 12, "leaf", { class: "faint" })]
      : Array.from({ length: 16 }, (_, nibble) => {
          const present = (step.children >> nibble) & 1;
          const taken = step.child === nibble;
          return element("rect", {
            x: 108 + nibble * 13,
            y: y + 3,
            width: 10,
            height: 11,
            rx: 2,
            class: taken ? "taken" : present ? "silent" : "box",
          });
        });
  return [
    element("rect", { x: 1, y, width: 100, height: 18, rx: 4, class: step.inline ? "box" : "box hit" }),
    label(6, y + 13, partial === "" ? "·" : partial),
    ...slots,
    ...(step.child === undefined || step.children === 0 ? [] : [label(108 + step.child * 13 + 2, y + 12, step.child.toString(16), { class: "on" })]),
  ];
}

/** How old a checkpoint is, against its window. */
export function age(seconds: number, window: number, freshness: string): SVGElement {
  const share = Math.min(1, seconds / window);
  return drawing(
    320,
    56,
    `Checkpoint age ${days(seconds)} of ${days(window)}: ${freshness}`,
    element("rect", { x: 2, y: 16, width: 316, height: 14, rx: 7, class: "box" }),
    element("rect", { x: 2, y: 16, width: Math.max(4, 316 * share), height: 14, rx: 7, class: "taken" }),
    element("path", { d: "M81 12 V34", class: "edge" }),
    label(2, 48, `${days(seconds)}, ${freshness}`),
    label(318, 48, days(window), { "text-anchor": "end", class: "faint" }),
  );
}

export function days(seconds: number): string {
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}
