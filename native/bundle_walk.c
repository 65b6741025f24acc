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
size_t bundle_memory(mote_bytes bundle) {
    size_t fragment = bundle.size < MOTE_MAX_JUSTIFICATION_SIZE ? bundle.size + 4096
                                                                : MOTE_MAX_JUSTIFICATION_SIZE;
    size_t nodes = bundle.size < MOTE_MAX_PROOF_NODES ? bundle.size : MOTE_MAX_PROOF_NODES;
    return mote_warp_memory(0, fragment) + 3 * mote_proof_memory(nodes, bundle.size) +
           mote_justification_memory(bundle.size, MOTE_MAX_AUTHORITIES) + ((size_t)4 << 20);
}

/* --- what the core's fault cannot say by itself --------------------------------------------------------------- */
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
        report->expected = app_text(app, "the chain %s with genesis %s", run->bundle->chain,
                                    app_hash(app, &run->bundle->genesis));
        report->found = app_hash(app, &run->checkpoint->genesis);
    }
}

static void explain_finality(app *app, mote_status status, const bundle_run *run,
                             const mote_link *link) {
    mote_bytes warp = run->bundle->section[MOTE_SECTION_WARP];
    mote_bytes justification = run->bundle->section[MOTE_SECTION_JUSTIFICATION];
    uint32_t index = app->report.index;
    if (warp.size != 0 && mote_fault_offset(&app->context.fault, warp) != MOTE_NO_OFFSET) {
        explain_fragment(app, status, warp, index, link->set_id);
        return;
    }
    mote_header claimed;
    memset(&claimed, 0, sizeof claimed);
    claimed.hash = link->hash;
    claimed.number = link->number;
    explain_justification(app, status, &link->report, justification, index, &claimed);
}

static void explain_value(app *app, mote_status status, const mote_link *link) {
    if (status != MOTE_E_VALUE_MISMATCH) return;
    app->report.expected = link->question == MOTE_ASK_EQUALS ? "the value that the bundle says"
                                                             : "nothing under the key";
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
    case MOTE_LINK_PARA_STATE: explain_value(app, status, link); break;
    case MOTE_LINK_HEADER:
    case MOTE_LINK_PARA_HEAD:
    case MOTE_LINK_PARA_HEADER: break;
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

bool bundle_walk(app *app, const bundle_run *run) {
    const mote_bundle *bundle = run->bundle;
    mote_bundle_walk *walk;
    mote_status status = mote_bundle_begin(&app->context, &walk, bundle, run->checkpoint, run->now);
    if (status != MOTE_OK) return fail_core(app, status);
    describe_bundle(app, run);
    progress_begin(app);
    for (bool more = true; more;) {
        mote_link link;
        double begun = app_milliseconds();
        status = mote_bundle_next(&app->context, walk, &link, &more);
        double took = app_milliseconds() - begun;
        link.offset += run->shift;
        if (status != MOTE_OK) {
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
