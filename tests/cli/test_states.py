# SPDX-License-Identifier: Apache-2.0
"""mote validate: whole states that are large enough for several threads. Their roots are from a trie written here."""
import hashlib
import json
import random

from support import Cli


def nibbles(key):
    return [half for byte in key for half in (byte >> 4, byte & 15)]


def hashed(node):
    return hashlib.blake2b(node, digest_size=32).digest()


def compact(number):
    assert number < 1 << 14
    return bytes([number << 2]) if number < 64 else (number << 2 | 1).to_bytes(2, "little")


def head(bits, partial):
    assert len(partial) < 63
    packed = ([0] if len(partial) % 2 else []) + partial
    return bytes([bits | len(partial)]) + bytes(packed[i] << 4 | packed[i + 1] for i in range(0, len(packed), 2))


def merkle(entries, depth):
    """Of a subtree: sorted (nibbles, value), all of which agree in the first `depth` nibbles."""
    first, last = entries[0][0], entries[-1][0]
    if len(entries) == 1:
        node = head(0x40, first[depth:]) + compact(len(entries[0][1])) + entries[0][1]
        return node if len(node) < 32 else hashed(node)
    common = depth
    while common < len(first) and first[common] == last[common]:
        common += 1
    value = entries.pop(0)[1] if common == len(first) else None
    children = [[entry for entry in entries if entry[0][common] == nibble] for nibble in range(16)]
    node = head(0x80 if value is None else 0xc0, first[depth:common])
    node += sum(1 << nibble for nibble in range(16) if children[nibble]).to_bytes(2, "little")
    node += b"" if value is None else compact(len(value)) + value
    for child in filter(None, children):
        below = merkle(child, common + 1)
        node += compact(len(below)) + below
    return node if len(node) < 32 else hashed(node)


def root_of(state):
    return merkle(sorted((nibbles(key), value) for key, value in state.items()), 0)


class States(Cli):
    @classmethod
    def setUpClass(cls):
        drawn = random.Random(6)
        cls.state = {drawn.randbytes(16): drawn.randbytes(drawn.choice([0, 20, 200, 400])) for _ in range(15000)}
        for key in list(cls.state)[:200]:  # values of branches
            cls.state[key[:drawn.randrange(1, 5)]] = drawn.randbytes(40)
        cls.root = root_of(cls.state)

    def validate(self, path, jobs, code=0):
        answer = self.json("validate", path, "--jobs", str(jobs), code=code)
        return {rule["rule"]: rule for rule in answer["details"]["rules"]}

    def whole(self, root):
        pairs = [["0x" + key.hex(), "0x" + value.hex()] for key, value in self.state.items()]
        return self.file("state.json", json.dumps({"pairs": pairs, "state_root": "0x" + root.hex()}))

    def test_a_whole_state_on_any_number_of_threads(self):
        path = self.whole(self.root)
        for jobs in (1, 2, 3, 8):
            self.assertEqual(self.validate(path, jobs)["state-root"]["passed"], 1)

    def test_another_root(self):
        path = self.whole(self.root[:31] + bytes([self.root[31] ^ 1]))
        for jobs in (1, 2):
            rule = self.validate(path, jobs, code=1)["state-root"]
            self.assertEqual(rule["failed"], 1)
            self.assertIn("root_mismatch", rule["first"]["why"])

    def test_a_key_twice(self):
        key, value = next(iter(self.state.items()))
        document = json.loads(self.whole(self.root).read_text())
        document["pairs"].append(["0x" + key.hex(), "0x" + value.hex()])
        path = self.file("twice.json", json.dumps(document))
        for jobs in (1, 2):
            self.assertEqual(self.validate(path, jobs, code=1)["state-root"]["failed"], 1)

    def test_a_block_that_writes_a_state(self):
        """And one that changes a hundredth of it."""
        keys = sorted(self.state)
        later = dict(self.state)
        for key in keys[::100]:
            later[key] = b"changed"
        for key in keys[50::100]:
            del later[key]
        second = [["0x" + key.hex(), "0x" + later[key].hex()] for key in keys[::100]]
        second += [["0x" + key.hex(), None] for key in keys[50::100]]
        blocks = [[["0x" + key.hex(), "0x" + self.state[key].hex()] for key in keys], second]
        result = [{"mainStorageChanges": changes, "childStorageChanges": []} for changes in blocks]
        self.file("chain-state_roots.txt", f"0x{self.root.hex()}\n0x{root_of(later).hex()}\n")
        path = self.file("chain-changes.json", json.dumps({"result": result}))
        for jobs in (1, 2, 5):
            self.assertEqual(self.validate(path, jobs)["state-change"]["passed"], 2)
