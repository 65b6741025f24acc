/* SPDX-License-Identifier: Apache-2.0 */
/* Headers of live networks under their epochs: every recorded claim holds, and does not under anything else. */
#include "babe_recorded.h"

#include "mote/limits.h"

static mote_header decoded(mote_bytes bytes) {
    mote_header header;
    assert_status(mote_header_decode(fixture_context(1), &header, bytes), MOTE_OK);
    return header;
}

static mote_babe_digest digest_of(mote_bytes bytes) {
    mote_babe_digest digest;
    mote_header header = decoded(bytes);
    assert_status(mote_babe_digest_read(fixture_context(1), &digest, &header), MOTE_OK);
    return digest;
}

static mote_status judge(const babe_recorded *recorded, const mote_babe_epoch *epoch) {
    mote_babe_authorship author;
    static const mote_babe_authorship none;
    mote_header header = decoded(recorded->header);
    mote_babe_digest digest;
    mote_status status = mote_babe_digest_read(fixture_context(1), &digest, &header);
    if (status != MOTE_OK) return status;
    status = mote_babe_verify(fixture_context(1), &author, &digest, epoch, UINT64_MAX);
    if (status != MOTE_OK) assert_memory_equal(&author, &none, sizeof none);
    return status;
}

/* --- as they are ----------------------------------------------------------------------------------------- */
static void check_author(const babe_recorded *recorded, const mote_babe_authorship *author) {
    assert_int_equal(author->claim, recorded->claim);
    assert_int_equal(author->slot, recorded->slot);
    assert_int_equal(author->authority_index, recorded->authority_index);
    assert_memory_equal(author->authority, recorded->authority, 32);
    assert_int_equal(author->epoch_index, recorded->epoch.index);
    assert_false(author->forgeable);
    assert_int_equal(author->claim == MOTE_BABE_PRIMARY, recorded->has_score);
    if (!recorded->has_score) return;
    assert_memory_equal(&author->score, &recorded->score, sizeof recorded->score);
    /* Recorded with 50 digits; an f64 of (1 - c)^theta is a 2^-53rd off, and 1 less it is a thousandth of it. */
    double off = babe_score_as_double(author->threshold) / recorded->threshold - 1;
    assert_true(off < 1e-12 && off > -1e-12);
}

static void all_of_them(void **state) {
    (void)state;
    size_t primary = 0;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        mote_header header = decoded(recorded->header);
        mote_babe_digest digest = digest_of(recorded->header);
        mote_babe_authorship author;
        assert_true(mote_hash_equal(&header.hash, &recorded->hash));
        assert_true(mote_hash_equal(&digest.pre_hash, &recorded->pre_hash));
        assert_status(mote_babe_verify(fixture_context(1), &author, &digest, &recorded->epoch,
                                       recorded->slot),
                      MOTE_OK);
        check_author(recorded, &author);
        primary += recorded->has_score;
    }
    assert_int_equal(primary, 121);
}

/* --- under another epoch ----------------------------------------------------------------------------------- */
static void not_yet_their_slot(void **state) {
    (void)state;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        mote_babe_digest digest = digest_of(recorded->header);
        mote_babe_authorship author;
        assert_status(mote_babe_verify(fixture_context(1), &author, &digest, &recorded->epoch,
                                       recorded->slot - 1),
                      MOTE_E_SLOT_IN_FUTURE);
    }
}

/* What the VRF is bound to, and the secondary author is chosen by. */
static mote_status expected_of_other_randomness(const babe_recorded *recorded,
                                                const mote_babe_epoch *epoch) {
    if (recorded->claim == MOTE_BABE_PRIMARY) return MOTE_E_BAD_VRF_PROOF;
    uint32_t author =
        mote_babe_secondary_author(epoch->randomness, recorded->slot, epoch->authorities.count);
    if (author != recorded->authority_index) return MOTE_E_WRONG_AUTHOR;
    return recorded->claim == MOTE_BABE_SECONDARY_VRF ? MOTE_E_BAD_VRF_PROOF : MOTE_OK;
}

