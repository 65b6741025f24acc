// SPDX-License-Identifier: Apache-2.0
// Made by wasm/generate.mjs from wasm/protocol.json. Do not edit.
import type { AgeRecord, ReportRecord, ValueRecord } from "./abi.gen.js";
import type { Reader, Writer } from "./frames.js";

/** Both sides of the boundary have to have the same number. */
export const liveAbi = 0xaf7ae439;

export interface PlaceRecord {
  readonly isParachain: boolean;
  readonly paraId: number;
  readonly hash: Uint8Array;
  readonly number: number;
  readonly stateRoot: Uint8Array;
  readonly relayHash: Uint8Array;
  readonly relayNumber: number;
  readonly assumed: number;
}

export interface AmountRecord {
  readonly low: bigint;
  readonly high: bigint;
}

const readReport = (reader: Reader): ReportRecord => ({ round: reader.u64(), setId: reader.u64(), targetHash: reader.hash(), targetNumber: reader.u32(), precommits: reader.u32(), countedVoters: reader.u32(), countedWeight: reader.u64(), threshold: reader.u64(), total: reader.u64(), ancestryHeaders: reader.u32(), equivocators: reader.u32(), equivocatorKeys: reader.bytes() });
const readValue = (reader: Reader): ValueRecord => ({ state: reader.u8(), value: reader.bytes(), valueHash: reader.hash() });
const readAge = (reader: Reader): AgeRecord => ({ freshness: reader.u8(), madeAt: reader.u64(), now: reader.u64(), seconds: reader.u64(), windowSeconds: reader.u64(), windowAssumed: reader.bool() });
const readPlace = (reader: Reader): PlaceRecord => ({ isParachain: reader.bool(), paraId: reader.u32(), hash: reader.hash(), number: reader.u32(), stateRoot: reader.hash(), relayHash: reader.hash(), relayNumber: reader.u32(), assumed: reader.u32() });
const readAmount = (reader: Reader): AmountRecord => ({ low: reader.u64(), high: reader.u64() });

export interface AddressReadAsk {
  readonly text: string;
}

export interface AddressReadAnswer {
  readonly account: Uint8Array;
  readonly hasPrefix: boolean;
  readonly prefix: number;
}

export interface AddressWriteAsk {
  readonly account: Uint8Array;
  readonly prefix: number;
}

export interface AddressWriteAnswer {
  readonly text: string;
}

export interface AccountRecordAsk {
  readonly value: Uint8Array;
}

export interface AccountRecordAnswer {
  readonly layout: string;
  readonly nonce: number;
  readonly refcount: number;
  readonly consumers: number;
  readonly providers: number;
  readonly sufficients: number;
  readonly free: AmountRecord;
  readonly reserved: AmountRecord;
  readonly frozen: AmountRecord;
  readonly miscFrozen: AmountRecord;
  readonly feeFrozen: AmountRecord;
}

export interface ClientOpenAsk {
  readonly relays: number;
  readonly parachains: number;
  readonly sources: number;
  readonly requests: number;
  readonly queries: number;
  readonly transactions: number;
  readonly authorities: number;
  readonly handovers: number;
  readonly messageBytes: number;
  readonly poolBytes: number;
}

export interface ClientOpenAnswer {
  readonly memory: number;
}

export interface ClientAddRelayAsk {
  readonly checkpoint: Uint8Array;
  readonly saved: Uint8Array;
  readonly chain: string;
  readonly now: bigint;
  readonly acceptExpired: boolean;
  readonly epochSlots: number;
}

export interface ClientAddRelayAnswer {
  readonly chain: number;
}

export interface ClientAddParachainAsk {
  readonly relay: number;
  readonly paraId: number;
}

export interface ClientAddParachainAnswer {
  readonly chain: number;
}

export interface ClientRemoveChainAsk {
  readonly chain: number;
}

export interface ClientRemoveChainAnswer {

}

export interface ClientAddSourceAsk {
  readonly chain: number;
}

export interface ClientAddSourceAnswer {
  readonly source: number;
}

export interface ClientRemoveSourceAsk {
  readonly source: number;
}

export interface ClientRemoveSourceAnswer {

}

