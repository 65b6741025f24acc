/* SPDX-License-Identifier: Apache-2.0 */
/* mote warp: from one authority set to the next, fragment by fragment. */
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "commands.h"
#include "explain.h"
#include "links.h"
#include "mote/limits.h"
#include "parts.h"
#include "progress.h"
#include "trust.h"

#define CHUNK ((size_t)64 << 10)

typedef struct start {
    trust trust; /* with --checkpoint */
    mote_bytes authorities;
    mote_authority_set set;
    mote_warp_start warp;
} start;

/* --- where it starts ------------------------------------------------------------------------------------------------ */
static bool check_arguments(app *app) {
    const arguments *args = &app->args;
    if (args->checkpoint != NULL) {
        if (args->authorities == NULL && !args->has_set_id) return true;
        return usage_error(
            app, "--checkpoint has its own set: --authorities and --set-id do not go with it");
    }
    if (args->authorities == NULL) {
        return usage_error(app,
                           "--checkpoint FILE, or --authorities FILE and --set-id N, is missing");
    }
    return args->has_set_id ? true : usage_error(app, "--set-id N is missing");
}

static bool read_start(app *app, start *out) {
    memset(out, 0, sizeof *out);
    if (app->args.checkpoint != NULL) return trust_read(app, &out->trust, app->args.checkpoint);
    return chain_option(app, &out->trust.chain) &&
           authorities_read(app, &out->authorities, app->args.authorities);
}

static size_t start_memory(const start *start) {
    return trust_memory(&start->trust) + start->authorities.size * 2;
}

/* At a checkpoint: its block, its set, its chain, and its age. */
static bool start_at_checkpoint(app *app, start *start) {
    if (!trust_establish(app, &start->trust)) return false;
    const mote_checkpoint *checkpoint = &start->trust.checkpoint;
    mote_link link = {.kind = MOTE_LINK_CHECKPOINT,
                      .hash = checkpoint->header.hash,
                      .number = checkpoint->header.number,
                      .state_root = checkpoint->header.state_root,
                      .set_id = checkpoint->set.set_id,
                      .authorities = checkpoint->set.listed};
    if (!trust_judge_age(app, checkpoint, &link.age)) {
        link_failed(app, &link, 0);
        return false;
    }
    link_verified(app, &link, 0);
    report_target(app, &link.hash, link.number);
    start->warp.hash = checkpoint->header.hash;
    start->warp.number = checkpoint->header.number;
    start->warp.set = &checkpoint->set;
    start->warp.chain = start->trust.chain;
    return true;
}

static bool start_at_set(app *app, start *start) {
    mote_authority_list list;
    app->subject = app->args.authorities;
    mote_status status = mote_authority_list_decode(&app->context, &list, start->authorities);
    if (status == MOTE_OK) {
        mote_voter *voters = app_take(app, list.count, sizeof *voters);
        status = mote_authority_set_build(&app->context, &start->set, voters, list.count, &list,
                                          app->args.set_id, MOTE_ASSUMED_AUTHORITIES);
    }
    if (status != MOTE_OK) {
        fail_core(app, status);
        explain_item(app, "authority");
        return false;
    }
    report_assume(app, start->set.assumed);
    start->warp.set = &start->set;
    start->warp.chain = start->trust.chain;
    return true;
}

/* --- the walk --------------------------------------------------------------------------------------------------------- */
typedef struct walk {
    mote_warp *warp;
    mote_bytes proof;
    mote_cursor fragments; /* where they are in the file, for their links */
    double since;
} walk;

/* The piece of the file that the next link judged. The last fragment's includes is_finished. */
static void place(walk *walk, mote_link *link) {
    mote_header header;
    const uint8_t *from = walk->fragments.at;
    mote_read_header(&walk->fragments, &header);
    (void)mote_read_justification(&walk->fragments);
    if (walk->fragments.status != MOTE_OK) return;
    bool last = mote_cursor_left(&walk->fragments) <= 1;
    const uint8_t *end = last ? walk->fragments.end : walk->fragments.at;
    link->offset = (size_t)(from - walk->proof.data);
    link->size = (size_t)(end - from);
}

static void fetch(app *app, walk *walk) {
    mote_warp_link fragment;
    while (mote_warp_next(walk->warp, &fragment)) {
        double now = app_milliseconds();
        mote_link link = link_of_fragment(&fragment);
        place(walk, &link);
        link_verified(app, &link, now - walk->since);
        report_target(app, &link.hash, link.number);
        report_assume(app, fragment.header.assumed);
        walk->since = now;
    }
}

/* The units that are out come back: finish judges on this thread what did not. */
static mote_status settle(app *app, walk *walk, pool *pool) {
    mote_work *work = mote_warp_work(walk->warp);
    mote_status status = MOTE_OK;
    size_t consumed;
    pool_offer(pool, &app->context, work);
    while (status == MOTE_OK && mote_work_waiting(work) > 0) {
        status = pool_wait(pool, &app->context, work);
        if (status == MOTE_OK) {
            status = mote_warp_feed(&app->context, walk->warp, &consumed, (mote_bytes){NULL, 0});
        }
        fetch(app, walk);
    }
    return status;
}

