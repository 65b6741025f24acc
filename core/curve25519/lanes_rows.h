/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two loops of a long sum over an arithmetic of four lanes or more: a point takes four, X, Y, T, Z, and what is added
 * to it four as well, y - x, y + x, 2dxy, 2 (of any point: times its Z). Included after lanes_body.h, and over the
 * arithmetic's row_load, rows_load, rows_store.
 */

#define WINDOWS (LANES / 4)

#if LANES == 4
#define FOUR(a, b, c, d) ((vec){a, b, c, d})
#define PERMUTE(v, a, b, c, d) __builtin_shufflevector(v, v, a, b, c, d)
#else
#define FOUR(a, b, c, d) ((vec){a, b, c, d, a, b, c, d})
#define PERMUTE(v, a, b, c, d) __builtin_shufflevector(v, v, a, b, c, d, 4 + a, 4 + b, 4 + c, 4 + d)
#endif

#define ALL UINT64_MAX

/* Y - X, Y + X, T, Z */
static inline void turn_first(lanes *out, const lanes *p) {
    for (unsigned i = 0; i < 5; i++) {
        const vec swapped = PERMUTE(p->limb[i], 1, 0, 2, 3);
        const vec signed_x = (p->limb[i] ^ FOUR(ALL, 0, 0, 0)) & FOUR(ALL, ALL, 0, 0);
        out->limb[i] = swapped + signed_x + FOUR(2 * P_LIMB(i) + 1, 0, 0, 0);
    }
    lanes_settle(out);
}

/* B - A, B + A, D - C, D + C */
static inline void turn_both(lanes *out, const lanes *v) {
    for (unsigned i = 0; i < 5; i++) {
        const vec swapped = PERMUTE(v->limb[i], 1, 0, 3, 2);
        const vec negated = v->limb[i] ^ FOUR(ALL, 0, ALL, 0);
        out->limb[i] = swapped + negated + FOUR(2 * P_LIMB(i) + 1, 0, 2 * P_LIMB(i) + 1, 0);
    }
    lanes_settle(out);
}

/* The formulas of point_add: A, B, C, D in one product, then E, H, F, G, and the coordinates in another. */
static inline void add_row(lanes *out, const lanes *p, const lanes *addend_row) {
    lanes t, left, right;
    turn_first(&t, p);
    lanes_multiply(&t, &t, addend_row);
    turn_both(&t, &t);
    for (unsigned i = 0; i < 5; i++) {
        left.limb[i] = PERMUTE(t.limb[i], 0, 1, 0, 2);
        right.limb[i] = PERMUTE(t.limb[i], 2, 3, 1, 3);
    }
    lanes_multiply(out, &left, &right);
}

/* Ready to be added. */
static inline void addend_of(lanes *out, const lanes *p) {
    lanes factor;
    const field two = FIELD_CONSTANT(2, 0, 0, 0);
    for (unsigned i = 0; i < 5; i++) {
        const uint64_t one = i == 0;
        factor.limb[i] = FOUR(one, one, LANES_SPLIT_51(field_d2.limb[i]), two.limb[i]);
    }
    turn_first(out, p);
    lanes_multiply(out, out, &factor);
}

void LANES_NAME(row)(lane_row *out, const affine_point *a) {
    field plus = a->y_plus_x, minus = a->y_minus_x, xy2d = a->xy2d;
    field_carry(&plus);
    field_carry(&minus);
    field_carry(&xy2d);
    for (unsigned i = 0; i < 5; i++) {
        out->limb[i][0] = LANES_SPLIT_51(minus.limb[i]);
        out->limb[i][1] = LANES_SPLIT_51(plus.limb[i]);
        out->limb[i][2] = LANES_SPLIT_51(xy2d.limb[i]);
        out->limb[i][3] = i == 0 ? 2 : 0;
    }
}

void LANES_NAME(put)(lane_row *const bucket[MOST_WINDOWS], const lane_row *row,
                     const digit_block *digits) {
    for (size_t j = 0; j < digits->count; j++) {
        lane_row *at[WINDOWS];
        unsigned negative[WINDOWS];
        lanes sum, added;
        for (unsigned w = 0; w < WINDOWS; w++) {
            const int digit = digits->digit[w][j];
            negative[w] = digit < 0;
            at[w] = bucket[w] + (digit < 0 ? -digit : digit);
        }
        row_load(&added, &row[j], negative);
        rows_load(&sum, at);
        add_row(&sum, &sum, &added);
        rows_store(at, &sum);
    }
}

static void point_of_row(point *out, const lane_row *row) {
    field *coordinate[4] = {&out->X, &out->Y, &out->T, &out->Z};
    for (unsigned j = 0; j < 4; j++) {
        for (unsigned i = 0; i < 5; i++) {
            coordinate[j]->limb[i] = LANES_JOIN_51(row->limb[i][j]);
        }
        field_carry(coordinate[j]);
    }
}

/* As add_buckets in multiscalar.c: each bucket joins a running sum, from the top, and that is gathered at every step. */
void LANES_NAME(sum)(point out[MOST_WINDOWS], lane_row *const bucket[MOST_WINDOWS],
                     size_t buckets) {
    lanes gathered, running, next;
    lane_row row[WINDOWS];
    lane_row *to[WINDOWS];
    for (unsigned i = 0; i < 5; i++) {
        const uint64_t one = i == 0;
        gathered.limb[i] = FOUR(0, one, 0, one);
        running.limb[i] = FOUR(one, one, 0, 2 * one);
    }
    for (size_t b = buckets; b > 0; b--) {
        lane_row *at[WINDOWS];
        for (unsigned w = 0; w < WINDOWS; w++) at[w] = &bucket[w][b];
        rows_load(&next, at);
        add_row(&next, &next, &running);
        addend_of(&running, &next);
        add_row(&gathered, &gathered, &running);
    }
    for (unsigned w = 0; w < WINDOWS; w++) to[w] = &row[w];
    rows_store(to, &gathered);
    for (unsigned w = 0; w < WINDOWS; w++) point_of_row(&out[w], &row[w]);
}
