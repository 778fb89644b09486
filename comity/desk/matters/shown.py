"""The content of an act in words: each answer under its label, as a reader of the file sees it.

Drafts too: what cannot be read is shown as it was typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from django.utils.translation import gettext

from comity.canonical import CanonicalError, Value, parse_time
from comity.desk.components import dates
from comity.desk.components.model import Citation, Paper
from comity.desk.matters.answers import papers_in_field
from comity.desk.matters.citations import citation_words, instrument_title, office_name, state_name
from comity.identifiers import OfficeId
from comity.node.letters import FIELD as LETTERS
from comity.node.office import Office
from comity.procedures import UNKNOWN, Answer, Field, Kind, Procedure
from comity.words import _

ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "text/plain": ".txt",
    "application/zip": ".zip",
    "application/rtf": ".rtf",
    "video/mp4": ".mp4",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
"""The ending of a file's name by its type."""

_ANSWERS = {
    Answer.NO_RISK: _("No risk found"),
    Answer.ASSURED: _("A risk, met by assurances"),
    Answer.RISK: _("A risk"),
}
_KILO = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One answer: its label and its lines; a composite has `rows` instead, one tuple an item. `name` is the path of its field."""

    name: str
    label: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple["Shown", ...], ...] = ()
    papers: tuple[Paper, ...] = ()
    long: bool = False
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How contents are put into words: for which office, in which language, with which addresses for papers (by SHA-256)."""

    office: Office
    language: str
    paper_urls: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        """The zone times are shown in: the office's own."""
        return self.office.settings.zone

    def read(self, procedure: Procedure | None, content: Mapping[str, Value], fields: Iterable[Field] | None = None) -> tuple[Shown, ...]:
        """The answers in the order of the fields; of a kind not known here, every key with its plain text."""
        if procedure is None:
            return tuple(Shown(name=key, label=key, lines=tuple(_plain(value))) for key, value in sorted(content.items()))
        return tuple(self._fields(procedure.fields if fields is None else fields, content, ""))

    def event(self, procedure: Procedure | None, content: Mapping[str, Value]) -> tuple[Shown, ...]:
        """The content of a sealed event: its answers, and the letters that went with it."""
        letters = tuple(map(self.paper, papers_in_field(content.get(LETTERS))))
        shown = self.read(procedure, {key: value for key, value in content.items() if key != LETTERS})
        return (*shown, Shown(name=LETTERS, label=gettext("Letter"), papers=letters)) if letters else shown

    def _fields(self, fields: Iterable[Field], content: Mapping[str, Value], prefix: str) -> Iterator[Shown]:
        for field in fields:
            value = content.get(field.name)
            if value not in (None, "", [], {}):
                yield self._one(field, value, f"{prefix}{field.name}")

    def _one(self, field: Field, value: Value, name: str) -> Shown:
        label = gettext(field.label)
        if value == UNKNOWN and field.kind is not Kind.CHOICE:
            return Shown(name=name, label=label, lines=(gettext("Unknown"),))
        match field.kind:
            case Kind.PERSON | Kind.PERSONS | Kind.OFFENCES:
                items = value if isinstance(value, list | tuple) else [value]
                found = (
                    tuple(self._fields(field.parts, item, f"{name}.{place}."))
                    for place, item in enumerate(items)
                    if isinstance(item, Mapping)
                )
                return Shown(name=name, label=label, rows=tuple(found))
            case Kind.PAPERS:
                return Shown(name=name, label=label, papers=tuple(map(self.paper, papers_in_field(value))))
            case Kind.CHECKS:
                return Shown(name=name, label=label, rows=tuple(self._checks(value)))
            case Kind.GROUND:
                return Shown(name=name, label=label, lines=tuple(self._ground(value)))
            case _:
                values = value if isinstance(value, list | tuple) else [value]
                return Shown(
                    name=name, label=label, lines=tuple(self._words(field, one) for one in values), long=field.kind is Kind.LONG_TEXT
                )

    def paper(self, paper: Mapping[str, Any]) -> Paper:
        """A paper with its language and size, and its address where it has one."""
        sha256 = str(paper["sha256"])
        return Paper(
            title=str(paper.get("title") or gettext("Paper without a title")),
            url=self.paper_urls.get(sha256, ""),
            detail=paper_detail(str(paper.get("language") or ""), int(paper.get("size") or 0), self.language),
            fingerprint=sha256,
        )

    def _words(self, field: Field, value: Value) -> str:  # noqa: PLR0911  # one return a kind of field
        text = str(value)
        for choice in field.choices:
            if choice.value == text:
                return gettext(choice.label)
        match field.kind:
            case Kind.DATE | Kind.PARTIAL_DATE:
                return date_words(text, self.language)
            case Kind.TIME:
                return self._time(text)
            case Kind.STATE | Kind.STATES:
                return state_name(text, self.language)
            case Kind.LANGUAGE:
                return str(Locale(self.language).languages.get(text, text))
            case Kind.OFFICE:
                return office_name(self.office, OfficeId(text), self.language)
            case Kind.INSTRUMENTS:
                return instrument_title(self.office.register, text, self.language)
            case _:
                return text

    def _time(self, text: str) -> str:
        try:
            moment = parse_time(text).astimezone(self.zone)
        except CanonicalError:
            return text
        return f"{dates.full(moment)}, {moment:%H:%M}"

    def _ground(self, value: Value) -> Iterator[str]:
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, Mapping):
                yield self.office.register.label("ground", str(one.get("ground") or ""), self.language)
                yield citation_words(self.office.register, str(one.get("instrument") or ""), str(one.get("article") or ""), self.language)

    def _checks(self, value: Value) -> Iterator[tuple[Shown, ...]]:
        for one in value if isinstance(value, list | tuple) else []:
            if isinstance(one, Mapping):
                yield tuple(self._check(one))

    def _check(self, one: Mapping[str, Value]) -> Iterator[Shown]:
        title = instrument_title(self.office.register, str(one.get("check") or ""), self.language)
        answer = str(one.get("answer") or "")
        found = gettext(_ANSWERS[Answer(answer)]) if answer in set(Answer) else answer or gettext("Not answered")
        yield Shown(name="", label=title, lines=(found,))
        if one.get("reasons"):
            yield Shown(name="", label=gettext("Reasons"), lines=(str(one["reasons"]),), long=True)


