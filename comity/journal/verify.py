"""The check of a matter, in numbered steps, by anyone who has its events and the offices' public keys; no step asks an office.

 1. shape         every line and every event has its shape
 2. canonical     every value stands in its one canonical form
 3. commitments   every content that is there is the one its header commits to
 4. strands       each office's events count from 0 and name the one before
 5. causes        everything an event follows is here and of this matter; one opening, which comes first
 6. placement     every event stands under the root that was sealed
 7. seals         every seal is of the event's own office, and verifies by both algorithms
 8. keys          every key spoke for its office when the seal was set
 9. forks         no two events in one place
10. papers        every paper has the bytes its name says, and an event names it
11. receipts      every receipt stands under a seal of its office
12. file          the whole file has the digest that the exporting office sealed

Events in memory have passed steps 1 and 2 by being there. Steps 10 and 12 belong to files (`comity.journal.reading`); no report on a matter
in memory has them.
"""

from collections.abc import Iterable, Sequence

from comity.canonical import format_time
from comity.identifiers import EventId, MatterId, is_internal
from comity.journal.bundle import Bundle, SealedValue
from comity.journal.errors import SealError
from comity.journal.event import OPENED, Event, Header
from comity.journal.fold import forks
from comity.journal.keys import KeyRing, Keys
from comity.journal.report import Check, Findings, Report
from comity.journal.seal import Placement, Purpose, Seal, SealedEvent, check_place, check_signatures
from comity.words import _

IN_MEMORY = tuple(check for check in Check if check not in (Check.PAPERS, Check.FILE))


def verify_matter(bundle: Bundle, keys: Keys | None = None) -> Report:
    """The report on a matter held in memory: all steps but 10 and 12.

    Without `keys` the seals are checked by the keys in the bundle, and step 8 says so.
    """
    found = Findings()
    carried = KeyRing(*bundle.keys)
    check_events(found, bundle.matter, bundle.events, carried, keys)
    check_receipts(found, bundle.receipts, carried, keys)
    return report(found, bundle, keys, IN_MEMORY)


def report(found: Findings, bundle: Bundle, keys: Keys | None, checks: Iterable[Check] = Check) -> Report:
    """The report of these findings in these steps; the office that exported, where there is one, is added by who read the file."""
    return Report(
        matter=bundle.matter,
        office=None,
        steps=found.steps(checks),
        keys_compared=keys is not None,
        events=len(bundle.events),
        erased=sum(sealed.content is None for sealed in bundle.events),
        papers=len(bundle.papers),
        receipts=len(bundle.receipts),
    )


def check_events(found: Findings, matter: MatterId, events: Sequence[SealedEvent], carried: Keys, keys: Keys | None) -> None:
    """Steps 3 to 9. `carried` are the keys that came with the events, `keys` those the reader already had."""
    plain = tuple(sealed.event for sealed in events)
    headers = {event.id: event.header for event in plain}
    _commitments(found, plain)
    _strands(found, headers)
    _causes(found, matter, plain, headers)
    _placement(found, events)
    _seals(found, events, carried, keys)
    if keys is None:
        found.note(Check.KEYS, _("The keys are those that came with the file: compare their ids with the offices’ own."))
    _forks(found, plain)


def _commitments(found: Findings, events: Iterable[Event]) -> None:
    # 3. Every content that is there is the one its header commits to; an erased one is no fault, but said.
    erased = 0
    for event in events:
        erased += event.content is None
        if not event.intact:
            found.fault(Check.COMMITMENTS, _("The content of this event is not the one that was signed."), event.id)
    if erased:
        found.note(Check.COMMITMENTS, _("Contents that have been erased: {count}. Who did what and when still stands."), count=erased)


def _strands(found: Findings, headers: dict[EventId, Header]) -> None:
    # 4. Each office's events count from 0, and each names the one before it.
    for header in headers.values():
        if header.prev is None:
            continue
        previous = headers.get(header.prev)
        if previous is None:
            found.fault(Check.STRANDS, _("The event before this one in its office’s strand is missing or changed."), header.id)
        elif (previous.office, previous.seq + 1) != (header.office, header.seq):
            found.fault(Check.STRANDS, _("What this event names as its predecessor is not the one before it."), header.id)


