"""What an act still needs: the fields it always asks, the contents the law requires, each with its article, unanswered human-rights checks.

A name of the register (`person_birth`) is answered when every field that says it meets the name is given; for a list of persons, of every
person. A name whose fields are all switched off by their condition (annexes of another purpose) does not apply.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from comity.canonical import Value
from comity.law.basis import Attachment, Basis, HumanRightsCheck, Purpose, Required
from comity.law.model import Confidence
from comity.procedures.model import UNKNOWN, Action, Field, Kind, Move, Procedure
from comity.procedures.values import given
from comity.words import translate

Content = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Where the law says so: an instrument of the register (or a human-rights check) by its id, the article where known, how sure it is."""

    instrument: str
    article: str | None
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One item not yet given. `field` is its path (`persons.0.birth_date`), empty where no field answers the register's `name`.

    `article`, `instrument` and `confidence` say who demands it first, `by` everyone who does; None and nobody where the procedure itself
    does. A human-rights check is an item at `checks.<its id>`, demanded by itself; the register gives its name in Russian too (`label_ru`).
    """

    field: str
    name: str
    label: str
    why: str
    article: str | None = None
    instrument: str | None = None
    source: str = ""
    confidence: Confidence | None = None
    label_ru: str = ""
    by: tuple[Article, ...] = ()

    def also(self, other: "Missing") -> "Missing":
        """The same item, demanded by both: one item with every article."""
        return replace(self, by=tuple(dict.fromkeys((*self.by, *other.by))))

    @property
    def check(self) -> bool:
        """Whether it is a human-rights check."""
        return bool(self.field) and self.field.endswith(f".{self.name}") and self.name == self.instrument

    def said(self, language: str) -> str:
        """What is missing, in `language` (en or ru)."""
        return self.label_ru if self.label_ru and language == "ru" else translate(self.label, language)


def applies(field: Field, content: Content) -> bool:
    """Whether the field is asked at all, given what the others say."""
    if field.when is None:
        return True
    value = content.get(field.when.field)
    values = (value,) if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return any(one in field.when.values for one in values)


def missing(procedure: Procedure, action: Action, content: Content, basis: Basis | None) -> tuple[Missing, ...]:
    """Every item the act still needs, once, in the order of its form, with every article that demands it."""
    fields = tuple(field for field in procedure.asked(action) if applies(field, content))
    asked = (field for field in fields if field.name in action.asks and not (field.kind is Kind.CHECKS and basis))
    found = {field.name: _own(field) for field in asked if not given(field, content.get(field.name))}
    found |= {one.field: one for one in _unanswered_checks(action, fields, content, basis)}
    for required in demanded(action, content, basis):
        for one in _unanswered(required, fields, procedure.asked(action), content):
            earlier = found.get(one.field or one.name)
            found[one.field or one.name] = earlier.also(one) if earlier and earlier.instrument else one
    places = {field.name: place for place, field in enumerate(fields)}
    return tuple(sorted(found.values(), key=lambda one: places.get(one.field.partition(".")[0], len(places))))


def demanded(action: Action, content: Content, basis: Basis | None) -> Iterator[Required | Attachment]:
    """What the law demands of the content of this act: nothing where the act has no checklist."""
    if not isinstance(action, Move) or not action.checklist or basis is None:
        return
    yield from basis.required
    purpose = content.get("purpose")
    yield from (one for one in basis.attachments if one.purpose in (Purpose.ANY, purpose))


def checks_asked(action: Action, fields: Iterable[Field], basis: Basis | None) -> Iterator[tuple[Field, HumanRightsCheck]]:
    """The human-rights checks that the act must answer: where it always asks them, and where the law's checklist applies to it."""
    for field in fields:
        if basis and field.kind is Kind.CHECKS and (field.name in action.asks or (isinstance(action, Move) and action.checklist)):
            yield from ((field, check) for check in basis.human_rights)


def check_path(field: Field, check: HumanRightsCheck) -> str:
    """Where the answer to a check is asked: `checks.cat-1984-art3`."""
    return f"{field.name}.{check.id}"


def _unanswered_checks(action: Action, fields: Iterable[Field], content: Content, basis: Basis | None) -> Iterator[Missing]:
    for field, check in checks_asked(action, fields, basis):
        value = content.get(field.name)
        answers = value if isinstance(value, list | tuple) else ()
        if not any(isinstance(one, Mapping) and one.get("check") == check.id and one.get("answer") for one in answers):
            yield Missing(
                field=check_path(field, check),
                name=check.id,
                label=check.title_en,
                label_ru=check.title_ru,
                why=field.why,
                instrument=check.id,
                source=check.source,
                confidence=check.confidence,
                by=(Article(instrument=check.id, article=None, source=check.source, confidence=check.confidence),),
            )


def answering(fields: Iterable[Field], name: str) -> Iterator[tuple[Field, Field | None]]:
    """The fields that answer a name of the register: the field, and its part where it is a part that does."""
    for field in fields:
        if name in field.meets:
            yield field, None
        yield from ((field, part) for part in field.parts if name in part.meets)


def _unanswered(required: Required | Attachment, fields: Iterable[Field], asked: Iterable[Field], content: Content) -> Iterator[Missing]:
    pairs = tuple(answering(fields, required.field))
    if not pairs and not any(answering(asked, required.field)):
        yield _law(required, "", required.field, "")
    for field, part in pairs:
        yield from (_law(required, path, label, why) for path, label, why in _gaps(field, part, content.get(field.name)))


def _gaps(field: Field, part: Field | None, value: Value) -> Iterator[tuple[str, str, str]]:
    if not given(field, value):
        yield field.name, field.label, field.why
    elif part is not None and value != UNKNOWN:
        items = enumerate(value) if isinstance(value, list | tuple) else (("", value),)
        for place, item in items:
            if not isinstance(item, Mapping) or not given(part, item.get(part.name)):
                yield ".".join(filter(None, (field.name, str(place), part.name))), part.label, part.why


def _own(field: Field) -> Missing:
    return Missing(field=field.name, name=field.name, label=field.label, why=field.why)


def _law(required: Required | Attachment, path: str, label: str, why: str) -> Missing:
    return Missing(
        field=path,
        name=required.field,
        label=label,
        why=why,
        article=required.article,
        instrument=required.instrument,
        source=required.source,
        confidence=required.confidence,
        by=(Article(instrument=required.instrument, article=required.article, source=required.source, confidence=required.confidence),),
    )
