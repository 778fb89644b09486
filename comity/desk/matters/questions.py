"""The form of an act, from the fields its procedure asks: one `Question` a field, with the article beside it and what is wrong or missing.

A question knows everything its template shows; templates hold no rule. Names are the fields' paths, as `answers` reads them back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, pgettext

from comity.canonical import Value
from comity.desk.components.model import Citation
from comity.desk.matters.answers import papers_in_field, typed_date, typed_time
from comity.desk.matters.options import AskedCheck, Option, Options, ground_key
from comity.desk.matters.shown import size_words, type_words
from comity.procedures import UNKNOWN, Field, Kind, applies

FEW = 7
"""So many choices stand open as radio buttons; more are a list to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedPaper:
    """A paper already in a form: title and language can be changed, and it can be taken out."""

    sha256: str
    title: str
    language: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One person or offence of a list: its number from 1, and its parts as questions."""

    number: int
    name: str
    parts: tuple["Question", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field as the form shows it. `control` names its template; `missing` says that the law asks for it and it is not there yet."""

    name: str
    label: str
    hint: str
    control: str
    value: str = ""
    options: tuple[Option, ...] = ()
    extra: tuple[Option, ...] = ()
    parts: tuple["Question", ...] = ()
    items: tuple[Item, ...] = ()
    papers: tuple[AttachedPaper, ...] = ()
    unknown_offered: bool = False
    unknown: bool = False
    problems: tuple[str, ...] = ()
    missing: bool = False
    needed: bool = False
    citations: tuple[Citation, ...] = ()
    aside: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its first control, to which the error summary links."""
        return f"field-{self.name.replace('.', '-')}"

    @property
    def grouped(self) -> bool:
        """Whether it is a group of controls, which a legend names, rather than one control with its label."""
        return self.control in _GROUPS

    @property
    def composite(self) -> bool:
        """Whether it holds questions of its own, which need the whole width."""
        return self.control in _COMPOSITES

    @property
    def width(self) -> str:
        """How wide its control is: s, m, l, or empty for the whole column."""
        return _WIDTHS.get(self.control, "")

    @property
    def template(self) -> str:
        """The partial that draws its control."""
        return f"matters/controls/{self.control}.html"

    @property
    def described_by(self) -> str:
        """The ids of its hint and of what is wrong, for readers."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join(ids + ([f"{self.id}-wrong"] if self.problems or self.missing else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form is built from: the content so far, what is wrong (by path), what is missing (paths), and the articles beside fields."""

    content: Mapping[str, Value]
    options: Options
    zone: ZoneInfo
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    citations: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    asides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    spare: frozenset[str] = frozenset()
    """Lists that show one empty item more: “Add another person” was pressed."""

    def questions(self, fields: Iterable[Field]) -> tuple[Question, ...]:
        """One question a field, in order; fields asked only under a condition that does not hold are left out."""
        return tuple(
            self._question(field_, field_.name, self.content.get(field_.name)) for field_ in fields if applies(field_, self.content)
        )

    def _question(self, asked_field: Field, name: str, value: Value) -> Question:
        unknown = value == UNKNOWN and asked_field.unknown_allowed
        plain = Question(
            name=name,
            label=gettext(asked_field.label),
            hint=gettext(asked_field.why),
            control=_control(asked_field),
            unknown_offered=asked_field.unknown_allowed,
            unknown=unknown,
            problems=tuple(self.problems.get(name, ())),
            missing=name in self.missing,
            needed=name in self.needed or asked_field.needed,
            citations=self.citations.get(_path(name), ()),
            aside=self.asides.get(_path(name), ()),
        )
        return replace(plain, **self._filled(asked_field, name, None if unknown else value))

    def _filled(self, asked_field: Field, name: str, value: Value) -> dict[str, Any]:  # noqa: PLR0911  # one return a kind of field
        """The parts of a question that its kind alone has."""
        match asked_field.kind:
            case Kind.PERSON:
                return {"parts": self._parts(asked_field, name, value)}
            case Kind.PERSONS | Kind.OFFENCES:
                return {"items": self._items(asked_field, name, value)}
            case Kind.PAPERS:
                return {"papers": tuple(_attached(paper) for paper in papers_in_field(value)), "options": self.options.languages("")}
            case Kind.CHECKS:
                return {"items": self._checks(name, value)}
            case Kind.DATE | Kind.PARTIAL_DATE:
                return {"value": typed_date(value)}
            case Kind.TIME:
                return {"value": typed_time(value, self.zone)}
            case Kind.STATES:
                return self._states(asked_field, value)
            case _:
                return {"value": _text(value), "options": self.options.of(asked_field, value)}

    def _parts(self, asked_field: Field, name: str, value: Value) -> tuple[Question, ...]:
        given = value if isinstance(value, Mapping) else {}
        return tuple(self._question(part, f"{name}.{part.name}", given.get(part.name)) for part in asked_field.parts)

    def _items(self, asked_field: Field, name: str, value: Value) -> tuple[Item, ...]:
        given = list(value) if isinstance(value, list | tuple) else []
        if not given or name in self.spare:
            given.append({})
        return tuple(
            Item(number=place + 1, name=f"{name}.{place}", parts=self._parts(asked_field, f"{name}.{place}", item))
            for place, item in enumerate(given)
        )

    def _states(self, asked_field: Field, value: Value) -> dict[str, Any]:
        codes = [str(code) for code in value] if isinstance(value, list | tuple) else []
        special = {choice.value for choice in asked_field.choices}
        chosen = [code for code in codes if code not in special]
        return {
            "slots": (*chosen, ""),
            "options": self.options.countries(),
            "extra": tuple(
                Option(value=choice.value, label=gettext(choice.label), chosen=choice.value in codes) for choice in asked_field.choices
            ),
        }

    def _checks(self, name: str, value: Value) -> tuple[Item, ...]:
        given = {str(item.get("check")): item for item in value if isinstance(item, Mapping)} if isinstance(value, list | tuple) else {}
        return tuple(
            Item(number=place + 1, name=check.id, parts=self._check(name, check, given.get(check.id, {})))
            for place, check in enumerate(self.options.checks())
        )

    def _check(self, name: str, check: AskedCheck, given: Mapping[str, Value]) -> tuple[Question, ...]:
        path = f"{name}.{check.id}"
        answer = Question(
            name=f"{path}.answer",
            label=check.rule,
            hint="",
            control="radios",
            options=self.options.answers(str(given.get("answer") or "")),
            problems=tuple(self.problems.get(f"{path}.answer", self.problems.get(path, ()))),
            missing=path in self.missing,
            citations=(check.citation,),
            aside=check.binds,
        )
        reasons = Question(
            name=f"{path}.reasons",
            label=pgettext("of a human-rights check", "Reasons"),
            hint=gettext("What was looked at and what was found. Needed where there is a risk."),
            control="text",
            value=str(given.get("reasons") or ""),
            problems=tuple(self.problems.get(f"{path}.reasons", ())),
        )
        return answer, reasons


