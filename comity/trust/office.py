"""An office's own keys: made once, kept in its home, readable by its account alone.

    keys/identity.key   signs the office's card, nothing else; belongs offline once the card is made
    keys/seal.key       seals events and receipts
    keys/hpke.key       opens parcels
    keys/tls.key, keys/tls.pem   the gateway's certificate, also shown as a client
    trust/kz-gpo.office          the card, public, to be given to other offices

Private key files are canonical JSON with the seeds in hex, mode 600 in a folder of mode 700.
"""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from comity import canonical
from comity.canonical import CanonicalError, Value
from comity.identifiers import IdentifierError, KeyId, OfficeId, StateCode, office_id, state_code
from comity.journal import LocalSigner, SealError
from comity.trust.card import SUFFIX, read_card, utc, write_card
from comity.trust.errors import Doubt, TrustError
from comity.trust.model import HpkeKey, OfficeCard, hpke_key_id

KEYS = "keys"
TRUST = "trust"
CARD_YEARS = 2
_SECRET = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeKeys:
    """The private keys a running node works with. `hpke` are by key id; `tls_certificate` and `tls_key` are paths to PEM files."""

    office: OfficeId
    signer: LocalSigner
    hpke: Mapping[KeyId, MLKEM768X25519PrivateKey]
    tls_certificate: Path
    tls_key: Path


def make_office(
    home: Path,
    office: OfficeId,
    *,
    state: StateCode,
    names: Mapping[str, str],
    unit_names: Mapping[str, str] | None = None,
    endpoint: str | None,
    at: datetime,
) -> OfficeCard:
    """Makes an office's keys and its first card under `home`, and gives the card. Raises `TrustError` where keys are already there.

    `endpoint` is `https://host:port` as other offices reach the gateway, None where they cannot. Keys come from the system's randomness.
    """
    office_id(office)
    state_code(state)
    keys = home / KEYS
    if keys.exists():
        raise TrustError(
            Doubt.OTHER_IDENTITY, "This home already has an office's keys.", where=str(keys), next_step="Choose an empty folder."
        )
    now = utc(at)
    until = now.replace(year=now.year + CARD_YEARS, day=min(now.day, 28))
    identity = LocalSigner.generate(office, now)
    signer = LocalSigner.generate(office, now)
    mlkem, x25519 = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    tls_key, certificate = _certificate(office, endpoint, now, until)
    card = OfficeCard(
        office=office,
        state=state,
        names=dict(names),
        unit_names=dict(unit_names or {}),
        endpoint=endpoint,
        identity=identity.key,
        seal_keys=(signer.key,),
        hpke_keys=(_public(mlkem, x25519, now),),
        tls=(certificate.public_bytes(serialization.Encoding.DER),),
        version=1,
        valid_from=now,
        valid_until=until,
    )
    data = write_card(card, identity, now)
    read_card(data)  # what was asked for may be no card (a name, an endpoint): found out before anything is written
    keys.mkdir(parents=True, mode=0o700)
    _write_signer(keys / "identity.key", identity)
    _write_signer(keys / "seal.key", signer)
    _write_secret(keys / "hpke.key", _hpke_file(card.hpke_keys[0].id, mlkem, x25519))
    _write_secret(keys / "tls.key", _pem(tls_key))
    (keys / "tls.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    _publish(home, card, data)
    return card


def renew_card(home: Path, card: OfficeCard, at: datetime) -> OfficeCard:
    """Signs a changed card (another endpoint, name or key) as the next version, for two years from now, and writes it under `home`."""
    now = utc(at)
    until = now.replace(year=now.year + CARD_YEARS, day=min(now.day, 28))
    changed = replace(card, version=card.version + 1, valid_from=now, valid_until=until)
    data = write_card(changed, _read_signer(home / KEYS / "identity.key"), now)
    read_card(data)
    _publish(home, changed, data)
    return changed


def load_keys(home: Path) -> OfficeKeys:
    """The keys `make_office` wrote; raises `TrustError` (malformed) naming the file that is missing or broken."""
    keys = home / KEYS
    signer = _read_signer(keys / "seal.key")
    value = _read_secret(keys / "hpke.key")
    try:
        mlkem = MLKEM768PrivateKey.from_seed_bytes(bytes.fromhex(value["mlkem768"]))
        x25519 = X25519PrivateKey.from_private_bytes(bytes.fromhex(value["x25519"]))
        hpke = {KeyId(value["id"]): MLKEM768X25519PrivateKey(mlkem, x25519)}
    except (KeyError, TypeError, ValueError) as error:
        raise TrustError(Doubt.MALFORMED, "This is not an encryption key.", where=str(keys / "hpke.key")) from error
    return OfficeKeys(office=signer.key.office, signer=signer, hpke=hpke, tls_certificate=keys / "tls.pem", tls_key=keys / "tls.key")


def own_card(home: Path) -> OfficeCard:
    """The card of the office whose home this is; raises `TrustError` where there is none."""
    office = _read_signer(home / KEYS / "seal.key").key.office
    path = home / TRUST / f"{office}{SUFFIX}"
    try:
        return read_card(path.read_bytes())
    except OSError as error:
        raise TrustError(Doubt.UNKNOWN_OFFICE, "The office's own card is not here.", where=str(path)) from error


def _publish(home: Path, card: OfficeCard, data: bytes) -> None:
    folder = home / TRUST
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{card.office}.new"
    draft.write_bytes(data)
    draft.replace(folder / f"{card.office}{SUFFIX}")


def _public(mlkem: MLKEM768PrivateKey, x25519: X25519PrivateKey, at: datetime) -> HpkeKey:
    first, second = mlkem.public_key().public_bytes_raw(), x25519.public_key().public_bytes_raw()
    return HpkeKey(id=hpke_key_id(first, second), mlkem768=first, x25519=second, valid_from=at)


def _hpke_file(key_id: KeyId, mlkem: MLKEM768PrivateKey, x25519: X25519PrivateKey) -> bytes:
    return canonical.dumps({"id": key_id, "mlkem768": mlkem.private_bytes_raw().hex(), "x25519": x25519.private_bytes_raw().hex()})


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _write_signer(path: Path, signer: LocalSigner) -> None:
    value: dict[str, Value] = {
        "office": signer.key.office,
        "private": signer.private_bytes().hex(),
        "valid_from": canonical.format_time(signer.key.valid_from),
    }
    _write_secret(path, canonical.dumps(value))


def _read_signer(path: Path) -> LocalSigner:
    value = _read_secret(path)
    try:
        return LocalSigner(
            bytes.fromhex(value["private"]), office_id(value["office"]), valid_from=canonical.parse_time(value["valid_from"])
        )
    except (KeyError, TypeError, ValueError, CanonicalError, IdentifierError, SealError) as error:
        raise TrustError(Doubt.MALFORMED, "This is not a signing key.", where=str(path)) from error


def _write_secret(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _SECRET), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read_secret(path: Path) -> Any:
    try:
        return canonical.loads(path.read_bytes())
    except (OSError, CanonicalError) as error:
        raise TrustError(Doubt.MALFORMED, "This key file cannot be read.", where=str(path)) from error


def _certificate(
    office: OfficeId, endpoint: str | None, now: datetime, until: datetime
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, office)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks of peers differ
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName(_hosts(endpoint)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
    )
    return key, builder.sign(key, hashes.SHA256())


def _hosts(endpoint: str | None) -> list[x509.GeneralName]:
    hosts = ["127.0.0.1", "localhost"]
    host = urlsplit(endpoint or "").hostname
    if host and host not in hosts:
        hosts.append(host)
    return [_host(one) for one in hosts]


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
