/* SPDX-License-Identifier: Apache-2.0 */
/* Made by wasm/generate.mjs from wasm/protocol.json. Do not edit. */
#ifndef MOTE_WASM_AUTHORSHIP_GEN_H
#define MOTE_WASM_AUTHORSHIP_GEN_H

#include "protocol.gen.h"

#define MODULE_AUTHORSHIP
#define MODULE_ABI UINT32_C(0x51ede62)

/* X(name): operations of mote-authorship.wasm, numbered on from OPERATION_START in this order. */
#define MODULE_OWN(X) \
    X(sr25519_verify) \
    X(sr25519_batch) \
    X(babe_threshold) \
    X(babe_verify) \
    X(aura_verify) \
    X(vrf_verify) \
    X(babe_equivocation) \
    X(aura_equivocation) \
    X(babe_chain) \
    X(aura_chain)
#define MODULE_OPERATIONS 11

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
