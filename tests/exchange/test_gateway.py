"""The gateway over real mutual TLS on loopback: what it takes, what it refuses, and how much it takes in."""

import http.client
import socket
import ssl
import threading
import time
from contextlib import closing, suppress
from dataclasses import replace

import orjson
import pytest

from comity.errors import Code
from comity.exchange import FileStore, TransportError, address
from comity.exchange.files import CHUNK
from comity.exchange.parcel import LARGEST_PARCEL
from comity.exchange.store import FileEntry
from comity.exchange.transports import HttpsTransport
from comity.exchange.transports.https import client_context
from comity.identifiers import MatterId
from comity.node import gateway as module
from comity.trust import FolderTrust, make_office, own_card, renew_card
from tests.exchange.listening import listening, road_of
from tests.exchange.offices import AT, KZ, RU, TJ


@pytest.fixture
def files(tmp_path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def there(tj, files):
    with listening(tj, files) as one:
        yield one


@pytest.fixture
def road(kz, there):
    """Astana's road to Dushanbe's gateway, whose card is taken to name the port it listens on."""
    one = road_of(kz, there)
    yield one
    one.close()


@pytest.fixture
def raw(there):
    """Connections made by hand, with an office's own certificate."""
    made = []

    def connect(office):
        context = client_context(there.office.trust.card(TJ).tls, office.keys.tls_certificate, office.keys.tls_key)
        made.append(http.client.HTTPSConnection("127.0.0.1", there.port, context=context, timeout=10))
        return made[-1]

    yield connect
    for one in made:
        one.close()


def ask(connection) -> int:
    connection.request("GET", "/exchange/v1/health")
    return connection.getresponse().status


def refusal(connection, method, path, body=b"", headers=None) -> tuple[int, str]:
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response.status, orjson.loads(response.read())["code"]


def test_a_parcel_is_taken_and_receipted(kz, tj, road):
    kz.open(TJ)
    taken = kz.take()
    data = kz.pack(taken)
    answer = road.send(TJ, taken.leased.parcel, data)
    kz.settle(taken, answer)
    assert tj.all_events() == kz.all_events()
    assert road.send(TJ, taken.leased.parcel, data) == answer  # over the kept connection


def test_health_names_the_office(kz, there, raw):
    connection = raw(kz)
    connection.request("GET", "/exchange/v1/health")
    assert orjson.loads(connection.getresponse().read()) == {"office": TJ, "status": "ok"}


def test_who_shows_no_certificate_is_not_let_in(there):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(cadata=there.office.trust.card(TJ).tls[0])
    connection = http.client.HTTPSConnection("127.0.0.1", there.port, context=context, timeout=10)
    with pytest.raises((ssl.SSLError, ConnectionError)), closing(connection):
        ask(connection)


def test_a_stranger_s_certificate_is_not_let_in(there, tmp_path):
    make_office(tmp_path / "kg", "kg-gpo", state="KG", names={"en": "Bishkek"}, endpoint=None, at=AT)
    keys = tmp_path / "kg" / "keys"
    context = client_context(there.office.trust.card(TJ).tls, keys / "tls.pem", keys / "tls.key")
    connection = http.client.HTTPSConnection("127.0.0.1", there.port, context=context, timeout=10)
    with pytest.raises((ssl.SSLError, ConnectionError)), closing(connection):
        ask(connection)


def test_a_card_admitted_later_opens_the_door(bench, files, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOOK_AT_CARDS_EVERY", 3600)
    homes = {}
    for office in ("kg-gpo", "am-gpo"):
        make_office(tmp_path / office, office, state=office[:2].upper(), names={"en": office}, endpoint="https://127.0.0.1:1", at=AT)
        homes[office] = tmp_path / office
    other = type(bench)(homes)
    there_office, office = other.office("am-gpo"), other.office("kg-gpo")
    with listening(there_office, files) as there:
        renew_card(homes["am-gpo"], there_office.trust.card("am-gpo"), AT)
        office.trust.admit((homes["am-gpo"] / "trust" / "am-gpo.office").read_bytes(), AT)
        card = office.trust.card("am-gpo")
        keys = office.keys
        context = client_context(card.tls, keys.tls_certificate, keys.tls_key)

        def status() -> int | None:
            connection = http.client.HTTPSConnection("127.0.0.1", there.port, context=context, timeout=10)
            with closing(connection), suppress(ssl.SSLError, ConnectionError):
                return ask(connection)
            return None

        assert status() is None
        FolderTrust(homes["am-gpo"] / "trust").admit((homes["kg-gpo"] / "trust" / "kg-gpo.office").read_bytes(), AT)
        assert status() == 200


def test_a_certificate_taken_off_a_card_is_refused_by_tls_at_once(bench, files, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOOK_AT_CARDS_EVERY", 3600)
    homes = {}
    for home, office in (("kg-gpo", "kg-gpo"), ("am-gpo", "am-gpo"), ("new", "kg-gpo")):
        make_office(tmp_path / home, office, state=office[:2].upper(), names={"en": office}, endpoint="https://127.0.0.1:1", at=AT)
        homes[home] = tmp_path / home
    other = type(bench)({office: homes[office] for office in ("am-gpo", "kg-gpo")})
    there_office, office = other.office("am-gpo"), other.office("kg-gpo")
    folder = FolderTrust(homes["am-gpo"] / "trust")
    folder.admit((homes["kg-gpo"] / "trust" / "kg-gpo.office").read_bytes(), AT)
    gateway_card, next_card = there_office.trust.card("am-gpo").tls, own_card(homes["new"])
    keys = [homes[home] / "keys" for home in ("kg-gpo", "new")]
    old, new = (client_context(gateway_card, key / "tls.pem", key / "tls.key") for key in keys)

    def status(context, session=None) -> tuple[int, ssl.SSLSession | None]:
        """What a new connection is answered, and the session that a later one could resume."""
        connection = http.client.HTTPSConnection("127.0.0.1", there.port, timeout=10)
        with closing(connection), socket.create_connection(("127.0.0.1", there.port), 10) as plain:
            connection.sock = context.wrap_socket(plain, server_hostname="127.0.0.1", session=session)
            return ask(connection), connection.sock.session

    with listening(there_office, files) as there:
        found, session = status(old)
        assert found == 200
        with pytest.raises((ssl.SSLError, ConnectionError)):
            status(new)
        changed = renew_card(homes["kg-gpo"], replace(office.trust.card("kg-gpo"), tls=next_card.tls), AT)
        folder.admit((homes["kg-gpo"] / "trust" / "kg-gpo.office").read_bytes(), AT)
        assert changed.tls == next_card.tls
        with pytest.raises((ssl.SSLError, ConnectionError)):
            status(old)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            status(old, session)
        assert status(new)[0] == 200


def test_an_unreadable_card_folder_closes_no_door_that_was_open(bench, files, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOOK_AT_CARDS_EVERY", 3600)
    for office in ("kg-gpo", "am-gpo"):
        make_office(tmp_path / office, office, state=office[:2].upper(), names={"en": office}, endpoint="https://127.0.0.1:1", at=AT)
    other = type(bench)({office: tmp_path / office for office in ("am-gpo", "kg-gpo")})
    there_office, office = other.office("am-gpo"), other.office("kg-gpo")
    FolderTrust(tmp_path / "am-gpo" / "trust").admit((tmp_path / "kg-gpo" / "trust" / "kg-gpo.office").read_bytes(), AT)
    context = client_context(there_office.trust.card("am-gpo").tls, office.keys.tls_certificate, office.keys.tls_key)
    with listening(there_office, files) as there:
        for _again in range(2):
            with closing(http.client.HTTPSConnection("127.0.0.1", there.port, context=context, timeout=10)) as connection:
                assert ask(connection) == 200
            (tmp_path / "am-gpo" / "trust" / "zz-gpo.office").write_bytes(b"no card")


def test_a_gateway_with_another_certificate_is_not_believed(kz, ru, there):
    known = kz.trust._known
    card = replace(known.cards[TJ], endpoint=f"https://127.0.0.1:{there.port}", tls=known.cards[RU].tls)
    kz.trust._known = replace(known, cards={**known.cards, TJ: card})
    road = HttpsTransport(kz.trust, kz.keys.tls_certificate, kz.keys.tls_key)
    with pytest.raises(TransportError) as caught:
        road.send(TJ, "x", b"")
    assert caught.value.retry


def test_a_parcel_in_another_office_s_name_is_refused(kz, ru, there, raw):
    kz.open(TJ)
    data = kz.pack(kz.take())
    status, code = refusal(raw(ru), "POST", "/exchange/v1/parcels", data)
    assert (status, code) == (403, Code.UNKNOWN_SENDER)
    assert there.groups == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: b"", Code.MALFORMED),
        (lambda data: b"{}\n", Code.MALFORMED),
        (lambda data: data[:-1], Code.CANNOT_OPEN),
        (lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], Code.CANNOT_OPEN),
        (lambda data: data.replace(b'"to":"tj-gpo"', b'"to":"ru-gpo"', 1), Code.WRONG_OFFICE),
    ],
)
def test_a_parcel_that_cannot_be_taken_is_refused_with_its_code(kz, tj, road, change, code):
    kz.open(TJ)
    taken = kz.take()
    with pytest.raises(TransportError) as caught:
        road.send(TJ, taken.leased.parcel, change(kz.pack(taken)))
    assert (caught.value.code, caught.value.retry) == (code, False)
    assert tj.all_events() == {}
    kz.settle(taken, road.send(TJ, taken.leased.parcel, kz.pack(taken)))


