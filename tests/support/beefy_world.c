/* SPDX-License-Identifier: Apache-2.0 */
#include "beefy_world.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include "mote/hash.h"
#include "mote/merkle.h"
#include "mote/mmr.h"

static secp256k1_context *signing(void) {
    static secp256k1_context *context;
    if (context == NULL) context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    return context;
}

static void secret_of(uint8_t secret[32], uint32_t who) {
    uint8_t name[5] = {'b', (uint8_t)who, (uint8_t)(who >> 8), 0, 7};
    mote_hash hash = mote_blake2b_256((mote_bytes){name, sizeof name});
    memcpy(secret, hash.bytes, 32);
}

void beefy_world_key(uint8_t *key, uint32_t who) {
    uint8_t secret[32];
    secp256k1_pubkey point;
    size_t size = 33;
    secret_of(secret, who);
    assert_int_equal(secp256k1_ec_pubkey_create(signing(), &point, secret), 1);
    (void)secp256k1_ec_pubkey_serialize(signing(), key, &size, &point, SECP256K1_EC_COMPRESSED);
}

void beefy_world_sign(uint8_t *signature, uint32_t who, const mote_hash *hash) {
    uint8_t secret[32];
    secp256k1_ecdsa_recoverable_signature made;
    int id;
    secret_of(secret, who);
    assert_int_equal(
        secp256k1_ecdsa_sign_recoverable(signing(), &made, hash->bytes, secret, NULL, NULL), 1);
    (void)secp256k1_ecdsa_recoverable_signature_serialize_compact(signing(), signature, &id, &made);
    signature[64] = (uint8_t)id;
}

/* --- parachains --------------------------------------------------------------------------------------------- */
mote_bytes beefy_world_head(uint32_t para_id) {
    static uint8_t heads[BEEFY_WORLD_PARAS][120];
    uint8_t *head = heads[para_id % BEEFY_WORLD_PARAS];
    mote_writer writer = mote_writer_into(head, sizeof heads[0]);
    for (unsigned i = 0; i < 32; i++) mote_write_u8(&writer, (uint8_t)(para_id + i));
    mote_write_compact(&writer, 7); /* number */
    for (unsigned i = 0; i < 64; i++) mote_write_u8(&writer, (uint8_t)i);
    mote_write_compact(&writer, 0); /* no digest */
    return (mote_bytes){head, writer.size};
}

static mote_hash head_leaf(uint32_t index) {
    uint8_t bytes[256];
    mote_bytes head = beefy_world_head(1000 + index);
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_write_u32(&writer, 1000 + index);
    mote_write_compact(&writer, head.size);
    mote_write_span(&writer, head.data, head.size);
    return mote_keccak_256((mote_bytes){bytes, writer.size});
}

static void head_leaves(mote_hash *hashes) {
    for (uint32_t i = 0; i < BEEFY_WORLD_PARAS; i++) hashes[i] = head_leaf(i);
}

size_t beefy_world_head_proof(uint8_t *items, uint32_t index) {
    mote_hash hashes[BEEFY_WORLD_PARAS], proof[32], root;
    uint32_t size;
    head_leaves(hashes);
    assert_status(mote_merkle_prove(fixture_other_context(1), &root, proof, &size, hashes,
                                    BEEFY_WORLD_PARAS, index),
                  MOTE_OK);
    memcpy(items, proof, (size_t)32 * size);
    return (size_t)32 * size;
}

/* --- the range ---------------------------------------------------------------------------------------------- */
static mote_hash block_hash(uint32_t number) {
    uint8_t name[5] = {'n', (uint8_t)number, 0, 0, 0};
    return mote_blake2b_256((mote_bytes){name, sizeof name});
}

static void make_leaf(uint8_t out[113], const beefy_world *world, uint32_t index,
                      const mote_hash *set_root) {
    mote_writer writer = mote_writer_into(out, 113);
    mote_hash parent = block_hash(index);
    mote_write_u8(&writer, 0);
    mote_write_u32(&writer, index);
    mote_write_hash(&writer, &parent);
    mote_write_u64(&writer, world->set_id + 1);
    mote_write_u32(&writer, world->validators);
    mote_write_hash(&writer, set_root);
    mote_write_hash(&writer, &world->heads_root);
    assert_int_equal(writer.size, 113);
}

