"""What a procedure is: roles, states, fields, moves, notes and clocks, as plain values.

A kind of matter is one `Procedure` value in a file of `kinds/`; forms, permissions, checklists, diagrams and reference follow from it.
In every state exactly one role holds the file, and only the holder's moves change the state; notes commute and never do. Which fields are
*required* is not said here but by the instruments that apply: a field only says which names of the law register it answers (`meets`).

Labels are English text marked with `_()`; who shows them translates them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

UNKNOWN = "unknown"
"""The value of a field whose answer is honestly not known, where the field allows it."""


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


class Kind(StrEnum):
    """What a field's value is, with its form as plain canonical data."""

    TEXT = "text"  # one line
    LONG_TEXT = "long-text"
    DATE = "date"  # YYYY-MM-DD
    PARTIAL_DATE = "partial-date"  # YYYY, YYYY-MM or YYYY-MM-DD: a birth of which only the year is known
    TIME = "time"  # 2026-11-22T08:00:00Z
    NUMBER = "number"  # a whole number, not negative
    CHOICE = "choice"  # one value of `choices`
    CHOICES = "choices"  # a list of values of `choices`, at least one
    STATE = "state"  # ISO 3166-1 alpha-2
    STATES = "states"  # a list of such codes, or of the field's `choices` (stateless)
    LANGUAGE = "language"  # ISO 639-1, such as `ru`
    OFFICE = "office"  # such as `kz-gpo`
    PERSON = "person"  # an object of `parts`
    PERSONS = "persons"  # a list of such objects
    OFFENCES = "offences"  # a list of objects of `parts`
    PAPERS = "papers"  # a list of {"sha256", "size", "type", "title", "language", …}
    INSTRUMENTS = "instruments"  # a list of ids of instruments that the basis names, or of `choices` (reciprocity)
    GROUND = "ground"  # {"ground", "instrument", "article"}: one that the basis offers
    CHECKS = "checks"  # a list of {"check", "answer", "reasons"}, one for each human-rights check of the basis; see `Answer`


class Answer(StrEnum):
    """What an office found on one human-rights check."""

    NO_RISK = "no-risk"
    ASSURED = "assured"  # a risk met by assurances, which are weighed in the reasons
    RISK = "risk"


class Prefill(StrEnum):
    """What a form can put into a field before anybody types."""

    REQUESTING = "requesting"  # the name of the office in this role, in the language of the letter
    REQUESTED = "requested"
    BASIS = "basis"  # the primary instruments
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice: its stable value and the words for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only where another field of the same content has one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked.

    `meets` are the names in the law register's `required_fields` and `attachments_*` that it answers. A composite kind (person, offences)
    has `parts`; a part is named `person.birth_date` from outside. `step` is the page of the form, in words.
    """

    name: str
    kind: Kind
    _: KW_ONLY
    label: str
    why: str
    meets: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    parts: tuple["Field", ...] = ()
    personal: bool = False
    unknown_allowed: bool = False
    needed: bool = False
    """For a part: the composite is no answer without it (a person without a name)."""
    when: Condition | None = None
    prefill: Prefill | None = None
    step: str = ""

    def part(self, name: str) -> "Field":
        """The part of this name; raises KeyError."""
        return _named(self.parts, name)


@dataclass(frozen=True, slots=True)
class Role:
    """A part that an office plays in a matter. A role played by `many` offices only adds notes and never holds the file."""

    name: str
    label: str
    _: KW_ONLY
    many: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Where the matter stands: `holder` is the role on whose desk the file lies (None: it is over), `waiting` says what is awaited."""

    name: str
    _: KW_ONLY
    label: str
    waiting: str = ""
    holder: str | None = None

    @property
    def terminal(self) -> bool:
        """Whether nothing more is awaited."""
        return self.holder is None


