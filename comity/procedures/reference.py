"""The reference page of the procedures, written from the procedures themselves.

    python -m comity.procedures.reference > docs/procedures.md

A test compares the page with what this module writes, so the page cannot lie.
"""

import sys
from collections.abc import Iterable, Iterator

from comity.procedures.model import Action, Clock, Field, Note, Procedure
from comity.procedures.registry import procedures

INTRODUCTION = """\
# Procedures

What may happen in a matter, kind by kind. This page is written from the files in `comity/procedures/kinds/` by
`python -m comity.procedures.reference`; a test compares the two.

In every state exactly one role holds the file, and only its moves change the state. Notes may be added by the roles named, at any time they
are offered, and change nothing. *Approval* means that one person drafts and another seals. *Checklist* means that the contents which the
applicable instruments require must be there; *safeguards*, that a risk found on an absolute human-rights check bars the move; *after*, that
the move answers a note of the other side and is open only where that note was written and its author has made no move since. A clock's term
comes from the law register; a *target* is a service target, not law.

To add a kind, add a file to `comity/procedures/kinds/` that declares a `Procedure`. It is checked when it is loaded: a state with two
holders, a move by a non-holder, an unreachable state, a dead end, a field that nobody asks and the like are refused with the reason.
Once matters have been opened under a version, it is never changed: a new version is declared beside it.
"""


def diagram(procedure: Procedure) -> str:
    """The states and moves as a Mermaid state diagram; under each state its holder."""
    lines = ["stateDiagram-v2", f"    [*] --> {_id(procedure.initial)}"]
    for state in procedure.states:
        label = state.label if state.holder is None else f"{state.label} ({state.holder})"
        lines.append(f'    state "{label}" as {_id(state.name)}')
    for move in procedure.moves:
        lines.extend(f"    {_id(name)} --> {_id(move.to)}: {move.label}" for name in move.at)
    lines.extend(f"    {_id(state.name)} --> [*]" for state in procedure.states if state.terminal)
    return "\n".join(lines)


def reference(procedure: Procedure) -> str:
    """The section of one procedure, in Markdown."""
    return "\n".join(_section(procedure))


def page() -> str:
    """The whole page."""
    return "\n".join((INTRODUCTION, *(reference(one) for one in procedures())))


def _id(name: str) -> str:
    return name.replace("-", "_")


def _section(procedure: Procedure) -> Iterator[str]:
    yield f"## {procedure.title}"
    yield ""
    law = f"law register kind `{procedure.law_kind}`" if procedure.law_kind else "no kind of the law register"
    yield f"`{procedure.name}`, version {procedure.version}, {law}. {procedure.summary}"
    yield ""
    roles = (f"{role.name} ({role.label}{', many' if role.many else ''})" for role in procedure.roles)
    yield f"Roles: {', '.join(roles)}."
    yield ""
    yield f"```mermaid\n{diagram(procedure)}\n```"
    yield ""
    yield from _table("State|Holder|What is awaited", ((s.label, s.holder or "nobody: the end", s.waiting) for s in procedure.states))
    moves = ((f"`{m.act}` {m.label}", m.by, ", ".join(m.at), m.to, _fields(m), _marks(m)) for m in procedure.moves)
    yield from _table("Move|By|From|To|Asks (may add)|", moves)
    notes = ((f"`{n.act}` {n.label}", ", ".join(n.by), ", ".join(n.at) or "always", _fields(n), _marks(n)) for n in procedure.notes)
    yield from _table("Note|By|Offered at|Asks (may add)|", notes)
    yield from _table("Clock|From|Until|Term|If it ends", (_clock(clock) for clock in procedure.clocks))
    yield from _table("Field|Kind|Answers in the register|Why", (row for field in procedure.fields for row in _rows(field)))


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    names = head.split("|")
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    yield from (f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)
    yield ""


def _fields(action: Action) -> str:
    asks, may = ", ".join(action.asks), ", ".join(action.may)
    return " ".join(filter(None, (asks, f"({may})" if may else "")))


def _marks(action: Action) -> str:
    marks = ["approval"] if action.approval else []
    if not isinstance(action, Note):
        marks += [name for name, on in (("checklist", action.checklist), ("safeguards", action.safeguards)) if on]
        marks += [f"after `{act}`" for act in action.after]
    return ", ".join(marks)


def _clock(clock: Clock) -> tuple[str, ...]:
    start = " or ".join(f"`{act}`" for act in clock.starts) + (f", {clock.start_field}" if clock.start_field else "")
    terms = [f"law: {', '.join(clock.topics)}"] if clock.topics else []
    terms += [f"the day in {clock.ends_field}"] if clock.ends_field else []
    terms += [f"target of {clock.target_days} days"] if clock.target_days else []
    standing = f"{', '.join(f'`{act}`' for act in clock.stands_from)} until {', '.join(f'`{act}`' for act in clock.stands_until)}"
    terms += [f"the target stands from {standing}"] if clock.stands_from and clock.target_days else []
    terms += [f"extended by {', '.join(f'`{act}`' for act in clock.extended_by)}"] if clock.extended_by else []
    return clock.label, start, ", ".join(f"`{act}`" for act in clock.stops), "; ".join(terms) or "none", clock.consequence


def _rows(field: Field, prefix: str = "") -> Iterator[tuple[str, ...]]:
    yield f"`{prefix}{field.name}` {field.label}", str(field.kind), ", ".join(field.meets), field.why
    for part in field.parts:
        yield from _rows(part, f"{field.name}.")


if __name__ == "__main__":
    sys.stdout.write(page())
