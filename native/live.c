/* SPDX-License-Identifier: Apache-2.0 */
#include "live.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>

#include "app.h"
#include "links.h"
#include "live_parts.h"
#include "moment.h"
#include "progress.h"

#define TURN 200              /* milliseconds between looks at the bar and the time */
#define FAILURES_OF_NOBODY 3u /* attempts after which an address is taken for wrong */

/* --- Ctrl-C ---------------------------------------------------------------------------------------------------- */
static mote_host *volatile stops;

static void on_signal(int signal) {
    (void)signal;
    if (stops != NULL) mote_host_stop(stops);
}

static void catch_signals(mote_host *host) {
    struct sigaction action = {.sa_handler = host == NULL ? SIG_DFL : on_signal};
    stops = host;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* --- opening --------------------------------------------------------------------------------------------------- */
static bool open_host(live *live) {
    const arguments *args = &live->app->args;
    const char *why = NULL;
    mote_host_options options = {.ca_file = args->ca, .state_folder = args->state};
    if (args->state != NULL && strcmp(args->state, "none") == 0) options.state_folder = "";
    /* A bundle leads from the checkpoint on: nothing may be skipped. */
    if (args->bundle != NULL) options.state_folder = "";
    if (args->has_now) options.start_time = args->now * 1000;
    live->host = mote_host_open(&options, &why);
    if (live->host == NULL) {
        return usage_error(live->app, "%s%s%s", args->ca == NULL ? "" : args->ca,
                           args->ca == NULL ? "" : ": ", why);
    }
    live->client = mote_host_client(live->host);
    catch_signals(live->host);
    return true;
}

static bool add_relay(live *live) {
    app *app = live->app;
    mote_relay_start start = {.checkpoint = live->checkpoint,
                              .accept_expired = app->args.accept_expired,
                              .epoch_slots = app->args.epoch_slots};
    if (live->trust.checkpoint.chain != NULL) start.name = live->trust.checkpoint.chain->name;
    mote_status status = mote_host_add_relay(live->host, &live->relay, &start);
    if (status == MOTE_OK) return true;
    app->subject = live->trust.name;
    fail_core(app, status);
    mote_age age = mote_checkpoint_age(&live->trust.checkpoint, trust_now(app));
    app->report.age = json_age(app, &age);
    if (status == MOTE_E_EXPIRED || status == MOTE_E_FROM_FUTURE) explain_age(app, &age);
    return false;
}

static bool add_sources(live *live, const names *urls, mote_chain_id chain, const char *option) {
    for (size_t i = 0; i < urls->count; i++) {
        mote_source_id source;
        mote_status status = mote_host_add_source(live->host, &source, chain, urls->items[i]);
        if (status == MOTE_E_LIMIT_COUNT)
            return usage_error(live->app, "--%s: there are too many", option);
        if (status != MOTE_OK) {
            return usage_error(live->app, "--%s: '%s' is no ws:// or wss:// address", option,
                               urls->items[i]);
        }
    }
    return true;
}

static bool check_options(app *app) {
    const arguments *args = &app->args;
    if (args->chain == NULL && args->checkpoint == NULL)
        return usage_error(app, "--chain SPEC|NAME is missing");
    if (args->sources.count == 0) return usage_error(app, "--source URL is missing");
    if (args->has_para && args->para_sources.count == 0)
        return usage_error(app, "--para needs --para-source URL");
    if (!args->has_para && args->para_sources.count != 0)
        return usage_error(app, "--para-source goes with --para N");
    return true;
}

static bool add_para(live *live) {
    const arguments *args = &live->app->args;
    live->asked = live->relay;
    if (!args->has_para) return true;
    mote_status status =
        mote_client_add_parachain(live->client, &live->para, live->relay, args->para);
    if (status != MOTE_OK) return fail_core(live->app, status);
    live->asked = live->para;
    return add_sources(live, &args->para_sources, live->para, "para-source");
}

bool live_open(live *live, app *app, bool endless) {
    memset(live, 0, sizeof *live);
    live->app = app;
    live->endless = endless;
    live->refused = json_array();
    if (!check_options(app) || !live_trust(live) || !open_host(live) || !add_relay(live) ||
        !add_sources(live, &app->args.sources, live->relay, "source") || !add_para(live)) {
        return false;
    }
    uint32_t seconds = app->args.has_timeout ? app->args.timeout : LIVE_SECONDS;
    live->begun = app_milliseconds();
    if (!endless || app->args.has_timeout) live->until = live->begun + seconds * 1e3;
    live->first_number = live_status(live, live->relay).number;
    progress_begin(app);
    return true;
}

mote_chain_status live_status(const live *live, mote_chain_id chain) {
    mote_chain_status status;
    memset(&status, 0, sizeof status);
    (void)mote_client_chain_status(live->client, &status, chain);
    return status;
}

/* --- giving up --------------------------------------------------------------------------------------------------- */
/* One that has answered before may come back: its address is right. */
static bool can_be_used(live *live, const mote_host_source *source) {
    mote_source_status status;
    if (source->dropped) return false;
    if (mote_client_source_status(live->client, &status, source->source) && status.answers > 0)
        return true;
    return source->failures < FAILURES_OF_NOBODY;
}

static bool any_source(live *live, mote_chain_id chain) {
    mote_host_source source;
    for (size_t i = 0; mote_host_source_at(live->host, &source, i); i++) {
        if (source.chain == chain && can_be_used(live, &source)) return true;
    }
    return false;
}

static bool ever_used(const live *live, mote_chain_id chain) {
    mote_host_source source;
    mote_source_status status;
    for (size_t i = 0; mote_host_source_at(live->host, &source, i); i++) {
        if (source.chain != chain) continue;
        if (mote_client_source_status(live->client, &status, source.source) && status.answers > 0)
            return true;
    }
    return false;
}

static const char *trouble_of(app *app, const mote_host_source *source) {
    if (source->dropped)
        return app_text(app, "%s: %s", mote_status_name(source->why),
                        mote_status_text(source->why));
    if (source->why != MOTE_OK)
        return app_text(app, "closed, %s: %s", mote_status_name(source->why),
                        mote_status_text(source->why));
    if (source->trouble != NULL) return source->trouble;
    return source->connected ? "connected, without an answer that helps" : "no connection yet";
}

static bool fail_sources(live *live, mote_chain_id chain) {
    app *app = live->app;
    mote_host_source source;
    char *list = NULL;
    for (size_t i = 0; mote_host_source_at(live->host, &source, i); i++) {
        if (source.chain != chain) continue;
        list = app_text(app, "%s%s%s: %s", list == NULL ? "" : list, list == NULL ? "" : "; ",
                        source.url, trouble_of(app, &source));
    }
    mote_host_source_at(live->host, &source, 0);
    fail_host(app, HOST_NO_SOURCE, NULL, MOTE_NO_OFFSET);
    app->report.expected = chain == live->para ? "a node of the parachain that answers"
                                               : "a node of the relay chain that answers";
    app->report.found = list;
    app->report.hint = "give more --source addresses, or check those that are given";
    return false;
}

static bool fail_time(live *live) {
    app *app = live->app;
    if (!ever_used(live, live->relay)) return fail_sources(live, live->relay);
    if (live->para != 0 && !ever_used(live, live->para)) return fail_sources(live, live->para);
    mote_chain_status status = live_status(live, live->relay);
    fail_host(app, HOST_NO_ANSWER, NULL, MOTE_NO_OFFSET);
    app->report.expected =
        app_text(app, "an answer within %.0f s", (live->until - live->begun) / 1e3);
    app->report.found =
        app_text(app, "%s at block %" PRIu32 " of %" PRIu32 " that are claimed",
                 mote_chain_phase_name(status.phase), status.number, status.claimed_number);
    app->report.hint = "--timeout SECONDS waits longer";
    return false;
}

static bool stopped(live *live) {
    live->interrupted = true;
    if (live->endless) return false;
    fail_host(live->app, HOST_INTERRUPTED, NULL, MOTE_NO_OFFSET);
    live->app->report.expected = "an answer";
    live->app->report.found = "a signal to end";
    return false;
}

/* Blocks of what is claimed, until the chain is current; before anything is claimed, that time goes by. */
static void show_progress(live *live) {
    const uint32_t first = live->first_number;
    mote_chain_status status = live_status(live, live->relay);
    if (status.phase != MOTE_PHASE_WAITING && status.phase != MOTE_PHASE_CATCHING_UP) {
        progress_wipe(live->app);
    } else if (status.claimed_number > first && status.number >= first) {
        progress_show(live->app, status.number - first, status.claimed_number - first);
    } else {
        progress_show(live->app, 0, 1);
    }
}

static bool goes_on(live *live) {
    show_progress(live);
    if (!any_source(live, live->relay)) return fail_sources(live, live->relay);
    if (live->para != 0 && !any_source(live, live->para)) return fail_sources(live, live->para);
    return live->until == 0 || app_milliseconds() < live->until || fail_time(live);
}

bool live_next(live *live, mote_client_event *event) {
    for (;;) {
        if (!goes_on(live)) return false;
        switch (mote_host_next(live->host, event, TURN)) {
        case MOTE_HOST_STOPPED: return stopped(live);
        case MOTE_HOST_TIMEOUT: break;
        case MOTE_HOST_EVENT: live_note(live, event); return !live->app->report.failed;
        }
    }
}

static bool has_head(const live *live, mote_chain_id chain) {
    mote_chain_status status = live_status(live, chain);
    return status.has_head &&
           (status.phase == MOTE_PHASE_CURRENT || status.phase == MOTE_PHASE_STALLED);
}

bool live_current(live *live) {
    mote_client_event event;
    while (!has_head(live, live->relay) || !has_head(live, live->asked)) {
        if (!live_next(live, &event)) return false;
    }
    progress_wipe(live->app);
    return true;
}

/* --- the end ------------------------------------------------------------------------------------------------------- */
void live_close(live *live) {
    if (live->relay != 0) live_details(live);
    json_decref(live->refused);
    catch_signals(NULL);
    mote_host_close(live->host);
}
