/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lightSyncState, damaged. It is trusted and not signed, so a changed byte may well make another checkpoint; but what
 * comes out is refused by name, or coherent and whole: it survives its own compact form unchanged.
 */
#include "sweep.h"

#include "mote/checkpoint.h"

typedef struct subject {
    mote_bytes part[3]; /* header, epoch changes, authority set */
    unsigned damaged;   /* which of them */
} subject;

static void assert_whole(const mote_checkpoint *checkpoint) {
    static uint8_t encoded[1 << 20];
    mote_writer writer = mote_writer_into(encoded, sizeof encoded);
    mote_checkpoint_encode(&writer, checkpoint, true);
    mote_checkpoint again;
    mote_context *context = fixture_other_context(8);
    assert_status(mote_checkpoint_decode(context, &again, (mote_bytes){encoded, writer.size}),
                  MOTE_OK);
    mote_hash first = mote_checkpoint_digest(checkpoint), second = mote_checkpoint_digest(&again);
    assert_true(mote_hash_equal(&first, &second));
    assert_int_equal(checkpoint->epoch_count, again.epoch_count);
}

static mote_status load(const subject *s, mote_bytes damaged, mote_checkpoint *out) {
    mote_bytes part[3] = {s->part[0], s->part[1], s->part[2]};
    part[s->damaged] = damaged;
    return mote_checkpoint_from_light_sync_state(fixture_context(8), out, part[0], part[1], part[2],
                                                 NULL);
}

static void judge(mote_bytes damaged, void *user) {
    mote_checkpoint checkpoint;
    if (load(user, damaged, &checkpoint) == MOTE_OK) {
        assert_whole(&checkpoint);
    } else {
        assert_status(mote_finalized_header_check(&checkpoint.finalized), MOTE_E_NO_EVIDENCE);
    }
}

static subject subject_of(const char *path) {
    json_t *file = fixture_json(path);
    json_t *sync = json_object_get(file, "lightSyncState");
    if (sync == NULL) sync = file;
    subject s = {{fixture_hex_field(sync, "finalizedBlockHeader"),
                  fixture_hex_field(sync, "babeEpochChanges"),
                  fixture_hex_field(sync, "grandpaAuthoritySet")},
                 0};
    json_decref(file);
    mote_checkpoint whole;
    assert_status(load(&s, s.part[0], &whole), MOTE_OK);
    assert_int_equal(whole.epoch_count, 2);
    return s;
}

/* Each part beside small ones: a set of a thousand need not be built again for every byte of the epochs. */
static void damage_every_part(const char *path, size_t flips) {
    const subject s = subject_of(path), small = subject_of("checkpoints/paseo-first-7869.json");
    const mote_bytes no_epochs = {NULL, 0};
    subject header = {{s.part[0], s.part[1], small.part[2]}, 0};
    subject epochs = {{s.part[0], s.part[1], small.part[2]}, 1};
    subject set = {{s.part[0], no_epochs, s.part[2]}, 2};
    subject *subjects[] = {&header, &epochs, &set};
    for (size_t i = 0; i < 3; i++) {
        mote_checkpoint whole;
        mote_bytes damaged = s.part[subjects[i]->damaged];
        assert_status(load(subjects[i], damaged, &whole), MOTE_OK);
        sweep_cuts(damaged, judge, subjects[i]);
        sweep_flips(damaged, flips, judge, subjects[i]);
    }
}

static void a_small_one_of_paseo(void **state) {
    (void)state;
    damage_every_part("checkpoints/paseo-first-7869.json", fixture_times(20000));
}

static void the_local_networks(void **state) {
    (void)state;
    damage_every_part("local/relay.light-sync-state.json", fixture_times(20000));
}

static void every_one_of_a_chain_spec(void **state) {
    (void)state;
    size_t count;
    char **files = fixture_list("checkpoints", "", ".json", &count);
    for (size_t i = 0; i < count; i++) damage_every_part(files[i], fixture_times(100));
    assert_int_equal(count, 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_one_of_paseo),
        cmocka_unit_test(the_local_networks),
        cmocka_unit_test(every_one_of_a_chain_spec),
    };
    return cmocka_run_group_tests_name("sweep/checkpoint", tests, NULL, NULL);
}
