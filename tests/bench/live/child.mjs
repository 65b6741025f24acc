// SPDX-License-Identifier: Apache-2.0
// One measurement in a process of its own.
import { createRequire } from "node:module";

globalThis.WebSocket ??= createRequire(import.meta.url)("ws").WebSocket;
process.once("message", async ({ who, given, kind, kept }) => {
  const { measure } = await import(`./${who}.mjs`);
  const library = () => (who === "mote" ? import("mote-light-client/live") : import("smoldot"));
  try {
    process.send({ result: await measure(given, kind, kept, library) }, () => process.exit(0));
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) }, () => process.exit(1));
  }
});
