"""Reads the register of law from its TOML files, and refuses it whole if anything in it is wrong.

Every file says by its tables what it holds: an instrument (`tier`), bilateral treaties, authorities, human-rights checks, a State's own
law, words, field names, open questions, documents, a calendar (`weekend`), terms. The order and names of the files mean nothing: the release hash is the SHA-256 of the
canonical form of all of them by their ids.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, cast

from comity import canonical
from comity.canonical import Value
from comity.identifiers import InstrumentId, StateCode
from comity.law import _beside as beside
from comity.law import _clocks as clocks
from comity.law import _facts as facts
from comity.law._checks import check_instruments, check_questions, unique
from comity.law._table import Table
from comity.law.confirmation import Confirmation
from comity.law.model import Check, Instrument, LawDataError, NationalLaw, Question, Register, RegisterFile, Word

SCHEMA = 1
_HOLDS = ("treaty", "authority", "check", "word", "field", "question", "document", "weekend", "term")


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.values["id"])

    @property
    def holds(self) -> str:
        """What kind of file it is, by its tables."""
        if "tier" in self.values:
            return "instrument"
        found = [kind for kind in _HOLDS if kind in self.values]
        if len(found) == 1:
            return found[0]
        if not found and "provision" in self.values and "state" in self.values:
            return "national"
        raise LawDataError(
            "It does not say what it holds.", where=self.name, next_step=f"Give it `tier`, or tables of one kind: {', '.join(_HOLDS)}."
        )

    def table(self) -> Table:
        opened = Table(self.values, file=self.name)
        for key in ("schema", "id"):
            opened.raw(key)
        return opened


@cache
def default_register() -> Register:
    """The register that comes with the program, read once."""
    return load_register()


def load_register(folder: Path | None = None) -> Register:
    """The register in `folder` (every *.toml), or the one that comes with the program. Raises `LawDataError` at the first fault."""
    source: Traversable = folder if folder is not None else resources.files("comity.law") / "register"
    return _assemble(tuple(_read(source)))


def reassembled(register: Register, files: Mapping[str, RegisterFile], overlay: tuple[Confirmation, ...]) -> Register:
    """The register with other values in its files, of the same release; raises `LawDataError` as `load_register` does for such files."""
    again = _assemble(tuple(_File(file.name, file.values) for file in files.values()))
    return replace(again, release=register.release, shared=register.shared, overlay=overlay)


def _read(folder: Traversable) -> Iterator[_File]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _read(path)
        elif path.name.endswith(".toml"):
            yield _parsed(path.name, path.read_text(encoding="utf-8"))


def _parsed(name: str, text: str) -> _File:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LawDataError(f"This is not TOML: {error}.", where=name, next_step="Correct the line.") from error
    if values.get("schema") != SCHEMA:
        raise LawDataError("The schema is not the one this program reads.", where=f"{name}, schema", next_step=f"Write schema = {SCHEMA}.")
    if not isinstance(values.get("id"), str):
        raise LawDataError("The file has no id.", where=f"{name}, id", next_step="Give it an id of its own.")
    return _File(name, values)


def _assemble(files: tuple[_File, ...]) -> Register:
    unique(((file.id, file.name, None) for file in files), "file id")
    kinds: dict[str, list[_File]] = {}
    for file in sorted(files, key=lambda file: file.id):
        kinds.setdefault(file.holds, []).append(file)
    known = _vocabulary(kinds)
    placed = dict(_instruments(kinds, known))
    instruments = unique(((key, file, read) for key, (file, read) in _flat(placed)), "instrument")
    in_order = dict(sorted(instruments.items(), key=lambda item: _rank(item[1])))
    documents = unique(((row.id, file, row) for file, row in _rows(kinds, "document", beside.document)), "document")
    check_instruments(in_order, {key: file for key, (file, _) in _flat(placed)}, documents)
    questions = tuple(row for _, row in _rows(kinds, "question", beside.question, known))
    check_questions(questions, in_order, _name(kinds, "question"))
    checks = tuple(unique(((row.id, file, row) for file, row in _rows(kinds, "check", beside.check, known, "id")), "check").values())
    national = unique(((row.state, file, row) for file, row in _nationals(kinds, known)), "State's own law")
    authorities = tuple(row for _, row in _rows(kinds, "authority", beside.authority, known, "state"))
    states = _states(in_order, (row.state for row in authorities))
    kept = {file.id: RegisterFile(name=file.name, values=file.values) for file in files}
    return Register(
        release=_release(files),
        instruments=in_order,
        authorities=authorities,
        checks=checks,
        national=national,
        questions=questions,
        documents=documents,
        bilateral_of=_collected(kinds),
        words=known.words,
        fields=known.fields,
        states=states,
        places={key: place for place, key in enumerate(in_order)},
        by_state=_by_state(in_order, states),
        events=_events(in_order, questions, checks, national),
        calendars=clocks.calendars(((file.name, file.table()) for file in kinds.get("weekend", [])), known),
        terms=clocks.terms(((file.name, file.table()) for file in kinds.get("term", [])), known),
        files=kept,
        shared=kept,
    )


def _flat(placed: Mapping[str, list[tuple[str, Instrument]]]) -> Iterator[tuple[InstrumentId, tuple[str, Instrument]]]:
    for name, rows in placed.items():
        for where, read in rows:
            yield read.id, (where or name, read)


def _name(kinds: Mapping[str, list[_File]], kind: str) -> str:
    return ", ".join(file.name for file in kinds.get(kind, []))


def _rows(
    kinds: Mapping[str, list[_File]], kind: str, read: Any, known: facts.Vocabulary | None = None, label: str = "id"
) -> Iterator[tuple[str, Any]]:
    for file in kinds.get(kind, []):
        table = file.table()
        for key in ("title_en", "title_ru", "note"):
            table.optional_text(key)
        if kind == "word":
            table.texts("states")
        for row in table.tables(kind, label):
            yield file.name, (read(row, known) if known else read(row))
        table.close()


def _vocabulary(kinds: Mapping[str, list[_File]]) -> facts.Vocabulary:
    words: dict[str, dict[str, Word]] = {}
    states = frozenset(code for file in kinds.get("word", []) for code in Table(file.values, file=file.name).texts("states"))
    rows = list(_rows(kinds, "word", _closed(beside.word), label="code"))
    unique(((f"{row.group} {row.code}", file, row) for file, row in rows), "word")
    for _, row in rows:
        words.setdefault(row.group, {})[row.code] = row
    fields = unique(((row.name, file, row) for file, row in _rows(kinds, "field", _closed(beside.field_word), label="name")), "field")
    return facts.Vocabulary(words, fields, states)


def _closed(read: Any) -> Any:
    def read_and_close(table: Table) -> Any:
        found = read(table)
        table.close()
        return found

    return read_and_close


def _instruments(kinds: Mapping[str, list[_File]], known: facts.Vocabulary) -> Iterator[tuple[str, list[tuple[str, Instrument]]]]:
    for file in kinds.get("instrument", []):
        table = Table(file.values, file=file.name)
        table.raw("schema")
        yield file.name, [("", facts.instrument(table, known))]
    for file in kinds.get("treaty", []):
        table = file.table()
        own = facts.state(table, known)
        for key in ("title_en", "reported_totals", "statuses"):
            table.optional_text(key)
        table.texts("sources")
        table.word("completeness", ("partial", "complete"))
        yield file.name, [(file.name, facts.bilateral(row, own, known)) for row in table.tables("treaty", "id")]
        table.close()


def _nationals(kinds: Mapping[str, list[_File]], known: facts.Vocabulary) -> Iterator[tuple[str, NationalLaw]]:
    for file in kinds.get("national", []):
        table = Table(file.values, file=file.name)
        table.raw("schema")
        yield file.name, beside.national(table, known)


def _collected(kinds: Mapping[str, list[_File]]) -> Mapping[StateCode, bool]:
    return {StateCode(str(file.values["state"])): file.values["completeness"] == "complete" for file in kinds.get("treaty", [])}


# The index: made once, so that an answer looks only at what concerns the two States


def _rank(instrument: Instrument) -> tuple[int, date, str]:
    return instrument.tier.rank, instrument.opened or date.max, instrument.id


def _by_state(instruments: Mapping[InstrumentId, Instrument], states: Iterable[StateCode]) -> Mapping[StateCode, tuple[InstrumentId, ...]]:
    found: dict[StateCode, list[InstrumentId]] = {state: [] for state in states}
    for instrument in instruments.values():
        for state in instrument.parties:
            found[state].append(instrument.id)
    return {state: tuple(ids) for state, ids in found.items()}


def _states(instruments: Mapping[InstrumentId, Instrument], others: Iterable[StateCode]) -> tuple[StateCode, ...]:
    return tuple(sorted({*others, *(state for instrument in instruments.values() for state in instrument.parties)}))


def _events(
    instruments: Mapping[InstrumentId, Instrument],
    questions: Iterable[Question],
    checks: Iterable[Check],
    national: Mapping[StateCode, NationalLaw],
) -> Mapping[StateCode, tuple[date, ...]]:
    """Every day on which what is known of a State changes. Between two of them all answers for it stay as they are."""
    found: dict[StateCode, set[date | None]] = {}
    for instrument in instruments.values():
        for state, row in instrument.parties.items():
            days = found.setdefault(state, set())
            days |= {instrument.opened, instrument.entry_into_force, row.signed, row.ratified, row.deposited, row.in_force, row.withdrawn}
            days |= {row.in_force_not_earlier_than, row.in_force_not_later_than, row.withdrawn_not_later_than, row.suspended_from}
    for question in questions:
        for state in {*question.states, *(state for pair in question.pairs for state in pair)}:
            found.setdefault(state, set()).update((question.since, question.until))
    for check in checks:
        for state, bound in check.bound.items():
            found.setdefault(state, set()).update((bound.since, bound.since_not_earlier_than, bound.since_not_later_than, bound.until))
    for state, law in national.items():
        found.setdefault(state, set()).update((law.adopted, law.in_force))
    return {state: tuple(sorted(day for day in days if day)) for state, days in found.items()}


# The release


def _release(files: tuple[_File, ...]) -> str:
    content = {file.id: _plain(file.values) for file in files}
    return canonical.sha256(canonical.dumps(content))


def _plain(value: Any) -> Value:
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return cast(Value, value)
