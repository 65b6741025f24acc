/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_LIVE_GEN_H
#define MOTE_WASM_LIVE_GEN_H

#include "protocol.gen.h"

#define MODULE_LIVE
#define MODULE_ABI UINT32_C(0xaf7ae439)

/* X(name): operations of mote-live.wasm, numbered on from OPERATION_COUNT in this order. */
#define MODULE_OWN(X) \
    X(address_read) \
    X(address_write) \
    X(account_record) \
    X(client_open) \
    X(client_add_relay) \
    X(client_add_parachain) \
    X(client_remove_chain) \
    X(client_add_source) \
    X(client_remove_source) \
    X(client_opened) \
    X(client_closed) \
    X(client_receive) \
    X(client_step) \
    X(client_deadline) \
    X(client_next) \
    X(client_event_final) \
    X(client_event_best) \
    X(client_event_para) \
    X(client_event_gone) \
    X(client_event_value) \
    X(client_event_answered) \
    X(client_event_transaction) \
    X(client_chain_status) \
    X(client_source_status) \
    X(client_query) \
    X(client_cancel) \
    X(client_submit) \
    X(client_forget) \
    X(client_save) \
    X(client_most_used) \
    X(client_name_source)
#define MODULE_OPERATIONS 81

typedef struct record_place {
    bool is_parachain;
    uint32_t para_id;
    mote_hash hash;
    uint32_t number;
    mote_hash state_root;
    mote_hash relay_hash;
    uint32_t relay_number;
    uint32_t assumed;
} record_place;

static inline void write_place(mote_writer *writer, const record_place *from) {
    mote_write_u8(writer, from->is_parachain ? 1 : 0);
    mote_write_u32(writer, from->para_id);
    mote_write_hash(writer, &from->hash);
    mote_write_u32(writer, from->number);
    mote_write_hash(writer, &from->state_root);
    mote_write_hash(writer, &from->relay_hash);
    mote_write_u32(writer, from->relay_number);
    mote_write_u32(writer, from->assumed);
}

typedef struct record_amount {
    uint64_t low;
    uint64_t high;
} record_amount;

static inline void write_amount(mote_writer *writer, const record_amount *from) {
    mote_write_u64(writer, from->low);
    mote_write_u64(writer, from->high);
}

typedef struct ask_address_read {
    mote_bytes text;
} ask_address_read;

static inline void read_address_read(mote_cursor *cursor, ask_address_read *out) {
    out->text = protocol_read_bytes(cursor);
}

typedef struct ask_address_write {
    mote_hash account;
    uint32_t prefix;
} ask_address_write;

static inline void read_address_write(mote_cursor *cursor, ask_address_write *out) {
    out->account = mote_read_hash(cursor);
    out->prefix = mote_read_u32(cursor);
}

typedef struct ask_account_record {
    mote_bytes value;
} ask_account_record;

static inline void read_account_record(mote_cursor *cursor, ask_account_record *out) {
    out->value = protocol_read_bytes(cursor);
}

typedef struct ask_client_open {
    uint32_t relays;
    uint32_t parachains;
    uint32_t sources;
    uint32_t requests;
    uint32_t queries;
    uint32_t transactions;
    uint32_t authorities;
    uint32_t handovers;
    uint32_t message_bytes;
    uint32_t pool_bytes;
} ask_client_open;

static inline void read_client_open(mote_cursor *cursor, ask_client_open *out) {
    out->relays = mote_read_u32(cursor);
    out->parachains = mote_read_u32(cursor);
    out->sources = mote_read_u32(cursor);
    out->requests = mote_read_u32(cursor);
    out->queries = mote_read_u32(cursor);
    out->transactions = mote_read_u32(cursor);
    out->authorities = mote_read_u32(cursor);
    out->handovers = mote_read_u32(cursor);
    out->message_bytes = mote_read_u32(cursor);
    out->pool_bytes = mote_read_u32(cursor);
}

typedef struct ask_client_add_relay {
    mote_bytes checkpoint;
    mote_bytes saved;
    mote_bytes chain;
    uint64_t now;
    bool accept_expired;
    uint32_t epoch_slots;
} ask_client_add_relay;

static inline void read_client_add_relay(mote_cursor *cursor, ask_client_add_relay *out) {
    out->checkpoint = protocol_read_bytes(cursor);
    out->saved = protocol_read_bytes(cursor);
    out->chain = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
    out->accept_expired = mote_read_bool(cursor);
    out->epoch_slots = mote_read_u32(cursor);
}

typedef struct ask_client_add_parachain {
    uint32_t relay;
    uint32_t para_id;
} ask_client_add_parachain;

