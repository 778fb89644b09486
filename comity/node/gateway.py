"""The one listener that other offices reach: a raw ASGI application behind mutual TLS, in a process of its own.

    POST /exchange/v1/parcels                 a parcel (application/octet-stream); 200 with its sealed receipt
    GET  /exchange/v1/files/<root>            what is missing of a paper: {"count": n, "missing": [[first, last]…]}
    PUT  /exchange/v1/files/<root>/<number>   {"path": [hex…]}⏎ and one encrypted chunk; {"whole": bool}
    GET  /exchange/v1/health                  {"office": id, "status": "ok"}

A refusal is {"code", "words"}. Bodies are bounded while they stream in, and all of them together; beyond that the answer is 503, try later.

Parcels wait in one queue. A single writer thread drains it, takes what it finds as one group in one transaction, and only then are the
receipts sealed, as one group too (`reception.receive`): under load the cost of a commit and of a signature is shared, and an idle gateway
answers at once. If a group fails, each of its parcels is tried alone, so that one cannot keep others out. Where a parcel overtook one its
sender made before it, the writer waits a moment (50 ms at most) for that one; what still comes out of order the inbox holds.

Who speaks: TLS lets in only certificates that stand on a known office's card, as the cards stand when the connection is made.
`PeerProtocol` hands the certificate to the application, which checks that a parcel is sent by the office it names and lets a peer bring
only its own papers. What an event says is proved by its seal alone.
"""

import asyncio
import queue
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import structlog
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from comity.errors import Code
from comity.exchange import ExchangeError, ParcelError, Progress, address
from comity.exchange.arrivals import Arrivals
from comity.exchange.files import CHUNK, TAG
from comity.exchange.parcel import LARGEST_PARCEL
from comity.exchange.transports.folder import read_chunk
from comity.exchange.transports.https import PREFIX
from comity.identifiers import FileId, IdentifierError, OfficeId, file_id
from comity.node.incident import incident
from comity.trust import Trust, TrustError

Scope = Mapping[str, Any]
Ask = Callable[[], Awaitable[Mapping[str, Any]]]
Tell = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[Sequence[bytes]], Sequence[bytes | ParcelError]]

LARGEST_CHUNK = CHUNK + TAG + 8192
GROUP_PARCELS = 64
GROUP_BYTES = 16 * 2**20
WAITING_BYTES = 128 * 2**20
REORDERED_WITHIN = 0.05
LOOK_AT_CARDS_EVERY = 2.0
PEER = "comity.peer"
_STATUS = {
    Code.TOO_BIG: 413,
    Code.WRONG_OFFICE: 421,
    Code.UNKNOWN_SENDER: 403,
    Code.NOT_EXPECTED: 403,
    Code.PARCEL_REUSED: 409,
    Code.UNKNOWN_KEY: 422,
    Code.CANNOT_OPEN: 422,
    Code.STORAGE: 503,
}
log = structlog.get_logger("comity.gateway")


class _RequestError(ExchangeError):
    """A request that gets {"code", "words"} for an answer."""

    def __init__(self, code: Code, what: str, status: int) -> None:
        super().__init__(code, what)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Waiting:
    data: bytes
    sender: OfficeId
    counter: int
    answer: asyncio.Future[bytes | ParcelError]


_NOBODY = _Waiting(b"", OfficeId(""), 0, None)  # type: ignore[arg-type]  # a mark: nobody waits for its answer