static mote_status feed(app *app, walk *walk, pool *pool) {
    size_t done = 0;
    progress_begin(app);
    walk->since = app_milliseconds();
    while (done < walk->proof.size) {
        size_t left = walk->proof.size - done;
        mote_bytes chunk = {walk->proof.data + done, left < CHUNK ? left : CHUNK};
        size_t consumed = 0;
        mote_status status = mote_warp_feed(&app->context, walk->warp, &consumed, chunk);
        fetch(app, walk);
        if (status != MOTE_OK) return status;
        if (consumed == 0 && pool != NULL) {
            status = pool_wait(pool, &app->context, mote_warp_work(walk->warp));
            if (status != MOTE_OK) return status;
        }
        pool_offer(pool, &app->context, mote_warp_work(walk->warp));
        done += consumed;
        progress_show(app, done, walk->proof.size);
    }
    mote_status status = settle(app, walk, pool);
    if (status == MOTE_OK) status = mote_warp_finish(&app->context, walk->warp);
    fetch(app, walk);
    return status;
}

/* The decoder counts bytes of the stream, which is the file. */
static void fail_at_fragment(app *app, walk *walk, const mote_warp_start *start,
                             mote_status status) {
    mote_fault fault = app->context.fault;
    if (fault.at == NULL && fault.offset <= walk->proof.size) {
        app->context.fault.at = walk->proof.data + fault.offset;
    }
    fail_core(app, status);
    const warp_origin origin = {start->hash, start->number, mote_warp_set(walk->warp)};
    explain_fragment(app, status, walk->proof, &origin);
    if (status == MOTE_E_STREAM_UNFINISHED) app->report.found = "the end of the file";
    mote_link link = {.kind = MOTE_LINK_HANDOVER};
    place(walk, &link);
    link_failed(app, &link, app_milliseconds() - walk->since);
}

static void conclude(app *app, const walk *walk) {
    const mote_authority_set *set = mote_warp_set(walk->warp);
    uint32_t fragments = mote_warp_fragments(walk->warp);
    bool finished = app->report.failed ? false : mote_warp_is_finished(walk->warp);
    report_detail(app, "fragments", json_integer(fragments));
    report_detail(app, "is_finished", app->report.failed ? json_null() : json_boolean(finished));
    report_detail(app, "set_id", json_u64(set->set_id));
    report_detail(app, "authorities", json_integer(set->listed));
    if (app->report.failed) {
        say(app, "verified before that: %s, up to set %" PRIu64 "\n",
            app_count(app, fragments, "fragment"), set->set_id);
    } else if (fragments == 0) {
        say(app, "%s: nothing newer\n", good(app, "verified"));
    } else {
        say(app,
            "%s: %s; set %" PRIu64 " with %" PRIu32 " authorities finalizes what comes next%s\n",
            good(app, "verified"), app_count(app, fragments, "fragment"), set->set_id, set->listed,
            finished ? "" : " (the proof says itself that there is more)");
    }
}

static void run(app *app) {
    start start;
    input in;
    if (!check_arguments(app) || !read_start(app, &start)) return;
    if (!input_read(app, &in, app->args.files.items[0])) return;
    /* Not the file's size: what a cut proof claims beyond its end is missing, not too large. */
    size_t fragment = MOTE_MAX_JUSTIFICATION_SIZE;
    pool *pool = app_pool(app);
    start.warp.threads = pool == NULL ? 0 : (uint32_t)app_threads(app);
    size_t voters = start_memory(&start) / MOTE_AUTHORITY_ITEM_SIZE;
    if (voters > MOTE_MAX_AUTHORITIES) voters = MOTE_MAX_AUTHORITIES;
    app_context(app,
                start_memory(&start) + 65536 +
                    mote_warp_threads_memory(0, fragment, (uint32_t)voters, start.warp.threads));
    app_cache_keys(app, MOTE_MAX_AUTHORITIES);
    bool at_checkpoint = app->args.checkpoint != NULL;
    if (!(at_checkpoint ? start_at_checkpoint(app, &start) : start_at_set(app, &start))) return;

    app->subject = in.name;
    start.warp.max_fragment_size = fragment;
    walk walk = {NULL, in.bytes, mote_cursor_over(in.bytes), 0};
    (void)mote_read_compact_u32(&walk.fragments);
    mote_status status = mote_warp_new(&app->context, &walk.warp, &start.warp);
    if (status != MOTE_OK) {
        fail_core(app, status);
        return;
    }
    status = feed(app, &walk, pool);
    pool_forget(pool);
    if (status != MOTE_OK) fail_at_fragment(app, &walk, &start.warp, status);
    conclude(app, &walk);
}

const command command_warp = {
    .name = "warp",
    .run = run,
    .usage = "FILE --checkpoint FILE [--chain NAME] [--now TIME] [--threads N]\n"
             "FILE --authorities FILE --set-id N [--chain NAME] [--threads N]",
    .summary = "Verifies a warp proof: every hand-over of authority sets, one after another",
    .options = "casnti",
    .help = "Each hand-over is printed when it is verified, with its time; signatures of several "
            "are verified together, so one may take the time of several. What is printed stays "
            "verified when a later fragment is bad. An empty finished proof means: nothing newer. "
            "A proof that stops inside ends with exit code 4.\n",
    .examples = "  mote warp proof.bin --checkpoint polkadot.json\n"
                "  mote warp proof.bin --authorities set2149.bin --set-id 2149 --chain rococo\n"
                "  mote warp old.bin --checkpoint kusama.chk --now 2022-11-21T00:00:00Z --json\n",
    .min_files = 1,
    .max_files = 1,
};
