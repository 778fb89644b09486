"""A matter with everything that proves it, gathered from the store: for a check on the desk, and for the file a court takes away."""

from pathlib import Path

from comity import canonical
from comity.exchange import ExchangeUnit, PaperRef, papers_in, read_receipt
from comity.exchange.store import EntryState
from comity.identifiers import EventId, MatterId, OfficeId
from comity.journal import Bundle, Document, Paper, Placement, Report, SealedEvent, SealedValue, SealKey, verify_matter, write_export
from comity.node.office import Office
from comity.trust.card import card_value

CARD = "office-card"


def bundle(office: Office, matter: MatterId, *, with_papers: bool = True) -> Bundle:
    """The matter's shared events, keys and cards of the offices that sealed them, the receipts we hold, and the papers that are here."""
    with office.store.read() as unit:
        events = unit.events(matter)
        receipts = _receipts(office, unit, events)
    placements = [sealed.placement for sealed in events] + [one.placement for one in receipts]
    return Bundle(
        matter=matter,
        events=events,
        keys=_keys(office, placements),
        documents=_cards(office, events),
        receipts=receipts,
        papers=_papers(office, events) if with_papers else (),
    )


def verify(office: Office, matter: MatterId) -> Report:
    """What a check of the matter as we hold it finds, against the cards this office trusts."""
    return verify_matter(bundle(office, matter, with_papers=False), office.trust)


def export_matter(office: Office, matter: MatterId, path: Path) -> None:
    """Write the matter into one `.comity` file, sealed as a whole by this office; an unfinished file never stands at `path`."""
    write_export(path, bundle(office, matter), office.signer, office.clock())


def receipts_of(office: Office, unit: ExchangeUnit, events: tuple[SealedEvent, ...]) -> dict[EventId, dict[OfficeId, SealedValue]]:
    """For each of our events, the receipts of the offices that have it."""
    found: dict[EventId, dict[OfficeId, SealedValue]] = {}
    for sealed in events:
        if sealed.header.office != office.id:
            continue
        for card in office.trust.cards():
            entry = unit.entry(card.office, sealed.id)
            if entry is None or entry[0] is not EntryState.ACCEPTED or entry[1] is None:
                continue
            parcel = unit.outgoing(entry[1])
            if parcel is not None and parcel.receipt is not None:
                found.setdefault(sealed.id, {})[card.office] = _sealed_value(parcel.receipt)
    return found


def _receipts(office: Office, unit: ExchangeUnit, events: tuple[SealedEvent, ...]) -> tuple[SealedValue, ...]:
    unique = {one.leaf: one for by_office in receipts_of(office, unit, events).values() for one in by_office.values()}
    return tuple(unique.values())


def _sealed_value(data: bytes) -> SealedValue:
    receipt, placement = read_receipt(data)
    return SealedValue(value=canonical.loads(receipt.data), placement=placement)


def _keys(office: Office, placements: list[Placement]) -> tuple[SealKey, ...]:
    statements = {(one.seal.statement.office, one.seal.statement.key) for one in placements}
    statements.add((office.id, office.signer.key.id))
    found = (office.trust.seal_key(who, key) for who, key in sorted(statements))
    return tuple(key for key in found if key is not None)


def _cards(office: Office, events: tuple[SealedEvent, ...]) -> tuple[Document, ...]:
    offices = sorted({sealed.header.office for sealed in events} | {office.id})
    cards = (office.trust.card(one) for one in offices)
    return tuple(Document(kind=CARD, value=card_value(card)) for card in cards if card is not None)


def _papers(office: Office, events: tuple[SealedEvent, ...]) -> tuple[Paper, ...]:
    named = {paper.sha256: paper for sealed in events for paper in papers_in(sealed.content)}
    return tuple(_paper(office, paper) for paper in named.values() if office.files.has(paper.root))


def _paper(office: Office, paper: PaperRef) -> Paper:
    return Paper(sha256=paper.sha256, size=paper.size, type=paper.type, read=lambda: office.files.read(paper))
