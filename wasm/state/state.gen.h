/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_STATE_GEN_H
#define MOTE_WASM_STATE_GEN_H

#include "protocol.gen.h"

#define MODULE_STATE
#define MODULE_ABI UINT32_C(0x9a20e100)

/* X(name): operations of mote-state.wasm, numbered on from OPERATION_START in this order. */
#define MODULE_OWN(X) \
    X(message_key) \
    X(dmp_page_key) \
    X(hrmp_channel) \
    X(hrmp_peers) \
    X(relay_limits) \
    X(dispatch_capacity) \
    X(hrmp_outbound) \
    X(ump_outbound) \
    X(message_queue) \
    X(dmp_pages) \
    X(dmp_head) \
    X(taken_head) \
    X(message_taken) \
    X(hrmp_watermark) \
    X(message_order) \
    X(hrmp_carried) \
    X(xcm_page) \
    X(extrinsic_read) \
    X(extrinsics_check) \
    X(events) \
    X(coretime_key) \
    X(core_work) \
    X(core_held) \
    X(core_count) \
    X(core_schedule) \
    X(region) \
    X(broker_schedule) \
    X(leases) \
    X(upgrade_schedule) \
    X(upgrade_signal) \
    X(upgrade_restricted) \
    X(state_prove)
#define MODULE_OPERATIONS 33

typedef struct record_outbound_message {
    uint32_t recipient;
    mote_bytes data;
} record_outbound_message;

static inline void write_outbound_message(mote_writer *writer, const record_outbound_message *from) {
    mote_write_u32(writer, from->recipient);
    protocol_write_bytes(writer, from->data);
}

typedef struct record_queued_message {
    uint32_t sent_at;
    mote_bytes data;
} record_queued_message;

static inline void write_queued_message(mote_writer *writer, const record_queued_message *from) {
    mote_write_u32(writer, from->sent_at);
    protocol_write_bytes(writer, from->data);
}

typedef struct record_core_assignment {
    uint8_t task;
    uint32_t para_id;
    uint16_t parts;
    uint16_t remaining;
} record_core_assignment;

static inline void write_core_assignment(mote_writer *writer, const record_core_assignment *from) {
    mote_write_u8(writer, from->task);
    mote_write_u32(writer, from->para_id);
    mote_write_u16(writer, from->parts);
    mote_write_u16(writer, from->remaining);
}

typedef struct record_broker_item {
    mote_bytes mask;
    uint8_t task;
    uint32_t para_id;
} record_broker_item;

static inline void write_broker_item(mote_writer *writer, const record_broker_item *from) {
    protocol_write_bytes(writer, from->mask);
    mote_write_u8(writer, from->task);
    mote_write_u32(writer, from->para_id);
}

typedef struct record_lease {
    uint32_t until;
    uint32_t task;
} record_lease;

static inline void write_lease(mote_writer *writer, const record_lease *from) {
    mote_write_u32(writer, from->until);
    mote_write_u32(writer, from->task);
}

typedef struct record_amount {
    uint64_t low;
    uint64_t high;
} record_amount;

static inline void write_amount(mote_writer *writer, const record_amount *from) {
    mote_write_u64(writer, from->low);
    mote_write_u64(writer, from->high);
}

typedef struct ask_message_key {
    uint8_t item;
    uint32_t first;
    uint32_t second;
} ask_message_key;

static inline void read_message_key(mote_cursor *cursor, ask_message_key *out) {
    out->item = mote_read_u8(cursor);
    out->first = mote_read_u32(cursor);
    out->second = mote_read_u32(cursor);
}

typedef struct ask_dmp_page_key {
    uint32_t recipient;
    uint64_t page;
} ask_dmp_page_key;

static inline void read_dmp_page_key(mote_cursor *cursor, ask_dmp_page_key *out) {
    out->recipient = mote_read_u32(cursor);
    out->page = mote_read_u64(cursor);
}

typedef struct ask_hrmp_channel {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t sender;
    uint32_t recipient;
} ask_hrmp_channel;

static inline void read_hrmp_channel(mote_cursor *cursor, ask_hrmp_channel *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->sender = mote_read_u32(cursor);
    out->recipient = mote_read_u32(cursor);
}

typedef struct ask_hrmp_peers {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
    bool incoming;
} ask_hrmp_peers;

static inline void read_hrmp_peers(mote_cursor *cursor, ask_hrmp_peers *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
    out->incoming = mote_read_bool(cursor);
}

typedef struct ask_relay_limits {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
} ask_relay_limits;