@dataclass(frozen=True, slots=True)
class Move:
    """What the holder of the file may do, and where the matter stands then.

    `label` is the button (verb first), `done` the sentence for the record, with `{office}` for its author; `asks` is always needed, `may`
    optional. `approval`: one drafts, another seals. `checklist`: the contents that the law requires must be there. `safeguards`: a risk
    found on an absolute human-rights check bars the move. `document` names the kind of letter that goes with it. `after` names notes of
    another role that the move answers (a wish to withdraw): it is offered and allowed only while one of them stands, that is until who
    wrote it goes on with a move. As with a note's `at`, whether it counts does not depend on it.
    """

    act: str
    _: KW_ONLY
    label: str
    done: str
    by: str
    at: tuple[str, ...]
    to: str
    asks: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    approval: bool = False
    document: str | None = None
    checklist: bool = False
    safeguards: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What an office may add without changing the state. `at` narrows where it is offered (empty: everywhere), never whether it counts."""

    act: str
    _: KW_ONLY
    label: str
    done: str
    by: tuple[str, ...]
    at: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    approval: bool = False


Action = Move | Note


@dataclass(frozen=True, slots=True)
class Clock:
    """A term that runs from an act until it is stopped.

    `topics` are words of the register's group `limit`: a term of the basis under one of them is this clock's. `target_days` is a service
    target where the law is silent: ours, not law. The first day is read from `start_field` of the starting act's content, or is that of the
    entry; with `ends_field` the content itself fixes the last day (a date agreed or asked for, no count). `runs_in` is the role whose
    State's days are counted. It stands from an act of `stands_from` to one of `stands_until`; one of `extended_by` extends it.
    """

    name: str
    _: KW_ONLY
    label: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    states: tuple[str, ...] = ()
    """Where it runs; empty: in every state."""
    topics: tuple[str, ...] = ()
    start_field: str | None = None
    ends_field: str | None = None
    target_days: int | None = None
    consequence: str = ""
    runs_in: str = "requested"
    stands_from: tuple[str, ...] = ()
    stands_until: tuple[str, ...] = ()
    extended_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A kind of matter, whole.

    `law_kind` is the register's kind, or None where no instrument is needed; `subject` is the field that titles a matter in lists.
    """

    name: str
    version: int
    title: str
    summary: str
    law_kind: str | None
    roles: tuple[Role, ...]
    states: tuple[State, ...]
    initial: str
    fields: tuple[Field, ...]
    moves: tuple[Move, ...]
    notes: tuple[Note, ...]
    clocks: tuple[Clock, ...] = ()
    subject: str

    @property
    def actions(self) -> tuple[Action, ...]:
        """Moves first, then notes."""
        return (*self.moves, *self.notes)

    def action(self, act: str) -> Action | None:
        """The move or note of this name (with version, `request.sent/1`), or None."""
        return next((action for action in self.actions if action.act == act), None)

    def state(self, name: str) -> State:
        """The state of this name; raises KeyError."""
        return _named(self.states, name)

    def field(self, name: str) -> Field:
        """The field of this name; `persons.birth_date` or `persons.0.birth_date` for a part; raises KeyError."""
        first, *rest = (word for word in name.split(".") if not word.isdigit())
        found = _named(self.fields, first)
        return found.part(rest[0]) if rest else found

    def role(self, name: str) -> Role:
        """The role of this name; raises KeyError."""
        return _named(self.roles, name)

    def asked(self, action: Action) -> tuple[Field, ...]:
        """The fields of an action in the order in which the procedure declares its fields: that of the form."""
        names = {*action.asks, *action.may}
        return tuple(field for field in self.fields if field.name in names)

    def steps(self, action: Action) -> Iterator[tuple[str, tuple[Field, ...]]]:
        """The pages of an action's form in order of first appearance: the step in words, its fields."""
        fields = self.asked(action)
        for step in dict.fromkeys(field.step for field in fields):
            yield step, tuple(field for field in fields if field.step == step)


def _named(items: Iterable[N], name: str) -> N:
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)
