"""Writes the calendars of the register anew from the library `holidays`: weekends, holidays, days moved by decree.

    .venv/bin/python scripts/calendars.py [FOLDER]

The library is a seed, never asked for a deadline. Its name and version become the source; no decree was read, so nothing is verified.
A year counts as known only where the library holds a decree for it; a holiday whose day it only estimates is written as announced,
with the day before and the day after. Tables that have a `source` of their own were written by hand and are kept; a year for which a move
was written by hand counts as known.
"""

import shutil
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import holidays
from holidays.holiday_base import HolidayBase

from comity.law import load_register
from comity.law._clocks import WEEKDAYS

FOLDER = Path(__file__).resolve().parents[1] / "comity" / "law" / "register"
SINCE, UNTIL = date(2010, 1, 1), date(2028, 12, 31)
YEARS = range(SINCE.year, UNTIL.year + 1)
SOURCE = f"holidays {holidays.__version__} (PyPI)"
RUSSIAN = ("ru", "ru_KG")
ESTIMATED = "estimated"
WIDTH = 150
NO_MOVES = (
    "The source holds no day moved by decree in this State, and does not say that there is none: no year is known.",
    "Источник не содержит перенесённых дней этого государства и не говорит, что их нет: ни один год не известен.",
)
# The zone of the capital, where central authorities sit. Source: IANA time zone database.
ZONES = {
    "AM": "Asia/Yerevan",
    "AZ": "Asia/Baku",
    "BY": "Europe/Minsk",
    "GE": "Asia/Tbilisi",
    "KG": "Asia/Bishkek",
    "KZ": "Asia/Almaty",
    "MD": "Europe/Chisinau",
    "RU": "Europe/Moscow",
    "TJ": "Asia/Dushanbe",
    "TM": "Asia/Ashgabat",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
NOTES = {
    "GE": (
        "The source holds single days off declared by decree in the known years, and no exchange of days.",
        "Источник содержит отдельные дни отдыха, объявленные актом правительства, но не содержит переносов.",
    ),
    "MD": NO_MOVES,
    "TJ": NO_MOVES,
    "TM": (
        "The source holds single days off declared by decree in the known years, and no exchange of days.",
        "Источник содержит отдельные дни отдыха, объявленные указом, но не содержит переносов.",
    ),
    "UA": (
        "From 2023 the source has no public holidays: under martial law they are working days. When that ends is not known.",
        "С 2023 года в источнике нет праздничных дней: при военном положении они рабочие. Когда это кончится, не известно.",
    ),
}


def main(folder: Path) -> None:
    """Makes one file for each State, and puts them into the register only if it can be read with them."""
    russian = _russian_names()
    with TemporaryDirectory() as made:
        draft = Path(made) / "register"
        shutil.copytree(folder, draft)
        (draft / "calendars").mkdir(exist_ok=True)
        for state in ZONES:
            _write(draft / "calendars" / f"{state.lower()}.toml", state, russian)
        for state, calendar in load_register(draft).calendars.items():
            print(state, len(calendar.days), "days; known:", *calendar.known, "; leeway:", calendar.leeway)
        shutil.copytree(draft / "calendars", folder / "calendars", dirs_exist_ok=True)


def _write(path: Path, state: str, russian: Mapping[str, str]) -> None:
    kept = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text("\n".join(_lines(state, russian, kept)) + "\n", encoding="utf-8")


def _of(state: str, language: str) -> HolidayBase:
    return holidays.country_holidays(state, years=YEARS, language=language)


def _russian_names() -> Mapping[str, str]:
    """English names that at least two States with Russian names, and all of these, render alike."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for state in ZONES:
        for english, russian in _names(state).values():
            if russian:
                found[english][state] = russian
    return {english: next(iter(names.values())) for english, names in found.items() if len(names) > 1 and len(set(names.values())) == 1}


def _names(state: str) -> Mapping[date, tuple[str, str]]:
    english = _of(state, "en_US")
    language = next((code for code in RUSSIAN if code in english.supported_languages), None)
    russian = _of(state, language) if language else {}
    return {day: (name, russian.get(day, "")) for day, name in sorted(english.items())}


def _lines(state: str, russian: Mapping[str, str], kept: Mapping[str, Any]) -> Iterator[str]:
    library = _of(state, "en_US")
    moved = list(_moved(library))
    by_hand = [row for row in kept.get("moved", ()) if "source" in row]
    known = {year for year in _decreed(library) if year in YEARS} | {row["on"].year for row in by_hand}
    weekend = ", ".join(f'"{WEEKDAYS[day]}"' for day in sorted(library.weekend))
    yield "schema = 1"
    yield f'id = "calendar-{state.lower()}"'
    yield f'state = "{state}"'
    yield f'zone = "{ZONES[state]}"'
    yield f"since = {SINCE}"
    yield f"until = {UNTIL}"
    yield from _list("known_years", sorted(known))
    yield from _notes(state)
    yield f'source = "{SOURCE}"'
    yield 'confidence = "unverified"'
    yield from ("", "[[weekend]]", f"since = {SINCE}", f"days = [{weekend}]")
    days = {day: names for day, names in _names(state).items() if day not in {on for on, _, _ in moved}}
    yield from _holidays(days, library, russian)
    yield from _announced(days, library, russian)
    for on, taken, works in moved:
        yield from ("", "[[moved]]", f"on = {on}", f"instead_of = {taken}", f"works = {str(works).lower()}")
    for table in ("holiday", "announced", "moved"):
        yield from (line for row in kept.get(table, ()) if "source" in row for line in _by_hand(table, row))


def _notes(state: str) -> Iterator[str]:
    if state in NOTES:
        english, russian = NOTES[state]
        yield f'note = "{english}"'
        yield f'note_ru = "{russian}"'


def _holidays(days: Mapping[date, tuple[str, str]], library: HolidayBase, russian: Mapping[str, str]) -> Iterator[str]:
    named: dict[tuple[str, str, bool], list[date]] = defaultdict(list)
    decreed = frozenset(_decreed_off(library))
    for day, (english, own) in days.items():
        if name := _sure(english):
            named[name, _sure(own) or russian.get(name, ""), day in decreed].append(day)
    for (name, name_ru, by_decree), found in sorted(named.items(), key=lambda item: (item[1][0].strftime("%m%d"), item[0])):
        yield from ("", "[[holiday]]", f'name = "{name}"')
        yield from (f'name_ru = "{name_ru}"',) if name_ru else ()
        yield from ("by_decree = true",) if by_decree else ()
        yield from _list("days", found)


def _sure(name: str) -> str:
    """The name without the holidays whose day is only estimated."""
    return "; ".join(part for part in name.split("; ") if ESTIMATED not in part and "приблизительная" not in part)


def _announced(days: Mapping[date, tuple[str, str]], library: HolidayBase, russian: Mapping[str, str]) -> Iterator[str]:
    named: dict[str, set[date]] = defaultdict(set)
    for day, (english, _) in days.items():
        for part in (part for part in english.split("; ") if ESTIMATED in part):
            near = {day + timedelta(days=step) for step in (-1, 0, 1)}
            free = {
                one for one in near if SINCE <= one <= UNTIL and one.weekday() not in library.weekend and not _sure(library.get(one) or "")
            }
            named[part.split(" (")[0]] |= free
    taken: set[date] = set()
    for name, found in sorted(named.items()):
        if left := sorted(found - taken):
            yield from ("", "[[announced]]", f'name = "{name}"')
            yield from (f'name_ru = "{russian[name]}"',) if name in russian else ()
            yield from _list("days", left)
        taken |= found


def _moved(library: HolidayBase) -> Iterator[tuple[date, date, bool]]:
    """Each move by decree: the day off, the day it was taken from, and whether that day works instead."""
    for year, row in _specials(library):
        if len(row) >= 4:
            on, taken = date(year, row[0], row[1]), date(row[4] if len(row) == 5 else year, row[2], row[3])
            yield on, taken, taken >= SINCE and taken not in library


def _decreed_off(library: HolidayBase) -> Iterator[date]:
    yield from (date(year, row[0], row[1]) for year, row in _specials(library) if len(row) == 3)


def _specials(library: HolidayBase) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for year, rows in sorted(getattr(library, "special_public_holidays", {}).items()):
        if year in YEARS:
            yield from ((year, row) for row in (rows if rows and isinstance(rows[0], tuple) else (rows,)))


def _decreed(library: HolidayBase) -> Iterator[int]:
    for name in ("special_public_holidays", "special_public_holidays_observed"):
        yield from getattr(library, name, {})


def _by_hand(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"[[{table}]]")
    for key, value in row.items():
        if isinstance(value, list):
            yield from _list(key, value)
        elif isinstance(value, bool):
            yield f"{key} = {str(value).lower()}"
        else:
            yield f"{key} = {value}" if isinstance(value, date) else f'{key} = "{value}"'


def _list(key: str, values: Iterable[object]) -> Iterator[str]:
    line, words = f"{key} = [", [str(value) for value in values]
    for word in words:
        if len(line) + len(word) + 2 > WIDTH:
            yield line.rstrip()
            line = "  "
        line += f"{word}, "
    yield line.removesuffix(", ") + "]"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
