"""Trust by card files in a folder, exchanged by hand: what an office has until the council keeps a common root.

A card is admitted by these steps, in this order:

1. The file is a card and its signature is by the identity key it names.
2. It is of the office it is meant to be, where one is named.
3. It is in force: not before `valid_from`, not after `valid_until`.
4. Its identity key is the one already known for this office (a new identity is admitted only by force, after people have compared
   fingerprints).
5. Its version is not below the one already known; the same version is the same card.

The newest card of an office stands as `trust/kz-gpo.office`; those before it in `trust/earlier/`, so that seals set by retired keys still
verify.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from comity import canonical
from comity.identifiers import KeyId, OfficeId
from comity.journal import SealKey
from comity.trust.card import SUFFIX, digest, fingerprint, read_card
from comity.trust.errors import Doubt, TrustError
from comity.trust.model import HpkeKey, OfficeCard

EARLIER = "earlier"
_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    cards: Mapping[OfficeId, OfficeCard] = field(default_factory=dict)
    seal_keys: Mapping[tuple[OfficeId, KeyId], SealKey] = field(default_factory=dict)
    certificates: Mapping[bytes, OfficeId] = field(default_factory=dict)


class FolderTrust:
    """`Trust` over a folder of card files. Thread-safe: what is known is one immutable value, replaced whole by `admit` and `reload`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamp: _Stamp = ()
        self._known = _Known()
        self.reload()

    def reload(self) -> bool:
        """Reads the folder again if a file in it changed; whether anything did. Raises `TrustError` naming a file that is no card."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        self._known = _known(self._read(self.folder), self._read(self.folder / EARLIER))
        self._stamp = stamp
        return True

    def card(self, office: OfficeId) -> OfficeCard | None:
        """See `Trust`."""
        return self._known.cards.get(office)

    def cards(self) -> tuple[OfficeCard, ...]:
        """See `Trust`."""
        return tuple(card for _, card in sorted(self._known.cards.items()))

    def seal_key(self, office: OfficeId, key_id: KeyId) -> SealKey | None:
        """See `Trust`."""
        return self._known.seal_keys.get((office, key_id))

    def hpke_key(self, office: OfficeId, at: datetime) -> HpkeKey | None:
        """See `Trust`."""
        card = self.card(office)
        return card.hpke_key(at) if card is not None and card.valid(at) else None

    def certificates(self) -> Mapping[OfficeId, tuple[bytes, ...]]:
        """See `Trust`."""
        return {office: card.tls for office, card in self._known.cards.items()}

    def office_of(self, certificate: bytes) -> OfficeId | None:
        """See `Trust`."""
        return self._known.certificates.get(certificate)

    def admit(self, data: bytes, at: datetime, *, office: OfficeId | None = None, force: bool = False) -> OfficeCard:
        """Admits a card file as it came, and gives the card; raises `TrustError` by the module's steps.

        `office` says whose card it is meant to be. `force` admits another identity key, and nothing else.
        """
        card = read_card(data)
        _check_office(card, office)
        _check_time(card, at)
        self.reload()
        known = self.card(card.office)
        if known is not None:
            _check_successor(card, known, force=force)
            if known == card:
                return known
        self._keep(card, data)
        self.reload()
        return card

    def _keep(self, card: OfficeCard, data: bytes) -> None:
        path = self.folder / f"{card.office}{SUFFIX}"
        self.folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            before = path.read_bytes()
            earlier = self.folder / EARLIER
            earlier.mkdir(exist_ok=True)
            (earlier / f"{card.office}.{digest(before)[:16]}{SUFFIX}").write_bytes(before)
        draft = self.folder / f".{card.office}.new"
        draft.write_bytes(data)
        draft.replace(path)

    def _look(self) -> _Stamp:
        files = (*self.folder.glob(f"*{SUFFIX}"), *(self.folder / EARLIER).glob(f"*{SUFFIX}"))
        stats = ((str(path), path.stat()) for path in sorted(files))
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)

    def _read(self, folder: Path) -> list[OfficeCard]:
        return [_read_file(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]


def _read_file(path: Path) -> OfficeCard:
    try:
        card = read_card(path.read_bytes())
    except TrustError as error:
        raise TrustError(error.doubt, error.what, where=path.name, next_step=error.next_step) from error
    if not path.name.startswith(f"{card.office}."):
        raise TrustError(
            Doubt.OTHER_OFFICE, f"This file holds the card of {card.office}.", where=path.name, next_step="Rename or remove it."
        )
    return card


def _known(cards: list[OfficeCard], earlier: list[OfficeCard]) -> _Known:
    seal_keys = {(card.office, key.id): key for card in (*earlier, *cards) for key in card.seal_keys}
    certificates = {der: card.office for card in cards for der in card.tls}
    return _Known(cards={card.office: card for card in cards}, seal_keys=seal_keys, certificates=certificates)


def _check_office(card: OfficeCard, office: OfficeId | None) -> None:
    if office is not None and card.office != office:
        raise TrustError(
            Doubt.OTHER_OFFICE, f"This is the card of {card.office}, not of {office}.", next_step="Check which file you were given."
        )


def _check_time(card: OfficeCard, at: datetime) -> None:
    if at >= card.valid_until:
        raise TrustError(
            Doubt.EXPIRED,
            f"This card ended on {canonical.format_time(card.valid_until)}.",
            where=card.office,
            next_step="Ask the office for its current card.",
        )
    if at < card.valid_from:
        raise TrustError(
            Doubt.NOT_YET_VALID,
            f"This card begins on {canonical.format_time(card.valid_from)}.",
            where=card.office,
            next_step="Check this machine's clock; if it is right, admit the card then.",
        )


def _check_successor(card: OfficeCard, known: OfficeCard, *, force: bool) -> None:
    same = card.identity.id == known.identity.id
    if not same and not force:
        raise TrustError(
            Doubt.OTHER_IDENTITY,
            f"This card has another identity key ({fingerprint(card)}) than the one known ({fingerprint(known)}).",
            where=card.office,
            next_step="Speak to the office over another channel and compare the two; admit it by force only when they confirm the new one.",
        )
    if same and (card.version < known.version or (card.version == known.version and card != known)):
        raise TrustError(
            Doubt.OLDER,
            f"Version {known.version} of this card is already known; this one is version {card.version}.",
            where=card.office,
            next_step="Ask the office for its current card.",
        )
