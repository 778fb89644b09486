"""What must hold across tables of the register: dates in order, targets that exist, protocols that fit their convention.

Each check raises `LawDataError` naming file, table and key, and what to do.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from comity.identifiers import InstrumentId
from comity.law.model import Instrument, LawDataError, Party, Provision, Question, Status, Tier

K = TypeVar("K", bound=str)
V = TypeVar("V")
FREE_TARGETS = ("bilateral", "any-mla-treaty", "any-extradition-treaty")
"""What a relation may point at besides an instrument and a document."""
INVERSE = {"supersedes": "superseded-by", "replaces": "replaced-by"}
_START = ("in_force", "in_force_not_earlier_than", "in_force_not_later_than")
_ACTS = ("signed", "ratified", "deposited", *_START, "withdrawn")
_BINDING = (Status.PARTY, Status.WITHDRAWN)

Files = Mapping[InstrumentId, str]
Instruments = Mapping[InstrumentId, Instrument]


def check_instruments(instruments: Instruments, files: Files, documents: Iterable[str]) -> None:
    """Everything that one instrument, and instruments together, must keep."""
    targets = {*instruments, *documents, *FREE_TARGETS}
    for instrument in instruments.values():
        file = files[instrument.id]
        for number, party in enumerate(instrument.parties.values(), start=1):
            _check_party(instrument, party, _Place(file, f"party {number} ({party.state})", instrument))
        _check_declarations(instrument, file)
        _check_base(instrument, instruments, file)
        _check_relations(instrument, instruments, targets, file)


class _Place:
    """Where an error lies: in a file of its own, or among the treaties of a file."""

    def __init__(self, file: str, table: str, instrument: Instrument) -> None:
        self.where = f"{file}, treaty {instrument.id}" if instrument.tier is Tier.BILATERAL else f"{file}, {table}"

    def error(self, key: str, what: str, next_step: str) -> LawDataError:
        return LawDataError(what, where=f"{self.where}, {key}", next_step=next_step)


def _check_party(instrument: Instrument, party: Party, place: _Place) -> None:
    days = {key: day for key in _ACTS if (day := getattr(party, key)) is not None}
    for key, day in days.items():
        if instrument.opened and day < instrument.opened:
            raise place.error(key, f"{day} lies before the instrument opened ({instrument.opened}).", "Correct one of the two dates.")
        if key in _START and instrument.entry_into_force and day < instrument.entry_into_force:
            raise place.error(
                key,
                f"{day} lies before the instrument itself entered into force ({instrument.entry_into_force}).",
                "Correct one of the two dates.",
            )
    _check_status(party, place)
    _check_bounds(days, place)
    _check_end(party, place)


def _check_status(party: Party, place: _Place) -> None:
    may_bind = (*_BINDING, Status.RATIFIED, Status.CONCLUDED)
    for key in ("in_force", "in_force_not_later_than"):
        if getattr(party, key) and party.status not in may_bind:
            raise place.error(key, f"A State whose status is `{party.status}` cannot be bound.", "Correct the status or remove the date.")
    if (party.status is Status.WITHDRAWN) != (party.withdrawn is not None):
        raise place.error(
            "withdrawn", "The status `withdrawn` and the day `withdrawn` go together.", "Add the missing one or remove the other."
        )


def _check_bounds(days: Mapping[str, date], place: _Place) -> None:
    in_force, earliest, latest = (days.get(key) for key in _START)
    if earliest and latest and earliest > latest:
        raise place.error("in_force_not_earlier_than", f"The bounds overlap: {earliest} is later than {latest}.", "Swap or correct them.")
    if in_force and ((earliest and in_force < earliest) or (latest and in_force > latest)):
        raise place.error("in_force", f"{in_force} lies outside its own bounds.", "Remove the bound or correct the day.")


def _check_end(party: Party, place: _Place) -> None:
    start = party.in_force or party.in_force_not_earlier_than
    if party.withdrawn and start and party.withdrawn <= start:
        raise place.error(
            "withdrawn", f"Withdrawn on {party.withdrawn}, before it was in force ({start}).", "Correct one of the two dates."
        )
    if party.withdrawn_not_later_than and (not party.withdrawn or party.withdrawn_not_later_than < party.withdrawn):
        raise place.error("withdrawn_not_later_than", "This bound needs an earlier day `withdrawn`.", "Add or correct `withdrawn`.")
    if bool(party.suspended_with) != bool(party.suspended_from):
        raise place.error("suspended_from", "A suspension needs both `suspended_with` and `suspended_from`.", "Add the missing one.")


def _check_declarations(instrument: Instrument, file: str) -> None:
    articles = {provision.article for provision in instrument.provisions}
    for number, made in enumerate(instrument.declarations, start=1):
        where = f"{file}, declaration {number} ({made.state})"
        if made.state not in instrument.parties:
            raise LawDataError(
                f"{made.state} has no `party` table here.",
                where=f"{where}, state",
                next_step="Add its [[party]] or remove the declaration.",
            )
        if made.effect == "not-towards" and not made.towards:
            raise LawDataError("It does not say towards whom.", where=f"{where}, towards", next_step="Name the States in `towards`.")
        lost = [article for article in made.articles if article not in articles]
        if made.effect == "article-off" and (lost or not made.articles):
            raise LawDataError(
                f"No provision here has the article {', '.join(lost) or '(none named)'}.",
                where=f"{where}, articles",
                next_step="Name articles of this file's provisions.",
            )


def _check_base(instrument: Instrument, instruments: Instruments, file: str) -> None:
    base = instruments.get(instrument.base) if instrument.base else None
    if instrument.base and base is None:
        raise LawDataError(
            f"There is no instrument “{instrument.base}”.", where=f"{file}, amends", next_step="Name an instrument of the register."
        )
    for number, provision in enumerate(instrument.provisions, start=1):
        where = f"{file}, provision {number} ({provision.article})"
        if provision.replaces_article:
            _check_replaces(provision, base, where)
        for key, protocol in (("added_by", provision.added_by), ("amended_by", provision.amended_by)):
            if protocol and (protocol not in instruments or instruments[protocol].base != instrument.id):
                raise LawDataError(
                    f"“{protocol}” is no protocol to {instrument.id}.",
                    where=f"{where}, {key}",
                    next_step="Name an instrument that amends this one.",
                )


def _check_replaces(provision: Provision, base: Instrument | None, where: str) -> None:
    known = {(other.article, other.topic) for other in base.provisions} if base else set()
    if (provision.replaces_article, provision.topic) not in known:
        raise LawDataError(
            f"The convention has no provision on `{provision.topic}` in article {provision.replaces_article}.",
            where=f"{where}, replaces_article",
            next_step="Name the article of a provision on the same topic.",
        )


def _check_relations(instrument: Instrument, instruments: Instruments, targets: Iterable[str], file: str) -> None:
    known = set(targets)
    for number, relation in enumerate(instrument.relations, start=1):
        where = f"{file}, relation {number} ({relation.target}), target"
        if relation.target not in known:
            raise LawDataError(
                f"There is no instrument or document “{relation.target}”.",
                where=where,
                next_step=f"Known besides ids are: {', '.join(FREE_TARGETS)}.",
            )
        inverse = next((active for active, passive in INVERSE.items() if passive == relation.type), None)
        if inverse and inverse not in _types(instruments, relation.target, instrument.id):
            raise LawDataError(
                f"{relation.target} does not say that it {inverse} {instrument.id}.",
                where=where,
                next_step="Write the relation there too; the engine reads that one.",
            )


def _types(instruments: Instruments, source: str, target: str) -> Iterator[str]:
    found = instruments.get(InstrumentId(source))
    return (relation.type for relation in found.relations if relation.target == target) if found else iter(())


def check_questions(questions: Iterable[Question], instruments: Instruments, file: str) -> None:
    """Questions are about instruments of the register, and end after they begin."""
    for number, question in enumerate(questions, start=1):
        where = f"{file}, question {number} ({question.id})"
        for name in question.instruments:
            if name not in instruments:
                raise LawDataError(
                    f"There is no instrument “{name}”.", where=f"{where}, instruments", next_step="Name instruments of the register."
                )
        if question.since and question.until and question.until <= question.since:
            raise LawDataError("It ends before it begins.", where=f"{where}, until", next_step="Correct `since` or `until`.")
        if not question.states and not question.pairs:
            raise LawDataError("It names no State.", where=f"{where}, states", next_step="Name `states` or `pairs`.")


def unique(rows: Iterable[tuple[K, str, V]], what: str) -> dict[K, V]:
    """Rows of (id, where, value) by id; an id used twice is an error naming both places."""
    found: dict[K, V] = {}
    places: dict[K, str] = {}
    for name, where, value in rows:
        if name in found:
            raise LawDataError(
                f"The {what} “{name}” stands twice: also in {places[name]}.", where=where, next_step="Rename or remove one of them."
            )
        found[name], places[name] = value, where
    return found
