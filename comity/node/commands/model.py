"""Who acts in an office, what comes of it, and why the office itself says no."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from comity.canonical import Value
from comity.errors import ComityError
from comity.exchange import papers_in
from comity.identifiers import MatterId
from comity.journal import Content, SealedEvent
from comity.journal.event import SALT_SIZE
from comity.node.office import Office
from comity.node.roles import Action, Role, may
from comity.procedures import Refusal
from comity.procedures.sentence import sentence
from comity.words import _

NONE_YET = "none"
"""What stands for “we had written nothing yet” where a command is told the newest event a person had before their eyes."""
NOT_YOUR_ROLE = _("Your role in this office does not include this.")
ERASED = "content.erased/1"
NOTE_KEPT = "note.kept/1"
ASSIGNED = "matter.assigned/1"

# Acts that ask for another permission than the usual one.
PERMISSION = {
    "request.registered/1": Action.REGISTER,
    "paper.added/1": Action.ADD_TRANSLATION,
    NOTE_KEPT: Action.KEEP_NOTE,
    ASSIGNED: Action.ASSIGN,
}
INTERNAL_ACTS = frozenset({NOTE_KEPT, ASSIGNED})


class Stop(StrEnum):
    """Why the office itself does not let a person do something; stable codes beside those of `procedures.No`."""

    ROLE = "role"
    FOUR_EYES = "four-eyes"
    STALE_DRAFT = "stale-draft"
    STALE_MATTER = "stale-matter"
    DRAFT_STATE = "draft-state"
    NOT_YOUR_DRAFT = "not-your-draft"
    APPROVAL_NEEDED = "approval-needed"
    REASON_MISSING = "reason-missing"
    NOT_ERASABLE = "not-erasable"
    LETTER = "letter"
    BAD_DRAFT = "bad-draft"
    UNKNOWN_OFFICE = "unknown-office"
    PAPER_MISSING = "paper-missing"
    BAD_NOTE = "bad-note"
    BAD_CONFIRMATION = "bad-confirmation"
    NOT_CONFIRMED = "not-confirmed"


class CommandError(ComityError):
    """A command that names something that is not there (a matter, a draft, an event)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: the account's id, what the office lets it do, and its unit."""

    user: str
    roles: frozenset[Role]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was written: the sealed events, in order; empty for what stays inside the office."""

    matter: MatterId
    events: tuple[SealedEvent, ...] = ()


Result = Done | Refusal


def not_allowed(actor: Actor, action: Action) -> Refusal | None:
    """The refusal for an actor whose roles do not include the action, or None."""
    if may(actor.roles, action):
        return None
    return Refusal(ground=Stop.ROLE, words=sentence(NOT_YOUR_ROLE))


def stale_draft() -> Refusal:
    """The refusal of what was decided on another revision than the one that stands."""
    words = _("This draft was changed after you opened it. Read it again before you go on.")
    return Refusal(ground=Stop.STALE_DRAFT, words=sentence(words))


def papers_missing(office: Office, content: Mapping[str, Value]) -> Refusal | None:
    """The refusal of a content that names a paper which is not here: it could be neither read nor sent."""
    for paper in papers_in(Content(salt=bytes(SALT_SIZE), value=dict(content))):
        if not office.files.has(paper.root):
            words = _("The paper “{title}” is not here. Upload it again.")
            return Refusal(ground=Stop.PAPER_MISSING, words=sentence(words, title=paper.title))
    return None


def reason_missing(words: str) -> Refusal:
    """The refusal of what is done only for a stated reason."""
    return Refusal(ground=Stop.REASON_MISSING, words=sentence(words), field="reason")
