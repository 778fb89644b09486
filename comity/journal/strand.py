"""A strand: what one office did in one matter, each event naming the one before it.

An office writes only its own strand. So what it did cannot be reordered, left out in the middle or told differently to two readers without
showing: the second telling is a fork.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from comity.canonical import Value
from comity.errors import Code
from comity.identifiers import EventId, MatterId, OfficeId
from comity.journal.errors import ChainError
from comity.journal.event import Content, Event, Header


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest event of a strand: its place (from 0) and id."""

    seq: int
    id: EventId


def write(
    *,
    office: OfficeId,
    matter: MatterId,
    act: str,
    value: Mapping[str, Value],
    at: datetime,
    salt: bytes,
    head: Head | None,
    seen: Iterable[EventId] = (),
) -> Event:
    """The next event of an office's strand, not yet sealed.

    `value` is the content, `salt` 32 random bytes, `head` the strand's newest event or None for the first, `seen` the newest events of the
    other strands. `at` may be in any zone and is cut to whole seconds. Raises `EventError`.
    """
    content = Content(salt=salt, value=value)
    header = Header(
        matter=matter,
        office=office,
        seq=0 if head is None else head.seq + 1,
        prev=None if head is None else head.id,
        seen=tuple(sorted(set(seen))),
        act=act,
        at=at.astimezone(UTC).replace(microsecond=0),
        body=content.commitment,
    )
    return Event(header=header, content=content)


def follows(header: Header, head: Head | None, previous: Header | None = None) -> None:
    """Raises `ChainError` unless the event is the next of its strand, or its head itself.

    `previous` is the header that `header.prev` names, where it is known. The codes: fork (another event has this place, or the one before
    it is itself the second of its place: keep the event, freeze the matter), predecessor missing (ask for it), bad chain (it names as its
    predecessor what cannot be one: refuse it).
    """
    if previous is not None and (previous.matter, previous.office, previous.seq + 1) != (header.matter, header.office, header.seq):
        raise ChainError(Code.BAD_CHAIN, "What this event names as its predecessor is not the one before it.", where=header.id)
    if head is None:
        if header.seq:
            raise ChainError(Code.PREDECESSOR_MISSING, "The first event of this strand has not come yet.", where=header.id)
        return
    if header.id == head.id or (header.seq == head.seq + 1 and header.prev == head.id):
        return
    if header.seq <= head.seq or previous is not None:
        raise ChainError(Code.FORK, "Its author has put two different events in one place.", where=header.id)
    raise ChainError(Code.PREDECESSOR_MISSING, "The event before this one has not come yet.", where=header.id)
