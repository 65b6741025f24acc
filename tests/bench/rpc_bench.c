/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A node's answers from text to bytes, one thread: state_getReadProof of 5 MB to SCALE in the message's own memory, and
 * chain_getBlock of as much to header and extrinsics; the text whole, and as it comes in chunks of 16 KiB; and the
 * checking of it alone. Prints one JSON object of medians, in MB of text a second.
 * usage: rpc_bench [ROUNDS]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mote/rpc.h"

#define MAX_ROUNDS 1001
#define TEXT_SIZE ((size_t)5 << 20)
#define CHUNK ((size_t)16 << 10)
#define NODE_SIZE 500u /* bytes; a branch with all its children has 548 */
#define EXTRINSIC_SIZE 3000u

typedef struct message {
    char *data;
    size_t size;
} message;

static void add(message *out, const char *text) {
    size_t size = strlen(text);
    memcpy(out->data + out->size, text, size);
    out->size += size;
}

static void add_hex(message *out, size_t bytes) {
    static uint64_t seed = 1;
    add(out, "\"0x");
    for (size_t i = 0; i < 2 * bytes; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        out->data[out->size++] = "0123456789abcdef"[seed >> 60];
    }
    add(out, "\"");
}

static void add_array(message *out, size_t bytes) {
    add(out, "[");
    while (out->size + 2 * bytes + 200 < TEXT_SIZE) {
        if (out->data[out->size - 1] != '[') add(out, ",");
        add_hex(out, bytes);
    }
    add(out, "]");
}

static message new_message(void) {
    message out = {malloc(TEXT_SIZE), 0};
    if (out.data == NULL) abort();
    add(&out, "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{");
    return out;
}

static message read_proof(void) {
    message out = new_message();
    add(&out, "\"at\":");
    add_hex(&out, 32);
    add(&out, ",\"proof\":");
    add_array(&out, NODE_SIZE);
    add(&out, "}}");
    return out;
}

static message block(void) {
    static const char *const roots[] = {"parentHash", "stateRoot", "extrinsicsRoot"};
    message out = new_message();
    add(&out, "\"block\":{\"header\":{\"number\":\"0x1234567\"");
    for (size_t i = 0; i < 3; i++) {
        add(&out, ",\"");
        add(&out, roots[i]);
        add(&out, "\":");
        add_hex(&out, 32);
    }
    add(&out, ",\"digest\":{\"logs\":[");
    add_hex(&out, 140);
    add(&out, "]}},\"extrinsics\":");
    add_array(&out, EXTRINSIC_SIZE);
    add(&out, "},\"justifications\":null}}");
    return out;
}

static double now_seconds(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void require(bool holds) {
    if (!holds) abort();
}

static void check_chunks(mote_json_check *check, mote_bytes text, size_t chunk) {
    mote_json_check_begin(check);
    for (size_t at = 0; at < text.size; at += chunk) {
        size_t size = text.size - at < chunk ? text.size - at : chunk;
        require(mote_json_check_feed(check, (mote_bytes){text.data + at, size}) == MOTE_OK);
    }
}

typedef void reading(mote_context *context, mote_bytes text, uint8_t *memory, size_t chunk);

static mote_json result_of(mote_context *context, mote_bytes text, size_t chunk) {
    mote_rpc_message answer;
    mote_json_check check;
    check_chunks(&check, text, chunk);
    require(mote_rpc_checked(context, &answer, &check, text) == MOTE_OK);
    return answer.result;
}

static void check_only(mote_context *context, mote_bytes text, uint8_t *memory, size_t chunk) {
    mote_json_check check;
    (void)context;
    (void)memory;
    check_chunks(&check, text, chunk);
    require(mote_json_check_end(&check) == MOTE_OK);
}

static void take_proof(mote_context *context, mote_bytes text, uint8_t *memory, size_t chunk) {
    mote_json list = mote_json_field(result_of(context, text, chunk), "proof");
    mote_writer writer = mote_writer_into(memory, text.size);
    require(mote_rpc_byte_strings(context, &writer, list) == MOTE_OK &&
            writer.size > TEXT_SIZE / 3);
}

static void take_block(mote_context *context, mote_bytes text, uint8_t *memory, size_t chunk) {
    static uint8_t header[1024];
    mote_json of_block = mote_json_field(result_of(context, text, chunk), "block");
    mote_json extrinsics = mote_json_field(of_block, "extrinsics");
    mote_writer first = mote_writer_into(header, sizeof header);
    mote_writer writer = mote_writer_into(memory, text.size);
    require(mote_rpc_header(context, &first, mote_json_field(of_block, "header")) == MOTE_OK);
    require(mote_rpc_byte_strings(context, &writer, extrinsics) == MOTE_OK);
    require(mote_writer_fits(&first) && writer.size > TEXT_SIZE / 3);
}

static double speed(reading *read, const message *from, size_t rounds, size_t chunk) {
    static double results[MAX_ROUNDS];
    static uint8_t memory[TEXT_SIZE];
    static const uint8_t seed[32] = {1};
    mote_context context;
    mote_context_init(&context, NULL, 0, seed);
    for (size_t i = 0; i < rounds; i++) {
        memcpy(memory, from->data, from->size);
        const double start = now_seconds();
        read(&context, (mote_bytes){memory, from->size}, memory, chunk);
        results[i] = (double)from->size / 1e6 / (now_seconds() - start);
    }
    qsort(results, rounds, sizeof results[0], ascending);
    return results[rounds / 2];
}

int main(int argc, char **argv) {
    const size_t rounds = argc > 1 ? (size_t)atoi(argv[1]) : 15;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    message proof = read_proof(), of_block = block();
    printf("{\"check\": %.0f, ", speed(check_only, &proof, rounds, TEXT_SIZE));
    printf("\"read_proof\": %.0f, ", speed(take_proof, &proof, rounds, TEXT_SIZE));
    printf("\"read_proof_in_chunks\": %.0f, ", speed(take_proof, &proof, rounds, CHUNK));
    printf("\"block\": %.0f, ", speed(take_block, &of_block, rounds, TEXT_SIZE));
    printf("\"block_in_chunks\": %.0f}\n", speed(take_block, &of_block, rounds, CHUNK));
    free(proof.data);
    free(of_block.data);
    return 0;
}
