/* SPDX-License-Identifier: Apache-2.0 */
/* Ed25519 as a scheme of signature_batch: points by ZIP-215, the equation times the cofactor. */
#include "signature_batch.h"

#include <string.h>

#include "keys.h"
#include "many.h"
#include "mote/ed25519.h"
#include "scalar.h"
#include "verify.h"

/* Messages whose challenges wait to be hashed together, and how long R, the key and the message may be for that. */
#define WAITING 16u
#define WAITING_SIZE 192u

struct mote_ed25519_batch {
    signature_batch batch;
    mote_backend backend;
    unsigned waiting;
    size_t item[WAITING];
    size_t size[WAITING];
    uint8_t input[WAITING][WAITING_SIZE];
};

static void decode_keys(mote_context *context, decode_block *block) {
    keys_decode(context->keys, mote_backend_chosen(context->backend), block);
}

static void decode_commitments(mote_context *context, decode_block *block) {
    affine_points_decode(mote_backend_chosen(context->backend), block);
}

static const signature_scheme ed25519 = {decode_keys, decode_commitments, point_is_small_order,
                                         equation_holds, MOTE_E_BAD_SIGNATURE};

mote_ed25519_batch *mote_ed25519_batch_new(mote_context *context, size_t capacity) {
    mote_ed25519_batch *batch = (mote_ed25519_batch *)signature_batch_new(
        context, sizeof(mote_ed25519_batch), capacity, &ed25519);
    if (batch != NULL) batch->backend = mote_backend_chosen(context->backend);
    return batch;
}

size_t mote_ed25519_batch_count(const mote_ed25519_batch *batch) {
    return batch->batch.count;
}

void mote_ed25519_batch_clear(mote_ed25519_batch *batch) {
    signature_batch_clear(&batch->batch);
    batch->waiting = 0;
}

/* --- challenges ------------------------------------------------------------------------------------------- */

static void hash_waiting(mote_ed25519_batch *batch) {
    mote_bytes input[WAITING];
    uint8_t hash[WAITING][64];
    for (unsigned i = 0; i < batch->waiting; i++) {
        input[i] = (mote_bytes){batch->input[i], batch->size[i]};
    }
    mote_hash_sha512_many(batch->backend, hash[0], input, batch->waiting);
    for (unsigned i = 0; i < batch->waiting; i++) {
        scalar_reduce(batch->batch.item[batch->item[i]].k, hash[i]);
    }
    batch->waiting = 0;
}

static void wait_for_hash(mote_ed25519_batch *batch, const uint8_t r[32],
                          const uint8_t public_key[32], mote_bytes message) {
    uint8_t *input = batch->input[batch->waiting];
    batch->item[batch->waiting] = batch->batch.count - 1;
    batch->size[batch->waiting] = 64 + message.size;
    memcpy(input, r, 32);
    memcpy(input + 32, public_key, 32);
    if (message.size != 0) memcpy(input + 64, message.data, message.size);
    if (++batch->waiting == WAITING) hash_waiting(batch);
}

mote_status mote_ed25519_batch_add(mote_ed25519_batch *batch, const uint8_t public_key[32],
                                   const uint8_t signature[64], mote_bytes message) {
    batch_item *item = signature_batch_add(&batch->batch, public_key, signature, signature + 32);
    if (item == NULL) return MOTE_E_LIMIT_COUNT;
    if (!scalar_is_canonical(item->S)) item->refusal = MOTE_E_BAD_SIGNATURE;
    if (mote_hash_lanes(batch->backend) > 1 && message.size <= WAITING_SIZE - 64) {
        wait_for_hash(batch, signature, public_key, message);
    } else {
        scalar_challenge(item->k, signature, public_key, message);
    }
    return MOTE_OK;
}

mote_status mote_ed25519_batch_verify(mote_context *context, uint8_t *bad,
                                      mote_ed25519_batch *batch) {
    hash_waiting(batch);
    return signature_batch_verify(context, bad, &batch->batch);
}

size_t mote_ed25519_batch_memory(size_t capacity) {
    return signature_batch_memory(sizeof(mote_ed25519_batch), capacity);
}
