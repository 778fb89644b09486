"""How a State stands towards an instrument, in words: the mark of the matrix, since when, what was done when, and how sure that is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from comity.desk.components import dates
from comity.desk.components.model import Certainty, Words
from comity.desk.matters.citations import state_name
from comity.law import Confidence, Instrument, Party, Register, Status
from comity.law.matrix import Cell, Mark, cell

# The drawing and the word of each mark. A dash and an empty place are drawn by nothing.
ICONS = {
    Mark.IN_FORCE: "disc",
    Mark.UNVERIFIED: "half",
    Mark.UNCERTAIN: "uncertain",
    Mark.SIGNED: "signed",
    Mark.SUSPENDED: "suspended",
    Mark.LEFT: "left-treaty",
}
WORDS: dict[Mark, Words] = {
    Mark.IN_FORCE: gettext_lazy("in force"),
    Mark.UNVERIFIED: gettext_lazy("in force, not verified"),
    Mark.UNCERTAIN: gettext_lazy("uncertain"),
    Mark.SIGNED: gettext_lazy("signed only"),
    Mark.SUSPENDED: gettext_lazy("suspended"),
    Mark.LEFT: gettext_lazy("left"),
    Mark.NOT_BOUND: gettext_lazy("not bound"),
    Mark.NOT_RESEARCHED: gettext_lazy("not researched"),
}
SIGNAL = frozenset({Mark.SUSPENDED, Mark.LEFT})
BOUND = frozenset({Mark.IN_FORCE, Mark.UNVERIFIED, Mark.SUSPENDED})
_SURE = {
    Mark.IN_FORCE: Certainty.VERIFIED,
    Mark.UNVERIFIED: Certainty.UNVERIFIED,
    Mark.UNCERTAIN: Certainty.OPEN,
    Mark.NOT_RESEARCHED: Certainty.OPEN,
}
_STATUS: dict[Status, Words] = {
    Status.INVITED: gettext_lazy("invited to accede"),
    Status.RATIFIED: gettext_lazy("ratified by one side; entry into force not seen"),
    Status.CONCLUDED: gettext_lazy("concluded; entry into force not seen"),
    Status.DRAFT: gettext_lazy("a draft, approved for signature"),
    Status.NOT_FOUND: gettext_lazy("searched for and not found"),
    Status.UNKNOWN: gettext_lazy("not known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """One State under one instrument on a day. `year` is what a narrow column says (`1994`, `≤ 2006`), `said` the same in full.

    `certainty` is how sure the standing is, `towards` the States of a suspension in words.
    """

    state: str
    name: str
    mark: Mark
    icon: str
    word: Words
    year: str
    said: str
    certainty: Certainty | None
    towards: str

    @property
    def signal(self) -> bool:
        """Suspended or left: said in the signal colour."""
        return self.mark in SIGNAL

    @property
    def bound(self) -> bool:
        """Whether the State counts as bound, towards most at least."""
        return self.mark in BOUND


def bond(register: Register, state: str, column: str, on: date, language: str) -> Bond:
    """How a State stands towards an instrument or a human-rights check on a day, in the language of the page."""
    found = cell(register, state, column, on)
    towards = ", ".join(state_name(code, language) for code in found.towards)
    return Bond(
        state=state,
        name=state_name(state, language),
        mark=found.mark,
        icon=ICONS.get(found.mark, ""),
        word=WORDS[found.mark],
        year=_year(found),
        said=_said(found, towards),
        certainty=_certainty(found),
        towards=towards,
    )


def _certainty(found: Cell) -> Certainty | None:
    """How sure the mark is: for what is not in force, whether the fact that says so was read."""
    if found.mark in _SURE:
        return _SURE[found.mark]
    return Certainty.VERIFIED if found.evidence and found.evidence.verified else Certainty.UNVERIFIED


def _year(found: Cell) -> str:
    if found.mark is Mark.UNCERTAIN:
        return ""
    if found.since:
        return str(found.since.year)
    return f"≤ {found.bound_by.year}" if found.bound_by else ""


def _said(found: Cell, towards: str) -> str:  # noqa: PLR0911  # one case a kind of standing; parting them would hide that none is missing
    match found:
        case Cell(mark=Mark.SUSPENDED, since=date() as since):
            return gettext("suspended since %(day)s towards: %(states)s") % {"day": dates.full(since), "states": towards}
        case Cell(mark=Mark.LEFT, since=date() as since):
            return gettext("left on %(day)s") % {"day": dates.full(since)}
        case Cell(mark=Mark.IN_FORCE | Mark.UNVERIFIED, since=date() as since):
            return gettext("in force since %(day)s") % {"day": dates.full(since)}
        case Cell(mark=Mark.IN_FORCE | Mark.UNVERIFIED, bound_by=date() as last):
            return gettext("in force, since %(day)s at the latest") % {"day": dates.full(last)}
        case Cell(mark=Mark.IN_FORCE | Mark.UNVERIFIED):
            return gettext("in force; since when is not recorded")
        case Cell(mark=Mark.SIGNED, since=date() as since):
            return gettext("signed on %(day)s, not bound") % {"day": dates.full(since)}
        case Cell(mark=Mark.UNCERTAIN):
            return _uncertain(found)
    return str(_status(found) or WORDS[found.mark])


def _uncertain(found: Cell) -> str:
    known = found.evidence
    match (known.not_earlier_than if known else None, known.not_later_than if known else None):
        case (date() as first, date() as last):
            return gettext("from a day between %(first)s and %(last)s") % {"first": dates.full(first), "last": dates.full(last)}
        case (date() as first, None):
            return gettext("not bound before %(day)s; later not looked up") % {"day": dates.full(first)}
        case (None, date() as last):
            return gettext("in force by %(day)s at the latest; since when is not known") % {"day": dates.full(last)}
    return str(_status(found) or _("not known whether bound"))


def _status(found: Cell) -> Words:
    status = found.evidence.status if found.evidence else None
    return _STATUS.get(status, "") if status else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Of so many rows (a State under an instrument): how many bind on the day, how many of these were read, how many are uncertain."""

    rows: int
    bound: int
    read: int
    uncertain: int


