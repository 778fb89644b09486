"""The keys offices seal with: what is public of them, who may sign with them, and from when to when they speak.

The algorithm is a property of the key. Today's is a pair: Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204), and both must verify, so that a seal
stands as long as either of them stands. A `Signer` may be a hardware token or another service: it is only asked for one signature by name.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.errors import Code
from comity.identifiers import IdentifierError, KeyId, OfficeId, office_id
from comity.journal.errors import SealError

PAIR = "Ed25519+ML-DSA-65"
ED25519 = "Ed25519"
MLDSA65 = "ML-DSA-65"
ED25519_SIZE = 32
MLDSA65_SIZE = 1952
SEED_SIZE = 32
_KEY_KEYS = frozenset({"office", "id", "algorithm", "ed25519", "mldsa65", "valid_from", "valid_until", "revoked_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKey:
    """The public half of an office's seal. Raises `SealError` (malformed) for any other shape or an id that is not the key's own.

    `id` is derived from the public bytes (`key_id`), so that no two keys share one. The key speaks from `valid_from` until, and without,
    `valid_until` or `revoked_at`, whichever comes first (aware, UTC).
    """

    office: OfficeId
    id: KeyId
    algorithm: str = PAIR
    ed25519: bytes
    mldsa65: bytes
    valid_from: datetime
    valid_until: datetime | None = None
    revoked_at: datetime | None = None
    _loaded: tuple[Ed25519PublicKey, MLDSA65PublicKey] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.algorithm != PAIR or len(self.ed25519) != ED25519_SIZE or len(self.mldsa65) != MLDSA65_SIZE:
            raise SealError(Code.MALFORMED, f"A seal key is {PAIR}: {ED25519_SIZE} and {MLDSA65_SIZE} bytes.")
        if self.id != key_id(self.ed25519, self.mldsa65):
            raise SealError(Code.MALFORMED, "This key's id is not derived from its bytes.", where=str(self.id)[:64])
        try:
            loaded = (Ed25519PublicKey.from_public_bytes(self.ed25519), MLDSA65PublicKey.from_public_bytes(self.mldsa65))
        except ValueError as error:
            raise SealError(Code.MALFORMED, "These bytes are no public key.", where=self.id) from error
        object.__setattr__(self, "_loaded", loaded)  # frozen; loaded once

    def speaks(self, at: datetime) -> bool:
        """Whether the key speaks for its office at this moment."""
        return self.valid_from <= at and all(end is None or at < end for end in (self.valid_until, self.revoked_at))

    def verifies(self, algorithm: str, signature: bytes, data: bytes) -> bool:
        """Whether this is the key's signature by `algorithm` (`Ed25519` or `ML-DSA-65`) over the bytes."""
        if algorithm not in (ED25519, MLDSA65):
            return False
        public = self._loaded[0] if algorithm == ED25519 else self._loaded[1]
        try:
            public.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def value(self) -> dict[str, Value]:
        """The key as a JSON object; bytes in hex."""
        return {
            "office": self.office,
            "id": self.id,
            "algorithm": self.algorithm,
            "ed25519": self.ed25519.hex(),
            "mldsa65": self.mldsa65.hex(),
            "valid_from": canonical.format_time(self.valid_from),
            "valid_until": _format(self.valid_until),
            "revoked_at": _format(self.revoked_at),
        }

    @classmethod
    def from_value(cls, value: object) -> Self:
        """The key of its JSON object; raises `SealError` (malformed)."""
        if not isinstance(value, dict) or value.keys() != _KEY_KEYS:
            raise SealError(Code.MALFORMED, f"A seal key has the keys {', '.join(sorted(_KEY_KEYS))} and no other.")
        try:
            return cls(
                office=office_id(value["office"]),
                id=KeyId(value["id"]),
                algorithm=value["algorithm"],
                ed25519=_bytes(value["ed25519"]),
                mldsa65=_bytes(value["mldsa65"]),
                valid_from=canonical.parse_time(value["valid_from"]),
                valid_until=_parse(value["valid_until"]),
                revoked_at=_parse(value["revoked_at"]),
            )
        except (IdentifierError, CanonicalError, TypeError, ValueError) as error:
            raise SealError(Code.MALFORMED, f"This seal key is not of its shape: {error}") from error


