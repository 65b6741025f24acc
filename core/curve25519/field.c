/* SPDX-License-Identifier: Apache-2.0 */
#include "field.h"

#include <string.h>

/* Computed from their definitions modulo 2^255 - 19; tests/unit/ed25519_test.c checks those. */
const field field_one = FIELD_CONSTANT(1, 0, 0, 0);
const field field_d =
    FIELD_CONSTANT(0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73);
const field field_d2 =
    FIELD_CONSTANT(0xebd69b9426b2f159, 0x00e0149a8283b156, 0x198e80f2eef3d130, 0x2406d9dc56dffce7);
const field field_inverse_d =
    FIELD_CONSTANT(0x25e0f276cdc9f843, 0x0b5dd6984279542e, 0x2b162114cdb9cf66, 0x40907ed214d5ce43);
const field field_sqrt_m1 =
    FIELD_CONSTANT(0xc4ee1b274a0ea0b0, 0x2f431806ad2fe478, 0x2b4d00993dfbd7a7, 0x2b8324804fc1df0b);

bool field_is_zero(const field *a) {
    static const uint8_t zero[32] = {0};
    uint8_t bytes[32];
    field_to_bytes(bytes, a);
    return memcmp(bytes, zero, sizeof zero) == 0;
}

bool field_is_odd(const field *a) {
    uint8_t bytes[32];
    field_to_bytes(bytes, a);
    return (bytes[0] & 1) != 0;
}

void field_negate(field *out, const field *a) {
    static const field zero = FIELD_CONSTANT(0, 0, 0, 0);
    field_subtract(out, &zero, a);
    field_carry(out);
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

/* 2^255 - 21 = 8 (2^252 - 3) + 3 */
void field_invert(field *out, const field *a) {
    field cube;
    field_square(&cube, a);
    field_multiply(&cube, &cube, a);
    field_power_p58(out, a);
    square_times(out, out, 3);
    field_multiply(out, out, &cube);
}
