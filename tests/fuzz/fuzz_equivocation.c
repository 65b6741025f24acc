/* SPDX-License-Identifier: Apache-2.0 */
/* An equivocation proof against the voters of grandpa_world.h: only the fourth ever signed two ways. */
#include "grandpa_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const mote_equivocation none;
    const grandpa_world *world = the_grandpa_world();
    const mote_bytes proof = {size == 0 ? NULL : data, size};
    mote_context *context = fixture_context(1);
    mote_equivocation out;
    mote_status status = mote_equivocation_verify(context, &out, &world->set, proof);
    if (status != MOTE_OK) {
        world_require(memcmp(&out, &none, sizeof none) == 0);
        world_require(context->fault.status == status);
        return 0;
    }
    world_require(memcmp(out.key, world->voters[3].public_key, 32) == 0);
    world_require(!mote_hash_equal(&out.first_hash, &out.second_hash) ||
                  out.first_number != out.second_number);
    world_require(out.set_id == WORLD_SET_ID);
    return 0;
}
