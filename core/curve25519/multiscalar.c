/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Long sums by buckets (Pippenger 1976; Bernstein, Doumen, Lange, Oosterwijk 2012). The scalars are cut into windows of
 * a few bits; for each window, from the top, every point goes into the bucket of its digit's size, added or subtracted
 * by its sign, and the sum of b * bucket[b] comes from one pass of running sums.
 *
 * Digits are balanced, from -2^(w-1) to 2^(w-1) - 1 in a window of w bits: 2^(w-1) is added at every window beforehand
 * and taken away from each digit when it is read. No carries between windows, and half as many buckets. Windows of w >= 2
 * bits that cover n bits in all reach every scalar below 2^(n-2), and that is what is covered.
 */
#include "multiscalar.h"

#include <string.h>

#include "lanes.h"

#define SHORT_BITS 130u /* scalars below 2^128 */
#define LONG_BITS 254u  /* scalars below l < 2^252 + 2^125; those reach 2^253 - 2^(253-w) */
#define MIN_WIDTH 3u
#define MAX_WIDTH 12u

/* In multiplications: adding an affine point to a bucket; and what a bucket costs until it is summed up: two additions
 * and a conversion, less what its first point is cheaper. With vectors no first is cheaper; where a point is a row four of
 * them are one. */
typedef struct costs {
    unsigned term, bucket;
    unsigned at_once; /* windows that are worked on together: they come in as many */
} costs;

static costs costs_of(mote_backend backend) {
    const unsigned windows = lanes_windows(backend);
    if (windows == 0) return (costs){7, 11, 1};
    return backend == MOTE_BACKEND_SIMD128 ? (costs){7, 18, windows} : (costs){2, 5, windows};
}

/* --- windows ---------------------------------------------------------------------------------- */

typedef struct window {
    unsigned from, width;
} window;

/* Window i of `bits` bits cut into `count` as evenly as it goes. */
static window cut(unsigned i, unsigned bits, unsigned count) {
    unsigned from = i * bits / count;
    return (window){from, (i + 1) * bits / count - from};
}

static window window_at(multiscalar_layout layout, unsigned i) {
    if (i < layout.low) return cut(i, SHORT_BITS, layout.low);
    window high = cut(i - layout.low, LONG_BITS - SHORT_BITS, layout.high);
    high.from += SHORT_BITS;
    return high;
}

static size_t buckets_of(unsigned width) {
    return (size_t)1 << (width - 1);
}

/* What `count` windows cost: bits % count of them are a bit wider than the others. */
static size_t cost_of(costs each, size_t terms, unsigned bits, unsigned count) {
    unsigned narrow = bits / count, wider = bits % count;
    size_t buckets = (count - wider) * buckets_of(narrow) + wider * buckets_of(narrow + 1);
    return count * terms * each.term + buckets * each.bucket;
}

/* The number of windows that costs least. More terms never make them narrower. */
static unsigned best_count(costs each, size_t terms, unsigned bits) {
    unsigned count = (bits + MAX_WIDTH - 1) / MAX_WIDTH;
    count += count % each.at_once;
    unsigned best = count;
    size_t least = cost_of(each, terms, bits, best);
    for (count += each.at_once; count <= bits / MIN_WIDTH; count += each.at_once) {
        size_t cost = cost_of(each, terms, bits, count);
        if (cost < least) {
            least = cost;
            best = count;
        }
    }
    return best;
}

static multiscalar_layout best_layout(mote_backend backend, size_t short_terms, size_t long_terms) {
    const costs each = costs_of(backend);
    return (multiscalar_layout){best_count(each, short_terms + long_terms, SHORT_BITS),
                                best_count(each, long_terms, LONG_BITS - SHORT_BITS)};
}

static size_t widest_buckets(unsigned bits, unsigned count) {
    return buckets_of((bits + count - 1) / count);
}

/* Of all back ends, so that what memory it takes is not a matter of the machine. */
static size_t most_buckets(size_t short_terms, size_t long_terms) {
    size_t most = 0;
    for (mote_backend backend = MOTE_BACKEND_PORTABLE; backend < MOTE_BACKENDS; backend++) {
        const multiscalar_layout layout = best_layout(backend, short_terms, long_terms);
        const size_t low = widest_buckets(SHORT_BITS, layout.low);
        const size_t high = widest_buckets(LONG_BITS - SHORT_BITS, layout.high);
        if (low > most) most = low;
        if (high > most) most = high;
    }
    return most;
}

/* --- terms ------------------------------------------------------------------------------------ */

