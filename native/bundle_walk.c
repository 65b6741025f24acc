/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_walk.h"

#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "describe.h"
#include "explain.h"
#include "links.h"
#include "mote/limits.h"
#include "progress.h"
#include "trust.h"

/* Its parts are worked on one after another; the sum is an upper bound, of which only what is used costs anything. */
size_t bundle_memory(const app *app, mote_bytes bundle) {
    const uint32_t threads = app_threads(app) > 1 ? (uint32_t)app_threads(app) : 0;
    size_t fragment = bundle.size < MOTE_MAX_JUSTIFICATION_SIZE ? bundle.size + 4096
                                                                : MOTE_MAX_JUSTIFICATION_SIZE;
    size_t nodes = bundle.size < MOTE_MAX_PROOF_NODES ? bundle.size : MOTE_MAX_PROOF_NODES;
    return mote_warp_threads_memory(0, fragment, 0, threads) +
           3 * mote_proof_memory(nodes, bundle.size) +
           mote_justification_split_memory(bundle.size, MOTE_MAX_AUTHORITIES, threads) +
           ((size_t)4 << 20);
}

/* --- what the core's fault cannot say by itself --------------------------------------------------------------- */
/* By name where that is what differs, and by hash where it is that. */
static void explain_chain(app *app, const bundle_run *run) {
    report *report = &app->report;
    const mote_chain *chain = run->checkpoint->chain;
    static const mote_hash unknown = {{0}};
    bool both_say = !mote_hash_equal(&run->bundle->genesis, &unknown) &&
                    !mote_hash_equal(&run->checkpoint->genesis, &unknown);
    bool same = mote_hash_equal(&run->bundle->genesis, &run->checkpoint->genesis);
    if (chain != NULL && (!both_say || same)) {
        report->expected = app_text(app, "a checkpoint of the chain %s", run->bundle->chain);
        report->found = app_text(app, "one of %s", chain->name);
        return;
    }
    report->expected =
        app_text(app, "a checkpoint with genesis %s", app_hash(app, &run->bundle->genesis));
    report->found = app_text(app, "one with %s", app_hash(app, &run->checkpoint->genesis));
}

static void explain_checkpoint(app *app, mote_status status, const bundle_run *run,
                               const mote_link *link) {
    report *report = &app->report;
    if (status == MOTE_E_EXPIRED || status == MOTE_E_FROM_FUTURE) {
        explain_age(app, &link->age);
    } else if (status == MOTE_E_CHECKPOINT_MISMATCH) {
        mote_hash digest = mote_checkpoint_digest(run->checkpoint);
        report->expected = app_text(app, "the checkpoint with digest %s",
                                    app_hash(app, &run->bundle->checkpoint_digest));
        report->found = app_hash(app, &digest);
    } else if (status == MOTE_E_GENESIS_MISMATCH) {
        explain_chain(app, run);
    }
}

/* A field of the link that was verified last; NULL where there is none. */
static json_t *last_link(app *app, const char *field) {
    size_t count = json_array_size(app->report.links);
    return count == 0 ? NULL : json_object_get(json_array_get(app->report.links, count - 1), field);
}

/* The set in office at a fragment: the checkpoint's, or the one that the fragment before it names. */
static const mote_authority_set *set_at(app *app, const bundle_run *run, mote_bytes warp,
                                        uint32_t index) {
    const mote_checkpoint *checkpoint = run->checkpoint;
    if (index == MOTE_NO_INDEX) return NULL;
    if (index == 0) return &checkpoint->set;
    /* Fragments that the chain's list replaces have other sets: their votes are not looked at again. */
    if (checkpoint->chain != NULL && checkpoint->chain->hard_fork_count != 0) return NULL;
    mote_cursor cursor = mote_cursor_over(warp);
    mote_header header;
    mote_grandpa_log log;
    (void)mote_read_compact_u32(&cursor);
    for (uint32_t i = 0; i < index; i++) {
        mote_read_header(&cursor, &header);
        if (i + 1 < index) (void)mote_read_justification(&cursor);
    }
    if (cursor.status != MOTE_OK ||
        !mote_header_find_grandpa_log(&header, &log, MOTE_GRANDPA_SCHEDULED_CHANGE)) {
        return NULL;
    }
    mote_authority_set *set = app_take(app, 1, sizeof *set);
    mote_voter *voters = app_take(app, log.next.count, sizeof *voters);
    mote_context scratch = app->context;
    mote_status status = mote_authority_set_build(&scratch, set, voters, log.next.count, &log.next,
                                                  checkpoint->set.set_id + index, 0);
    return status == MOTE_OK ? set : NULL;
}

