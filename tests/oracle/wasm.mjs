// SPDX-License-Identifier: Apache-2.0
// The oracle's committed cases through the validation modules as wasm, with and without vectors, and natively: the same
// answers, or it fails. And the published signatures of ZIP-215, each alone and in a batch: the published verdicts.
// usage: node wasm.mjs [ORACLE_RUN ORACLE.WASM...]      defaults: of the builds "release", "wasm" and "wasm-simd"
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const [native = at("build/release/tests/oracle/oracle_run"), ...given] = process.argv.slice(2);
const modules = given.length > 0 ? given : [at("build/wasm/oracle.wasm"), at("build/wasm-simd/oracle.wasm")];
const file = at("tests/oracle/cases.bin.gz");
const ED25519 = 4; // of oracle_judges

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

/** { key, signature, message, holds } of tests/vectors, with the verdicts of ed25519-zebra. */
function* published() {
    const read = (name) => readFileSync(at(`tests/vectors/vectors/${name}`));
    const hex = (text) => Buffer.from(text, "hex");
    const small = JSON.parse(read("ed25519-zip215-small-order.json"));
    for (const { vk, sig } of small.cases) yield { key: hex(vk), signature: hex(sig), message: Buffer.from(small.message_ascii), holds: true };
    const check = JSON.parse(read("ed25519-speccheck.json"));
    for (const [i, { pub_key, signature, message }] of check.cases.entries()) {
        yield { key: hex(pub_key), signature: hex(signature), message: hex(message), holds: check.expected_by_library.Zebra[i] };
    }
    for (const { A, R, S, M } of JSON.parse(gunzipSync(read("ed25519vectors.json.gz")))) {
        yield { key: hex(A), signature: hex(R + S), message: Buffer.from(M), holds: true };
    }
    for (const line of gunzipSync(read("ed25519-zebra-cases.jsonl.gz")).toString().trim().split("\n")) {
        const { key, signature, message, verdict } = JSON.parse(line);
        yield { key: hex(key), signature: hex(signature), message: hex(message), holds: verdict === "ok" };
    }
}

/** (kind, input) -> { accepted, output }; undefined where this engine does not run the module. */
async function judgeOf(path) {
    const bytes = readFileSync(path);
    if (!WebAssembly.validate(bytes)) return undefined;
    const module = await WebAssembly.compile(bytes);
    if (WebAssembly.Module.imports(module).length !== 0) throw new Error(`${path} has imports`);
    const { exports } = await WebAssembly.instantiate(module, {});
    exports._initialize?.();
    return (kind, input) => {
        new Uint8Array(exports.memory.buffer).set(input, exports.oracle_input());
        const accepted = exports.oracle_judge(kind, input.length);
        return { accepted, output: Buffer.from(new Uint8Array(exports.memory.buffer, exports.oracle_output(), exports.oracle_output_size())) };
    };
}

const folder = mkdtempSync(join(tmpdir(), "oracle-"));
execFileSync(native, [file, join(folder, "log")], { stdio: "ignore" });
const expected = readFileSync(join(folder, "log"));
rmSync(folder, { recursive: true });

for (const path of modules) {
    const judge = await judgeOf(path);
    if (judge === undefined) {
        console.log(`${path}: not run here: this engine has no vectors`);
        continue;
    }
    const log = [];
    let count = 0;
    for (const { kind, input } of cases(gunzipSync(readFileSync(file)))) {
        const { accepted, output } = judge(kind, input);
        const head = Buffer.alloc(5);
        head[0] = accepted;
        head.writeUInt32LE(output.length, 1);
        log.push(head, output);
        count++;
    }
    const same = Buffer.concat(log).equals(expected);
    let signatures = 0, wrong = 0;
    for (const { key, signature, message, holds } of published()) {
        const { accepted, output } = judge(ED25519, Buffer.concat([key, signature, message]));
        signatures++;
        if (Boolean(accepted) !== holds || output.length !== 0) wrong++; // output: that a batch says otherwise
    }
    console.log(`oracle as wasm: ${count} cases, ${same ? "the same answers" : "OTHER ANSWERS"} as natively; ` +
        `${signatures} published signatures, ${wrong} judged otherwise (${path})`);
    if (!same || count <= 20000 || signatures !== 196 + 12 + 768 + 2774 || wrong !== 0) process.exitCode = 1;
}
