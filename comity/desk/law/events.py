"""What happened when, in a few words: the dated events of the register as the slider and the history of a pair name them."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext, gettext_lazy

from comity.desk.components.model import Words
from comity.desk.law.heads import head
from comity.desk.law.question import EARLIEST
from comity.desk.matters.citations import instrument_title, state_name
from comity.law import Register
from comity.law.history import Change, ChangeKind, changes_of

# What changes a mark of the matrix; ratifying and depositing alone do not.
TELLING = frozenset(ChangeKind) - {
    *(ChangeKind.RATIFIED, ChangeKind.DEPOSITED),
    *(ChangeKind.QUESTION, ChangeKind.QUESTION_CLOSED, ChangeKind.NATIONAL_LAW),
}
# What a reader knows the years by.
NAMED = frozenset({ChangeKind.ENTERED, ChangeKind.SUSPENDED, ChangeKind.LEFT, ChangeKind.RIGHTS_LEFT})

_WORDS: dict[ChangeKind, Words] = {
    ChangeKind.OPENED: gettext_lazy("%(title)s opened for signature"),
    ChangeKind.ENTERED: gettext_lazy("%(title)s in force"),
    ChangeKind.SIGNED: gettext_lazy("%(state)s signs %(title)s"),
    ChangeKind.RATIFIED: gettext_lazy("%(state)s ratifies %(title)s"),
    ChangeKind.DEPOSITED: gettext_lazy("%(state)s deposits for %(title)s"),
    ChangeKind.NO_LONGER_SURELY_UNBOUND: gettext_lazy("%(state)s may be bound by %(title)s from here on"),
    ChangeKind.SURELY_BOUND: gettext_lazy("%(state)s surely bound by %(title)s from here on"),
    ChangeKind.IN_FORCE: gettext_lazy("%(state)s enters %(title)s"),
    ChangeKind.SUSPENDED: gettext_lazy("%(state)s suspends %(title)s towards %(towards)s"),
    ChangeKind.RESUMED: gettext_lazy("%(state)s applies %(title)s towards %(towards)s again"),
    ChangeKind.DECLARED: gettext_lazy("%(state)s makes a declaration on %(title)s"),
    ChangeKind.DECLARATION_ENDED: gettext_lazy("%(state)s takes its declaration on %(title)s back"),
    ChangeKind.LEFT: gettext_lazy("%(state)s leaves %(title)s"),
    ChangeKind.SURELY_LEFT: gettext_lazy("%(state)s surely out of %(title)s from here on"),
    ChangeKind.QUESTION: gettext_lazy("open from here on: %(title)s"),
    ChangeKind.QUESTION_CLOSED: gettext_lazy("no longer open: %(title)s"),
    ChangeKind.RIGHTS: gettext_lazy("%(state)s enters %(title)s"),
    ChangeKind.RIGHTS_LEFT: gettext_lazy("%(state)s leaves %(title)s"),
    ChangeKind.NATIONAL_LAW: gettext_lazy("%(title)s"),
}


def event_words(register: Register, change: Change, language: str, *, full: bool = True) -> str:
    """`Russia enters Chisinau`; without `full` by the code of the State, as narrow places say it."""

    def named(code: str) -> str:
        return state_name(code, language) if full else code

    return str(_WORDS[change.kind]) % {
        "title": title_of(register, change.instrument or "", language),
        "state": named(change.state) if change.state else "",
        "towards": ", ".join(named(code) for code in change.towards),
    }


def title_of(register: Register, instrument: str, language: str) -> str:
    """What an event calls its instrument: the head of its column; of an open question, the question itself."""
    question = next((one for one in register.questions if one.id == instrument), None)
    if question:
        return question.text_ru if language == "ru" else question.text_en
    if any(law.id == instrument for law in register.national.values()):
        return instrument_title(register, instrument, language)
    return head(register, instrument, language)


def day_words(register: Register, changes: Iterable[Change], language: str, *, full: bool = True) -> str:
    """The events of one day in a line: those a reader knows the years by first, and how many more."""
    found = sorted(changes, key=lambda one: one.kind not in NAMED)
    first = next((one for one in found if one.kind is ChangeKind.ENTERED), found[0])
    # The day an instrument enters into force is also the day it binds its first States.
    others = [one for one in found if one is not first and not _follows(one, first)]
    words = event_words(register, first, language, full=full)
    return gettext("%(words)s, and %(number)d more") % {"words": words, "number": len(others)} if others else words


def _follows(one: Change, first: Change) -> bool:
    """Whether an event is told by another: a first State of an instrument, or the same act on the protocol of a convention."""
    if first.kind is ChangeKind.ENTERED:
        return one.instrument == first.instrument
    return (one.kind, one.state) == (first.kind, first.state) and one.kind in NAMED


def by_day(changes: Iterable[Change]) -> dict[date, list[Change]]:
    """Events by their day, each once, in order."""
    found: dict[date, list[Change]] = {}
    for change in sorted(dict.fromkeys(changes), key=lambda one: one.on):
        found.setdefault(change.on, []).append(change)
    return found


def telling(register: Register, states: Iterable[str], columns: Iterable[str]) -> Iterator[Change]:
    """The events that change a mark of these States under these instruments, since the register speaks."""
    shown = frozenset(columns)
    for state in states:
        for change in changes_of(register, state):
            if change.instrument in shown and change.kind in TELLING and change.on >= EARLIEST:
                yield change
