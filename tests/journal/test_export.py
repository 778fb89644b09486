"""The `.comity` file: it goes out and comes back, and whatever is changed in it is noticed, by step and event, never by a traceback."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity import canonical
from comity.errors import Code
from comity.identifiers import FileId
from comity.journal import (
    Bundle,
    Check,
    Document,
    ExportError,
    FoldError,
    KeyRing,
    LocalSigner,
    Outcome,
    Paper,
    Purpose,
    SealedValue,
    read_export,
    seal_events,
    seal_leaves,
    verify_file,
    write_export,
)
from comity.journal.export import PIECE
from comity.journal.merkle import leaf_hash
from tests.contracts.writing import BEGINNING, KEYS, KZ, NOW, RU, SIGNERS, TJ, Author, exchange_of_letters, fixed_bytes, matter, sealed

AT = NOW + timedelta(days=1)
LETTER = fixed_bytes("letter", 2 * PIECE + 100)
PROTOCOL = fixed_bytes("protocol", 1000)


def _paper(data: bytes) -> Paper:
    def read() -> Iterator[bytes]:
        yield from (data[at : at + 100_000] for at in range(0, len(data), 100_000))

    return Paper(sha256=FileId(hashlib.sha256(data).hexdigest()), size=len(data), type="application/pdf", read=read)


def _name(paper: Paper) -> dict[str, object]:
    return {"sha256": paper.sha256, "size": paper.size, "type": paper.type, "title": "Протокол"}


def _receipt(number: int) -> SealedValue:
    value = {"parcel": f"parcel {number}", "outcomes": ["accepted"]}
    return SealedValue(value=value, placement=seal_leaves(Purpose.RECEIPTS, [leaf_hash(canonical.dumps(value))], SIGNERS[TJ], AT)[0])


def bundle_with_papers() -> Bundle:
    kz = Author(KZ, matter(7))
    events = [kz.open(), kz.write("request.sent/1", {"annexes": [_name(_paper(LETTER)), {"also": _name(_paper(PROTOCOL))}]})]
    return Bundle(
        matter=matter(7),
        events=sealed(events),
        keys=tuple(one.key for one in SIGNERS.values()),
        documents=(Document(kind="office-card", value={"office": KZ, "names": {"ru": "Генеральная прокуратура"}}),),
        receipts=(_receipt(1), _receipt(2)),
        papers=(_paper(LETTER), _paper(PROTOCOL)),
    )


def plain_bundle() -> Bundle:
    return Bundle(
        matter=matter(),
        events=sealed(exchange_of_letters()),
        keys=tuple(one.key for one in SIGNERS.values()),
        receipts=(_receipt(1),),
        documents=(Document(kind="office-card", value={"office": KZ}),),
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A matter of six events with a receipt, as a file."""
    path = tmp_path_factory.mktemp("small") / "matter.comity"
    write_export(path, plain_bundle(), SIGNERS[KZ], AT)
    return path


@pytest.fixture(scope="module")
def went_out() -> Bundle:
    return bundle_with_papers()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, went_out: Bundle) -> Path:
    """A matter with papers of several pieces, as a file."""
    path = tmp_path_factory.mktemp("large") / "matter.comity"
    write_export(path, went_out, SIGNERS[KZ], AT)
    return path


