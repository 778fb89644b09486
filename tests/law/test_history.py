"""What applied between two States when, and which event changed it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.identifiers import StateCode
from comity.law import ChangeKind, Confidence, UnknownWordError, changed_pairs, changes_of, event_words, history, resolve
from comity.law.history import alike
from comity.law.load import default_register
from comity.words import translate

REGISTER = default_register()
REGION = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")
DAY = timedelta(days=1)


def primary(period) -> list[str]:
    return [applied.id for applied in period.basis.primary]


def test_russia_and_kazakhstan_change_to_chisinau_on_the_day_russia_is_bound() -> None:
    """Source: Chisinau Convention, art. 120(3); Russia bound since 28 June 2023."""
    periods = history(REGISTER, "RU", "KZ", "extradition", left_out=False)
    last = periods[-1]

    assert (last.since, last.until) == (date(2023, 6, 28), None)
    assert primary(last) == ["chisinau-2002"]
    assert primary(periods[-2]) == ["minsk-1993", "minsk-protocol-1997"]
    assert ("in-force", "RU", "chisinau-2002") in [(change.kind, change.state, change.instrument) for change in last.changes]


def test_the_suspension_between_ukraine_and_russia_is_a_period_of_its_own_and_not_with_kazakhstan() -> None:
    """Source: Law of Ukraine 2783-IX, towards Russia and Belarus from 23 December 2022."""
    day = date(2022, 12, 23)
    with_russia = {period.since: period for period in history(REGISTER, "UA", "RU", "mla")}
    with_kazakhstan = {period.since: period for period in history(REGISTER, "UA", "KZ", "mla", left_out=False)}

    assert [(change.kind, change.towards) for change in with_russia[day].changes if change.instrument == "minsk-1993"] == [
        (ChangeKind.SUSPENDED, ("RU", "BY"))
    ]
    assert not any(change.kind is ChangeKind.SUSPENDED for period in with_kazakhstan.values() for change in period.changes)


@settings(max_examples=25)
@given(st.sampled_from(REGION), st.sampled_from(REGISTER.states), st.sampled_from(REGISTER.kinds), st.booleans())
def test_a_history_has_no_gap_and_each_day_its_answer(one: str, other: str, kind: str, left_out: bool) -> None:
    assume(one != other)
    periods = history(REGISTER, one, other, kind, left_out=left_out)

    assert periods[-1].until is None
    assert periods[0].changes == ()
    for period, following in pairwise(periods):
        assert period.until == following.since - DAY
        assert not alike(period.basis, following.basis, left_out=left_out)
        assert all(change.on == following.since for change in following.changes)
        assert following.changes
        for day in (period.since, period.since + (following.since - period.since) // 2, period.until):
            assert alike(resolve(REGISTER, one, other, kind, day), period.basis, left_out=left_out)


def test_a_history_keeps_within_its_days_and_begins_when_both_states_were_there() -> None:
    within = history(REGISTER, "KZ", "TJ", "mla", since=date(2004, 1, 1), until=date(2006, 12, 31))

    assert (within[0].since, within[-1].until) == (date(2004, 1, 1), date(2006, 12, 31))
    assert history(REGISTER, "KZ", "TJ", "mla")[0].since == date(1991, 12, 16)
    with pytest.raises(UnknownWordError):
        history(REGISTER, "KZ", "TJ", "deportation")


def test_the_events_of_a_state_stand_in_order_with_their_confidence() -> None:
    events = changes_of(REGISTER, "UA", instrument="minsk-1993")

    assert [event.on for event in events] == sorted(event.on for event in events)
    assert [event.kind for event in events if event.state] == [
        ChangeKind.RATIFIED,
        ChangeKind.IN_FORCE,
        ChangeKind.SUSPENDED,
        ChangeKind.LEFT,
        ChangeKind.SURELY_LEFT,
    ]
    confidence = {event.kind: event.confidence for event in events}
    assert confidence[ChangeKind.IN_FORCE] is Confidence.UNVERIFIED  # the day of 1995 is remembered
    assert confidence[ChangeKind.SUSPENDED] is Confidence.VERIFIED
    assert {event.kind for event in changes_of(REGISTER, "KZ")} >= {ChangeKind.NATIONAL_LAW, ChangeKind.QUESTION, ChangeKind.RIGHTS}


def test_every_event_has_words_in_both_languages() -> None:
    for state in ("UA", "KZ", "RU"):
        for change in changes_of(REGISTER, state):
            assert "{" not in event_words(change, REGISTER, "en")
            russian = event_words(change, REGISTER, "ru")
            assert any("а" <= letter <= "я" for letter in russian.lower()), russian


def test_seven_pairs_change_on_the_day_russia_enters_chisinau() -> None:
    changed = changed_pairs(REGISTER, date(2023, 6, 28), "extradition", REGION)
    named = {(change.requesting, change.requested) for change in changed}

    assert {frozenset(pair) for pair in named} == {frozenset(("RU", other)) for other in ("AM", "AZ", "BY", "KG", "KZ", "TJ", "UZ")}
    assert all(primary_of(change.before) != primary_of(change.after) for change in changed)
    assert changed_pairs(REGISTER, date(2023, 6, 29), "extradition", REGION) == ()


def primary_of(basis) -> list[str]:
    return [applied.id for applied in basis.primary]


def test_the_first_day_a_state_can_be_asked_is_no_change() -> None:
    assert not any(
        StateCode("KZ") in (change.requesting, change.requested) for change in changed_pairs(REGISTER, date(1991, 12, 16), "mla")
    )


def test_the_words_of_events_are_translated() -> None:
    assert translate("{state}: in force: {title}", "ru") != "{state}: in force: {title}"