static void under_another_epoch(void **state) {
    (void)state;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        mote_babe_epoch epoch = recorded->epoch;
        bool has_vrf = recorded->claim != MOTE_BABE_SECONDARY_PLAIN;
        epoch.index++;
        assert_status(judge(recorded, &epoch), has_vrf ? MOTE_E_BAD_VRF_PROOF : MOTE_OK);
        epoch = recorded->epoch;
        epoch.randomness[i % 32] ^= (uint8_t)(1u << (i % 8));
        assert_status(judge(recorded, &epoch), expected_of_other_randomness(recorded, &epoch));
        epoch = recorded->epoch;
        epoch.authorities.count = recorded->authority_index;
        assert_status(judge(recorded, &epoch), recorded->authority_index == 0
                                                   ? MOTE_E_AUTHORITIES_INVALID
                                                   : MOTE_E_AUTHOR_INDEX);
        epoch = recorded->epoch;
        epoch.start_slot = recorded->slot + 1;
        assert_status(judge(recorded, &epoch), MOTE_E_SLOT_ORDER);
    }
}

static void under_another_configuration(void **state) {
    (void)state;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        for (uint8_t allowed = 0; allowed < 3; allowed++) {
            mote_babe_epoch epoch = recorded->epoch;
            epoch.allowed_slots = allowed;
            bool fits =
                recorded->claim == MOTE_BABE_PRIMARY || allowed == recorded->epoch.allowed_slots;
            assert_status(judge(recorded, &epoch), fits ? MOTE_OK : MOTE_E_SLOT_KIND);
        }
        mote_babe_epoch epoch = recorded->epoch;
        epoch.c_numerator = 0;
        assert_status(judge(recorded, &epoch),
                      recorded->has_score ? MOTE_E_SCORE_TOO_HIGH : MOTE_OK);
        epoch.c_denominator = 0;
        assert_status(judge(recorded, &epoch), MOTE_E_EPOCH_CONFIG);
    }
}

/* --- changed ------------------------------------------------------------------------------------------------- */
static size_t offset_of(mote_bytes header, const uint8_t *needle, size_t size) {
    for (size_t i = 0; i + size <= header.size; i++) {
        if (memcmp(header.data + i, needle, size) == 0) return i;
    }
    fail_msg("not in the header");
    return 0;
}

static mote_status judge_changed(const babe_recorded *recorded, size_t at, uint8_t bit) {
    uint8_t *copy = fixture_copy(recorded->header);
    copy[at] ^= bit;
    babe_recorded changed = *recorded;
    changed.header.data = copy;
    mote_status status = judge(&changed, &recorded->epoch);
    free(copy);
    return status;
}

static bool is_bad_signature(mote_status status) {
    return status == MOTE_E_BAD_SIGNATURE || status == MOTE_E_SIGNATURE_NOT_MARKED ||
           status == MOTE_E_SCALAR_NOT_CANONICAL || status == MOTE_E_POINT_NOT_CANONICAL;
}

/* A bit of each field that the seal covers, and of the seal. */
static void with_a_bit_turned(void **state) {
    (void)state;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        mote_babe_digest digest = digest_of(recorded->header);
        size_t seal = (size_t)(digest.seal - recorded->header.data);
        uint8_t bit = (uint8_t)(1u << (i % 8));
        assert_status(judge_changed(recorded, i % 32, bit), MOTE_E_BAD_SIGNATURE); /* parent */
        assert_true(is_bad_signature(judge_changed(recorded, seal + i % 64, bit)));
        assert_status(judge_changed(recorded, seal + 63, 0x80), MOTE_E_SIGNATURE_NOT_MARKED);
        if (recorded->claim == MOTE_BABE_SECONDARY_PLAIN) continue;
        size_t proof = offset_of(recorded->header, digest.pre_digest.vrf_proof, 64);
        bool out_of_range =
            i % 32 == 31; /* the top bit of a scalar: such a pre-digest does not decode */
        assert_status(judge_changed(recorded, proof + i % 64, bit),
                      out_of_range ? MOTE_E_NO_PRE_DIGEST : MOTE_E_BAD_SIGNATURE);
    }
}

