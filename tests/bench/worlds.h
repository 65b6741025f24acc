/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What benchmarks verify, of any size: storage proofs made by core/state, warp proofs and heads of parachains by the
 * builders of the tests. Everything is made from numbers: the same on every machine. Memory stays until the process ends.
 */
#ifndef MOTE_BENCH_WORLDS_H
#define MOTE_BENCH_WORLDS_H

#include "fixture.h"

#include "mote/state.h"
#include "mote/warp.h"

/* --- storage proofs --- */
typedef struct bench_proof {
    mote_bytes scale;
    mote_hash root;
    mote_bytes *keys; /* proven, in order */
    uint32_t key_count;
    mote_bytes *entries; /* of the proof, for who wants to hash them */
    mote_hash *hashes;   /* room for theirs */
    uint32_t entry_count;
} bench_proof;

/* All of a state of so many keys of 32 bytes, hashes, with values of 20 bytes (below 32: inline in either version). */
bench_proof bench_proof_of(uint32_t keys);
/* Loads it and reads every key: how many were there. */
uint32_t bench_proof_read(mote_context *context, const bench_proof *proof);
/* Only hashes its entries: how many there are. */
uint32_t bench_proof_hash(mote_context *context, const bench_proof *proof);

/* --- warp proofs --- */
/* Fragments that hand over to the same voters again, each signed by just enough of them. */
typedef struct bench_warp {
    mote_authority_set set;
    mote_bytes list; /* SCALE */
    mote_bytes fragments;
    size_t *ends; /* of each fragment */
    uint32_t count;
    uint32_t signatures; /* of each */
} bench_warp;

bench_warp bench_warp_of(uint32_t fragments, uint32_t voters);
/* The first `fragments`, in proofs as large as nodes make them: how many were verified. */
uint32_t bench_warp_follow(mote_context *context, const bench_warp *warp, uint32_t fragments);

/* --- parachains --- */
/* A relay chain's state with a hundred parachains between other things, and a proof of the heads of the first `count`. */
typedef struct bench_paras {
    mote_bytes scale;
    mote_finalized_header relay;
    uint32_t count;
} bench_paras;

bench_paras bench_paras_of(uint32_t count);
/* Loads the proof under the final relay header and reads every head: how many headers. */
uint32_t bench_paras_read(mote_context *context, const bench_paras *paras);

#endif
