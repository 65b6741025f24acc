/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_VALIDATION_GEN_H
#define MOTE_WASM_VALIDATION_GEN_H

#include "protocol.gen.h"

#define VALIDATION_ABI UINT32_C(0x8bd00dc3)

/* X(name): operations of mote-validation.wasm, numbered on from OPERATION_COUNT in this order. */
#define VALIDATION_OPERATIONS(X) \
    X(sr25519_verify) \
    X(sr25519_batch) \
    X(babe_threshold) \
    X(babe_verify) \
    X(aura_verify) \
    X(merkle_verify) \
    X(mmr_verify) \
    X(mmr_ancestry) \
    X(beefy_set_of_header) \
    X(beefy_root_of_header) \
    X(beefy_assume_root) \
    X(beefy_verify) \
    X(beefy_leaves) \
    X(beefy_hand_over) \
    X(beefy_header) \
    X(beefy_para_head) \
    X(vrf_verify) \
    X(babe_equivocation) \
    X(aura_equivocation) \
    X(beefy_sample) \
    X(beefy_double_vote) \
    X(beefy_future_vote) \
    X(beefy_fork_vote) \
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
    X(state_prove) \
    X(babe_chain) \
    X(aura_chain)
#define VALIDATION_OPERATION_COUNT 101

typedef struct record_beefy_set {
    uint64_t set_id;
    uint32_t validators;
    uint32_t assumed;
    mote_bytes keys;
    mote_bytes token;
} record_beefy_set;

static inline void write_beefy_set(mote_writer *writer, const record_beefy_set *from) {
    mote_write_u64(writer, from->set_id);
    mote_write_u32(writer, from->validators);
    mote_write_u32(writer, from->assumed);
    protocol_write_bytes(writer, from->keys);
    protocol_write_bytes(writer, from->token);
}

typedef struct record_beefy_range {
    mote_hash mmr_root;
    uint32_t block_number;
    bool has_set;
    uint64_t set_id;
    uint32_t assumed;
    mote_bytes token;
} record_beefy_range;

static inline void write_beefy_range(mote_writer *writer, const record_beefy_range *from) {
    mote_write_hash(writer, &from->mmr_root);
    mote_write_u32(writer, from->block_number);
    mote_write_u8(writer, from->has_set ? 1 : 0);
    mote_write_u64(writer, from->set_id);
    mote_write_u32(writer, from->assumed);
    protocol_write_bytes(writer, from->token);
}

typedef struct record_beefy_leaf {
    uint64_t index;
    uint32_t parent_number;
    mote_hash parent_hash;
    uint64_t next_set_id;
    uint32_t next_validators;
    mote_hash next_root;
    bool has_heads_root;
    mote_hash heads_root;
    uint32_t assumed;
    mote_bytes token;
} record_beefy_leaf;

static inline void write_beefy_leaf(mote_writer *writer, const record_beefy_leaf *from) {
    mote_write_u64(writer, from->index);
    mote_write_u32(writer, from->parent_number);
    mote_write_hash(writer, &from->parent_hash);
    mote_write_u64(writer, from->next_set_id);
    mote_write_u32(writer, from->next_validators);
    mote_write_hash(writer, &from->next_root);
    mote_write_u8(writer, from->has_heads_root ? 1 : 0);
    mote_write_hash(writer, &from->heads_root);
    mote_write_u32(writer, from->assumed);
    protocol_write_bytes(writer, from->token);
}

typedef struct record_mmr_leaf {
    uint64_t index;
    mote_bytes leaf;
} record_mmr_leaf;

static inline void write_mmr_leaf(mote_writer *writer, const record_mmr_leaf *from) {
    mote_write_u64(writer, from->index);
    protocol_write_bytes(writer, from->leaf);
}

typedef struct record_chain_author {
    uint32_t number;
    mote_hash hash;
    uint64_t slot;
    uint8_t claim;
    uint32_t authority_index;
    mote_hash authority;
    bool forgeable;
} record_chain_author;

