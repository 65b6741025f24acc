/* SPDX-License-Identifier: Apache-2.0 */
#include "sr25519_work.h"

#include <stdalign.h>

#include "mote/sr25519.h"

static uint8_t signatures[BENCH_CASES][BENCH_SIGNATURE];
static uint8_t vrfs[BENCH_CASES][BENCH_VRF];
static alignas(max_align_t) uint8_t memory[1u << 20];

uint8_t *bench_signatures(void) {
    return signatures[0];
}

uint8_t *bench_vrfs(void) {
    return vrfs[0];
}

uint32_t bench_single(void) {
    uint32_t accepted = 0;
    for (uint32_t i = 0; i < BENCH_CASES; i++) {
        const uint8_t *s = signatures[i];
        accepted += mote_sr25519_verify(s, s + 32, (mote_bytes){s + 96, 32}) == MOTE_OK;
    }
    return accepted;
}

static uint32_t judge(uint32_t from, uint32_t size) {
    static const uint8_t seed[32] = {7};
    mote_context context;
    mote_context_init(&context, memory, sizeof memory, seed);
    mote_sr25519_batch *batch = mote_sr25519_batch_new(&context, size);
    if (batch == NULL) return 0;
    for (uint32_t i = from; i < from + size; i++) {
        const uint8_t *s = signatures[i];
        if (mote_sr25519_batch_add(batch, s, s + 32, (mote_bytes){s + 96, 32}) != MOTE_OK) return 0;
    }
    return mote_sr25519_batch_verify(&context, NULL, batch) == MOTE_OK ? size : 0;
}

uint32_t bench_batch(uint32_t size) {
    uint32_t accepted = 0;
    for (uint32_t from = 0; from < BENCH_CASES; from += size) accepted += judge(from, size);
    return accepted;
}

static uint64_t load_u64(const uint8_t bytes[8]) {
    uint64_t value = 0;
    for (unsigned i = 8; i > 0; i--) value = value << 8 | bytes[i - 1];
    return value;
}

static void begin_transcript(mote_transcript *out, const uint8_t *v) {
    mote_transcript_init(out, "BABE");
    mote_transcript_append_u64(out, "slot number", load_u64(v + 160));
    mote_transcript_append_u64(out, "current epoch", load_u64(v + 168));
    mote_transcript_append(out, "chain randomness", (mote_bytes){v + 128, 32});
}

static mote_status verify_vrf(mote_sr25519_vrf *out, const uint8_t *v) {
    mote_transcript t;
    begin_transcript(&t, v);
    return mote_sr25519_vrf_verify(out, v, &t, v + 32, v + 64);
}

uint32_t bench_vrf(void) {
    uint32_t accepted = 0;
    mote_sr25519_vrf vrf;
    for (uint32_t i = 0; i < BENCH_CASES; i++) accepted += verify_vrf(&vrf, vrfs[i]) == MOTE_OK;
    return accepted;
}

uint32_t bench_vrf_many(void) {
    static const uint8_t seed[32] = {7};
    static mote_transcript transcript[BENCH_CASES];
    static mote_sr25519_vrf_claim claim[BENCH_CASES];
    static mote_sr25519_vrf vrf[BENCH_CASES];
    mote_context context;
    mote_context_init(&context, memory, sizeof memory, seed);
    for (uint32_t i = 0; i < BENCH_CASES; i++) {
        const uint8_t *v = vrfs[i];
        begin_transcript(&transcript[i], v);
        claim[i] = (mote_sr25519_vrf_claim){v, &transcript[i], v + 32, v + 64};
    }
    const mote_status status =
        mote_sr25519_vrf_verify_many(&context, vrf, NULL, claim, BENCH_CASES);
    return status == MOTE_OK ? BENCH_CASES : 0;
}

uint32_t bench_vrf_and_score(void) {
    uint32_t accepted = 0;
    mote_sr25519_vrf vrf;
    uint8_t score[16];
    for (uint32_t i = 0; i < BENCH_CASES; i++) {
        if (verify_vrf(&vrf, vrfs[i]) != MOTE_OK) continue;
        mote_sr25519_vrf_make_bytes(score, sizeof score, &vrf, "substrate-babe-vrf");
        accepted += (score[0] | score[15]) != 0 || score[7] == 0;
    }
    return accepted;
}
