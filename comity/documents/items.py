"""The numbered items and the annexes of a letter, from the fields of a move as they were filled in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comity.canonical import Value as Plain
from comity.canonical import parse_time
from comity.documents import wording
from comity.documents.basis import LetterLaw
from comity.documents.model import (
    Annex,
    AnnexNumbers,
    Cited,
    Count,
    Country,
    Day,
    Group,
    Item,
    Moment,
    Name,
    Office,
    OfficeName,
    Phrase,
    Row,
    Simple,
    Text,
    Tongue,
    Value,
)
from comity.identifiers import FileId, StateCode
from comity.law import Confidence, Register
from comity.procedures.model import UNKNOWN, Action, Field, Kind, Procedure

FRAME = ("basis", "our_number", "language", "signed_by", "official_seal")
"""Fields that make the letter's frame; they are no numbered items."""
EMPTY: tuple[Plain, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Annexes:
    """The papers of a letter, numbered in the order they are named."""

    annexes: tuple[Annex, ...]

    @classmethod
    def of(cls, papers: Iterable[Mapping[str, Any]]) -> "Annexes":
        """The annexes, each file once, in the order of the fields."""
        found: dict[str, Annex] = {}
        for paper in papers:
            found.setdefault(str(paper["sha256"]), _annex(paper))
        return cls(annexes=tuple(found.values()))

    def numbers(self, papers: Iterable[Mapping[str, Any]]) -> AnnexNumbers:
        """The numbers of these papers in the list of annexes."""
        files = {str(paper["sha256"]) for paper in papers}
        return AnnexNumbers(tuple(number for number, annex in enumerate(self.annexes, start=1) if annex.file in files))


def _annex(paper: Mapping[str, Any]) -> Annex:
    pages = paper.get("pages")
    return Annex(
        title=text(paper.get("title")),
        language=text(paper.get("language")),
        file=FileId(text(paper.get("sha256"))),
        size=int(paper.get("size") or 0),
        pages=int(pages) if pages else None,
    )


def papers(procedure: Procedure, action: Action, content: Mapping[str, Plain]) -> Iterator[Mapping[str, Any]]:
    """The papers of an action, field by field."""
    for field in procedure.asked(action):
        if field.kind is Kind.PAPERS:
            yield from objects(content.get(field.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Turns answers into what a letter says of them."""

    law: LetterLaw
    register: Register
    offices: tuple[Office, ...]
    annexes: Annexes

    def items(self, procedure: Procedure, action: Action, content: Mapping[str, Plain], *, letter: bool = True) -> Iterator[Item]:
        """The items: asked for by the law in its order, then the others in the procedure's. A record's have the frame too."""
        frame = FRAME if letter else ()
        filled = [field for field in procedure.asked(action) if field.name not in frame and content.get(field.name) not in EMPTY]
        for field in sorted(filled, key=lambda field: self.law.rank(_meets(field))):
            cited = tuple(self.law.asked_by(_meets(field)))
            if letter and field.kind is Kind.PAPERS and not cited:
                continue  # the list of annexes says it all
            values = tuple(self.values(field, content[field.name], each=len(cited) > 1))
            yield Item(label=field.label, values=values, citations=cited)

    def values(self, field: Field, value: Plain, *, each: bool = False) -> Iterator[Value]:
        """An answer as the letter says it; `each` part of it with its own articles, where they are not all the same."""
        if value == UNKNOWN and field.unknown_allowed:
            yield Phrase(wording.NOT_KNOWN)
            return
        match field.kind:
            case Kind.PERSON | Kind.PERSONS | Kind.OFFENCES:
                yield from (self.group(field, one, each=each) for one in objects(value))
            case Kind.CHECKS:
                yield from (self.check(one) for one in objects(value))
            case Kind.GROUND:
                yield from (self.ground(one) for one in objects(value))
            case Kind.PAPERS:
                yield self.annexes.numbers(objects(value))
            case _:
                yield from (self.plain(field, one) for one in (value if isinstance(value, (list, tuple)) else (value,)))

    def plain(self, field: Field, value: object) -> Simple:  # noqa: PLR0911 -- one return a kind of field reads better than a table
        """One simple answer."""
        said = text(value)
        label = next((choice.label for choice in field.choices if choice.value == said), None)
        if label is not None:
            return Phrase(label)
        match field.kind:
            case Kind.DATE | Kind.PARTIAL_DATE:
                return Day(said)
            case Kind.TIME:
                return Moment(parse_time(said))
            case Kind.NUMBER:
                return Count(int(said)) if said.isdecimal() else Text(said)
            case Kind.STATE | Kind.STATES:
                return Country(StateCode(said))
            case Kind.LANGUAGE:
                return Tongue(said)
            case Kind.INSTRUMENTS:
                return self.law.titles(said)
            case _:
                return self.named(said)

    def named(self, said: str) -> Text | OfficeName:
        """A text, or an office where the text is the name or id of one of the two: then each language has its own name for it."""
        for one in self.offices:
            if said and said in (one.id, one.name_en, one.name_ru, one.name_own):
                return OfficeName(one)
        return Text(said)

    def group(self, field: Field, answer: Mapping[str, Any], *, each: bool) -> Group:
        """A person or an offence, row by row."""
        filled = [part for part in field.parts if answer.get(part.name) not in EMPTY]
        return Group(
            tuple(
                Row(
                    label=part.label,
                    values=tuple(value for value in self.values(part, answer[part.name]) if not isinstance(value, Group)),
                    citations=tuple(self.law.asked_by(part.meets)) if each else (),
                )
                for part in filled
            )
        )

    def check(self, answer: Mapping[str, Any]) -> Group:
        """A human-rights check, what was found, and why."""
        finding = text(answer.get("answer"))
        rows = [
            Row(label=wording.CHECK, values=(self.law.titles(text(answer.get("check"))),)),
            Row(label=wording.FINDING, values=(Phrase(wording.ANSWERS.get(finding, finding)),)),
        ]
        if answer.get("reasons"):
            rows.append(Row(label=wording.REASONS, values=(Text(text(answer["reasons"])),)))
        return Group(tuple(rows))

    def ground(self, answer: Mapping[str, Any]) -> Group:
        """A ground for refusal with the article that gives it."""
        code, instrument, article = (text(answer.get(key)) for key in ("ground", "instrument", "article"))
        words = Name(self.register.label("ground", code, "en"), self.register.label("ground", code, "ru"))
        offered = self.law.basis.refusal if self.law.basis else ()
        given = next((one for one in offered if (one.code, one.instrument, one.article or "") == (code, instrument, article)), None)
        cited = self.law.citation(instrument, article, given.confidence if given else Confidence.UNVERIFIED)
        return Group((Row(label=wording.GROUND, values=(words,)), Row(label=wording.PROVISION, values=(Cited(cited),))))


def _meets(field: Field) -> tuple[str, ...]:
    return (*field.meets, *(name for part in field.parts for name in part.meets))


def title_of(procedure: Procedure, content: Mapping[str, Plain]) -> str:
    """What titles the matter: the text of the procedure's subject, or the part of a person that a person is nothing without."""
    value = content.get(procedure.subject)
    found = objects(value)
    if not found:
        return value if isinstance(value, str) and value != UNKNOWN else ""
    needed = [part.name for part in procedure.field(procedure.subject).parts if part.needed]
    return ", ".join(text(found[0].get(name)) for name in needed)


def objects(value: Plain) -> tuple[Mapping[str, Any], ...]:
    """A list of objects, or one object, as a tuple."""
    if isinstance(value, Mapping):
        return (value,)
    return tuple(one for one in value if isinstance(one, Mapping)) if isinstance(value, (list, tuple)) else ()


def strings(value: Plain) -> tuple[str, ...]:
    """A list of strings as a tuple."""
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()


def text(value: object) -> str:
    """A value as text; nothing is empty."""
    return "" if value is None else str(value)
