"""Procedures that could break their promise are refused, with the reason in words."""

from dataclasses import replace

import pytest

from comity.procedures import (
    Clock,
    Condition,
    Field,
    Kind,
    Move,
    Note,
    Procedure,
    ProcedureError,
    Role,
    State,
    check,
    procedures,
)
from comity.procedures.registry import register

TEXT = Field("text", Kind.TEXT, label="Text", why="What is said.")
DAY = Field("day", Kind.DATE, label="Day", why="When.")
SENT = Move("request.sent/1", label="Send", done="{office} sent", by="asking", at=("draft",), to="there", asks=("text", "day"))
ANSWERED = Move("request.answered/1", label="Answer", done="{office} answered", by="asked", at=("there",), to="done", asks=("text",))
MESSAGE = Note("message.written/1", label="Write", done="{office} wrote", by=("asking", "asked"), asks=("text",))
GOOD = Procedure(
    name="question",
    version=1,
    title="Question",
    summary="One asks, one answers.",
    law_kind="mla",
    subject="text",
    roles=(Role("asking", "Asking"), Role("asked", "Asked")),
    initial="draft",
    states=(State("draft", label="Draft", holder="asking"), State("there", label="There", holder="asked"), State("done", label="Done")),
    fields=(TEXT, DAY),
    moves=(SENT, ANSWERED),
    notes=(MESSAGE,),
    clocks=(Clock("answer", label="Answer", starts=("request.sent/1",), stops=("request.answered/1",), start_field="day", target_days=3),),
)
CLOCK = GOOD.clocks[0]


def test_a_sound_procedure_passes():
    assert check(GOOD) is GOOD


def test_every_kind_in_the_registry_passes():
    assert [check(one).name for one in procedures()] == ["consultation", "extradition", "mutual-assistance"]