def _changed(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "changed.comity"
    path.write_bytes(data)
    return path


def test_a_file_checks_out_with_the_keys_a_reader_already_has(small):
    report = verify_file(small, KEYS)
    assert [step.outcome for step in report.steps] == [Outcome.PASSED] * len(Check)
    assert (report.ok, report.keys_compared, report.matter, report.office) == (True, True, matter(), KZ)
    assert (report.events, report.erased, report.papers, report.receipts) == (6, 0, 0, 1)


def test_a_file_says_when_its_keys_only_vouch_for_themselves(small):
    report = verify_file(small)
    assert report.ok
    assert not report.keys_compared
    assert "compare their ids" in report.step(Check.KEYS).sentence()


def test_a_file_comes_back_as_it_went_out(large, went_out):
    out, back = went_out, read_export(large)
    assert (back.matter, back.events, back.documents, back.receipts, back.papers) == (
        out.matter,
        out.events,
        out.documents,
        out.receipts,
        out.papers,
    )
    assert set(map(canonical.dumps, (key.value() for key in back.keys))) == {canonical.dumps(key.value()) for key in out.keys}
    assert [b"".join(paper.read()) for paper in back.papers] == [LETTER, PROTOCOL]
    assert verify_file(large, KEYS).ok


def test_the_same_matter_gives_the_same_bytes_but_for_random_signatures(tmp_path, small):
    events = plain_bundle().events
    turned = Bundle(matter=matter(), events=tuple(reversed(read_export(small).events)), keys=tuple(one.key for one in SIGNERS.values()))
    write_export(tmp_path / "turned.comity", turned, SIGNERS[KZ], AT)
    assert [one.event for one in read_export(tmp_path / "turned.comity").events] == [one.event for one in events]


def test_every_line_is_canonical(large):
    for line in large.read_bytes().splitlines():
        assert canonical.dumps(orjson.loads(line)) == line


def test_an_erased_matter_still_checks_out_and_says_so(tmp_path):
    bundle = plain_bundle()
    events = tuple(
        one if one.event.opens else type(one)(event=one.event.without_content(), placement=one.placement) for one in bundle.events
    )
    path = tmp_path / "erased.comity"
    write_export(path, Bundle(matter=bundle.matter, events=events, keys=bundle.keys), SIGNERS[TJ], AT)
    report = verify_file(path, KEYS)
    assert (report.ok, report.erased, report.office) == (True, 5, TJ)
    assert report.step(Check.COMMITMENTS).sentence() == "Contents that have been erased: 5. Who did what and when still stands."
    assert b"R. M." not in path.read_bytes()


def test_papers_that_are_named_but_not_in_the_file_are_said(tmp_path):
    whole = bundle_with_papers()
    path = tmp_path / "matter.comity"
    write_export(path, Bundle(matter=whole.matter, events=whole.events, keys=whole.keys, papers=whole.papers[1:]), SIGNERS[KZ], AT)
    report = verify_file(path)
    assert report.ok
    assert report.step(Check.PAPERS).sentence() == "Papers that events name but this file does not hold: 1."


def test_a_paper_of_no_bytes_and_one_of_exactly_one_piece_come_back(tmp_path):
    papers = (_paper(b""), _paper(fixed_bytes("exact", PIECE)))
    kz = Author(KZ, matter())
    events = sealed([kz.open(), kz.write("request.sent/1", {"annexes": [_name(paper) for paper in papers]})])
    path = tmp_path / "matter.comity"
    write_export(path, Bundle(matter=matter(), events=events, papers=papers), SIGNERS[KZ], AT)
    assert verify_file(path, KEYS).ok
    assert [sum(map(len, paper.read())) for paper in read_export(path).papers] == [0, PIECE]


# Refused by the writer: nothing is left behind


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: {"papers": (_paper(b"a paper nobody names"),)}, Code.NOT_EXPECTED),
        (lambda one: {"keys": ()}, Code.UNKNOWN_KEY),
        (
            lambda one: {"papers": (Paper(sha256=one.papers[0].sha256, size=one.papers[0].size, type="x", read=lambda: [b"other"]),)},
            Code.BAD_CHUNK,
        ),
    ],
)
def test_a_bundle_that_could_not_be_checked_is_not_written(tmp_path, change, code):
    whole = bundle_with_papers()
    parts = {"matter": whole.matter, "events": whole.events, "keys": whole.keys, "receipts": whole.receipts, **change(whole)}
    with pytest.raises(ExportError) as refused:
        write_export(tmp_path / "matter.comity", Bundle(**parts), SIGNERS[KZ], AT)
    assert refused.value.code is code
    assert list(tmp_path.iterdir()) == []


