// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json. Do not edit.
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const stateAbi = 0x9a20e100;

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

const readOutboundMessage = (reader: Reader): OutboundMessageRecord => ({ recipient: reader.u32(), data: reader.bytes() });
const readQueuedMessage = (reader: Reader): QueuedMessageRecord => ({ sentAt: reader.u32(), data: reader.bytes() });
const readCoreAssignment = (reader: Reader): CoreAssignmentRecord => ({ task: reader.u8(), paraId: reader.u32(), parts: reader.u16(), remaining: reader.u16() });
const readBrokerItem = (reader: Reader): BrokerItemRecord => ({ mask: reader.bytes(), task: reader.u8(), paraId: reader.u32() });
const readLease = (reader: Reader): LeaseRecord => ({ until: reader.u32(), task: reader.u32() });
const readAmount = (reader: Reader): AmountRecord => ({ low: reader.u64(), high: reader.u64() });

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

export const operations = {
  messageKey: {
    code: 1,
    write: (writer: Writer, ask: MessageKeyAsk): void => {
      writer.u8("item", ask.item);
      writer.u32("first", ask.first);
      writer.u32("second", ask.second);
    },
    read: (reader: Reader): MessageKeyAnswer => ({ key: reader.bytes() }),
  },
  dmpPageKey: {
    code: 2,
    write: (writer: Writer, ask: DmpPageKeyAsk): void => {
      writer.u32("recipient", ask.recipient);
      writer.u64("page", ask.page);
    },
    read: (reader: Reader): DmpPageKeyAnswer => ({ key: reader.bytes() }),
  },
  hrmpChannel: {
    code: 3,
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
    code: 4,
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
    code: 5,
    write: (writer: Writer, ask: RelayLimitsAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): RelayLimitsAnswer => ({ maxCodeSize: reader.u32(), maxHeadDataSize: reader.u32(), maxUpwardQueueCount: reader.u32(), maxUpwardQueueSize: reader.u32(), maxUpwardMessageSize: reader.u32(), maxUpwardMessagesPerCandidate: reader.u32(), maxHrmpMessagesPerCandidate: reader.u32(), upgradeCooldown: reader.u32(), upgradeDelay: reader.u32() }),
  },
  dispatchCapacity: {
    code: 6,
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
    code: 7,
    write: (writer: Writer, ask: HrmpOutboundAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): HrmpOutboundAnswer => ({ messages: reader.list(() => readOutboundMessage(reader)) }),
  },
  umpOutbound: {
    code: 8,
    write: (writer: Writer, ask: UmpOutboundAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): UmpOutboundAnswer => ({ messages: reader.list(() => reader.bytes()), signals: reader.u32() }),
  },
  messageQueue: {
    code: 9,
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
    code: 10,
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
    code: 11,
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
    code: 12,
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
    code: 13,
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
    code: 14,
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
    code: 15,
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
    code: 16,
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
    code: 17,
    write: (writer: Writer, ask: XcmPageAsk): void => {
      writer.bytes("message", ask.message);
    },
    read: (reader: Reader): XcmPageAnswer => ({ formatByte: reader.u8(), format: reader.text(), whole: reader.bool(), parts: reader.list(() => reader.bytes()) }),
  },
  extrinsicRead: {
    code: 18,
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
    code: 19,
    write: (writer: Writer, ask: ExtrinsicsCheckAsk): void => {
      writer.bool("isParachain", ask.isParachain);
      writer.bytes("header", ask.header);
      writer.list("extrinsics", ask.extrinsics, (item) => writer.bytes("extrinsics", item));
      writer.u8("version", ask.version);
    },
    read: (_reader: Reader): ExtrinsicsCheckAnswer => ({  }),
  },
  events: {
    code: 20,
    write: (writer: Writer, ask: EventsAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): EventsAnswer => ({ present: reader.bool(), count: reader.u32(), raw: reader.bytes() }),
  },
  coretimeKey: {
    code: 21,
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
    code: 22,
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
    code: 23,
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
    code: 24,
    write: (writer: Writer, ask: CoreCountAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): CoreCountAnswer => ({ count: reader.u32() }),
  },
  coreSchedule: {
    code: 25,
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
    code: 26,
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
    code: 27,
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
    code: 28,
    write: (writer: Writer, ask: LeasesAsk): void => {
      writer.bytes("state", ask.state);
      writer.bytes("proof", ask.proof);
      writer.bool("compact", ask.compact);
      writer.bool("lenient", ask.lenient);
    },
    read: (reader: Reader): LeasesAnswer => ({ leases: reader.list(() => readLease(reader)) }),
  },
  upgradeSchedule: {
    code: 29,
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
    code: 30,
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
    code: 31,
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
    code: 32,
    write: (writer: Writer, ask: StateProveAsk): void => {
      writer.list("keys", ask.keys, (item) => writer.bytes("keys", item));
      writer.list("values", ask.values, (item) => writer.bytes("values", item));
      writer.u8("version", ask.version);
      writer.list("wanted", ask.wanted, (item) => writer.bytes("wanted", item));
      writer.bool("compact", ask.compact);
    },
    read: (reader: Reader): StateProveAnswer => ({ root: reader.hash(), proof: reader.bytes() }),
  },
} as const;
