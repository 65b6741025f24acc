# SPDX-License-Identifier: Apache-2.0
import gzip
import json
import lzma

from support import Cli, ROOT, VECTORS, each, files, load

SPECS = [path.name for path in files("checkpoints/*.json")]
LINES = [path.name for path in files("checkpoints/*.jsonl.xz")]
WINDOWS = {"polkadot": 28 * 86400, "ksmcc3": 7 * 86400, "westend2": 12 * 3600}
NAMES = {"polkadot": "polkadot", "ksmcc3": "kusama", "westend2": "westend", "paseo": "paseo", "rococo_v2_2": "rococo",
         "rococo_v2_1": "rococo-v2.1", "rococo_v1": "rococo-v1", "westend": "westend-v1", "rococo_tokyo_relay": None}
ROCOCO = VECTORS / "headers/rococo-1237705-1238699.hex"
SET = VECTORS / "grandpa/authority-sets/rococo-set2149.bin"


class Recorded(Cli):
    @each(SPECS)
    def test_chain_spec(self, name):
        path = VECTORS / "checkpoints" / name
        known = json.loads(path.read_bytes())
        decoded, chain = known["decoded"], known["id"]
        time, window = decoded["slot"] * 6, WINDOWS.get(chain, 86400)
        made = self.folder / "made.chk"
        answer = self.json("checkpoint", path, "--now", time, "-o", made)
        self.assertEqual((answer["target"]["hash"], answer["target"]["number"]), (decoded["hash"], decoded["number"]))
        details = answer["details"]
        self.assertEqual((details["set_id"], details["authorities"], details["slot"], details["chain"]),
                         (decoded["grandpa_set_id"], decoded["grandpa_authorities"], decoded["slot"], NAMES[chain]))
        self.assertEqual(answer["age"], {"freshness": "fresh", "made_at": time,
                                         "made_at_text": answer["age"]["made_at_text"], "now": time, "seconds": 0,
                                         "window_seconds": window, "window_assumed": chain not in WINDOWS})
        self.assertLessEqual(made.stat().st_size, 60 * 1024)
        self.assertEqual(details["compact_size"], made.stat().st_size)
        again = self.json("checkpoint", made, "--now", time)
        for field in ("chain", "genesis", "digest", "set_id", "authorities", "threshold", "slot", "header"):
            self.assertEqual(again["details"][field], details[field], field)
        for seconds, code, freshness in ((window // 4 - 1, 0, "fresh"), (window // 4, 0, "stale"), (window - 1, 0, "stale"),
                                         (window, 6, "expired"), (-60, 0, "fresh"), (-61, 6, "from-future")):
            aged = self.json("checkpoint", made, "--now", time + seconds, code=code)
            self.assertEqual(aged["age"]["freshness"], freshness, seconds)
            self.assertEqual(aged["verdict"], {0: "verified", 6: "future" if seconds < 0 else "expired"}[code])

    @each(SPECS)
    def test_with_babe(self, name):
        path = VECTORS / "checkpoints" / name
        time = json.loads(path.read_bytes())["decoded"]["slot"] * 6
        made = self.folder / "made.chk"
        self.json("checkpoint", path, "--now", time, "-o", made, "--with-babe")
        self.assertLessEqual(made.stat().st_size, 130 * 1024)
        again = self.json("checkpoint", made, "--now", time)
        self.assertEqual(again["details"]["babe_epochs"], 2)

    @each(LINES)
    def test_all_forms_in_history(self, name):
        lines = lzma.open(VECTORS / "checkpoints" / name).read().splitlines()
        step = max(1, len(lines) // 12)
        for line in lines[::step] + lines[-1:]:
            known = json.loads(line)
            answer = self.json("checkpoint", "-", "--now", known["slot"] * 6, stdin=line)
            self.assertEqual((answer["target"]["hash"], answer["target"]["number"], answer["details"]["set_id"],
                              answer["details"]["authorities"]),
                             ("0x" + known["hash"], known["number"], known["set_id"], known["num_authorities"]))

    def test_light_sync_state_alone(self):
        answer = self.json("checkpoint", VECTORS / "local/relay.light-sync-state.json", "--now", "2026-11-21T04:00:00Z")
        self.assertEqual((answer["details"]["chain"], answer["age"]["window_seconds"]), (None, 86400))
        self.assertTrue(answer["age"]["window_assumed"])

    def test_cut_off_is_never_whole(self):
        state = load("local/relay.light-sync-state.json")
        known = self.json("checkpoint", self.file("s", json.dumps(state)), "--now", 1, code=6)
        name = "grandpaAuthoritySet" if "grandpaAuthoritySet" in state else "grandpa_authority_set"
        whole = state[name]
        accepted = []
        for size in range(2, len(whole), 2):
            done = self.process(["checkpoint", self.file("s", json.dumps({**state, name: whole[:size]})), "--now", "1",
                                 "--json"], b"", None)
            answer = json.loads(done.stdout)
            self.check_shape(answer, done.returncode, done.stdout)
            if answer["status"] == "from_future":
                self.assertEqual(answer["details"]["digest"], known["details"]["digest"])
                accepted.append(size)
        # What the oldest layout had: all but the history of set changes.
        self.assertLessEqual(len(accepted), 1)


class Parts(Cli):
    def options(self):
        return ["--header", self.file("h", ROCOCO.read_text().splitlines()[0]), "--authorities", SET, "--set-id", 2149]

    def test_rococo(self):
        made = self.folder / "r.chk"
        answer = self.json("checkpoint", *self.options(), "--chain", "rococo", "-o", made, "--now", 1, code=6,
                           status="from_future")
        self.assertEqual(answer["assumed"], ["header", "authorities"])
        self.assertEqual(answer["details"]["output"], str(made))
        time = answer["age"]["made_at"]
        self.assertEqual(self.json("checkpoint", made, "--now", time + 10)["age"]["seconds"], 10)

    def test_what_is_missing(self):
        for drop in range(3):
            words = self.options()
            del words[2 * drop:2 * drop + 2]
            self.json("checkpoint", *words, "--chain", "rococo", code=2, status="usage")
        self.json("checkpoint", "x.json", *self.options(), code=2, status="usage")

    def test_a_chain_that_is_not_known_is_a_label(self):
        made = self.folder / "l.chk"
        known = self.json("checkpoint", *self.options(), "--now", 1, code=6)
        time = known["age"]["made_at"]
        answer = self.json("checkpoint", *self.options(), "--chain", "local-1.x_y", "-o", made, "--now", time)
        for again in (answer, self.json("checkpoint", made, "--now", time), self.json("inspect", made)):
            self.assertEqual((again["details"]["chain"], again["details"]["label"]), (None, "local-1.x_y"))
            self.assertEqual(again["details"]["digest"], known["details"]["digest"])
        self.assertEqual((answer["age"]["window_seconds"], answer["age"]["window_assumed"]), (86400, True))
        out, _ = self.text("checkpoint", made, "--now", time)
        self.assertIn("chain            local-1.x_y, not known to mote", out)
        self.assertIn("window           1 d by default, which is assumed: fresh", out)
        for name in ("", "a" * 33, "Local", "lo cal", "l\u00f6cal"):
            self.json("checkpoint", *self.options(), "--chain", name, "-o", made, code=2, status="usage")

    def test_a_label_gives_way_to_a_known_chain(self):
        made = self.folder / "l.chk"
        self.json("checkpoint", *self.options(), "--chain", "local", "-o", made, "--now", 1, code=6)
        answer = self.json("checkpoint", made, "--chain", "kusama", "--now", 1, code=6)
        self.assertEqual((answer["details"]["chain"], answer["details"]["label"]), ("kusama", None))
        self.assertFalse(answer["age"]["window_assumed"])

    def test_a_label_does_not_rename_a_known_chain(self):
        made = self.folder / "r.chk"
        self.json("checkpoint", *self.options(), "--chain", "rococo", "-o", made, "--now", 1, code=6)
        self.json("checkpoint", made, "--chain", "local", "--now", 1, code=2, status="usage")
        self.json("checkpoint", VECTORS / "checkpoints/polkadot-last-32191275.json", "--chain", "local", code=2,
                  status="usage")

    def test_from_the_future_in_words(self):
        out, err = self.text("checkpoint", *self.options(), "--chain", "rococo", "--now", 0, code=6)
        self.assertRegex(out, r"age              none: made \d+ d after 1970-01-01T00:00:01Z")
        self.assertIn("from-future", out)
        self.assertIn("later", err)
        answer = self.json("checkpoint", *self.options(), "--chain", "rococo", "--now", 0, code=6, status="from_future")
        self.assertEqual(answer["age"]["now"], 1)

    def test_with_babe_where_there_are_none(self):
        made, bare = self.folder / "b.chk", self.folder / "n.chk"
        answer = self.json("checkpoint", *self.options(), "--with-babe", "-o", made, "--now", 1, code=6)
        self.json("checkpoint", *self.options(), "-o", bare, "--now", 1, code=6)
        self.assertEqual((answer["details"]["with_babe"], answer["details"]["babe_epochs"]), (False, 0))
        self.assertEqual(made.read_bytes(), bare.read_bytes())
        out, _ = self.text("checkpoint", *self.options(), "--with-babe", "--now", 1, code=6)
        self.assertIn("no BABE epochs are known", out)

    def test_names_and_ids(self):
        for name in ("kusama", "KUSAMA", "ksmcc3"):
            self.assertEqual(self.json("checkpoint", *self.options(), "--chain", name, "--now", 1, code=6)
                             ["details"]["chain"], "kusama")


class Genesis(Cli):
    def spec(self, change=None, **more):
        known = load("genesis/westend2.genesis.json.gz")
        if change:
            change(known["top"])
        return self.file("spec.json.gz", gzip.compress(json.dumps(
            {"genesis": {"raw": {"top": known["top"], "childrenDefault": {}}}, **more}).encode()))

    def test_known_chain(self):
        answer = self.json("checkpoint", self.spec(id="westend2"))
        known = load("genesis/westend2.genesis.json.gz")
        self.assertEqual((answer["target"]["hash"], answer["target"]["number"]), (known["genesis_hash_v0"], 0))
        self.assertEqual((answer["details"]["chain"], answer["details"]["set_id"]), ("westend", 0))
        self.assertEqual((answer["assumed"], answer["age"]["freshness"]), (["checkpoint-age"], "unknown"))

    def test_its_state_is_another(self):
        def change(top):
            top["0x00"] = "0x00"
        answer = self.json("checkpoint", self.spec(change, id="westend2"), code=1, status="genesis_mismatch")
        self.assertIn("0xe143f23803ac50e8f6f8e62695d1ce9e4e1d68aa36c1cd2cfd15340213f3423e", answer["expected"])
        self.json("checkpoint", self.spec(change, id="mine"))

    def test_a_parachain_has_no_grandpa(self):
        self.json("checkpoint", VECTORS / "genesis/astar.genesis.json.gz", code=1, status="checkpoint_incoherent")


class Bundled(Cli):
    """The checkpoints that live commands find by a chain's name."""
    INDEX = json.loads((ROOT / "checkpoints/index.json").read_text())["relays"]

    def sync(self, chain, *options, **expected):
        return self.json("sync", "--chain", chain, "--source", "ws://127.0.0.1:1", "--state", "none", "--timeout", 2,
                         *options, **expected)

    def test_by_name_and_by_id(self):
        for entry in self.INDEX:
            self.sync(entry["chain"], "--now", entry["madeAt"], code=7, status="no_source")
        self.sync("ksmcc3", "--now", self.INDEX[1]["madeAt"], code=7, status="no_source")

    def test_they_expire(self):
        self.sync("polkadot", "--now", "2026-09-01T00:00:00Z", code=6, status="expired")
        answer = self.sync("polkadot", "--now", "2026-09-01T00:00:00Z", "--accept-expired", code=7, status="no_source")
        self.assertIn("checkpoint-age", answer["assumed"])

    def test_an_installed_one_is_taken_instead(self):
        folder = self.folder / "mote/checkpoints"
        folder.mkdir(parents=True)
        (folder / "polkadot.chk").write_bytes(b"mote-cpk damaged")
        options = ["--chain", "polkadot", "--source", "ws://127.0.0.1:1", "--state", "none", "--json"]
        answer = json.loads(self.text("sync", *options, code=1, env={"XDG_DATA_HOME": str(self.folder)})[0])
        self.assertEqual(answer["input"], str(folder / "polkadot.chk"))

    def test_there_is_none(self):
        self.sync("rococo", code=2)


class Wrong(Cli):
    def test_a_root_of_another_chain(self):
        """A network that began anew under its old id: the spec's root says so."""
        spec = {**load("checkpoints/polkadot-last-32191275.json"), "genesis": {"stateRootHash": "0x" + "11" * 32}}
        answer = self.json("checkpoint", self.file("spec.json", json.dumps(spec)), code=1, status="genesis_mismatch")
        self.assertIn("polkadot's genesis 0x91b171", answer["expected"])

    KNOWN = load("checkpoints/paseo-first-7869.json")

    def spec(self, **fields):
        state = {**self.KNOWN["lightSyncState"], **fields}
        return self.file("spec.json", json.dumps({"id": "paseo", "lightSyncState": state}))

    def test_fields(self):
        for field in ("finalizedBlockHeader", "grandpaAuthoritySet"):
            cut = self.KNOWN["lightSyncState"][field][:42]
            answer = self.json("checkpoint", self.spec(**{field: cut}), code=1)
            self.assertTrue(answer["input"].endswith(": " + field), answer["input"])
            self.json("checkpoint", self.spec(**{field: 3}), code=1, status="json_shape")
            self.json("checkpoint", self.spec(**{field: "0x0"}), code=1, status="hex_odd_length")

    def test_every_byte_of_the_compact_form_counts(self):
        made = self.folder / "made.chk"
        time = self.KNOWN["decoded"]["slot"] * 6
        self.json("checkpoint", self.spec(), "--now", time, "-o", made)
        data = made.read_bytes()
        for at in range(0, len(data), 37):
            broken = self.file("broken", data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
            answer = self.json("checkpoint", broken, "--now", time, code=3 if at == 8 else 1)
            self.assertEqual(answer["input"], str(broken))

    def K05_unknown_keys_are_tolerated(self):
        spec = json.loads(self.spec().read_bytes())
        spec.update({"unheardOf": {"deep": [1, None, 1.5]}, "bootNodes": ["/ip4/127.0.0.1"] * 10000})
        spec["lightSyncState"]["alsoNew"] = "0x00"
        time = self.KNOWN["decoded"]["slot"] * 6
        answer = self.json("checkpoint", self.file("s", json.dumps(spec)), "--now", time)
        self.assertEqual(answer["target"]["hash"], self.KNOWN["decoded"]["hash"])

    def test_neither(self):
        answer = self.json("checkpoint", self.file("spec", json.dumps({"id": "x", "genesis": {}})), code=1,
                           status="json_shape")
        self.assertIn("lightSyncState", answer["expected"])

    def test_cannot_be_written(self):
        self.json("checkpoint", self.spec(), "-o", self.folder / "no/such/folder", code=2, status="cannot_write")

    def test_another_chain_than_asked(self):
        self.json("checkpoint", self.spec(), "--chain", "polkadot", code=2, status="usage")


class Text(Cli):
    def test_age(self):
        out, _ = self.text("checkpoint", VECTORS / "checkpoints/polkadot-last-32191275.json", "--now",
                           "2026-07-21T13:23:06Z")
        for line in ("chain            polkadot", "made at          2026-07-20T13:23:06Z",
                     "age              1 d at 2026-07-21T13:23:06Z", "window           28 d: fresh"):
            self.assertIn(line, out)
        out, err = self.text("checkpoint", VECTORS / "checkpoints/polkadot-last-32191275.json", "--now",
                             "2027-07-21T13:23:06+01:00", code=6)
        self.assertIn("window           28 d: expired", out)
        self.assertIn("expired: the checkpoint is older", err)
