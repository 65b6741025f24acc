/* SPDX-License-Identifier: Apache-2.0 */
#include "node.h"

void node_validate(plan *plan) {
    (void)plan;
}
