/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fixed works for callgrind (compare.py): each once, in a function of its own whose name says it is counted. The same
 * data on every machine, the back end by MOTE_TEST_BACKEND. Ends with 77 where that one cannot run here.
 */
#include "../ed25519_work.h"
#include "../worlds.h"

#include "babe_world.h"
#include "mote/hash.h"
#include "recorded_blocks.h"

#define COUNTED __attribute__((noinline)) static void

enum { FRAGMENTS = 8, VOTERS = 100, PROOF_KEYS = 2000, HEADERS = 64 };

static mote_context *context;
static bench_proof proof;
static bench_warp warp;
static bench_paras paras;
static recorded_chain chain;
static mote_babe_position genesis;
static mote_trie_entry *entries;
static size_t entry_count;
static void *state_memory;
static size_t state_size;

static void require(bool holds, const char *what) {
    if (holds) return;
    (void)fprintf(stderr, "%s: failed\n", what);
    exit(1);
}

COUNTED counted_justification(void) {
    require(bench_batch() == BENCH_SIGNERS, "justification");
}

COUNTED counted_justification_of_cached_keys(void) {
    require(bench_batch_cached() == BENCH_SIGNERS, "justification of cached keys");
}

COUNTED counted_eight_justifications(void) {
    require(bench_batch_of_all() == BENCH_SIGNERS * BENCH_FRAGMENTS, "eight justifications");
}

COUNTED counted_warp_proof(void) {
    require(bench_warp_follow(context, &warp, FRAGMENTS) == FRAGMENTS, "warp proof");
}

COUNTED counted_storage_proof(void) {
    require(bench_proof_read(context, &proof) == PROOF_KEYS, "storage proof");
}

COUNTED counted_parachain_heads(void) {
    require(bench_paras_read(context, &paras) == paras.count, "heads");
}

/* The entries of the storage proof, hashed and nothing else. */
COUNTED counted_nodes(void) {
    require(bench_proof_hash(context, &proof) == proof.entry_count, "nodes");
}

/* Their Keccak-256, as of the nodes of a mountain range. */
COUNTED counted_keccak(void) {
    mote_keccak_256_many(context->backend, proof.hashes, proof.entries, proof.entry_count);
}

COUNTED counted_state_root(void) {
    mote_hash root;
    require(mote_trie_root(context, &root, entries, entry_count, MOTE_STATE_V0) == MOTE_OK, "root");
}

/* Put into memory key by key, and its root. */
COUNTED counted_kept_state(void) {
    mote_state *state;
    require(mote_state_open(context, &state, state_memory, state_size) == MOTE_OK, "kept state");
    for (size_t i = 0; i < entry_count; i++) {
        require(mote_state_put(context, state, NULL, entries[i].key, entries[i].value,
                               MOTE_STATE_V0) == MOTE_OK,
                "kept state");
    }
    (void)mote_state_root_of(state);
}

/* Headers from their bytes on, one by one and together. */
COUNTED counted_headers(void) {
    mote_babe_position at = genesis;
    for (size_t i = 0; i < HEADERS; i++) {
        mote_header header;
        require(mote_header_decode(context, &header, chain.blocks[i].encoded) == MOTE_OK &&
                    mote_babe_advance(context, &at, NULL, &at, &header, UINT64_MAX) == MOTE_OK,
                "headers");
    }
}

COUNTED counted_headers_together(void) {
    static mote_header headers[HEADERS];
    mote_babe_position at = genesis;
    size_t verified;
    for (size_t i = 0; i < HEADERS; i++) {
        require(mote_header_decode(context, &headers[i], chain.blocks[i].encoded) == MOTE_OK,
                "headers together");
    }
    require(mote_babe_advance_many(context, &at, NULL, &verified, &at, headers, HEADERS,
                                   UINT64_MAX) == MOTE_OK,
            "headers together");
}

/* Keys and values of the storage proof: a state of them all. */
static void prepare_root(void) {
    entry_count = proof.key_count;
    entries = calloc(entry_count, sizeof *entries);
    state_size = mote_state_memory(entry_count, 32 * entry_count, 32 * entry_count);
    state_memory = malloc(state_size);
    require(entries != NULL && state_memory != NULL, "memory");
    for (size_t i = 0; i < entry_count; i++) {
        entries[i] = (mote_trie_entry){proof.keys[i], proof.keys[i]};
    }
}

int main(void) {
    proof = bench_proof_of(PROOF_KEYS);
    warp = bench_warp_of(FRAGMENTS, VOTERS);
    paras = bench_paras_of(20);
    chain = recorded_blocks_of("blocks/westend-1-256.jsonl");
    genesis = westend_genesis();
    prepare_root();
    bench_use(fixture_backend());
    bench_prepare();
    context = fixture_context(16);
    counted_justification();
    counted_justification_of_cached_keys();
    counted_eight_justifications();
    counted_warp_proof();
    counted_storage_proof();
    counted_parachain_heads();
    counted_nodes();
    counted_keccak();
    counted_state_root();
    counted_kept_state();
    counted_headers();
    counted_headers_together();
    return 0;
}
