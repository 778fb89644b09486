"""Consultation: one office asks several for their positions by a date, then concludes.

Positions are notes: they commute, so any number of offices may answer at once and in any order. The latest position of an office counts.
The file lies with the asking office throughout; it may extend the date, conclude or cancel.
"""

from comity.procedures.fields import PAPERS, REASONS, TEXT
from comity.procedures.model import Choice, Clock, Field, Kind, Move, Note, Procedure, Role, State
from comity.words import _

CONSULTATION = Procedure(
    name="consultation",
    version=1,
    title=_("Consultation"),
    summary=_("One office asks several for their positions by a date, and concludes."),
    law_kind=None,
    subject="topic",
    roles=(Role("asking", _("Asking office")), Role("asked", _("Asked office"), many=True)),
    initial="drafting",
    states=(
        State("drafting", label=_("In draft"), holder="asking", waiting=_("The question is to be completed, approved and sent.")),
        State(
            "open",
            label=_("Positions awaited"),
            holder="asking",
            waiting=_("The asked offices are to give their positions by the date set."),
        ),
        State("concluded", label=_("Consultation concluded")),
        State("cancelled", label=_("Consultation cancelled")),
    ),
    fields=(
        Field("topic", Kind.TEXT, label=_("Topic"), why=_("It titles the matter in every office.")),
        Field(
            "question", Kind.LONG_TEXT, label=_("Question put to the offices"), why=_("What the offices are asked to take a position on.")
        ),
        Field("answer_by", Kind.DATE, label=_("Positions asked by"), why=_("The day you set. The law sets none.")),
        Field(
            "position",
            Kind.CHOICE,
            label=_("Position taken"),
            why=_("No interest and objection are different answers and are never merged."),
            choices=(
                Choice("agrees", _("Agrees")),
                Choice("agrees-with-remarks", _("Agrees with remarks")),
                Choice("objects", _("Objects to it")),
                Choice("no-interest", _("Has no interest in the matter")),
            ),
        ),
        Field("remarks", Kind.LONG_TEXT, label=_("Remarks and proposals"), why=_("Article by article where the question is about a text.")),
        Field(
            "conclusion",
            Kind.LONG_TEXT,
            label=_("Conclusion of the consultation"),
            why=_("What follows from the positions, and which could not be met."),
        ),
        TEXT,
        REASONS,
        PAPERS,
    ),
    moves=(
        Move(
            "consultation.sent/1",
            label=_("Send the question"),
            done=_("{office} sent the question"),
            by="asking",
            at=("drafting",),
            to="open",
            asks=("topic", "question", "answer_by"),
            may=("papers",),
            approval=True,
        ),
        Move(
            "term.extended/1",
            label=_("Extend the date"),
            done=_("{office} extended the date"),
            by="asking",
            at=("open",),
            to="open",
            asks=("answer_by",),
            may=("reasons",),
        ),
        Move(
            "consultation.concluded/1",
            label=_("Conclude the consultation"),
            done=_("{office} concluded the consultation"),
            by="asking",
            at=("open",),
            to="concluded",
            asks=("conclusion",),
            may=("papers",),
            approval=True,
        ),
        Move(
            "consultation.cancelled/1",
            label=_("Cancel the consultation"),
            done=_("{office} cancelled the consultation"),
            by="asking",
            at=("open",),
            to="cancelled",
            asks=("reasons",),
        ),
    ),
    notes=(
        Note(
            "position.given/1",
            label=_("Give our position"),
            done=_("{office} gave its position"),
            by=("asked",),
            at=("open",),
            asks=("position",),
            may=("remarks", "papers"),
            approval=True,
        ),
        Note(
            "message.written/1",
            label=_("Write a message"),
            done=_("{office} wrote a message"),
            by=("asking", "asked"),
            asks=("text",),
            may=("papers",),
        ),
        Note(
            "reminder.sent/1",
            label=_("Remind"),
            done=_("{office} reminded"),
            by=("asking",),
            at=("open",),
            may=("text",),
        ),
    ),
    clocks=(
        Clock(
            "positions",
            label=_("Positions due"),
            starts=("consultation.sent/1", "term.extended/1"),
            stops=("consultation.concluded/1", "consultation.cancelled/1"),
            ends_field="answer_by",
            consequence=_("The asking office may conclude without the positions that are not given."),
        ),
    ),
)
