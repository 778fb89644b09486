"""What a check of a matter found: numbered steps, the same in the code, in `docs/journal.md` and in what a person reads."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from comity.canonical import Value
from comity.identifiers import EventId, MatterId, OfficeId
from comity.words import _


class Check(IntEnum):
    """The steps of a check, in order."""

    SHAPE = 1
    CANONICAL = 2
    COMMITMENTS = 3
    STRANDS = 4
    CAUSES = 5
    PLACEMENT = 6
    SEALS = 7
    KEYS = 8
    FORKS = 9
    PAPERS = 10
    RECEIPTS = 11
    FILE = 12


NAMES: Mapping[Check, str] = {
    Check.SHAPE: _("Every line and every event has its shape"),
    Check.CANONICAL: _("Every value stands in its one canonical form"),
    Check.COMMITMENTS: _("Every content is the one that was signed"),
    Check.STRANDS: _("Each office’s events follow one another without a gap"),
    Check.CAUSES: _("Everything an event follows is here, and the opening comes first"),
    Check.PLACEMENT: _("Every event stands under the root that was sealed"),
    Check.SEALS: _("Every seal verifies by both algorithms"),
    Check.KEYS: _("Every key spoke for its office at that time"),
    Check.FORKS: _("No office told two stories"),
    Check.PAPERS: _("Every paper is the one that was named"),
    Check.RECEIPTS: _("Every receipt is sealed by its office"),
    Check.FILE: _("The file is whole, as the exporting office sealed it"),
}


class Outcome(StrEnum):
    """What became of a step. Not reached: what it looks at could not be read."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not-reached"


OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASSED: _("passed"),
    Outcome.FAILED: _("FAILED"),
    Outcome.NOT_REACHED: _("not reached"),
}
Translate = Callable[[str], str]


def _unchanged(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its outcome, and for a failed one the first fault, its event (where one can be named) and how many more there are.

    `name` and `words` are English texts for translation; `values` fill the places in `words`.
    """

    number: Check
    outcome: Outcome
    event_id: EventId | None = None
    words: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    more: int = 0

    @property
    def name(self) -> str:
        """What the step asks, as a sentence that is true when it passed."""
        return NAMES[self.number]

    @property
    def ok(self) -> bool:
        """Whether the step passed."""
        return self.outcome is Outcome.PASSED

    def sentence(self, translate: Translate = _unchanged) -> str:
        """The words in the reader's language, filled; empty where there is nothing to say."""
        return translate(self.words).format(**self.values) if self.words else ""

    def value(self, translate: Translate = _unchanged) -> dict[str, Value]:
        """The step as a JSON object."""
        return {
            "number": self.number.value,
            "name": translate(self.name),
            "outcome": self.outcome.value,
            "event": self.event_id,
            "words": self.sentence(translate),
            "more": self.more,
        }

    def lines(self, translate: Translate = _unchanged) -> tuple[str, ...]:
        """The step on a terminal: number, outcome and name; under them the sentence, the event, and how many more faults there are."""
        said = [self.sentence(translate)] if self.words else []
        if self.event_id:
            said.append(translate(_("Event {event}.")).format(event=self.event_id))
        if self.more:
            said.append(translate(_("Further faults in this step: {count}.")).format(count=self.more))
        first = f"{self.number.value:>3}  {translate(OUTCOMES[self.outcome])}: {translate(self.name)}"
        return (first, *(f"     {line}" for line in said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found. `keys_compared`: with ones the reader already had; otherwise the keys only vouch for themselves."""

    matter: MatterId | None
    office: OfficeId | None
    steps: tuple[Step, ...]
    keys_compared: bool
    events: int
    erased: int
    papers: int
    receipts: int

    @property
    def ok(self) -> bool:
        """Whether every step passed."""
        return all(step.ok for step in self.steps)

    @property
    def failed(self) -> tuple[Step, ...]:
        """The steps that failed, in order."""
        return tuple(step for step in self.steps if step.outcome is Outcome.FAILED)

    def step(self, check: Check) -> Step:
        """The step of this number."""
        return next(step for step in self.steps if step.number is check)

    def value(self, translate: Translate = _unchanged) -> dict[str, Value]:
        """The report as a JSON object, its sentences in the reader's language."""
        return {
            "ok": self.ok,
            "matter": self.matter,
            "office": self.office,
            "keys_compared": self.keys_compared,
            "events": self.events,
            "erased": self.erased,
            "papers": self.papers,
            "receipts": self.receipts,
            "steps": [step.value(translate) for step in self.steps],
        }

    def lines(self, translate: Translate = _unchanged) -> tuple[str, ...]:
        """The report as a person reads it on a terminal: a line for each step, and under it what there is to say."""
        return tuple(line for step in self.steps for line in step.lines(translate))


class Findings:
    """Collects, step by step, what a check finds; of a step's faults it keeps the first and counts the others."""

    def __init__(self) -> None:
        self._faults: dict[Check, Step] = {}
        self._counts: Counter[Check] = Counter()
        self._notes: dict[Check, Step] = {}
        self._unreached: set[Check] = set()

    def fault(self, check: Check, words: str, event_id: EventId | None = None, **values: str | int) -> None:
        """The step failed, for this reason."""
        self._counts[check] += 1
        if check not in self._faults:
            self._faults[check] = Step(number=check, outcome=Outcome.FAILED, event_id=event_id, words=words, values=values)

    def note(self, check: Check, words: str, **values: str | int) -> None:
        """The step passed, and the reader should know this."""
        self._notes[check] = Step(number=check, outcome=Outcome.PASSED, words=words, values=values)

    def unreached(self, *checks: Check) -> None:
        """These steps could not be taken."""
        self._unreached |= set(checks)

    def failed(self, *checks: Check) -> bool:
        """Whether any of these steps has failed so far."""
        return any(check in self._faults for check in checks)

    def steps(self, checks: Iterable[Check] = Check) -> tuple[Step, ...]:
        """These steps, in order."""
        return tuple(self._step(check) for check in checks)

    def _step(self, check: Check) -> Step:
        if check in self._faults:
            return replace(self._faults[check], more=self._counts[check] - 1)
        if check in self._unreached:
            return Step(number=check, outcome=Outcome.NOT_REACHED)
        return self._notes.get(check, Step(number=check, outcome=Outcome.PASSED))
