/* SPDX-License-Identifier: Apache-2.0 */
#include "babe_recorded.h"

mote_babe_score babe_score_of_decimal(const char *digits) {
    uint32_t limb[5] = {0};
    for (; *digits != '\0'; digits++) {
        uint64_t carry = (uint64_t)(*digits - '0');
        for (size_t i = 0; i < 5; i++) {
            carry += (uint64_t)limb[i] * 10;
            limb[i] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    assert_int_equal(limb[4], 0);
    return (mote_babe_score){(uint64_t)limb[3] << 32 | limb[2], (uint64_t)limb[1] << 32 | limb[0]};
}

double babe_score_as_double(mote_babe_score score) {
    return (double)score.high * 18446744073709551616.0 + (double)score.low;
}

static const char *text(const json_t *line, const char *name) {
    const char *value = json_string_value(json_object_get(line, name));
    assert_non_null(value);
    return value;
}

static uint64_t number(const json_t *line, const char *name) {
    const json_t *value = json_object_get(line, name);
    assert_true(json_is_integer(value));
    return (uint64_t)json_integer_value(value);
}

static mote_babe_claim claim_of(const char *name) {
    for (unsigned claim = 1; claim <= 3; claim++) {
        if (strcmp(mote_babe_claim_name((mote_babe_claim)claim), name) == 0) {
            return (mote_babe_claim)claim;
        }
    }
    fail_msg("no claim is called %s", name);
    return MOTE_BABE_PRIMARY;
}

static void fill_epoch(babe_recorded *out, const json_t *line) {
    mote_babe_epoch *epoch = &out->epoch;
    uint32_t count = (uint32_t)number(line, "num_authorities");
    uint8_t *items = malloc((size_t)count * MOTE_AUTHORITY_ITEM_SIZE);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *item = items + (size_t)i * MOTE_AUTHORITY_ITEM_SIZE;
        memset(item, 1, MOTE_AUTHORITY_ITEM_SIZE);
        memset(item + 33, 0, 7); /* weight 1 */
        if (i == out->authority_index) memcpy(item, out->authority, 32);
    }
    epoch->index = number(line, "epoch_index");
    epoch->start_slot = number(line, "epoch_start_slot");
    epoch->duration = number(line, "epoch_duration");
    epoch->authorities = (mote_authority_list){items, count};
    mote_hash randomness = fixture_hash(text(line, "epoch_randomness"));
    memcpy(epoch->randomness, randomness.bytes, sizeof epoch->randomness);
    const json_t *c = json_object_get(line, "c");
    epoch->c_numerator = (uint64_t)json_integer_value(json_array_get(c, 0));
    epoch->c_denominator = (uint64_t)json_integer_value(json_array_get(c, 1));
    epoch->allowed_slots = (uint8_t)number(line, "allowed_slots");
}

typedef struct gathered {
    babe_recorded *items;
    size_t count;
} gathered;

static void gather(json_t *line, void *user) {
    gathered *into = user;
    assert_true(into->count < BABE_RECORDED);
    babe_recorded *out = &into->items[into->count++];
    out->header = fixture_hex(text(line, "header"));
    out->hash = fixture_hash(text(line, "hash"));
    out->pre_hash = fixture_hash(text(line, "pre_seal_hash"));
    out->claim = claim_of(text(line, "kind"));
    out->slot = number(line, "slot");
    out->authority_index = (uint32_t)number(line, "authority_index");
    mote_hash key = fixture_hash(text(line, "authority"));
    memcpy(out->authority, key.bytes, 32);
    fill_epoch(out, line);
    out->has_score = json_object_get(line, "primary_vrf_value_u128") != NULL;
    if (!out->has_score) return;
    out->score = babe_score_of_decimal(text(line, "primary_vrf_value_u128"));
    out->threshold =
        babe_score_as_double(babe_score_of_decimal(text(line, "primary_threshold_approx_u128")));
}

const babe_recorded *babe_recorded_all(void) {
    static gathered all;
    if (all.items != NULL) return all.items;
    all.items = calloc(BABE_RECORDED, sizeof *all.items);
    fixture_json_lines("headers/babe-verification-vectors.jsonl", gather, &all);
    assert_int_equal(all.count, BABE_RECORDED);
    return all.items;
}
