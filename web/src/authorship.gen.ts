// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json. Do not edit.
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const authorshipAbi = 0x51ede62;

export interface ChainAuthorRecord {
  readonly number: number;
  readonly hash: Uint8Array;
  readonly slot: bigint;
  readonly claim: number;
  readonly authorityIndex: number;
  readonly authority: Uint8Array;
  readonly forgeable: boolean;
}

const readChainAuthor = (reader: Reader): ChainAuthorRecord => ({ number: reader.u32(), hash: reader.hash(), slot: reader.u64(), claim: reader.u8(), authorityIndex: reader.u32(), authority: reader.hash(), forgeable: reader.bool() });

export interface Sr25519VerifyAsk {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
}

export interface Sr25519VerifyAnswer {

}

export interface Sr25519BatchAsk {
  readonly publicKeys: readonly Uint8Array[];
  readonly signatures: readonly Uint8Array[];
  readonly messages: readonly Uint8Array[];
}

export interface Sr25519BatchAnswer {
  readonly bad: Uint8Array;
}

export interface BabeThresholdAsk {
  readonly cNumerator: bigint;
  readonly cDenominator: bigint;
  readonly weight: bigint;
  readonly total: bigint;
}

export interface BabeThresholdAnswer {
  readonly high: bigint;
  readonly low: bigint;
}

export interface BabeVerifyAsk {
  readonly header: Uint8Array;
  readonly index: bigint;
  readonly startSlot: bigint;
  readonly duration: bigint;
  readonly authorities: Uint8Array;
  readonly randomness: Uint8Array;
  readonly cNumerator: bigint;
  readonly cDenominator: bigint;
  readonly allowedSlots: number;
  readonly slotNow: bigint;
}

export interface BabeVerifyAnswer {
  readonly claim: number;
  readonly slot: bigint;
  readonly epochIndex: bigint;
  readonly authorityIndex: number;
  readonly authority: Uint8Array;
  readonly forgeable: boolean;
  readonly scoreHigh: bigint;
  readonly scoreLow: bigint;
  readonly thresholdHigh: bigint;
  readonly thresholdLow: bigint;
}

export interface AuraVerifyAsk {
  readonly header: Uint8Array;
  readonly scheme: number;
  readonly authorities: Uint8Array;
  readonly slotNow: bigint;
}

export interface AuraVerifyAnswer {
  readonly slot: bigint;
  readonly authorityIndex: number;
  readonly authority: Uint8Array;
  readonly forgeable: boolean;
}

export interface VrfVerifyAsk {
  readonly publicKeys: readonly Uint8Array[];
  readonly transcripts: readonly Uint8Array[];
  readonly preOutputs: readonly Uint8Array[];
  readonly proofs: readonly Uint8Array[];
  readonly purpose: string;
  readonly size: number;
}

export interface VrfVerifyAnswer {
  readonly bad: Uint8Array;
  readonly outputs: readonly Uint8Array[];
}

export interface BabeEquivocationAsk {
  readonly proof: Uint8Array;
  readonly hasEpoch: boolean;
  readonly index: bigint;
  readonly startSlot: bigint;
  readonly duration: bigint;
  readonly authorities: Uint8Array;
  readonly randomness: Uint8Array;
  readonly cNumerator: bigint;
  readonly cDenominator: bigint;
  readonly allowedSlots: number;
}

export interface BabeEquivocationAnswer {
  readonly offender: Uint8Array;
  readonly slot: bigint;
  readonly authorityIndex: number;
  readonly firstHash: Uint8Array;
  readonly secondHash: Uint8Array;
  readonly firstNumber: number;
  readonly secondNumber: number;
}

export interface AuraEquivocationAsk {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly scheme: number;
  readonly authorities: Uint8Array;
}

export interface AuraEquivocationAnswer {
  readonly slot: bigint;
  readonly authorityIndex: number;
  readonly authority: Uint8Array;
  readonly forgeable: boolean;
}

export interface BabeChainAsk {
  readonly configuration: Uint8Array;
  readonly genesis: Uint8Array;
  readonly headers: readonly Uint8Array[];
  readonly slotNow: bigint;
}

export interface BabeChainAnswer {
  readonly authors: readonly ChainAuthorRecord[];
  readonly epochIndex: bigint;
  readonly weight: number;
}

export interface AuraChainAsk {
  readonly start: Uint8Array;
  readonly scheme: number;
  readonly authorities: Uint8Array;
  readonly severalBlocksASlot: boolean;
  readonly headers: readonly Uint8Array[];
  readonly slotNow: bigint;
}

export interface AuraChainAnswer {
  readonly authors: readonly ChainAuthorRecord[];
}

