/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of the machine's instructions the heavy arithmetic uses (batches of signatures, many hashes at once). All give
 * the same verdicts and the same bytes; they differ in speed only.
 *
 * mote_context_init chooses MOTE_BACKEND_BEST; a host or a test puts another one into context->backend. One that was
 * not compiled in, or that this machine cannot run, means the portable one: nothing fails for want of instructions.
 */
#ifndef MOTE_BACKEND_H
#define MOTE_BACKEND_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mote_backend {
    MOTE_BACKEND_BEST, /* the last of those below that runs here */
    MOTE_BACKEND_PORTABLE,
    MOTE_BACKEND_NEON,    /* AArch64 */
    MOTE_BACKEND_AVX2,    /* x86-64 */
    MOTE_BACKEND_AVX512,  /* x86-64 with AVX-512 F, DQ, BW, VL and IFMA */
    MOTE_BACKEND_SIMD128, /* WebAssembly with 128-bit vectors: in a module of its own */
    MOTE_BACKENDS
} mote_backend;

/* Is it compiled in, and can this machine run it? BEST and PORTABLE always are. */
bool mote_backend_runs_here(mote_backend backend);
/* What `wanted` means here: never BEST, always one that runs. */
mote_backend mote_backend_chosen(mote_backend wanted);
const char *mote_backend_name(mote_backend backend); /* "portable", "avx2", ... "unknown" */

#ifdef __cplusplus
}
#endif
#endif
