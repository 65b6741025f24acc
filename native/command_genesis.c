/* SPDX-License-Identifier: Apache-2.0 */
/* mote genesis: block 0 from its state. */
#include <inttypes.h>

#include "app.h"
#include "commands.h"
#include "describe.h"
#include "genesis_state.h"
#include "links.h"

static bool read_state(app *app, genesis_state *out) {
    input in;
    if (!input_read_or_json(app, &in, app->args.files.items[0])) return false;
    if (in.form != INPUT_JSON) {
        fail_host(app, HOST_JSON_SYNTAX, in.name, 0);
        app->report.expected = "a chain spec, or its genesis state, as JSON";
        app->report.found = "no text that begins with '{'";
        return false;
    }
    json_t *document = json_parse(app, &in);
    if (document == NULL) return false;
    bool ok = genesis_state_is_in(document)
                  ? genesis_state_read(app, out, &in, document)
                  : fail_shape(app, &in, NULL, "\"genesis.raw.top\", or \"top\"", "neither");
    json_decref(document);
    return ok;
}

static void show(app *app, const genesis_choice *choice, const genesis_state *state, double took) {
    const mote_genesis *genesis = &choice->genesis;
    const mote_chain *chain = choice->chain;
    app->report.assumed_state_version = choice->assumed;
    report_target(app, &genesis->hash, 0);
    report_detail(app, "state_root", json_hash(app, &genesis->state_root));
    report_detail(app, "hash", json_hash(app, &genesis->hash));
    report_detail(app, "state_version", json_integer(choice->version));
    report_detail(app, "chain", describe_chain(chain));
    report_detail(app, "entries", json_u64(state->count));
    report_detail(app, "child_tries", json_u64(state->child_count));
    report_detail(app, "ms", json_real(took));
    report_detail(app, "authorities",
                  genesis->has_authorities ? describe_authorities_json(app, &genesis->authorities)
                                           : json_null());
    say(app, "  entries          %zu, and %zu child tries\n", state->count, state->child_count);
    say(app, "  state version    %d\n", (int)choice->version);
    say(app, "  state root       %s\n", app_hash(app, &genesis->state_root));
    say(app, "  hash             %s\n", app_hash(app, &genesis->hash));
    say(app, "  chain            %s\n",
        chain != NULL ? chain->name : "not known to mote by this hash");
    if (!genesis->has_authorities) {
        say(app, "  authorities      none of GRANDPA\n");
        return;
    }
    say(app, "  authorities      %" PRIu32 " of GRANDPA, set 0\n", genesis->authorities.count);
    for (uint32_t i = 0; i < genesis->authorities.count; i++) {
        say(app, "    %s %" PRIu64 "\n",
            app_hex(app, (mote_bytes){mote_authority_key(&genesis->authorities, i), 32}),
            mote_authority_weight(&genesis->authorities, i));
    }
}

static void run(app *app) {
    genesis_state state;
    genesis_choice choice;
    if (!read_state(app, &state)) return;
    app_context(app, genesis_state_memory(&state));
    double begun = app_milliseconds();
    if (!genesis_state_choose(app, &choice, &state)) return;
    show(app, &choice, &state, app_milliseconds() - begun);
}

const command command_genesis = {
    .name = "genesis",
    .run = run,
    .usage = "FILE [--state-version 0|1]",
    .summary = "Computes a genesis block from its state: root, hash, authorities",
    .options = "v",
    .help = "FILE is a raw chain spec, or an object with \"top\" and \"childrenDefault\" alone. "
            "Without --state-version: the version with which the hash is one mote knows; or the "
            "one the file names; or 1, and then the verdict says that this is assumed.\n",
    .examples = "  mote genesis polkadot.json\n"
                "  mote genesis westend2.genesis.json.gz --state-version 0 --json\n",
    .min_files = 1,
    .max_files = 1,
};
