// SPDX-License-Identifier: Apache-2.0
// The report for people.
import { shown } from "./judge.mjs";
import { digits, quotient, summary } from "./stats.mjs";

const HOSTS = { native: "native", node: "Node.js", chromium: "Chromium" };
const row = (cells) => `| ${cells.join(" | ")} |`;
/** Numbers stand to the right. */
const table = (head, rows, right = "---:") => [row(head), `|${head.map((_, i) => (i === 0 ? "---" : right)).join("|")}|`, ...rows.map(row), ""];
const spread = ({ median, q1, q3 }, show = digits) => `${show(median)} (${show(q1)}–${show(q3)})`;

function goals(list) {
  const bound = (value, { unit, atMost }) => (value === undefined ? "" : `${atMost ? "at most " : ""}${shown(value, unit)}`);
  const found = (goal) => (goal.median === undefined ? "" : goal.q1 === undefined ? shown(goal.median, goal.unit) : spread(goal, (value) => shown(value, goal.unit)));
  const verdict = ({ verdict: said }) => (said === "MISSED" ? "**MISSED**" : said);
  return table(["measure", "least", "aim", "measured", ""], list.map((goal) => [goal.measure, bound(goal.least, goal), bound(goal.aim, goal), found(goal), verdict(goal)]));
}

function times({ hosts, names, scale, unit }) {
  const shownHosts = Object.keys(hosts);
  const cell = (of) => (of === undefined ? "" : of === null ? "not run here" : spread(summary(of.map((nanos) => nanos / scale))));
  const rows = names.map(([work, title]) => [title, ...shownHosts.map((host) => cell(hosts[host][work]))]).filter((cells) => cells.slice(1).some((text) => text !== ""));
  return table([unit, ...shownHosts.map((host) => HOSTS[host])], rows);
}

function ratios({ hosts, ratios: list }) {
  const shownHosts = Object.keys(hosts);
  const cell = (over, under) => (over && under ? spread(quotient(over, under)) : over === null || under === null ? "not run here" : "");
  const rows = list.map(([title, over, under]) => [title, ...shownHosts.map((host) => cell(hosts[host][over], hosts[host][under]))]).filter((cells) => cells.slice(1).some((text) => text !== ""));
  return rows.length === 0 ? [] : table(["times faster", ...shownHosts.map((host) => HOSTS[host])], rows);
}

function section(of) {
  return [
    `## ${of.title}`, "", of.about, "",
    ...(of.hosts === undefined ? [] : [...times(of), ...ratios(of)]),
    ...(of.table === undefined ? [] : table(of.table.head, of.table.rows)),
    ...(of.values === undefined ? [] : table(["", ""], Object.values(of.values).map(({ title, value, unit }) => [title, shown(value, unit)]))),
  ];
}

const time = (nanos) => (nanos < 1e3 ? `${digits(nanos)} ns` : nanos < 1e6 ? `${digits(nanos / 1e3)} µs` : nanos < 1e9 ? `${digits(nanos / 1e6)} ms` : `${digits(nanos / 1e9)} s`);

function curve({ title, name, x, series }, charts) {
  const sizes = [...new Set(series.flatMap(({ points }) => points.map(([n]) => n)))].toSorted((a, b) => a - b);
  const cell = (points, n) => {
    const point = points.find(([size]) => size === n);
    return point === undefined ? "" : time(point[1].median);
  };
  return [`### ${title}`, "", `![${title}](${charts}growth-${name}.svg)`, "", ...table([x, ...series.map((one) => one.name)], sizes.map((n) => [n, ...series.map(({ points }) => cell(points, n))]))];
}

export function markdown({ date, commit, short, load, machine, goals: asked, kept, sections, curves, live }, charts) {
  return [
    "# Benchmarks", "",
    `Written by \`scripts/bench.sh --keep\`, one run on one machine${short ? ", the short form: few rounds, not for conclusions" : ""}; the same as JSON is in [benchmarks.json](benchmarks.json). Medians, in brackets the quartiles. `
      + "What is compared took turns, round by round; a ratio is the median of the rounds' quotients. Natively it is processor time of one thread, in Chromium (headless) and Node.js time on the clock of one thread, but for starts and where it says otherwise.", "",
    "## To reach", "", `![Goals](${charts}benchmarks.svg)`, "", ...goals(asked),
    "Kept from before:", "", ...goals(kept),
    "## Machine", "", ...table(["", ""], [...machine, ["date, commit", `${date}, ${commit}`], ["load of the machine: at the beginning, at the end", load]], "---"),
    ...sections.flatMap(section),
    "## Growth", "", "Of each size the median; on the charts the time for all and the time for each.", "",
    ...curves.flatMap((one) => curve(one, charts)),
    ...(live === undefined ? [] : ["## The live client", "", live, ""]),
  ].join("\n");
}
