/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With coefficients z_i,
 *     -(sum z_i S_i) B + sum z_i R_i + sum over keys A of (sum z_i k_i) A
 * is zero for true members always, and where one is false with a chance of at most 2^-128: false members differ from
 * zero by a point outside the small subgroup that the scheme takes for zero (the whole torsion for Ed25519 by ZIP-215,
 * what ristretto255 divides by for sr25519), and z_i, 128 bits, is not known before everything it is multiplied with is
 * fixed: it comes from a hash of the seed and of the whole batch. Because each member is judged modulo that subgroup
 * too, the batch and its members cannot disagree otherwise.
 */
#include "signature_batch.h"

#include <string.h>

#include "mote/hash.h"
#include "multiscalar.h"
#include "scalar.h"

/* Smaller batches are judged one by one: as fast. */
#define SMALLEST_SUM 4u
/* So are the members of a range of that many that is known to fail, rather than halving it further. */
#define LARGEST_ONE_BY_ONE 8u

/* --- collecting -------------------------------------------------------------------------------------------- */

static size_t slots_for(size_t capacity) {
    size_t slots = 2;
    while (slots < 2 * capacity) slots *= 2;
    return slots;
}

static signature_batch *refuse(mote_context *context, mote_status status) {
    (void)mote_fail(context, status, NULL, MOTE_NO_INDEX);
    return NULL;
}

signature_batch *signature_batch_new(mote_context *context, size_t size, size_t capacity,
                                     const signature_scheme *scheme) {
    if (capacity > MAX_SIGNATURE_BATCH) return refuse(context, MOTE_E_LIMIT_COUNT);
    signature_batch *batch = mote_context_take(context, 1, size);
    if (batch == NULL) return refuse(context, MOTE_E_LIMIT_MEMORY);
    batch->scheme = scheme;
    batch->capacity = capacity;
    batch->slots = slots_for(capacity);
    batch->item = mote_context_take(context, capacity, sizeof *batch->item);
    batch->key = mote_context_take(context, capacity, sizeof *batch->key);
    batch->slot = mote_context_take(context, batch->slots, sizeof *batch->slot);
    if (batch->item == NULL || batch->key == NULL || batch->slot == NULL) {
        return refuse(context, MOTE_E_LIMIT_MEMORY);
    }
    for (unsigned i = 0; i < 8; i++) batch->salt = batch->salt << 8 | context->seed[i];
    return batch;
}

void signature_batch_clear(signature_batch *batch) {
    batch->count = 0;
    batch->key_count = 0;
    memset(batch->slot, 0, batch->slots * sizeof *batch->slot);
}

static uint32_t key_index(signature_batch *batch, const uint8_t public_key[32]) {
    size_t i = (size_t)mote_xxh64((mote_bytes){public_key, 32}, batch->salt) & (batch->slots - 1);
    while (batch->slot[i] != 0) {
        uint32_t index = batch->slot[i] - 1;
        if (memcmp(batch->key[index].bytes, public_key, 32) == 0) return index;
        i = (i + 1) & (batch->slots - 1);
    }
    uint32_t index = (uint32_t)batch->key_count++;
    memcpy(batch->key[index].bytes, public_key, 32);
    batch->slot[i] = index + 1;
    return index;
}

batch_item *signature_batch_add(signature_batch *batch, const uint8_t public_key[32],
                                const uint8_t R[32], const uint8_t S[32]) {
    if (batch->count == batch->capacity) return NULL;
    batch_item *item = &batch->item[batch->count++];
    memcpy(item->R, R, sizeof item->R);
    memcpy(item->S, S, sizeof item->S);
    item->key = key_index(batch, public_key);
    item->refusal = MOTE_OK;
    return item;
}

/* --- judging ------------------------------------------------------------------------------------------------ */

/* What judging needs, all in the context. */
typedef struct judgement {
    const signature_batch *batch;
    affine_point *R;     /* one a member */
    affine_point *A;     /* one a distinct key */
    uint8_t (*z)[16];    /* one a member */
    scalar_sum *key_sum; /* one a key: sum of z_i k_i */
    uint8_t *key_used;
    multiscalar sum;
} judgement;

