/* SPDX-License-Identifier: Apache-2.0 */
/* Four numbers by AArch64's vectors, in two of them; limbs of one parity fit
 * one. */
#ifndef MOTE_CURVE25519_LANES_ARITHMETIC
#define MOTE_CURVE25519_LANES_ARITHMETIC

#include <arm_neon.h>
#include <stdint.h>
#include <string.h>

#define LANES 4
#define LANES_NAME(name) mote_curve25519_neon_##name
#define DECODED_VECTORS 1

typedef uint64_t vec __attribute__((vector_size(8 * LANES)));
typedef uint64x2_t part;
typedef uint32x2_t half;

static inline part part_at(const vec *a, unsigned i) {
    part out;
    memcpy(&out, (const uint8_t *)a + i * sizeof out, sizeof out);
    return out;
}

static inline void set_part(vec *out, unsigned i, part a) {
    memcpy((uint8_t *)out + i * sizeof a, &a, sizeof a);
}

static inline half even_limb(part limb) {
    return vmovn_u64(limb);
}

static inline half odd_limb(part limb) {
    return vshrn_n_u64(limb, 32);
}

static inline part product(half a, half b) {
    return vmull_u32(a, b);
}

static inline part add_product(part sum, half a, half b) {
    return vmlal_u32(sum, a, b);
}

static inline half times_small(half a, uint32_t b) {
    return vmul_n_u32(a, b);
}

#include "lanes_ten_limbs.h"

/* --- rows: one in a vector
 * ------------------------------------------------------------------------------
 */

static inline void rows_load(lanes *out, lane_row *const at[1]) {
    memcpy(out->limb, at[0]->limb, sizeof out->limb);
}

static inline void rows_store(lane_row *const at[1], const lanes *a) {
    memcpy(at[0]->limb, a->limb, sizeof a->limb);
}

/* A row as it is or its negative: y - x and y + x change places, 2dxy its sign.
 */
static inline void row_load(lanes *out, const lane_row *row, const unsigned negative[1]) {
    const vec all = (vec){0} - negative[0];
    const vec third = all & (vec){0, 0, UINT64_MAX, 0};
    lanes as_is;
    memcpy(as_is.limb, row->limb, sizeof as_is.limb);
    for (unsigned i = 0; i < 5; i++) {
        const vec v = as_is.limb[i], swapped = __builtin_shufflevector(v, v, 1, 0, 2, 3);
        const vec ordered = select_where(all, swapped, v);
        out->limb[i] = (ordered ^ third) + (third & (2 * P_LIMB(i) + 1));
    }
}

#endif
