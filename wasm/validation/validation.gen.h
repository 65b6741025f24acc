/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_VALIDATION_GEN_H
#define MOTE_WASM_VALIDATION_GEN_H

#include "protocol.gen.h"

#define VALIDATION_ABI UINT32_C(0x7641788e)

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
    X(beefy_para_head)
#define VALIDATION_OPERATION_COUNT 60

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

#endif
