"""What the commands on the register print: faults, what a release holds, changes, what to read; as lines for people or JSON values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from comity.canonical import Value
from comity.law.addresses import facts
from comity.law.diff import LegalChange, Touch
from comity.law.diff_words import change_words
from comity.law.faults import Fault
from comity.law.model import Register
from comity.law.naming import fact_title, key_title
from comity.law.todo import Todo
from comity.words import _, translate, translate_count

_MOST_SOURCES = 3


def _say(text: str, language: str, **parts: object) -> str:
    return translate(text, language).format(**parts)


def _count(one: str, many: str, number: int, language: str) -> str:
    return translate_count(one, many, number, language).format(number=number)


# Faults


def fault_lines(faults: Iterable[Fault], language: str) -> Iterator[str]:
    """Every fault with its place and what to do, then how many; or that there is none."""
    told = tuple(faults)
    yield from (fault.say(language) for fault in told)
    yield _count(_("{number} fault."), _("{number} faults."), len(told), language) if told else _say(_("No fault."), language)


def fault_values(faults: Iterable[Fault], language: str) -> list[Value]:
    """Every fault by its parts."""
    return [
        {"file": fault.file, "table": fault.table, "key": fault.key, "what": fault.sentence(language), "next": fault.advice(language)}
        for fault in faults
    ]


# A release


def holdings(register: Register) -> Mapping[str, int]:
    """How much a register holds, by the English name of what is counted."""
    instruments = register.instruments.values()
    known = facts(register).values()
    return {
        _("instruments"): len(register.instruments),
        _("rows of parties"): sum(len(one.parties) for one in instruments),
        _("provisions"): sum(fact.table == "provision" for fact in known),
        _("declarations"): sum(len(one.declarations) for one in instruments),
        _("relations"): sum(len(one.relations) for one in instruments),
        _("authorities"): len(register.authorities),
        _("human-rights checks"): len(register.checks),
        _("States' own laws"): len(register.national),
        _("calendars"): len(register.calendars),
        _("terms"): len(register.terms),
        _("open questions"): len(register.questions),
        _("documents"): len(register.documents),
        _("States"): len(register.states),
        _("facts with a source"): len(known),
        _("facts not verified, whole or in part"): sum(fact.doubtful for fact in known),
    }


def release_lines(register: Register, language: str) -> Iterator[str]:
    """The release and what it holds."""
    yield register.release
    for name, number in holdings(register).items():
        yield f"{number:>6}  {_say(name, language)}"


def release_value(register: Register) -> Mapping[str, Value]:
    """The same under stable keys."""
    return {"release": register.release, "holds": {name.replace(" ", "-"): number for name, number in holdings(register).items()}}


# Changes


def diff_lines(changes: Iterable[LegalChange], before: Register, after: Register, language: str) -> Iterator[str]:
    """The two releases, then every change in a sentence."""
    told = tuple(changes)
    yield _say(_("From release {before} to release {after}."), language, before=before.release, after=after.release)
    yield from (f"  {change_words(change, before, after, language)}" for change in told)
    kinds = Counter(change.kind for change in told)
    if told:
        counted = ", ".join(f"{kind.value} {number}" for kind, number in kinds.items())
        yield f"{_count(_('{number} change.'), _('{number} changes.'), len(told), language)} ({counted})"
    else:
        yield _say(_("Nothing in it changed."), language)


def diff_values(changes: Iterable[LegalChange], before: Register, after: Register, language: str) -> list[Value]:
    """Every change with its address, its keys before and after, and the sentence."""
    return [
        {
            "kind": change.kind.value,
            "fact": change.fact.id,
            "keys": [{"key": one.key, "before": one.before, "after": one.after} for one in change.keys],
            "words": change_words(change, before, after, language),
        }
        for change in changes
    ]


def touch_lines(touched: Iterable[tuple[str, Touch]], language: str) -> Iterator[str]:
    """The open matters that the changes touch, each with why; a matter is named by its id alone."""
    told = tuple(touched)
    if not told:
        yield _say(_("No open matter of this office is touched."), language)
        return
    yield _count(_("{number} open matter is touched:"), _("{number} open matters are touched:"), len(told), language)
    for matter, touch in told:
        why = _("the answer is another one") if touch.another else _("the answer rests on what changed")
        named = ", ".join(change.fact.id for change in touch.changes)
        yield f"  {matter}: {_say(why, language)}" + (f" ({named})" if named else "")


def touch_values(touched: Iterable[tuple[str, Touch]]) -> list[Value]:
    """The same as values."""
    return [
        {"matter": matter, "another_answer": touch.another, "facts": [one.fact.id for one in touch.changes]} for matter, touch in touched
    ]


# What to read


def todo_lines(items: Iterable[Todo], register: Register, language: str) -> Iterator[str]:
    """Each fact with the answers that rest on it, where it stands, and where to read it."""
    for item in items:
        rests = _count(_("{number} answer rests on it"), _("{number} answers rest on it"), item.answers, language)
        unsure = _say(_("{number} uncertain for it"), language, number=item.uncertain)
        yield f"{fact_title(item.fact, register, language)} — {rests}" + (f", {unsure}" if item.uncertain else "")
        yield f"    {item.file}, {item.fact.table}, {item.fact.label}: {_keys(item, language)}"
        looks = "; ".join(item.look_in[:_MOST_SOURCES]) or _say(_("no source is named yet"), language)
        yield f"    {_say(_('Look in: {sources}'), language, sources=looks)}"


def _keys(item: Todo, language: str) -> str:
    if not item.keys:
        return _say(_("nothing in it was read"), language)
    return _say(_("not read: {keys}"), language, keys=", ".join(key_title(key, language) for key in item.keys))


def todo_values(items: Iterable[Todo], register: Register, language: str) -> list[Value]:
    """The same as values."""
    return [
        {
            "fact": item.fact.id,
            "title": fact_title(item.fact, register, language),
            "file": item.file,
            "table": item.fact.table,
            "label": item.fact.label,
            "keys": list(item.keys),
            "answers": item.answers,
            "uncertain": item.uncertain,
            "look_in": list(item.look_in),
        }
        for item in items
    ]
