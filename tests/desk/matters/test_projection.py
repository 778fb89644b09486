"""The views of the journal: what a matter's row says, and that a rebuild from nothing gives equal rows."""

from datetime import date
from typing import Any

import pytest
from django.db import models

from comity.desk.matters import queries
from comity.desk.matters.models import DeadlineRow, DraftRow, MatterRow, PaperRow, PrivateNote
from comity.desk.matters.projection import rebuild
from comity.identifiers import MatterId
from comity.node import commands
from comity.node.commands import Done
from comity.simulation.federation import SimulatedFederation

from .conftest import ARREST, DRAFTER, RU, SEALER, TJ, moved, opened

READER = queries.Reader(user="a", unit="", all_units=True)
TABLES: tuple[type[models.Model], ...] = (MatterRow, DeadlineRow, DraftRow, PaperRow, PrivateNote)


def _rows() -> dict[str, list[dict[str, Any]]]:
    return {table.__name__: list(table._default_manager.order_by("pk").values()) for table in TABLES}


def test_a_matter_stands_on_the_desk_that_holds_it(federation: SimulatedFederation) -> None:
    matter = opened(federation.offices[TJ], RU)
    row = MatterRow.objects.get(pk=matter)
    assert (row.state, row.holder, row.on_our_desk, row.our_role) == ("arrest-asked", RU, False, "requesting")
    assert (row.requesting_state, row.requested_state, row.own_number) == ("TJ", "RU", "12/3-418")
    assert row.ours
    assert row.law_release == federation.offices[TJ].register.release


def test_a_person_is_named_by_initials_and_found_by_name(federation: SimulatedFederation) -> None:
    matter = opened(federation.offices[TJ], RU)
    row = MatterRow.objects.get(pk=matter)
    assert (row.subject, row.subject_is_person) == ("R.\u00a0M.", True)
    assert row.title == "Extradition of R.\u00a0M."
    assert "Rname" not in row.title
    found = queries.matters(queries.MatterFilter(reader=READER, words="rname россия"))
    assert [one.matter for one in found] == [matter]
    assert not queries.matters(queries.MatterFilter(reader=READER, words="nobody армения"))


def test_the_due_date_carries_its_count_article_and_certainty(federation: SimulatedFederation, detained: MatterId) -> None:
    row = MatterRow.objects.get(pk=detained)
    assert (row.state, row.on_our_desk, row.peer_numbers) == ("detained", True, {RU: "81/3-2207-26"})
    assert (row.due, row.due_clock, row.due_days, row.due_is_target) == (date(2026, 12, 10), "provisional-arrest", 40, False)
    assert (row.due_instrument, row.due_confidence, row.due_from) == ("chisinau-2002", "unverified", date(2026, 11, 1))
    targets = DeadlineRow.objects.filter(matter=detained, target=True).values_list("clock", flat=True)
    assert set(targets) == {"intent", "request"}


def test_what_stays_inside_has_rows_of_its_own(federation: SimulatedFederation, detained: MatterId) -> None:
    office = federation.offices[TJ]
    assert isinstance(commands.record(office, DRAFTER, detained, commands.NOTE_KEPT, {"text": "Ask the consulate."}), Done)
    assert isinstance(commands.record(office, SEALER, detained, commands.ASSIGNED, {"unit": "extradition", "to": "a"}), Done)
    draft = commands.draft_in(office, detained, "request.sent/1", {"facts": "Half a page."})
    assert isinstance(commands.save_draft(office, DRAFTER, draft), Done)
    row = MatterRow.objects.get(pk=detained)
    assert (row.unit, row.assigned) == ("extradition", "a")
    assert PrivateNote.objects.get(matter=detained).text == "Ask the consulate."
    kept = DraftRow.objects.get(pk=draft.id)
    assert (kept.status, kept.revision, kept.hands, kept.opens) == ("drafting", 1, ["a"], False)


def test_a_rebuild_from_nothing_gives_equal_rows(federation: SimulatedFederation, detained: MatterId) -> None:
    office = federation.offices[TJ]
    commands.record(office, DRAFTER, detained, commands.NOTE_KEPT, {"text": "Kept."})
    commands.save_draft(office, DRAFTER, commands.draft_in(office, detained, "request.sent/1", {"facts": "Half a page."}))
    unopened = commands.new_draft(
        office,
        procedure_name="extradition",
        version=1,
        act="arrest.applied-for/1",
        counterparts={"requested": [RU]},
        own_role="requesting",
        content=ARREST,
    )
    commands.save_draft(office, DRAFTER, unopened)
    moved(federation.offices[RU], detained, "message.written/1", {"text": "He is no national of ours."})
    federation.rest()
    before = _rows()
    assert all(before[name] for name in ("MatterRow", "DeadlineRow", "DraftRow", "PaperRow", "PrivateNote"))
    MatterRow.objects.update(state="nonsense", due=None)
    DraftRow.objects.all().delete()
    assert rebuild(office) == 2
    assert _rows() == before


@pytest.mark.django_db(transaction=True)  # the store empties its write-ahead log afterwards
def test_erased_content_leaves_no_trace_in_the_views(federation: SimulatedFederation, detained: MatterId) -> None:
    office = federation.offices[TJ]
    with office.store.read() as unit:
        sent = next(sealed for sealed in unit.events(detained) if sealed.header.act == "arrest.applied-for/1")
    result = commands.erase(office, SEALER, detained, sent.id, "Term of storage is over.")
    assert isinstance(result, Done), result
    row = MatterRow.objects.get(pk=detained)
    assert (row.subject, row.own_number, "rname" in row.words) == ("", "", False)
    assert not PaperRow.objects.filter(event=sent.id).exists()
    assert row.state == "detained"


@pytest.mark.parametrize(
    ("unit", "assigned", "seen"), [("", "", True), ("extradition", "", True), ("assistance", "", False), ("assistance", "a", True)]
)
def test_need_to_know(federation: SimulatedFederation, detained: MatterId, unit: str, assigned: str, seen: bool) -> None:
    MatterRow.objects.filter(pk=detained).update(unit=unit, assigned=assigned)
    reader = queries.Reader(user="a", unit="extradition")
    assert (queries.matter(queries.MatterFilter(reader=reader), detained) is not None) is seen
    assert queries.may_read(reader, detained) is seen
