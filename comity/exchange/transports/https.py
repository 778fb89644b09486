"""The road to another office's gateway: HTTPS with both sides' certificates pinned, one kept connection a peer and thread, no redirects.

    POST /exchange/v1/parcels                  a parcel; answers its sealed receipt
    GET  /exchange/v1/files/<root>             {"count": n, "missing": [[first, last]…]}
    PUT  /exchange/v1/files/<root>/<number>    {"path": [hex…]}⏎ and the encrypted chunk; answers {"whole": bool}

A refusal is JSON {"code", "words"} with a status of 4xx (nothing changes by trying again at once) or 503 (busy: later). The peer must
show a certificate that stands on its card; which authority signed it, and for which name, plays no part.
"""

import http.client
import ssl
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from comity.errors import Code
from comity.exchange.errors import TransportError
from comity.exchange.files import Progress
from comity.exchange.receipt import LARGEST_RECEIPT
from comity.identifiers import FileId, OfficeId, ParcelId
from comity.journal.merkle import Path as Proof
from comity.trust import OfficeCard, Trust

PREFIX = "/exchange/v1"
TIMEOUT = 30.0
LARGEST_ANSWER = LARGEST_RECEIPT + 64 * 1024
_RETRY_BY_REFUSAL = frozenset({Code.STORAGE, Code.UNKNOWN_SENDER, Code.NOT_EXPECTED})


class HttpsTransport:
    """See `Transport`.

    `certificate` and `key` are our PEM files; `timeout` (seconds) bounds each wait for the peer, not a whole request.
    """

    def __init__(self, trust: Trust, certificate: Path, key: Path, *, timeout: float = TIMEOUT) -> None:
        self._trust = trust
        self._certificate = certificate
        self._key = key
        self._timeout = timeout
        self._thread = threading.local()
        self._contexts: dict[tuple[bytes, ...], ssl.SSLContext] = {}
        self._open: set[http.client.HTTPSConnection] = set()

    def send(self, recipient: OfficeId, parcel: ParcelId, data: bytes) -> bytes | None:  # noqa: ARG002  # other roads name files by the parcel
        """See `Transport`."""
        return self._request(recipient, "POST", f"{PREFIX}/parcels", data)

    def progress(self, recipient: OfficeId, root: FileId, size: int) -> Progress:  # noqa: ARG002  # the recipient knows the size by the event
        """See `Transport`."""
        value = _value(self._request(recipient, "GET", f"{PREFIX}/files/{root}", b""), recipient)
        try:
            missing = tuple(number for first, last in value["missing"] for number in range(first, last + 1))
            return Progress(count=int(value["count"]), missing=missing)
        except (KeyError, TypeError, ValueError) as error:
            raise _unreadable(recipient) from error

    def put(self, recipient: OfficeId, root: FileId, number: int, path: Proof, data: bytes) -> bool:
        """See `Transport`."""
        proof = orjson.dumps({"path": [one.hex() for one in path]})
        answer = self._request(recipient, "PUT", f"{PREFIX}/files/{root}/{number}", b"\n".join((proof, data)))
        return _value(answer, recipient).get("whole") is True

    def close(self) -> None:
        """See `Transport`."""
        while self._open:
            self._open.pop().close()

    def _request(self, office: OfficeId, method: str, path: str, body: bytes) -> bytes:
        card = self._trust.card(office)
        if card is None or card.endpoint is None:
            raise TransportError(Code.UNKNOWN_SENDER, "This office's address is not known here.", retry=True, where=office)
        kept = self._connections().get(office)
        if kept is not None:
            try:
                return self._exchange(kept, office, method, path, body)
            except TimeoutError as error:
                raise self._unreached(office, error) from error
            except (OSError, http.client.HTTPException):
                self._drop(office)  # the peer closed an idle connection; every request may be made twice
        try:
            return self._exchange(self._connect(card), office, method, path, body)
        except (OSError, http.client.HTTPException) as error:
            raise self._unreached(office, error) from error

    def _unreached(self, office: OfficeId, error: Exception) -> TransportError:
        self._drop(office)
        return TransportError(Code.STORAGE, f"The other office was not reached: {type(error).__name__}.", retry=True, where=office)

    def _exchange(self, connection: http.client.HTTPSConnection, office: OfficeId, method: str, path: str, body: bytes) -> bytes:
        connection.request(method, path, body, {"Content-Type": "application/octet-stream"})
        response = connection.getresponse()
        answer = response.read(LARGEST_ANSWER)
        if not response.isclosed() or response.will_close:
            self._drop(office)
        if response.status == http.client.OK:
            return answer
        raise _refusal(response.status, answer, office)

    def _connections(self) -> dict[OfficeId, http.client.HTTPSConnection]:
        kept: dict[OfficeId, http.client.HTTPSConnection] | None = getattr(self._thread, "connections", None)
        if kept is None:
            kept = self._thread.connections = {}
        return kept

    def _connect(self, card: OfficeCard) -> http.client.HTTPSConnection:
        address = urlsplit(str(card.endpoint))
        connection = http.client.HTTPSConnection(
            str(address.hostname), address.port, timeout=self._timeout, context=self._context(card.tls)
        )
        connection.connect()
        if connection.sock.getpeercert(binary_form=True) not in card.tls:  # the context trusts these alone; said once more, in plain words
            connection.close()
            raise TransportError(Code.UNKNOWN_SENDER, "The other side's certificate is not on its card.", retry=True, where=card.office)
        self._open.add(connection)
        self._connections()[card.office] = connection
        return connection

    def _drop(self, office: OfficeId) -> None:
        connection = self._connections().pop(office, None)
        if connection is not None:
            self._open.discard(connection)
            connection.close()

    def _context(self, certificates: tuple[bytes, ...]) -> ssl.SSLContext:
        context = self._contexts.get(certificates)
        if context is None:
            context = self._contexts[certificates] = client_context(certificates, self._certificate, self._key)
        return context


def client_context(certificates: tuple[bytes, ...], certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.3 that shows our certificate and believes exactly these of the peer (DER), by pin and not by name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=b"".join(certificates))
    context.load_cert_chain(certificate, key)
    return context


def _value(answer: bytes, office: OfficeId) -> Mapping[str, Any]:
    try:
        value = orjson.loads(answer)
    except orjson.JSONDecodeError as error:
        raise _unreadable(office) from error
    if not isinstance(value, dict):
        raise _unreadable(office)
    return value


def _unreadable(office: OfficeId) -> TransportError:
    return TransportError(Code.MALFORMED, "The other office's answer cannot be read.", retry=True, where=office)


def _refusal(status: int, answer: bytes, office: OfficeId) -> TransportError:
    """The refusal of a status that is not 200; a redirect is one too.

    Its words stay with the office that said them: only the code is kept.
    """
    try:
        code = Code(orjson.loads(answer)["code"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return TransportError(Code.STORAGE, f"The other office answered with status {status}.", retry=True, where=office)
    words = f"The other office refused it ({code.value})."
    return TransportError(code, words, retry=status >= 500 or code in _RETRY_BY_REFUSAL, where=office)
