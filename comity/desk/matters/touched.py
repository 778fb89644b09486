"""Which open matters a change of the law touches: those whose answer is not the same before and after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date

from comity.desk.matters.models import MatterRow
from comity.identifiers import MatterId
from comity.law import Basis, Register, UnknownWordError, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question whose answer a matter rests on; `on` is the UTC date it was opened."""

    requesting: str
    requested: str
    kind: str
    on: date
    offence_area: str | None

    def answer(self, register: Register) -> Basis | None:
        """What this register answers, without its release; None where it does not know a State, kind or area."""
        try:
            found = resolve(register, self.requesting, self.requested, self.kind, self.on, self.offence_area)
        except UnknownWordError:
            return None
        return replace(found, register="")


def touched(before: Register, after: Register) -> tuple[MatterId, ...]:
    """The open matters of this office whose answer differs, whatever release they name; each question is asked once."""
    known: dict[Asked, bool] = {}
    return tuple(matter for matter, asked in open_questions() if _differs(asked, before, after, known))


def open_questions() -> Iterator[tuple[MatterId, Asked]]:
    """Each open matter that rests on an instrument, with its question, oldest first."""
    rows = MatterRow.objects.filter(terminal=False).exclude(law_kind="").exclude(requesting_state="").exclude(requested_state="")
    names = ("matter", "requesting_state", "requested_state", "law_kind", "opened_at", "offence_area")
    for matter, requesting, requested, kind, opened, area in rows.order_by("opened_at", "matter").values_list(*names).iterator():
        on = opened.astimezone(UTC).date()
        yield MatterId(matter), Asked(requesting=requesting, requested=requested, kind=kind, on=on, offence_area=area or None)


def _differs(asked: Asked, before: Register, after: Register, known: dict[Asked, bool]) -> bool:
    if asked not in known:
        known[asked] = asked.answer(before) != asked.answer(after)
    return known[asked]