def key_id(ed25519: bytes, mldsa65: bytes) -> KeyId:
    """A key's id: the first 16 bytes of SHA-256(algorithm ‖ 0x00 ‖ Ed25519 bytes ‖ ML-DSA-65 bytes), in hex."""
    return KeyId(hashlib.sha256(PAIR.encode() + b"\x00" + ed25519 + mldsa65).hexdigest()[:32])


def _bytes(text: str) -> bytes:
    data = bytes.fromhex(text)
    if data.hex() != text:
        raise ValueError("bytes are written in lower-case hex")
    return data


def _format(at: datetime | None) -> str | None:
    return None if at is None else canonical.format_time(at)


def _parse(text: str | None) -> datetime | None:
    return None if text is None else canonical.parse_time(text)


class Signer(Protocol):
    """Who can seal for an office: a key file, a hardware token, a service."""

    @property
    def key(self) -> SealKey:
        """The public key of the signatures it gives."""
        ...

    def sign(self, algorithm: str, data: bytes) -> bytes:
        """The signature by `algorithm` (one of those the key's algorithm names) over the bytes."""
        ...


class Keys(Protocol):
    """Who knows which key belongs to which office (`comity.trust`, or the keys a file carries)."""

    def seal_key(self, office: OfficeId, key_id: KeyId) -> SealKey | None:
        """The office's key of this id, or None where it has none such."""
        ...


class KeyRing:
    """Keys held in memory, as a file or a test carries them."""

    def __init__(self, *keys: SealKey) -> None:
        self._keys = {(key.office, key.id): key for key in keys}

    def seal_key(self, office: OfficeId, key_id: KeyId) -> SealKey | None:
        """The office's key of this id, or None."""
        return self._keys.get((office, key_id))


class LocalSigner:
    """A signer whose private key is in this process. Its private bytes are the two seeds: Ed25519 (32) and ML-DSA-65 (32)."""

    def __init__(self, private: bytes, office: OfficeId, *, valid_from: datetime, valid_until: datetime | None = None) -> None:
        if len(private) != 2 * SEED_SIZE:
            raise SealError(Code.MALFORMED, f"The private half of a seal key is {2 * SEED_SIZE} bytes.")
        self._ed25519 = Ed25519PrivateKey.from_private_bytes(private[:SEED_SIZE])
        self._mldsa65 = MLDSA65PrivateKey.from_seed_bytes(private[SEED_SIZE:])
        ed25519 = self._ed25519.public_key().public_bytes_raw()
        mldsa65 = self._mldsa65.public_key().public_bytes_raw()
        self._key = SealKey(
            office=office, id=key_id(ed25519, mldsa65), ed25519=ed25519, mldsa65=mldsa65, valid_from=valid_from, valid_until=valid_until
        )

    @classmethod
    def generate(cls, office: OfficeId, at: datetime, *, valid_until: datetime | None = None) -> Self:
        """A new key from the operating system's randomness, speaking from `at`."""
        private = Ed25519PrivateKey.generate().private_bytes_raw() + MLDSA65PrivateKey.generate().private_bytes_raw()
        return cls(private, office, valid_from=at, valid_until=valid_until)

    @property
    def key(self) -> SealKey:
        """The public half."""
        return self._key

    def sign(self, algorithm: str, data: bytes) -> bytes:
        """The signature by `algorithm`; raises `SealError` (malformed) for one the key has not."""
        match algorithm:
            case "Ed25519":
                return self._ed25519.sign(data)
            case "ML-DSA-65":
                return self._mldsa65.sign(data)
            case _:
                raise SealError(Code.MALFORMED, f"This key does not sign by “{algorithm}”.")

    def private_bytes(self) -> bytes:
        """The two seeds; whoever holds them is the office."""
        return self._ed25519.private_bytes_raw() + self._mldsa65.private_bytes_raw()
