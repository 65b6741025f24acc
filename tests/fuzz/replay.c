/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target's seeds as tests, without libFuzzer: each as it is, then cut short and with bytes changed at
 * seeded places. What a target asserts it asserts here too; sanitizer builds see exact bounds. */
#include "fixture.h"

#include <dirent.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_SEEDS 4096u
#define VARIANTS 64u

static void run_exactly(const uint8_t *data, size_t size) {
    uint8_t *copy = fixture_copy((mote_bytes){data, size});
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static mote_bytes read_seed(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    uint8_t *data = malloc((size_t)size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    return (mote_bytes){data, (size_t)size};
}

static void seed(void **state) {
    mote_bytes whole = read_seed(*state);
    run_exactly(whole.data, whole.size);
    uint64_t random = whole.size;
    uint8_t *changed = (uint8_t *)whole.data;
    for (size_t i = 0; i < fixture_times(VARIANTS) && whole.size != 0; i++) {
        run_exactly(whole.data, (size_t)(fixture_random(&random) % whole.size));
        size_t at = (size_t)(fixture_random(&random) % whole.size);
        changed[at] ^= (uint8_t)(1u << (fixture_random(&random) % 8));
        run_exactly(whole.data, whole.size); /* changes pile up */
    }
    free(changed);
}

static void no_input(void **state) {
    (void)state;
    run_exactly(NULL, 0);
}

static char *join(const char *folder, const char *name) {
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path == NULL) abort();
    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

int main(int argc, char **argv) {
    static struct CMUnitTest tests[MAX_SEEDS + 1];
    size_t count = 0;
    if (argc != 3) {
        fprintf(stderr, "usage: %s NAME SEEDS\n", argv[0]);
        return 2;
    }
    tests[count++] = (struct CMUnitTest){"no_input", no_input, NULL, NULL, NULL};
    DIR *dir = opendir(argv[2]);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.' || count > MAX_SEEDS) continue;
        char *path = join(argv[2], entry->d_name);
        tests[count++] = (struct CMUnitTest){path + strlen(argv[2]) + 1, seed, NULL, NULL, path};
    }
    if (count == 1) {
        fprintf(stderr, "%s: no seeds in %s\n", argv[1], argv[2]);
        return 1;
    }
    closedir(dir);
    return _cmocka_run_group_tests(argv[1], tests, count, NULL, NULL);
}
