/* SPDX-License-Identifier: Apache-2.0 */
/* H.6, Aura. */
#include "babe_world.h"

#include <sodium.h>

#define AUTHORS 3u

static mote_hash genesis_hash(void) {
    mote_hash hash;
    memset(hash.bytes, 0x21, sizeof hash.bytes);
    return hash;
}

static mote_aura_authorities authorities_of(mote_bytes list, mote_aura_scheme scheme) {
    mote_hash genesis = genesis_hash();
    mote_aura_authorities out;
    assert_status(mote_aura_authorities_assume(fixture_context(1), &out, scheme, list, &genesis, 7),
                  MOTE_OK);
    assert_int_equal(out.assumed, MOTE_ASSUMED_AUTHORITIES);
    return out;
}

static mote_aura_position start(void) {
    mote_aura_authorities authorities =
        authorities_of(build_aura_list(0, AUTHORS), MOTE_AURA_SR25519);
    mote_aura_position at;
    assert_status(
        mote_aura_at(fixture_context(1), &at, &authorities, NULL, MOTE_AURA_ONE_BLOCK_A_SLOT),
        MOTE_OK);
    at.has_slot = true;
    at.slot = 30;
    return at;
}

static mote_status advance(mote_aura_position *out, const mote_aura_position *at,
                           const test_block *block, uint64_t slot_now) {
    static const mote_aura_position nowhere;
    mote_header header = test_header(block);
    mote_status status = mote_aura_advance(fixture_context(1), out, NULL, at, &header, slot_now);
    if (status != MOTE_OK) assert_memory_equal(out, &nowhere, sizeof nowhere);
    return status;
}

static mote_status judge(const mote_aura_position *at, uint64_t slot, uint32_t author,
                         uint64_t slot_now) {
    mote_aura_position next;
    test_block block = test_aura_block(&at->hash, at->number + 1, slot, author, 1, NULL);
    return advance(&next, at, &block, slot_now);
}

static void V27_no_authorities(void **state) {
    (void)state;
    mote_context *context = fixture_context(1);
    mote_hash genesis = genesis_hash();
    mote_aura_authorities none;
    mote_aura_position at;
    assert_status(mote_aura_authorities_assume(context, &none, MOTE_AURA_SR25519, fixture_hex("00"),
                                               &genesis, 7),
                  MOTE_E_AUTHORITIES_INVALID);
    assert_status(mote_aura_at(context, &at, &none, NULL, MOTE_AURA_ONE_BLOCK_A_SLOT),
                  MOTE_E_AUTHORITIES_INVALID);
    at = start();
    at.authorities.keys.count = 0;
    assert_status(judge(&at, 31, 1, 100), MOTE_E_AUTHORITIES_INVALID);
}

static void V27_author_of_another_slot(void **state) {
    (void)state;
    mote_aura_position at = start();
    for (uint64_t slot = 31; slot < 40; slot++) {
        for (uint32_t author = 0; author < AUTHORS; author++) {
            assert_status(judge(&at, slot, author, 100),
                          author == slot % AUTHORS ? MOTE_OK : MOTE_E_BAD_SIGNATURE);
        }
    }
}

static void V27_slot_in_the_future(void **state) {
    (void)state;
    mote_aura_position at = start();
    assert_status(judge(&at, 100, 1, 99), MOTE_E_SLOT_IN_FUTURE);
    assert_status(judge(&at, 100, 1, 100), MOTE_OK);
    assert_status(judge(&at, UINT64_MAX, UINT64_MAX % AUTHORS, UINT64_MAX), MOTE_OK);
}

static void V28_key_that_is_no_point(void **state) {
    (void)state;
    test_buffer list = {0};
    uint8_t not_canonical[32];
    memset(not_canonical, 0xff, sizeof not_canonical);
    append_compact(&list, 2);
    append_span(&list, not_canonical, 32);
    test_author author = test_author_of(1);
    append_span(&list, author.key, 32);
    mote_aura_position at = start();
    at.authorities.keys.items = list.data + 1;
    at.authorities.keys.count = 2;
    assert_status(judge(&at, 32, 0, 100), MOTE_E_BAD_PUBLIC_KEY);
    assert_status(judge(&at, 33, 1, 100), MOTE_OK);
}

static void V18_slots_in_order(void **state) {
    (void)state;
    mote_aura_position at = start();
    assert_status(judge(&at, 29, 29 % AUTHORS, 100), MOTE_E_SLOT_ORDER);
    assert_status(judge(&at, 30, 30 % AUTHORS, 100), MOTE_E_SLOT_ORDER);
    at.pace = MOTE_AURA_SEVERAL_BLOCKS_A_SLOT;
    assert_status(judge(&at, 30, 30 % AUTHORS, 100), MOTE_OK);
    assert_status(judge(&at, 29, 29 % AUTHORS, 100), MOTE_E_SLOT_ORDER);
    at.has_slot = false;
    assert_status(judge(&at, 29, 29 % AUTHORS, 100), MOTE_OK);
}