static inline void write_chain_author(mote_writer *writer, const record_chain_author *from) {
    mote_write_u32(writer, from->number);
    mote_write_hash(writer, &from->hash);
    mote_write_u64(writer, from->slot);
    mote_write_u8(writer, from->claim);
    mote_write_u32(writer, from->authority_index);
    mote_write_hash(writer, &from->authority);
    mote_write_u8(writer, from->forgeable ? 1 : 0);
}

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

typedef struct ask_sr25519_verify {
    mote_bytes public_key;
    mote_bytes signature;
    mote_bytes message;
} ask_sr25519_verify;

static inline void read_sr25519_verify(mote_cursor *cursor, ask_sr25519_verify *out) {
    out->public_key = protocol_read_bytes(cursor);
    out->signature = protocol_read_bytes(cursor);
    out->message = protocol_read_bytes(cursor);
}

typedef struct ask_sr25519_batch {
    protocol_list public_keys;
    protocol_list signatures;
    protocol_list messages;
} ask_sr25519_batch;

static inline void read_sr25519_batch(mote_cursor *cursor, ask_sr25519_batch *out) {
    out->public_keys = protocol_read_list(cursor);
    out->signatures = protocol_read_list(cursor);
    out->messages = protocol_read_list(cursor);
}

typedef struct ask_babe_threshold {
    uint64_t c_numerator;
    uint64_t c_denominator;
    uint64_t weight;
    uint64_t total;
} ask_babe_threshold;

static inline void read_babe_threshold(mote_cursor *cursor, ask_babe_threshold *out) {
    out->c_numerator = mote_read_u64(cursor);
    out->c_denominator = mote_read_u64(cursor);
    out->weight = mote_read_u64(cursor);
    out->total = mote_read_u64(cursor);
}

typedef struct ask_babe_verify {
    mote_bytes header;
    uint64_t index;
    uint64_t start_slot;
    uint64_t duration;
    mote_bytes authorities;
    mote_hash randomness;
    uint64_t c_numerator;
    uint64_t c_denominator;
    uint8_t allowed_slots;
    uint64_t slot_now;
} ask_babe_verify;