def test_a_body_that_is_too_big_is_refused_before_it_is_read(kz, there, raw):
    headers = {"Content-Length": str(LARGEST_PARCEL + 1)}
    connection = raw(kz)
    connection.putrequest("POST", "/exchange/v1/parcels")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    assert (response.status, orjson.loads(response.read())["code"]) == (413, Code.TOO_BIG)


def test_a_body_that_grows_beyond_the_bound_is_cut(kz, there, raw):
    connection = raw(kz)

    def endless():
        for _ in range(LARGEST_PARCEL // CHUNK + 64):
            yield bytes(CHUNK)

    try:
        connection.request("POST", "/exchange/v1/parcels", endless(), encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
        response = connection.getresponse()
        answer = (response.status, orjson.loads(response.read())["code"])
    except (ConnectionError, ssl.SSLError):
        answer = (413, Code.TOO_BIG)  # it closed while we were still sending
    assert answer == (413, Code.TOO_BIG)
    assert there.groups == []
    assert there.app._bytes == 0


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("POST", "/parcels", 404),
        ("GET", "/exchange/v1/parcels", 404),
        ("GET", "/exchange/v1/files/short", 404),
        ("PUT", f"/exchange/v1/files/{'a' * 64}/0", 400),
        ("GET", f"/exchange/v1/files/{'a' * 64}", 403),
    ],
)
def test_other_addresses_are_refused(kz, raw, method, path, status):
    assert refusal(raw(kz), method, path, b"")[0] == status


