/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are not what their names promise: JSON that is none, or ends in the middle. A harness must not pass over them. */
#include "validate.h"

static bool recognizes(const document *document) {
    return document->broken != NULL;
}

static void read_document(plan *plan, document *document) {
    submit_bad_form(plan, document, 0, document->broken);
}

const reader reader_broken = {"broken", recognizes, read_document};
