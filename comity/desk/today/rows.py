"""From rows of the views to what the components show: the date with its reason, the citation, day n of N, the next move."""

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.components import dates
from comity.desk.components.model import DueDate, DueRow
from comity.desk.matters.citations import state_of
from comity.desk.matters.deadlines import due_of_row
from comity.desk.matters.models import DraftRow, MatterRow
from comity.node.drafts import Status
from comity.node.office import Office
from comity.procedures import Procedure, procedure


def desk_row(office: Office, row: MatterRow, today: date, language: str, *, user: str, draft: DraftRow | None = None) -> DueRow:
    """A matter on our desk: why this date, what is to be done next, and whether it is this person's (`user`).

    Next is the draft that is under way (`draft`), else the first move open to us.
    """
    kind = known_kind(row)
    name = _(kind.title) if kind else row.procedure
    move, url = _under_way(kind, draft) if draft else (_next(kind, row), address(row))
    return DueRow(
        title=row.title,
        url=address(row),
        pair=pair(row),
        due=due_date(office, row, today, language),
        move=move,
        move_url=url,
        who=_who(name, row, user, draft),
    )


def waiting_row(office: Office, row: MatterRow, today: date, language: str) -> DueRow:
    """A matter that another office holds: since when, and what is expected of it."""
    return DueRow(
        title=row.title,
        url=address(row),
        pair=pair(row),
        due=due_date(office, row, today, language),
        held_by=state_of(office, row.holder, language),
        expected=_since(row.state_since.astimezone(office.settings.zone).date(), today),
    )


def _since(day: date, today: date) -> str:
    """How long it has been there, with the day it came."""
    days = (today - day).days
    if days <= 0:
        return _("there since today")
    shown = {"day": dates.short(day, today), "days": days}
    return ngettext("there since %(day)s, %(days)s day", "there since %(day)s, %(days)s days", days) % shown


def due_date(office: Office, row: MatterRow, today: date, language: str) -> DueDate:
    """The date of a matter with its reason; without a term the reason says what is awaited."""
    if row.due is None:
        return DueDate(today=today, reason=_sentence(_waiting(row)))
    found = due_of_row(row, office.register, today, language)
    return replace(found, reason=_sentence(str(found.reason)))


def known_kind(row: MatterRow) -> Procedure | None:
    """The procedure of a matter, or None where this office does not know the kind or its opening does not fit it."""
    found = procedure(row.procedure, row.version)
    return found if found and any(state.name == row.state for state in found.states) else None


def address(row: MatterRow) -> str:
    """The page of a matter."""
    return reverse("matters:matter", args=[row.matter])


def pair(row: MatterRow) -> tuple[str, str] | None:
    """Requesting and requested State in two letters, where the kind has two sides."""
    return (row.requesting_state, row.requested_state) if row.requesting_state and row.requested_state else None


def _next(kind: Procedure | None, row: MatterRow) -> str:
    found = kind.moves if kind and not row.frozen else ()  # no move counts in a frozen matter
    moves = (move for move in found if move.by == row.our_role and row.state in move.at and not move.after)
    return next((_(move.label) for move in moves), _("Open"))


def _under_way(kind: Procedure | None, draft: DraftRow) -> tuple[str, str]:
    action = kind.action(draft.act) if kind else None
    return _(action.label) if action else draft.act, reverse("matters:draft", args=[draft.id])


def _who(kind: str, row: MatterRow, user: str, draft: DraftRow | None) -> str:
    if draft:
        stands = {Status.SUBMITTED: _("awaits approval"), Status.RETURNED: _("draft returned")}
        return stands.get(Status(draft.status), _("draft begun"))
    return _("%(kind)s · you") % {"kind": kind} if row.assigned == user else kind


def _waiting(row: MatterRow) -> str:
    kind = known_kind(row)
    return _(kind.state(row.state).waiting or kind.state(row.state).label) if kind else ""


def _sentence(text: str) -> str:
    return f"{text}." if text and not text.endswith((".", "?")) else text
