"""What pages and the API ask of the views: named functions over one filter value.

Need to know is part of every answer: a `Reader` sees the matters of the own unit, those assigned to them, and those no unit has taken yet;
whose role reads all units sees all. Nothing here is for a person whose role does not read matters: that is the guard's affair
(`accounts.access`).
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from comity.desk.accounts.models import User
from comity.desk.matters.models import DeadlineRow, DraftRow, MatterRow, PaperRow, PlainMatter, PrivateNote
from comity.node.drafts import Status
from comity.node.roles import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a question is asked: account id, unit, and whether matters of every unit are open to them."""

    user: str
    unit: str
    all_units: bool = False


def reader(user: User) -> Reader:
    """The reader behind an account."""
    return Reader(user=str(user.pk), unit=user.unit_id, all_units=user.may(Action.READ_ALL_UNITS))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFilter:
    """Which matters. What is None or empty does not narrow; every other part must hold.

    `desk`: lies on our desk (or not); `open`: not over (or over); `office`: one of its parties; `state_code`: a State on either side;
    `words`: each must occur in a number, name, State or short text; `due_to`: due on that day or before; `mine`: assigned to the reader;
    `own_unit`: of the reader's unit; `registered`: has our number (or not); `ours`: opened by us (or not).
    """

    reader: Reader
    desk: bool | None = None
    open: bool | None = None
    procedure: str = ""
    state: str = ""
    office: str = ""
    state_code: str = ""
    unit: str = ""
    words: str = ""
    due_to: date | None = None
    mine: bool = False
    own_unit: bool = False
    registered: bool | None = None
    ours: bool | None = None
    frozen: bool | None = None


def matters(asked: MatterFilter) -> QuerySet[MatterRow]:
    """The matters, those changed last first."""
    return MatterRow.objects.filter(_allowed(asked.reader), *_narrowed(asked)).order_by("-changed_at", "matter")


def matter(asked: MatterFilter, matter_id: str) -> MatterRow | None:
    """One matter, where the reader may see it."""
    return matters(asked).filter(pk=matter_id).first()


def may_read(who: Reader, matter_id: str) -> bool:
    """Whether the reader may see a matter, or a draft that will open it."""
    if MatterRow.objects.filter(pk=matter_id).exists():
        return matter(MatterFilter(reader=who), matter_id) is not None
    if PlainMatter.objects.filter(pk=matter_id).exists():
        return plain_matter(who, matter_id) is not None
    return drafts(DraftFilter(reader=who, matter=matter_id, open=None)).exists()


def plain_matters(who: Reader) -> QuerySet[PlainMatter]:
    """The matters of which no view can be made, as far as the reader may see them, those changed last first."""
    return PlainMatter.objects.filter(_allowed(who)).order_by("-changed_at", "matter")


def plain_matter(who: Reader, matter_id: str) -> PlainMatter | None:
    """One of them, where the reader may see it."""
    return plain_matters(who).filter(pk=matter_id).first()


def by_due(found: QuerySet[MatterRow]) -> QuerySet[MatterRow]:
    """By due date, those without one last."""
    return found.order_by(F("due").asc(nulls_last=True), "matter")


def on_our_desk(asked: MatterFilter) -> QuerySet[MatterRow]:
    """What lies on our desk, by due date."""
    return by_due(matters(replace(asked, desk=True, open=True)))


def waiting_on_others(asked: MatterFilter) -> QuerySet[MatterRow]:
    """What another office holds, by due date."""
    return by_due(matters(replace(asked, desk=False, open=True)))


def arrived_unregistered(asked: MatterFilter) -> QuerySet[MatterRow]:
    """What others opened, lies on our desk and has no number of ours, oldest first."""
    return matters(replace(asked, desk=True, open=True, ours=False, registered=False)).order_by("opened_at", "matter")


