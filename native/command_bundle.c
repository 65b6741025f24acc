/* SPDX-License-Identifier: Apache-2.0 */
/* mote bundle: puts parts together, and checks what came out before it is written. */
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "bundle_parts.h"
#include "bundle_walk.h"
#include "commands.h"
#include "links.h"

/* Where failures of the bundle are: it is written only when there are none. */
static const char unwritten[] = "the bundle (not written)";

static mote_bytes encode(app *app, const mote_bundle_parts *parts) {
    mote_writer measure = mote_writer_into(NULL, 0);
    mote_bundle_encode(&measure, parts);
    uint8_t *data = app_take(app, measure.size, 1);
    mote_writer writer = mote_writer_into(data, measure.size);
    mote_bundle_encode(&writer, parts);
    return (mote_bytes){data, writer.size};
}

/* With a checkpoint: as `mote verify` would. */
static bool check_from(app *app, const bundle_input *in, mote_bytes bytes) {
    mote_bundle bundle;
    app_source(app, unwritten, bytes);
    mote_status status = mote_bundle_open(&app->context, &bundle, bytes);
    if (status != MOTE_OK) return fail_core(app, status);
    const bundle_run run = {.bundle = &bundle,
                            .checkpoint = &in->trust.checkpoint,
                            .name = unwritten,
                            .checkpoint_name = in->trust.name,
                            .now = trust_now(app)};
    return bundle_walk(app, &run);
}

/* The base point of the curve: a sound key that votes for nothing here. */
static const uint8_t nobody[] = {4,    0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                 1,    0,    0,    0,    0,    0,    0,    0};

/* Without one, signatures cannot be judged. Everything else can: the walk starts at the first header, taken as final,
 * under a set of nobody, in the bundle without its proof of finality. */
static bool check_alone(app *app, const bundle_input *in, mote_bytes bytes) {
    mote_bundle_parts parts = in->parts;
    mote_bundle bundle;
    mote_checkpoint made_up;
    parts.warp = parts.justification = (mote_bytes){NULL, 0};
    mote_bytes rest = encode(app, &parts);
    app_source(app, unwritten, rest);
    if (!bundle_input_check_finality(app, in)) return false;
    mote_status status = mote_bundle_open(&app->context, &bundle, bytes);
    if (status == MOTE_OK) status = mote_bundle_open(&app->context, &bundle, rest);
    if (status == MOTE_OK) {
        status = mote_checkpoint_from_parts(&app->context, &made_up, in->headers[0],
                                            (mote_bytes){nobody, sizeof nobody}, 0, in->chain);
    }
    if (status != MOTE_OK) return fail_core(app, status);
    const bundle_run run = {.bundle = &bundle,
                            .checkpoint = &made_up,
                            .name = unwritten,
                            .now = 0,
                            .made_up = true,
                            .shift = bytes.size - rest.size};
    return bundle_walk(app, &run);
}

static bool settle_trust(app *app, bundle_input *in) {
    if (!in->has_trust) return true;
    if (!trust_establish(app, &in->trust)) return false;
    in->parts.genesis = in->trust.checkpoint.genesis;
    in->parts.checkpoint_digest = mote_checkpoint_digest(&in->trust.checkpoint);
    if (in->chain != NULL || in->trust.checkpoint.chain == NULL) return true;
    in->chain = in->trust.checkpoint.chain;
    in->parts.chain = bundle_chain_name(in->chain, app->args.chain);
    return true;
}

static void run(app *app) {
    bundle_input in;
    if (!bundle_input_check(app) || !bundle_input_read(app, &in)) return;
    mote_bytes size = {NULL, in.parts.warp.size + in.parts.justification.size +
                                 in.parts.relay_proof.size + in.parts.para_proof.size +
                                 in.parts.para_state_proof.size};
    app_context(app, bundle_input_memory(&in) + bundle_memory(app, size));
    if (!settle_trust(app, &in) || !bundle_input_answer(app, &in)) return;
    mote_bytes bytes = encode(app, &in.parts);
    if (!(in.has_trust ? check_from(app, &in, bytes) : check_alone(app, &in, bytes))) return;
    if (!write_file(app, app->args.output, bytes)) return;
    report_detail(app, "output", json_string(app->args.output));
    report_detail(app, "checked", json_string(in.has_trust ? "whole" : "without-signatures"));
    say(app, "%s: %s; written to %s, %zu bytes\n", good(app, "verified"),
        app_count(app, json_array_size(app->report.links), "link"), app->args.output, bytes.size);
    if (in.has_trust) return;
    say(app, "  signatures are not checked without --checkpoint: mote verify does it\n");
}

const command command_bundle = {
    .name = "bundle",
    .run = run,
    .usage = "-o FILE --chain NAME --justification FILE --header FILE... [PARTS]\n"
             "-o FILE --chain NAME --warp FILE --header FILE... [PARTS]",
    .summary = "Makes a proof bundle of its parts, checks it, and writes it",
    .options = "onjwHfkpCPxyzct",
    .help = "Headers go from the justified one down to the one asked for; a file may hold "
            "several, one a line, and a chain that goes upwards is turned. Keys belong to the "
            "proof before them, and the bundle says what their values are. --child holds for the "
            "keys after it. With --checkpoint the bundle is verified whole and bound to that "
            "checkpoint. Without it everything but the signatures is checked, with the first "
            "header assumed to be final. Nothing is written unless the check passes.\n",
    .examples = "  mote bundle -o head.bundle --chain rococo \\\n"
                "      --justification j.bin --header relay.hex \\\n"
                "      --para 2090 --para-proof head.json --para-header heads.hex \\\n"
                "      --para-state-proof events.json --key 0x26aa...7ef9\n"
                "  mote bundle -o balance.bundle --chain polkadot --warp warp.bin \\\n"
                "      --header block.bin \\\n"
                "      --proof account.json --key 0x26aa...4eea --checkpoint polkadot.chk\n",
    .min_files = 0,
    .max_files = 0,
};