void beefy_world_make(beefy_world *out, uint32_t validators, uint64_t set_id) {
    mote_hash hashes[BEEFY_WORLD_PARAS], set_root;
    memset(out, 0, sizeof *out);
    out->validators = validators;
    out->set_id = set_id;
    mote_writer writer = mote_writer_into(out->keys, sizeof out->keys);
    mote_write_compact(&writer, validators);
    for (uint32_t i = 0; i < validators; i++) {
        uint8_t key[33];
        beefy_world_key(key, i);
        mote_write_span(&writer, key, sizeof key);
    }
    out->key_list = (mote_bytes){out->keys, writer.size};
    head_leaves(hashes);
    out->heads_root = mote_merkle_root(MOTE_BACKEND_BEST, hashes, BEEFY_WORLD_PARAS);
    mote_beefy_set set = beefy_world_set(out);
    assert_status(
        mote_beefy_set_root(fixture_other_context(1), &set_root, &set, MOTE_BEEFY_ZERO_ADDRESS),
        MOTE_OK);
    for (uint32_t i = 0; i < BEEFY_WORLD_BLOCKS; i++) {
        make_leaf(out->leaves[i], out, i, &set_root);
        mote_hash leaf = mote_keccak_256((mote_bytes){out->leaves[i], 113});
        mote_mmr_push(out->nodes, i, &leaf);
    }
}

mote_hash beefy_world_root(const beefy_world *world, uint32_t block) {
    return mote_mmr_root(world->nodes, block);
}

mote_beefy_set beefy_world_set(const beefy_world *world) {
    mote_beefy_set set;
    assert_status(mote_beefy_set_decode(fixture_other_context(1), &set, world->key_list,
                                        world->set_id, MOTE_ASSUMED_NOTHING),
                  MOTE_OK);
    return set;
}

/* --- what is signed ------------------------------------------------------------------------------------------ */
size_t beefy_world_commitment(uint8_t *out, const mote_hash *root, uint32_t block,
                              uint64_t set_id) {
    mote_writer writer = mote_writer_into(out, 64);
    mote_write_compact(&writer, 1);
    mote_write_span(&writer, (const uint8_t *)"mh", 2);
    mote_write_compact(&writer, 32);
    mote_write_hash(&writer, root);
    mote_write_u32(&writer, block);
    mote_write_u64(&writer, set_id);
    return writer.size;
}

size_t beefy_world_proof(uint8_t *out, const beefy_world *world, mote_bytes commitment,
                         uint64_t signers) {
    const uint32_t bytes = (world->validators + 7) / 8;
    const mote_hash hash = mote_keccak_256(commitment);
    uint32_t count = 0;
    mote_writer writer = mote_writer_into(out, 8192);
    mote_write_u8(&writer, 1);
    mote_write_span(&writer, commitment.data, commitment.size);
    mote_write_compact(&writer, bytes);
    for (uint32_t i = 0; i < bytes; i++) {
        uint8_t byte = 0;
        for (uint32_t bit = 0; bit < 8 && 8 * i + bit < world->validators; bit++) {
            if ((signers >> (8 * i + bit) & 1) == 0) continue;
            byte |= (uint8_t)(0x80 >> bit);
            count++;
        }
        mote_write_u8(&writer, byte);
    }
    mote_write_u32(&writer, world->validators);
    mote_write_compact(&writer, count);
    for (uint32_t i = 0; i < world->validators; i++) {
        uint8_t signature[65];
        if ((signers >> i & 1) == 0) continue;
        beefy_world_sign(signature, i, &hash);
        mote_write_span(&writer, signature, sizeof signature);
    }
    assert_true(mote_writer_fits(&writer));
    return writer.size;
}
