// SPDX-License-Identifier: Apache-2.0

/** Bytes, or their hex with or without 0x, in either case. */
export type BytesLike = Uint8Array | string;

/** Lower-case hex with 0x. */
export function toHex(bytes: Uint8Array): string {
  let hex = "0x";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

/** Value of a hex digit, or -1. */
function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Bytes of hex text; anything else is a TypeError. */
export function fromHex(hex: string): Uint8Array {
  const from = hex.startsWith("0x") || hex.startsWith("0X") ? 2 : 0;
  const bytes = new Uint8Array((hex.length - from) >> 1);
  let bad = (hex.length - from) % 2;
  for (let i = 0; i < bytes.length; i++) {
    const high = digit(hex.charCodeAt(from + 2 * i)), low = digit(hex.charCodeAt(from + 2 * i + 1));
    bad |= (high | low) < 0 ? 1 : 0;
    bytes[i] = (high << 4) | low;
  }
  if (bad !== 0) throw new TypeError("not hex: pairs of hex digits, with or without 0x");
  return bytes;
}

export const toBytes = (value: BytesLike): Uint8Array => (typeof value === "string" ? fromHex(value) : value);

/** Compact integer of SCALE, below 2^30. @internal */
export function compact(value: number): Uint8Array {
  if (value < 1 << 6) return Uint8Array.of(value << 2);
  if (value < 1 << 14) return Uint8Array.of(((value << 2) | 1) & 255, value >> 6);
  if (value >= 1 << 30) throw new RangeError("a gigabyte");
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value * 4 + 2, true);
  return bytes;
}

/** @internal */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
