"""The peer: pyas2lib builds, opens and acknowledges one message (signed, encrypted, signed acknowledgement), as AS2 gateways do.

Only the library is measured: no HTTP, no TLS, no disk, both ends in one process. It is a tool of the measurement and no part of Comity.
"""

import json
import re
import sys
import time
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bench.payload import raw

PASSPHRASE = "bench"


def _library() -> Any:
    """pyas2lib, imported past a library of its own that cannot read the version of newer OpenSSL (3.0.10 and later)."""
    search = re.search

    def wide(pattern: Any, text: str, flags: int = 0) -> Any:
        if isinstance(pattern, str):
            pattern = pattern.replace(r"\d\.\d\.\d[a-z]*", r"\d+\.\d+\.\d+[a-z]*")
        return search(pattern, text, flags)

    re.search = wide  # type: ignore[assignment]  # for the time of one import
    try:
        from pyas2lib import as2
    finally:
        re.search = search
    return as2


def _identity(name: str) -> tuple[bytes, bytes]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    from cryptography.hazmat.primitives.serialization import pkcs12

    bundle = pkcs12.serialize_key_and_certificates(
        b"bench", key, x509.load_pem_x509_certificate(certificate), None, serialization.BestAvailableEncryption(PASSPHRASE.encode())
    )
    return bundle, certificate


def _sides(as2: Any) -> tuple[Any, Any, Any, Any]:
    (one_key, one_certificate), (two_key, two_certificate) = _identity("one"), _identity("two")

    def organization(name: str, key: bytes) -> Any:
        return as2.Organization(as2_name=name, sign_key=key, sign_key_pass=PASSPHRASE, decrypt_key=key, decrypt_key_pass=PASSPHRASE)

    def partner(name: str, certificate: bytes) -> Any:
        return as2.Partner(
            as2_name=name,
            verify_cert=certificate,
            encrypt_cert=certificate,
            validate_certs=False,
            sign=True,
            digest_alg="sha256",
            encrypt=True,
            enc_alg="aes_256_cbc",
            mdn_mode="SYNC",
            mdn_digest_alg="sha256",
        )

    return organization("one", one_key), organization("two", two_key), partner("one", one_certificate), partner("two", two_certificate)


def measure(seconds: float) -> dict[str, float]:
    """Messages a CPU second (both ends together) and CPU µs a message, over about this many seconds."""
    as2 = _library()
    one, two, as_one, as_two = _sides(as2)
    random, count = Random(1), 0
    started = time.process_time()
    while time.process_time() - started < seconds:
        _exchange(as2, one, two, as_one, as_two, raw(random, count))
        count += 1
    spent = time.process_time() - started
    return {"messages": count, "per_cpu_second": count / spent, "cpu_us": spent / count * 1e6}


def _exchange(as2: Any, one: Any, two: Any, as_one: Any, as_two: Any, data: bytes) -> None:  # noqa: PLR0917  # both sides as the library wants them
    message = as2.Message(sender=one, receiver=as_two)
    message.build(data, filename="event.json", content_type="application/json", disposition_notification_to="one@localhost")
    arrived = as2.Message()
    status, _error, acknowledgement = arrived.parse(
        message.headers_str + b"\r\n" + message.content, lambda _name: two, lambda _name: as_one, lambda _id, _partner: False
    )
    if status != "processed":
        raise RuntimeError(f"the peer did not process its own message: {status}")
    receipt = as2.Mdn()
    done, _words = receipt.parse(acknowledgement.headers_str + b"\r\n" + acknowledgement.content, lambda _id, _recipient: message)
    if done != "processed":
        raise RuntimeError(f"the peer did not accept its own acknowledgement: {done}")


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]))))
