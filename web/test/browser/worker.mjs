// SPDX-License-Identifier: Apache-2.0
import { entries, run } from "./suite.mjs";

self.onmessage = async ({ data: base }) => self.postMessage(await run(base, await entries(base)));
