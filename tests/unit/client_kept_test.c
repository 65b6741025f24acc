/* SPDX-License-Identifier: Apache-2.0 */
/* What a proof takes that the live client keeps (docs/memory.md): its bytes, rounded up; and all of them, an eighth of the pool. */
#include "fixture.h"

#include "engine.h"

static mote_client *new_client(mote_client_limits *limits) {
    mote_client *client;
    static const uint8_t seed[32] = {5};
    *limits = mote_client_default_limits();
    size_t size = mote_client_memory(limits);
    assert_status(mote_client_init(&client, malloc(size), size, limits, seed), MOTE_OK);
    return client;
}

static size_t rounded(size_t size) {
    size_t out = POOL_UNIT;
    while (out < size) out *= 2;
    return out;
}

static mote_hash root_of(uint32_t index) {
    mote_hash out = {{0}};
    mote_store_u32(out.bytes, index);
    return out;
}

/* A message of twice the size came; what is behind the proof is given back. */
static void keep(mote_client *client, uint32_t index, size_t size) {
    const mote_hash root = root_of(index);
    uint8_t *message = mote_sources_take_room(client, NULL, 2 * size);
    assert_non_null(message);
    mote_cache_keep(client, &root, message, (mote_bytes){message, size}, 1);
}

static void a_proof_takes_its_bytes_rounded_up_to_a_power_of_two(void **state) {
    (void)state;
    mote_client_limits limits;
    mote_client *client = new_client(&limits);
    static const size_t sizes[] = {1, 511, 512, 513, 4000, 65536, 65537, 500000};
    for (uint32_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const mote_hash root = root_of(i);
        uint32_t at = 0;
        size_t before = client->pool.used;
        keep(client, i, sizes[i]);
        assert_true(mote_cache_find(client, &at, &root));
        assert_int_equal(client->cache[at].room, rounded(sizes[i]));
        assert_int_equal(client->pool.used - before, rounded(sizes[i]));
        mote_cache_clear(client);
        assert_int_equal(client->cache_bytes, 0);
    }
    free(client);
}

static void all_of_them_an_eighth_of_the_pool(void **state) {
    (void)state;
    mote_client_limits limits;
    mote_client *client = new_client(&limits);
    uint64_t chance = 11;
    size_t most = 0, empty = client->pool.used;
    for (uint32_t i = 0; i < 2000; i++) {
        uint32_t at = 0;
        size_t size = 1 + fixture_random(&chance) % 300000;
        const mote_hash root = root_of(i);
        keep(client, i, size);
        assert_true(mote_cache_find(client, &at, &root)); /* the oldest go, not the newest */
        assert_true(client->cache_bytes <= limits.pool_bytes / 8);
        assert_int_equal(client->pool.used - empty, client->cache_bytes);
        if (client->cache_bytes > most) most = client->cache_bytes;
    }
    assert_true(most > limits.pool_bytes / 16);
    keep(client, 5000, limits.pool_bytes / 8 + 1); /* too large: not kept */
    assert_true(client->cache_bytes <= limits.pool_bytes / 8);
    free(client);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proof_takes_its_bytes_rounded_up_to_a_power_of_two),
        cmocka_unit_test(all_of_them_an_eighth_of_the_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
