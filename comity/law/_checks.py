"""What must hold across tables of the register: dates in order, targets that exist, protocols that fit their convention.

Each fault names file, table and key, and what to do. Keys that were faulty already are not compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from comity.identifiers import InstrumentId
from comity.law._facts import NOBODY, Placed
from comity.law._table import RAISED, Faults, Table
from comity.law.faults import Fault
from comity.law.model import Declaration, Instrument, Party, Provision, Question, Relation, Status
from comity.words import _

K = TypeVar("K", bound=str)
V = TypeVar("V")
FREE_TARGETS = ("bilateral", "any-mla-treaty", "any-extradition-treaty")
"""What a relation may point at besides an instrument and a document."""
INVERSE = {"supersedes": "superseded-by", "replaces": "replaced-by"}
_START = ("in_force", "in_force_not_earlier_than", "in_force_not_later_than")
_BOUND = ("in_force", "in_force_not_later_than")
_ACTS = ("signed", "ratified", "deposited", *_START, "withdrawn", "suspended_from")
_BINDING = (Status.PARTY, Status.WITHDRAWN)
TWICE = {
    "instrument": _("The instrument “{name}” stands twice: also in {place}."),
    "document": _("The document “{name}” stands twice: also in {place}."),
    "question": _("The question “{name}” stands twice: also in {place}."),
    "check": _("The check “{name}” stands twice: also in {place}."),
    "word": _("The word “{name}” stands twice: also in {place}."),
    "field": _("The field “{name}” stands twice: also in {place}."),
    "State's own law": _("The own law of “{name}” stands twice: also in {place}."),
    "calendar of": _("The calendar of “{name}” stands twice: also in {place}."),
    "term": _("The term “{name}” stands twice: also in {place}."),
}
"""What to say of an id used twice, by what it is the id of."""
_CORRECT = _("Correct one of the two dates.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What may be pointed at: the instruments read, and ids of files that could not be read whole."""

    instruments: Mapping[InstrumentId, Instrument]
    documents: frozenset[str]
    claimed: frozenset[str] = frozenset()

    def holds(self, name: str) -> bool:
        """Whether there is such an instrument or document, or a file that claims to be it."""
        return name in self.instruments or name in self.documents or name in self.claimed


def check_instruments(placed: Iterable[Placed], known: Known) -> None:
    """Everything that one instrument, and instruments together, must keep."""
    for each in placed:
        _check_dates(each)
        for table, party in each.parties:
            _check_party(each.instrument, party, table)
        for table, made in each.declarations:
            _check_declaration(each.instrument, made, table)
        _check_base(each, known)
        for table, provision in each.provisions:
            _check_provision(each.instrument, provision, table, known)
        for table, relation in each.relations:
            _check_relation(each.instrument, relation, table, known)


def _check_dates(placed: Placed) -> None:
    read = placed.instrument
    if read.opened and read.entry_into_force and read.entry_into_force < read.opened:
        placed.table.fault(
            "entry_into_force",
            _("{day} lies before the instrument opened ({other})."),
            _CORRECT,
            day=read.entry_into_force,
            other=read.opened,
        )


def _check_party(instrument: Instrument, party: Party, table: Table) -> None:
    days = {key: day for key in _ACTS if (day := getattr(party, key)) is not None}
    for key, day in days.items():
        if instrument.opened and day < instrument.opened:
            table.fault(key, _("{day} lies before the instrument opened ({other})."), _CORRECT, day=day, other=instrument.opened)
        elif key in _START and instrument.entry_into_force and day < instrument.entry_into_force:
            table.fault(
                key,
                _("{day} lies before the instrument itself entered into force ({other})."),
                _CORRECT,
                day=day,
                other=instrument.entry_into_force,
            )
    _check_acts(days, table)
    _check_status(party, table)
    _check_bounds(days, table)
    _check_end(party, table)
    _check_suspension(party, table)


def _check_acts(days: Mapping[str, date], table: Table) -> None:
    """A State is bound after it signed and after it deposited, never before."""
    for key in _BOUND:
        for act in ("signed", "deposited"):
            if key in days and act in days and days[key] < days[act] and table.sound(key):
                table.fault(key, _("{day} lies before `{act}` ({other})."), _CORRECT, day=days[key], act=act, other=days[act])


def _check_status(party: Party, table: Table) -> None:
    if not table.sound("status"):
        return
    may_bind = (*_BINDING, Status.RATIFIED, Status.CONCLUDED)
    for key in _BOUND:
        if getattr(party, key) and party.status not in may_bind:
            table.fault(
                key,
                _("A State whose status is `{status}` cannot be bound."),
                _("Correct the status or remove the date."),
                status=party.status,
            )
    if table.sound("withdrawn") and (party.status is Status.WITHDRAWN) != (party.withdrawn is not None):
        table.fault(
            "withdrawn", _("The status `withdrawn` and the day `withdrawn` go together."), _("Add the missing one or remove the other.")
        )


