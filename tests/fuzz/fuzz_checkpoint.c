/* SPDX-License-Identifier: Apache-2.0 */
/* The compact form behind a checksum that the fuzzer need not guess: what decodes encodes to the same bytes, unless it
 * carries a name or genesis that is not this library's. */
#include <stdlib.h>

#include "fixture.h"
#include "mote/checkpoint.h"
#include "mote/hash.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t *sealed = malloc(size + 32);
    if (sealed == NULL) return 0;
    if (size != 0) memcpy(sealed, data, size);
    mote_hash checksum = mote_blake2b_256((mote_bytes){data, size});
    memcpy(sealed + size, checksum.bytes, 32);
    mote_checkpoint checkpoint, again;
    mote_bytes whole = {sealed, size + 32};
    if (mote_checkpoint_decode(fixture_context(4), &checkpoint, whole) == MOTE_OK) {
        uint8_t *encoded = malloc(size + 1024);
        mote_writer writer = mote_writer_into(encoded, size + 1024);
        mote_checkpoint_encode(&writer, &checkpoint, true);
        if (!mote_writer_fits(&writer)) abort();
        mote_status status = mote_checkpoint_decode(fixture_other_context(4), &again,
                                                    (mote_bytes){encoded, writer.size});
        mote_hash first = mote_checkpoint_digest(&checkpoint);
        mote_hash second = status == MOTE_OK ? mote_checkpoint_digest(&again) : checksum;
        if (status != MOTE_OK || !mote_hash_equal(&first, &second)) abort();
        free(encoded);
    }
    free(sealed);
    return 0;
}
