"""A journal folds to one state: from the acts alone, in any order of delivery, for both offices, erased or not, known or not."""

from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from comity.identifiers import OfficeId
from comity.journal import Verdict, fold
from comity.procedures import (
    Accepted,
    No,
    ProcedureMachine,
    decide,
    fold_matter,
    gathered,
    holder,
    latest_of_each,
    open_moves,
    open_notes,
    opened_state,
    opening,
    procedure,
    procedures,
)
from tests.procedures.samples import ASTANA, DUSHANBE, MOSCOW, Journal, answers, basis, roles

EXTRADITION = procedure("extradition", 1)
CONSULTATION = procedure("consultation", 1)
MACHINE = ProcedureMachine()
LONGEST_WALK = 30
walks = settings(max_examples=25, deadline=None)
KINDS = st.sampled_from(procedures())


def law(procedure):
    return basis(procedure.law_kind) if procedure.law_kind else None


def do(journal, procedure, office, act, **how):
    journal.add(office, act, answers(procedure, procedure.action(act)), **how)
    return fold_matter(journal.events).state


def walk(data, procedure):
    """A matter that ends or is long: the holder makes a move it may make, the others add notes, some of them blindly."""
    journal = Journal(procedure)
    state = fold_matter(journal.events).state
    while not state.over and len(journal.events) < LONGEST_WALK:
        here = holder(state)
        move = data.draw(st.sampled_from(open_moves(state, here)))
        content = answers(procedure, move)
        assert decide(state, here, move.act, content, law(procedure)) == Accepted(act=move.act, content=content)
        for office in state.offices:
            for note in data.draw(st.lists(st.sampled_from([*open_notes(state, office), None]), max_size=1)):
                if note is not None and office != here:
                    journal.add(office, note.act, answers(procedure, note), blind=data.draw(st.booleans()))
        journal.add(here, move.act, content)
        state = replace(fold_matter(journal.events).state, state=procedure.state(move.to))
        yield journal, move, state


@walks
@for_all(data=st.data(), kind=KINDS)
def test_any_walk_along_open_moves_folds_to_where_it_led(data, kind):
    for journal, _move, expected in walk(data, kind):
        assert fold_matter(journal.events).state == expected


@walks
@for_all(data=st.data(), kind=KINDS)
def test_any_order_of_delivery_gives_both_offices_one_matter_without_void(data, kind):
    *_steps, (journal, _move, state) = walk(data, kind)
    ours, theirs = (fold_matter(data.draw(st.permutations(journal.events))) for _side in range(2))
    assert ours == theirs
    assert ours.state == state
    assert Verdict.VOID not in {entry.verdict for entry in ours.entries}


@walks
@for_all(data=st.data(), kind=KINDS)
def test_from_wherever_a_walk_led_the_end_can_be_reached(data, kind):
    for _journal, _move, state in walk(data, kind):
        reached, edge = set(), {state.state.name}
        while edge:
            reached |= edge
            edge = {move.to for move in kind.moves for name in move.at if name in edge} - reached
        assert any(kind.state(name).terminal for name in reached)


@walks
@for_all(data=st.data(), kind=KINDS)
def test_nobody_but_the_holder_is_offered_a_move_or_allowed_one(data, kind):
    for _journal, _move, state in walk(data, kind):
        others = [office for office in state.offices if office != holder(state)]
        assert all(open_moves(state, office) == () for office in others)
        for move in kind.moves:
            for office in others:
                assert decide(state, office, move.act, answers(kind, move), law(kind)).ground in (No.NOT_HOLDER, No.NOT_YOURS)


@pytest.mark.parametrize("kind", procedures(), ids=lambda one: one.name)
def test_a_move_by_who_does_not_hold_the_file_is_void_in_every_state(kind):
    journal = Journal(kind)
    for move in kind.moves:
        for office in (DUSHANBE, MOSCOW, ASTANA, OfficeId("uz-gpo")):
            event = Journal.add(journal, office, move.act, {})
            for place in kind.states:
                state = replace(opened_state(opening(kind, roles(kind), "")), state=place)
                after, verdict = MACHINE.step(state, event)
                moves = office == holder(state) and place.name in move.at
                assert verdict is (Verdict.MOVE if moves else Verdict.VOID)
                assert after.state.name == (move.to if moves else place.name)


