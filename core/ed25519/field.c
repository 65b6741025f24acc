/* SPDX-License-Identifier: Apache-2.0 */
#include "field.h"

#include <string.h>

/* Computed from their definitions modulo 2^255 - 19, little-endian. */
const uint8_t field_d[32] = {0xa3, 0x78, 0x59, 0x13, 0xca, 0x4d, 0xeb, 0x75, 0xab, 0xd8, 0x41,
                             0x41, 0x4d, 0x0a, 0x70, 0x00, 0x98, 0xe8, 0x79, 0x77, 0x79, 0x40,
                             0xc7, 0x8c, 0x73, 0xfe, 0x6f, 0x2b, 0xee, 0x6c, 0x03, 0x52};
const uint8_t field_d2[32] = {0x59, 0xf1, 0xb2, 0x26, 0x94, 0x9b, 0xd6, 0xeb, 0x56, 0xb1, 0x83,
                              0x82, 0x9a, 0x14, 0xe0, 0x00, 0x30, 0xd1, 0xf3, 0xee, 0xf2, 0x80,
                              0x8e, 0x19, 0xe7, 0xfc, 0xdf, 0x56, 0xdc, 0xd9, 0x06, 0x24};
const uint8_t field_inverse_d[32] = {
    0x43, 0xf8, 0xc9, 0xcd, 0x76, 0xf2, 0xe0, 0x25, 0x2e, 0x54, 0x79, 0x42, 0x98, 0xd6, 0x5d, 0x0b,
    0x66, 0xcf, 0xb9, 0xcd, 0x14, 0x21, 0x16, 0x2b, 0x43, 0xce, 0xd5, 0x14, 0xd2, 0x7e, 0x90, 0x40};
const uint8_t field_sqrt_m1[32] = {0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4, 0x78, 0xe4, 0x2f,
                                   0xad, 0x06, 0x18, 0x43, 0x2f, 0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00,
                                   0x4d, 0x2b, 0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b};

bool field_is_zero(const field *a) {
    static const uint8_t zero[32] = {0};
    uint8_t bytes[32];
    field_to_bytes(bytes, a);
    return memcmp(bytes, zero, sizeof zero) == 0;
}

bool field_equal(const field *a, const field *b) {
    uint8_t left[32], right[32];
    field_to_bytes(left, a);
    field_to_bytes(right, b);
    return memcmp(left, right, sizeof left) == 0;
}

bool field_is_odd(const field *a) {
    uint8_t bytes[32];
    field_to_bytes(bytes, a);
    return (bytes[0] & 1) != 0;
}

void field_negate(field *out, const field *a) {
    field zero;
    field_set(&zero, 0);
    field_subtract(out, &zero, a);
}

static void square_times(field *out, const field *a, unsigned times) {
    field_square(out, a);
    for (unsigned i = 1; i < times; i++) field_square(out, out);
}

/* The exponent is 2^252 - 3: runs of ones are doubled in length (x^(2^n - 1)) until 250 of them stand, then 01. */
void field_power_p58(field *out, const field *a) {
    field run2, run5, run10, run20, run50, run100, t;
    field_square(&t, a);
    field_multiply(&run2, &t, a); /* 2^2 - 1 */
    square_times(&t, &run2, 1);
    field_multiply(&t, &t, a); /* 2^3 - 1 */
    square_times(&run5, &t, 2);
    field_multiply(&run5, &run5, &run2); /* 2^5 - 1 */
    square_times(&run10, &run5, 5);
    field_multiply(&run10, &run10, &run5); /* 2^10 - 1 */
    square_times(&run20, &run10, 10);
    field_multiply(&run20, &run20, &run10); /* 2^20 - 1 */
    square_times(&t, &run20, 20);
    field_multiply(&t, &t, &run20); /* 2^40 - 1 */
    square_times(&run50, &t, 10);
    field_multiply(&run50, &run50, &run10); /* 2^50 - 1 */
    square_times(&run100, &run50, 50);
    field_multiply(&run100, &run100, &run50);
    square_times(&t, &run100, 100);
    field_multiply(&t, &t, &run100); /* 2^200 - 1 */
    square_times(&t, &t, 50);
    field_multiply(&t, &t, &run50); /* 2^250 - 1 */
    square_times(&t, &t, 2);
    field_multiply(out, &t, a); /* 2^252 - 3 */
}
