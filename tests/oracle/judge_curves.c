/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/beefy.h"
#include "mote/ed25519.h"
#include "mote/sr25519.h"

/* A batch is judged by other code than one signature: where the two do not agree, neither does the answer with anything. */
#define COPIES 5u

static void answer_both(oracle_answer *out, bool alone, bool together) {
    out->accepted = alone;
    if (alone != together) answer_add(out, "a batch differs", 15);
}

void judge_ed25519(mote_context *context, oracle_answer *out, mote_bytes input) {
    const uint8_t *key = take(&input, 32), *signature = take(&input, 64);
    mote_ed25519_batch *batch = mote_ed25519_batch_new(context, COPIES);
    bool together = batch != NULL;
    for (unsigned i = 0; i < COPIES && together; i++) {
        together = mote_ed25519_batch_add(batch, key, signature, input) == MOTE_OK;
    }
    together = together && mote_ed25519_batch_verify(context, NULL, batch) == MOTE_OK;
    answer_both(out, mote_ed25519_verify(key, signature, input) == MOTE_OK, together);
}

void judge_sr25519(mote_context *context, oracle_answer *out, mote_bytes input) {
    const uint8_t *key = take(&input, 32), *signature = take(&input, 64);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(context, COPIES);
    bool together = batch != NULL;
    for (unsigned i = 0; i < COPIES && together; i++) {
        together = mote_sr25519_batch_add(batch, key, signature, input) == MOTE_OK;
    }
    together = together && mote_sr25519_batch_verify(context, NULL, batch) == MOTE_OK;
    answer_both(out, mote_sr25519_verify(key, signature, input) == MOTE_OK, together);
}

/* What comes out of a proof is read from those that were judged together, which are all the same. */
static bool vrfs_hold(mote_context *context, uint8_t bytes[COPIES][32],
                      const mote_sr25519_vrf_claim *claim) {
    mote_sr25519_vrf_claim claims[COPIES];
    mote_sr25519_vrf vrfs[COPIES];
    for (unsigned i = 0; i < COPIES; i++) claims[i] = *claim;
    const mote_status status = mote_sr25519_vrf_verify_many(context, vrfs, NULL, claims, COPIES);
    mote_sr25519_vrf_make_bytes_many(context->backend, bytes[0], 32, vrfs, COPIES,
                                     "BabeVRFInOutContext");
    return status == MOTE_OK;
}

void judge_vrf(mote_context *context, oracle_answer *out, mote_bytes input) {
    const uint8_t *key = take(&input, 32), *pre_output = take(&input, 32),
                  *proof = take(&input, 64);
    uint64_t slot = take_u64(&input), epoch = take_u64(&input);
    mote_transcript transcript;
    mote_sr25519_vrf vrf;
    uint8_t bytes[32], together[COPIES][32];
    mote_transcript_init(&transcript, "BABE");
    mote_transcript_append_u64(&transcript, "slot number", slot);
    mote_transcript_append_u64(&transcript, "current epoch", epoch);
    mote_transcript_append(&transcript, "chain randomness", input);
    const mote_sr25519_vrf_claim claim = {key, &transcript, pre_output, proof};
    answer_both(out, mote_sr25519_vrf_verify(&vrf, key, &transcript, pre_output, proof) == MOTE_OK,
                vrfs_hold(context, together, &claim));
    if (!out->accepted) return;
    mote_sr25519_vrf_make_bytes(bytes, 16, &vrf, "substrate-babe-vrf");
    answer_add(out, bytes, 16);
    mote_sr25519_vrf_make_bytes(bytes, 32, &vrf, "BabeVRFInOutContext");
    for (unsigned i = 0; i < COPIES; i++) {
        if (memcmp(bytes, together[i], sizeof bytes) != 0) answer_add(out, "another output", 14);
    }
    answer_add(out, bytes, 32);
}

void judge_recover(mote_context *context, oracle_answer *out, mote_bytes input) {
    (void)context;
    uint8_t key[MOTE_BEEFY_KEY_SIZE];
    mote_hash hash;
    memcpy(hash.bytes, take(&input, 32), 32);
    out->accepted =
        mote_beefy_recover(key, &hash, take(&input, MOTE_BEEFY_SIGNATURE_SIZE)) == MOTE_OK;
    if (out->accepted) answer_add(out, key, sizeof key);
}
