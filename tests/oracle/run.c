/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads cases of the oracle's (src/main.rs), asks mote, and compares verdicts and outputs.
 *
 *   oracle_run FILE          a file of cases, packed with gzip or not; - is standard input
 *   oracle_run FILE LOG      writes what mote says as well: for each case 0 or 1, a size u32, the output
 * MOTE_TEST_BACKEND names the back end; with one that cannot run here it ends with 77.
 *
 * A line for each kind: cases, how many both accept, both refuse, and differences that a listed rule explains. Ends with 1
 * at a difference that none explains, after printing the case.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "judge.h"

#define MEMORY ((size_t)8 << 20)
#define PIECE ((uint32_t)1 << 20) /* no part of a case is larger */
#define SHOWN 5u

typedef struct case_kind {
    const char *name;
    /* Bits of reasons with which mote may refuse what the crate accepts, and the other way around. */
    uint32_t may_refuse, may_accept;
    uint64_t cases, accepted, refused, explained, wrong;
} case_kind;

#define REASON(number) (1u << (number))

static case_kind kinds[] = {
    {0},
    {"hash", 0, 0, 0, 0, 0, 0, 0},
    {"compact", 0, 0, 0, 0, 0, 0, 0},
    {"header", 0, 0, 0, 0, 0, 0, 0},
    {"ed25519", 0, 0, 0, 0, 0, 0, 0},
    {"sr25519", 0, 0, 0, 0, 0, 0, 0},
    {"vrf", 0, 0, 0, 0, 0, 0, 0},
    {"recover", 0, 0, 0, 0, 0, 0, 0},
    {"threshold", 0, 0, 0, 0, 0, 0, 0},
    {"secondary-author", 0, 0, 0, 0, 0, 0, 0},
    {"trie-root", 0, 0, 0, 0, 0, 0, 0},
    {"proof", REASON(1), 0, 0, 0, 0, 0, 0},
    {"compact-proof", REASON(3), REASON(2), 0, 0, 0, 0, 0},
    {"mmr-proof", REASON(1) | REASON(2) | REASON(3) | REASON(4), 0, 0, 0, 0, 0, 0},
    {"binary-proof", REASON(4) | REASON(5), 0, 0, 0, 0, 0, 0},
    {"justification", REASON(6) | REASON(7) | REASON(8) | REASON(9) | REASON(11),
     REASON(10) | REASON(11), 0, 0, 0, 0, 0},
    {"state", 0, 0, 0, 0, 0, 0, 0},
    {"mmr-ancestry", REASON(4) | REASON(6) | REASON(7), REASON(8), 0, 0, 0, 0, 0},
    {"beefy-proof", REASON(1) | REASON(2) | REASON(3) | REASON(4) | REASON(5) | REASON(6), 0, 0, 0,
     0, 0, 0},
    {"beefy-double-vote", REASON(6), 0, 0, 0, 0, 0, 0},
};
_Static_assert(sizeof kinds / sizeof kinds[0] == ORACLE_KINDS, "every judge has a line");

static void fatal(const char *what) {
    (void)fprintf(stderr, "oracle_run: %s\n", what);
    exit(2);
}

/* --- cases ---------------------------------------------------------------------------------------------- */
typedef struct oracle_case {
    uint8_t kind, accepted, reason;
    mote_bytes output, input;
} oracle_case;

static bool read_all(gzFile file, void *out, uint32_t size) {
    int got = gzread(file, out, size);
    if (got == 0 && size != 0) return false;
    if (got < 0 || (uint32_t)got != size) fatal("the cases end inside of one");
    return true;
}

/* Memory of its exact size, so that a sanitizer sees its bounds. */
static mote_bytes read_part(gzFile file) {
    uint8_t bytes[4];
    if (!read_all(file, bytes, 4)) fatal("the cases end inside of one");
    mote_bytes head = {bytes, 4};
    uint32_t size = take_u32(&head);
    if (size > PIECE) fatal("a case is too large");
    uint8_t *data = malloc(size == 0 ? 1 : size);
    if (data == NULL) fatal("no memory");
    (void)read_all(file, data, size);
    return (mote_bytes){data, size};
}

static bool read_case(gzFile file, oracle_case *out) {
    uint8_t head[3];
    if (!read_all(file, head, 3)) return false;
    *out = (oracle_case){head[0], head[1], head[2], read_part(file), read_part(file)};
    if (out->kind == 0 || out->kind >= ORACLE_KINDS) fatal("a kind of case that is not known");
    return true;
}

static void show(const char *name, mote_bytes bytes) {
    (void)printf("  %s ", name);
    for (size_t i = 0; i < bytes.size; i++) (void)printf("%02x", bytes.data[i]);
    (void)printf("\n");
}

static void complain(case_kind *kind, uint64_t number, const oracle_case *c,
                     const oracle_answer *answer) {
    if (kind->wrong++ >= SHOWN) return;
    (void)printf("DIFFERENCE: case %" PRIu64 ", %s, reason %u: the crate %s, mote %s\n", number,
                 kind->name, c->reason, c->accepted ? "accepts" : "refuses",
                 answer->accepted ? "accepts" : "refuses");
    show("input ", c->input);
    show("crate ", c->output);
    show("mote  ", (mote_bytes){answer->output, answer->size});
}

static bool same_output(const oracle_case *c, const oracle_answer *answer) {
    return answer->size == c->output.size &&
           memcmp(answer->output, c->output.data, answer->size) == 0;
}

