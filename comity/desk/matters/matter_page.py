"""The page of one matter, as values for the components.

Who holds the file and until when, what may be done, the journal with its proof, clocks, legal basis, papers, and what only our office sees.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from babel.dates import get_timezone_location
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from comity.desk.accounts.models import Unit, User
from comity.desk.components import dates
from comity.desk.components.model import (
    BasisGroup,
    Clock,
    Crumb,
    HolderBanner,
    NextMove,
    Paper,
    PrivateNote,
    PrivatePart,
    TimelineEntry,
)
from comity.desk.matters import deadlines as due
from comity.desk.matters import queries
from comity.desk.matters.answers import papers_in_field
from comity.desk.matters.basis_rows import matter_groups
from comity.desk.matters.citations import page_language, state_of
from comity.desk.matters.models import DraftRow, MatterRow
from comity.desk.matters.moves import next_moves
from comity.desk.matters.reading import Matter
from comity.desk.matters.shown import paper_detail
from comity.desk.matters.timeline import timeline
from comity.documents import LetterKind
from comity.documents.wording import WORDINGS
from comity.journal import Report
from comity.node.drafts import Status
from comity.node.letters import FIELD as LETTERS
from comity.node.office import Office
from comity.node.roles import Action
from comity.procedures import Move, Procedure, gathered, procedure

FACTS = ("purpose", "acts_asked")
"""Choices of a request that say in a word what it is for."""
MOST_ACTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """Everything the template shows."""

    row: MatterRow
    crumbs: tuple[Crumb, ...]
    title: str
    pair: tuple[str, str] | None
    facts: tuple[str, ...]
    state: str
    frozen: str
    banner: HolderBanner
    moves: tuple[NextMove, ...]
    entries: tuple[TimelineEntry, ...]
    proven: bool
    held: str
    verified: str
    checked: str
    zone: str
    clocks: tuple[Clock, ...]
    basis: tuple[BasisGroup, ...]
    papers: tuple[Paper, ...]
    notes: tuple[PrivateNote, ...]
    parts: tuple[PrivatePart, ...]
    cannot_see: str


def matter_page(matter: Matter, who: User, report: Report, today: date) -> MatterPage:
    """The page for this person on this day; `report` is what the check of the journal found just now."""
    language, row, register = page_language(), matter.row, matter.office.register
    terms = tuple(queries.deadlines(row.matter))
    drafts = tuple(queries.drafts(queries.DraftFilter(reader=queries.reader(who), matter=row.matter)))
    return MatterPage(
        row=row,
        crumbs=tuple(crumbs(matter, language)),
        title=row.title,
        pair=_pair(matter, language),
        facts=tuple(_facts(matter, language)),
        state=gettext(matter.state.state.label),
        frozen=_frozen(matter, language),
        banner=due.banner(matter, terms, today, language),
        moves=next_moves(matter, who, drafts, language),
        entries=tuple(timeline(matter, language)),
        proven=report.ok,
        held=_held(matter),
        verified=_verified(matter, report),
        checked=gettext("journal verified to the last event") if report.ok else gettext("journal not verified"),
        zone=_zone(matter),
        clocks=tuple(due.clock(row, term, register, today, language) for term in sorted(terms, key=lambda term: term.target)),
        basis=matter_groups(matter.basis, register, language) if matter.basis else (),
        papers=tuple(papers(matter, language)),
        notes=tuple(_notes(matter)),
        parts=tuple(_parts(matter, who, drafts)),
        cannot_see=cannot_see(matter, language),
    )


# Title and facts


def crumbs(matter: Matter, language: str) -> Iterator[Crumb]:
    """The way to the matter; at its end the numbers of all offices."""
    return row_crumbs(matter.office, matter.row, matter.state.procedure, language)


def row_crumbs(office: Office, row: MatterRow, kind: Procedure | None, language: str) -> Iterator[Crumb]:
    """The same for whoever has not read the journal."""
    yield Crumb(text=gettext("Matters"), url=reverse("matters"))
    if kind:
        yield Crumb(text=gettext(kind.title), url=f"{reverse('matters')}?kind={kind.name}")
    yield Crumb(text=" · ".join(_numbers(office, row, language)))


def way_back(matter: Matter, language: str) -> Iterator[Crumb]:
    """The way to a page about the matter: it ends at the matter itself."""
    return row_way_back(matter.office, matter.row, matter.state.procedure, language)


def row_way_back(office: Office, row: MatterRow, kind: Procedure | None, language: str) -> Iterator[Crumb]:
    """The same for whoever has not read the journal."""
    *way, last = row_crumbs(office, row, kind, language)
    yield from way
    yield Crumb(text=last.text, url=reverse("matters:matter", args=[row.matter]))


def _numbers(office: Office, row: MatterRow, language: str) -> Iterator[str]:
    yield gettext("ours %(number)s") % {"number": row.own_number} if row.own_number else gettext("no number of ours yet")
    for other, number in row.peer_numbers.items():
        yield f"{state_of(office, other, language)} {number}"


def _pair(matter: Matter, language: str) -> tuple[str, str] | None:
    row = matter.row
    if not (row.requesting and row.requested):
        return None
    return state_of(matter.office, row.requesting, language), state_of(matter.office, row.requested, language)


def _facts(matter: Matter, language: str) -> Iterator[str]:
    """What the request is for in a few words of its own choices, and the area of the offence."""
    kind, said = matter.state.procedure, gathered(matter.found.entries)
    for field in kind.fields if kind else ():
        if field.name in FACTS and (value := said.get(field.name)):
            chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
            yield ", ".join([gettext(choice.label) for choice in field.choices if choice.value in chosen][:MOST_ACTS])
    if matter.row.offence_area:
        yield matter.office.register.label("offence-area", matter.row.offence_area, language)


def _frozen(matter: Matter, language: str) -> str:
    if not matter.found.frozen:
        return ""
    who = ", ".join(dict.fromkeys(state_of(matter.office, fork.office, language) for fork in matter.found.forks))
    return gettext(
        "This matter is frozen: %(who)s wrote two different events in one place of its journal. Both are kept. "
        "No move counts until people have settled it."
    ) % {"who": who}


def _verified(matter: Matter, report: Report) -> str:
    now = matter.office.clock().astimezone(matter.office.settings.zone)
    if not report.ok:
        return gettext("the check failed %(time)s") % {"time": f"{now:%H:%M}"}
    return gettext("verified today %(time)s") % {"time": f"{now:%H:%M}"}


def _held(matter: Matter) -> str:
    """Whether every other office has given its receipt for all we wrote."""
    own = [event for event in matter.events.values() if event.header.office == matter.office.id]
    others = [other for other in matter.state.offices if other != matter.office.id]
    waiting = sum(1 for event in own for other in others if other not in matter.receipts.get(event.id, {}))
    if waiting:
        return ngettext("%(count)d receipt is awaited", "%(count)d receipts are awaited", waiting) % {"count": waiting}
    return gettext("Both offices hold the same file") if len(others) == 1 else gettext("All offices hold the same file")


def _zone(matter: Matter) -> str:
    offset = matter.office.clock().astimezone(matter.office.settings.zone).strftime("%z")
    if matter.office.settings.time_zone == "UTC":
        return gettext("Times in UTC unless said")
    city = get_timezone_location(matter.office.settings.zone, locale=page_language(), return_city=True)
    return gettext("Times in %(place)s (UTC%(offset)s) unless said") % {"place": city, "offset": f"{offset[:3]}:{offset[3:]}"}


# Papers


def papers(matter: Matter, language: str) -> Iterator[Paper]:
    """The papers of the matter, each once, oldest first; a letter is called by what it is."""
    seen, letters = set(), dict(_letters(matter))
    for paper in queries.papers(matter.id):
        if paper.sha256 not in seen:
            seen.add(paper.sha256)
            url = reverse("matters:paper", args=[matter.id, paper.sha256])
            yield Paper(
                title=letters.get(paper.sha256) or paper.title or gettext("Paper without a title"),
                url=url,
                detail=paper_detail(paper.language, paper.size, language),
            )


def _letters(matter: Matter) -> Iterator[tuple[str, str]]:
    """The letters that went with acts, by SHA-256, and what each kind of letter is called."""
    kind = matter.state.procedure
    for event in (entry.event for entry in matter.found.entries):
        action = kind.action(event.header.act) if kind else None
        document = action.document if isinstance(action, Move) else None
        if document in set(LetterKind) and event.content:
            for paper in papers_in_field(event.content.value.get(LETTERS)):
                yield str(paper["sha256"]), gettext(WORDINGS[LetterKind(document)].title)


# Only our office


def _notes(matter: Matter) -> Iterator[PrivateNote]:
    notes = tuple(queries.private_notes(matter.row.matter))
    names = designations(note.by for note in notes)
    today = matter.office.today()
    for note in notes:
        local = note.at.astimezone(matter.office.settings.zone)
        at = f"{local:%H:%M}" if local.date() == today else dates.short(local, today)
        yield PrivateNote(
            text=note.text, by=names.get(note.by, ""), at=gettext("today %(time)s") % {"time": at} if local.date() == today else at
        )


def designations(users: Iterable[str]) -> dict[str, str]:
    """People by role, by account id; what is no account's id is left out."""
    known = [user for user in users if _is_account(user)]
    return {str(user.pk): user.designation for user in User.objects.filter(pk__in=known)}


