// SPDX-License-Identifier: Apache-2.0
// Goals against what was measured.
import { digits, quotient } from "./stats.mjs";

const SCALES = { "%": 0.01, KiB: 1024, MiB: 1 << 20 };
export const shown = (value, unit) => (unit === undefined ? `${digits(value)}x` : `${digits(value / (SCALES[unit] ?? 1))} ${unit}`);

function measured(goal, sections) {
  const section = sections[goal.section];
  if (section === undefined) return { why: "not measured" };
  if (goal.value !== undefined) {
    const value = section.values?.[goal.value];
    return value === undefined ? { why: "not measured" } : { median: value.value, q1: value.q1, q3: value.q3 };
  }
  const { [goal.over]: over, [goal.under]: under } = section.hosts[goal.host] ?? {};
  if (over === null || under === null) return { why: "not run here" };
  return over === undefined || under === undefined ? { why: "not measured" } : quotient(over, under);
}

/** Each with what was measured and a verdict: "aim met", "least met", "MISSED", "not run here", "not measured". */
export function judge(goals, sections) {
  return goals.map((goal) => {
    const result = measured(goal, sections);
    if (result.why !== undefined) return { ...goal, verdict: result.why };
    const reaches = (bound) => bound !== undefined && (goal.atMost ? result.median <= bound : result.median >= bound);
    const least = reaches(goal.least), aim = reaches(goal.aim);
    const met = goal.aim === undefined ? "met" : "least met";
    return { ...goal, ...result, verdict: aim ? "aim met" : least ? met : "MISSED" };
  });
}
