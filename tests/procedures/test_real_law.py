"""The procedures on the real register: what it demands can be given, its terms run, its grounds and checks are offered."""

from datetime import date
from itertools import permutations

import pytest

from comity.journal import fold
from comity.law.basis import BasisKind
from comity.law.deadlines import deadline
from comity.law.load import default_register
from comity.law.resolve import resolve
from comity.procedures import (
    Accepted,
    No,
    ProcedureMachine,
    Refusal,
    Term,
    clocks,
    decide,
    grounds,
    missing,
    opened_state,
    opening,
    procedure,
)
from tests.procedures.samples import DUSHANBE, MOSCOW, Journal, answers, roles

ON = date(2026, 11, 2)
STATES = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ", "TR", "DE", "US")
EXTRADITION = procedure("extradition", 1)
ASSISTANCE = procedure("mutual-assistance", 1)
MACHINE = ProcedureMachine()


def law(requesting, requested, one):
    return resolve(default_register(), requesting, requested, one.law_kind, ON)


def content(one, act, basis):
    """Everything answered, as this basis wants it."""
    primary = [applied.id for applied in basis.primary] or ["reciprocity"]
    checks = [{"check": check.id, "answer": "no-risk", "reasons": ""} for check in basis.human_rights]
    return answers(one, one.action(act), basis=primary, checks=checks)


@pytest.mark.parametrize("one", [EXTRADITION, ASSISTANCE], ids=lambda one: one.name)
def test_between_any_two_states_a_complete_request_lacks_nothing(one):
    for requesting, requested in permutations(STATES, 2):
        basis = law(requesting, requested, one)
        send = content(one, "request.sent/1", basis)
        assert missing(one, one.action("request.sent/1"), send, basis) == (), (requesting, requested)


@pytest.mark.parametrize("one", [EXTRADITION, ASSISTANCE], ids=lambda one: one.name)
def test_between_any_two_states_an_empty_request_names_an_article_or_instrument_for_what_the_law_demands(one):
    for requesting, requested in permutations(STATES, 2):
        basis = law(requesting, requested, one)
        items = missing(one, one.action("request.sent/1"), {}, basis)
        assert all(item.field and item.label and item.why for item in items), (requesting, requested)
        demanding = {item.instrument for item in items if item.instrument and not item.check}
        assert demanding <= {entry.instrument for entry in basis.required}
        assert [item.name for item in items if item.check] == [check.id for check in basis.human_rights]


def test_dushanbe_asks_moscow_for_extradition_on_a_real_treaty():
    basis = law("TJ", "RU", EXTRADITION)
    assert basis.basis is BasisKind.TREATY
    state = opened_state(opening(EXTRADITION, roles(EXTRADITION), basis.register))
    full = content(EXTRADITION, "request.sent/1", basis)
    assert decide(state, DUSHANBE, "request.sent/1", full, basis) == Accepted(act="request.sent/1", content=full)
    del full["damage"]
    refusal = decide(state, DUSHANBE, "request.sent/1", full, basis)
    assert isinstance(refusal, Refusal)
    assert refusal.ground is No.INCOMPLETE
    assert (refusal.field, refusal.article.instrument) == ("damage", basis.primary[0].id)


def test_the_clock_of_a_real_detention_runs_by_the_treaty_in_force():
    basis = law("TJ", "RU", EXTRADITION)
    journal = Journal(EXTRADITION)
    journal.add(DUSHANBE, "arrest.applied-for/1", content(EXTRADITION, "arrest.applied-for/1", basis))
    journal.add(MOSCOW, "detention.notified/1", {"detained_on": "2026-11-01", "place_of_detention": "Moscow"})
    folded = fold(journal.events, MACHINE)
    first = next(one for one in clocks(folded.state, folded.entries, basis) if one.name == "provisional-arrest")
    assert first.term is Term.LAW
    assert first.limit.instrument in {one.id for one in basis.applied}
    assert first.due == date(2026, 12, 10)


def test_the_term_for_taking_over_is_not_the_term_for_surrender_after_a_decision():
    basis = law("MD", "UA", EXTRADITION)
    journal = Journal(EXTRADITION)
    journal.add(DUSHANBE, "request.sent/1", content(EXTRADITION, "request.sent/1", basis))
    journal.add(MOSCOW, "request.registered/1", {"number": "81/3", "received_on": "2026-11-03"})
    journal.add(MOSCOW, "extradition.granted/1", {})
    journal.add(MOSCOW, "surrender.agreed/1", {"surrender_on": "2026-11-20"})
    folded = fold(journal.events, MACHINE)
    assert {(one.topic, one.instrument, one.length) for one in basis.time_limits} >= {
        ("surrender-after-decision", "coe-extradition-p3-2010", 10),
        ("surrender", "coe-extradition-1957", 15),
    }
    counted = [one.limit.instrument for one in clocks(folded.state, folded.entries, basis) if one.name == "taking-over"]
    assert counted == ["coe-extradition-1957"]
    simplified = next(one for one in basis.time_limits if one.topic == "surrender-after-decision")
    assert deadline(simplified, date(2026, 11, 1)).due == date(2026, 11, 10)  # a person is held: the first day counts


def test_a_real_ground_and_a_real_check_carry_a_refusal():
    basis = law("TJ", "RU", EXTRADITION)
    journal = Journal(EXTRADITION)
    journal.add(DUSHANBE, "request.sent/1", content(EXTRADITION, "request.sent/1", basis))
    journal.add(MOSCOW, "request.registered/1", {"number": "81/3", "received_on": "2026-11-03"})
    state = fold(journal.events, MACHINE).state
    offered = {one.ground: one for one in grounds(basis)}
    assert {"own-national", "torture"} <= set(offered)
    for ground in ("own-national", "torture"):
        refuse = content(EXTRADITION, "extradition.refused/1", basis) | {"ground": offered[ground].value()}
        assert isinstance(decide(state, MOSCOW, "extradition.refused/1", refuse, basis), Accepted)


def test_a_danger_of_torture_bars_a_real_extradition():
    basis = law("TJ", "RU", EXTRADITION)
    journal = Journal(EXTRADITION)
    journal.add(DUSHANBE, "request.sent/1", {})
    journal.add(MOSCOW, "request.registered/1", {})
    state = fold(journal.events, MACHINE).state
    grant = content(EXTRADITION, "extradition.granted/1", basis)
    assert isinstance(decide(state, MOSCOW, "extradition.granted/1", grant, basis), Accepted)
    check = next(one for one in basis.human_rights if "torture" in one.grounds and one.absolute)
    risk = [one | ({"answer": "risk", "reasons": "Reports."} if one["check"] == check.id else {}) for one in grant["checks"]]
    refusal = decide(state, MOSCOW, "extradition.granted/1", grant | {"checks": risk}, basis)
    assert (refusal.ground, refusal.article.instrument) == (No.RISK, check.id)
