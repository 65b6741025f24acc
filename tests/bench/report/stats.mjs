// SPDX-License-Identifier: Apache-2.0
// Of the times of all rounds: the median, and the quartiles as its spread.
const at = (sorted, part) => {
  const place = (sorted.length - 1) * part, below = Math.floor(place);
  return sorted[below] + (sorted[Math.ceil(place)] - sorted[below]) * (place - below);
};

export function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: at(sorted, 0.5), q1: at(sorted, 0.25), q3: at(sorted, 0.75), rounds: sorted.length };
}

/** Round by round: what is compared ran within the same moments. */
export const quotient = (over, under) => summary(over.map((time, round) => time / under[round]));

/** Three digits that mean something. */
export function digits(value) {
  if (value === 0) return "0";
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(places, 3));
}
