/* SPDX-License-Identifier: Apache-2.0 */
/* Genesis from state entries: child tries, the first authorities, the header of block 0. */
#include "fixture.h"

#include "grandpa_builder.h"

#include "mote/checkpoint.h"
#include "mote/hash.h"

static mote_bytes text(const char *string) {
    return (mote_bytes){(const uint8_t *)string, strlen(string)};
}

/* Parent and number are zero, no extrinsics, no digest: sc-chain-spec's genesis block, written out. */
static mote_bytes header_of(const mote_hash *state_root) {
    test_buffer header = {0};
    static const uint8_t no_parent[32];
    append_span(&header, no_parent, 32);
    append_compact(&header, 0);
    append_span(&header, state_root->bytes, 32);
    append_span(
        &header,
        fixture_hex("03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314").data, 32);
    append_compact(&header, 0);
    return buffer_bytes(&header);
}

static void the_header_of_block_0(void **state) {
    (void)state;
    const mote_hash root = fixture_hash("0x29d0d972cd27cbc511e9589fcb7a4506d5eb6a9e8df205f00472e5ab"
                                        "354a4e17"); /* Polkadot's */
    for (int version = MOTE_STATE_V0; version <= MOTE_STATE_V1; version++) {
        uint8_t bytes[128];
        mote_writer writer = mote_writer_into(bytes, sizeof bytes);
        mote_genesis_write_header(&writer, &root, (mote_state_version)version);
        mote_bytes expected = header_of(&root);
        assert_true(mote_bytes_equal((mote_bytes){bytes, writer.size}, expected));
        mote_hash hash = mote_blake2b_256(expected);
        assert_true(mote_hash_equal(&hash, &mote_chain_by_name("polkadot")->genesis));
        mote_header header;
        assert_status(
            mote_header_decode(fixture_context(1), &header, (mote_bytes){bytes, writer.size}),
            MOTE_OK);
        assert_int_equal(header.number, 0);
    }
}

static mote_status genesis_of(mote_genesis *out, const mote_trie_entry *given, size_t count,
                              const mote_child_trie *children, size_t child_count) {
    static mote_trie_entry entries[32];
    mote_child_trie tries[4];
    memset(entries, 0, sizeof entries);
    memset(tries, 0, sizeof tries);
    if (count != 0) memcpy(entries, given, count * sizeof *given);
    if (child_count != 0) memcpy(tries, children, child_count * sizeof *children);
    return mote_genesis_from_state(fixture_context(4), out, entries, count, tries, child_count,
                                   MOTE_STATE_V0);
}

static void an_empty_state(void **state) {
    (void)state;
    mote_genesis out;
    assert_status(genesis_of(&out, NULL, 0, NULL, 0), MOTE_OK);
    assert_hash_hex(&out.state_root,
                    "0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314");
    assert_false(out.has_authorities);
}

/* A child trie is an entry of the main one: its root under its prefixed key. */
static void child_tries_count_by_their_roots(void **state) {
    (void)state;
    mote_trie_entry child_entries[] = {{text("b"), text("2")}, {text("a"), text("1")}};
    const mote_child_trie children[] = {{text("one"), child_entries, 2},
                                        {text("empty"), NULL, 0}}; /* does not show */
    const mote_trie_entry main_entries[] = {{text("z"), text("9")}, {text("c"), text("3")}};
    mote_trie_entry copy[] = {{text("a"), text("1")}, {text("b"), text("2")}};
    mote_hash root;
    assert_status(mote_trie_root(fixture_other_context(2), &root, copy, 2, MOTE_STATE_V0), MOTE_OK);
    const mote_trie_entry flat[] = {
        main_entries[0], main_entries[1], {text(":child_storage:default:one"), {root.bytes, 32}}};
    mote_genesis with_child, expected, without;
    assert_status(genesis_of(&with_child, main_entries, 2, children, 2), MOTE_OK);
    assert_status(genesis_of(&expected, flat, 3, NULL, 0), MOTE_OK);
    assert_status(genesis_of(&without, main_entries, 2, NULL, 0), MOTE_OK);
    assert_true(mote_hash_equal(&with_child.state_root, &expected.state_root));
    assert_true(mote_hash_equal(&with_child.hash, &expected.hash));
    assert_false(mote_hash_equal(&with_child.hash, &without.hash));
    /* Said twice, once as a child and once as an entry, it is a key twice. */
    assert_status(genesis_of(&expected, flat, 3, children, 1), MOTE_E_BAD_ARGUMENT);
    assert_false(expected.has_authorities);
}

