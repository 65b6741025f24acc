/* SPDX-License-Identifier: Apache-2.0 */
/* mote follow: a line for each new verified head. */
#include <inttypes.h>

#include "app.h"
#include "commands.h"
#include "live_parts.h"
#include "moment.h"
#include "progress.h"

/* One JSON object on a line of its own. */
static void print_object(json_t *object) {
    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
    fputc('\n', stdout);
    fflush(stdout);
    json_decref(object);
}

static json_t *object_of(app *app, const mote_client_event *event) {
    json_t *out = json_object();
    json_object_set_new(out, "event", json_string(mote_event_name(event->kind)));
    json_object_set_new(out, "time", json_string(moment_text(app, moment_now())));
    return out;
}

static void show_relay(live *live, const mote_client_event *event) {
    app *app = live->app;
    mote_chain_status status = live_status(live, live->relay);
    if (!app->json) {
        say(app, "relay %-10" PRIu32 " %s  set %" PRIu64 "%s\n", event->header.number,
            app_hash(app, &event->header.hash), event->header.set_id,
            status.phase == MOTE_PHASE_STALLED ? "  (stalled)" : "");
        fflush(stdout);
        return;
    }
    json_t *out = object_of(app, event);
    json_object_set_new(out, "number", json_integer(event->header.number));
    json_object_set_new(out, "hash", json_hash(app, &event->header.hash));
    json_object_set_new(out, "parent_hash", json_hash(app, &event->header.parent_hash));
    json_object_set_new(out, "state_root", json_hash(app, &event->header.state_root));
    json_object_set_new(out, "set_id", json_u64(event->header.set_id));
    json_object_set_new(out, "lag_ms",
                        status.has_lag ? json_u64(status.lag_milliseconds) : json_null());
    print_object(out);
}

static void show_para(live *live, const mote_client_event *event) {
    app *app = live->app;
    if (!app->json) {
        say(app, "para  %-10" PRIu32 " %s  in relay %" PRIu32 "%s\n", event->para.number,
            app_hash(app, &event->para.hash), event->para.relay_number,
            event->progress == MOTE_PARA_PROGRESS_REPLACED ? "  (replaces what was final)" : "");
        fflush(stdout);
        return;
    }
    json_t *out = object_of(app, event);
    json_object_set_new(out, "para_id", json_integer(event->para.para_id));
    json_object_set_new(out, "number", json_integer(event->para.number));
    json_object_set_new(out, "hash", json_hash(app, &event->para.hash));
    json_object_set_new(out, "parent_hash", json_hash(app, &event->para.parent_hash));
    json_object_set_new(out, "state_root", json_hash(app, &event->para.state_root));
    json_object_set_new(out, "relay_number", json_integer(event->para.relay_number));
    json_object_set_new(out, "relay_hash", json_hash(app, &event->para.relay_hash));
    json_object_set_new(out, "progress", json_string(mote_para_progress_name(event->progress)));
    print_object(out);
}

static void show_gone(live *live, const mote_client_event *event) {
    app *app = live->app;
    const char *word =
        event->opaque ? "a head that is no header" : mote_para_lifecycle_name(event->lifecycle);
    if (!app->json) {
        say(app, "para  %" PRIu32 " has no head in relay %" PRIu32 ": %s\n", app->args.para,
            event->header.number, word);
        return;
    }
    json_t *out = object_of(app, event);
    json_object_set_new(out, "para_id", json_integer(app->args.para));
    json_object_set_new(out, "lifecycle", json_string(mote_para_lifecycle_name(event->lifecycle)));
    json_object_set_new(out, "opaque", json_boolean(event->opaque));
    json_object_set_new(out, "relay_number", json_integer(event->header.number));
    print_object(out);
}

/* Parked, on its way out: it has a head all the same. */
static void show_lifecycle(live *live, const mote_client_event *event) {
    app *app = live->app;
    const char *word = mote_para_lifecycle_name(event->lifecycle);
    if (!app->json) {
        say(app, "para  %" PRIu32 " is %s in relay %" PRIu32 "\n", app->args.para, word,
            event->header.number);
        return;
    }
    json_t *out = object_of(app, event);
    json_object_set_new(out, "para_id", json_integer(app->args.para));
    json_object_set_new(out, "lifecycle", json_string(word));
    json_object_set_new(out, "relay_number", json_integer(event->header.number));
    print_object(out);
}

static void show_behind(live *live, const mote_client_event *event) {
    app *app = live->app;
    mote_host_source source;
    const char *url = mote_host_source_of(live->host, &source, event->source) ? source.url : "";
    const char *word = event->why == MOTE_OK                ? "has it again"
                       : event->why == MOTE_E_UNKNOWN_BLOCK ? "does not have it yet"
                                                            : "has another block there";
    if (!app->json) {
        say(app, "para  %-10" PRIu32 " %s %s\n", event->number, url, word);
        return;
    }
    json_t *out = object_of(app, event);
    json_object_set_new(out, "url", json_string(url));
    json_object_set_new(out, "number", json_integer(event->number));
    json_object_set_new(out, "status", json_string(mote_status_name(event->why)));
    print_object(out);
}

static void show_phase(live *live, const mote_client_event *event) {
    app *app = live->app;
    if (!app->json) return;
    json_t *out = object_of(app, event);
    json_object_set_new(out, "para_id",
                        event->chain == live->para ? json_integer(app->args.para) : json_null());
    json_object_set_new(out, "phase", json_string(mote_chain_phase_name(event->status.phase)));
    print_object(out);
}

/* Whether it counts: a head of the chain that is asked for. */
static bool show(live *live, const mote_client_event *event) {
    progress_wipe(live->app);
    switch (event->kind) {
    case MOTE_EVENT_FINALIZED: show_relay(live, event); return live->para == 0;
    case MOTE_EVENT_PARA_HEAD: show_para(live, event); return true;
    case MOTE_EVENT_PARA_GONE: show_gone(live, event); return false;
    case MOTE_EVENT_PARA_LIFECYCLE: show_lifecycle(live, event); return false;
    case MOTE_EVENT_BEHIND: show_behind(live, event); return false;
    case MOTE_EVENT_STATUS: show_phase(live, event); return false;
    default: return false;
    }
}

static void run(app *app) {
    live live;
    mote_client_event event;
    uint32_t heads = 0;
    bool counts = app->args.has_count;
    app->lines = true;
    bool goes_on = live_open(&live, app, true) && !(counts && app->args.count == 0);
    while (goes_on && live_next(&live, &event)) {
        heads += show(&live, &event);
        goes_on = !counts || heads < app->args.count;
    }
    if (live.has_finality) report_assume(app, live.finality.header.assumed);
    report_detail(app, "heads", json_integer(heads));
    live_close(&live);
}

const command command_follow = {
    .name = "follow",
    .run = run,
    .usage = "--chain SPEC|NAME --source URL... [--para N --para-source URL...] [--count N]",
    .summary = "Prints each new final head of a running chain, verified",
    .options = LIVE_OPTIONS LIVE_PARA_OPTIONS "I",
    .help =
        "A line for each final head of the relay chain and each head of the parachain; with --json "
        "an object on a line, and the report as the last one. It goes on until --count heads "
        "(of the parachain, with --para) were printed, --timeout, or Ctrl-C, which is no failure. "
        "Connections that break are made again.\n",
    .examples = "  mote follow --chain polkadot --source wss://rpc.polkadot.io\n"
                "  mote follow --chain relay.json --source ws://127.0.0.1:9944 --count 10 --json\n",
    .min_files = 0,
    .max_files = 0,
};
