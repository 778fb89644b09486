"""The page on which the content of an event is erased: what goes, and what stays."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from comity.desk.components.model import Crumb
from comity.desk.matters.citations import page_language, state_of
from comity.desk.matters.matter_page import way_back
from comity.desk.matters.reading import Matter
from comity.desk.matters.shown import Reader
from comity.desk.matters.timeline import title
from comity.exchange import papers_in
from comity.identifiers import EventId
from comity.journal import Entry
from comity.procedures import MatterState


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePage:
    """One event before its content is erased. `opens`: it opened the matter and is not erasable; `erased`: nothing is left to erase."""

    matter: str
    event: EventId
    crumbs: tuple[Crumb, ...]
    title: str
    opens: bool
    erased: bool
    goes: tuple[str, ...]
    stays: tuple[str, ...]


def erasure_page(matter: Matter, event_id: str) -> ErasurePage | None:
    """What erasing this event would do, or None where the matter has none of this id."""
    language = page_language()
    place = next((place for place, entry in enumerate(matter.found.entries) if entry.event.id == event_id), None)
    if place is None:
        return None
    entry = matter.found.entries[place]
    before = matter.found.entries[place - 1].state.state if place else None
    name = title(matter, entry, before, language)
    return ErasurePage(
        matter=matter.id,
        event=entry.event.id,
        crumbs=(*way_back(matter, language), Crumb(text=name, url=reverse("matters:matter-event", args=[matter.id, event_id]))),
        title=name,
        opens=entry.event.opens,
        erased=entry.event.content is None,
        goes=tuple(_goes(matter, entry, language)),
        stays=tuple(_stays(matter, language)),
    )


def _goes(matter: Matter, entry: Entry[MatterState], language: str) -> Iterator[str]:
    content = entry.event.content
    if content is None or entry.event.opens:
        return
    reader = Reader(office=matter.office, language=language, paper_urls={})
    yield from (one.label for one in reader.event(matter.state.procedure, content.value))
    for paper in papers_in(content):
        yield gettext("The paper “%(title)s”, unless another event of this matter names it too") % {
            "title": paper.title or gettext("Paper without a title")
        }
    yield gettext("The words, dates and numbers that our lists and our search take from it")
    if entry.event.header.office == matter.office.id:
        yield gettext("Our draft of it, in every revision")


def _stays(matter: Matter, language: str) -> Iterator[str]:
    yield gettext("Who did what, and when, with seal and receipts: the journal still verifies")
    yield gettext("Your reason and your account, in our internal journal")
    yield gettext("What other events, drafts and private notes of this matter say")
    others = dict.fromkeys(state_of(matter.office, other, language) for other in matter.state.offices if other != matter.office.id)
    for other in others:
        yield gettext("%(who)s: its own copy, if it has one. It erases that by its own rules") % {"who": other}
