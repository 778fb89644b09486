"""The proof of a matter: the numbered steps of its check, the head of each strand, and one event with everything that proves it."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from comity.desk.components import dates
from comity.desk.components.model import Crumb, PrivatePart, Proof
from comity.desk.matters.citations import office_name, page_language, state_of
from comity.desk.matters.matter_page import designations, way_back
from comity.desk.matters.reading import Matter
from comity.desk.matters.shown import Reader, Shown
from comity.desk.matters.timeline import proof, receipt_time, title, verdict_words
from comity.exchange import papers_in
from comity.identifiers import EventId, OfficeId
from comity.journal import Outcome, Report, SealedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the check. `sign`: passed, failed, or not reached; `url` opens the event it failed at."""

    number: int
    name: str
    sign: str
    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandHead:
    """The newest event of one office."""

    office: str
    events: int
    id: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPage:
    """The check of a matter."""

    matter: str
    crumbs: tuple[Crumb, ...]
    title: str
    ok: bool
    steps: tuple[Step, ...]
    heads: tuple[StrandHead, ...]
    events: int
    erased: int
    receipts: int
    release: str


def proof_page(matter: Matter, report: Report) -> ProofPage:
    """What the check found just now."""
    language = page_language()
    return ProofPage(
        matter=matter.id,
        crumbs=tuple(way_back(matter, language)),
        title=matter.row.title,
        ok=report.ok,
        steps=tuple(steps_of(report, matter.events, matter.id)),
        heads=tuple(_heads(matter, language)),
        events=report.events,
        erased=report.erased,
        receipts=report.receipts,
        release=matter.row.law_release,
    )


_SIGNS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.NOT_REACHED: "not-reached"}


def steps_of(report: Report, events: Container[EventId], matter: str) -> Iterator[Step]:
    """The steps of a check; one that failed at one of these events opens it, where `matter` has pages of its events (else empty)."""
    for step in report.steps:
        url = reverse("matters:matter-event", args=[matter, step.event_id]) if matter and step.event_id in events else ""
        yield Step(number=step.number, name=gettext(step.name), sign=_SIGNS[step.outcome], words=step.sentence(gettext), url=url)


def _heads(matter: Matter, language: str) -> Iterator[StrandHead]:
    newest: dict[OfficeId, SealedEvent] = {}
    for sealed in matter.events.values():
        known = newest.get(sealed.header.office)
        if known is None or known.header.seq < sealed.header.seq:
            newest[sealed.header.office] = sealed
    for office, sealed in sorted(newest.items()):
        yield StrandHead(
            office=office_name(matter.office, office, language),
            events=sealed.header.seq + 1,
            id=sealed.id,
            at=_moment(matter, sealed),
        )


def _moment(matter: Matter, sealed: SealedEvent) -> str:
    local = sealed.header.at.astimezone(matter.office.settings.zone)
    return f"{dates.full(local)}, {local:%H:%M}"


# One event


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """One event: its sentence, what it says, and the values that prove it, each under its name.

    `erased` says that its content was, and when; `erasable`: it has one, and did not open the matter.
    """

    matter: str
    event: str
    crumbs: tuple[Crumb, ...]
    title: str
    line: str
    at: str
    shown: tuple[Shown, ...]
    erased: str
    erasable: bool
    proof: Proof
    values: tuple[tuple[str, str], ...]


def event_page(matter: Matter, event_id: str) -> EventPage | None:
    """The event of this id, or None where the matter has none."""
    language = page_language()
    place = next((place for place, entry in enumerate(matter.found.entries) if entry.event.id == event_id), None)
    if place is None:
        return None
    entry = matter.found.entries[place]
    before = matter.found.entries[place - 1].state.state if place else None
    sealed = matter.events[entry.event.id]
    urls = {str(paper.sha256): reverse("matters:paper", args=[matter.id, paper.sha256]) for paper in papers_in(entry.event.content)}
    content = entry.event.content
    reader = Reader(office=matter.office, language=language, paper_urls=urls)
    return EventPage(
        matter=matter.id,
        event=entry.event.id,
        crumbs=tuple(way_back(matter, language)),
        title=title(matter, entry, before, language),
        line=f"{state_of(matter.office, entry.event.header.office, language)} · {verdict_words(entry, matter.state.procedure)}",
        at=_moment(matter, sealed),
        shown=reader.event(matter.state.procedure, content.value) if content and not entry.event.opens else (),
        erased=_erased(matter, entry.event.id) if content is None else "",
        erasable=content is not None and not entry.event.opens,
        proof=proof(matter, entry.event, language),
        values=tuple(_values(matter, sealed, language)),
    )


def _erased(matter: Matter, event: str) -> str:
    erasure = matter.erasures.get(event)
    if erasure is None:
        return gettext("The content was erased. Who did what, and when, still stands and verifies.")
    day = dates.full(erasure.at.astimezone(matter.office.settings.zone))
    return gettext("The content was erased on %(day)s. Who did what, and when, still stands and verifies.") % {"day": day}


def erasure_part(matter: Matter, event: str) -> PrivatePart | None:
    """By which rule our office erased the content of an event, and who did: only for our office."""
    erasure = matter.erasures.get(event)
    if erasure is None:
        return None
    who = designations([erasure.by]).get(erasure.by, "")
    return PrivatePart(title=gettext("Why the content was erased"), lines=tuple(line for line in (erasure.reason, who) if line))


def _values(matter: Matter, sealed: SealedEvent, language: str) -> Iterator[tuple[str, str]]:
    header, statement = sealed.header, sealed.placement.seal.statement
    yield gettext("Event"), sealed.id
    yield gettext("Act"), header.act
    yield gettext("Author"), f"{office_name(matter.office, header.office, language)} ({header.office})"
    yield gettext("Place in its strand"), str(header.seq + 1)
    yield gettext("Event before it"), header.prev or gettext("none, it is the first")
    yield gettext("Had seen"), ", ".join(header.seen) or gettext("nothing of others")
    yield gettext("Commitment to the content"), header.body
    yield gettext("Seal over the root"), statement.root
    yield gettext("Sealed with the key"), statement.key
    yield gettext("Sealed group"), gettext("event %(place)d of %(size)d") % {"place": sealed.placement.index + 1, "size": statement.size}
    yield gettext("Sealed at"), f"{statement.at.astimezone(matter.office.settings.zone):%Y-%m-%d %H:%M:%S %Z}"
    for other, receipt in matter.receipts.get(sealed.id, {}).items():
        at = receipt_time(receipt)
        when = f"{at.astimezone(matter.office.settings.zone):%Y-%m-%d %H:%M:%S %Z}" if at else ""
        yield gettext("Receipt of %(office)s") % {"office": state_of(matter.office, other, language)}, when
