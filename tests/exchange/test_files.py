"""Papers: what is kept is encrypted and whole, what arrives is checked chunk by chunk, and memory stays flat."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import Code
from comity.exchange import FileStore, PaperError, PaperRef, Progress, papers_in
from comity.exchange.files import CHUNK, TAG
from comity.identifiers import FileId
from comity.journal import Content

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17]


@pytest.fixture
def files(tmp_path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def peer(tmp_path) -> FileStore:
    return FileStore(tmp_path / "peer")


def add(files: FileStore, data: bytes, *, piece: int = 100_000) -> PaperRef:
    pieces = [data[start : start + piece] for start in range(0, len(data), piece)]
    return files.add(pieces, type="application/pdf", title="Order on detention", language="ru")


def carry(files: FileStore, peer: FileStore, paper: PaperRef, numbers) -> list[bool]:
    return [peer.put(paper.root, paper.size, number, path, data) for number, path, data in files.chunks(paper.root, numbers)]


def left(files: FileStore) -> list[str]:
    return sorted(str(path.relative_to(files.folder)) for path in files.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", SIZES)
def test_what_is_added_is_read_back(files, size):
    data = os.urandom(size)
    paper = add(files, data)
    assert b"".join(files.read(paper)) == data
    assert (paper.size, paper.sha256) == (size, hashlib.sha256(data).hexdigest())
    assert files.has(paper.root)
    with files.open(paper) as stream:
        assert stream.read(10) == data[:10]
        assert stream.read() == data[10:]


def test_the_disk_holds_no_plain_byte(files):
    data = b"the witness lives at " * 100_000
    paper = add(files, data)
    kept = (files.folder / paper.root[:2] / paper.root).read_bytes()
    assert len(kept) == len(data) + 2 * TAG + TAG * (len(data) // CHUNK - 1)
    assert b"witness" not in kept
    assert paper.key.encode() not in kept


def test_the_same_file_twice_is_two_papers(files):
    first, second = add(files, b"same"), add(files, b"same")
    assert first.sha256 == second.sha256
    assert first.root != second.root
    assert first.key != second.key


def test_an_upload_cut_off_leaves_nothing(files):
    def cut():
        yield os.urandom(2 * CHUNK)
        raise ConnectionError("cut")

    with pytest.raises(ConnectionError):
        files.add(cut(), type="application/pdf", title="Cut", language="en")
    assert left(files) == []


def test_an_upload_that_is_too_big_leaves_nothing(files):
    with pytest.raises(PaperError) as caught:
        files.add([b"x" * CHUNK] * 4, type="text/plain", title="Big", language="en", largest=3 * CHUNK)
    assert caught.value.code is Code.TOO_BIG
    assert left(files) == []


def test_what_was_left_by_a_killed_process_is_swept(files):
    script = (
        "import os, sys, signal\nfrom comity.exchange import FileStore\nfrom pathlib import Path\n"
        "def pieces():\n    yield b'x' * 3_000_000\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "FileStore(Path(sys.argv[1])).add(pieces(), type='', title='', language='')\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(files.folder)], check=False).returncode == -9
    assert left(files) != []
    assert files.sweep(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert files.sweep(datetime.now(UTC) + timedelta(hours=1)) == 1
    assert left(files) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_paper_is_carried_chunk_by_chunk(files, peer, size):
    data = os.urandom(size)
    paper = add(files, data)
    before = peer.progress(paper.root, size)
    assert not before.whole
    answers = carry(files, peer, paper, before.missing)
    assert answers == [False] * (before.count - 1) + [True]
    assert peer.progress(paper.root, size) == Progress(count=before.count, missing=())
    assert b"".join(peer.read(paper)) == data
    assert left(peer) == left(files)


def test_carrying_resumes_where_it_stopped_in_any_order(files, peer):
    paper = add(files, os.urandom(5 * CHUNK))
    assert carry(files, peer, paper, [4, 1]) == [False, False]
    again = FileStore(peer.folder)  # another process
    assert again.progress(paper.root, paper.size).missing == (0, 2, 3)
    assert carry(files, again, paper, [1, 0, 3, 2]) == [False, False, False, True]
    assert carry(files, again, paper, [2]) == [True]
    assert b"".join(again.read(paper)) == b"".join(files.read(paper))


def test_a_chunk_that_proves_nothing_is_refused(files, peer):
    paper, other = add(files, os.urandom(3 * CHUNK)), add(files, os.urandom(3 * CHUNK))
    (number, path, data) = next(files.chunks(paper.root, [1]))
    foreign = next(files.chunks(other.root, [1]))
    changed = bytes([data[0] ^ 1]) + data[1:]
    for bad in [
        (number, path, changed),
        (number, path, data[:-1]),
        (0, path, data),
        (3, path, data),
        (-1, path, data),
        (number, (), data),
        (number, (*path, path[0]), data),
        foreign,
    ]:
        with pytest.raises(PaperError) as caught:
            peer.put(paper.root, paper.size, *bad)
        assert caught.value.code is Code.BAD_CHUNK
    assert left(peer) == []
    assert peer.put(paper.root, paper.size, number, path, data) is False


def test_a_chunk_lost_by_a_crash_is_asked_for_again(files, peer):
    paper = add(files, os.urandom(3 * CHUNK))
    carry(files, peer, paper, [0, 1])
    place = peer.folder / "arriving" / paper.root
    with (place / "data").open("r+b") as file:  # the leaf reached the disk, the chunk did not
        file.write(bytes(100))
    assert carry(files, peer, paper, [2]) == [False]
    assert peer.progress(paper.root, paper.size).missing == (0,)
    assert carry(files, peer, paper, [0]) == [True]


def test_a_paper_cut_at_a_chunk_s_border_is_not_read(files):
    paper = add(files, os.urandom(3 * CHUNK))
    path = files.folder / paper.root[:2] / paper.root
    os.truncate(path, 2 * (CHUNK + TAG))
    with pytest.raises(PaperError) as caught:
        list(files.read(paper))
    assert caught.value.code is Code.BAD_CHUNK
    shorter = replace(paper, size=2 * CHUNK)
    with pytest.raises(PaperError):
        list(files.read(shorter))


def test_a_paper_is_read_only_as_its_content_names_it(files):
    paper, other = add(files, b"one"), add(files, b"two")
    for wrong in [
        replace(paper, key=other.key),
        replace(paper, sha256=other.sha256),
        replace(paper, size=2),
        replace(paper, root=other.root),
    ]:
        with pytest.raises(PaperError) as caught:
            list(files.read(wrong))
        assert caught.value.code is Code.BAD_CHUNK


def test_a_paper_that_is_not_here_says_so(files):
    paper = add(files, b"one")
    files.remove(paper.root)
    files.remove(paper.root)
    assert left(files) == []
    for use in (lambda: list(files.read(paper)), lambda: list(files.chunks(paper.root, [0]))):
        with pytest.raises(PaperError) as caught:
            use()
        assert caught.value.code is Code.STORAGE


@settings(max_examples=40, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_changed_bit_anywhere_on_the_disk_is_found(tmp_path_factory, place, bit):
    files = FileStore(tmp_path_factory.mktemp("files"))
    paper = add(files, b"a page of a case file" * 10)
    path = files.folder / paper.root[:2] / paper.root
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(data)
    with pytest.raises(PaperError):
        list(files.read(paper))


def test_memory_stays_flat_whatever_the_size(tmp_path):
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom comity.exchange import FileStore\n"
        "files = FileStore(Path(sys.argv[1]))\n"
        "def run(chunks):\n"
        "    paper = files.add((bytes(2**20) for _ in range(chunks)), type='', title='', language='')\n"
        "    for _ in files.read(paper): pass\n"
        "    peer = FileStore(Path(sys.argv[1]) / 'peer')\n"
        "    for number, path, data in files.chunks(paper.root, range(chunks)): peer.put(paper.root, paper.size, number, path, data)\n"
        "    assert peer.has(paper.root)\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(run(4), run(96))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, capture_output=True, text=True)
    small, large = map(int, done.stdout.split())
    assert large - small < 16 * 1024  # kibibytes, for 96 MiB


def test_papers_are_found_anywhere_in_a_content(files):
    paper = add(files, b"one")
    value = {"annexes": [{"deep": [paper.value()]}, {"root": "x"}], "letter": paper.value(), "root": paper.root}
    content = Content(salt=bytes(32), value=value)
    assert papers_in(content) == (paper, paper)
    assert papers_in(None) == ()
    assert papers_in(Content(salt=bytes(32), value={"words": "none"})) == ()
    with pytest.raises(PaperError):
        PaperRef.from_value({**paper.value(), "size": -1})
    assert PaperRef.from_value(paper.value()) == paper
    assert isinstance(paper.root, str)
    assert FileId(paper.root) == paper.root