class Gateway:
    """The ASGI application. `receive` takes a group of parcels and answers each; it runs in the writer thread alone.

    `refresh` looks whether cards changed (`FolderTrust.reload`); it is asked at each new connection, and every two seconds for those kept.
    """

    def __init__(
        self, *, me: OfficeId, receive: Receive, arrivals: Arrivals, trust: Trust, refresh: Callable[[], bool] = lambda: False
    ) -> None:
        self._me = me
        self._receive = receive
        self._arrivals = arrivals
        self._trust = trust
        self._refresh = refresh
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="papers")
        self._cards: asyncio.Task[None] | None = None
        self._doors: list[_Door] = []
        self._bytes = 0
        self._expected: dict[OfficeId, int] = {}

    async def __call__(self, scope: Scope, receive: Ask, send: Tell) -> None:
        """One connection's lifespan or one request."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError("the gateway speaks HTTP alone")
        try:
            status, body = 200, await self._answer(scope, receive)
        except _RequestError as error:
            status, body = error.status, _words(error)
        except ExchangeError as error:
            status, body = _STATUS.get(error.code, 400), _words(error)
        except Exception as error:  # noqa: BLE001  # a disk or a store that fails: the peer is told to come again, and learns no more
            log.error("request.failed", path=_kind(scope["path"]), **incident(error))  # noqa: TRY400  # its words may hold personal data
            status, body = 503, _words(ExchangeError(Code.STORAGE, "It could not be kept; try again later."))
        if status != 200:
            log.warning(
                "request.refused", path=_kind(scope["path"]), status=status, code=orjson.loads(body)["code"], peer=self._peer(scope)
            )
        await _respond(send, status, body)

    def context(self, certificate: Path, key: Path) -> ssl.SSLContext:
        """TLS 1.3 that shows our certificate and lets in only peers whose certificate stands on a card when they connect."""
        door = _Door(certificate, key, self._admitted())
        self._doors.append(door)
        return door.listening(self._look_at_cards)

    def start(self) -> None:
        """Starts the writer, if it does not run yet."""
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="writer", daemon=True)
            self._writer.start()

    def stop(self) -> None:
        """Ends the writer when it has taken what waits."""
        if self._writer is not None:
            self._queue.put(None)
            self._writer.join()
            self._writer = None
        self._workers.shutdown()

    # Requests

    async def _answer(self, scope: Scope, receive: Ask) -> bytes:
        path = scope["path"].removeprefix(PREFIX).split("/") if scope["path"].startswith(PREFIX) else []
        match scope["method"], path:
            case "GET", ["", "health"]:
                return orjson.dumps({"office": self._me, "status": "ok"})
            case "POST", ["", "parcels"]:
                return await self._parcel(scope, receive)
            case "GET", ["", "files", root]:
                return await self._progress(scope, root)
            case "PUT", ["", "files", root, number]:
                return await self._chunk(scope, receive, root, number)
            case _:
                raise _RequestError(Code.MALFORMED, "There is nothing at this address.", 404)

    async def _parcel(self, scope: Scope, receive: Ask) -> bytes:
        data = await self._body(scope, receive, LARGEST_PARCEL)
        peer, told = self._peer(scope), address(data)
        if (peer is not None and peer != told.sender) or (peer is None and self._certificate(scope) is not None):
            raise _RequestError(Code.UNKNOWN_SENDER, "This connection is not the sender's.", 403)
        self.start()
        answer: asyncio.Future[bytes | ParcelError] = asyncio.get_running_loop().create_future()
        self._bytes += len(data)
        try:
            self._queue.put(_Waiting(data, told.sender, told.counter, answer))
            found = await answer
        finally:
            self._bytes -= len(data)
        if isinstance(found, ParcelError):
            raise found
        return found

    async def _progress(self, scope: Scope, root: str) -> bytes:
        peer, paper = self._known_peer(scope), _root(root)
        progress = await asyncio.get_running_loop().run_in_executor(self._workers, self._arrivals.progress, peer, paper)
        return orjson.dumps({"count": progress.count, "missing": _ranges(progress)})

    async def _chunk(self, scope: Scope, receive: Ask, root: str, number: str) -> bytes:
        peer, paper = self._known_peer(scope), _root(root)
        read = read_chunk(await self._body(scope, receive, LARGEST_CHUNK))
        if read is None or not (number.isascii() and number.isdigit() and len(number) < 10):
            raise _RequestError(Code.MALFORMED, "This is not a chunk and its proof.", 400)
        path, data = read
        loop = asyncio.get_running_loop()
        whole = await loop.run_in_executor(self._workers, self._arrivals.put, peer, paper, int(number), path, data)
        return orjson.dumps({"whole": whole})

    async def _body(self, scope: Scope, receive: Ask, largest: int) -> bytes:
        """The request's body; never more than `largest` bytes are taken in, whatever its headers say."""
        stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if stated.isdigit() and int(stated) > largest:
            raise _RequestError(Code.TOO_BIG, f"At most {largest} bytes are taken here.", 413)
        parts: list[bytes] = []
        size, more = 0, True
        try:
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _RequestError(Code.MALFORMED, "The request was cut off.", 400)
                part = message.get("body", b"")
                size += len(part)
                self._bytes += len(part)
                if size > largest:
                    raise _RequestError(Code.TOO_BIG, f"At most {largest} bytes are taken here.", 413)
                if self._bytes > WAITING_BYTES:
                    raise _RequestError(Code.STORAGE, "Too much is waiting; try later.", 503)
                parts.append(part)
                more = message.get("more_body", False)
        finally:
            self._bytes -= size
        return b"".join(parts)

    def _peer(self, scope: Scope) -> OfficeId | None:
        certificate = self._certificate(scope)
        return None if certificate is None else self._trust.office_of(certificate)

    def _known_peer(self, scope: Scope) -> OfficeId:
        peer = self._peer(scope)
        if peer is None:
            raise _RequestError(Code.UNKNOWN_SENDER, "Papers are taken from offices known by their certificate alone.", 403)
        return peer

    def _certificate(self, scope: Scope) -> bytes | None:
        certificate: bytes | None = scope.get("extensions", {}).get(PEER, {}).get("certificate")
        return certificate

    # The writer

    def _write(self) -> None:
        running = True
        while running:
            group, running = self._next_group()
            if group:
                answers = self._take([one.data for one in group])
                for one, answer in zip(group, answers, strict=True):
                    with suppress(RuntimeError):  # the loop is gone: the peer asks again and gets the same receipt
                        one.answer.get_loop().call_soon_threadsafe(_settle, one.answer, answer)

    def _next_group(self) -> tuple[list[_Waiting], bool]:
        """What waits now, at least one, within the group's bounds; and whether there is a writer's life after it."""
        group: list[_Waiting] = []
        size, patience = 0, REORDERED_WITHIN
        one = self._queue.get()
        while one is not None:
            group.append(one)
            size += len(one.data)
            if len(group) >= GROUP_PARCELS or size >= GROUP_BYTES:
                break
            try:
                one = self._queue.get_nowait()
            except queue.Empty:
                if not (patience and self._overtaken(group)):
                    break
                one, patience = self._late(patience)
                if one is _NOBODY:
                    break
        self._expect(group)
        return group, one is not None

    def _overtaken(self, group: Sequence[_Waiting]) -> bool:
        """Whether a parcel of the group came before one its sender made earlier, which parallel connections make likely."""
        came: dict[OfficeId, set[int]] = {}
        for one in group:
            came.setdefault(one.sender, set()).add(one.counter)
        return any(
            sender in self._expected and not counters.issuperset(range(self._expected[sender], max(counters)))
            for sender, counters in came.items()
            if max(counters, default=0) - self._expected.get(sender, 0) < GROUP_PARCELS
        )

    def _late(self, patience: float) -> tuple["_Waiting | None", float]:
        """The next parcel if it comes within `patience` seconds, and how much patience is left after it."""
        began = time.monotonic()
        try:
            return self._queue.get(timeout=patience), max(0.0, patience - (time.monotonic() - began))
        except queue.Empty:
            return _NOBODY, 0.0

    def _expect(self, group: Sequence[_Waiting]) -> None:
        for one in group:
            self._expected[one.sender] = max(self._expected.get(one.sender, 0), one.counter + 1)

    def _take(self, parcels: Sequence[bytes]) -> Sequence[bytes | ParcelError]:
        try:
            return self._receive(parcels)
        except Exception as error:  # noqa: BLE001  # whatever broke, nothing was kept and the peer must be told to come again
            log.error("group.failed", parcels=len(parcels), **incident(error))  # noqa: TRY400  # its words may hold personal data
        if len(parcels) == 1:
            return [ParcelError(Code.STORAGE, "It could not be kept; try again later.")]
        return [self._take([one])[0] for one in parcels]

    # Life

    async def _lifespan(self, receive: Ask, send: Tell) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.start()
                self._cards = asyncio.get_running_loop().create_task(self._watch_cards())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if self._cards is not None:
                    self._cards.cancel()
                await asyncio.get_running_loop().run_in_executor(None, self.stop)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _watch_cards(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AT_CARDS_EVERY)
            self._look_at_cards()

    def _look_at_cards(self) -> None:
        """Takes up changed cards; where they cannot be read, those known so far hold."""
        try:
            changed = self._refresh()
        except (TrustError, OSError) as error:
            log.error("cards.unreadable", **incident(error))  # noqa: TRY400  # one line is enough
            return
        if changed:
            admitted = self._admitted()
            for door in self._doors:
                door.admit(admitted)

    def _admitted(self) -> bytes:
        return b"".join(der for office, ders in self._trust.certificates().items() if office != self._me for der in ders)


