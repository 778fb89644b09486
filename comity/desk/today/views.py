"""The pages Today and Matters."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.access import person, requires
from comity.desk.components.due import grouped
from comity.desk.components.model import Tab
from comity.desk.matters import queries
from comity.desk.matters.citations import page_language, state_of
from comity.desk.matters.models import DraftRow, MatterRow
from comity.desk.matters.queries import DraftFilter, MatterFilter
from comity.desk.office import current_office
from comity.desk.today.filters import FilterForm
from comity.desk.today.rows import address, desk_row, known_kind, waiting_row
from comity.desk.today.trouble import troubles
from comity.node.drafts import Status
from comity.node.office import Office
from comity.node.roles import Action
from comity.procedures import procedure

SHOWN = 50  # rows of one section before the way to all
PER_PAGE = 50
RECENT = 3  # days that “done” looks back
OFFICE, UNIT, MINE = VIEWS = ("office", "unit", "mine")


def today(request: HttpRequest) -> HttpResponseBase:
    """The page everybody begins at; who reads no matter begins with their own work: People, or what this office confirmed of the law."""
    who = person(request)
    if not who.may(Action.READ_MATTERS):
        if who.may(Action.MANAGE_PEOPLE):
            return redirect("people")
        if who.may(Action.CONFIRM_LAW):
            return redirect("law:quality")
    return _today(request)


@requires(Action.READ_MATTERS)
def _today(request: HttpRequest) -> HttpResponse:
    """What lies on our desk by due date, what waits on others, what arrived, what awaits approval, what is in trouble."""
    office, language, on = current_office(), page_language(), current_office().today()
    view = next((name for name in VIEWS if name == request.GET.get("view")), OFFICE)
    asked = _asked(request, view)
    ours, theirs = queries.on_our_desk(asked), queries.waiting_on_others(asked)
    under_way = _under_way(asked, ours[:SHOWN])
    rows = [desk_row(office, row, on, language, user=asked.reader.user, draft=under_way.get(row.matter)) for row in ours[:SHOWN]]
    count, waiting_count = ours.count(), theirs.count()
    drafts = DraftFilter(reader=asked.reader)
    with office.store.read() as unit:
        frozen = queries.matters(MatterFilter(reader=asked.reader, frozen=True))[:SHOWN]
        trouble = troubles(office, unit, frozen, queries.plain_matters(asked.reader)[:SHOWN], language)
    arrived = queries.arrived_unregistered(asked)
    context: dict[str, Any] = {
        "today": on,
        "lead": _lead(count, late=ours.filter(due__lt=on).count(), soon=ours.filter(due__range=(on, on + timedelta(days=1))).count()),
        "tabs": _tabs(request, view),
        "rows": rows,
        "dated": any(row.due.on for row in rows),
        "cited": any(row.due.citation for row in rows),
        "groups": grouped(rows, on),
        "count": _shown_of(count),
        "all": _("all") if count > SHOWN else "",
        "waiting": [waiting_row(office, row, on, language) for row in theirs[:SHOWN]],
        "waiting_count": _shown_of(waiting_count),
        "waiting_all": _("all") if waiting_count > SHOWN else "",
        "troubles": trouble,
        "arrived": [_arrived(office, row, language) for row in arrived[:SHOWN]],
        "approvals": _drafts(office, queries.awaiting_approval(drafts)[:SHOWN], asked, language),
        "drafts": _drafts(office, _being_written(asked)[:SHOWN], asked, language),
        "done": [_done(row) for row in queries.closed_since(asked, on - timedelta(days=RECENT))[:SHOWN]],
    }
    return render(request, "today/today.html", context)


@requires(Action.READ_MATTERS)
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter this person may see, narrowed by the address."""
    office, language = current_office(), page_language()
    form = FilterForm(request.GET or None, states=_states(office, language))
    asked = form.asked(queries.reader(person(request)))
    page = Paginator(queries.matters(asked), PER_PAGE).get_page(request.GET.get("page"))
    lines = [_line(office, row, language) for row in page]
    return render(request, "today/matters.html", {"form": form, "page": page, "lines": lines, "narrowed": form.narrowed})


def _asked(request: HttpRequest, view: str) -> MatterFilter:
    return MatterFilter(reader=queries.reader(person(request)), mine=view == MINE, own_unit=view == UNIT)


