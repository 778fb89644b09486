"""Parcels and receipts as bytes: what is read back, and what hostile bytes are refused with which code."""

import os
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity import canonical
from comity.errors import Code
from comity.exchange import ExchangeError, Outcome, ParcelError, Receipt, ReceiptError, Result, read_receipt, unpack, verify_receipt
from comity.exchange import parcel as module
from comity.exchange.parcel import LARGEST_PARCEL, LARGEST_PLAIN, Address
from comity.exchange.receipt import EVIDENCE, seal_receipts
from comity.identifiers import KeyId, ParcelId
from comity.journal import Head, Purpose, seal_events, seal_leaves
from comity.journal.merkle import leaf_hash
from tests.exchange.offices import AT, KZ, RU, TJ, Office


def opened(tj: Office, data: bytes):
    return tj.unpack(data)


def refused(tj: Office, data: bytes) -> Code:
    with pytest.raises(ParcelError) as caught:
        tj.unpack(data)
    assert tj.all_events() == {}
    return caught.value.code


def wrap(kz: Office, plain: bytes, *, packed: bytes | None = None) -> bytes:
    """A parcel whose outer parts are right, around anything."""
    key = kz.trust.hpke_key(TJ, AT)
    header = Address(parcel=ParcelId(kz.uuid()), sender=KZ, recipient=TJ, key=key.id, counter=1).data
    public = MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(key.mlkem768), X25519PublicKey.from_public_bytes(key.x25519))
    inner = zstandard.ZstdCompressor().compress(plain) if packed is None else packed
    return header + b"\n" + module._SUITE.encrypt(inner, public, info=header)


def plain_of(kz: Office, events, **facts) -> bytes:
    return b"\n".join(module._lines(events, facts.get("heads", {}), facts.get("wants", ())))


def matter_of(kz: Office, count: int):
    events = [kz.open(TJ, queue=False)]
    return [*events, *(kz.write(events[0].header.matter, f"note.added/{n + 1}", queue=False) for n in range(count - 1))]


def test_what_is_packed_is_unpacked(kz, tj):
    events = matter_of(kz, 3)
    matter = events[0].header.matter
    heads = {matter: {KZ: Head(seq=2, id=events[2].id)}}
    data = kz.parcel_to(TJ, events, counter=7, heads=heads, wants=[events[0].id])
    found = opened(tj, data)
    assert found.events == tuple(events)
    assert (found.sender, found.recipient, found.counter, found.heads, found.wants) == (KZ, TJ, 7, heads, (events[0].id,))
    assert found.faults == {}
    assert module.address(data).parcel == found.id


def test_a_whole_group_travels_without_paths_and_is_proved_anew(kz, tj):
    opening = kz.open(TJ, queue=False)
    with kz.store.read() as unit:
        first = kz.event(unit, opening.header.matter, "note.added/1", {"n": 1})
    whole = seal_events([first], kz.signer, AT)
    assert b'"path":null' in plain_of(kz, whole)
    assert opened(tj, kz.parcel_to(TJ, whole)).events == whole
    part = seal_events([opening.event, first], kz.signer, AT)[1:]
    assert b'"path":["' in plain_of(kz, part)
    assert opened(tj, kz.parcel_to(TJ, part)).events == part
    assert opened(tj, kz.parcel_to(TJ, part)).faults == {}


def test_a_thousand_events_fit_and_one_more_does_not(kz, tj):
    opening = kz.open(TJ, queue=False)
    one = opening.event
    many = seal_events([one] * 2, kz.signer, AT)
    with pytest.raises(ParcelError) as caught:
        kz.parcel_to(TJ, many * 501)
    assert caught.value.code is Code.TOO_BIG


def test_a_parcel_holds_an_event_once(kz, tj):
    opening = kz.open(TJ, queue=False)
    assert refused(tj, kz.parcel_to(TJ, [opening, opening])) is Code.MALFORMED


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.MALFORMED),
        (b"\n", Code.MALFORMED),
        (b"\x00" * 100, Code.MALFORMED),
        (b"{}\n", Code.MALFORMED),
        (b"null\n", Code.MALFORMED),
        (b"[" * 900 + b"\n", Code.MALFORMED),
        (b"x" * 5000, Code.MALFORMED),
        (b'{"counter":1,"from":"kz-gpo","key":"k","parcel":"p","to":"tj-gpo","v":1}\n', Code.MALFORMED),
        (b" " * (LARGEST_PARCEL + 1), Code.TOO_BIG),
    ],
    ids=["empty", "newline", "zeros", "no keys", "null", "deep", "no header", "no uuid", "too big"],
)
def test_bytes_that_are_no_parcel(tj, data, code):
    assert refused(tj, data) is code


