/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"
#include "mote/beefy.h"
#include "mote/ed25519.h"
#include "mote/sr25519.h"

void judge_ed25519(mote_context *context, oracle_answer *out, mote_bytes input) {
    (void)context;
    const uint8_t *key = take(&input, 32), *signature = take(&input, 64);
    out->accepted = mote_ed25519_verify(key, signature, input) == MOTE_OK;
}

void judge_sr25519(mote_context *context, oracle_answer *out, mote_bytes input) {
    (void)context;
    const uint8_t *key = take(&input, 32), *signature = take(&input, 64);
    out->accepted = mote_sr25519_verify(key, signature, input) == MOTE_OK;
}

void judge_vrf(mote_context *context, oracle_answer *out, mote_bytes input) {
    (void)context;
    const uint8_t *key = take(&input, 32), *pre_output = take(&input, 32),
                  *proof = take(&input, 64);
    uint64_t slot = take_u64(&input), epoch = take_u64(&input);
    mote_transcript transcript;
    mote_sr25519_vrf vrf;
    uint8_t bytes[32];
    mote_transcript_init(&transcript, "BABE");
    mote_transcript_append_u64(&transcript, "slot number", slot);
    mote_transcript_append_u64(&transcript, "current epoch", epoch);
    mote_transcript_append(&transcript, "chain randomness", input);
    out->accepted = mote_sr25519_vrf_verify(&vrf, key, &transcript, pre_output, proof) == MOTE_OK;
    if (!out->accepted) return;
    mote_sr25519_vrf_make_bytes(bytes, 16, &vrf, "substrate-babe-vrf");
    answer_add(out, bytes, 16);
    mote_sr25519_vrf_make_bytes(bytes, 32, &vrf, "BabeVRFInOutContext");
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
