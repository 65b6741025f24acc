// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json. Do not edit.
import type { FinalizedHeaderRecord, ParaHeaderRecord } from "./abi.gen.js";
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const validationAbi = 0x8bd00dc3;

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

export interface ChainAuthorRecord {
  readonly number: number;
  readonly hash: Uint8Array;
  readonly slot: bigint;
  readonly claim: number;
  readonly authorityIndex: number;
  readonly authority: Uint8Array;
  readonly forgeable: boolean;
}

export interface OutboundMessageRecord {
  readonly recipient: number;
  readonly data: Uint8Array;
}

export interface QueuedMessageRecord {
  readonly sentAt: number;
  readonly data: Uint8Array;
}

export interface CoreAssignmentRecord {
  readonly task: number;
  readonly paraId: number;
  readonly parts: number;
  readonly remaining: number;
}

export interface BrokerItemRecord {
  readonly mask: Uint8Array;
  readonly task: number;
  readonly paraId: number;
}

export interface LeaseRecord {
  readonly until: number;
  readonly task: number;
}

export interface AmountRecord {
  readonly low: bigint;
  readonly high: bigint;
}

const readFinalizedHeader = (reader: Reader): FinalizedHeaderRecord => ({ hash: reader.hash(), number: reader.u32(), parentHash: reader.hash(), stateRoot: reader.hash(), extrinsicsRoot: reader.hash(), setId: reader.u64(), assumed: reader.u32(), token: reader.bytes(), state: reader.bytes() });
const readParaHeader = (reader: Reader): ParaHeaderRecord => ({ paraId: reader.u32(), hash: reader.hash(), number: reader.u32(), parentHash: reader.hash(), stateRoot: reader.hash(), extrinsicsRoot: reader.hash(), relayHash: reader.hash(), relayNumber: reader.u32(), assumed: reader.u32(), token: reader.bytes(), state: reader.bytes() });
const readBeefySet = (reader: Reader): BeefySetRecord => ({ setId: reader.u64(), validators: reader.u32(), assumed: reader.u32(), keys: reader.bytes(), token: reader.bytes() });
const readBeefyRange = (reader: Reader): BeefyRangeRecord => ({ mmrRoot: reader.hash(), blockNumber: reader.u32(), hasSet: reader.bool(), setId: reader.u64(), assumed: reader.u32(), token: reader.bytes() });
const readBeefyLeaf = (reader: Reader): BeefyLeafRecord => ({ index: reader.u64(), parentNumber: reader.u32(), parentHash: reader.hash(), nextSetId: reader.u64(), nextValidators: reader.u32(), nextRoot: reader.hash(), hasHeadsRoot: reader.bool(), headsRoot: reader.hash(), assumed: reader.u32(), token: reader.bytes() });
const readMmrLeaf = (reader: Reader): MmrLeafRecord => ({ index: reader.u64(), leaf: reader.bytes() });
const readChainAuthor = (reader: Reader): ChainAuthorRecord => ({ number: reader.u32(), hash: reader.hash(), slot: reader.u64(), claim: reader.u8(), authorityIndex: reader.u32(), authority: reader.hash(), forgeable: reader.bool() });
const readOutboundMessage = (reader: Reader): OutboundMessageRecord => ({ recipient: reader.u32(), data: reader.bytes() });
const readQueuedMessage = (reader: Reader): QueuedMessageRecord => ({ sentAt: reader.u32(), data: reader.bytes() });
const readCoreAssignment = (reader: Reader): CoreAssignmentRecord => ({ task: reader.u8(), paraId: reader.u32(), parts: reader.u16(), remaining: reader.u16() });
const readBrokerItem = (reader: Reader): BrokerItemRecord => ({ mask: reader.bytes(), task: reader.u8(), paraId: reader.u32() });
const readLease = (reader: Reader): LeaseRecord => ({ until: reader.u32(), task: reader.u32() });
const readAmount = (reader: Reader): AmountRecord => ({ low: reader.u64(), high: reader.u64() });

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

export interface MessageKeyAsk {
  readonly item: number;
  readonly first: number;
  readonly second: number;
}

export interface MessageKeyAnswer {
  readonly key: Uint8Array;
}

export interface DmpPageKeyAsk {
  readonly recipient: number;
  readonly page: bigint;
}