def test_a_note_by_a_role_that_may_not_write_it_is_void():
    journal = Journal(EXTRADITION)
    for office, verdict in ((DUSHANBE, Verdict.VOID), (MOSCOW, Verdict.NOTE), (ASTANA, Verdict.VOID)):
        journal.add(office, "appeal.noted/1", {})
        assert fold(journal.events, MACHINE).entries[-1].verdict is verdict


ANSWERS = [(kind, move) for kind in procedures() for move in kind.moves if move.after]


@pytest.mark.parametrize(("kind", "move"), ANSWERS, ids=lambda one: getattr(one, "act", None) or one.name)
def test_a_move_that_answers_a_note_is_open_only_where_the_note_stands(kind, move):
    for name in move.at:
        place = replace(opened_state(opening(kind, roles(kind), "")), state=kind.state(name))
        mover, content = holder(place), answers(kind, move)
        assert move not in open_moves(place, mover)
        assert decide(place, mover, move.act, content, law(kind)).ground is No.NOT_ASKED
        asked = replace(place, asked=frozenset(move.after))
        assert move in open_moves(asked, mover)
        assert decide(asked, mover, move.act, content, law(kind)) == Accepted(act=move.act, content=content)


def test_every_acceptance_of_a_withdrawal_and_every_loan_answers_a_note():
    assert {(kind.name, move.act) for kind, move in ANSWERS} == {
        ("mutual-assistance", "withdrawal.accepted/1"),
        ("extradition", "withdrawal.accepted/1"),
        ("extradition", "person.lent/1"),
    }


def test_who_goes_on_with_the_matter_has_taken_the_wish_back():
    journal = Journal(EXTRADITION)
    do(journal, EXTRADITION, DUSHANBE, "request.sent/1")
    do(journal, EXTRADITION, MOSCOW, "request.registered/1")
    do(journal, EXTRADITION, DUSHANBE, "withdrawal.asked/1")
    assert do(journal, EXTRADITION, MOSCOW, "information.asked/1").asked == {"withdrawal.asked/1"}
    assert do(journal, EXTRADITION, DUSHANBE, "information.supplemented/1").asked == frozenset()


def test_a_wish_of_an_office_that_may_not_have_it_is_none():
    journal = Journal(EXTRADITION)
    do(journal, EXTRADITION, DUSHANBE, "request.sent/1")
    assert do(journal, EXTRADITION, MOSCOW, "withdrawal.asked/1").asked == frozenset()


def test_an_answer_that_nobody_asked_for_counts_all_the_same_so_that_every_order_of_delivery_gives_one_state():
    journal = Journal(EXTRADITION)
    do(journal, EXTRADITION, DUSHANBE, "request.sent/1")
    assert do(journal, EXTRADITION, MOSCOW, "withdrawal.accepted/1").state.name == "withdrawn"


def test_notes_written_at_the_same_time_commute():
    journal = Journal(CONSULTATION)
    do(journal, CONSULTATION, DUSHANBE, "consultation.sent/1")
    for office, position in ((MOSCOW, "objects"), (ASTANA, "agrees"), (MOSCOW, "agrees-with-remarks")):
        journal.add(office, "position.given/1", {"position": position}, blind=True)
    for events in (journal.events, journal.events[::-1]):
        folded = fold(events, MACHINE)
        latest = latest_of_each(folded.entries, "position.given/1")
        assert {office: entry.event.content.value["position"] for office, entry in latest.items()} == {
            MOSCOW: "agrees-with-remarks",
            ASTANA: "agrees",
        }
        assert folded.state.state.name == "open"


def test_a_note_written_on_an_older_view_still_counts():
    journal = Journal(EXTRADITION)
    do(journal, EXTRADITION, DUSHANBE, "request.sent/1")
    do(journal, EXTRADITION, MOSCOW, "request.registered/1")
    journal.add(MOSCOW, "detention.reported/1", {})  # offered before the request only
    assert fold(journal.events, MACHINE).entries[-1].verdict is Verdict.NOTE


