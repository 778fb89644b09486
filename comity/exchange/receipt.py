"""A receipt: what became of every event of one parcel, sealed by the office that took it.

    {"receipt": {"at", "from", "outcomes": [[event, result, code|null]…], "parcel", "to", "v": 1}, "seal": {…}, "index": i, "path": […]}

`from` is the office that sent the parcel, `to` the one that took it and speaks here. Receipts of several parcels stand under one seal
(purpose `receipts`); each carries its own proof. A receipt is written in the transaction that keeps the events, sealed after its commit,
and then never changes: the same parcel gets the same bytes.

The results are evidence in the sense of ETSI EN 319 522-1, 6, which has a name for each:

    (in the sender's outbox)   SubmissionAcceptance   the sender's node has it, durably
    accepted                   ContentConsignment     it is in the recipient's journal, where its people see it
    held                       RelayAcceptance        it is kept by the recipient's node, and waits for what comes before it
    rejected                   RelayRejection         it was not kept; the code says why
    (no receipt in time)       RelayFailure           the recipient's node could not be reached; sending goes on
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.errors import Code
from comity.exchange.errors import ReceiptError
from comity.exchange.store import EntryState
from comity.identifiers import EventId, IdentifierError, OfficeId, ParcelId, event_id, office_id, parcel_id
from comity.journal import LARGEST_GROUP, Keys, Placement, Purpose, SealError, Signer, seal_leaves, verify_seal
from comity.journal.merkle import leaf_hash
from comity.journal.seal import check_place
from comity.words import _

LARGEST_RECEIPT = 1024 * 1024
_CODES: Mapping[str | None, Code | None] = {None: None, **{code.value: code for code in Code}}
_RECEIPT_KEYS = frozenset({"v", "parcel", "from", "to", "at", "outcomes"})


class Result(StrEnum):
    """What became of an event."""

    ACCEPTED = "accepted"
    HELD = "held"
    REJECTED = "rejected"

    @property
    def state(self) -> EntryState:
        """The outbox's word for it."""
        return EntryState(self.value)


class Evidence(StrEnum):
    """The kinds of evidence of ETSI EN 319 522-1, 6, that an exchange gives."""

    SUBMISSION_ACCEPTANCE = "SubmissionAcceptance"
    RELAY_ACCEPTANCE = "RelayAcceptance"
    RELAY_REJECTION = "RelayRejection"
    RELAY_FAILURE = "RelayFailure"
    CONTENT_CONSIGNMENT = "ContentConsignment"

    @property
    def meaning(self) -> str:
        """What it proves, in English, marked for translation."""
        return _MEANING[self]


