"""Which terms run, from which day, until which, by which article."""

from dataclasses import replace
from datetime import date, timedelta

from comity.journal import fold
from comity.law.load import default_register
from comity.law.model import Unit
from comity.law.reckoning import EndOnDayOff, Reckoning
from comity.law.steps import StepKind
from comity.procedures import ProcedureMachine, Term, clocks, procedure
from tests.procedures.samples import DUSHANBE, MOSCOW, Journal, answers, basis, limit

EXTRADITION = procedure("extradition", 1)
ASSISTANCE = procedure("mutual-assistance", 1)
CONSULTATION = procedure("consultation", 1)
MACHINE = ProcedureMachine()
CALENDARS = default_register().calendars
FORTY = limit("provisional-arrest", 40, "62")
SURRENDER = limit("surrender", 15, "67", extension=15)


def run(procedure, steps, law, calendars=None, **how):
    journal = Journal(procedure)
    for office, act, content in steps:
        journal.add(office, act, content if content is not None else answers(procedure, procedure.action(act)), **how)
    folded = fold(journal.events, MACHINE)
    return clocks(folded.state, folded.entries, law, calendars)


DETAINED = [
    (DUSHANBE, "arrest.applied-for/1", None),
    (MOSCOW, "detention.notified/1", {"detained_on": "2026-11-01", "place_of_detention": "Moscow"}),
]


def named(running, name):
    return next((one for one in running if one.name == name), None)


def test_detention_before_the_request_runs_from_the_day_of_detention_by_the_article():
    running = run(EXTRADITION, DETAINED, basis(time_limits=(FORTY,)))
    clock = named(running, "provisional-arrest")
    assert (clock.term, clock.started_on, clock.due) == (Term.LAW, date(2026, 11, 1), date(2026, 12, 10))
    assert (clock.limit.instrument, clock.limit.article) == ("minsk-1993", "62")
    assert (clock.day(date(2026, 11, 23)), clock.days, clock.left(date(2026, 11, 23))) == (23, 40, 17)


def test_the_request_and_the_release_stop_it():
    for office, act in ((DUSHANBE, "request.sent/1"), (MOSCOW, "release.notified/1"), (DUSHANBE, "request.withdrawn/1")):
        assert named(run(EXTRADITION, [*DETAINED, (office, act, None)], basis(time_limits=(FORTY,))), "provisional-arrest") is None


def test_two_ways_to_count_are_both_shown_the_earlier_first():
    law = basis(time_limits=(limit("provisional-arrest", 2, "10", "montevideo-extradition-1933", Unit.MONTHS), FORTY))
    running = [one for one in run(EXTRADITION, DETAINED, law) if one.name == "provisional-arrest"]
    assert [one.limit.instrument for one in running] == ["minsk-1993", "montevideo-extradition-1933"]


def test_a_limit_with_a_longest_gives_both_days():
    law = basis(time_limits=(limit("provisional-arrest", 18, "16", "coe-extradition-1957", longest=40),))
    clock = named(run(EXTRADITION, DETAINED, law), "provisional-arrest")
    assert (clock.due, clock.longest) == (date(2026, 11, 18), date(2026, 12, 10))


def test_a_target_is_ours_and_not_law():
    clock = named(run(EXTRADITION, DETAINED, basis()), "request")
    assert (clock.term, clock.limit, clock.due) == (Term.TARGET, None, date(2026, 12, 1))


def test_where_the_law_is_silent_the_clock_says_so():
    clock = named(run(EXTRADITION, DETAINED, basis()), "provisional-arrest")
    assert (clock.term, clock.due, clock.left(date(2026, 11, 23))) == (Term.NONE, None, None)
    assert [str(one) for one in clock.warnings] == ["The law sets no term."]


def test_a_detention_without_application_starts_the_clock_too():
    steps = [(MOSCOW, "detention.reported/1", {"detained_on": "2026-11-01", "place_of_detention": "Moscow"})]
    assert named(run(EXTRADITION, steps, basis(time_limits=(FORTY,))), "provisional-arrest").due == date(2026, 12, 10)


