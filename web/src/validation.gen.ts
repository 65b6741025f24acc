// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json. Do not edit.
import type { FinalizedHeaderRecord, ParaHeaderRecord } from "./abi.gen.js";
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const validationAbi = 0x7641788e;

export interface BeefySetRecord {
  readonly setId: bigint;
  readonly validators: number;
  readonly assumed: number;
  readonly keys: Uint8Array;
  readonly token: Uint8Array;
}

export interface BeefyRangeRecord {
  readonly mmrRoot: Uint8Array;
  readonly blockNumber: number;
  readonly hasSet: boolean;
  readonly setId: bigint;
  readonly assumed: number;
  readonly token: Uint8Array;
}

export interface BeefyLeafRecord {
  readonly index: bigint;
  readonly parentNumber: number;
  readonly parentHash: Uint8Array;
  readonly nextSetId: bigint;
  readonly nextValidators: number;
  readonly nextRoot: Uint8Array;
  readonly hasHeadsRoot: boolean;
  readonly headsRoot: Uint8Array;
  readonly assumed: number;
  readonly token: Uint8Array;
}

export interface MmrLeafRecord {
  readonly index: bigint;
  readonly leaf: Uint8Array;
}

const readFinalizedHeader = (reader: Reader): FinalizedHeaderRecord => ({ hash: reader.hash(), number: reader.u32(), parentHash: reader.hash(), stateRoot: reader.hash(), extrinsicsRoot: reader.hash(), setId: reader.u64(), assumed: reader.u32(), token: reader.bytes(), state: reader.bytes() });
const readParaHeader = (reader: Reader): ParaHeaderRecord => ({ paraId: reader.u32(), hash: reader.hash(), number: reader.u32(), parentHash: reader.hash(), stateRoot: reader.hash(), extrinsicsRoot: reader.hash(), relayHash: reader.hash(), relayNumber: reader.u32(), assumed: reader.u32(), token: reader.bytes(), state: reader.bytes() });
const readBeefySet = (reader: Reader): BeefySetRecord => ({ setId: reader.u64(), validators: reader.u32(), assumed: reader.u32(), keys: reader.bytes(), token: reader.bytes() });
const readBeefyRange = (reader: Reader): BeefyRangeRecord => ({ mmrRoot: reader.hash(), blockNumber: reader.u32(), hasSet: reader.bool(), setId: reader.u64(), assumed: reader.u32(), token: reader.bytes() });
const readBeefyLeaf = (reader: Reader): BeefyLeafRecord => ({ index: reader.u64(), parentNumber: reader.u32(), parentHash: reader.hash(), nextSetId: reader.u64(), nextValidators: reader.u32(), nextRoot: reader.hash(), hasHeadsRoot: reader.bool(), headsRoot: reader.hash(), assumed: reader.u32(), token: reader.bytes() });
const readMmrLeaf = (reader: Reader): MmrLeafRecord => ({ index: reader.u64(), leaf: reader.bytes() });

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

export interface MerkleVerifyAsk {
  readonly root: Uint8Array;
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly count: number;
  readonly items: Uint8Array;
}

export interface MerkleVerifyAnswer {

}

export interface MmrVerifyAsk {
  readonly root: Uint8Array;
  readonly leaves: Uint8Array;
  readonly proof: Uint8Array;
}

export interface MmrVerifyAnswer {
  readonly leafCount: bigint;
  readonly leaves: readonly MmrLeafRecord[];
}

export interface MmrAncestryAsk {
  readonly root: Uint8Array;
  readonly proof: Uint8Array;
}

export interface MmrAncestryAnswer {
  readonly root: Uint8Array;
  readonly leafCount: bigint;
  readonly of: bigint;
}

export interface BeefySetOfHeaderAsk {
  readonly token: Uint8Array;
  readonly header: Uint8Array;
}

export interface BeefySetOfHeaderAnswer {
  readonly set: BeefySetRecord;
}

export interface BeefyRootOfHeaderAsk {
  readonly token: Uint8Array;
  readonly header: Uint8Array;
}

export interface BeefyRootOfHeaderAnswer {
  readonly range: BeefyRangeRecord;
}

export interface BeefyAssumeRootAsk {
  readonly root: Uint8Array;
  readonly blockNumber: number;
}

export interface BeefyAssumeRootAnswer {
  readonly range: BeefyRangeRecord;
}

export interface BeefyVerifyAsk {
  readonly keys: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly proof: Uint8Array;
}

export interface BeefyVerifyAnswer {
  readonly range: BeefyRangeRecord;
  readonly validators: number;
  readonly threshold: number;
  readonly signatures: number;
  readonly counted: number;
}

export interface BeefyLeavesAsk {
  readonly range: Uint8Array;
  readonly firstBlock: number;
  readonly leaves: Uint8Array;
  readonly proof: Uint8Array;
}

export interface BeefyLeavesAnswer {
  readonly leaves: readonly BeefyLeafRecord[];
}

export interface BeefyHandOverAsk {
  readonly range: Uint8Array;
  readonly leaf: Uint8Array;
  readonly keys: Uint8Array;
}

export interface BeefyHandOverAnswer {
  readonly set: BeefySetRecord;
}

export interface BeefyHeaderAsk {
  readonly leaf: Uint8Array;
  readonly header: Uint8Array;
}

export interface BeefyHeaderAnswer {
  readonly header: FinalizedHeaderRecord;
}

export interface BeefyParaHeadAsk {
  readonly leaf: Uint8Array;
  readonly paraId: number;
  readonly head: Uint8Array;
  readonly index: number;
  readonly count: number;
  readonly items: Uint8Array;
}

export interface BeefyParaHeadAnswer {
  readonly header: ParaHeaderRecord;
}