_RESULTS = {result.value: result for result in Result}
_MEANING = {
    Evidence.SUBMISSION_ACCEPTANCE: _("Accepted for sending by the sender's node"),
    Evidence.RELAY_ACCEPTANCE: _("Kept by the recipient's node until what comes before it arrives"),
    Evidence.RELAY_REJECTION: _("Refused by the recipient's node"),
    Evidence.RELAY_FAILURE: _("The recipient's node could not be reached in time"),
    Evidence.CONTENT_CONSIGNMENT: _("Delivered to the recipient's journal"),
}
EVIDENCE = {
    Result.ACCEPTED: Evidence.CONTENT_CONSIGNMENT,
    Result.HELD: Evidence.RELAY_ACCEPTANCE,
    Result.REJECTED: Evidence.RELAY_REJECTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one event.

    `code` says why it is held or rejected; with `accepted` it may be `fork`: kept, and the matter is frozen.
    """

    event: EventId
    result: Result
    code: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What `recipient` took of a parcel of `sender`, event by event in the parcel's order, and when it was committed."""

    parcel: ParcelId
    sender: OfficeId
    recipient: OfficeId
    at: datetime
    outcomes: tuple[Outcome, ...]

    @property
    def data(self) -> bytes:
        """The canonical bytes, which are sealed."""
        value: dict[str, Value] = {
            "v": 1,
            "parcel": self.parcel,
            "from": self.sender,
            "to": self.recipient,
            "at": canonical.format_time(self.at),
            "outcomes": [(one.event, one.result, one.code) for one in self.outcomes],
        }
        return canonical.encode(value)  # ids, words and a time: inside the subset

    @classmethod
    def from_value(cls, value: Any) -> "Receipt":
        """The receipt of its JSON object; raises `ReceiptError` (malformed)."""
        try:
            if value.keys() != _RECEIPT_KEYS or value["v"] != 1 or value["v"] is True:
                raise ReceiptError(Code.MALFORMED, "This is not a receipt of version 1.")
            return cls(
                parcel=parcel_id(value["parcel"]),
                sender=office_id(value["from"]),
                recipient=office_id(value["to"]),
                at=canonical.parse_time(value["at"]),
                outcomes=tuple(_outcome(*one) for one in value["outcomes"]),
            )
        except (IdentifierError, CanonicalError, TypeError, ValueError, KeyError, AttributeError) as error:
            raise ReceiptError(Code.MALFORMED, f"This receipt is not of its shape: {error}") from error


def seal_receipts(receipts: Sequence[bytes], signer: Signer, at: datetime) -> tuple[bytes, ...]:
    """Receipts (their canonical bytes) as they are answered, in the same order, under as few seals as 1000 a seal allows."""
    sealed: list[bytes] = []
    for start in range(0, len(receipts), LARGEST_GROUP):
        group = receipts[start : start + LARGEST_GROUP]
        placements = seal_leaves(Purpose.RECEIPTS, [leaf_hash(one) for one in group], signer, at)
        sealed += [_sealed(receipt, place) for receipt, place in zip(group, placements, strict=True)]
    return tuple(sealed)


def read_receipt(data: bytes) -> tuple[Receipt, Placement]:
    """A sealed receipt, and where it stands under its seal, neither judged yet; raises `ReceiptError` (malformed, too big)."""
    if len(data) > LARGEST_RECEIPT:
        raise ReceiptError(Code.TOO_BIG, f"A receipt has at most {LARGEST_RECEIPT} bytes.")
    try:
        value: Any = canonical.loads(data)
        placement = Placement.from_value({"seal": value["seal"], "index": value["index"], "path": value["path"]})
        if value.keys() != {"receipt", "seal", "index", "path"}:
            raise ReceiptError(Code.MALFORMED, "A sealed receipt has a receipt, a seal, an index and a path.")
        return Receipt.from_value(value["receipt"]), placement
    except (CanonicalError, SealError, TypeError, KeyError) as error:
        raise ReceiptError(Code.MALFORMED, f"This is not a sealed receipt: {error}") from error


def verify_receipt(
    data: bytes, *, parcel: ParcelId, sender: OfficeId, recipient: OfficeId, events: Sequence[EventId], keys: Keys
) -> Receipt:
    """The receipt, proved to be the recipient's for this parcel and to name its events in order; raises `ReceiptError`.

    1. It is of its shape (malformed). 2. It is of this parcel, between these two (not expected). 3. It names every event once, in order
    (not expected). 4. It is sealed as a receipt (not author) by a key the recipient is known by (unknown key, bad seal, bad proof).
    """
    receipt, placement = read_receipt(data)
    if (receipt.parcel, receipt.sender, receipt.recipient) != (parcel, sender, recipient):
        raise ReceiptError(Code.NOT_EXPECTED, "This is the receipt of another parcel.", where=parcel)
    if [one.event for one in receipt.outcomes] != list(events):
        raise ReceiptError(Code.NOT_EXPECTED, "This receipt does not name the parcel's events.", where=parcel)
    said = placement.seal.statement
    if said.purpose is not Purpose.RECEIPTS or said.office != recipient:
        raise ReceiptError(Code.NOT_AUTHOR, "This receipt is not sealed by the office that took the parcel.", where=parcel)
    key = keys.seal_key(said.office, said.key)
    if key is None:
        raise ReceiptError(Code.UNKNOWN_KEY, "The key that sealed this receipt is not known.", where=said.key)
    try:
        check_place(leaf_hash(receipt.data), placement)
        verify_seal(placement.seal, key)
    except SealError as error:
        raise ReceiptError(error.code, f"This receipt does not prove anything: {error.what}", where=parcel) from error
    return receipt


def _sealed(receipt: bytes, place: Placement) -> bytes:
    value = {
        "receipt": orjson.Fragment(receipt),
        "seal": orjson.Fragment(place.seal.data),
        "index": place.index,
        "path": [one.hex() for one in place.path],
    }
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _outcome(event: Any, result: Any, code: Any) -> Outcome:
    """The outcome of its three words; anything else raises what the caller expects."""
    return Outcome(event=event_id(event), result=_RESULTS[result], code=_CODES[code])
