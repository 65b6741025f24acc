/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The boundary of wasm/ compiled natively and served over a pipe: standard input carries u32 operation, u32 size and
 * the request; standard output u32 size and the answer. Little-endian. Ends with its input.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boundary.h"

bool region_grow(region *of, size_t size) {
    if (size <= of->size) return true;
    free(of->data);
    of->data = malloc(size);
    of->size = of->data == NULL ? 0 : size;
    return of->data != NULL;
}

static bool read_whole(void *out, size_t size) {
    return fread(out, 1, size, stdin) == size;
}

static bool serve_one(boundary *b) {
    uint8_t head[8];
    if (!read_whole(head, sizeof head)) return false;
    uint32_t code = mote_load_u32(head), size = mote_load_u32(head + 4);
    uint8_t *request = boundary_input(b, size);
    if ((request == NULL && size != 0) || !read_whole(request, size)) return false;
    size_t answered = boundary_call(b, code, size);
    mote_store_u32(head, (uint32_t)answered);
    return fwrite(head, 1, 4, stdout) == 4 &&
           fwrite(b->output.data, 1, answered, stdout) == answered && fflush(stdout) == 0;
}

int main(void) {
    static boundary b;
    while (serve_one(&b)) {
    }
    free(b.input.data);
    free(b.output.data);
    free(b.scratch.data);
    free(b.key_memory.data);
    for (size_t i = 0; i < MAX_SESSIONS; i++) free(b.sessions[i].memory.data);
    return feof(stdin) != 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
