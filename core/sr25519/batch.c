/* SPDX-License-Identifier: Apache-2.0 */
/* sr25519 as a scheme of signature_batch: points of ristretto255, whose zero is the points of order 1, 2 and 4. */
#include "mote/sr25519.h"

#include <string.h>

#include "ristretto.h"
#include "schnorr.h"
#include "signature_batch.h"

/* Messages of one size in the context "substrate" wait for others, so that their transcripts are made side by side. */
#define LARGEST_WAITING 64u
#define MOST_WAITING TRANSCRIPTS_AT_ONCE

struct mote_sr25519_batch {
    signature_batch batch;
    mote_backend backend;
    size_t waiting; /* members without k: the last ones */
    size_t size;    /* of their messages */
    uint8_t message[MOST_WAITING][LARGEST_WAITING];
};

static const uint8_t substrate[9] = "substrate";

static void decode(mote_context *context, decode_block *block) {
    ristretto_decode_block(mote_backend_chosen(context->backend), block);
}

static const signature_scheme sr25519 = {decode, decode, ristretto_is_zero, schnorr_holds,
                                         MOTE_E_POINT_NOT_CANONICAL};

mote_sr25519_batch *mote_sr25519_batch_new(mote_context *context, size_t capacity) {
    mote_sr25519_batch *batch = (mote_sr25519_batch *)signature_batch_new(
        context, sizeof(mote_sr25519_batch), capacity, &sr25519);
    if (batch != NULL) batch->backend = mote_backend_chosen(context->backend);
    return batch;
}

size_t mote_sr25519_batch_count(const mote_sr25519_batch *batch) {
    return batch->batch.count;
}

void mote_sr25519_batch_clear(mote_sr25519_batch *batch) {
    signature_batch_clear(&batch->batch);
    batch->waiting = 0;
}

static const uint8_t *key_of(const mote_sr25519_batch *batch, const batch_item *item) {
    return batch->batch.key[item->key].bytes;
}

static void hash_waiting(mote_sr25519_batch *batch) {
    challenged all[MOST_WAITING];
    batch_item *first = batch->batch.item + batch->batch.count - batch->waiting;
    for (size_t i = 0; i < batch->waiting; i++) {
        all[i] = (challenged){key_of(batch, &first[i]), first[i].R, batch->message[i], first[i].k};
    }
    schnorr_challenges(batch->backend, all, (unsigned)batch->waiting,
                       (mote_bytes){substrate, sizeof substrate}, batch->size);
    batch->waiting = 0;
}

/* The next member, without its k. */
static batch_item *add(mote_sr25519_batch *batch, const uint8_t public_key[32],
                       const uint8_t signature[64]) {
    uint8_t s[32];
    const mote_status refusal = schnorr_scalar(s, signature);
    batch_item *item = signature_batch_add(&batch->batch, public_key, signature, s);
    if (item != NULL) item->refusal = refusal;
    return item;
}

mote_status mote_sr25519_batch_add_in_context(mote_sr25519_batch *batch, mote_bytes signing_context,
                                              const uint8_t public_key[32],
                                              const uint8_t signature[64], mote_bytes message) {
    if (batch->waiting > 0) hash_waiting(batch);
    batch_item *item = add(batch, public_key, signature);
    if (item == NULL) return MOTE_E_LIMIT_COUNT;
    const challenged one = {public_key, signature, message.data, item->k};
    schnorr_challenges(MOTE_BACKEND_PORTABLE, &one, 1, signing_context, message.size);
    return MOTE_OK;
}

mote_status mote_sr25519_batch_add(mote_sr25519_batch *batch, const uint8_t public_key[32],
                                   const uint8_t signature[64], mote_bytes message) {
    if (message.size > LARGEST_WAITING) {
        const mote_bytes context = {substrate, sizeof substrate};
        return mote_sr25519_batch_add_in_context(batch, context, public_key, signature, message);
    }
    const bool fits = batch->waiting < MOST_WAITING && batch->size == message.size;
    if (batch->waiting > 0 && !fits) hash_waiting(batch);
    if (add(batch, public_key, signature) == NULL) return MOTE_E_LIMIT_COUNT;
    batch->size = message.size;
    if (message.size != 0) memcpy(batch->message[batch->waiting], message.data, message.size);
    batch->waiting++;
    return MOTE_OK;
}

mote_status mote_sr25519_batch_verify(mote_context *context, uint8_t *bad,
                                      mote_sr25519_batch *batch) {
    if (batch->waiting > 0) hash_waiting(batch);
    return signature_batch_verify(context, bad, &batch->batch);
}

size_t mote_sr25519_batch_memory(size_t capacity) {
    return signature_batch_memory(sizeof(mote_sr25519_batch), capacity);
}
