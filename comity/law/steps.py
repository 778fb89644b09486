"""The steps of a count: each a value with a sentence in English and Russian, and by how many days it moves the end.

The days of all steps, added to the day the time starts on, give the last day. A step can be kept as plain data and said later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from comity.canonical import Value
from comity.law.model import Unit
from comity.words import _, translate, translate_count


class StepKind(StrEnum):
    """What a step says, in the order in which the steps stand."""

    START = "start"
    DAYS_OF = "days-of"
    COUNTED_FROM = "counted-from"
    FIRST_DAY = "first-day"
    LENGTH = "length"
    ROUNDED = "rounded"
    DAYS_OFF = "days-off"
    WORKING_WEEKEND = "working-weekend"
    STOOD = "stood"
    ON_DAY_OFF = "on-day-off"
    MOVED = "moved"
    RANGE = "range"
    CALENDAR = "calendar"
    WARNING = "warning"
    DUE = "due"
    NO_DATE = "no-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A length of time, said with its unit in the right form."""

    number: int
    unit: Unit

    def say(self, language: str) -> str:
        """Such as “15 working days”."""
        return translate_count(*COUNTS[self.unit], self.number, language).format(number=self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that the register gives in both languages; the Russian may be missing."""

    en: str
    ru: str = ""

    def say(self, language: str) -> str:
        """The name in `language`, in English where there is no other."""
        return (self.ru or self.en) if language == "ru" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class DayName:
    """A day and what it is called, or, without a name, the day it was exchanged for."""

    on: date
    name: Name | None = None
    instead_of: date | None = None

    def say(self, language: str) -> str:
        """Such as “16 December 2025 (Independence Day)”."""
        if self.name:
            return f"{say_day(self.on, language)} ({self.name.say(language)})"
        if self.instead_of:
            place = translate(_("in place of {day}"), language).format(day=say_day(self.instead_of, language))
            return f"{say_day(self.on, language)} ({place})"
        return say_day(self.on, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A State by its two-letter code, said by its name."""

    code: str

    def say(self, language: str) -> str:
        """Such as “Kazakhstan”."""
        from babel import Locale  # babel takes long to import; only what is said needs it

        return str(Locale.parse(_LOCALES[language]).territories.get(self.code, self.code))


StepValue = str | date | Length | Name | Country | tuple[DayName, ...]
"""What stands in the places of a sentence; a text is translated if it was marked."""

COUNTS = {
    Unit.HOURS: (_("{number} hour"), _("{number} hours")),
    Unit.DAYS: (_("{number} day"), _("{number} days")),
    Unit.WORKING_DAYS: (_("{number} working day"), _("{number} working days")),
    Unit.MONTHS: (_("{number} month"), _("{number} months")),
    Unit.YEARS: (_("{number} year"), _("{number} years")),
}
DAY_ONE = _("Day 1 is {day}.")
"""The first day where no source has a say in it: a target of our own."""
_LOCALES = {"en": "en_GB", "ru": "ru"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its sentence with places, what stands in them, and by how many days it moves the end (negative: to an earlier day)."""

    kind: StepKind
    text: str
    values: tuple[tuple[str, StepValue], ...] = ()
    days: int = 0

    def say(self, language: str = "en") -> str:
        """The sentence in `language` (en or ru)."""
        said = translate(self.text, language).format(**{name: _said(value, language) for name, value in self.values})
        return said.replace("г..", "г.")  # the Russian year ends in a stop of its own

    def __str__(self) -> str:
        return self.say()

    def plain(self) -> dict[str, Value]:
        """The step as plain data, for `step_from`."""
        values: list[Value] = [[name, *_plain(value)] for name, value in self.values]
        return {"kind": self.kind.value, "text": self.text, "values": values, "days": self.days}


def step(kind: StepKind, text: str, *, days: int = 0, **values: StepValue) -> Step:
    """A step of a marked sentence and the values of its places."""
    return Step(kind=kind, text=text, values=tuple(values.items()), days=days)


def step_from(plain: Mapping[str, Any]) -> Step:
    """The step that `Step.plain` wrote down."""
    values = tuple((name, _value(kind, value)) for name, kind, value in plain["values"])
    return Step(kind=StepKind(plain["kind"]), text=plain["text"], values=values, days=plain["days"])


def say_day(day: date, language: str) -> str:
    """A day in full, such as 27 April 2004."""
    from babel.dates import format_date  # as in `Country.say`

    return str(format_date(day, format="long", locale=_LOCALES[language]))


def _said(value: StepValue, language: str) -> str:
    if isinstance(value, str):
        return translate(value, language)
    if isinstance(value, date):
        return say_day(value, language)
    if isinstance(value, tuple):
        return "; ".join(day.say(language) for day in value)
    return value.say(language)


def _plain(value: StepValue) -> tuple[str, Value]:
    if isinstance(value, str):
        return "text", value
    if isinstance(value, date):
        return "day", value.isoformat()
    if isinstance(value, Length):
        return "length", [value.number, value.unit.value]
    if isinstance(value, Name):
        return "name", [value.en, value.ru]
    if isinstance(value, Country):
        return "state", value.code
    return "days", [_plain_day(day) for day in value]


def _plain_day(day: DayName) -> Value:
    name: Value = [day.name.en, day.name.ru] if day.name else None
    return [day.on.isoformat(), name, day.instead_of.isoformat() if day.instead_of else None]


def _value(kind: str, value: Any) -> StepValue:
    match kind:
        case "day":
            return date.fromisoformat(value)
        case "length":
            return Length(number=value[0], unit=Unit(value[1]))
        case "name":
            return Name(en=value[0], ru=value[1])
        case "state":
            return Country(code=value)
        case "days":
            return tuple(_day(one) for one in value)
        case _:
            return str(value)


def _day(value: Any) -> DayName:
    on, name, instead_of = value
    return DayName(
        on=date.fromisoformat(on),
        name=Name(en=name[0], ru=name[1]) if name else None,
        instead_of=date.fromisoformat(instead_of) if instead_of else None,
    )
