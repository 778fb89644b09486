"""From a folded journal and its verification to the record of a matter: every event in order, with its proof.

The record shows what the two offices share, never an office's internal strand. An erased content is said to be; its event still stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from comity.documents import wording
from comity.documents.basis import LetterLaw
from comity.documents.items import Annexes, Writer, objects, papers, strings, title_of
from comity.documents.model import Item, MatterRecord, Office, OfficeName, RecordEntry, Text
from comity.identifiers import EventId, OfficeId
from comity.journal.event import Event
from comity.journal.fold import Entry, Folded
from comity.journal.report import Report
from comity.journal.seal import SealedEvent
from comity.law import Basis, Register
from comity.procedures.checklist import demanded
from comity.procedures.machine import MatterState, holder
from comity.procedures.model import Action, Procedure


def record_for(
    folded: Folded[MatterState],
    sealed: Mapping[EventId, SealedEvent],
    report: Report,
    *,
    register: Register,
    offices: Sequence[Office],
    author: Office,
    at: datetime,
    basis: Basis | None = None,
) -> MatterRecord:
    """The record of a matter as it stood at `at` (aware), made by `author`; `sealed` holds every event of `folded` with its placement.

    `offices` are those of the matter, `basis` that of the request, for the articles beside its contents. Raises KeyError where an
    event has no seal.
    """
    matter = folded.state
    annexes = Annexes.of(paper for entry in folded.entries for paper in _papers(matter.procedure, entry.event))
    opened = folded.entries[0].event
    held = holder(matter)
    scribe = _Scribe(
        known={one.id: one for one in offices},
        procedure=matter.procedure,
        basis=basis,
        register=register,
        annexes=annexes,
    )
    return MatterRecord(
        matter=opened.header.matter,
        kind=matter.procedure.title if matter.procedure else matter.state.label,
        subject=_subject(folded, matter.procedure),
        roles=tuple(scribe.roles(matter)),
        state=matter.state.label,
        holder=scribe.name(held) if held else None,
        entries=tuple(scribe.entry(entry, sealed[entry.event.id]) for entry in folded.entries),
        report=report,
        annexes=annexes.annexes,
        author=author,
        law=matter.law,
        at=at,
        frozen=folded.frozen,
    )


LETTERS = "letters"
"""Where a sealed content names the letters that went with it, as papers."""


def _papers(procedure: Procedure | None, event: Event) -> Iterator[Mapping[str, object]]:
    action = _action(procedure, event)
    if procedure is not None and action is not None and event.content is not None:
        yield from papers(procedure, action, event.content.value)
        yield from objects(event.content.value.get(LETTERS))


def _action(procedure: Procedure | None, event: Event) -> Action | None:
    return procedure.action(event.header.act) if procedure else None


def _subject(folded: Folded[MatterState], procedure: Procedure | None) -> str:
    contents = (entry.event.content.value for entry in folded.entries if entry.event.content is not None)
    return next((title for content in contents if procedure and (title := title_of(procedure, content))), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scribe:
    known: Mapping[OfficeId, Office]
    procedure: Procedure | None
    basis: Basis | None
    register: Register
    annexes: Annexes

    def name(self, office: OfficeId) -> OfficeName | Text:
        """The office by name, or by its id where the caller named no such office."""
        return OfficeName(self.known[office]) if office in self.known else Text(office)

    def roles(self, matter: MatterState) -> Iterator[tuple[str, OfficeName | Text]]:
        """Each role in words, marked for translation, and the office that plays it."""
        for role, offices in matter.roles.items():
            label = self.procedure.role(role).label if self.procedure else role
            yield from ((label, self.name(office)) for office in offices)

    def entry(self, entry: Entry[MatterState], sealed: SealedEvent) -> RecordEntry:
        """One event, in words and with its proof."""
        event = entry.event
        return RecordEntry(
            office=self.name(event.header.office),
            at=event.header.at,
            sentence=self.sentence(event),
            act=event.header.act,
            verdict=entry.verdict,
            state=entry.state.state.label,
            event=event.id,
            seal=sealed.placement.seal.statement,
            items=tuple(self.items(event)),
            erased=event.content is None,
        )

    def sentence(self, event: Event) -> str:
        """What was done, in words with `{office}`; for an act this office does not know, with `{act}`."""
        if event.opens:
            return wording.OPENED
        action = _action(self.procedure, event)
        return action.done if action else wording.DID

    def items(self, event: Event) -> Iterator[Item]:
        """What the event says, field by field; nothing for the opening, whose facts head the record."""
        action = _action(self.procedure, event)
        if self.procedure is None or action is None or event.content is None:
            return
        content = event.content.value
        law = LetterLaw(
            basis=self.basis,
            register=self.register,
            chosen=strings(content.get("basis")),
            demands=tuple(demanded(action, content, self.basis)),
        )
        writer = Writer(law=law, register=self.register, offices=tuple(self.known.values()), annexes=self.annexes)
        yield from writer.items(self.procedure, action, content, letter=False)
        if letters := objects(content.get(LETTERS)):
            yield Item(label=wording.LETTERS, values=(self.annexes.numbers(letters),))
