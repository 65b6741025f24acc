/* SPDX-License-Identifier: Apache-2.0 */
/* mote checkpoint: a starting point in compact form, and how old it is. */
#include <inttypes.h>
#include <string.h>

#include "agreement.h"
#include "app.h"
#include "commands.h"
#include "describe.h"
#include "links.h"
#include "moment.h"
#include "parts.h"
#include "trust.h"

/* A header, a set and its id: what a chain without lightSyncState gives. */
typedef struct pieces {
    input header;
    mote_bytes authorities;
    const mote_chain *chain;
} pieces;

static bool check_arguments(app *app, bool from_pieces) {
    const arguments *args = &app->args;
    bool any = args->headers.count != 0 || args->authorities != NULL || args->has_set_id;
    if (args->sources.count != 0) {
        return (!any && args->files.count == 0) ||
               usage_error(app, "--source does not go with a file, --header, --authorities and "
                                "--set-id");
    }
    if (!from_pieces) {
        if (!any) return true;
        return usage_error(app, "CHAINSPEC does not go with --header, --authorities and --set-id");
    }
    if (args->headers.count != 1) return usage_error(app, "CHAINSPEC or --header FILE is missing");
    if (args->authorities == NULL) return usage_error(app, "--authorities FILE is missing");
    if (!args->has_set_id) return usage_error(app, "--set-id N is missing");
    return true;
}

static bool read_pieces(app *app, pieces *out) {
    return chain_option(app, &out->chain) &&
           input_read(app, &out->header, app->args.headers.items[0]) &&
           authorities_read(app, &out->authorities, app->args.authorities);
}

static bool join_pieces(app *app, mote_checkpoint *out, const pieces *pieces) {
    mote_status status =
        mote_checkpoint_from_parts(&app->context, out, pieces->header.bytes, pieces->authorities,
                                   app->args.set_id, pieces->chain);
    if (status != MOTE_OK) return fail_core(app, status);
    label_checkpoint(out, app->args.chain);
    return true;
}

static bool write_out(app *app, const mote_checkpoint *checkpoint) {
    mote_writer measure = mote_writer_into(NULL, 0);
    mote_checkpoint_encode(&measure, checkpoint, app->args.with_babe);
    report_detail(app, "compact_size", json_u64(measure.size));
    bool babe = app->args.with_babe && checkpoint->epoch_count != 0;
    report_detail(app, "with_babe", json_boolean(babe));
    if (app->args.with_babe && !babe) {
        say(app, "  --with-babe      no BABE epochs are known: nothing is written of them\n");
    }
    if (app->args.output == NULL) return true;
    uint8_t *data = app_take(app, measure.size, 1);
    mote_writer writer = mote_writer_into(data, measure.size);
    mote_checkpoint_encode(&writer, checkpoint, app->args.with_babe);
    if (!write_file(app, app->args.output, (mote_bytes){data, writer.size})) return false;
    report_detail(app, "output", json_string(app->args.output));
    say(app, "  written          %s, %zu bytes\n", app->args.output, writer.size);
    return true;
}

static void show_age(app *app, const mote_age *age) {
    if (age->freshness == MOTE_AGE_UNKNOWN) {
        say(app, "  age              not known: the header has no BABE slot\n");
        return;
    }
    const char *word = mote_freshness_name(age->freshness);
    bool trusted = age->freshness == MOTE_FRESH || age->freshness == MOTE_STALE;
    say(app, "  made at          %s\n", moment_text(app, age->made_at));
    if (age->made_at > age->now) {
        say(app, "  age              none: made %s after %s\n",
            moment_duration(app, age->made_at - age->now), moment_text(app, age->now));
    } else {
        say(app, "  age              %s at %s\n", moment_duration(app, age->seconds),
            moment_text(app, age->now));
    }
    say(app, "  window           %s: %s\n", moment_window(app, age),
        trusted ? good(app, word) : bad(app, word));
}

/* From nodes, from pieces, or from one file. */
static bool make(app *app, mote_checkpoint *out) {
    trust trust;
    pieces pieces;
    memset(&trust, 0, sizeof trust);
    memset(&pieces, 0, sizeof pieces);
    if (app->args.sources.count != 0) {
        app_context(app, (size_t)32 << 20);
        return agreement_find(app, out);
    }
    bool from_pieces = app->args.files.count == 0;
    if (!(from_pieces ? read_pieces(app, &pieces)
                      : trust_read(app, &trust, app->args.files.items[0]))) {
        return false;
    }
    app_context(app, trust_memory(&trust) + 2 * pieces.authorities.size);
    if (from_pieces) return join_pieces(app, out, &pieces);
    if (!trust_establish(app, &trust)) return false;
    *out = trust.checkpoint;
    return true;
}

static void run(app *app) {
    mote_checkpoint made;
    const mote_checkpoint *checkpoint = &made;
    bool is_vouched_for = app->args.files.count == 0;
    if (!check_arguments(app, is_vouched_for)) return;
    app->args.any_chain = true;
    if (!make(app, &made)) return;
    if (is_vouched_for) report_assume(app, MOTE_ASSUMED_HEADER | MOTE_ASSUMED_AUTHORITIES);
    report_target(app, &checkpoint->header.hash, checkpoint->header.number);
    describe_checkpoint(app, checkpoint);
    mote_age age = mote_checkpoint_age(checkpoint, trust_now(app));
    show_age(app, &age);
    /* An expired one is written as well: the exit code says what it is, and whoever reads it is told again. */
    if (!write_out(app, checkpoint)) return;
    trust_judge_age(app, checkpoint, &age);
}

const command command_checkpoint = {
    .name = "checkpoint",
    .run = run,
    .usage = "CHAINSPEC [-o FILE] [--now TIME]\n"
             "--header FILE --authorities FILE --set-id N [--chain NAME] [-o FILE]\n"
             "--source URL --source URL... [--chain NAME] [-o FILE]",
    .summary = "Makes a compact checkpoint, or shows one, and judges its age",
    .options = "HasntobUASGe",
    .help =
        "CHAINSPEC has a lightSyncState or a raw genesis; a compact checkpoint is read as "
        "well. Age is judged against the chain's weak-subjectivity window: fresh under a "
        "quarter of it, stale under the whole. Where no unbonding period is known the window is "
        "one day, and called assumed; a NAME that mote does not know is a label. Exit code 6 says "
        "expired or from the future; with -o the file is written all the same, for recordings "
        "that are judged at their own time.\n\n"
        "With --source two or more full nodes are asked: all must name the same block, a proof "
        "under its state root gives the authorities, and a fresh justification of that block by "
        "them must hold. Header and authorities stay assumed: that not all of these nodes lie "
        "together.\n",
    .examples = "  mote checkpoint polkadot.json -o polkadot.chk\n"
                "  mote checkpoint polkadot.chk --now 2026-07-01T00:00:00Z --json\n"
                "  mote checkpoint --header block.bin --authorities set2149.bin --set-id 2149 \\\n"
                "      --chain rococo -o rococo.chk --now 2022-11-21T00:00:00Z\n"
                "  mote checkpoint --chain polkadot --source wss://rpc.polkadot.io \\\n"
                "      --source wss://polkadot.dotters.network -o polkadot.chk\n",
    .min_files = 0,
    .max_files = 1,
};
