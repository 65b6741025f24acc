/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes of what callers keep: printed, and held below what a small machine can put on its stack. */
#include "fixture.h"

#include "mote/bundle.h"
#include "mote/checkpoint.h"
#include "mote/ed25519.h"
#include "mote/evidence.h"
#include "mote/grandpa.h"
#include "mote/hash.h"
#include "mote/header.h"
#include "mote/para.h"
#include "mote/trie.h"
#include "mote/warp.h"

#define BELOW(type, limit)                                                                         \
    do {                                                                                           \
        printf("%6zu bytes  %s\n", sizeof(type), #type);                                           \
        assert_true(sizeof(type) <= (limit));                                                      \
    } while (0)

static void evidence_is_small_plain_data(void **state) {
    (void)state;
    BELOW(mote_finalized_block, 96);
    BELOW(mote_finalized_header, 192);
    BELOW(mote_para_header, 224);
    BELOW(mote_state_root, 128);
}

static void what_callers_hold_fits_a_small_stack(void **state) {
    (void)state;
    BELOW(mote_context, 256);
    BELOW(mote_blake2b_state, 384);
    BELOW(mote_header, 256);
    BELOW(mote_authority_set, 96);
    BELOW(mote_justification_report, 1024);
    BELOW(mote_warp_link, 1536);
    BELOW(mote_checkpoint, 1536);
    BELOW(mote_proof, 192);
    BELOW(mote_proven_value, 256);
    BELOW(mote_trie_view, 96);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evidence_is_small_plain_data),
        cmocka_unit_test(what_callers_hold_fits_a_small_stack),
    };
    return cmocka_run_group_tests_name("checks/sizes", tests, NULL, NULL);
}