def test_a_matter_with_a_gap_is_not_written(tmp_path):
    bundle = plain_bundle()
    with pytest.raises(FoldError):
        write_export(tmp_path / "matter.comity", Bundle(matter=bundle.matter, events=bundle.events[1:], keys=bundle.keys), SIGNERS[KZ], AT)
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_flat_for_a_large_paper(tmp_path):
    size = 64 * 2**20
    piece = fixed_bytes("piece", 2**20)
    digest = hashlib.sha256(piece * 64).hexdigest()
    paper = Paper(sha256=FileId(digest), size=size, type="video/mp4", read=lambda: (piece for _ in range(64)))
    kz = Author(KZ, matter())
    events = sealed([kz.open(), kz.write("request.sent/1", {"annexes": [_name(paper)]})])
    path = tmp_path / "matter.comity"
    tracemalloc.start()
    try:
        write_export(path, Bundle(matter=matter(), events=events, papers=(paper,)), SIGNERS[KZ], AT)
        assert verify_file(path).ok
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > size
    assert peak < size / 2


# Whatever is changed is noticed


@given(data=st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_anywhere_is_noticed(small, tmp_path, data):
    whole = small.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    report = verify_file(_changed(tmp_path, whole[:at] + bytes([other]) + whole[at + 1 :]), KEYS)
    assert not report.ok
    assert report.failed
    assert all(step.sentence() for step in report.failed)


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_in_a_file_with_papers_is_noticed(large, tmp_path, data):
    whole = large.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[at] ^ (1 << data.draw(st.integers(0, 7)))
    assert not verify_file(_changed(tmp_path, whole[:at] + bytes([flipped]) + whole[at + 1 :]), KEYS).ok


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_cut_off_anywhere_is_noticed(small, tmp_path, data):
    whole = small.read_bytes()
    assert not verify_file(_changed(tmp_path, whole[: data.draw(st.integers(0, len(whole) - 1))]), KEYS).ok


@given(more=st.binary(min_size=1, max_size=200))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_appended_is_noticed(small, tmp_path, more):
    assert not verify_file(_changed(tmp_path, small.read_bytes() + more), KEYS).ok


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_removed_doubled_or_swapped_are_noticed(small, tmp_path, data):
    lines = small.read_bytes().splitlines(keepends=True)
    one, other = data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=2, max_size=2, unique=True))
    changed = list(lines)
    match data.draw(st.sampled_from(["remove", "double", "swap"])):
        case "remove":
            del changed[one]
        case "double":
            changed.insert(other, lines[one])
        case "swap":
            changed[one], changed[other] = lines[other], lines[one]
    assert not verify_file(_changed(tmp_path, b"".join(changed)), KEYS).ok


@given(
    data=st.binary(max_size=300)
    | st.lists(st.sampled_from([b'{"end"', b"\n", b"[", b'{"key":{}}\n', b"{}\n", b"1\n", b"\xff"])).map(b"".join)
)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_anything_ends_in_a_report(tmp_path, data):
    report = verify_file(_changed(tmp_path, data), KEYS)
    assert report.step(Check.SHAPE).outcome is Outcome.FAILED
    assert report.step(Check.SEALS).outcome is Outcome.NOT_REACHED
    with pytest.raises(ExportError):
        read_export(tmp_path / "changed.comity")


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_line_of_another_shape_ends_in_a_report(small, tmp_path, data):
    lines = small.read_bytes().splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    junk = st.recursive(st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5), lambda one: st.lists(one, max_size=2))
    value = orjson.loads(lines[at])
    path = data.draw(st.sampled_from(list(_places(value))))
    lines[at] = canonical.dumps(_put(value, path, data.draw(junk)))
    report = verify_file(_changed(tmp_path, b"\n".join(lines) + b"\n"), KEYS)
    assert report.ok == (b"\n".join(lines) + b"\n" == small.read_bytes())


def _places(value, path=()):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _places(item, (*path, key))


