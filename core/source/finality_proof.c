/* SPDX-License-Identifier: Apache-2.0 */
/* The answer of grandpa_proveFinality (sc_consensus_grandpa finality_proof.rs). */
#include <string.h>

#include "mote/header.h"
#include "mote/source.h"

/* Parent, number, two roots, no digest. */
#define MIN_HEADER_SIZE 98u
/* MAX_UNKNOWN_HEADERS of the node. */
#define MAX_UNKNOWN_HEADERS 100000u

static void read_headers(mote_cursor *cursor, mote_finality_proof *out) {
    out->header_count = mote_read_count(cursor, MIN_HEADER_SIZE, MAX_UNKNOWN_HEADERS);
    const uint8_t *start = cursor->at;
    for (uint32_t i = 0; i < out->header_count && cursor->status == MOTE_OK; i++) {
        mote_header header;
        mote_read_header(cursor, &header);
        out->last_header = header.encoded;
    }
    out->headers = (mote_bytes){start, (size_t)(cursor->at - start)};
}

mote_status mote_finality_proof_read(mote_context *context, mote_finality_proof *out,
                                     mote_bytes input) {
    mote_cursor cursor = mote_cursor_over(input);
    memset(out, 0, sizeof *out);
    out->block = mote_read_hash(&cursor);
    out->justification = mote_read_vec_u8(&cursor);
    read_headers(&cursor, out);
    mote_status status = mote_cursor_finish(context, &cursor);
    if (status != MOTE_OK) {
        memset(out, 0, sizeof *out);
        return status;
    }
    mote_context_clear_fault(context);
    return MOTE_OK;
}
