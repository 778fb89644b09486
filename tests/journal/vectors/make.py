"""Makes the published test vectors of the journal, for whoever writes another implementation.

    python -m tests.journal.vectors.make

Everything comes from fixed keys and fixed salts, so a run gives the same files but for one thing: ML-DSA-65 signs with fresh randomness, so
its signatures differ from run to run, and each verifies. The private keys here are public: they protect nothing.

    canonical.json   values and their canonical bytes; texts that are not canonical
    keys.json        three offices' seal keys, with their private seeds
    events.json      events with their canonical headers, ids, contents and commitments; headers that must be refused
    merkle.json      roots and every path for groups of 1 to 9 and of 1000 leaves
    seals.json       seals with what they sign; seals that must be refused, each with the code
    fold.json        events in an order of arrival, and the order and depth they must end in; the same with a fork
    matter.comity    a matter exported by kz-gpo, which every step of the check accepts
"""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from comity import canonical
from comity.errors import Code
from comity.identifiers import FileId
from comity.journal import Bundle, Document, Paper, Placement, Purpose, SealedValue, fold, forks, seal_leaves, write_export
from comity.journal.fold import depths
from comity.journal.keys import ED25519, MLDSA65
from comity.journal.merkle import leaf_hash, root_and_paths
from tests.contracts.writing import BEGINNING, KZ, NOW, SIGNERS, TJ, Author, exchange_of_letters, fixed_bytes, matter, sealed

HERE = Path(__file__).parent
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**53 - 1,
    -(2**53) + 1,
    "",
    'quote " backslash \\ slash /',
    "controls \x00 \x08 \t \n \x0b \x0c \r \x1f \x7f",
    "Ёлка «№ 15/2-77» Қазақстан 🖋",
    [],
    {},
    [[], {}, [None]],
    {"b": 1, "a": 2, "B": 3, "": 4, "aa": 5, "1": 6, "_": 7},
    {"deep": {"er": [{"z": 1, "y": [2, 3]}]}},
)
NOT_CANONICAL = (
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{"a": 1}',
    "[1,]",
    "1.0",
    "1e2",
    "-0",
    "9007199254740992",
    '"\\u0041"',
    '"\\/"',
    '{"я":1}',
    "NaN",
    " 1",
    "1\n",
)


def canonical_vectors() -> dict[str, Any]:
    """Values with their bytes, and bytes without a value."""
    return {
        "canonical": [
            {"value": value, "bytes": canonical.dumps(value).hex(), "sha256": canonical.sha256(canonical.dumps(value))} for value in VALUES
        ],
        "not_canonical": [{"text": text} for text in NOT_CANONICAL],
    }


def key_vectors() -> list[dict[str, Any]]:
    """Public keys with the seeds they are made from."""
    return [{"key": signer.key.value(), "private": signer.private_bytes().hex()} for signer in SIGNERS.values()]


def event_vectors() -> dict[str, Any]:
    """Events whole and in parts; headers that are none."""
    events = [
        {
            "event": event.value(),
            "header_bytes": event.header.data.hex(),
            "id": event.id,
            "content_bytes": event.content.data.hex() if event.content else None,
            "commitment": event.header.body,
        }
        for event in exchange_of_letters()
    ]
    good = exchange_of_letters()[2].header.value()
    bad = {
        "a version of another format": {**good, "v": 2},
        "an unknown key": {**good, "more": 1},
        "a first event with one before it": {**good, "prev": "0f" * 32},
        "a later event with none before it": {**good, "seq": 1},
        "seen out of order": {**good, "seen": ["0f" * 32, "0e" * 32]},
        "seen twice": {**good, "seen": ["0f" * 32, "0f" * 32]},
        "an act without a version": {**good, "act": "request.registered"},
        "a time outside UTC": {**good, "at": "2026-11-22T13:00:00+05:00"},
        "a commitment in capitals": {**good, "body": "0F" * 32},
    }
    return {"events": events, "refused": [{"why": why, "header": header} for why, header in bad.items()]}


