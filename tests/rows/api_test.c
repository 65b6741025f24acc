/* SPDX-License-Identifier: Apache-2.0 */
/* H.13, what belongs to no single module: memory that runs out, and code that would call back. */
#include "entry_points.h"

#include <ctype.h>

/* mote takes memory from one block only; "allocation fails" means that the block is too small. Every size from
 * nothing to enough: the true verdict or LIMIT_MEMORY, never another one, and nothing outside of the block is
 * touched (sanitizer builds see its exact bounds). */
static void try_with_memory(const entry_point *entry, mote_bytes valid) {
    static const uint8_t seed[32] = {7};
    size_t refused = 0, accepted = 0;
    for (size_t size = 0; size < (size_t)64 << 20; size += size < 2048 ? 16 : size / 16) {
        uint8_t *block = malloc(size == 0 ? 1 : size);
        assert_non_null(block);
        mote_context context;
        mote_context_init(&context, block, size, seed);
        mote_status status = entry->try(&context, valid);
        if (status == MOTE_OK) accepted++;
        if (status == MOTE_E_LIMIT_MEMORY) refused++;
        if (status != MOTE_OK && status != MOTE_E_LIMIT_MEMORY) {
            print_error("%s with %zu bytes of memory: %s\n", entry->name, size,
                        mote_status_name(status));
            fail();
        }
        assert_true(context.used <= size && context.most_used <= size);
        free(block);
        if (accepted > 8) break;
    }
    print_message("%s: refused for want of memory %zu times\n", entry->name, refused);
    assert_true(accepted > 0);
}

static void K13_memory_of_every_size(void **state) {
    (void)state;
    for (size_t i = 0; i < entry_point_count; i++) {
        try_with_memory(&entry_points[i], entry_points[i].valid());
    }
}

/* Nothing calls back, so nothing can be destroyed or entered again from within: no public header declares a
 * pointer to a function, and (tests/checks/stack.py) the core calls none. */
static void K14_the_interface_has_no_callbacks(void **state) {
    (void)state;
    static const char *const headers[] = {
        "base/include/mote/bytes.h",         "base/include/mote/context.h",
        "base/include/mote/status.h",        "bundle/include/mote/bundle.h",
        "chain/include/mote/chain.h",        "checkpoint/include/mote/checkpoint.h",
        "ed25519/include/mote/ed25519.h",    "evidence/include/mote/evidence.h",
        "grandpa/include/mote/grandpa.h",    "hash/include/mote/hash.h",
        "header/include/mote/header.h",      "para/include/mote/para.h",
        "scale/include/mote/scale.h",        "trie/include/mote/trie.h",
        "warp/include/mote/warp.h",          "sr25519/include/mote/sr25519.h",
        "sr25519/include/mote/transcript.h",
    };
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/../../core/%s", MOTE_TEST_VECTORS, headers[i]);
        FILE *file = fopen(path, "r");
        if (file == NULL) print_error("cannot open %s\n", path);
        assert_non_null(file);
        int previous = 0;
        for (int c; (c = getc(file)) != EOF;) {
            if (isspace(c)) continue;
            if (previous == '(' && c == '*') print_error("%s has a function pointer\n", headers[i]);
            assert_false(previous == '(' && c == '*');
            previous = c;
        }
        fclose(file);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(K13_memory_of_every_size),
        cmocka_unit_test(K14_the_interface_has_no_callbacks),
    };
    return cmocka_run_group_tests_name("rows/api", tests, NULL, NULL);
}
