/* SPDX-License-Identifier: Apache-2.0 */
/* As much of fixture.c as unit/lanes takes, and what lanes.mjs calls. */
#include "fixture.h"

#include <stdalign.h>

#include <sodium.h>

#include "ed25519_cases.h"

int test_one(int wanted, int effort);
const char *test_name(void);
const char *test_failure(void);
int test_was_skipped(void);

static int selected, wanted_effort;
static const char *name_of_selected = "", *failure = "";
static char place[128];
static bool skipped;

/* Runs that test; 0: done, 1: there is none with that number. */
int test_one(int wanted, int effort) {
    selected = wanted;
    wanted_effort = effort;
    return lanes_test_main();
}

const char *test_name(void) {
    return name_of_selected;
}

const char *test_failure(void) {
    return failure;
}

int test_was_skipped(void) {
    return skipped;
}

int test_run(const struct CMUnitTest *tests, size_t count) {
    if ((size_t)selected >= count) return 1;
    void *state = tests[selected].state;
    name_of_selected = tests[selected].name;
    tests[selected].run(&state);
    return 0;
}

_Noreturn void test_fails(const char *file, int line) {
    (void)snprintf(place, sizeof place, "%s:%d", file, line);
    failure = place;
    __builtin_trap();
}

_Noreturn void test_skips(void) {
    skipped = true;
    __builtin_trap();
}

/* --- of fixture.c --- */

mote_context *fixture_context(size_t mebibytes) {
    static alignas(max_align_t) uint8_t memory[16u << 20];
    static const uint8_t seed[32] = {1};
    static mote_context context;
    assert_true(mebibytes << 20 <= sizeof memory);
    mote_context_init(&context, memory, sizeof memory, seed);
    return &context;
}

uint8_t *fixture_copy(mote_bytes bytes) {
    uint8_t *copy = malloc(bytes.size + 1);
    assert_non_null(copy);
    memcpy(copy, bytes.data, bytes.size);
    return copy;
}

uint64_t fixture_random(uint64_t *state) {
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

fixture_effort_level fixture_effort(void) {
    return (fixture_effort_level)wanted_effort;
}

size_t fixture_times(size_t normal) {
    if (wanted_effort == FIXTURE_SMALL) return normal < 60 ? 1 : normal / 60;
    return wanted_effort == FIXTURE_LONG ? 8 * normal : normal;
}

void fixture_assert_status(mote_status actual, mote_status expected, const char *file, int line) {
    if (actual != expected) test_fails(file, line);
}

/* --- of ed25519_cases.c and libsodium --- */

signed_message *signed_by_many(uint32_t first, size_t count) {
    signed_message *all = malloc((count + 1) * sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++) {
        uint8_t seed[32] = "signer of a test", secret[64],
                text[2] = {(uint8_t)i, (uint8_t)(i >> 8)};
        for (unsigned b = 0; b < 4; b++) seed[28 + b] = (uint8_t)((first + i) >> (8 * b));
        all[i].message = (mote_bytes){fixture_copy((mote_bytes){text, sizeof text}), sizeof text};
        assert_int_equal(crypto_sign_ed25519_seed_keypair(all[i].key, secret, seed), 0);
        assert_int_equal(crypto_sign_ed25519_detached(all[i].signature, NULL, all[i].message.data,
                                                      all[i].message.size, secret),
                         0);
    }
    return all;
}

/* Nothing that it would choose between is here. */
int sodium_init(void) {
    return 0;
}
