/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cache of decompressed keys: a validator signs in every round and every set, and decoding his key costs as much as a
 * third of his signature. Open addressing over a salted hash, a few probes; where those are taken one is replaced. Only
 * keys that decode are kept, with the point they decode to, so no entry can change a verdict.
 */
#include "keys.h"

#include <stdalign.h>
#include <string.h>

#include "mote/hash.h"

#define PROBES 8u

typedef struct key_slot {
    affine_point decoded;
    uint8_t key[32];
    uint8_t occupied;
} key_slot;

struct mote_ed25519_keys {
    size_t slots;
    uint64_t salt;
    uint32_t turn;
    key_slot slot[];
};

/* Half as many again as keys, so that neighbours seldom push each other out. */
static size_t slots_for(size_t capacity) {
    return capacity + capacity / 2 + PROBES;
}

size_t mote_ed25519_keys_size(size_t capacity) {
    const size_t most = SIZE_MAX / 4 / sizeof(key_slot);
    if (capacity > most) return SIZE_MAX;
    return sizeof(mote_ed25519_keys) + slots_for(capacity) * sizeof(key_slot);
}

mote_ed25519_keys *mote_ed25519_keys_init(void *memory, size_t memory_size, size_t capacity,
                                          const uint8_t seed[32]) {
    if (memory == NULL || (uintptr_t)memory % alignof(max_align_t) != 0) return NULL;
    if (memory_size < mote_ed25519_keys_size(capacity)) return NULL;
    mote_ed25519_keys *keys = memory;
    keys->slots = slots_for(capacity);
    keys->turn = 0;
    keys->salt = 0;
    for (unsigned i = 0; i < 8; i++) keys->salt = keys->salt << 8 | seed[i];
    mote_ed25519_keys_clear(keys);
    return keys;
}

void mote_ed25519_keys_clear(mote_ed25519_keys *keys) {
    for (size_t i = 0; i < keys->slots; i++) keys->slot[i].occupied = 0;
}

/* Where a key is looked for: PROBES slots from its hash on, around the end. */
static key_slot *slot_at(mote_ed25519_keys *keys, size_t hash, size_t probe) {
    return &keys->slot[(hash + probe) % keys->slots];
}

static size_t hash_of(const mote_ed25519_keys *keys, const uint8_t public_key[32]) {
    return (size_t)(mote_xxh64((mote_bytes){public_key, 32}, keys->salt) >> 33);
}

static bool find(mote_ed25519_keys *keys, affine_point *out, const uint8_t public_key[32]) {
    const size_t hash = hash_of(keys, public_key);
    for (size_t i = 0; i < PROBES; i++) {
        const key_slot *slot = slot_at(keys, hash, i);
        if (!slot->occupied) return false;
        if (memcmp(slot->key, public_key, 32) != 0) continue;
        *out = slot->decoded;
        return true;
    }
    return false;
}

static void keep(mote_ed25519_keys *keys, const uint8_t public_key[32],
                 const affine_point *decoded) {
    const size_t hash = hash_of(keys, public_key);
    size_t probe = 0;
    while (probe < PROBES && slot_at(keys, hash, probe)->occupied) probe++;
    if (probe == PROBES) probe = keys->turn++ % PROBES;
    key_slot *slot = slot_at(keys, hash, probe);
    slot->decoded = *decoded;
    memcpy(slot->key, public_key, 32);
    slot->occupied = 1;
}

void keys_decode(mote_ed25519_keys *keys, mote_backend backend, decode_block *block) {
    decode_block missing;
    unsigned place[DECODED_AT_ONCE];
    if (keys == NULL) {
        affine_points_decode(backend, block);
        return;
    }
    missing.count = 0;
    for (unsigned i = 0; i < block->count; i++) {
        block->ok[i] = find(keys, block->out[i], block->bytes[i]);
        if (block->ok[i]) continue;
        place[missing.count] = i;
        missing.bytes[missing.count] = block->bytes[i];
        missing.out[missing.count++] = block->out[i];
    }
    affine_points_decode(backend, &missing);
    for (unsigned i = 0; i < missing.count; i++) {
        block->ok[place[i]] = missing.ok[i];
        if (missing.ok[i]) keep(keys, missing.bytes[i], missing.out[i]);
    }
}
