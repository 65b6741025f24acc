/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One block's claim to its slot, and its seal (sc_consensus_babe verification.rs, authorship.rs; verification-rules C.2
 * to C.4).
 */
#include <string.h>

#include "claim.h"
#include "mote/hash.h"

/* BLAKE2b of randomness and slot as a big-endian number, modulo the authorities. */
uint32_t mote_babe_secondary_author(const uint8_t randomness[32], uint64_t slot, uint32_t count) {
    uint8_t input[40];
    memcpy(input, randomness, 32);
    mote_store_u64(input + 32, slot);
    mote_hash hash = mote_blake2b_256((mote_bytes){input, sizeof input});
    uint64_t rest = 0;
    for (size_t i = 0; i < sizeof hash.bytes; i++) rest = (rest << 8 | hash.bytes[i]) % count;
    return (uint32_t)rest;
}

static mote_status check_right(const mote_babe_pre_digest *claim, const mote_babe_epoch *epoch) {
    uint32_t count = epoch->authorities.count, index = claim->authority_index;
    if (index >= count) return MOTE_E_AUTHOR_INDEX;
    if (claim->claim == MOTE_BABE_PRIMARY) return MOTE_OK;
    uint8_t needed = claim->claim == MOTE_BABE_SECONDARY_PLAIN ? MOTE_BABE_AND_SECONDARY_PLAIN
                                                               : MOTE_BABE_AND_SECONDARY_VRF;
    if (epoch->allowed_slots != needed) return MOTE_E_SLOT_KIND;
    uint32_t author = mote_babe_secondary_author(epoch->randomness, claim->slot, count);
    /* Keys are compared, as nodes do: a list may have one twice. */
    const uint8_t *right = mote_authority_key(&epoch->authorities, author);
    bool same = memcmp(right, mote_authority_key(&epoch->authorities, index), 32) == 0;
    return same ? MOTE_OK : MOTE_E_WRONG_AUTHOR;
}

void mote_babe_vrf_transcript(mote_transcript *out, const mote_babe_authorship *author,
                              const mote_babe_epoch *epoch) {
    mote_transcript_init(out, "BABE");
    mote_transcript_append_u64(out, "slot number", author->slot);
    mote_transcript_append_u64(out, "current epoch", author->epoch_index);
    mote_transcript_append(out, "chain randomness",
                           (mote_bytes){epoch->randomness, sizeof epoch->randomness});
}

/* Most authorities weigh the same: the threshold of the last one is the next one's. */
static mote_babe_score threshold_of(mote_babe_known *known, const mote_babe_epoch *epoch,
                                    uint64_t weight) {
    const bool is_known = known->weight == weight && known->c_numerator == epoch->c_numerator &&
                          known->c_denominator == epoch->c_denominator;
    if (is_known) return known->threshold;
    known->c_numerator = epoch->c_numerator;
    known->c_denominator = epoch->c_denominator;
    known->weight = weight;
    known->threshold =
        mote_babe_threshold(epoch->c_numerator, epoch->c_denominator, weight, known->total);
    return known->threshold;
}

mote_status mote_babe_check_score(mote_babe_authorship *author, mote_babe_known *known,
                                  const uint8_t score[MOTE_BABE_SCORE_SIZE],
                                  const mote_babe_epoch *epoch) {
    uint64_t weight = mote_authority_weight(&epoch->authorities, author->authority_index);
    author->score = (mote_babe_score){mote_load_u64(score + 8), mote_load_u64(score)};
    author->threshold = threshold_of(known, epoch, weight);
    bool wins = mote_babe_score_below(author->score, author->threshold);
    return wins ? MOTE_OK : MOTE_E_SCORE_TOO_HIGH;
}

static mote_status check_signatures(mote_babe_authorship *author, mote_babe_known *known,
                                    const mote_babe_digest *digest, const mote_babe_epoch *epoch) {
    const mote_bytes message = {digest->pre_hash.bytes, sizeof digest->pre_hash.bytes};
    mote_status status = mote_sr25519_verify(author->authority, digest->seal, message);
    if (status != MOTE_OK || author->claim == MOTE_BABE_SECONDARY_PLAIN) return status;
    mote_transcript transcript;
    mote_sr25519_vrf vrf;
    mote_babe_vrf_transcript(&transcript, author, epoch);
    status =
        mote_sr25519_vrf_verify(&vrf, author->authority, &transcript,
                                digest->pre_digest.vrf_pre_output, digest->pre_digest.vrf_proof);
    if (status != MOTE_OK || author->claim == MOTE_BABE_SECONDARY_VRF) return status;
    uint8_t score[MOTE_BABE_SCORE_SIZE];
    mote_sr25519_vrf_make_bytes(score, sizeof score, &vrf, MOTE_BABE_SCORE_LABEL);
    return mote_babe_check_score(author, known, score, epoch);
}

mote_status mote_babe_check_claim(mote_context *context, mote_babe_authorship *out,
                                  mote_babe_known *known, const mote_babe_digest *digest,
                                  const mote_babe_epoch *epoch, uint64_t slot_now) {
    const mote_babe_pre_digest *claim = &digest->pre_digest;
    memset(out, 0, sizeof *out);
    if (digest->seal == NULL) return mote_fail(context, MOTE_E_BAD_ARGUMENT, NULL, MOTE_NO_INDEX);
    mote_status status = mote_babe_check_epoch(context, known, epoch);
    if (status != MOTE_OK) return status;
    if (claim->slot > slot_now) {
        return mote_fail(context, MOTE_E_SLOT_IN_FUTURE, digest->seal, MOTE_NO_INDEX);
    }
    status = mote_babe_epoch_index(context, &out->epoch_index, epoch, claim->slot);
    if (status != MOTE_OK) return status;
    status = check_right(claim, epoch);
    if (status != MOTE_OK) return mote_fail(context, status, digest->seal, MOTE_NO_INDEX);
    out->claim = claim->claim;
    out->slot = claim->slot;
    out->authority_index = claim->authority_index;
    memcpy(out->authority, mote_authority_key(&epoch->authorities, claim->authority_index),
           sizeof out->authority);
    out->forgeable = mote_sr25519_key_is_forgeable(out->authority);
    return MOTE_OK;
}

mote_status mote_babe_verify(mote_context *context, mote_babe_authorship *out,
                             const mote_babe_digest *digest, const mote_babe_epoch *epoch,
                             uint64_t slot_now) {
    mote_babe_authorship author;
    mote_babe_known known = {.items = NULL};
    memset(out, 0, sizeof *out);
    mote_status status = mote_babe_check_claim(context, &author, &known, digest, epoch, slot_now);
    if (status != MOTE_OK) return status;
    status = check_signatures(&author, &known, digest, epoch);
    if (status != MOTE_OK) return mote_fail(context, status, digest->seal, MOTE_NO_INDEX);
    mote_context_clear_fault(context);
    *out = author;
    return MOTE_OK;
}
