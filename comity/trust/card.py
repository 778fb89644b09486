"""The office card as a file: canonical JSON of the card and the identity key's seal over it.

    {"card": {…}, "seal": {…}}          file name: kz-gpo.office

The seal has the purpose `office-card` and one leaf, SHA-256(0x00 ‖ canonical card). The identity key stands in the card itself: the
signature proves that whoever holds that key wrote this card, and nothing about who that is. That the key is the office's own is settled
by hand when the first card is admitted (its `fingerprint` read out over another channel), and from then on by the rule that a later card
must have the same one.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography import x509

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.identifiers import IdentifierError, KeyId, is_internal, office_id, state_code
from comity.journal import Placement, Purpose, Seal, SealError, SealKey, Signer, seal_leaves, verify_placement
from comity.journal.merkle import leaf_hash
from comity.trust.errors import Doubt, TrustError
from comity.trust.model import HPKE_SUITE, HpkeKey, OfficeCard, hpke_key_id

LARGEST_CARD = 256 * 1024
SUFFIX = ".office"
_ENDPOINT = re.compile(r"https://([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,39}\]):[0-9]{1,5}")
_CARD_KEYS = frozenset(
    {
        "v",
        "office",
        "state",
        "names",
        "unit_names",
        "endpoint",
        "identity",
        "seal_keys",
        "hpke_keys",
        "tls",
        "version",
        "valid_from",
        "valid_until",
    }
)
_HPKE_KEYS = frozenset({"id", "suite", "mlkem768", "x25519", "valid_from", "valid_until"})
_MOST_KEYS = 32


def write_card(card: OfficeCard, identity: Signer, at: datetime) -> bytes:
    """The card file's bytes, signed now by the office's identity key; raises `TrustError` (bad signature) for another key."""
    if identity.key.id != card.identity.id:
        raise TrustError(Doubt.BAD_SIGNATURE, "A card is signed by the identity key it names.", where=card.office)
    value = card_value(card)
    (placement,) = seal_leaves(Purpose.OFFICE_CARD, [leaf_hash(canonical.dumps(value))], identity, at)
    return canonical.dumps({"card": value, "seal": placement.seal.value()})


def read_card(data: bytes) -> OfficeCard:
    """The card of a file whose signature is good; raises `TrustError` (malformed, bad signature).

    Whether to admit it is another question.
    """
    try:
        return _read(data)
    except (CanonicalError, IdentifierError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrustError(Doubt.MALFORMED, f"This is not an office card: {error}", next_step="Ask the office for its card again.") from error


def fingerprint(card: OfficeCard) -> str:
    """The identity key's id in groups of four, to be compared over another channel, such as a telephone."""
    text = str(card.identity.id)
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def digest(data: bytes) -> str:
    """SHA-256 of a card file, in hex."""
    return hashlib.sha256(data).hexdigest()


def card_value(card: OfficeCard) -> dict[str, Value]:
    """The card as the JSON object that is signed; bytes of keys in hex, certificates in base64."""
    return {
        "v": 1,
        "office": card.office,
        "state": card.state,
        "names": dict(card.names),
        "unit_names": dict(card.unit_names),
        "endpoint": card.endpoint,
        "identity": card.identity.value(),
        "seal_keys": [key.value() for key in card.seal_keys],
        "hpke_keys": [_hpke_value(key) for key in card.hpke_keys],
        "tls": [base64.b64encode(der).decode("ascii") for der in card.tls],
        "version": card.version,
        "valid_from": canonical.format_time(card.valid_from),
        "valid_until": canonical.format_time(card.valid_until),
    }


def _read(data: bytes) -> OfficeCard:
    if len(data) > LARGEST_CARD:
        raise TrustError(Doubt.MALFORMED, f"A card has at most {LARGEST_CARD} bytes; this file has {len(data)}.")
    value: Any = canonical.loads(data)
    if not isinstance(value, dict) or value.keys() != {"card", "seal"}:
        raise ValueError("a card file has a card and a seal")
    card = _card(value["card"])
    _check_signature(card, value["card"], value["seal"])
    return card