def _put(value, path, other):
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = other
    return value


# ... and says which step failed at which event


def _line(path: Path, marker: bytes) -> tuple[bytes, bytes]:
    whole = path.read_bytes()
    return whole, next(line for line in whole.splitlines(keepends=True) if marker in line)


def test_a_changed_content_is_named_with_its_event(small, tmp_path):
    whole = small.read_bytes()
    assert whole.count("Душанбе".encode()) == 1
    report = verify_file(_changed(tmp_path, whole.replace("Душанбе".encode(), "Худжанд".encode())), KEYS)
    assert [step.number for step in report.failed] == [Check.COMMITMENTS, Check.FILE]
    assert report.step(Check.COMMITMENTS).event_id == exchange_of_letters()[4].id


def test_a_changed_header_breaks_placement_and_strand(small, tmp_path):
    whole, line = _line(small, b"request.registered/1")
    changed = line.replace(b"request.registered/1", b"request.registered/2")
    report = verify_file(_changed(tmp_path, whole.replace(line, changed)), KEYS)
    assert {step.number for step in report.failed} == {Check.STRANDS, Check.PLACEMENT, Check.FILE}
    assert report.step(Check.STRANDS).event_id == exchange_of_letters()[3].id


def test_a_removed_event_is_noticed_by_who_followed_it(small, tmp_path):
    whole, line = _line(small, b"information.given/1")
    report = verify_file(_changed(tmp_path, whole.replace(line, b"")), KEYS)
    assert [step.number for step in report.failed] == [Check.CAUSES, Check.FILE]
    assert report.step(Check.CAUSES).event_id == exchange_of_letters()[5].id


def test_a_changed_paper_is_named(large, tmp_path):
    whole, line = _line(large, b'{"data"')
    report = verify_file(_changed(tmp_path, whole.replace(line, line[:100] + (b"A" if line[100:101] != b"A" else b"B") + line[101:])), KEYS)
    assert [step.number for step in report.failed] == [Check.PAPERS, Check.FILE]
    assert _paper(LETTER).sha256 in report.step(Check.PAPERS).sentence()


def test_a_changed_receipt_is_named(small, tmp_path):
    report = verify_file(_changed(tmp_path, small.read_bytes().replace(b"parcel 1", b"parcel 2")), KEYS)
    assert [step.number for step in report.failed] == [Check.RECEIPTS, Check.FILE]
    assert report.step(Check.RECEIPTS).sentence() == "Receipt 1, of tj-gpo, is not the one that was sealed."


def _sealed_again(data: bytes, by: LocalSigner) -> bytes:
    """The file with a true end again, as someone with another key could make it."""
    body = b"".join(line for line in data.splitlines(keepends=True) if not line.startswith(b'{"end"'))
    digest = hashlib.sha256(body).digest()
    seal = seal_leaves(Purpose.EXPORT, [leaf_hash(digest)], by, AT)[0].seal
    return body + canonical.dumps({"end": digest.hex(), "seal": seal.value()}) + b"\n"


def test_a_file_remade_by_another_office_is_not_the_exporting_offices(small, tmp_path):
    report = verify_file(_changed(tmp_path, _sealed_again(small.read_bytes(), SIGNERS[RU])), KEYS)
    assert [step.number for step in report.failed] == [Check.FILE]
    assert "not of the office that exported it" in report.step(Check.FILE).sentence()


def test_a_content_changed_by_the_exporter_itself_is_still_noticed(small, tmp_path):
    changed = small.read_bytes().replace("Душанбе".encode(), "Худжанд".encode())
    report = verify_file(_changed(tmp_path, _sealed_again(changed, SIGNERS[KZ])), KEYS)
    assert [step.number for step in report.failed] == [Check.COMMITMENTS]


