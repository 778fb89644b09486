"""What must hold of every answer, for any two States, kind, day and offence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.identifiers import InstrumentId, StateCode
from comity.law import Basis, Bound, Certainty, Confidence, DoubtKind, Register, UnknownWordError
from comity.law._question import beginning
from comity.law._standing import days_of
from comity.law.load import default_register
from comity.law.resolve import answer_on, events, resolve
from comity.law.status import both, evidence
from tests.law.mending import mended, reordered

REGISTER = default_register()
MEMBERS = ("AM", "AZ", "BY", "GE", "KZ", "KG", "MD", "RU", "TJ", "TM", "UA", "UZ")
some_state = st.one_of(st.sampled_from(MEMBERS), st.sampled_from(REGISTER.states))
some_kind = st.sampled_from(REGISTER.kinds)
some_day = st.dates(min_value=date(1992, 1, 1), max_value=date(2030, 12, 31))
some_area = st.one_of(st.none(), st.sampled_from(REGISTER.offence_areas))


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, str, str, date, str | None]:
    requesting, requested = draw(some_state), draw(some_state)
    assume(requesting != requested)
    known = beginning(REGISTER, (StateCode(requesting), StateCode(requested)))
    days = [day for day in events(REGISTER, StateCode(requesting), StateCode(requested)) if day >= known]
    day = max(known, draw(st.one_of(some_day, st.sampled_from(days or [date(2020, 1, 1)]))))
    return requesting, requested, draw(some_kind), day, draw(some_area)


def content(basis: Basis) -> tuple[object, ...]:
    """All of an answer but its day."""
    return tuple(getattr(basis, name) for name in Basis.__dataclass_fields__ if name != "on")


@given(questions())
def test_an_answer_changes_only_on_the_days_on_which_something_happened(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    days = events(REGISTER, StateCode(requesting), StateCode(requested), kind)
    until = min((event for event in days if event > day), default=date(2050, 1, 1)) - timedelta(days=1)
    remembered = content(resolve(REGISTER, requesting, requested, kind, day, area))
    offence = None if area == "any" else area

    for afresh in (day, until):
        answer = answer_on(REGISTER, StateCode(requesting), StateCode(requested), kind, afresh, offence)
        assert content(replace(answer, offence_area=area)) == remembered


@given(some_state, some_day)
def test_the_status_of_a_state_changes_only_on_its_days(state: str, day: date) -> None:
    """The status itself, not the remembered answer: on the day before each next event it is what it is today."""
    for name in REGISTER.by_state[StateCode(state)]:
        instrument = REGISTER.instruments[name]
        later = (event for event in days_of(instrument, StateCode(state)) if event > day)
        until = min(later, default=date(2050, 1, 1)) - timedelta(days=1)
        assert evidence(instrument, StateCode(state), day) == evidence(instrument, StateCode(state), until)


@given(questions())
def test_what_is_unknown_stays_unknown(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    basis = resolve(REGISTER, requesting, requested, kind, day, area)

    for applied in basis.applied:
        bound = both(*(evidence(REGISTER.instruments[applied.id], state, day).bound for state in (requesting, requested)))
        assert bound is not Bound.NO
        if bound is Bound.UNKNOWN:
            assert applied in basis.primary
            assert applied.certainty is Certainty.UNCERTAIN
            assert basis.certainty is Certainty.UNCERTAIN
            assert any(doubt.kind is DoubtKind.STATUS and applied.id in doubt.instruments for doubt in basis.doubts)


@given(questions())
def test_nothing_unverified_is_shown_as_certain(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    basis = resolve(REGISTER, requesting, requested, kind, day, area)

    if basis.certainty is Certainty.CERTAIN:
        assert all(found.verified and found.confidence is Confidence.VERIFIED for applied in basis.primary for found in applied.evidence)
        assert not any(doubt.unsettles for doubt in basis.doubts)
    else:
        assert any(doubt.unsettles for doubt in basis.doubts)


@given(questions())
def test_every_element_has_its_source(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    basis = resolve(REGISTER, requesting, requested, kind, day, area)
    elements = (
        *basis.channels,
        *basis.authorities,
        *basis.languages,
        *basis.required,
        *basis.attachments,
        *basis.conditions,
        *basis.time_limits,
        *basis.refusal,
        *basis.human_rights,
        *basis.reciprocity,
        *(found for applied in basis.applied for found in applied.evidence),
    )

    assert all(element.source for element in elements)
    assert all(left.source for left in basis.excluded)
    assert basis.register == REGISTER.release


@given(questions())
def test_an_instrument_has_one_place_in_an_answer(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    basis = resolve(REGISTER, requesting, requested, kind, day, area)
    places = [applied.id for applied in basis.applied] + [left.id for left in basis.excluded]

    assert len(places) == len(set(places))
    assert (basis.basis == "treaty") == bool(basis.primary)
    assert not basis.subsidiary or basis.primary


@given(questions())
def test_who_asks_changes_neither_the_basis_nor_its_certainty(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    there = resolve(REGISTER, requesting, requested, kind, day, area)
    back = resolve(REGISTER, requested, requesting, kind, day, area)

    assert [applied.id for applied in there.applied] == [applied.id for applied in back.applied]
    assert {left.id: left.why for left in there.excluded} == {left.id: left.why for left in back.excluded}
    assert there.certainty == back.certainty


@given(questions())
def test_every_excluded_instrument_is_one_of_the_register(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    basis = resolve(REGISTER, requesting, requested, kind, day, area)

    assert {left.id for left in basis.excluded} <= set(REGISTER.instruments)


@pytest.mark.parametrize(
    ("asked", "word", "listed"),
    [
        (("XX", "KZ", "mla", None), "XX", "TJ"),
        (("KZ", "kz", "mla", None), "kz", "TJ"),
        (("KZ", "KZ", "mla", None), "KZ", "TJ"),
        (("KZ", "TJ", "deportation", None), "deportation", "extradition"),
        (("KZ", "TJ", "mla", "piracy"), "piracy", "corruption"),
    ],
)
def test_an_unknown_word_is_refused_with_those_that_exist(asked: tuple[str, str, str, str | None], word: str, listed: str) -> None:
    requesting, requested, kind, area = asked
    with pytest.raises(UnknownWordError) as caught:
        resolve(REGISTER, requesting, requested, kind, date(2020, 1, 1), area)

    assert caught.value.word == word
    assert listed in caught.value.known
    assert listed in str(caught.value)


def test_any_offence_and_no_offence_are_one_question() -> None:
    named = resolve(REGISTER, "KZ", "TJ", "mla", date(2020, 1, 1), "any")
    unnamed = resolve(REGISTER, "KZ", "TJ", "mla", date(2020, 1, 1))

    assert named.primary == unnamed.primary
    assert named.excluded == unnamed.excluded


# What a change of the register changes, and what it leaves


UNRELATED = """
schema = 1
id = "una-pact-2001"
title_en = "A pact on the loan of bicycles"
title_ru = "Пакт о прокате велосипедов"
opened = 2001-01-01
entry_into_force = 2001-06-01
depositary = "nobody"
tier = "regional-sectoral"
region = "OAS"
scope = "sectoral"
offence_areas = ["other"]
kinds = ["witness-protection"]
sources = ["a test"]

