/* SPDX-License-Identifier: Apache-2.0 */
/* Prints docs/errors.md from status_list.h. */
#include <stdio.h>

#include "mote/status.h"

static const struct {
    mote_status_class class_;
    const char *meaning;
} classes[] = {
    {MOTE_CLASS_DONE, "The thing asked for is verified."},
    {MOTE_CLASS_MALFORMED, "Bytes that no honest source sends: drop the source."},
    {MOTE_CLASS_FALSE, "Well formed, and not true: drop the source, keep the bytes as evidence."},
    {MOTE_CLASS_INCOMPLETE, "True as far as it goes, and not enough: ask for more, do not punish."},
    {MOTE_CLASS_UNSUPPORTED, "Newer or other than mote knows: fail closed, do not punish."},
    {MOTE_CLASS_LIMIT, "Refused because it costs more than mote allows."},
    {MOTE_CLASS_UNTIMELY,
     "Expired, or from the future: the trusted starting point has to be renewed."},
    {MOTE_CLASS_BUG, "The caller broke the library's contract."},
    {MOTE_CLASS_INTERNAL, "mote itself is wrong; please report."},
};

static void print_class(mote_status_class class_) {
    static const mote_status statuses[] = {
#define STATUS(name, code, class_, fault, word, text) MOTE_##name,
        MOTE_STATUS_LIST(STATUS)
#undef STATUS
    };
    puts("| code | name | who is at fault | meaning |");
    puts("|---|---|---|---|");
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        mote_status status = statuses[i];
        if (mote_status_class_of(status) != class_) continue;
        printf("| 0x%03x | `%s` | %s | %s |\n", (unsigned)status, mote_status_name(status),
               mote_blame_name(mote_status_blame(status)), mote_status_text(status));
    }
}

int main(void) {
    puts("# Every verdict mote can give");
    puts("");
    puts("Generated from core/base/include/mote/status_list.h (`cmake --build --preset release "
         "--target");
    puts("generate`); do not edit. The C enum prefixes names with `MOTE_E_`, in capitals. Codes "
         "and names are");
    puts("stable, texts may change.");
    puts("");
    puts("Who is at fault: `source` sent the bytes; `trust` chose the checkpoint, authorities, "
         "root or clock;");
    puts("`caller` is the program that calls mote.");
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        printf("\n## %s\n\n%s\n\n", mote_status_class_name(classes[i].class_), classes[i].meaning);
        print_class(classes[i].class_);
    }
    return 0;
}
