/* SPDX-License-Identifier: Apache-2.0 */
/* A warp proof for the local network's first set, in one piece, in chunks of the first byte's size, and with its signatures judged as
 * units by other threads: one verdict. */
#include <stdlib.h>

#include "chains.h"
#include "grandpa_builder.h"
#include "warp_run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static mote_authority_set set;
    if (set.voters == 0) set = test_set_of_list(chain_local_first_authorities(), 0);
    if (size == 0) return 0;
    mote_bytes proof = {data + 1, size - 1};
    warp_run whole = warp_run_of(fixture_context(4), &set, 0, proof, proof.size, proof.size);
    warp_run by_chunks =
        warp_run_of(fixture_context(4), &set, 0, proof, data[0] + 1u, data[0] + 1u);
    if (!warp_run_equal(&whole, &by_chunks)) abort();
    warp_run with_threads = warp_run_with_threads(fixture_context(16), &set, 0, proof, data[0] + 1u,
                                                  1 + data[0] % 3u, data[0]);
    if (!warp_run_equal(&whole, &with_threads)) abort();
    return 0;
}
