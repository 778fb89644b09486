"""The journal of a matter as a timeline, newest first, each event with its seal and the receipts for it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from comity.canonical import CanonicalError, Value, parse_time
from comity.desk.components import dates
from comity.desk.components.model import Proof, ProofState, ReceiptLine, TimelineEntry
from comity.desk.matters.citations import state_of
from comity.desk.matters.reading import Matter
from comity.exchange import papers_in
from comity.identifiers import EventId
from comity.journal import Entry, Event, SealedValue, Verdict
from comity.procedures import Kind, MatterState, Move, Procedure, State
from comity.words import _

MOST_WORDS = 220
OPENED = _("Matter opened")
ERASED = _("The content was erased; who did what and when still stands.")


def timeline(matter: Matter, language: str) -> Iterator[TimelineEntry]:
    """Every event, newest first."""
    before: dict[EventId, State] = {}
    state: State | None = None
    for entry in matter.found.entries:
        if state is not None:
            before[entry.event.id] = state
        state = entry.state.state
    for entry in reversed(matter.found.entries):
        yield _entry(matter, entry, before.get(entry.event.id), language)


def _entry(matter: Matter, entry: Entry[MatterState], before: State | None, language: str) -> TimelineEntry:
    event = entry.event
    return TimelineEntry(
        at=event.header.at,
        title=title(matter, entry, before, language),
        move=entry.verdict is Verdict.MOVE and not event.opens,
        line=_line(matter, entry, language),
        body=body(matter.state.procedure, event),
        proof=proof(matter, event, language),
        anchor=f"event-{event.id[:16]}",
    )


def act_words(kind: Procedure | None, act: str, who: str) -> str:
    """The sentence of the record; the act's stable name where this office does not know it."""
    action = kind.action(act) if kind else None
    if act == "matter.opened/1":
        return gettext(OPENED)
    return gettext(action.done).format(office=who) if action else act


def title(matter: Matter, entry: Entry[MatterState], before: State | None, language: str) -> str:
    """What was done; for a move, also to whom the file passed."""
    who = state_of(matter.office, entry.event.header.office, language)
    words = act_words(matter.state.procedure, entry.event.header.act, who)
    if entry.verdict is not Verdict.MOVE or entry.event.opens or before is None or before.holder == entry.state.state.holder:
        return words
    holders = entry.state.roles.get(entry.state.state.holder or "", ())
    if not holders:
        return gettext("%(what)s; the matter is closed") % {"what": words}
    return gettext("%(what)s; the file passes to %(holder)s") % {"what": words, "holder": state_of(matter.office, holders[0], language)}


def _line(matter: Matter, entry: Entry[MatterState], language: str) -> str:
    parts = [state_of(matter.office, entry.event.header.office, language), verdict_words(entry, matter.state.procedure)]
    if count := len(papers_in(entry.event.content)):
        parts.append(papers_words(count))
    url = reverse("matters:matter-event", args=[matter.id, entry.event.id])
    return format_html('{} ·\u00a0<a href="{}">{}</a>', " · ".join(parts), url, gettext("read"))


def papers_words(count: int) -> str:
    """`2 papers`."""
    return ngettext("%(count)d paper", "%(count)d papers", count) % {"count": count}


def verdict_words(entry: Entry[MatterState], kind: Procedure | None) -> str:
    """Move, note, or void: kept, but without effect."""
    if entry.event.opens:
        return gettext("opens the matter")
    action = kind.action(entry.event.header.act) if kind else None
    match entry.verdict:
        case Verdict.MOVE:
            return gettext("move, approved by another person") if action and action.approval else gettext("move")
        case Verdict.NOTE:
            return gettext("note, approved by another person") if action and action.approval else gettext("note")
        case Verdict.VOID:
            return gettext("void: kept, without effect, because its author did not hold the file")


def body(kind: Procedure | None, event: Event) -> str:
    """The first words that were said with the event; that its content was erased, where it was."""
    if event.content is None:
        return gettext(ERASED)
    if kind is None or event.opens:
        return ""
    action = kind.action(event.header.act)
    if action is None or (isinstance(action, Move) and action.checklist):
        return ""
    words = _said(kind, event.content.value)
    return words if len(words) <= MOST_WORDS else words[:MOST_WORDS].rsplit(" ", 1)[0] + " …"


def _said(kind: Procedure, content: Mapping[str, Value]) -> str:
    for field in kind.fields:
        value = content.get(field.name)
        if field.kind is Kind.LONG_TEXT and isinstance(value, str) and value:
            return " ".join(value.split())
    return ""


# Proof


def proof(matter: Matter, event: Event, language: str) -> Proof:
    """The seal of an event, and who has given a receipt for it."""
    forked = any(event.id in fork.ids for fork in matter.found.forks)
    return Proof(
        state=ProofState.FORK if forked else ProofState.SEALED,
        seal=event.id,
        receipts=tuple(_receipts(matter, event, language)),
    )


def _receipts(matter: Matter, event: Event, language: str) -> Iterator[ReceiptLine]:
    own = matter.office.id
    if event.header.office != own:
        yield ReceiptLine(office=gettext("us"), at=gettext("given"))
        return
    for other in matter.state.offices:
        if other != own:
            given = matter.receipts.get(event.id, {}).get(other)
            yield ReceiptLine(
                office=state_of(matter.office, other, language),
                at=moment_words(receipt_time(given), event.header.at, matter) if given else "",
            )


def receipt_time(receipt: SealedValue) -> datetime | None:
    """When the other office sealed the receipt, by its clock."""
    value: Any = receipt.value
    try:
        return parse_time(str(value.get("at")))
    except (CanonicalError, AttributeError):
        return None


def moment_words(moment: datetime | None, event: datetime, matter: Matter) -> str:
    """`10:21` on the day of the event, `23 Nov 10:21` on another; in the office's zone."""
    if moment is None:
        return gettext("given")
    local = moment.astimezone(matter.office.settings.zone)
    if local.date() == event.astimezone(matter.office.settings.zone).date():
        return f"{local:%H:%M}"
    return f"{dates.short(local, matter.office.today())} {local:%H:%M}"
