"""Reads the register of law from its TOML files, and refuses it whole if anything in it is wrong.

Every file says by its tables what it holds: an instrument (`tier`), bilateral treaties, authorities, human-rights checks, a State's own
law, words, field names, open questions, documents, a calendar (`weekend`), terms. The order and names of the files mean nothing.
`register_faults` reads on where `load_register` stops, and tells every fault.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from comity.identifiers import InstrumentId, StateCode
from comity.law import _beside as beside
from comity.law import _clocks as clocks
from comity.law import _facts as facts
from comity.law._checks import Known, check_instruments, check_questions, unique
from comity.law._files import File, Files, parsed, release, taken, texts
from comity.law._table import RAISED, Faults, KeptFaults, Table, each
from comity.law.calendars import Calendar
from comity.law.confirmation import Confirmation
from comity.law.faults import Fault
from comity.law.model import (
    Authority,
    Check,
    Document,
    FieldWord,
    Instrument,
    LawDataError,
    NationalLaw,
    Question,
    Register,
    RegisterFile,
    Word,
)
from comity.law.terms import Term
from comity.words import _

T = TypeVar("T")


@cache
def default_register() -> Register:
    """The register that comes with the program, read once."""
    return load_register()


def load_register(folder: Path | None = None) -> Register:
    """The register in `folder` (every *.toml), or the one that comes with the program. Raises `LawDataError` at the first fault."""
    return _register(parsed(texts(_source(folder)), RAISED))


def load_texts(named: Iterable[tuple[str, str]]) -> Register:
    """The register of files with these names and texts; raises `LawDataError` at the first fault."""
    return _register(parsed(named, RAISED))


def folder_texts(folder: Path | None = None) -> Mapping[str, str]:
    """The texts of the files of a register by name, such as `minsk-1993.toml` or `calendars/kz.toml`."""
    return dict(texts(_source(folder)))


def register_faults(folder: Path | None = None) -> tuple[Fault, ...]:
    """Every fault of every file of a register, by file; none where `load_register` would read it."""
    kept = KeptFaults()
    files = parsed(texts(_source(folder)), kept)
    if files.holding("word"):
        read_files(files, kept)
    elif not kept.found:
        what = _("The register has no words: no file with [[word]] tables.")
        kept.add(
            Fault(file=str(folder or "register"), what=what, next_step=_("Name the folder of a register, or copy words.toml into it."))
        )
    told = {fault.say("en"): fault for fault in kept.found}
    return tuple(sorted(told.values(), key=lambda fault: fault.file))


def reassembled(register: Register, files: Mapping[str, RegisterFile], overlay: tuple[Confirmation, ...]) -> Register:
    """The register with other values in its files, of the same release; raises `LawDataError` as `load_register` does for such files."""
    again = _register(taken(((file.name, file.values) for file in files.values()), RAISED, shared=register.shared))
    return replace(again, release=register.release, shared=register.shared, overlay=overlay)


def _source(folder: Path | None) -> Traversable:
    return folder if folder is not None else resources.files("comity.law") / "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the files hold, read and checked."""

    known: facts.Vocabulary
    instruments: Mapping[InstrumentId, Instrument]
    documents: Mapping[str, Document]
    questions: tuple[Question, ...]
    checks: tuple[Check, ...]
    national: Mapping[StateCode, NationalLaw]
    authorities: tuple[Authority, ...]
    calendars: Mapping[StateCode, Calendar]
    terms: tuple[Term, ...]
    existing: Mapping[StateCode, date]
    compiled: date | None


def read_files(files: Files, faults: Faults) -> Parts:
    """What the files hold, read and checked; faults go where `faults` takes them."""
    known = _vocabulary(files, faults)
    placed = tuple(_instruments(files, known, faults))
    instruments = unique(((one.id, one.table.file, one.instrument) for one in placed), "instrument", faults)
    documents = _by_id(_rows(files, "document", beside.document), "document", faults)
    pointed = Known(instruments=instruments, documents=frozenset(documents), claimed=files.claimed)
    check_instruments(placed, pointed)
    questions = tuple(_rows(files, "question", partial(beside.question, known=known)))
    _by_id(questions, "question", faults)
    check_questions(questions, pointed)
    authorities = _rows(files, "authority", partial(beside.authority, known=known), "state")
    return Parts(
        known=known,
        instruments=instruments,
        documents=documents,
        questions=tuple(read for _table, read in questions),
        checks=tuple(_by_id(_rows(files, "check", partial(beside.check, known=known)), "check", faults).values()),
        national=unique(((read.state, table.file, read) for table, read in _nationals(files, known)), "State's own law", faults),
        authorities=tuple(read for _table, read in authorities),
        calendars=_calendars(files, known, faults),
        terms=_terms(files, known, faults),
        existing=_existing(files, known, faults),
        compiled=max((day for file in files.holding("existence") if (day := file.table().day("compiled"))), default=None),
    )


