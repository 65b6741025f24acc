/* SPDX-License-Identifier: Apache-2.0 */
/* mote validate: verdicts per rule over published vectors, recorded chains, and a running node. */
#include <string.h>

#include "app.h"
#include "commands.h"
#include "validate/node.h"
#include "validate/plan.h"

static bool check_rule(app *app) {
    if (app->args.rule == NULL) return true;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (strcmp(app->args.rule, rule_names[i]) == 0) return true;
    }
    return usage_error(app, "--rule: there is no rule '%s' (docs/validate.md lists them)",
                       app->args.rule);
}

static bool check(app *app) {
    const arguments *args = &app->args;
    if (args->node == NULL && args->files.count == 0)
        return usage_error(app, "a FILE, a FOLDER or --node is missing");
    if (args->node != NULL && args->files.count > 0)
        return usage_error(app, "either files or --node");
    if (args->relay != NULL && args->node == NULL)
        return usage_error(app, "--relay goes with --node");
    if (args->para_nodes.count > 0 && args->node == NULL)
        return usage_error(app, "--para-node goes with --node");
    if (args->para_nodes.count > 0 && args->relay != NULL)
        return usage_error(app,
                           "--para-node is for a --node of a relay chain, --relay for one of a "
                           "parachain");
    if (args->para_nodes.count > 4) return usage_error(app, "--para-node: four at most");
    if (args->tap && app->json) return usage_error(app, "either --tap or --json");
    return check_rule(app);
}

static size_t sum_failed(const plan *plan, size_t *judged) {
    size_t bad = 0;
    *judged = 0;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        bad += plan->tallies[i].failed;
        *judged += plan->tallies[i].passed + plan->tallies[i].failed;
    }
    return bad;
}

static void conclude(app *app, plan *plan) {
    size_t done, bad = sum_failed(plan, &done);
    if (app->report.failed) return;
    if (bad > 0) {
        fail_host(app, HOST_CASES_FAILED, NULL, MOTE_NO_OFFSET);
        app->report.expected = "every case as its rule asks";
        app->report.found = app_text(app, "%zu of %zu failed", bad, done);
    } else if (done == 0 && plan->cases > 0) {
        fail_host(app, HOST_NOTHING_CHECKED, NULL, MOTE_NO_OFFSET);
        app->report.expected = "something that can be checked with what was given";
        app->report.found = "nothing but cases for which something is missing";
    } else if (done == 0) {
        const char *input = app->args.node == NULL ? app->args.files.items[0] : app->args.node;
        fail_host(app, HOST_NOT_RECOGNIZED, input, 0);
        app->report.expected = "files of a kind that a reader knows (docs/validate.md)";
        app->report.found =
            app->args.has_case || app->args.rule != NULL ? "no such case under this rule" : "none";
    }
}

static void run(app *app) {
    if (!check(app)) return;
    plan *plan = plan_open(app);
    const arguments *args = &app->args;
    bool ok = true;
    for (size_t i = 0; ok && i < args->specs.count; i++)
        ok = plan_add_spec(plan, args->specs.items[i]);
    for (size_t i = 0; ok && i < args->files.count; i++) plan_read(plan, args->files.items[i]);
    if (ok && args->node != NULL) node_validate(plan);
    plan_finish(plan);
    if (ok) {
        conclude(app, plan);
        plan_report_json(plan);
        if (args->junit != NULL) plan_write_junit(plan, args->junit);
        if (args->tap) {
            plan_print_tap(plan);
        } else {
            plan_print_table(plan);
        }
    }
    plan_close(plan);
}

const command command_validate = {
    .name = "validate",
    .run = run,
    .usage = "FILE|FOLDER... [--spec FILE]... [--junit FILE] [--tap]\n--node URL [--relay URL] "
             "[--from N] [--to N]\n--node URL --para-node URL... [--from N] [--to N]",
    .summary = "Judges published vectors, recorded chains or a running node, rule by rule",
    .options = "dYDNFTLeqROuWSA",
    .help =
        "Files are recognized by what is in them, folders are read whole: BABE vectors, tries, "
        "hashes, "
        "signatures, blocks, BlockResponses, headers, genesis states, states and changes, storage "
        "proofs, justifications, checkpoints, warp proofs, BEEFY and MMR (docs/validate.md). "
        "Chains of blocks are followed from a genesis state that --spec names.\n\n"
        "With --node everything is asked of a full node's JSON-RPC and verified; what could not "
        "be, and "
        "why, is told. With --para-node messages are followed from the parachain that sends them "
        "over the relay chain's queue into the one that takes them in.\n",
    .examples = "  mote validate vectors/\n"
                "  mote validate westend-1-256.jsonl --spec westend2.genesis.json.gz\n"
                "  mote validate vectors/ --case 3 --rule babe-authorship\n"
                "  mote validate --node ws://127.0.0.1:9944 --junit report.xml\n"
                "  mote validate --node ws://127.0.0.1:9944 --para-node ws://127.0.0.1:9954\n",
    .min_files = 0,
    .max_files = SIZE_MAX,
};
