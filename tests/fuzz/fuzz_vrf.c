/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A proof is made and changed as the input says, and judged: it holds where nothing was changed, and nowhere else; what
 * is refused leaves nothing. Then a transcript is written as the rest says: what is drawn depends on all of it.
 *
 * Input: kind, signer, place, change, then for kind 7 128 bytes (key, pre-output, proof as they are), then messages: a
 * byte of length and that many bytes.
 */
#include "sr25519_cases.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static mote_transcript transcript_of(const uint8_t *data, size_t size) {
    mote_transcript t;
    mote_transcript_init(&t, "BABE");
    while (size > 0) {
        const size_t taken = data[0] < size ? data[0] : size - 1;
        mote_transcript_append(&t, "chain randomness", (mote_bytes){data + 1, taken});
        data += 1 + taken;
        size -= 1 + taken;
    }
    return t;
}

/* Is it still the proof that was made? */
static bool change(sr25519_proven *made, const uint8_t *entry) {
    switch (entry[0] % 8) {
    case 1: made->pre_output[entry[2] % 32] ^= entry[3]; return entry[3] == 0;
    case 2: made->key[entry[2] % 32] ^= entry[3]; return entry[3] == 0;
    case 3: made->proof[entry[2] % 64] ^= entry[3]; return entry[3] == 0;
    case 4: memset(made->pre_output, 0, 32); return false;
    case 5: sr25519_add_order(made->proof + entry[2] % 2 * 32); return false;
    case 6: return false; /* made in the other order */
    case 7:
        memcpy(made->key, entry + 4, 32);
        memcpy(made->pre_output, entry + 36, 32);
        memcpy(made->proof, entry + 68, 64);
        return false;
    default: return true;
    }
}

static void judge(const sr25519_proven *made, const mote_transcript *t, bool expected) {
    static const mote_sr25519_vrf nothing;
    mote_sr25519_vrf vrf;
    memset(&vrf, 7, sizeof vrf);
    const mote_status status = sr25519_judge_proof(&vrf, made, t);
    require((status == MOTE_OK) == expected);
    if (status != MOTE_OK) {
        require(memcmp(&vrf, &nothing, sizeof vrf) == 0);
        return;
    }
    uint8_t score[16], again[16];
    mote_sr25519_vrf_make_bytes(score, sizeof score, &vrf, "substrate-babe-vrf");
    mote_sr25519_vrf_make_bytes(again, sizeof again, &vrf, "substrate-babe-vrf");
    require(memcmp(score, again, sizeof score) == 0);
    require(memcmp(vrf.pre_output, made->pre_output, 32) == 0);
}

/* Among others that hold, of a transcript at another place, it has the verdict and the output it has alone. */
static void judge_among_others(const sr25519_proven *made, const mote_transcript *t) {
    enum { MOST = 6 };
    static const uint8_t randomness[32] = {1};
    static sr25519_proven other;
    static mote_transcript others;
    static bool ready;
    mote_sr25519_vrf_claim claims[MOST];
    mote_sr25519_vrf together[MOST], alone;
    uint8_t bad[MOST];
    if (!ready) others = sr25519_babe_transcript(1, 2, randomness);
    if (!ready) other = sr25519_proven_by(3, &others, true);
    ready = true;
    for (unsigned i = 0; i < MOST; i++) {
        const bool own = i % 2 == 1;
        const sr25519_proven *one = own ? made : &other;
        claims[i] =
            (mote_sr25519_vrf_claim){one->key, own ? t : &others, one->pre_output, one->proof};
    }
    mote_context *context = fixture_context(1);
    const mote_status status = sr25519_judge_proof(&alone, made, t);
    require(mote_sr25519_vrf_verify_many(context, together, bad, claims, MOST) == status);
    require(status == MOTE_OK || context->fault.index == 1);
    for (unsigned i = 0; i < MOST; i++) {
        require(bad[i] == (i % 2 == 1 && status != MOTE_OK));
        require(i % 2 == 0 || memcmp(&together[i], &alone, sizeof alone) == 0);
    }
}

/* The same messages and one more: another challenge. */
static void judge_transcript(const mote_transcript *t, size_t size) {
    mote_transcript same = *t, longer = *t;
    uint8_t drawn[200], other[200];
    mote_transcript_append(&longer, "more", (mote_bytes){NULL, 0});
    mote_transcript_challenge(&same, drawn, 32 + size % 168, "drawn");
    mote_transcript_challenge(&longer, other, 32 + size % 168, "drawn");
    require(memcmp(drawn, other, 32 + size % 168) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const size_t taken = size > 0 && data[0] % 8 == 7 ? 132 : 4;
    if (size < taken) return 0;
    const mote_transcript t = transcript_of(data + taken, size - taken);
    sr25519_proven made = sr25519_proven_by(data[1], &t, data[0] % 8 != 6);
    const bool holds = change(&made, data);
    judge(&made, &t, holds);
    judge_among_others(&made, &t);
    judge_transcript(&t, size);
    return 0;
}
