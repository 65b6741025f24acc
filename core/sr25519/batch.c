/* SPDX-License-Identifier: Apache-2.0 */
/* sr25519 as a scheme of signature_batch: points of ristretto255, whose zero is the points of order 1, 2 and 4. */
#include "mote/sr25519.h"
#include "ristretto.h"
#include "schnorr.h"
#include "signature_batch.h"

struct mote_sr25519_batch {
    signature_batch batch;
};

static void decode(mote_context *context, decode_block *block) {
    ristretto_decode_block(mote_backend_chosen(context->backend), block);
}

static const signature_scheme sr25519 = {decode, decode, ristretto_is_zero, schnorr_holds,
                                         MOTE_E_POINT_NOT_CANONICAL};

mote_sr25519_batch *mote_sr25519_batch_new(mote_context *context, size_t capacity) {
    return (mote_sr25519_batch *)signature_batch_new(context, sizeof(mote_sr25519_batch), capacity,
                                                     &sr25519);
}

size_t mote_sr25519_batch_count(const mote_sr25519_batch *batch) {
    return batch->batch.count;
}

void mote_sr25519_batch_clear(mote_sr25519_batch *batch) {
    signature_batch_clear(&batch->batch);
}

mote_status mote_sr25519_batch_add_in_context(mote_sr25519_batch *batch, mote_bytes signing_context,
                                              const uint8_t public_key[32],
                                              const uint8_t signature[64], mote_bytes message) {
    uint8_t s[32];
    const mote_status refusal = schnorr_scalar(s, signature);
    batch_item *item = signature_batch_add(&batch->batch, public_key, signature, s);
    if (item == NULL) return MOTE_E_LIMIT_COUNT;
    item->refusal = refusal;
    schnorr_challenge(item->k, signing_context, public_key, signature, message);
    return MOTE_OK;
}

mote_status mote_sr25519_batch_add(mote_sr25519_batch *batch, const uint8_t public_key[32],
                                   const uint8_t signature[64], mote_bytes message) {
    static const uint8_t substrate[9] = "substrate";
    return mote_sr25519_batch_add_in_context(batch, (mote_bytes){substrate, sizeof substrate},
                                             public_key, signature, message);
}

mote_status mote_sr25519_batch_verify(mote_context *context, uint8_t *bad,
                                      mote_sr25519_batch *batch) {
    return signature_batch_verify(context, bad, &batch->batch);
}

size_t mote_sr25519_batch_memory(size_t capacity) {
    return signature_batch_memory(sizeof(mote_sr25519_batch), capacity);
}
