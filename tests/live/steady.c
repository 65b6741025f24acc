/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host of the live client asks for no memory once it follows its chains. A made-up network in a process of its own
 * (serve.c) is followed with its values, sets that change and state that is kept, all ten times as fast as it would be; and
 * whoever asks the C library for memory meanwhile is named by the file that its code is in.
 *
 *     live_steady LIVE_SERVE                     nobody may
 *     live_steady LIVE_SERVE CERTIFICATE KEY     over TLS: its library may, by connection and message
 */
#include <dlfcn.h>
#include <ftw.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mote/hash.h"
#include "mote_host.h"

#define SPEED 10
#define STARTED 60u /* seconds of the network's time */
#define FOLLOWED 150u
#define MOST_CALLS 4096u

/* --- time: of the library for connections and of the host ---------------------------------------------------------- */
int clock_gettime(clockid_t clock, struct timespec *out) {
    static struct timespec begun[2];
    struct timespec *first = &begun[clock == CLOCK_REALTIME];
    long status = syscall(SYS_clock_gettime, clock, out);
    if (status != 0 || (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME)) return (int)status;
    if (first->tv_sec == 0) *first = *out;
    long long passed = (out->tv_sec - first->tv_sec) * 1000000000LL + out->tv_nsec - first->tv_nsec;
    passed = passed * SPEED + first->tv_nsec;
    *out = (struct timespec){first->tv_sec + passed / 1000000000, passed % 1000000000};
    return 0;
}

int poll(struct pollfd *sockets, nfds_t count, int milliseconds) {
    struct timespec wait = {milliseconds / SPEED / 1000, milliseconds / SPEED % 1000 * 1000000L};
    return ppoll(sockets, count, milliseconds < 0 ? NULL : &wait, NULL);
}

/* --- memory: who asks for it ------------------------------------------------------------------------------------------ */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static struct {
    const void *from;
    size_t size;
} calls[MOST_CALLS];
static size_t call_count;
static bool counting;

static void note(const void *from, size_t size) {
    if (!counting) return;
    if (call_count < MOST_CALLS) {
        calls[call_count].from = from;
        calls[call_count].size = size;
    }
    call_count++;
}

void *malloc(size_t size) {
    note(__builtin_return_address(0), size);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    note(__builtin_return_address(0), count * size);
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    note(__builtin_return_address(0), size);
    return __libc_realloc(memory, size);
}

/* --- the network -------------------------------------------------------------------------------------------------------- */
typedef struct network {
    pid_t process;
    int orders;
    json_t *about;
} network;

static network begin_network(char **arguments, const char *folder) {
    int to[2], from[2];
    char speed[16];
    network out = {0};
    snprintf(speed, sizeof speed, "%d", SPEED);
    if (pipe(to) != 0 || pipe(from) != 0) abort();
    out.process = fork();
    if (out.process == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[1]);
        close(from[0]);
        const bool tls = arguments[2] != NULL;
        execl(arguments[1], arguments[1], folder, "--speed", speed, "--session", "10", "--relay",
              "honest", "--relay", "honest", "--para", "0", "honest", tls ? "--tls" : (char *)NULL,
              arguments[2], tls ? arguments[3] : (char *)NULL, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    out.orders = to[1];
    FILE *answers = fdopen(from[0], "r");
    out.about = answers == NULL ? NULL : json_loadf(answers, JSON_DISABLE_EOF_CHECK, NULL);
    if (out.about == NULL) {
        fprintf(stderr, "%s does not start\n", arguments[1]);
        exit(2);
    }
    return out;
}

static mote_bytes read_file(const char *path) {
    static uint8_t bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    if (file == NULL || size == 0) abort();
    fclose(file);
    return (mote_bytes){bytes, size};
}

/* --- the client ----------------------------------------------------------------------------------------------------------- */
static void check(mote_status status, const char *what) {
    if (status == MOTE_OK) return;
    fprintf(stderr, "%s: %s\n", what, mote_status_name(status));
    exit(1);
}

static void subscribe(mote_host *host, mote_chain_id chain) {
    uint8_t key[32];
    mote_query_id id;
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)"Timestamp", 9},
                        (mote_bytes){(const uint8_t *)"Now", 3});
    const mote_bytes span = {key, sizeof key};
    const mote_query query = {.kind = MOTE_QUERY_VALUES,
                              .chain = chain,
                              .subscribe = true,
                              .keys = &span,
                              .key_count = 1};
    check(mote_client_query(mote_host_client(host), &id, &query), "a subscription");
}