def _causes(found: Findings, matter: MatterId, events: Sequence[Event], headers: dict[EventId, Header]) -> None:
    # 5. Everything an event follows is here and of this matter; there is one opening, and nothing else stands at the beginning.
    # Nobody can make a circle: an event would have to contain its own hash.
    if not any(event.opens for event in events):
        found.fault(Check.CAUSES, _("The event that opened the matter is missing or changed."))
    for event in events:
        header = event.header
        if header.matter != matter:
            found.fault(Check.CAUSES, _("This event belongs to another matter."), event.id)
        if is_internal(header.office):
            found.fault(Check.CAUSES, _("This event is of an office’s internal strand, which never leaves the office."), event.id)
        if any(one not in headers for one in header.seen):
            found.fault(Check.CAUSES, _("An event that this one follows is missing or changed."), event.id)
        if (header.act == OPENED) != event.opens or (event.opens and event.content is None):
            found.fault(Check.CAUSES, _("A matter is opened once, before everything else, and its opening is never erased."), event.id)
        elif header.prev is None and not header.seen and not event.opens:
            found.fault(Check.CAUSES, _("This event follows nothing, although it did not open the matter."), event.id)


def _placement(found: Findings, events: Iterable[SealedEvent]) -> None:
    # 6. Every event stands under the root that was sealed.
    for sealed in events:
        if not stands(sealed.header.leaf, sealed.placement):
            found.fault(Check.PLACEMENT, _("This event is not under the root that was sealed: it, or its proof, was changed."), sealed.id)


def stands(leaf: bytes, placement: Placement) -> bool:
    """Whether the leaf is under the placement's root; the seal itself is not looked at."""
    try:
        check_place(leaf, placement)
    except SealError:
        return False
    return True


def _seals(found: Findings, events: Iterable[SealedEvent], carried: Keys, keys: Keys | None) -> None:
    # 7. and 8. Each seal once, told of the first event under it.
    first: dict[bytes, SealedEvent] = {}
    for sealed in events:
        first.setdefault(sealed.placement.seal.data, sealed)
        if sealed.header.author != sealed.placement.seal.statement.office:
            found.fault(Check.SEALS, _("This event is sealed by an office that did not write it."), sealed.id)
    for sealed in first.values():
        for check, words in seal_faults(sealed.placement.seal, Purpose.EVENTS, carried, keys):
            said = sealed.placement.seal.statement
            found.fault(check, words, sealed.id, office=said.office, key=said.key, at=format_time(said.at))


def seal_faults(seal: Seal, purpose: Purpose, carried: Keys, keys: Keys | None) -> tuple[tuple[Check, str], ...]:
    """What is wrong with a seal, as step 7 (purpose, signatures) or step 8 (key); the words have places for `office`, `key` and `at`."""
    said = seal.statement
    known = (carried if keys is None else keys).seal_key(said.office, said.key)
    key = carried.seal_key(said.office, said.key) or known
    if key is None:
        return ((Check.KEYS, _("The key {key} of {office}, by which this was sealed, is not here.")),)
    faults = []
    if said.purpose is not purpose:
        faults.append((Check.SEALS, _("This seal of {office} was set for another purpose.")))
    try:
        check_signatures(seal, key)
    except SealError:
        faults.append((Check.SEALS, _("The seal of {office} does not verify.")))
    if known is None:
        faults.append((Check.KEYS, _("The key {key}, which came with the file, is not among the known keys of {office}.")))
    elif not known.speaks(said.at):
        faults.append((Check.KEYS, _("The key {key} did not speak for {office} at {at}.")))
    return tuple(faults)


def _forks(found: Findings, events: Sequence[Event]) -> None:
    # 9. No two events in one place of a strand; no second opening.
    for fork in forks(events):
        words = _("{office} put different events ({count}) in place {place} of its strand: the matter is frozen until people settle it.")
        found.fault(Check.FORKS, words, fork.ids[0], office=fork.office, count=len(fork.ids), place=fork.seq)


def check_receipts(found: Findings, receipts: Iterable[SealedValue], carried: Keys, keys: Keys | None) -> None:
    """Step 11. Every receipt stands under a seal of its office, set for receipts."""
    judged: dict[bytes, tuple[tuple[Check, str], ...]] = {}
    for number, receipt in enumerate(receipts, start=1):
        seal = receipt.placement.seal
        said = seal.statement
        if seal.data not in judged:
            judged[seal.data] = seal_faults(seal, Purpose.RECEIPTS, carried, keys)
        for _check, words in judged[seal.data]:
            found.fault(Check.RECEIPTS, words, office=said.office, key=said.key, at=format_time(said.at))
        if not stands(receipt.leaf, receipt.placement):
            found.fault(
                Check.RECEIPTS, _("Receipt {number}, of {office}, is not the one that was sealed."), number=number, office=said.office
            )
