/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a running client: its events as they come, and at the end where it stands and what it cost. */
#include <inttypes.h>
#include <string.h>

#include "app.h"
#include "links.h"
#include "live_parts.h"
#include "moment.h"

/* --- events -------------------------------------------------------------------------------------------------- */
const char *live_url(const live *live, mote_source_id id) {
    mote_host_source source;
    return mote_host_source_of(live->host, &source, id) ? source.url : "";
}

static void note_source(live *live, const mote_client_event *event) {
    app *app = live->app;
    if (event->why == MOTE_OK) return;
    json_t *out = json_object();
    json_object_set_new(out, "url", json_string(live_url(live, event->source)));
    json_object_set_new(out, "status", json_string(mote_status_name(event->why)));
    json_array_append_new(live->refused, out);
    say(app, "  %s source      %s: %s (%s)\n", bad(app, "no"), live_url(live, event->source),
        mote_status_text(event->why), mote_status_name(event->why));
}

static void note_age(live *live, const mote_age *age) {
    json_decref(live->app->report.age);
    live->app->report.age = json_age(live->app, age);
    if (age->freshness == MOTE_AGE_UNKNOWN || age->freshness == MOTE_EXPIRED)
        report_assume(live->app, MOTE_ASSUMED_CHECKPOINT_AGE);
}

static void note_saved(live *live, mote_status why) {
    report_detail(live->app, "saved_refused", json_string(mote_status_name(why)));
    say(live->app, "saved state is not used (%s): from the checkpoint then\n",
        mote_status_name(why));
}

static mote_bytes copy(app *app, mote_bytes bytes) {
    uint8_t *data = app_take(app, bytes.size, 1);
    if (bytes.size != 0) memcpy(data, bytes.data, bytes.size);
    return (mote_bytes){data, bytes.size};
}

static void keep_fragment(live *live, const mote_client_event *event) {
    app *app = live->app;
    size_t count = live->fragment_count;
    bool again = count > 0 && live->fragments[count - 1].number == event->header.number;
    if (app->args.bundle == NULL) return;
    if (again) count--;
    live->fragments = app_grow(app, live->fragments, (count + 1) * sizeof *live->fragments);
    live->fragments[count] = (live_fragment){
        event->header.hash, event->header.number, copy(app, event->encoded_header),
        copy(app, event->justification),
        event->kind == MOTE_EVENT_HANDOVER || (again && live->fragments[count].hands_over)};
    live->fragment_count = count + 1;
}

static void note_finality(live *live, const mote_client_event *event) {
    keep_fragment(live, event);
    live->finality = *event;
    live->has_finality = true;
}

static void note_conflict(live *live, const mote_client_event *event) {
    app *app = live->app;
    fail_host(app, HOST_CONFLICT, NULL, MOTE_NO_OFFSET);
    app->report.expected = "one final block at each height";
    app->report.found = app_text(app, "block %" PRIu32 " %s, and another one", event->header.number,
                                 app_hash(app, &event->header.hash));
    app->report.hint = "trust in this chain's finality is gone: find out what happened";
}

/* A conflict has an event of its own. */
static void note_phase(live *live, const mote_chain_status *status) {
    app *app = live->app;
    if (status->phase != MOTE_PHASE_HALTED || status->halted_by == MOTE_E_FINALITY_CONFLICT) return;
    fail_core(app, status->halted_by);
    app->report.input = NULL;
    app->report.expected = "a final block that follows from the authorities in office";
    app->report.found = app_text(app, "none behind block %" PRIu32, status->number);
    app->report.hint = "go on from a newer checkpoint";
}

void live_note(live *live, const mote_client_event *event) {
    switch (event->kind) {
    case MOTE_EVENT_STATUS: note_phase(live, &event->status); break;
    case MOTE_EVENT_SOURCE: note_source(live, event); break;
    case MOTE_EVENT_AGE: note_age(live, &event->status.age); break;
    case MOTE_EVENT_SAVED_REFUSED: note_saved(live, event->why); break;
    case MOTE_EVENT_HANDOVER:
    case MOTE_EVENT_FINALIZED: note_finality(live, event); break;
    case MOTE_EVENT_CONFLICT: note_conflict(live, event); break;
    default: break;
    }
}

