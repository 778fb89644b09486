"""The schema of the register's files as the loader reads them, and the page that tells it.

Nothing here is a second list of keys: the loader is watched while it reads the register, and what it asked of each table is the schema.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.law._files import HOLDS, parsed
from comity.law._table import WORD, WORDS, Faults, Shape
from comity.law.load import default_register, folder_texts, read_files
from comity.law.model import Register
from comity.law.naming import KEYS


class _Watched(Faults):
    """Takes note of how every key is read."""

    def __init__(self) -> None:
        self.shapes: dict[str, dict[str, Shape]] = {}

    def noted(self, table: str, key: str, shape: Shape) -> None:
        self.shapes.setdefault(table, {}).setdefault(key, shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """One kind of table: `holds` is what its file holds, `path` the tables it lies in, empty for the keys of the file itself."""

    holds: str
    path: tuple[str, ...]
    keys: Mapping[str, Shape]

    @property
    def header(self) -> str:
        """How the table begins in a file, such as `[[check.party]]`."""
        return f"[[{'.'.join(self.path)}]]"


def schema() -> tuple[TableSchema, ...]:
    """Every kind of table with its keys, in the order of the files' kinds; the keys of a file before its tables."""
    watched = _Watched()
    read_files(parsed(folder_texts().items(), watched), watched)
    found = []
    for kind, keys in watched.shapes.items():
        holds, *path = kind.split("/")
        found.append(TableSchema(holds=holds, path=tuple(path), keys=keys))
    order = ["instrument", "national", *HOLDS]
    return tuple(sorted(found, key=lambda table: (order.index(table.holds), table.path)))


# The page


FILES = {
    "instrument": ("A multilateral instrument", "has `tier`"),
    "national": ("A State's own law", "has `state` and `[[provision]]`, and no `tier`"),
    "treaty": ("Bilateral treaties of a State", "has `[[treaty]]`"),
    "authority": ("Authorities", "has `[[authority]]`"),
    "check": ("Human-rights checks", "has `[[check]]`"),
    "word": ("Words", "has `[[word]]`"),
    "field": ("Contents of a request", "has `[[field]]`"),
    "question": ("Open legal questions", "has `[[question]]`"),
    "document": ("Texts that are referred to", "has `[[document]]`"),
    "weekend": ("A calendar", "has `[[weekend]]`"),
    "term": ("Terms of States' own laws", "has `[[term]]`"),
    "existence": ("States younger than 1991", "has `[[existence]]`"),
}
"""What each kind of file is called, and by what it is known."""
MEANINGS = {
    "about": "what it asks for, in one word: two names for one thing are met by one answer",
    "absolute": "a ground no treaty overrides",
    "adopted": "the day it was adopted",
    "amends": "the convention it amends, without which it says nothing",
    "announced": "days that are only announced",
    "article_numbers_reliable": "false where the numbers were not read",
    "authority": "a body that sends, receives or decides",
    "check": "a check made on top of every answer",
    "code": "the word itself",
    "compiled": "the day the rows were written down",
    "completeness": "whether all treaties of the State are here",
    "computed_fields": "what was calculated, not read",
    "confidence": "whether it was read in the source",
    "declaration": "what a reservation or declaration does",
    "depositary": "who keeps the list of parties",
    "document": "a text that instruments refer to",
    "en": "the label in English",
    "end_on_non_working": "what becomes of an end on a day off",
    "entry_into_force": "the day the instrument itself entered into force",
    "entry_note": "remark on the entry into force",
    "existence": "since when a State younger than 1991 exists",
    "extension": "by how much it can be extended, in the same unit",
    "field": "a thing a request may have to contain",
    "group": "the group the word belongs to",
    "holiday": "days off with a name",
    "id": "its own name, used by other files",
    "in_force_status": "`not-in-force` where it binds nobody yet",
    "kinds": "the kinds of request it is for",
    "label_en": "what to call it, in English",
    "label_ru": "what to call it, in Russian",
    "may_stand": "whether the clock may be suspended",
    "month_end": "what becomes of a month without that day",
    "moved": "days moved by decree",
    "never_alone": "kinds it serves and cannot carry",
    "offence_areas": "the offences it is for; `any` for all",
    "opened": "the day it was opened for signature",
    "other_parties": "remark on parties that have no row",
    "part_of": "the wider word whose rules also apply",
    "parties_total": "remark on how many parties there are",
    "party": "one State and the instrument",
    "place": "where it was signed",
    "protocol_to": "the convention it is a protocol to",
    "provision": "one rule",
    "question": "a legal question nobody has answered",
    "region": "the region it belongs to",
    "relation": "how it stands to another text",
    "reported_totals": "remark on the totals others report",
    "ru": "the label in Russian",
    "schema": "the version of this schema",
    "scope": "whether it is for any offence or for certain ones",
    "shown": "a topic whose rules an answer tells in their own words",
    "signatories_total": "how many signed",
    "source": "where it was read",
    "sources": "where the facts of this file were read",
    "statuses": "remark on the statuses used",
    "suspended_until": "the first day it applies again",
    "term": "a term of one State",
    "tier": "its place in the order of precedence",
    "treaty": "a bilateral treaty",
    "unverified_fields": "what in a verified table is still from memory",
    "weekend": "the days off of every week from a day on",
    "why_en": "why it is asked, in English",
    "why_ru": "why it is asked, in Russian",
    "word": "a word all files may use",
    "years": "years",
}
"""What a key says that has no short name for pages (`naming.KEYS`), or another here."""
_INTRODUCTION = """# The schema of the register

Written by `make docs` from the loader itself, which was watched while it read the register; a test compares the two. What the keys mean
for an answer stands in [law-register.md](law-register.md).

A register is a folder of TOML files, and of folders of them. Names and order of files and order of rows mean nothing. Every file has
`schema` and an `id` of its own, and says by its tables what it holds. A key that is not listed here is refused, and so are a missing
source, a date out of order, a State or word that is not known, something pointed at that is not there; each has its file in
`tests/law/bad/`.

    comity register check FOLDER       every fault, with file, table, key and what to do
    comity register release FOLDER     the hash of all of it, under which matters are opened
    comity register diff OLD NEW       what changed, in law terms
    comity register todo FOLDER        what was not read yet, by the answers that rest on it
    comity register apply PATCH FOLDER what an office confirmed, written into the files
"""


