"""Reading a `.comity` file and checking it, alone, on any machine.

`verify_file` takes the twelve steps of `comity.journal.verify` and always ends in a report, whatever the bytes are. `read_export` gives
what the file holds, and refuses a file that is not whole. A file is read once, line by line; of a paper no more than one piece is held.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from comity import canonical
from comity.canonical import CanonicalError, format_time
from comity.errors import Code, ComityError
from comity.identifiers import FileId, MatterId, OfficeId, file_id, matter_id, office_id
from comity.journal import merkle
from comity.journal.bundle import Bundle, Document, Paper, SealedValue, named_papers
from comity.journal.errors import ExportError
from comity.journal.event import Event
from comity.journal.export import FORMAT, PIECE, VERSION
from comity.journal.keys import KeyRing, Keys, SealKey
from comity.journal.report import Check, Findings, Report
from comity.journal.seal import Placement, Purpose, Seal, SealedEvent
from comity.journal.verify import check_events, check_receipts, report, seal_faults
from comity.words import _

LONGEST_LINE: Final = 4 * 1024 * 1024
_HEX_256 = re.compile(r"[0-9a-f]{64}")
_EVENT_STEPS = (Check.COMMITMENTS, Check.STRANDS, Check.CAUSES, Check.PLACEMENT, Check.SEALS, Check.KEYS, Check.FORKS)


class _ShapeError(ComityError):
    """A line that the format does not know."""


@dataclass(slots=True, kw_only=True)
class _PaperUnderWay:
    """A paper whose pieces are being read, and where its first piece stands in the file."""

    sha256: FileId
    size: int
    type: str
    offset: int
    hashing: Any = field(default_factory=hashlib.sha256)
    read: int = 0
    last: bool = False


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What has been read so far, and what was wrong with it."""

    path: Path
    found: Findings = field(default_factory=Findings)
    matter: MatterId | None = None
    office: OfficeId | None = None
    keys: dict[tuple[OfficeId, str], SealKey] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)
    events: dict[str, SealedEvent] = field(default_factory=dict)
    receipts: list[SealedValue] = field(default_factory=list)
    papers: list[_PaperUnderWay] = field(default_factory=list)
    hashing: Any = field(default_factory=hashlib.sha256)
    end: tuple[str, Seal] | None = None
    digest: str = ""

    def bundle(self) -> Bundle:
        """What was read, as one value."""
        return Bundle(
            matter=self.matter or MatterId(""),
            events=tuple(self.events.values()),
            keys=tuple(self.keys.values()),
            documents=tuple(self.documents),
            receipts=tuple(self.receipts),
            papers=tuple(_paper(self.path, paper) for paper in self.papers),
        )


def verify_file(path: Path, keys: Keys | None = None) -> Report:
    """The report on a `.comity` file.

    With `keys` every seal must be by one of them; without, the file's own keys vouch for it, and the report says so. Raises `ExportError`
    (storage) only where the file cannot be read from the disk.
    """
    reading = _read(path)
    found, bundle = reading.found, reading.bundle()
    if found.failed(Check.SHAPE, Check.CANONICAL):
        found.unreached(*_EVENT_STEPS, Check.RECEIPTS)
    else:
        carried = KeyRing(*bundle.keys)
        check_events(found, bundle.matter, bundle.events, carried, keys)
        check_receipts(found, bundle.receipts, carried, keys)
    _check_papers(reading)
    _check_end(reading, keys)
    made = report(found, bundle, keys)
    return replace(made, matter=reading.matter, office=reading.office)


def read_export(path: Path) -> Bundle:
    """What a `.comity` file holds; its papers are read from it again when asked. `verify_file` checks seals and strands.

    Raises `ExportError`: malformed for a file that is not whole or not of the format; storage where it cannot be read from the disk.
    """
    reading = _read(path)
    _check_end(reading, None)
    _check_papers(reading)
    if failed := [step for step in reading.found.steps() if not step.ok and step.number not in (Check.SEALS, Check.KEYS)]:
        raise ExportError(Code.MALFORMED, failed[0].sentence(), where=path.name, next_step="Check the file with “comity verify”.")
    return reading.bundle()


