/* SPDX-License-Identifier: Apache-2.0 */
/* What the states hold: for each cell, a value by the number of the content. */
#include "world.h"

#include "mote/hash.h"

enum { CHANCE_VALUE = 100, CHANCE_KEY, CHANCE_PHASE };

/* --- the cells ---------------------------------------------------------------------------------------------- */

static sim_cell *add(sim_chain *chain, mote_bytes key, sim_form form, uint32_t period) {
    if (chain->cell_count == SIM_MAX_CELLS) abort();
    sim_cell *cell = &chain->cells[chain->cell_count++];
    uint32_t calm = chain->world->shape.calm;
    *cell = (sim_cell){.key = sim_keep(&chain->world->arena, key), .form = form};
    cell->period = period * (calm == 0 ? 1 : calm);
    cell->phase = (uint32_t)(sim_chance(chain->world->shape.seed, CHANCE_PHASE, chain->para_id,
                                        chain->cell_count) %
                             cell->period);
    return cell;
}

static void add_item(sim_chain *chain, const char *pallet, const char *item, mote_bytes map_key,
                     sim_form form, uint32_t period) {
    uint8_t key[128];
    mote_storage_prefix(key, (mote_bytes){(const uint8_t *)pallet, strlen(pallet)},
                        (mote_bytes){(const uint8_t *)item, strlen(item)});
    size_t size = 32;
    if (map_key.size > 0) {
        size +=
            mote_storage_hash(key + 32, sizeof key - 32, MOTE_HASHER_BLAKE2_128_CONCAT, map_key);
    }
    add(chain, (mote_bytes){key, size}, form, period);
}

static void add_accounts(sim_chain *chain) {
    for (uint32_t i = 0; i < chain->world->shape.accounts; i++) {
        uint8_t id[32];
        sim_fill(id, sizeof id, chain->world->shape.seed, CHANCE_KEY, i);
        add_item(chain, "System", "Account", (mote_bytes){id, sizeof id},
                 i % 5 == 4 ? SIM_FORM_SOMETIMES : SIM_FORM_ACCOUNT, 2 + 3 * (i % 100));
    }
}

static void add_child_trie(sim_chain *chain, const char *name, uint32_t keys) {
    for (uint32_t i = 0; i < keys; i++) {
        uint8_t key[6] = {(uint8_t)(i / 3), (uint8_t)(0x10 * i), 7, 7, (uint8_t)i, 7};
        sim_form form = i % 3 == 0   ? SIM_FORM_LONG
                        : i % 3 == 1 ? SIM_FORM_SHORT
                                     : SIM_FORM_SOMETIMES;
        sim_cell *cell = add(chain, (mote_bytes){key, 2 + i % 5}, form, 3 + i);
        cell->in_child = true;
        cell->child =
            sim_keep(&chain->world->arena, (mote_bytes){(const uint8_t *)name, strlen(name)});
    }
}

static void add_para(sim_chain *relay, uint32_t para) {
    static const char *const items[2] = {"Heads", "ParaLifecycles"};
    for (int i = 0; i < 2; i++) {
        uint8_t key[44], id[4];
        mote_storage_prefix(key, (mote_bytes){(const uint8_t *)"Paras", 5},
                            (mote_bytes){(const uint8_t *)items[i], strlen(items[i])});
        mote_store_u32(id, relay->world->paras[para].para_id);
        mote_storage_hash(key + 32, 12, MOTE_HASHER_TWOX_64_CONCAT, (mote_bytes){id, 4});
        add(relay, (mote_bytes){key, 44}, i == 0 ? SIM_FORM_HEAD : SIM_FORM_LIFECYCLE, 1)->para =
            para;
    }
}

void sim_cells_begin(sim_chain *chain) {
    static const mote_bytes none = {NULL, 0};
    add_item(chain, "System", "Events", none, SIM_FORM_EVENTS, 1);
    add_item(chain, "Timestamp", "Now", none, SIM_FORM_SHORT, 1);
    add_item(chain, "Sim", "Long", none, SIM_FORM_LONG, 40);
    add_item(chain, "Sim", "Nothing", none, SIM_FORM_EMPTY, 9);
    add(chain, (mote_bytes){(const uint8_t *)":code", 5}, SIM_FORM_LONG, 1000);
    add(chain, (mote_bytes){(const uint8_t *)"a", 1}, SIM_FORM_SOMETIMES, 7);
    add(chain, (mote_bytes){(const uint8_t *)"ab", 2}, SIM_FORM_FIXED, 1);
    add(chain, (mote_bytes){(const uint8_t *)"abc", 3}, SIM_FORM_SHORT, 5);
    add_accounts(chain);
    add_child_trie(chain, "first", 9);
    add_child_trie(chain, "second", 1);
    for (uint32_t i = 0; chain->is_relay && chain->world->shape.authored && i < SIM_BABE_ITEMS;
         i++) {
        add_item(chain, "Babe", sim_babe_items[i], none, SIM_FORM_BABE, 1);
        chain->cells[chain->cell_count - 1].para = i;
    }
    for (uint32_t i = 0; chain->is_relay && i < chain->world->shape.paras; i++) add_para(chain, i);
}

/* --- values --------------------------------------------------------------------------------------------------- */

static uint64_t version_of(const sim_cell *cell, uint32_t content) {
    return cell->form == SIM_FORM_FIXED ? 0 : ((uint64_t)content + cell->phase) / cell->period;
}

/* Equal tags are equal values. */
static uint64_t tag_of(const sim_chain *chain, const sim_cell *cell, uint32_t content) {
    if (cell->form < SIM_FORM_HEAD) {
        return 1 + version_of(cell, content);
    }
    if (cell->form == SIM_FORM_BABE) return 1 + (uint64_t)content;
    const sim_para *para = sim_para_at(chain->world, cell->para, content);
    if (cell->form == SIM_FORM_LIFECYCLE) return 1 + (uint64_t)para->lifecycle;
    return 1 + 2 * (uint64_t)para->block + (para->opaque ? 1 : 0);
}