def _check_signature(card: OfficeCard, value: Value, seal: object) -> None:
    try:
        placement = Placement(seal=Seal.from_value(seal), index=0, path=())
        if placement.seal.statement.purpose is not Purpose.OFFICE_CARD or card.identity.office != card.office:
            raise TrustError(Doubt.BAD_SIGNATURE, "This card carries a signature made for something else.", where=card.office)
        verify_placement(leaf_hash(canonical.dumps(value)), placement, card.identity)
    except SealError as error:
        raise TrustError(
            Doubt.BAD_SIGNATURE,
            "The signature on this card is not by the key it names: it was changed on its way, or is not the office's.",
            where=card.office,
            next_step="Do not use it; ask the office for its card again.",
        ) from error


def _card(value: Any) -> OfficeCard:
    if not isinstance(value, dict) or value.keys() != _CARD_KEYS or value["v"] != 1 or value["v"] is True:
        raise ValueError("this version of the card is not known")
    office = office_id(value["office"])
    if is_internal(office):
        raise ValueError("an internal strand has no card")
    keys = tuple(_seal_key(one, office) for one in _listed(value["seal_keys"]))
    return OfficeCard(
        office=office,
        state=state_code(value["state"]),
        names=_names(value["names"], required=True),
        unit_names=_names(value["unit_names"], required=False),
        endpoint=_endpoint(value["endpoint"]),
        identity=_seal_key(value["identity"], office),
        seal_keys=keys,
        hpke_keys=tuple(_hpke_key(one) for one in _listed(value["hpke_keys"])),
        tls=tuple(_certificate(one) for one in _listed(value["tls"])),
        version=_version(value["version"]),
        valid_from=canonical.parse_time(value["valid_from"]),
        valid_until=canonical.parse_time(value["valid_until"]),
    )


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST_KEYS:
        raise ValueError(f"a card has 1 to {_MOST_KEYS} keys of each kind")
    return value


def _names(value: Any, *, required: bool) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(name, str) and 0 < len(name) <= 200 for name in value.values()):
        raise ValueError("names are text by language")
    if not value.keys() <= {"en", "ru"} or (required and "en" not in value):
        raise ValueError("names are in English (en) and Russian (ru); the English one is always there")
    return value


def _endpoint(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _ENDPOINT.fullmatch(value):
        raise ValueError("an endpoint is https://host:port")
    return value


def _version(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("versions count from 1")
    return value


def _seal_key(value: Any, office: str) -> SealKey:
    try:
        key = SealKey.from_value(value)
    except SealError as error:
        raise ValueError(f"a key on it is not of its shape: {error}") from error
    if key.office != office:
        raise ValueError("a key on it is another office's")
    return key


def _hpke_value(key: HpkeKey) -> dict[str, Value]:
    return {
        "id": key.id,
        "suite": key.suite,
        "mlkem768": key.mlkem768.hex(),
        "x25519": key.x25519.hex(),
        "valid_from": canonical.format_time(key.valid_from),
        "valid_until": None if key.valid_until is None else canonical.format_time(key.valid_until),
    }


def _hpke_key(value: Any) -> HpkeKey:
    if not isinstance(value, dict) or value.keys() != _HPKE_KEYS or value["suite"] != HPKE_SUITE:
        raise ValueError("this kind of encryption key is not known")
    mlkem768, x25519 = bytes.fromhex(value["mlkem768"]), bytes.fromhex(value["x25519"])
    if len(mlkem768) != 1184 or len(x25519) != 32 or value["id"] != hpke_key_id(mlkem768, x25519):
        raise ValueError("an encryption key on it is not of its shape")
    until = value["valid_until"]
    return HpkeKey(
        id=KeyId(value["id"]),
        mlkem768=mlkem768,
        x25519=x25519,
        valid_from=canonical.parse_time(value["valid_from"]),
        valid_until=None if until is None else canonical.parse_time(until),
    )


def _certificate(value: Any) -> bytes:
    try:
        der = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("a certificate is base64 of its DER") from error
    x509.load_der_x509_certificate(der)
    return der


def utc(at: datetime) -> datetime:
    """The moment in UTC, whole seconds, as cards and seals carry it."""
    return at.astimezone(UTC).replace(microsecond=0)
