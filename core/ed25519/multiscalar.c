/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Long sums by buckets (Pippenger 1976; Bernstein, Doumen, Lange, Oosterwijk 2012). The scalars are cut into digits of
 * `width` bits; for each digit position, from the top, every point goes into the bucket of its digit's size, added or
 * subtracted by its sign, and the sum of b * bucket[b] comes from one pass of running sums.
 *
 * Digits are balanced, from -2^(width-1) to 2^(width-1) - 1: 2^(width-1) is added at every position beforehand and taken
 * away from each digit when it is read. No carries, and half as many buckets.
 */
#include "multiscalar.h"

#include <string.h>

#define SHORT_BITS 128u
#define LONG_BITS 253u
#define MIN_WIDTH 3u
#define MAX_WIDTH 11u

/* Enough positions that a scalar of `bits` bits is below a quarter of their range, which balanced digits reach. */
static unsigned positions(unsigned bits, unsigned width) {
    return (bits + 1) / width + 1;
}

/* Additions it would take: each term once per position; and per position two for every bucket, dearer by a third
 * because neither side is affine. */
static size_t cost(size_t short_terms, size_t long_terms, unsigned width) {
    size_t terms =
        short_terms * positions(SHORT_BITS, width) + long_terms * positions(LONG_BITS, width);
    return terms + ((size_t)1 << (width - 1)) * positions(LONG_BITS, width) * 8 / 3;
}

static unsigned best_width(size_t short_terms, size_t long_terms) {
    unsigned best = MIN_WIDTH;
    for (unsigned width = MIN_WIDTH + 1; width <= MAX_WIDTH; width++) {
        if (cost(short_terms, long_terms, width) < cost(short_terms, long_terms, best))
            best = width;
    }
    return best;
}

bool multiscalar_new(mote_context *context, multiscalar *out, size_t short_terms,
                     size_t long_terms) {
    memset(out, 0, sizeof *out);
    out->max_width = best_width(short_terms, long_terms);
    size_t buckets = (size_t)1 << (out->max_width - 1);
    out->term = mote_context_take(context, short_terms + long_terms, sizeof *out->term);
    out->bucket = mote_context_take(context, buckets, sizeof *out->bucket);
    out->occupied = mote_context_take(context, buckets, sizeof *out->occupied);
    return out->term != NULL && out->bucket != NULL && out->occupied != NULL;
}

size_t multiscalar_memory(size_t short_terms, size_t long_terms) {
    size_t buckets = (size_t)1 << (best_width(short_terms, long_terms) - 1);
    return (short_terms + long_terms) * sizeof(multiscalar_term) + buckets * (sizeof(point) + 1) +
           128;
}

void multiscalar_begin(multiscalar *sum, size_t short_terms, size_t long_terms) {
    unsigned width = best_width(short_terms, long_terms);
    sum->width = width < sum->max_width ? width : sum->max_width;
    sum->count = 0;
    sum->short_count = short_terms;
}

/* --- digits ------------------------------------------------------------------------------------------------ */

static void add_bit(uint32_t word[10], unsigned bit) {
    uint64_t carry = UINT64_C(1) << (bit % 32);
    for (unsigned i = bit / 32; i < 10 && carry != 0; i++) {
        carry += word[i];
        word[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void add_term(multiscalar *sum, const affine_point *a, const uint8_t *scalar, size_t size,
                     unsigned bits) {
    multiscalar_term *term = &sum->term[sum->count++];
    memset(term, 0, sizeof *term);
    term->point = a;
    for (size_t i = 0; i < size; i++) term->digits[i / 4] |= (uint32_t)scalar[i] << (8 * (i % 4));
    unsigned count = positions(bits, sum->width);
    for (unsigned i = 0; i < count; i++) add_bit(term->digits, i * sum->width + sum->width - 1);
}

void multiscalar_add_short(multiscalar *sum, const affine_point *a, const uint8_t scalar[16]) {
    add_term(sum, a, scalar, 16, SHORT_BITS);
}

void multiscalar_add_long(multiscalar *sum, const affine_point *a, const uint8_t scalar[32]) {
    add_term(sum, a, scalar, 32, LONG_BITS);
}

static int32_t digit_at(const multiscalar_term *term, unsigned position, unsigned width) {
    unsigned from = position * width;
    uint64_t window = term->digits[from / 32] | (uint64_t)term->digits[from / 32 + 1] << 32;
    uint32_t digit = (uint32_t)(window >> (from % 32)) & ((UINT32_C(1) << width) - 1);
    return (int32_t)digit - (int32_t)(UINT32_C(1) << (width - 1));
}

/* --- buckets ----------------------------------------------------------------------------------------------- */

static void put_first(point *bucket, const affine_point *a, bool negative) {
    if (!negative) {
        point_from_affine(bucket, a);
        return;
    }
    affine_point negated = {a->y_minus_x, a->y_plus_x, a->xy2d};
    field_negate(&negated.xy2d, &a->xy2d);
    point_from_affine(bucket, &negated);
}

static void put(multiscalar *sum, const affine_point *a, int32_t digit) {
    if (digit == 0) return;
    size_t index = (size_t)(digit < 0 ? -digit : digit) - 1;
    point *bucket = &sum->bucket[index];
    if (!sum->occupied[index]) {
        put_first(bucket, a, digit < 0);
        sum->occupied[index] = 1;
    } else if (digit < 0) {
        point_subtract_affine(bucket, bucket, a);
    } else {
        point_add_affine(bucket, bucket, a);
    }
}

/* total += sum over b of (b + 1) bucket[b], by running sums from the top. */
static void add_buckets(const multiscalar *sum, point *total) {
    addend step;
    point running, gathered;
    bool any = false;
    for (size_t b = (size_t)1 << (sum->width - 1); b > 0; b--) {
        if (sum->occupied[b - 1] && !any) {
            running = sum->bucket[b - 1];
            gathered = running;
            any = true;
            continue;
        }
        if (sum->occupied[b - 1]) {
            point_to_addend(&step, &sum->bucket[b - 1]);
            point_add(&running, &running, &step);
        }
        if (!any) continue;
        point_to_addend(&step, &running);
        point_add(&gathered, &gathered, &step);
    }
    if (!any) return;
    point_to_addend(&step, &gathered);
    point_add(total, total, &step);
}

void multiscalar_finish(multiscalar *sum, point *out) {
    unsigned short_positions = positions(SHORT_BITS, sum->width);
    point_set_identity(out);
    for (unsigned i = positions(LONG_BITS, sum->width); i > 0; i--) {
        point_double_times(out, out, sum->width);
        memset(sum->occupied, 0, (size_t)1 << (sum->width - 1));
        for (size_t j = i > short_positions ? sum->short_count : 0; j < sum->count; j++) {
            put(sum, sum->term[j].point, digit_at(&sum->term[j], i - 1, sum->width));
        }
        add_buckets(sum, out);
    }
}
