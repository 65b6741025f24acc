/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2b by libb2, for embedders who choose it (-DMOTE_BLAKE2=libb2). mote_blake2b_state has room for what
 * libb2 keeps between two calls, so the state stays plain memory that can be copied. */
#include "mote/hash.h"

#ifdef MOTE_BLAKE2_LIBB2

#include <string.h>

#include <blake2.h>

_Static_assert(sizeof((mote_blake2b_state *)0)->block == sizeof((blake2b_state *)0)->buf,
               "libb2 buffers two blocks");
_Static_assert(sizeof((mote_blake2b_state *)0)->chain == sizeof((blake2b_state *)0)->h, "chain");
_Static_assert(sizeof((mote_blake2b_state *)0)->counter == sizeof((blake2b_state *)0)->t,
               "counter");

static void keep(mote_blake2b_state *state, const blake2b_state *from) {
    memcpy(state->chain, from->h, sizeof state->chain);
    memcpy(state->counter, from->t, sizeof state->counter);
    memcpy(state->block, from->buf, sizeof state->block);
    state->filled = from->buflen;
}

/* The finalisation flags f are zero until the end, and so is last_node outside of tree hashing. */
static blake2b_state restore(const mote_blake2b_state *state) {
    blake2b_state into;
    memset(&into, 0, sizeof into);
    memcpy(into.h, state->chain, sizeof state->chain);
    memcpy(into.t, state->counter, sizeof state->counter);
    memcpy(into.buf, state->block, sizeof state->block);
    into.buflen = (uint32_t)state->filled;
    into.outlen = (uint8_t)state->out_size;
    return into;
}

void mote_blake2b(uint8_t *out, size_t out_size, mote_bytes input) {
    static const uint8_t nothing[1] = {
        0}; /* libb2 refuses NULL even where there is nothing to read */
    blake2b(out, input.size == 0 ? nothing : input.data, NULL, out_size, input.size, 0);
}

void mote_blake2b_init(mote_blake2b_state *state, size_t out_size) {
    blake2b_state fresh;
    memset(state, 0, sizeof *state);
    blake2b_init(&fresh, out_size);
    keep(state, &fresh);
    state->out_size = out_size;
}

void mote_blake2b_update(mote_blake2b_state *state, mote_bytes input) {
    if (input.size == 0) return;
    blake2b_state running = restore(state);
    blake2b_update(&running, input.data, input.size);
    keep(state, &running);
}

void mote_blake2b_final(mote_blake2b_state *state, uint8_t *out) {
    blake2b_state running = restore(state);
    blake2b_final(&running, out, state->out_size);
}

#endif
