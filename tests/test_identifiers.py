"""Names are of their kind's form, or refused."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import identifiers
from comity.identifiers import IdentifierError, OfficeId, internal, is_internal, uuid7

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
# Hypothesis takes its bounds without a zone and adds the zone itself.
TIMES = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 # as said above
    max_value=datetime(5000, 1, 1),  # noqa: DTZ001 # as said above
    timezones=st.just(UTC),
)


@pytest.mark.parametrize("text", ["kz-gpo", "tj-gpo", "ru-gpo", "kz-gpo/internal", "xx-a1"])
def test_an_office_is_named_by_its_state_and_a_short_word(text):
    assert identifiers.office_id(text) == text


@pytest.mark.parametrize(
    "text", ["", "kz", "KZ-gpo", "kz-", "kz-GPO", "kz-gpo/private", "kz-gpo/internal/internal", "kz-gpo\n", "kz_gpo", "kz-" + "a" * 25]
)
def test_any_other_form_of_an_office_is_refused(text):
    with pytest.raises(IdentifierError, match="is not an office id such as kz-gpo"):
        identifiers.office_id(text)


def test_an_internal_strand_is_told_from_a_shared_one():
    assert internal(OfficeId("kz-gpo")) == "kz-gpo/internal"
    assert internal(internal(OfficeId("kz-gpo"))) == "kz-gpo/internal"
    assert is_internal("kz-gpo/internal")
    assert not is_internal("kz-gpo")


@pytest.mark.parametrize(
    ("make", "good", "bad"),
    [
        (identifiers.state_code, "KZ", ["kz", "KAZ", "K", "КZ", "KZ\n"]),
        (identifiers.event_id, "0f" * 32, ["0F" * 32, "0f" * 31, "0f" * 32 + "\n", "zz" * 32]),
        (identifiers.file_id, "0f" * 32, ["", "0f" * 33]),
        (
            identifiers.matter_id,
            "01a2024b-50a0-714a-a0d7-6e694fb0665d",
            ["01a2024b-50a0-414a-a0d7-6e694fb0665d", "01A2024B-50A0-714A-A0D7-6E694FB0665D", "x"],
        ),
        (
            identifiers.parcel_id,
            "01a2024b-50a0-714a-a0d7-6e694fb0665d",
            ["01a2024b50a0714aa0d76e694fb0665d", "01a2024b-50a0-714a-c0d7-6e694fb0665d"],
        ),
    ],
)
def test_each_kind_of_name_has_one_form(make, good, bad):
    assert make(good) == good
    for text in bad:
        with pytest.raises(IdentifierError):
            make(text)


@given(
    TIMES,
    st.binary(min_size=10, max_size=10),
)
def test_a_uuid7_is_one_by_the_standard_and_keeps_its_time(at, randomness):
    made = UUID(uuid7(at, randomness))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(at.timestamp() * 1000)
    assert identifiers.matter_id(str(made)) == str(made)


def test_a_later_uuid7_sorts_later():
    assert uuid7(AT, b"\xff" * 10) < uuid7(AT + timedelta(milliseconds=1), b"\x00" * 10)


def test_the_example_of_rfc_9562_is_met():
    # Source: RFC 9562, appendix A.6: 2022-02-22 14:22:22 in UTC-5, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    bits = (0xCC3 << 64) | 0x18C4DC0C0C07398F
    assert uuid7(at, bits.to_bytes(10)) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@pytest.mark.parametrize("size", [0, 9, 11])
def test_a_uuid7_takes_ten_random_bytes(size):
    with pytest.raises(IdentifierError, match="10 random bytes"):
        uuid7(AT, b"x" * size)
