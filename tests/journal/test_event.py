"""An event is read back as it was written, or refused by its code; what was signed cannot be told differently."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import canonical
from comity.errors import Code
from comity.journal import Content, Event, EventError, Head, Header, write
from comity.journal.event import LARGEST_CONTENT, MOST_SEEN
from comity.journal.merkle import leaf_hash
from tests.contracts.writing import KZ, NOW, TJ, exchange_of_letters, fixed_bytes, matter
from tests.test_canonical import VALUES

IDS = st.binary(min_size=32, max_size=32).map(bytes.hex)
CONTENTS = st.dictionaries(st.text("abcdefgh", max_size=5), VALUES, max_size=4)


@st.composite
def events(draw):
    head = draw(st.none() | st.builds(Head, seq=st.integers(0, 10**6), id=IDS))
    return write(
        office=draw(st.sampled_from(["kz-gpo", "tj-gpo/internal"])),
        matter=matter(draw(st.integers(0, 9))),
        act=draw(st.sampled_from(["request.sent/1", "a.b_c-d.e/9999"])),
        value=draw(CONTENTS),
        at=NOW + timedelta(seconds=draw(st.integers(-(10**9), 10**9))),
        salt=draw(st.binary(min_size=32, max_size=32)),
        head=head,
        seen=draw(st.lists(IDS, max_size=4)),
    )


@given(events())
def test_what_is_written_reads_back(event):
    assert Event.from_value(canonical.loads(canonical.dumps(event.value()))) == event
    assert Header.from_data(event.header.data) == event.header
    assert Content.from_data(event.content.salt, event.content.data) == event.content
    assert Event.from_value(event.without_content().value()) == event.without_content()


@given(events())
def test_what_was_kept_reads_back(event):
    header, content = event.header, event.content
    assert Header.kept(header.data, header.leaf) == header
    assert all(getattr(Header.kept(header.data, header.leaf), name) == getattr(header, name) for name in ("data", "leaf", "id"))
    read = Content.kept(content.salt, content.data, header.body)
    assert (read, read.value, read.commitment) == (content, canonical.loads(content.data), header.body)


@given(events(), st.data())
def test_bytes_other_than_those_kept_are_read_as_if_they_were_new(event, data):
    header, content = event.header, event.content
    kept = data.draw(st.sampled_from([header.data, content.data]))
    at, bit = data.draw(st.integers(0, len(kept) - 1)), data.draw(st.integers(0, 7))
    changed = kept[:at] + bytes([kept[at] ^ 1 << bit]) + kept[at + 1 :]
    if kept is header.data:
        assert _told(lambda: Header.kept(changed, header.leaf)) == _told(lambda: Header.from_data(changed))
    else:
        assert _told(lambda: Content.kept(content.salt, changed, header.body)) == _told(lambda: Content.from_data(content.salt, changed))


def _told(read):
    try:
        return read()
    except EventError as error:
        return error.code


@given(events())
def test_an_id_is_the_merkle_leaf_of_the_canonical_header(event):
    assert event.header.data == canonical.dumps(event.header.value())
    assert bytes.fromhex(event.id) == event.header.leaf == leaf_hash(event.header.data)


@given(events(), st.data())
def test_any_changed_byte_of_a_header_changes_its_id_or_is_refused(event, data):
    at = data.draw(st.integers(0, len(event.header.data) - 1))
    changed = bytearray(event.header.data)
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    assert _read(bytes(changed)) != event.id


def _read(data):
    """The id of a header, or the code it is refused by."""
    try:
        return Header.from_data(data).id
    except EventError as error:
        return error.code


@given(events(), CONTENTS)
def test_a_content_that_was_not_signed_is_refused(event, other):
    told = Event(header=event.header, content=Content(salt=event.content.salt, value=other))
    if canonical.dumps(other) == event.content.data:
        assert told.intact
        return
    assert not told.intact
    with pytest.raises(EventError) as refused:
        Event.from_value(told.value())
    assert (refused.value.code, refused.value.where) == (Code.BAD_COMMITMENT, event.id)
    assert Event.unchecked(told.value()) == told


def test_the_salt_keeps_a_content_from_being_guessed():
    one = Content(salt=fixed_bytes("one"), value={"answer": True})
    assert one.commitment != Content(salt=fixed_bytes("other"), value=one.value).commitment
    assert one.commitment == canonical.sha256(fixed_bytes("one") + b'{"answer":true}')


def test_a_header_says_nothing_of_its_content():
    assert b"R. M." not in exchange_of_letters()[1].header.data
    assert set(exchange_of_letters()[1].header.value()) == {"v", "matter", "office", "seq", "prev", "seen", "act", "at", "body"}


GOOD = exchange_of_letters()[2].header.value()


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"v": 1.0},
        {"v": "1"},
        {"matter": "1"},
        {"matter": None},
        {"office": "KZ"},
        {"office": 1},
        {"seq": -1},
        {"seq": 1},
        {"seq": True},
        {"seq": "0"},
        {"seq": 2**60},
        {"prev": "0f" * 32},
        {"prev": "x"},
        {"prev": 1},
        {"seen": None},
        {"seen": "0f" * 32},
        {"seen": ["x"]},
        {"seen": [None]},
        {"seen": ["0f" * 32, "0f" * 32]},
        {"seen": ["0f" * 32, "0e" * 32]},
        {"seen": sorted(fixed_bytes(str(one)).hex() for one in range(MOST_SEEN + 1))},
        {"act": "sent"},
        {"act": "request.sent"},
        {"act": "request.sent/0"},
        {"act": "Request.sent/1"},
        {"act": "request.sent/1\n"},
        {"act": None},
        {"at": "2026-11-22"},
        {"at": "2026-11-22T08:00:00+05:00"},
        {"at": 0},
        {"body": "0F" * 32},
        {"body": None},
        {"more": 1},
    ],
)
def test_a_header_of_another_shape_is_malformed(change):
    assert Header.from_value(GOOD).value() == GOOD
    with pytest.raises(EventError) as refused:
        Header.from_value({**GOOD, **change})
    assert refused.value.code is Code.MALFORMED


@pytest.mark.parametrize("key", sorted(GOOD))
def test_a_header_without_one_of_its_keys_is_malformed(key):
    with pytest.raises(EventError):
        Header.from_value({name: item for name, item in GOOD.items() if name != key})


@pytest.mark.parametrize(
    "value", [None, [], "x", 1, {}, {"header": GOOD}, {"header": [], "content": None}, {"header": GOOD, "content": []}]
)
def test_what_is_no_event_is_malformed(value):
    with pytest.raises(EventError) as refused:
        Event.from_value(value)
    assert refused.value.code is Code.MALFORMED


@pytest.mark.parametrize(
    "value",
    [
        {"salt": "00" * 31, "value": {}},
        {"salt": "0A" * 32, "value": {}},
        {"salt": None, "value": {}},
        {"salt": "00" * 32, "value": []},
        {"salt": "00" * 32, "value": {"sum": 0.5}},
        {"salt": "00" * 32},
    ],
)
def test_a_content_of_another_shape_is_malformed(value):
    with pytest.raises(EventError) as refused:
        Content.from_value(value)
    assert refused.value.code is Code.MALFORMED


@pytest.mark.parametrize("data", [b"", b"{", b'{"v": 1}', b"\xff"])
def test_bytes_that_are_no_header_are_malformed(data):
    with pytest.raises(EventError) as refused:
        Header.from_data(data)
    assert refused.value.code is Code.MALFORMED


def test_a_header_in_another_spelling_is_malformed():
    with pytest.raises(EventError, match="canonical"):
        Header.from_data(exchange_of_letters()[0].header.data.replace(b'"act":', b'"act": '))


def test_a_content_has_a_largest_size():
    room = LARGEST_CONTENT - len(b'{"text":""}')
    assert len(Content(salt=bytes(32), value={"text": "x" * room}).data) == LARGEST_CONTENT
    with pytest.raises(EventError) as refused:
        Content(salt=bytes(32), value={"text": "x" * (room + 1)})
    assert refused.value.code is Code.TOO_BIG


def test_unknown_keys_of_a_content_are_kept():
    value = {"salt": "00" * 32, "value": {"of a later version": {"x": [1]}}}
    assert Content.from_value(value).as_value() == value


def test_a_time_is_kept_in_utc_and_whole_seconds():
    at = NOW.astimezone(timezone(timedelta(hours=5))).replace(microsecond=5)
    event = write(office=KZ, matter=matter(), act="request.sent/1", value={}, at=at, salt=bytes(32), head=None)
    assert event.header.at == NOW
    with pytest.raises(EventError, match="UTC"):
        replace(event.header, at=at)


def test_only_the_first_event_after_nothing_opens_a_matter():
    opened, sent = exchange_of_letters()[:2]
    assert opened.opens
    assert not sent.opens
    late = write(office=TJ, matter=matter(), act="matter.opened/1", value={}, at=NOW, salt=bytes(32), head=None, seen=[sent.id])
    assert not late.opens


def test_what_opened_a_matter_keeps_its_content():
    with pytest.raises(EventError, match="cannot be erased"):
        exchange_of_letters()[0].without_content()


def test_an_internal_strand_has_the_office_as_its_author():
    event = write(office="kz-gpo/internal", matter=matter(), act="note.kept/1", value={}, at=NOW, salt=bytes(32), head=None)
    assert event.header.author == KZ
