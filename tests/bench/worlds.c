/* SPDX-License-Identifier: Apache-2.0 */
#include "worlds.h"

#include "grandpa_builder.h"
#include "relay_state.h"

#include "mote/hash.h"
#include "mote/para.h"

static void *take(size_t count, size_t size) {
    void *taken = calloc(count, size);
    if (taken == NULL) abort();
    return taken;
}

/* --- storage proofs --- */

static mote_bytes random_bytes(uint64_t *seed, size_t size) {
    uint8_t *bytes = take(size, 1);
    for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)fixture_random(seed);
    return (mote_bytes){bytes, size};
}

static int in_order(const void *a, const void *b) {
    return mote_bytes_compare(*(const mote_bytes *)a, *(const mote_bytes *)b);
}

static mote_state *open_state(size_t keys, size_t key_bytes, size_t value_bytes) {
    const size_t size = mote_state_memory(keys, key_bytes, value_bytes);
    mote_state *state;
    if (mote_state_open(fixture_other_context(1), &state, take(size, 1), size) != MOTE_OK) abort();
    return state;
}

static void put(mote_state *state, mote_bytes key, mote_bytes value) {
    if (mote_state_put(fixture_other_context(1), state, NULL, key, value, MOTE_STATE_V1) != MOTE_OK)
        abort();
}

static mote_bytes prove(mote_state *state, const mote_bytes *keys, uint32_t count) {
    mote_state_query *queries = take(count, sizeof *queries);
    uint8_t *bytes = take(MOTE_MAX_PROOF_SIZE, 1);
    mote_writer writer = mote_writer_into(bytes, MOTE_MAX_PROOF_SIZE);
    for (uint32_t i = 0; i < count; i++) {
        queries[i] = (mote_state_query){MOTE_QUERY_KEY, NULL, keys[i]};
    }
    if (mote_state_prove(fixture_other_context(64), &writer, state, queries, count,
                         MOTE_PROOF_NODES) != MOTE_OK ||
        !mote_writer_fits(&writer))
        abort();
    free(queries);
    return (mote_bytes){bytes, writer.size};
}

static void take_apart(bench_proof *proof) {
    mote_cursor cursor = mote_cursor_over(proof->scale);
    proof->entry_count = mote_read_count(&cursor, 1, MOTE_MAX_PROOF_NODES);
    proof->entries = take(proof->entry_count, sizeof *proof->entries);
    proof->hashes = take(proof->entry_count, sizeof *proof->hashes);
    for (uint32_t i = 0; i < proof->entry_count; i++) {
        proof->entries[i] = mote_read_vec_u8(&cursor);
    }
    if (cursor.status != MOTE_OK) abort();
}

bench_proof bench_proof_of(uint32_t keys) {
    uint64_t seed = keys;
    bench_proof proof = {.keys = take(keys, sizeof *proof.keys), .key_count = keys};
    mote_state *state = open_state(keys, 32u * keys, 20u * keys);
    for (uint32_t i = 0; i < keys; i++) {
        proof.keys[i] = random_bytes(&seed, 32);
        put(state, proof.keys[i], (mote_bytes){proof.keys[i].data, 20});
    }
    proof.scale = prove(state, proof.keys, keys);
    proof.root = mote_state_root_of(state);
    free(state);
    qsort(proof.keys, keys, sizeof *proof.keys, in_order);
    take_apart(&proof);
    return proof;
}

uint32_t bench_proof_read(mote_context *context, const bench_proof *of) {
    const size_t mark = mote_context_mark(context);
    const mote_state_root root = mote_state_assumed(&of->root);
    mote_proof proof;
    uint32_t there = 0;
    if (mote_proof_load(context, &proof, &root, of->scale, MOTE_PROOF_STRICT) != MOTE_OK) return 0;
    const mote_trie_view view = mote_proof_main(&proof);
    mote_trie_reader *reader;
    if (mote_trie_reader_begin(context, &reader, &view) != MOTE_OK) return 0;
    for (uint32_t i = 0; i < of->key_count; i++) {
        mote_proven_value value;
        if (mote_trie_reader_read(context, reader, &value, of->keys[i]) != MOTE_OK) break;
        there += value.state == MOTE_VALUE_PRESENT;
    }
    mote_context_release(context, mark);
    return there;
}

uint32_t bench_proof_hash(mote_context *context, const bench_proof *of) {
    mote_blake2b_256_many(context->backend, of->hashes, of->entries, of->entry_count);
    return of->entry_count;
}

/* --- warp proofs --- */

static void append_fragment(test_buffer *out, const test_voter *voters, uint32_t count,
                            uint32_t signatures, uint32_t index) {
    static const mote_hash none;
    test_digest digest = {{0}, 0};
    digest_add_scheduled_change(&digest, voters, count, 0);
    const test_block block = test_block_at(&none, 100 * (index + 1), 0, &digest);
    test_vote *votes = test_precommits(voters, signatures, &block, 1, index + 1);
    const test_justification parts = {.round = 1,
                                      .target_hash = block.hash,
                                      .target_number = block.number,
                                      .votes = votes,
                                      .vote_count = signatures};
    append_span(out, block.header.data, block.header.size);
    append_justification(out, &parts);
    free(votes);
    free_bytes(block.header);
    free(digest.items.data);
}

