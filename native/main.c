/* SPDX-License-Identifier: Apache-2.0 */
/* mote: which command, and what it came to. */
#include <string.h>

#include "app.h"
#include "commands.h"

static const command *const commands[] = {
    &command_verify, &command_justification, &command_warp,     &command_header,
    &command_proof,  &command_para_head,     &command_genesis,  &command_checkpoint,
    &command_bundle, &command_inspect,       &command_validate, &command_sync,
    &command_get,    &command_follow,        &command_submit,
};
#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static const command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
    }
    return NULL;
}

static char *program_help(app *app) {
    char *text = app_text(app, "Usage: mote COMMAND [OPTION...]\n"
                               "Verifies finality, headers and state of Polkadot-family networks: "
                               "files, or a running one.\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        text = app_text(app, "%s  %-14s %s\n", text, commands[i]->name, commands[i]->summary);
    }
    return app_text(
        app,
        "%s\n"
        "  mote COMMAND --help   what it takes, with examples\n"
        "  mote --version        the version\n"
        "  --json                with any command: one JSON object on standard output\n\n"
        "Files are binary or hex, packed with gzip or not; - is standard input.\n"
        "Exit codes: 0 verified, 1 malformed or false, 2 usage or a file that cannot be opened,\n"
        "3 unsupported, 4 incomplete, 5 over a limit, 6 expired or from the future,\n"
        "7 no usable source.\n\n"
        "Examples:\n"
        "  mote verify payment.bundle --checkpoint polkadot.chk\n"
        "  mote proof proof.json --root $ROOT --key $KEY\n"
        "  mote inspect what.bin\n"
        "  mote sync --chain relay.json --source ws://127.0.0.1:9944\n",
        text);
}

static void show(app *app, const char *what, const char *text) {
    app->report.judged_nothing = true;
    report_detail(app, what, json_string(text));
    say(app, "%s", text);
}

/* A command line may be wrong before its --json is read: then the answer is JSON all the same. */
static bool asks_for_json(int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        size_t size = strcspn(argv[i], "="); /* --json=1 asks for it, if wrongly */
        if (size >= 3 && size <= strlen("--json") && strncmp(argv[i], "--json", size) == 0) {
            return true;
        }
    }
    return false;
}

/* Options in front of the command. The index of what is none. */
static int skip_options(app *app, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        const char *option = argv[i];
        if (option[0] != '-') return i;
        if (strcmp(option, "--json") == 0) continue;
        if (strcmp(option, "--help") == 0 || strcmp(option, "-h") == 0) {
            show(app, "help", program_help(app));
        } else if (strcmp(option, "--version") == 0) {
            app->report.judged_nothing = true;
            report_detail(app, "version", json_string(MOTE_VERSION));
            say(app, "mote %s\n", MOTE_VERSION);
        } else {
            usage_error(app, "there is no option '%s' before a command", option);
        }
        return argc;
    }
    usage_error(app, "a command is missing");
    return argc;
}

static void help_on(app *app, int argc, char **argv) {
    const command *command = argc > 0 ? find_command(argv[0]) : NULL;
    if (argc > 0 && strcmp(argv[0], "--json") != 0 && command == NULL) {
        usage_error(app, "there is no command '%s'", argv[0]);
        return;
    }
    show(app, "help", command == NULL ? program_help(app) : arguments_help(app, command));
}

static void run(app *app, int argc, char **argv) {
    int at = skip_options(app, argc, argv);
    if (at == argc) return;
    if (strcmp(argv[at], "help") == 0) {
        help_on(app, argc - at - 1, argv + at + 1);
        return;
    }
    const command *command = find_command(argv[at]);
    if (command == NULL) {
        usage_error(app, "there is no command '%s'", argv[at]);
        return;
    }
    app->command = command->name;
    bool ready = arguments_parse(app, command, argc - at, argv + at);
    if (app->args.wants_help && !app->report.failed) {
        show(app, "help", arguments_help(app, command));
    } else if (ready) {
        command->run(app);
    }
}

int main(int argc, char **argv) {
    app app;
    app_open(&app);
    app.json = asks_for_json(argc, argv);
    run(&app, argc, argv);
    int code = report_print(&app);
    app_close(&app);
    return code;
}
