/* SPDX-License-Identifier: Apache-2.0 */
/* The module's exports, and memory that grows at the top. There are no imports. */
#include "boundary.h"

#define PAGE ((size_t)65536)

#define EXPORTED(name) __attribute__((export_name(#name)))
EXPORTED(mote_abi) uint32_t mote_abi(void);
EXPORTED(mote_input) uint8_t *mote_input(uint32_t size);
EXPORTED(mote_call) uint32_t mote_call(uint32_t operation, uint32_t size);
EXPORTED(mote_output) const uint8_t *mote_output(void);

static boundary the_boundary;

/* Blocks are taken from the top of memory and never given back; a block that has to grow and is not the topmost is
 * replaced by one at least twice as large, so that what is lost stays below what is used. */
bool region_grow(region *region, size_t size) {
    size_t top = (size_t)__builtin_wasm_memory_size(0) * PAGE;
    if (size <= region->size) return true;
    if (size > MAX_MEMORY) return false;
    bool topmost = region->size != 0 && (size_t)region->data + region->size == top;
    if (!topmost && region->size != 0 && size < 2 * region->size) size = 2 * region->size;
    size_t pages = ((topmost ? size - region->size : size) + PAGE - 1) / PAGE;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return false;
    if (topmost) {
        region->size += pages * PAGE;
    } else {
        region->data = (uint8_t *)top;
        region->size = pages * PAGE;
    }
    return true;
}

uint32_t mote_abi(void) {
    return MODULE_ABI;
}

uint8_t *mote_input(uint32_t size) {
    return boundary_input(&the_boundary, size);
}

uint32_t mote_call(uint32_t operation, uint32_t size) {
    return (uint32_t)boundary_call(&the_boundary, operation, size);
}

const uint8_t *mote_output(void) {
    return the_boundary.output.data;
}
