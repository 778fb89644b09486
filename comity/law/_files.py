"""The files of a register as they are read: each says by its tables what it holds, and all together give the release."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from typing import Any

import tomli  # what the standard library has as tomllib, compiled: the register is read in a third of the time

from comity import canonical
from comity.law._table import Faults, Shape, Table
from comity.law.addresses import HEAD, plain, rows
from comity.law.confirmation import NO_FACT
from comity.law.faults import Fault
from comity.law.model import RegisterFile
from comity.words import _

SCHEMA = 1
HOLDS = ("treaty", "authority", "check", "word", "field", "question", "document", "weekend", "term", "existence")
SAME: Mapping[str, RegisterFile] = {}
_ID = re.compile(r'^id\s*=\s*"([^"\n]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class File:
    """A file whose id and schema could be read. `holds`: the kind of its tables; `faults`: where its faults go.

    `shared`: the values by which its facts are called, those of the shared register where an office's own are laid over them.
    """

    name: str
    values: Mapping[str, Any]
    holds: str
    faults: Faults
    shared: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its own id."""
        return str(self.values["id"])

    def table(self) -> Table:
        """Its keys, those of every file read already."""
        addresses = {(row.table, row.index): row.id for row in rows(self.shared)}
        head = addresses.get((HEAD, None), NO_FACT)
        opened = Table(self.values, file=self.name, faults=self.faults, fact=head, addresses=addresses, kind=self.holds)
        opened.note("schema", Shape(holds=f"{SCHEMA}", needed=True))
        opened.raw("schema")
        opened.text("id")
        return opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of a register by their ids, in order. `claimed`: ids of files that could not be taken, where faults are kept."""

    all: tuple[File, ...]
    claimed: frozenset[str] = frozenset()

    def holding(self, kind: str) -> tuple[File, ...]:
        """The files that hold this kind of table."""
        return tuple(file for file in self.all if file.holds == kind)

    def tables(self, kind: str) -> Iterator[Table]:
        """The same, each as its table of keys."""
        return (file.table() for file in self.holding(kind))


def texts(folder: Traversable, within: str = "") -> Iterator[tuple[str, str]]:
    """Name (with the folders `within` the register) and text of every *.toml; what is not UTF-8 is replaced."""
    for path in folder.iterdir():
        if path.is_dir():
            yield from texts(path, f"{within}{path.name}/")
        elif path.name.endswith(".toml"):
            yield f"{within}{path.name}", path.read_bytes().decode("utf-8", errors="replace")


def parsed(named: Iterable[tuple[str, str]], faults: Faults) -> Files:
    """The files with these names and texts."""
    values, claimed = [], set()
    for name, text in named:
        try:
            values.append((name, tomli.loads(text)))
        except tomli.TOMLDecodeError as error:
            faults.add(Fault(file=name, what=_("This is not TOML: {error}."), next_step=_("Correct the line."), parts={"error": error}))
            claimed.update(_ID.findall(text)[:1])
    return taken(values, faults, claimed)


def taken(
    named: Iterable[tuple[str, Mapping[str, Any]]],
    faults: Faults,
    claimed: Iterable[str] = (),
    shared: Mapping[str, RegisterFile] = SAME,
) -> Files:
    """The files with these names and values; `shared`: those by which their facts are called, where they are others."""
    found: dict[str, File] = {}
    lost = set(claimed)
    for name, values in named:
        file = _file(name, values, faults)
        if file is None:
            lost.add(str(values.get("id")))
        elif file.id in found:
            where = found[file.id].name
            twice = _("The file id “{name}” stands twice: also in {place}.")
            faults.add(Fault(file=name, what=twice, next_step=_("Rename or remove one of them."), parts={"name": file.id, "place": where}))
        else:
            found[file.id] = replace(file, shared=shared[file.id].values) if file.id in shared else file
    return Files(all=tuple(file for _id, file in sorted(found.items())), claimed=frozenset(lost))


def _file(name: str, values: Mapping[str, Any], faults: Faults) -> File | None:
    if values.get("schema") != SCHEMA:
        what = _("The schema is not the one this program reads.")
        faults.add(Fault(file=name, key="schema", what=what, next_step=_("Write schema = {schema}."), parts={"schema": SCHEMA}))
        return None
    if not isinstance(values.get("id"), str) or not values["id"] or "/" in values["id"]:
        what = _("The file has no id.")
        faults.add(Fault(file=name, key="id", what=what, next_step=_("Give it an id of its own, in letters, digits and dashes.")))
        return None
    holds = _holds(values)
    if holds is None:
        what = _("It does not say what it holds.")
        listed = ", ".join(HOLDS)
        faults.add(Fault(file=name, what=what, next_step=_("Give it `tier`, or tables of one kind: {kinds}."), parts={"kinds": listed}))
        return None
    return File(name, values, holds, faults, values)


def _holds(values: Mapping[str, Any]) -> str | None:
    if "tier" in values:
        return "instrument"
    found = [kind for kind in HOLDS if kind in values]
    if len(found) == 1:
        return found[0]
    return "national" if not found and "provision" in values and "state" in values else None


def release(files: Files) -> str:
    """The SHA-256 of the canonical form of all files by their ids; their names and order mean nothing."""
    return canonical.sha256(canonical.dumps({file.id: plain(dict(file.values)) for file in files.all}))
