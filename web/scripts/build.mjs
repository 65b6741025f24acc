// SPDX-License-Identifier: Apache-2.0
// dist/: types by tsc, one minified module, the wasm beside it, and an entry with the wasm inside for bundlers that
// cannot ship a file. Two more modules with entries of their own: validation, and live with its Worker. Needs
// build/wasm/mote.wasm, mote-validation.wasm and mote-live.wasm, or others that MOTE_WASM, MOTE_VALIDATION_WASM and
// MOTE_LIVE_WASM name. Checkpoints are those of ../checkpoints, if there are any.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
rmSync(at("dist"), { recursive: true, force: true });
mkdirSync(at("dist"), { recursive: true });
execFileSync(process.execPath, [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.json"), "--emitDeclarationOnly"], { stdio: "inherit" });
// White space stays, for the comments in import() that keep bundlers from following it.
const common = { bundle: true, minifyIdentifiers: true, minifySyntax: true, format: "esm", target: "es2022", platform: "neutral", sourcemap: true, legalComments: "none" };
await build({ ...common, entryPoints: [at("src/index.ts")], outfile: at("dist/index.js") });
// The other entries take what all share from the first, so that there is one kind of evidence.
const first = { name: "first-entry", setup: (to) => to.onResolve({ filter: /^\.\/index\.js$/ }, ({ path }) => ({ path, external: true })) };
await build({ ...common, entryPoints: [at("src/validation.ts")], outfile: at("dist/validation.js"), plugins: [first] });
await build({ ...common, entryPoints: [at("src/live.ts")], outfile: at("dist/live.js"), plugins: [first] });
const live = { name: "live-entry", setup: (to) => to.onResolve({ filter: /^\.\/live\.js$/ }, ({ path }) => ({ path, external: true })) };
await build({ ...common, entryPoints: [at("src/live-worker.ts")], outfile: at("dist/live-worker.js"), plugins: [live] });
copyFileSync(process.env.MOTE_LIVE_WASM ?? at("../build/wasm/mote-live.wasm"), at("dist/mote-live.wasm"));
if (existsSync(at("../checkpoints"))) cpSync(at("../checkpoints"), at("dist/checkpoints"), { recursive: true });
copyFileSync(process.env.MOTE_VALIDATION_WASM ?? at("../build/wasm/mote-validation.wasm"), at("dist/mote-validation.wasm"));
copyFileSync(process.env.MOTE_WASM ?? at("../build/wasm/mote.wasm"), at("dist/mote.wasm"));
copyFileSync(at("../LICENSE"), at("LICENSE"));
const wasm = readFileSync(at("dist/mote.wasm")).toString("base64");
writeFileSync(at("dist/inline.js"), `// SPDX-License-Identifier: Apache-2.0
import { Mote } from "./index.js";
export * from "./index.js";
const wasm = "${wasm}";
export const load = (options = {}) => Mote.load({ wasm: Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0)), ...options });
`);
writeFileSync(at("dist/inline.d.ts"), `import { Mote, type LoadOptions } from "./index.js";
export * from "./index.js";
/** As Mote.load, with the module from inside this file: for bundlers that cannot ship a .wasm. */
export declare const load: (options?: LoadOptions) => Promise<Mote>;
`);
