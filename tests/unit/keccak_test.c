/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keccak of many messages and states by every back end against one by one (which published vectors hold to: unit/hash):
 * messages of all sizes, any number of them, equal sizes and mixed. A back end that this machine cannot run is skipped,
 * and says so.
 */
#include "keccak.h"

#include "fixture.h"
#include "mote/hash.h"

#define LARGEST 700u
#define MOST 40u

static mote_backend backend_of(void **state) {
    const mote_backend backend = *(const mote_backend *)*state;
    if (!mote_backend_runs_here(backend)) {
        print_message("back end %s: not run here\n", mote_backend_name(backend));
        skip();
    }
    return backend;
}

static void assert_hashes(mote_backend backend, const mote_bytes *message, size_t count) {
    mote_hash together[MOST + 1];
    memset(together, 0xaa, sizeof together);
    mote_keccak_256_many(backend, together, message, count);
    for (size_t i = 0; i < count; i++) {
        const mote_hash alone = mote_keccak_256(message[i]);
        assert_memory_equal(together[i].bytes, alone.bytes, sizeof alone.bytes);
    }
    assert_int_equal(together[count].bytes[0], 0xaa); /* and no more than that */
}

static void messages_of_all_sizes(void **state) {
    const mote_backend backend = backend_of(state);
    static uint8_t data[LARGEST];
    mote_bytes message[MOST];
    uint64_t random = 1600;
    for (unsigned i = 0; i < LARGEST; i++) data[i] = (uint8_t)fixture_random(&random);
    for (size_t size = 0; size <= 420; size++) {
        for (size_t i = 0; i < 9; i++) message[i] = (mote_bytes){data + i, size};
        for (size_t count = 1; count <= 9; count++) assert_hashes(backend, message, count);
    }
    for (size_t round = 0; round < fixture_times(3000); round++) {
        const size_t count = fixture_random(&random) % (MOST + 1);
        for (size_t i = 0; i < count; i++) {
            const size_t size = fixture_random(&random) % LARGEST;
            message[i] = (mote_bytes){size == 0 ? NULL : data + (LARGEST - size), size};
        }
        assert_hashes(backend, message, count);
    }
}

static void any_number_of_states(void **state) {
    const mote_backend backend = backend_of(state);
    static uint64_t together[MOST][KECCAK_LANES], alone[MOST][KECCAK_LANES];
    uint64_t *states[MOST];
    uint64_t random = 800;
    for (size_t count = 0; count <= MOST; count++) {
        for (size_t j = 0; j < count; j++) {
            for (unsigned i = 0; i < KECCAK_LANES; i++) {
                alone[j][i] = together[j][i] = fixture_random(&random);
            }
            states[count - 1 - j] = together[j]; /* in any order */
            mote_keccak_permute(alone[j]);
        }
        mote_keccak_permute_many(backend, states, count);
        assert_memory_equal(together, alone, sizeof together);
    }
}

int main(void) {
    static mote_backend portable = MOTE_BACKEND_PORTABLE, avx2 = MOTE_BACKEND_AVX2,
                        avx512 = MOTE_BACKEND_AVX512;
#define WITH(backend)                                                                              \
    cmocka_unit_test_prestate(messages_of_all_sizes, &backend),                                    \
        cmocka_unit_test_prestate(any_number_of_states, &backend)
    const struct CMUnitTest tests[] = {WITH(portable), WITH(avx2), WITH(avx512)};
    return cmocka_run_group_tests_name("unit/keccak", tests, NULL, NULL);
}
