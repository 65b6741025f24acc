/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_PROTOCOL_GEN_H
#define MOTE_WASM_PROTOCOL_GEN_H

#include "protocol.h"

#define PROTOCOL_ABI UINT32_C(0xcd447692)

typedef enum operation {
    OPERATION_START = 0,
    OPERATION_HASH = 1,
    OPERATION_HASH_BEGIN = 2,
    OPERATION_HASH_UPDATE = 3,
    OPERATION_HASH_END = 4,
    OPERATION_STORAGE_HASH = 5,
    OPERATION_ED25519_VERIFY = 6,
    OPERATION_ED25519_BATCH = 7,
    OPERATION_HEADER_DECODE = 8,
    OPERATION_HEADER_ENCODE = 9,
    OPERATION_AUTHORITY_SET = 10,
    OPERATION_JUSTIFICATION_DECODE = 11,
    OPERATION_JUSTIFICATION_VERIFY = 12,
    OPERATION_COMMIT_VERIFY = 13,
    OPERATION_EQUIVOCATION_VERIFY = 14,
    OPERATION_FINALIZED_HEADER_OF = 15,
    OPERATION_FINALIZED_PARENT = 16,
    OPERATION_ASSUME_HEADER = 17,
    OPERATION_ASSUME_STATE_ROOT = 18,
    OPERATION_CHECKPOINT_FROM_LIGHT_SYNC_STATE = 19,
    OPERATION_CHECKPOINT_FROM_PARTS = 20,
    OPERATION_CHECKPOINT_DECODE = 21,
    OPERATION_CHECKPOINT_AGE = 22,
    OPERATION_GENESIS = 23,
    OPERATION_TRIE_ROOT = 24,
    OPERATION_ORDERED_TRIE_ROOT = 25,
    OPERATION_PROOF_READ = 26,
    OPERATION_PROOF_SCAN = 27,
    OPERATION_PROOF_PATH = 28,
    OPERATION_PROOF_NEXT_KEY = 29,
    OPERATION_PROOF_MERKLE_VALUE = 30,
    OPERATION_PARA_HEAD = 31,
    OPERATION_PARA_PARENT = 32,
    OPERATION_PARA_LIFECYCLE = 33,
    OPERATION_PARA_CODE = 34,
    OPERATION_PARA_PROGRESS = 35,
    OPERATION_WARP_NEW = 36,
    OPERATION_WARP_FEED = 37,
    OPERATION_WARP_FINISH = 38,
    OPERATION_WARP_LINKS = 39,
    OPERATION_BUNDLE_NEW = 40,
    OPERATION_BUNDLE_NEXT = 41,
    OPERATION_BUNDLE_ENCODE = 42,
    OPERATION_JUSTIFICATION_SPLIT = 43,
    OPERATION_JUSTIFICATION_JOIN = 44,
    OPERATION_WORK_TAKE = 45,
    OPERATION_WORK_JOIN = 46,
    OPERATION_WORK_JUDGE_OLDEST = 47,
    OPERATION_WORK_JUDGE = 48,
    OPERATION_CLOSE = 49,
    OPERATION_COUNT = 50
} operation;

typedef struct record_finalized_block {
    mote_hash hash;
    uint32_t number;
    uint64_t set_id;
    uint32_t assumed;
    mote_bytes token;
} record_finalized_block;

static inline void write_finalized_block(mote_writer *writer, const record_finalized_block *from) {
    mote_write_hash(writer, &from->hash);
    mote_write_u32(writer, from->number);
    mote_write_u64(writer, from->set_id);
    mote_write_u32(writer, from->assumed);
    protocol_write_bytes(writer, from->token);
}

typedef struct record_finalized_header {
    mote_hash hash;
    uint32_t number;
    mote_hash parent_hash;
    mote_hash state_root;
    mote_hash extrinsics_root;
    uint64_t set_id;
    uint32_t assumed;
    mote_bytes token;
    mote_bytes state;
} record_finalized_header;

static inline void write_finalized_header(mote_writer *writer, const record_finalized_header *from) {
    mote_write_hash(writer, &from->hash);
    mote_write_u32(writer, from->number);
    mote_write_hash(writer, &from->parent_hash);
    mote_write_hash(writer, &from->state_root);
    mote_write_hash(writer, &from->extrinsics_root);
    mote_write_u64(writer, from->set_id);
    mote_write_u32(writer, from->assumed);
    protocol_write_bytes(writer, from->token);
    protocol_write_bytes(writer, from->state);
}