def _plain(value: Value) -> Sequence[str]:
    if isinstance(value, Mapping):
        return [f"{key}: {', '.join(_plain(item))}" for key, item in sorted(value.items())]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _plain(item)]
    return ["" if value is None else str(value)]


def date_words(text: str, language: str) -> str:
    """A whole date, a month or a year in words; what is no date, as it was typed."""
    try:
        match len(text):
            case 10:
                return dates.full(datetime.fromisoformat(text).date())
            case 7:
                return str(format_skeleton("yMMMM", datetime.fromisoformat(f"{text}-01").date(), locale=language))
    except ValueError:
        pass
    return text


def type_words(kind: str) -> str:
    """What people call a type of file: `PDF` for `application/pdf`; nothing for one without a name of its own."""
    return ENDINGS.get(kind, "").removeprefix(".").upper()


def size_words(size: int) -> str:
    """`4 KB`, `12.5 MB`: bytes as people say them."""
    if size < _KILO * _KILO:
        return gettext("%(size)s KB") % {"size": max(1, round(size / _KILO))}
    return gettext("%(size)s MB") % {"size": f"{size / _KILO / _KILO:.1f}".removesuffix(".0")}


def paper_detail(code: str, size: int, language: str) -> str:
    """The language and size of a paper, as its second line."""
    name = Locale(language).languages.get(code, code) if code else ""
    return " · ".join(part for part in (name, size_words(size) if size else "") if part)
