// SPDX-License-Identifier: Apache-2.0

/** Bytes, or their hex with or without 0x, in either case. */
export type BytesLike = Uint8Array | string;

/** Lower-case hex with 0x. */
export function toHex(bytes: Uint8Array): string {
  let hex = "0x";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

/** Values of hex digits by their code; 256 for what is none. Chain specs have megabytes of them. */
const digits = new Uint16Array(256).fill(256);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Bytes of hex text; anything else is a TypeError. */
export function fromHex(hex: string): Uint8Array {
  const from = hex.startsWith("0x") || hex.startsWith("0X") ? 2 : 0;
  const bytes = new Uint8Array((hex.length - from) >> 1);
  let bad = (hex.length - from) % 2;
  for (let i = 0, at = from; i < bytes.length; i++, at += 2) {
    const high = hex.charCodeAt(at), low = hex.charCodeAt(at + 1);
    const byte = (digits[high & 255]! << 4) | digits[low & 255]!;
    bad |= (byte | high | low) & ~255;
    bytes[i] = byte;
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

/** A length as the boundary has it, 4 bytes. @internal */
export function lengthOf(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
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