typedef struct record_para_header {
    uint32_t para_id;
    mote_hash hash;
    uint32_t number;
    mote_hash parent_hash;
    mote_hash state_root;
    mote_hash extrinsics_root;
    mote_hash relay_hash;
    uint32_t relay_number;
    uint32_t assumed;
    mote_bytes token;
    mote_bytes state;
} record_para_header;

static inline void write_para_header(mote_writer *writer, const record_para_header *from) {
    mote_write_u32(writer, from->para_id);
    mote_write_hash(writer, &from->hash);
    mote_write_u32(writer, from->number);
    mote_write_hash(writer, &from->parent_hash);
    mote_write_hash(writer, &from->state_root);
    mote_write_hash(writer, &from->extrinsics_root);
    mote_write_hash(writer, &from->relay_hash);
    mote_write_u32(writer, from->relay_number);
    mote_write_u32(writer, from->assumed);
    protocol_write_bytes(writer, from->token);
    protocol_write_bytes(writer, from->state);
}

typedef struct record_digest_item {
    uint8_t kind;
    mote_bytes engine;
    mote_bytes payload;
} record_digest_item;

static inline void write_digest_item(mote_writer *writer, const record_digest_item *from) {
    mote_write_u8(writer, from->kind);
    protocol_write_bytes(writer, from->engine);
    protocol_write_bytes(writer, from->payload);
}

typedef struct record_grandpa_change {
    uint8_t kind;
    uint32_t delay;
    uint32_t authorities;
    mote_bytes authority_list;
    uint32_t median_last_finalized;
    uint64_t disabled;
} record_grandpa_change;

static inline void write_grandpa_change(mote_writer *writer, const record_grandpa_change *from) {
    mote_write_u8(writer, from->kind);
    mote_write_u32(writer, from->delay);
    mote_write_u32(writer, from->authorities);
    protocol_write_bytes(writer, from->authority_list);
    mote_write_u32(writer, from->median_last_finalized);
    mote_write_u64(writer, from->disabled);
}

typedef struct record_authority_set {
    uint64_t set_id;
    uint32_t assumed;
    mote_bytes authorities;
    mote_bytes token;
} record_authority_set;

static inline void write_authority_set(mote_writer *writer, const record_authority_set *from) {
    mote_write_u64(writer, from->set_id);
    mote_write_u32(writer, from->assumed);
    protocol_write_bytes(writer, from->authorities);
    protocol_write_bytes(writer, from->token);
}

typedef struct record_report {
    uint64_t round;
    uint64_t set_id;
    mote_hash target_hash;
    uint32_t target_number;
    uint32_t precommits;
    uint32_t counted_voters;
    uint64_t counted_weight;
    uint64_t threshold;
    uint64_t total;
    uint32_t ancestry_headers;
    uint32_t equivocators;
    mote_bytes equivocator_keys;
} record_report;

static inline void write_report(mote_writer *writer, const record_report *from) {
    mote_write_u64(writer, from->round);
    mote_write_u64(writer, from->set_id);
    mote_write_hash(writer, &from->target_hash);
    mote_write_u32(writer, from->target_number);
    mote_write_u32(writer, from->precommits);
    mote_write_u32(writer, from->counted_voters);
    mote_write_u64(writer, from->counted_weight);
    mote_write_u64(writer, from->threshold);
    mote_write_u64(writer, from->total);
    mote_write_u32(writer, from->ancestry_headers);
    mote_write_u32(writer, from->equivocators);
    protocol_write_bytes(writer, from->equivocator_keys);
}

typedef struct record_value {
    uint8_t state;
    mote_bytes value;
    mote_hash value_hash;
} record_value;

static inline void write_value(mote_writer *writer, const record_value *from) {
    mote_write_u8(writer, from->state);
    protocol_write_bytes(writer, from->value);
    mote_write_hash(writer, &from->value_hash);
}

typedef struct record_entry {
    mote_bytes key;
    record_value value;
} record_entry;

static inline void write_entry(mote_writer *writer, const record_entry *from) {
    protocol_write_bytes(writer, from->key);
    write_value(writer, &from->value);
}

typedef struct record_step {
    mote_bytes node;
    mote_bytes merkle;
    uint32_t depth;
    mote_bytes partial;
    uint16_t children;
    uint8_t child;
    bool inline_node;
    bool hashed_value;
} record_step;

