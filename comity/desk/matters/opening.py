"""How a matter can be opened: the first moves of every kind of matter."""

from dataclasses import dataclass

from comity.procedures import Move, Procedure, procedures

MOST_ASKED = "mla"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to open a matter: its kind, the first move, the role of the offices on the other side, and whether they may be many."""

    kind: Procedure
    move: Move
    counterpart: str
    many: bool

    @property
    def value(self) -> str:
        """Its name in a form."""
        return f"{self.kind.name}:{self.move.act}"


def openings() -> tuple[Choice, ...]:
    """Every first move of every kind in its newest version: requests to one office first, what is asked most before all."""
    found = (_choice(kind, move) for kind in procedures() for move in kind.moves if kind.initial in move.at)
    return tuple(sorted(found, key=lambda one: (one.many, one.kind.law_kind != MOST_ASKED)))


def _choice(kind: Procedure, move: Move) -> Choice:
    other = next(role for role in kind.roles if role.name != move.by)
    return Choice(kind=kind, move=move, counterpart=other.name, many=other.many)