static inline void read_client_add_parachain(mote_cursor *cursor, ask_client_add_parachain *out) {
    out->relay = mote_read_u32(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_client_remove_chain {
    uint32_t chain;
} ask_client_remove_chain;

static inline void read_client_remove_chain(mote_cursor *cursor, ask_client_remove_chain *out) {
    out->chain = mote_read_u32(cursor);
}

typedef struct ask_client_add_source {
    uint32_t chain;
} ask_client_add_source;

static inline void read_client_add_source(mote_cursor *cursor, ask_client_add_source *out) {
    out->chain = mote_read_u32(cursor);
}

typedef struct ask_client_remove_source {
    uint32_t source;
} ask_client_remove_source;

static inline void read_client_remove_source(mote_cursor *cursor, ask_client_remove_source *out) {
    out->source = mote_read_u32(cursor);
}

typedef struct ask_client_opened {
    uint32_t source;
} ask_client_opened;

static inline void read_client_opened(mote_cursor *cursor, ask_client_opened *out) {
    out->source = mote_read_u32(cursor);
}

typedef struct ask_client_closed {
    uint32_t source;
} ask_client_closed;

static inline void read_client_closed(mote_cursor *cursor, ask_client_closed *out) {
    out->source = mote_read_u32(cursor);
}

typedef struct ask_client_receive {
    uint32_t source;
    mote_bytes chunk;
    bool is_last;
} ask_client_receive;

static inline void read_client_receive(mote_cursor *cursor, ask_client_receive *out) {
    out->source = mote_read_u32(cursor);
    out->chunk = protocol_read_bytes(cursor);
    out->is_last = mote_read_bool(cursor);
}

typedef struct ask_client_step {
    uint64_t now;
    uint32_t work;
} ask_client_step;

static inline void read_client_step(mote_cursor *cursor, ask_client_step *out) {
    out->now = mote_read_u64(cursor);
    out->work = mote_read_u32(cursor);
}

typedef struct ask_client_chain_status {
    uint32_t chain;
} ask_client_chain_status;

static inline void read_client_chain_status(mote_cursor *cursor, ask_client_chain_status *out) {
    out->chain = mote_read_u32(cursor);
}

typedef struct ask_client_source_status {
    uint32_t source;
} ask_client_source_status;

static inline void read_client_source_status(mote_cursor *cursor, ask_client_source_status *out) {
    out->source = mote_read_u32(cursor);
}

typedef struct ask_client_query {
    uint8_t kind;
    uint32_t chain;
    bool subscribe;
    bool has_at;
    mote_hash at;
    protocol_list keys;
    mote_bytes prefix;
    mote_bytes child_key;
    uint64_t patience;
} ask_client_query;

static inline void read_client_query(mote_cursor *cursor, ask_client_query *out) {
    out->kind = mote_read_u8(cursor);
    out->chain = mote_read_u32(cursor);
    out->subscribe = mote_read_bool(cursor);
    out->has_at = mote_read_bool(cursor);
    out->at = mote_read_hash(cursor);
    out->keys = protocol_read_list(cursor);
    out->prefix = protocol_read_bytes(cursor);
    out->child_key = protocol_read_bytes(cursor);
    out->patience = mote_read_u64(cursor);
}

typedef struct ask_client_cancel {
    uint32_t query;
} ask_client_cancel;

static inline void read_client_cancel(mote_cursor *cursor, ask_client_cancel *out) {
    out->query = mote_read_u32(cursor);
}

typedef struct ask_client_submit {
    uint32_t chain;
    mote_bytes extrinsic;
    uint64_t patience;
} ask_client_submit;

static inline void read_client_submit(mote_cursor *cursor, ask_client_submit *out) {
    out->chain = mote_read_u32(cursor);
    out->extrinsic = protocol_read_bytes(cursor);
    out->patience = mote_read_u64(cursor);
}

typedef struct ask_client_forget {
    uint32_t transaction;
} ask_client_forget;

static inline void read_client_forget(mote_cursor *cursor, ask_client_forget *out) {
    out->transaction = mote_read_u32(cursor);
}

typedef struct ask_client_save {
    uint32_t chain;
} ask_client_save;

static inline void read_client_save(mote_cursor *cursor, ask_client_save *out) {
    out->chain = mote_read_u32(cursor);
}

typedef struct ask_client_name_source {
    uint32_t source;
    uint64_t name;
} ask_client_name_source;

static inline void read_client_name_source(mote_cursor *cursor, ask_client_name_source *out) {
    out->source = mote_read_u32(cursor);
    out->name = mote_read_u64(cursor);
}

#endif
