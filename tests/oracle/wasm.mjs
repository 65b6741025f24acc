// SPDX-License-Identifier: Apache-2.0
// The oracle's committed cases through the validation modules as wasm and natively: the same answers, or it fails.
// usage: node wasm.mjs [ORACLE.WASM ORACLE_RUN]      defaults: of the builds "wasm" and "release"
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const [wasm = at("build/wasm/oracle.wasm"), native = at("build/release/tests/oracle/oracle_run")] = process.argv.slice(2);
const file = at("tests/oracle/cases.bin.gz");

function* cases(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < bytes.length;) {
        const kind = bytes[i];
        const output = view.getUint32(i + 3, true);
        const input = view.getUint32(i + 7 + output, true);
        const start = i + 11 + output;
        yield { kind, input: bytes.subarray(start, start + input) };
        i = start + input;
    }
}

const module = await WebAssembly.compile(readFileSync(wasm));
if (WebAssembly.Module.imports(module).length !== 0) throw new Error("oracle.wasm has imports");
const { exports } = await WebAssembly.instantiate(module, {});
exports._initialize?.();
const log = [];
let count = 0;
for (const { kind, input } of cases(gunzipSync(readFileSync(file)))) {
    new Uint8Array(exports.memory.buffer).set(input, exports.oracle_input());
    const accepted = exports.oracle_judge(kind, input.length);
    const size = exports.oracle_output_size();
    const head = Buffer.alloc(5);
    head[0] = accepted;
    head.writeUInt32LE(size, 1);
    log.push(head, Buffer.from(new Uint8Array(exports.memory.buffer, exports.oracle_output(), size)));
    count++;
}
const folder = mkdtempSync(join(tmpdir(), "oracle-"));
execFileSync(native, [file, join(folder, "log")], { stdio: "ignore" });
const same = Buffer.concat(log).equals(readFileSync(join(folder, "log")));
rmSync(folder, { recursive: true });
console.log(`oracle as wasm: ${count} cases, ${same ? "the same answers" : "OTHER ANSWERS"} as natively`);
process.exit(same && count > 20000 ? 0 : 1);
