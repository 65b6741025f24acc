/* SPDX-License-Identifier: Apache-2.0 */
#include "lookup.h"

#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_ADDRESSES 8u
#define ADDRESS_SIZE 64u /* of an IPv6 one with the name of its network */

/* Its thread and its user each leave once; who leaves second frees it. What the thread writes is read behind its leave. */
struct lookup {
    atomic_bool is_left;
    int error;
    unsigned count;
    char addresses[MAX_ADDRESSES][ADDRESS_SIZE];
    char host[];
};

static void leave(lookup *lookup) {
    if (atomic_exchange(&lookup->is_left, true)) free(lookup);
}

static void *ask(void *user) {
    lookup *lookup = user;
    const struct addrinfo hints = {.ai_flags = AI_ADDRCONFIG, .ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    lookup->error = getaddrinfo(lookup->host, NULL, &hints, &list);
    for (const struct addrinfo *at = list; at != NULL && lookup->count < MAX_ADDRESSES;
         at = at->ai_next) {
        char *out = lookup->addresses[lookup->count];
        if (getnameinfo(at->ai_addr, at->ai_addrlen, out, ADDRESS_SIZE, NULL, 0, NI_NUMERICHOST) ==
            0)
            lookup->count++;
    }
    if (list != NULL) freeaddrinfo(list);
    leave(lookup);
    return NULL;
}

lookup *lookup_new(const char *host) {
    pthread_t thread;
    lookup *out = calloc(1, sizeof *out + strlen(host) + 1);
    if (out == NULL) return NULL;
    strcpy(out->host, host);
    if (pthread_create(&thread, NULL, ask, out) == 0) {
        pthread_detach(thread);
        return out;
    }
    free(out);
    return NULL;
}

void lookup_free(lookup *lookup) {
    if (lookup != NULL) leave(lookup);
}

bool lookup_is_done(lookup *lookup) {
    return atomic_load(&lookup->is_left);
}

const char *lookup_address(const lookup *lookup, unsigned turn) {
    return lookup->count == 0 ? NULL : lookup->addresses[turn % lookup->count];
}

const char *lookup_trouble(const lookup *lookup) {
    return lookup->error == 0 ? "its name has no address" : gai_strerror(lookup->error);
}
