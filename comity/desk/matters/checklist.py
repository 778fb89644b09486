"""What an act still needs, counted the same way everywhere: under the steps of the form, beside a next move, before approval."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.canonical import Value
from comity.desk.components.model import Citation, MissingItem
from comity.desk.matters.citations import citation_words, cite, cited
from comity.law import Attachment, Basis, Confidence, Register, Required
from comity.procedures import UNKNOWN, Action, Field, Kind, Missing, Procedure, applies, missing
from comity.procedures.checklist import answering, check_path, checks_asked, demanded


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What is missing of how many items, and which article asks for which field (paths without numbers, `persons.birth_date`)."""

    missing: tuple[Missing, ...]
    items: int
    citations: Mapping[str, tuple[Citation, ...]]
    whys: Mapping[str, tuple[str, ...]]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def paths(self) -> frozenset[str]:
        """The paths of what is missing."""
        return frozenset(one.field for one in self.missing if one.field)


def checklist(
    kind: Procedure, action: Action, content: Mapping[str, Value], *, basis: Basis | None, register: Register, language: str
) -> Checklist:
    """The checklist of an act as its content stands."""
    found = missing(kind, action, content, basis)
    demands = tuple(demanded(action, content, basis))
    return Checklist(
        missing=found,
        items=len(_items(kind, action, content, basis, demands) | {one.field or one.name for one in found}),
        citations=_citations(kind, action, demands, register, language),
        whys=_whys(kind, action, demands, register, language),
    )


def _items(
    kind: Procedure, action: Action, content: Mapping[str, Value], basis: Basis | None, demands: tuple[Required | Attachment, ...]
) -> set[str]:
    """The paths of everything that is asked for, answered or not."""
    fields = tuple(field for field in kind.asked(action) if applies(field, content))
    paths = {field.name for field in fields if field.name in action.asks and not (field.kind is Kind.CHECKS and basis)}
    paths |= {check_path(field, check) for field, check in checks_asked(action, fields, basis)}
    for demand in demands:
        for field, part in answering(fields, demand.field):
            paths |= set(_paths(field, part, content.get(field.name)))
    return paths


def _paths(field: Field, part: Field | None, value: Value) -> Iterator[str]:
    if part is None or not value or value == UNKNOWN:
        yield field.name
    elif isinstance(value, list | tuple):
        yield from (f"{field.name}.{place}.{part.name}" for place, _item in enumerate(value))
    else:
        yield f"{field.name}.{part.name}"


def _demands_of(kind: Procedure, action: Action, demands: tuple[Required | Attachment, ...]) -> Iterator[tuple[str, Required | Attachment]]:
    fields = kind.asked(action)
    for demand in demands:
        for field, part in answering(fields, demand.field):
            yield (f"{field.name}.{part.name}" if part else field.name), demand


def _citations(
    kind: Procedure, action: Action, demands: tuple[Required | Attachment, ...], register: Register, language: str
) -> dict[str, tuple[Citation, ...]]:
    found: dict[str, dict[str, Citation]] = {}
    for path, demand in _demands_of(kind, action, demands):
        citation = cite(register, demand.instrument, demand.article, demand.confidence, language)
        found.setdefault(path, {}).setdefault(str(citation.text), citation)
    return {path: tuple(citations.values()) for path, citations in found.items()}


def _whys(
    kind: Procedure, action: Action, demands: tuple[Required | Attachment, ...], register: Register, language: str
) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for path, demand in _demands_of(kind, action, demands):
        word = register.fields.get(demand.field)
        if word:
            found.setdefault(path, {})[word.why(language)] = None
    return {path: tuple(words) for path, words in found.items()}


def missing_item(one: Missing, register: Register, language: str, *, url: str = "", step: str = "") -> MissingItem:
    """A missing item for the components; of a register's name that no field answers, the register's own label."""
    return MissingItem(label=_label(one, register, language), url=url, step=step, citation=_by(one, register, language))


def _label(one: Missing, register: Register, language: str) -> str:
    """What is missing; of a human-rights check what it is about (its grounds), for its rule stands beside it."""
    check = next((check for check in register.checks if one.check and check.id == one.name), None)
    if check and check.grounds:
        words = ", ".join(register.label("ground", ground, language) for ground in check.grounds)
        return words[:1].upper() + words[1:]
    word = register.fields.get(one.name) if not one.field else None
    return word.label(language) if word else one.said(language)


def _by(one: Missing, register: Register, language: str) -> Citation | None:
    """Everyone who demands it, in one phrase; it is as sure as the least sure of them."""
    if not one.by:
        return None
    texts = dict.fromkeys(citation_words(register, by.instrument, by.article, language) for by in one.by)
    unread = any(by.confidence is not Confidence.VERIFIED for by in one.by)
    return Citation(text="; ".join(texts), certainty=cited(Confidence.UNVERIFIED if unread else Confidence.VERIFIED))


def field_id(path: str) -> str:
    """The id of the control of a field's path, as the form gives it."""
    return f"field-{path.replace('.', '-')}"


def item_id(one: Missing) -> str:
    """The id of the control that answers a missing item: of a human-rights check, its first question."""
    return field_id(f"{one.field}.answer" if one.check else one.field)
