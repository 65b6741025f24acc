/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a verifier needs besides its input: one block of memory, a seed, and a place to say what was wrong.
 *
 * - Memory: mote never calls an allocator. The caller hands in one block; verifiers take from it only what
 *   the bytes actually present justify (never what a length inside them claims) and give it back before they
 *   return, except where a header says that a result lives in the context. A block that is too small gives
 *   MOTE_E_LIMIT_MEMORY, never a wrong verdict.
 * - Seed: 32 bytes, best from the system's random generator. It salts hash tables and is mixed, together with
 *   a hash of everything verified, into the coefficients of signature batches. A constant seed costs
 *   resistance against slow-downs, not against forgeries.
 * - Fault: where and what of the last failure. Reset by mote_context_clear_fault and by every success of a
 *   public verifier; meaningful only after a function that took the context returned something but MOTE_OK.
 *
 * A context is used by one thread at a time. It holds no verdict: losing it loses nothing that is verified.
 */
#ifndef MOTE_CONTEXT_H
#define MOTE_CONTEXT_H

#include "mote/backend.h"
#include "mote/bytes.h"
#include "mote/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOTE_NO_INDEX UINT32_MAX
#define MOTE_NO_OFFSET SIZE_MAX

typedef struct mote_fault {
    mote_status status;
    /* The byte in the caller's input at which the rule broke; NULL where `offset` counts in a stream that
     * the caller has handed in by chunks, or where no byte can be named. */
    const uint8_t *at;
    size_t offset; /* with at == NULL: byte of the stream, or MOTE_NO_OFFSET */
    uint32_t
        index; /* which precommit, header, node, fragment or link, counted from 0, or MOTE_NO_INDEX */
} mote_fault;

typedef struct mote_context {
    uint8_t *memory;
    size_t size;
    size_t used;
    size_t most_used; /* high-water mark, for measuring */
    uint8_t seed[32];
    mote_fault fault;
    struct mote_ed25519_keys
        *keys;            /* optional cache of decompressed authority keys (ed25519.h), or NULL */
    mote_backend backend; /* instructions to be used; no verdict depends on it */
} mote_context;

/* `memory`: `size` bytes, any alignment, owned by the caller and alive as long as the context. */
void mote_context_init(mote_context *context, void *memory, size_t size, const uint8_t seed[32]);
void mote_context_clear_fault(mote_context *context);

/* Offset of the fault in `input`, or MOTE_NO_OFFSET where the fault is not inside it (try the other inputs). */
size_t mote_fault_offset(const mote_fault *fault, mote_bytes input);

/* For verifiers and for callers who build on them. Memory comes zeroed and aligned for any type; NULL where it
 * does not fit (or size overflows: count * size is checked). mark/release free everything taken in between. */
void *mote_context_take(mote_context *context, size_t count, size_t size);
size_t mote_context_mark(const mote_context *context);
void mote_context_release(mote_context *context, size_t mark);

/* Records the fault and returns its status: `return mote_fail(context, MOTE_E_..., at, index);` */
mote_status mote_fail(mote_context *context, mote_status status, const uint8_t *at, uint32_t index);

#ifdef __cplusplus
}
#endif
#endif
