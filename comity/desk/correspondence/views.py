"""The page Correspondence."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.desk.accounts.access import person, requires
from comity.desk.correspondence.words import meaning
from comity.desk.matters import queries
from comity.desk.matters.citations import office_name, page_language, state_of
from comity.desk.matters.plain_page import number_words, title
from comity.desk.office import current_office
from comity.desk.today.trouble import silent
from comity.exchange import ExchangeUnit
from comity.exchange.store import Route
from comity.node.office import Office
from comity.node.roles import Action
from comity.trust import OfficeCard

SHOWN = 50


@requires(Action.READ_CORRESPONDENCE)
def overview(request: HttpRequest) -> HttpResponse:
    """Each office we know: what waits for it, what of its events is held, when it last did not answer, its card."""
    office, language = current_office(), page_language()
    with office.store.read() as unit:
        routes = {route.recipient: route for route in unit.routes()}
        told = {route.recipient for route in silent(office, unit)}
        cards = [card for card in office.trust.cards() if card.office != office.id]
        lines = [_line(office, unit, card, routes.get(card.office), language) | {"trouble": card.office in told} for card in cards]
        missing = len(unit.files_missing(1000))
    lines.sort(key=lambda line: (not line["trouble"], line["state"]))
    plain = [
        {"title": title(office, row, language), "number": number_words(row), "matter": row.matter, "at": _local(office, row.changed_at)}
        for row in queries.plain_matters(queries.reader(person(request)))[:SHOWN]
    ]
    return render(request, "correspondence/overview.html", {"lines": lines, "missing": missing, "none": not lines, "plain": plain})


def _line(office: Office, unit: ExchangeUnit, card: OfficeCard, route: Route | None, language: str) -> dict[str, Any]:
    failing = route.failing_since if route else None
    return {
        "state": state_of(office, card.office, language),
        "name": office_name(office, card.office, language),
        "endpoint": card.endpoint,
        "waiting": route.waiting if route else 0,
        "held": unit.held_count(card.office),
        "failing": failing is not None,
        "since": _local(office, failing),
        "next_try": _local(office, route.due_at if route else None),
        "words": _(meaning(route.code)) if route and failing else "",
        "valid_until": _local(office, card.valid_until),
        "version": card.version,
        "fingerprint": card.identity.id,
    }


def _local(office: Office, moment: datetime | None) -> datetime | None:
    return moment.astimezone(office.settings.zone) if moment else None
