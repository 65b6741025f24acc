/* SPDX-License-Identifier: Apache-2.0 */
/* A resolver that does not answer for names that begin with "hanging", for as long as anybody waits. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

typedef int (*resolver)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

int getaddrinfo(const char *restrict host, const char *restrict service,
                const struct addrinfo *restrict hints, struct addrinfo **restrict out) {
    union {
        void *object;
        resolver function;
    } next = {dlsym(RTLD_NEXT, "getaddrinfo")};
    if (host != NULL && strncmp(host, "hanging", 7) == 0) sleep(600);
    return next.function(host, service, hints, out);
}
