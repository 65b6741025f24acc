/* SPDX-License-Identifier: Apache-2.0 */
#include "mote/ed25519.h"