def merkle_vectors() -> list[dict[str, Any]]:
    """Trees whose leaves are SHA-256(0x00 ‖ the leaf's number as two bytes, big-endian)."""
    return [_tree(size) for size in (*range(1, 10), 1000)]


def _tree(size: int) -> dict[str, Any]:
    leaves = [leaf_hash(number.to_bytes(2)) for number in range(size)]
    root, paths = root_and_paths(leaves)
    shown = range(size) if size < 10 else (0, 511, 512, 999)
    return {"size": size, "root": root.hex(), "paths": {str(index): [one.hex() for one in paths[index]] for index in shown}}


def seal_vectors() -> dict[str, Any]:
    """Placements that verify, and placements of the same leaf that must be refused by the named code."""
    leaf = fixed_bytes("leaf")
    group = [leaf, fixed_bytes("another leaf"), fixed_bytes("a third leaf")]
    good = seal_leaves(Purpose.EVENTS, group, SIGNERS[KZ], NOW)
    one = seal_leaves(Purpose.RECEIPTS, [leaf], SIGNERS[TJ], NOW)[0]
    return {
        "sealed": [_sealed(leaf, placement) for leaf, placement in [*zip(group, good, strict=True), (leaf, one)]],
        "refused": [{"leaf": leaf.hex(), **refused} for refused in _refused(good[0])],
    }


def _sealed(leaf: bytes, placement: Placement) -> dict[str, Any]:
    seal = placement.seal
    signed = {}
    for name, part in zip((ED25519, MLDSA65), seal.value()["signatures"], strict=True):  # type: ignore[arg-type, call-overload] # a list, as written
        signed[name] = f"{part['protected']}.{base64.urlsafe_b64encode(seal.payload).rstrip(b'=').decode()}"
    return {"leaf": leaf.hex(), "placement": placement.value(), "statement": seal.statement.value(), "signed": signed}


def _refused(good: Placement) -> list[dict[str, Any]]:
    value: Any = good.value()
    seal = value["seal"]
    other: Any = seal_leaves(Purpose.EVENTS, [fixed_bytes("other")], SIGNERS[KZ], NOW)[0].seal.value()
    theirs: Any = seal_leaves(Purpose.EVENTS, [fixed_bytes("leaf")], SIGNERS[TJ], NOW)[0].value()
    early: Any = seal_leaves(Purpose.EVENTS, [fixed_bytes("leaf")], SIGNERS[KZ], BEGINNING - timedelta(days=1))[0].value()
    return [
        _bad("the Ed25519 signature is of another statement", Code.BAD_SEAL, value, [other["signatures"][0], seal["signatures"][1]]),
        _bad("the ML-DSA-65 signature is of another statement", Code.BAD_SEAL, value, [seal["signatures"][0], other["signatures"][1]]),
        _bad("one signature is missing", Code.MALFORMED, value, seal["signatures"][:1]),
        _bad("the Ed25519 signature stands twice", Code.MALFORMED, value, [seal["signatures"][0]] * 2),
        _bad("the signatures stand in another order", Code.MALFORMED, value, seal["signatures"][::-1]),
        _bad(
            "the protected header names no algorithm",
            Code.MALFORMED,
            value,
            [{**seal["signatures"][0], "protected": "eyJhbGciOiJub25lIn0"}, seal["signatures"][1]],
        ),
        {
            "why": "the key says another office",
            "code": Code.BAD_SEAL,
            "placement": {**theirs, "seal": {**theirs["seal"], "signatures": _kid(theirs, seal)}},
        },
        {"why": "the key did not speak yet", "code": Code.UNKNOWN_KEY, "placement": early},
        {"why": "another place in the group", "code": Code.BAD_PROOF, "placement": {**value, "index": 1}},
        {"why": "a place outside the group", "code": Code.BAD_PROOF, "placement": {**value, "index": 3}},
        {"why": "a path too short", "code": Code.BAD_PROOF, "placement": {**value, "path": value["path"][:-1]}},
        {"why": "a path too long", "code": Code.BAD_PROOF, "placement": {**value, "path": [*value["path"], "00" * 32]}},
        {"why": "a changed path", "code": Code.BAD_PROOF, "placement": {**value, "path": ["00" * 32, *value["path"][1:]]}},
    ]