/* The VRF judged by itself: the seal is right over a pre-digest that is not. */
static void with_another_vrf(void **state) {
    (void)state;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        if (recorded->claim == MOTE_BABE_SECONDARY_PLAIN) continue;
        mote_babe_digest digest = digest_of(recorded->header);
        mote_babe_authorship author;
        digest.pre_digest.vrf_proof[i % 31] ^= (uint8_t)(1u << (i % 8));
        assert_status(
            mote_babe_verify(fixture_context(1), &author, &digest, &recorded->epoch, UINT64_MAX),
            MOTE_E_BAD_VRF_PROOF);
        digest = digest_of(recorded->header);
        memset(digest.pre_digest.vrf_pre_output, 0, 32);
        assert_status(
            mote_babe_verify(fixture_context(1), &author, &digest, &recorded->epoch, UINT64_MAX),
            MOTE_E_VRF_IDENTITY);
    }
}

static void claims_of_another_kind(void **state) {
    (void)state;
    for (size_t i = 0; i < BABE_RECORDED; i++) {
        const babe_recorded *recorded = &babe_recorded_all()[i];
        mote_babe_digest digest = digest_of(recorded->header);
        mote_babe_authorship author;
        mote_context *context = fixture_context(1);
        if (recorded->claim == MOTE_BABE_SECONDARY_PLAIN) continue;
        /* A secondary VRF claim as a primary one has a proof that holds, and a score that does not win but by luck. */
        digest.pre_digest.claim = MOTE_BABE_PRIMARY;
        mote_status as_primary =
            mote_babe_verify(context, &author, &digest, &recorded->epoch, UINT64_MAX);
        bool luck = recorded->has_score;
        if (as_primary == MOTE_OK && !luck) {
            luck = mote_babe_score_below(author.score, author.threshold);
        }
        assert_status(as_primary, luck ? MOTE_OK : MOTE_E_SCORE_TOO_HIGH);
        digest.pre_digest.claim = MOTE_BABE_SECONDARY_PLAIN;
        assert_status(mote_babe_verify(context, &author, &digest, &recorded->epoch, UINT64_MAX),
                      MOTE_E_SLOT_KIND);
    }
}

/* --- checkpoints: with everybody's weight ------------------------------------------------------------------- */
static mote_bytes hex_or_nothing(const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    return value == NULL ? (mote_bytes){NULL, 0} : fixture_hex(json_string_value(value));
}

static size_t check_checkpoint(const char *path) {
    json_t *file = fixture_json(path);
    json_t *sync = json_object_get(file, "lightSyncState");
    if (sync == NULL) sync = file;
    mote_checkpoint checkpoint;
    mote_babe_position position;
    mote_babe_digest digest;
    mote_babe_authorship author;
    mote_context *context = fixture_context(16);
    assert_status(mote_checkpoint_from_light_sync_state(
                      context, &checkpoint, fixture_hex_field(sync, "finalizedBlockHeader"),
                      hex_or_nothing(sync, "babeEpochChanges"),
                      hex_or_nothing(sync, "grandpaAuthoritySet"), NULL),
                  MOTE_OK);
    if (checkpoint.epoch_count == 0) {
        assert_status(mote_babe_at_checkpoint(context, &position, &checkpoint),
                      MOTE_E_CHECKPOINT_INCOHERENT);
        return 0;
    }
    assert_status(mote_babe_at_checkpoint(context, &position, &checkpoint), MOTE_OK);
    assert_status(mote_babe_digest_read(context, &digest, &checkpoint.header), MOTE_OK);
    assert_status(mote_babe_verify(context, &author, &digest, &position.current, UINT64_MAX),
                  MOTE_OK);
    assert_int_equal(author.slot, position.slot);
    return 1;
}

static void headers_of_checkpoints(void **state) {
    (void)state;
    size_t files, with_epochs = 0;
    char **paths = fixture_list("checkpoints", "", ".json", &files);
    for (size_t i = 0; i < files; i++) with_epochs += check_checkpoint(paths[i]);
    assert_int_equal(files, 15);
    assert_int_equal(with_epochs, 15);
    assert_int_equal(check_checkpoint("local/relay.light-sync-state.json"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_them),
        cmocka_unit_test(not_yet_their_slot),
        cmocka_unit_test(under_another_epoch),
        cmocka_unit_test(under_another_configuration),
        cmocka_unit_test(with_a_bit_turned),
        cmocka_unit_test(with_another_vrf),
        cmocka_unit_test(claims_of_another_kind),
        cmocka_unit_test(headers_of_checkpoints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