static void explain_finality(app *app, mote_status status, const bundle_run *run,
                             const mote_link *link) {
    mote_bytes warp = run->bundle->section[MOTE_SECTION_WARP];
    mote_bytes justification = run->bundle->section[MOTE_SECTION_JUSTIFICATION];
    const mote_checkpoint *checkpoint = run->checkpoint;
    if (link->kind == MOTE_LINK_HANDOVER) { /* of the stage, whatever the fragment was to be */
        const warp_origin origin = {checkpoint->header.hash, checkpoint->header.number,
                                    set_at(app, run, warp, app->report.index)};
        explain_fragment(app, status, warp, &origin);
        return;
    }
    mote_header header;
    mote_cursor cursor = mote_cursor_over(run->bundle->section[MOTE_SECTION_HEADERS]);
    mote_read_header(&cursor, &header);
    explain_justification(app, status, &link->report, justification,
                          cursor.status == MOTE_OK ? &header : NULL);
    if (status != MOTE_E_NOT_ABOVE_TRUSTED) return;
    app->report.expected = app_text(app, "a block above number %" JSON_INTEGER_FORMAT,
                                    json_integer_value(last_link(app, "number")));
    app->report.found = app_text(app, "block %" PRIu32 " %s", link->report.target_number,
                                 app_hash(app, &link->report.target_hash));
}

/* A header that is not the parent of the one before it: that is in the same list, or what the last link proved. */
static void explain_header(app *app, mote_status status, mote_bytes list, const mote_link *link) {
    mote_cursor cursor = mote_cursor_over(list);
    mote_header header, before;
    bool first = true;
    if (status != MOTE_E_HEADER_LINK && status != MOTE_E_HEADER_NUMBER) return;
    for (mote_read_header(&cursor, &header); cursor.status == MOTE_OK; first = false) {
        if (mote_hash_equal(&header.hash, &link->hash)) break;
        before = header;
        mote_read_header(&cursor, &header);
    }
    if (cursor.status == MOTE_OK && !first) {
        explain_parent(app, status, &before, &header);
        return;
    }
    json_int_t number = json_integer_value(last_link(app, "number"));
    const char *hash = json_string_value(last_link(app, "hash"));
    app->report.expected = app_text(app, "the parent of block %" JSON_INTEGER_FORMAT " %s", number,
                                    hash == NULL ? "" : hash);
    app->report.found =
        app_text(app, "block %" PRIu32 " %s", link->number, app_hash(app, &link->hash));
}

/* Behind the question's key stands what the bundle says of its value. */
static const char *said_value(app *app, const bundle_run *run, const mote_link *link) {
    mote_bytes encoded = run->bundle->encoded;
    size_t offset = mote_fault_offset(&app->context.fault, (mote_bytes){link->key.data, 0});
    size_t at = (size_t)(link->key.data - encoded.data) + link->key.size;
    if (offset != 0 || at > encoded.size) return "the value that the bundle says";
    mote_cursor cursor = mote_cursor_over((mote_bytes){encoded.data + at, encoded.size - at});
    mote_bytes value = mote_read_vec_u8(&cursor);
    return cursor.status == MOTE_OK ? app_hex(app, value) : "the value that the bundle says";
}

static void explain_value(app *app, mote_status status, const bundle_run *run,
                          const mote_link *link) {
    if (status != MOTE_E_VALUE_MISMATCH) return;
    app->report.expected = "nothing under the key";
    if (link->question == MOTE_ASK_EQUALS) app->report.expected = said_value(app, run, link);
    switch (link->value.state) {
    case MOTE_VALUE_PRESENT: app->report.found = app_hex(app, link->value.value); break;
    case MOTE_VALUE_ABSENT: app->report.found = "proven absence"; break;
    case MOTE_VALUE_HASH_ONLY: app->report.found = app_hash(app, &link->value.value_hash); break;
    case MOTE_VALUE_UNKNOWN: break;
    }
}