def _check_bounds(days: Mapping[str, date], table: Table) -> None:
    in_force, earliest, latest = (days.get(key) for key in _START)
    _bounds(table, "in_force", in_force, earliest, latest)


def _bounds(table: Table, key: str, day: date | None, earliest: date | None, latest: date | None) -> None:
    if earliest and latest and earliest > latest:
        table.fault(
            f"{key}_not_earlier_than",
            _("The bounds overlap: {earliest} is later than {latest}."),
            _("Swap or correct them."),
            earliest=earliest,
            latest=latest,
        )
    elif day and ((earliest and day < earliest) or (latest and day > latest)):
        table.fault(key, _("{day} lies outside its own bounds."), _("Remove the bound or correct the day."), day=day)


def _check_end(party: Party, table: Table) -> None:
    start = party.in_force or party.in_force_not_earlier_than
    if party.withdrawn and start and party.withdrawn <= start:
        table.fault("withdrawn", _("Withdrawn on {day}, before it was in force ({other})."), _CORRECT, day=party.withdrawn, other=start)
    if not table.sound("withdrawn", "withdrawn_not_later_than") or not party.withdrawn_not_later_than:
        return
    if not party.withdrawn or party.withdrawn_not_later_than < party.withdrawn:
        table.fault("withdrawn_not_later_than", _("This bound needs an earlier day `withdrawn`."), _("Add or correct `withdrawn`."))


def _check_suspension(party: Party, table: Table) -> None:
    if table.sound("suspended_with", "suspended_from") and bool(party.suspended_with) != bool(party.suspended_from):
        table.fault("suspended_from", _("A suspension needs both `suspended_with` and `suspended_from`."), _("Add the missing one."))
    if party.state in party.suspended_with:
        table.fault("suspended_with", _("A State does not suspend an instrument with itself."), _("Name the other States."))
    start = party.in_force or party.in_force_not_earlier_than
    if party.suspended_from and start and party.suspended_from < start:
        table.fault(
            "suspended_from", _("Suspended on {day}, before it was in force ({other})."), _CORRECT, day=party.suspended_from, other=start
        )
    end = party.suspended_until
    if table.sound("suspended_from") and end and (not party.suspended_from or end <= party.suspended_from):
        table.fault("suspended_until", _("This end needs an earlier day `suspended_from`."), _("Add or correct `suspended_from`."))
    if party.suspended_from and party.withdrawn and party.suspended_from >= party.withdrawn:
        table.fault(
            "suspended_from",
            _("Suspended on {day}, when it had left ({other})."),
            _CORRECT,
            day=party.suspended_from,
            other=party.withdrawn,
        )


def _check_declaration(instrument: Instrument, made: Declaration, table: Table) -> None:
    if made.state not in instrument.parties and made.state != NOBODY:
        table.fault("state", _("{state} has no `party` table here."), _("Add its [[party]] or remove the declaration."), state=made.state)
    if made.state in made.towards:
        table.fault("towards", _("A State declares nothing towards itself."), _("Name the other States."))
    if not table.sound("effect", "towards", "articles"):
        return
    if made.effect == "not-towards" and not made.towards:
        table.fault("towards", _("It does not say towards whom."), _("Name the States in `towards`."))
    articles = {provision.article for provision in instrument.provisions}
    lost = ", ".join(article for article in made.articles if article not in articles)
    if made.effect == "article-off" and lost:
        table.fault(
            "articles", _("No provision here has the article {articles}."), _("Name articles of this file's provisions."), articles=lost
        )
    if made.effect == "article-off" and not made.articles:
        table.fault("articles", _("It does not say which articles."), _("Name articles of this file's provisions."))


def _check_base(placed: Placed, known: Known) -> None:
    base = placed.instrument.base
    key = "amends" if placed.table.has("amends") else "protocol_to"
    if not placed.table.sound("amends", "protocol_to"):
        return
    if base and not known.holds(base):
        placed.table.fault(key, _("There is no instrument “{name}”."), _("Name an instrument of the register."), name=base)
    elif base and (round_about := _circle(placed.id, known.instruments)):
        placed.table.fault(
            key,
            _("The protocols amend each other in a circle: {circle}."),
            _("A protocol amends a convention that amends nothing."),
            circle=" → ".join(round_about),
        )


def _circle(name: InstrumentId, instruments: Mapping[InstrumentId, Instrument]) -> tuple[str, ...]:
    """The way from an instrument over its bases back to itself; empty where it ends."""
    way = [name]
    while (at := instruments.get(way[-1])) and at.base and at.base not in way[1:]:
        way.append(at.base)
        if at.base == name:
            return tuple(way)
    return ()


