/* SPDX-License-Identifier: Apache-2.0 */
/* mote submit: a transaction, until it is proven to be in a final block. */
#include <inttypes.h>

#include "app.h"
#include "commands.h"
#include "links.h"
#include "live_parts.h"
#include "mote/hash.h"

static void show_claim(app *app, const mote_client_event *event) {
    if (event->inclusion == MOTE_INCLUSION_SUBMITTED)
        say(app, "  submitted        a source has taken it\n");
    if (event->inclusion == MOTE_INCLUSION_CLAIMED)
        say(app, "  claimed          in block %s, says a source\n", app_hash(app, &event->hash));
}

static void report_inclusion(live *live, const mote_client_event *event) {
    app *app = live->app;
    const bool of_para = live->para != 0;
    const mote_hash *hash = of_para ? &event->para.hash : &event->header.hash;
    const uint32_t number = of_para ? event->para.number : event->header.number;
    live_report_finality(live);
    report_target(app, hash, number);
    if (of_para) json_object_set_new(app->report.target, "parachain", json_true());
    report_assume(app, of_para ? event->para.assumed : event->header.assumed);
    report_detail(app, "index_in_block", json_integer(event->index));
    report_detail(app, "events",
                  event->events.size == 0 ? json_null() : json_hex(app, event->events));
    say(app, "  %s included    extrinsic %" PRIu32 " of final block %" PRIu32 " %s\n",
        good(app, "ok"), event->index, number, app_hash(app, hash));
    say(app, "                 events of the block: %zu bytes, proven%s\n", event->events.size,
        event->events.size == 0 ? " none: no source gave them" : "; --json shows them");
}

/* In the words of who refused it, which are nobody's finding. */
static void report_words(live *live, const mote_client_event *event) {
    app *app = live->app;
    const char *words =
        app_text(app, "%.*s", (int)event->words.size, (const char *)event->words.data);
    const char *url = live_url(live, event->source);
    app->report.found = app_text(app, "no source that takes it; %s says \"%s\"", url, words);
    report_detail(app, "refusal", json_pack("{s:s, s:s}", "source", url, "words", words));
}

static bool fail_inclusion(live *live, const mote_client_event *event) {
    app *app = live->app;
    const mote_status why = event->why;
    if (why == MOTE_E_TIMED_OUT) {
        fail_host(app, HOST_NO_ANSWER, NULL, MOTE_NO_OFFSET);
    } else {
        fail_core(app, why);
        app->report.input = NULL;
    }
    app->report.expected = "the transaction in a final block";
    app->report.found = why == MOTE_E_TIMED_OUT ? "none in that time" : "no source that takes it";
    if (event->words.size > 0) report_words(live, event);
    app->report.hint = "nodes refuse what is wrongly signed, of another chain, already in a "
                       "block, or cannot be paid for";
    return false;
}

static bool follow(live *live, mote_transaction_id transaction) {
    mote_client_event event;
    for (;;) {
        if (!live_next(live, &event)) return false;
        if (event.kind != MOTE_EVENT_TRANSACTION || event.transaction != transaction) continue;
        if (event.inclusion == MOTE_INCLUSION_FAILED) return fail_inclusion(live, &event);
        if (event.inclusion == MOTE_INCLUSION_FINAL) {
            report_inclusion(live, &event);
            return true;
        }
        show_claim(live->app, &event);
    }
}

static void run(app *app) {
    live live;
    input extrinsic;
    mote_transaction_id transaction;
    if (!input_read(app, &extrinsic, app->args.files.items[0])) return;
    if (extrinsic.bytes.size == 0) {
        usage_error(app, "%s is empty", extrinsic.name);
        return;
    }
    if (!app->args.has_timeout) {
        app->args.has_timeout = true;
        app->args.timeout = 600;
    }
    if (live_open(&live, app, false) && live_current(&live)) {
        const mote_hash hash = mote_blake2b_256(extrinsic.bytes);
        report_detail(app, "extrinsic", json_hash(app, &hash));
        mote_status status =
            mote_client_submit(live.client, &transaction, live.asked, extrinsic.bytes,
                               (uint64_t)app->args.timeout * 1000);
        if (status != MOTE_OK) {
            fail_core(app, status);
        } else {
            follow(&live, transaction);
        }
    }
    live_close(&live);
}

const command command_submit = {
    .name = "submit",
    .run = run,
    .usage = "FILE --chain SPEC|NAME --source URL... [--para N --para-source URL...]",
    .summary = "Sends a signed transaction and proves that it is in a final block",
    .options = LIVE_OPTIONS LIVE_PARA_OPTIONS,
    .help =
        "FILE holds the extrinsic, signed and encoded, with its length in front: binary or hex. "
        "What sources say of it are hints where to look; the proof is the block's whole body "
        "under its final header. The block's events are proven as well, and given as they are. "
        "--timeout is 600 seconds unless it is given.\n",
    .examples =
        "  mote submit transfer.hex --chain relay.json --source ws://127.0.0.1:9944\n"
        "  mote submit - --chain polkadot --source wss://rpc.polkadot.io --json < call.bin\n",
    .min_files = 1,
    .max_files = 1,
};