static mote_host *begin_client(const network *net, const char *folder, const char *ca_file) {
    const char *checkpoint, *url;
    size_t i;
    json_t *each;
    json_int_t now;
    if (json_unpack(net->about, "{s:I,s:s}", "now", &now, "checkpoint", &checkpoint) != 0) abort();
    const mote_host_options options = {
        .state_folder = folder, .ca_file = ca_file, .start_time = (uint64_t)now * 1000};
    const mote_relay_start start = {.checkpoint = read_file(checkpoint), .accept_expired = true};
    const char *why = NULL;
    mote_chain_id relay, para;
    mote_source_id source;
    mote_host *host = mote_host_open(&options, &why);
    if (host == NULL) abort();
    check(mote_host_add_relay(host, &relay, &start), "the relay chain");
    json_array_foreach(json_object_get(net->about, "relay"), i, each)
        check(mote_host_add_source(host, &source, relay, json_string_value(each)), "a source");
    each = json_array_get(json_object_get(net->about, "paras"), 0);
    int id;
    if (json_unpack(each, "{s:i,s:s}", "id", &id, "url", &url) != 0) abort();
    check(mote_client_add_parachain(mote_host_client(host), &para, relay, (uint32_t)id),
          "a parachain");
    check(mote_host_add_source(host, &source, para, url), "its source");
    subscribe(host, relay);
    subscribe(host, para);
    return host;
}

typedef struct counts {
    unsigned finalized, paras, values, handovers;
} counts;

static counts follow(mote_host *host, uint64_t seconds) {
    counts out = {0};
    mote_client_event event;
    const uint64_t until = mote_host_now(host) + seconds * 1000;
    while (mote_host_now(host) < until) {
        if (mote_host_next(host, &event, 500) != MOTE_HOST_EVENT) continue;
        out.finalized += event.kind == MOTE_EVENT_FINALIZED;
        out.paras += event.kind == MOTE_EVENT_PARA_HEAD;
        out.values += event.kind == MOTE_EVENT_VALUE;
        out.handovers += event.kind == MOTE_EVENT_HANDOVER;
    }
    return out;
}

/* --- the verdict ------------------------------------------------------------------------------------------------------------ */
/* By the file that the caller is in. True: nobody but libraries of TLS. */
static bool show_calls(void) {
    bool only_tls = true;
    for (size_t i = 0; i < call_count && i < MOST_CALLS; i++) {
        Dl_info found = {0};
        const char *file = dladdr(calls[i].from, &found) != 0 ? found.dli_fname : "?";
        bool is_tls = strstr(file, "libssl") != NULL || strstr(file, "libcrypto") != NULL;
        only_tls = only_tls && is_tls;
        printf("  %zu bytes for %s (%s)\n", calls[i].size, file,
               found.dli_sname == NULL ? "?" : found.dli_sname);
    }
    return only_tls;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
    (void)about, (void)kind, (void)place;
    return remove(path);
}

int main(int count, char **arguments) {
    if (count != 2 && count != 4) return 2;
    char folder[] = "/tmp/mote-steady-XXXXXX", state[64];
    if (mkdtemp(folder) == NULL) abort();
    snprintf(state, sizeof state, "%s/state", folder);
    network net = begin_network(arguments, folder);
    mote_host *host = begin_client(&net, state, count == 4 ? arguments[2] : NULL);
    counts started = follow(host, STARTED);
    counting = true;
    counts then = follow(host, FOLLOWED);
    counting = false;
    printf("%u final heads, then %u with %u of a parachain, %u values, %u hand-overs: memory was "
           "asked for %zu times\n",
           started.finalized, then.finalized, then.paras, then.values, then.handovers, call_count);
    bool only_tls = show_calls();
    mote_host_close(host);
    close(net.orders);
    waitpid(net.process, NULL, 0);
    json_decref(net.about);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    bool enough =
        then.finalized >= 10 && then.paras >= 5 && then.values >= 15 && then.handovers >= 1;
    if (!enough) puts("too little happened");
    bool passed = enough && (count == 4 ? only_tls : call_count == 0);
    printf("[==========] 1 test(s) run.\n[  PASSED  ] %d test(s).\n", passed ? 1 : 0);
    return passed ? 0 : 1;
}
