/* SPDX-License-Identifier: Apache-2.0 */
/* Header, epoch changes and authority set, each behind its length (u16): refused by name, or coherent. */
#include <stdlib.h>

#include "fixture.h"
#include "mote/checkpoint.h"
#include "mote/scale.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mote_cursor cursor = mote_cursor_over((mote_bytes){data, size});
    mote_bytes part[3];
    for (unsigned i = 0; i < 3; i++) {
        size_t length = mote_read_u16(&cursor);
        part[i] = mote_read_span(
            &cursor, length < mote_cursor_left(&cursor) ? length : mote_cursor_left(&cursor));
    }
    mote_checkpoint checkpoint;
    mote_status status = mote_checkpoint_from_light_sync_state(
        fixture_context(4), &checkpoint, part[0], part[1], part[2], mote_chain_default());
    if ((status == MOTE_OK) != (mote_finalized_header_check(&checkpoint.finalized) == MOTE_OK))
        abort();
    if (status == MOTE_OK && checkpoint.set.voters == 0) abort();
    return 0;
}
