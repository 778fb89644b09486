"""A draft as its pages read it: the act it prepares, the steps of its form, what is wrong and what is missing, and what the law answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from comity.canonical import Value
from comity.desk.components.model import MissingItem, Step, StepState
from comity.desk.matters.answers import Reading
from comity.desk.matters.checklist import Checklist, checklist, item_id, missing_item
from comity.desk.matters.citations import page_language, say
from comity.desk.matters.options import Options
from comity.desk.matters.questions import Form, Question
from comity.exchange import ExchangeUnit
from comity.law import Basis
from comity.node.commands import CommandError, basis_of_draft, find_draft, state_for
from comity.node.drafts import Draft, Status
from comity.node.letters import has_letter
from comity.node.office import Office
from comity.procedures import Action, Field, Kind, Missing, Prefill, Procedure, applies, given, problems, procedure
from comity.procedures.checklist import checks_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A draft with what it is judged by. `content` may be what was just typed, not yet kept."""

    office: Office
    draft: Draft
    kind: Procedure
    action: Action
    basis: Basis | None
    opened: bool
    content: Mapping[str, Value]

    @property
    def language(self) -> str:
        """The language of the page."""
        return page_language()

    @property
    def reading(self) -> Reading:
        """How answers are read."""
        return Reading(zone=self.office.settings.zone)

    def checklist(self) -> Checklist:
        """What is missing of how many items."""
        return checklist(self.kind, self.action, self.content, basis=self.basis, register=self.office.register, language=self.language)

    def options(self) -> Options:
        """What the form offers to choose from."""
        return options(self.office, self.basis, self.language)

    def pages(self) -> tuple[tuple[str, tuple[Field, ...]], ...]:
        """The steps of the form that apply: name and fields, in the order in which the procedure declares its fields."""
        return pages(self.kind, self.action, self.content)


def read_draft(office: Office, unit: ExchangeUnit, matter: str, draft_id: str) -> DraftFile:
    """The draft as it stands; raises `CommandError` where there is none, or where its kind, act or roles are not known here any more."""
    draft = find_draft(unit, matter, draft_id)
    kind = procedure(draft.procedure, draft.version)
    action = kind.action(draft.act) if kind else None
    if kind is None or action is None:
        raise CommandError("This office does not know the kind of this draft any more.", where=draft_id)
    if state_for(office, unit, draft).procedure is None:
        raise CommandError("The offices of this draft do not play the roles of its kind.", where=draft_id)
    return DraftFile(
        office=office,
        draft=draft,
        kind=kind,
        action=action,
        basis=basis_of_draft(office, unit, draft),
        opened=bool(unit.events(matter)),  # type: ignore[arg-type]  # checked by find_draft
        content=draft.content,
    )


def options(office: Office, basis: Basis | None, language: str) -> Options:
    """The choices a form of this office offers."""
    return Options(language=language, register=office.register, basis=basis, offices=tuple(office.trust.cards()))


def pages(kind: Procedure, action: Action, content: Mapping[str, Value]) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The steps of an act's form, each with its fields, in the order in which the procedure declares them."""
    asked = set(kind.asked(action))
    fields = [field for field in kind.fields if field in asked and applies(field, content)]
    names = dict.fromkeys(field.step for field in fields)
    return tuple(
        (gettext(name) if name else gettext(action.label), tuple(field for field in fields if field.step == name)) for name in names
    )


# What is wrong


def problems_of(fields: Sequence[Field], content: Mapping[str, Value], language: str) -> dict[str, tuple[str, ...]]:
    """What is wrong with what was given, in words, by the path of the question it is shown at."""
    found: dict[str, list[str]] = {}
    for field in fields:
        value = content.get(field.name)
        if value in (None, "", [], {}) or not applies(field, content):
            continue
        for problem in problems(field, value):
            found.setdefault(_shown_at(field, problem.field, value), []).append(say(problem.words, language))
    return {path: tuple(words) for path, words in found.items()}


def _shown_at(field: Field, path: str, value: Value) -> str:
    """A problem with a check or a paper is told by its place in the list; the form names checks by their id, and papers as one."""
    place = path.removeprefix(f"{field.name}.")
    if field.kind is Kind.PAPERS:
        return field.name
    if field.kind is Kind.CHECKS and place.isdigit() and isinstance(value, list | tuple):
        item = value[int(place)]
        return f"{field.name}.{item.get('check')}" if isinstance(item, Mapping) else field.name
    return path


