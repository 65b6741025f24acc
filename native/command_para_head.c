/* SPDX-License-Identifier: Apache-2.0 */
/* mote para-head: a parachain's head in the relay chain's state. */
#include <inttypes.h>

#include "app.h"
#include "commands.h"
#include "describe.h"
#include "explain.h"
#include "links.h"
#include "mote/para.h"
#include "parts.h"
#include "reading.h"

static bool check_arguments(app *app) {
    const arguments *args = &app->args;
    if (args->headers.count != 1) return usage_error(app, "--header FILE is needed, once");
    return args->has_para ? true : usage_error(app, "--para N is missing");
}

static mote_link link_of(const mote_para_head *head, uint32_t para, mote_bytes key,
                         const mote_state_root *state) {
    mote_link link = {.kind = MOTE_LINK_PARA_HEAD, .para_id = para, .key = key};
    link.value.under = *state;
    if (head->state == MOTE_PARA_HEAD_ABSENT) link.value.state = MOTE_VALUE_ABSENT;
    if (head->data.size != 0) {
        link.value.state = MOTE_VALUE_PRESENT;
        link.value.value = head->data;
    }
    if (head->state == MOTE_PARA_HEAD_HEADER) {
        link.hash = head->head.hash;
        link.number = head->head.number;
        link.state_root = head->head.state_root;
    }
    return link;
}

/* Where the proof happens to show it as well. */
static void add_lifecycle(app *app, const mote_proof *proof) {
    mote_para_lifecycle lifecycle;
    mote_para_code code;
    uint32_t para = app->args.para;
    bool shown = mote_para_lifecycle_read(&app->context, &lifecycle, proof, para) == MOTE_OK;
    report_detail(app, "lifecycle",
                  shown ? json_string(mote_para_lifecycle_name(lifecycle)) : json_null());
    if (shown) say(app, "                 lifecycle: %s\n", mote_para_lifecycle_name(lifecycle));
    bool has_code =
        mote_para_code_read(&app->context, &code, proof, para) == MOTE_OK && code.registered;
    report_detail(app, "code_hash", has_code ? json_hash(app, &code.current) : json_null());
    report_detail(app, "upgrade_pending",
                  has_code ? json_boolean(code.upgrade_pending) : json_null());
    mote_context_clear_fault(&app->context);
}

static void conclude(app *app, const mote_para_head *head) {
    uint32_t para = app->args.para;
    if (head->state == MOTE_PARA_HEAD_ABSENT) {
        say(app, "%s: no parachain %" PRIu32 " is registered at this block\n",
            good(app, "verified"), para);
        return;
    }
    report_target(app, &head->head.hash, head->head.number);
    json_object_set_new(app->report.target, "parachain", json_true());
    report_detail(app, "header", describe_header_json(app, &head->header));
    say(app, "                 state root %s\n", app_hash(app, &head->head.state_root));
    say(app,
        "%s: block %" PRIu32 " of parachain %" PRIu32 " is final as far as relay block %" PRIu32
        " is\n",
        good(app, "verified"), head->head.number, para, head->head.relay_number);
}

static void run(app *app) {
    input file;
    mote_bytes scale;
    if (!check_arguments(app) || !proof_read(app, &scale, app->args.files.items[0]) ||
        !input_read(app, &file, app->args.headers.items[0])) {
        return;
    }
    app_context(app, reading_memory(scale));
    app->subject = file.name;
    mote_header relay;
    mote_status status = mote_header_decode(&app->context, &relay, file.bytes);
    if (status != MOTE_OK) {
        fail_core(app, status);
        return;
    }
    mote_finalized_header finalized = mote_finalized_header_assumed(&relay);
    mote_state_root state = mote_state_of_relay(&finalized);
    report_assume(app, finalized.assumed);
    report_detail(app, "para_id", json_integer(app->args.para));
    report_detail(app, "relay_number", json_integer(relay.number));
    report_detail(app, "relay_hash", json_hash(app, &relay.hash));

    mote_proof proof;
    mote_para_head head;
    uint8_t key[MOTE_PARA_KEY_SIZE];
    mote_para_head_key(key, app->args.para);
    app->subject = app->args.files.items[0];
    double begun = app_milliseconds();
    status = mote_proof_load(&app->context, &proof, &state, scale, MOTE_PROOF_STRICT);
    if (status != MOTE_OK) {
        fail_core(app, status);
        explain_load(app, status, &relay.state_root, proof_node_count(scale));
        return;
    }
    status = mote_para_head_read(&app->context, &head, &proof, app->args.para);
    mote_link link = link_of(&head, app->args.para, (mote_bytes){key, sizeof key}, &state);
    if (link.value.state != MOTE_VALUE_UNKNOWN) {
        value_add(app, (mote_bytes){NULL, 0}, link.key, &link.value);
    }
    if (status != MOTE_OK) {
        fail_core(app, status);
        explain_item(app, "node");
        link_failed(app, &link, app_milliseconds() - begun);
        return;
    }
    link_verified(app, &link, app_milliseconds() - begun);
    add_lifecycle(app, &proof);
    conclude(app, &head);
}

const command command_para_head = {
    .name = "para-head",
    .run = run,
    .usage = "FILE --header HEADERFILE --para N",
    .summary = "Reads a parachain's head in the state of a relay header that you bring",
    .options = "HP",
    .help = "FILE is a storage proof (see mote proof --help) of Paras::Heads(N) under the "
            "header's state root. The header is taken from you as final: the verdict says so. "
            "That there is no such parachain is proven as well, and verified.\n",
    .examples = "  mote para-head parahead.json --header relay.bin --para 2090\n"
                "  mote para-head proof.bin --header relay.hex --para 1000 --json\n",
    .min_files = 1,
    .max_files = 1,
};
