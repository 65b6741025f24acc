// SPDX-License-Identifier: Apache-2.0

/** A Date or Unix seconds; left out: the clock; null: not known, which everything built on it says ("checkpoint-age"). */
export type Now = Date | number | null | undefined;

/** Unix seconds; 0 where the time is not known. @internal */
export function seconds(now: Now): bigint {
  if (now === null) return 0n;
  const given = now === undefined ? Date.now() / 1000 : now instanceof Date ? now.getTime() / 1000 : now;
  if (!Number.isFinite(given) || given < 0) throw new RangeError("not a time");
  return BigInt(Math.floor(given));
}
