"""What may be done next in a matter: what it is, what follows, what is missing with its article, and one button."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext

from comity.canonical import Value
from comity.desk.accounts.models import User
from comity.desk.components.model import NextMove
from comity.desk.matters.checklist import checklist, item_id, missing_item
from comity.desk.matters.citations import state_of
from comity.desk.matters.models import DraftRow
from comity.desk.matters.reading import Matter
from comity.node.commands.model import PERMISSION
from comity.node.drafts import Status
from comity.node.roles import Action as Permission
from comity.procedures import Action, Move, gathered, open_moves, open_notes

MOST_MISSING = 6
"""So many missing items are named under a next move; all of them stand in the form."""


def next_moves(matter: Matter, who: User, drafts: Iterable[DraftRow], language: str) -> tuple[NextMove, ...]:
    """Moves first, then notes; the first is the main one. None where this person's role may not make them."""
    under_way = {draft.act: draft for draft in drafts if draft.open}
    actions: tuple[Action, ...] = (*open_moves(matter.state, matter.office.id), *open_notes(matter.state, matter.office.id))
    allowed = [action for action in actions if may_make(who, action)]
    if matter.found.frozen:
        allowed = [action for action in allowed if not isinstance(action, Move)]
    return tuple(_next(matter, action, under_way.get(action.act), language, main=place == 0) for place, action in enumerate(allowed))


def may_make(who: User, action: Action) -> bool:
    """Whether this person may begin this act: draft it where it needs approval, else make it."""
    return who.may(Permission.DRAFT if action.approval else PERMISSION.get(action.act, Permission.MOVE))


def _next(matter: Matter, action: Action, draft: DraftRow | None, language: str, *, main: bool) -> NextMove:
    move = isinstance(action, Move)
    label = gettext(action.label)
    found = NextMove(
        title=label,
        follows=_follows(matter, action, draft, language),
        verb=_verb(action, draft),
        url=_url(matter, action, draft),
        move=move,
        main=main and move,
    )
    return found if draft is None or draft.status == Status.SUBMITTED else _with_missing(matter, action, draft, found, language)


def _with_missing(matter: Matter, action: Action, draft: DraftRow, found: NextMove, language: str) -> NextMove:
    kind, register = matter.state.procedure, matter.office.register
    if kind is None:
        return found
    asked = checklist(kind, action, matter.drafts.get(draft.id, {}), basis=matter.basis, register=register, language=language)
    items = tuple(
        missing_item(one, register, language, url=f"{found.url}?field={one.field}#{item_id(one)}") for one in asked.missing[:MOST_MISSING]
    )
    return replace(found, missing=items, more=len(asked.missing) - len(items), items=asked.items)


def _follows(matter: Matter, action: Action, draft: DraftRow | None, language: str) -> str:
    sentences = [then_words(matter, action, language)]
    if draft and draft.status == Status.SUBMITTED:
        sentences.append(gettext("The draft awaits approval; another person seals it."))
    elif draft and draft.status == Status.RETURNED:
        sentences.append(gettext("The draft was returned: %(reason)s") % {"reason": draft.reason})
    elif draft:
        sentences.append(gettext("Draft %(number)d is begun.") % {"number": draft.revision})
    elif action.approval:
        sentences.append(gettext("Another person approves and seals; the one who drafts does not."))
    return " ".join(sentences)


def then_words(matter: Matter, action: Action, language: str) -> str:
    """What follows from an act: who holds the file then."""
    if not isinstance(action, Move):
        return gettext("A note. The file stays where it is.")
    kind = matter.state.procedure
    holder = kind.state(action.to).holder if kind else None
    offices = matter.state.roles.get(holder or "", ())
    if not offices:
        return gettext("Ends the matter.")
    if offices[0] == matter.office.id:
        return gettext("The file stays with us.")
    return gettext("Then %(holder)s holds the file.") % {"holder": state_of(matter.office, offices[0], language)}


def _verb(action: Action, draft: DraftRow | None) -> str:
    if draft is None:
        return gettext("Fill in") if action.approval or isinstance(action, Move) else gettext("Write")
    return gettext("Look at it") if draft.status == Status.SUBMITTED else gettext("Go on")


def _url(matter: Matter, action: Action, draft: DraftRow | None) -> str:
    if draft is None:
        name, version = action.act.split("/")
        return reverse("matters:act", args=[matter.id, name, int(version)])
    return reverse("matters:draft-approval" if draft.status == Status.SUBMITTED else "matters:draft", args=[draft.id])


def said_before(matter: Matter, action: Action) -> Mapping[str, Value]:
    """What the file already says for the fields of an act: a later request begins with the answers of the application before it."""
    kind = matter.state.procedure
    if kind is None or not isinstance(action, Move) or not action.checklist:
        return {}
    known = gathered(matter.found.entries)
    return {field.name: known[field.name] for field in kind.asked(action) if field.name in known and field.name != "checks"}
