"""What people of an office may do to its journal. Besides reception, nothing else writes it.

A move on its way: may this person (roles, four eyes) → may this office, and is it complete (`procedures.decide`) → event → seal → one
transaction: event, view, outbox. A "no" comes back as a `Refusal` that names its ground; nothing is half-written.
"""

from comity.node.commands.confirming import Reading, confirm_fact, take_back_confirmation
from comity.node.commands.drafting import (
    approve_draft,
    discard_draft,
    draft_in,
    new_draft,
    return_draft,
    revise_draft,
    save_draft,
    submit_draft,
)
from comity.node.commands.model import ASSIGNED, ERASED, NONE_YET, NOT_YOUR_ROLE, NOTE_KEPT, Actor, CommandError, Done, Result, Stop
from comity.node.commands.moving import erase, make_move, make_notes, record
from comity.node.commands.reading import basis_of, basis_of_draft, find_draft, folded, kind_of, legal_basis, matter_state, state_for
from comity.node.commands.writing import seal_internal

__all__ = [
    "ASSIGNED",
    "ERASED",
    "NONE_YET",
    "NOTE_KEPT",
    "NOT_YOUR_ROLE",
    "Actor",
    "CommandError",
    "Done",
    "Reading",
    "Result",
    "Stop",
    "approve_draft",
    "basis_of",
    "basis_of_draft",
    "confirm_fact",
    "discard_draft",
    "draft_in",
    "erase",
    "find_draft",
    "folded",
    "kind_of",
    "legal_basis",
    "make_move",
    "make_notes",
    "matter_state",
    "new_draft",
    "record",
    "return_draft",
    "revise_draft",
    "save_draft",
    "seal_internal",
    "state_for",
    "submit_draft",
    "take_back_confirmation",
]
