/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of multiples of points. Of the signature modules only. */
#ifndef MOTE_CURVE25519_MULTISCALAR_H
#define MOTE_CURVE25519_MULTISCALAR_H

#include "curve_names.h"

#include <stddef.h>

#include "mote/context.h"
#include "point.h"

/* a A + b B for canonical scalars, on the stack: for one signature. */
void point_multiply_two(point *out, const point *A, const uint8_t a[32], const point *B,
                        const uint8_t b[32]);
/* a A + b B for the base point B: faster, with a table of 8 KiB that only its users link. */
void point_multiply_and_base(point *out, const point *A, const uint8_t a[32], const uint8_t b[32]);
#define BASE_ODD_MULTIPLES 64
extern const affine_point affine_point_base_odd[BASE_ODD_MULTIPLES]; /* B, 3B, ... 127B */

#define MULTISCALAR_WORDS 8

/* A term of a long sum: scalar times point. The digits are the scalar's, in balanced form (multiscalar.c). */
typedef struct multiscalar_term {
    const affine_point *point;
    uint32_t digits[MULTISCALAR_WORDS + 1];
} multiscalar_term;

/* How scalars are cut: the bits that all have into `low` windows, those that only long ones have into `high`. */
typedef struct multiscalar_layout {
    unsigned low, high;
} multiscalar_layout;

/* Four numbers as a back end with vectors keeps points (lanes.h): side by side, limb by limb, or one after the other. */
typedef union lane_row {
    uint64_t limb[5][4];
    field number[4];
} lane_row;

typedef struct multiscalar {
    mote_backend backend;
    multiscalar_term *term;
    size_t count;
    size_t short_count; /* terms [0, short_count) have scalars below 2^128, the rest below l */
    multiscalar_layout layout;
    uint32_t balance[MULTISCALAR_WORDS]; /* what makes digits of long scalars balanced */
    point *bucket;                       /* as many as the widest window needs */
    uint8_t *occupied;                   /* one a bucket */
    lane_row *row;                       /* with vectors: one a term */
    lane_row *row_bucket;                /* with vectors: buckets, and one more, of each window */
} multiscalar;

/* Memory from the context for sums of at most that many terms, by the context's back end; false where it does not
 * fit. */
bool multiscalar_new(mote_context *context, multiscalar *out, size_t short_terms,
                     size_t long_terms);
size_t multiscalar_memory(size_t short_terms, size_t long_terms);
/* Starts a sum of exactly that many terms, the short ones to be added first. */
void multiscalar_begin(multiscalar *sum, size_t short_terms, size_t long_terms);
void multiscalar_add_short(multiscalar *sum, const affine_point *a, const uint8_t scalar[16]);
void multiscalar_add_long(multiscalar *sum, const affine_point *a, const uint8_t scalar[32]);
void multiscalar_finish(multiscalar *sum, point *out);

#endif
