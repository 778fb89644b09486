"""What the answer would be otherwise, and that a doubt touches exactly what would change."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.law import (
    AnotherDay,
    AnotherOffence,
    Basis,
    Bound,
    Certainty,
    DoubtKind,
    Part,
    Settled,
    SuppositionError,
    alternative_words,
    resolve,
    suppositions,
    what_if,
)
from comity.law._parts import SAID, said
from comity.law.load import default_register

REGISTER = default_register()
REGION = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")


def settled(basis: Basis, kind: DoubtKind, bound: Bound, instrument: str = "") -> Settled:
    doubt = next(doubt for doubt in basis.doubts if doubt.kind is kind and (not instrument or instrument in doubt.instruments))
    return Settled(doubt=doubt, bound=bound)


def test_a_day_between_bounds_settled_either_way_names_one_convention() -> None:
    """Source: Chisinau Convention, art. 120(3) and (4); Tajikistan bound between 2 September 2004 and 1 January 2006."""
    basis = resolve(REGISTER, "KZ", "TJ", "extradition", date(2005, 6, 1))
    bound = what_if(REGISTER, basis, settled(basis, DoubtKind.STATUS, Bound.YES))
    free = what_if(REGISTER, basis, settled(basis, DoubtKind.STATUS, Bound.NO))

    assert [applied.id for applied in bound.basis.primary] == ["chisinau-2002"]
    assert (bound.gained, bound.lost) == ((), ("minsk-1993", "minsk-protocol-1997"))
    assert bound.certainty_changes
    assert bound.basis.certainty is Certainty.CERTAIN
    assert [applied.id for applied in free.basis.primary] == ["minsk-1993", "minsk-protocol-1997"]
    assert free.lost == ("chisinau-2002",)


def test_an_open_question_settled_for_the_treaty_brings_it_back() -> None:
    """Source: law of Ukraine 2783-IX; whether Russia and Belarus accept the suspension is open."""
    basis = resolve(REGISTER, "UA", "BY", "mla", date(2023, 3, 1))
    accepted = what_if(REGISTER, basis, settled(basis, DoubtKind.OPEN_QUESTION, Bound.NO, "minsk-1993"))
    refused = what_if(REGISTER, basis, settled(basis, DoubtKind.OPEN_QUESTION, Bound.YES, "minsk-1993"))

    assert refused.gained == ("minsk-1993", "minsk-protocol-1997")
    assert accepted.gained == ()


def test_a_universal_convention_taken_as_a_basis_or_not() -> None:
    """Source: UNTOC art. 16(5), UNCAC art. 44(6)."""
    basis = resolve(REGISTER, "KZ", "DE", "extradition", date(2018, 3, 1), "corruption")
    taken = what_if(REGISTER, basis, settled(basis, DoubtKind.TAKES_AS_BASIS, Bound.YES, "untoc-2000"))
    refused = what_if(REGISTER, basis, settled(basis, DoubtKind.TAKES_AS_BASIS, Bound.NO, "untoc-2000"))

    assert not any(doubt.kind is DoubtKind.TAKES_AS_BASIS and "untoc-2000" in doubt.instruments for doubt in taken.basis.doubts)
    assert refused.lost == ("untoc-2000",)
    assert {left.id: left.why for left in refused.basis.excluded}["untoc-2000"] == "no-basis"


def test_the_day_of_the_offence_decides_on_montevideo() -> None:
    """Source: Montevideo Convention on Extradition, art. 19; Kazakhstan's deposit of 2015."""
    asked = ("KZ", "US", "extradition", date(2020, 1, 1))
    unnamed = resolve(REGISTER, *asked)
    early = resolve(REGISTER, *asked, committed=date(2010, 1, 1))
    late = resolve(REGISTER, *asked, committed=date(2019, 12, 1))

    assert "montevideo-extradition-1933" in [applied.id for applied in unnamed.primary]
    assert any(doubt.kind is DoubtKind.OFFENCE_DATE for doubt in unnamed.doubts)
    assert {left.id: left.why for left in early.excluded}["montevideo-extradition-1933"] == "offence-before"
    assert "montevideo-extradition-1933" in [applied.id for applied in late.primary]
    assert not any(doubt.kind is DoubtKind.OFFENCE_DATE for doubt in late.doubts)
    assert what_if(REGISTER, unnamed, settled(unnamed, DoubtKind.OFFENCE_DATE, Bound.NO)).lost == ("montevideo-extradition-1933",)


def test_another_day_and_another_offence_are_offered_where_they_change_the_answer() -> None:
    basis = resolve(REGISTER, "RU", "KZ", "extradition", date(2024, 4, 1))
    offered = suppositions(REGISTER, basis)

    assert AnotherDay(on=date(2023, 6, 27)) in offered
    assert AnotherOffence(area="terrorism") in offered
    assert "theft" not in [one.area for one in offered if isinstance(one, AnotherOffence)]
    assert what_if(REGISTER, basis, AnotherDay(on=date(2023, 6, 27))).lost == ("chisinau-2002",)


