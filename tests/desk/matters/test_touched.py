"""A lawyer's confirmation reaches the clocks of the open matters that rest on it, at once, and no others."""

from datetime import date

from django.test import Client

from comity.desk.matters.models import DeadlineRow, MatterRow
from comity.desk.matters.projection import rebuild
from comity.desk.matters.touched import open_questions, touched
from comity.identifiers import MatterId
from comity.law import FactId, confirmed, default_register, overlaid
from comity.node import commands
from comity.node.commands import Actor, Done, Reading
from comity.node.roles import Role
from comity.simulation.federation import SimulatedFederation

from .conftest import KZ, TJ, opened

LAWYER = Actor(user="lawyer", roles=frozenset({Role.LAWYER}))
ARREST = FactId("chisinau-2002/provision/-/provisional-arrest")


def _due(matter: MatterId) -> set[date | None]:
    return set(DeadlineRow.objects.filter(matter_id=matter).values_list("ends_on", flat=True))


def test_a_corrected_time_limit_moves_the_clock_of_an_open_matter(federation: SimulatedFederation, detained: MatterId) -> None:
    office = federation.offices[TJ]
    before = _due(detained)
    assert date(2026, 12, 10) in before  # forty days, the first day counts
    reading = Reading(fact=ARREST, values={"days": 30}, source="A copy of the text, certified.", read_on=date(2026, 1, 10))
    assert isinstance(commands.confirm_fact(office, LAWYER, reading), Done)
    assert date(2026, 11, 30) in _due(detained)
    kept = _due(detained)
    rebuild(office)
    assert _due(detained) == kept
    assert isinstance(commands.take_back_confirmation(office, LAWYER, ARREST, "It was a draft."), Done)
    assert _due(detained) == before


def test_only_open_matters_whose_answer_differs_are_touched(federation: SimulatedFederation, detained: MatterId) -> None:
    other = opened(federation.offices[TJ], KZ)
    register = default_register()
    russia = confirmed(
        register,
        FactId("chisinau-2002/party/RU"),
        values={"in_force": "2030-01-01"},
        source="A note.",
        read_on=date(2026, 1, 10),
        office=TJ,
        by="lawyer",
    )
    after = overlaid(register, [russia])
    assert {matter for matter, _ in open_questions()} == {detained, other}
    assert touched(register, after) == (detained,)
    assert touched(register, register) == ()
    MatterRow.objects.filter(pk=detained).update(terminal=True)
    assert touched(register, after) == ()


def test_a_matter_under_another_release_says_so(as_officer: Client, detained: MatterId) -> None:
    pages = (f"/matters/{detained}", f"/matters/{detained}/basis")
    for page in pages:
        answer = as_officer.get(page)
        assert answer.status_code == 200
        assert "was opened under law release" not in answer.content.decode()
    MatterRow.objects.filter(pk=detained).update(law_release="ab" * 32)
    for page in pages:
        said = as_officer.get(page).content.decode()
        assert "was opened under law release abababababab" in said
        assert default_register().release[:12] in said
