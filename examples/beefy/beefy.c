/* SPDX-License-Identifier: Apache-2.0 */
/* Who signed a BEEFY finality proof? A program outside mote's tree: it uses the installed validation library.
 *
 *     beefy PROOF                    recovers the keys that signed; whose they are is not known
 *     beefy PROOF AUTHORITIES SET    is the root final? AUTHORITIES: the value of Beefy::Authorities
 */
#include <stdio.h>
#include <stdlib.h>

#include <mote/beefy.h>

#define MOST (1u << 20)

static mote_bytes read_file(const char *path) {
    static const mote_bytes nothing = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) return nothing;
    uint8_t *data = malloc(MOST);
    size_t size = data == NULL ? 0 : fread(data, 1, MOST, file);
    fclose(file);
    return (mote_bytes){data, size};
}

static uint32_t count_recovered(const mote_beefy_proof *proof) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < proof->signature_count; i++) {
        uint8_t key[MOTE_BEEFY_KEY_SIZE];
        const uint8_t *signature = proof->signatures + (size_t)i * MOTE_BEEFY_SIGNATURE_SIZE;
        count += mote_beefy_recover(key, &proof->commitment.hash, signature) == MOTE_OK;
    }
    return count;
}

static mote_status recover(mote_context *context, mote_bytes bytes) {
    mote_beefy_proof proof;
    mote_status status = mote_beefy_proof_decode(context, &proof, bytes);
    if (status != MOTE_OK) return status;
    printf("block %u, set %llu: %u signatures of %u validators, %u keys recovered\n",
           (unsigned)proof.commitment.block_number, (unsigned long long)proof.commitment.set_id,
           (unsigned)proof.signature_count, (unsigned)proof.set_size,
           (unsigned)count_recovered(&proof));
    return MOTE_OK;
}

static mote_status verify(mote_context *context, mote_bytes bytes, mote_bytes keys,
                          uint64_t set_id) {
    mote_beefy_set set;
    mote_beefy_finalized finalized;
    mote_beefy_report report;
    mote_status status =
        mote_beefy_set_decode(context, &set, keys, set_id, MOTE_ASSUMED_AUTHORITIES);
    if (status == MOTE_OK) status = mote_beefy_verify(context, &finalized, &report, &set, bytes);
    if (status != MOTE_OK) return status;
    printf("block %u is final by BEEFY: %u of %u validators\n", (unsigned)finalized.block_number,
           (unsigned)report.counted, (unsigned)report.validators);
    return MOTE_OK;
}

int main(int argc, char **argv) {
    static uint8_t memory[1 << 20];
    const uint8_t seed[32] = {0}; /* for batches of ed25519: nothing here draws from it */
    mote_context context;
    if (argc != 2 && argc != 4) {
        fprintf(stderr, "usage: %s PROOF [AUTHORITIES SET-ID]\n", argv[0]);
        return 2;
    }
    mote_context_init(&context, memory, sizeof memory, seed);
    mote_bytes proof = read_file(argv[1]);
    mote_status status =
        argc == 2 ? recover(&context, proof)
                  : verify(&context, proof, read_file(argv[2]), strtoull(argv[3], NULL, 10));
    if (status == MOTE_OK) return 0;
    printf("no: %s\n", mote_status_text(status));
    return 1;
}
