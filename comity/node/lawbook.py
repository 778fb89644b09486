"""The law an office answers by: the register of its release, with what its own lawyers confirmed or corrected laid over it.

Confirmations are internal events of one matter of the office's own, the notebook: they are sealed like all others and never leave. They
change this office's answers and nobody else's. The newest confirmation of a fact counts until it is taken back.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any

from comity.exchange import ExchangeUnit
from comity.identifiers import MatterId, OfficeId, internal, uuid7
from comity.journal import Event
from comity.law import Confirmation, FactId, Register, overlaid
from comity.node.office import Office

CONFIRMED = "law.confirmed/1"
TAKEN_BACK = "law.confirmation-taken-back/1"


def notebook(office: OfficeId) -> MatterId:
    """The matter in which an office keeps what it confirmed; its id follows from the office, at the beginning of the UUID's time."""
    digest = hashlib.sha256(b"comity law notebook " + office.encode()).digest()
    return MatterId(uuid7(datetime(1970, 1, 1, tzinfo=UTC), digest[:10]))


def confirmations(events: Iterable[Event]) -> tuple[Confirmation, ...]:
    """The confirmations that stand, from the notebook's internal strand in order, oldest first. One whose content was erased is gone."""
    standing: dict[FactId, Confirmation] = {}
    for event in events:
        if event.content is None:
            continue
        value: Mapping[str, Any] = event.content.value
        if event.header.act == CONFIRMED:
            read = _confirmation(event, value)
            standing.pop(read.fact, None)
            standing[read.fact] = read
        elif event.header.act == TAKEN_BACK:
            standing.pop(FactId(value["fact"]), None)
    return tuple(standing.values())


def _confirmation(event: Event, value: Mapping[str, Any]) -> Confirmation:
    return Confirmation(
        fact=FactId(value["fact"]),
        values=value["values"],
        source=value["source"],
        read_on=date.fromisoformat(value["read_on"]),
        note=value["note"],
        office=event.header.author,
        by=value["role"],
        at=event.header.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        event=event.id,
        release=value["release"],
        held=value["held"],
    )


def confirmed_by(office: Office, unit: ExchangeUnit) -> tuple[Confirmation, ...]:
    """What this office has confirmed and not taken back."""
    return confirmations(unit.internal(notebook(office.id)))


def law_of(office: Office, unit: ExchangeUnit) -> Register:
    """The register this office answers by, as its notebook stands in this transaction."""
    head = unit.heads(notebook(office.id)).get(internal(office.id))
    return _laid_over(office.register, _Notebook(head.id, partial(confirmed_by, office, unit))) if head else office.register


@dataclass(frozen=True, slots=True)
class _Notebook:
    """The newest event of a notebook names all before it, so what was laid over once for it stays true."""

    head: str
    read: Callable[[], tuple[Confirmation, ...]] = field(compare=False)


@lru_cache(maxsize=4)
def _laid_over(register: Register, notes: _Notebook) -> Register:
    return overlaid(register, notes.read())