#ifdef LANES_ANY
static size_t rows_for(size_t terms, size_t buckets) {
    return terms + MOST_WINDOWS * (buckets + 1) + 1;
}

/* The first one begins where a vector may. */
static bool take_rows(mote_context *context, multiscalar *out, size_t terms, size_t buckets) {
    uint8_t *memory = mote_context_take(context, rows_for(terms, buckets), sizeof(lane_row));
    if (memory == NULL) return false;
    out->row = (lane_row *)(void *)(memory + (32 - (uintptr_t)memory % 32) % 32);
    out->row_bucket = out->row + terms;
    return true;
}
#else
static size_t rows_for(size_t terms, size_t buckets) {
    (void)terms, (void)buckets;
    return 0;
}

static bool take_rows(mote_context *context, multiscalar *out, size_t terms, size_t buckets) {
    (void)context, (void)out, (void)terms, (void)buckets;
    return true;
}
#endif

bool multiscalar_new(mote_context *context, multiscalar *out, size_t short_terms,
                     size_t long_terms) {
    const size_t terms = short_terms + long_terms, buckets = most_buckets(short_terms, long_terms);
    memset(out, 0, sizeof *out);
    out->backend = mote_backend_chosen(context->backend);
    out->term = mote_context_take(context, terms, sizeof *out->term);
    out->bucket = mote_context_take(context, buckets, sizeof *out->bucket);
    out->occupied = mote_context_take(context, buckets, sizeof *out->occupied);
    return out->term != NULL && out->bucket != NULL && out->occupied != NULL &&
           take_rows(context, out, terms, buckets);
}

size_t multiscalar_memory(size_t short_terms, size_t long_terms) {
    const size_t terms = short_terms + long_terms, buckets = most_buckets(short_terms, long_terms);
    return terms * sizeof(multiscalar_term) + buckets * (sizeof(point) + 1) +
           rows_for(terms, buckets) * sizeof(lane_row) + 80;
}

static void set_balance(multiscalar *sum) {
    memset(sum->balance, 0, sizeof sum->balance);
    for (unsigned i = 0; i < sum->layout.low + sum->layout.high; i++) {
        window w = window_at(sum->layout, i);
        unsigned bit = w.from + w.width - 1;
        sum->balance[bit / 32] |= UINT32_C(1) << (bit % 32);
    }
}

void multiscalar_begin(multiscalar *sum, size_t short_terms, size_t long_terms) {
    sum->layout = best_layout(sum->backend, short_terms, long_terms);
    sum->count = 0;
    sum->short_count = short_terms;
    set_balance(sum);
}

/* Balance at windows that a short scalar does not have does no harm: they are not read. */
static void add_term(multiscalar *sum, const affine_point *a, const uint8_t *scalar,
                     unsigned words) {
    multiscalar_term *term = &sum->term[sum->count];
    uint64_t carry = 0;
#ifdef LANES_ANY
    lanes_row(sum->backend, &sum->row[sum->count], a);
#endif
    sum->count++;
    term->point = a;
    for (unsigned i = 0; i < MULTISCALAR_WORDS; i++) {
        carry += sum->balance[i];
        for (unsigned b = 0; i < words && b < 4; b++) {
            carry += (uint64_t)scalar[4 * i + b] << (8 * b);
        }
        term->digits[i] = (uint32_t)carry;
        carry >>= 32;
    }
    term->digits[MULTISCALAR_WORDS] = 0;
}

void multiscalar_add_short(multiscalar *sum, const affine_point *a, const uint8_t scalar[16]) {
    add_term(sum, a, scalar, 4);
}

void multiscalar_add_long(multiscalar *sum, const affine_point *a, const uint8_t scalar[32]) {
    add_term(sum, a, scalar, 8);
}

static int32_t digit_at(const multiscalar_term *term, window w) {
    const uint32_t *words = &term->digits[w.from / 32];
    uint64_t bits = words[0] | (uint64_t)words[1] << 32;
    uint32_t digit = (uint32_t)(bits >> (w.from % 32)) & ((UINT32_C(1) << w.width) - 1);
    return (int32_t)digit - (int32_t)(UINT32_C(1) << (w.width - 1));
}

/* --- buckets ---------------------------------------------------------------------------------- */

static void put(multiscalar *sum, const affine_point *a, int32_t digit) {
    if (digit == 0) return;
    size_t index = (size_t)(digit < 0 ? -digit : digit) - 1;
    point *bucket = &sum->bucket[index];
    if (!sum->occupied[index]) {
        point_from_affine(bucket, a, digit < 0);
        sum->occupied[index] = 1;
    } else if (digit < 0) {
        point_subtract_affine(bucket, bucket, a);
    } else {
        point_add_affine(bucket, bucket, a);
    }
}

