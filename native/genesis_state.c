/* SPDX-License-Identifier: Apache-2.0 */
#include "genesis_state.h"

#include <string.h>

#include "app.h"
#include "json_place.h"

static json_t *find_raw(json_t *document) {
    json_t *raw = json_at(document, "genesis.raw");
    return json_is_object(raw) ? raw : document;
}

bool genesis_state_is_in(json_t *document) {
    return json_is_object(json_object_get(find_raw(document), "top"));
}

static json_t *find_children(json_t *raw) {
    json_t *children = json_object_get(raw, "childrenDefault");
    return children != NULL ? children : json_object_get(raw, "children_default");
}

/* `room` entries more than there are: the core adds the child tries' roots there. */
static bool read_entries(app *app, mote_trie_entry **entries, size_t *count, size_t *longest_key,
                         const input *in, json_t *object, size_t room) {
    const char *key;
    json_t *value;
    *count = 0;
    *entries = app_take(app, json_object_size(object) + room, sizeof **entries);
    json_object_foreach(object, key, value) {
        mote_trie_entry *entry = &(*entries)[*count];
        json_t *key_text = json_string(key);
        bool ok = json_bytes(app, &entry->key, key_text, in, "a storage key") &&
                  json_bytes(app, &entry->value, value, in, "a storage value");
        json_decref(key_text);
        if (!ok) return false;
        if (entry->key.size > *longest_key) *longest_key = entry->key.size;
        (*count)++;
    }
    return true;
}

static bool read_children(app *app, genesis_state *out, const input *in, json_t *children) {
    const char *name;
    json_t *content;
    json_object_foreach(children, name, content) {
        mote_child_trie *child = &out->children[out->child_count];
        if (!json_is_object(content)) {
            return fail_shape(app, in, content, "an object as child trie", json_kind(content));
        }
        json_t *name_text = json_string(name);
        bool ok = json_bytes(app, &child->child_key, name_text, in, "a child trie's name");
        json_decref(name_text);
        if (!ok ||
            !read_entries(app, &child->entries, &child->count, &out->longest_key, in, content, 0)) {
            return false;
        }
        size_t root_key = child->child_key.size + 32; /* with its prefix, and to spare */
        if (root_key > out->longest_key) out->longest_key = root_key;
        out->child_count++;
    }
    return true;
}

bool genesis_state_read(app *app, genesis_state *out, const input *in, json_t *document) {
    json_t *raw = find_raw(document);
    json_t *children = find_children(raw);
    json_t *version = json_object_get(document, "genesis_state_version");
    const char *id = json_string_value(json_object_get(document, "id"));
    memset(out, 0, sizeof *out);
    out->name = in->name;
    out->place = json_place(app, in, json_object_get(raw, "top"));
    out->id = id == NULL ? NULL : app_text(app, "%s", id);
    out->says_version = json_is_integer(version) && json_integer_value(version) >= 0 &&
                        json_integer_value(version) <= 1;
    if (out->says_version) out->version = (mote_state_version)json_integer_value(version);
    size_t child_room = json_object_size(children);
    out->children = app_take(app, child_room, sizeof *out->children);
    return read_entries(app, &out->entries, &out->count, &out->longest_key, in,
                        json_object_get(raw, "top"), child_room) &&
           read_children(app, out, in, children);
}

size_t genesis_state_memory(const genesis_state *state) {
    size_t most = state->count + state->child_count;
    size_t size = 0;
    for (size_t i = 0; i < state->child_count; i++) {
        if (state->children[i].count > most) most = state->children[i].count;
        size += state->children[i].child_key.size + 32 + 32 + 64;
    }
    return size + mote_trie_root_memory(most, state->longest_key) + 65536;
}

/* The core sorts what it is given and adds the child tries' roots: it gets a copy. */
static mote_trie_entry *copy_entries(app *app, const mote_trie_entry *entries, size_t count,
                                     size_t room) {
    mote_trie_entry *copy = app_take(app, count + room, sizeof *copy);
    if (count != 0) memcpy(copy, entries, count * sizeof *copy);
    return copy;
}

bool genesis_state_root(app *app, mote_genesis *out, const genesis_state *state,
                        mote_state_version version) {
    size_t room = state->child_count;
    mote_trie_entry *entries = copy_entries(app, state->entries, state->count, room);
    mote_child_trie *children = app_take(app, room, sizeof *children);
    for (size_t i = 0; i < room; i++) {
        const mote_child_trie *child = &state->children[i];
        children[i] = *child;
        children[i].entries = copy_entries(app, child->entries, child->count, 0);
    }
    mote_status status =
        mote_genesis_from_state(&app->context, out, entries, state->count, children, room, version);
    if (status == MOTE_OK) return true;
    if (status != MOTE_E_BAD_ARGUMENT) return fail_core(app, status);
    /* All that can be wrong with the arguments is a key that is there twice, in two spellings. */
    fail_host(app, HOST_JSON_DUPLICATE_KEY, state->name, state->place);
    app->report.expected = "every storage key once, however it is spelled";
    app->report.found = "one in two spellings, in the object that begins here";
    return false;
}

static bool choose(app *app, genesis_choice *out, const genesis_state *state,
                   mote_state_version version) {
    out->version = version;
    if (!genesis_state_root(app, &out->genesis, state, version)) return false;
    out->chain = mote_chain_by_genesis(&out->genesis.hash);
    return true;
}

bool genesis_state_choose(app *app, genesis_choice *out, const genesis_state *state) {
    memset(out, 0, sizeof *out);
    app->subject = state->name;
    if (app->args.has_state_version) {
        return choose(app, out, state, (mote_state_version)app->args.state_version);
    }
    if (!choose(app, out, state, MOTE_STATE_V0)) return false;
    if (out->chain != NULL || (state->says_version && state->version == MOTE_STATE_V0)) return true;
    if (!choose(app, out, state, MOTE_STATE_V1)) return false;
    out->assumed = out->chain == NULL && !state->says_version;
    return true;
}