export interface DmpPageKeyAnswer {
  readonly key: Uint8Array;
}

export interface HrmpChannelAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly sender: number;
  readonly recipient: number;
}

export interface HrmpChannelAnswer {
  readonly open: boolean;
  readonly maxCapacity: number;
  readonly maxTotalSize: number;
  readonly maxMessageSize: number;
  readonly messageCount: number;
  readonly totalSize: number;
  readonly hasHead: boolean;
  readonly head: Uint8Array;
  readonly senderDeposit: AmountRecord;
  readonly recipientDeposit: AmountRecord;
}

export interface HrmpPeersAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
  readonly incoming: boolean;
}

export interface HrmpPeersAnswer {
  readonly paras: readonly number[];
}

export interface RelayLimitsAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
}

export interface RelayLimitsAnswer {
  readonly maxCodeSize: number;
  readonly maxHeadDataSize: number;
  readonly maxUpwardQueueCount: number;
  readonly maxUpwardQueueSize: number;
  readonly maxUpwardMessageSize: number;
  readonly maxUpwardMessagesPerCandidate: number;
  readonly maxHrmpMessagesPerCandidate: number;
  readonly upgradeCooldown: number;
  readonly upgradeDelay: number;
}

export interface DispatchCapacityAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
}

export interface DispatchCapacityAnswer {
  readonly known: boolean;
  readonly messages: number;
  readonly bytes: number;
}

export interface HrmpOutboundAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
}

export interface HrmpOutboundAnswer {
  readonly messages: readonly OutboundMessageRecord[];
}

export interface UmpOutboundAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
}

export interface UmpOutboundAnswer {
  readonly messages: readonly Uint8Array[];
  readonly signals: number;
}

export interface MessageQueueAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly downward: boolean;
  readonly sender: number;
  readonly recipient: number;
}

export interface MessageQueueAnswer {
  readonly messages: readonly QueuedMessageRecord[];
}

export interface DmpPagesAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly recipient: number;
  readonly from: bigint;
  readonly count: number;
}

export interface DmpPagesAnswer {
  readonly known: boolean;
  readonly first: bigint;
  readonly end: bigint;
  readonly messages: readonly QueuedMessageRecord[];
}

export interface DmpHeadAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly recipient: number;
}

export interface DmpHeadAnswer {
  readonly hasHead: boolean;
  readonly head: Uint8Array;
}

export interface TakenHeadAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly downward: boolean;
  readonly sender: number;
}

export interface TakenHeadAnswer {
  readonly hasHead: boolean;
  readonly head: Uint8Array;
}

export interface MessageTakenAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly downward: boolean;
  readonly sender: number;
  readonly before: Uint8Array;
  readonly messages: readonly Uint8Array[];
}

export interface MessageTakenAnswer {
  readonly recipient: number;
  readonly followedBy: number;
}

export interface HrmpWatermarkAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly recipient: number;
  readonly sentAt: number;
}

export interface HrmpWatermarkAnswer {
  readonly watermark: number;
}

export interface MessageOrderAsk {
  readonly earlierState: Uint8Array;
  readonly earlierProof: Uint8Array;
  readonly laterState: Uint8Array;
  readonly laterProof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly downward: boolean;
  readonly sender: number;
  readonly recipient: number;
  readonly messages: readonly Uint8Array[];
}

export interface MessageOrderAnswer {
  readonly count: number;
  readonly fromNothing: boolean;
  readonly head: Uint8Array;
}

export interface HrmpCarriedAsk {
  readonly earlierState: Uint8Array;
  readonly earlierProof: Uint8Array;
  readonly laterState: Uint8Array;
  readonly laterProof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly sender: number;
  readonly recipient: number;
  readonly blocks: readonly Uint8Array[];
  readonly proofs: readonly Uint8Array[];
}

export interface HrmpCarriedAnswer {
  readonly count: number;
}

export interface XcmPageAsk {
  readonly message: Uint8Array;
}

export interface XcmPageAnswer {
  readonly formatByte: number;
  readonly format: string;
  readonly whole: boolean;
  readonly parts: readonly Uint8Array[];
}

