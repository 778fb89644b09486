"""The shapes of what the API takes and gives. Everything taken is strict: no field guessed, none ignored."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

Text = Annotated[str, Field(max_length=200)]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}$")]


class Strict(Schema):
    """What a client sends."""

    model_config = ConfigDict(extra="forbid", strict=True)


class LoginIn(Strict):
    """A name and a password."""

    login: Text
    password: Annotated[str, Field(max_length=1000)]


class TokenOut(Schema):
    """What to send as `Authorization: Bearer …`."""

    token: str
    office: str
    roles: list[str]


class Problem(Schema):
    """Why not: a stable code, whole sentences, and where it helps the field, the article and what is missing."""

    code: str
    words: str
    field: str | None = None
    article: str | None = None
    missing: list["MissingOut"] = []


class MissingOut(Schema):
    """One item the law asks for that is not there yet."""

    field: str
    label: str
    article: str | None
    instrument: str
    citation: str
    confidence: str


class DraftIn(Strict):
    """A new draft: of the act that opens a matter (with procedure and counterparts), or of a further act in `matter`."""

    act: Text
    content: dict[str, Any] = {}
    matter: Text | None = None
    draft: Text | None = None
    """An id (UUIDv7) of the client's own choosing, so that asking twice drafts once."""
    new_matter: Text | None = None
    """The same for the matter that the draft opens."""
    procedure: Text | None = None
    own_role: Text = "requesting"
    counterparts: dict[str, list[str]] = {}
    offence_area: Text | None = None


class DraftSave(Strict):
    """A further revision of a draft; `revision` is the one that was read."""

    content: dict[str, Any]
    revision: int
    offence_area: Text | None = None


class DraftOut(Schema):
    """A draft as it stands, with what the law still asks for."""

    draft: str
    matter: str
    act: str
    status: str
    revision: int
    content: dict[str, Any]
    missing: list[MissingOut]


class Reason(Strict):
    """Why."""

    reason: Annotated[str, Field(max_length=10_000)]


class ReturnIn(Reason):
    """Why, and which revision was read."""

    revision: int


class ApproveIn(Strict):
    """Which revision was read."""

    revision: int


class ActIn(Strict):
    """A move or note, or an act of the internal strand."""

    act: Text
    content: dict[str, Any] = {}
    after: Text | None = None
    """The newest event of our own office that the person had before their eyes, or "none": what is sent twice is then done once."""


class ActOut(Schema):
    """What was written."""

    matter: str
    events: list[str]


class EventOut(Schema):
    """One event of a matter's journal. `content` is null when it was erased."""

    id: str
    office: str
    seq: int
    act: str
    at: str
    verdict: str
    state_after: str
    content: dict[str, Any] | None
    receipts: list[str]


class MoveOut(Schema):
    """What the office may do now."""

    act: str
    label: str
    to: str | None
    approval: bool


class ClockOut(Schema):
    """A term that runs. `latest` is later than `due` where a decree may still move days; `steps` tell the count."""

    name: str
    label: str
    citation: str
    consequence: str
    started_on: str
    due: str | None
    latest: str | None
    warn_on: str | None
    steps: list[str]
    article: str | None
    instrument: str | None
    confidence: str | None
    target: bool


class MatterOut(Schema):
    """A matter as both offices derive it from the journal they share."""

    matter: str
    procedure: str
    version: int
    roles: dict[str, list[str]]
    state: str
    state_label: str
    holder: str | None
    terminal: bool
    frozen: bool
    law: str
    events: list[EventOut]
    moves: list[MoveOut]
    notes: list[MoveOut]
    clocks: list[ClockOut]
    heads: dict[str, str]


class ProofStep(Schema):
    """One step of a check."""

    number: int
    name: str
    outcome: str
    event: str | None
    words: str


class ProofOut(Schema):
    """A check of a matter."""

    ok: bool
    steps: list[ProofStep]


class MatterLine(Schema):
    """A matter in a list."""

    matter: str
    procedure: str
    title: str
    state: str
    holder: str | None
    on_our_desk: bool


class PaperOut(Schema):
    """A paper as content names it; give this object back wherever a paper is asked for."""

    sha256: str
    size: int
    type: str
    title: str
    language: str
    root: str
    key: str


class OfficeOut(Schema):
    """This office and those it knows."""

    office: str
    state: str
    name: str
    law: str
    others: list[str]


class QueueOut(Schema):
    """What waits for one office, and since when it has not answered."""

    office: str
    waiting: int
    failures: int
    failing_since: str | None
    code: str | None
