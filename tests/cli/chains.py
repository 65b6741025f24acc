# SPDX-License-Identifier: Apache-2.0
"""The complete recorded chains: a justification, its relay header, a parachain's head, headers and events."""
import json
import pathlib
import re

from support import VECTORS, load

SETS = {entry["target_number"]: entry for entry in load("grandpa/index.json")
        if entry["network"] == "rococo" and entry.get("authority_set_file")}


def relay_start(number):
    """The first header of the recorded run that holds that block: where its set begins."""
    for path in (VECTORS / "headers").glob("rococo-*.hex"):
        first, last = map(int, re.findall(r"-(\d+)", path.name))
        if first < number <= last:
            return path.read_text().split()[0]
    return None


def para_run(name, number):
    """The recorded parachain headers that hold that block, downwards from `number`."""
    for path in (VECTORS / "headers").glob(f"{name}-*.hex"):
        first, last = map(int, re.findall(r"-(\d+)", path.name)[-2:])
        if first <= number <= last:
            lines = path.read_text().split()
            return lines[:number - first + 1][::-1]
    return None


class Chain:
    def __init__(self, path):
        self.proof = pathlib.Path(path)
        self.name = self.proof.stem
        known = json.loads(self.proof.read_bytes())
        self.relay_number, self.relay_hash = known["relay_block_number"], known["relay_block_hash"]
        self.relay_header = known["relay_header"]
        self.para = int(self.name.rsplit("-", 1)[1])
        self.para_name = {2090: "basilisk-rococo-2090", 2105: "pangolin-rococo-2105"}[self.para]
        self.entry = SETS.get(self.relay_number)
        self.start = relay_start(self.relay_number)
        self.authorities = VECTORS / "grandpa" / self.entry["authority_set_file"] if self.entry else None
        self.justification = VECTORS / "grandpa" / self.entry["justification_file"] if self.entry else None
        self.head = known["parachain_header_hashes"][0] if "parachain_header_hashes" in known else None

    def complete(self):
        return self.entry is not None and self.start is not None and self.justification.exists()


CHAINS = [chain for chain in map(Chain, sorted((VECTORS / "proofs").glob("rococo-*-parahead-*.json"))) if chain.complete()]
EVENTS = {}
for _path in sorted((VECTORS / "proofs").glob("events-basilisk-*.json")):
    EVENTS[json.loads(_path.read_bytes())["block_number"]] = _path
