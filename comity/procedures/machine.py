"""The state of a matter, derived from its journal by the acts alone, so that a matter whose contents are erased still folds.

A move counts if its author plays the role that holds the file in that state; a note if its author's role may write it. Whatever else an
office did is kept as void. A matter of a kind this office does not know is kept whole: all its acts are notes.

Some moves answer a note (accept a withdrawal). Notes never change the state, so whether one was asked never decides whether the answer
counts: it decides what is offered and allowed here (`standing`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from comity.canonical import Value
from comity.identifiers import IdentifierError, OfficeId, office_id
from comity.journal import Entry, Event, Folded, Machine, Verdict, fold
from comity.procedures import registry
from comity.procedures.model import Move, Note, Procedure, State
from comity.words import _

Find = Callable[[str, int], Procedure | None]

UNKNOWN_KIND = State(
    "unknown-kind",
    label=_("Kind of matter not known here"),
    waiting=_("This office keeps and verifies the matter. To act in it, the office needs a newer release."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterState:
    """Where a matter stands. `procedure` is None where this office does not know the kind (or its opening cannot be read).

    `roles` says which offices play which role; `law` is the hash of the law release the matter is judged by. `asked`, which `fold_matter`
    fills in for the newest state, names the notes that stand and that a move may answer.
    """

    procedure: Procedure | None
    name: str
    version: int
    roles: Mapping[str, tuple[OfficeId, ...]]
    law: str
    state: State
    asked: frozenset[str] = frozenset()

    @property
    def over(self) -> bool:
        """Whether nothing more is awaited."""
        return self.procedure is not None and self.state.terminal

    @property
    def offices(self) -> tuple[OfficeId, ...]:
        """Every office that plays a role, in the order of the roles."""
        return tuple(dict.fromkeys(office for offices in self.roles.values() for office in offices))


def holder(state: MatterState) -> OfficeId | None:
    """The office on whose desk the file lies; None when the matter is over or of an unknown kind."""
    offices = state.roles.get(state.state.holder or "", ())
    return offices[0] if offices else None


def role_of(state: MatterState, office: OfficeId) -> str | None:
    """The role this office plays, or None."""
    return next((role for role, offices in state.roles.items() if office in offices), None)


def answers_nothing(state: MatterState, move: Move) -> bool:
    """Whether the move answers a note that nobody has written, or that its author has overtaken."""
    return bool(move.after) and state.asked.isdisjoint(move.after)


def opening(procedure: Procedure, roles: Mapping[str, tuple[OfficeId, ...]], law: str) -> dict[str, Value]:
    """The content of the `matter.opened/1` of a new matter. Holds no personal data."""
    return {
        "procedure": procedure.name,
        "version": procedure.version,
        "roles": {role: list(offices) for role, offices in roles.items()},
        "law": law,
    }


@dataclass(frozen=True, slots=True)
class ProcedureMachine:
    """What acts mean, for `journal.fold`. `find` gives the procedure of a name and version, or None."""

    find: Find = registry.procedure

    def start(self, opened: Event) -> MatterState:
        """The state after `matter.opened/1`; of an unknown kind where the opening names none this office knows or gives roles wrongly."""
        return opened_state({} if opened.content is None else opened.content.value, self.find)

    def step(self, state: MatterState, event: Event) -> tuple[MatterState, Verdict]:
        """The state after one more event, and what became of it."""
        if state.procedure is None:
            return state, Verdict.NOTE
        action = state.procedure.action(event.header.act)
        role = role_of(state, event.header.office)
        match action:
            case Note() if role in action.by:
                return state, Verdict.NOTE
            case Move() if role == action.by and state.state.name in action.at:
                return replace(state, state=state.procedure.state(action.to)), Verdict.MOVE
            case _:
                return state, Verdict.VOID


def fold_matter(events: Sequence[Event], machine: Machine[MatterState] = ProcedureMachine()) -> Folded[MatterState]:
    """The matter that these events make, its newest state with the notes that stand; raises `FoldError` as `journal.fold` does."""
    found = fold(events, machine)
    return replace(found, state=replace(found.state, asked=standing(found.entries)))


def standing(entries: Iterable[Entry[MatterState]]) -> frozenset[str]:
    """The notes that a move may answer: a wish stands until who has it goes on with a move of its own."""
    found: dict[str, OfficeId] = {}
    for entry in entries:
        header, procedure = entry.event.header, entry.state.procedure
        if entry.verdict is Verdict.MOVE:
            found = {act: author for act, author in found.items() if author != header.office}
        elif entry.verdict is Verdict.NOTE and procedure and any(header.act in move.after for move in procedure.moves):
            found[header.act] = header.office
    return frozenset(found)


def opened_state(value: Mapping[str, Value], find: Find = registry.procedure) -> MatterState:
    """The first state of a matter opened with this content."""
    name, version = _text(value.get("procedure")), value.get("version")
    number = version if isinstance(version, int) else 0
    roles = _roles(value.get("roles"))
    procedure = find(name, number)
    if procedure is not None and not _fits(procedure, roles):
        procedure = None
    return MatterState(
        procedure=procedure,
        name=name,
        version=number,
        roles=MappingProxyType(roles),
        law=_text(value.get("law")),
        state=procedure.state(procedure.initial) if procedure else UNKNOWN_KIND,
    )


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _roles(value: Value) -> dict[str, tuple[OfficeId, ...]]:
    if not isinstance(value, Mapping):
        return {}
    return {role: _offices(offices) for role, offices in value.items()}


def _offices(value: Value) -> tuple[OfficeId, ...]:
    if not isinstance(value, list | tuple):
        return ()
    try:
        return tuple(office_id(_text(one)) for one in value)
    except IdentifierError:
        return ()


def _fits(procedure: Procedure, roles: Mapping[str, tuple[OfficeId, ...]]) -> bool:
    """Whether every role is played, each by one office unless many may play it, and no office plays two."""
    offices = [office for played in roles.values() for office in played]
    return (
        set(roles) == {role.name for role in procedure.roles}
        and all(len(roles[role.name]) == 1 or (role.many and roles[role.name]) for role in procedure.roles)
        and len(set(offices)) == len(offices)
    )