export const operations = {
  sr25519Verify: {
    code: 1,
    write: (writer: Writer, ask: Sr25519VerifyAsk): void => {
      writer.bytes("publicKey", ask.publicKey);
      writer.bytes("signature", ask.signature);
      writer.bytes("message", ask.message);
    },
    read: (_reader: Reader): Sr25519VerifyAnswer => ({  }),
  },
  sr25519Batch: {
    code: 2,
    write: (writer: Writer, ask: Sr25519BatchAsk): void => {
      writer.list("publicKeys", ask.publicKeys, (item) => writer.bytes("publicKeys", item));
      writer.list("signatures", ask.signatures, (item) => writer.bytes("signatures", item));
      writer.list("messages", ask.messages, (item) => writer.bytes("messages", item));
    },
    read: (reader: Reader): Sr25519BatchAnswer => ({ bad: reader.bytes() }),
  },
  babeThreshold: {
    code: 3,
    write: (writer: Writer, ask: BabeThresholdAsk): void => {
      writer.u64("cNumerator", ask.cNumerator);
      writer.u64("cDenominator", ask.cDenominator);
      writer.u64("weight", ask.weight);
      writer.u64("total", ask.total);
    },
    read: (reader: Reader): BabeThresholdAnswer => ({ high: reader.u64(), low: reader.u64() }),
  },
  babeVerify: {
    code: 4,
    write: (writer: Writer, ask: BabeVerifyAsk): void => {
      writer.bytes("header", ask.header);
      writer.u64("index", ask.index);
      writer.u64("startSlot", ask.startSlot);
      writer.u64("duration", ask.duration);
      writer.bytes("authorities", ask.authorities);
      writer.hash("randomness", ask.randomness);
      writer.u64("cNumerator", ask.cNumerator);
      writer.u64("cDenominator", ask.cDenominator);
      writer.u8("allowedSlots", ask.allowedSlots);
      writer.u64("slotNow", ask.slotNow);
    },
    read: (reader: Reader): BabeVerifyAnswer => ({ claim: reader.u8(), slot: reader.u64(), epochIndex: reader.u64(), authorityIndex: reader.u32(), authority: reader.hash(), forgeable: reader.bool(), scoreHigh: reader.u64(), scoreLow: reader.u64(), thresholdHigh: reader.u64(), thresholdLow: reader.u64() }),
  },
  auraVerify: {
    code: 5,
    write: (writer: Writer, ask: AuraVerifyAsk): void => {
      writer.bytes("header", ask.header);
      writer.u8("scheme", ask.scheme);
      writer.bytes("authorities", ask.authorities);
      writer.u64("slotNow", ask.slotNow);
    },
    read: (reader: Reader): AuraVerifyAnswer => ({ slot: reader.u64(), authorityIndex: reader.u32(), authority: reader.hash(), forgeable: reader.bool() }),
  },
  vrfVerify: {
    code: 6,
    write: (writer: Writer, ask: VrfVerifyAsk): void => {
      writer.list("publicKeys", ask.publicKeys, (item) => writer.bytes("publicKeys", item));
      writer.list("transcripts", ask.transcripts, (item) => writer.bytes("transcripts", item));
      writer.list("preOutputs", ask.preOutputs, (item) => writer.bytes("preOutputs", item));
      writer.list("proofs", ask.proofs, (item) => writer.bytes("proofs", item));
      writer.text("purpose", ask.purpose);
      writer.u32("size", ask.size);
    },
    read: (reader: Reader): VrfVerifyAnswer => ({ bad: reader.bytes(), outputs: reader.list(() => reader.bytes()) }),
  },
  babeEquivocation: {
    code: 7,
    write: (writer: Writer, ask: BabeEquivocationAsk): void => {
      writer.bytes("proof", ask.proof);
      writer.bool("hasEpoch", ask.hasEpoch);
      writer.u64("index", ask.index);
      writer.u64("startSlot", ask.startSlot);
      writer.u64("duration", ask.duration);
      writer.bytes("authorities", ask.authorities);
      writer.hash("randomness", ask.randomness);
      writer.u64("cNumerator", ask.cNumerator);
      writer.u64("cDenominator", ask.cDenominator);
      writer.u8("allowedSlots", ask.allowedSlots);
    },
    read: (reader: Reader): BabeEquivocationAnswer => ({ offender: reader.hash(), slot: reader.u64(), authorityIndex: reader.u32(), firstHash: reader.hash(), secondHash: reader.hash(), firstNumber: reader.u32(), secondNumber: reader.u32() }),
  },
  auraEquivocation: {
    code: 8,
    write: (writer: Writer, ask: AuraEquivocationAsk): void => {
      writer.bytes("first", ask.first);
      writer.bytes("second", ask.second);
      writer.u8("scheme", ask.scheme);
      writer.bytes("authorities", ask.authorities);
    },
    read: (reader: Reader): AuraEquivocationAnswer => ({ slot: reader.u64(), authorityIndex: reader.u32(), authority: reader.hash(), forgeable: reader.bool() }),
  },
  babeChain: {
    code: 9,
    write: (writer: Writer, ask: BabeChainAsk): void => {
      writer.bytes("configuration", ask.configuration);
      writer.hash("genesis", ask.genesis);
      writer.list("headers", ask.headers, (item) => writer.bytes("headers", item));
      writer.u64("slotNow", ask.slotNow);
    },
    read: (reader: Reader): BabeChainAnswer => ({ authors: reader.list(() => readChainAuthor(reader)), epochIndex: reader.u64(), weight: reader.u32() }),
  },
  auraChain: {
    code: 10,
    write: (writer: Writer, ask: AuraChainAsk): void => {
      writer.bytes("start", ask.start);
      writer.u8("scheme", ask.scheme);
      writer.bytes("authorities", ask.authorities);
      writer.bool("severalBlocksASlot", ask.severalBlocksASlot);
      writer.list("headers", ask.headers, (item) => writer.bytes("headers", item));
      writer.u64("slotNow", ask.slotNow);
    },
    read: (reader: Reader): AuraChainAnswer => ({ authors: reader.list(() => readChainAuthor(reader)) }),
  },
} as const;