export const operations = {
  sr25519Verify: {
    code: 44,
    write: (writer: Writer, ask: Sr25519VerifyAsk): void => {
      writer.bytes("publicKey", ask.publicKey);
      writer.bytes("signature", ask.signature);
      writer.bytes("message", ask.message);
    },
    read: (_reader: Reader): Sr25519VerifyAnswer => ({  }),
  },
  sr25519Batch: {
    code: 45,
    write: (writer: Writer, ask: Sr25519BatchAsk): void => {
      writer.list("publicKeys", ask.publicKeys, (item) => writer.bytes("publicKeys", item));
      writer.list("signatures", ask.signatures, (item) => writer.bytes("signatures", item));
      writer.list("messages", ask.messages, (item) => writer.bytes("messages", item));
    },
    read: (reader: Reader): Sr25519BatchAnswer => ({ bad: reader.bytes() }),
  },
  babeThreshold: {
    code: 46,
    write: (writer: Writer, ask: BabeThresholdAsk): void => {
      writer.u64("cNumerator", ask.cNumerator);
      writer.u64("cDenominator", ask.cDenominator);
      writer.u64("weight", ask.weight);
      writer.u64("total", ask.total);
    },
    read: (reader: Reader): BabeThresholdAnswer => ({ high: reader.u64(), low: reader.u64() }),
  },
  babeVerify: {
    code: 47,
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
    code: 48,
    write: (writer: Writer, ask: AuraVerifyAsk): void => {
      writer.bytes("header", ask.header);
      writer.u8("scheme", ask.scheme);
      writer.bytes("authorities", ask.authorities);
      writer.u64("slotNow", ask.slotNow);
    },
    read: (reader: Reader): AuraVerifyAnswer => ({ slot: reader.u64(), authorityIndex: reader.u32(), authority: reader.hash(), forgeable: reader.bool() }),
  },
  merkleVerify: {
    code: 49,
    write: (writer: Writer, ask: MerkleVerifyAsk): void => {
      writer.hash("root", ask.root);
      writer.bytes("leaf", ask.leaf);
      writer.u32("index", ask.index);
      writer.u32("count", ask.count);
      writer.bytes("items", ask.items);
    },
    read: (_reader: Reader): MerkleVerifyAnswer => ({  }),
  },
  mmrVerify: {
    code: 50,
    write: (writer: Writer, ask: MmrVerifyAsk): void => {
      writer.hash("root", ask.root);
      writer.bytes("leaves", ask.leaves);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): MmrVerifyAnswer => ({ leafCount: reader.u64(), leaves: reader.list(() => readMmrLeaf(reader)) }),
  },
  mmrAncestry: {
    code: 51,
    write: (writer: Writer, ask: MmrAncestryAsk): void => {
      writer.hash("root", ask.root);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): MmrAncestryAnswer => ({ root: reader.hash(), leafCount: reader.u64(), of: reader.u64() }),
  },
  beefySetOfHeader: {
    code: 52,
    write: (writer: Writer, ask: BeefySetOfHeaderAsk): void => {
      writer.bytes("token", ask.token);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): BeefySetOfHeaderAnswer => ({ set: readBeefySet(reader) }),
  },
  beefyRootOfHeader: {
    code: 53,
    write: (writer: Writer, ask: BeefyRootOfHeaderAsk): void => {
      writer.bytes("token", ask.token);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): BeefyRootOfHeaderAnswer => ({ range: readBeefyRange(reader) }),
  },
  beefyAssumeRoot: {
    code: 54,
    write: (writer: Writer, ask: BeefyAssumeRootAsk): void => {
      writer.hash("root", ask.root);
      writer.u32("blockNumber", ask.blockNumber);
    },
    read: (reader: Reader): BeefyAssumeRootAnswer => ({ range: readBeefyRange(reader) }),
  },
  beefyVerify: {
    code: 55,
    write: (writer: Writer, ask: BeefyVerifyAsk): void => {
      writer.bytes("keys", ask.keys);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): BeefyVerifyAnswer => ({ range: readBeefyRange(reader), validators: reader.u32(), threshold: reader.u32(), signatures: reader.u32(), counted: reader.u32() }),
  },
  beefyLeaves: {
    code: 56,
    write: (writer: Writer, ask: BeefyLeavesAsk): void => {
      writer.bytes("range", ask.range);
      writer.u32("firstBlock", ask.firstBlock);
      writer.bytes("leaves", ask.leaves);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): BeefyLeavesAnswer => ({ leaves: reader.list(() => readBeefyLeaf(reader)) }),
  },
  beefyHandOver: {
    code: 57,
    write: (writer: Writer, ask: BeefyHandOverAsk): void => {
      writer.bytes("range", ask.range);
      writer.bytes("leaf", ask.leaf);
      writer.bytes("keys", ask.keys);
    },
    read: (reader: Reader): BeefyHandOverAnswer => ({ set: readBeefySet(reader) }),
  },
  beefyHeader: {
    code: 58,
    write: (writer: Writer, ask: BeefyHeaderAsk): void => {
      writer.bytes("leaf", ask.leaf);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): BeefyHeaderAnswer => ({ header: readFinalizedHeader(reader) }),
  },
  beefyParaHead: {
    code: 59,
    write: (writer: Writer, ask: BeefyParaHeadAsk): void => {
      writer.bytes("leaf", ask.leaf);
      writer.u32("paraId", ask.paraId);
      writer.bytes("head", ask.head);
      writer.u32("index", ask.index);
      writer.u32("count", ask.count);
      writer.bytes("items", ask.items);
    },
    read: (reader: Reader): BeefyParaHeadAnswer => ({ header: readParaHeader(reader) }),
  },
} as const;
