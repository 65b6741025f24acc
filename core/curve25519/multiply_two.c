/* SPDX-License-Identifier: Apache-2.0 */
/*
 * a A + b B with shared doublings (Straus 1964) and digits in non-adjacent form of width w: odd, below 2^(w-1), with at
 * least w - 1 zeros between them.
 */
#include "multiscalar.h"

#include <string.h>

#define NAF_SIZE 257
#define WIDTH 5u
#define ODD_MULTIPLES 8u /* 1, 3, ... 15 */
#define BASE_WIDTH 8u

static uint64_t load_u64(const uint8_t bytes[8]) {
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++) word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

/* Takes, at each set bit, the next bits as one signed digit; what was rounded up is carried on. */
static void non_adjacent_form(int8_t naf[NAF_SIZE], const uint8_t scalar[32], unsigned width) {
    uint64_t word[5] = {0};
    unsigned carry = 0;
    for (unsigned i = 0; i < 4; i++) word[i] = load_u64(scalar + 8 * i);
    memset(naf, 0, NAF_SIZE);
    for (unsigned i = 0; i < NAF_SIZE;) {
        uint64_t bits = word[i / 64] >> (i % 64);
        if (i % 64 > 64 - width && i / 64 < 4) bits |= word[i / 64 + 1] << (64 - i % 64);
        const unsigned window = carry + ((unsigned)bits & ((1u << width) - 1));
        if (window % 2 == 0) {
            i++;
            continue;
        }
        carry = window >> (width - 1);
        naf[i] = (int8_t)((int)window - (int)(carry << width));
        i += width;
    }
}

static void odd_multiples(addend table[ODD_MULTIPLES], const point *a) {
    point p = *a, twice;
    addend step;
    point_double_times(&twice, &p, 1);
    point_to_addend(&step, &twice);
    for (unsigned i = 0; i < ODD_MULTIPLES; i++) {
        point_to_addend(&table[i], &p);
        if (i + 1 < ODD_MULTIPLES) point_add(&p, &p, &step);
    }
}

static void add_digit(point *out, const addend table[ODD_MULTIPLES], int8_t digit) {
    if (digit > 0) point_add(out, out, &table[digit / 2]);
    if (digit < 0) point_subtract(out, out, &table[-digit / 2]);
}

static void add_affine_digit(point *out, const affine_point *table, int8_t digit) {
    if (digit > 0) point_add_affine(out, out, &table[digit / 2]);
    if (digit < 0) point_subtract_affine(out, out, &table[-digit / 2]);
}

/* What the second scalar's digits count is in either of the two tables, and the other is NULL. (The base point's table is
 * not named here: who does not use it shall not link it.) */
static void add_up(point *out, const int8_t *naf_a, const addend *table_a, const int8_t *naf_b,
                   const addend *table_b, const affine_point *affine_table_b) {
    unsigned doublings = 0, top = NAF_SIZE;
    point_set_identity(out);
    while (top > 0 && naf_a[top - 1] == 0 && naf_b[top - 1] == 0) top--;
    for (unsigned i = top; i > 0; i--) {
        const int8_t a = naf_a[i - 1], b = naf_b[i - 1];
        if (a != 0 || b != 0) {
            if (doublings != 0) point_double_times(out, out, doublings);
            doublings = 0;
            add_digit(out, table_a, a);
            if (table_b != NULL) {
                add_digit(out, table_b, b);
            } else {
                add_affine_digit(out, affine_table_b, b);
            }
        }
        doublings++;
    }
    if (doublings > 1) point_double_times(out, out, doublings - 1);
}

void point_multiply_two(point *out, const point *A, const uint8_t a[32], const point *B,
                        const uint8_t b[32]) {
    int8_t naf_a[NAF_SIZE], naf_b[NAF_SIZE];
    addend table_a[ODD_MULTIPLES], table_b[ODD_MULTIPLES];
    non_adjacent_form(naf_a, a, WIDTH);
    non_adjacent_form(naf_b, b, WIDTH);
    odd_multiples(table_a, A);
    odd_multiples(table_b, B);
    add_up(out, naf_a, table_a, naf_b, table_b, NULL);
}

void point_multiply_and_base(point *out, const point *A, const uint8_t a[32], const uint8_t b[32]) {
    int8_t naf_a[NAF_SIZE], naf_b[NAF_SIZE];
    addend table_a[ODD_MULTIPLES];
    non_adjacent_form(naf_a, a, WIDTH);
    non_adjacent_form(naf_b, b, BASE_WIDTH);
    odd_multiples(table_a, A);
    add_up(out, naf_a, table_a, naf_b, NULL, affine_point_base_odd);
}