BROKEN = {
    "two holders": (
        replace(GOOD, states=(*GOOD.states, State("there", label="There", holder="asking"))),
        "State “there” has two holders.",
    ),
    "many holders": (
        replace(GOOD, roles=(Role("asking", "Asking"), Role("asked", "Asked", many=True))),
        "State “there” is held by “asked”, which many offices play: the file would lie on many desks.",
    ),
    "act declared twice": (
        replace(GOOD, moves=(*GOOD.moves, ANSWERED)),
        "Act “request.answered/1” is declared twice.",
    ),
    "move by a non-holder": (
        replace(GOOD, moves=(*GOOD.moves, replace(ANSWERED, act="request.dropped/1", by="asking"))),
        "Move “request.dropped/1” by “asking” changes the state “there”, which “asked” holds.",
    ),
    "move from the end": (
        replace(GOOD, moves=(*GOOD.moves, replace(ANSWERED, act="request.reopened/1", at=("done",), to="there"))),
        "Move “request.reopened/1” leaves the state “done”, which is the end.",
    ),
    "unreachable state": (
        replace(GOOD, states=(*GOOD.states, State("limbo", label="Limbo"))),
        "State “limbo” cannot be reached.",
    ),
    "dead end": (
        replace(
            GOOD,
            states=(*GOOD.states, State("stuck", label="Stuck", holder="asked")),
            moves=(*GOOD.moves, replace(ANSWERED, act="request.lost/1", to="stuck")),
        ),
        "State “stuck” is a dead end: no way leads from it to an end.",
    ),
    "endless loop": (
        replace(GOOD, moves=(SENT, replace(ANSWERED, to="draft"))),
        "State “draft” is a dead end: no way leads from it to an end.",
    ),
    "field nobody asks": (
        replace(GOOD, fields=(*GOOD.fields, replace(TEXT, name="orphan"))),
        "Field “orphan” is asked by nobody.",
    ),
    "unknown field": (
        replace(GOOD, moves=(replace(SENT, asks=("text", "day", "colour")), ANSWERED)),
        "Act “request.sent/1” asks the unknown field “colour”.",
    ),
    "field asked twice": (
        replace(GOOD, moves=(replace(SENT, may=("text",)), ANSWERED)),
        "Act “request.sent/1” asks the field “text” twice.",
    ),
    "unknown role of a move": (
        replace(GOOD, moves=(SENT, replace(ANSWERED, by="judge"))),
        "Act “request.answered/1” is done by the unknown role “judge”.",
    ),
    "unknown role of a note": (
        replace(GOOD, notes=(replace(MESSAGE, by=("clerk",)),)),
        "Act “message.written/1” is done by the unknown role “clerk”.",
    ),
    "unknown holder": (
        replace(GOOD, states=(*GOOD.states[:2], State("done", label="Done", holder="nobody"))),
        "State “done” is held by the unknown role “nobody”.",
    ),
    "idle role": (
        replace(GOOD, roles=(*GOOD.roles, Role("watching", "Watching"))),
        "Role “watching” can do nothing.",
    ),
    "note that moves": (
        replace(GOOD, notes=(MESSAGE, replace(MESSAGE, act="request.answered/1"))),
        "Note “request.answered/1” would change the state: it is also a move.",
    ),
    "act without version": (
        replace(GOOD, notes=(replace(MESSAGE, act="message"),)),
        "Act “message” has not the form “request.sent/1”.",
    ),
    "unknown target state": (
        replace(GOOD, moves=(SENT, replace(ANSWERED, to="heaven"))),
        "Act “request.answered/1” names the unknown state “heaven”.",
    ),
    "unknown initial state": (replace(GOOD, initial="dawn"), "The initial state “dawn” is unknown."),
    "act without words": (
        replace(GOOD, notes=(replace(MESSAGE, done="wrote"),)),
        "Act “message.written/1” needs a label, and a sentence with {office} for the record.",
    ),
    "subject that is no field": (replace(GOOD, subject="title"), "The subject “title” is no field."),
    "field without reason": (replace(GOOD, fields=(replace(TEXT, why=""), DAY)), "Field “text” needs a label and a reason."),
    "choice of nothing": (replace(GOOD, fields=(replace(TEXT, kind=Kind.CHOICE), DAY)), "Field “text” offers nothing to choose."),
    "person without parts": (
        replace(GOOD, fields=(replace(TEXT, kind=Kind.PERSON), DAY)),
        "Field “text” has parts where its kind has none, or none where it needs them.",
    ),
    "condition not asked": (
        replace(GOOD, fields=(replace(TEXT, when=Condition("day", ("2026-11-22",))), DAY)),
        "Act “request.answered/1” asks the field “text” but not “day”, on which it depends.",
    ),
    "condition on nothing": (
        replace(GOOD, fields=(replace(TEXT, when=Condition("mood", ("good",))), DAY)),
        "Field “text” depends on the unknown field “mood”.",
    ),
    "clock on an unknown act": (
        replace(GOOD, clocks=(replace(CLOCK, stops=("request.forgotten/1",)),)),
        "Clock “answer” waits for the unknown act “request.forgotten/1”.",
    ),
    "clock on an unknown field": (
        replace(GOOD, clocks=(replace(CLOCK, start_field="hour"),)),
        "Clock “answer” reads the unknown field “hour”.",
    ),
    "clock on a text": (
        replace(GOOD, clocks=(replace(CLOCK, start_field="text"),)),
        "Clock “answer” reads “text”, which is not a date.",
    ),
    "clock on a field of another act": (
        replace(GOOD, clocks=(replace(CLOCK, starts=("request.answered/1",), stops=("request.sent/1",)),)),
        "Clock “answer” reads “day”, which “request.answered/1” does not ask.",
    ),
    "clock in an unknown state": (
        replace(GOOD, clocks=(replace(CLOCK, states=("noon",)),)),
        "Clock “answer” runs in the unknown state “noon”.",
    ),
    "clock that never stops": (replace(GOOD, clocks=(replace(CLOCK, stops=()),)), "Clock “answer” never starts or never stops."),
    "safeguards without checks": (
        replace(GOOD, moves=(SENT, replace(ANSWERED, safeguards=True))),
        "Move “request.answered/1” has safeguards but does not ask the human-rights checks.",
    ),
    "checklist without law": (
        replace(GOOD, law_kind=None, moves=(replace(SENT, checklist=True), ANSWERED)),
        "Move “request.sent/1” follows the law's checklist, but the procedure has no kind of the register.",
    ),
    "ground without law": (
        replace(GOOD, law_kind=None, fields=(replace(TEXT, kind=Kind.GROUND), DAY)),
        "Field “text” takes its answers from the law, but the procedure has no kind of the register.",
    ),
    "answer to an unknown note": (
        replace(GOOD, moves=(*GOOD.moves, replace(ANSWERED, act="wish.granted/1", after=("wish.made/1",)))),
        "Move “wish.granted/1” answers the unknown note “wish.made/1”.",
    ),
    "answer to a move": (
        replace(GOOD, moves=(*GOOD.moves, replace(ANSWERED, act="wish.granted/1", after=("request.sent/1",)))),
        "Move “wish.granted/1” answers the unknown note “request.sent/1”.",
    ),
    "answer to oneself": (
        replace(
            GOOD,
            moves=(*GOOD.moves, replace(ANSWERED, act="wish.granted/1", after=("wish.made/1",))),
            notes=(MESSAGE, replace(MESSAGE, act="wish.made/1", by=("asked",))),
        ),
        "Move “wish.granted/1” answers “wish.made/1”, which its own author writes.",
    ),
    "answer before the question": (
        replace(
            GOOD,
            moves=(*GOOD.moves, replace(ANSWERED, act="wish.granted/1", after=("wish.made/1",))),
            notes=(MESSAGE, replace(MESSAGE, act="wish.made/1", by=("asking",), at=("done",))),
        ),
        "Move “wish.granted/1” starts at “there”, where “wish.made/1” cannot have been written yet.",
    ),
    "end only by an answer": (
        replace(
            GOOD,
            moves=(SENT, replace(ANSWERED, after=("wish.made/1",))),
            notes=(MESSAGE, replace(MESSAGE, act="wish.made/1", by=("asking",))),
        ),
        "State “there” is a dead end: no way leads from it to an end.",
    ),
    "move from nowhere": (
        replace(GOOD, moves=(*GOOD.moves, replace(SENT, act="request.dreamt/1", at=()))),
        "Move “request.dreamt/1” starts nowhere.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_procedure_is_refused_with_its_reason(name):
    broken, words = BROKEN[name]
    with pytest.raises(ProcedureError) as refused:
        check(broken)
    assert words in refused.value.faults
    assert refused.value.where == "question/1"


def test_a_move_that_answers_a_note_passes_beside_another_way_to_the_end():
    answer = replace(ANSWERED, act="wish.granted/1", after=("wish.made/1",))
    wish = replace(MESSAGE, act="wish.made/1", by=("asking",), at=("there",))
    assert check(replace(GOOD, moves=(*GOOD.moves, answer), notes=(MESSAGE, wish)))


def test_the_registry_refuses_a_broken_kind_when_it_is_loaded():
    with pytest.raises(ProcedureError, match="cannot be reached"):
        register([BROKEN["unreachable state"][0]])


def test_the_registry_refuses_one_version_declared_twice():
    with pytest.raises(ProcedureError, match="Version 1 of “question” is declared twice"):
        register([GOOD, GOOD])
