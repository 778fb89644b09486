"""The static check of a procedure: what it proves holds in every run, whatever the network does.

1. Names are unique and acts have the form `request.sent/1`.
2. One holder: every state names one role at most, played by one office; only that role's moves leave it.
3. No state is unreachable, and from every state the end can be reached.
4. Notes never change the state: no act is both a note and a move.
5. Every field is asked by some act, every act asks fields there are, and conditions refer to what is asked with them.
6. Clocks refer to acts, states and dates there are.
7. A move that answers a note answers one that another role can have written by then, and no way to the end depends on it.
8. What needs the law (checklists, grounds, human-rights checks) stands only in a kind the register knows.
"""

import re
from collections.abc import Iterable, Iterator

from comity.errors import ComityError
from comity.procedures.model import Action, Clock, Field, Kind, Move, Note, Procedure, State

_ACT = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+/[1-9][0-9]*")
_COMPOSITE = {Kind.PERSON, Kind.PERSONS, Kind.OFFENCES}
_BY_CHOICE = {Kind.CHOICE, Kind.CHOICES}
_OF_THE_LAW = {Kind.GROUND, Kind.CHECKS, Kind.INSTRUMENTS}


class ProcedureError(ComityError):
    """A procedure that could break its promise; `faults` are whole sentences, all of them."""

    def __init__(self, procedure: Procedure, faults: tuple[str, ...]) -> None:
        super().__init__(" ".join(faults), where=f"{procedure.name}/{procedure.version}", next_step="Mend the file of this kind.")
        self.faults = faults


def check(procedure: Procedure) -> Procedure:
    """The procedure itself; raises `ProcedureError` with every fault found."""
    found = tuple(dict.fromkeys(faults(procedure)))
    if found:
        raise ProcedureError(procedure, found)
    return procedure


def faults(procedure: Procedure) -> Iterator[str]:
    """Every fault, one sentence each."""
    names = tuple(_names(procedure))
    yield from names
    references = tuple(_references(procedure))
    yield from references
    yield from _fields(procedure)
    if not names and not references:
        yield from _one_holder(procedure)
        yield from _ways(procedure)
        yield from _answers(procedure)
        yield from _clocks(procedure)
        yield from _law(procedure)


# 1 Names


def _names(procedure: Procedure) -> Iterator[str]:
    for state in _twice(procedure.states):
        holders = {str(other.holder) for other in procedure.states if other.name == state}
        yield f"State “{state}” has two holders." if len(holders) > 1 else f"State “{state}” is declared twice."
    for what, items in (("Role", procedure.roles), ("Field", procedure.fields), ("Clock", procedure.clocks)):
        yield from (f"{what} “{name}” is declared twice." for name in _twice(items))
    yield from _acts(procedure)
    if not any(field.name == procedure.subject for field in procedure.fields):
        yield f"The subject “{procedure.subject}” is no field."


def _twice(items: Iterable[State | Field | Clock | object]) -> Iterator[str]:
    names = [str(getattr(item, "name", "")) for item in items]
    return (name for name in dict.fromkeys(names) if names.count(name) > 1)


def _acts(procedure: Procedure) -> Iterator[str]:
    moves, notes = [move.act for move in procedure.moves], [note.act for note in procedure.notes]
    for act in dict.fromkeys(moves + notes):
        if not _ACT.fullmatch(act):
            yield f"Act “{act}” has not the form “request.sent/1”."
        if act in moves and act in notes:
            yield f"Note “{act}” would change the state: it is also a move."  # 4
        elif (moves + notes).count(act) > 1:
            yield f"Act “{act}” is declared twice."
    for action in procedure.actions:
        if not action.label or "{office}" not in action.done:
            yield f"Act “{action.act}” needs a label, and a sentence with {{office}} for the record."


# References to what there is


def _references(procedure: Procedure) -> Iterator[str]:
    roles = {role.name for role in procedure.roles}
    states = {state.name for state in procedure.states}
    if procedure.initial not in states:
        yield f"The initial state “{procedure.initial}” is unknown."
    for state in procedure.states:
        if state.holder is not None and state.holder not in roles:
            yield f"State “{state.name}” is held by the unknown role “{state.holder}”."
    for action in procedure.actions:
        yield from (f"Act “{action.act}” is done by the unknown role “{name}”." for name in _by(action) if name not in roles)
        named = (*action.at, action.to) if isinstance(action, Move) else action.at
        yield from (f"Act “{action.act}” names the unknown state “{name}”." for name in named if name not in states)
        yield from _asked(procedure, action)
    for role in sorted(roles - {name for action in procedure.actions for name in _by(action)}):
        yield f"Role “{role}” can do nothing."


def _by(action: Action) -> tuple[str, ...]:
    return action.by if isinstance(action, Note) else (action.by,)


def _asked(procedure: Procedure, action: Action) -> Iterator[str]:
    known = {field.name: field for field in procedure.fields}
    names = (*action.asks, *action.may)
    for name in dict.fromkeys(names):
        if name not in known:
            yield f"Act “{action.act}” asks the unknown field “{name}”."
        elif names.count(name) > 1:
            yield f"Act “{action.act}” asks the field “{name}” twice."
        elif (condition := known[name].when) and condition.field not in names:
            yield f"Act “{action.act}” asks the field “{name}” but not “{condition.field}”, on which it depends."


# 2 One holder


def _one_holder(procedure: Procedure) -> Iterator[str]:
    for state in procedure.states:
        if state.holder is not None and procedure.role(state.holder).many:
            yield f"State “{state.name}” is held by “{state.holder}”, which many offices play: the file would lie on many desks."
    for move in procedure.moves:
        for name in move.at:
            holder = procedure.state(name).holder
            if holder is None:
                yield f"Move “{move.act}” leaves the state “{name}”, which is the end."
            elif holder != move.by:
                yield f"Move “{move.act}” by “{move.by}” changes the state “{name}”, which “{holder}” holds."