bench_warp bench_warp_of(uint32_t fragments, uint32_t count) {
    test_voter *voters = test_voters(1, count);
    bench_warp warp = {.set = test_set(voters, count, 1),
                       .ends = take(fragments, sizeof(size_t)),
                       .count = fragments,
                       .list = build_authority_list(voters, count)};
    test_buffer out = {0};
    warp.signatures = (uint32_t)warp.set.threshold;
    for (uint32_t i = 0; i < fragments; i++) {
        append_fragment(&out, voters, count, warp.signatures, i);
        warp.ends[i] = out.size;
    }
    warp.fragments = buffer_bytes(&out);
    free(voters);
    return warp;
}

static uint32_t feed(mote_context *context, mote_warp *warp, mote_bytes bytes) {
    uint32_t verified = 0;
    mote_warp_link link;
    for (size_t consumed; bytes.size != 0; bytes.data += consumed, bytes.size -= consumed) {
        if (mote_warp_feed(context, warp, &consumed, bytes) != MOTE_OK) abort();
        while (mote_warp_next(warp, &link)) verified++;
    }
    return verified;
}

/* One proof: the fragments from `first` on, `count` of them. */
static uint32_t follow(mote_context *context, const bench_warp *of, uint32_t first,
                       uint32_t count) {
    const size_t mark = mote_context_mark(context), at = first == 0 ? 0 : of->ends[first - 1];
    const uint8_t is_finished = first + count == of->count;
    mote_authority_set set = of->set;
    const mote_warp_start start = {
        .number = 100 * first, .set = &set, .max_authorities = set.voters};
    test_buffer head = {0};
    mote_warp *warp;
    mote_warp_link link;
    set.set_id = first + 1;
    append_compact(&head, count);
    if (mote_warp_new(context, &warp, &start) != MOTE_OK) return 0;
    uint32_t verified = feed(context, warp, buffer_bytes(&head));
    verified += feed(context, warp,
                     (mote_bytes){of->fragments.data + at, of->ends[first + count - 1] - at});
    verified += feed(context, warp, (mote_bytes){&is_finished, 1});
    if (mote_warp_finish(context, warp) != MOTE_OK) return 0;
    while (mote_warp_next(warp, &link)) verified++;
    mote_context_release(context, mark);
    free(head.data);
    return verified;
}

/* How many of them fit into one answer of a node. */
static uint32_t in_one_proof(const bench_warp *of, uint32_t first, uint32_t fragments) {
    const size_t at = first == 0 ? 0 : of->ends[first - 1];
    uint32_t count = 0;
    while (first + count < fragments &&
           of->ends[first + count] - at <= MOTE_MAX_WARP_PROOF_SIZE - 16)
        count++;
    return count;
}

uint32_t bench_warp_follow(mote_context *context, const bench_warp *of, uint32_t fragments) {
    uint32_t verified = 0;
    while (verified < fragments) {
        const uint32_t count = in_one_proof(of, verified, fragments);
        if (count == 0 || follow(context, of, verified, count) != count) return 0;
        verified += count;
    }
    return verified;
}

/* --- parachains --- */

enum { PARAS = 100, OTHERS = 20000, FIRST_PARA = 2000 };

static mote_state *relay_state_of_paras(void) {
    static mote_state *state;
    uint64_t seed = 1;
    if (state != NULL) return state;
    state = open_state(OTHERS + PARAS, 64 * (OTHERS + PARAS), 512 * (OTHERS + PARAS));
    for (uint32_t i = 0; i < OTHERS; i++) {
        put(state, random_bytes(&seed, 48), random_bytes(&seed, 80));
    }
    for (uint32_t i = 0; i < PARAS; i++) {
        static const mote_hash parent;
        test_buffer value = {0};
        append_vec_u8(&value, relay_para_header(&parent, 1000 + i, (uint8_t)i));
        put(state, relay_paras_key(RELAY_HEADS, FIRST_PARA + i), buffer_bytes(&value));
    }
    return state;
}

bench_paras bench_paras_of(uint32_t count) {
    mote_state *state = relay_state_of_paras();
    mote_bytes *keys = take(count, sizeof *keys);
    for (uint32_t i = 0; i < count; i++) keys[i] = relay_paras_key(RELAY_HEADS, FIRST_PARA + i);
    mote_header header;
    memset(&header, 0, sizeof header);
    header.number = 100;
    header.state_root = mote_state_root_of(state);
    const bench_paras paras = {prove(state, keys, count), mote_finalized_header_assumed(&header),
                               count};
    free(keys);
    return paras;
}

uint32_t bench_paras_read(mote_context *context, const bench_paras *of) {
    const size_t mark = mote_context_mark(context);
    const mote_state_root root = mote_state_of_relay(&of->relay);
    mote_proof proof;
    uint32_t headers = 0;
    if (mote_proof_load(context, &proof, &root, of->scale, MOTE_PROOF_STRICT) != MOTE_OK) return 0;
    for (uint32_t i = 0; i < of->count; i++) {
        mote_para_head head;
        if (mote_para_head_read(context, &head, &proof, FIRST_PARA + i) != MOTE_OK) break;
        headers += head.state == MOTE_PARA_HEAD_HEADER;
    }
    mote_context_release(context, mark);
    return headers;
}
