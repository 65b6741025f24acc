/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A batch is made as the input says and judged. It must say of each member what judging that alone says, with a cache of
 * keys as without; and what libsodium accepts, whose rule is narrower, must be accepted.
 *
 * Input: a byte (1: with a cache), then members of four bytes: kind, signer, place, change. Kind 7 is followed by 96
 * bytes, key and signature as they are.
 */
#include "fixture.h"

#include <sodium.h>

#include "mote/ed25519.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_MEMBERS 12u
#define CACHED_KEYS 6u

typedef struct member {
    uint8_t key[32];
    uint8_t signature[64];
    uint8_t message[3];
} member;

static const uint8_t order_8[32] = {
    0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
    0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a};
static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                  0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                  0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

static void require(bool holds) {
    if (!holds) abort();
}

static member honest(const uint8_t *entry) {
    member m;
    uint8_t seed[32] = {entry[1]}, secret[64];
    memcpy(m.message, entry + 1, 3);
    require(crypto_sign_ed25519_seed_keypair(m.key, secret, seed) == 0);
    require(crypto_sign_ed25519_detached(m.signature, NULL, m.message, 3, secret) == 0);
    return m;
}

/* Adds the order to S as often as it is told. */
static void add_orders(uint8_t s[32], unsigned times) {
    for (; times > 0; times--) {
        unsigned carry = 0;
        for (unsigned i = 0; i < 32; i++) {
            carry += (unsigned)s[i] + order[i];
            s[i] = (uint8_t)carry;
            carry >>= 8;
        }
    }
}

static member make(const uint8_t *entry, const member *previous) {
    member m = honest(entry);
    switch (entry[0] % 8) {
    case 1: m.signature[entry[2] % 64] ^= entry[3]; break;
    case 2: m.key[entry[2] % 32] ^= entry[3]; break;
    case 3: /* key and R of small order, S = 0 */
        memset(m.signature, 0, 64);
        memset(m.key, 0, 32);
        m.key[0] = entry[2] & 1;
        m.key[31] = entry[2] & 0x80;
        memcpy(m.signature, order_8, 32);
        m.signature[31] |= entry[3] & 0x80;
        break;
    case 4: m = *previous; break;
    case 5: add_orders(m.signature + 32, entry[2] % 16); break;
    case 6: /* torsion on R, which its challenge does not know */
        (void)crypto_core_ed25519_add(m.signature, m.signature, order_8);
        break;
    case 7:
        memcpy(m.key, entry + 4, 32);
        memcpy(m.signature, entry + 36, 64);
        break;
    default: break;
    }
    return m;
}

static size_t read_members(member *members, const uint8_t *data, size_t size) {
    static const member nobody;
    size_t count = 0;
    while (count < MAX_MEMBERS && size >= 4) {
        size_t taken = data[0] % 8 == 7 ? 100 : 4;
        if (size < taken) break;
        members[count] = make(data, count == 0 ? &nobody : &members[count - 1]);
        count++;
        data += taken;
        size -= taken;
    }
    return count;
}

static mote_bytes message_of(const member *m) {
    return (mote_bytes){m->message, sizeof m->message};
}

static void judge(const member *members, size_t count, mote_ed25519_keys *cache) {
    mote_context *context = fixture_context(1);
    context->keys = cache;
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, count);
    require(batch != NULL);
    for (size_t i = 0; i < count; i++) {
        require(mote_ed25519_batch_add(batch, members[i].key, members[i].signature,
                                       message_of(&members[i])) == MOTE_OK);
    }
    uint8_t bad[MAX_MEMBERS];
    mote_status together = mote_ed25519_batch_verify(context, bad, batch), first = MOTE_OK;
    for (size_t i = 0; i < count; i++) {
        const member *m = &members[i];
        mote_status alone = mote_ed25519_verify(m->key, m->signature, message_of(m));
        require(bad[i] == (alone != MOTE_OK));
        if (crypto_sign_ed25519_verify_detached(m->signature, m->message, 3, m->key) == 0) {
            require(alone == MOTE_OK);
        }
        if (alone == MOTE_OK || first != MOTE_OK) continue;
        first = alone;
        require(context->fault.index == i);
    }
    require(together == first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static max_align_t cache_memory[512];
    static const uint8_t seed[32] = {1};
    member members[MAX_MEMBERS];
    if (size == 0) return 0;
    size_t count = read_members(members, data + 1, size - 1);
    mote_ed25519_keys *cache =
        mote_ed25519_keys_init(cache_memory, sizeof cache_memory, CACHED_KEYS, seed);
    require(cache != NULL);
    judge(members, count, (data[0] & 1) != 0 ? cache : NULL);
    if ((data[0] & 1) != 0) judge(members, count, cache); /* filled now */
    return 0;
}