static inline void write_step(mote_writer *writer, const record_step *from) {
    protocol_write_bytes(writer, from->node);
    protocol_write_bytes(writer, from->merkle);
    mote_write_u32(writer, from->depth);
    protocol_write_bytes(writer, from->partial);
    mote_write_u16(writer, from->children);
    mote_write_u8(writer, from->child);
    mote_write_u8(writer, from->inline_node ? 1 : 0);
    mote_write_u8(writer, from->hashed_value ? 1 : 0);
}

typedef struct record_warp_link {
    uint32_t index;
    record_finalized_header header;
    record_report report;
    bool hands_over;
    bool hard_fork;
    uint64_t next_set_id;
    uint32_t next_authorities;
} record_warp_link;

static inline void write_warp_link(mote_writer *writer, const record_warp_link *from) {
    mote_write_u32(writer, from->index);
    write_finalized_header(writer, &from->header);
    write_report(writer, &from->report);
    mote_write_u8(writer, from->hands_over ? 1 : 0);
    mote_write_u8(writer, from->hard_fork ? 1 : 0);
    mote_write_u64(writer, from->next_set_id);
    mote_write_u32(writer, from->next_authorities);
}

typedef struct record_age {
    uint8_t freshness;
    uint64_t made_at;
    uint64_t now;
    uint64_t seconds;
    uint64_t window_seconds;
    bool window_assumed;
} record_age;

static inline void write_age(mote_writer *writer, const record_age *from) {
    mote_write_u8(writer, from->freshness);
    mote_write_u64(writer, from->made_at);
    mote_write_u64(writer, from->now);
    mote_write_u64(writer, from->seconds);
    mote_write_u64(writer, from->window_seconds);
    mote_write_u8(writer, from->window_assumed ? 1 : 0);
}

typedef struct record_checkpoint {
    record_finalized_header header;
    record_authority_set set;
    uint32_t authorities;
    mote_bytes chain;
    mote_hash genesis;
    bool has_slot;
    uint64_t slot;
    uint32_t epochs;
    mote_hash digest;
    mote_bytes compact;
} record_checkpoint;

static inline void write_checkpoint(mote_writer *writer, const record_checkpoint *from) {
    write_finalized_header(writer, &from->header);
    write_authority_set(writer, &from->set);
    mote_write_u32(writer, from->authorities);
    protocol_write_bytes(writer, from->chain);
    mote_write_hash(writer, &from->genesis);
    mote_write_u8(writer, from->has_slot ? 1 : 0);
    mote_write_u64(writer, from->slot);
    mote_write_u32(writer, from->epochs);
    mote_write_hash(writer, &from->digest);
    protocol_write_bytes(writer, from->compact);
}

typedef struct record_bundle_link {
    uint8_t kind;
    uint32_t index;
    uint32_t offset;
    uint32_t size;
    mote_hash hash;
    uint32_t number;
    mote_hash state_root;
    uint32_t para_id;
    uint64_t set_id;
    uint32_t authorities;
    record_age age;
    record_report report;
    bool hard_fork;
    uint64_t next_set_id;
    uint32_t next_authorities;
    uint8_t question;
    mote_bytes child_key;
    mote_bytes key;
    bool listed;
    bool list_complete;
    uint32_t listed_count;
    record_value value;
} record_bundle_link;

static inline void write_bundle_link(mote_writer *writer, const record_bundle_link *from) {
    mote_write_u8(writer, from->kind);
    mote_write_u32(writer, from->index);
    mote_write_u32(writer, from->offset);
    mote_write_u32(writer, from->size);
    mote_write_hash(writer, &from->hash);
    mote_write_u32(writer, from->number);
    mote_write_hash(writer, &from->state_root);
    mote_write_u32(writer, from->para_id);
    mote_write_u64(writer, from->set_id);
    mote_write_u32(writer, from->authorities);
    write_age(writer, &from->age);
    write_report(writer, &from->report);
    mote_write_u8(writer, from->hard_fork ? 1 : 0);
    mote_write_u64(writer, from->next_set_id);
    mote_write_u32(writer, from->next_authorities);
    mote_write_u8(writer, from->question);
    protocol_write_bytes(writer, from->child_key);
    protocol_write_bytes(writer, from->key);
    mote_write_u8(writer, from->listed ? 1 : 0);
    mote_write_u8(writer, from->list_complete ? 1 : 0);
    mote_write_u32(writer, from->listed_count);
    write_value(writer, &from->value);
}