def test_a_report_that_crosses_the_request_starts_nothing():
    steps = [(DUSHANBE, "request.sent/1", None), (MOSCOW, "detention.reported/1", None)]
    assert named(run(EXTRADITION, steps, basis(time_limits=(FORTY,)), blind=True), "provisional-arrest") is None


def test_an_erased_day_is_counted_from_the_entry_and_says_so():
    journal = Journal(EXTRADITION)
    for office, act, content in DETAINED:
        journal.add(office, act, content or answers(EXTRADITION, EXTRADITION.action(act)))
    events = [event if event.opens else event.without_content() for event in journal.events]
    folded = fold(events, MACHINE)
    clock = named(clocks(folded.state, folded.entries, basis(time_limits=(FORTY,))), "provisional-arrest")
    assert clock.started_on == date(2026, 11, 2)
    assert [str(one) for one in clock.warnings] == ["Counted from the date of the entry: the day itself is not known here."]


def test_a_month_without_the_day_has_no_date_and_says_why():
    law = basis(time_limits=(limit("additional-information", 1, "59", unit=Unit.MONTHS),))
    steps = [
        (DUSHANBE, "request.sent/1", None),
        (MOSCOW, "request.registered/1", None),
        (MOSCOW, "information.asked/1", {"questions": "Which?"}),
    ]
    journal = Journal(EXTRADITION)
    journal.at = journal.at.replace(month=10, day=31, hour=1)
    for office, act, content in steps:
        journal.add(office, act, content or answers(EXTRADITION, EXTRADITION.action(act)))
    folded = fold(journal.events, MACHINE)
    clock = named(clocks(folded.state, folded.entries, law), "additional-information")
    assert clock.due is None
    assert clock.warnings[0].say() == "The month has no such day, and no source says how to round."


def test_taking_over_runs_from_the_agreed_day_with_its_extension():
    steps = [
        (DUSHANBE, "request.sent/1", None),
        (MOSCOW, "request.registered/1", None),
        (MOSCOW, "extradition.granted/1", None),
        (MOSCOW, "surrender.agreed/1", {"surrender_on": "2026-12-01", "surrender_place": "Domodedovo"}),
    ]
    running = run(EXTRADITION, steps, basis(time_limits=(SURRENDER,)))
    assert [(one.name, one.term, one.due) for one in running] == [
        ("surrender-date", Term.FIXED, date(2026, 12, 1)),
        ("taking-over", Term.LAW, date(2026, 12, 15)),
    ]
    assert running[1].extended == date(2026, 12, 30)
    later = [
        *steps,
        (MOSCOW, "person.not-taken-over/1", {}),
        (MOSCOW, "surrender.agreed/1", {"surrender_on": "2026-12-10", "surrender_place": "Domodedovo"}),
    ]
    assert named(run(EXTRADITION, later, basis(time_limits=(SURRENDER,))), "taking-over").due == date(2026, 12, 24)


def test_assistance_takes_the_term_of_the_law_and_the_target_only_where_there_is_none():
    steps = [(DUSHANBE, "request.sent/1", None), (MOSCOW, "request.registered/1", {"number": "1", "received_on": "2026-11-03"})]
    law = basis("mla", time_limits=(limit("execution", 30, "", "chisinau-2002"),))
    assert [(one.term, one.due) for one in run(ASSISTANCE, steps, law) if one.name == "execution"] == [(Term.LAW, date(2026, 12, 3))]
    assert [(one.term, one.due) for one in run(ASSISTANCE, steps, basis("mla")) if one.name == "execution"] == [
        (Term.TARGET, date(2027, 1, 2))
    ]


def test_the_day_results_are_wanted_by_is_a_fixed_day():
    steps = [(DUSHANBE, "request.sent/1", answers(ASSISTANCE, ASSISTANCE.action("request.sent/1"), wanted_by="2026-12-24"))]
    clock = named(run(ASSISTANCE, steps, basis("mla")), "results-wanted")
    assert (clock.term, clock.due) == (Term.FIXED, date(2026, 12, 24))


