"""Which terms run, from which day, until which, by which article."""

from datetime import date

from comity.journal import fold
from comity.law.model import Unit
from comity.procedures import ProcedureMachine, Term, clocks, procedure
from tests.procedures.samples import DUSHANBE, MOSCOW, Journal, answers, basis, limit

EXTRADITION = procedure("extradition", 1)
ASSISTANCE = procedure("mutual-assistance", 1)
CONSULTATION = procedure("consultation", 1)
MACHINE = ProcedureMachine()
FORTY = limit("provisional-arrest", 40, "62")
SURRENDER = limit("surrender", 15, "67", extension=15)


def run(procedure, steps, law, **how):
    journal = Journal(procedure)
    for office, act, content in steps:
        journal.add(office, act, content if content is not None else answers(procedure, procedure.action(act)), **how)
    folded = fold(journal.events, MACHINE)
    return clocks(folded.state, folded.entries, law)


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
