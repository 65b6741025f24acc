/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 400 recoveries of a recorded commitment's signatures (rounds.h). Units are recoveries.
 * usage: beefy_bench [ROUNDS]
 *        beefy_bench --cases      writes the hash and the signatures, for other programs to measure the same
 */
#include "fixture.h"
#include "mote/beefy.h"
#include "rounds.h"

#define RECOVERIES 400u

static mote_beefy_proof proof;

static const uint8_t *signature_at(size_t i) {
    return proof.signatures + i % proof.signature_count * MOTE_BEEFY_SIGNATURE_SIZE;
}

static int write_cases(void) {
    bool written = fwrite(proof.commitment.hash.bytes, 1, 32, stdout) == 32;
    for (size_t i = 0; i < RECOVERIES && written; i++) {
        written = fwrite(signature_at(i), 1, 65, stdout) == 65;
    }
    return written ? 0 : 1;
}

static uint32_t recover(uint32_t n) {
    uint8_t key[MOTE_BEEFY_KEY_SIZE];
    uint32_t recovered = 0;
    (void)n;
    for (size_t i = 0; i < RECOVERIES; i++) {
        recovered += mote_beefy_recover(key, &proof.commitment.hash, signature_at(i)) == MOTE_OK;
    }
    return recovered;
}

static const bench_work works[] = {
    {"recover", recover, RECOVERIES, MOTE_BACKEND_BEST, BENCH_PROCESSOR, NULL}};

int main(int argc, char **argv) {
    const mote_bytes file =
        fixture_file("beefy/polkadot-22774809-set1350.versioned-finality-proof.bin");
    if (mote_beefy_proof_decode(fixture_context(1), &proof, file) != MOTE_OK) abort();
    if (argc == 2 && strcmp(argv[1], "--cases") == 0) return write_cases();
    return bench_rounds(works, 1, NULL, argc, argv);
}