def _read(path: Path) -> _Reading:
    reading = _Reading(path=path)
    try:
        with path.open("rb") as file:
            for number, offset, line in _lines(file):
                _take(reading, number, offset, line)
    except OSError as error:
        raise ExportError(Code.STORAGE, f"This file cannot be read: {error.strerror}.", where=path.name) from error
    if reading.matter is None:
        reading.found.fault(Check.SHAPE, _("This is not a matter exported by Comity: its first line does not say so."))
    return reading


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Line numbers from 1, where the line begins, and its bytes with the line feed."""
    number = offset = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        yield number, offset, line
        offset += len(line)


def _take(reading: _Reading, number: int, offset: int, line: bytes) -> None:
    # 1. and 2. Each line has one of the shapes of the format, and is canonical.
    if reading.end is not None:
        reading.found.fault(Check.FILE, _("Line {line} stands after the end of the file."), line=number)
        return
    digest = reading.hashing.hexdigest() if line.startswith(b'{"end"') else ""
    reading.hashing.update(line)
    value = _value(reading.found, number, line)
    if not isinstance(value, dict):
        return
    take = _TAKERS.get(frozenset(value))
    if take is not _take_data and reading.papers:
        reading.papers[-1].last = True  # its pieces follow it directly
    try:
        if take is None or (number == 1) != (take is _take_head):
            raise _ShapeError("The format has no such line here.")
        take(reading, value, offset + len(line))
    except ComityError as error:
        reading.found.fault(Check.SHAPE, _("Line {line} is not of its shape: {why}"), line=number, why=error.what)
    if reading.end is not None:
        reading.digest = digest


def _value(found: Findings, number: int, line: bytes) -> object:
    if not line.endswith(b"\n"):
        found.fault(Check.SHAPE, _("Line {line} is cut off or too long."), line=number)
        return None
    try:
        value = canonical.parse(line[:-1])
    except CanonicalError:
        found.fault(Check.SHAPE, _("Line {line} cannot be read."), line=number)
        return None
    try:
        exact = canonical.dumps(value) == line[:-1]
    except CanonicalError:
        exact = False
    if not exact:
        found.fault(Check.CANONICAL, _("Line {line} does not stand in its canonical form."), line=number)
        return None
    if not isinstance(value, dict):
        found.fault(Check.SHAPE, _("Line {line} cannot be read."), line=number)
    return value


def _take_head(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    if value["comity"] != FORMAT or value["v"] != VERSION or value["v"] is True:
        raise _ShapeError(f"This program reads matters in version {VERSION} of the format.")
    canonical.parse_time(_text(value["at"]))
    reading.office = office_id(_text(value["office"]))
    reading.matter = matter_id(_text(value["matter"]))


def _take_key(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    key = SealKey.from_value(value["key"])
    if (key.office, key.id) in reading.keys:
        raise _ShapeError("A key stands here once.")
    reading.keys[key.office, key.id] = key


def _take_document(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    reading.documents.append(Document(kind=_text(value["document"]), value=value["value"]))


def _take_seal(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    reading.seals.append(Seal.from_value(value["seal"]))


def _take_event(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    event = Event.unchecked(value["event"])
    if event.id in reading.events:
        raise _ShapeError("An event stands here once.")
    reading.events[event.id] = SealedEvent(event=event, placement=_placement(reading, value))


def _take_receipt(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    reading.receipts.append(SealedValue(value=value["receipt"], placement=_placement(reading, value)))


def _placement(reading: _Reading, value: Mapping[str, Any]) -> Placement:
    under = value["under"]
    if type(under) is not int or not 0 <= under < len(reading.seals):
        raise _ShapeError("The seal it stands under has not come before it.")
    return Placement.under(reading.seals[under], value["place"])


def _take_paper(reading: _Reading, value: Mapping[str, Any], after: int) -> None:
    paper = value["paper"]
    if not isinstance(paper, dict) or paper.keys() != {"sha256", "size", "type"} or type(paper["size"]) is not int or paper["size"] < 0:
        raise _ShapeError("A paper is named by its hash, size and type.")
    name = file_id(_text(paper["sha256"]))
    reading.papers.append(_PaperUnderWay(sha256=name, size=paper["size"], type=_text(paper["type"]), offset=after))


def _take_data(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    if not reading.papers or reading.papers[-1].last:
        raise _ShapeError("A piece of a paper follows its paper, and only the last piece is short.")
    paper = reading.papers[-1]
    piece = _decoded(value["data"])
    paper.hashing.update(piece)
    paper.read += len(piece)
    paper.last = len(piece) < PIECE


def _take_end(reading: _Reading, value: Mapping[str, Any], _after: int) -> None:
    if not _HEX_256.fullmatch(_text(value["end"])):
        raise _ShapeError("The end holds a digest of 64 hex digits.")
    reading.end = (value["end"], Seal.from_value(value["seal"]))


_TAKERS: Final[Mapping[frozenset[str], Callable[[_Reading, Mapping[str, Any], int], None]]] = {
    frozenset({"comity", "v", "matter", "office", "at"}): _take_head,
    frozenset({"key"}): _take_key,
    frozenset({"document", "value"}): _take_document,
    frozenset({"seal"}): _take_seal,
    frozenset({"event", "under", "place"}): _take_event,
    frozenset({"receipt", "under", "place"}): _take_receipt,
    frozenset({"paper"}): _take_paper,
    frozenset({"data"}): _take_data,
    frozenset({"end", "seal"}): _take_end,
}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _ShapeError("What should be text is not.")
    return value


def _decoded(value: object) -> bytes:
    try:
        piece = base64.b64decode(_text(value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _ShapeError("A piece of a paper is base64.") from error
    if not 0 < len(piece) <= PIECE:
        raise _ShapeError(f"A piece of a paper has 1 to {PIECE} bytes.")
    return piece


def _check_papers(reading: _Reading) -> None:
    # 10. Every paper has the bytes its name says, and an event names it. One that is named may be absent, which is said.
    named = named_papers(sealed.event for sealed in reading.events.values())
    for paper in reading.papers:
        event_id = named.get(paper.sha256)
        if (paper.read, paper.hashing.hexdigest()) != (paper.size, paper.sha256):
            reading.found.fault(Check.PAPERS, _("The bytes of paper {paper} are not those it is named by."), event_id, paper=paper.sha256)
        elif event_id is None and not reading.found.failed(Check.SHAPE, Check.CANONICAL):
            reading.found.fault(Check.PAPERS, _("No event names paper {paper}."), paper=paper.sha256)
    here = {paper.sha256 for paper in reading.papers}
    if len(here) < len(reading.papers):
        reading.found.fault(Check.PAPERS, _("A paper stands in the file twice."))
    if absent := len(named.keys() - here):
        reading.found.note(Check.PAPERS, _("Papers that events name but this file does not hold: {count}."), count=absent)


def _check_end(reading: _Reading, keys: Keys | None) -> None:
    # 12. The whole file has the digest that the exporting office sealed.
    found = reading.found
    if reading.end is None:
        found.fault(Check.FILE, _("The file has no end: it was cut off."))
        return
    digest, seal = reading.end
    said = seal.statement
    if digest != reading.digest:
        found.fault(Check.FILE, _("The file was changed after it was exported."))
    leaf = merkle.leaf_hash(bytes.fromhex(digest))
    if said.office != reading.office or (said.size, said.root) != (1, leaf.hex()):
        found.fault(Check.FILE, _("The seal at the end is not of this file, or not of the office that exported it."))
    for _check, words in seal_faults(seal, Purpose.EXPORT, KeyRing(*reading.keys.values()), keys):
        found.fault(Check.FILE, words, office=said.office, key=said.key, at=format_time(said.at))


def _paper(path: Path, paper: _PaperUnderWay) -> Paper:
    return Paper(sha256=paper.sha256, size=paper.size, type=paper.type, read=partial(_read_paper, path, paper.offset))


def _read_paper(path: Path, offset: int) -> Iterator[bytes]:
    """The pieces of the paper whose first piece stands at `offset`; raises `ExportError` (malformed) where the file has changed."""
    with path.open("rb") as file:
        file.seek(offset)
        while (line := file.readline(LONGEST_LINE)).startswith(b'{"data"'):
            try:
                value: Any = canonical.loads(line.removesuffix(b"\n"))
                yield _decoded(value["data"])
            except (ComityError, KeyError) as error:
                raise ExportError(Code.MALFORMED, "This file has changed since it was read.", where=path.name) from error