def test_an_extended_date_replaces_the_first():
    steps = [
        (DUSHANBE, "consultation.sent/1", {"topic": "T", "question": "Q", "answer_by": "2026-12-01"}),
        (DUSHANBE, "term.extended/1", {"answer_by": "2026-12-15"}),
    ]
    assert [(one.name, one.due) for one in run(CONSULTATION, steps, None)] == [("positions", date(2026, 12, 15))]


def test_nothing_runs_after_the_end():
    steps = [(DUSHANBE, "request.sent/1", None), (MOSCOW, "request.returned/1", None)]
    assert run(ASSISTANCE, steps, basis("mla")) == ()


def test_preserved_data_are_kept_for_the_term_of_the_instrument():
    steps = [(DUSHANBE, "request.sent/1", None), (MOSCOW, "data.preserved/1", {"preserved_on": "2026-11-03"})]
    law = basis("mla", time_limits=(limit("preservation", 60, "29", "budapest-2001"),))
    clock = named(run(ASSISTANCE, steps, law), "preservation")
    assert (clock.term, clock.due) == (Term.LAW, date(2027, 1, 2))


def test_a_void_act_starts_and_stops_nothing():
    void_start = [(DUSHANBE, "detention.notified/1", {"detained_on": "2026-11-01"})]
    assert named(run(EXTRADITION, void_start, basis(time_limits=(FORTY,))), "provisional-arrest") is None
    void_stop = [*DETAINED, (MOSCOW, "request.sent/1", {})]
    assert named(run(EXTRADITION, void_stop, basis(time_limits=(FORTY,))), "provisional-arrest").due == date(2026, 12, 10)


# By the days of a State


def test_the_moment_of_an_act_is_the_day_it_was_in_the_state_whose_law_runs():
    """At 21:30 in UTC it is the next day in Moscow."""
    journal = Journal(EXTRADITION)
    journal.at = journal.at.replace(hour=20, minute=30)
    for office, act in ((DUSHANBE, "request.sent/1"), (MOSCOW, "request.registered/1"), (MOSCOW, "information.asked/1")):
        journal.add(office, act, answers(EXTRADITION, EXTRADITION.action(act), answer_by=None, received_on="2026-11-02"))
    folded = fold(journal.events, MACHINE)
    law = basis(time_limits=(limit("additional-information", 30, "59"),))
    in_moscow = named(clocks(folded.state, folded.entries, law, CALENDARS), "additional-information")
    in_utc = named(clocks(folded.state, folded.entries, law), "additional-information")
    assert (in_moscow.started_on - in_utc.started_on, in_moscow.due - in_utc.due) == (timedelta(days=1), timedelta(days=1))
    assert (in_moscow.state, in_utc.state) == ("RU", None)
    assert any("time zone Europe/Moscow" in step.say() for step in in_moscow.steps)


def test_a_term_in_working_days_follows_the_calendar_of_the_requested_state():
    """4 November is Unity Day: 5 and 6 are days 1 and 2, the weekend of 7 is off, 9 is day 3."""
    law = basis("mla", time_limits=(limit("execution", 3, "", "chisinau-2002", Unit.WORKING_DAYS),))
    steps = [(DUSHANBE, "request.sent/1", None), (MOSCOW, "request.registered/1", {"number": "1", "received_on": "2026-11-03"})]
    clock = named(run(ASSISTANCE, steps, law, CALENDARS), "execution")
    assert (clock.due, clock.latest, clock.state) == (date(2026, 11, 9), date(2026, 11, 9), "RU")
    without = named(run(ASSISTANCE, steps, law), "execution")
    assert (without.due, [str(one) for one in without.warnings]) == (
        None,
        ["Working days are counted by the calendar of a State, and the register holds none of this State."],
    )


