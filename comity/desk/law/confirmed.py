"""What lawyers of this office confirmed or corrected in the register: each fact with what they read, and whether it still counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.canonical import Value
from comity.desk.components import dates
from comity.desk.components.model import Certainty, Words
from comity.desk.law.sources import Source, source
from comity.desk.law.words import instrument_url
from comity.desk.matters.citations import state_name
from comity.identifiers import InstrumentId
from comity.law import Confirmation, Fact, FactId, LawDataError, Register, adopted, fact, stale
from comity.law.naming import fact_title, key_title
from comity.law.overlay import DAYS
from comity.node.roles import ROLE_NAMES, Role


class Standing(StrEnum):
    """Whether a confirmation counts."""

    COUNTS = "counts"
    STALE = "stale"
    ADOPTED = "adopted"


STANDING: dict[Standing, Words] = {
    Standing.COUNTS: gettext_lazy("Counts in this office's answers"),
    Standing.STALE: gettext_lazy("No longer counts: the register holds the fact otherwise now. Read it again"),
    Standing.ADOPTED: gettext_lazy("The register has taken it over"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One key of a fact in words; `before`: how the register has it, where this office has it otherwise."""

    label: str
    value: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """One confirmation as a page shows it. `corrections` is empty where the fact was confirmed as it stands."""

    fact: str
    title: str
    url: str
    what: str
    corrections: tuple[Line, ...]
    source: Source
    read_on: date
    at: datetime
    by: str
    note: str
    event: str
    standing: Standing

    @property
    def counts(self) -> bool:
        """Whether answers of this office rest on it."""
        return self.standing is Standing.COUNTS

    @property
    def standing_words(self) -> Words:
        """The standing in a sentence."""
        return STANDING[self.standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """One fact as this office has it."""

    title: str
    about: str
    about_url: str
    lines: tuple[Line, ...]
    source: Source
    certainty: Certainty
    unread: str
    mine: tuple[Confirmed, ...]


def fact_url(address: str) -> str:
    """The page of a fact, or of the fact a key belongs to."""
    return reverse("law:fact", args=[address])


def listed(made: Iterable[Confirmation], shared: Register, language: str) -> tuple[Confirmed, ...]:
    """All confirmations of the office, the newest first; `shared` is the register as every office has it."""
    every = tuple(made)
    gone, taken = ({one.event for one in found} for found in (stale(shared, every), adopted(shared, every)))
    return tuple(
        _confirmed(one, shared, language, standing=_standing(one.event, gone, taken))
        for one in sorted(every, key=lambda one: (one.at, one.event), reverse=True)
    )


def page(found: Fact, before: Fact, made: Iterable[Confirmation], shared: Register, language: str) -> FactPage:
    """The page of a fact: as this office has it now, as it was `before` in the shared register, and what lawyers read."""
    mine = tuple(one for one in made if one.fact == found.id or one.fact.startswith(f"{found.id}/"))
    about = shared.instruments.get(InstrumentId(found.file))
    return FactPage(
        title=capfirst(fact_title(found, shared, language)),
        about=about.title(language) if about else "",
        about_url=instrument_url(about.id) if about else "",
        lines=tuple(_lines(found, before, shared, language)),
        source=source(found.source),
        certainty=Certainty(found.confidence),
        unread=", ".join(key_title(key, language) for key in found.unverified),
        mine=listed(mine, shared, language),
    )


def _lines(found: Fact, shared: Fact, register: Register, language: str) -> Iterator[Line]:
    for key in dict.fromkeys((*found.keys, *shared.keys)):
        now, before = found.keys.get(key), shared.keys.get(key)
        otherwise = value_words(register, key, before, language) if now != before else ""
        yield Line(label=capfirst(key_title(key, language)), value=value_words(register, key, now, language), before=otherwise)


def _confirmed(one: Confirmation, register: Register, language: str, *, standing: Standing) -> Confirmed:
    title, what = _titles(one.fact, register, language)
    corrections = (
        Line(label=capfirst(key_title(key, language)), value=value_words(register, key, value, language))
        for key, value in one.values.items()
    )
    return Confirmed(
        fact=one.fact,
        title=title,
        url=fact_url(one.fact),
        what=what,
        corrections=tuple(corrections),
        source=source(one.source),
        read_on=one.read_on,
        at=datetime.fromisoformat(one.at),
        by=_(ROLE_NAMES[Role(one.by)]),
        note=one.note,
        event=one.event,
        standing=standing,
    )


def _titles(address: FactId, register: Register, language: str) -> tuple[str, str]:
    """What the fact is called, and the one key that was read; a fact that is gone by its address."""
    try:
        found, key = fact(register, address)
    except LawDataError:
        return address, ""
    return capfirst(fact_title(found, register, language)), key_title(key, language) if key else ""


def _standing(event: str, gone: set[str], taken: set[str]) -> Standing:
    if event in taken:
        return Standing.ADOPTED
    return Standing.STALE if event in gone else Standing.COUNTS


GROUPS = {
    **dict.fromkeys(("kind", "also_kinds", "kinds", "subjects"), "kind"),
    **dict.fromkeys(("languages", "language"), "language"),
    **dict.fromkeys(("limit", "topic", "channel", "effect", "form"), ""),
    "grounds": "ground",
    "conditions": "condition",
    "counted_from": "event",
}
"""Keys whose values are words of the register, and the group they belong to; empty: that of the key's own name."""
STATUS: dict[str, Words] = {
    "party": gettext_lazy("party"),
    "withdrawn": gettext_lazy("withdrew"),
    "signatory": gettext_lazy("signed only"),
    "invited": gettext_lazy("invited to accede"),
    "ratified": gettext_lazy("ratified by one side; entry into force not seen"),
    "concluded": gettext_lazy("concluded; entry into force not seen"),
    "draft-approved": gettext_lazy("a draft, approved for signature"),
    "none": gettext_lazy("did nothing towards it"),
    "not-found": gettext_lazy("searched for and not found"),
    "unknown": gettext_lazy("not known"),
}
STATES = frozenset({"state", "states", "towards", "suspended_with", "researched"})


def value_words(register: Register, key: str, value: Value, language: str) -> str:
    """A value of the register as a reader meets it: days in full, yes and no, States and words by name, lists with semicolons."""
    if value is None:
        return _("not there")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(value_words(register, key, one, language) for one in value)
    return _word(register, key.rpartition("/")[2], str(value), language)


def _word(register: Register, name: str, value: str, language: str) -> str:
    if name in DAYS:
        return _day(value)
    if name == "status":
        return str(STATUS.get(value, value))
    if name in STATES:
        return state_name(value, language)
    return register.label(GROUPS[name] or name, value, language) if name in GROUPS else value


def _day(value: str) -> str:
    try:
        return dates.full(date.fromisoformat(value))
    except ValueError:
        return value
