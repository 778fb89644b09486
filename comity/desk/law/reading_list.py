"""What to read first: unverified facts by how many answers between our State and the region rest on each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.components.model import Certainty
from comity.desk.law.sources import Source, source
from comity.desk.matters.citations import state_name
from comity.identifiers import StateCode
from comity.law import Register
from comity.law.matrix import REGION
from comity.law.naming import fact_title, key_title
from comity.law.todo import Todo, todo

SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """One fact to read: how many answers rest on it, what of it was not read, where to look."""

    address: str
    title: str
    answers: int
    uncertain: int
    keys: str
    certainty: Certainty
    look_in: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingList:
    """The facts to read, the most telling first. `lead` says which answers were counted; `more` how many facts are not shown."""

    lead: str
    rows: tuple[ToRead, ...]
    count: int
    more: int


def reading_list(register: Register, state: StateCode, on: date, language: str) -> ReadingList:
    """What a reader of this State's office should read first; facts on which no answer rests are left out."""
    questions = tuple(_questions(register, state))
    found = [one for one in _todo(register, state, on) if one.answers]
    said = _(
        "Counted over %(answers)s answers: every kind of request between %(state)s and each State of the region, both ways, on this day."
    )
    return ReadingList(
        lead=said % {"answers": len(questions), "state": state_name(state, language)},
        rows=tuple(_row(one, register, language) for one in found[:SHOWN]),
        count=len(found),
        more=max(len(found) - SHOWN, 0),
    )


def _questions(register: Register, state: StateCode) -> Iterator[tuple[StateCode, StateCode, str]]:
    for other in REGION:
        if other != state:
            yield from ((state, other, kind) for kind in register.kinds)
            yield from ((other, state, kind) for kind in register.kinds)


# A register is the same only where it is the same object: another release, or another confirmation of the office, is another one.
@lru_cache(maxsize=4)
def _todo(register: Register, state: StateCode, on: date) -> tuple[Todo, ...]:
    return todo(register, on, _questions(register, state))


def _row(one: Todo, register: Register, language: str) -> ToRead:
    return ToRead(
        address=one.fact.id,
        title=fact_title(one.fact, register, language),
        answers=one.answers,
        uncertain=one.uncertain,
        keys=", ".join(key_title(key, language) for key in one.keys),
        certainty=Certainty.UNVERIFIED,
        look_in=tuple(dict.fromkeys(_place(written) for written in one.look_in))[:3],
    )


def _place(written: str) -> Source:
    """Where to look: a source, or the depositary by its name."""
    found = source(written)
    return found if found.url else Source(text=pgettext("depositary", written), url="", written=written)
