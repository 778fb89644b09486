"""How the API shows what the node holds: a matter, a draft, a refusal."""

from collections.abc import Iterable, Mapping
from typing import Any

from comity.canonical import format_time
from comity.desk.matters.citations import citation_words, page_language
from comity.desk.office import current_office
from comity.exchange import ExchangeUnit
from comity.identifiers import EventId, MatterId, OfficeId, is_internal
from comity.journal import Entry, Folded
from comity.node import commands
from comity.node.office import Office
from comity.node.proofs import receipts_of
from comity.procedures import MatterState, Missing, Refusal, holder, missing, open_moves, open_notes
from comity.procedures.clocks import RunningClock, Term, clocks
from comity.words import translate

STATUS = {"role": 403, "four-eyes": 403, "stale-draft": 409, "stale-matter": 409, "draft-state": 409}


def refusal_out(refusal: Refusal, language: str) -> tuple[int, dict[str, Any]]:
    """Status and body for a "no" in a language: 403 for the wrong person, 409 for what has moved on, 422 for everything else."""
    article = refusal.article
    return STATUS.get(str(refusal.ground), 422), {
        "code": refusal.ground,
        "words": refusal.words.say(language),
        "field": refusal.field,
        "article": f"{article.instrument}, {article.article}" if article else None,
        "missing": [missing_out(item) for item in refusal.missing],
    }


def missing_out(item: Missing) -> dict[str, Any]:
    """One item that is not there yet, and by which article, in the language of the request."""
    language, register = page_language(), current_office().register
    return {
        "field": item.field,
        "label": item.said(language),
        "article": item.article,
        "instrument": item.instrument or "",
        "citation": citation_words(register, item.instrument, item.article, language) if item.instrument else "",
        "confidence": item.confidence or "",
    }


def draft_out(office: Office, matter: str, draft_id: str) -> dict[str, Any]:
    """A draft as it stands, with what is still missing."""
    with office.store.read() as unit:
        draft = commands.find_draft(unit, matter, draft_id)
        basis = commands.basis_of_draft(office, unit, draft)
    kind = commands.kind_of(draft)
    action = kind.action(draft.act)
    items = missing(kind, action, draft.content, basis) if action else ()
    return {
        "draft": draft.id,
        "matter": draft.matter,
        "act": draft.act,
        "status": draft.status.value,
        "revision": draft.revision,
        "content": dict(draft.content),
        "missing": [missing_out(item) for item in items],
    }


def matter_out(office: Office, matter: MatterId) -> dict[str, Any]:
    """A matter whole."""
    with office.store.read() as unit:
        found = commands.folded(unit, matter)
        basis = commands.basis_of(office, unit, matter)
        receipts = _receipts(office, unit, matter)
        heads = unit.heads(matter)
    state = found.state
    return {
        "matter": matter,
        "procedure": state.name,
        "version": state.version,
        "roles": {role: list(offices) for role, offices in state.roles.items()},
        "state": state.state.name,
        "state_label": translate(state.state.label, page_language()),
        "holder": holder(state),
        "terminal": state.state.terminal,
        "frozen": found.frozen,
        "law": state.law,
        "events": [_event_out(entry, receipts) for entry in found.entries],
        "moves": [{"act": one.act, "label": one.label, "to": one.to, "approval": one.approval} for one in open_moves(state, office.id)],
        "notes": [{"act": one.act, "label": one.label, "to": None, "approval": one.approval} for one in open_notes(state, office.id)],
        "clocks": [_clock_out(one) for one in _clocks(found, basis)],
        "heads": {strand: head.id for strand, head in heads.items() if not is_internal(strand)},
    }


def proof_out(report: Any) -> dict[str, Any]:
    """A check of a matter, step by step."""
    return {
        "ok": report.ok,
        "steps": [
            {
                "number": int(step.number),
                "name": step.name,
                "outcome": step.outcome.value,
                "event": step.event_id,
                "words": step.sentence(),
            }
            for step in report.steps
        ],
    }


def _receipts(office: Office, unit: ExchangeUnit, matter: MatterId) -> Mapping[EventId, Iterable[OfficeId]]:
    return {event: sorted(by_office) for event, by_office in receipts_of(office, unit, unit.events(matter)).items()}


def _event_out(entry: Entry[MatterState], receipts: Mapping[EventId, Iterable[OfficeId]]) -> dict[str, Any]:
    header, content = entry.event.header, entry.event.content
    return {
        "id": header.id,
        "office": header.office,
        "seq": header.seq,
        "act": header.act,
        "at": format_time(header.at),
        "verdict": entry.verdict.value,
        "state_after": entry.state.state.name,
        "content": dict(content.value) if content else None,
        "receipts": list(receipts.get(header.id, ())),
    }


def _clocks(found: Folded[MatterState], basis: Any) -> tuple[RunningClock, ...]:
    return clocks(found.state, found.entries, basis, current_office().register.calendars) if found.state.procedure else ()


def _clock_out(clock: RunningClock) -> dict[str, Any]:
    limit = clock.limit
    return {
        "name": clock.name,
        "label": translate(clock.label, page_language()),
        "citation": citation_words(current_office().register, limit.instrument, limit.article, page_language()) if limit else "",
        "consequence": translate(clock.consequence, page_language()),
        "started_on": clock.started_on.isoformat(),
        "due": clock.due.isoformat() if clock.due else None,
        "latest": clock.latest.isoformat() if clock.latest else None,
        "warn_on": clock.warn_on.isoformat() if clock.warn_on else None,
        "steps": [step.say(page_language()) for step in clock.steps],
        "article": limit.article if limit else None,
        "instrument": limit.instrument if limit else None,
        "confidence": limit.confidence.value if limit else None,
        "target": clock.term is Term.TARGET,
    }
