"""Which keys speak for which office: an office's card, and the question everybody asks of it.

A card is public and signed by its office's identity key (Ed25519 and ML-DSA-65 together). It names the office, where its gateway listens,
and its operational keys: those it seals with, the one parcels to it are encrypted to, and its TLS certificates. The office replaces them
itself by a card of a higher version under the same identity key. `Trust` is the seam: behind it stand card files in a folder today; a
council's threshold root can stand there tomorrow.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from comity.identifiers import KeyId, OfficeId, StateCode
from comity.journal import SealKey

HPKE_SUITE = "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM"


@dataclass(frozen=True, slots=True, kw_only=True)
class HpkeKey:
    """The public key parcels to an office are encrypted to: ML-KEM-768 and X25519 together, raw bytes (1184 and 32)."""

    id: KeyId
    mlkem768: bytes
    x25519: bytes
    valid_from: datetime
    valid_until: datetime | None = None
    suite: str = HPKE_SUITE


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCard:
    """What an office says of itself.

    `names` and `unit_names` are by language (`en`, `ru`); the unit is the department that answers for cooperation. `endpoint` is
    `https://host:port` of the gateway, None for an office without inbound access. The first HPKE key that is valid is the one in use;
    older ones stay so that parcels under way can still be opened. `tls` are certificates in DER, the first in use. `valid_until` ends the
    card.
    """

    office: OfficeId
    state: StateCode
    names: Mapping[str, str]
    unit_names: Mapping[str, str]
    endpoint: str | None
    identity: SealKey
    seal_keys: tuple[SealKey, ...]
    hpke_keys: tuple[HpkeKey, ...]
    tls: tuple[bytes, ...]
    version: int
    valid_from: datetime
    valid_until: datetime

    def name(self, language: str) -> str:
        """The office's name in this language, or in English."""
        return self.names.get(language) or self.names["en"]

    def valid(self, at: datetime) -> bool:
        """Whether the card speaks for its office at this moment."""
        return self.valid_from <= at < self.valid_until

    def hpke_key(self, at: datetime) -> HpkeKey | None:
        """The key to encrypt to at this moment."""
        return next((key for key in self.hpke_keys if key.valid_from <= at and (key.valid_until is None or at < key.valid_until)), None)


class Trust(Protocol):
    """What a node asks about other offices, and about its own. Answers are of one moment; a reload may change them."""

    def card(self, office: OfficeId) -> OfficeCard | None:
        """The card in force of an office, or None where it is not known."""

    def cards(self) -> tuple[OfficeCard, ...]:
        """Every card in force, by office."""

    def seal_key(self, office: OfficeId, key_id: KeyId) -> SealKey | None:
        """A key the office seals or sealed with; cards of earlier versions are searched too, so that old seals still verify."""

    def hpke_key(self, office: OfficeId, at: datetime) -> HpkeKey | None:
        """The key to encrypt a parcel for this office to, or None: unknown, expired, or without such a key."""

    def certificates(self) -> Mapping[OfficeId, tuple[bytes, ...]]:
        """The TLS certificates (DER) by which each office may be met."""

    def office_of(self, certificate: bytes) -> OfficeId | None:
        """Whose TLS certificate (DER) this is."""


def hpke_key_id(mlkem768: bytes, x25519: bytes) -> KeyId:
    """An encryption key's id: the first 16 bytes of SHA-256(suite ‖ 0x00 ‖ ML-KEM-768 bytes ‖ X25519 bytes), in hex."""
    return KeyId(hashlib.sha256(HPKE_SUITE.encode() + b"\x00" + mlkem768 + x25519).hexdigest()[:32])