def test_where_days_may_still_move_a_clock_has_an_earliest_and_a_latest_end():
    law = replace(basis("mla", time_limits=(limit("execution", 3, "", "chisinau-2002", Unit.WORKING_DAYS),)), requested="KZ")
    steps = [(DUSHANBE, "request.sent/1", None), (MOSCOW, "request.registered/1", {"number": "1", "received_on": "2026-11-03"})]
    clock = named(run(ASSISTANCE, steps, law, CALENDARS), "execution")
    assert (clock.due, clock.latest) == (date(2026, 11, 6), date(2026, 11, 10))
    assert any(step.kind is StepKind.RANGE for step in clock.steps)


def test_a_warning_comes_with_the_clock():
    warned = replace(FORTY, reckoning=Reckoning(warn_days=10, end_on_day_off=EndOnDayOff.STAYS))
    clock = named(run(EXTRADITION, DETAINED, basis(time_limits=(warned,)), CALENDARS), "provisional-arrest")
    assert (clock.due, clock.warn_on) == (date(2026, 12, 10), date(2026, 11, 30))


ASKED = [
    (DUSHANBE, "request.sent/1", None),
    (MOSCOW, "request.registered/1", {"number": "1", "received_on": "2026-11-03"}),
    (MOSCOW, "information.asked/1", {"questions": "Which?"}),
]
ANSWERED = [*ASKED, (DUSHANBE, "information.supplemented/1", {"supplement": "This."})]


def test_a_target_stands_while_information_is_awaited_and_goes_on_by_as_many_days():
    """Asked on the 2nd, answered on the 12th. Day 1 is the 4th, so that of the days 3 to 12 nine lie in the term."""
    waiting = named(run(ASSISTANCE, ASKED, basis("mla")), "execution")
    assert (waiting.term, waiting.due) == (Term.TARGET, None)
    assert [str(one) for one in waiting.warnings] == ["The clock stands; the day can be counted when it runs again."]
    journal = Journal(ASSISTANCE)
    for office, act, content in ANSWERED:
        journal.at += timedelta(days=10 if act == "information.supplemented/1" else 0)
        journal.add(office, act, content if content is not None else answers(ASSISTANCE, ASSISTANCE.action(act)))
    folded = fold(journal.events, MACHINE)
    answered = named(clocks(folded.state, folded.entries, basis("mla")), "execution")
    assert answered.due == date(2027, 1, 11)
    assert sum(step.days for step in answered.steps) == 69
    assert [one.say() for one in answered.steps if one.kind is StepKind.STOOD] == [
        "The clock stands from 3 November 2026 to 12 November 2026; not counted: 9 days."
    ]


def test_a_term_of_the_law_stands_only_where_its_source_says_so():
    term = limit("execution", 30, "", "chisinau-2002")
    for may_stand, due in ((False, date(2026, 12, 3)), (True, None)):
        law = basis("mla", time_limits=(replace(term, reckoning=Reckoning(may_stand=may_stand)),))
        assert named(run(ASSISTANCE, ASKED, law), "execution").due == due


def test_an_extension_that_was_given_moves_the_end_and_none_is_left():
    term = limit("additional-information", 1, "59", unit=Unit.MONTHS, extension=1)
    law = basis(time_limits=(term,))
    asked = named(run(EXTRADITION, ASKED, law), "additional-information")
    given = [*ASKED, (MOSCOW, "information-term.extended/1", {"reasons": "Asked for."})]
    extended = named(run(EXTRADITION, given, law), "additional-information")
    assert extended.due == asked.extended
    assert extended.due > asked.due
    assert extended.extended is None


def test_an_extension_the_instrument_does_not_give_changes_nothing():
    law = basis(time_limits=(limit("additional-information", 30, "59"),))
    given = [*ASKED, (MOSCOW, "information-term.extended/1", {"reasons": "Asked for."})]
    assert (
        named(run(EXTRADITION, given, law), "additional-information").due
        == named(run(EXTRADITION, ASKED, law), "additional-information").due
    )


def test_a_target_tells_its_count_and_no_source():
    steps = named(run(EXTRADITION, DETAINED, basis()), "request").steps
    words = [step.say() for step in steps]
    assert words == ["It starts on 1 November 2026.", "Day 1 is 2 November 2026.", "It lasts 30 days.", "The last day is 1 December 2026."]
