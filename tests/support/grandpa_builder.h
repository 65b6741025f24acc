/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Networks made up for tests: keys from numbers, headers, votes signed by libsodium, justifications, commits and warp
 * proofs, right or wrong as the test wants them. Hashes and signatures are libsodium's, so that what is built here
 * owes nothing to what is tested.
 *
 * Memory of what is returned stays until the process ends, as with the fixtures; where millions are built, append_*
 * into one test_buffer and reset it.
 */
#ifndef MOTE_TEST_GRANDPA_BUILDER_H
#define MOTE_TEST_GRANDPA_BUILDER_H

#include "fixture.h"

#include "mote/grandpa.h"

/* --- bytes ------------------------------------------------------------------------------------------------ */
typedef struct test_buffer {
    uint8_t *data;
    size_t size;
    size_t capacity;
} test_buffer;

void append_span(test_buffer *buffer, const void *data, size_t size);
void append_u8(test_buffer *buffer, uint8_t value);
void append_u32(test_buffer *buffer, uint32_t value);
void append_u64(test_buffer *buffer, uint64_t value);
void append_compact(test_buffer *buffer, uint64_t value);
void append_vec_u8(test_buffer *buffer, mote_bytes bytes);
mote_bytes buffer_bytes(const test_buffer *buffer);
void free_bytes(mote_bytes built); /* what a build_ function or test_block_at returned */
mote_hash libsodium_blake2b_256(mote_bytes bytes);

/* --- voters ------------------------------------------------------------------------------------------------ */
typedef struct test_voter {
    uint8_t public_key[32];
    uint8_t secret_key[64];
    uint64_t weight;
} test_voter;

/* The key is made from `number` alone: the same number is the same voter in every test. */
test_voter test_voter_of(uint32_t number, uint64_t weight);
/* Voters first, first + 1, ... of weight 1. */
test_voter *test_voters(uint32_t first, size_t count);
void append_authority_list(test_buffer *buffer, const test_voter *voters, size_t count);
mote_bytes build_authority_list(const test_voter *voters, size_t count);
/* The set of these voters, its memory from malloc; fails the test where the set is refused. Nothing assumed. */
mote_authority_set test_set(const test_voter *voters, size_t count, uint64_t set_id);
/* The same from a SCALE list, for recorded sets. */
mote_authority_set test_set_of_list(mote_bytes list, uint64_t set_id);

/* --- headers ------------------------------------------------------------------------------------------------ */
typedef struct test_digest {
    test_buffer items;
    uint32_t count;
} test_digest;

/* `kind`: the type byte; an engine of four letters or NULL for kinds without; the payload becomes a Vec<u8>. */
void digest_add(test_digest *digest, uint8_t kind, const char *engine, mote_bytes payload);
void digest_add_babe_slot(test_digest *digest, uint32_t author, uint64_t slot); /* SecondaryPlain */
void digest_add_scheduled_change(test_digest *digest, const test_voter *next, size_t count,
                                 uint32_t delay);
void digest_add_forced_change(test_digest *digest, uint32_t median, const test_voter *next,
                              size_t count, uint32_t delay);

typedef struct test_block {
    mote_hash hash;
    mote_hash parent_hash;
    uint32_t number;
    mote_bytes header; /* encoded */
} test_block;

/* `salt` tells siblings apart (it goes into the state root); `digest` may be NULL. */
test_block test_block_at(const mote_hash *parent_hash, uint32_t number, uint8_t salt,
                         const test_digest *digest);
/* A chain of `count` blocks above `parent`, lowest first. */
test_block *test_chain(const test_block *parent, size_t count, uint8_t salt);
mote_header test_header(const test_block *block); /* decoded; fails the test where that fails */

/* --- votes -------------------------------------------------------------------------------------------------- */
typedef struct test_vote {
    uint8_t key[32];
    mote_hash hash;
    uint32_t number;
    uint8_t signature[64];
} test_vote;

enum { TEST_STAGE_PREVOTE = 0, TEST_STAGE_PRECOMMIT = 1, TEST_STAGE_PROPOSE = 2 };
test_vote test_vote_in(uint8_t stage, const test_voter *voter, const mote_hash *hash,
                       uint32_t number, uint64_t round, uint64_t set_id);
test_vote test_precommit(const test_voter *voter, const test_block *block, uint64_t round,
                         uint64_t set_id);
/* Everybody's precommit for one block. */
test_vote *test_precommits(const test_voter *voters, size_t count, const test_block *block,
                           uint64_t round, uint64_t set_id);
/* Another signature by the same voter over the same vote that holds as well: made with another nonce. */
void test_resign(test_vote *vote, const test_voter *voter, uint64_t round, uint64_t set_id);

/* --- messages ------------------------------------------------------------------------------------------------ */
typedef struct test_justification {
    uint64_t round;
    mote_hash target_hash;
    uint32_t target_number;
    const test_vote *votes;
    size_t vote_count;
    const test_block *ancestry;
    size_t ancestry_count;
} test_justification;

void append_justification(test_buffer *buffer, const test_justification *parts);
mote_bytes build_justification(const test_justification *parts);
/* All voters precommit to the block itself, in that round. */
mote_bytes build_plain_justification(const test_voter *voters, size_t count,
                                     const test_block *block, uint64_t round, uint64_t set_id);
/* The gossip form, without its enum byte. */
void append_commit(test_buffer *buffer, const test_justification *parts, uint64_t set_id);
mote_bytes build_commit(const test_justification *parts, uint64_t set_id);
/* Two votes of the same voter as sp_consensus_grandpa's EquivocationProof. */
mote_bytes build_equivocation(const test_vote *first, const test_vote *second, uint8_t stage,
                              uint64_t round, uint64_t set_id);

typedef struct test_fragment {
    mote_bytes header;
    mote_bytes justification;
} test_fragment;
mote_bytes build_warp_proof(const test_fragment *fragments, size_t count, bool is_finished);

#endif