/* Sums are made of batches only that are large enough for them to pay. */
static bool take_memory(mote_context *context, judgement *j, const signature_batch *batch) {
    j->batch = batch;
    j->R = mote_context_take(context, batch->count, sizeof *j->R);
    j->A = mote_context_take(context, batch->key_count, sizeof *j->A);
    if (j->R == NULL || j->A == NULL) return false;
    if (batch->count < SMALLEST_SUM) return true;
    j->z = mote_context_take(context, batch->count, sizeof *j->z);
    j->key_sum = mote_context_take(context, batch->key_count, sizeof *j->key_sum);
    j->key_used = mote_context_take(context, batch->key_count, sizeof *j->key_used);
    return j->z != NULL && j->key_sum != NULL && j->key_used != NULL &&
           multiscalar_new(context, &j->sum, batch->count, batch->key_count + 1);
}

size_t signature_batch_memory(size_t size, size_t capacity) {
    if (capacity > MAX_SIGNATURE_BATCH) capacity = MAX_SIGNATURE_BATCH;
    size_t members = sizeof(batch_item) + sizeof(batch_key) + 2 * sizeof(affine_point) +
                     COEFFICIENT_SIZE + sizeof(scalar_sum) + 1;
    return size + capacity * members + slots_for(capacity) * sizeof(uint32_t) +
           multiscalar_memory(capacity, capacity + 1) + 512;
}

static void decode_keys(mote_context *context, judgement *j, signature_batch *batch) {
    decode_block block;
    for (size_t from = 0; from < batch->key_count; from += block.count) {
        const size_t left = batch->key_count - from;
        block.count = left < DECODED_AT_ONCE ? (unsigned)left : DECODED_AT_ONCE;
        for (unsigned i = 0; i < block.count; i++) {
            block.bytes[i] = batch->key[from + i].bytes;
            block.out[i] = &j->A[from + i];
        }
        batch->scheme->decode_keys(context, &block);
        for (unsigned i = 0; i < block.count; i++) batch->key[from + i].is_point = block.ok[i];
    }
}

/* Of all members; those that are refused for something else stay refused for that. */
static void decode_commitments(mote_context *context, judgement *j, signature_batch *batch) {
    decode_block block;
    for (size_t from = 0; from < batch->count; from += block.count) {
        const size_t left = batch->count - from;
        block.count = left < DECODED_AT_ONCE ? (unsigned)left : DECODED_AT_ONCE;
        for (unsigned i = 0; i < block.count; i++) {
            block.bytes[i] = batch->item[from + i].R;
            block.out[i] = &j->R[from + i];
        }
        batch->scheme->decode_commitments(context, &block);
        for (unsigned i = 0; i < block.count; i++) {
            batch_item *item = &batch->item[from + i];
            if (!batch->key[item->key].is_point) item->refusal = MOTE_E_BAD_PUBLIC_KEY;
            if (item->refusal == MOTE_OK && !block.ok[i]) {
                item->refusal = batch->scheme->bad_commitment;
            }
        }
    }
}

static bool member_holds(const judgement *j, size_t i) {
    const batch_item *item = &j->batch->item[i];
    return j->batch->scheme->holds(&j->A[item->key], &j->R[i], item->S, item->k);
}

/* Adds up z_i S_i and, per key, z_i k_i over the members of the range that were not refused. */
static void add_up_scalars(judgement *j, size_t from, size_t to, scalar_sum *base_sum,
                           size_t *members, size_t *keys) {
    const signature_batch *batch = j->batch;
    memset(base_sum, 0, sizeof *base_sum);
    memset(j->key_used, 0, batch->key_count);
    memset(j->key_sum, 0, batch->key_count * sizeof *j->key_sum);
    *members = *keys = 0;
    for (size_t i = from; i < to; i++) {
        const batch_item *item = &batch->item[i];
        if (item->refusal != MOTE_OK) continue;
        scalar_sum_add(base_sum, j->z[i], item->S);
        scalar_sum_add(&j->key_sum[item->key], j->z[i], item->k);
        *keys += !j->key_used[item->key];
        j->key_used[item->key] = 1;
        (*members)++;
    }
}

