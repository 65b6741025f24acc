/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/context.h"

#include <stdalign.h>
#include <string.h>

void mote_context_init(mote_context *context, void *memory, size_t size, const uint8_t seed[32]) {
    memset(context, 0, sizeof *context);
    context->memory = memory;
    context->size = size;
    memcpy(context->seed, seed, sizeof context->seed);
    mote_context_clear_fault(context);
}

void mote_context_clear_fault(mote_context *context) {
    context->fault = (mote_fault){MOTE_OK, NULL, MOTE_NO_OFFSET, MOTE_NO_INDEX};
}

size_t mote_fault_offset(const mote_fault *fault, mote_bytes input) {
    if (fault->at == NULL) return fault->offset;
    if (input.data == NULL) return MOTE_NO_OFFSET;
    /* Compared as integers: the pointers may belong to different objects. One past the end is a place too:
     * it is where a truncated value would have gone on. */
    uintptr_t at = (uintptr_t)fault->at;
    uintptr_t begin = (uintptr_t)input.data;
    if (at < begin || at - begin > input.size) return MOTE_NO_OFFSET;
    return (size_t)(at - begin);
}

void *mote_context_take(mote_context *context, size_t count, size_t size) {
    const size_t alignment = alignof(max_align_t);
    if (size != 0 && count > SIZE_MAX / size) return NULL;
    size_t needed = count * size;
    size_t misfit = (size_t)(((uintptr_t)context->memory + context->used) % alignment);
    size_t padding = misfit == 0 ? 0 : alignment - misfit;
    size_t left = context->size - context->used;
    if (padding > left || needed > left - padding) return NULL;
    uint8_t *taken = context->memory + context->used + padding;
    context->used += padding + needed;
    if (context->used > context->most_used) context->most_used = context->used;
    memset(taken, 0, needed);
    return taken;
}

size_t mote_context_mark(const mote_context *context) {
    return context->used;
}

void mote_context_release(mote_context *context, size_t mark) {
    if (mark <= context->used) context->used = mark;
}

mote_status mote_fail(mote_context *context, mote_status status, const uint8_t *at,
                      uint32_t index) {
    context->fault = (mote_fault){status, at, MOTE_NO_OFFSET, index};
    return status;
}