def page() -> str:
    """The page of the schema, in Markdown."""
    register = default_register()
    lines = [_INTRODUCTION]
    told: list[TableSchema] = []
    for table in schema():
        lines += _heading(table)
        like = next((other for other in told if other.path == table.path and other.keys == table.keys), None)
        if like:
            lines += [f"The same keys as in: {FILES[like.holds][0].lower()}.", ""]
        else:
            lines += ["| key | says | holds | |", "|---|---|---|---|", *_rows(table, register), ""]
        told.append(table)
    return "\n".join(lines)


def _heading(table: TableSchema) -> tuple[str, ...]:
    if table.path:
        return f"### `{table.header}`", ""
    title, known_by = FILES[table.holds]
    return f"## {title}", "", f"A file that {known_by}.", ""


def _rows(table: TableSchema, register: Register) -> Iterator[str]:
    for key, shape in sorted(table.keys.items(), key=lambda item: (not item[1].needed, item[0])):
        yield f"| `{key}` | {meaning(key)} | {_holds(shape, register)} | {'needed' if shape.needed else ''} |"


def meaning(key: str) -> str:
    """What a key says; raises `KeyError` for one that nothing explains."""
    return MEANINGS.get(key) or KEYS[key]


def _holds(shape: Shape, register: Register) -> str:
    if shape.holds not in {WORD, WORDS}:
        return shape.holds
    known = set(shape.known)
    if known == set(register.fields):
        return f"{shape.holds} of `fields.toml`"
    for group, words in register.words.items():
        if known - {"all", "none"} == set(words):
            more = ", ".join(f"`{word}`" for word in sorted(known - set(words)))
            return f"{shape.holds} of the group `{group}`" + (f", or {more}" if more else "")
    return f"{shape.holds}: " + ", ".join(f"`{word}`" for word in shape.known)
