"""The published vectors hold, read as anyone else would read them: from the files alone."""

import hashlib
import json
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from comity import canonical
from comity.canonical import CanonicalError
from comity.errors import Code
from comity.journal import (
    Check,
    Event,
    EventError,
    Header,
    KeyRing,
    Placement,
    SealError,
    SealKey,
    fold,
    read_export,
    verify_file,
    verify_placement,
)
from comity.journal.merkle import root, root_from_path
from tests.journal.test_fold import PassingOn
from tests.journal.vectors import make

HERE = Path(__file__).parent / "vectors"


def _read(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


KEYS = {one["key"]["id"]: SealKey.from_value(one["key"]) for one in _read("keys")}


@pytest.mark.parametrize("name", ["canonical", "keys", "events", "merkle", "fold"])
def test_the_script_makes_these_vectors(name):
    assert json.loads(json.dumps(make.vectors()[name])) == _read(name)


def test_the_script_makes_these_seals_but_for_the_random_signatures():
    made, published = json.loads(json.dumps(make.seal_vectors())), _read("seals")
    assert [_without_mldsa(one) for one in made["sealed"]] == [_without_mldsa(one) for one in published["sealed"]]
    assert [(one["why"], one["code"]) for one in made["refused"]] == [(one["why"], one["code"]) for one in published["refused"]]


def _without_mldsa(one: Any) -> Any:
    del one["placement"]["seal"]["signatures"][1]["signature"]
    return one


def test_canonical_bytes():
    for one in _read("canonical")["canonical"]:
        data = bytes.fromhex(one["bytes"])
        assert (canonical.dumps(one["value"]), canonical.loads(data), canonical.sha256(data)) == (data, one["value"], one["sha256"])
    for one in _read("canonical")["not_canonical"]:
        with pytest.raises(CanonicalError):
            canonical.loads(one["text"].encode())


def test_keys_come_from_their_seeds():
    for one in _read("keys"):
        private = bytes.fromhex(one["private"])
        assert Ed25519PrivateKey.from_private_bytes(private[:32]).public_key().public_bytes_raw().hex() == one["key"]["ed25519"]
        assert MLDSA65PrivateKey.from_seed_bytes(private[32:]).public_key().public_bytes_raw().hex() == one["key"]["mldsa65"]
        digest = hashlib.sha256(b"Ed25519+ML-DSA-65\x00" + bytes.fromhex(one["key"]["ed25519"] + one["key"]["mldsa65"])).hexdigest()
        assert digest[:32] == one["key"]["id"]


def test_events():
    for one in _read("events")["events"]:
        data, content = bytes.fromhex(one["header_bytes"]), one["event"]["content"]
        assert hashlib.sha256(b"\x00" + data).hexdigest() == one["id"] == Event.from_value(one["event"]).id
        assert json.loads(data) == one["event"]["header"]
        commitment = hashlib.sha256(bytes.fromhex(content["salt"]) + bytes.fromhex(one["content_bytes"])).hexdigest()
        assert commitment == one["commitment"] == one["event"]["header"]["body"]


@pytest.mark.parametrize("one", _read("events")["refused"], ids=lambda one: one["why"])
def test_headers_that_are_refused(one):
    with pytest.raises(EventError):
        Header.from_value(one["header"])


def test_trees():
    for tree in _read("merkle"):
        leaves = [hashlib.sha256(b"\x00" + number.to_bytes(2)).digest() for number in range(tree["size"])]
        assert root(leaves).hex() == tree["root"]
        for index, path in tree["paths"].items():
            proof = tuple(bytes.fromhex(one) for one in path)
            assert root_from_path(leaves[int(index)], int(index), tree["size"], proof).hex() == tree["root"]


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_seals_verify_as_we_verify_them():
    for one in _read("seals")["sealed"]:
        placement = Placement.from_value(one["placement"])
        verify_placement(bytes.fromhex(one["leaf"]), placement, KEYS[placement.seal.statement.key])
        assert placement.seal.statement.value() == one["statement"]


def test_seals_verify_by_the_primitives_alone():
    for one in _read("seals")["sealed"]:
        key = KEYS[one["statement"]["key"]]
        seal = one["placement"]["seal"]
        assert json.loads(_bytes(seal["payload"])) == one["statement"]
        for part in seal["signatures"]:
            header = json.loads(_bytes(part["protected"]))
            signed = f"{part['protected']}.{seal['payload']}"
            assert signed == one["signed"][header["alg"]]
            public = (
                Ed25519PublicKey.from_public_bytes(key.ed25519)
                if header["alg"] == "Ed25519"
                else MLDSA65PublicKey.from_public_bytes(key.mldsa65)
            )
            public.verify(_bytes(part["signature"]), signed.encode())


@pytest.mark.parametrize("one", _read("seals")["refused"], ids=lambda one: one["why"])
def test_seals_that_are_refused(one):
    assert _code(one) == Code(one["code"])


def _code(one: Any) -> Code | None:
    try:
        placement = Placement.from_value(one["placement"])
        verify_placement(bytes.fromhex(one["leaf"]), placement, KEYS[placement.seal.statement.key])
    except SealError as error:
        return error.code
    return None


@pytest.mark.parametrize("one", _read("fold"), ids=lambda one: one["what"])
def test_orders(one):
    events = []
    for value in one["arrival"]:
        header = Header.from_value(value)
        content = next((event.content for event in make.exchange_of_letters() if event.id == header.id), None)
        events.append(Event(header=header, content=content))
    folded = fold(events, PassingOn())
    assert [{"id": entry.event.id, "depth": entry.depth} for entry in folded.entries] == one["order"]
    assert [{"office": fork.office, "seq": fork.seq, "ids": list(fork.ids)} for fork in folded.forks] == one["forks"]


def test_the_published_matter_checks_out():
    report = verify_file(HERE / "matter.comity", KeyRing(*KEYS.values()))
    assert report.ok
    assert (report.events, report.erased, report.papers, report.receipts, report.office) == (4, 1, 1, 1, "kz-gpo")
    assert report.step(Check.COMMITMENTS).sentence().startswith("Contents that have been erased: 1.")
    back = read_export(HERE / "matter.comity")
    assert [one.event for one in back.events] == [one.event for one in make.bundle().events]
    assert b"".join(back.papers[0].read()) == b"%PDF-1.7 a paper\n"