/* --- links ------------------------------------------------------------------------------------------------------- */
void live_report_finality(live *live) {
    app *app = live->app;
    const mote_checkpoint *from = &live->trust.checkpoint;
    mote_age age = mote_checkpoint_age(from, trust_now(app));
    mote_link link = {.kind = MOTE_LINK_CHECKPOINT,
                      .hash = from->header.hash,
                      .number = from->header.number,
                      .state_root = from->header.state_root,
                      .age = age,
                      .set_id = from->set.set_id,
                      .authorities = from->authorities.count};
    link_verified(app, &link, 0);
    if (!live->has_finality) return;
    const mote_client_event *event = &live->finality;
    mote_link final = {.kind = MOTE_LINK_FINALITY,
                       .index = 1,
                       .hash = event->header.hash,
                       .number = event->header.number,
                       .state_root = event->header.state_root,
                       .set_id = event->report.set_id,
                       .report = event->report};
    link_verified(app, &final, app_milliseconds() - live->begun);
    report_assume(app, event->header.assumed);
}

/* --- details ------------------------------------------------------------------------------------------------------- */
static json_t *text_or_null(const char *text) {
    return text == NULL ? json_null() : json_string(text);
}

static json_t *describe_source(live *live, const mote_host_source *source) {
    mote_source_status status;
    json_t *out = json_object();
    memset(&status, 0, sizeof status);
    (void)mote_client_source_status(live->client, &status, source->source);
    json_object_set_new(out, "url", json_string(source->url));
    json_object_set_new(out, "para_id",
                        source->chain == live->para ? json_integer(live->app->args.para)
                                                    : json_null());
    json_object_set_new(out, "connected", json_boolean(source->connected));
    json_object_set_new(out, "usable", json_boolean(status.usable));
    json_object_set_new(out, "lags", json_boolean(status.lags));
    json_object_set_new(out, "claimed", json_integer(status.claimed_number));
    json_object_set_new(out, "dropped", json_boolean(source->dropped));
    json_object_set_new(out, "status", json_string(mote_status_name(source->why)));
    json_object_set_new(out, "trouble", text_or_null(source->trouble));
    json_object_set_new(out, "connections", json_integer(source->connections));
    json_object_set_new(out, "answers", json_integer(status.answers));
    json_object_set_new(out, "refusals", json_integer(status.refusals));
    json_object_set_new(out, "timeouts", json_integer(status.timeouts));
    json_object_set_new(out, "latency_ms", json_integer(status.latency));
    return out;
}

static json_t *describe_chain_status(app *app, const mote_chain_status *status) {
    json_t *out = json_object();
    json_object_set_new(out, "para_id",
                        status->is_parachain ? json_integer(status->para_id) : json_null());
    json_object_set_new(out, "phase", json_string(mote_chain_phase_name(status->phase)));
    json_object_set_new(out, "hash",
                        status->has_head ? json_hash(app, &status->hash) : json_null());
    json_object_set_new(out, "number",
                        status->has_head ? json_integer(status->number) : json_null());
    json_object_set_new(out, "set_id",
                        status->is_parachain ? json_null() : json_u64(status->set_id));
    json_object_set_new(out, "claimed", json_integer(status->claimed_number));
    json_object_set_new(out, "handovers", json_integer(status->handovers));
    json_object_set_new(out, "lag_ms",
                        status->has_lag ? json_u64(status->lag_milliseconds) : json_null());
    json_object_set_new(out, "bytes_in", json_u64(status->bytes_in));
    json_object_set_new(out, "bytes_out", json_u64(status->bytes_out));
    json_object_set_new(out, "requests", json_integer(status->requests));
    return out;
}

void live_details(live *live) {
    app *app = live->app;
    const mote_checkpoint *from = &live->trust.checkpoint;
    json_t *sources = json_array(), *chains = json_array();
    mote_host_source source;
    for (size_t i = 0; mote_host_source_at(live->host, &source, i); i++)
        json_array_append_new(sources, describe_source(live, &source));
    mote_chain_status relay = live_status(live, live->relay), para = live_status(live, live->para);
    json_array_append_new(chains, describe_chain_status(app, &relay));
    if (live->para != 0) json_array_append_new(chains, describe_chain_status(app, &para));
    report_detail(app, "chain", text_or_null(from->chain == NULL ? NULL : from->chain->name));
    report_detail(app, "genesis", json_hash(app, &from->genesis));
    report_detail(app, "chains", chains);
    report_detail(app, "sources", sources);
    report_detail(app, "refused", json_incref(live->refused));
    report_detail(app, "resumed",
                  live->first_number > from->header.number ? json_integer(live->first_number)
                                                           : json_null());
    report_detail(app, "seconds", json_real((app_milliseconds() - live->begun) / 1e3));
    report_detail(app, "state_folder", text_or_null(mote_host_state_folder(live->host)));
}
