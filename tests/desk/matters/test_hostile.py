"""Whatever another office wrote and sealed is kept and receipted; no content of it can keep others out or break a page."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from comity.desk.matters.models import MatterRow
from comity.identifiers import MatterId
from comity.journal import OPENED, StoreError
from comity.node import commands
from comity.node.commands.writing import Pen, append
from comity.node.office import Office
from comity.simulation import SimulatedFederation

from .conftest import RU, TJ

OPENING = {"procedure": "extradition", "version": 1, "roles": {"requesting": [RU], "requested": [TJ]}, "law": "0" * 64}


def written(federation: SimulatedFederation, opening: dict[str, Any], *acts: tuple[str, dict[str, Any]]) -> MatterId:
    """A matter that Moscow writes past every check of its own desk."""
    office = federation.offices[RU]
    matter = MatterId(office.new_id())
    with office.store.write() as unit:
        pen = Pen.taken_up(office, unit, matter)
        append(office, unit, [pen.write(act, content) for act, content in ((OPENED, opening), *acts)])
    federation.run(6)
    return matter


@pytest.mark.parametrize(
    "content",
    [
        {"person_claimed": "nobody", "offences": 5, "papers": {"a": 1}, "our_number": {"b": 2}},
        {"person_claimed": [1, None, {"full_name": 7}], "basis": "x", "ground": [], "checks": {"check": 1}},
        {"our_number": "n" * 5000, "facts": None, "detained_on": "someday"},
        {"person_claimed": {"full_name": "\u0000"}, "letters": [{"sha256": 1}], "number": True},
    ],
)
def test_an_odd_content_is_kept_receipted_and_shown(
    as_officer: Client, federation: SimulatedFederation, office: Office, content: dict[str, Any]
) -> None:
    matter = written(federation, OPENING, ("arrest.applied-for/1", content), ("detention.notified/1", content))
    with office.store.read() as unit:
        assert len(unit.events(matter)) == 3
    assert federation.waiting() == 0
    assert as_officer.get("/").status_code == 200
    assert as_officer.get("/matters").status_code == 200
    if MatterRow.objects.filter(pk=matter).exists():
        assert as_officer.get(f"/matters/{matter}").status_code == 200


@pytest.mark.parametrize(
    "opening",
    [
        {**OPENING, "offence_area": "witchcraft"},
        {**OPENING, "offence_area": ["x"]},
        {**OPENING, "law": 5},
        {**OPENING, "version": "one"},
        {**OPENING, "roles": {"requesting": [RU], "requested": ["xx-foo", TJ]}},
        {**OPENING, "roles": {"requesting": ["xx-foo"], "requested": [TJ], "third": [RU]}},
    ],
)
def test_an_odd_opening_is_kept_receipted_and_shown(
    as_officer: Client, federation: SimulatedFederation, office: Office, opening: dict[str, Any]
) -> None:
    matter = written(federation, opening, ("message.written/1", {"text": "Hello."}))
    with office.store.read() as unit:
        assert len(unit.events(matter)) == 2
        commands.basis_of(office, unit, matter)  # answers, or says there is none; it does not break
    assert as_officer.get("/matters").status_code == 200
    if MatterRow.objects.filter(pk=matter).exists():
        assert as_officer.get(f"/matters/{matter}").status_code == 200


def test_a_store_that_fails_keeps_nothing_so_that_the_peer_comes_again(
    federation: SimulatedFederation, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("disk is full")

    monkeypatch.setattr("comity.desk.matters.projection._forget", full)
    with pytest.raises(StoreError):
        written(federation, OPENING)
    with office.store.read() as unit:
        assert unit.matters(None, 10) == ()