def _is_account(user: str) -> bool:
    try:
        return str(UUID(user)) == user
    except (AttributeError, TypeError, ValueError):
        return False


def _parts(matter: Matter, who: User, drafts: Sequence[DraftRow]) -> Iterator[PrivatePart]:
    assign = {"url": reverse("matters:assign", args=[matter.id]), "link": gettext("Assign")} if who.may(Action.ASSIGN) else {}
    yield PrivatePart(title=gettext("Assigned"), lines=tuple(_assigned(matter.row)), **assign)
    names = designations(draft.saved_by for draft in drafts)
    for draft in drafts:
        yield PrivatePart(
            title=draft_title(draft),
            lines=(
                gettext("Revision %(number)d, %(who)s") % {"number": draft.revision, "who": names.get(draft.saved_by, "")},
                draft_standing(draft),
            ),
            url=reverse("matters:draft-approval" if draft.status == Status.SUBMITTED else "matters:draft", args=[draft.id]),
            link=gettext("Open the draft"),
        )


def draft_title(draft: DraftRow) -> str:
    """“Draft: Send the request”."""
    kind = procedure(draft.procedure, draft.version)
    action = kind.action(draft.act) if kind else None
    return gettext("Draft: %(act)s") % {"act": gettext(action.label) if action else draft.act}


def draft_standing(draft: DraftRow) -> str:
    """Where a draft stands, in words."""
    words = {
        Status.DRAFTING: gettext("being drafted"),
        Status.SUBMITTED: gettext("awaits approval"),
        Status.RETURNED: gettext("returned: %(reason)s") % {"reason": draft.reason},
        Status.APPROVED: gettext("approved and sealed"),
        Status.DISCARDED: gettext("discarded"),
    }
    return words[Status(draft.status)]


def _assigned(row: MatterRow) -> Iterator[str]:
    if row.assigned:
        yield designations([row.assigned]).get(row.assigned) or gettext("Somebody who has no account here.")
    unit = Unit.objects.filter(code=row.unit).first() if row.unit else None
    if unit:
        yield str(unit)
    if not (row.assigned or unit):
        yield gettext("Nobody yet.")


def cannot_see(matter: Matter, language: str) -> str:
    """From whom the private strip is kept, by State."""
    names = dict.fromkeys(state_of(matter.office, other, language) for other in matter.state.offices if other != matter.office.id)
    return gettext("%(who)s cannot see that this exists.") % {"who": ", ".join(names)}
