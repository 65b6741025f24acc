/* SPDX-License-Identifier: Apache-2.0 */
#include "boundary.h"

#include <string.h>

#include "mote/hash.h"

#define FIRST_SCRATCH ((size_t)1 << 20)
#define FIRST_OUTPUT ((size_t)256 << 10)

/* --- calling -------------------------------------------------------------------------------------------------------- */

uint8_t *boundary_input(boundary *b, size_t size) {
    return size <= MAX_MEMORY && region_grow(&b->input, size) ? b->input.data : NULL;
}

static void write_fault(mote_writer *answer, mote_status status, const mote_fault *fault,
                        mote_bytes request) {
    size_t in_request = fault->at == NULL ? MOTE_NO_OFFSET : mote_fault_offset(fault, request);
    size_t in_stream = fault->at == NULL ? fault->offset : MOTE_NO_OFFSET;
    answer->size = 0;
    mote_write_u32(answer, (uint32_t)status);
    mote_write_u32(answer, in_request == MOTE_NO_OFFSET ? UINT32_MAX : (uint32_t)in_request);
    mote_write_u32(answer, fault->index);
    mote_write_u32(answer, in_stream == MOTE_NO_OFFSET ? UINT32_MAX : (uint32_t)in_stream);
}

static mote_status run(boundary *b, uint32_t code, mote_bytes request, mote_writer *answer) {
    mote_cursor ask = mote_cursor_over(request);
    mote_context_init(&b->context, b->scratch.data, b->scratch.size, b->seed);
    b->context.keys = b->keys;
    mote_write_u32(answer, MOTE_OK);
    return operation_table[code](b, &b->context, &ask, answer);
}

bool answer_grow(boundary *b, mote_writer *answer, size_t size) {
    if (size <= b->output.size) return true;
    if (!region_grow(&b->output, size)) return false;
    *answer = mote_writer_into(b->output.data, b->output.size);
    mote_write_u32(answer, MOTE_OK);
    return true;
}

/* Memory is found by trying: a call that ran out of it, or of room for its answer, is run again with twice as much,
 * up to what its own input justifies. */
size_t boundary_call(boundary *b, uint32_t code, size_t size) {
    mote_bytes request = {b->input.data, size};
    const size_t most = ((size_t)16 << 20) + 64 * size;
    if (!region_grow(&b->scratch, FIRST_SCRATCH) || !region_grow(&b->output, FIRST_OUTPUT))
        return 0;
    for (;;) {
        mote_writer answer = mote_writer_into(b->output.data, b->output.size);
        bool callable = code < MODULE_OPERATIONS && (b->started || code == OPERATION_START) &&
                        size <= b->input.size;
        mote_status status = callable ? run(b, code, request, &answer) : MOTE_E_BAD_ARGUMENT;
        if (!callable) mote_context_clear_fault(&b->context);
        if (status == MOTE_E_LIMIT_MEMORY && !operation_keeps_state(code) &&
            b->scratch.size < most && region_grow(&b->scratch, 2 * b->scratch.size)) {
            continue;
        }
        if (status == MOTE_OK && mote_writer_fits(&answer)) return answer.size;
        if (status == MOTE_OK && !operation_keeps_state(code) && answer.size <= most &&
            region_grow(&b->output, answer.size))
            continue;
        if (status == MOTE_OK)
            status = mote_fail(&b->context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
        write_fault(&answer, status, &b->context.fault, request);
        return answer.size;
    }
}
