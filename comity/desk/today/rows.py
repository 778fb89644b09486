"""From rows of the views to what the components show: the date with its reason, the citation, day n of N, the next move."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.components.model import Count, DueDate, DueRow
from comity.desk.matters.citations import cite, state_of
from comity.desk.matters.models import MatterRow
from comity.node.office import Office
from comity.procedures import Move, Procedure, procedure


def desk_row(office: Office, row: MatterRow, today: date, language: str) -> DueRow:
    """A matter on our desk: why this date, and the first move open to us."""
    kind = procedure(row.procedure, row.version)
    moves = _moves(kind, row)
    return DueRow(
        title=row.title,
        url=address(row),
        pair=pair(row),
        due=due_date(office, row, today, language),
        move=_(moves[0].label) if moves else _("Open"),
        move_url=address(row),
        who=_(kind.title) if kind else row.procedure,
    )


def waiting_row(office: Office, row: MatterRow, today: date, language: str) -> DueRow:
    """A matter that another office holds: since when, and what is expected of it."""
    since = (today - row.state_since.astimezone(office.settings.zone).date()).days
    expected = ngettext("there for %(days)s day", "there for %(days)s days", since) % {"days": since}
    return DueRow(
        title=row.title,
        url=address(row),
        pair=pair(row),
        due=due_date(office, row, today, language),
        held_by=state_of(office, row.holder, language),
        expected=expected,
    )


def due_date(office: Office, row: MatterRow, today: date, language: str) -> DueDate:
    """The date of a matter with its reason; without a term the reason says what is awaited."""
    kind = procedure(row.procedure, row.version)
    if row.due is None:
        return DueDate(today=today, reason=_waiting(kind, row))
    citation = None
    if row.due_instrument:
        citation = cite(office.register, row.due_instrument, row.due_article or None, row.due_confidence or None, language)
    count = Count(day=(today - row.due_from).days + 1, of=row.due_days) if row.due_from and row.due_days else None
    label = next((clock.label for clock in kind.clocks if clock.name == row.due_clock), "") if kind else ""
    return DueDate(
        today=today, on=row.due, reason=f"{_(label)}." if label else "", citation=citation, count=count, target=row.due_is_target
    )


def address(row: MatterRow) -> str:
    """The page of a matter."""
    return reverse("matters:matter", args=[row.matter])


def pair(row: MatterRow) -> tuple[str, str] | None:
    """Requesting and requested State in two letters, where the kind has two sides."""
    return (row.requesting_state, row.requested_state) if row.requesting_state and row.requested_state else None


def _moves(kind: Procedure | None, row: MatterRow) -> tuple[Move, ...]:
    found = kind.moves if kind else ()
    return tuple(move for move in found if move.by == row.our_role and row.state in move.at)


def _waiting(kind: Procedure | None, row: MatterRow) -> str:
    return _(kind.state(row.state).waiting) if kind else ""
