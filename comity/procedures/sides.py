"""What every kind between a requesting and a requested office has in the same words: its roles, its notes, its end by withdrawal."""

from comity.procedures.model import Note, Role, State
from comity.words import _

ROLES = (Role("requesting", _("Requesting State")), Role("requested", _("Requested State")))
BOTH = tuple(role.name for role in ROLES)

MESSAGE = Note(
    "message.written/1",
    label=_("Write a message"),
    done=_("{office} wrote a message"),
    by=BOTH,
    asks=("text",),
    may=("papers",),
)
PAPER_ADDED = Note(
    "paper.added/1",
    label=_("Add papers"),
    done=_("{office} added papers"),
    by=BOTH,
    asks=("papers",),
    may=("text",),
)
WITHDRAWN = State("withdrawn", label=_("Request withdrawn"))
