// SPDX-License-Identifier: Apache-2.0
// Charts as SVG: plain, for light and dark pages.
const COLOURS = ["#2563eb", "#db2777", "#059669", "#d97706", "#7c3aed", "#0891b2", "#dc2626", "#65a30d"];
const STYLE = `
  .page { fill: #ffffff } .ink { fill: #1f2328 } .faint { fill: #59636e } .grid { stroke: #d1d9e0; stroke-width: 1 } .axis { stroke: #818b98; stroke-width: 1 }
  .least { stroke: #1f2328; stroke-width: 2 } .aim { stroke: #1f2328; stroke-width: 2; stroke-dasharray: 3 2 } .aimed { fill: #1a7f37 } .met { fill: #4c9be8 } .missed { fill: #cf222e } .none { fill: #818b98 }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } .ink { fill: #e6edf3 } .faint { fill: #9198a1 } .grid { stroke: #30363d } .axis { stroke: #656c76 } .least, .aim { stroke: #e6edf3 } .aimed { fill: #2ea043 }
  }`;

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const n = (value) => Number(value.toFixed(1));

export function text(x, y, content, { size = 12, anchor = "start", kind = "ink", weight = 400, fill } = {}) {
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" text-anchor="${anchor}" font-weight="${weight}"${fill === undefined ? ` class="${kind}"` : ` fill="${fill}"`}>${escaped(content)}</text>`;
}
const line = (x1, y1, x2, y2, kind) => `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" class="${kind}"/>`;
const rectangle = (x, y, width, height, kind) => `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="2" class="${kind}"/>`;

