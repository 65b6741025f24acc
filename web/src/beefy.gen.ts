// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json. Do not edit.
import type { FinalizedHeaderRecord, ParaHeaderRecord } from "./abi.gen.js";
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const beefyAbi = 0xd2d09789;

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

export interface BeefySampleAsk {
  readonly setId: bigint;
  readonly validators: number;
  readonly root: Uint8Array;
  readonly commitment: Uint8Array;
  readonly samples: readonly Uint8Array[];
}

export interface BeefySampleAnswer {
  readonly mmrRoot: Uint8Array;
  readonly blockNumber: number;
  readonly sampled: number;
}

export interface BeefyDoubleVoteAsk {
  readonly keys: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly proof: Uint8Array;
}

export interface BeefyDoubleVoteAnswer {
  readonly validator: number;
}

export interface BeefyFutureVoteAsk {
  readonly keys: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly finalNumber: number;
  readonly vote: Uint8Array;
}

export interface BeefyFutureVoteAnswer {
  readonly validator: number;
}

export interface BeefyForkVoteAsk {
  readonly keys: Uint8Array;
  readonly setId: bigint;
  readonly token: Uint8Array;
  readonly range: Uint8Array;
  readonly firstBlock: number;
  readonly vote: Uint8Array;
  readonly ancestry: Uint8Array;
}

export interface BeefyForkVoteAnswer {
  readonly validator: number;
}

export const operations = {
  merkleVerify: {
    code: 1,
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
    code: 2,
    write: (writer: Writer, ask: MmrVerifyAsk): void => {
      writer.hash("root", ask.root);
      writer.bytes("leaves", ask.leaves);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): MmrVerifyAnswer => ({ leafCount: reader.u64(), leaves: reader.list(() => readMmrLeaf(reader)) }),
  },
  mmrAncestry: {
    code: 3,
    write: (writer: Writer, ask: MmrAncestryAsk): void => {
      writer.hash("root", ask.root);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): MmrAncestryAnswer => ({ root: reader.hash(), leafCount: reader.u64(), of: reader.u64() }),
  },
  beefySetOfHeader: {
    code: 4,
    write: (writer: Writer, ask: BeefySetOfHeaderAsk): void => {
      writer.bytes("token", ask.token);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): BeefySetOfHeaderAnswer => ({ set: readBeefySet(reader) }),
  },
  beefyRootOfHeader: {
    code: 5,
    write: (writer: Writer, ask: BeefyRootOfHeaderAsk): void => {
      writer.bytes("token", ask.token);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): BeefyRootOfHeaderAnswer => ({ range: readBeefyRange(reader) }),
  },
  beefyAssumeRoot: {
    code: 6,
    write: (writer: Writer, ask: BeefyAssumeRootAsk): void => {
      writer.hash("root", ask.root);
      writer.u32("blockNumber", ask.blockNumber);
    },
    read: (reader: Reader): BeefyAssumeRootAnswer => ({ range: readBeefyRange(reader) }),
  },
  beefyVerify: {
    code: 7,
    write: (writer: Writer, ask: BeefyVerifyAsk): void => {
      writer.bytes("keys", ask.keys);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): BeefyVerifyAnswer => ({ range: readBeefyRange(reader), validators: reader.u32(), threshold: reader.u32(), signatures: reader.u32(), counted: reader.u32() }),
  },
  beefyLeaves: {
    code: 8,
    write: (writer: Writer, ask: BeefyLeavesAsk): void => {
      writer.bytes("range", ask.range);
      writer.u32("firstBlock", ask.firstBlock);
      writer.bytes("leaves", ask.leaves);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): BeefyLeavesAnswer => ({ leaves: reader.list(() => readBeefyLeaf(reader)) }),
  },
  beefyHandOver: {
    code: 9,
    write: (writer: Writer, ask: BeefyHandOverAsk): void => {
      writer.bytes("range", ask.range);
      writer.bytes("leaf", ask.leaf);
      writer.bytes("keys", ask.keys);
    },
    read: (reader: Reader): BeefyHandOverAnswer => ({ set: readBeefySet(reader) }),
  },
  beefyHeader: {
    code: 10,
    write: (writer: Writer, ask: BeefyHeaderAsk): void => {
      writer.bytes("leaf", ask.leaf);
      writer.bytes("header", ask.header);
    },
    read: (reader: Reader): BeefyHeaderAnswer => ({ header: readFinalizedHeader(reader) }),
  },
  beefyParaHead: {
    code: 11,
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
  beefySample: {
    code: 12,
    write: (writer: Writer, ask: BeefySampleAsk): void => {
      writer.u64("setId", ask.setId);
      writer.u32("validators", ask.validators);
      writer.hash("root", ask.root);
      writer.bytes("commitment", ask.commitment);
      writer.list("samples", ask.samples, (item) => writer.bytes("samples", item));
    },
    read: (reader: Reader): BeefySampleAnswer => ({ mmrRoot: reader.hash(), blockNumber: reader.u32(), sampled: reader.u32() }),
  },
  beefyDoubleVote: {
    code: 13,
    write: (writer: Writer, ask: BeefyDoubleVoteAsk): void => {
      writer.bytes("keys", ask.keys);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): BeefyDoubleVoteAnswer => ({ validator: reader.u32() }),
  },
  beefyFutureVote: {
    code: 14,
    write: (writer: Writer, ask: BeefyFutureVoteAsk): void => {
      writer.bytes("keys", ask.keys);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.u32("finalNumber", ask.finalNumber);
      writer.bytes("vote", ask.vote);
    },
    read: (reader: Reader): BeefyFutureVoteAnswer => ({ validator: reader.u32() }),
  },
  beefyForkVote: {
    code: 15,
    write: (writer: Writer, ask: BeefyForkVoteAsk): void => {
      writer.bytes("keys", ask.keys);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("range", ask.range);
      writer.u32("firstBlock", ask.firstBlock);
      writer.bytes("vote", ask.vote);
      writer.bytes("ancestry", ask.ancestry);
    },
    read: (reader: Reader): BeefyForkVoteAnswer => ({ validator: reader.u32() }),
  },
} as const;