export interface ExtrinsicReadAsk {
  readonly isParachain: boolean;
  readonly header: Uint8Array;
  readonly proof: Uint8Array;
  readonly index: number;
  readonly hasExtrinsic: boolean;
  readonly extrinsic: Uint8Array;
}

export interface ExtrinsicReadAnswer {
  readonly extrinsic: Uint8Array;
}

export interface ExtrinsicsCheckAsk {
  readonly isParachain: boolean;
  readonly header: Uint8Array;
  readonly extrinsics: readonly Uint8Array[];
  readonly version: number;
}

export interface ExtrinsicsCheckAnswer {

}

export interface EventsAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
}

export interface EventsAnswer {
  readonly present: boolean;
  readonly count: number;
  readonly raw: Uint8Array;
}

export interface CoretimeKeyAsk {
  readonly kind: number;
  readonly layout: number;
  readonly first: number;
  readonly second: number;
  readonly mask: Uint8Array;
}

export interface CoretimeKeyAnswer {
  readonly key: Uint8Array;
}

export interface CoreWorkAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly layout: number;
  readonly core: number;
}

export interface CoreWorkAnswer {
  readonly known: boolean;
  readonly working: boolean;
  readonly assignments: readonly CoreAssignmentRecord[];
  readonly ends: boolean;
  readonly endHint: number;
  readonly hasQueue: boolean;
  readonly queueFirst: number;
  readonly queueLast: number;
}

export interface CoreHeldAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly layout: number;
  readonly core: number;
  readonly paraId: number;
}

export interface CoreHeldAnswer {
  readonly parts: number;
}

export interface CoreCountAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
}

export interface CoreCountAnswer {
  readonly count: number;
}

export interface CoreScheduleAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly layout: number;
  readonly block: number;
  readonly core: number;
}

export interface CoreScheduleAnswer {
  readonly known: boolean;
  readonly assignments: readonly CoreAssignmentRecord[];
  readonly ends: boolean;
  readonly endHint: number;
  readonly hasNext: boolean;
  readonly next: number;
}

export interface RegionAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly begin: number;
  readonly core: number;
  readonly mask: Uint8Array;
}

export interface RegionAnswer {
  readonly exists: boolean;
  readonly end: number;
  readonly hasOwner: boolean;
  readonly owner: Uint8Array;
  readonly hasPaid: boolean;
  readonly paid: AmountRecord;
}

export interface BrokerScheduleAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly now: boolean;
  readonly timeslice: number;
  readonly core: number;
}

export interface BrokerScheduleAnswer {
  readonly known: boolean;
  readonly items: readonly BrokerItemRecord[];
}

export interface LeasesAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
}

export interface LeasesAnswer {
  readonly leases: readonly LeaseRecord[];
}

export interface UpgradeScheduleAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
}

export interface UpgradeScheduleAnswer {
  readonly scheduled: boolean;
  readonly expectedAt: number;
}

export interface UpgradeSignalAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
}

export interface UpgradeSignalAnswer {
  readonly signal: number;
}

export interface UpgradeRestrictedAsk {
  readonly state: Uint8Array;
  readonly proof: Uint8Array;
  readonly compact: boolean;
  readonly lenient: boolean;
  readonly paraId: number;
}

export interface UpgradeRestrictedAnswer {
  readonly restricted: boolean;
}

export interface StateProveAsk {
  readonly keys: readonly Uint8Array[];
  readonly values: readonly Uint8Array[];
  readonly version: number;
  readonly wanted: readonly Uint8Array[];
  readonly compact: boolean;
}

