"""The views of the journal, written anew for each matter that changed: in the transaction that writes the events, or by `rebuild`.

A view follows from the events alone (and from the law release and procedures they were made under), never from the day on which it is
written: so a rebuild gives equal rows. Nothing else writes these tables.

Where no view can be made of what an office sealed, the matter gets the plain row that its headers allow (`PlainMatter`), so that it stands
in Trouble until this program, or a newer one, can read it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import OperationalError, transaction

from comity.canonical import Value
from comity.desk.matters.models import DeadlineRow, DraftRow, MatterRow, PaperRow, PlainMatter, PrivateNote
from comity.desk.matters.subjects import Subject, own_numbers, searchable, state_names, subject_of
from comity.desk.matters.touched import touched
from comity.desk.record.rebuild import rebuild as rebuild_views
from comity.errors import Code
from comity.exchange import ExchangeUnit, papers_in
from comity.identifiers import MatterId, OfficeId, StateCode
from comity.journal import Event, Folded, StoreError, Verdict
from comity.law import Basis, Register
from comity.law.calendars import Calendar
from comity.node import drafts as drafting
from comity.node.commands import ASSIGNED, NOTE_KEPT, basis_of, folded
from comity.node.drafts import Draft, drafts
from comity.node.incident import incident
from comity.node.office import Office
from comity.procedures import MatterState, RunningClock, Term, clocks, holder, procedure, role_of

log = structlog.get_logger("comity.desk")


@dataclass(frozen=True, slots=True)
class DeskProjector:
    """Keeps the desk's views. Of the office it reads who it is, whom it trusts and which law it holds:

    office = replace(office, projector=DeskProjector(office))
    """

    office: Office

    def project(self, unit: ExchangeUnit, matter: MatterId) -> None:
        """Bring the views of this matter up to date, inside the transaction of `unit`; all of them or, after an error, none."""
        try:
            with transaction.atomic():
                self._project(unit, matter)
        except OperationalError as error:
            raise StoreError(Code.STORAGE, "The views could not be written.", where=matter) from error

    def law_changed(self, unit: ExchangeUnit, before: Register, after: Register) -> None:
        """Make anew the views of the open matters whose answer differs: their clocks may too."""
        for matter in touched(before, after):
            self.project(unit, matter)

    def _project(self, unit: ExchangeUnit, matter: MatterId) -> None:
        _forget(matter)
        internal = unit.internal(matter)
        if events := unit.events(matter):
            try:
                with transaction.atomic():
                    self._shared(unit, matter, internal)
            except (OperationalError, StoreError):
                raise
            except Exception as error:  # noqa: BLE001  # whatever an office wrote: the matter must not be without any row
                found = incident(error)
                log.error("view.failed", matter=matter, **found)  # noqa: TRY400  # its words may hold personal data
                PlainMatter.objects.create(**_plain(self.office, matter, [sealed.event for sealed in events], internal, found))
        DraftRow.objects.bulk_create(_draft_rows(self.office, matter, internal, opens=not unit.events(matter)))
        PrivateNote.objects.bulk_create(_notes(matter, internal))

    def _shared(self, unit: ExchangeUnit, matter: MatterId, internal: Sequence[Event]) -> None:
        found = folded(unit, matter)
        basis = basis_of(self.office, unit, matter) if found.state.procedure else None
        deadlines = tuple(_deadlines(matter, found, basis, self.office.register.calendars))
        row = _matter_row(self.office, matter, found, internal)
        MatterRow.objects.create(**row, **_due(deadlines))
        DeadlineRow.objects.bulk_create(deadlines)
        PaperRow.objects.bulk_create(_papers(matter, found))


def rebuild(office: Office, *, progress: Callable[[MatterId], None] = lambda _matter: None) -> int:
    """Empty every view and make it anew from the journal; answers how many matters there are. `progress` hears of each."""
    with office.store.write():
        for table in (DeadlineRow, PaperRow, MatterRow, PlainMatter, DraftRow, PrivateNote):
            table.objects.all().delete()
    return rebuild_views(office.store, DeskProjector(office), progress=progress)


def _forget(matter: MatterId) -> None:
    for rows in (
        DeadlineRow.objects.filter(matter_id=matter),
        PaperRow.objects.filter(matter_id=matter),
        MatterRow.objects.filter(pk=matter),
        PlainMatter.objects.filter(pk=matter),
    ):
        rows.delete()
    DraftRow.objects.filter(matter=matter).delete()
    PrivateNote.objects.filter(matter=matter).delete()


# A matter


def _matter_row(office: Office, matter: MatterId, found: Folded[MatterState], internal: Sequence[Event]) -> dict[str, Any]:
    return (
        {"matter": matter, "frozen": found.frozen, "events": len(found.entries), "law_release": found.state.law}
        | _standing(office, found)
        | _parties(office, found.state)
        | _history(office, found)
        | _named(office, found)
        | _in_office(internal, ours=_opened(found).header.office == office.id)
    )


def _standing(office: Office, found: Folded[MatterState]) -> dict[str, Any]:
    state = found.state
    on_desk = holder(state)
    return {
        "procedure": state.name,
        "version": state.version,
        "law_kind": (state.procedure.law_kind or "") if state.procedure else "",
        "state": state.state.name,
        "state_since": _state_since(found),
        "holder": on_desk or "",
        "on_our_desk": on_desk == office.id,
        "terminal": state.state.terminal,
        "our_role": role_of(state, office.id) or "",
    }


def _state_since(found: Folded[MatterState]) -> datetime:
    return max((entry.event.header.at for entry in found.entries if entry.verdict is Verdict.MOVE), default=_opened(found).header.at)


def _parties(office: Office, state: MatterState) -> dict[str, Any]:
    def one(role: str) -> OfficeId | None:
        offices = state.roles.get(role, ())
        return offices[0] if len(offices) == 1 else None

    requesting, requested = one("requesting"), one("requested")
    return {
        "roles": {role: list(offices) for role, offices in state.roles.items()},
        "requesting": requesting or "",
        "requested": requested or "",
        "requesting_state": office.state_of(requesting) if requesting else "",
        "requested_state": office.state_of(requested) if requested else "",
    }


def _opened(found: Folded[MatterState]) -> Event:
    return next(entry.event for entry in found.entries if entry.event.opens)


def _history(office: Office, found: Folded[MatterState]) -> dict[str, Any]:
    opened, last = _opened(found), found.entries[-1].event
    return {
        "opened_at": opened.header.at,
        "changed_at": max(entry.event.header.at for entry in found.entries),
        "last_act": last.header.act,
        "last_office": last.header.office,
        "ours": opened.header.office == office.id,
        "offence_area": str((opened.content.value.get("offence_area") if opened.content else None) or ""),
    }


def _named(office: Office, found: Folded[MatterState]) -> dict[str, Any]:
    by_office: dict[OfficeId, list[Mapping[str, Value]]] = {}
    for event in (entry.event for entry in found.entries):
        if event.content and not event.opens:
            by_office.setdefault(event.header.office, []).append(event.content.value)
    numbers = {author: own_numbers(contents) for author, contents in by_office.items()}
    contents = [content for written in by_office.values() for content in written]
    subject = _subject(found)
    return {
        "own_number": numbers.pop(office.id, "")[:100],
        "peer_numbers": {author: number for author, number in sorted(numbers.items()) if number},
        "subject": subject.text,
        "subject_is_person": subject.person,
        "words": _words(office, found.state, contents, (*numbers.values(), own_numbers(by_office.get(office.id, ())))),
    }


def _subject(found: Folded[MatterState]) -> Subject:
    kind = found.state.procedure
    if kind is None:
        return Subject()
    given = (subject_of(kind, entry.event.content.value) for entry in found.entries if entry.event.content)
    return next((subject for subject in given if subject.text), Subject())


def _words(office: Office, state: MatterState, contents: Sequence[Mapping[str, Value]], numbers: Iterable[str]) -> str:
    offices = sorted({name for names in state.roles.values() for name in names})
    words = [*numbers, *offices, *state_names(sorted({office.state_of(OfficeId(name)) for name in offices}))]
    if state.procedure:
        words += searchable(state.procedure, contents)
    return "\n".join(dict.fromkeys(word.casefold() for word in words if word))


def _in_office(internal: Sequence[Event], *, ours: bool) -> dict[str, Any]:
    """Who looks after the matter here: the last assignment, or before any, in a matter we opened, the unit whose draft opened it."""
    found = {"unit": "", "assigned": ""}
    for event in internal:
        value: Mapping[str, Any] = event.content.value if event.content else {}
        if ours and event.header.act == drafting.SAVED and not found["unit"]:
            found["unit"] = value.get("unit", "")
        if event.header.act == ASSIGNED:
            found = {"unit": value.get("unit", ""), "assigned": value.get("to", "")}
    return found


# A matter of which no view can be made


def _plain(
    office: Office, matter: MatterId, events: Sequence[Event], internal: Sequence[Event], fault: Mapping[str, str]
) -> dict[str, Any]:
    """What can be said of it without reading what others wrote."""
    headers = [event.header for event in events]
    ours = [event.content.value for event in events if event.content and event.header.office == office.id and not event.opens]
    return {
        "matter": matter,
        "own_number": own_numbers(ours)[:100],
        "offices": sorted({header.office for header in headers}),
        "opened_at": headers[0].at,
        "changed_at": max(header.at for header in headers),
        "last_office": headers[-1].office,
        "events": len(headers),
        "fault": " ".join(fault.values())[:200],
    } | _in_office(internal, ours=headers[0].office == office.id)


# Deadlines


def _deadlines(
    matter: MatterId, found: Folded[MatterState], basis: Basis | None, calendars: Mapping[StateCode, Calendar]
) -> Iterator[DeadlineRow]:
    for place, clock in enumerate(clocks(found.state, found.entries, basis, calendars)):
        yield DeadlineRow(
            id=f"{matter}:{place}:{clock.name}",
            matter_id=matter,
            clock=clock.name,
            starts_on=clock.started_on,
            started_by=clock.started_by,
            ends_on=clock.due,
            days=_days(clock),
            first_day_counts=clock.first_day_counts,
            longest=clock.longest,
            extended=clock.extended,
            latest=clock.latest,
            warn_on=clock.warn_on,
            state=clock.state or "",
            steps=[step.plain() for step in clock.steps],
            instrument=clock.limit.instrument if clock.limit else "",
            article=(clock.limit.article or "") if clock.limit else "",
            confidence=clock.limit.confidence.value if clock.limit else "",
            target=clock.term is Term.TARGET,
            warnings=[[warning.text, list(map(list, warning.values))] for warning in clock.warnings],
        )


def _days(clock: RunningClock) -> int | None:
    """How many days it has; none for a fixed date, and none for a date that lies before the clock began."""
    days = None if clock.term is Term.FIXED else clock.days
    return days if days is not None and days > 0 else None


def _due(deadlines: Sequence[DeadlineRow]) -> dict[str, Any]:
    """The date that stands in lists: the earliest that law or a fixed date sets, before any service target."""
    dated = [row for row in deadlines if row.ends_on is not None]
    if not dated:
        return {}
    first = min(dated, key=lambda row: (row.target, row.ends_on, row.id))
    return {
        "due": first.ends_on,
        "due_clock": first.clock,
        "due_from": first.ends_on - timedelta(days=first.days - 1) if first.ends_on and first.days else None,
        "due_days": first.days,
        "due_latest": first.latest,
        "due_warn": first.warn_on,
        "due_instrument": first.instrument,
        "due_article": first.article,
        "due_confidence": first.confidence,
        "due_is_target": first.target,
    }


# Papers


def _papers(matter: MatterId, found: Folded[MatterState]) -> Iterator[PaperRow]:
    for event in (entry.event for entry in found.entries):
        for place, paper in enumerate(papers_in(event.content)):
            yield PaperRow(
                id=f"{event.id}:{place}",
                matter_id=matter,
                event=event.id,
                office=event.header.office,
                sha256=paper.sha256,
                root=paper.root,
                size=paper.size,
                type=paper.type[:100],
                title=paper.title[:300],
                language=paper.language[:16],
                at=event.header.at,
            )


# What stays inside the office


def _draft_rows(office: Office, matter: MatterId, internal: Sequence[Event], *, opens: bool) -> Iterator[DraftRow]:
    steps = [
        (event, value) for event, value in ((event, _value(event)) for event in internal) if event.header.act in drafting.ACTS and value
    ]
    for draft in drafts(internal).values():
        own = [(event, value) for event, value in steps if value["draft"] == draft.id]
        yield _draft_row(office, matter, draft, own, opens=opens)


def _value(event: Event) -> Mapping[str, Any]:
    return event.content.value if event.content else {}


def _draft_row(
    office: Office, matter: MatterId, draft: Draft, steps: Sequence[tuple[Event, Mapping[str, Any]]], *, opens: bool
) -> DraftRow:
    saved = [(event, value) for event, value in steps if event.header.act == drafting.SAVED]
    submitted = [(event, value) for event, value in steps if event.header.act == drafting.SUBMITTED]
    subject = _draft_subject(draft)
    return DraftRow(
        id=draft.id,
        matter=matter,
        procedure=draft.procedure,
        version=draft.version,
        act=draft.act,
        roles={role: list(offices) for role, offices in draft.roles.items()},
        counterparts=sorted({name for offices in draft.roles.values() for name in offices} - {office.id}),
        subject=subject.text,
        subject_is_person=subject.person,
        opens=opens,
        status=draft.status.value,
        open=draft.open,
        revision=draft.revision,
        hands=sorted(draft.hands),
        hand_words=f" {' '.join(sorted(draft.hands))} ",
        unit=draft.unit,
        started_at=saved[0][0].header.at,
        saved_at=saved[-1][0].header.at,
        saved_by=saved[-1][1]["by"],
        submitted_at=submitted[-1][0].header.at if submitted else None,
        submitted_by=submitted[-1][1]["by"] if submitted else "",
        reason=draft.reason,
    )


def _draft_subject(draft: Draft) -> Subject:
    kind = procedure(draft.procedure, draft.version)
    return subject_of(kind, draft.content) if kind else Subject()


def _notes(matter: MatterId, internal: Sequence[Event]) -> Iterator[PrivateNote]:
    for event in internal:
        if event.header.act == NOTE_KEPT and (value := _value(event)):
            yield PrivateNote(event=event.id, matter=matter, text=value.get("text", ""), by=value["by"], at=event.header.at)