/* total += sum over b of (b + 1) bucket[b]: each bucket joins a running sum, from the top, and that is gathered once for
 * every step down. `running` is kept ready to be added, to the next bucket and to what is gathered. */
static void add_buckets(const multiscalar *sum, point *total, size_t buckets) {
    point gathered;
    addend running;
    while (buckets > 0 && !sum->occupied[buckets - 1]) buckets--;
    if (buckets == 0) return;
    gathered = sum->bucket[buckets - 1];
    point_to_addend(&running, &gathered);
    for (size_t b = buckets - 1; b > 0; b--) {
        if (sum->occupied[b - 1]) {
            point next;
            point_add(&next, &sum->bucket[b - 1], &running);
            point_to_addend(&running, &next);
        }
        point_add(&gathered, &gathered, &running);
    }
    point_to_addend(&running, &gathered);
    point_add(total, total, &running);
}

static void finish_one_by_one(multiscalar *sum, point *out) {
    for (unsigned i = sum->layout.low + sum->layout.high; i > 0; i--) {
        window w = window_at(sum->layout, i - 1);
        if (i < sum->layout.low + sum->layout.high) point_double_times(out, out, w.width);
        memset(sum->occupied, 0, buckets_of(w.width));
        for (size_t j = i > sum->layout.low ? sum->short_count : 0; j < sum->count; j++) {
            put(sum, sum->term[j].point, digit_at(&sum->term[j], w));
        }
        add_buckets(sum, out, buckets_of(w.width));
    }
}

/* --- buckets of several windows, with vectors ---------------------------------------------------------------- */

#ifdef LANES_ANY
/* X, Y, T, Z of nothing */
static void clear_rows(mote_backend backend, lane_row *row, size_t count) {
    const lane_row side_by_side = {.limb = {{0, 1, 0, 1}}};
    const lane_row one_by_one = {.number = {{{0}}, {{1}}, {{0}}, {{1}}}};
    const bool apart = backend == MOTE_BACKEND_SIMD128;
    for (size_t i = 0; i < count; i++) row[i] = apart ? one_by_one : side_by_side;
}

static void put_rows(const multiscalar *sum, lane_row *const bucket[MOST_WINDOWS],
                     const window w[MOST_WINDOWS], size_t from) {
    const unsigned windows = lanes_windows(sum->backend);
    while (from < sum->count) {
        digit_block block;
        block.count = sum->count - from < DIGITS_AT_ONCE ? sum->count - from : DIGITS_AT_ONCE;
        for (unsigned i = 0; i < windows; i++) {
            for (size_t j = 0; j < block.count; j++) {
                block.digit[i][j] = (int16_t)digit_at(&sum->term[from + j], w[i]);
            }
        }
        lanes_put(sum->backend, bucket, &sum->row[from], &block);
        from += block.count;
    }
}

/* out = out times the window's range + what the window adds up to */
static void append_window(point *out, unsigned width, const point *window_sum) {
    addend step;
    point_double_times(out, out, width);
    point_to_addend(&step, window_sum);
    point_add(out, out, &step);
}

static void finish_in_lanes(multiscalar *sum, point *out) {
    const unsigned windows = lanes_windows(sum->backend);
    for (unsigned i = sum->layout.low + sum->layout.high; i > 0; i -= windows) {
        window w[MOST_WINDOWS];
        lane_row *bucket[MOST_WINDOWS];
        point part[MOST_WINDOWS];
        size_t buckets = 0;
        for (unsigned k = 0; k < windows; k++) {
            w[k] = window_at(sum->layout, i - 1 - k);
            if (buckets_of(w[k].width) > buckets) buckets = buckets_of(w[k].width);
        }
        for (unsigned k = 0; k < windows; k++) bucket[k] = sum->row_bucket + k * (buckets + 1);
        clear_rows(sum->backend, sum->row_bucket, windows * (buckets + 1));
        put_rows(sum, bucket, w, i > sum->layout.low ? sum->short_count : 0);
        lanes_sum(sum->backend, part, bucket, buckets);
        for (unsigned k = 0; k < windows; k++) append_window(out, w[k].width, &part[k]);
    }
}
#endif

void multiscalar_finish(multiscalar *sum, point *out) {
    point_set_identity(out);
#ifdef LANES_ANY
    if (lanes_windows(sum->backend) != 0) {
        finish_in_lanes(sum, out);
        return;
    }
#endif
    finish_one_by_one(sum, out);
}