def test_parcels_that_wait_are_taken_as_one_group(kz, there, road):
    parcels = []
    for _ in range(6):
        kz.open(TJ)
        taken = kz.take()
        parcels.append((taken, kz.pack(taken)))
    there.hold.clear()
    answers: dict[int, bytes] = {}

    def send(number: int) -> None:
        answers[number] = road.send(TJ, parcels[number][0].leased.parcel, parcels[number][1])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    threads[0].start()
    assert there.entered.wait(20)  # the writer holds the first alone
    for thread in threads[1:]:
        thread.start()
    deadline = time.monotonic() + 20
    while there.app._queue.qsize() < 5:
        assert time.monotonic() < deadline
        threads[0].join(0.005)
    there.hold.set()
    for thread in threads:
        thread.join(20)
    for number, (taken, _) in enumerate(parcels):
        kz.settle(taken, answers[number])
    assert there.groups == [1, 5]


def test_a_store_that_fails_is_told_as_busy_and_nothing_is_lost(kz, tj, there, road):
    kz.open(TJ)
    taken = kz.take()
    there.fail = RuntimeError("disk full: R. M.")
    with pytest.raises(TransportError) as caught:
        road.send(TJ, taken.leased.parcel, kz.pack(taken))
    assert (caught.value.code, caught.value.retry) == (Code.STORAGE, True)
    assert "R. M." not in str(caught.value)
    there.fail = None
    kz.settle(taken, road.send(TJ, taken.leased.parcel, kz.pack(taken)))
    assert tj.all_events() == kz.all_events()


def test_a_kept_connection_that_the_peer_closed_is_made_anew(kz, there, road):
    kz.open(TJ)
    first = kz.take()
    kz.settle(first, road.send(TJ, first.leased.parcel, kz.pack(first)))
    for protocol in list(there.server.server_state.connections):
        there.server.servers[0].get_loop().call_soon_threadsafe(protocol.transport.abort)
    kz.open(TJ)
    second = kz.take()
    kz.settle(second, road.send(TJ, second.leased.parcel, kz.pack(second)))