/* The equation over members [from, to) that were not refused. */
static bool range_holds(judgement *j, size_t from, size_t to) {
    const signature_batch *batch = j->batch;
    scalar_sum base_sum;
    uint8_t scalar[32];
    size_t members, keys;
    point total;
    add_up_scalars(j, from, to, &base_sum, &members, &keys);
    multiscalar_begin(&j->sum, members, keys + 1);
    for (size_t i = from; i < to; i++) {
        if (batch->item[i].refusal == MOTE_OK) multiscalar_add_short(&j->sum, &j->R[i], j->z[i]);
    }
    scalar_sum_reduce(scalar, &base_sum);
    scalar_negate(scalar, scalar);
    multiscalar_add_long(&j->sum, &affine_point_base, scalar);
    for (size_t i = 0; i < batch->key_count; i++) {
        if (!j->key_used[i]) continue;
        scalar_sum_reduce(scalar, &j->key_sum[i]);
        multiscalar_add_long(&j->sum, &j->A[i], scalar);
    }
    multiscalar_finish(&j->sum, &total);
    return batch->scheme->is_zero(&total);
}

typedef struct range {
    size_t from, to;
    bool fails; /* known to */
} range;

/* The first failing member of a range, or `to`; marks all where there is `bad`. */
static size_t find_one_by_one(const judgement *j, uint8_t *bad, range r) {
    size_t first = r.to;
    for (size_t i = r.from; i < r.to; i++) {
        if (j->batch->item[i].refusal != MOTE_OK || member_holds(j, i)) continue;
        if (first == r.to) first = i;
        if (bad == NULL) return first;
        bad[i] = 1;
    }
    return first;
}

/* Finds the failing members by halving, the first ones first; with `bad` NULL it stops at the first. Returns that, or
 * count. Where a range fails and its first half holds, the second fails: their sums, with the same coefficients, add up
 * to the whole's. At most one range a level waits, and a range has at most 2^14 members. */
static size_t find_failing(judgement *j, uint8_t *bad) {
    size_t count = j->batch->count, first = count;
    range waiting[16];
    size_t depth = 0;
    waiting[depth++] = (range){0, count, false};
    while (depth > 0) {
        range r = waiting[--depth];
        if (r.to - r.from <= LARGEST_ONE_BY_ONE && (r.fails || count < SMALLEST_SUM)) {
            size_t found = find_one_by_one(j, bad, r);
            if (found < r.to && found < first) first = found;
            if (bad == NULL && first < count) return first;
            continue;
        }
        if (!r.fails) {
            if (!range_holds(j, r.from, r.to)) waiting[depth++] = (range){r.from, r.to, true};
            continue;
        }
        size_t middle = r.from + (r.to - r.from) / 2;
        bool left_holds = range_holds(j, r.from, middle);
        waiting[depth++] = (range){middle, r.to, left_holds};
        if (!left_holds) waiting[depth++] = (range){r.from, middle, true};
    }
    return first;
}

static size_t find_refused(const signature_batch *batch, uint8_t *bad) {
    size_t first = batch->count;
    for (size_t i = batch->count; i > 0; i--) {
        if (batch->item[i - 1].refusal == MOTE_OK) continue;
        first = i - 1;
        if (bad != NULL) bad[i - 1] = 1;
    }
    return first;
}

static mote_status judge(mote_context *context, judgement *j, uint8_t *bad,
                         signature_batch *batch) {
    decode_keys(context, j, batch);
    decode_commitments(context, j, batch);
    if (j->z != NULL) draw_coefficients(j->z, context->seed, batch);
    size_t refused = find_refused(batch, bad);
    size_t failing = find_failing(j, bad);
    size_t first = refused < failing ? refused : failing;
    if (first == batch->count) return MOTE_OK;
    mote_status refusal = batch->item[first].refusal;
    return mote_fail(context, refusal != MOTE_OK ? refusal : MOTE_E_BAD_SIGNATURE, NULL,
                     (uint32_t)first);
}

mote_status signature_batch_verify(mote_context *context, uint8_t *bad, signature_batch *batch) {
    size_t mark = mote_context_mark(context);
    judgement j;
    if (bad != NULL) memset(bad, 0, batch->count);
    if (batch->count == 0) return MOTE_OK;
    memset(&j, 0, sizeof j);
    if (!take_memory(context, &j, batch)) {
        mote_context_release(context, mark);
        return mote_fail(context, MOTE_E_LIMIT_MEMORY, NULL, MOTE_NO_INDEX);
    }
    mote_status status = judge(context, &j, bad, batch);
    mote_context_release(context, mark);
    return status;
}