static void V27_ed25519_chain(void **state) {
    (void)state;
    test_voter *voters = test_voters(0, AUTHORS);
    test_buffer list = {0};
    append_compact(&list, AUTHORS);
    for (uint32_t i = 0; i < AUTHORS; i++) append_span(&list, voters[i].public_key, 32);
    mote_aura_authorities authorities = authorities_of(buffer_bytes(&list), MOTE_AURA_ED25519);
    mote_aura_position at = start();
    at.authorities = authorities;
    for (uint32_t author = 0; author < AUTHORS; author++) {
        test_digest digest = {0}, sealed = {0};
        uint8_t slot[8] = {31}, seal[64];
        mote_aura_position next;
        digest_add(&digest, 6, "aura", (mote_bytes){slot, sizeof slot});
        test_block before = test_block_at(&at.hash, 8, 1, &digest);
        crypto_sign_detached(seal, NULL, before.hash.bytes, 32, voters[author].secret_key);
        digest_add(&sealed, 6, "aura", (mote_bytes){slot, sizeof slot});
        digest_add(&sealed, 5, "aura", (mote_bytes){seal, sizeof seal});
        test_block block = test_block_at(&at.hash, 8, 1, &sealed);
        assert_status(advance(&next, &at, &block, 100),
                      author == 31 % AUTHORS ? MOTE_OK : MOTE_E_BAD_SIGNATURE);
    }
    assert_true(judge(&at, 31, 31 % AUTHORS, 100) != MOTE_OK); /* sealed by sr25519 */
}

/* The authorities that a header announces make its children, and not itself. */
static void V27_change_of_authorities(void **state) {
    (void)state;
    mote_aura_position at = start(), next, after;
    test_buffer payload = {0};
    test_digest logs = {0};
    mote_bytes list = build_aura_list(10, 2);
    append_u8(&payload, 1);
    append_span(&payload, list.data, list.size);
    digest_add(&logs, 4, "aura", buffer_bytes(&payload));
    test_block block = test_aura_block(&at.hash, 8, 31, 31 % AUTHORS, 1, &logs);
    assert_status(advance(&next, &at, &block, 100), MOTE_OK);
    assert_int_equal(next.authorities.keys.count, 2);
    block = test_aura_block(&next.hash, 9, 32, 10, 1, NULL);
    assert_status(advance(&after, &next, &block, 100), MOTE_OK);
    block = test_aura_block(&next.hash, 9, 32, 32 % AUTHORS, 1, NULL);
    assert_status(advance(&after, &next, &block, 100), MOTE_E_BAD_SIGNATURE);
    test_digest empty = {0};
    digest_add(&empty, 4, "aura", fixture_hex("0100"));
    block = test_aura_block(&at.hash, 8, 31, 31 % AUTHORS, 1, &empty);
    assert_status(advance(&next, &at, &block, 100), MOTE_E_AUTHORITIES_INVALID);
    test_digest broken = {0};
    digest_add(&broken, 4, "aura", fixture_hex("0108aa")); /* does not decode: ignored */
    block = test_aura_block(&at.hash, 8, 31, 31 % AUTHORS, 1, &broken);
    assert_status(advance(&next, &at, &block, 100), MOTE_OK);
    assert_int_equal(next.authorities.keys.count, AUTHORS);
}

static void add_change(test_digest *logs, uint32_t first, uint32_t count) {
    test_buffer payload = {0};
    mote_bytes list = build_aura_list(first, count);
    append_u8(&payload, 1);
    append_span(&payload, list.data, list.size);
    digest_add(logs, 4, "aura", buffer_bytes(&payload));
}

/* A runtime that changes them twice in a block has the second list in its state. */
static void V27_last_of_several_changes(void **state) {
    (void)state;
    mote_aura_position at = start(), next, after;
    test_digest logs = {0};
    add_change(&logs, 20, 5);
    add_change(&logs, 10, 2);
    digest_add(&logs, 4, "aura", fixture_hex("0108aa")); /* does not decode: ignored */
    test_block block = test_aura_block(&at.hash, 8, 31, 31 % AUTHORS, 1, &logs);
    assert_status(advance(&next, &at, &block, 100), MOTE_OK);
    assert_int_equal(next.authorities.keys.count, 2);
    block = test_aura_block(&next.hash, 9, 32, 10, 1, NULL);
    assert_status(advance(&after, &next, &block, 100), MOTE_OK);
}

