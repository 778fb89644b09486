"""One office running: everything its commands, reception and courier need, given from outside.

Time, randomness, keys and store are arguments: the desk wires the durable ones, the simulation its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from comity.exchange import ExchangeStore, ExchangeUnit, FileStore
from comity.identifiers import MatterId, OfficeId, StateCode, uuid7
from comity.journal import Signer
from comity.law import Register
from comity.node.settings import OfficeSettings
from comity.trust import OfficeKeys, Trust


class Projector(Protocol):
    """What keeps views of the journal: called for each matter that changed, inside the same transaction."""

    def project(self, unit: ExchangeUnit, matter: MatterId) -> None:
        """Bring the views of this matter up to date."""

    def law_changed(self, unit: ExchangeUnit, before: Register, after: Register) -> None:
        """Bring up to date the views of the matters that are answered otherwise by the law as it now stands."""


class NoViews:
    """For an office without a desk (simulation, courier tools)."""

    def project(self, unit: ExchangeUnit, matter: MatterId) -> None:
        """Keep no view."""

    def law_changed(self, unit: ExchangeUnit, before: Register, after: Register) -> None:
        """Keep no view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office. `clock` gives aware UTC times; `randomness(n)` gives n unpredictable bytes."""

    settings: OfficeSettings
    home: Path
    store: ExchangeStore
    files: FileStore
    trust: Trust
    keys: OfficeKeys
    register: Register
    clock: Callable[[], datetime]
    randomness: Callable[[int], bytes]
    projector: Projector = field(default_factory=NoViews)

    @property
    def signer(self) -> Signer:
        """Who seals for this office."""
        return self.keys.signer

    @property
    def id(self) -> OfficeId:
        """The office's id."""
        return self.settings.id

    def new_id(self) -> str:
        """A fresh UUIDv7 of this moment."""
        return uuid7(self.clock(), self.randomness(10))

    def today(self) -> date:
        """The date in the office's own time zone."""
        return self.clock().astimezone(self.settings.zone).date()

    def state_of(self, office: OfficeId) -> StateCode:
        """The State an office belongs to: by its card, or for a stranger by its id (`kz-gpo` is of KZ)."""
        card = self.trust.card(office)
        return card.state if card else StateCode(office[:2].upper())
