"""What may happen next in a matter: pure values and functions over the journal's fold and the law's basis.

A kind of matter is one file in `kinds/`. `decide` says whether an act may be done, `ProcedureMachine` what the acts of a journal amount to.
"""

from comity.procedures.check import ProcedureError, check
from comity.procedures.checklist import Article, Missing, applies, missing
from comity.procedures.clocks import RunningClock, Term, clocks
from comity.procedures.engine import Accepted, No, OfferedGround, Refusal, decide, grounds, open_moves, open_notes
from comity.procedures.machine import (
    UNKNOWN_KIND,
    MatterState,
    ProcedureMachine,
    fold_matter,
    holder,
    opened_state,
    opening,
    role_of,
)
from comity.procedures.model import (
    UNKNOWN,
    Action,
    Answer,
    Choice,
    Clock,
    Condition,
    Field,
    Kind,
    Move,
    Note,
    Prefill,
    Procedure,
    Role,
    State,
)
from comity.procedures.reading import gathered, latest_of_each
from comity.procedures.registry import procedure, procedures
from comity.procedures.sentence import Sentence
from comity.procedures.values import Problem, given, problems

__all__ = [
    "UNKNOWN",
    "UNKNOWN_KIND",
    "Accepted",
    "Action",
    "Answer",
    "Article",
    "Choice",
    "Clock",
    "Condition",
    "Field",
    "Kind",
    "MatterState",
    "Missing",
    "Move",
    "No",
    "Note",
    "OfferedGround",
    "Prefill",
    "Problem",
    "Procedure",
    "ProcedureError",
    "ProcedureMachine",
    "Refusal",
    "Role",
    "RunningClock",
    "Sentence",
    "State",
    "Term",
    "applies",
    "check",
    "clocks",
    "decide",
    "fold_matter",
    "gathered",
    "given",
    "grounds",
    "holder",
    "latest_of_each",
    "missing",
    "open_moves",
    "open_notes",
    "opened_state",
    "opening",
    "problems",
    "procedure",
    "procedures",
    "role_of",
]