typedef struct record_bundle_section {
    uint8_t kind;
    uint32_t offset;
    uint32_t size;
} record_bundle_section;

static inline void write_bundle_section(mote_writer *writer, const record_bundle_section *from) {
    mote_write_u8(writer, from->kind);
    mote_write_u32(writer, from->offset);
    mote_write_u32(writer, from->size);
}

typedef struct ask_start {
    mote_bytes seed;
    uint32_t cached_keys;
} ask_start;

static inline void read_start(mote_cursor *cursor, ask_start *out) {
    out->seed = protocol_read_bytes(cursor);
    out->cached_keys = mote_read_u32(cursor);
}

typedef struct ask_hash {
    uint8_t function;
    mote_bytes data;
} ask_hash;

static inline void read_hash(mote_cursor *cursor, ask_hash *out) {
    out->function = mote_read_u8(cursor);
    out->data = protocol_read_bytes(cursor);
}

typedef struct ask_hash_begin {
    uint8_t size;
} ask_hash_begin;

static inline void read_hash_begin(mote_cursor *cursor, ask_hash_begin *out) {
    out->size = mote_read_u8(cursor);
}

typedef struct ask_hash_update {
    mote_bytes hashing;
    mote_bytes data;
} ask_hash_update;

static inline void read_hash_update(mote_cursor *cursor, ask_hash_update *out) {
    out->hashing = protocol_read_bytes(cursor);
    out->data = protocol_read_bytes(cursor);
}

typedef struct ask_hash_end {
    mote_bytes hashing;
} ask_hash_end;

static inline void read_hash_end(mote_cursor *cursor, ask_hash_end *out) {
    out->hashing = protocol_read_bytes(cursor);
}

typedef struct ask_storage_hash {
    uint8_t hasher;
    mote_bytes data;
} ask_storage_hash;

static inline void read_storage_hash(mote_cursor *cursor, ask_storage_hash *out) {
    out->hasher = mote_read_u8(cursor);
    out->data = protocol_read_bytes(cursor);
}

typedef struct ask_ed25519_verify {
    mote_bytes public_key;
    mote_bytes signature;
    mote_bytes message;
} ask_ed25519_verify;

static inline void read_ed25519_verify(mote_cursor *cursor, ask_ed25519_verify *out) {
    out->public_key = protocol_read_bytes(cursor);
    out->signature = protocol_read_bytes(cursor);
    out->message = protocol_read_bytes(cursor);
}

typedef struct ask_ed25519_batch {
    protocol_list public_keys;
    protocol_list signatures;
    protocol_list messages;
} ask_ed25519_batch;

static inline void read_ed25519_batch(mote_cursor *cursor, ask_ed25519_batch *out) {
    out->public_keys = protocol_read_list(cursor);
    out->signatures = protocol_read_list(cursor);
    out->messages = protocol_read_list(cursor);
}

typedef struct ask_header_decode {
    mote_bytes header;
} ask_header_decode;

