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


def listed(made: Iterable[Confirmation], register: Register, language: str) -> tuple[Confirmed, ...]:
    """All confirmations of the office, the newest first."""
    every = tuple(made)
    gone, taken = ({one.event for one in found} for found in (stale(register, every), adopted(register, every)))
    return tuple(
        _confirmed(one, register, language, standing=_standing(one.event, gone, taken))
        for one in sorted(every, key=lambda one: (one.at, one.event), reverse=True)
    )


def page(found: Fact, shared: Fact, made: Iterable[Confirmation], register: Register, language: str) -> FactPage:
    """The page of a fact: as this office has it now, and what its lawyers read."""
    mine = tuple(one for one in made if one.fact == found.id or one.fact.startswith(f"{found.id}/"))
    about = register.instruments.get(InstrumentId(found.file))
    return FactPage(
        title=capfirst(fact_title(found, register, language)),
        about=about.title(language) if about else "",
        about_url=instrument_url(about.id) if about else "",
        lines=tuple(_lines(found, shared, language)),
        source=source(found.source),
        certainty=Certainty(found.confidence),
        unread=", ".join(key_title(key, language) for key in found.unverified),
        mine=listed(mine, register, language),
    )


def _lines(found: Fact, shared: Fact, language: str) -> Iterator[Line]:
    for key in dict.fromkeys((*found.keys, *shared.keys)):
        now, before = found.keys.get(key), shared.keys.get(key)
        otherwise = value_words(key, before) if now != before else ""
        yield Line(label=capfirst(key_title(key, language)), value=value_words(key, now), before=otherwise)


def _confirmed(one: Confirmation, register: Register, language: str, *, standing: Standing) -> Confirmed:
    title, what = _titles(one.fact, register, language)
    corrections = (Line(label=capfirst(key_title(key, language)), value=value_words(key, value)) for key, value in one.values.items())
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


def value_words(key: str, value: Value) -> str:
    """A value of the register as a reader meets it: days in full, yes and no, lists with semicolons."""
    if value is None:
        return _("not there")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(value_words(key, one) for one in value)
    if key.rpartition("/")[2] in DAYS:
        try:
            return dates.full(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    return str(value)
