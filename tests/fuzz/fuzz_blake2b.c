/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte is the output size, the second the size of the chunks: streaming, one-shot and libsodium give
 * the same hash, and nothing is written beyond it. */
#include "fixture.h"

#include <sodium.h>

#include "mote/hash.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    size_t out_size = data[0] % 64 + 1u;
    size_t chunk = data[1] + 1u;
    mote_bytes input = {data + 2, size - 2};
    uint8_t *whole = malloc(out_size), *streamed = malloc(out_size), theirs[64];
    if (whole == NULL || streamed == NULL) abort();
    mote_blake2b(whole, out_size, input);
    mote_blake2b_state state;
    mote_blake2b_init(&state, out_size);
    for (size_t at = 0; at < input.size; at += chunk) {
        size_t left = input.size - at;
        mote_blake2b_update(&state, (mote_bytes){input.data + at, left < chunk ? left : chunk});
    }
    mote_blake2b_final(&state, streamed);
    if (memcmp(whole, streamed, out_size) != 0) abort();
    if (out_size >= crypto_generichash_BYTES_MIN) {
        crypto_generichash(theirs, out_size, input.data, input.size, NULL, 0);
        if (memcmp(whole, theirs, out_size) != 0) abort();
    }
    free(whole);
    free(streamed);
    return 0;
}