static inline void read_header_decode(mote_cursor *cursor, ask_header_decode *out) {
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_header_encode {
    mote_hash parent_hash;
    uint32_t number;
    mote_hash state_root;
    mote_hash extrinsics_root;
    protocol_list items;
} ask_header_encode;

static inline void read_header_encode(mote_cursor *cursor, ask_header_encode *out) {
    out->parent_hash = mote_read_hash(cursor);
    out->number = mote_read_u32(cursor);
    out->state_root = mote_read_hash(cursor);
    out->extrinsics_root = mote_read_hash(cursor);
    out->items = protocol_read_list(cursor);
}

typedef struct ask_authority_set {
    mote_bytes authorities;
    uint64_t set_id;
} ask_authority_set;

static inline void read_authority_set(mote_cursor *cursor, ask_authority_set *out) {
    out->authorities = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
}

typedef struct ask_justification_decode {
    mote_bytes justification;
} ask_justification_decode;

static inline void read_justification_decode(mote_cursor *cursor, ask_justification_decode *out) {
    out->justification = protocol_read_bytes(cursor);
}

typedef struct ask_justification_verify {
    mote_bytes checkpoint;
    uint64_t now;
    mote_bytes authorities;
    uint64_t set_id;
    mote_bytes token;
    mote_bytes justification;
    mote_bytes header;
} ask_justification_verify;

static inline void read_justification_verify(mote_cursor *cursor, ask_justification_verify *out) {
    out->checkpoint = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->justification = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_commit_verify {
    mote_bytes checkpoint;
    uint64_t now;
    mote_bytes authorities;
    uint64_t set_id;
    mote_bytes token;
    mote_bytes commit;
    protocol_list headers;
} ask_commit_verify;

static inline void read_commit_verify(mote_cursor *cursor, ask_commit_verify *out) {
    out->checkpoint = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->commit = protocol_read_bytes(cursor);
    out->headers = protocol_read_list(cursor);
}

typedef struct ask_equivocation_verify {
    mote_bytes checkpoint;
    uint64_t now;
    mote_bytes authorities;
    uint64_t set_id;
    mote_bytes token;
    mote_bytes proof;
} ask_equivocation_verify;

static inline void read_equivocation_verify(mote_cursor *cursor, ask_equivocation_verify *out) {
    out->checkpoint = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
}

typedef struct ask_finalized_header_of {
    mote_bytes block;
    mote_bytes header;
} ask_finalized_header_of;

static inline void read_finalized_header_of(mote_cursor *cursor, ask_finalized_header_of *out) {
    out->block = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_finalized_parent {
    mote_bytes child;
    mote_bytes header;
} ask_finalized_parent;

static inline void read_finalized_parent(mote_cursor *cursor, ask_finalized_parent *out) {
    out->child = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_assume_header {
    mote_bytes header;
} ask_assume_header;

static inline void read_assume_header(mote_cursor *cursor, ask_assume_header *out) {
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_assume_state_root {
    mote_hash root;
} ask_assume_state_root;

static inline void read_assume_state_root(mote_cursor *cursor, ask_assume_state_root *out) {
    out->root = mote_read_hash(cursor);
}

typedef struct ask_checkpoint_from_light_sync_state {
    mote_bytes header;
    mote_bytes epoch_changes;
    mote_bytes authority_set;
    mote_bytes chain;
} ask_checkpoint_from_light_sync_state;

static inline void read_checkpoint_from_light_sync_state(mote_cursor *cursor, ask_checkpoint_from_light_sync_state *out) {
    out->header = protocol_read_bytes(cursor);
    out->epoch_changes = protocol_read_bytes(cursor);
    out->authority_set = protocol_read_bytes(cursor);
    out->chain = protocol_read_bytes(cursor);
}

typedef struct ask_checkpoint_from_parts {
    mote_bytes header;
    mote_bytes authorities;
    uint64_t set_id;
    mote_bytes chain;
} ask_checkpoint_from_parts;

static inline void read_checkpoint_from_parts(mote_cursor *cursor, ask_checkpoint_from_parts *out) {
    out->header = protocol_read_bytes(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->chain = protocol_read_bytes(cursor);
}

typedef struct ask_checkpoint_decode {
    mote_bytes compact;
    bool without_babe;
} ask_checkpoint_decode;

static inline void read_checkpoint_decode(mote_cursor *cursor, ask_checkpoint_decode *out) {
    out->compact = protocol_read_bytes(cursor);
    out->without_babe = mote_read_bool(cursor);
}

typedef struct ask_checkpoint_age {
    mote_bytes compact;
    uint64_t now;
} ask_checkpoint_age;

static inline void read_checkpoint_age(mote_cursor *cursor, ask_checkpoint_age *out) {
    out->compact = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
}

typedef struct ask_genesis {
    protocol_list keys;
    protocol_list values;
    protocol_list child_names;
    protocol_list child_keys;
    protocol_list child_values;
    uint8_t version;
} ask_genesis;

static inline void read_genesis(mote_cursor *cursor, ask_genesis *out) {
    out->keys = protocol_read_list(cursor);
    out->values = protocol_read_list(cursor);
    out->child_names = protocol_read_list(cursor);
    out->child_keys = protocol_read_list(cursor);
    out->child_values = protocol_read_list(cursor);
    out->version = mote_read_u8(cursor);
}

typedef struct ask_trie_root {
    protocol_list keys;
    protocol_list values;
    uint8_t version;
} ask_trie_root;

static inline void read_trie_root(mote_cursor *cursor, ask_trie_root *out) {
    out->keys = protocol_read_list(cursor);
    out->values = protocol_read_list(cursor);
    out->version = mote_read_u8(cursor);
}

typedef struct ask_ordered_trie_root {
    protocol_list items;
    uint8_t version;
} ask_ordered_trie_root;

static inline void read_ordered_trie_root(mote_cursor *cursor, ask_ordered_trie_root *out) {
    out->items = protocol_read_list(cursor);
    out->version = mote_read_u8(cursor);
}

typedef struct ask_proof_read {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool is_child;
    mote_bytes child;
    protocol_list keys;
} ask_proof_read;

static inline void read_proof_read(mote_cursor *cursor, ask_proof_read *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->is_child = mote_read_bool(cursor);
    out->child = protocol_read_bytes(cursor);
    out->keys = protocol_read_list(cursor);
}

typedef struct ask_proof_scan {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool is_child;
    mote_bytes child;
    mote_bytes prefix;
} ask_proof_scan;

static inline void read_proof_scan(mote_cursor *cursor, ask_proof_scan *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->is_child = mote_read_bool(cursor);
    out->child = protocol_read_bytes(cursor);
    out->prefix = protocol_read_bytes(cursor);
}

typedef struct ask_proof_path {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool is_child;
    mote_bytes child;
    mote_bytes key;
} ask_proof_path;

static inline void read_proof_path(mote_cursor *cursor, ask_proof_path *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->is_child = mote_read_bool(cursor);
    out->child = protocol_read_bytes(cursor);
    out->key = protocol_read_bytes(cursor);
}

typedef struct ask_proof_next_key {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool is_child;
    mote_bytes child;
    mote_bytes key;
    mote_bytes prefix;
} ask_proof_next_key;

static inline void read_proof_next_key(mote_cursor *cursor, ask_proof_next_key *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->is_child = mote_read_bool(cursor);
    out->child = protocol_read_bytes(cursor);
    out->key = protocol_read_bytes(cursor);
    out->prefix = protocol_read_bytes(cursor);
}

typedef struct ask_proof_merkle_value {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    bool is_child;
    mote_bytes child;
    mote_bytes nibbles;
} ask_proof_merkle_value;

static inline void read_proof_merkle_value(mote_cursor *cursor, ask_proof_merkle_value *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->is_child = mote_read_bool(cursor);
    out->child = protocol_read_bytes(cursor);
    out->nibbles = protocol_read_bytes(cursor);
}

typedef struct ask_para_head {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
} ask_para_head;

static inline void read_para_head(mote_cursor *cursor, ask_para_head *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_para_parent {
    mote_bytes child;
    mote_bytes header;
} ask_para_parent;

static inline void read_para_parent(mote_cursor *cursor, ask_para_parent *out) {
    out->child = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
}

typedef struct ask_para_lifecycle {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
} ask_para_lifecycle;

static inline void read_para_lifecycle(mote_cursor *cursor, ask_para_lifecycle *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_para_code {
    mote_bytes state;
    mote_bytes proof;
    bool compact;
    bool lenient;
    uint32_t para_id;
} ask_para_code;

static inline void read_para_code(mote_cursor *cursor, ask_para_code *out) {
    out->state = protocol_read_bytes(cursor);
    out->proof = protocol_read_bytes(cursor);
    out->compact = mote_read_bool(cursor);
    out->lenient = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
}

typedef struct ask_para_progress {
    mote_bytes earlier;
    mote_bytes later;
} ask_para_progress;

static inline void read_para_progress(mote_cursor *cursor, ask_para_progress *out) {
    out->earlier = protocol_read_bytes(cursor);
    out->later = protocol_read_bytes(cursor);
}

typedef struct ask_warp_new {
    mote_bytes checkpoint;
    uint64_t now;
    mote_bytes authorities;
    uint64_t set_id;
    mote_bytes token;
    uint32_t number;
    mote_bytes chain;
    uint32_t threads;
} ask_warp_new;

static inline void read_warp_new(mote_cursor *cursor, ask_warp_new *out) {
    out->checkpoint = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->number = mote_read_u32(cursor);
    out->chain = protocol_read_bytes(cursor);
    out->threads = mote_read_u32(cursor);
}

typedef struct ask_warp_feed {
    uint32_t session;
    mote_bytes chunk;
} ask_warp_feed;

static inline void read_warp_feed(mote_cursor *cursor, ask_warp_feed *out) {
    out->session = mote_read_u32(cursor);
    out->chunk = protocol_read_bytes(cursor);
}

typedef struct ask_warp_finish {
    uint32_t session;
} ask_warp_finish;

static inline void read_warp_finish(mote_cursor *cursor, ask_warp_finish *out) {
    out->session = mote_read_u32(cursor);
}

typedef struct ask_warp_links {
    uint32_t session;
} ask_warp_links;

static inline void read_warp_links(mote_cursor *cursor, ask_warp_links *out) {
    out->session = mote_read_u32(cursor);
}

typedef struct ask_bundle_new {
    mote_bytes bundle;
    mote_bytes checkpoint;
    uint64_t now;
} ask_bundle_new;

static inline void read_bundle_new(mote_cursor *cursor, ask_bundle_new *out) {
    out->bundle = protocol_read_bytes(cursor);
    out->checkpoint = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
}

typedef struct ask_bundle_next {
    uint32_t session;
} ask_bundle_next;

static inline void read_bundle_next(mote_cursor *cursor, ask_bundle_next *out) {
    out->session = mote_read_u32(cursor);
}

typedef struct ask_bundle_encode {
    mote_bytes chain;
    mote_hash genesis;
    mote_hash checkpoint_digest;
    mote_bytes warp;
    mote_bytes justification;
    protocol_list headers;
    mote_bytes relay_proof;
    protocol_list relay_questions;
    bool has_para;
    uint32_t para_id;
    mote_bytes para_proof;
    protocol_list para_headers;
    mote_bytes para_state_proof;
    protocol_list para_questions;
} ask_bundle_encode;

static inline void read_bundle_encode(mote_cursor *cursor, ask_bundle_encode *out) {
    out->chain = protocol_read_bytes(cursor);
    out->genesis = mote_read_hash(cursor);
    out->checkpoint_digest = mote_read_hash(cursor);
    out->warp = protocol_read_bytes(cursor);
    out->justification = protocol_read_bytes(cursor);
    out->headers = protocol_read_list(cursor);
    out->relay_proof = protocol_read_bytes(cursor);
    out->relay_questions = protocol_read_list(cursor);
    out->has_para = mote_read_bool(cursor);
    out->para_id = mote_read_u32(cursor);
    out->para_proof = protocol_read_bytes(cursor);
    out->para_headers = protocol_read_list(cursor);
    out->para_state_proof = protocol_read_bytes(cursor);
    out->para_questions = protocol_read_list(cursor);
}

typedef struct ask_justification_split {
    mote_bytes checkpoint;
    uint64_t now;
    mote_bytes authorities;
    uint64_t set_id;
    mote_bytes token;
    mote_bytes justification;
    mote_bytes header;
    uint32_t units;
} ask_justification_split;

static inline void read_justification_split(mote_cursor *cursor, ask_justification_split *out) {
    out->checkpoint = protocol_read_bytes(cursor);
    out->now = mote_read_u64(cursor);
    out->authorities = protocol_read_bytes(cursor);
    out->set_id = mote_read_u64(cursor);
    out->token = protocol_read_bytes(cursor);
    out->justification = protocol_read_bytes(cursor);
    out->header = protocol_read_bytes(cursor);
    out->units = mote_read_u32(cursor);
}

typedef struct ask_justification_join {
    uint32_t session;
} ask_justification_join;

static inline void read_justification_join(mote_cursor *cursor, ask_justification_join *out) {
    out->session = mote_read_u32(cursor);
}

typedef struct ask_work_take {
    uint32_t session;
} ask_work_take;

static inline void read_work_take(mote_cursor *cursor, ask_work_take *out) {
    out->session = mote_read_u32(cursor);
}

typedef struct ask_work_join {
    uint32_t session;
    mote_bytes verdict;
} ask_work_join;

static inline void read_work_join(mote_cursor *cursor, ask_work_join *out) {
    out->session = mote_read_u32(cursor);
    out->verdict = protocol_read_bytes(cursor);
}

typedef struct ask_work_judge_oldest {
    uint32_t session;
} ask_work_judge_oldest;

static inline void read_work_judge_oldest(mote_cursor *cursor, ask_work_judge_oldest *out) {
    out->session = mote_read_u32(cursor);
}

typedef struct ask_work_judge {
    mote_bytes unit;
} ask_work_judge;

static inline void read_work_judge(mote_cursor *cursor, ask_work_judge *out) {
    out->unit = protocol_read_bytes(cursor);
}

typedef struct ask_close {
    uint32_t session;
} ask_close;

static inline void read_close(mote_cursor *cursor, ask_close *out) {
    out->session = mote_read_u32(cursor);
}

#endif
