/* SPDX-License-Identifier: Apache-2.0 */
/* mote justification: a GRANDPA justification under an authority set the caller brings. */
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "commands.h"
#include "describe.h"
#include "explain.h"
#include "links.h"
#include "mote/grandpa.h"
#include "parts.h"

typedef struct parts {
    input justification;
    mote_bytes authorities;
    input header;
    bool has_header;
} parts;

static bool read_parts(app *app, parts *out) {
    const arguments *args = &app->args;
    if (args->authorities == NULL) return usage_error(app, "--authorities FILE is missing");
    if (!args->has_set_id) return usage_error(app, "--set-id N is missing");
    if (args->headers.count > 1) return usage_error(app, "--header is given twice");
    out->has_header = args->headers.count == 1;
    return input_read(app, &out->justification, args->files.items[0]) &&
           authorities_read(app, &out->authorities, args->authorities) &&
           (!out->has_header || input_read(app, &out->header, args->headers.items[0]));
}

static bool build_set(app *app, mote_authority_set *set, mote_bytes authorities) {
    mote_authority_list list;
    app->subject = app->args.authorities;
    mote_status status = mote_authority_list_decode(&app->context, &list, authorities);
    if (status == MOTE_OK) {
        mote_voter *voters = app_take(app, list.count, sizeof *voters);
        status = mote_authority_set_build(&app->context, set, voters, list.count, &list,
                                          app->args.set_id, MOTE_ASSUMED_AUTHORITIES);
    }
    if (status == MOTE_OK) return true;
    fail_core(app, status);
    explain_item(app, "authority");
    return false;
}

/* Each decodes as the other: that is no accident. */
static bool is_authority_list(app *app, mote_bytes bytes) {
    mote_authority_list list;
    mote_context scratch = app->context;
    return mote_authority_list_decode(&scratch, &list, bytes) == MOTE_OK && list.count != 0;
}

static bool is_justification(app *app, mote_bytes bytes) {
    mote_justification_report report;
    mote_context scratch = app->context;
    return mote_justification_decode(&scratch, &report, bytes) == MOTE_OK;
}

static void hint_at_swapped(app *app, const parts *parts) {
    bool swapped = is_justification(app, parts->authorities);
    if (is_authority_list(app, parts->justification.bytes)) {
        app->report.hint = swapped ? "the two files look swapped: FILE is an authority list, and "
                                     "--authorities a justification"
                                   : "FILE is an authority list, no justification";
    } else if (swapped) {
        app->report.hint = "the file of --authorities is a justification, no authority list";
    }
}

/* The header's own evidence: what reads state under it takes this. */
static bool show_header(app *app, const mote_finalized_block *block, const mote_header *header) {
    mote_finalized_header finalized;
    mote_status status = mote_finalized_header_of(&app->context, &finalized, block, header);
    if (status != MOTE_OK) return fail_core(app, status);
    report_detail(app, "header", describe_header_json(app, header));
    say(app, "                 state root %s\n", app_hash(app, &finalized.state_root));
    return true;
}

/* Smaller ones are judged before threads would have started. */
#define PAYS ((size_t)132 * 128)

static mote_status verify(app *app, mote_finalized_block *block, mote_justification_report *votes,
                          const mote_authority_set *set, mote_bytes bytes,
                          const mote_header *wanted) {
    mote_context *context = &app->context;
    pool *pool = bytes.size < PAYS ? NULL : app_pool(app);
    if (pool == NULL) {
        return mote_justification_verify(context, block, votes, set, bytes, wanted);
    }
    mote_split_justification *split;
    memset(block, 0, sizeof *block);
    mote_status status = mote_justification_split(context, &split, votes, set, bytes, wanted,
                                                  (uint32_t)app_threads(app));
    if (status != MOTE_OK) return status;
    mote_work *work = mote_justification_work(split);
    pool_offer(pool, context, work);
    while (status == MOTE_OK && mote_work_waiting(work) > 0) {
        status = pool_wait(pool, context, work);
    }
    pool_forget(pool);
    return status != MOTE_OK ? status : mote_justification_join(context, block, split);
}

static void run(app *app) {
    parts parts;
    if (!read_parts(app, &parts)) return;
    size_t voters = parts.authorities.size / MOTE_AUTHORITY_ITEM_SIZE + 1;
    app_context(app, mote_justification_split_memory(parts.justification.bytes.size, voters,
                                                     (uint32_t)app_threads(app)) +
                         65536);

    mote_authority_set set;
    mote_header header;
    if (!build_set(app, &set, parts.authorities)) {
        hint_at_swapped(app, &parts);
        return;
    }
    report_assume(app, set.assumed);
    if (parts.has_header) {
        app->subject = parts.header.name;
        mote_status status = mote_header_decode(&app->context, &header, parts.header.bytes);
        if (status != MOTE_OK) {
            fail_core(app, status);
            return;
        }
    }
    const mote_header *wanted = parts.has_header ? &header : NULL;
    mote_finalized_block block;
    mote_justification_report votes;
    app->subject = parts.justification.name;
    double begun = app_milliseconds();
    mote_status status = verify(app, &block, &votes, &set, parts.justification.bytes, wanted);
    double took = app_milliseconds() - begun;
    if (status != MOTE_OK) {
        fail_core(app, status);
        explain_justification(app, status, &votes, parts.justification.bytes, wanted);
        hint_at_swapped(app, &parts);
        mote_finalized_block claimed = {
            .hash = votes.target_hash, .number = votes.target_number, .set_id = set.set_id};
        mote_link link = link_of_finality(&claimed, &votes);
        link_failed(app, &link, took);
        return;
    }
    mote_link link = link_of_finality(&block, &votes);
    if (wanted != NULL) link.state_root = header.state_root;
    link_verified(app, &link, took);
    report_target(app, &block.hash, block.number);
    if (wanted != NULL && !show_header(app, &block, wanted)) return;
    say(app, "%s: block %" PRIu32 " is final under set %" PRIu64 "\n", good(app, "verified"),
        block.number, block.set_id);
}

const command command_justification = {
    .name = "justification",
    .run = run,
    .usage = "FILE --authorities FILE --set-id N [--header FILE] [--threads N]",
    .summary = "Verifies a GRANDPA justification under an authority set that you bring",
    .options = "asHi",
    .help = "Verifies every vote of FILE. The set is taken from you: the verdict says so. With "
            "--header the justification has to be for that header, and its state root is final as "
            "well.\n",
    .examples =
        "  mote justification rococo-1238286.justification.bin \\\n"
        "      --authorities rococo-set2149.bin --set-id 2149\n"
        "  mote justification j.hex --authorities set.json --set-id 7 --header block.bin --json\n",
    .min_files = 1,
    .max_files = 1,
};