def tally(register: Register, rows: Iterable[tuple[str, str]], on: date) -> Tally:
    """Counts pairs of a State and an instrument."""
    found = [cell(register, state, instrument, on) for state, instrument in rows]
    bound = [one for one in found if one.mark in BOUND]
    return Tally(
        rows=len(found),
        bound=len(bound),
        read=sum(one.evidence is not None and one.evidence.verified for one in bound),
        uncertain=sum(one.mark is Mark.UNCERTAIN for one in found),
    )


# What was done, act by act


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One dated act or bound of a State's row. `computed`: the day was counted by the rule of the instrument, not read."""

    word: Words
    on: date
    certainty: Certainty
    computed: bool


_ACTS: tuple[tuple[str, Words], ...] = (
    ("signed", gettext_lazy("signed")),
    ("ratified", gettext_lazy("ratified by its own law")),
    ("deposited", gettext_lazy("deposited")),
    ("in_force_not_earlier_than", gettext_lazy("not in force before")),
    ("in_force_not_later_than", gettext_lazy("in force at the latest")),
    ("in_force", gettext_lazy("in force")),
    ("suspended_from", gettext_lazy("suspended")),
    ("withdrawn", gettext_lazy("left")),
    ("withdrawn_not_later_than", gettext_lazy("left at the latest")),
)


def acts(row: Party) -> Iterator[Act]:
    """Every date of a State's row, in the order in which a State becomes and ceases to be bound."""
    for key, word in _ACTS:
        if day := getattr(row, key):
            read = row.confidence is Confidence.VERIFIED and key not in row.unverified_fields
            sure = Certainty.VERIFIED if read else Certainty.UNVERIFIED
            yield Act(word=word, on=day, certainty=sure, computed=key in row.computed_fields)


def states_of(instrument: Instrument, language: str) -> list[str]:
    """The States that have a row, by name in the language of the page."""
    return sorted(instrument.parties, key=lambda code: state_name(code, language))