export interface ClientOpenedAsk {
  readonly source: number;
}

export interface ClientOpenedAnswer {

}

export interface ClientClosedAsk {
  readonly source: number;
}

export interface ClientClosedAnswer {

}

export interface ClientReceiveAsk {
  readonly source: number;
  readonly chunk: Uint8Array;
  readonly isLast: boolean;
}

export interface ClientReceiveAnswer {

}

export interface ClientStepAsk {
  readonly now: bigint;
  readonly work: number;
}

export interface ClientStepAnswer {
  readonly more: boolean;
}

export interface ClientDeadlineAsk {

}

export interface ClientDeadlineAnswer {
  readonly deadline: bigint;
}

export interface ClientNextAsk {

}

export interface ClientNextAnswer {
  readonly kind: number;
  readonly source: number;
  readonly chain: number;
  readonly why: number;
  readonly event: number;
  readonly query: number;
  readonly transaction: number;
  readonly bytes: Uint8Array;
}

export interface ClientEventFinalAsk {

}

export interface ClientEventFinalAnswer {
  readonly place: PlaceRecord;
  readonly setId: bigint;
  readonly header: Uint8Array;
  readonly justification: Uint8Array;
  readonly report: ReportRecord;
}

export interface ClientEventBestAsk {

}

export interface ClientEventBestAnswer {
  readonly hash: Uint8Array;
  readonly number: number;
  readonly verified: boolean;
  readonly reorganized: boolean;
}

export interface ClientEventParaAsk {

}

export interface ClientEventParaAnswer {
  readonly place: PlaceRecord;
  readonly progress: string;
  readonly lifecycle: string;
}

export interface ClientEventGoneAsk {

}

export interface ClientEventGoneAnswer {
  readonly relayHash: Uint8Array;
  readonly relayNumber: number;
  readonly lifecycle: string;
  readonly opaque: boolean;
}

export interface ClientEventValueAsk {

}

export interface ClientEventValueAnswer {
  readonly index: number;
  readonly key: Uint8Array;
  readonly value: ValueRecord;
}

export interface ClientEventAnsweredAsk {

}

export interface ClientEventAnsweredAnswer {
  readonly place: PlaceRecord;
  readonly complete: boolean;
  readonly proof: Uint8Array;
  readonly headHash: Uint8Array;
  readonly headNumber: number;
  readonly ancestors: Uint8Array;
  readonly hasAge: boolean;
  readonly ageMilliseconds: bigint;
  readonly sources: readonly number[];
}

export interface ClientEventTransactionAsk {

}

export interface ClientEventTransactionAnswer {
  readonly state: number;
  readonly hash: Uint8Array;
  readonly number: number;
  readonly place: PlaceRecord;
  readonly index: number;
  readonly events: Uint8Array;
  readonly words: Uint8Array;
}

export interface ClientChainStatusAsk {
  readonly chain: number;
}

export interface ClientChainStatusAnswer {
  readonly known: boolean;
  readonly phase: string;
  readonly hasHead: boolean;
  readonly hash: Uint8Array;
  readonly number: number;
  readonly setId: bigint;
  readonly claimedNumber: number;
  readonly handovers: number;
  readonly hasLag: boolean;
  readonly lagMilliseconds: bigint;
  readonly age: AgeRecord;
  readonly assumed: number;
  readonly sources: number;
  readonly openSources: number;
  readonly bytesIn: bigint;
  readonly bytesOut: bigint;
  readonly requests: number;
  readonly haltedBy: number;
}

export interface ClientSourceStatusAsk {
  readonly source: number;
}

export interface ClientSourceStatusAnswer {
  readonly known: boolean;
  readonly open: boolean;
  readonly usable: boolean;
  readonly lags: boolean;
  readonly claimedNumber: number;
  readonly latency: number;
  readonly answers: number;
  readonly refusals: number;
  readonly timeouts: number;
  readonly faults: number;
  readonly lastFault: number;
  readonly behind: number;
}

