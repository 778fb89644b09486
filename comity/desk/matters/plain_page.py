"""The page of a matter of which no view can be made: its number, its journal without what it says, its verification, and what to do.

It reads the headers of events and their proof alone, never a content of another office: that is what no view could be made of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from comity.desk.components import dates
from comity.desk.components.model import Crumb, Proof, ProofState, ReceiptLine, TimelineEntry
from comity.desk.matters.citations import page_language, state_of
from comity.desk.matters.models import PlainMatter
from comity.desk.matters.proof_page import Step, steps_of
from comity.desk.matters.timeline import act_words, receipt_time
from comity.exchange import ExchangeUnit
from comity.identifiers import EventId, MatterId, OfficeId
from comity.journal import Report, SealedEvent, SealedValue
from comity.node import proofs
from comity.node.office import Office
from comity.procedures import procedures


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """Everything the template shows. `to_do`: whole sentences, in order."""

    row: PlainMatter
    crumbs: tuple[Crumb, ...]
    title: str
    facts: tuple[str, ...]
    to_do: tuple[str, ...]
    entries: tuple[TimelineEntry, ...]
    steps: tuple[Step, ...]
    ok: bool


def plain_page(office: Office, unit: ExchangeUnit, row: PlainMatter, report: Report) -> PlainPage:
    """The page; `report` is what the check of the journal found just now."""
    language, events = page_language(), unit.events(MatterId(row.matter))
    receipts = proofs.receipts_of(office, unit, events)
    return PlainPage(
        row=row,
        crumbs=(Crumb(text=gettext("Matters"), url=reverse("matters")), Crumb(text=number_words(row))),
        title=title(office, row, language),
        facts=tuple(_facts(office, row, language)),
        to_do=tuple(_to_do(office, row, language)),
        entries=tuple(_entry(office, sealed, receipts, language) for sealed in reversed(events)),
        steps=tuple(steps_of(report, {sealed.id for sealed in events}, "")),
        ok=report.ok,
    )


def title(office: Office, row: PlainMatter, language: str) -> str:
    """“A matter with Russia that cannot be shown”."""
    return gettext("A matter with %(who)s that cannot be shown") % {"who": _others(office, row, language)}


def number_words(row: PlainMatter) -> str:
    """Our number, or that there is none yet."""
    return gettext("ours %(number)s") % {"number": row.own_number} if row.own_number else gettext("no number of ours yet")


def _others(office: Office, row: PlainMatter, language: str) -> str:
    names = (state_of(office, one, language) for one in row.offices if one != office.id)
    return ", ".join(dict.fromkeys(names)) or state_of(office, office.id, language)


def _facts(office: Office, row: PlainMatter, language: str) -> Iterator[str]:
    yield number_words(row)
    yield gettext("opened on %(day)s") % {"day": dates.full(row.opened_at.astimezone(office.settings.zone))}
    last = {"who": state_of(office, row.last_office, language), "day": dates.full(row.changed_at.astimezone(office.settings.zone))}
    yield gettext("last written by %(who)s on %(day)s") % last


def _to_do(office: Office, row: PlainMatter, language: str) -> Iterator[str]:
    who = _others(office, row, language)
    yield gettext("Ask %(who)s by another way what it sent, and answer outside the desk where a term runs.") % {"who": who}
    yield gettext(
        "Ask your administrator to install the newest release of Comity and to run “comity rebuild”: "
        "then the matter stands in every list again, whole."
    )
    yield gettext("Tell them the matter's id %(matter)s and this: %(fault)s.") % {"matter": row.matter, "fault": row.fault}


def _entry(office: Office, sealed: SealedEvent, receipts: Mapping[EventId, Mapping[OfficeId, SealedValue]], language: str) -> TimelineEntry:
    header = sealed.header
    who = state_of(office, header.office, language)
    known = next((kind for kind in procedures() if kind.action(header.act)), None)
    return TimelineEntry(
        at=header.at,
        title=act_words(known, header.act, who),
        move=False,
        line=who,
        proof=Proof(state=ProofState.SEALED, seal=sealed.id, receipts=tuple(_receipts(office, sealed, receipts, language))),
        anchor=f"event-{sealed.id[:16]}",
    )


def _receipts(
    office: Office, sealed: SealedEvent, receipts: Mapping[EventId, Mapping[OfficeId, SealedValue]], language: str
) -> Iterator[ReceiptLine]:
    if sealed.header.office != office.id:
        yield ReceiptLine(office=gettext("us"), at=gettext("given"))
    for other, receipt in receipts.get(sealed.id, {}).items():
        at = receipt_time(receipt)
        yield ReceiptLine(office=state_of(office, other, language), at=f"{at.astimezone(office.settings.zone):%H:%M}" if at else "")