/* One answer for each key: mote's may be "cannot be read" where the crate reads something. */
static bool reads_less(const oracle_case *c, const oracle_answer *answer) {
    size_t i = 0, j = 0;
    while (i < c->output.size && j < answer->size) {
        uint8_t of_crate = c->output.data[i], of_mote = answer->output[j];
        size_t size = of_crate == 1 ? 33 : 1;
        if (of_mote != 2 &&
            (of_mote != of_crate || memcmp(c->output.data + i, answer->output + j, size) != 0)) {
            return false;
        }
        i += size;
        j += of_mote == 1 ? 33 : 1;
    }
    return i == c->output.size && j == answer->size;
}

static void compare(uint64_t number, const oracle_case *c, const oracle_answer *answer) {
    case_kind *kind = &kinds[c->kind];
    bool explains_refusal = (kind->may_refuse & REASON(c->reason)) != 0;
    bool explains_acceptance = (kind->may_accept & REASON(c->reason)) != 0;
    kind->cases++;
    if (answer->accepted == (c->accepted != 0) && same_output(c, answer)) {
        kind->accepted += answer->accepted;
        kind->refused += !answer->accepted;
    } else if (answer->accepted != (c->accepted != 0)
                   ? (answer->accepted ? explains_acceptance : explains_refusal)
                   : explains_refusal && reads_less(c, answer)) {
        kind->explained++;
    } else {
        complain(kind, number, c, answer);
    }
}

static void write_answer(FILE *log, const oracle_answer *answer) {
    const uint32_t size = (uint32_t)answer->size;
    const uint8_t head[5] = {answer->accepted, (uint8_t)size, (uint8_t)(size >> 8),
                             (uint8_t)(size >> 16), (uint8_t)(size >> 24)};
    if (fwrite(head, 1, sizeof head, log) != sizeof head ||
        fwrite(answer->output, 1, answer->size, log) != answer->size) {
        fatal("the log cannot be written");
    }
}

static uint64_t run(gzFile file, FILE *log, mote_context *context) {
    static oracle_answer answer;
    oracle_case c;
    uint64_t number = 0;
    for (; read_case(file, &c); number++) {
        answer.accepted = false;
        answer.size = 0;
        size_t mark = mote_context_mark(context);
        oracle_judges[c.kind](context, &answer, c.input);
        mote_context_release(context, mark);
        compare(number, &c, &answer);
        if (log != NULL) write_answer(log, &answer);
        free((void *)(uintptr_t)c.output.data);
        free((void *)(uintptr_t)c.input.data);
    }
    return number;
}

static uint64_t print_table(void) {
    uint64_t wrong = 0;
    (void)printf("%-18s %9s %9s %9s %9s %9s\n", "kind", "cases", "accepted", "refused", "explained",
                 "wrong");
    for (size_t i = 1; i < ORACLE_KINDS; i++) {
        const case_kind *k = &kinds[i];
        (void)printf("%-18s %9" PRIu64 " %9" PRIu64 " %9" PRIu64 " %9" PRIu64 " %9" PRIu64 "\n",
                     k->name, k->cases, k->accepted, k->refused, k->explained, k->wrong);
        wrong += k->wrong;
    }
    return wrong;
}

/* In the words of the other suites: every kind that occurs is a test. */
static void print_count(void) {
    unsigned run = 0, passed = 0;
    for (size_t i = 1; i < ORACLE_KINDS; i++) {
        run += kinds[i].cases != 0;
        passed += kinds[i].cases != 0 && kinds[i].wrong == 0;
    }
    (void)printf("[==========] %u test(s) run.\n[  PASSED  ] %u test(s).\n", run, passed);
}

static mote_backend wanted_backend(void) {
    const char *name = getenv("MOTE_TEST_BACKEND");
    if (name == NULL || *name == 0) return MOTE_BACKEND_BEST;
    for (mote_backend backend = MOTE_BACKEND_PORTABLE; backend < MOTE_BACKENDS; backend++) {
        if (strcmp(name, mote_backend_name(backend)) != 0) continue;
        if (mote_backend_runs_here(backend)) return backend;
        (void)printf("back end %s: not run here\n", name);
        exit(77);
    }
    fatal("no back end has the name that MOTE_TEST_BACKEND says");
    return MOTE_BACKEND_BEST;
}

int main(int argc, char **argv) {
    if (argc != 2 && argc != 3) fatal("usage: oracle_run FILE [LOG]");
    gzFile file = strcmp(argv[1], "-") == 0 ? gzdopen(STDIN_FILENO, "rb") : gzopen(argv[1], "rb");
    if (file == NULL) fatal("the file cannot be opened");
    static const uint8_t seed[32] = {1};
    uint8_t *memory = malloc(MEMORY);
    if (memory == NULL) fatal("no memory");
    mote_context context;
    mote_context_init(&context, memory, MEMORY, seed);
    context.backend = wanted_backend();
    FILE *log = argc == 3 ? fopen(argv[2], "wb") : NULL;
    if (argc == 3 && log == NULL) fatal("the log cannot be opened");
    uint64_t cases = run(file, log, &context);
    if (log != NULL && fclose(log) != 0) fatal("the log cannot be written");
    uint64_t wrong = print_table();
    (void)gzclose(file);
    free(memory);
    (void)printf("%" PRIu64 " cases, %" PRIu64 " differences without an explanation\n", cases,
                 wrong);
    print_count();
    return cases != 0 && wrong == 0 ? 0 : 1;
}
