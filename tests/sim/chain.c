/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks: their headers, bodies, and where to find them. */
#include "world.h"

#include "mote/header.h"

enum { CHANCE_SALT = 200 };

void sim_chain_begin(sim_chain *chain, sim_world *world, bool is_relay, uint32_t para) {
    chain->world = world;
    chain->is_relay = is_relay;
    chain->para = para;
    chain->para_id = is_relay ? 0 : 2000 + para;
}

void sim_chain_end(sim_chain *chain) {
    sim_state_close(&chain->tip);
    sim_state_close(&chain->reader);
    free(chain->blocks);
    free(chain->line);
    free(chain->by_hash);
    free(chain->extrinsics);
}

/* --- by hash ----------------------------------------------------------------------------------------------------- */

static size_t place_of(const sim_chain *chain, const mote_hash *hash) {
    uint64_t at;
    memcpy(&at, hash->bytes, sizeof at);
    size_t place = at & (chain->hash_places - 1);
    while (chain->by_hash[place] != 0 &&
           !mote_hash_equal(&chain->blocks[chain->by_hash[place] - 1].hash, hash)) {
        place = (place + 1) & (chain->hash_places - 1);
    }
    return place;
}

static void index_block(sim_chain *chain, uint32_t index) {
    if (2 * chain->block_count >= chain->hash_places) {
        chain->hash_places = chain->hash_places == 0 ? 256 : 2 * chain->hash_places;
        free(chain->by_hash);
        chain->by_hash = calloc(chain->hash_places, sizeof *chain->by_hash);
        if (chain->by_hash == NULL) abort();
        for (uint32_t i = 0; i < index; i++) {
            chain->by_hash[place_of(chain, &chain->blocks[i].hash)] = i + 1;
        }
    }
    chain->by_hash[place_of(chain, &chain->blocks[index].hash)] = index + 1;
}

const sim_block *sim_block_by_hash(const sim_chain *chain, const mote_hash *hash) {
    if (chain->block_count == 0) return NULL;
    uint32_t found = chain->by_hash[place_of(chain, hash)];
    return found == 0 ? NULL : &chain->blocks[found - 1];
}

const sim_block *sim_line_block(const sim_chain *chain, uint32_t number) {
    return number < chain->line_count ? &chain->blocks[chain->line[number]] : NULL;
}

uint32_t sim_block_index(const sim_chain *chain, const sim_block *block) {
    return (uint32_t)(block - chain->blocks);
}

bool sim_descends(const sim_chain *chain, const sim_block *block, const sim_block *ancestor) {
    while (block->number > ancestor->number) block = &chain->blocks[block->parent];
    return block == ancestor;
}

/* --- bodies -------------------------------------------------------------------------------------------------------- */

/* The first extrinsic of a block is its author's, different in each block. */
static mote_bytes inherent(sim_chain *chain, const sim_block *block) {
    uint8_t bytes[48] = {0};
    sim_fill(bytes + 1, 40, chain->world->shape.seed ^ block->salt, CHANCE_SALT, block->slot);
    bytes[0] = 40 << 2;
    return sim_keep(&chain->world->arena, (mote_bytes){bytes, 41});
}

size_t sim_body(sim_chain *chain, const sim_block *block, mote_bytes out[SIM_MAX_BODY]) {
    uint32_t index = sim_block_index(chain, block);
    size_t count = 0;
    if (block->number > 0) out[count++] = inherent(chain, block);
    for (size_t i = 0; i < chain->extrinsic_count; i++) {
        if (chain->extrinsics[i].block == index) out[count++] = chain->extrinsics[i].bytes;
    }
    return count;
}

void sim_add_extrinsic(sim_chain *chain, mote_bytes bytes) {
    for (size_t i = 0; i < chain->extrinsic_count; i++) {
        if (mote_bytes_equal(chain->extrinsics[i].bytes, bytes)) return;
    }
    chain->extrinsics = sim_grow(chain->extrinsics, chain->extrinsic_count,
                                 &chain->extrinsic_capacity, sizeof *chain->extrinsics);
    chain->extrinsics[chain->extrinsic_count++] =
        (sim_extrinsic){sim_keep(&chain->world->arena, bytes), SIM_NONE, 0};
}