/* The caller's entries are his again, nothing points into memory that was given back. */
static void entries_are_given_back(void **state) {
    (void)state;
    static const mote_trie_entry zero;
    mote_trie_entry child_entries[] = {{text("b"), text("2")}, {text("a"), text("1")}};
    for (size_t memory = 0; memory < 65536; memory = memory == 0 ? 64 : 4 * memory) {
        mote_child_trie children[] = {{text("one"), child_entries, 2},
                                      {text("two"), child_entries, 1}};
        mote_trie_entry entries[] = {{text("z"), text("9")}, {text(":"), text("3")}, zero, zero};
        uint8_t *block = malloc(memory + 1);
        static const uint8_t seed[32] = {1};
        mote_context context;
        mote_genesis out;
        mote_context_init(&context, block, memory, seed);
        (void)!mote_genesis_from_state(&context, &out, entries, 2, children, 2, MOTE_STATE_V0);
        bool sorted = mote_bytes_equal(entries[0].key, text(":"));
        assert_true(mote_bytes_equal(entries[sorted ? 0 : 1].key, text(":")));
        assert_true(mote_bytes_equal(entries[sorted ? 1 : 0].key, text("z")));
        assert_memory_equal(&entries[2], &zero, sizeof zero);
        assert_memory_equal(&entries[3], &zero, sizeof zero);
        free(block);
    }
}

static void the_first_authorities(void **state) {
    (void)state;
    test_buffer versioned = {0};
    mote_bytes plain = build_authority_list(test_voters(1, 3), 3);
    append_u8(&versioned, 1);
    append_span(&versioned, plain.data, plain.size);
    const mote_bytes pallet_key =
        fixture_hex("5f9cc45b7a00c5899361e1c6099678dc5e0621c4869aa60c02be9adcc98a0d1d");
    const struct {
        mote_trie_entry entry;
        bool found;
    } cases[] = {{{text(":grandpa_authorities"), buffer_bytes(&versioned)}, true},
                 {{text(":grandpa_authorities"), plain}, true},
                 {{pallet_key, plain}, true},
                 {{text(":grandpa_authoritie"), plain}, false},
                 {{text(":grandpa_authorities"), text("no list")}, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const mote_trie_entry entries[] = {{text("a"), text("1")}, cases[i].entry};
        mote_genesis out;
        assert_status(genesis_of(&out, entries, 2, NULL, 0), MOTE_OK);
        assert_int_equal(out.has_authorities, cases[i].found);
        if (!cases[i].found) continue;
        assert_int_equal(out.authorities.count, 3);
        assert_memory_equal(out.authorities.items, plain.data + 1, 120);
    }
}

/* What comes out is a start of trust: block 0, set 0, and nothing else than set 0. */
static void genesis_as_a_checkpoint(void **state) {
    (void)state;
    mote_bytes plain = build_authority_list(test_voters(1, 3), 3);
    const mote_trie_entry entries[] = {{text(":grandpa_authorities"), plain}};
    mote_genesis out;
    uint8_t bytes[128];
    mote_checkpoint c;
    assert_status(genesis_of(&out, entries, 1, NULL, 0), MOTE_OK);
    mote_writer writer = mote_writer_into(bytes, sizeof bytes);
    mote_genesis_write_header(&writer, &out.state_root, MOTE_STATE_V0);
    const mote_bytes header = {bytes, writer.size};
    assert_status(mote_checkpoint_from_parts(fixture_other_context(2), &c, header, plain, 0, NULL),
                  MOTE_OK);
    assert_true(mote_hash_equal(&c.finalized.hash, &out.hash));
    assert_int_equal(c.finalized.number, 0);
    mote_age age = mote_checkpoint_age(&c, 1800000000);
    assert_int_equal(age.freshness, MOTE_AGE_UNKNOWN);
    assert_status(mote_checkpoint_from_parts(fixture_other_context(2), &c, header, plain, 1, NULL),
                  MOTE_E_CHECKPOINT_INCOHERENT);
}

/* In a block of any size: the verdict, or that it does not fit; and nothing half done. */
static void memory_of_every_size(void **state) {
    (void)state;
    static const uint8_t seed[32] = {1};
    mote_trie_entry child_entries[] = {{text("b"), text("2")}, {text("a"), text("1")}};
    bool sufficed = false;
    for (size_t size = 0; size < 65536 && !sufficed; size += 40) {
        mote_trie_entry entries[4] = {{text("z"), text("9")}, {text("c"), text("3")}};
        mote_child_trie children[] = {{text("one"), child_entries, 2}};
        uint8_t *memory = malloc(size + 1);
        mote_context context;
        mote_genesis out;
        mote_context_init(&context, memory, size, seed);
        mote_status status =
            mote_genesis_from_state(&context, &out, entries, 2, children, 1, MOTE_STATE_V1);
        sufficed = status == MOTE_OK;
        if (!sufficed) {
            const mote_hash zero = {{0}};
            assert_status(status, MOTE_E_LIMIT_MEMORY);
            assert_true(mote_hash_equal(&out.hash, &zero));
        }
        assert_int_equal(context.used, 0);
        free(memory);
    }
    assert_true(sufficed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_of_block_0),
        cmocka_unit_test(an_empty_state),
        cmocka_unit_test(child_tries_count_by_their_roots),
        cmocka_unit_test(entries_are_given_back),
        cmocka_unit_test(the_first_authorities),
        cmocka_unit_test(genesis_as_a_checkpoint),
        cmocka_unit_test(memory_of_every_size),
    };
    return cmocka_run_group_tests_name("unit/genesis", tests, NULL, NULL);
}