def _check_provision(instrument: Instrument, provision: Provision, table: Table, known: Known) -> None:
    base = known.instruments.get(instrument.base) if instrument.base else None
    if provision.replaces_article and table.sound("topic") and (base or not instrument.base):
        _check_replaces(provision, base, table)
    for key, protocol in (("added_by", provision.added_by), ("amended_by", provision.amended_by)):
        amends = known.instruments.get(protocol) if protocol else None
        if protocol and protocol not in known.claimed and (amends is None or amends.base != instrument.id):
            table.fault(
                key,
                _("“{name}” is no protocol to {convention}."),
                _("Name an instrument that amends this one."),
                name=protocol,
                convention=instrument.id,
            )


def _check_replaces(provision: Provision, base: Instrument | None, table: Table) -> None:
    held = {(other.article, other.topic) for other in base.provisions} if base else set()
    if (provision.replaces_article, provision.topic) not in held:
        table.fault(
            "replaces_article",
            _("The convention has no provision on `{topic}` in article {article}."),
            _("Name the article of a provision on the same topic."),
            topic=provision.topic,
            article=provision.replaces_article,
        )


def _check_relation(instrument: Instrument, relation: Relation, table: Table, known: Known) -> None:
    if not table.sound("target", "type"):
        return
    if relation.target not in FREE_TARGETS and not known.holds(relation.target):
        table.fault(
            "target",
            _("There is no instrument or document “{name}”."),
            _("Known besides ids are: {known}."),
            name=relation.target,
            known=", ".join(FREE_TARGETS),
        )
        return
    if relation.target == instrument.id:
        table.fault("target", _("An instrument stands in no relation to itself."), _("Name the other instrument."))
        return
    _check_both_sides(instrument, relation, table, known)


def _check_both_sides(instrument: Instrument, relation: Relation, table: Table, known: Known) -> None:
    """The newer instrument says that it displaces the older; no two displace each other, at once or in a circle."""
    back = _types(known.instruments, relation.target, instrument.id)
    inverse = next((active for active, passive in INVERSE.items() if passive == relation.type), None)
    if inverse and relation.target not in known.claimed and inverse not in back:
        table.fault(
            "target",
            _("{name} does not say that it {verb} {other}."),
            _("Write the relation there too; the engine reads that one."),
            name=relation.target,
            verb=inverse,
            other=instrument.id,
        )
    if relation.type in INVERSE and (way := _displaced(relation.target, instrument.id, known.instruments)):
        table.fault(
            "target",
            _("The instruments displace each other in a circle: {circle}."),
            _("Only the newer displaces the older: remove the relation that is wrong."),
            circle=" → ".join((instrument.id, *way)),
        )


def _displaced(start: str, goal: str, instruments: Mapping[InstrumentId, Instrument]) -> tuple[str, ...]:
    """The way from one instrument over those it displaces to another; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        held = instruments.get(InstrumentId(way[-1]))
        for relation in held.relations if held else ():
            if relation.type in INVERSE and relation.target not in seen:
                seen.add(relation.target)
                ways.append((*way, relation.target))
    return ()


def _types(instruments: Mapping[InstrumentId, Instrument], source: str, target: str) -> tuple[str, ...]:
    found = instruments.get(InstrumentId(source))
    return tuple(relation.type for relation in found.relations if relation.target == target) if found else ()


def check_questions(questions: Iterable[tuple[Table, Question]], known: Known) -> None:
    """Questions are about instruments of the register, and end after they begin."""
    for table, question in questions:
        for name in question.instruments:
            if not known.holds(name):
                table.fault("instruments", _("There is no instrument “{name}”."), _("Name instruments of the register."), name=name)
        if question.since and question.until and question.until <= question.since:
            table.fault("until", _("It ends before it begins."), _("Correct `since` or `until`."))
        if table.sound("states", "pairs") and not question.states and not question.pairs:
            table.fault("states", _("It names no State."), _("Name `states` or `pairs`."))


def check_span(table: Table, since: date | None, earliest: date | None, latest: date | None, until: date | None) -> None:
    """A State bound by a check: its bounds in order, and an end after the beginning."""
    _bounds(table, "since", since, earliest, latest)
    start = since or earliest
    if start and until and until <= start:
        table.fault("until", _("It ends before it begins."), _("Correct `since` or `until`."))


def unique(rows: Iterable[tuple[K, str, V]], what: str, faults: Faults = RAISED) -> dict[K, V]:
    """Rows of (id, file, value) by id; an id used twice is a fault naming both places. `what` is a key of `TWICE`."""
    found: dict[K, V] = {}
    places: dict[K, str] = {}
    for name, file, value in rows:
        if name in found:
            parts = {"name": name, "place": places[name]}
            faults.add(Fault(file=file, what=TWICE[what], next_step=_("Rename or remove one of them."), parts=parts))
        elif name:
            found[name], places[name] = value, file
    return found
