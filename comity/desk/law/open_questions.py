"""Questions of law that nobody has answered yet: what is open, what would settle it, whom and which days it touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.desk.components.model import Certainty
from comity.desk.law.sources import Source, source
from comity.desk.law.words import instrument_url
from comity.desk.matters.citations import cited, instrument_title, state_name
from comity.law import Register
from comity.law.model import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """One open question. `unsettles`: answers that rest on these instruments between these States are uncertain because of it."""

    id: str
    text: str
    settles: str
    unsettles: bool
    states: str
    since: date | None
    until: date | None
    instruments: tuple[tuple[str, str], ...]
    certainty: Certainty | None
    source: Source
    fact: str


def open_questions(asked: Iterable[Question], register: Register, language: str) -> tuple[OpenQuestion, ...]:
    """The questions in the language of the page, in the order of the register."""
    return tuple(_question(one, register, language) for one in asked)


def _question(one: Question, register: Register, language: str) -> OpenQuestion:
    russian = language == "ru"
    return OpenQuestion(
        id=one.id,
        text=one.text_ru if russian else one.text_en,
        settles=one.settles_ru if russian else one.settles_en,
        unsettles=one.unsettles,
        states=_states(one, language),
        since=one.since,
        until=one.until,
        instruments=tuple((instrument_title(register, name, language), instrument_url(name)) for name in one.instruments),
        certainty=cited(one.confidence),
        source=source(one.source),
        fact=one.fact,
    )


def _states(one: Question, language: str) -> str:
    """The States it touches, pairs with a dash between; nothing where it touches every State."""
    pairs = (" – ".join(sorted(state_name(state, language) for state in pair)) for pair in one.pairs)
    return ", ".join((*sorted(state_name(state, language) for state in one.states), *pairs))


def touching(register: Register, instrument: str) -> tuple[Question, ...]:
    """The questions about an instrument."""
    return tuple(one for one in register.questions if instrument in one.instruments)


def concerning(register: Register, state: str) -> tuple[Question, ...]:
    """The questions that name a State."""
    return tuple(one for one in register.questions if state in one.states or any(state in pair for pair in one.pairs))
