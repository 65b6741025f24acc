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

bool keys_decode(mote_ed25519_keys *keys, affine_point *out, const uint8_t public_key[32]) {
    if (keys == NULL) return affine_point_decode(out, public_key);
    size_t hash = (size_t)(mote_xxh64((mote_bytes){public_key, 32}, keys->salt) >> 33);
    key_slot *free_slot = NULL;
    for (size_t i = 0; i < PROBES; i++) {
        key_slot *slot = slot_at(keys, hash, i);
        if (!slot->occupied) {
            free_slot = slot;
            break;
        }
        if (memcmp(slot->key, public_key, 32) != 0) continue;
        *out = slot->decoded;
        return true;
    }
    if (!affine_point_decode(out, public_key)) return false;
    if (free_slot == NULL) free_slot = slot_at(keys, hash, keys->turn++ % PROBES);
    free_slot->decoded = *out;
    memcpy(free_slot->key, public_key, 32);
    free_slot->occupied = 1;
    return true;
}
