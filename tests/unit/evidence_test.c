/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "mote/evidence.h"
#include "mote/header.h"
#include "mote/trie.h"

/* What nobody verified is refused by whoever is asked to build on it. */
static void zeroed_structs_are_no_evidence(void **state) {
    (void)state;
    const mote_finalized_block block = {0};
    const mote_finalized_header header = {0};
    const mote_para_header para = {0};
    const mote_state_root root = {0};
    assert_status(mote_finalized_block_check(&block), MOTE_E_NO_EVIDENCE);
    assert_status(mote_finalized_header_check(&header), MOTE_E_NO_EVIDENCE);
    assert_status(mote_para_header_check(&para), MOTE_E_NO_EVIDENCE);
    assert_status(mote_state_root_check(&root), MOTE_E_NO_EVIDENCE);
}

static void a_state_root_of_no_evidence_is_none(void **state) {
    (void)state;
    mote_finalized_header header;
    memset(&header, 0, sizeof header);
    header.number = 7;
    memset(header.state_root.bytes, 0xaa, sizeof header.state_root.bytes);
    mote_state_root root = mote_state_of_relay(&header);
    assert_status(mote_state_root_check(&root), MOTE_E_NO_EVIDENCE);
    mote_proof proof;
    mote_context *context = fixture_context(1);
    assert_status(mote_proof_load(context, &proof, &root, fixture_hex("00"), MOTE_PROOF_STRICT),
                  MOTE_E_NO_EVIDENCE);
}

/* One type's seal is not another's: reading a header's bytes as a parachain header gives no evidence. */
static void seals_differ_by_type(void **state) {
    (void)state;
    mote_header decoded;
    size_t count;
    mote_bytes *lines = fixture_hex_lines("headers/rococo-1115042-1115042.hex", &count);
    assert_status(mote_header_decode(fixture_context(1), &decoded, lines[0]), MOTE_OK);
    mote_finalized_header header = mote_finalized_header_assumed(&decoded);
    assert_status(mote_finalized_header_check(&header), MOTE_OK);
    mote_para_header para;
    mote_finalized_block block;
    memset(&para, 0, sizeof para);
    memset(&block, 0, sizeof block);
    para.seal = header.seal;
    block.seal = header.seal;
    assert_status(mote_para_header_check(&para), MOTE_E_NO_EVIDENCE);
    assert_status(mote_finalized_block_check(&block), MOTE_E_NO_EVIDENCE);
}

static void assumptions_are_inherited_and_named(void **state) {
    (void)state;
    mote_header decoded;
    size_t count;
    mote_bytes *lines = fixture_hex_lines("headers/rococo-1115042-1115042.hex", &count);
    assert_status(mote_header_decode(fixture_context(1), &decoded, lines[0]), MOTE_OK);
    mote_finalized_header header = mote_finalized_header_assumed(&decoded);
    assert_int_equal(header.assumed, MOTE_ASSUMED_HEADER);
    mote_state_root root = mote_state_of_relay(&header);
    assert_status(mote_state_root_check(&root), MOTE_OK);
    assert_int_equal(root.assumed, MOTE_ASSUMED_HEADER);
    assert_int_equal(root.origin, MOTE_STATE_OF_RELAY);
    assert_true(mote_hash_equal(&root.root, &decoded.state_root));
    assert_string_equal(mote_assumption_name(MOTE_ASSUMED_HEADER), "header");
    assert_string_equal(mote_assumption_name(MOTE_ASSUMED_CHECKPOINT_AGE), "checkpoint-age");
    root = mote_state_assumed(&decoded.state_root);
    assert_int_equal(root.assumed, MOTE_ASSUMED_ROOT);
    assert_int_equal(root.origin, MOTE_STATE_ASSUMED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeroed_structs_are_no_evidence),
        cmocka_unit_test(a_state_root_of_no_evidence_is_none),
        cmocka_unit_test(seals_differ_by_type),
        cmocka_unit_test(assumptions_are_inherited_and_named),
    };
    return cmocka_run_group_tests_name("unit/evidence", tests, NULL, NULL);
}