def _path(name: str) -> str:
    """`persons.birth_date` for `persons.0.birth_date`."""
    return ".".join(word for word in name.split(".") if not word.isdigit())


def _text(value: Value) -> str:
    if isinstance(value, Mapping):
        return ground_key(value)
    return "" if value is None or isinstance(value, list | tuple) else str(value)


def _attached(paper: Mapping[str, Any]) -> AttachedPaper:
    return AttachedPaper(
        sha256=str(paper["sha256"]),
        title=str(paper.get("title", "")),
        language=str(paper.get("language", "")),
        detail=" · ".join(filter(None, (type_words(str(paper.get("type", ""))), size_words(int(paper.get("size", 0)))))),
    )


_GROUPS = frozenset({"radios", "checkboxes", "grounds", "selects", "person", "people", "papers", "checks"})
_COMPOSITES = frozenset({"person", "people", "checks", "papers"})
_WIDTHS = {"date": "m", "time": "m", "number": "s", "line": "l", "select": "l", "selects": "l"}
_CONTROLS = {
    Kind.TEXT: "line",
    Kind.LONG_TEXT: "text",
    Kind.DATE: "date",
    Kind.PARTIAL_DATE: "date",
    Kind.TIME: "time",
    Kind.NUMBER: "number",
    Kind.CHOICES: "checkboxes",
    Kind.STATE: "select",
    Kind.STATES: "selects",
    Kind.LANGUAGE: "select",
    Kind.OFFICE: "select",
    Kind.PERSON: "person",
    Kind.PERSONS: "people",
    Kind.OFFENCES: "people",
    Kind.PAPERS: "papers",
    Kind.INSTRUMENTS: "checkboxes",
    Kind.GROUND: "grounds",
    Kind.CHECKS: "checks",
}


def _control(asked_field: Field) -> str:
    if asked_field.kind is Kind.CHOICE:
        return "radios" if len(asked_field.choices) <= FEW else "select"
    return _CONTROLS[asked_field.kind]
