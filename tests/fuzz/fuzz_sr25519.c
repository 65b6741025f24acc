/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A batch is made as the input says and judged. It must say of each member what judging that alone says; what was not
 * touched holds; and a key holds for what libsodium takes for a point, bit 255 aside, which it looks past.
 *
 * Input: members of four bytes: kind, signer, place, change. Kind 7 is followed by 96 bytes, key and signature as they
 * are.
 */
#include "sr25519_cases.h"

#include <sodium.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_MEMBERS 12u

typedef struct member {
    sr25519_signed is;
    uint8_t message[3];
    bool honest;
} member;

static void require(bool holds) {
    if (!holds) abort();
}

static void make_honest(member *m, const uint8_t *entry) {
    memcpy(m->message, entry + 1, sizeof m->message);
    m->is = sr25519_signed_by(entry[1], (mote_bytes){m->message, sizeof m->message});
    m->honest = true;
}

static void change(member *m, const uint8_t *entry) {
    uint8_t *signature = m->is.signature;
    m->honest = false;
    switch (entry[0] % 8) {
    case 1: signature[entry[2] % 64] ^= entry[3]; break;
    case 2: m->is.key[entry[2] % 32] ^= entry[3]; break;
    case 3: /* the identity's key, for which R = s B always holds; or not quite */
        memset(m->is.key, 0, 32);
        memset(signature, 0, 64);
        signature[63] = 0x80;
        signature[entry[2] % 64] ^= entry[3];
        break;
    case 4: signature[63] ^= 0x80; break;
    case 5: /* s + l, with the mark */
        signature[63] &= 0x7f;
        sr25519_add_order(signature + 32);
        signature[63] |= 0x80;
        break;
    case 6: memset(signature, entry[2], 32); break;
    case 7:
        memcpy(m->is.key, entry + 4, 32);
        memcpy(signature, entry + 36, 64);
        break;
    default: m->honest = true; break;
    }
}

static size_t read_members(member *members, const uint8_t *data, size_t size) {
    size_t count = 0;
    while (count < MAX_MEMBERS && size >= 4) {
        const size_t taken = data[0] % 8 == 7 ? 100 : 4;
        if (size < taken) break;
        make_honest(&members[count], data);
        change(&members[count++], data);
        data += taken;
        size -= taken;
    }
    return count;
}

static mote_status judge_one(const member *m) {
    const mote_status status = sr25519_judge_alone(&m->is);
    const bool is_key =
        (m->is.key[31] & 0x80) == 0 && crypto_core_ristretto255_is_valid_point(m->is.key) == 1;
    require((status == MOTE_E_BAD_PUBLIC_KEY) == !is_key);
    require(mote_sr25519_key_is_valid(m->is.key) == is_key);
    if (m->honest) require(status == MOTE_OK);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static member members[MAX_MEMBERS];
    uint8_t bad[MAX_MEMBERS];
    const size_t count = read_members(members, data, size);
    mote_context *context = fixture_context(1);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, count);
    require(batch != NULL);
    for (size_t i = 0; i < count; i++) {
        const sr25519_signed *one = &members[i].is;
        require(mote_sr25519_batch_add(batch, one->key, one->signature, one->message) == MOTE_OK);
    }
    const mote_status together = mote_sr25519_batch_verify(context, bad, batch);
    mote_status first = MOTE_OK;
    for (size_t i = 0; i < count; i++) {
        const mote_status alone = judge_one(&members[i]);
        require(bad[i] == (alone != MOTE_OK));
        if (alone == MOTE_OK || first != MOTE_OK) continue;
        first = alone;
        require(context->fault.index == i);
    }
    require(together == first);
    return 0;
}