def test_a_parcel_for_another_office_is_refused(kz, tj):
    opening = kz.open(RU, queue=False)
    assert refused(tj, kz.parcel_to(RU, [opening])) is Code.WRONG_OFFICE


def test_a_parcel_of_an_unknown_office_is_refused(kz, tj):
    kz.id = "xx-gpo"
    assert refused(tj, kz.parcel_to(TJ, [])) is Code.UNKNOWN_SENDER


def test_a_parcel_of_ourselves_is_refused(kz, tj):
    kz.id = TJ
    assert refused(tj, kz.parcel_to(TJ, [])) is Code.UNKNOWN_SENDER


def test_a_parcel_to_a_key_we_have_not_is_refused(kz, tj):
    data = kz.parcel_to(TJ, [])
    with pytest.raises(ParcelError) as caught:
        unpack(data, me=TJ, trust=tj.trust, keys={})
    assert caught.value.code is Code.UNKNOWN_KEY
    other = {KeyId(next(iter(tj.keys.hpke))): next(iter(kz.keys.hpke.values()))}
    with pytest.raises(ParcelError) as caught:
        unpack(data, me=TJ, trust=tj.trust, keys=other)
    assert caught.value.code is Code.CANNOT_OPEN


def test_a_bomb_is_refused_before_it_unfolds(kz, tj):
    stated = zstandard.ZstdCompressor(level=19).compress(bytes(LARGEST_PLAIN + 1))
    assert len(stated) < 10_000
    assert refused(tj, wrap(kz, b"", packed=stated)) is Code.TOO_BIG
    unstated = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(2**20))
    assert refused(tj, wrap(kz, b"", packed=unstated)) is Code.MALFORMED
    lying = bytearray(zstandard.ZstdCompressor().compress(bytes(1_000_000)))
    place = lying.index((1_000_000).to_bytes(4, "little"))
    lying[place : place + 4] = (1000).to_bytes(4, "little")  # says a thousand, unfolds to a million
    assert refused(tj, wrap(kz, b"", packed=bytes(lying))) is Code.MALFORMED


def test_what_follows_the_frame_is_refused(kz, tj):
    good = zstandard.ZstdCompressor().compress(plain_of(kz, []))
    assert opened(tj, wrap(kz, b"", packed=good)).events == ()
    for more in (b"x", good):
        assert refused(tj, wrap(kz, b"", packed=good + more)) is Code.MALFORMED
    assert refused(tj, wrap(kz, b"", packed=os.urandom(100))) is Code.MALFORMED


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [],
        lambda lines: lines[:-1],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [*lines, b""],
        lambda lines: [lines[0].replace(b'"seals":2', b'"seals":1'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"events":2', b'"events":-2'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"events":2', b'"events":true'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"wants":[]', b'"wants":["x"]'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"heads":{}', b'"heads":{"x":1}'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"heads":{}', b'"heads":[]'), *lines[1:]],
        lambda lines: [lines[0].replace(b'{"events"', b'{ "events"'), *lines[1:]],
        lambda lines: [*lines[:-1], lines[-1].replace(b'{"content"', b'{ "content"')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"seal":1', b'"seal":9')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"seal":1', b'"seal":-1')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"index":0', b'"index":0.5')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"index":0', b'"index":3')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"path":null', b'"path":["zz"]')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"path":null', b'"path":"ab"')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"salt":"', b'"salt":"00')],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"salt":"', b'"more":1,"salt":"')],
        lambda lines: [*lines[:-1], b"null"],
        lambda lines: [*lines[:-1], b'{"content":' + b"[" * 2000],
        lambda lines: [*lines[:1], lines[1].replace(b"payload", b"PAYLOAD"), *lines[2:]],
    ],
)
def test_what_a_parcel_holds_has_one_spelling(kz, tj, change):
    lines = plain_of(kz, matter_of(kz, 2)).split(b"\n")
    assert len(opened(tj, wrap(kz, b"\n".join(lines))).events) == 2
    changed = change(list(lines))
    assert changed != lines
    assert refused(tj, wrap(kz, b"\n".join(changed))) is Code.MALFORMED


def test_a_whole_group_with_another_event_in_it_proves_nothing(kz, tj):
    one, two = matter_of(kz, 1), matter_of(kz, 1)
    swapped = [replace(one[0], event=two[0].event)]
    found = opened(tj, kz.parcel_to(TJ, swapped))
    assert found.faults == {two[0].id: Code.BAD_PROOF}


