/* SPDX-License-Identifier: Apache-2.0 */
/* Ed25519 as a scheme of signature_batch: points by ZIP-215, the equation times the cofactor. */
#include "signature_batch.h"

#include "keys.h"
#include "mote/ed25519.h"
#include "scalar.h"
#include "verify.h"

struct mote_ed25519_batch {
    signature_batch batch;
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
    return (mote_ed25519_batch *)signature_batch_new(context, capacity, &ed25519);
}

size_t mote_ed25519_batch_count(const mote_ed25519_batch *batch) {
    return batch->batch.count;
}

void mote_ed25519_batch_clear(mote_ed25519_batch *batch) {
    signature_batch_clear(&batch->batch);
}

mote_status mote_ed25519_batch_add(mote_ed25519_batch *batch, const uint8_t public_key[32],
                                   const uint8_t signature[64], mote_bytes message) {
    batch_item *item = signature_batch_add(&batch->batch, public_key, signature, signature + 32);
    if (item == NULL) return MOTE_E_LIMIT_COUNT;
    if (!scalar_is_canonical(item->S)) item->refusal = MOTE_E_BAD_SIGNATURE;
    scalar_challenge(item->k, signature, public_key, message);
    return MOTE_OK;
}

mote_status mote_ed25519_batch_verify(mote_context *context, uint8_t *bad,
                                      mote_ed25519_batch *batch) {
    return signature_batch_verify(context, bad, &batch->batch);
}

size_t mote_ed25519_batch_memory(size_t capacity) {
    return signature_batch_memory(capacity);
}