def test_a_file_sealed_by_a_key_made_up_for_it_is_told_apart_by_who_knows_the_offices(tmp_path):
    forger = LocalSigner(fixed_bytes("forger", 64), KZ, valid_from=BEGINNING)
    kz = Author(KZ, matter())
    bundle = Bundle(matter=matter(), events=seal_events([kz.open()], forger, NOW))
    path = tmp_path / "forged.comity"
    write_export(path, bundle, forger, AT)
    assert verify_file(path).ok
    report = verify_file(path, KEYS)
    assert [step.number for step in report.failed] == [Check.KEYS, Check.FILE]
    assert "not among the known keys of kz-gpo" in report.step(Check.KEYS).sentence()


def test_a_key_that_spoke_no_more_is_noticed(small, tmp_path):
    ended = replace(SIGNERS[KZ].key, revoked_at=NOW)
    report = verify_file(small, KeyRing(ended, SIGNERS[TJ].key))
    assert [step.number for step in report.failed] == [Check.KEYS, Check.FILE]
    assert report.step(Check.KEYS).sentence().endswith("did not speak for kz-gpo at 2026-11-22T09:00:00Z.")


def test_a_fork_in_the_file_is_told(tmp_path):
    kz, other = Author(KZ, matter()), Author(KZ, matter())
    events = [kz.open(), kz.write("request.sent/1", {"amount": 1})]
    other.open()
    events.append(other.write("request.sent/1", {"amount": 2}))
    path = tmp_path / "forked.comity"
    write_export(path, replace(plain_bundle(), events=sealed(events), receipts=()), SIGNERS[KZ], AT)
    report = verify_file(path, KEYS)
    assert [step.number for step in report.failed] == [Check.FORKS]
    assert report.step(Check.FORKS).sentence().startswith("kz-gpo put different events (2) in place 1")


def test_a_file_that_is_not_there_is_said_without_a_report(tmp_path):
    with pytest.raises(ExportError) as refused:
        verify_file(tmp_path / "nowhere.comity")
    assert refused.value.code is Code.STORAGE


def test_a_line_after_the_end_is_named(small, tmp_path):
    whole = small.read_bytes()
    report = verify_file(_changed(tmp_path, whole + b'{"document":"more","value":1}\n'), KEYS)
    assert [step.number for step in report.failed] == [Check.FILE]
    assert report.step(Check.FILE).sentence() == f"Line {len(whole.splitlines()) + 1} stands after the end of the file."


def _inserted(path: Path, before: bytes, lines: bytes) -> bytes:
    """The file with other lines before a line of it, and a true end again by the exporting office."""
    whole = path.read_bytes()
    at = whole.rindex(before)
    return _sealed_again(whole[:at] + lines + whole[at:], SIGNERS[KZ])


def test_the_pieces_of_a_paper_stand_together(large, tmp_path):
    report = verify_file(_changed(tmp_path, _inserted(large, b'{"paper"', b'{"document":"more","value":1}\n')), KEYS)
    assert report.ok, "between two papers"
    pieces = large.read_bytes()
    second = pieces.index(b'{"data"', pieces.index(b'{"data"') + 1)
    between = pieces[:second] + b'{"document":"more","value":1}\n' + pieces[second:]
    report = verify_file(_changed(tmp_path, _sealed_again(between, SIGNERS[KZ])), KEYS)
    assert [step.number for step in report.failed] == [Check.SHAPE, Check.PAPERS]
    assert report.step(Check.SHAPE).sentence().endswith("A piece of a paper follows its paper, and only the last piece is short.")


def test_a_paper_that_no_event_names_is_noticed(small, tmp_path):
    paper = b'{"paper":{"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0,"type":"text/plain"}}\n'
    report = verify_file(_changed(tmp_path, _inserted(small, b'{"end"', paper)), KEYS)
    assert [step.number for step in report.failed] == [Check.PAPERS]
    assert report.step(Check.PAPERS).sentence().startswith("No event names paper e3b0c442")
    twice = verify_file(_changed(tmp_path, _inserted(small, b'{"end"', paper * 2)), KEYS)
    assert [step.number for step in twice.failed] == [Check.PAPERS]
