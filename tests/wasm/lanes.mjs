// SPDX-License-Identifier: Apache-2.0
// unit/lanes in the builds with and without WebAssembly's vectors: the back end that they are for against the portable code,
// arithmetic, decoding, sums, batches, hashes. Each test in an instance of its own. MOTE_TEST_EFFORT as natively.
// usage: node lanes.mjs [LANES_TEST.WASM...]      default: those of the builds "wasm" and "wasm-simd"
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const given = process.argv.slice(2);
const files = given.length > 0 ? given : [at("build/wasm/lanes_test.wasm"), at("build/wasm-simd/lanes_test.wasm")];
const effort = ["small", "", "long"].indexOf(process.env.MOTE_TEST_EFFORT ?? "");
const total = { passed: 0, failed: 0, skipped: 0 };

/** What became of test `number`: undefined where there is none. */
function run(module, number) {
  const { exports } = new WebAssembly.Instance(module, {});
  exports._initialize?.();
  const text = (from) => {
    const bytes = new Uint8Array(exports.memory.buffer);
    return Buffer.from(bytes.subarray(from, bytes.indexOf(0, from))).toString();
  };
  const began = performance.now();
  let error;
  try {
    if (exports.test_one(number, effort < 0 ? 1 : effort) !== 0) return undefined;
  } catch (thrown) {
    error = thrown;
  }
  const name = text(exports.test_name()), took = `${Math.round(performance.now() - began)} ms`;
  if (error === undefined) return ["passed", `${name}: ${took}`];
  if (exports.test_was_skipped() !== 0) return ["skipped", `${name}: not run here`];
  return ["failed", `${name}: FAILED at ${text(exports.test_failure())} (${error.message})`];
}

for (const file of files) {
  const bytes = readFileSync(file);
  if (!WebAssembly.validate(bytes)) {
    console.log(`${file}: not run here: this engine has no vectors`);
    total.skipped++;
    continue;
  }
  const module = new WebAssembly.Module(bytes);
  if (WebAssembly.Module.imports(module).length !== 0) throw new Error(`${file} has imports`);
  for (let number = 0, outcome; (outcome = run(module, number)) !== undefined; number++) {
    total[outcome[0]]++;
    console.log(outcome[1]);
  }
}
console.log(`lanes: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