class _Door:
    """The TLS of one listener. What a context was told to trust cannot be taken back, so changed cards make a new one.

    The listener keeps the context it began with; its callback hands each new connection to the newest, before the peer's certificate is
    judged. There are no session tickets: who resumed a session would not be asked for a certificate again.
    """

    def __init__(self, certificate: Path, key: Path, admitted: bytes) -> None:
        self._certificate = certificate
        self._key = key
        self.admit(admitted)

    def admit(self, certificates: bytes) -> None:
        """From now on let in peers with these certificates (DER, one after the other), and nobody else."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.verify_mode = ssl.CERT_REQUIRED
        context.num_tickets = 0
        context.load_cert_chain(self._certificate, self._key)
        if certificates:
            context.load_verify_locations(cadata=certificates)
        self._newest = context

    def listening(self, look: Callable[[], None]) -> ssl.SSLContext:
        """The context to listen with; `look` is asked for changed cards before each handshake."""
        first = self._newest

        def hand_over(connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> None:
            look()
            connection.context = self._newest

        first.sni_callback = hand_over
        return first


class PeerProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol that also hands the peer's certificate (DER) to the application, as `extensions["comity.peer"]`."""

    def on_message_begin(self) -> None:
        """Begins a request's scope."""
        super().on_message_begin()
        connection = self.transport.get_extra_info("ssl_object")
        certificate = connection.getpeercert(binary_form=True) if connection is not None else None
        self.scope["extensions"] = {PEER: {"certificate": certificate}}

    def shutdown(self) -> None:
        """Ends an idle connection at once: a peer that keeps it without reading would not take part in closing it."""
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()
        else:
            super().shutdown()