static void explain_link(app *app, mote_status status, const bundle_run *run,
                         const mote_link *link) {
    switch (link->kind) {
    case MOTE_LINK_CHECKPOINT: explain_checkpoint(app, status, run, link); break;
    case MOTE_LINK_HANDOVER:
    case MOTE_LINK_FINALITY: explain_finality(app, status, run, link); break;
    case MOTE_LINK_STATE:
    case MOTE_LINK_PARA_STATE: explain_value(app, status, run, link); break;
    case MOTE_LINK_HEADER:
        explain_header(app, status, run->bundle->section[MOTE_SECTION_HEADERS], link);
        break;
    case MOTE_LINK_PARA_HEADER:
        explain_header(app, status, run->bundle->section[MOTE_SECTION_PARA_HEADERS], link);
        break;
    case MOTE_LINK_PARA_HEAD: break;
    }
    bool proof = link->kind >= MOTE_LINK_STATE && link->kind != MOTE_LINK_PARA_HEADER;
    if (proof && app->report.item == NULL) explain_item(app, "node");
}

static void conclude(app *app, const bundle_run *run, mote_bundle_walk *walk) {
    mote_hash hash;
    uint32_t number;
    bool para;
    uint32_t assumed = mote_bundle_assumed(walk);
    /* Of a starting point that is made up no age is judged, and its header is taken as final. */
    if (run->made_up) assumed = MOTE_ASSUMED_HEADER;
    report_assume(app, assumed);
    if (!mote_bundle_target(walk, &hash, &number, &para)) return;
    report_target(app, &hash, number);
    json_object_set_new(app->report.target, "parachain", json_boolean(para));
}

static void describe_bundle(app *app, const bundle_run *run) {
    report_detail(app, "version", json_integer(run->bundle->version));
    report_detail(app, "bundle_chain", json_string(run->bundle->chain));
    report_detail(app, "chain", describe_chain(run->checkpoint->chain));
    report_detail(app, "size", json_u64(run->bundle->encoded.size + run->shift));
}

static void fail_link(app *app, const bundle_run *run, mote_status status, const mote_link *link,
                      double took) {
    report *report = &app->report;
    fail_core(app, status);
    size_t offset = mote_fault_offset(&app->context.fault, run->bundle->encoded);
    bool untimely = mote_status_class_of(status) == MOTE_CLASS_UNTIMELY;
    report->input = untimely ? run->checkpoint_name : run->name;
    report->offset = untimely || offset == MOTE_NO_OFFSET ? MOTE_NO_OFFSET : offset + run->shift;
    explain_link(app, status, run, link);
    link_failed(app, link, took);
}

static void pass_link(app *app, const bundle_run *run, const mote_link *link, double took) {
    if (link->kind == MOTE_LINK_CHECKPOINT) {
        if (run->made_up) return;
        app->report.age = json_age(app, &link->age);
    }
    link_verified(app, link, took);
}

/* Until there is a link: others judge its signatures. */
static mote_status next_link(app *app, pool *pool, mote_bundle_walk *walk, mote_link *link,
                             bool *more) {
    for (;;) {
        mote_status status = mote_bundle_next(&app->context, walk, link, more);
        if (status != MOTE_OK || !*more || link->kind != MOTE_LINK_NONE) return status;
        if (mote_bundle_is_stuck(walk)) {
            status = pool_wait(pool, &app->context, mote_bundle_work(walk));
            if (status != MOTE_OK) return status;
        } else {
            pool_offer(pool, &app->context, mote_bundle_work(walk));
        }
    }
}

bool bundle_walk(app *app, const bundle_run *run) {
    const mote_bundle *bundle = run->bundle;
    mote_bundle_walk *walk;
    mote_status status = mote_bundle_begin(&app->context, &walk, bundle, run->checkpoint, run->now);
    if (status != MOTE_OK) return fail_core(app, status);
    describe_bundle(app, run);
    progress_begin(app);
    pool *pool = app_pool(app);
    if (pool != NULL) mote_bundle_use_threads(walk, (uint32_t)app_threads(app));
    for (bool more = true; more;) {
        mote_link link;
        double begun = app_milliseconds();
        status = next_link(app, pool, walk, &link, &more);
        double took = app_milliseconds() - begun;
        link.offset += run->shift;
        if (status != MOTE_OK) {
            pool_forget(pool);
            fail_link(app, run, status, &link, took);
            break;
        }
        if (more) pass_link(app, run, &link, took);
        progress_show(app, link.offset - run->shift + link.size, bundle->encoded.size);
    }
    conclude(app, run, walk);
    if (!app->report.failed) return true;
    say(app, "verified before that: %s\n",
        app_count(app, json_array_size(app->report.links), "link"));
    return false;
}
