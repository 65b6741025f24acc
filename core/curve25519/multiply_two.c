/* SPDX-License-Identifier: Apache-2.0 */
/*
 * a A + b B with shared doublings (Straus 1964) and digits in non-adjacent form of width 4: odd, below 8, with at least
 * three zeros between them.
 */
#include "multiscalar.h"

#include <string.h>

#define NAF_SIZE 257

static unsigned bit_of(const uint8_t scalar[32], unsigned index) {
    return index < 256 ? (unsigned)scalar[index / 8] >> (index % 8) & 1u : 0;
}

/* Takes, at each set bit, the next four bits as one signed digit; what was rounded up is carried on. */
static void non_adjacent_form(int8_t naf[NAF_SIZE], const uint8_t scalar[32]) {
    unsigned carry = 0;
    memset(naf, 0, NAF_SIZE);
    for (unsigned i = 0; i < NAF_SIZE;) {
        if (bit_of(scalar, i) == carry) {
            i++;
            continue;
        }
        unsigned window = carry;
        for (unsigned j = 0; j < 4; j++) window += bit_of(scalar, i + j) << j;
        carry = window >= 8 ? 1 : 0;
        naf[i] = (int8_t)((int)window - (carry != 0 ? 16 : 0));
        i += 4;
    }
}

/* 1, 3, 5, 7 times the point. */
static void odd_multiples(addend table[4], const affine_point *a) {
    point p, twice;
    addend step;
    point_from_affine(&p, a, false);
    point_double_times(&twice, &p, 1);
    point_to_addend(&step, &twice);
    for (unsigned i = 0; i < 4; i++) {
        point_to_addend(&table[i], &p);
        point_add(&p, &p, &step);
    }
}

static void add_digit(point *out, const addend table[4], int8_t digit) {
    if (digit > 0) point_add(out, out, &table[digit / 2]);
    if (digit < 0) point_subtract(out, out, &table[-digit / 2]);
}

void point_multiply_two(point *out, const affine_point *A, const uint8_t a[32],
                        const affine_point *B, const uint8_t b[32]) {
    int8_t naf_a[NAF_SIZE], naf_b[NAF_SIZE];
    addend table_a[4], table_b[4];
    non_adjacent_form(naf_a, a);
    non_adjacent_form(naf_b, b);
    odd_multiples(table_a, A);
    odd_multiples(table_b, B);
    point_set_identity(out);
    for (unsigned i = NAF_SIZE; i > 0; i--) {
        point_double_times(out, out, 1);
        add_digit(out, table_a, naf_a[i - 1]);
        add_digit(out, table_b, naf_b[i - 1]);
    }
}
