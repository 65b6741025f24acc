/* SPDX-License-Identifier: Apache-2.0 */
/* sr25519, and who made a block: BABE, Aura. */
#include <string.h>

#include "mote/aura.h"
#include "mote/babe.h"
#include "mote/sr25519.h"
#include "validation/validation.h"

/* --- signatures ------------------------------------------------------------------------------------------------------ */

static bool sizes_are_right(mote_bytes public_key, mote_bytes signature) {
    return public_key.size == 32 && signature.size == 64;
}

OPERATION(sr25519_verify) {
    ASK(sr25519_verify);
    (void)b, (void)answer;
    if (!sizes_are_right(q.public_key, q.signature))
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, q.public_key.data, MOTE_NO_INDEX);
    status = mote_sr25519_verify(q.public_key.data, q.signature.data, q.message);
    return status == MOTE_OK ? MOTE_OK
                             : mote_fail(context, status, q.signature.data, MOTE_NO_INDEX);
}

static mote_status add_all(mote_context *context, mote_sr25519_batch *batch, ask_sr25519_batch *q) {
    for (uint32_t i = 0; i < q->public_keys.count; i++) {
        mote_bytes key = protocol_next(&q->public_keys), signature = protocol_next(&q->signatures);
        if (!sizes_are_right(key, signature))
            return mote_fail(context, MOTE_E_BAD_ARGUMENT, key.data, i);
        mote_status status =
            mote_sr25519_batch_add(batch, key.data, signature.data, protocol_next(&q->messages));
        if (status != MOTE_OK) return mote_fail(context, status, key.data, i);
    }
    return MOTE_OK;
}

OPERATION(sr25519_batch) {
    ASK(sr25519_batch);
    (void)b;
    uint32_t count = q.public_keys.count;
    if (q.signatures.count != count || q.messages.count != count)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, count);
    if (batch == NULL) return context->fault.status;
    status = add_all(context, batch, &q);
    if (status != MOTE_OK) return status;
    uint8_t *bad = mote_context_take(context, count, 1);
    if (bad == NULL) return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    status = mote_sr25519_batch_verify(context, bad, batch);
    if (status == MOTE_E_LIMIT_MEMORY) return status;
    protocol_write_bytes(answer, (mote_bytes){bad, count});
    return MOTE_OK;
}

/* --- BABE -------------------------------------------------------------------------------------------------------------- */

OPERATION(babe_threshold) {
    ASK(babe_threshold);
    (void)b;
    mote_babe_score out = mote_babe_threshold(q.c_numerator, q.c_denominator, q.weight, q.total);
    mote_write_u64(answer, out.high);
    mote_write_u64(answer, out.low);
    return MOTE_OK;
}

static mote_status read_epoch(mote_context *context, mote_babe_epoch *out,
                              const ask_babe_verify *q) {
    memset(out, 0, sizeof *out);
    mote_status status = mote_authority_list_decode(context, &out->authorities, q->authorities);
    if (status != MOTE_OK) return status;
    out->index = q->index;
    out->start_slot = q->start_slot;
    out->duration = q->duration;
    memcpy(out->randomness, q->randomness.bytes, sizeof out->randomness);
    out->c_numerator = q->c_numerator;
    out->c_denominator = q->c_denominator;
    out->allowed_slots = q->allowed_slots;
    return mote_babe_epoch_check(context, out);
}

static void write_authorship(mote_writer *answer, const mote_babe_authorship *author,
                             uint64_t epoch_index) {
    mote_write_u8(answer, (uint8_t)author->claim);
    mote_write_u64(answer, author->slot);
    mote_write_u64(answer, epoch_index);
    mote_write_u32(answer, author->authority_index);
    mote_write_span(answer, author->authority, 32);
    mote_write_u8(answer, author->forgeable);
    mote_write_u64(answer, author->score.high);
    mote_write_u64(answer, author->score.low);
    mote_write_u64(answer, author->threshold.high);
    mote_write_u64(answer, author->threshold.low);
}

OPERATION(babe_verify) {
    ASK(babe_verify);
    (void)b;
    mote_header header;
    mote_babe_epoch epoch;
    mote_babe_digest digest;
    mote_babe_authorship author;
    uint64_t epoch_index = 0;
    status = mote_header_decode(context, &header, q.header);
    if (status == MOTE_OK) status = read_epoch(context, &epoch, &q);
    if (status == MOTE_OK) status = mote_babe_digest_read(context, &digest, &header);
    if (status == MOTE_OK)
        status = mote_babe_epoch_index(context, &epoch_index, &epoch, digest.pre_digest.slot);
    if (status == MOTE_OK) status = mote_babe_verify(context, &author, &digest, &epoch, q.slot_now);
    if (status == MOTE_OK) write_authorship(answer, &author, epoch_index);
    return status;
}

/* --- Aura -------------------------------------------------------------------------------------------------------------- */

OPERATION(aura_verify) {
    ASK(aura_verify);
    (void)b;
    mote_header header;
    mote_aura_digest digest;
    mote_aura_authorities authorities;
    mote_aura_authorship author;
    if (q.scheme > MOTE_AURA_ED25519)
        return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    status = mote_header_decode(context, &header, q.header);
    if (status != MOTE_OK) return status;
    status = mote_aura_authorities_assume(context, &authorities, (mote_aura_scheme)q.scheme,
                                          q.authorities, &header.parent_hash,
                                          header.number == 0 ? 0 : (uint32_t)(header.number - 1));
    if (status == MOTE_OK) status = mote_aura_digest_read(context, &digest, &header);
    if (status == MOTE_OK)
        status = mote_aura_verify(context, &author, &digest, &authorities, q.slot_now);
    if (status != MOTE_OK) return status;
    mote_write_u64(answer, author.slot);
    mote_write_u32(answer, author.authority_index);
    mote_write_span(answer, author.authority, 32);
    mote_write_u8(answer, author.forgeable);
    return MOTE_OK;
}
