"""A seal stands for exactly its group, verifies by both algorithms or not at all, and by anyone's JOSE library for its Ed25519 half."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from comity import canonical
from comity.errors import Code
from comity.journal import (
    LARGEST_GROUP,
    Content,
    Event,
    KeyRing,
    LocalSigner,
    Placement,
    Purpose,
    Seal,
    SealedEvent,
    SealError,
    SealKey,
    place_leaves,
    seal_events,
    seal_leaves,
    verify_group,
    verify_known,
    verify_placement,
    verify_seal,
)
from comity.journal.merkle import leaf_hash
from tests.contracts.writing import BEGINNING, KEYS, KZ, NOW, SIGNERS, TJ, Author, fixed_bytes, matter

KEY = SIGNERS[KZ].key


def _written(count: int) -> list[Event]:
    kz = Author(KZ, matter())
    return [kz.open(), *(kz.write("progress.reported/1", {"number": number}) for number in range(count - 1))]


@pytest.fixture(scope="module")
def group() -> tuple[SealedEvent, ...]:
    """Thirteen events under one seal."""
    return seal_events(_written(13), SIGNERS[KZ], NOW)


# The two halves


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_an_independent_jose_library_verifies_the_ed25519_half(group):
    value = json.loads(json.dumps(group[0].placement.seal.value()))
    half = {"payload": value["payload"], "signatures": value["signatures"][:1]}
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": _b64(KEY.ed25519), "kid": KEY.id})
    read = jws.deserialize_json(half, key, algorithms=["Ed25519"])
    assert json.loads(read.payload) == group[0].placement.seal.statement.value()
    other = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": _b64(SIGNERS[TJ].key.ed25519), "kid": KEY.id})
    with pytest.raises(Exception, match="bad_signature"):
        jws.deserialize_json(half, other, algorithms=["Ed25519"])


def test_the_protected_headers_name_algorithm_and_key_and_nothing_else(group):
    headers = [json.loads(base64.urlsafe_b64decode(one["protected"] + "==")) for one in group[0].placement.seal.value()["signatures"]]
    assert headers == [{"alg": "Ed25519", "kid": KEY.id}, {"alg": "ML-DSA-65", "kid": KEY.id}]


@pytest.mark.parametrize("half", [0, 1])
def test_a_seal_needs_both_signatures(group, half):
    seal = group[0].placement.seal
    other = seal_leaves(Purpose.EVENTS, [fixed_bytes("other")], SIGNERS[KZ], NOW)[0].seal
    signatures = list(seal.signatures)
    signatures[half] = other.signatures[half]
    verify_seal(seal, KEY)
    with pytest.raises(SealError, match=["Ed25519", "ML-DSA-65"][half]) as refused:
        verify_seal(replace(seal, signatures=tuple(signatures)), KEY)
    assert refused.value.code is Code.BAD_SEAL


def test_a_signature_of_no_length_is_a_bad_seal(group):
    for signatures in ((b"", b""), (group[0].placement.seal.signatures[0], b"")):
        with pytest.raises(SealError) as refused:
            verify_seal(replace(group[0].placement.seal, signatures=signatures), KEY)
        assert refused.value.code is Code.BAD_SEAL


# Print and parse


def test_a_seal_reads_back(group):
    seal = group[0].placement.seal
    again = Seal.from_value(canonical.loads(canonical.dumps(seal.value())))
    assert (again, hash(again), again.data) == (seal, hash(seal), seal.data)
    verify_seal(again, KEY)


def test_a_placement_reads_back(group):
    for sealed in group:
        assert Placement.from_value(sealed.placement.value()) == sealed.placement
        assert Placement.under(sealed.placement.seal, sealed.placement.place()) == sealed.placement


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_character_of_a_seal_is_found(group, data):
    text = bytearray(group[0].placement.seal.data)
    at = data.draw(st.integers(0, len(text) - 1))
    text[at] ^= 1 << data.draw(st.integers(0, 7))
    assert _verifies(bytes(text)) is not None


def _verifies(data: bytes) -> str | None:
    try:
        verify_seal(Seal.from_value(canonical.loads(data)), KEY)
    except (SealError, canonical.CanonicalError) as error:
        return str(error)
    return None


def _statement(**change: object) -> str:
    said = {"v": 1, "purpose": "events", "office": KZ, "key": KEY.id, "root": "0f" * 32, "size": 1, "at": "2026-11-22T08:00:00Z"}
    return _b64(canonical.dumps({key: item for key, item in {**said, **change}.items() if item is not ...}))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"purpose": "greetings"},
        {"purpose": None},
        {"office": "KZ"},
        {"office": 5},
        {"key": "0f"},
        {"key": 5},
        {"root": "0F" * 32},
        {"size": 0},
        {"size": LARGEST_GROUP + 1},
        {"size": "1"},
        {"size": True},
        {"at": "yesterday"},
        {"at": ...},
        {"more": 1},
    ],
)
def test_a_statement_of_another_shape_is_malformed(group, change):
    good = group[0].placement.seal.value()
    seal = Seal.from_value({**good, "payload": _statement()})
    assert seal.statement.root == "0f" * 32
    with pytest.raises(SealError) as refused:
        Seal.from_value({**good, "payload": _statement(**change)})
    assert refused.value.code is Code.MALFORMED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: None,
        lambda one: {},
        lambda one: {**one, "more": 1},
        lambda one: {**one, "payload": 5},
        lambda one: {**one, "payload": one["payload"] + "="},
        lambda one: {**one, "payload": one["payload"] + "\n"},
        lambda one: {**one, "payload": "я"},
        lambda one: {**one, "payload": _b64(b'{"v": 1}')},
        lambda one: {**one, "payload": _b64(b"[]")},
        lambda one: {**one, "signatures": None},
        lambda one: {**one, "signatures": one["signatures"][:1]},
        lambda one: {**one, "signatures": one["signatures"][::-1]},
        lambda one: {**one, "signatures": [one["signatures"][0]] * 2},
        lambda one: {**one, "signatures": [*one["signatures"], one["signatures"][0]]},
        lambda one: {**one, "signatures": [None, one["signatures"][1]]},
        lambda one: {**one, "signatures": [{**one["signatures"][0], "header": {}}, one["signatures"][1]]},
        lambda one: {**one, "signatures": [{**one["signatures"][0], "protected": _b64(b'{"alg":"none"}')}, one["signatures"][1]]},
        lambda one: {**one, "signatures": [{**one["signatures"][0], "signature": None}, one["signatures"][1]]},
    ],
)
def test_a_seal_in_another_spelling_is_malformed(group, spoil):
    with pytest.raises(SealError) as refused:
        Seal.from_value(spoil(group[0].placement.seal.value()))
    assert refused.value.code is Code.MALFORMED


@pytest.mark.parametrize(
    "place",
    [
        None,
        {},
        {"index": 0},
        {"index": "0", "path": []},
        {"index": True, "path": []},
        {"index": 0, "path": ["00"]},
        {"index": 0, "path": [0]},
        {"index": 0, "path": ["00" * 32] * 65},
    ],
)
def test_a_place_of_another_shape_is_malformed(group, place):
    with pytest.raises(SealError) as refused:
        Placement.under(group[0].placement.seal, place)
    assert refused.value.code is Code.MALFORMED


# Keys


def test_a_key_reads_back():
    for key in (KEY, replace(KEY, valid_until=NOW, revoked_at=NOW - timedelta(days=1))):
        assert SealKey.from_value(canonical.loads(canonical.dumps(key.value()))) == key


@pytest.mark.parametrize(
    "change",
    [
        {"office": "KZ"},
        {"id": "0f" * 16},
        {"id": None},
        {"algorithm": "Ed25519"},
        {"algorithm": None},
        {"ed25519": "00"},
        {"ed25519": KEY.ed25519.hex().upper()},
        {"ed25519": None},
        {"mldsa65": "00" * 1952},
        {"mldsa65": []},
        {"valid_from": None},
        {"valid_until": 5},
        {"revoked_at": "never"},
        {"more": 1},
    ],
)
def test_a_key_of_another_shape_is_malformed(change):
    with pytest.raises(SealError) as refused:
        SealKey.from_value({**KEY.value(), **change})
    assert refused.value.code is Code.MALFORMED


def test_a_signer_is_made_again_from_its_private_bytes():
    one = LocalSigner.generate(KZ, BEGINNING)
    again = LocalSigner(one.private_bytes(), KZ, valid_from=BEGINNING)
    assert again.key == one.key
    assert one.key.id != LocalSigner.generate(KZ, BEGINNING).key.id
    verify_seal(seal_leaves(Purpose.EVENTS, [fixed_bytes("leaf")], again, NOW)[0].seal, one.key)
    with pytest.raises(SealError, match="64 bytes"):
        LocalSigner(bytes(63), KZ, valid_from=BEGINNING)
    with pytest.raises(SealError, match="does not sign"):
        one.sign("none", b"")


@pytest.mark.parametrize(
    ("valid_until", "revoked_at", "at", "speaks"),
    [
        (None, None, BEGINNING, True),
        (None, None, BEGINNING - timedelta(seconds=1), False),
        (NOW, None, NOW - timedelta(seconds=1), True),
        (NOW, None, NOW, False),
        (None, NOW, NOW, False),
        (NOW + timedelta(days=1), NOW, NOW, False),
        (NOW, NOW + timedelta(days=1), NOW, False),
    ],
)
def test_a_key_speaks_from_its_beginning_until_its_end(valid_until, revoked_at, at, speaks):
    key = replace(KEY, valid_until=valid_until, revoked_at=revoked_at)
    assert key.speaks(at) is speaks
    seal = seal_leaves(Purpose.EVENTS, [fixed_bytes("leaf")], SIGNERS[KZ], at)[0].seal
    assert _code(lambda: verify_known(seal, KeyRing(key))) == (None if speaks else Code.UNKNOWN_KEY)


def _code(work) -> Code | None:
    try:
        work()
    except SealError as error:
        return error.code
    return None


def test_a_seal_is_not_another_offices(group):
    seal = group[0].placement.seal
    assert _code(lambda: verify_seal(seal, SIGNERS[TJ].key)) is Code.BAD_SEAL
    assert _code(lambda: verify_known(seal, KeyRing(SIGNERS[TJ].key))) is Code.UNKNOWN_KEY
    lent = LocalSigner(fixed_bytes(f"seal of {KZ}", 64), TJ, valid_from=BEGINNING).key
    assert (lent.id, _code(lambda: verify_seal(seal, lent))) == (KEY.id, Code.BAD_SEAL)


# Groups


@pytest.mark.parametrize("count", [1, 2, 3, 100, LARGEST_GROUP])
def test_a_group_is_sealed_once_and_each_event_proved_alone(count):
    group = seal_events(_written(count), SIGNERS[KZ], NOW)
    assert len({sealed.placement.seal.data for sealed in group}) == 1
    assert verify_group(group, KEYS) == {}
    for sealed in (group[0], group[-1]):
        assert verify_group([sealed], KEYS) == {}
        verify_placement(sealed.header.leaf, sealed.placement, KEY)


@pytest.mark.parametrize("count", [0, LARGEST_GROUP + 1])
def test_a_group_has_one_to_a_thousand_leaves(count):
    with pytest.raises(SealError, match=f"not {count}"):
        seal_leaves(Purpose.EVENTS, [fixed_bytes("leaf")] * count, SIGNERS[KZ], NOW)


def test_a_whole_group_is_placed_anew_from_its_leaves(group):
    leaves = [sealed.header.leaf for sealed in group]
    assert place_leaves(group[0].placement.seal, leaves) == tuple(sealed.placement for sealed in group)
    for other in (leaves[:-1], leaves[::-1], [*leaves[:-1], fixed_bytes("other")]):
        assert _code(lambda other=other: place_leaves(group[0].placement.seal, other)) is Code.BAD_PROOF


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_part_of_a_group_in_any_order_is_proved(group, data):
    part = data.draw(st.lists(st.sampled_from(group), min_size=1))
    assert verify_group(part, KEYS) == {}


def test_an_office_seals_only_its_own_events():
    with pytest.raises(SealError) as refused:
        seal_events([Author(TJ, matter()).open()], SIGNERS[KZ], NOW)
    assert refused.value.code is Code.NOT_AUTHOR
    assert verify_group(seal_events([Author("kz-gpo/internal", matter()).write("note.kept/1")], SIGNERS[KZ], NOW), KEYS) == {}


def test_an_event_under_another_offices_seal_is_not_its_authors():
    theirs = Author(TJ, matter()).open()
    place = seal_leaves(Purpose.EVENTS, [theirs.header.leaf], SIGNERS[KZ], NOW)[0]
    assert verify_group([SealedEvent(event=theirs, placement=place)], KEYS) == {theirs.id: Code.NOT_AUTHOR}


def test_a_seal_for_another_purpose_proves_no_event():
    event = _written(1)[0]
    place = seal_leaves(Purpose.RECEIPTS, [event.header.leaf], SIGNERS[KZ], NOW)[0]
    assert verify_group([SealedEvent(event=event, placement=place)], KEYS) == {event.id: Code.NOT_AUTHOR}


def _with(group, index, **change):
    return (*group[:index], replace(group[index], **change), *group[index + 1 :])


def test_what_is_wrong_is_said_of_the_event_it_concerns(group):
    third = group[3]
    told = Event(header=third.header, content=Content(salt=bytes(32), value={"told": "differently"}))
    assert verify_group(_with(group, 3, event=told), KEYS) == {third.id: Code.BAD_COMMITMENT}
    moved = replace(third.placement, index=4)
    assert verify_group(_with(group, 3, placement=moved), KEYS) == {third.id: Code.BAD_PROOF}
    cut = replace(third.placement, path=third.placement.path[:-1])
    assert verify_group(_with(group, 3, placement=cut), KEYS) == {third.id: Code.BAD_PROOF}
    outside = replace(third.placement, index=-1)
    assert verify_group(_with(group, 3, placement=outside), KEYS) == {third.id: Code.BAD_PROOF}
    other = Event(header=replace(third.header, at=third.header.at + timedelta(seconds=1)), content=third.content)
    assert verify_group(_with(group, 3, event=other), KEYS) == {other.id: Code.BAD_PROOF}
    assert verify_group(_with(group, 3, event=third.event.without_content()), KEYS) == {}


def test_one_bad_seal_does_not_touch_another_group(group):
    theirs = seal_events([Author(TJ, matter()).open()], SIGNERS[TJ], NOW)
    bad = replace(group[0].placement.seal, signatures=(bytes(64), group[0].placement.seal.signatures[1]))
    spoilt = tuple(replace(sealed, placement=replace(sealed.placement, seal=bad)) for sealed in group)
    assert verify_group((*spoilt, *theirs), KEYS) == {sealed.id: Code.BAD_SEAL for sealed in group}
    assert verify_group((*group, *theirs), KeyRing(KEY)) == {theirs[0].id: Code.UNKNOWN_KEY}


def test_a_seal_says_its_time_in_whole_seconds_of_utc():
    seal = seal_leaves(Purpose.EXPORT, [leaf_hash(b"x")], SIGNERS[KZ], datetime(2026, 11, 22, 8, 0, 0, 999, tzinfo=UTC))[0].seal
    assert seal.statement.at == NOW
