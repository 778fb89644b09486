"""What needs people although nobody asked for it: an office that does not answer, events that are held or refused, a frozen matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.components import dates
from comity.desk.components.model import Words
from comity.desk.matters.citations import state_of
from comity.desk.matters.models import MatterRow, PlainMatter
from comity.desk.matters.plain_page import number_words, title
from comity.exchange import ExchangeUnit, outbox
from comity.exchange.store import Route
from comity.node.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One trouble in words: what it is, since when and what waits, and where to go."""

    title: Words
    text: Words
    link: Words = ""
    url: str = ""


def troubles(
    office: Office, unit: ExchangeUnit, frozen: Iterable[MatterRow], plain: Iterable[PlainMatter], language: str
) -> tuple[Trouble, ...]:
    """All of them: frozen matters, then those that cannot be shown, then offices."""
    routes = tuple(_silent(office, route, language) for route in silent(office, unit))
    held = tuple(filter(None, (_held(office, unit, card.office, language) for card in office.trust.cards())))
    return (*map(_frozen, frozen), *(_unreadable(office, row, language) for row in plain), *routes, *held)


def silent(office: Office, unit: ExchangeUnit) -> tuple[Route, ...]:
    """The offices that have not answered for so long that people are told; a gateway that only starts again is no trouble."""
    return outbox.in_trouble(unit.routes(), now=office.clock(), patience=outbox.Patience())


def _frozen(row: MatterRow) -> Trouble:
    return Trouble(
        title=_("A matter is frozen: %(title)s") % {"title": row.title},
        text=_("One office signed two different events for the same place. Both are kept; no move counts until people have settled it."),
        link=_("Show the matter"),
        url=reverse("matters:matter", args=[row.matter]),
    )


def _unreadable(office: Office, row: PlainMatter, language: str) -> Trouble:
    day = dates.short(row.changed_at.astimezone(office.settings.zone).date())
    text = _("%(number)s, last written by %(who)s on %(day)s. Everything is kept and receipted; nothing is lost. The page says what to do.")
    return Trouble(
        title=title(office, row, language),
        text=text % {"number": number_words(row), "who": state_of(office, row.last_office, language), "day": day},
        link=_("What to do"),
        url=reverse("matters:matter", args=[row.matter]),
    )


def _silent(office: Office, route: Route, language: str) -> Trouble:
    since = route.failing_since.astimezone(office.settings.zone) if route.failing_since else None
    waiting = ngettext("%(count)s event waits", "%(count)s events wait", route.waiting) % {"count": route.waiting}
    return Trouble(
        title=_("%(office)s is not answering") % {"office": state_of(office, route.recipient, language)},
        text=_("since %(since)s. %(waiting)s; nothing is lost. %(next)s")
        % {"since": _at(since), "waiting": waiting, "next": _next(office, route)},
        link=_("Correspondence"),
        url=reverse("correspondence:overview"),
    )


def _held(office: Office, unit: ExchangeUnit, sender: str, language: str) -> Trouble | None:
    count = unit.held_count(sender)  # type: ignore[arg-type]  # an office's id
    if not count:
        return None
    title = ngettext("%(count)s event from %(office)s is held", "%(count)s events from %(office)s are held", count)
    return Trouble(
        title=title % {"count": count, "office": state_of(office, sender, language)},
        text=_("Something that comes before it, or a key, is not here yet. It is asked for; nothing is lost."),
        link=_("Correspondence"),
        url=reverse("correspondence:overview"),
    )


def _next(office: Office, route: Route) -> str:
    if route.due_at is None:
        return ""
    return _("Next try %(at)s.") % {"at": dates.hour(route.due_at.astimezone(office.settings.zone))}


def _at(moment: datetime | None) -> str:
    return f"{dates.short(moment.date())}, {dates.hour(moment)}" if moment else ""