def test_papers_are_brought_by_those_who_named_them(kz, tj, ru, there, road, tmp_path, files):
    ours = FileStore(tmp_path / "ours")
    paper = ours.add([bytes(CHUNK), b"end"], type="application/pdf", title="Order", language="ru")
    with pytest.raises(TransportError) as caught:
        road.progress(TJ, paper.root, paper.size)
    assert caught.value.code is Code.NOT_EXPECTED
    with tj.store.write() as unit:
        unit.expect_files([FileEntry(peer=KZ, root=paper.root, matter=MatterId(kz.uuid()), size=paper.size, at=AT)])
    with closing(road_of(ru, there)) as moscow, pytest.raises(TransportError) as caught:
        moscow.progress(TJ, paper.root, paper.size)
    assert caught.value.code is Code.NOT_EXPECTED
    assert road.progress(TJ, paper.root, paper.size).missing == (0, 1)
    (_, path, data), last = ours.chunks(paper.root, [0, 1])
    with pytest.raises(TransportError) as caught:
        road.put(TJ, paper.root, 0, path, bytes(len(data)))
    assert (caught.value.code, caught.value.retry) == (Code.BAD_CHUNK, False)
    assert road.put(TJ, paper.root, 0, path, data) is False
    assert road.progress(TJ, paper.root, paper.size).missing == (1,)
    assert road.put(TJ, paper.root, *last) is True
    assert road.progress(TJ, paper.root, paper.size).whole
    assert b"".join(files.read(paper)) == bytes(CHUNK) + b"end"
    with tj.store.read() as unit:
        assert unit.files_missing(10) == ()


def test_a_disk_that_fails_is_told_as_busy(kz, tj, road, monkeypatch, tmp_path):
    ours = FileStore(tmp_path / "ours")
    paper = ours.add([b"a page"], type="text/plain", title="Page", language="en")
    with tj.store.write() as unit:
        unit.expect_files([FileEntry(peer=KZ, root=paper.root, matter=MatterId(kz.uuid()), size=paper.size, at=AT)])

    def full(*facts):
        raise OSError(28, "No space left", "/home/r.m./files")

    monkeypatch.setattr(FileStore, "put", full)
    ((number, path, data),) = ours.chunks(paper.root, [0])
    with pytest.raises(TransportError) as caught:
        road.put(TJ, paper.root, number, path, data)
    assert (caught.value.code, caught.value.retry) == (Code.STORAGE, True)
    monkeypatch.undo()
    assert road.put(TJ, paper.root, number, path, data) is True


def test_an_overtaken_parcel_catches_up_before_it_is_taken(kz, tj, there, road):
    """The second of two parcels is on the wire first; both are taken in the order they were made, and nothing is held."""
    opened = kz.open(TJ)
    first = kz.take()
    kz.settle(first, road.send(TJ, first.leased.parcel, kz.pack(first)))
    kz.write(opened.header.matter, "note.added/1")
    second = kz.take()
    kz.write(opened.header.matter, "note.added/2")
    third = kz.take()
    there.app._queue.put(None)  # the writer rests while both arrive
    there.app._writer.join(20)
    there.app._writer = threading.current_thread()
    answers = {}

    def send(taken) -> None:
        answers[taken.leased.counter] = road.send(TJ, taken.leased.parcel, kz.pack(taken))

    threads = [threading.Thread(target=send, args=(taken,)) for taken in (third, second)]
    for thread, waiting in zip(threads, (1, 2), strict=True):
        thread.start()
        deadline = time.monotonic() + 20
        while there.app._queue.qsize() < waiting:
            assert time.monotonic() < deadline
            thread.join(0.005)
    late = there.app._queue.get()
    there.app._writer = None
    early = there.app._queue.get()
    there.app._queue.put(late)  # the one made later stands first, alone
    timer = threading.Timer(0.01, there.app._queue.put, [early])
    timer.start()
    there.app.start()
    for thread in threads:
        thread.join(20)
    assert [[str(one.result) for one in kz.settle(taken, answers[taken.leased.counter]).outcomes] for taken in (second, third)] == [
        ["accepted"],
        ["accepted"],
    ]


def test_an_office_that_is_not_there_may_be_there_later(kz, road, there):
    there.server.should_exit = True
    there.thread.join(20)
    with pytest.raises(TransportError) as caught:
        road.send(TJ, "x", b"")
    assert (caught.value.code, caught.value.retry) == (Code.STORAGE, True)
    with pytest.raises(TransportError) as caught:
        road.send("kg-gpo", "x", b"")
    assert caught.value.code is Code.UNKNOWN_SENDER


def test_the_address_of_a_parcel_is_read_without_opening_it(kz):
    kz.open(TJ)
    taken = kz.take()
    found = address(kz.pack(taken))
    assert (found.sender, found.recipient, found.parcel, found.counter) == (KZ, TJ, taken.leased.parcel, 1)
