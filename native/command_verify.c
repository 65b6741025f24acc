/* SPDX-License-Identifier: Apache-2.0 */
/* mote verify: a bundle, from a trusted checkpoint down to its values. */
#include <inttypes.h>

#include "app.h"
#include "bundle_walk.h"
#include "commands.h"
#include "links.h"
#include "mote/limits.h"
#include "trust.h"

static void run(app *app) {
    trust trust;
    input in;
    if (app->args.checkpoint == NULL) {
        usage_error(app, "--checkpoint FILE is missing: it is never taken from the bundle");
        return;
    }
    if (!input_read(app, &in, app->args.files.items[0]) ||
        !trust_read(app, &trust, app->args.checkpoint)) {
        return;
    }
    app_context(app, trust_memory(&trust) + bundle_memory(app, in.bytes));
    app_cache_keys(app, MOTE_MAX_AUTHORITIES);
    app->subject = in.name;
    mote_bundle bundle;
    mote_status status = mote_bundle_open(&app->context, &bundle, in.bytes);
    if (status != MOTE_OK) {
        fail_core(app, status);
        return;
    }
    if (!trust_establish(app, &trust)) return;
    const bundle_run walk = {.bundle = &bundle,
                             .checkpoint = &trust.checkpoint,
                             .name = in.name,
                             .checkpoint_name = trust.name,
                             .now = trust_now(app)};
    if (!bundle_walk(app, &walk)) return;
    bool para = json_is_true(json_object_get(app->report.target, "parachain"));
    say(app, "%s: %s, down to %sblock %" JSON_INTEGER_FORMAT "\n", good(app, "verified"),
        app_count(app, json_array_size(app->report.links), "link"), para ? "parachain " : "",
        json_integer_value(json_object_get(app->report.target, "number")));
}

const command command_verify = {
    .name = "verify",
    .run = run,
    .usage = "BUNDLE --checkpoint FILE [--now TIME] [--threads N]",
    .summary = "Verifies a proof bundle from a trusted checkpoint down to its values",
    .options = "cnti",
    .help = "Each link is printed when it is verified, with its time; the first that does not "
            "hold ends the walk, and what came before stays verified. FILE is a compact "
            "checkpoint or a chain spec. Recordings are judged at their own time, with --now.\n",
    .examples =
        "  mote verify payment.bundle --checkpoint polkadot.chk\n"
        "  mote verify rococo.bundle --checkpoint rococo.chk --now 2022-11-21T00:00:00Z --json\n",
    .min_files = 1,
    .max_files = 1,
};
