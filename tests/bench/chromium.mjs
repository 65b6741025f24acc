// SPDX-License-Identifier: Apache-2.0
// Runs a module of this folder in headless Chromium: serves the folder and the named extra files on localhost, opens a
// page that imports the module and posts what its `measureInPage` returns.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HERE = new URL(".", import.meta.url);
const TYPES = { mjs: "text/javascript", js: "text/javascript", wasm: "application/wasm", html: "text/html" };

const page = (module, options) => `<!doctype html><title>bench</title><script type="module">
const post = (path, body) => fetch(path, { method: "POST", body });
try {
    const { measureInPage } = await import("/${module}");
    await post("/result", JSON.stringify(await measureInPage(${JSON.stringify(options)})));
} catch (error) {
    await post("/failure", String(error.stack ?? error));
}
</script>`;

function body(request) {
    return new Promise((resolve, reject) => {
        let text = "";
        request.on("data", (chunk) => (text += chunk));
        request.on("end", () => resolve(text));
        request.on("error", reject);
    });
}

// The page's own files, with the headers that give it precise clocks.
async function serve(request, response, files, html) {
    const name = request.url.slice(1).split("?")[0];
    const headers = {
        "content-type": TYPES[name.split(".").pop()] ?? TYPES.html,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
    };
    if (name === "") return response.writeHead(200, headers).end(html);
    if (!(name in files) && !/^[a-z0-9_]+\.mjs$/.test(name)) return response.writeHead(404).end();
    const content = files[name] instanceof Uint8Array ? files[name] : await readFile(files[name] ?? new URL(name, HERE));
    response.writeHead(200, headers).end(content);
}

function listen(handle) {
    const server = createServer(handle);
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function startChromium(profile, port) {
    const options = ["--headless", "--disable-gpu", "--no-first-run", `--user-data-dir=${profile}`];
    if (process.getuid?.() === 0) options.push("--no-sandbox");
    return spawn(process.env.CHROMIUM ?? "chromium", [...options, `http://127.0.0.1:${port}/`], { stdio: "ignore" });
}

/** `files`: name -> path, or bytes. `options` go to measureInPage. */
export async function measureInChromium(module, options, files) {
    const profile = await mkdtemp(join(tmpdir(), "bench-"));
    let finish;
    const outcome = new Promise((resolve, reject) => (finish = { resolve, reject }));
    const server = await listen(async (request, response) => {
        if (request.method !== "POST") return serve(request, response, files, page(module, options));
        const text = await body(request);
        response.end();
        if (request.url === "/result") finish.resolve(JSON.parse(text));
        else finish.reject(new Error(text));
    });
    const chromium = startChromium(profile, server.address().port);
    const exited = new Promise((resolve) => chromium.on("exit", resolve));
    chromium.on("error", (error) => finish.reject(error));
    exited.then(() => finish.reject(new Error("chromium ended before it had measured")));
    const timer = setTimeout(() => finish.reject(new Error("no result from chromium in 600 s")), 600_000);
    try {
        return await outcome;
    } finally {
        clearTimeout(timer);
        chromium.kill();
        await exited;
        server.close();
        server.closeAllConnections();
        await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
}
