/* SPDX-License-Identifier: Apache-2.0 */
/* What things take in memory, from the public sizing functions: the numbers of docs/memory.md, natively and as wasm. */
#ifndef MOTE_TEST_MEMORY_FIGURES_H
#define MOTE_TEST_MEMORY_FIGURES_H

#include <stddef.h>

typedef struct memory_figure {
    const char *what; /* as the document has it */
    size_t bytes;
} memory_figure;

#define MEMORY_FIGURES 29
/* How many there are. */
size_t memory_figures(memory_figure out[MEMORY_FIGURES]);

#endif
