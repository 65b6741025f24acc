/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers as wasm has them, for memory.mjs. */
#include <stdint.h>

#include "memory_figures.h"

#define EXPORTED(name) __attribute__((export_name(#name)))
EXPORTED(memory_count) uint32_t memory_count(void);
EXPORTED(memory_what) const char *memory_what(uint32_t index);
EXPORTED(memory_bytes) uint32_t memory_bytes(uint32_t index);

uint32_t memory_count(void) {
    memory_figure figures[MEMORY_FIGURES];
    return (uint32_t)memory_figures(figures);
}

static memory_figure figure(uint32_t index) {
    memory_figure figures[MEMORY_FIGURES];
    memory_figures(figures);
    return figures[index % MEMORY_FIGURES];
}

const char *memory_what(uint32_t index) {
    return figure(index).what;
}

uint32_t memory_bytes(uint32_t index) {
    return (uint32_t)figure(index).bytes;
}
