/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_BEEFY_GEN_H
#define MOTE_WASM_BEEFY_GEN_H

#include "protocol.gen.h"

#define MODULE_BEEFY
#define MODULE_ABI UINT32_C(0xd2d09789)

/* X(name): operations of mote-beefy.wasm, numbered on from OPERATION_START in this order. */
#define MODULE_OWN(X) \
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
    X(beefy_sample) \
    X(beefy_double_vote) \
    X(beefy_future_vote) \
    X(beefy_fork_vote)
#define MODULE_OPERATIONS 16

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

#endif
