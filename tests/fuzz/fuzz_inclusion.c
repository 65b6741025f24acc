/* SPDX-License-Identifier: Apache-2.0 */
/* Input: an index, then a proof, under the root that its first entry is. What is read is what is checked; the wrong bytes are
 * refused; nothing is kept of the context's memory. */
#include "fixture.h"

#include "mote/hash.h"
#include "mote/header.h"
#include "mote/inclusion.h"
#include "mote/scale.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static mote_body_root body_of(mote_bytes proof) {
    mote_cursor cursor = mote_cursor_over(proof);
    mote_header header;
    memset(&header, 0, sizeof header);
    (void)mote_read_count(&cursor, 1, UINT32_MAX);
    header.extrinsics_root = mote_blake2b_256(mote_read_vec_u8(&cursor));
    const mote_finalized_header final = mote_finalized_header_assumed(&header);
    return mote_body_of_relay(&final);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    const uint32_t index = (uint32_t)data[0] | (uint32_t)data[1] << 8;
    const mote_bytes proof = {data + 2, size - 2};
    const mote_body_root body = body_of(proof);
    mote_context *context = fixture_context(4);
    mote_included read, checked;
    const mote_status status = mote_extrinsic_read(context, &read, &body, proof, index);
    require(context->used == 0);
    if (status != MOTE_OK) {
        require(mote_state_root_check(&read.block) != MOTE_OK);
        const mote_bytes any = {data, 2};
        const mote_status other = mote_extrinsic_check(context, &checked, &body, proof, index, any);
        require(other == status || status == MOTE_E_VALUE_NOT_IN_PROOF);
        return 0;
    }
    require(mote_extrinsic_check(context, &checked, &body, proof, index, read.extrinsic) ==
            MOTE_OK);
    const mote_bytes longer = {read.extrinsic.data, read.extrinsic.size + 1};
    if (read.extrinsic.data + read.extrinsic.size < data + size)
        require(mote_extrinsic_check(context, &checked, &body, proof, index, longer) ==
                MOTE_E_VALUE_MISMATCH);
    return 0;
}