function svg(width, height, title, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif">
<style>${STYLE}</style>
<rect class="page" width="${width}" height="${height}"/>
${parts.join("\n")}
</svg>
`;
}

// --- goals: a bar each, from nothing to what was measured, on a scale on which "least" is 1 -------------------------------
const BAR = 15, STEP = 27, LEFT = 400, RIGHT = 190, WIDTH = 1000;

/** How far it got, where least is 1: more is better, also of what shall be small. */
const progress = ({ median, least, atMost }) => (atMost ? least / median : median / least);

export function goalChart(goals, shown) {
  const measured = goals.filter(({ median }) => median !== undefined).map(progress);
  const most = Math.max(1.6, ...measured, ...goals.filter(({ aim }) => aim !== undefined).map((goal) => progress({ ...goal, median: goal.aim })));
  const top = 64, place = (value) => LEFT + (value / most) * (WIDTH - LEFT - RIGHT);
  const kinds = { "aim met": "aimed", "least met": "met", met: "met", MISSED: "missed" };
  const bars = goals.flatMap((goal, i) => {
    const y = top + i * STEP, label = text(LEFT - 10, y + 12, goal.label ?? goal.measure, { anchor: "end" });
    if (goal.median === undefined) return [label, text(LEFT + 6, y + 12, goal.verdict, { kind: "faint" })];
    const end = place(progress(goal));
    return [
      label, rectangle(LEFT, y, end - LEFT, BAR, kinds[goal.verdict]),
      ...(goal.aim === undefined ? [] : [line(place(progress({ ...goal, median: goal.aim })), y - 4, place(progress({ ...goal, median: goal.aim })), y + BAR + 4, "aim")]),
      text(Math.max(end, place(1)) + 10 > place(most) ? end + 8 : Math.max(end, goal.aim === undefined ? 0 : place(progress({ ...goal, median: goal.aim }))) + 8, y + 12, `${shown(goal.median, goal.unit)}, ${goal.verdict}`, { weight: 600 }),
    ];
  });
  const bottom = top + goals.length * STEP;
  return svg(WIDTH, bottom + 16, "Goals", [
    text(20, 30, "Measured, against least (solid) and aim (dashed)", { size: 17, weight: 600 }), line(place(1), top - 12, place(1), bottom, "least"),
    text(place(1), top - 18, "least", { anchor: "middle", kind: "faint" }), line(LEFT, top - 12, LEFT, bottom, "axis"), ...bars,
  ]);
}

// --- growth: both axes logarithmic ----------------------------------------------------------------------------------------
const UNITS = [[1, "ns"], [1e3, "µs"], [1e6, "ms"], [1e9, "s"]];
const timeLabel = (nanos) => {
  const [scale, unit] = UNITS.findLast(([least]) => nanos >= least * 0.9999) ?? UNITS[0];
  return `${Number((nanos / scale).toPrecision(3))} ${unit}`;
};
const powers = (low, high) => Array.from({ length: Math.round(Math.log10(high / low)) + 1 }, (_, i) => low * 10 ** i);
const around = (values) => [10 ** Math.floor(Math.log10(Math.min(...values)) + 1e-9), 10 ** Math.ceil(Math.log10(Math.max(...values)) - 1e-9)];
/** 1, 2 and 5 times powers of ten, from the last below all values to the first above them; where those are many, the powers alone. */
function ticks(values) {
  const steps = powers(...around(values)).flatMap((value) => [value, 2 * value, 5 * value]), low = Math.min(...values) * 1.0001, high = Math.max(...values) * 0.9999;
  const marks = steps.slice(steps.findLastIndex((value) => value <= low), steps.findIndex((value) => value >= high) + 1);
  return { low: marks[0], high: marks.at(-1), marks: marks.length <= 8 ? marks : marks.filter((value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6) };
}

function panel({ x, y, width, height, title, xTitle, series }) {
  const sizes = series.flatMap(({ points }) => points.map(([size]) => size)), values = series.flatMap(({ points }) => points.flatMap(([, { q1, q3 }]) => [q1, q3]));
  const [lowX, highX] = around(sizes);
  const { low, high, marks } = ticks(values);
  const atX = (size) => x + (Math.log(size / lowX) / Math.log(highX / lowX)) * width, atY = (value) => y + height - (Math.log(value / low) / Math.log(high / low)) * height;
  const parts = [text(x, y - 14, title, { size: 13, weight: 600 })];
  for (const value of marks) parts.push(line(x, atY(value), x + width, atY(value), "grid"), text(x - 8, atY(value) + 4, timeLabel(value), { size: 11, anchor: "end", kind: "faint" }));
  for (const size of powers(lowX, highX)) parts.push(line(atX(size), y, atX(size), y + height, "grid"), text(atX(size), y + height + 17, size.toLocaleString("en").replaceAll(",", "\u202f"), { size: 11, anchor: "middle", kind: "faint" }));
  parts.push(line(x, y + height, x + width, y + height, "axis"), line(x, y, x, y + height, "axis"), text(x + width / 2, y + height + 36, xTitle, { anchor: "middle", kind: "faint" }));
  series.forEach(({ points }, i) => {
    const colour = COLOURS[i % COLOURS.length], path = points.map(([size, value]) => `${n(atX(size))},${n(atY(value.median))}`).join(" ");
    // The spread: from the lower to the upper quartile.
    for (const [size, { q1, q3 }] of points) parts.push(`<line x1="${n(atX(size))}" x2="${n(atX(size))}" y1="${n(atY(q1))}" y2="${n(atY(q3))}" stroke="${colour}" stroke-width="5" stroke-opacity="0.35"/>`);
    parts.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`);
    for (const [size, value] of points) parts.push(`<circle cx="${n(atX(size))}" cy="${n(atY(value.median))}" r="2.6" fill="${colour}"/>`);
  });
  return parts;
}

export function growthChart({ title, x, series }) {
  const each = series.map(({ name, points }) => ({ name, points: points.map(([size, { median, q1, q3 }]) => [size, { median: median / size, q1: q1 / size, q3: q3 / size }]) }));
  const legend = series.flatMap(({ name }, i) => {
    const at = 70 + (i % 4) * 225, y = 400 + Math.floor(i / 4) * 22;
    return [`<line x1="${at}" x2="${at + 22}" y1="${y - 4}" y2="${y - 4}" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="3"/>`, text(at + 30, y, name)];
  });
  return svg(WIDTH, 418 + Math.ceil(series.length / 4) * 22 - 12, title, [
    text(20, 30, title, { size: 17, weight: 600 }),
    ...panel({ x: 76, y: 78, width: 390, height: 250, title: "for all", xTitle: x, series }),
    ...panel({ x: 566, y: 78, width: 390, height: 250, title: "for each", xTitle: x, series: each }), ...legend,
  ]);
}