def server(gateway: Gateway, *, host: str, port: int, certificate: Path, key: Path) -> uvicorn.Server:
    """A server for the gateway over mutual TLS; call its `run`, or await its `serve`."""
    config = uvicorn.Config(
        gateway,
        host=host,
        port=port,
        http=PeerProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
        ssl_context_factory=lambda _config, _default: gateway.context(certificate, key),
    )
    return uvicorn.Server(config)


def _settle(future: "asyncio.Future[bytes | ParcelError]", answer: bytes | ParcelError) -> None:
    if not future.done():  # it is where the peer went away meanwhile
        future.set_result(answer)


async def _respond(send: Tell, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status in (413, 400):
        headers.append((b"connection", b"close"))  # what is left of the body is not read
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _words(error: ExchangeError) -> bytes:
    return orjson.dumps({"code": error.code.value, "words": error.what})


def _root(text: str) -> FileId:
    try:
        return file_id(text)
    except IdentifierError as error:
        raise _RequestError(Code.MALFORMED, "A paper is named by 64 hex digits.", 404) from error


def _ranges(progress: Progress) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for number in progress.missing:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def _kind(path: str) -> str:
    """The part of a path that names no paper."""
    return next((kind for kind in ("parcels", "files", "health") if path.startswith(f"{PREFIX}/{kind}")), "other")