export interface StateProveAnswer {
  readonly root: Uint8Array;
  readonly proof: Uint8Array;
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
  vrfVerify: {
    code: 60,
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
    code: 61,
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
    code: 62,
    write: (writer: Writer, ask: AuraEquivocationAsk): void => {
      writer.bytes("first", ask.first);
      writer.bytes("second", ask.second);
      writer.u8("scheme", ask.scheme);
      writer.bytes("authorities", ask.authorities);
    },
    read: (reader: Reader): AuraEquivocationAnswer => ({ slot: reader.u64(), authorityIndex: reader.u32(), authority: reader.hash(), forgeable: reader.bool() }),
  },
  beefySample: {
    code: 63,
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
    code: 64,
    write: (writer: Writer, ask: BeefyDoubleVoteAsk): void => {
      writer.bytes("keys", ask.keys);
      writer.u64("setId", ask.setId);
      writer.bytes("token", ask.token);
      writer.bytes("proof", ask.proof);
    },
    read: (reader: Reader): BeefyDoubleVoteAnswer => ({ validator: reader.u32() }),
  },
  beefyFutureVote: {
    code: 65,
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
    code: 66,
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
  messageKey: {
    code: 67,
    write: (writer: Writer, ask: MessageKeyAsk): void => {
      writer.u8("item", ask.item);
      writer.u32("first", ask.first);
      writer.u32("second", ask.second);
    },
    read: (reader: Reader): MessageKeyAnswer => ({ key: reader.bytes() }),
  },
  dmpPageKey: {
    code: 68,
    write: (writer: Writer, ask: DmpPageKeyAsk): void => {
      writer.u32("recipient", ask.recipient);
      writer.u64("page", ask.page);
    },
    read: (reader: Reader): DmpPageKeyAnswer => ({ key: reader.bytes() }),
  },
  hrmpChannel: {
    code: 69,
    write: (writer: Writer, ask: HrmpChannelAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("sender", ask.sender);
      writer.u32("recipient", ask.recipient);
    },
    read: (reader: Reader): HrmpChannelAnswer => ({ open: reader.bool(), maxCapacity: reader.u32(), maxTotalSize: reader.u32(), maxMessageSize: reader.u32(), messageCount: reader.u32(), totalSize: reader.u32(), hasHead: reader.bool(), head: reader.hash(), senderDeposit: readAmount(reader), recipientDeposit: readAmount(reader) }),
  },
  hrmpPeers: {
    code: 70,
    write: (writer: Writer, ask: HrmpPeersAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
      writer.bool("incoming", ask.incoming);
    },
    read: (reader: Reader): HrmpPeersAnswer => ({ paras: reader.list(() => reader.u32()) }),
  },
  relayLimits: {
    code: 71,
    write: (writer: Writer, ask: RelayLimitsAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): RelayLimitsAnswer => ({ maxCodeSize: reader.u32(), maxHeadDataSize: reader.u32(), maxUpwardQueueCount: reader.u32(), maxUpwardQueueSize: reader.u32(), maxUpwardMessageSize: reader.u32(), maxUpwardMessagesPerCandidate: reader.u32(), maxHrmpMessagesPerCandidate: reader.u32(), upgradeCooldown: reader.u32(), upgradeDelay: reader.u32() }),
  },
  dispatchCapacity: {
    code: 72,
    write: (writer: Writer, ask: DispatchCapacityAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): DispatchCapacityAnswer => ({ known: reader.bool(), messages: reader.u32(), bytes: reader.u32() }),
  },
  hrmpOutbound: {
    code: 73,
    write: (writer: Writer, ask: HrmpOutboundAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): HrmpOutboundAnswer => ({ messages: reader.list(() => readOutboundMessage(reader)) }),
  },
  umpOutbound: {
    code: 74,
    write: (writer: Writer, ask: UmpOutboundAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): UmpOutboundAnswer => ({ messages: reader.list(() => reader.bytes()), signals: reader.u32() }),
  },
  messageQueue: {
    code: 75,
    write: (writer: Writer, ask: MessageQueueAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("downward", ask.downward);
      writer.u32("sender", ask.sender);
      writer.u32("recipient", ask.recipient);
    },
    read: (reader: Reader): MessageQueueAnswer => ({ messages: reader.list(() => readQueuedMessage(reader)) }),
  },
  dmpPages: {
    code: 76,
    write: (writer: Writer, ask: DmpPagesAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("recipient", ask.recipient);
      writer.u64("from", ask.from);
      writer.u32("count", ask.count);
    },
    read: (reader: Reader): DmpPagesAnswer => ({ known: reader.bool(), first: reader.u64(), end: reader.u64(), messages: reader.list(() => readQueuedMessage(reader)) }),
  },
  dmpHead: {
    code: 77,
    write: (writer: Writer, ask: DmpHeadAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("recipient", ask.recipient);
    },
    read: (reader: Reader): DmpHeadAnswer => ({ hasHead: reader.bool(), head: reader.hash() }),
  },
  takenHead: {
    code: 78,
    write: (writer: Writer, ask: TakenHeadAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("downward", ask.downward);
      writer.u32("sender", ask.sender);
    },
    read: (reader: Reader): TakenHeadAnswer => ({ hasHead: reader.bool(), head: reader.hash() }),
  },
  messageTaken: {
    code: 79,
    write: (writer: Writer, ask: MessageTakenAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("downward", ask.downward);
      writer.u32("sender", ask.sender);
      writer.hash("before", ask.before);
      writer.list("messages", ask.messages, (item) => writer.bytes("messages", item));
    },
    read: (reader: Reader): MessageTakenAnswer => ({ recipient: reader.u32(), followedBy: reader.u32() }),
  },
  hrmpWatermark: {
    code: 80,
    write: (writer: Writer, ask: HrmpWatermarkAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("recipient", ask.recipient);
      writer.u32("sentAt", ask.sentAt);
    },
    read: (reader: Reader): HrmpWatermarkAnswer => ({ watermark: reader.u32() }),
  },
  messageOrder: {
    code: 81,
    write: (writer: Writer, ask: MessageOrderAsk): void => {
      writer.bytes("earlierState", ask.earlierState);
      writer.bytes("earlierProof", ask.earlierProof);
      writer.bytes("laterState", ask.laterState);
      writer.bytes("laterProof", ask.laterProof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("downward", ask.downward);
      writer.u32("sender", ask.sender);
      writer.u32("recipient", ask.recipient);
      writer.list("messages", ask.messages, (item) => writer.bytes("messages", item));
    },
    read: (reader: Reader): MessageOrderAnswer => ({ count: reader.u32(), fromNothing: reader.bool(), head: reader.hash() }),
  },
  hrmpCarried: {
    code: 82,
    write: (writer: Writer, ask: HrmpCarriedAsk): void => {
      writer.bytes("earlierState", ask.earlierState);
      writer.bytes("earlierProof", ask.earlierProof);
      writer.bytes("laterState", ask.laterState);
      writer.bytes("laterProof", ask.laterProof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("sender", ask.sender);
      writer.u32("recipient", ask.recipient);
      writer.list("blocks", ask.blocks, (item) => writer.bytes("blocks", item));
      writer.list("proofs", ask.proofs, (item) => writer.bytes("proofs", item));
    },
    read: (reader: Reader): HrmpCarriedAnswer => ({ count: reader.u32() }),
  },
  xcmPage: {
    code: 83,
    write: (writer: Writer, ask: XcmPageAsk): void => {
      writer.bytes("message", ask.message);
    },
    read: (reader: Reader): XcmPageAnswer => ({ formatByte: reader.u8(), format: reader.text(), whole: reader.bool(), parts: reader.list(() => reader.bytes()) }),
  },
  extrinsicRead: {
    code: 84,
    write: (writer: Writer, ask: ExtrinsicReadAsk): void => {
      writer.bool("isParachain", ask.isParachain);
      writer.bytes("header", ask.header);
      writer.bytes("proof", ask.proof);
      writer.u32("index", ask.index);
      writer.bool("hasExtrinsic", ask.hasExtrinsic);
      writer.bytes("extrinsic", ask.extrinsic);
    },
    read: (reader: Reader): ExtrinsicReadAnswer => ({ extrinsic: reader.bytes() }),
  },
  extrinsicsCheck: {
    code: 85,
    write: (writer: Writer, ask: ExtrinsicsCheckAsk): void => {
      writer.bool("isParachain", ask.isParachain);
      writer.bytes("header", ask.header);
      writer.list("extrinsics", ask.extrinsics, (item) => writer.bytes("extrinsics", item));
      writer.u8("version", ask.version);
    },
    read: (_reader: Reader): ExtrinsicsCheckAnswer => ({  }),
  },
  events: {
    code: 86,
    write: (writer: Writer, ask: EventsAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): EventsAnswer => ({ present: reader.bool(), count: reader.u32(), raw: reader.bytes() }),
  },
  coretimeKey: {
    code: 87,
    write: (writer: Writer, ask: CoretimeKeyAsk): void => {
      writer.u8("kind", ask.kind);
      writer.u8("layout", ask.layout);
      writer.u32("first", ask.first);
      writer.u32("second", ask.second);
      writer.bytes("mask", ask.mask);
    },
    read: (reader: Reader): CoretimeKeyAnswer => ({ key: reader.bytes() }),
  },
  coreWork: {
    code: 88,
    write: (writer: Writer, ask: CoreWorkAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u8("layout", ask.layout);
      writer.u32("core", ask.core);
    },
    read: (reader: Reader): CoreWorkAnswer => ({ known: reader.bool(), working: reader.bool(), assignments: reader.list(() => readCoreAssignment(reader)), ends: reader.bool(), endHint: reader.u32(), hasQueue: reader.bool(), queueFirst: reader.u32(), queueLast: reader.u32() }),
  },
  coreHeld: {
    code: 89,
    write: (writer: Writer, ask: CoreHeldAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u8("layout", ask.layout);
      writer.u32("core", ask.core);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): CoreHeldAnswer => ({ parts: reader.u32() }),
  },
  coreCount: {
    code: 90,
    write: (writer: Writer, ask: CoreCountAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): CoreCountAnswer => ({ count: reader.u32() }),
  },
  coreSchedule: {
    code: 91,
    write: (writer: Writer, ask: CoreScheduleAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u8("layout", ask.layout);
      writer.u32("block", ask.block);
      writer.u32("core", ask.core);
    },
    read: (reader: Reader): CoreScheduleAnswer => ({ known: reader.bool(), assignments: reader.list(() => readCoreAssignment(reader)), ends: reader.bool(), endHint: reader.u32(), hasNext: reader.bool(), next: reader.u32() }),
  },
  region: {
    code: 92,
    write: (writer: Writer, ask: RegionAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("begin", ask.begin);
      writer.u32("core", ask.core);
      writer.bytes("mask", ask.mask);
    },
    read: (reader: Reader): RegionAnswer => ({ exists: reader.bool(), end: reader.u32(), hasOwner: reader.bool(), owner: reader.hash(), hasPaid: reader.bool(), paid: readAmount(reader) }),
  },
  brokerSchedule: {
    code: 93,
    write: (writer: Writer, ask: BrokerScheduleAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.bool("now", ask.now);
      writer.u32("timeslice", ask.timeslice);
      writer.u32("core", ask.core);
    },
    read: (reader: Reader): BrokerScheduleAnswer => ({ known: reader.bool(), items: reader.list(() => readBrokerItem(reader)) }),
  },
  leases: {
    code: 94,
    write: (writer: Writer, ask: LeasesAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): LeasesAnswer => ({ leases: reader.list(() => readLease(reader)) }),
  },
  upgradeSchedule: {
    code: 95,
    write: (writer: Writer, ask: UpgradeScheduleAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): UpgradeScheduleAnswer => ({ scheduled: reader.bool(), expectedAt: reader.u32() }),
  },
  upgradeSignal: {
    code: 96,
    write: (writer: Writer, ask: UpgradeSignalAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): UpgradeSignalAnswer => ({ signal: reader.u8() }),
  },
  upgradeRestricted: {
    code: 97,
    write: (writer: Writer, ask: UpgradeRestrictedAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): UpgradeRestrictedAnswer => ({ restricted: reader.bool() }),
  },
  stateProve: {
    code: 98,
    write: (writer: Writer, ask: StateProveAsk): void => {
      writer.list("keys", ask.keys, (item) => writer.bytes("keys", item));
      writer.list("values", ask.values, (item) => writer.bytes("values", item));
      writer.u8("version", ask.version);
      writer.list("wanted", ask.wanted, (item) => writer.bytes("wanted", item));
      writer.bool("compact", ask.compact);
    },
    read: (reader: Reader): StateProveAnswer => ({ root: reader.hash(), proof: reader.bytes() }),
  },
  babeChain: {
    code: 99,
    write: (writer: Writer, ask: BabeChainAsk): void => {
      writer.bytes("configuration", ask.configuration);
      writer.hash("genesis", ask.genesis);
      writer.list("headers", ask.headers, (item) => writer.bytes("headers", item));
      writer.u64("slotNow", ask.slotNow);
    },
    read: (reader: Reader): BabeChainAnswer => ({ authors: reader.list(() => readChainAuthor(reader)), epochIndex: reader.u64(), weight: reader.u32() }),
  },
  auraChain: {
    code: 100,
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