def test_a_question_on_pending_requests_is_no_supposition() -> None:
    """On whether requests under way stay under Minsk no new request hangs."""
    basis = resolve(REGISTER, "RU", "KZ", "extradition", date(2024, 4, 1))

    assert "russia-pending-requests" in [doubt.question for doubt in basis.doubts]
    assert not [
        one for one in suppositions(REGISTER, basis) if isinstance(one, Settled) and one.doubt.question == "russia-pending-requests"
    ]


def test_a_doubt_that_no_fact_settles_is_refused() -> None:
    basis = resolve(REGISTER, "MD", "RU", "mla", date(2015, 1, 1))

    with pytest.raises(SuppositionError) as refused:
        what_if(REGISTER, basis, settled(basis, DoubtKind.ORDER, Bound.YES))
    assert "status" in refused.value.next_step


@st.composite
def answers(draw: st.DrawFn) -> Basis:
    one, other = draw(st.sampled_from(REGION)), draw(st.one_of(st.sampled_from(REGION), st.sampled_from(REGISTER.states)))
    assume(one != other)
    day = draw(st.dates(date(1993, 1, 1), date(2027, 1, 1)))
    area = draw(st.one_of(st.none(), st.sampled_from(REGISTER.offence_areas)))
    return resolve(REGISTER, one, other, draw(st.sampled_from(REGISTER.kinds)), day, area)


@settings(max_examples=60, deadline=None)
@given(answers())
def test_a_doubt_touches_exactly_what_would_read_otherwise(basis: Basis) -> None:
    """Each doubt settled both ways: the parts that change are those it names, no fewer and, where all its cases are asked, no more."""
    now = said(basis)
    changed: dict[DoubtKind, set[Part]] = {}
    for one in suppositions(REGISTER, basis):
        if not isinstance(one, Settled):
            continue
        then = said(what_if(REGISTER, basis, one).basis)
        parts = {part for part in SAID if then[part] != now[part]}
        touched = next(
            doubt.parts
            for doubt in basis.doubts
            if (doubt.kind, doubt.question) == (one.doubt.kind, one.doubt.question)
            and set(one.doubt.instruments) <= set(doubt.instruments)
            and doubt.states == one.doubt.states
        )
        if one.doubt.kind is not DoubtKind.OFFENCE_DATE:
            assert parts <= set(touched), (one, parts - set(touched))
        changed.setdefault(one.doubt.kind, set()).update(parts)
    named = {
        kind: {part for doubt in basis.doubts if doubt.kind is kind for part in doubt.parts if part in SAID}
        for kind in (DoubtKind.STATUS, DoubtKind.UNVERIFIED, DoubtKind.TAKES_AS_BASIS)
    }
    assert all(parts <= changed.get(kind, set()) for kind, parts in named.items())


@settings(max_examples=40, deadline=None)
@given(answers())
def test_what_is_uncertain_has_its_reason_and_nothing_else_is(basis: Basis) -> None:
    uncertain = {part for part, certainty in basis.parts.items() if certainty is Certainty.UNCERTAIN}

    assert uncertain == {part for doubt in basis.doubts for part in doubt.parts}
    assert (Part.INSTRUMENTS in uncertain) == (basis.certainty is Certainty.UNCERTAIN)
    assert all((Part.INSTRUMENTS in doubt.parts) == doubt.unsettles for doubt in basis.doubts)


@settings(max_examples=25, deadline=None)
@given(answers(), st.sampled_from(("en", "ru")))
def test_every_supposition_is_said(basis: Basis, language: str) -> None:
    for one in suppositions(REGISTER, basis)[:6]:
        for sentence in alternative_words(what_if(REGISTER, basis, one), REGISTER, language):
            assert "{" not in sentence
            assert sentence.endswith((".", "?")), sentence
            assert any("а" <= letter <= "я" for letter in sentence.lower()) == (language == "ru"), sentence


def test_a_channel_both_conventions_name_is_not_in_doubt_with_the_day_of_one() -> None:
    """Minsk and Chisinau both name the Prosecutors General, so the open day of Tajikistan leaves the channel alone."""
    basis = resolve(REGISTER, "KZ", "TJ", "extradition", date(2005, 6, 1))
    status = next(doubt for doubt in basis.doubts if doubt.kind is DoubtKind.STATUS)

    assert Part.CHANNEL not in status.parts
    assert Part.INSTRUMENTS in status.parts
    assert Part.HUMAN_RIGHTS not in status.parts