def _tabs(request: HttpRequest, view: str) -> list[Tab]:
    views = ((OFFICE, _("Our office")), (UNIT, _("My unit")), (MINE, _("Mine")))
    count = queries.on_our_desk(_asked(request, MINE)).count()
    return [
        Tab(text=text, url=f"{reverse('today')}?view={name}", current=name == view, count=count or None if name == MINE else None)
        for name, text in views
    ]


def _lead(count: int, *, late: int, soon: int) -> tuple[str, str, str]:
    """The day in a sentence: how many, then in the signal colour how many are overdue, then how many are due by tomorrow."""
    if not count:
        return _("Nothing lies on our desk."), "", ""
    first = ngettext("%(count)s matter lies on our desk.", "%(count)s matters lie on our desk.", count) % {"count": count}
    second = ngettext("%(count)s is overdue.", "%(count)s are overdue.", late) % {"count": late} if late else ""
    third = ngettext("%(count)s is due by tomorrow.", "%(count)s are due by tomorrow.", soon) % {"count": soon} if soon else ""
    return first, second, third


def _shown_of(count: int) -> int | str:
    """The count of a section; where not all are shown, how many of how many."""
    return count if count <= SHOWN else _("%(shown)d of %(count)d") % {"shown": SHOWN, "count": count}


def _being_written(asked: MatterFilter) -> QuerySet[DraftRow]:
    found = queries.drafts(DraftFilter(reader=asked.reader, by_reader=True if asked.mine else None))
    return found.filter(status__in=[Status.DRAFTING.value, Status.RETURNED.value])


def _arrived(office: Office, row: MatterRow, language: str) -> dict[str, Any]:
    kind = known_kind(row)
    return {
        "from": state_of(office, row.requesting or row.last_office, language),
        "title": _(kind.title) if kind else row.procedure,
        "subject": row.title,
        "url": address(row),
        "at": row.opened_at.astimezone(office.settings.zone),
    }


def _under_way(asked: MatterFilter, rows: Iterable[MatterRow]) -> dict[str, DraftRow]:
    """By matter the draft that was saved last, as far as the reader sees it."""
    found = queries.drafts(DraftFilter(reader=asked.reader)).filter(matter__in=[row.matter for row in rows])
    return {row.matter: row for row in reversed(found)}


def _drafts(office: Office, rows: Iterable[DraftRow], asked: MatterFilter, language: str) -> list[dict[str, Any]]:
    found = list(rows)
    known = queries.matters(MatterFilter(reader=asked.reader)).in_bulk([row.matter for row in found])
    return [_draft(office, row, known.get(row.matter, row).title, asked.reader.user, language) for row in found]


def _draft(office: Office, row: DraftRow, title: str, user: str, language: str) -> dict[str, Any]:
    kind = procedure(row.procedure, row.version)
    action = kind.action(row.act) if kind else None
    others = ", ".join(state_of(office, one, language) for one in row.counterparts)
    return {
        "title": title,
        "label": _(action.label) if action else row.act,
        "others": others,
        "url": reverse("matters:draft", args=[row.id]),
        "saved_at": row.saved_at.astimezone(office.settings.zone),
        "mine": user in row.hands,
        "returned": row.status == Status.RETURNED.value,
        "reason": row.reason,
    }


def _done(row: MatterRow) -> dict[str, Any]:
    kind = known_kind(row)
    return {"title": row.title, "url": address(row), "state": _(kind.state(row.state).label) if kind else row.state, "at": row.changed_at}


def _line(office: Office, row: MatterRow, language: str) -> dict[str, Any]:
    kind = known_kind(row)
    return {
        "row": row,
        "url": address(row),
        "kind": _(kind.title) if kind else row.procedure,
        "state": _(kind.state(row.state).label) if kind else row.state,
        "pair": (row.requesting_state, row.requested_state) if row.requesting_state and row.requested_state else None,
        "holder": state_of(office, row.holder, language) if row.holder else "",
        "numbers": ", ".join(filter(None, (row.own_number, *row.peer_numbers.values()))),
        "changed": row.changed_at.astimezone(office.settings.zone),
    }


def _states(office: Office, language: str) -> list[tuple[str, str]]:
    codes = {card.state: state_of(office, card.office, language) for card in office.trust.cards() if card.office != office.id}
    return sorted(codes.items(), key=lambda one: one[1])
