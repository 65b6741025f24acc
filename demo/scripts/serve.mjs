// SPDX-License-Identifier: Apache-2.0
// Serves the built page until interrupted. Port: 8080, or the next that is free.
import { serve } from "./server.mjs";

let server;
for (let port = 8080; server === undefined && port < 8100; port++) {
  server = await serve(port).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
  });
}
if (server === undefined) throw new Error("no free port from 8080 to 8099");
console.log(`The page: ${server.url}\nInterrupt (Ctrl-C) to stop.`);
process.on("SIGINT", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