# 3 Ways through


def _ways(procedure: Procedure) -> Iterator[str]:
    reached = _closure({procedure.initial}, _onward(procedure.states, procedure.moves))
    unasked = _onward(procedure.states, [move for move in procedure.moves if not move.after])
    backward = {name: {before for before, after in unasked.items() if name in after} for name in unasked}
    ending = _closure({state.name for state in procedure.states if state.terminal}, backward)
    for state in procedure.states:
        if state.name not in reached:
            yield f"State “{state.name}” cannot be reached."
        if state.name not in ending:
            yield f"State “{state.name}” is a dead end: no way leads from it to an end."
    yield from (f"Move “{move.act}” starts nowhere." for move in procedure.moves if not move.at)


def _onward(states: Iterable[State], moves: Iterable[Move]) -> dict[str, set[str]]:
    onward: dict[str, set[str]] = {state.name: set() for state in states}
    for move in moves:
        for name in move.at:
            onward[name].add(move.to)
    return onward


def _closure(start: set[str], onward: dict[str, set[str]]) -> set[str]:
    found, edge = set(start), set(start)
    while edge:
        edge = {after for name in edge for after in onward[name]} - found
        found |= edge
    return found


# 5 Fields


def _fields(procedure: Procedure) -> Iterator[str]:
    asked = {name for action in procedure.actions for name in (*action.asks, *action.may)}
    for field in procedure.fields:
        if field.name not in asked:
            yield f"Field “{field.name}” is asked by nobody."
        yield from _field(field)
        if field.when and not any(other.name == field.when.field for other in procedure.fields):
            yield f"Field “{field.name}” depends on the unknown field “{field.when.field}”."


def _field(field: Field) -> Iterator[str]:
    if not field.label or not field.why:
        yield f"Field “{field.name}” needs a label and a reason."
    if field.kind in _BY_CHOICE and not field.choices:
        yield f"Field “{field.name}” offers nothing to choose."
    if (field.kind in _COMPOSITE) != bool(field.parts):
        yield f"Field “{field.name}” has parts where its kind has none, or none where it needs them."
    for part in field.parts:
        yield from _field(part)
    yield from (f"Part “{name}” of the field “{field.name}” is declared twice." for name in _twice(field.parts))


# 6 Clocks


SIDES = ("requesting", "requested")


def _clocks(procedure: Procedure) -> Iterator[str]:
    states = {state.name for state in procedure.states}
    for clock in procedure.clocks:
        if not clock.starts or not clock.stops:
            yield f"Clock “{clock.name}” never starts or never stops."
        for act in (*clock.starts, *clock.stops, *clock.stands_from, *clock.stands_until, *clock.extended_by):
            if procedure.action(act) is None:
                yield f"Clock “{clock.name}” waits for the unknown act “{act}”."
        yield from (f"Clock “{clock.name}” runs in the unknown state “{name}”." for name in clock.states if name not in states)
        yield from (fault for name in (clock.start_field, clock.ends_field) if name for fault in _clock_field(procedure, clock, name))
        if clock.target_days is not None and clock.target_days < 1:
            yield f"Clock “{clock.name}” has a target of less than a day."
        if bool(clock.stands_from) != bool(clock.stands_until):
            yield f"Clock “{clock.name}” stands and never runs again, or the other way round."
        if clock.runs_in not in SIDES:
            yield f"Clock “{clock.name}” runs by the days of “{clock.runs_in}”, which is neither side of a request."


def _clock_field(procedure: Procedure, clock: Clock, name: str) -> Iterator[str]:
    field = next((field for field in procedure.fields if field.name == name), None)
    if field is None:
        yield f"Clock “{clock.name}” reads the unknown field “{name}”."
    elif field.kind is not Kind.DATE:
        yield f"Clock “{clock.name}” reads “{name}”, which is not a date."
    else:
        for act in clock.starts:
            action = procedure.action(act)
            if action is not None and name not in (*action.asks, *action.may):
                yield f"Clock “{clock.name}” reads “{name}”, which “{act}” does not ask."


# 7 Answers to notes


def _answers(procedure: Procedure) -> Iterator[str]:
    onward = _onward(procedure.states, procedure.moves)
    notes = {note.act: note for note in procedure.notes}
    for move in procedure.moves:
        for name in move.after:
            if name not in notes:
                yield f"Move “{move.act}” answers the unknown note “{name}”."
            else:
                yield from _answer(move, notes[name], onward)


def _answer(move: Move, note: Note, onward: dict[str, set[str]]) -> Iterator[str]:
    if move.by in note.by:
        yield f"Move “{move.act}” answers “{note.act}”, which its own author writes."
    written = _closure(set(note.at), onward) if note.at else set(onward)
    for name in move.at:
        if name not in written:
            yield f"Move “{move.act}” starts at “{name}”, where “{note.act}” cannot have been written yet."


# 8 The law


def _law(procedure: Procedure) -> Iterator[str]:
    kinds = {field.name: field.kind for field in procedure.fields}
    for move in procedure.moves:
        if move.safeguards and not any(kinds[name] is Kind.CHECKS for name in move.asks):
            yield f"Move “{move.act}” has safeguards but does not ask the human-rights checks."
        if move.checklist and procedure.law_kind is None:
            yield f"Move “{move.act}” follows the law's checklist, but the procedure has no kind of the register."
    for name, kind in kinds.items():
        if kind in _OF_THE_LAW and procedure.law_kind is None:
            yield f"Field “{name}” takes its answers from the law, but the procedure has no kind of the register."