static size_t account_value(uint8_t *out, uint64_t chance) {
    memset(out, 0, 80);
    mote_store_u32(out, (uint32_t)(chance >> 40));
    mote_store_u32(out + 8, 1);
    mote_store_u64(out + 16, chance);
    out[79] = 0x80;
    return 80;
}

static size_t events_value(uint8_t *out, uint64_t seed, uint64_t version) {
    uint8_t count = (uint8_t)(1 + version % 5);
    out[0] = (uint8_t)(count << 2);
    sim_fill(out + 1, 20 * (size_t)count, seed, CHANCE_VALUE, version);
    return 1 + 20 * (size_t)count;
}

static bool head_value(const sim_chain *chain, const sim_cell *cell, uint32_t content, uint8_t *out,
                       size_t *size) {
    const sim_para *para = sim_para_at(chain->world, cell->para, content);
    if (para->block == SIM_NONE) return false;
    mote_bytes header = chain->world->paras[cell->para].blocks[para->block].header;
    test_buffer data = {0};
    if (para->opaque) header.size--; /* then it is none */
    append_vec_u8(&data, header);
    if (data.size > SIM_MAX_VALUE) abort();
    memcpy(out, data.data, data.size);
    *size = data.size;
    free(data.data);
    return true;
}

bool sim_cell_value(const sim_chain *chain, const sim_cell *cell, uint32_t content, uint8_t *out,
                    size_t *size) {
    uint64_t version = version_of(cell, content);
    uint64_t seed =
        chain->world->shape.seed ^ (uint64_t)(cell - chain->cells) << 40 ^ chain->para_id;
    uint64_t chance = sim_chance(seed, CHANCE_VALUE, version, 0);
    *size = 0;
    switch (cell->form) {
    case SIM_FORM_EMPTY: return true;
    case SIM_FORM_FIXED:
    case SIM_FORM_SHORT: *size = 1 + chance % 32; break;
    case SIM_FORM_LONG: *size = 33 + chance % 400; break;
    case SIM_FORM_SOMETIMES:
        if (version % 2 == 1) return false;
        *size = chance % 60;
        break;
    case SIM_FORM_ACCOUNT: *size = account_value(out, chance); return true;
    case SIM_FORM_EVENTS: *size = events_value(out, seed, version); return true;
    case SIM_FORM_BABE: *size = sim_babe_value(chain->world, cell->para, content, out); return true;
    case SIM_FORM_HEAD: return head_value(chain, cell, content, out, size);
    case SIM_FORM_LIFECYCLE:
        out[0] = sim_para_at(chain->world, cell->para, content)->lifecycle;
        *size = 1;
        return out[0] != 255;
    }
    sim_fill(out, *size, seed, CHANCE_VALUE, version);
    return true;
}

bool sim_value(const sim_chain *chain, const mote_bytes *child, mote_bytes key, uint32_t content,
               uint8_t *out, size_t *size) {
    *size = 0;
    for (uint32_t i = 0; i < chain->cell_count; i++) {
        const sim_cell *cell = &chain->cells[i];
        if (cell->in_child != (child != NULL) || !mote_bytes_equal(cell->key, key)) continue;
        if (child != NULL && !mote_bytes_equal(*child, cell->child)) continue;
        return sim_cell_value(chain, cell, content, out, size);
    }
    return false;
}

/* --- states in memory -------------------------------------------------------------------------------------------- */
#define STATE_SIZE ((size_t)768 * 1024)

static void require(mote_status status) {
    if (status == MOTE_OK) return;
    fprintf(stderr, "sim: a state: %s\n", mote_status_name(status));
    abort();
}

void sim_state_open(sim_state *state, const sim_chain *chain) {
    memset(state, 0, sizeof *state);
    state->memory = aligned_alloc(MOTE_STATE_ALIGNMENT, STATE_SIZE);
    if (state->memory == NULL) abort();
    mote_context context = chain->world->context;
    require(mote_state_open(&context, &state->state, state->memory, STATE_SIZE));
}

void sim_state_close(sim_state *state) {
    free(state->memory);
    state->memory = NULL;
}

static void set_cell(sim_state *state, const sim_chain *chain, const sim_cell *cell,
                     uint32_t content) {
    uint8_t value[SIM_MAX_VALUE];
    size_t size;
    mote_context *context = &chain->world->context;
    const mote_bytes *child = cell->in_child ? &cell->child : NULL;
    if (sim_cell_value(chain, cell, content, value, &size)) {
        require(mote_state_put(context, state->state, child, cell->key, (mote_bytes){value, size},
                               chain->world->shape.version));
    } else {
        require(mote_state_remove(context, state->state, child, cell->key));
    }
}

mote_hash sim_state_move(sim_state *state, const sim_chain *chain, uint32_t content) {
    for (uint32_t i = 0; i < chain->cell_count; i++) {
        uint64_t tag = tag_of(chain, &chain->cells[i], content);
        if (state->tags[i] == tag) continue;
        set_cell(state, chain, &chain->cells[i], content);
        state->tags[i] = tag;
    }
    return mote_state_root_of(state->state);
}

mote_state *sim_state_of(sim_chain *chain, const sim_block *block) {
    if (chain->reader.state == NULL) sim_state_open(&chain->reader, chain);
    mote_hash root = sim_state_move(&chain->reader, chain, block->content);
    if (!mote_hash_equal(&root, &block->state_root)) abort();
    return chain->reader.state;
}