static void D07_D08_D09_what_authorship_forbids(void **state) {
    (void)state;
    static const uint8_t zeros[80];
    mote_aura_position at = start(), next;
    test_author author = test_author_of(1);
    test_digest two = {0}, none = {0}, late = {0};
    uint8_t slot[8] = {31};
    digest_add(&two, 6, "aura", (mote_bytes){slot, 8});
    digest_add(&two, 6, "aura", (mote_bytes){slot, 8});
    test_block block = test_sealed(&at.hash, 8, 1, &two, &author, "aura");
    assert_status(advance(&next, &at, &block, 100), MOTE_E_SEVERAL_PRE_DIGESTS);
    digest_add(&none, 6, "aura", (mote_bytes){slot, 7});
    block = test_sealed(&at.hash, 8, 1, &none, &author, "aura");
    assert_status(advance(&next, &at, &block, 100), MOTE_E_NO_PRE_DIGEST);
    digest_add(&late, 6, "aura", (mote_bytes){slot, 8});
    block = test_sealed(&at.hash, 8, 1, &late, &author, "BABE");
    assert_status(advance(&next, &at, &block, 100), MOTE_E_NO_SEAL);
    digest_add(&late, 5, "aura", (mote_bytes){zeros, 64});
    block = test_sealed(&at.hash, 8, 1, &late, &author, "aura");
    assert_status(advance(&next, &at, &block, 100), MOTE_E_SEVERAL_SEALS);
    for (size_t size = 63; size <= 65; size += 2) {
        test_digest odd = {0};
        digest_add(&odd, 6, "aura", (mote_bytes){slot, 8});
        digest_add(&odd, 5, "aura", (mote_bytes){zeros, size});
        block = test_block_at(&at.hash, 8, 1, &odd);
        assert_status(advance(&next, &at, &block, 100), MOTE_E_SEAL_SIZE);
    }
}

/* A Nimbus chain names its engine: nothing is judged, and it says why. */
static void D04_nimbus_is_followed_by_finality_only(void **state) {
    (void)state;
    mote_aura_position at = start();
    test_author author = test_author_of(1);
    test_digest digest = {0};
    digest_add(&digest, 6, "nmbs", (mote_bytes){author.key, 32});
    test_block block = test_sealed(&at.hash, 8, 1, &digest, &author, "nmbs");
    mote_header header = test_header(&block);
    assert_int_equal(mote_consensus_of(&header), MOTE_CONSENSUS_NIMBUS);
    assert_status(mote_consensus_check(fixture_context(1), mote_consensus_of(&header)),
                  MOTE_E_CONSENSUS_UNKNOWN);
    assert_int_equal(mote_status_blame(MOTE_E_CONSENSUS_UNKNOWN), MOTE_BLAME_NOBODY);
}

/* --- equivocation -------------------------------------------------------------------------------------------- */
static void V29_equivocation_on_aura(void **state) {
    (void)state;
    mote_aura_position at = start();
    mote_context *context = fixture_context(1);
    mote_aura_authorship author;
    test_block a = test_aura_block(&at.hash, 8, 31, 1, 1, NULL);
    test_block b = test_aura_block(&at.hash, 8, 31, 1, 2, NULL);
    test_block later = test_aura_block(&at.hash, 8, 34, 1, 3, NULL);
    test_block forged = test_aura_block(&at.hash, 8, 31, 2, 4, NULL);
    mote_header first = test_header(&a), second = test_header(&b), other = test_header(&later),
                bad = test_header(&forged);
    assert_status(mote_aura_equivocation_verify(context, &author, &first, &second, &at.authorities),
                  MOTE_OK);
    assert_int_equal(author.authority_index, 1);
    assert_status(mote_aura_equivocation_verify(context, &author, &first, &first, &at.authorities),
                  MOTE_E_NOT_EQUIVOCATION);
    assert_status(mote_aura_equivocation_verify(context, &author, &first, &other, &at.authorities),
                  MOTE_E_NOT_EQUIVOCATION);
    assert_status(mote_aura_equivocation_verify(context, &author, &first, &bad, &at.authorities),
                  MOTE_E_BAD_SIGNATURE);
    assert_int_equal(context->fault.index, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(V27_no_authorities),
        cmocka_unit_test(V27_author_of_another_slot),
        cmocka_unit_test(V27_slot_in_the_future),
        cmocka_unit_test(V28_key_that_is_no_point),
        cmocka_unit_test(V18_slots_in_order),
        cmocka_unit_test(V27_ed25519_chain),
        cmocka_unit_test(V27_change_of_authorities),
        cmocka_unit_test(V27_last_of_several_changes),
        cmocka_unit_test(D07_D08_D09_what_authorship_forbids),
        cmocka_unit_test(D04_nimbus_is_followed_by_finality_only),
        cmocka_unit_test(V29_equivocation_on_aura),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
