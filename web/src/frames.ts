// SPDX-License-Identifier: Apache-2.0
/** Reading and writing the boundary's records: little-endian, lengths in 32 bits. The only codec there is. */

/** Where in a request a field's bytes lie, so that a fault's offset can be told in terms of the caller's input. */
export interface FieldSpan {
  readonly field: string;
  readonly item: number;
  readonly start: number;
  readonly end: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A DataView would take such a number modulo its size: another one than was asked about. */
function whole(field: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 0 || value > most) throw new RangeError(`${field}: ${value} is not a whole number up to ${most}`);
}

/** Byte strings from this size on are not copied into the frame: they go from where they are to where it goes. */
const LARGE = 1024;

export class Writer {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  /** Of the buffer. */
  #size = 0;
  /** Byte strings that are not in it, each with the place of the buffer in front of which it is. */
  readonly #large: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  #largeSize = 0;
  #item = -1;
  readonly spans: FieldSpan[] = [];

  /** Where the next bytes go. May replace the buffer, so ask before touching it. */
  #room(size: number): number {
    const at = this.#size;
    if (at + size > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.#bytes.length, at + size));
      grown.set(this.#bytes.subarray(0, at));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#size += size;
    return at;
  }

  u8(field: string, value: number): void {
    whole(field, value, 0xff);
    const at = this.#room(1);
    this.#view.setUint8(at, value);
  }

  u32(field: string, value: number): void {
    whole(field, value, 0xffffffff);
    const at = this.#room(4);
    this.#view.setUint32(at, value, true);
  }

  u64(field: string, value: bigint): void {
    if (BigInt.asUintN(64, value) !== value) throw new RangeError(`${field}: ${value} does not fit in 64 bits`);
    const at = this.#room(8);
    this.#view.setBigUint64(at, value, true);
  }

  bool(field: string, value: boolean): void {
    this.u8(field, value ? 1 : 0);
  }

  hash(field: string, value: Uint8Array): void {
    if (value.length !== 32) throw new RangeError(`${field}: ${value.length} bytes, not 32`);
    const at = this.#room(32);
    this.#bytes.set(value, at);
  }

  bytes(field: string, value: Uint8Array): void {
    this.u32(field, value.length);
    const start = this.size;
    if (value.length < LARGE) {
      const at = this.#room(value.length);
      this.#bytes.set(value, at);
    } else {
      this.#large.push({ at: this.#size, bytes: value });
      this.#largeSize += value.length;
    }
    this.spans.push({ field, item: this.#item, start, end: start + value.length });
  }

  text(field: string, value: string): void {
    this.bytes(field, encoder.encode(value));
  }

  list<T>(field: string, items: readonly T[], write: (item: T) => void): void {
    this.u32(field, items.length);
    items.forEach((item, index) => {
      this.#item = index;
      write(item);
    });
    this.#item = -1;
  }

  get size(): number {
    return this.#size + this.#largeSize;
  }

  /** Writes the frame: the only copy of a large byte string that is made. */
  into(target: Uint8Array): void {
    let from = 0;
    let to = 0;
    for (const { at, bytes } of this.#large) {
      target.set(this.#bytes.subarray(from, at), to);
      target.set(bytes, to + at - from);
      to += at - from + bytes.length;
      from = at;
    }
    target.set(this.#bytes.subarray(from, this.#size), to);
  }

  finish(): Uint8Array {
    if (this.#large.length === 0) return this.#bytes.subarray(0, this.#size);
    const whole = new Uint8Array(this.size);
    this.into(whole);
    return whole;
  }
}

/** Reads an answer. Byte strings are copied: the module's memory may move at the next call. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #step(size: number): number {
    const at = this.#at;
    if (at + size > this.#bytes.length) throw new Error("mote: an answer ends too early");
    this.#at += size;
    return at;
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#step(8), true);
  }

  bool(): boolean {
    return this.u8() !== 0;
  }

  hash(): Uint8Array {
    const at = this.#step(32);
    return this.#bytes.slice(at, at + 32);
  }

  bytes(): Uint8Array {
    const size = this.u32();
    const at = this.#step(size);
    return this.#bytes.slice(at, at + size);
  }

  text(): string {
    return decoder.decode(this.bytes());
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.u32() }, read);
  }
}