def closed_since(asked: MatterFilter, since: date) -> QuerySet[MatterRow]:
    """What was closed on this day (UTC) or later, newest first."""
    return matters(replace(asked, open=False)).filter(changed_at__date__gte=since)


def _allowed(who: Reader) -> Q:
    return Q() if who.all_units else Q(unit__in=["", who.unit]) | Q(assigned=who.user)


def _narrowed(asked: MatterFilter) -> list[Q]:
    equal = {
        "on_our_desk": asked.desk,
        "frozen": asked.frozen,
        "ours": asked.ours,
        "procedure": asked.procedure or None,
        "state": asked.state or None,
        "unit": (asked.reader.unit if asked.own_unit else asked.unit) or None,
        "assigned": asked.reader.user if asked.mine else None,
        "due__lte": asked.due_to,
    }
    found = [Q(**{name: value}) for name, value in equal.items() if value is not None]
    if asked.open is not None:
        found.append(Q(terminal=not asked.open))
    if asked.registered is not None:
        found.append(~Q(own_number="") if asked.registered else Q(own_number=""))
    if asked.office:
        found.append(Q(requesting=asked.office) | Q(requested=asked.office) | Q(words__contains=asked.office))
    if asked.state_code:
        found.append(Q(requesting_state=asked.state_code) | Q(requested_state=asked.state_code))
    return found + [Q(words__contains=word.casefold()) for word in asked.words.split()]


# Drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFilter:
    """Which drafts: of one matter, open or not, in one status; `by_reader`: the reader wrote a revision (or did not)."""

    reader: Reader
    matter: str = ""
    open: bool | None = True
    status: Status | None = None
    by_reader: bool | None = None


def drafts(asked: DraftFilter) -> QuerySet[DraftRow]:
    """The drafts the reader may see, those saved last first."""
    found = _drafts_allowed(asked.reader)
    if asked.matter:
        found = found.filter(matter=asked.matter)
    if asked.open is not None:
        found = found.filter(open=asked.open)
    if asked.status:
        found = found.filter(status=asked.status.value)
    if asked.by_reader is not None:
        wrote = Q(hand_words__contains=_hand(asked.reader.user))
        found = found.filter(wrote) if asked.by_reader else found.exclude(wrote)
    return found.order_by("-saved_at", "id")


def draft(asked: DraftFilter, draft_id: str) -> DraftRow | None:
    """One draft, where the reader may see it."""
    return drafts(replace(asked, open=None)).filter(pk=draft_id).first()


def awaiting_approval(asked: DraftFilter) -> QuerySet[DraftRow]:
    """What was submitted and waits for another person, longest first."""
    return drafts(replace(asked, status=Status.SUBMITTED)).order_by("submitted_at", "id")


def _drafts_allowed(who: Reader) -> QuerySet[DraftRow]:
    """Whoever sees a matter sees its drafts; before it is opened, the unit that drafts it and those who wrote it do."""
    if who.all_units:
        return DraftRow.objects.all()
    opened = MatterRow.objects.filter(pk=OuterRef("matter"))
    own = Q(unit__in=["", who.unit]) | Q(hand_words__contains=_hand(who.user))
    return DraftRow.objects.filter(Exists(opened.filter(_allowed(who))) | (~Exists(opened) & own))


def _hand(user: str) -> str:
    return f" {user} "


# Of one matter


def deadlines(matter_id: str) -> QuerySet[DeadlineRow]:
    """The running clocks of a matter by the day they end, those without an end last."""
    return DeadlineRow.objects.filter(matter_id=matter_id).order_by(F("ends_on").asc(nulls_last=True), "id")


def papers(matter_id: str) -> QuerySet[PaperRow]:
    """The papers of a matter, oldest first."""
    return PaperRow.objects.filter(matter_id=matter_id).order_by("at", "id")


def private_notes(matter_id: str) -> QuerySet[PrivateNote]:
    """What the office noted for itself, newest first."""
    return PrivateNote.objects.filter(matter=matter_id).order_by("-at", "-event")