static void include_waiting(sim_chain *chain, uint32_t block) {
    uint32_t at = 1;
    for (size_t i = 0; i < chain->extrinsic_count && at < SIM_MAX_BODY; i++) {
        if (chain->extrinsics[i].block != SIM_NONE) continue;
        chain->extrinsics[i].block = block;
        chain->extrinsics[i].index = at++;
    }
}

/* --- blocks -------------------------------------------------------------------------------------------------------- */

static mote_hash extrinsics_root(sim_chain *chain, const sim_block *block) {
    mote_bytes body[SIM_MAX_BODY];
    mote_hash root;
    mote_context context = chain->world->context;
    size_t count = sim_body(chain, block, body);
    if (mote_ordered_trie_root(&context, &root, body, count, chain->world->shape.version) !=
        MOTE_OK) {
        abort();
    }
    return root;
}

static void append_header(test_buffer *out, sim_chain *chain, const sim_block *block,
                          const mote_hash *extrinsics, const test_digest *digest) {
    static const uint8_t nobody[32];
    append_span(out, block->parent == SIM_NONE ? nobody : chain->blocks[block->parent].hash.bytes,
                32);
    append_compact(out, block->number);
    append_span(out, block->state_root.bytes, 32);
    append_span(out, extrinsics->bytes, 32);
    append_compact(out, digest == NULL ? 0 : digest->count);
    if (digest != NULL) append_span(out, digest->items.data, digest->items.size);
}

static void write_header(sim_chain *chain, sim_block *block, const test_digest *digest,
                         const test_author *author) {
    mote_hash extrinsics = extrinsics_root(chain, block);
    test_buffer header = {0};
    append_header(&header, chain, block, &extrinsics, digest);
    if (author != NULL) {
        uint8_t signature[64];
        test_digest sealed = {.count = digest->count};
        mote_hash unsealed = libsodium_blake2b_256(buffer_bytes(&header));
        test_sr25519_sign(signature, author, (mote_bytes){unsealed.bytes, 32});
        append_span(&sealed.items, digest->items.data, digest->items.size);
        digest_add(&sealed, MOTE_DIGEST_SEAL, "BABE", (mote_bytes){signature, sizeof signature});
        header.size = 0;
        append_header(&header, chain, block, &extrinsics, &sealed);
        free(sealed.items.data);
    }
    block->header = sim_keep(&chain->world->arena, buffer_bytes(&header));
    block->hash = libsodium_blake2b_256(block->header);
    free(header.data);
}

static void put_in_line(sim_chain *chain, uint32_t number, uint32_t index) {
    chain->line_count = number; /* what was above is left behind */
    chain->line =
        sim_grow(chain->line, chain->line_count, &chain->line_capacity, sizeof *chain->line);
    chain->line[chain->line_count++] = index;
}

uint32_t sim_add_block(sim_chain *chain, uint32_t parent, uint64_t slot, uint32_t content,
                       uint64_t salt, const test_digest *digest, const test_author *author,
                       bool in_line) {
    chain->blocks =
        sim_grow(chain->blocks, chain->block_count, &chain->block_capacity, sizeof *chain->blocks);
    uint32_t index = (uint32_t)chain->block_count++;
    sim_block *block = &chain->blocks[index];
    uint32_t number = parent == SIM_NONE ? 0 : chain->blocks[parent].number + 1;
    *block = (sim_block){
        .parent = parent, .number = number, .content = content, .slot = slot, .salt = salt};
    if (chain->tip.state == NULL) sim_state_open(&chain->tip, chain);
    block->state_root = sim_state_move(&chain->tip, chain, content);
    if (in_line && number > 0) include_waiting(chain, index);
    write_header(chain, block, digest, author);
    index_block(chain, index);
    if (in_line) put_in_line(chain, number, index);
    return index;
}