export interface ClientQueryAsk {
  readonly kind: number;
  readonly chain: number;
  readonly subscribe: boolean;
  readonly hasAt: boolean;
  readonly at: Uint8Array;
  readonly keys: readonly Uint8Array[];
  readonly prefix: Uint8Array;
  readonly childKey: Uint8Array;
  readonly patience: bigint;
}

export interface ClientQueryAnswer {
  readonly query: number;
}

export interface ClientCancelAsk {
  readonly query: number;
}

export interface ClientCancelAnswer {

}

export interface ClientSubmitAsk {
  readonly chain: number;
  readonly extrinsic: Uint8Array;
  readonly patience: bigint;
}

export interface ClientSubmitAnswer {
  readonly transaction: number;
}

export interface ClientForgetAsk {
  readonly transaction: number;
}

export interface ClientForgetAnswer {

}

export interface ClientSaveAsk {
  readonly chain: number;
}

export interface ClientSaveAnswer {

}

export interface ClientMostUsedAsk {

}

export interface ClientMostUsedAnswer {
  readonly bytes: number;
}

export interface ClientNameSourceAsk {
  readonly source: number;
  readonly name: bigint;
}

export interface ClientNameSourceAnswer {

}

export const operations = {
  addressRead: {
    code: 50,
    write: (writer: Writer, ask: AddressReadAsk): void => {
      writer.text("text", ask.text);
    },
    read: (reader: Reader): AddressReadAnswer => ({ account: reader.bytes(), hasPrefix: reader.bool(), prefix: reader.u16() }),
  },
  addressWrite: {
    code: 51,
    write: (writer: Writer, ask: AddressWriteAsk): void => {
      writer.hash("account", ask.account);
      writer.u32("prefix", ask.prefix);
    },
    read: (reader: Reader): AddressWriteAnswer => ({ text: reader.text() }),
  },
  accountRecord: {
    code: 52,
    write: (writer: Writer, ask: AccountRecordAsk): void => {
      writer.bytes("value", ask.value);
    },
    read: (reader: Reader): AccountRecordAnswer => ({ layout: reader.text(), nonce: reader.u32(), refcount: reader.u32(), consumers: reader.u32(), providers: reader.u32(), sufficients: reader.u32(), free: readAmount(reader), reserved: readAmount(reader), frozen: readAmount(reader), miscFrozen: readAmount(reader), feeFrozen: readAmount(reader) }),
  },
  clientOpen: {
    code: 53,
    write: (writer: Writer, ask: ClientOpenAsk): void => {
      writer.u32("relays", ask.relays);
      writer.u32("parachains", ask.parachains);
      writer.u32("sources", ask.sources);
      writer.u32("requests", ask.requests);
      writer.u32("queries", ask.queries);
      writer.u32("transactions", ask.transactions);
      writer.u32("authorities", ask.authorities);
      writer.u32("handovers", ask.handovers);
      writer.u32("messageBytes", ask.messageBytes);
      writer.u32("poolBytes", ask.poolBytes);
    },
    read: (reader: Reader): ClientOpenAnswer => ({ memory: reader.u32() }),
  },
  clientAddRelay: {
    code: 54,
    write: (writer: Writer, ask: ClientAddRelayAsk): void => {
      writer.bytes("checkpoint", ask.checkpoint);
      writer.bytes("saved", ask.saved);
      writer.text("chain", ask.chain);
      writer.u64("now", ask.now);
      writer.bool("acceptExpired", ask.acceptExpired);
      writer.u32("epochSlots", ask.epochSlots);
    },
    read: (reader: Reader): ClientAddRelayAnswer => ({ chain: reader.u32() }),
  },
  clientAddParachain: {
    code: 55,
    write: (writer: Writer, ask: ClientAddParachainAsk): void => {
      writer.u32("relay", ask.relay);
      writer.u32("paraId", ask.paraId);
    },
    read: (reader: Reader): ClientAddParachainAnswer => ({ chain: reader.u32() }),
  },
  clientRemoveChain: {
    code: 56,
    write: (writer: Writer, ask: ClientRemoveChainAsk): void => {
      writer.u32("chain", ask.chain);
    },
    read: (_reader: Reader): ClientRemoveChainAnswer => ({  }),
  },
  clientAddSource: {
    code: 57,
    write: (writer: Writer, ask: ClientAddSourceAsk): void => {
      writer.u32("chain", ask.chain);
    },
    read: (reader: Reader): ClientAddSourceAnswer => ({ source: reader.u32() }),
  },
  clientRemoveSource: {
    code: 58,
    write: (writer: Writer, ask: ClientRemoveSourceAsk): void => {
      writer.u32("source", ask.source);
    },
    read: (_reader: Reader): ClientRemoveSourceAnswer => ({  }),
  },
  clientOpened: {
    code: 59,
    write: (writer: Writer, ask: ClientOpenedAsk): void => {
      writer.u32("source", ask.source);
    },
    read: (_reader: Reader): ClientOpenedAnswer => ({  }),
  },
  clientClosed: {
    code: 60,
    write: (writer: Writer, ask: ClientClosedAsk): void => {
      writer.u32("source", ask.source);
    },
    read: (_reader: Reader): ClientClosedAnswer => ({  }),
  },
  clientReceive: {
    code: 61,
    write: (writer: Writer, ask: ClientReceiveAsk): void => {
      writer.u32("source", ask.source);
      writer.bytes("chunk", ask.chunk);
      writer.bool("isLast", ask.isLast);
    },
    read: (_reader: Reader): ClientReceiveAnswer => ({  }),
  },
  clientStep: {
    code: 62,
    write: (writer: Writer, ask: ClientStepAsk): void => {
      writer.u64("now", ask.now);
      writer.u32("work", ask.work);
    },
    read: (reader: Reader): ClientStepAnswer => ({ more: reader.bool() }),
  },
  clientDeadline: {
    code: 63,
    write: (_writer: Writer, _ask: ClientDeadlineAsk): void => {

    },
    read: (reader: Reader): ClientDeadlineAnswer => ({ deadline: reader.u64() }),
  },
  clientNext: {
    code: 64,
    write: (_writer: Writer, _ask: ClientNextAsk): void => {

    },
    read: (reader: Reader): ClientNextAnswer => ({ kind: reader.u8(), source: reader.u32(), chain: reader.u32(), why: reader.u32(), event: reader.u8(), query: reader.u32(), transaction: reader.u32(), bytes: reader.bytes() }),
  },
  clientEventFinal: {
    code: 65,
    write: (_writer: Writer, _ask: ClientEventFinalAsk): void => {

    },
    read: (reader: Reader): ClientEventFinalAnswer => ({ place: readPlace(reader), setId: reader.u64(), header: reader.bytes(), justification: reader.bytes(), report: readReport(reader) }),
  },
  clientEventBest: {
    code: 66,
    write: (_writer: Writer, _ask: ClientEventBestAsk): void => {

    },
    read: (reader: Reader): ClientEventBestAnswer => ({ hash: reader.hash(), number: reader.u32(), verified: reader.bool(), reorganized: reader.bool() }),
  },
  clientEventPara: {
    code: 67,
    write: (_writer: Writer, _ask: ClientEventParaAsk): void => {

    },
    read: (reader: Reader): ClientEventParaAnswer => ({ place: readPlace(reader), progress: reader.text(), lifecycle: reader.text() }),
  },
  clientEventGone: {
    code: 68,
    write: (_writer: Writer, _ask: ClientEventGoneAsk): void => {

    },
    read: (reader: Reader): ClientEventGoneAnswer => ({ relayHash: reader.hash(), relayNumber: reader.u32(), lifecycle: reader.text(), opaque: reader.bool() }),
  },
  clientEventValue: {
    code: 69,
    write: (_writer: Writer, _ask: ClientEventValueAsk): void => {

    },
    read: (reader: Reader): ClientEventValueAnswer => ({ index: reader.u32(), key: reader.bytes(), value: readValue(reader) }),
  },
  clientEventAnswered: {
    code: 70,
    write: (_writer: Writer, _ask: ClientEventAnsweredAsk): void => {

    },
    read: (reader: Reader): ClientEventAnsweredAnswer => ({ place: readPlace(reader), complete: reader.bool(), proof: reader.bytes(), headHash: reader.hash(), headNumber: reader.u32(), ancestors: reader.bytes(), hasAge: reader.bool(), ageMilliseconds: reader.u64(), sources: reader.list(() => reader.u32()) }),
  },
  clientEventTransaction: {
    code: 71,
    write: (_writer: Writer, _ask: ClientEventTransactionAsk): void => {

    },
    read: (reader: Reader): ClientEventTransactionAnswer => ({ state: reader.u8(), hash: reader.hash(), number: reader.u32(), place: readPlace(reader), index: reader.u32(), events: reader.bytes(), words: reader.bytes() }),
  },
  clientChainStatus: {
    code: 72,
    write: (writer: Writer, ask: ClientChainStatusAsk): void => {
      writer.u32("chain", ask.chain);
    },
    read: (reader: Reader): ClientChainStatusAnswer => ({ known: reader.bool(), phase: reader.text(), hasHead: reader.bool(), hash: reader.hash(), number: reader.u32(), setId: reader.u64(), claimedNumber: reader.u32(), handovers: reader.u32(), hasLag: reader.bool(), lagMilliseconds: reader.u64(), age: readAge(reader), assumed: reader.u32(), sources: reader.u32(), openSources: reader.u32(), bytesIn: reader.u64(), bytesOut: reader.u64(), requests: reader.u32(), haltedBy: reader.u32() }),
  },
  clientSourceStatus: {
    code: 73,
    write: (writer: Writer, ask: ClientSourceStatusAsk): void => {
      writer.u32("source", ask.source);
    },
    read: (reader: Reader): ClientSourceStatusAnswer => ({ known: reader.bool(), open: reader.bool(), usable: reader.bool(), lags: reader.bool(), claimedNumber: reader.u32(), latency: reader.u32(), answers: reader.u32(), refusals: reader.u32(), timeouts: reader.u32(), faults: reader.u32(), lastFault: reader.u32(), behind: reader.u32() }),
  },
  clientQuery: {
    code: 74,
    write: (writer: Writer, ask: ClientQueryAsk): void => {
      writer.u8("kind", ask.kind);
      writer.u32("chain", ask.chain);
      writer.bool("subscribe", ask.subscribe);
      writer.bool("hasAt", ask.hasAt);
      writer.hash("at", ask.at);
      writer.list("keys", ask.keys, (item) => writer.bytes("keys", item));
      writer.bytes("prefix", ask.prefix);
      writer.bytes("childKey", ask.childKey);
      writer.u64("patience", ask.patience);
    },
    read: (reader: Reader): ClientQueryAnswer => ({ query: reader.u32() }),
  },
  clientCancel: {
    code: 75,
    write: (writer: Writer, ask: ClientCancelAsk): void => {
      writer.u32("query", ask.query);
    },
    read: (_reader: Reader): ClientCancelAnswer => ({  }),
  },
  clientSubmit: {
    code: 76,
    write: (writer: Writer, ask: ClientSubmitAsk): void => {
      writer.u32("chain", ask.chain);
      writer.bytes("extrinsic", ask.extrinsic);
      writer.u64("patience", ask.patience);
    },
    read: (reader: Reader): ClientSubmitAnswer => ({ transaction: reader.u32() }),
  },
  clientForget: {
    code: 77,
    write: (writer: Writer, ask: ClientForgetAsk): void => {
      writer.u32("transaction", ask.transaction);
    },
    read: (_reader: Reader): ClientForgetAnswer => ({  }),
  },
  clientSave: {
    code: 78,
    write: (writer: Writer, ask: ClientSaveAsk): void => {
      writer.u32("chain", ask.chain);
    },
    read: (_reader: Reader): ClientSaveAnswer => ({  }),
  },
  clientMostUsed: {
    code: 79,
    write: (_writer: Writer, _ask: ClientMostUsedAsk): void => {

    },
    read: (reader: Reader): ClientMostUsedAnswer => ({ bytes: reader.u32() }),
  },
  clientNameSource: {
    code: 80,
    write: (writer: Writer, ask: ClientNameSourceAsk): void => {
      writer.u32("source", ask.source);
      writer.u64("name", ask.name);
    },
    read: (_reader: Reader): ClientNameSourceAnswer => ({  }),
  },
} as const;
