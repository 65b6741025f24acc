/* SPDX-License-Identifier: Apache-2.0 */
/* Is a block final? A program outside mote's tree: it uses the installed library and nothing else.
 *
 *     finality JUSTIFICATION AUTHORITIES SET-ID
 */
#include <stdio.h>
#include <stdlib.h>

#include <mote/grandpa.h>
#include <mote/limits.h>

static mote_bytes read_file(const char *path) {
    static const mote_bytes nothing = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) return nothing;
    uint8_t *data = malloc(MOTE_MAX_JUSTIFICATION_SIZE);
    size_t size = data == NULL ? 0 : fread(data, 1, MOTE_MAX_JUSTIFICATION_SIZE, file);
    fclose(file);
    return (mote_bytes){data, size};
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: %s JUSTIFICATION AUTHORITIES SET-ID\n", argv[0]);
        return 2;
    }
    static uint8_t memory[8 << 20];
    static mote_voter voters[MOTE_MAX_AUTHORITIES];
    const uint8_t seed[32] = {0}; /* a host with a random generator hands in its bytes */
    mote_context context;
    mote_context_init(&context, memory, sizeof memory, seed);

    mote_authority_list list;
    mote_authority_set set;
    mote_finalized_block block;
    mote_justification_report report;
    mote_status status = mote_authority_list_decode(&context, &list, read_file(argv[2]));
    if (status == MOTE_OK) {
        status = mote_authority_set_build(&context, &set, voters, MOTE_MAX_AUTHORITIES, &list,
                                          strtoull(argv[3], NULL, 10), MOTE_ASSUMED_AUTHORITIES);
    }
    if (status == MOTE_OK) {
        status =
            mote_justification_verify(&context, &block, &report, &set, read_file(argv[1]), NULL);
    }
    if (status != MOTE_OK) {
        printf("not final: %s\n", mote_status_text(status));
        return 1;
    }
    printf("block %u is final: %u voters of %u, weight %llu of %llu\n", (unsigned)block.number,
           (unsigned)report.counted_voters, (unsigned)set.voters,
           (unsigned long long)report.counted_weight, (unsigned long long)report.total);
    return 0;
}