def _bad(why: str, code: Code, placement: Mapping[str, Any], signatures: list[Any]) -> dict[str, Any]:
    return {"why": why, "code": code, "placement": {**placement, "seal": {**placement["seal"], "signatures": signatures}}}


def _kid(theirs: Mapping[str, Any], seal: Mapping[str, Any]) -> list[Any]:
    """The signatures of one seal under the protected headers that the payload of another names."""
    pairs = zip(theirs["seal"]["signatures"], seal["signatures"], strict=True)
    return [{"protected": own["protected"], "signature": other["signature"]} for own, other in pairs]


def fold_vectors() -> list[dict[str, Any]]:
    """Orders of arrival, and the one order they end in."""
    events = exchange_of_letters()
    kz = Author(KZ, matter())
    kz.open()
    told = kz.write("request.sent/1", {"told": "differently"})
    return [_folded("an honest matter, newest first", events[::-1]), _folded("the same with a fork", (told, *events[::-1]))]


def _folded(what: str, arrival: tuple[Any, ...]) -> dict[str, Any]:
    from tests.journal.test_fold import PassingOn  # the machine decides no order

    depth = depths(arrival)
    ordered = [entry.event.id for entry in fold(arrival, PassingOn()).entries]
    found = [{"office": fork.office, "seq": fork.seq, "ids": list(fork.ids)} for fork in forks(arrival)]
    return {
        "what": what,
        "arrival": [event.header.value() for event in arrival],
        "order": [{"id": one, "depth": depth[one]} for one in ordered],
        "forks": found,
    }


def bundle() -> Bundle:
    """The matter of `matter.comity`: four events, one of them erased, a paper, a receipt, an office's card."""
    paper = b"%PDF-1.7 a paper\n"
    name = FileId(canonical.sha256(paper))
    kz = Author(KZ, matter())
    events = [kz.open(), kz.write("request.sent/1", {"annexes": [{"sha256": name, "size": len(paper), "type": "application/pdf"}]})]
    tj = Author(TJ, matter())
    tj.read(events[-1])
    events += [tj.write("request.registered/1", {"number": "15/2-77"}), tj.write("message.sent/1", {"text": "…"}).without_content()]
    receipt = {"parcel": "1", "outcomes": [{"event": events[0].id, "result": "accepted"}]}
    place = seal_leaves(Purpose.RECEIPTS, [leaf_hash(canonical.dumps(receipt))], SIGNERS[TJ], NOW)[0]
    return Bundle(
        matter=matter(),
        events=sealed(events),
        keys=(SIGNERS[KZ].key, SIGNERS[TJ].key),
        documents=(Document(kind="office-card", value={"office": KZ}),),
        receipts=(SealedValue(value=receipt, placement=place),),
        papers=(Paper(sha256=name, size=len(paper), type="application/pdf", read=lambda: (paper,)),),
    )


def vectors() -> dict[str, Any]:
    """All vectors but the file, by name."""
    return {
        "canonical": canonical_vectors(),
        "keys": key_vectors(),
        "events": event_vectors(),
        "merkle": merkle_vectors(),
        "seals": seal_vectors(),
        "fold": fold_vectors(),
    }


def main() -> None:
    """Writes all vectors beside this file."""
    for name, value in vectors().items():
        text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    write_export(HERE / "matter.comity", bundle(), SIGNERS[KZ], NOW + timedelta(days=1))


if __name__ == "__main__":
    main()