def test_an_erased_matter_folds_to_the_same_state():
    journal = Journal(EXTRADITION)
    for office, act in (
        (DUSHANBE, "arrest.applied-for/1"),
        (MOSCOW, "detention.notified/1"),
        (DUSHANBE, "request.sent/1"),
        (MOSCOW, "request.registered/1"),
    ):
        do(journal, EXTRADITION, office, act)
    erased = [event if event.opens else event.without_content() for event in journal.events]
    assert fold(erased, MACHINE).state == fold(journal.events, MACHINE).state
    assert gathered(fold(erased, MACHINE).entries) == {}


def test_an_unknown_kind_is_kept_whole_and_all_its_acts_are_notes():
    journal = Journal(EXTRADITION)
    journal.add(DUSHANBE, "request.sent/1", {})
    journal.add(MOSCOW, "star.observed/7", {})
    folded = fold(journal.events, ProcedureMachine(find=lambda _name, _version: None))
    assert [entry.verdict for entry in folded.entries[1:]] == [Verdict.NOTE, Verdict.NOTE]
    assert folded.state.state.name == "unknown-kind"
    assert not folded.state.over
    assert holder(folded.state) is None


def test_a_newer_version_is_an_unknown_kind():
    state = opened_state({**opening(EXTRADITION, roles(EXTRADITION), ""), "version": 2})
    assert state.procedure is None
    assert (state.name, state.version) == ("extradition", 2)


@pytest.mark.parametrize(
    "played",
    [
        {"requesting": ["tj-gpo"]},
        {"requesting": ["tj-gpo"], "requested": ["ru-gpo", "kz-gpo"]},
        {"requesting": ["tj-gpo"], "requested": ["tj-gpo"]},
        {"requesting": ["tj-gpo"], "requested": ["ru-gpo"], "judge": ["kz-gpo"]},
        {"requesting": ["tj-gpo"], "requested": ["not an office"]},
        {"requesting": "tj-gpo", "requested": []},
        "everybody",
        None,
    ],
)
def test_roles_that_would_put_the_file_on_two_desks_are_not_taken(played):
    state = opened_state({"procedure": "extradition", "version": 1, "roles": played, "law": ""})
    assert state.procedure is None


def test_an_act_that_the_kind_does_not_have_is_void():
    journal = Journal(EXTRADITION)
    journal.add(DUSHANBE, "request.eaten/1", {})
    assert fold(journal.events, MACHINE).entries[-1].verdict is Verdict.VOID


def test_the_latest_answer_to_a_field_is_what_the_matter_says():
    journal = Journal(EXTRADITION)
    do(journal, EXTRADITION, DUSHANBE, "request.sent/1")
    do(journal, EXTRADITION, MOSCOW, "request.registered/1")
    do(journal, EXTRADITION, MOSCOW, "information.asked/1")
    content = answers(EXTRADITION, EXTRADITION.action("information.supplemented/1"))
    content["person_claimed"] = {"full_name": "R. M.", "birth_date": "1987"}
    journal.add(DUSHANBE, "information.supplemented/1", content)
    known = gathered(fold(journal.events, MACHINE).entries)
    assert known["person_claimed"] == {"full_name": "R. M.", "birth_date": "1987"}
    assert known["purpose"] == "prosecution"
    assert "roles" not in known


def test_what_a_note_or_a_void_act_says_does_not_change_what_the_matter_says():
    journal = Journal(EXTRADITION)
    do(journal, EXTRADITION, DUSHANBE, "request.sent/1")
    journal.add(MOSCOW, "message.written/1", {"text": "We read “damage” as nil.", "damage": "nil"})
    journal.add(MOSCOW, "request.sent/1", {"damage": "nil"})
    known = gathered(fold(journal.events, MACHINE).entries)
    assert known["damage"] == "Answer to damage"
    assert "text" not in known
