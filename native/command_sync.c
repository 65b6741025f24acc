/* SPDX-License-Identifier: Apache-2.0 */
/* mote sync: the newest final block of a running chain, verified from where trust starts. */
#include <inttypes.h>

#include "app.h"
#include "commands.h"
#include "links.h"
#include "live_parts.h"
#include "moment.h"

static void show_head(live *live, mote_chain_id chain) {
    app *app = live->app;
    mote_chain_status status = live_status(live, chain);
    report_target(app, &status.hash, status.number);
    if (status.is_parachain) {
        json_object_set_new(app->report.target, "parachain", json_true());
        say(app, "  parachain %-6" PRIu32 " block %" PRIu32 " %s\n", status.para_id, status.number,
            app_hash(app, &status.hash));
        return;
    }
    say(app, "  final            block %" PRIu32 " %s, set %" PRIu64 "\n", status.number,
        app_hash(app, &status.hash), status.set_id);
    if (status.has_lag)
        say(app, "  behind the clock %s%s\n", moment_duration(app, status.lag_milliseconds / 1000),
            status.phase == MOTE_PHASE_STALLED ? ": finality stalls, or the sources lag" : "");
    say(app,
        "  cost             %.1f s, %" PRIu32 " hand-overs, %" PRIu32 " requests, %" PRIu64 " kB\n",
        (app_milliseconds() - live->begun) / 1e3, status.handovers, status.requests,
        status.bytes_in / 1000);
}

static void run(app *app) {
    live live;
    if (live_open(&live, app, false) && live_current(&live)) {
        live_report_finality(&live);
        show_head(&live, live.relay);
        if (live.para != 0) show_head(&live, live.para);
    }
    live_close(&live);
}

const command command_sync = {
    .name = "sync",
    .run = run,
    .usage = "--chain SPEC|NAME --source URL... [--para N --para-source URL...]",
    .summary = "Follows a running chain to its newest final block, verified",
    .options = LIVE_OPTIONS LIVE_PARA_OPTIONS,
    .help =
        "SPEC is a chain spec with lightSyncState or a raw genesis, or a compact checkpoint; NAME "
        "one that there is a checkpoint for (polkadot, kusama, westend, paseo). Sources are any "
        "full nodes, and none is "
        "trusted: every authority set is followed by the votes of the one before. What has been "
        "verified is kept for the next time. Exit code 7: no source can be used.\n",
    .examples = "  mote sync --chain polkadot --source wss://rpc.polkadot.io\n"
                "  mote sync --chain relay.json --source ws://127.0.0.1:9944 \\\n"
                "      --para 2000 --para-source ws://127.0.0.1:9988 --json\n",
    .min_files = 0,
    .max_files = 0,
};
