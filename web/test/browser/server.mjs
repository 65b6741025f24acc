// SPDX-License-Identifier: Apache-2.0
// Serves the built package, the recordings and this folder on localhost.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

const folders = {
  dist: new URL("../../dist/", import.meta.url),
  test: new URL("./", import.meta.url),
  vectors: new URL("../../../tests/vectors/", import.meta.url),
  recordings: new URL("../../../demo/recordings/", import.meta.url),
};
const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".html": "text/html" };
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>mote</title></html>`;

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname === "/") return response.writeHead(200, { "content-type": "text/html" }).end(page);
  const [, folder, ...rest] = decodeURIComponent(pathname).split("/");
  if (!(folder in folders) || rest.some((part) => part === "" || part.startsWith("."))) return response.writeHead(404).end();
  try {
    const body = await readFile(new URL(rest.join("/"), folders[folder]));
    response.writeHead(200, { "content-type": types[extname(pathname)] ?? "application/octet-stream", "content-length": body.length }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/** {base, close}. */
export async function serve() {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { base: `http://127.0.0.1:${server.address().port}/`, close };
}
