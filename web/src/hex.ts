// SPDX-License-Identifier: Apache-2.0

/** Bytes, or their hex with or without 0x, in either case. */
export type BytesLike = Uint8Array | string;

/** Lower-case hex with 0x. */
export function toHex(bytes: Uint8Array): string {
  let hex = "0x";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

/** Bytes of hex text; anything else is a TypeError. */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.startsWith("0x") || hex.startsWith("0X") ? hex.slice(2) : hex;
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) throw new TypeError("not hex: pairs of hex digits, with or without 0x");
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

export const toBytes = (value: BytesLike): Uint8Array => (typeof value === "string" ? fromHex(value) : value);