static inline void read_relay_limits(mote_cursor *cursor, ask_relay_limits *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
}

typedef struct ask_dispatch_capacity {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
} ask_dispatch_capacity;

static inline void read_dispatch_capacity(mote_cursor *cursor, ask_dispatch_capacity *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_hrmp_outbound {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
} ask_hrmp_outbound;

static inline void read_hrmp_outbound(mote_cursor *cursor, ask_hrmp_outbound *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
}

typedef struct ask_ump_outbound {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
} ask_ump_outbound;

static inline void read_ump_outbound(mote_cursor *cursor, ask_ump_outbound *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
}

typedef struct ask_message_queue {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool downward;
    uint32_t sender;
    uint32_t recipient;
} ask_message_queue;

static inline void read_message_queue(mote_cursor *cursor, ask_message_queue *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->downward = mote_read_bool(cursor);
    out->sender = mote_read_u32(cursor);
    out->recipient = mote_read_u32(cursor);
}

typedef struct ask_dmp_pages {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t recipient;
    uint64_t from;
    uint32_t count;
} ask_dmp_pages;

static inline void read_dmp_pages(mote_cursor *cursor, ask_dmp_pages *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->recipient = mote_read_u32(cursor);
    out->from = mote_read_u64(cursor);
    out->count = mote_read_u32(cursor);
}

typedef struct ask_dmp_head {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t recipient;
} ask_dmp_head;

static inline void read_dmp_head(mote_cursor *cursor, ask_dmp_head *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->recipient = mote_read_u32(cursor);
}

typedef struct ask_taken_head {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool downward;
    uint32_t sender;
} ask_taken_head;

static inline void read_taken_head(mote_cursor *cursor, ask_taken_head *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->downward = mote_read_bool(cursor);
    out->sender = mote_read_u32(cursor);
}

typedef struct ask_message_taken {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool downward;
    uint32_t sender;
    mote_hash before;
    protocol_list messages;
} ask_message_taken;

static inline void read_message_taken(mote_cursor *cursor, ask_message_taken *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->downward = mote_read_bool(cursor);
    out->sender = mote_read_u32(cursor);
    out->before = mote_read_hash(cursor);
    out->messages = protocol_read_list(cursor);
}

typedef struct ask_hrmp_watermark {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t recipient;
    uint32_t sent_at;
} ask_hrmp_watermark;

static inline void read_hrmp_watermark(mote_cursor *cursor, ask_hrmp_watermark *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->recipient = mote_read_u32(cursor);
    out->sent_at = mote_read_u32(cursor);
}

typedef struct ask_message_order {
    mote_bytes earlier_state;
    mote_bytes earlier_proof;
    mote_bytes later_state;
    mote_bytes later_proof;
    bool compact;
    bool lenient;
    bool downward;
    uint32_t sender;
    uint32_t recipient;
    protocol_list messages;
} ask_message_order;

static inline void read_message_order(mote_cursor *cursor, ask_message_order *out) {
    out->earlier_state = protocol_read_bytes(cursor);
    out->earlier_proof = protocol_read_bytes(cursor);
    out->later_state = protocol_read_bytes(cursor);
    out->later_proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->downward = mote_read_bool(cursor);
    out->sender = mote_read_u32(cursor);
    out->recipient = mote_read_u32(cursor);
    out->messages = protocol_read_list(cursor);
}

typedef struct ask_hrmp_carried {
    mote_bytes earlier_state;
    mote_bytes earlier_proof;
    mote_bytes later_state;
    mote_bytes later_proof;
    bool compact;
    bool lenient;
    uint32_t sender;
    uint32_t recipient;
    protocol_list blocks;
    protocol_list proofs;
} ask_hrmp_carried;

static inline void read_hrmp_carried(mote_cursor *cursor, ask_hrmp_carried *out) {
    out->earlier_state = protocol_read_bytes(cursor);
    out->earlier_proof = protocol_read_bytes(cursor);
    out->later_state = protocol_read_bytes(cursor);
    out->later_proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->sender = mote_read_u32(cursor);
    out->recipient = mote_read_u32(cursor);
    out->blocks = protocol_read_list(cursor);
    out->proofs = protocol_read_list(cursor);
}

typedef struct ask_xcm_page {
    mote_bytes message;
} ask_xcm_page;

static inline void read_xcm_page(mote_cursor *cursor, ask_xcm_page *out) {
    out->message = protocol_read_bytes(cursor);
}

typedef struct ask_extrinsic_read {
    bool is_parachain;
    mote_bytes header;
    mote_bytes proof;
    uint32_t index;
    bool has_extrinsic;
    mote_bytes extrinsic;
} ask_extrinsic_read;

static inline void read_extrinsic_read(mote_cursor *cursor, ask_extrinsic_read *out) {
    out->is_parachain = mote_read_bool(cursor);
    out->header = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->index = mote_read_u32(cursor);
    out->has_extrinsic = mote_read_bool(cursor);
    out->extrinsic = protocol_read_bytes(cursor);
}

typedef struct ask_extrinsics_check {
    bool is_parachain;
    mote_bytes header;
    protocol_list extrinsics;
    uint8_t version;
} ask_extrinsics_check;

static inline void read_extrinsics_check(mote_cursor *cursor, ask_extrinsics_check *out) {
    out->is_parachain = mote_read_bool(cursor);
    out->header = protocol_read_bytes(cursor);
    out->extrinsics = protocol_read_list(cursor);
    out->version = mote_read_u8(cursor);
}

typedef struct ask_events {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
} ask_events;

static inline void read_events(mote_cursor *cursor, ask_events *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
}

typedef struct ask_coretime_key {
    uint8_t kind;
    uint8_t layout;
    uint32_t first;
    uint32_t second;
    mote_bytes mask;
} ask_coretime_key;

static inline void read_coretime_key(mote_cursor *cursor, ask_coretime_key *out) {
    out->kind = mote_read_u8(cursor);
    out->layout = mote_read_u8(cursor);
    out->first = mote_read_u32(cursor);
    out->second = mote_read_u32(cursor);
    out->mask = protocol_read_bytes(cursor);
}

typedef struct ask_core_work {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint8_t layout;
    uint32_t core;
} ask_core_work;

static inline void read_core_work(mote_cursor *cursor, ask_core_work *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->layout = mote_read_u8(cursor);
    out->core = mote_read_u32(cursor);
}

typedef struct ask_core_held {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint8_t layout;
    uint32_t core;
    uint32_t para_id;
} ask_core_held;

static inline void read_core_held(mote_cursor *cursor, ask_core_held *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->layout = mote_read_u8(cursor);
    out->core = mote_read_u32(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_core_count {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
} ask_core_count;

static inline void read_core_count(mote_cursor *cursor, ask_core_count *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
}

typedef struct ask_core_schedule {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint8_t layout;
    uint32_t block;
    uint32_t core;
} ask_core_schedule;

static inline void read_core_schedule(mote_cursor *cursor, ask_core_schedule *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->layout = mote_read_u8(cursor);
    out->block = mote_read_u32(cursor);
    out->core = mote_read_u32(cursor);
}

typedef struct ask_region {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t begin;
    uint32_t core;
    mote_bytes mask;
} ask_region;

static inline void read_region(mote_cursor *cursor, ask_region *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->begin = mote_read_u32(cursor);
    out->core = mote_read_u32(cursor);
    out->mask = protocol_read_bytes(cursor);
}

typedef struct ask_broker_schedule {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool now;
    uint32_t timeslice;
    uint32_t core;
} ask_broker_schedule;

static inline void read_broker_schedule(mote_cursor *cursor, ask_broker_schedule *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->now = mote_read_bool(cursor);
    out->timeslice = mote_read_u32(cursor);
    out->core = mote_read_u32(cursor);
}

typedef struct ask_leases {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
} ask_leases;

static inline void read_leases(mote_cursor *cursor, ask_leases *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
}

typedef struct ask_upgrade_schedule {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
} ask_upgrade_schedule;

static inline void read_upgrade_schedule(mote_cursor *cursor, ask_upgrade_schedule *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_upgrade_signal {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
} ask_upgrade_signal;

static inline void read_upgrade_signal(mote_cursor *cursor, ask_upgrade_signal *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_upgrade_restricted {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
} ask_upgrade_restricted;

static inline void read_upgrade_restricted(mote_cursor *cursor, ask_upgrade_restricted *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_state_prove {
    protocol_list keys;
    protocol_list values;
    uint8_t version;
    protocol_list wanted;
    bool compact;
} ask_state_prove;

static inline void read_state_prove(mote_cursor *cursor, ask_state_prove *out) {
    out->keys = protocol_read_list(cursor);
    out->values = protocol_read_list(cursor);
    out->version = mote_read_u8(cursor);
    out->wanted = protocol_read_list(cursor);
    out->compact = mote_read_bool(cursor);
}

#endif