[[party]]
state = "BZ"
status = "party"
in_force = 2001-06-01
source = "a test"
confidence = "verified"
"""


def moved(name: str, state: str, days: int) -> Register:
    """The register with the day of one State's entry moved."""
    instrument = REGISTER.instruments[InstrumentId(name)]
    row = instrument.parties[StateCode(state)]
    assert row.in_force
    parties = {**instrument.parties, row.state: replace(row, in_force=row.in_force + timedelta(days=days))}
    return replace(REGISTER, instruments={**REGISTER.instruments, instrument.id: replace(instrument, parties=parties)})


MOVED = {days: moved("cis-transfer-1998", "KG", days) for days in (-400, 900)}


@settings(max_examples=60)
@given(questions(), st.sampled_from(tuple(MOVED)))
def test_a_party_s_day_changes_only_answers_that_rest_on_it(asked: tuple[str, str, str, date, str | None], days: int) -> None:
    requesting, requested, kind, day, area = asked
    before = resolve(REGISTER, requesting, requested, kind, day, area)
    after = resolve(MOVED[days], requesting, requested, kind, day, area)
    if "KG" in (requesting, requested) and kind in REGISTER.instruments[InstrumentId("cis-transfer-1998")].kinds:
        return

    assert content(after) == content(before)


def test_a_party_s_day_changes_the_answer_between_the_old_and_the_new_day() -> None:
    day = REGISTER.instruments[InstrumentId("cis-transfer-1998")].parties[StateCode("KG")].in_force
    assert day
    asked = ("KG", "KZ", "transfer-of-sentenced")

    def rests(register: Register, on: date) -> bool:
        return "cis-transfer-1998" in [applied.id for applied in resolve(register, *asked, on).primary]

    for on, before, after in ((day - timedelta(days=1), False, False), (day, True, False), (day + timedelta(days=900), True, True)):
        assert (rests(REGISTER, on), rests(MOVED[900], on)) == (before, after)


WIDER = mended(added={"una-pact-2001.toml": UNRELATED})
TURNED = reordered(23)


@settings(max_examples=60)
@given(questions())
def test_an_unrelated_instrument_changes_nothing(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked
    if "BZ" in (requesting, requested) or kind == "witness-protection":
        return
    before = resolve(REGISTER, requesting, requested, kind, day, area)

    assert replace(resolve(WIDER, requesting, requested, kind, day, area), register="") == replace(before, register="")


@settings(max_examples=60)
@given(questions())
def test_the_order_of_the_files_changes_no_answer(asked: tuple[str, str, str, date, str | None]) -> None:
    requesting, requested, kind, day, area = asked

    assert resolve(TURNED, requesting, requested, kind, day, area) == resolve(REGISTER, requesting, requested, kind, day, area)
    assert TURNED.release == REGISTER.release


@pytest.mark.parametrize("kind", REGISTER.kinds)
def test_every_kind_is_answered_between_every_two_states_of_the_region_and_their_neighbours(kind: str) -> None:
    for one in MEMBERS:
        for other in (*MEMBERS, "DE", "US", "CN", "HK"):
            if one != other:
                basis = resolve(REGISTER, one, other, kind, date(2014, 3, 1))
                assert basis.basis == "treaty" or basis.certainty is Certainty.UNCERTAIN
