"""Drafts: what officers of one office prepare before anything is sealed, read from the internal strand of a matter.

A draft is a row of internal events that never leave the office: saved (each saving is a revision), submitted for approval, returned with a
reason, approved or discarded. Nothing else knows what a draft is; the desk's table of drafts is a view of this.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from comity.canonical import Value
from comity.journal import Event

SAVED = "draft.saved/1"
SUBMITTED = "draft.submitted/1"
RETURNED = "draft.returned/1"
APPROVED = "draft.approved/1"
DISCARDED = "draft.discarded/1"
ACTS = frozenset({SAVED, SUBMITTED, RETURNED, APPROVED, DISCARDED})


class Status(StrEnum):
    """Where a draft stands."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    DISCARDED = "discarded"


OPEN = frozenset({Status.DRAFTING, Status.SUBMITTED, Status.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One act in preparation.

    `roles` matters only when the draft opens its matter. `content` holds the fields of the act as far as they are filled in. `hands` are
    the accounts that wrote any revision: none of them may approve. `revision` counts savings from 1; 0 is a draft never saved.
    """

    id: str
    matter: str
    procedure: str
    version: int
    act: str
    roles: Mapping[str, tuple[str, ...]]
    content: Mapping[str, Value]
    offence_area: str | None = None
    revision: int = 0
    status: Status = Status.DRAFTING
    hands: frozenset[str] = field(default_factory=frozenset)
    unit: str = ""
    saved_at: datetime | None = None
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether it can still become an event."""
        return self.status in OPEN

    def saved_value(self, user: str) -> dict[str, Value]:
        """The content of the internal event that saves this draft by this account."""
        return {
            "draft": self.id,
            "procedure": self.procedure,
            "version": self.version,
            "act": self.act,
            "roles": {role: list(offices) for role, offices in self.roles.items()},
            "content": dict(self.content),
            "offence_area": self.offence_area,
            "unit": self.unit,
            "by": user,
        }


def drafts(events: Iterable[Event]) -> dict[str, Draft]:
    """The drafts of one matter by id, from its internal strand in order. An erased event leaves its draft as it was."""
    found: dict[str, Draft] = {}
    for event in events:
        if event.header.act not in ACTS or event.content is None:
            continue
        value: Mapping[str, Any] = event.content.value
        known = found.get(value["draft"])
        after = _saved(known, event, value) if event.header.act == SAVED else _moved(known, event.header.act, value)
        if after is not None:
            found[after.id] = after
    return found


def _saved(known: Draft | None, event: Event, value: Mapping[str, Any]) -> Draft:
    return Draft(
        id=value["draft"],
        matter=event.header.matter,
        procedure=value["procedure"],
        version=value["version"],
        act=value["act"],
        roles={role: tuple(offices) for role, offices in value["roles"].items()},
        content=value["content"],
        offence_area=value.get("offence_area"),
        revision=(known.revision if known else 0) + 1,
        hands=(known.hands if known else frozenset()) | {value["by"]},
        unit=value.get("unit", ""),
        saved_at=event.header.at,
    )


_AFTER = {SUBMITTED: Status.SUBMITTED, RETURNED: Status.RETURNED, APPROVED: Status.APPROVED, DISCARDED: Status.DISCARDED}


def _moved(known: Draft | None, act: str, value: Mapping[str, Any]) -> Draft | None:
    if known is None:
        return None
    return replace(known, status=_AFTER[act], reason=value.get("reason", ""))
