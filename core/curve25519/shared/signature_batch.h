/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many Schnorr signatures at once, S B = R + k A each, for schemes that differ in how they encode points and in which
 * points count as zero. Of the signature modules only.
 */
#ifndef MOTE_CURVE25519_SIGNATURE_BATCH_H
#define MOTE_CURVE25519_SIGNATURE_BATCH_H

#include "curve_names.h"

#include "mote/context.h"
#include "point.h"

typedef struct signature_scheme {
    /* Several keys, several R, by the context's back end. */
    void (*decode_keys)(mote_context *context, decode_block *block);
    void (*decode_commitments)(mote_context *context, decode_block *block);
    /* Is it in the small subgroup that the scheme takes for zero? */
    bool (*is_zero)(const point *a);
    /* The equation for one signature. */
    bool (*holds)(const affine_point *A, const affine_point *R, const uint8_t S[32],
                  const uint8_t k[32]);
    mote_status bad_commitment; /* of an R that does not decode */
} signature_scheme;

typedef struct batch_item {
    uint8_t R[32];
    uint8_t S[32];
    uint8_t k[32];
    uint32_t key;        /* index of a distinct key */
    mote_status refusal; /* why it needs no equation to fail, or MOTE_OK */
} batch_item;

typedef struct batch_key {
    uint8_t bytes[32];
    uint8_t is_point;
} batch_key;

typedef struct signature_batch {
    const signature_scheme *scheme;
    size_t capacity;
    size_t count;
    size_t key_count;
    size_t slots; /* a power of two, twice the capacity or more */
    batch_item *item;
    batch_key *key;
    uint32_t *slot; /* index of a key plus one */
    uint64_t salt;
} signature_batch;

#define MAX_SIGNATURE_BATCH 16384u

/* As the functions of these names in mote/ed25519.h and mote/sr25519.h. `size`: of the scheme's struct that begins with
 * the signature_batch; it is zeroed. */
signature_batch *signature_batch_new(mote_context *context, size_t size, size_t capacity,
                                     const signature_scheme *scheme);
void signature_batch_clear(signature_batch *batch);
mote_status signature_batch_verify(mote_context *context, uint8_t *bad, signature_batch *batch);
size_t signature_batch_memory(size_t size, size_t capacity);
/* The next member, R and S as received, for k to be filled in; NULL where the batch is full. */
batch_item *signature_batch_add(signature_batch *batch, const uint8_t public_key[32],
                                const uint8_t R[32], const uint8_t S[32]);

#define COEFFICIENT_SIZE 16u

/* One a member: bytes of BLAKE2b-512 over a digest of the seed and of every member, so that nobody knows them who
 * has not fixed the whole batch, whatever the seed. */
void draw_coefficients(uint8_t (*z)[COEFFICIENT_SIZE], const uint8_t seed[32],
                       const signature_batch *batch);

#endif