def _by_id(rows: Iterable[tuple[Table, T]], what: str, faults: Faults) -> dict[str, T]:
    named: Iterator[tuple[Table, Any]] = iter(rows)
    return unique(((read.id, table.file, read) for table, read in named), what, faults)


def _rows(files: Files, kind: str, read: Callable[[Table], T], label: str = "id") -> Iterator[tuple[Table, T]]:
    for table in files.tables(kind):
        for key in ("title_en", "title_ru", "note"):
            table.optional_text(key)
        if kind == "word":
            table.texts("states")
        if kind == "existence":
            table.day("compiled")
        yield from each(table.tables(kind, label), read)
        table.close()


def _vocabulary(files: Files, faults: Faults) -> facts.Vocabulary:
    states = frozenset(code for file in files.holding("word") for code in file.values.get("states", ()))
    rows = tuple(_rows(files, "word", beside.word, "code"))
    unique(((f"{read.group} {read.code}", table.file, read) for table, read in rows), "word", faults)
    words: dict[str, dict[str, Word]] = {}
    for _table, read in rows:
        words.setdefault(read.group, {})[read.code] = read
    for table, read in rows:
        if read.part_of and read.part_of not in words[read.group]:
            table.fault(
                "part_of",
                _("There is no word “{word}” in the group `{group}`."),
                _("Name a word of the same group."),
                word=read.part_of,
                group=read.group,
            )
    named: Iterator[tuple[Table, FieldWord]] = _rows(files, "field", beside.field_word, "name")
    fields = unique(((read.name, table.file, read) for table, read in named), "field", faults)
    return facts.Vocabulary(words, fields, states)


def _instruments(files: Files, known: facts.Vocabulary, faults: Faults) -> Iterator[facts.Placed]:
    for table in files.tables("instrument"):
        try:
            yield facts.instrument(table, known)
        except LawDataError as error:
            faults.caught(error)
    for table in files.tables("treaty"):
        own = facts.state(table, known)
        for key in ("title_en", "reported_totals", "statuses"):
            table.optional_text(key)
        table.texts("sources")
        table.word("completeness", ("partial", "complete"))
        yield from (placed for _table, placed in each(table.tables("treaty", "id"), partial(facts.bilateral, own=own, known=known)))
        table.close()


def _nationals(files: Files, known: facts.Vocabulary) -> Iterator[tuple[Table, NationalLaw]]:
    return each(files.tables("national"), partial(beside.national, known=known))


def _calendars(files: Files, known: facts.Vocabulary, faults: Faults) -> Mapping[StateCode, Calendar]:
    return clocks.calendars(_sound(files.holding("weekend"), lambda one: clocks.calendars((one,), known), faults), known)


def _terms(files: Files, known: facts.Vocabulary, faults: Faults) -> tuple[Term, ...]:
    return clocks.terms(_sound(files.holding("term"), lambda one: clocks.terms((one,), known), faults), known)


def _existing(files: Files, known: facts.Vocabulary, faults: Faults) -> Mapping[StateCode, date]:
    """Since when the States exist that are younger than 1991."""
    rows = _rows(files, "existence", partial(beside.existence, known=known), "state")
    return unique(((state, table.file, since) for table, (state, since) in rows), "State", faults)


def _sound(files: Iterable[File], read: Callable[[tuple[str, Table]], object], faults: Faults) -> Iterator[tuple[str, Table]]:
    """The files as tables; where faults are kept, those alone that can be read without one."""
    for file in files:
        if faults is not RAISED:
            try:
                read((file.name, file.table()))
            except LawDataError as error:
                faults.caught(error)
                continue
        yield file.name, file.table()


def _register(files: Files) -> Register:
    parts = read_files(files, RAISED)
    in_order = dict(sorted(parts.instruments.items(), key=lambda item: _rank(item[1])))
    states = _states(in_order, (authority.state for authority in parts.authorities))
    kept = {file.id: RegisterFile(name=file.name, values=file.values) for file in files.all}
    return Register(
        release=release(files),
        instruments=in_order,
        authorities=parts.authorities,
        checks=parts.checks,
        national=parts.national,
        questions=parts.questions,
        documents=parts.documents,
        bilateral_of={StateCode(str(file.values["state"])): file.values["completeness"] == "complete" for file in files.holding("treaty")},
        words=parts.known.words,
        fields=parts.known.fields,
        states=states,
        places={key: place for place, key in enumerate(in_order)},
        by_state=_by_state(in_order, states),
        events=_events(in_order, parts.questions, parts.checks, parts.national),
        calendars=parts.calendars,
        terms=parts.terms,
        existing=parts.existing,
        compiled=parts.compiled,
        files=kept,
        shared=kept,
    )


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