@pytest.fixture(scope="module")
def sample(bench):
    kz, tj = bench.office(KZ), bench.office(TJ)
    events = matter_of(kz, 2)
    data = kz.parcel_to(TJ, events)
    (answer,) = bench.office(TJ).receive(data)
    return kz, tj, data, answer


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_changed_bit_anywhere_in_a_parcel_is_found(sample, place, bit):
    _, tj, data, _ = sample
    changed = bytearray(data)
    changed[place % len(data)] ^= 1 << bit
    with pytest.raises(ParcelError):
        tj.unpack(bytes(changed))


@settings(max_examples=60, deadline=None)
@given(length=st.integers(min_value=0))
def test_a_parcel_cut_anywhere_is_found(sample, length):
    _, tj, data, _ = sample
    with pytest.raises(ParcelError):
        tj.unpack(data[: length % len(data)])


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300))
def test_no_bytes_make_unpack_fail_otherwise(sample, data):
    kz, tj, _, _ = sample
    for one in (data, data + b"\n", wrap(kz, data), wrap(kz, b"", packed=data)):
        with pytest.raises(ExchangeError):
            tj.unpack(one)


# Receipts


def check(sample, data: bytes) -> Receipt:
    kz, tj, parcel, _ = sample
    found = tj.unpack(parcel)
    return verify_receipt(data, parcel=found.id, sender=KZ, recipient=TJ, events=[sealed.id for sealed in found.events], keys=kz.trust)


def test_a_receipt_read_back_is_the_receipt_sealed(sample):
    receipt = check(sample, sample[3])
    assert [one.result for one in receipt.outcomes] == [Result.ACCEPTED] * 2
    assert receipt.at == AT
    assert [str(EVIDENCE[one]) for one in Result] == ["ContentConsignment", "RelayAcceptance", "RelayRejection"]


@settings(max_examples=150, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_changed_bit_anywhere_in_a_receipt_is_found(sample, place, bit):
    changed = bytearray(sample[3])
    changed[place % len(changed)] ^= 1 << bit
    with pytest.raises(ReceiptError):
        check(sample, bytes(changed))


def test_a_receipt_proves_only_what_it_is(sample, bench):
    kz, tj, parcel, answer = sample
    found = tj.unpack(parcel)
    facts = {"parcel": found.id, "sender": KZ, "recipient": TJ, "events": [sealed.id for sealed in found.events], "keys": kz.trust}
    for wrong in [
        {"parcel": ParcelId(kz.uuid())},
        {"sender": RU},
        {"recipient": RU},
        {"events": facts["events"][:1]},
        {"events": facts["events"][::-1]},
    ]:
        with pytest.raises(ReceiptError) as caught:
            verify_receipt(answer, **{**facts, **wrong})
        assert caught.value.code is Code.NOT_EXPECTED
    receipt, _ = read_receipt(answer)
    ru = bench.office(RU)
    (forged,) = seal_receipts([receipt.data], ru.signer, AT)
    with pytest.raises(ReceiptError) as caught:
        verify_receipt(forged, **facts)
    assert caught.value.code is Code.NOT_AUTHOR
    (events_seal,) = seal_leaves(Purpose.EVENTS, [leaf_hash(receipt.data)], tj.signer, AT)
    value = orjson.loads(answer)
    value.update(seal=events_seal.seal.value(), index=0, path=[])
    with pytest.raises(ReceiptError) as caught:
        verify_receipt(canonical.dumps(value), **facts)
    assert caught.value.code is Code.NOT_AUTHOR


def test_one_seal_covers_the_receipts_of_many_parcels(sample):
    kz, tj, _, _ = sample
    receipts = [
        Receipt(
            parcel=ParcelId(kz.uuid()),
            sender=KZ,
            recipient=TJ,
            at=AT + timedelta(seconds=number),
            outcomes=(Outcome(event="e" * 64, result=Result.HELD, code=Code.PREDECESSOR_MISSING),),
        )
        for number in range(1001)
    ]
    sealed = seal_receipts([one.data for one in receipts], tj.signer, AT)
    seals = [read_receipt(one)[1].seal.data for one in sealed]
    assert (len(set(seals)), seals[0] == seals[999], seals[0] == seals[1000]) == (2, True, False)
    for receipt, data in zip(receipts[::250], sealed[::250], strict=True):
        facts = {"parcel": receipt.parcel, "sender": KZ, "recipient": TJ, "events": ["e" * 64], "keys": kz.trust}
        assert verify_receipt(data, **facts) == receipt