static inline void read_babe_verify(mote_cursor *cursor, ask_babe_verify *out) {
    out->header = protocol_read_bytes(cursor);
    out->index = mote_read_u64(cursor);
    out->start_slot = mote_read_u64(cursor);
    out->duration = mote_read_u64(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->randomness = mote_read_hash(cursor);
    out->c_numerator = mote_read_u64(cursor);
    out->c_denominator = mote_read_u64(cursor);
    out->allowed_slots = mote_read_u8(cursor);
    out->slot_now = mote_read_u64(cursor);
}

typedef struct ask_aura_verify {
    mote_bytes header;
    uint8_t scheme;
    mote_bytes authorities;
    uint64_t slot_now;
} ask_aura_verify;

static inline void read_aura_verify(mote_cursor *cursor, ask_aura_verify *out) {
    out->header = protocol_read_bytes(cursor);
    out->scheme = mote_read_u8(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->slot_now = mote_read_u64(cursor);
}

typedef struct ask_merkle_verify {
    mote_hash root;
    mote_bytes leaf;
    uint32_t index;
    uint32_t count;
    mote_bytes items;
} ask_merkle_verify;

static inline void read_merkle_verify(mote_cursor *cursor, ask_merkle_verify *out) {
    out->root = mote_read_hash(cursor);
    out->leaf = protocol_read_bytes(cursor);
    out->index = mote_read_u32(cursor);
    out->count = mote_read_u32(cursor);
    out->items = protocol_read_bytes(cursor);
}

typedef struct ask_mmr_verify {
    mote_hash root;
    mote_bytes leaves;
    mote_bytes proof;
} ask_mmr_verify;

static inline void read_mmr_verify(mote_cursor *cursor, ask_mmr_verify *out) {
    out->root = mote_read_hash(cursor);
    out->leaves = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
}

typedef struct ask_mmr_ancestry {
    mote_hash root;
    mote_bytes proof;
} ask_mmr_ancestry;

static inline void read_mmr_ancestry(mote_cursor *cursor, ask_mmr_ancestry *out) {
    out->root = mote_read_hash(cursor);
    out->proof = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_set_of_header {
    mote_bytes token;
    mote_bytes header;
} ask_beefy_set_of_header;

static inline void read_beefy_set_of_header(mote_cursor *cursor, ask_beefy_set_of_header *out) {
    out->token = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_root_of_header {
    mote_bytes token;
    mote_bytes header;
} ask_beefy_root_of_header;

static inline void read_beefy_root_of_header(mote_cursor *cursor, ask_beefy_root_of_header *out) {
    out->token = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_assume_root {
    mote_hash root;
    uint32_t block_number;
} ask_beefy_assume_root;

static inline void read_beefy_assume_root(mote_cursor *cursor, ask_beefy_assume_root *out) {
    out->root = mote_read_hash(cursor);
    out->block_number = mote_read_u32(cursor);
}

typedef struct ask_beefy_verify {
    mote_bytes keys;
    uint64_t set_id;
    mote_bytes token;
    mote_bytes proof;
} ask_beefy_verify;

static inline void read_beefy_verify(mote_cursor *cursor, ask_beefy_verify *out) {
    out->keys = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_leaves {
    mote_bytes range;
    uint32_t first_block;
    mote_bytes leaves;
    mote_bytes proof;
} ask_beefy_leaves;

static inline void read_beefy_leaves(mote_cursor *cursor, ask_beefy_leaves *out) {
    out->range = protocol_read_bytes(cursor);
    out->first_block = mote_read_u32(cursor);
    out->leaves = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_hand_over {
    mote_bytes range;
    mote_bytes leaf;
    mote_bytes keys;
} ask_beefy_hand_over;

static inline void read_beefy_hand_over(mote_cursor *cursor, ask_beefy_hand_over *out) {
    out->range = protocol_read_bytes(cursor);
    out->leaf = protocol_read_bytes(cursor);
    out->keys = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_header {
    mote_bytes leaf;
    mote_bytes header;
} ask_beefy_header;

static inline void read_beefy_header(mote_cursor *cursor, ask_beefy_header *out) {
    out->leaf = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_para_head {
    mote_bytes leaf;
    uint32_t para_id;
    mote_bytes head;
    uint32_t index;
    uint32_t count;
    mote_bytes items;
} ask_beefy_para_head;

static inline void read_beefy_para_head(mote_cursor *cursor, ask_beefy_para_head *out) {
    out->leaf = protocol_read_bytes(cursor);
    out->para_id = mote_read_u32(cursor);
    out->head = protocol_read_bytes(cursor);
    out->index = mote_read_u32(cursor);
    out->count = mote_read_u32(cursor);
    out->items = protocol_read_bytes(cursor);
}

typedef struct ask_vrf_verify {
    protocol_list public_keys;
    protocol_list transcripts;
    protocol_list pre_outputs;
    protocol_list proofs;
    mote_bytes purpose;
    uint32_t size;
} ask_vrf_verify;

static inline void read_vrf_verify(mote_cursor *cursor, ask_vrf_verify *out) {
    out->public_keys = protocol_read_list(cursor);
    out->transcripts = protocol_read_list(cursor);
    out->pre_outputs = protocol_read_list(cursor);
    out->proofs = protocol_read_list(cursor);
    out->purpose = protocol_read_bytes(cursor);
    out->size = mote_read_u32(cursor);
}

typedef struct ask_babe_equivocation {
    mote_bytes proof;
    bool has_epoch;
    uint64_t index;
    uint64_t start_slot;
    uint64_t duration;
    mote_bytes authorities;
    mote_hash randomness;
    uint64_t c_numerator;
    uint64_t c_denominator;
    uint8_t allowed_slots;
} ask_babe_equivocation;

static inline void read_babe_equivocation(mote_cursor *cursor, ask_babe_equivocation *out) {
    out->proof = protocol_read_bytes(cursor);
    out->has_epoch = mote_read_bool(cursor);
    out->index = mote_read_u64(cursor);
    out->start_slot = mote_read_u64(cursor);
    out->duration = mote_read_u64(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->randomness = mote_read_hash(cursor);
    out->c_numerator = mote_read_u64(cursor);
    out->c_denominator = mote_read_u64(cursor);
    out->allowed_slots = mote_read_u8(cursor);
}

typedef struct ask_aura_equivocation {
    mote_bytes first;
    mote_bytes second;
    uint8_t scheme;
    mote_bytes authorities;
} ask_aura_equivocation;

static inline void read_aura_equivocation(mote_cursor *cursor, ask_aura_equivocation *out) {
    out->first = protocol_read_bytes(cursor);
    out->second = protocol_read_bytes(cursor);
    out->scheme = mote_read_u8(cursor);
    out->authorities = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_sample {
    uint64_t set_id;
    uint32_t validators;
    mote_hash root;
    mote_bytes commitment;
    protocol_list samples;
} ask_beefy_sample;

static inline void read_beefy_sample(mote_cursor *cursor, ask_beefy_sample *out) {
    out->set_id = mote_read_u64(cursor);
    out->validators = mote_read_u32(cursor);
    out->root = mote_read_hash(cursor);
    out->commitment = protocol_read_bytes(cursor);
    out->samples = protocol_read_list(cursor);
}

typedef struct ask_beefy_double_vote {
    mote_bytes keys;
    uint64_t set_id;
    mote_bytes token;
    mote_bytes proof;
} ask_beefy_double_vote;

static inline void read_beefy_double_vote(mote_cursor *cursor, ask_beefy_double_vote *out) {
    out->keys = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_future_vote {
    mote_bytes keys;
    uint64_t set_id;
    mote_bytes token;
    uint32_t final_number;
    mote_bytes vote;
} ask_beefy_future_vote;

static inline void read_beefy_future_vote(mote_cursor *cursor, ask_beefy_future_vote *out) {
    out->keys = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->final_number = mote_read_u32(cursor);
    out->vote = protocol_read_bytes(cursor);
}

typedef struct ask_beefy_fork_vote {
    mote_bytes keys;
    uint64_t set_id;
    mote_bytes token;
    mote_bytes range;
    uint32_t first_block;
    mote_bytes vote;
    mote_bytes ancestry;
} ask_beefy_fork_vote;

static inline void read_beefy_fork_vote(mote_cursor *cursor, ask_beefy_fork_vote *out) {
    out->keys = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->range = protocol_read_bytes(cursor);
    out->first_block = mote_read_u32(cursor);
    out->vote = protocol_read_bytes(cursor);
    out->ancestry = protocol_read_bytes(cursor);
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

typedef struct ask_babe_chain {
    mote_bytes configuration;
    mote_hash genesis;
    protocol_list headers;
    uint64_t slot_now;
} ask_babe_chain;

static inline void read_babe_chain(mote_cursor *cursor, ask_babe_chain *out) {
    out->configuration = protocol_read_bytes(cursor);
    out->genesis = mote_read_hash(cursor);
    out->headers = protocol_read_list(cursor);
    out->slot_now = mote_read_u64(cursor);
}

typedef struct ask_aura_chain {
    mote_bytes start;
    uint8_t scheme;
    mote_bytes authorities;
    bool several_blocks_a_slot;
    protocol_list headers;
    uint64_t slot_now;
} ask_aura_chain;

static inline void read_aura_chain(mote_cursor *cursor, ask_aura_chain *out) {
    out->start = protocol_read_bytes(cursor);
    out->scheme = mote_read_u8(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->several_blocks_a_slot = mote_read_bool(cursor);
    out->headers = protocol_read_list(cursor);
    out->slot_now = mote_read_u64(cursor);
}

#endif
