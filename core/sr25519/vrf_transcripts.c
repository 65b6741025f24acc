/* SPDX-License-Identifier: Apache-2.0 */
/* What the VRF hashes: its input, the proof's challenge, and outputs (schnorrkel: vrf.rs, flavour "kusama"). */
#include <string.h>

#include "schnorr.h"
#include "vrf.h"

/* vrf_malleable_hash after "vrf-nm-pk": under each key another point. */
void vrf_draw_inputs(mote_backend backend, uint8_t (*uniform)[64],
                     const mote_sr25519_vrf_claim *claims, unsigned count) {
    const uint8_t *key[TRANSCRIPTS_AT_ONCE];
    uint8_t *to[TRANSCRIPTS_AT_ONCE];
    transcripts t;
    t.backend = backend;
    t.count = count;
    for (unsigned i = 0; i < count; i++) {
        t.at[i] = *claims[i].transcript;
        key[i] = claims[i].public_key;
        to[i] = uniform[i];
    }
    transcripts_append(&t, "vrf-nm-pk", key, 32);
    transcripts_challenge(&t, to, sizeof uniform[0], "VRFHash");
}

/* dleq_verify: the key comes after the commitments, which is what "kusama" means. Compares each c with the one claimed. */
void vrf_compare_challenges(mote_backend backend, bool *same, const mote_sr25519_vrf *vrf,
                            ristretto_doubled (*made)[COMMITMENTS],
                            const mote_sr25519_vrf_claim *claims, unsigned count) {
    const uint8_t *part[5][TRANSCRIPTS_AT_ONCE];
    uint8_t c[TRANSCRIPTS_AT_ONCE][32], *to[TRANSCRIPTS_AT_ONCE];
    transcripts t;
    for (unsigned i = 0; i < count; i++) {
        part[0][i] = vrf[i].input;
        part[1][i] = made[i][R].bytes;
        part[2][i] = made[i][HR].bytes;
        part[3][i] = claims[i].public_key;
        part[4][i] = vrf[i].pre_output;
        to[i] = c[i];
    }
    transcripts_init(&t, backend, count, "VRF");
    transcripts_append_text(&t, "proto-name", "DLEQProof");
    transcripts_append(&t, "vrf:h", part[0], 32);
    transcripts_append(&t, "vrf:R=g^r", part[1], 32);
    transcripts_append(&t, "vrf:h^r", part[2], 32);
    transcripts_append(&t, "vrf:pk", part[3], 32);
    transcripts_append(&t, "vrf:h^sk", part[4], 32);
    transcripts_scalars(&t, to, "prove");
    for (unsigned i = 0; i < count; i++) same[i] = memcmp(claims[i].proof, c[i], 32) == 0;
}

void mote_sr25519_vrf_make_bytes(uint8_t *out, size_t size, const mote_sr25519_vrf *vrf,
                                 const char *label) {
    mote_sr25519_vrf_make_bytes_many(MOTE_BACKEND_PORTABLE, out, size, vrf, 1, label);
}

static void make_some(mote_backend backend, uint8_t *out, size_t size, const mote_sr25519_vrf *vrf,
                      unsigned count, const char *label) {
    const uint8_t *input[TRANSCRIPTS_AT_ONCE], *pre_output[TRANSCRIPTS_AT_ONCE];
    uint8_t *to[TRANSCRIPTS_AT_ONCE];
    transcripts t;
    for (unsigned i = 0; i < count; i++) {
        input[i] = vrf[i].input;
        pre_output[i] = vrf[i].pre_output;
        to[i] = out + i * size;
    }
    transcripts_init(&t, backend, count, "VRFResult");
    transcripts_append_text(&t, "", label);
    transcripts_append(&t, "vrf-in", input, 32);
    transcripts_append(&t, "vrf-out", pre_output, 32);
    transcripts_challenge(&t, to, size, "");
}

void mote_sr25519_vrf_make_bytes_many(mote_backend backend, uint8_t *out, size_t size,
                                      const mote_sr25519_vrf *vrfs, size_t count,
                                      const char *label) {
    const mote_backend chosen = mote_backend_chosen(backend);
    for (size_t from = 0; from < count; from += TRANSCRIPTS_AT_ONCE) {
        const size_t left = count - from;
        make_some(chosen, out + from * size, size, vrfs + from,
                  left < TRANSCRIPTS_AT_ONCE ? (unsigned)left : TRANSCRIPTS_AT_ONCE, label);
    }
}
