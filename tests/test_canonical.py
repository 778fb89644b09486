"""One value has one sequence of bytes, the same as RFC 8785 gives; what is outside the subset is refused and named."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from comity import canonical
from comity.canonical import LARGEST_INTEGER, CanonicalError

_KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_LEAVES = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | _TEXT
VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_KEYS, inner, max_size=5), max_leaves=30)
# Hypothesis takes its bounds without a zone and adds the zone itself.
TIMES = st.datetimes(
    min_value=datetime(1, 1, 2),  # noqa: DTZ001 # as said above
    max_value=datetime(9998, 1, 1),  # noqa: DTZ001 # as said above
    timezones=st.just(UTC),
)


@given(VALUES)
def test_the_bytes_are_those_of_rfc_8785(value):
    assert canonical.dumps(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_is_printed_reads_back(value):
    assert canonical.loads(canonical.dumps(value)) == value


@given(VALUES, st.data())
def test_any_other_spelling_is_refused(value, data):
    whole = canonical.dumps(value)
    at = data.draw(st.integers(0, len(whole)))
    changed = whole[:at] + data.draw(st.sampled_from([b" ", b"\n", b"0", b"\\u0041", b",", b"\xff"])) + whole[at:]
    try:
        read = canonical.loads(changed)
    except CanonicalError:
        return
    assert canonical.dumps(read) == changed
    assert read != value


def test_keys_are_sorted_and_nothing_is_escaped_needlessly():
    assert canonical.dumps({"b": 1, "a": "Ё/«№»\x7f", "": [True, None, '\b\t\n\x01"\\']}) == (
        '{"":[true,null,"\\b\\t\\n\\u0001\\"\\\\"],"a":"Ё/«№»\x7f","b":1}'.encode()
    )


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"sum": 1.5}, "$.sum"),
        ({"sum": LARGEST_INTEGER + 1}, "$.sum"),
        ([{"at": [0, -(2**53)]}], "$[0].at[1]"),
        ({"по": 1}, "$"),
        ({1: "x"}, "$"),
        ({"on": date(2026, 11, 22)}, "$.on"),
        ({"list": {"a", "b"}}, "$.list"),
        (b"bytes", "$"),
    ],
)
def test_what_has_no_canonical_form_is_named_by_its_place(value, where):
    with pytest.raises(CanonicalError) as refused:
        canonical.dumps(value)
    assert refused.value.where == where


def test_a_lone_surrogate_has_no_bytes():
    with pytest.raises(CanonicalError, match="no canonical form"):
        canonical.dumps({"text": "\ud800"})


def _nested(deep):
    value = 0
    for _ in range(deep):
        value = [value]
    return value


def test_a_value_is_nested_so_deep_and_no_deeper():
    assert canonical.loads(canonical.dumps(_nested(canonical.DEEPEST))) == _nested(canonical.DEEPEST)
    with pytest.raises(CanonicalError, match="nested"):
        canonical.dumps(_nested(canonical.DEEPEST + 1))


def test_an_empty_list_may_stand_at_the_bottom():
    value = []
    for _ in range(canonical.DEEPEST):
        value = [value]
    assert canonical.dumps(value) == b"[" * 65 + b"]" * 65


class _Colour(StrEnum):
    RED = "red"


def test_a_tuple_is_an_array_and_a_named_text_is_its_text():
    assert canonical.dumps({"of": (1, _Colour.RED)}) == b'{"of":[1,"red"]}'


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"a":1,}', b"nul", b"NaN", b'"\xff"', b'{"a":1} ', b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}']
)
def test_bytes_that_are_not_canonical_are_refused(data):
    with pytest.raises(CanonicalError):
        canonical.loads(data)


@pytest.mark.parametrize("data", [b"1.0", b"1e3", b"-0", b"9007199254740992", b'"\\u0041"', b'"\\/"', b"[" * 2000 + b"]" * 2000])
def test_numbers_and_texts_have_one_spelling(data):
    with pytest.raises(CanonicalError):
        canonical.loads(data)


@given(TIMES)
def test_a_time_reads_back_in_whole_seconds(at):
    text = canonical.format_time(at)
    assert canonical.parse_time(text) == at.replace(microsecond=0)
    assert canonical.parse_time(text).tzinfo is UTC
    assert len(text) == len("2026-11-22T08:00:00Z")


def test_a_time_in_another_zone_is_written_in_utc():
    assert canonical.format_time(datetime(2026, 11, 22, 13, 0, tzinfo=timezone(timedelta(hours=5)))) == "2026-11-22T08:00:00Z"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(CanonicalError, match="zone"):
        canonical.format_time(datetime(2026, 11, 22))  # noqa: DTZ001 # the fault under test


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026-11-22T08:00:00",
        "2026-11-22T08:00:00+00:00",
        "2026-11-22T08:00:00.0Z",
        "2026-02-30T08:00:00Z",
        "2026-11-22T24:00:00Z",
        "٢٠٢٦-11-22T08:00:00Z",
        " 2026-11-22T08:00:00Z",
    ],
)
def test_a_time_has_one_spelling(text):
    with pytest.raises(CanonicalError, match="is not a time"):
        canonical.parse_time(text)


def test_a_date_has_one_spelling():
    assert canonical.parse_date("2026-11-22") == date(2026, 11, 22)
    for text in ("20261122", "2026-11-31", "2026-11-22T00:00:00Z", "26-11-22"):
        with pytest.raises(CanonicalError, match="is not a date"):
            canonical.parse_date(text)


def test_sha256_is_in_lower_case_hex():
    assert canonical.sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