def form(file: DraftFile, fields: Sequence[Field], *, checked: bool, spare: frozenset[str] = frozenset()) -> Form:
    """The form of some fields; `checked`: say what is wrong and missing (not on a page that nobody has filled in yet)."""
    asked = file.checklist()
    return Form(
        content=file.content,
        options=file.options(),
        zone=file.office.settings.zone,
        problems=problems_of(fields, file.content, file.language),
        missing=asked.paths() if checked else frozenset(),
        citations=asked.citations,
        asides=asked.whys,
        needed=frozenset(file.action.asks) | {field.name for field, _check in checks_asked(file.action, fields, file.basis)},
        spare=spare,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One line of the error summary: what is wrong, and the field it opens."""

    words: str
    anchor: str
    label: str


def faults(questions: Sequence[Question]) -> Iterator[Fault]:
    """What is wrong in these questions, in order, those inside persons and lists too."""
    for question in questions:
        for words in question.problems:
            yield Fault(words=words, anchor=question.id, label=question.label)
        yield from faults(question.parts)
        for item in question.items:
            yield from faults(item.parts)


# Steps


def step_of(file: DraftFile, path: str) -> int:
    """The number of the step that asks for a field, from 1; the first where none does."""
    first = path.partition(".")[0]
    return next((number for number, (_name, fields) in enumerate(file.pages(), start=1) if any(field.name == first for field in fields)), 1)


def steps(file: DraftFile, asked: Checklist, current: str) -> tuple[Step, ...]:
    """The steps beside the form: the counterpart, its pages, the letter, approval. `current`: a page's number, `letter` or `approval`."""
    found = [] if file.opened else [Step(title=gettext("Counterpart and kind"), state=StepState.DONE)]
    found += [_page_step(file, asked, number, page, current == str(number)) for number, page in enumerate(file.pages(), start=1)]
    if has_letter(file.draft):
        url = reverse("matters:draft-letter", args=[file.draft.id])
        found.append(_late(gettext("Preview of the letter"), url, asked, current == "letter"))
    url = reverse("matters:draft-approval", args=[file.draft.id])
    found.append(_late(gettext("Approval and seal"), url, asked, current == "approval"))
    return tuple(found)


def _page_step(file: DraftFile, asked: Checklist, number: int, page: tuple[str, tuple[Field, ...]], current: bool) -> Step:
    name, fields = page
    own = {field.name for field in fields}
    wrong = len(problems_of(fields, file.content, file.language))
    missing = [one for one in asked.missing if one.field.partition(".")[0] in own]
    touched = any(given(field, file.content.get(field.name)) for field in fields)
    state = StepState.DONE if touched and not (missing or wrong) else StepState.OPEN
    url = reverse("matters:draft-step", args=[file.draft.id, number])
    return Step(title=name, state=StepState.CURRENT if current else state, url=url, note=_note(fields, missing, wrong))


def _note(fields: Sequence[Field], missing: Sequence[Missing], wrong: int) -> str:
    count = len(missing)
    if wrong:
        return ngettext("%(count)d to mend", "%(count)d to mend", wrong) % {"count": wrong}
    if not missing:
        return ""
    if all(field.kind is Kind.PAPERS for field in fields):
        return ngettext("%(count)d paper", "%(count)d papers", count) % {"count": count}
    if all(one.check for one in missing):
        return ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}
    return ngettext("%(count)d item", "%(count)d items", count) % {"count": count}


def _late(title: str, url: str, asked: Checklist, current: bool) -> Step:
    if current:
        return Step(title=title, state=StepState.CURRENT, url=url)
    return Step(title=title, state=StepState.OPEN if asked.complete else StepState.LATER, url=url)


def missing_items(file: DraftFile, asked: Checklist) -> tuple[MissingItem, ...]:
    """Everything missing, each opening its field."""
    names = dict(enumerate((name for name, _fields in file.pages()), start=1))
    found = []
    for one in asked.missing:
        number = step_of(file, one.field)
        url = f"{reverse('matters:draft-step', args=[file.draft.id, number])}?checked=1#{item_id(one)}"
        label = f"{_shift(file) + number} {names.get(number, '')}"
        found.append(missing_item(one, file.office.register, file.language, url=url, step=label))
    return tuple(found)


def missing_here(file: DraftFile, asked: Checklist) -> tuple[MissingItem, ...]:
    """Everything missing on a form of one page, each opening its field there."""
    return tuple(missing_item(one, file.office.register, file.language, url=f"#{item_id(one)}") for one in asked.missing)


def _shift(file: DraftFile) -> int:
    """How many steps stand before the first page of the form."""
    return 0 if file.opened else 1


# What a form can put in before anybody types


def prefilled(office: Office, draft: Draft, kind: Procedure, action: Action, basis: Basis | None) -> dict[str, Value]:
    """The content of a new draft, with what the office, the law and the day already say."""
    language = str(draft.content.get("language") or _letter_language(basis))
    found = dict(draft.content)
    for field in kind.asked(action):
        if field.prefill and field.name not in found and (value := _prefill(office, draft, field.prefill, basis, language)):
            found[field.name] = value
    return found


def _letter_language(basis: Basis | None) -> str:
    codes = basis.language_codes if basis else ()
    return "ru" if "ru" in codes else page_language()


def _prefill(office: Office, draft: Draft, what: Prefill, basis: Basis | None, language: str) -> Value:
    match what:
        case Prefill.TODAY:
            return office.today().isoformat()
        case Prefill.BASIS:
            return [one.id for one in basis.primary] if basis else None
        case Prefill.REQUESTING | Prefill.REQUESTED:
            names = draft.roles.get(what.value, ())
            card = office.trust.card(names[0]) if names else None  # type: ignore[arg-type]  # a draft's roles are office ids
            return card.name("ru" if language == "ru" else "en") if card else None


def editable(draft: Draft) -> bool:
    """Whether the drafters may still change it."""
    return draft.status in {Status.DRAFTING, Status.RETURNED}
