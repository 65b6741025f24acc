/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two loops of a long sum over an arithmetic of two lanes, a window in each: both add the same point, as it is or
 * its negative, each to a bucket of its own. A row is four numbers as there are without vectors: of a bucket X, Y, T, Z;
 * of a point to be added y - x, y + x, 2dxy, -2dxy. Included after lanes_body.h.
 *
 * In brackets are sizes (field.h); where none is said it is 1.
 */

typedef struct lanes_point {
    lanes X, Y, T, Z;
} lanes_point;

static inline void load_point(lanes_point *out, const lane_row *const at[2]) {
    load_two(&out->X, &at[0]->number[0], &at[1]->number[0]);
    load_two(&out->Y, &at[0]->number[1], &at[1]->number[1]);
    load_two(&out->T, &at[0]->number[2], &at[1]->number[2]);
    load_two(&out->Z, &at[0]->number[3], &at[1]->number[3]);
}

static inline void store_point(lane_row *const at[2], const lanes_point *p) {
    store_two(&at[0]->number[0], &at[1]->number[0], &p->X);
    store_two(&at[0]->number[1], &at[1]->number[1], &p->Y);
    store_two(&at[0]->number[2], &at[1]->number[2], &p->T);
    store_two(&at[0]->number[3], &at[1]->number[3], &p->Z);
}

/* The formulas of point_add: what is added as Y - X, Y + X [2], 2dT and, already times p's Z, 2Z [2]. */
static inline void add_point(lanes_point *out, const lanes_point *p, const lanes *minus,
                             const lanes *plus, const lanes *T2d, const lanes *D) {
    lanes A, B, C, E, F, G, H;
    lanes_subtract(&A, &p->Y, &p->X); /* [3] */
    lanes_add(&B, &p->Y, &p->X);      /* [2] */
    lanes_multiply(&A, &A, minus);
    lanes_multiply(&B, &B, plus);
    lanes_multiply(&C, &p->T, T2d);
    lanes_subtract(&E, &B, &A); /* [3] */
    lanes_add(&H, &B, &A);      /* [2] */
    lanes_subtract(&F, D, &C);
    lanes_carry(&F);
    lanes_add(&G, D, &C); /* [3] */
    lanes_multiply(&out->X, &E, &F);
    lanes_multiply(&out->Y, &G, &H);
    lanes_multiply(&out->T, &E, &H);
    lanes_multiply(&out->Z, &G, &F);
}

void LANES_NAME(row)(lane_row *out, const affine_point *a) {
    out->number[0] = a->y_minus_x;
    out->number[1] = a->y_plus_x;
    out->number[2] = a->xy2d;
    for (unsigned i = 0; i < 3; i++) field_carry(&out->number[i]);
    field_negate(&out->number[3], &out->number[2]);
}

void LANES_NAME(put)(lane_row *const bucket[MOST_WINDOWS], const lane_row *row,
                     const digit_block *digits) {
    for (size_t j = 0; j < digits->count; j++) {
        lane_row *at[2];
        const field *minus[2], *plus[2], *xy2d[2];
        lanes_point sum;
        lanes added_minus, added_plus, added_xy2d, twice_z;
        for (unsigned w = 0; w < 2; w++) {
            const int digit = digits->digit[w][j];
            const unsigned negative = digit < 0;
            at[w] = bucket[w] + (digit < 0 ? -digit : digit);
            minus[w] = &row[j].number[negative];
            plus[w] = &row[j].number[1 - negative];
            xy2d[w] = &row[j].number[2 + negative];
        }
        load_point(&sum, (const lane_row *const *)at);
        load_two(&added_minus, minus[0], minus[1]);
        load_two(&added_plus, plus[0], plus[1]);
        load_two(&added_xy2d, xy2d[0], xy2d[1]);
        lanes_add(&twice_z, &sum.Z, &sum.Z);
        add_point(&sum, &sum, &added_minus, &added_plus, &added_xy2d, &twice_z);
        store_point(at, &sum);
    }
}

/* A point ready to be added to any other. */
typedef struct lanes_addend {
    lanes minus, plus, T2d, Z2;
} lanes_addend;

static inline void addend_of(lanes_addend *out, const lanes_point *p) {
    lanes d2;
    lanes_from_field(&d2, &field_d2);
    lanes_subtract(&out->minus, &p->Y, &p->X);
    lanes_carry(&out->minus);
    lanes_add(&out->plus, &p->Y, &p->X);
    lanes_multiply(&out->T2d, &p->T, &d2);
    lanes_add(&out->Z2, &p->Z, &p->Z);
}

static LANES_APART void add_addend(lanes_point *out, const lanes_point *p, const lanes_addend *a) {
    lanes D;
    lanes_multiply(&D, &p->Z, &a->Z2);
    add_point(out, p, &a->minus, &a->plus, &a->T2d, &D);
}

/* As add_buckets in multiscalar.c: each bucket joins a running sum, from the top, and that is gathered at every step. */
void LANES_NAME(sum)(point out[MOST_WINDOWS], lane_row *const bucket[MOST_WINDOWS],
                     size_t buckets) {
    lanes_point gathered, next;
    lanes_addend running;
    load_point(&gathered, (const lane_row *const[2]){&bucket[0][buckets], &bucket[1][buckets]});
    addend_of(&running, &gathered);
    for (size_t b = buckets - 1; b > 0; b--) {
        load_point(&next, (const lane_row *const[2]){&bucket[0][b], &bucket[1][b]});
        add_addend(&next, &next, &running);
        addend_of(&running, &next);
        add_addend(&gathered, &gathered, &running);
    }
    store_two(&out[0].X, &out[1].X, &gathered.X);
    store_two(&out[0].Y, &out[1].Y, &gathered.Y);
    store_two(&out[0].T, &out[1].T, &gathered.T);
    store_two(&out[0].Z, &out[1].Z, &gathered.Z);
}
